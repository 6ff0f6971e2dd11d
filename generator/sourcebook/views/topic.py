"""A topic's page: its claims by who makes them, and the documents and questions on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from .. import urls
from ..model import Slug, Topic
from ..words import date_words
from .catalogue import Catalogue, Link
from .claim_lists import BY_FORM, BY_OUTLET, BY_SPEAKER, ClaimList, list_claims
from .document_lists import DOCUMENTS_SHOWN, DocumentLine, document_lines, more_documents
from .list_pages import ListPart
from .names import IdentifierView, LocalName, identifier_views, local_names
from .outlet_lists import CLAIMS_ON_TOPIC
from .prose import prose
from .question import QuestionLine, question_line
from .when import WhenStrip, when_strip

QUESTIONS_SHOWN = 200


@dataclass(frozen=True, slots=True)
class TopicView:
    """All that a topic's page shows."""

    slug: Slug
    name: Markup
    kind: Markup
    local_names: tuple[LocalName, ...]
    aliases: tuple[str, ...]
    date: str | None
    body: Markup
    broader: tuple[Link, ...]
    narrower: tuple[Link, ...]
    related: tuple[Link, ...]
    identifiers: tuple[IdentifierView, ...]
    claims: ClaimList
    questions: tuple[QuestionLine, ...]
    more_questions: int
    """For which the page has no room; the list of questions names them."""
    documents: tuple[DocumentLine, ...]
    document_years: tuple[ListPart, ...]
    """Where all of them are, if the page does not hold all."""
    document_count: int
    speaker_count: int
    outlet_count: int
    outlets: str | None
    """The page that lays side by side whom outlets quote on it, if several do."""
    when: WhenStrip | None


def topic_view(topic: Topic, catalogue: Catalogue, outlets: str | None = None) -> TopicView:
    """The page of *topic*; *outlets* is the page that compares outlets on it."""
    archive, messages = catalogue.archive, catalogue.messages
    claims = archive.claims_on.get(topic.slug, ())
    documents = archive.documents_on.get(topic.slug, ())
    questions = archive.questions_on.get(topic.slug, ())
    return TopicView(
        slug=topic.slug,
        name=catalogue.topics[topic.slug].text,
        kind=messages.say(f"topic-kind.{topic.kind or 'unknown'}"),
        local_names=local_names(topic.name, messages.language),
        aliases=topic.aliases,
        date=date_words(topic.date, messages) if topic.date else None,
        body=prose(topic.body, urls.topic(topic.slug), catalogue),
        broader=_topic_links(topic.broader, catalogue),
        narrower=_topic_links(archive.narrower.get(topic.slug, ()), catalogue),
        related=_topic_links(topic.related, catalogue),
        identifiers=identifier_views(topic.identifiers),
        claims=list_claims(
            claims,
            (BY_SPEAKER, BY_OUTLET, BY_FORM),
            catalogue,
            by_speaker=True,
            limit=CLAIMS_ON_TOPIC,
            index=urls.topic(topic.slug),
        ),
        questions=tuple(question_line(slug, catalogue) for slug in questions[:QUESTIONS_SHOWN]),
        more_questions=len(questions[QUESTIONS_SHOWN:]),
        documents=document_lines(documents[:DOCUMENTS_SHOWN], catalogue),
        document_years=more_documents(documents, urls.topic(topic.slug), catalogue),
        document_count=len(documents),
        speaker_count=len({ref for claim in claims if claim.counted for ref in claim.claim.by}),
        outlet_count=len({claim.outlet for claim in claims if claim.counted and claim.outlet}),
        outlets=outlets,
        when=when_strip(
            claims,
            (topic.slug, *archive.narrower.get(topic.slug, ())),
            urls.topic(topic.slug),
            catalogue,
        ),
    )


def _topic_links(slugs: Iterable[Slug], catalogue: Catalogue) -> tuple[Link, ...]:
    return tuple(catalogue.topics[slug] for slug in slugs if slug in catalogue.topics)
