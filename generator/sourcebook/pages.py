"""Which pages exist, and how one is rendered.

``list_sections`` is the site's table of contents: for each page its address, its template, its view
and what it says of itself. Nothing is rendered there, so a build can leave out what has not
changed, and share the sections out; ``render_page`` makes the bytes of one page from its view alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TypeVar
from urllib.parse import urlsplit

from . import urls
from .feeds import FeedEntry, atom_feed, opensearch, robots, sitemap, updated_of
from .fidelity import Verification
from .link import ClaimKey, LinkedClaim
from .markup import parse_body
from .model import AgentRef, Slug
from .output import OutputFile
from .theme import Theme
from .views.about import about_view
from .views.actor import actor_view
from .views.catalogue import Catalogue, Link
from .views.claim import claim_page_view
from .views.claim_years import claim_year_pages
from .views.compare import (
    Comparisons,
    actor_outlets_view,
    actors_with_pages,
    compare_view,
    find_comparisons,
    pair_links,
    topic_outlets_view,
)
from .views.dated import is_dated
from .views.document import document_view
from .views.frame import OPENSEARCH, Frame, Head, SiteChrome, chrome_of, frame_page
from .views.home import CountLine, home_view
from .views.lists import (
    actor_list_view,
    claim_list_pages,
    document_list_view,
    outlet_list_view,
    question_list_view,
    topic_list_view,
)
from .views.metadata import claim_json, describe, document_json, document_meta
from .views.outlet import outlet_view
from .views.question import question_view
from .views.side_by_side import pair_view
from .views.timeline_pages import timeline_pages
from .views.topic import topic_view
from .views.versions import beside_view

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Page:
    """A page that exists: all that its bytes are made of."""

    path: str
    template: str
    view: object
    frame: Frame


@dataclass(frozen=True, slots=True)
class NotFoundView:
    """The page for an address that leads nowhere, which may be of any depth."""

    root: str
    """From the site's own root: the path of its address, with a slash at its end."""


@dataclass(frozen=True, slots=True)
class SearchView:
    """The search page: without an index, the lists that hold all that it would find."""

    lists: tuple[CountLine, ...]


Section = Callable[[], Iterator[Page]]
"""Some of the site's pages, made when they are asked for: in any order, in any process."""

_TOGETHER = 25
"""Pages of one kind in a section: enough to be worth a message between processes."""


def list_sections(
    catalogue: Catalogue, verifications: Mapping[Slug, Verification], *, has_search: bool
) -> list[Section]:
    """All pages of the site, in order, in sections that do not depend on each other."""
    comparisons = find_comparisons(catalogue)
    chrome = _chrome(catalogue, comparisons, has_search=has_search)
    compared = pair_links(comparisons, catalogue)
    archive = catalogue.archive
    return [
        partial(_front_pages, catalogue, verifications, chrome),
        partial(_list_pages, catalogue, chrome),
        *(
            partial(_document_pages, catalogue, verifications, compared, chrome, slugs)
            for slugs in _slices(archive.documents)
        ),
        partial(_claim_list_pages, catalogue, chrome),
        *(partial(_claim_pages, catalogue, chrome, keys) for keys in _slices(archive.claims)),
        *(
            partial(_actor_pages, catalogue, comparisons, chrome, slugs)
            for slugs in _slices(archive.actors)
        ),
        *(
            partial(_topic_pages, catalogue, comparisons, chrome, slugs)
            for slugs in _slices(archive.topics)
        ),
        *(partial(_outlet_pages, catalogue, chrome, slugs) for slugs in _slices(archive.outlets)),
        *(
            partial(_question_pages, catalogue, chrome, slugs)
            for slugs in _slices(archive.questions)
        ),
        partial(_compare_pages, catalogue, comparisons, chrome),
        partial(_timeline_pages, catalogue, chrome),
    ]


def own_sections(
    catalogue: Catalogue,
    verifications: Mapping[Slug, Verification],
    records: Iterable[tuple[str, Slug]],
    *,
    has_search: bool,
) -> list[Section]:
    """The pages of single *records* (kind, slug) and no others; a record without a page has none."""
    comparisons = find_comparisons(catalogue)
    chrome = _chrome(catalogue, comparisons, has_search=has_search)
    compared = pair_links(comparisons, catalogue)
    archive = catalogue.archive
    makers: Mapping[str, tuple[Mapping[Slug, object], Callable[[tuple[Slug]], Iterator[Page]]]] = {
        "document": (
            archive.documents,
            partial(_document_pages, catalogue, verifications, compared, chrome),
        ),
        "actor": (archive.actors, partial(_actor_pages, catalogue, comparisons, chrome)),
        "topic": (archive.topics, partial(_topic_pages, catalogue, comparisons, chrome)),
        "outlet": (archive.outlets, partial(_outlet_pages, catalogue, chrome)),
        "question": (archive.questions, partial(_question_pages, catalogue, chrome)),
    }
    return [partial(makers[kind][1], (slug,)) for kind, slug in records if slug in makers[kind][0]]


def _chrome(catalogue: Catalogue, comparisons: Comparisons, *, has_search: bool) -> SiteChrome:
    return chrome_of(
        catalogue,
        has_search=has_search,
        has_comparisons=bool(comparisons),
        has_timeline=is_dated(catalogue),
    )


def _slices(keys: Iterable[K]) -> Iterator[tuple[K, ...]]:
    iterator = iter(keys)
    while some := tuple(islice(iterator, _TOGETHER)):
        yield some


def _list_pages(catalogue: Catalogue, chrome: SiteChrome) -> Iterator[Page]:
    """The list of each kind that the archive has."""
    archive = catalogue.archive
    lists: tuple[tuple[str, str, object, Callable[[Catalogue], object]], ...] = (
        ("documents", "documents.html", archive.documents, document_list_view),
        ("actors", "entities.html", archive.actors, actor_list_view),
        ("topics", "entities.html", archive.topics, topic_list_view),
        ("outlets", "entities.html", archive.outlets, outlet_list_view),
        ("questions", "questions.html", archive.questions, question_list_view),
    )
    for name, template, records, view in lists:
        if records:
            yield _page(template, view(catalogue), _list_head(name, catalogue), chrome)


def render_page(page: Page, theme: Theme) -> OutputFile:
    """The bytes of *page*."""
    return OutputFile(page.path, theme.render(page.template, page.frame, page.view).encode())


def _front_pages(
    catalogue: Catalogue, verifications: Mapping[Slug, Verification], chrome: SiteChrome
) -> Iterator[Page]:
    settings, say = catalogue.settings, catalogue.messages.say
    description = settings.description or ""
    head = Head(settings.title, description, urls.HOME, feed=urls.feed(urls.HOME))
    yield _page("home.html", home_view(catalogue), head, chrome)
    about = Head(say("about.title"), description, urls.ABOUT)
    yield _page("about.html", about_view(catalogue, verifications), about, chrome)
    base = urlsplit(settings.url).path if settings.url else ""
    lost = Head(say("not-found.title"), "", urls.NOT_FOUND, is_indexed=False)
    yield _page("404.html", NotFoundView(f"{base}/"), lost, chrome)
    if chrome.has_search:
        search = Head(say("nav.search"), say("search.description"), urls.SEARCH, is_indexed=False)
        lists = tuple(
            CountLine(Link(section.text, section.path), section.count)
            for section in chrome.sections
        )
        yield _page("search.html", SearchView(lists), search, chrome)


def _page(template: str, view: object, head: Head, chrome: SiteChrome) -> Page:
    return Page(head.path, template, view, frame_page(chrome, head))


def _list_head(name: str, catalogue: Catalogue, path: str | None = None) -> Head:
    say = catalogue.messages.say
    section = urls.section(name)
    description = describe([say(f"nav.{name}"), catalogue.settings.title])
    return Head(say(f"nav.{name}"), description, path or section, section=section)


def _document_pages(
    catalogue: Catalogue,
    verifications: Mapping[Slug, Verification],
    compared: Mapping[Slug, tuple[Link, ...]],
    chrome: SiteChrome,
    slugs: Iterable[Slug],
) -> Iterator[Page]:
    for slug in slugs:
        linked = catalogue.archive.documents[slug]
        page = document_view(
            linked,
            parse_body(linked.document.body),
            verifications[slug],
            catalogue,
            compared.get(slug, ()),
        )
        head = Head(
            title=page.title,
            description=describe([linked.places.text[:400]]),
            path=urls.document(slug),
            meta=document_meta(linked, catalogue),
            json_ld=document_json(linked, page, catalogue),
            section=urls.section("documents"),
        )
        yield _page("document.html", page, head, chrome)
        beside = beside_view(linked, catalogue)
        if beside is not None:
            title = catalogue.messages.say("beside.title", translation=page.title).unescape()
            path, section = urls.beside_original(slug), urls.section("documents")
            own = Head(title, title, path, section=section, is_indexed=False)
            yield _page("beside.html", beside, own, chrome)


def _claim_list_pages(catalogue: Catalogue, chrome: SiteChrome) -> Iterator[Page]:
    section = urls.section("claims")
    for listed in claim_list_pages(catalogue) if catalogue.claims else ():
        title = listed.view.title.unescape()
        head = Head(
            title, describe([title, catalogue.settings.title]), listed.path, section=section
        )
        yield _page("claims.html", listed.view, head, chrome)


def _claim_pages(
    catalogue: Catalogue, chrome: SiteChrome, keys: Iterable[ClaimKey]
) -> Iterator[Page]:
    section = urls.section("claims")
    for key in keys:
        linked = catalogue.archive.claims[key]
        if not linked.is_discussed:
            continue
        claim = catalogue.claims[key]
        say = catalogue.messages.say
        words = say("quote.marks", words=claim.lemma)
        title = claim.who.striptags() + say("list.colon").unescape() + words.unescape()
        head = Head(
            title=title,
            description=describe([linked.claim.says or "", *linked.claim.quote]),
            path=urls.claim_page(*key),
            json_ld=claim_json(claim, catalogue),
            section=section,
        )
        yield _page("claim.html", claim_page_view(linked, catalogue), head, chrome)


def _year_pages(
    claims: Iterable[LinkedClaim],
    whole: Link,
    head: Head,
    catalogue: Catalogue,
    chrome: SiteChrome,
) -> Iterator[Page]:
    """The claims that one page cannot hold, beside the page that *head* describes."""
    views = catalogue.views(claims)
    for listed in claim_year_pages(views, head.path, whole, catalogue.messages):
        title = f"{head.title}: {listed.view.title.unescape()}"
        own = Head(title, title, listed.path, section=head.section)
        yield _page("claims.html", listed.view, own, chrome)


def _actor_pages(
    catalogue: Catalogue, comparisons: Comparisons, chrome: SiteChrome, slugs: Iterable[Slug]
) -> Iterator[Page]:
    compared = frozenset(actors_with_pages(comparisons))
    for slug in slugs:
        actor = catalogue.archive.actors[slug]
        outlets = urls.actor_outlets(actor.slug) if actor.slug in compared else None
        page = actor_view(actor, catalogue, outlets)
        head = _entity_head(page.name.unescape(), actor.body, urls.actor(actor.slug), "actors")
        yield _page("actor.html", page, head, chrome)
        if page.said.years:
            claims = catalogue.archive.claims_by[AgentRef("actor", actor.slug)]
            yield from _year_pages(claims, Link(page.name, head.path), head, catalogue, chrome)


def _topic_pages(
    catalogue: Catalogue, comparisons: Comparisons, chrome: SiteChrome, slugs: Iterable[Slug]
) -> Iterator[Page]:
    compared = frozenset(comparisons.topics)
    for slug in slugs:
        topic = catalogue.archive.topics[slug]
        outlets = urls.topic_outlets(topic.slug) if topic.slug in compared else None
        page = topic_view(topic, catalogue, outlets)
        head = _entity_head(page.name.unescape(), topic.body, urls.topic(topic.slug), "topics")
        yield _page("topic.html", page, head, chrome)
        if page.claims.years:
            claims = catalogue.archive.claims_on[topic.slug]
            yield from _year_pages(claims, Link(page.name, head.path), head, catalogue, chrome)


def _outlet_pages(
    catalogue: Catalogue, chrome: SiteChrome, slugs: Iterable[Slug]
) -> Iterator[Page]:
    for slug in slugs:
        outlet = catalogue.archive.outlets[slug]
        page = outlet_view(outlet, catalogue)
        head = _entity_head(page.name.unescape(), outlet.body, urls.outlet(outlet.slug), "outlets")
        yield _page("outlet.html", page, head, chrome)
        if page.quotes.years:
            claims = catalogue.archive.claims_in[outlet.slug]
            yield from _year_pages(claims, Link(page.name, head.path), head, catalogue, chrome)


def _question_pages(
    catalogue: Catalogue, chrome: SiteChrome, slugs: Iterable[Slug]
) -> Iterator[Page]:
    for slug in slugs:
        question = catalogue.archive.questions[slug]
        page = question_view(question, catalogue)
        address = urls.question(question.slug)
        head = _entity_head(question.question, question.body, address, "questions")
        yield _page("question.html", page, head, chrome)


def _compare_pages(
    catalogue: Catalogue, comparisons: Comparisons, chrome: SiteChrome
) -> Iterator[Page]:
    if not comparisons:
        return
    say = catalogue.messages.say

    def head(title: str, path: str) -> Head:
        description = describe([title, catalogue.settings.title])
        return Head(title, description, path, section=urls.COMPARE)

    view = compare_view(comparisons, catalogue)
    yield _page("compare.html", view, head(say("compare.title"), urls.COMPARE), chrome)
    for pair in comparisons.pairs:
        titles = (catalogue.documents[slug].text for slug in (pair.earlier, pair.later))
        title = say("compare.pair-title", earlier=next(titles), later=next(titles)).unescape()
        path = urls.pair(pair.earlier, pair.later)
        yield _page("compare-pair.html", pair_view(pair, catalogue), head(title, path), chrome)
    for slug in comparisons.topics:
        outlets = topic_outlets_view(slug, catalogue)
        title = say("compare.outlets-title", name=outlets.subject.text).unescape()
        yield _page("compare-outlets.html", outlets, head(title, urls.topic_outlets(slug)), chrome)
    for slug in actors_with_pages(comparisons):
        outlets = actor_outlets_view(slug, catalogue)
        title = say("compare.outlets-title", name=outlets.subject.text).unescape()
        yield _page("compare-outlets.html", outlets, head(title, urls.actor_outlets(slug)), chrome)


def _timeline_pages(catalogue: Catalogue, chrome: SiteChrome) -> Iterator[Page]:
    for dated in timeline_pages(catalogue):
        title = dated.view.title.unescape()
        description = describe([title, catalogue.settings.title])
        head = Head(title, description, dated.path, section=urls.TIMELINE)
        yield _page("timeline.html", dated.view, head, chrome)


def _entity_head(title: str, body: str, path: str, section: str) -> Head:
    text = parse_body(body).text if body.strip() else ""
    return Head(
        title=title,
        description=describe([title + ".", text] if text else [title]),
        path=path,
        feed=urls.feed(path),
        section=urls.section(section),
    )


def site_files(catalogue: Catalogue, *, has_search: bool) -> Iterator[OutputFile]:
    """What other programs ask a site for; most of it only where the site has an address."""
    site = catalogue.settings.url
    yield OutputFile(".nojekyll", b"")
    yield OutputFile("robots.txt", robots(site))
    if site is None:
        return
    title, description = catalogue.settings.title, catalogue.settings.description or ""
    if has_search:
        yield OutputFile(OPENSEARCH, opensearch(site, title, description))
    archive = catalogue.archive
    entries = {slug: _feed_entry(slug, catalogue) for slug in archive.documents}

    def feed(page: str, name: str, about: str, slugs: tuple[Slug, ...]) -> OutputFile:
        listed = [entries[slug] for slug in slugs]
        return OutputFile(urls.feed(page), atom_feed(site, page, name, about, listed))

    yield feed(urls.HOME, title, description, tuple(archive.documents))
    for slug, link in catalogue.topics.items():
        yield feed(
            urls.topic(slug), link.text.unescape(), title, archive.documents_on.get(slug, ())
        )
    for slug, link in catalogue.questions.items():
        answers = archive.answers_to.get(slug, ())
        documents = tuple(dict.fromkeys(answer.claim.key.document for answer in answers))
        yield feed(urls.question(slug), link.text.unescape(), title, documents)
    for ref, link in catalogue.agents.items():
        by_kind = archive.documents_naming if ref.kind == "actor" else archive.documents_of
        yield feed(urls.agent(ref), link.text.unescape(), title, by_kind.get(ref.slug, ()))


def _feed_entry(slug: Slug, catalogue: Catalogue) -> FeedEntry:
    linked = catalogue.archive.documents[slug]
    document = linked.document
    return FeedEntry(
        address=urls.document(slug),
        title=document.title,
        summary=describe([linked.places.text[:600]], 280),
        updated=updated_of(document),
        authors=document.authors,
        lang=document.lang,
    )


def site_map(catalogue: Catalogue, pages: list[str]) -> Iterator[OutputFile]:
    """The sitemap of *pages*, which are those that search engines should know."""
    if catalogue.settings.url is not None:
        yield OutputFile("sitemap.xml", sitemap(catalogue.settings.url, pages))
