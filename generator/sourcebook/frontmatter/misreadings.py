"""What YAML could not read, in words for people who do not program.

The reader of YAML says what it expected ("mapping values are not allowed in this context"). A table
turns that into what stands there and what to do about it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple


class Misreading(NamedTuple):
    """A row of the table: what the reader says, and what a person is told."""

    problem: str
    """Words of the reader's message."""
    message: str
    help: str
    context: str = ""
    """Words of what the reader was doing."""
    at: str = ""
    """What the text has where the reader gave up."""
    rule: str = "invalid-yaml"
    is_where_it_began: bool = False
    """The mistake is where something was opened, not where the reader gave up."""


_QUOTES = "put text that holds `: `, ` #` or quotation marks between quotation marks"
_INDENT = "begin it with as many spaces as the lines that it belongs to"
_WHOLE = "write quotation marks around the whole text, and leave none of the same kind inside it"

_AROUND = "with quotation marks around text that holds a comma or begins with `#`"
_NO_FIELD = "this line is no `field: value`"
_COLON = (
    "write a colon and a space behind the field's name; a text that goes on begins with more spaces"
    " than its field"
)

_MISREADINGS = (
    Misreading(
        "",
        "text cannot begin with `*` or `&` here",
        "put the whole text between quotation marks",
        context="while scanning an a",
        rule="yaml-anchor",
        is_where_it_began=True,
    ),
    Misreading(
        "",
        "text cannot begin with `!` here",
        "put the whole text between quotation marks",
        context="while scanning a tag",
        rule="yaml-tag",
        is_where_it_began=True,
    ),
    Misreading(
        "mapping values are not allowed", "there is a `: ` too many, or a wrong indent", _QUOTES
    ),
    Misreading("tab character", "the line begins with a tab", "indent with spaces"),
    Misreading("cannot start any token", "a tab stands here", "indent with spaces", at="\t"),
    Misreading(
        "cannot start any token",
        "text cannot begin with this character",
        "put the whole text between quotation marks",
    ),
    Misreading(
        "end of stream",
        "a quotation mark is opened here and never closed",
        "close it at the end of the text",
        is_where_it_began=True,
    ),
    Misreading(
        "',' or ']'",
        "a `[` is opened here and not closed, or a comma is missing",
        f"write it as [one, two], {_AROUND}",
        is_where_it_began=True,
    ),
    Misreading(
        "',' or '}'",
        "a `{` is opened here and not closed, or a comma is missing",
        f"write it as {{field: value, field: value}}, {_AROUND}",
        is_where_it_began=True,
    ),
    Misreading(
        "block sequence entries",
        "a list cannot begin on the line of its field",
        "put each `- ` on a line of its own, or write the list as [one, two]",
    ),
    Misreading(
        "unknown escape",
        "a backslash means something between double quotation marks",
        "write two backslashes, or use single quotation marks",
    ),
    Misreading(
        "'-' indicator",
        "this line does not belong to the list above it",
        f"{_INDENT}; an item of a list begins with `- `",
    ),
    Misreading("expected ':'", _NO_FIELD, _COLON, is_where_it_began=True),
    Misreading("node content", "a bracket or comma stands where a value should", _QUOTES),
    Misreading(
        "comment or line break",
        "text cannot begin with `|` or `>` here",
        "put the whole text between quotation marks",
        is_where_it_began=True,
    ),
    Misreading(
        "expected key",
        "an item of a list stands here, but nothing above it begins a list",
        "begin each item with `- `, the first too, all with as many spaces",
        at="- ",
    ),
    Misreading(
        "another document",
        "the fields end here, at a line that begins with `---`",
        "delete it: in archive.yaml, no such line closes them",
    ),
    Misreading(
        "expected <document start>",
        "the fields end above, at a line `...` or at one that begins with `%`",
        "delete that line; for what is left out, nothing is written",
    ),
    Misreading("expected key", "something follows here that belongs to no field", _WHOLE),
)


_NAME = re.compile(r"[\s-]*\w[\w-]*")
_NO_SPACE = re.compile(r"[\s-]*(\w[\w-]*:)(?!//)\S")
_HAS_COLON = re.compile(r":(?:\s|$)")


class Slip(NamedTuple):
    """What is wrong with a line above the one where the reader gave up."""

    message: str
    help: str
    line: int
    column: int


def find_slip(lines: Sequence[str], line: int, column: int) -> Slip | None:
    """Why the reader met a colon in *line*, before *column*, that it could not use.

    A field whose colon is missing is read as the beginning of the next line, and one that is
    indented as the end of the line above: there the reader says nothing, and the next line pays.
    None where the colon belongs to a text.
    """
    if not _NAME.fullmatch(lines[line][:column]):
        return None
    above = [n for n in range(line) if lines[n].strip() and not lines[n].lstrip().startswith("#")]
    if above and is_nearly_an_item(lines[above[-1]]):
        return explain_line(lines[above[-1]], above[-1])
    first = line
    while above and not _HAS_COLON.search(lines[above[-1]]):
        first = above.pop()
    begin = len(lines[first]) - len(lines[first].lstrip())
    is_text = bool(above) and _begin_of(lines[above[-1]]) < begin
    is_text = is_text and not lines[above[-1]].rstrip().endswith(":")
    if first < line and not is_text:
        return explain_line(lines[first], first)
    return Slip(_DEEPER, _SAME_INDENT, line, begin) if first == line and is_text else None


def is_nearly_an_item(text: str) -> bool:
    """Whether a line begins as an item of a list, but for the hyphen or the space behind it."""
    return bool(_NO_HYPHEN.match(text) or _NO_SPACE_BEHIND_HYPHEN.match(text))


def explain_line(text: str, line: int) -> Slip:
    """What is wrong with a line that should be a field and is none."""
    column = len(text) - len(text.lstrip())
    if _NO_SPACE_BEHIND_HYPHEN.match(text):
        return Slip(_ITEM, _HYPHEN, line, column)
    if (item := _NO_HYPHEN.match(text)) is not None:
        return Slip(f"the line begins with `{item[1]}`, which is no hyphen", _HYPHEN, line, column)
    if (strange := _STRANGE_COLON.match(text)) is not None:
        what = "colon" if strange[2] else "space"
        fact = f"the {what} behind `{strange[1]}` is not the keyboard's, such as copied text has"
        return Slip(fact, "delete it, and type a colon and a space", line, column)
    unspaced = _NO_SPACE.match(text)
    if unspaced is not None:
        return Slip(f"a space is missing behind `{unspaced[1]}`", _SPACE, line, column)
    return Slip(_NO_FIELD, _COLON, line, column)


_NO_HYPHEN = re.compile(r"\s*([\u2010-\u2015\u2212\u2022\u00b7])\s")
_STRANGE_COLON = re.compile(
    r"[\s-]*(\w[\w-]*)(?::[\u00a0\u2000-\u200b\u202f\u3000]|\s*([\uff1a\ufe55\ufe13]))"
)
_NO_SPACE_BEHIND_HYPHEN = re.compile(r"\s*-[^\s-]")
_ITEM = "a space is missing behind the hyphen of a list's item"
_HYPHEN = "write a hyphen and a space, `- `"
_SPACE = "write a space behind the colon of a field"
_DEEPER = "this line begins deeper than the field above it, which has its value already"
_SAME_INDENT = (
    "begin both with as many spaces; an item of a list begins with a hyphen and a space, `- `;"
    " text that holds `: ` needs quotation marks"
)


def _begin_of(line: str) -> int:
    return len(line) - len(line.lstrip(" -"))


def explain_yaml_error(context: str | None, problem: str | None, rest: str) -> Misreading:
    """What the reader's *context* and *problem* mean for the person who wrote the file.

    *rest* is the text from where the reader gave up.
    """
    for row in _MISREADINGS:
        is_said = row.context in (context or "") and row.problem in (problem or "")
        if is_said and rest.startswith(row.at):
            return row
    reason = f"the fields cannot be read: {problem or 'this is not YAML'}"
    return Misreading(problem or "", reason, _QUOTES)
