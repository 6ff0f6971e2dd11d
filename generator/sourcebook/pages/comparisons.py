"""The pages on which accounts meet: two documents, or outlets on an actor or a topic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from markupsafe import escape

from .. import urls
from ..model import Slug
from ..views.catalogue import Catalogue, Link
from ..views.claim_years import claim_pages
from ..views.compare import (
    Comparisons,
    OutletsView,
    actor_outlets_view,
    actors_with_pages,
    compare_view,
    topic_outlets_view,
)
from ..views.frame import Head, SiteChrome
from ..views.metadata import describe
from ..views.outlet_lists import OutletList, actor_lists, topic_lists
from ..views.pairs import Pair
from ..views.question import first_topic
from ..views.side_by_side import pair_view
from .page import LaterPage, Page, Section, make_page, page_of_claims


def compare_sections(comparisons: Comparisons) -> Iterator[Section]:
    """The page of all comparisons, and each of them; none where nothing can be compared."""
    if not comparisons:
        return
    yield Section("compare", "", _compare_page, (comparisons,))
    for pair in comparisons.pairs:
        yield Section("pair", f"{pair.earlier} {pair.later}", _pair_page, (pair,))
    for slug in comparisons.topics:
        yield Section("topic-outlets", slug, _topic_outlets_page, (slug,))
    for slug in actors_with_pages(comparisons):
        yield Section("actor-outlets", slug, _actor_outlets_pages, (slug,))


def _compare_page(
    catalogue: Catalogue, chrome: SiteChrome, comparisons: Comparisons
) -> Iterator[Page]:
    head = _compare_head(catalogue.messages.say("compare.title"), urls.COMPARE, catalogue)
    yield make_page("compare.html", compare_view(comparisons, catalogue), head, chrome)


def _pair_page(catalogue: Catalogue, chrome: SiteChrome, pair: Pair) -> Iterator[Page]:
    earlier, later = (catalogue.documents[slug].text for slug in (pair.earlier, pair.later))
    title = catalogue.messages.say("compare.pair-title", earlier=earlier, later=later).unescape()
    head = _compare_head(title, urls.pair(pair.earlier, pair.later), catalogue)
    yield make_page("compare-pair.html", pair_view(pair, catalogue), head, chrome)


def _topic_outlets_page(catalogue: Catalogue, chrome: SiteChrome, slug: Slug) -> Iterator[Page]:
    return _outlets_page(
        topic_outlets_view(slug, catalogue), urls.topic_outlets(slug), catalogue, chrome
    )


def _actor_outlets_pages(
    catalogue: Catalogue, chrome: SiteChrome, slug: Slug
) -> Iterator[Page | LaterPage]:
    path, outlets = urls.actor_outlets(slug), actor_outlets_view(slug, catalogue)
    yield from _outlets_page(outlets, path, catalogue, chrome)
    yield from _outlet_list_pages(
        actor_lists(slug, catalogue), outlets.subject, path, catalogue, chrome
    )


def topic_list_sections(catalogue: Catalogue, compared: Set[Slug]) -> Iterator[Section]:
    """What the counts of questions need that are of claims on a topic."""
    archive = catalogue.archive
    topics = {first_topic(question, archive) for question in archive.questions.values()}
    for slug in archive.topics:
        if slug in topics:
            yield Section("topic-lists", slug, _topic_list_pages, (slug, slug in compared))


def _topic_list_pages(
    catalogue: Catalogue, chrome: SiteChrome, slug: Slug, is_compared: bool
) -> Iterator[LaterPage]:
    subject = catalogue.topics[slug]
    path = urls.topic_outlets(slug) if is_compared else urls.topic(slug)
    yield from _outlet_list_pages(topic_lists(slug, catalogue), subject, path, catalogue, chrome)


def _outlets_page(
    outlets: OutletsView, path: str, catalogue: Catalogue, chrome: SiteChrome
) -> Iterator[Page]:
    head = _outlets_head(outlets.subject, path, catalogue)
    yield make_page("compare-outlets.html", outlets, head, chrome)


def _outlet_list_pages(
    lists: Iterable[OutletList],
    subject: Link,
    path: str,
    catalogue: Catalogue,
    chrome: SiteChrome,
) -> Iterator[LaterPage]:
    """The pages of *lists*, which belong to the page *path* of outlets on *subject*."""
    head = _outlets_head(subject, path, catalogue)
    whole = Link(escape(head.title), path)
    for one in lists:
        for page in claim_pages(one.title, one.claims, one.index, catalogue.messages):
            yield page_of_claims(page, whole, head, catalogue, chrome)


def _outlets_head(subject: Link, path: str, catalogue: Catalogue) -> Head:
    title = catalogue.messages.say("compare.outlets-title", name=subject.text).unescape()
    return _compare_head(title, path, catalogue)


def _compare_head(title: str, path: str, catalogue: Catalogue) -> Head:
    description = describe([title, catalogue.settings.title])
    return Head(title, description, path, section=urls.COMPARE)
