"""What is to be drawn in each block of a text: marks, names and the beginnings of parts.

Places come in offsets of the document's normalised text; a block is written from its raw text.
Here the first become the second, block by block, so that writing need not search.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

from markupsafe import Markup

from .anchors import Span
from .markup import Block
from .text import trace


class Mark(NamedTuple):
    """A claim or note as it is drawn in the text."""

    id: str
    """The claim's or note's own id."""
    anchor: str
    """The id of its first mark in the page."""
    css: str
    """Classes: ``direct``, ``indirect``, ``mixed``, ``suggested``; ``noted`` for a note."""
    spans: tuple[Span, ...]
    card: str
    """The id of its card."""
    label: Markup
    """What a screen reader says of its number: ``Claim 5, Dmitry Peskov, direct``."""
    sign: str
    """Its number."""
    by: str = ""
    """What it is to the filters of the page: tokens, separated by spaces."""
    is_note: bool = False


class NameLink(NamedTuple):
    """A name in the text and the page that it leads to."""

    span: Span
    href: str


class PartStart(NamedTuple):
    """Where a part begins."""

    id: str
    anchor: str
    start: int


class MarkPiece(NamedTuple):
    """The part of a mark that lies in one block."""

    start: int
    """Into the block's raw text."""
    end: int
    mark: Mark
    is_first: bool
    """Its first piece in the document bears the id."""
    is_last: bool
    """Behind its last piece stands its number."""


class NamePiece(NamedTuple):
    """The part of a name that lies in one block."""

    start: int
    end: int
    href: str


Piece = TypeVar("Piece", bound=MarkPiece | NamePiece)


class OpenPieces(Generic[Piece]):
    """Which of many pieces are open at an offset, asked from one offset to the next.

    To look at each piece at each offset would cost the square of what a crowded block has.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        """*pieces* come by where they begin."""
        self._pieces = pieces
        self._begun = 0
        self.now: list[Piece] = []

    def at(self, offset: int) -> list[Piece]:
        """Those open at *offset*, in their order."""
        first = self._begun
        while self._begun < len(self._pieces) and self._pieces[self._begun].start <= offset:
            self._begun += 1
        waiting = (*self.now, *self._pieces[first : self._begun])
        self.now = [piece for piece in waiting if piece.end > offset]
        return self.now


class Drawings(NamedTuple):
    """All that is to be drawn in one block. Offsets are into its raw text."""

    marks: tuple[MarkPiece, ...] = ()
    """By where they begin; of two that begin together the longer first."""
    names: tuple[NamePiece, ...] = ()
    parts: tuple[tuple[int, PartStart], ...] = ()
    """(offset, part) of each part that begins in the block."""
    whole: tuple[Mark, ...] = ()
    """The claims that fill the block."""


NOTHING = Drawings()


class Stretches:
    """What is drawn in one block, asked from one stretch of its text to the next."""

    def __init__(self, drawings: Drawings) -> None:
        """Of a block that is not begun yet."""
        self._all = drawings
        self._open = OpenPieces(drawings.marks)

    def between(self, start: int, end: int) -> Drawings:
        """The marks and names that have something between two offsets, and the parts there."""
        marks, names, parts = self._all.marks, self._all.names, self._all.parts
        begun = bisect_right(marks, start, key=lambda piece: piece.start)
        beginning = marks[begun : bisect_left(marks, end, key=lambda piece: piece.start)]
        # Names do not overlap, so their ends are in order too.
        first = bisect_right(names, start, key=lambda name: name.end)
        last = bisect_left(names, end, key=lambda name: name.start)
        return Drawings(
            marks=(*self._open.at(start), *beginning),
            names=names[first:last],
            parts=parts[bisect_left(parts, (start,)) : bisect_left(parts, (end + 1,))],
        )


@dataclass(slots=True)
class _Share:
    """What falls to one block, before it is put into the block's own offsets."""

    spans: list[tuple[Mark, int]] = field(default_factory=list)
    """(mark, index of its span)."""
    names: list[NameLink] = field(default_factory=list)
    parts: list[PartStart] = field(default_factory=list)


def find_drawings(
    blocks: Sequence[Block],
    marks: Sequence[Mark],
    names: Sequence[NameLink],
    parts: Sequence[PartStart],
) -> dict[int, Drawings]:
    """The drawings of each block that has any, by the index of its token."""
    textual = [block for block in blocks if block.text]
    starts = [block.start for block in textual]
    shares: defaultdict[int, _Share] = defaultdict(_Share)
    for mark in marks:
        for index, span in enumerate(mark.spans):
            for place in _blocks_under(textual, starts, span):
                shares[place].spans.append((mark, index))
    for name in names:
        for place in _blocks_under(textual, starts, name.span):
            shares[place].names.append(name)
    for part in parts:
        for place in _blocks_under(textual, starts, Span(part.start, part.start + 1)):
            shares[place].parts.append(part)
    return {textual[place].token: _draw(textual[place], share) for place, share in shares.items()}


def _blocks_under(blocks: Sequence[Block], starts: Sequence[int], span: Span) -> Iterator[int]:
    """Which of *blocks*, that begin at *starts*, have something of *span*."""
    place = max(0, bisect_right(starts, span.start) - 1)
    while place < len(blocks) and starts[place] < span.end:
        if blocks[place].end > span.start:
            yield place
        place += 1


def _draw(block: Block, share: _Share) -> Drawings:
    traced = trace(block.raw) if block.raw != block.text else None

    def raw_span(span: Span) -> tuple[int, int]:
        start = max(span.start - block.start, 0)
        end = min(span.end - block.start, len(block.text))
        return (traced.raw_start(start), traced.raw_end(end)) if traced else (start, end)

    pieces = []
    for mark, index in share.spans:
        span = mark.spans[index]
        is_first = index == 0 and span.start >= block.start
        is_last = index == len(mark.spans) - 1 and span.end <= block.end
        pieces.append(MarkPiece(*raw_span(span), mark, is_first, is_last))
    pieces.sort(key=lambda piece: (piece.start, -piece.end, piece.mark.is_note))
    claims: dict[str, tuple[Mark, list[Span]]] = {}
    for mark, index in share.spans:
        if not mark.is_note:
            claims.setdefault(mark.id, (mark, []))[1].append(mark.spans[index])
    return Drawings(
        marks=tuple(pieces),
        names=tuple(NamePiece(*raw_span(name.span), name.href) for name in share.names),
        parts=tuple((raw_span(Span(part.start, part.start + 1))[0], part) for part in share.parts),
        whole=tuple(mark for mark, spans in claims.values() if _fill(spans, block)),
    )


def _fill(spans: Sequence[Span], block: Block) -> bool:
    """Whether all words of the block are in *spans*, a claim's: quotation marks and stops may stand
    outside."""
    at = block.start
    for span in spans:
        if _has_words(block.text[at - block.start : max(span.start - block.start, 0)]):
            return False
        at = min(span.end, block.end)
    return at > block.start and not _has_words(block.text[at - block.start :])


def _has_words(text: str) -> bool:
    return any(map(str.isalnum, text))
