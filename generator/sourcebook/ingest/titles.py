"""Finds the title of a capture in its own lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..text import normalise
from .blocks import Block
from .dates import read_dated_line

_FEWEST_WORDS = 3
"""Fewer make a label of the page ("LATEST", "World"), not a title."""
_LONGEST = 160
_LONGEST_DAY = 60


def find_title(text: str, blocks: Sequence[Block]) -> str | None:
    """The page's title: its first heading that is more than a label, else its first words.

    A title is never made up: it stands in the text, on one line, at most cut at a word.
    None where the text has no words.
    """
    headings = [block for block in blocks if block.kind == "heading"]
    for block in headings:
        words = text[block.start : block.end].split()
        if not _is_label(words):
            return _clean(" ".join(words))
    undated = [block for block in blocks if block.kind not in ("date", "byline")]
    for block in (*undated, *blocks):
        words = text[block.start : block.end].split()
        if words:
            return _clean(_cut(words))
    return None


def _is_label(words: Sequence[str]) -> bool:
    """Whether a heading names a sort of text or a place on the page, and not this text."""
    line = " ".join(words)
    dated = read_dated_line(line) if len(line) < _LONGEST_DAY else None
    if _SORT.fullmatch(line) or (dated is not None and not dated.beside):
        return True
    # Chinese and Japanese have no blanks between words.
    return len(words) < _FEWEST_WORDS and len(_WIDE.findall(line)) < 2 * _FEWEST_WORDS


_WIDE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_SORT = re.compile(
    r"(?:for|embargoed|not for) .{0,20}\brelease\b.{0,40}|(?:media |press )?contacts?:.*"
    r"|in the .{3,60}\bcourts?\b.{0,60}|press release.{0,20}|communiqué de presse"
    r"|comunicado de prensa|skip to (?:main )?content|from wikipedia, .{5,40}",
    re.IGNORECASE,
)
"""Lines at the head of press releases, judgments and saved pages that are no titles."""


def _clean(title: str) -> str:
    title = normalise(title) or title  # without soft hyphens
    # Corpora close the title with a full stop; an ellipsis belongs to it.
    if title.endswith(".") and not title.endswith("..") and title.count(".") == 1:
        return title[:-1]
    return title


def _cut(words: Sequence[str]) -> str:
    title = ""
    for word in words:
        if len(title) + len(word) >= _LONGEST:
            return title + " …" if title else word[:_LONGEST]
        title = f"{title} {word}".strip()
    return title
