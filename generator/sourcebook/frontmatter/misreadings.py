"""What YAML could not read, in words for people who do not program.

The reader of YAML says what it expected ("mapping values are not allowed in this context"). A table
turns that into what stands there and what to do about it.
"""

from __future__ import annotations

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
        "write it as [one, two], with quotation marks around text that holds a comma",
        is_where_it_began=True,
    ),
    Misreading(
        "',' or '}'",
        "a `{` is opened here and not closed, or a comma is missing",
        "write it as {field: value, field: value}",
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
    Misreading("expected ':'", "this line is no `field: value`", f"{_INDENT}, or add the field"),
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
    Misreading("expected key", "something follows here that belongs to no field", _WHOLE),
)


def explain_yaml_error(context: str | None, problem: str | None, rest: str = "") -> Misreading:
    """What the reader's *context* and *problem* mean for the person who wrote the file.

    *rest* is the text from where the reader gave up.
    """
    for row in _MISREADINGS:
        is_said = row.context in (context or "") and row.problem in (problem or "")
        if is_said and rest.startswith(row.at):
            return row
    reason = f"the fields cannot be read: {problem or 'this is not YAML'}"
    return Misreading(problem or "", reason, _QUOTES)
