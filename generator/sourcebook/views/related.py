"""Documents that stand near a document, each with the reasons."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from markupsafe import Markup

from ..link import LinkedAnswer, LinkedDocument
from ..model import Slug
from .catalogue import Catalogue, Link

RELATED_SHOWN = 6
COMMON = 40
"""What is shared by more documents than this joins none of them in particular."""


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """A document, and why it is named."""

    document: Link
    reasons: tuple[Markup, ...]


def related_documents(linked: LinkedDocument, catalogue: Catalogue) -> tuple[RelatedDocument, ...]:
    """The documents that meet *linked* most: in claims, then questions, speakers and topics."""
    archive = catalogue.archive
    here = linked.document.slug
    claims: dict[Slug, set[int]] = {}
    questions: dict[Slug, set[Slug]] = {}
    for claim in linked.claims:
        for relation in claim.relations:
            other = relation.earlier if relation.later == claim.key else relation.later
            claims.setdefault(other.document, set()).add(claim.number)
    counted = (claim.claim for claim in linked.claims if claim.counted)
    for question in {answer.question for claim in counted for answer in claim.answers}:
        _note_all(questions, _first_to_answer(archive.answers_to.get(question, ())), question)
    speakers = _shared_speakers(linked, catalogue)
    topics: dict[Slug, set[Slug]] = {}
    for topic in linked.topics:
        _note_all(topics, archive.documents_on.get(topic, ()), topic)
    score: dict[Slug, int] = {}
    for weight, shared in ((6, claims), (4, questions), (2, speakers), (1, topics)):
        for slug, reasons in shared.items():
            score[slug] = score.get(slug, 0) + weight * len(reasons)
    score.pop(here, None)
    best = sorted(score, key=lambda slug: (-score[slug], slug))[:RELATED_SHOWN]
    return tuple(
        RelatedDocument(
            catalogue.documents[slug],
            _reasons(
                claims.get(slug, set()),
                questions.get(slug, set()),
                speakers.get(slug, set()),
                topics.get(slug, set()),
                catalogue,
            ),
        )
        for slug in best
    )


def _first_to_answer(given: Iterable[LinkedAnswer]) -> Collection[Slug]:
    """The documents with an answer; of very many, enough to see that they are too many."""
    documents: set[Slug] = set()
    for answer in given:
        documents.add(answer.claim.key.document)
        if len(documents) > COMMON:
            break
    return documents


def _note_all(shared: dict[Slug, set[Slug]], documents: Collection[Slug], reason: Slug) -> None:
    if len(documents) <= COMMON:
        for slug in documents:
            shared.setdefault(slug, set()).add(reason)


def _shared_speakers(linked: LinkedDocument, catalogue: Catalogue) -> dict[Slug, set[Slug]]:
    """By document: the actors who speak here and there."""
    shared: dict[Slug, set[Slug]] = {}
    quoting = catalogue.archive.documents_quoting
    for actor in {r.slug for claim in linked.claims for r in claim.claim.by if r.kind == "actor"}:
        _note_all(shared, quoting.get(actor, ()), actor)
    return shared


def _reasons(
    claims: set[int],
    questions: set[Slug],
    speakers: set[Slug],
    topics: set[Slug],
    catalogue: Catalogue,
) -> tuple[Markup, ...]:
    messages = catalogue.messages
    reasons: list[Markup] = []
    if claims:
        numbers = messages.listing(map(str, sorted(claims)))
        reasons.append(messages.say("related.claims", n=len(claims), claims=numbers))
    for slug in sorted(questions)[:2]:
        reasons.append(messages.say("related.question", question=catalogue.questions[slug].text))
    actors = [link.text for slug in sorted(speakers)[:4] if (link := catalogue.actor(slug))]
    if actors:
        names = messages.listing(actors)
        reasons.append(messages.say("related.speakers", names=names))
    if topics and len(reasons) < 3:
        named = messages.listing(catalogue.topics[slug].text for slug in sorted(topics)[:4])
        reasons.append(messages.say("related.topics", topics=named))
    return tuple(reasons)
