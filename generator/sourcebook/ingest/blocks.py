"""The roles that a stretch of a text can have: the nouns of ``structure``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

BlockKind = Literal[
    "heading",
    "list",
    "paragraph",
    "quotation",
    "caption",
    "embed",
    "separator",
    "read-more",
    "closing",
    "date",
    "byline",
]
"""``caption``: the words of a picture or film. ``embed``: a post of another site inside the page.
``closing``: a line that ends an item ("Published in World"). ``date``: a line that is only a date.
``byline``: a line that names the authors.
``read-more``: a pointer to another page."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list, without its marker."""

    start: int
    end: int
    level: int
    """Depth in the list, from 0, by indentation."""
    number: str | None = None
    """The marker of an ordered item as written ("3."); None for a bullet."""
    number_start: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A run of text with one role. Blocks stand in text order and never overlap."""

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    """Of a heading: 1 the title, 2 an item of the page, 3 inside an item. Otherwise 0."""
    items: tuple[Item, ...] = ()
    """Of a list only; of an unmarked list (names, one a line) the lines."""
