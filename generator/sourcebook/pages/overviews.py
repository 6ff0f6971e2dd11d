"""The pages of the whole archive: home, About, search, the lists of all records, the timeline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from .. import urls
from ..fidelity import Verification
from ..link import ClaimKey
from ..model import Slug
from ..views.about import about_view
from ..views.catalogue import Catalogue, Link
from ..views.dated import dated_items
from ..views.dated_groups import group_items
from ..views.document_lists import document_list_pages, document_table
from ..views.frame import Head, SiteChrome, count_records
from ..views.home import CountLine, home_view
from ..views.list_pages import ListPage, ListView
from ..views.lists import (
    actor_list_pages,
    claim_list_pages,
    claim_list_view,
    outlet_list_pages,
    question_list_pages,
    topic_list_pages,
)
from ..views.metadata import describe
from ..views.timeline_pages import TimelineView, timeline_view, year_view
from ..views.timeline_plan import YearPage, plan_timeline
from .page import LaterPage, Page, Section, make_list_page, make_page


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """The page for an address that leads nowhere, which may be of any depth."""

    root: str
    """From the site's own root: the path of its address, with a slash at its end."""


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page: without an index, the lists that hold all that it would find."""

    lists: tuple[CountLine, ...]


def front_pages(
    catalogue: Catalogue, chrome: SiteChrome, verifications: Mapping[Slug, Verification]
) -> Iterator[Page]:
    """Home, About, the page for lost addresses, and search."""
    settings, say = catalogue.settings, catalogue.messages.say
    description = settings.description or ""
    head = Head(settings.title, description, urls.HOME, feed=urls.feed(urls.HOME))
    home = home_view(catalogue)
    yield make_page("home.html", home, head, chrome)
    about = Head(say("about.title"), description, urls.ABOUT)
    yield make_page("about.html", about_view(catalogue, verifications), about, chrome)
    base = urlsplit(settings.url).path if settings.url else ""
    lost = Head(say("not-found.title"), "", urls.NOT_FOUND, is_indexed=False)
    yield make_page("404.html", NotFoundView(f"{base}/"), lost, chrome)
    if chrome.has_search:
        search = Head(say("nav.search"), say("search.description"), urls.SEARCH, is_indexed=False)
        lists = tuple(
            # As on the first page, where suggested claims do not count.
            CountLine(
                Link(section.text, section.path),
                home.claim_count if section.path == urls.section("claims") else count,
            )
            for section, count in count_records(catalogue)
        )
        yield make_page("search.html", SearchView(lists), search, chrome)


def list_pages(catalogue: Catalogue, chrome: SiteChrome) -> Iterator[Page | LaterPage]:
    """The list of each kind that the archive has."""
    archive = catalogue.archive
    for page in document_list_pages(catalogue) if archive.documents else ():
        given = (page.place, page.items)
        make = partial(_document_list_page, catalogue, chrome, page)
        yield LaterPage(page.place.path, frozenset(page.items), given, make)
    lists: tuple[tuple[str, str, object, Callable[[Catalogue], Iterable[ListView]]], ...] = (
        ("actors", "entities.html", archive.actors, actor_list_pages),
        ("topics", "entities.html", archive.topics, topic_list_pages),
        ("outlets", "entities.html", archive.outlets, outlet_list_pages),
        ("questions", "questions.html", archive.questions, question_list_pages),
    )
    for name, template, records, pages in lists:
        for listed in pages(catalogue) if records else ():
            yield make_list_page(template, listed, name, catalogue, chrome)


def _document_list_page(catalogue: Catalogue, chrome: SiteChrome, page: ListPage[Slug]) -> Page:
    view = document_table(page, None, catalogue)
    return make_list_page("documents.html", view, "documents", catalogue, chrome)


def claim_list_sections(catalogue: Catalogue) -> Iterator[Section]:
    """A page each: a change of one claim reaches few of them."""
    for listed in claim_list_pages(catalogue) if catalogue.claims else ():
        yield Section("claims", listed.place.path, _claim_list_page, (listed,))


def _claim_list_page(
    catalogue: Catalogue, chrome: SiteChrome, listed: ListPage[ClaimKey]
) -> Iterator[Page]:
    view = claim_list_view(listed, catalogue)
    yield make_list_page("claims.html", view, "claims", catalogue, chrome)


def dated_pages(catalogue: Catalogue, chrome: SiteChrome) -> Iterator[Page | LaterPage]:
    """The timeline; none where nothing is dated."""
    plan = plan_timeline(group_items(dated_items(catalogue)))
    if not plan.groups:
        return
    yield _dated_page(urls.TIMELINE, timeline_view(plan, catalogue), catalogue, chrome)
    for page in plan.pages if plan.is_split else ():
        # As text: equal plans are written alike, whichever objects they are made of.
        given = (repr(page),)
        make = partial(_year_page, catalogue, chrome, page)
        yield LaterPage(page.path, page.documents, given, make)


def _year_page(catalogue: Catalogue, chrome: SiteChrome, page: YearPage) -> Page:
    return _dated_page(page.path, year_view(page, catalogue), catalogue, chrome)


def _dated_page(path: str, view: TimelineView, catalogue: Catalogue, chrome: SiteChrome) -> Page:
    title = view.title.unescape()
    description = describe([title, catalogue.settings.title])
    head = Head(title, description, path, section=urls.TIMELINE)
    return make_page("timeline.html", view, head, chrome)
