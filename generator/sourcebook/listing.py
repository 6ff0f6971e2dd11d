"""Which files an archive has, by their names: nothing of them is read.

Each folder of content/ is looked through once, with what the system tells of its entries at once.
A link that leads out of the archive is reported and left out. What a system or a browser puts beside
the files of a person is passed over in silence, here and among the files that are named to ingest.
"""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from glob import glob
from pathlib import Path
from sys import intern

from .diagnostics import Diagnostic, Severity, did_you_mean, with_proposal
from .layout import CAPTURES, FOLDERS, READING_ENDING
from .model import Slug
from .slugs import LONGEST, SLUG_HELP, is_slug, slugify


@dataclass(frozen=True, slots=True)
class Listing:
    """The files of content/ by their names; nothing of them is read."""

    pages: Mapping[str, tuple[Slug, ...]]
    """The slugs of each kind of record, in order."""
    misnamed: frozenset[tuple[str, Slug]]
    """(kind, slug that was probably meant) of files whose name is no slug; reported."""
    captures: Mapping[str, str | None]
    """Every raw file, relative to content/ with forward slashes, in order, without readings and
    what comes with a saved page; and where the disk has it, unless a link leads there."""

    @property
    def files(self) -> int:
        """How many files there are to read."""
        return sum(map(len, self.pages.values())) + len(self.captures)


def list_content(root: Path) -> tuple[Listing, list[Diagnostic]]:
    """The files of the archive at *root*, and what is wrong with their names."""
    diagnostics: list[Diagnostic] = []
    pages: dict[str, tuple[Slug, ...]] = {}
    misnamed: set[tuple[str, Slug]] = set()
    for kind, folder in FOLDERS.items():
        slugs = []
        for name in _list_pages(root, folder, diagnostics):
            if not name.endswith(".md"):
                misnamed.add((kind, _ENDINGS.sub("", name)))
                continue
            stem = name.removesuffix(".md")
            if is_slug(stem):
                slugs.append(intern(stem))
                continue
            meant = slugify(_ENDINGS.sub("", stem), LONGEST)
            misnamed.add((kind, meant))
            diagnostics.append(_misnamed(stem, meant, f"content/{folder}/{name}"))
        pages[kind] = tuple(slugs)
    diagnostics += _find_stray_entries(root)
    captures = dict(_list_captures(root, diagnostics))
    return Listing(pages, frozenset(misnamed), captures), diagnostics


def _list_pages(root: Path, folder: str, diagnostics: list[Diagnostic]) -> Iterator[str]:
    base = root / "content" / folder
    if not base.is_dir():
        return
    if not is_inside(base, root):
        diagnostics.append(_outside(folder, f"content/{folder}"))
        return
    for entry in _sorted_entries(base):
        name = entry.name
        if _is_of_the_system(name):
            continue
        shown = f"content/{folder}/{name}"
        if _leads_out(entry, root):
            diagnostics.append(_outside(name, shown))
        elif not name.endswith(".md") or not entry.is_file():
            if name != "README.md":
                diagnostics.append(_unexpected(entry, shown, folder))
                if diagnostics[-1].severity is Severity.ERROR:
                    yield name
        elif name == "README.md":
            continue
        else:
            yield name


def _is_of_the_system(name: str) -> bool:
    """Whether a file is a hidden one, an editor's copy, or one that Windows, macOS or Office leaves."""
    is_known = name.lower() in ("desktop.ini", "thumbs.db", "icon\r")
    return is_known or name.startswith((".", "~$")) or name.endswith("~")


_FOLDER_OF_A_PAGE = re.compile(
    r"(.+)(?:[_.]files|-Dateien|-filer|_(?:archivos|arquivos|bestanden|bylos|datoteke|dosyalar|elemei"
    r"|failid|fails|fajlovi|ficheiros|fichiers|file|fitxategiak|fitxers|pliki|soubory|tiedostot))"
)
"""As browsers name it, in the languages in which Windows moves it together with its page."""


def sources_among(paths: Iterable[Path]) -> list[Path]:
    """The files that *paths* mean, as `Downloads/*` names more than sources.

    Patterns are read here too: not every shell does it. Where nothing else is left, what was named
    is what is meant.
    """
    named = [file for path in paths for file in _expand(path)]
    return [file for file in named if not _is_byproduct(file)] or named


def _expand(path: Path) -> list[Path]:
    """The files that *path* means where it is a pattern; no hidden ones, as in a shell."""
    is_pattern = "*" in path.name and not path.exists()
    # Path.glob would take hidden files, and refuse `**.txt`.
    names = sorted(glob(path.name, root_dir=path.parent)) if is_pattern else []  # noqa: PTH207
    return [path.with_name(name) for name in names] or [path]


def _is_byproduct(path: Path) -> bool:
    """Whether *path* is no source: left by the system, made by ingest, or saved with a page."""
    if not path.is_dir():
        if path.name.endswith(READING_ENDING):
            return path.with_name(path.name.removesuffix(READING_ENDING)).is_file()
        # No pattern names a hidden file: somebody means it.
        return _is_of_the_system(path.name) and not path.name.startswith(".")
    return any(path.with_name(page).is_file() for page in _pages_with(path.name))


def _pages_with(folder: str) -> list[str]:
    """The names that a page beside *folder* has if a browser made both; none of another folder."""
    page = _FOLDER_OF_A_PAGE.fullmatch(folder)
    return [f"{page[1]}.{ending}" for ending in _PAGE_ENDINGS] if page is not None else []


_PAGE_ENDINGS = ("html", "htm", "xhtml", "HTML", "HTM")


def _unexpected(entry: os.DirEntry[str], shown: str, folder: str) -> Diagnostic:
    """What lies among the pages of *folder* and is none."""
    severity = Severity.WARNING
    if entry.is_dir():
        message = f"the folder `{entry.name}` and all in it is left out"
        help = f"put its pages right into content/{folder}/"
    else:
        message = f"`{entry.name}` is not a page, and is left out"
        stem = _ENDINGS.sub("", entry.name)
        meant = f"{stem}.md" if f"{stem}.md" != entry.name and is_slug(stem) else None
        is_copy = meant is not None and Path(entry.path).with_name(meant).is_file()
        if meant is not None and not is_copy and _ENDING_OF_PAGE.search(entry.name):
            # Other pages name it. It would be said of each of them that it names none.
            severity = Severity.ERROR
        named = f"pages of this folder are named content/{folder}/some-slug.md"
        help = with_proposal(meant, named)
    return Diagnostic("unexpected-file", message, shown, severity, help)


_ENDINGS = re.compile(r"(\.md|\.txt|\.markdown)+$", re.IGNORECASE)
"""Of a page, as an editor names it that hides the ending, or one that adds its own."""
_ENDING_OF_PAGE = re.compile(r"\.(?:md|markdown)(?:\.txt)?$", re.IGNORECASE)


def _sorted_entries(folder: Path | str) -> list[os.DirEntry[str]]:
    """What a folder holds, by name, with what the system tells of each at once."""
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _find_stray_entries(root: Path) -> Iterator[Diagnostic]:
    """Folders and pages right under content/, where nothing reads them."""
    content = root / "content"
    known = (*FOLDERS.values(), CAPTURES)
    for path in sorted(content.iterdir()) if content.is_dir() else ():
        is_page = path.suffix == ".md" and path.name != "README.md"
        if path.name in known or path.name.startswith(".") or not (is_page or path.is_dir()):
            continue
        yield Diagnostic(
            "unexpected-file",
            f"`{path.name}` is not a {'page' if is_page else 'folder'} of an archive, and is left out",
            f"content/{path.name}",
            Severity.WARNING,
            did_you_mean(path.name, known, f"content/ holds the folders {', '.join(known)}"),
        )


def _misnamed(name: str, meant: Slug, shown: str) -> Diagnostic:
    help = with_proposal(meant if is_slug(meant) else None, SLUG_HELP)
    return Diagnostic("invalid-slug", f"`{name}` cannot name a page", shown, help=help)


def is_inside(path: Path, root: Path) -> bool:
    """Whether *path* lies below *root*, wherever links lead, and they lead to nothing hidden.

    A hidden folder, such as ``.git`` with its keys, is none of an archive's.
    """
    try:
        real = path.resolve()
        inside = real.relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        return False
    # A link that leads to itself leads nowhere: Python says so itself before 3.13.
    return not real.is_symlink() and not any(part.startswith(".") for part in inside.parts)


def _leads_out(entry: os.DirEntry[str], root: Path) -> bool:
    """Whether an entry of a folder that lies in the archive is a link to somewhere else."""
    return entry.is_symlink() and not is_inside(Path(entry.path), root)


def _outside(name: str, shown: str) -> Diagnostic:
    return Diagnostic(
        "outside-archive",
        f"`{name}` is a link that leads out of the archive",
        shown,
        help="put the file itself here",
    )


def _same_to_a_reader(shown: str) -> Diagnostic:
    """Two captures whose names differ in nothing that can be seen."""
    return Diagnostic(
        "unportable-name",
        f"two files are named {shown}, with accents stored in two ways: one of them is left out",
        shown,
        Severity.WARNING,
        "rename one of them, or take out the one that nobody put there",
    )


def _list_captures(root: Path, diagnostics: list[Diagnostic]) -> Iterator[tuple[str, str | None]]:
    base = root / "content" / CAPTURES
    if not base.is_dir():
        return
    if not is_inside(base, root):
        diagnostics.append(_outside(CAPTURES, f"content/{CAPTURES}"))
        return
    is_plain = not base.is_symlink() and not base.parent.is_symlink()
    walked = (("/".join(parts), entry) for parts, entry in _walk(str(base), (CAPTURES,)))
    named = ((unicodedata.normalize("NFC", stored), stored, entry) for stored, entry in walked)
    # Of two names that are one, that which a page writes goes first: it is the one that is read.
    found = sorted(named, key=lambda item: (item[0].split("/"), item[0] != item[1]))
    before = None
    for name, stored, entry in found:
        if _leads_out(entry, root):
            diagnostics.append(_outside(entry.name, f"content/{stored}"))
        elif entry.is_file() and name == before:
            diagnostics.append(_same_to_a_reader(f"content/{name}"))
        elif entry.is_file():
            before = name
            is_there = is_plain and not entry.is_symlink()
            yield name, entry.path if is_there else None


def _walk(
    folder: str, parts: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], os.DirEntry[str]]]:
    """The raw files in a folder and below it. Folders that are links are not entered."""
    entries = _sorted_entries(folder)
    names = {entry.name for entry in entries}
    for entry in entries:
        name = entry.name
        if entry.is_dir(follow_symlinks=False):
            if names.isdisjoint(_pages_with(name)):
                yield from _walk(entry.path, (*parts, name))
        elif entry.is_symlink() and Path(entry.path).is_dir():
            continue
        elif not _is_of_the_system(name) and not name.endswith(READING_ENDING):
            yield (*parts, name), entry
