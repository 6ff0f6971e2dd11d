"""The cards beside a text: what is claimed in a passage, by whom, through whom, where else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from .. import urls
from ..link import LinkedClaim, LinkedNote, LinkedRelation
from .catalogue import Catalogue, ClaimView, shorten_quote
from .prose import prose_line


@dataclass(frozen=True, slots=True)
class RelationView:
    """How another claim stands to this one."""

    words: Markup
    """ "Repeats", "Repeated by"."""
    claim: ClaimView
    reason: str | None
    is_here: bool
    """Whether the other claim stands in the same document."""


@dataclass(frozen=True, slots=True)
class CardView:
    """A claim beside its passage."""

    claim: ClaimView
    speaker_numbers: str
    """The numbers of its speakers in the filter of the page."""
    called: Markup | None
    """What the text calls the speaker, where that is another name."""
    relations: tuple[RelationView, ...]


@dataclass(frozen=True, slots=True)
class NoteCard:
    """A note beside its passage."""

    id: str
    anchor: str
    number: int
    lemma: str
    note: Markup
    tags: tuple[str, ...]
    is_suggested: bool


def claim_card(claim: LinkedClaim, speaker_numbers: str, catalogue: Catalogue) -> CardView:
    """The card of *claim* in its document."""
    view = catalogue.claims[claim.key]
    is_known_by = {speaker.text.casefold() for speaker in view.speakers}
    called = view.named if view.named and view.named.casefold() not in is_known_by else None
    return CardView(
        claim=view,
        speaker_numbers=speaker_numbers,
        called=called if view.speakers and not view.unnamed else None,
        relations=tuple(relation_view(relation, claim, catalogue) for relation in claim.relations),
    )


def relation_view(
    relation: LinkedRelation, claim: LinkedClaim, catalogue: Catalogue
) -> RelationView:
    """*relation* as it is seen from *claim*, which is either end of it."""
    bears = relation.later == claim.key
    other = relation.earlier if bears else relation.later
    direction = "bears" if bears else "receives"
    return RelationView(
        words=catalogue.messages.say(f"relation.{relation.type}-{direction}"),
        claim=catalogue.claims[other],
        reason=relation.reason,
        is_here=other.document == claim.key.document,
    )


def note_card(note: LinkedNote, page: str, catalogue: Catalogue) -> NoteCard:
    """The card of *note* as it stands on *page*."""
    return NoteCard(
        id=note.note.id,
        anchor=urls.note_anchor(note.note.id),
        number=note.number,
        lemma=shorten_quote(note.note.quote),
        note=prose_line(note.note.note, page, catalogue),
        tags=note.note.tags,
        is_suggested=note.note.review == "suggested",
    )


class _Size(NamedTuple):
    """Estimated heights in lines of text."""

    closed: float
    opened: float


_TEXT_LINE = 66
"""Characters of a line of the text."""
_CARD_LINE = 40
_CARD_LINES_PER_TEXT_LINE = 1.55
_GAP = 1.0
"""Between two paragraphs, with the half line that the last one is short of."""


def find_open_cards(
    lengths: Sequence[int], cards: Sequence[tuple[tuple[CardView, ...], tuple[NoteCard, ...]]]
) -> list[tuple[bool, ...]]:
    """For each block, which of its cards, claims first, can stand open beside it.

    All stay on one line where they would hang over the place where the cards of a later block have
    to begin. What room is left opens them, in their order. This is an estimate from counts of
    characters: a wrong one costs a gap of a line or two.
    """
    opened: list[tuple[bool, ...]] = []
    overhang = 0.0
    for place, (length, (claims, notes)) in enumerate(zip(lengths, cards, strict=True)):
        own_height = length / _TEXT_LINE + _GAP
        room = own_height
        following = place + 1
        while following < len(cards) and not any(cards[following]):
            room += lengths[following] / _TEXT_LINE + _GAP
            following += 1
        sizes = [_claim_size(card) for card in claims] + [_note_size(note) for note in notes]
        height = sum(size.closed for size in sizes)
        left = room + 1.0 - overhang - height
        chosen: list[bool] = []
        for size in sizes:
            more = size.opened - size.closed
            chosen.append(more <= left)
            if chosen[-1]:
                left -= more
                height += more
        opened.append(tuple(chosen))
        overhang = max(0.0, overhang + height - own_height)
    return opened


def _claim_size(card: CardView) -> _Size:
    claim = card.claim
    says = -(-len(claim.says or "") // _CARD_LINE) * 1.1
    rows = sum(
        (
            bool(card.called),
            bool(claim.said),
            bool(claim.via),
            2 * len(claim.answers),
            2 * len(card.relations),
            claim.page is not None,
        )
    )
    return _Size(1.0, 1.1 + (says + rows) / _CARD_LINES_PER_TEXT_LINE)


def _note_size(note: NoteCard) -> _Size:
    lines = -(-(len(note.lemma) + len(note.note)) // _CARD_LINE)
    height = 0.8 + (lines + bool(note.tags)) / _CARD_LINES_PER_TEXT_LINE
    return _Size(1.0, height)
