"""What other programs ask a site for: feeds, sitemap, robots, OpenSearch."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from heapq import nsmallest

from .. import urls
from ..feeds import (
    ENTRIES,
    FeedEntry,
    atom_feed,
    feed_entry,
    opensearch,
    robots,
    sitemaps,
    updated_of,
)
from ..link import Archive
from ..model import Slug
from ..output import OutputFile
from ..views.catalogue import Catalogue
from ..views.frame import OPENSEARCH
from ..views.metadata import describe


def site_files(catalogue: Catalogue, *, has_search: bool) -> Iterator[OutputFile]:
    """What other programs ask a site for; most of it only where the site has an address."""
    site = catalogue.settings.url
    yield OutputFile(".nojekyll", b"")
    yield OutputFile("robots.txt", robots(site))
    if site is None:
        return
    known_by = catalogue.settings.known_by or site
    title, description = catalogue.settings.title, catalogue.settings.description or ""
    if has_search:
        yield OutputFile(OPENSEARCH, opensearch(site, title, description))
    archive = catalogue.archive
    places = {slug: place for place, slug in enumerate(_latest_first(archive))}

    @cache
    def entry(slug: Slug) -> FeedEntry:
        linked = archive.documents[slug]
        summary = describe([str(linked.places.text)[:600]], 280)
        return feed_entry(site, known_by, urls.document(slug), linked.document, summary)

    def feed(page: str, name: str, about: str, slugs: tuple[Slug, ...]) -> OutputFile:
        """An empty one, too: who waits for an outlet's first document can follow it."""
        latest = nsmallest(ENTRIES, slugs, key=places.__getitem__)
        entries = [entry(slug) for slug in latest]
        return OutputFile(urls.feed(page), atom_feed(site, known_by, page, name, about, entries))

    yield feed(urls.HOME, title, description, tuple(archive.documents))
    for slug, link in catalogue.topics.items():
        documents = archive.documents_on.get(slug, ())
        yield feed(urls.topic(slug), link.text.unescape(), title, documents)
    for slug, link in catalogue.questions.items():
        answers = archive.answers_to.get(slug, ())
        documents = tuple(dict.fromkeys(answer.claim.key.document for answer in answers))
        yield feed(urls.question(slug), link.text.unescape(), title, documents)
    for ref, link in catalogue.agents.items():
        by_kind = archive.documents_naming if ref.kind == "actor" else archive.documents_of
        yield feed(urls.agent(ref), link.text.unescape(), title, by_kind.get(ref.slug, ()))


def _latest_first(archive: Archive) -> list[Slug]:
    """The documents by when they came into the archive; those of one day by their addresses."""
    slugs = sorted(archive.documents, key=urls.document)
    slugs.sort(key=lambda slug: updated_of(archive.documents[slug].document), reverse=True)
    return slugs


def site_map(catalogue: Catalogue, pages: list[str]) -> Iterator[OutputFile]:
    """The sitemap of *pages*, which are those that search engines should know."""
    if catalogue.settings.url is not None:
        for path, data in sitemaps(catalogue.settings.url, pages).items():
            yield OutputFile(path, data)
