"""A discussed claim's page: its words in their sentence, its relations, notes, other renderings."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from markupsafe import Markup

from .. import urls
from ..anchors import Span
from ..link import Archive, LinkedClaim, LinkedDocument, LinkedNote
from ..model import Figure
from .cards import NoteCard, RelationView, note_card, relations_of
from .catalogue import Catalogue, ClaimView, Link
from .claim_years import claim_years
from .list_pages import ListPart
from .live import live_address
from .renderings import Renderings, renderings_of

FELLOWS_SHOWN = 12
RELATIONS_SHOWN = 200

RELATED = "related"
"""The folder of the claims to which one has a relation, where its page cannot hold them."""


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """A question that the claim answers, and what others answer."""

    question: Link
    answers: tuple[Markup, ...]
    """What this claim answers."""
    same: int
    """Other claims that answer the same."""
    rival: tuple[ClaimView, ...]
    """Claims that answer otherwise."""
    rival_count: int


@dataclass(frozen=True, slots=True)
class ClaimPageView:
    """All that a claim's own page shows."""

    claim: ClaimView
    relations: tuple[RelationView, ...]
    relation_count: int
    """More than those where the page cannot hold all."""
    relation_years: tuple[ListPart, ...]
    """Where all claims are to which it has one, if the page does not hold all."""
    part: str | None
    live: str | None
    """Where its words stand in the page as it is published now; None where no address is known."""
    answers: tuple[AnswerContext, ...]
    notes: tuple[NoteCard, ...]
    renderings: Renderings | None


def claim_page_view(linked: LinkedClaim, catalogue: Catalogue) -> ClaimPageView:
    """The page of the discussed claim *linked*."""
    document = catalogue.archive.documents[linked.key.document]
    relations = relations_of(linked, catalogue)
    page = urls.claim_page(*linked.key)
    return ClaimPageView(
        claim=catalogue.claims[linked.key],
        relations=relations[:RELATIONS_SHOWN],
        relation_count=len(relations),
        relation_years=claim_years(
            related_claims(linked, catalogue.archive),
            urls.beside(page, RELATED),
            catalogue.messages,
        )
        if len(relations) > RELATIONS_SHOWN
        else (),
        part=next((part.heading for part in document.parts if part.part.id == linked.part), None),
        live=_live(linked, document),
        answers=_answers(linked, catalogue),
        notes=tuple(note_card(note, page, catalogue) for note in _notes_on(linked, document)),
        renderings=renderings_of(linked.key, catalogue),
    )


def related_claims(linked: LinkedClaim, archive: Archive) -> tuple[LinkedClaim, ...]:
    """The claims to which *linked* has a relation, or that have one to it, each once."""
    keys = (key for relation in linked.relations for key in (relation.earlier, relation.later))
    return tuple(archive.claims[key] for key in dict.fromkeys(keys) if key != linked.key)


def _live(linked: LinkedClaim, document: LinkedDocument) -> str | None:
    """A part that was published by itself is its own page; else the document's has all of them."""
    part = next((part for part in document.parts if part.part.id == linked.part), None)
    text = str(document.places.text)
    if part is not None and part.part.url:
        spans = [Span(span.start - part.start, span.end - part.start) for span in linked.spans]
        return live_address(part.part.url, text[part.start : part.end], spans)
    url = document.document.url
    return live_address(url, text, linked.spans) if url else None


def _notes_on(claim: LinkedClaim, document: LinkedDocument) -> Iterator[LinkedNote]:
    """The notes that overlap it: before *first* all have ended, from *behind* on none has begun."""
    first = bisect_right(_furthest_ends(document), claim.spans[0].start)
    behind = bisect_left(document.notes, claim.spans[-1].end, key=lambda note: note.spans[0].start)
    return (note for note in document.notes[first:behind] if _overlaps(note, claim))


@lru_cache(maxsize=4)
def _furthest_ends(document: LinkedDocument) -> Sequence[int]:
    """For each note, where the last ends of it and of those before it."""
    return tuple(accumulate((note.spans[-1].end for note in document.notes), max))


def _overlaps(note: LinkedNote, claim: LinkedClaim) -> bool:
    return any(
        own.start < other.end and other.start < own.end
        for own in note.spans
        for other in claim.spans
    )


def _answers(linked: LinkedClaim, catalogue: Catalogue) -> tuple[AnswerContext, ...]:
    archive = catalogue.archive
    shown = {answer.question.path: answer for answer in catalogue.claims[linked.key].answers}
    contexts: list[AnswerContext] = []
    for answer in linked.claim.answers:
        link = catalogue.questions.get(answer.question)
        if link is None:
            continue
        given = archive.answers_to[answer.question]
        # A number may be a figure or a choice: only one of the two is among the answers.
        said: tuple[str | Figure | None, ...] = (*answer.choices, answer.figure)
        agreeing = _merge([given.places[one] for one in said if one and one in given.places])
        rival_count = len(given) - len(agreeing)
        rival = (
            given[_place_beside(agreeing, number)].claim
            for number in range(min(rival_count, FELLOWS_SHOWN))
        )
        contexts.append(
            AnswerContext(
                question=link,
                answers=shown[link.path].answers,
                same=len(agreeing) - linked.counted,
                rival=catalogue.views(rival),
                rival_count=rival_count,
            )
        )
    return tuple(contexts)


def _merge(standpoints: Sequence[Sequence[int]]) -> Sequence[int]:
    return standpoints[0] if len(standpoints) == 1 else sorted(set().union(*standpoints))


def _place_beside(places: Sequence[int], number: int) -> int:
    """The place, by its *number* from 0, of those that are not in *places*, which are in order."""
    return number + bisect_right(
        range(len(places)), number, key=lambda index: places[index] - index
    )
