"""A page and what gives it, and the pages that several kinds of records have in common."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import escape

from .. import urls
from ..fidelity import Verification
from ..link import LinkedClaim
from ..model import Slug
from ..output import OutputFile
from ..theme import Theme
from ..views.catalogue import Catalogue, Link
from ..views.claim_years import claim_table, claim_year_pages
from ..views.document_lists import document_table, document_year_pages
from ..views.frame import Frame, Head, SiteChrome, frame_page
from ..views.list_pages import ListPage, ListView
from ..views.metadata import describe


@dataclass(frozen=True, slots=True)
class Page:
    """A page that exists: all that its bytes are made of."""

    path: str
    template: str
    view: object
    frame: Frame


@dataclass(frozen=True, slots=True)
class LaterPage:
    """A page of a long list, which is made only if it is wanted."""

    path: str
    documents: frozenset[Slug]
    """Those of which it shows something."""
    given: tuple[object, ...]
    """All that *make* is given beside the catalogue and the chrome, as plain values."""
    make: Callable[[], Page]


@dataclass(frozen=True, slots=True)
class Section:
    """Pages that are made together, in any order and in any process: mostly those of one record."""

    kind: str
    slug: str
    """The record's; empty where the section belongs to none."""
    make: Callable[..., Iterator[Page | LaterPage]]
    given: tuple[object, ...] = ()
    """All that *make* is given beside the catalogue and the chrome, compared as values."""

    @property
    def name(self) -> tuple[str, str]:
        """What no other section of a site is called."""
        return self.kind, self.slug

    def pages(self, catalogue: Catalogue, chrome: SiteChrome) -> Iterator[Page | LaterPage]:
        """The views of its pages; each is made when it is asked for."""
        return self.make(catalogue, chrome, *self.given)


@dataclass(frozen=True, slots=True)
class TableOfContents:
    """All pages of a site, none of them made yet."""

    chrome: SiteChrome
    sections: tuple[Section, ...]

    def with_saved(
        self, slug: Slug, verification: Verification, lost: Collection[str]
    ) -> TableOfContents:
        """The same, where the document *slug* was compared again, and has *lost* these claims."""
        sections: list[Section] = []
        for section in self.sections:
            if section.name == ("document", slug):
                given = (slug, verification, *section.given[2:])
                sections.append(replace(section, given=given))
            elif section.kind != "claim" or section.slug not in lost:
                sections.append(section)
        return TableOfContents(self.chrome, tuple(sections))


def render_page(page: Page, theme: Theme) -> OutputFile:
    """The bytes of *page*."""
    return OutputFile(page.path, theme.render(page.template, page.frame, page.view).encode())


def make_page(template: str, view: object, head: Head, chrome: SiteChrome) -> Page:
    """The page that *head* describes."""
    return Page(head.path, template, view, frame_page(chrome, head))


def make_list_page(
    template: str, listed: ListView, name: str, catalogue: Catalogue, chrome: SiteChrome
) -> Page:
    """A page of the list of all documents, claims, actors, topics, outlets or questions."""
    title = listed.place.title.unescape()
    description = describe([title, catalogue.settings.title])
    head = Head(title, description, listed.place.path, section=urls.section(name))
    return make_page(template, listed, head, chrome)


def make_part_page(template: str, listed: ListView, head: Head, chrome: SiteChrome) -> Page:
    """A page of a list that belongs to the page that *head* describes."""
    title = f"{head.title}: {listed.place.title.unescape()}"
    return make_page(
        template, listed, Head(title, title, listed.place.path, section=head.section), chrome
    )


ClaimsOfYears = tuple[str, str, Sequence[LinkedClaim]]
"""The folder and the title of a list, and all its claims."""


def pages_of_years(
    head: Head,
    lists: Iterable[ClaimsOfYears],
    catalogue: Catalogue,
    chrome: SiteChrome,
) -> Iterator[LaterPage]:
    """*lists*, of which the page that *head* describes cannot hold all."""
    whole = Link(escape(head.title), head.path)
    for folder, title, claims in lists:
        index = urls.beside(head.path, folder)
        for page in claim_year_pages(escape(title), claims, index, catalogue.messages):
            yield page_of_claims(page, whole, head, catalogue, chrome)


def page_of_claims(
    page: ListPage[LinkedClaim], whole: Link, head: Head, catalogue: Catalogue, chrome: SiteChrome
) -> LaterPage:
    """A *page* of claims that belongs to the page *whole*, which *head* describes."""
    keys = [claim.key for claim in page.items]
    return LaterPage(
        page.place.path,
        frozenset(key.document for key in keys),
        (page.place, whole, head, "\n".join(map(str, keys))),
        partial(_claim_table_page, page, whole, head, catalogue, chrome),
    )


def _claim_table_page(
    page: ListPage[LinkedClaim], whole: Link, head: Head, catalogue: Catalogue, chrome: SiteChrome
) -> Page:
    return make_part_page("claims.html", claim_table(page, whole, catalogue), head, chrome)


def pages_of_document_years(
    head: Head, slugs: Sequence[Slug], catalogue: Catalogue, chrome: SiteChrome
) -> Iterator[LaterPage]:
    """The documents *slugs*, of which the page that *head* describes cannot hold all."""
    whole, index = Link(escape(head.title), head.path), urls.beside(head.path, "documents")
    for page in document_year_pages(slugs, index, catalogue):
        yield LaterPage(
            page.place.path,
            frozenset(page.items),
            (page.place, whole, head, page.items),
            partial(_document_table_page, page, whole, head, catalogue, chrome),
        )


def _document_table_page(
    page: ListPage[Slug], whole: Link, head: Head, catalogue: Catalogue, chrome: SiteChrome
) -> Page:
    return make_part_page("documents.html", document_table(page, whole, catalogue), head, chrome)
