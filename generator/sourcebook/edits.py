"""Line-exact edits of a person's file: only the lines that must change do.

Comments, order, quoting and line ends stay as they are. Where a value cannot be found in the form
that these edits know, nothing is written and the caller is told.
"""

from __future__ import annotations

import re

from .frontmatter import Value, find_extent, parse_mapping, split_page


def set_scalar(text: str, field: str, value: str) -> str:
    """The page *text* with the top-level *field* set to the scalar *value*.

    A field that is missing is added as the last line of the front matter. ``ValueError`` where the
    field is there and holds more than one value.
    """
    page = split_page(text)
    if page is None:
        raise ValueError("the page has no front matter")
    start_of_front = text.index(page.front, text.index("---") + 3) if page.front else 4
    extent = find_extent(page.front, (field,))
    if extent is None:
        line = f"{field}: {format_scalar(value)}{_line_end(text)}"
        at = start_of_front + len(page.front)
        return text[:at] + line + text[at:]
    old = page.front[extent[0] : extent[1]]
    if "\n" in old.strip() or old.startswith(("[", "{")):
        raise ValueError(f"`{field}` holds more than one value")
    start, end = start_of_front + extent[0], start_of_front + extent[1]
    return text[:start] + format_scalar(value) + text[end:]


def append_items(text: str, field: str, items: list[dict[str, str]]) -> str:
    """The page *text* with mappings added at the end of the list *field*, which may be missing."""
    page = split_page(text)
    if page is None:
        raise ValueError("the page has no front matter")
    end = _line_end(text)
    start_of_front = text.index(page.front, text.index("---") + 3)
    extent = find_extent(page.front, (field,))
    if extent is None:
        block = f"{field}:{end}" + "".join(_format_item(item, 2, end) for item in items)
        at = start_of_front + len(page.front)
        return text[:at] + block + text[at:]
    old = page.front[extent[0] : extent[1]]
    if old.startswith("["):
        raise ValueError(f"`{field}` is written in one line; write it as a list of lines first")
    indent = page.front[: extent[0]].rpartition("\n")[2]
    stripped = old.rstrip()
    at = start_of_front + extent[0] + len(stripped)
    added = "".join(_format_item(item, len(indent), end) for item in items)
    return text[:at] + end + added.removesuffix(end) + text[at:]


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
    if "\\" not in value and all(c.isprintable() for c in value):
        if '"' not in value:
            return f'"{value}"'
        if _reads_as(f"'{value.replace(chr(39), chr(39) * 2)}'", value):
            return "'" + value.replace("'", "''") + "'"
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
