"""Which pages exist, and how one is rendered.

``list_sections`` is the site's table of contents, as plain data: what is to be made, and from what.
A section gives its pages when it is asked for them, each with its address, its template, its view and
what it says of itself, so a build can leave out what has not changed, and share the sections out;
``render_page`` makes the bytes of one page from its view alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from markupsafe import escape

from . import urls
from .feeds import FeedEntry, atom_feed, opensearch, robots, sitemaps, updated_of
from .fidelity import Verification
from .link import ClaimKey, LinkedClaim
from .markup import parse_body
from .model import Slug
from .output import OutputFile
from .theme import Theme
from .views.about import about_view
from .views.actor import actor_claims, actor_view
from .views.catalogue import Catalogue, Link
from .views.claim import RELATED, claim_page_view, related_claims
from .views.claim_years import claim_pages, claim_year_pages
from .views.compare import (
    Comparisons,
    OutletsView,
    actor_outlets_view,
    actors_with_pages,
    compare_view,
    find_comparisons,
    pair_links,
    topic_outlets_view,
)
from .views.dated import is_dated
from .views.document import document_view
from .views.document_lists import document_year_pages
from .views.frame import OPENSEARCH, Frame, Head, SiteChrome, chrome_of, count_records, frame_page
from .views.home import CountLine, home_view
from .views.list_pages import ListPage, ListPart, ListView
from .views.lists import (
    actor_list_pages,
    claim_list_pages,
    claim_list_view,
    document_list_pages,
    outlet_list_pages,
    question_list_pages,
    topic_list_pages,
)
from .views.metadata import claim_json, describe, document_json, document_meta
from .views.outlet import outlet_claims, outlet_view
from .views.outlet_lists import OutletList, actor_lists, topic_lists
from .views.pairs import Pair
from .views.question import FIGURES, claims_by_answer, first_topic, question_view
from .views.side_by_side import pair_view
from .views.timeline_pages import timeline_pages
from .views.topic import topic_view
from .views.versions import beside_view


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


@dataclass(frozen=True, slots=True)
class Section:
    """Pages that are made together, in any order and in any process: mostly those of one record."""

    kind: str
    slug: str
    """The record's; empty where the section belongs to none."""
    make: Callable[..., Iterator[Page]]
    given: tuple[object, ...] = ()
    """All that *make* is given beside the catalogue and the chrome, compared as values."""

    @property
    def name(self) -> tuple[str, str]:
        """What no other section of a site is called."""
        return self.kind, self.slug

    def pages(self, catalogue: Catalogue, chrome: SiteChrome) -> Iterator[Page]:
        """The views of its pages; each is made when it is asked for."""
        return self.make(catalogue, chrome, *self.given)


@dataclass(frozen=True, slots=True)
class TableOfContents:
    """All pages of a site, none of them made yet."""

    chrome: SiteChrome
    sections: tuple[Section, ...]

    def with_verification(self, slug: Slug, verification: Verification) -> TableOfContents:
        """The same, where the text of the document *slug* was compared again."""
        sections = list(self.sections)
        for number, section in enumerate(sections):
            if section.name == ("document", slug):
                given = (slug, verification, *section.given[2:])
                sections[number] = replace(section, given=given)
        return TableOfContents(self.chrome, tuple(sections))


def list_sections(
    catalogue: Catalogue, verifications: Mapping[Slug, Verification], *, has_search: bool
) -> TableOfContents:
    """All pages of the site, in order, in sections that do not depend on each other."""
    comparisons = find_comparisons(catalogue)
    chrome = chrome_of(
        catalogue,
        has_search=has_search,
        has_comparisons=bool(comparisons),
        has_timeline=is_dated(catalogue),
    )
    compared = pair_links(comparisons, catalogue)
    actors, topics = frozenset(actors_with_pages(comparisons)), frozenset(comparisons.topics)
    archive = catalogue.archive
    sections = (
        Section("front", "", _front_pages, (verifications,)),
        Section("lists", "", _list_pages),
        # Longer than all others: where several are made at once, nobody waits for it at the end.
        Section("timeline", "", _timeline_pages),
        *(
            Section(
                "document",
                slug,
                _document_pages,
                (slug, verifications[slug], compared.get(slug, ())),
            )
            for slug in archive.documents
        ),
        *_claim_list_sections(catalogue),
        *(
            Section("claim", str(key), _claim_pages, (key,))
            for key, claim in archive.claims.items()
            if claim.is_discussed
        ),
        *(Section("actor", slug, _actor_pages, (slug, slug in actors)) for slug in archive.actors),
        *(Section("topic", slug, _topic_pages, (slug, slug in topics)) for slug in archive.topics),
        *(Section("outlet", slug, _outlet_pages, (slug,)) for slug in archive.outlets),
        *(Section("question", slug, _question_pages, (slug,)) for slug in archive.questions),
        *_compare_sections(comparisons),
        *_topic_list_sections(catalogue, topics),
    )
    return TableOfContents(chrome, sections)


def _list_pages(catalogue: Catalogue, chrome: SiteChrome) -> Iterator[Page]:
    """The list of each kind that the archive has."""
    archive = catalogue.archive
    lists: tuple[tuple[str, str, object, Callable[[Catalogue], Iterable[ListView]]], ...] = (
        ("documents", "documents.html", archive.documents, document_list_pages),
        ("actors", "entities.html", archive.actors, actor_list_pages),
        ("topics", "entities.html", archive.topics, topic_list_pages),
        ("outlets", "entities.html", archive.outlets, outlet_list_pages),
        ("questions", "questions.html", archive.questions, question_list_pages),
    )
    for name, template, records, pages in lists:
        for listed in pages(catalogue) if records else ():
            yield _list_page(template, listed, name, catalogue, chrome)


def render_page(page: Page, theme: Theme) -> OutputFile:
    """The bytes of *page*."""
    return OutputFile(page.path, theme.render(page.template, page.frame, page.view).encode())


def _front_pages(
    catalogue: Catalogue, chrome: SiteChrome, verifications: Mapping[Slug, Verification]
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
            CountLine(Link(section.text, section.path), count)
            for section, count in count_records(catalogue)
        )
        yield _page("search.html", SearchView(lists), search, chrome)


def _page(template: str, view: object, head: Head, chrome: SiteChrome) -> Page:
    return Page(head.path, template, view, frame_page(chrome, head))


def _list_page(
    template: str, listed: ListView, name: str, catalogue: Catalogue, chrome: SiteChrome
) -> Page:
    """A page of the list of all documents, claims, actors, topics, outlets or questions."""
    title = listed.place.title.unescape()
    description = describe([title, catalogue.settings.title])
    head = Head(title, description, listed.place.path, section=urls.section(name))
    return _page(template, listed, head, chrome)


def _document_pages(
    catalogue: Catalogue,
    chrome: SiteChrome,
    slug: Slug,
    verification: Verification,
    compared: tuple[Link, ...],
) -> Iterator[Page]:
    linked = catalogue.archive.documents[slug]
    body = parse_body(linked.document.body)
    page = document_view(linked, body, verification, catalogue, compared)
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


def _claim_list_sections(catalogue: Catalogue) -> Iterator[Section]:
    """A page each: a change of one claim reaches few of them."""
    for listed in claim_list_pages(catalogue) if catalogue.claims else ():
        yield Section("claims", listed.place.path, _claim_list_page, (listed,))


def _claim_list_page(
    catalogue: Catalogue, chrome: SiteChrome, listed: ListPage[ClaimKey]
) -> Iterator[Page]:
    view = claim_list_view(listed, catalogue)
    yield _list_page("claims.html", view, "claims", catalogue, chrome)


def _claim_pages(catalogue: Catalogue, chrome: SiteChrome, key: ClaimKey) -> Iterator[Page]:
    linked, claim = catalogue.archive.claims[key], catalogue.claims[key]
    say = catalogue.messages.say
    words = say("quote.marks", words=claim.lemma)
    title = claim.who.striptags() + say("list.colon").unescape() + words.unescape()
    head = Head(
        title=title,
        description=describe([linked.claim.says or "", *linked.claim.quote]),
        path=urls.claim_page(*key),
        json_ld=claim_json(claim, catalogue),
        section=urls.section("claims"),
    )
    page = claim_page_view(linked, catalogue)
    yield _page("claim.html", page, head, chrome)
    related = related_claims(linked, catalogue.archive)
    lists = [(RELATED, say("compare.relations"), page.relation_years, related)]
    yield from _year_pages(head, lists, catalogue, chrome)


def _year_pages(
    head: Head,
    lists: Iterable[tuple[str, str, Sequence[ListPart], Iterable[LinkedClaim]]],
    catalogue: Catalogue,
    chrome: SiteChrome,
) -> Iterator[Page]:
    """What of *lists* the page that *head* describes cannot hold.

    *lists* are the folder, the title, the years to which that page leads, if any, and all claims.
    """
    whole = Link(escape(head.title), head.path)
    for folder, title, years, claims in lists:
        if years:
            index, views = urls.beside(head.path, folder), catalogue.views(claims)
            for listed in claim_year_pages(escape(title), views, index, whole, catalogue.messages):
                yield _part_page("claims.html", listed, head, chrome)


def _document_year_pages(
    head: Head, slugs: Sequence[Slug], catalogue: Catalogue, chrome: SiteChrome
) -> Iterator[Page]:
    """The documents *slugs*, of which the page that *head* describes cannot hold all."""
    whole, index = Link(escape(head.title), head.path), urls.beside(head.path, "documents")
    for listed in document_year_pages(slugs, index, whole, catalogue):
        yield _part_page("documents.html", listed, head, chrome)


def _part_page(template: str, listed: ListView, head: Head, chrome: SiteChrome) -> Page:
    """A page of a list that belongs to the page that *head* describes."""
    title = f"{head.title}: {listed.place.title.unescape()}"
    return _page(
        template, listed, Head(title, title, listed.place.path, section=head.section), chrome
    )


def _actor_pages(
    catalogue: Catalogue, chrome: SiteChrome, slug: Slug, is_compared: bool
) -> Iterator[Page]:
    actor = catalogue.archive.actors[slug]
    page = actor_view(actor, catalogue, urls.actor_outlets(slug) if is_compared else None)
    head = _entity_head(page.name.unescape(), actor.body, urls.actor(slug), "actors")
    yield _page("actor.html", page, head, chrome)
    held = actor_claims(slug, catalogue.archive)
    say = catalogue.messages.say
    lists = (
        ("", say("claims.title"), page.said.years, held.said),
        ("about", say("actor.about"), page.about.years, held.about),
        ("relayed", say("actor.relayed"), page.relayed.years, held.relayed),
    )
    yield from _year_pages(head, lists, catalogue, chrome)
    if page.document_years:
        documents = catalogue.archive.documents_naming[slug]
        yield from _document_year_pages(head, documents, catalogue, chrome)


def _topic_pages(
    catalogue: Catalogue, chrome: SiteChrome, slug: Slug, is_compared: bool
) -> Iterator[Page]:
    topic = catalogue.archive.topics[slug]
    page = topic_view(topic, catalogue, urls.topic_outlets(slug) if is_compared else None)
    head = _entity_head(page.name.unescape(), topic.body, urls.topic(slug), "topics")
    yield _page("topic.html", page, head, chrome)
    claims = catalogue.archive.claims_on.get(slug, ())
    lists = [("", catalogue.messages.say("claims.title"), page.claims.years, claims)]
    yield from _year_pages(head, lists, catalogue, chrome)
    if page.document_years:
        documents = catalogue.archive.documents_on[slug]
        yield from _document_year_pages(head, documents, catalogue, chrome)


def _outlet_pages(catalogue: Catalogue, chrome: SiteChrome, slug: Slug) -> Iterator[Page]:
    outlet = catalogue.archive.outlets[slug]
    page = outlet_view(outlet, catalogue)
    head = _entity_head(page.name.unescape(), outlet.body, urls.outlet(slug), "outlets")
    yield _page("outlet.html", page, head, chrome)
    held = outlet_claims(slug, catalogue.archive)
    say = catalogue.messages.say
    lists = (
        ("", say("claims.title"), page.quotes.years, held.printed),
        ("carried", say("outlet.carried"), page.carried.years, held.carried),
        ("quoted", say("outlet.quoted"), page.quoted.years, held.quoted),
    )
    yield from _year_pages(head, lists, catalogue, chrome)
    if page.document_years:
        documents = catalogue.archive.documents_of[slug]
        yield from _document_year_pages(head, documents, catalogue, chrome)


def _question_pages(catalogue: Catalogue, chrome: SiteChrome, slug: Slug) -> Iterator[Page]:
    question = catalogue.archive.questions[slug]
    page = question_view(question, catalogue)
    head = _entity_head(question.question, question.body, urls.question(slug), "questions")
    yield _page("question.html", page, head, chrome)
    if page.is_cut:
        given = claims_by_answer(question, catalogue.archive.answers_to[slug])
        lists = [
            (column.id, column.label, column.years, given[column.id]) for column in page.answers
        ]
        if page.figure_years:
            title = catalogue.messages.say("question.figures")
            lists = [(FIGURES, title, page.figure_years, given[FIGURES])]
        yield from _year_pages(head, lists, catalogue, chrome)


def _compare_sections(comparisons: Comparisons) -> Iterator[Section]:
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
    yield _page("compare.html", compare_view(comparisons, catalogue), head, chrome)


def _pair_page(catalogue: Catalogue, chrome: SiteChrome, pair: Pair) -> Iterator[Page]:
    earlier, later = (catalogue.documents[slug].text for slug in (pair.earlier, pair.later))
    title = catalogue.messages.say("compare.pair-title", earlier=earlier, later=later).unescape()
    head = _compare_head(title, urls.pair(pair.earlier, pair.later), catalogue)
    yield _page("compare-pair.html", pair_view(pair, catalogue), head, chrome)


def _topic_outlets_page(catalogue: Catalogue, chrome: SiteChrome, slug: Slug) -> Iterator[Page]:
    return _outlets_page(
        topic_outlets_view(slug, catalogue), urls.topic_outlets(slug), catalogue, chrome
    )


def _actor_outlets_pages(catalogue: Catalogue, chrome: SiteChrome, slug: Slug) -> Iterator[Page]:
    path, outlets = urls.actor_outlets(slug), actor_outlets_view(slug, catalogue)
    yield from _outlets_page(outlets, path, catalogue, chrome)
    yield from _outlet_list_pages(
        actor_lists(slug, catalogue), outlets.subject, path, catalogue, chrome
    )


def _topic_list_sections(catalogue: Catalogue, compared: Set[Slug]) -> Iterator[Section]:
    """What the counts of questions need that are of claims on a topic."""
    archive = catalogue.archive
    topics = {first_topic(question, archive) for question in archive.questions.values()}
    for slug in archive.topics:
        if slug in topics:
            yield Section("topic-lists", slug, _topic_list_pages, (slug, slug in compared))


def _topic_list_pages(
    catalogue: Catalogue, chrome: SiteChrome, slug: Slug, is_compared: bool
) -> Iterator[Page]:
    subject = catalogue.topics[slug]
    path = urls.topic_outlets(slug) if is_compared else urls.topic(slug)
    yield from _outlet_list_pages(topic_lists(slug, catalogue), subject, path, catalogue, chrome)


def _outlets_page(
    outlets: OutletsView, path: str, catalogue: Catalogue, chrome: SiteChrome
) -> Iterator[Page]:
    head = _outlets_head(outlets.subject, path, catalogue)
    yield _page("compare-outlets.html", outlets, head, chrome)


def _outlet_list_pages(
    lists: Iterable[OutletList],
    subject: Link,
    path: str,
    catalogue: Catalogue,
    chrome: SiteChrome,
) -> Iterator[Page]:
    """The pages of *lists*, which belong to the page *path* of outlets on *subject*."""
    head = _outlets_head(subject, path, catalogue)
    whole = Link(escape(head.title), path)
    for one in lists:
        claims = catalogue.views(one.claims)
        for listed in claim_pages(one.title, claims, one.index, whole, catalogue.messages):
            yield _part_page("claims.html", listed, head, chrome)


def _outlets_head(subject: Link, path: str, catalogue: Catalogue) -> Head:
    title = catalogue.messages.say("compare.outlets-title", name=subject.text).unescape()
    return _compare_head(title, path, catalogue)


def _compare_head(title: str, path: str, catalogue: Catalogue) -> Head:
    description = describe([title, catalogue.settings.title])
    return Head(title, description, path, section=urls.COMPARE)


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
        for path, data in sitemaps(catalogue.settings.url, pages).items():
            yield OutputFile(path, data)
