"""The package is read from top to bottom: a module imports only from modules above it.

The order stands in ARCHITECTURE.md. Each import counts, wherever it stands: at the top, in a
function, or for types only.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import sourcebook

PACKAGE = Path(sourcebook.__path__[0])
ARCHITECTURE = Path(__file__).parent.parent / "ARCHITECTURE.md"


def module_name(path: Path) -> str:
    """``ingest.readers.text``; a package is named as its folder, the whole as nothing."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def room_of(module: str) -> str:
    """What stands in the reading order: a module, or the folder of a package."""
    return module.partition(".")[0] or "__init__"


def imports_of(module: str) -> Iterator[str]:
    """The modules of this package that *module* imports, each resolved to a file."""
    path = MODULES[module]
    package = module.split(".") if module else []
    if path.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names = [alias.name.split(".") for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = node.module.split(".") if node.module else []
            if node.level:
                base = ["sourcebook", *package[: len(package) - node.level + 1], *base]
            names = [[*base, alias.name] for alias in node.names]
        else:
            continue
        for name in names:
            if name[0] == "sourcebook":
                # The last word is a module, or a name that the module above it defines.
                target = ".".join(name[1:])
                yield target if target in MODULES else target.rpartition(".")[0]


def reading_order() -> list[str]:
    """The rooms in the order of ARCHITECTURE.md."""
    text = ARCHITECTURE.read_text(encoding="utf-8")
    block = re.search(r"^## Reading order$.*?^```text\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert block is not None
    return [line.split()[0].rstrip("/") for line in block[1].splitlines() if line.strip()]


def test_every_room_has_its_place() -> None:
    """The order in ARCHITECTURE.md names each module and package of the house, once."""
    assert sorted(reading_order()) == sorted({room_of(module) for module in MODULES})


def test_imports_lead_upwards() -> None:
    """No module imports from one that stands below it in the order."""
    place = {room: number for number, room in enumerate(reading_order())}

    against = [
        f"{module} imports {imported}"
        for module in MODULES
        for imported in imports_of(module)
        if place.get(room_of(imported), -1) > place.get(room_of(module), -1)
    ]

    assert against == []


def test_modules_of_a_room_do_not_import_in_circles() -> None:
    """Within a package too, what is imported can be read first."""
    graph = {module: set(imports_of(module)) - {module} for module in MODULES}

    assert list(TopologicalSorter(graph).static_order())


def test_only_front_matter_reads_yaml() -> None:
    """One room knows PyYAML, so what YAML means here is decided in one place."""
    users = {
        room_of(module)
        for module, path in MODULES.items()
        if re.search(r"^\s*(import|from) yaml\b", path.read_text(encoding="utf-8"), re.MULTILINE)
    }

    assert users == {"frontmatter"}
