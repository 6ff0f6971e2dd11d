"""Each rule has a page in sourcebook/rules/, and what the page says is what the program does.

Every example of a page is laid over the small archive of conftest.py and checked.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import sourcebook
from conftest import SmallArchive
from sourcebook.checked import read_text
from sourcebook.diagnostics import Diagnostic, UsageError, format_text
from sourcebook.explain import explain_rule, rule_ids
from sourcebook.frontmatter import locate_diagnostics
from sourcebook.layout import FOLDERS
from sourcebook.rereading import reread_captures

SECTIONS = ["Why", "Bad", "Message", "Good"]
FILE = re.compile(
    r"^`(?P<path>[^`\n]+)`(?: \(saved as (?P<encoding>[\w-]+)\))?:\n\n"
    r"(?P<fence>`{3,})\w*\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
LINK = re.compile(r"^`(?P<path>[^`\n]+)` is a link to `(?P<target>[^`\n]+)`\.$", re.MULTILINE)
GONE = re.compile(r"^There is no `(?P<path>[^`\n]+)`\.$", re.MULTILINE)


def sections_of(page: str) -> dict[str, str]:
    """The text under each heading of the second level."""
    pieces = re.split(r"^## (.+)$", page, flags=re.MULTILINE)
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def lay(example: str, archive: SmallArchive) -> None:
    """Put the files of an example over the archive."""
    files = list(FILE.finditer(example))
    # Captures first: a document is filled in with their hashes.
    for file in sorted(files, key=lambda file: "/captures/" not in file["path"]):
        encoding = file["encoding"]
        archive.write(file["path"], file["text"].encode(encoding) if encoding else file["text"])
    for link in LINK.finditer(example):
        (archive.root / link["path"]).symlink_to(link["target"])
    for gone in GONE.finditer(example):
        (archive.root / gone["path"]).unlink()


def problems_of(archive: SmallArchive) -> list[Diagnostic]:
    """What ``sourcebook check --reread`` finds."""
    checked = archive.check()
    more = reread_captures(archive.root, checked.content)
    located = locate_diagnostics(more, lambda path: read_text(archive.root, path))
    return [*checked.diagnostics, *located]


@pytest.mark.parametrize("rule", rule_ids())
def test_bad_example_gives_the_message_of_the_page(rule: str, archive: SmallArchive) -> None:
    """The bad example breaks this rule alone, and the message is the one on the page."""
    sections = sections_of(explain_rule(rule))

    lay(sections["Bad"], archive)
    found = problems_of(archive)

    assert {diagnostic.rule for diagnostic in found} == {rule}
    message = re.fullmatch(r"\s*```text\n(.*)\n```\s*", sections["Message"], re.DOTALL)
    assert message is not None
    assert "\n".join(format_text(diagnostic) for diagnostic in found) == message[1]


@pytest.mark.parametrize("rule", rule_ids())
def test_good_example_has_no_problem(rule: str, archive: SmallArchive) -> None:
    """The good example of a page breaks no rule at all."""
    lay(sections_of(explain_rule(rule))["Good"], archive)

    assert problems_of(archive) == []


@pytest.mark.parametrize("rule", rule_ids())
def test_page_says_what_the_rule_wants_and_why(rule: str) -> None:
    """A page begins with its rule and a sentence, and has its four sections in order."""
    page = explain_rule(rule)

    title, wants, *_ = page.split("\n\n")
    assert title == f"# {rule}"
    assert wants.endswith(".")
    assert "\n" not in wants
    assert list(sections_of(page)) == SECTIONS


def emitted_rules() -> Iterator[str]:
    """Every rule id in the code: the first argument of what makes a diagnostic."""
    for path in sorted(Path(sourcebook.__path__[0]).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.Module):
                yield from _emitted_in(function)


def _emitted_in(function: ast.FunctionDef | ast.Module) -> Iterator[str]:
    makers = ("Diagnostic", "report", "scalar", "RefusedError", "Misreading")
    calls = [node for node in ast.walk(function) if isinstance(node, ast.Call)]
    for call in calls:
        name = getattr(call.func, "id", getattr(call.func, "attr", None))
        keyword = next((k.value for k in call.keywords if k.arg == "rule"), None)
        # A Misreading's rule has a name; its first value is what the reader of YAML says.
        first = call.args[0] if call.args and name != "Misreading" else None
        rule = keyword or first
        if name in makers and rule is not None:
            yield from _ids_in(rule, function)


def _ids_in(rule: ast.expr, function: ast.FunctionDef | ast.Module) -> Iterator[str]:
    if isinstance(rule, ast.JoinedStr):
        assert ast.unparse(rule) == "f'unknown-{kind}'"
        yield from (f"unknown-{kind}" for kind in FOLDERS)
    elif isinstance(rule, ast.Constant):
        yield str(rule.value)
    elif isinstance(rule, ast.IfExp):
        yield from (*_ids_in(rule.body, function), *_ids_in(rule.orelse, function))
    elif isinstance(rule, ast.Name):
        for node in ast.walk(function):
            if not isinstance(node, ast.Assign):
                continue
            target, value = node.targets[0], node.value
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
                target, value = target.elts[0], value.elts[0]
            if isinstance(target, ast.Name) and target.id == rule.id:
                yield from _ids_in(value, function)


def test_every_rule_of_the_code_has_a_page() -> None:
    """Whatever rule a message may name, `explain` knows it, and no page is left over."""
    assert sorted(set(emitted_rules())) == list(rule_ids())


def test_misspelt_rule_gets_the_nearest_one() -> None:
    """`explain unknown-acter` says that there is no such rule, and which was meant."""
    with pytest.raises(UsageError, match="there is no rule `unknown-acter`") as problem:
        explain_rule("unknown-acter")

    assert problem.value.help == (
        "did you mean `unknown-actor`? `sourcebook explain` without a rule lists them all"
    )


def test_rule_may_be_pasted_from_a_message() -> None:
    """`explain 'error[unknown-actor]:'` opens the page, as it stands in a message."""
    assert explain_rule("error[unknown-actor]:") == explain_rule("unknown-actor")


@pytest.mark.parametrize("word", ["../explain", "", "/etc/passwd", "unknown-actor/../x"])
def test_only_rules_are_explained(word: str) -> None:
    """A word that is no rule opens no file."""
    with pytest.raises(UsageError, match="there is no rule"):
        explain_rule(word)
