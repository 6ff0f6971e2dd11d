"""The lists of all documents, claims, actors, topics, outlets and questions: dense tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from .. import urls
from ..link import LinkedClaim
from ..model import AgentRef
from .catalogue import Catalogue, Link
from .claim_years import (
    CLAIMS_ON_ONE_PAGE,
    ClaimTablePage,
    ClaimTableView,
    claim_year_pages,
    claim_years,
)
from .document_lists import DocumentLine, document_lines
from .names import LocalName, local_names
from .question import QuestionLine, question_line


@dataclass(frozen=True, slots=True)
class EntityLine:
    """An actor, topic or outlet in a list, with what the archive counts of it."""

    link: Link
    local_names: tuple[LocalName, ...]
    kind: Markup
    claims: int
    """Made by an actor, on a topic, in an outlet."""
    about: int
    """Claims about an actor; speakers on a topic or in an outlet."""
    documents: int


@dataclass(frozen=True, slots=True)
class DocumentListView:
    """The list of documents."""

    documents: tuple[DocumentLine, ...]


@dataclass(frozen=True, slots=True)
class EntityListView:
    """The list of actors, topics or outlets."""

    kind: str
    """``actors``, ``topics`` or ``outlets``: what the columns count."""
    lines: tuple[EntityLine, ...]


@dataclass(frozen=True, slots=True)
class QuestionListView:
    """The list of questions."""

    questions: tuple[QuestionLine, ...]


def document_list_view(catalogue: Catalogue) -> DocumentListView:
    """All documents, newest first."""
    return DocumentListView(document_lines(catalogue.archive.documents, catalogue))


def question_list_view(catalogue: Catalogue) -> QuestionListView:
    """All questions: those at which most outlets meet first."""
    lines = [question_line(slug, catalogue) for slug in catalogue.archive.questions]
    return QuestionListView(
        tuple(sorted(lines, key=lambda line: (-min(line.answered, 2), -line.outlets, -line.claims)))
    )


def actor_list_view(catalogue: Catalogue) -> EntityListView:
    """All actors, those who speak most first."""
    archive, messages = catalogue.archive, catalogue.messages
    lines = [
        EntityLine(
            link=catalogue.agents[ref],
            local_names=local_names(actor.name, messages.language),
            kind=messages.say(f"actor-kind.{actor.kind or 'unknown'}"),
            claims=_counted(archive.claims_by.get(ref, ())),
            about=_counted(archive.claims_about.get(ref, ())),
            documents=len(archive.documents_naming.get(actor.slug, ())),
        )
        for actor in archive.actors.values()
        if (ref := AgentRef("actor", actor.slug))
    ]
    return EntityListView("actors", _ranked(lines))


def topic_list_view(catalogue: Catalogue) -> EntityListView:
    """All topics, those with most claims first."""
    archive, messages = catalogue.archive, catalogue.messages
    lines = [
        EntityLine(
            link=catalogue.topics[topic.slug],
            local_names=local_names(topic.name, messages.language),
            kind=messages.say(f"topic-kind.{topic.kind or 'unknown'}"),
            claims=_counted(claims := archive.claims_on.get(topic.slug, ())),
            about=len({ref for claim in claims if claim.counted for ref in claim.claim.by}),
            documents=len(archive.documents_on.get(topic.slug, ())),
        )
        for topic in archive.topics.values()
    ]
    return EntityListView("topics", _ranked(lines))


def outlet_list_view(catalogue: Catalogue) -> EntityListView:
    """All outlets, those with most claims first."""
    archive, messages = catalogue.archive, catalogue.messages
    lines = [
        EntityLine(
            link=catalogue.agents[AgentRef("outlet", outlet.slug)],
            local_names=local_names(outlet.name, messages.language),
            kind=Markup.escape(outlet.kind or ""),
            claims=_counted(claims := archive.claims_in.get(outlet.slug, ())),
            about=len({ref for claim in claims if claim.counted for ref in claim.claim.by}),
            documents=len(archive.documents_of.get(outlet.slug, ())),
        )
        for outlet in archive.outlets.values()
    ]
    return EntityListView("outlets", _ranked(lines))


def _counted(claims: Sequence[LinkedClaim]) -> int:
    return sum(1 for claim in claims if claim.counted)


def _ranked(lines: Sequence[EntityLine]) -> tuple[EntityLine, ...]:
    return tuple(sorted(lines, key=lambda line: (-line.claims, -line.about, -line.documents)))


def claim_list_pages(catalogue: Catalogue) -> Iterator[ClaimTablePage]:
    """The list of claims: one page, or an index of years and a page or more of each."""
    messages = catalogue.messages
    claims = sorted(
        catalogue.claims.values(), key=lambda claim: (claim.year is None, *claim.sort, claim.key)
    )
    is_long = len(claims) > CLAIMS_ON_ONE_PAGE
    view = ClaimTableView(
        title=messages.say("claims.title"),
        whole=None,
        years=claim_years(claims, urls.CLAIMS, messages) if is_long else (),
        claims=() if is_long else tuple(claims),
        total=len(claims),
        pages=(),
    )
    yield ClaimTablePage(urls.CLAIMS, view)
    if is_long:
        yield from claim_year_pages(claims, urls.CLAIMS, None, messages)
