"""The first page: what this archive is, and a real disagreement within ten seconds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model import Slug
from .catalogue import Catalogue, ClaimView, Link
from .document_lists import DocumentLine, document_lines
from .question import QuestionLine, question_line

TELLINGS = 3
QUESTIONS_SHOWN = 6
LINES_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Telling:
    """What one outlet prints of the statement or on the question that leads the page."""

    outlet: Link | None
    claims: tuple[ClaimView, ...]


@dataclass(frozen=True, slots=True)
class LeadStory:
    """The question that leads the page, as rival outlets have it."""

    question: Link
    date: str | None
    is_one_statement: bool
    """Whether the tellings render one statement; else they answer one question differently."""
    tellings: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class CountLine:
    """A topic, an actor or a list of records, and how many things it has."""

    link: Link
    count: int


@dataclass(frozen=True, slots=True)
class HomeView:
    """All that the first page shows."""

    title: str
    description: str
    lead: LeadStory | None
    questions: tuple[QuestionLine, ...]
    question_count: int
    documents: tuple[DocumentLine, ...]
    document_count: int
    topics: tuple[CountLine, ...]
    topic_count: int
    actors: tuple[CountLine, ...]
    actor_count: int
    outlet_count: int
    claim_count: int


def home_view(catalogue: Catalogue) -> HomeView:
    """The first page of the archive."""
    archive, settings = catalogue.archive, catalogue.settings
    lines = {slug: question_line(slug, catalogue) for slug in archive.questions}
    lead = _lead_statement(lines, catalogue) or _lead_question(lines)
    parted = sorted(
        (
            line
            for line in lines.values()
            if len(line.samples) > 1 and (lead is None or line.link != lead.question)
        ),
        key=lambda line: (-min(line.outlets, 3), -line.answered, -line.claims),
    )
    topics = [
        CountLine(catalogue.topics[slug], sum(1 for claim in claims if claim.counted))
        for slug, claims in archive.claims_on.items()
        if slug in catalogue.topics
    ]
    actors = [
        CountLine(catalogue.agents[ref], sum(1 for claim in claims if claim.counted))
        for ref, claims in archive.claims_by.items()
        if ref.kind == "actor" and ref in catalogue.agents
    ]
    return HomeView(
        title=settings.title,
        description=settings.description or "",
        lead=lead,
        questions=tuple(parted[:QUESTIONS_SHOWN]),
        question_count=len(lines),
        documents=document_lines(list(archive.documents)[:LINES_SHOWN], catalogue),
        document_count=len(archive.documents),
        topics=tuple(sorted(topics, key=lambda line: (-line.count, line.link.text))[:LINES_SHOWN]),
        topic_count=len(archive.topics),
        actors=tuple(sorted(actors, key=lambda line: (-line.count, line.link.text))[:LINES_SHOWN]),
        actor_count=len(archive.actors),
        outlet_count=len(archive.outlets),
        claim_count=sum(1 for claim in archive.claims.values() if claim.counted),
    )


def _lead_statement(lines: Mapping[Slug, QuestionLine], catalogue: Catalogue) -> LeadStory | None:
    """The statement with which most outlets answer one question; of equals, the shortest."""
    archive = catalogue.archive
    best: tuple[tuple[int, int], Slug, tuple[ClaimView, ...]] | None = None
    for slug, given in archive.answers_to.items():
        answering = {answer.claim.key for answer in given}
        for answer in given:
            group = archive.repeats.get(answer.claim.key, ())
            views = tuple(catalogue.claims[key] for key in group if archive.claims[key].counted)
            outlets = {archive.claims[key].outlet for key in group if key in answering} - {None}
            rank = (len(outlets), -sum(len(view.quote) for view in views))
            if len(outlets) > 1 and (best is None or rank > best[0]):
                best = (rank, slug, views)
    if best is None:
        return None
    line, tellings = lines[best[1]], _by_outlet(best[2])
    return LeadStory(line.link, line.date, is_one_statement=True, tellings=tellings)


def _lead_question(lines: Mapping[Slug, QuestionLine]) -> LeadStory | None:
    """The question that most outlets answer, if it has rival answers."""
    rival = [line for line in lines.values() if len(line.samples) > 1]
    if not rival:
        return None
    best = max(rival, key=lambda line: (line.outlets, line.answered, line.claims))
    tellings = tuple(Telling(claim.outlet, (claim,)) for _, claim in best.samples[:TELLINGS])
    return LeadStory(best.link, best.date, is_one_statement=False, tellings=tellings)


def _by_outlet(claims: tuple[ClaimView, ...]) -> tuple[Telling, ...]:
    by_outlet: dict[Link | None, list[ClaimView]] = {}
    for claim in claims:
        by_outlet.setdefault(claim.outlet, []).append(claim)
    known = [
        Telling(
            outlet,
            tuple(sorted(found, key=lambda claim: (claim.document.path or "", claim.number))),
        )
        for outlet, found in by_outlet.items()
        if outlet is not None
    ]
    known.sort(key=lambda telling: -max(len(claim.quote) for claim in telling.claims))
    return tuple(known[:TELLINGS])
