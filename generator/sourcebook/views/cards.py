"""The cards beside a text: what is claimed in a passage, by whom, through whom, where else."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from .. import urls
from ..link import LinkedClaim, LinkedNote, LinkedRelation
from ..model import Review
from .catalogue import Catalogue, ClaimView, shorten_quote
from .prose import prose_line

LEMMA_LENGTH = 24
"""Characters of a quote in the list at the foot of a document: its words stand in full above."""

TEASER_LENGTH = 60
"""Characters of a note in one line; more than a card beside the text has room for."""


@dataclass(frozen=True, slots=True)
class RelationView:
    """How another claim stands to this one."""

    words: Markup
    """ "Repeats", "Repeated by"."""
    claim: ClaimView
    reason: str | None
    is_here: bool
    """Whether the other claim stands in the same document."""
    is_repeat: bool
    """Whether both render one statement."""


@dataclass(frozen=True, slots=True)
class RelatedClaims:
    """Claims that stand to this one in the same way, as a card names them."""

    words: Markup
    claims: tuple[tuple[Markup, str], ...]
    """(what to call it, where it stands); a place in the same document is an anchor."""


class CardView(NamedTuple):
    """A claim beside its passage."""

    claim: ClaimView
    facets: str
    """What it is to the filters of the page."""
    called: Markup | None
    """What the text calls the speaker, where that is another name."""
    related: tuple[RelatedClaims, ...]
    lemma: str
    """The first and last words of the quote, for the list at the foot."""


@dataclass(frozen=True, slots=True)
class NoteCard:
    """A note beside its passage."""

    id: str
    anchor: str
    number: int
    lemma: str
    short_lemma: str
    """For the list at the foot of a document, as with claims."""
    note: Markup
    teaser: str
    """Its first words, for one line."""
    tags: tuple[str, ...]
    review: Review


def claim_card_anchor(number: int) -> str:
    """The id of the card of the claim *number*. Short: a page names it three times for each claim."""
    return f"c{number}"


def note_card_anchor(number: int) -> str:
    """The id of the card of the note *number*."""
    return f"n{number}"


def claim_card(claim: LinkedClaim, facets: str, catalogue: Catalogue) -> CardView:
    """The card of *claim* in its document."""
    view = catalogue.claims[claim.key]
    called = view.named if view.speakers and not view.unnamed else None
    # Asked of itself, Markup would make Markup of its answer.
    if called and str.casefold(called) in [str.casefold(one.text) for one in view.speakers]:
        called = None
    return CardView(
        claim=view,
        facets=facets,
        called=called,
        related=_related_claims(relations_of(claim, catalogue), catalogue),
        lemma=shorten_quote(claim.claim.quote, LEMMA_LENGTH),
    )


def _related_claims(
    relations: Sequence[RelationView], catalogue: Catalogue
) -> tuple[RelatedClaims, ...]:
    """*relations* by kind: claims of this document by number, others by their outlet."""
    say = catalogue.messages.say
    by_words: dict[Markup, dict[Markup, str]] = {}
    for relation in relations:
        other = relation.claim
        if relation.is_here:
            named = say("card.claim-number", number=other.number), f"#claim-{other.id}"
        else:
            named = other.outlet.text if other.outlet else other.document.text, other.place
        # An outlet that tells it twice is named once: the claim's own page has all.
        by_words.setdefault(relation.words, {}).setdefault(*named)
    return tuple(RelatedClaims(words, tuple(claims.items())) for words, claims in by_words.items())


def relations_of(claim: LinkedClaim, catalogue: Catalogue) -> tuple[RelationView, ...]:
    """How other claims stand to *claim*."""
    return tuple(relation_view(relation, claim, catalogue) for relation in claim.relations)


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
        is_repeat=relation.type == "repeats",
    )


def note_card(note: LinkedNote, page: str, catalogue: Catalogue) -> NoteCard:
    """The card of *note* as it stands on *page*."""
    text = prose_line(note.note.note, page, catalogue)
    return NoteCard(
        id=note.note.id,
        anchor=urls.note_anchor(note.note.id),
        number=note.number,
        lemma=shorten_quote(note.note.quote),
        short_lemma=shorten_quote(note.note.quote, LEMMA_LENGTH),
        note=text,
        teaser=text.striptags()[:TEASER_LENGTH],
        tags=note.note.tags,
        review=note.note.review,
    )
