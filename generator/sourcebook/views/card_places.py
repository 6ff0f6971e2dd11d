"""How cards stand in the margin: as near as can be to their passages, and how much of each shows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import inf
from typing import Literal, NamedTuple

from .cards import CardView, NoteCard

Room = Literal["line", "brief", "full"]
"""How much of a card shows beside the text before a reader opens it."""

_LATE = 0.8
"""Lines by which a card may grow into the place of the next."""

_EARLY = 1.2
"""Lines by which a card may begin above its passage, for more than a line of it to have room."""

_LEAST_DROP = 2
"""Lines; the estimate is not good enough for less."""

_CARD_LINE, _WIDE_CARD_LINE = 38, 31
"""Characters of a line of a card: beside a text of the usual width, and beside a wide one,"""
_WIDE = 0.82
"""which has so many of its lines."""
_ROW = 0.7
"""Height of a card's line, in lines of the text."""


class PlacedCard(NamedTuple):
    """A card of a claim or of a note, as it stands in the margin."""

    card: CardView | NoteCard
    is_note: bool
    room: Room
    drop: int
    """Empty lines of the text above it, so that it begins beside its passage."""
    is_brief_when_wide: bool
    """Whether there is room for more than a line of it beside a wide text, too."""


def place_cards(
    cards: Sequence[tuple[CardView | NoteCard, float, float]],
) -> tuple[PlacedCard, ...]:
    """Each of *cards*, which come in text order with the lines where their block and passage begin.

    All cards have one line; what room is left before the passage of a later one goes to what is
    claimed in each, then to the rest. This is an estimate from counts of characters: a wrong one
    costs a line or two.
    """
    passages = [passage for _, _, passage in cards]
    earliest = [max(block, passage - _EARLY) for _, block, passage in cards]
    sizes = [_size(card, _CARD_LINE) for card, _, _ in cards]
    rooms: Sequence[Room] = ["line"] * len(cards)
    rooms_when_wide = _enlarge(
        rooms,
        "line",
        "brief",
        [_size(card, _WIDE_CARD_LINE) for card, _, _ in cards],
        [passage * _WIDE for passage in passages],
        [start * _WIDE for start in earliest],
    )
    rooms = _enlarge(rooms, "line", "brief", sizes, passages, earliest)
    rooms = _enlarge(rooms, "brief", "full", sizes, passages, earliest)
    placed: list[PlacedCard] = []
    bottom = 0.0
    for (card, block, passage), room, wide, size, following in zip(
        cards, rooms, rooms_when_wide, sizes, [*passages, inf][1:], strict=True
    ):
        top = max(block, bottom)
        start = min(passage, following + _LATE - size[room])
        drop = int(start - top) if start - top >= _LEAST_DROP else 0
        placed.append(
            PlacedCard(
                card, isinstance(card, NoteCard), room, drop, is_brief_when_wide=wide != "line"
            )
        )
        bottom = top + drop + size[room]
    return tuple(placed)


def _enlarge(
    rooms: Sequence[Room],
    smaller: Room,
    larger: Room,
    sizes: Sequence[Mapping[Room, float]],
    passages: Sequence[float],
    earliest: Sequence[float],
) -> list[Room]:
    """*rooms*, where those that are *smaller* are *larger* if no later card is late for it."""
    latest = [inf]
    """Line at which each must begin, the last first, so that no later one is late for it."""
    for room, size, passage in zip(*map(reversed, (rooms, sizes, passages)), strict=True):
        latest.append(min(passage + _LATE, latest[-1] - size[room]))
    latest.reverse()
    enlarged: list[Room] = []
    bottom = 0.0
    for room, size, passage, first, limit in zip(
        rooms, sizes, passages, earliest, latest[1:], strict=True
    ):
        fits = room == smaller and max(first, bottom) + size[larger] <= limit
        enlarged.append(larger if fits else room)
        height = size[enlarged[-1]]
        bottom = max(first, bottom, min(passage, limit - height)) + height
    return enlarged


def _size(card: CardView | NoteCard, line: int) -> Mapping[Room, float]:
    """Estimated heights of *card*, in lines of the text, where its own hold *line* characters."""
    if isinstance(card, NoteCard):
        rows = -(-len(card.lemma) // line) - (-len(f"{card.note} {', '.join(card.tags)}") // line)
        return {"line": 0.95, "brief": 0.5 + rows * _ROW, "full": 0.5 + rows * _ROW}
    claim = card.claim
    head = f"{claim.who} … {claim.form_words}"
    rows = -(-len(head) // line) - (-len(claim.says or "") // line)
    more = sum(
        (
            1 + bool(card.called),
            bool(claim.said),
            bool(claim.via),
            2 * len(claim.answers),
            len(card.related),
            claim.page is not None,
        )
    )
    brief = 0.5 + rows * _ROW
    return {"line": 0.95, "brief": brief, "full": brief + (more + 0.5) * _ROW}
