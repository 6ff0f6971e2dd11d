"""What other programs ask a site for: feeds, sitemap, robots, OpenSearch."""

from __future__ import annotations

from collections.abc import Iterator

from .. import urls
from ..feeds import FeedEntry, atom_feed, opensearch, robots, sitemaps, updated_of
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
        summary=describe([str(linked.places.text)[:600]], 280),
        updated=updated_of(document),
        authors=document.authors,
        lang=document.lang,
    )


def site_map(catalogue: Catalogue, pages: list[str]) -> Iterator[OutputFile]:
    """The sitemap of *pages*, which are those that search engines should know."""
    if catalogue.settings.url is not None:
        for path, data in sitemaps(catalogue.settings.url, pages).items():
            yield OutputFile(path, data)
