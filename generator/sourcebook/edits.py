"""Line-exact edits of a person's file: only the lines that must change do.

Comments, order, quoting and line ends stay as they are. Where a value cannot be found in the form
that these edits know, it is left alone: ``UsageError`` says what to do first.
"""

from __future__ import annotations

import re

from .diagnostics import UsageError
from .frontmatter import Value, find_extent, parse_mapping, split_lines, split_page

_AS_LINES = "write its items below it first, each beginning with `- `"
_MARK = "\ufeff"
"""The byte-order mark with which some editors begin a file; it stays."""


def set_scalar(text: str, field: str, value: str) -> str:
    """The page *text* with the top-level *field* set to the scalar *value*.

    A field that is missing is added as the last line of the front matter.
    """
    front, start_of_front = _front_of(text)
    extent = find_extent(front, (field,))
    if extent is None:
        line = f"{field}: {format_scalar(value)}{_line_end(text)}"
        return _insert(text, start_of_front + len(front), line)
    start, end = start_of_front + extent.start, start_of_front + extent.end
    if extent.sort in ("list", "fields") or len(text[start:end].splitlines()) > 1:
        raise UsageError(f"`{field}` holds more than one value", "write one text")
    space = " " if text[start - 1] == ":" else ""
    return text[:start] + space + format_scalar(value) + text[end:]


def append_items(text: str, field: str, items: list[dict[str, str]]) -> str:
    """The page *text* with mappings added at the end of the list *field*, which may be missing."""
    front, start_of_front = _front_of(text)
    line_end = _line_end(text)
    extent = find_extent(front, (field,))
    if extent is None:
        block = f"{field}:{line_end}" + "".join(_format_item(item, 2, line_end) for item in items)
        return _insert(text, start_of_front + len(front), block)
    if extent.sort not in ("nothing", "list"):
        raise UsageError(f"`{field}` is no list", _AS_LINES)
    if extent.is_inline:
        raise UsageError(f"`{field}` is written in one line", _AS_LINES)
    start, end = start_of_front + extent.start, start_of_front + extent.end
    indent = 2
    if extent.sort == "nothing":
        text = text[:start] + text[end:]
        end = start
    else:
        indent = len(split_lines(text[:start])[-1])
    below = re.compile(r"\r\n|\n|\r").search(text, end)
    assert below is not None, "front matter ends with a line of its own"
    return _insert(
        text, below.end(), "".join(_format_item(item, indent, line_end) for item in items)
    )


def _front_of(text: str) -> tuple[str, int]:
    """The YAML of a page, and where it begins in the file."""
    mark = len(_MARK) if text.startswith(_MARK) else 0
    page = split_page(text[mark:])
    if page is None:
        raise UsageError("the page has no front matter", "run `sourcebook check` first")
    whole = find_extent(page.front, ())
    if whole is not None and whole.is_inline:
        raise UsageError(
            "its fields stand in braces", "write one `field: value` on each line first"
        )
    return page.front, mark + page.front_start


def _insert(text: str, at: int, words: str) -> str:
    return text[:at] + words + text[at:]


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text.split("\n", 1)[0] + "\n" else "\n"


def _format_item(item: dict[str, str], indent: int, end: str) -> str:
    lines = [f"{key}: {format_scalar(value)}" for key, value in item.items()]
    pad = " " * indent
    return f"{pad}- {lines[0]}{end}" + "".join(f"{pad}  {line}{end}" for line in lines[1:])


_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`=<~][^\n\r]*")


def format_scalar(value: str) -> str:
    """*value* as a person would write it in YAML: plain where that reads the same, else quoted."""
    plain_enough = (
        _PLAIN.fullmatch(value)
        and ": " not in value
        and " #" not in value
        and not value.endswith((":", " "))
        and value.lower() not in _LOOKS_OTHERWISE
    )
    if plain_enough and _reads_as(value, value):
        return value
    if "\\" not in value and value.isprintable():
        if '"' not in value:
            return f'"{value}"'
        single = "'" + value.replace("'", "''") + "'"
        if _reads_as(single, value):
            return single
    return '"' + "".join(_escape(char) for char in value) + '"'


_LOOKS_OTHERWISE = frozenset(("yes", "no", "on", "off", "true", "false", "null", "y", "n"))


def _reads_as(written: str, value: Value) -> bool:
    mapping, problems = parse_mapping(f"a: {written}\n", "")
    return not problems and mapping == {"a": value}


def _escape(char: str) -> str:
    if char in '"\\':
        return "\\" + char
    if char == "\n":
        return "\\n"
    if char.isprintable() or char == " ":
        return char
    code = ord(char)
    return (
        f"\\x{code:02x}"
        if code < 0x100
        else f"\\u{code:04x}"
        if code < 0x10000
        else f"\\U{code:08x}"
    )
