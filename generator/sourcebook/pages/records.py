"""The pages of a record: a document, a claim that is discussed, an actor, topic, outlet, question."""

from __future__ import annotations

from collections.abc import Iterator

from .. import urls
from ..fidelity import Verification
from ..link import ClaimKey
from ..markup import parse_body
from ..model import AgentRef, Slug
from ..views.actor import ABOUT_SHOWN, RELAYED_SHOWN, SAID_SHOWN, actor_claims, actor_view
from ..views.catalogue import Catalogue, Link
from ..views.claim import RELATED, claim_page_view, related_claims
from ..views.document import document_view
from ..views.frame import Head, SiteChrome
from ..views.metadata import claim_json, describe, document_json, document_meta
from ..views.outlet import outlet_claims, outlet_view
from ..views.question import FIGURES, claims_by_answer, question_view
from ..views.topic import topic_view
from ..views.versions import beside_view
from .page import (
    LaterPage,
    Page,
    make_page,
    pages_of_document_years,
    pages_of_years,
)


def document_pages(
    catalogue: Catalogue,
    chrome: SiteChrome,
    slug: Slug,
    verification: Verification,
    compared: tuple[Link, ...],
) -> Iterator[Page]:
    """Its text with all that is said of it; a translation also beside its original."""
    linked = catalogue.archive.documents[slug]
    body = parse_body(str(linked.document.body))
    page = document_view(linked, body, verification, catalogue, compared)
    head = Head(
        title=page.title,
        description=describe([str(linked.places.text)[:400]]),
        path=urls.document(slug),
        meta=document_meta(linked, catalogue),
        json_ld=document_json(linked, page, catalogue),
        section=urls.section("documents"),
    )
    yield make_page("document.html", page, head, chrome)
    beside = beside_view(linked, catalogue)
    if beside is not None:
        title = catalogue.messages.say("beside.title", translation=page.title).unescape()
        path, section = urls.beside_original(slug), urls.section("documents")
        own = Head(title, title, path, section=section, is_indexed=False)
        yield make_page("beside.html", beside, own, chrome)


def discussed_claim_pages(
    catalogue: Catalogue, chrome: SiteChrome, key: ClaimKey
) -> Iterator[Page | LaterPage]:
    """What the claim *key* meets."""
    linked, claim = catalogue.archive.claims[key], catalogue.claims[key]
    say = catalogue.messages.say
    words = catalogue.messages.quoted(claim.lemma)
    title = claim.who.striptags() + say("list.colon").unescape() + words.unescape()
    head = Head(
        title=title,
        description=describe([linked.claim.says or "", claim.quote.striptags()]),
        path=urls.claim_page(*key),
        json_ld=claim_json(claim, catalogue),
        section=urls.section("claims"),
    )
    page = claim_page_view(linked, catalogue)
    yield make_page("claim.html", page, head, chrome)
    if page.relation_years:
        related = related_claims(linked, catalogue.archive)
        lists = [(RELATED, say("compare.relations"), related)]
        yield from pages_of_years(head, lists, catalogue, chrome)


def actor_pages(
    catalogue: Catalogue, chrome: SiteChrome, slug: Slug, is_compared: bool
) -> Iterator[Page | LaterPage]:
    """Who it is, what it says, and what is said of it.

    Long lists come first: who changes a claim in a preview sees it there before all is counted anew.
    """
    actor = catalogue.archive.actors[slug]
    name = catalogue.agents[AgentRef("actor", slug)].text
    head = _entity_head(name.unescape(), actor.body, urls.actor(slug), "actors")
    held = actor_claims(slug, catalogue.archive)
    say = catalogue.messages.say
    lists = (
        ("", say("claims.title"), held.said, SAID_SHOWN),
        ("about", say("actor.about"), held.about, ABOUT_SHOWN),
        ("relayed", say("actor.relayed"), held.relayed, RELAYED_SHOWN),
    )
    cut = [(folder, title, claims) for folder, title, claims, shown in lists if len(claims) > shown]
    yield from pages_of_years(head, cut, catalogue, chrome)
    page = actor_view(actor, catalogue, urls.actor_outlets(slug) if is_compared else None)
    yield make_page("actor.html", page, head, chrome)
    documents = catalogue.archive.documents_naming[slug] if page.document_years else ()
    yield from pages_of_document_years(head, documents, catalogue, chrome)


def topic_pages(
    catalogue: Catalogue, chrome: SiteChrome, slug: Slug, is_compared: bool
) -> Iterator[Page | LaterPage]:
    """What is said on it."""
    topic = catalogue.archive.topics[slug]
    page = topic_view(topic, catalogue, urls.topic_outlets(slug) if is_compared else None)
    head = _entity_head(page.name.unescape(), topic.body, urls.topic(slug), "topics")
    yield make_page("topic.html", page, head, chrome)
    if page.claims.years:
        lists = [("", catalogue.messages.say("claims.title"), catalogue.archive.claims_on[slug])]
        yield from pages_of_years(head, lists, catalogue, chrome)
    documents = catalogue.archive.documents_on[slug] if page.document_years else ()
    yield from pages_of_document_years(head, documents, catalogue, chrome)


def outlet_pages(
    catalogue: Catalogue, chrome: SiteChrome, slug: Slug
) -> Iterator[Page | LaterPage]:
    """What it printed, and what is said of it."""
    outlet = catalogue.archive.outlets[slug]
    page = outlet_view(outlet, catalogue)
    head = _entity_head(page.name.unescape(), outlet.body, urls.outlet(slug), "outlets")
    yield make_page("outlet.html", page, head, chrome)
    held = outlet_claims(slug, catalogue.archive)
    say = catalogue.messages.say
    lists = (
        ("", say("claims.title"), held.printed, page.quotes.years),
        ("carried", say("outlet.carried"), held.carried, page.carried.years),
        ("quoted", say("outlet.quoted"), held.quoted, page.quoted.years),
    )
    cut = [(folder, title, claims) for folder, title, claims, years in lists if years]
    yield from pages_of_years(head, cut, catalogue, chrome)
    documents = catalogue.archive.documents_of[slug] if page.document_years else ()
    yield from pages_of_document_years(head, documents, catalogue, chrome)


def question_pages(
    catalogue: Catalogue, chrome: SiteChrome, slug: Slug
) -> Iterator[Page | LaterPage]:
    """Its answers, side by side."""
    question = catalogue.archive.questions[slug]
    page = question_view(question, catalogue)
    path = urls.question(slug)
    head = _entity_head(question.question, question.body, path, "questions")
    yield make_page("question.html", page, head, chrome)
    if page.is_cut:
        given = claims_by_answer(question, catalogue.archive.answers_to[slug])
        lists = [(one.id, one.label, given[one.id]) for one in page.answers if one.years]
        if page.figure_years:
            lists = [(FIGURES, catalogue.messages.say("question.figures"), given[FIGURES])]
        yield from pages_of_years(head, lists, catalogue, chrome)


def _entity_head(title: str, body: str, path: str, section: str) -> Head:
    """The head of a record's page, which has a feed beside it."""
    text = parse_body(body).text if body.strip() else ""
    return Head(
        title=title,
        description=describe([title + ".", text] if text else [title]),
        path=path,
        feed=urls.feed(path),
        section=urls.section(section),
    )
