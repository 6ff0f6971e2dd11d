"""A file with front matter, split: the fields between its fences, and the body.

Lines are counted as editors count them, whatever system the file was written on.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# What stands before is asked last: to look for the sign itself is what re does at once.
_FENCE_LINE = re.compile(r"---(?<![^\r\n]---)[ \t]*(?:\r\n|\n|\r|\Z)")

_LINE_END = re.compile(r"\r\n|\n|\r")


class Page(NamedTuple):
    """A file with front matter, split."""

    front: str
    """The YAML between the fences; its first line is line 2 of the file."""
    body: str
    body_line: int
    """The line of the file on which the body begins, from 1."""
    front_start: int
    """Where ``front`` begins in the file, in code points."""


def split_page(text: str) -> Page | None:
    """The two halves of a page, or None where it does not begin with a closed ``---`` block."""
    first = _FENCE_LINE.match(text)
    if first is None:
        return None
    second = _FENCE_LINE.search(text, first.end())
    if second is None:
        return None
    body_line = count_lines(text, second.end()) + 1
    front = text[first.end() : second.start()]
    return Page(front, text[second.end() :], body_line, first.end())


def count_lines(text: str, end: int) -> int:
    """Line ends before *end*; CR LF is one."""
    return text.count("\n", 0, end) + text.count("\r", 0, end) - text.count("\r\n", 0, end)


def line_starts(text: str) -> list[int]:
    """Where each line of *text* begins."""
    return [0, *(end.end() for end in _LINE_END.finditer(text))]


def split_lines(text: str) -> list[str]:
    """The lines of *text*, without their ends; CR LF is one end, and an end at the end adds a line."""
    return _LINE_END.split(text)
