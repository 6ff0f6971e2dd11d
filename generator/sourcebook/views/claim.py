"""A discussed claim's page: its words in their sentence, its relations, notes, other renderings."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from .. import urls
from ..link import LinkedClaim, LinkedNote
from .cards import NoteCard, RelationView, note_card, relations_of
from .catalogue import Catalogue, ClaimView, Link
from .renderings import Renderings, renderings_of

FELLOWS_SHOWN = 12


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
    part: str | None
    answers: tuple[AnswerContext, ...]
    notes: tuple[NoteCard, ...]
    renderings: Renderings | None


def claim_page_view(linked: LinkedClaim, catalogue: Catalogue) -> ClaimPageView:
    """The page of the discussed claim *linked*."""
    document = catalogue.archive.documents[linked.key.document]
    return ClaimPageView(
        claim=catalogue.claims[linked.key],
        relations=relations_of(linked, catalogue),
        part=next((part.heading for part in document.parts if part.part.id == linked.part), None),
        answers=_answers(linked, catalogue),
        notes=tuple(
            note_card(note, urls.claim_page(*linked.key), catalogue)
            for note in document.notes
            if _overlaps(note, linked)
        ),
        renderings=renderings_of(linked.key, catalogue),
    )


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
        given = [
            other
            for other in archive.answers_to.get(answer.question, ())
            if other.claim.key != linked.key
        ]
        if answer.figure is not None:
            same = [other for other in given if other.answer.figure == answer.figure]
        else:
            same = [other for other in given if set(other.answer.choices) & set(answer.choices)]
        agreeing = {other.claim.key for other in same}
        rival = [other.claim for other in given if other.claim.key not in agreeing]
        contexts.append(
            AnswerContext(
                question=link,
                answers=shown[link.path].answers,
                same=len(same),
                rival=catalogue.views(rival[:FELLOWS_SHOWN]),
                rival_count=len(rival),
            )
        )
    return tuple(contexts)
