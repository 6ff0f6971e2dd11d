"""The lists of all claims, actors, topics, outlets and questions: dense tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from markupsafe import Markup

from .. import urls
from ..link import ClaimKey, LinkedClaim
from ..model import AgentRef
from .catalogue import Catalogue, Link
from .claim_years import ClaimTableView, all_claim_pages
from .list_pages import ListPage, ListPlace, named_list
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
class EntityListView:
    """A page of the list of actors, topics or outlets."""

    kind: str
    """``actors``, ``topics`` or ``outlets``: what the columns count."""
    lines: tuple[EntityLine, ...]
    place: ListPlace


@dataclass(frozen=True, slots=True)
class QuestionListView:
    """A page of the list of questions."""

    questions: tuple[QuestionLine, ...]
    place: ListPlace


L = TypeVar("L", EntityLine, QuestionLine)


def claim_list_pages(catalogue: Catalogue) -> Iterator[ListPage[ClaimKey]]:
    """What stands on each page of the list of all claims, in the order of their dates."""
    yield from all_claim_pages(catalogue.archive.claims.values(), urls.CLAIMS, catalogue.messages)


def claim_list_view(page: ListPage[ClaimKey], catalogue: Catalogue) -> ClaimTableView:
    """A page of the list of all claims."""
    return ClaimTableView(None, tuple(catalogue.claims[key] for key in page.items), page.place)


def question_list_pages(catalogue: Catalogue) -> Iterator[QuestionListView]:
    """All questions: those at which most outlets meet first."""
    lines = [question_line(slug, catalogue) for slug in catalogue.archive.questions]
    lines.sort(key=lambda line: (-min(line.answered, 2), -line.outlets, -line.claims))
    for page in _ranked_pages("questions", lines, catalogue):
        yield QuestionListView(page.items, page.place)


def _ranked_pages(kind: str, lines: Sequence[L], catalogue: Catalogue) -> Iterator[ListPage[L]]:
    """*lines* on one page, or the first of them and then all by name."""
    messages = catalogue.messages
    title, index = messages.say(f"nav.{kind}"), urls.section(kind)
    yield from named_list(title, index, lines, _name_of, messages)


def _name_of(line: EntityLine | QuestionLine) -> str:
    return line.link.text.unescape()


def actor_list_pages(catalogue: Catalogue) -> Iterator[EntityListView]:
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
    yield from _entity_pages("actors", lines, catalogue)


def topic_list_pages(catalogue: Catalogue) -> Iterator[EntityListView]:
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
    yield from _entity_pages("topics", lines, catalogue)


def outlet_list_pages(catalogue: Catalogue) -> Iterator[EntityListView]:
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
    yield from _entity_pages("outlets", lines, catalogue)


def _counted(claims: Sequence[LinkedClaim]) -> int:
    return sum(1 for claim in claims if claim.counted)


def _entity_pages(
    kind: str, lines: Sequence[EntityLine], catalogue: Catalogue
) -> Iterator[EntityListView]:
    ranked = sorted(lines, key=lambda line: (-line.claims, -line.about, -line.documents))
    for page in _ranked_pages(kind, ranked, catalogue):
        yield EntityListView(kind, page.items, page.place)
