"""A document's page: its text with the claims marked in it, cards, rail, provenance, lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from markupsafe import Markup

from .. import urls
from ..fidelity import Verification
from ..fields import parse_url
from ..link import LinkedClaim, LinkedDocument, LinkedNote, LinkedPart
from ..markup import ParsedBody
from ..messages import direction_of
from ..model import Slug
from ..render import Mark, NameLink, PartStart, RenderedBlock, render_body
from ..words import date_words
from .card_places import PlacedCard, place_cards
from .cards import (
    CardView,
    NoteCard,
    claim_card,
    claim_card_anchor,
    note_card,
    note_card_anchor,
)
from .catalogue import Catalogue, ClaimView, Link
from .mark_filters import MarkFilter, filter_marks
from .provenance import Provenance, provenance_of
from .related import RelatedDocument, related_documents
from .versions import OtherVersion, original_of, translations_of

_RAIL_LABEL = 8.75
"""Height of a part's label, in per cent of the rail where it is lowest (``document.css``)."""

_LINE = 66
"""Characters of a line of the text."""
_PART_HEAD = 2.7
"""Height of a part's head, in lines of the text."""


@dataclass(frozen=True, slots=True)
class PartHead:
    """What stands over a part of the text."""

    id: str
    number: int
    heading: str | None
    """The heading that the text has there; None where it has none."""
    outlet: Link | None
    date: str | None
    authors: tuple[str, ...]
    url: str | None
    label_at: str | None
    """Where its label stands on the rail, in per cent: where it begins, or below the label before.

    None where there is no room for a label.
    """


class TextBlock(NamedTuple):
    """A block of the text, and the cards of what begins in it."""

    part: PartHead | None
    """The part that begins with this block."""
    parts_inside: tuple[PartHead, ...]
    """Parts that begin in the middle of it."""
    html: Markup
    cards: tuple[PlacedCard, ...]
    """In text order, claims and notes."""
    begins_speech: bool
    """Whether one claim fills this block and the next, up to one that ends the speech."""
    ends_speech: bool


class RailMark(NamedTuple):
    """Where a claim stands in the text, to scale."""

    claim: ClaimView
    at: str
    """In per cent of the text; so is the length."""
    length: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """All that a document's page shows."""

    slug: Slug
    title: str
    lang: str
    direction: str
    outlet: Link | None
    outlets: tuple[Link, ...]
    date: str | None
    url: str | None
    authors: tuple[str, ...]
    is_draft: bool
    provenance: Provenance
    forms: tuple[tuple[str, Markup], ...]
    """The kinds of mark that the text bears: (form, its name)."""
    parts: tuple[PartHead, ...]
    blocks: tuple[TextBlock, ...]
    rail: tuple[RailMark, ...]
    filters: tuple[MarkFilter, ...]
    filter_style: Markup
    claims: tuple[CardView, ...]
    notes: tuple[NoteCard, ...]
    topics: tuple[Link, ...]
    translation_of: OtherVersion | None
    translations: tuple[OtherVersion, ...]
    related: tuple[RelatedDocument, ...]
    compared: tuple[Link, ...]
    """Other documents, each with the page that lays both side by side."""


def document_view(
    linked: LinkedDocument,
    body: ParsedBody,
    verification: Verification,
    catalogue: Catalogue,
    compared: tuple[Link, ...] = (),
) -> DocumentView:
    """The page of one document; *body* is its text, parsed, *verification* what its check found.

    *compared* are the comparisons with other documents, each under the other's title.
    """
    document, messages = linked.document, catalogue.messages
    page = urls.document(document.slug)
    length = max(len(str(linked.places.text)), 1)
    filtered = filter_marks(catalogue.views(linked.claims), catalogue)
    cards = {
        claim.claim.id: claim_card(claim, facets, catalogue)
        for claim, facets in zip(linked.claims, filtered.facets, strict=True)
    }
    notes = {note.note.id: note_card(note, page, catalogue) for note in linked.notes}
    heads = {
        part.part.id: _part_head(part, place, catalogue)
        for part, place in zip(linked.parts, _label_places(linked.parts, length), strict=True)
    }
    lang = document.lang or "und"
    return DocumentView(
        slug=document.slug,
        title=document.title,
        lang=lang,
        direction=direction_of(lang),
        outlet=catalogue.outlet(document.outlet),
        outlets=tuple(link for slug in linked.outlets if (link := catalogue.outlet(slug))),
        date=date_words(document.date, messages) if document.date else None,
        url=parse_url(document.url) if document.url else None,
        authors=document.authors,
        is_draft=document.review == "suggested",
        provenance=provenance_of(linked, verification, catalogue),
        forms=_forms(linked.claims, linked.notes, catalogue),
        parts=tuple(heads.values()),
        blocks=_text_blocks(
            _render(linked, body, cards, catalogue), heads, _passage_cards(linked, cards, notes)
        ),
        rail=tuple(_rail_mark(claim, cards, length) for claim in linked.claims),
        filters=filtered.filters,
        filter_style=filtered.style,
        claims=tuple(cards.values()),
        notes=tuple(notes.values()),
        topics=tuple(catalogue.topics[slug] for slug in linked.topics if slug in catalogue.topics),
        translation_of=original_of(linked, catalogue),
        translations=translations_of(linked, catalogue),
        related=related_documents(linked, catalogue),
        compared=compared,
    )


def _forms(
    claims: Sequence[LinkedClaim], notes: Sequence[LinkedNote], catalogue: Catalogue
) -> tuple[tuple[str, Markup], ...]:
    say = catalogue.messages.say
    found = {claim.claim.form for claim in claims if claim.claim.review != "suggested"}
    forms: list[tuple[str, Markup]] = [
        (form, say(f"form.{form}")) for form in ("direct", "indirect", "mixed") if form in found
    ]
    if any(claim.claim.review == "suggested" for claim in claims):
        forms.append(("suggested", say("form.suggested")))
    if notes:
        forms.append(("note", say("form.note")))
    return tuple(forms)


def _part_head(part: LinkedPart, label_at: float | None, catalogue: Catalogue) -> PartHead:
    return PartHead(
        id=urls.part_anchor(part.part.id),
        number=part.number,
        heading=part.heading,
        outlet=catalogue.outlet(part.outlet),
        date=date_words(part.date, catalogue.messages) if part.date else None,
        authors=part.authors,
        url=parse_url(part.part.url) if part.part.url else None,
        label_at=f"{label_at:.1f}%" if label_at is not None else None,
    )


def _label_places(parts: Sequence[LinkedPart], length: int) -> list[float | None]:
    """For each part, how far down the rail its label stands: none covers another.

    Where there are more than the rail has room for, a part that begins too close behind one with a
    label has none: those that are there stand where their parts begin.
    """
    starts = [100 * part.start / length for part in parts]
    last = 100.0 - _RAIL_LABEL
    places: list[float | None] = []
    lowest = 0.0
    if len(parts) * _RAIL_LABEL > 100:
        for start in starts:
            has_room = lowest <= start <= last
            places.append(start if has_room else None)
            lowest = start + _RAIL_LABEL if has_room else lowest
        return places
    for number, start in enumerate(starts):
        behind = _RAIL_LABEL * (len(parts) - 1 - number)
        places.append(min(max(start, lowest), last - behind))
        lowest = min(max(start, lowest), last - behind) + _RAIL_LABEL
    return places


def _render(
    linked: LinkedDocument,
    body: ParsedBody,
    cards: dict[str, CardView],
    catalogue: Catalogue,
) -> tuple[RenderedBlock, ...]:
    """The text as HTML, with what is marked in it."""
    say = catalogue.messages.say
    root = urls.prefix_of(urls.document(linked.document.slug))
    marks = [_claim_mark(claim, cards[claim.claim.id], catalogue) for claim in linked.claims]
    marks += [
        Mark(
            id=note.note.id,
            anchor=urls.note_anchor(note.note.id),
            css="noted",
            spans=note.spans,
            card=note_card_anchor(note.number),
            label=say("mark.note", number=note.number),
            sign=str(note.number),
            is_note=True,
        )
        for note in linked.notes
    ]
    names = [
        NameLink(place.span, root + link.path)
        for place in linked.places.names
        if (link := catalogue.actor(place.actor)) is not None and link.path is not None
    ]
    parts = [
        PartStart(part.part.id, urls.part_anchor(part.part.id), part.start) for part in linked.parts
    ]
    return render_body(body, marks, names, parts)


def _claim_mark(claim: LinkedClaim, card: CardView, catalogue: Catalogue) -> Mark:
    is_suggested = claim.claim.review == "suggested"
    return Mark(
        id=claim.claim.id,
        anchor=urls.claim_anchor(claim.claim.id),
        css="suggested" if is_suggested else (claim.claim.form or "plain"),
        spans=claim.spans,
        card=claim_card_anchor(claim.number),
        label=catalogue.messages.say(
            "mark.claim", number=claim.number, who=card.claim.who, form=card.claim.form_words
        ),
        sign=str(claim.number),
        by=card.facets,
    )


def _passage_cards(
    linked: LinkedDocument, cards: Mapping[str, CardView], notes: Mapping[str, NoteCard]
) -> list[tuple[int, CardView | NoteCard]]:
    """All cards of the text with where their passages begin, in that order."""
    beside: list[tuple[int, CardView | NoteCard]] = []
    beside += [(one.spans[0].start, cards[one.claim.id]) for one in linked.claims]
    beside += [(one.spans[0].start, notes[one.note.id]) for one in linked.notes]
    return sorted(beside, key=itemgetter(0))


def _text_blocks(
    rendered: Sequence[RenderedBlock],
    heads: dict[str, PartHead],
    beside: Sequence[tuple[int, CardView | NoteCard]],
) -> tuple[TextBlock, ...]:
    """The blocks with their cards; those that one claim fills, as one speech."""
    whole = [block.whole_of for block in rendered]
    goes_on = [
        speech is not None and speech == before and block.part is None
        for block, speech, before in zip(rendered, whole, [None, *whole][:-1], strict=True)
    ]
    return tuple(
        TextBlock(
            part=heads[block.part] if block.part else None,
            parts_inside=tuple(heads[name] for name in block.parts_inside),
            html=Markup(block.html),
            cards=cards,
            begins_speech=is_followed and not follows,
            ends_speech=follows and not is_followed,
        )
        for block, cards, follows, is_followed in zip(
            rendered, _place(rendered, beside), goes_on, [*goes_on, False][1:], strict=True
        )
    )


def _place(
    rendered: Sequence[RenderedBlock], beside: Sequence[tuple[int, CardView | NoteCard]]
) -> list[tuple[PlacedCard, ...]]:
    """For each block the cards of what begins in it, as they stand beside it."""
    counts: list[int] = []
    lines: list[tuple[CardView | NoteCard, float, float]] = []
    top, cards = 0.0, iter(beside)
    for block in rendered:
        height = _height(block)
        top += _PART_HEAD if block.part else 0
        counts.append(len(block.claims) + len(block.notes))
        for start, card in islice(cards, counts[-1]):
            lines.append((card, top, top + height * (start - block.start) / max(block.length, 1)))
        top += height
    placed = iter(place_cards(lines))
    return [tuple(islice(placed, count)) for count in counts]


def _height(block: RenderedBlock) -> float:
    """About how many lines the block is high, with the space behind each of its paragraphs."""
    paragraphs, items = block.html.count("<p"), block.html.count("<li")
    spaced = 2 if block.is_heading else 1.05 if paragraphs else 0.5
    return block.length / _LINE + max(1, paragraphs + items) * spaced


def _rail_mark(claim: LinkedClaim, cards: dict[str, CardView], length: int) -> RailMark:
    card = cards[claim.claim.id]
    start, end = claim.spans[0].start, claim.spans[-1].end
    return RailMark(
        claim=card.claim,
        at=f"{100 * start / length:.1f}",
        length=f"{100 * (end - start) / length:.1f}",
    )
