"""What was found in a document's text: the nouns of ``anchors``."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from ..model import Slug, Text


class Span(NamedTuple):
    """Half-open, in code points of the document's normalised text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Spans:
    """Many spans, put in order so that one can be compared with all of them at once."""

    starts: tuple[int, ...]
    reach: tuple[int, ...]
    """How far those go that start here or before."""

    @classmethod
    def of(cls, spans: Iterable[Span]) -> Spans:
        """*spans* in any order; they may overlap."""
        ordered = sorted(spans)
        ends = accumulate((span.end for span in ordered), max)
        return cls(tuple(span.start for span in ordered), tuple(ends))

    def overlap(self, span: Span) -> bool:
        """Whether one of them has something in common with *span*."""
        begun = bisect_left(self.starts, span.end)
        return begun > 0 and self.reach[begun - 1] > span.start

    def enclose(self, span: Span) -> bool:
        """Whether *span* lies in one of them."""
        begun = bisect_right(self.starts, span.start)
        return begun > 0 and self.reach[begun - 1] >= span.end


class Segment(NamedTuple):
    """A piece of a context: words of the quote, or words around it."""

    text: str
    quoted: bool


Context = tuple[Segment, ...]
"""The sentence around a passage, in text order; the quoted segments are the passage itself."""


@dataclass(frozen=True, slots=True)
class PartPlace:
    """Where a part stands: from its heading or first words to the next part or its last words."""

    id: str
    start: int
    end: int
    heading: str | None


@dataclass(frozen=True, slots=True)
class NamePlace:
    """A place where the text names an actor of the document."""

    actor: Slug
    span: Span


@dataclass(frozen=True, slots=True)
class DocumentPlaces:
    """All places of one document, in text order. What could not be placed is not in it."""

    text: Text
    """The normalised text of the body."""
    block_starts: tuple[int, ...] = ()
    """Of each block that has text, in order; it ends before the space that the next begins behind."""
    parts: tuple[PartPlace, ...] = ()
    claims: tuple[tuple[str, tuple[Span, ...]], ...] = ()
    """(claim id, the spans of its passages)."""
    notes: tuple[tuple[str, tuple[Span, ...]], ...] = ()
    names: tuple[NamePlace, ...] = ()
