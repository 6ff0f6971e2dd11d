"""Documents as lines of a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from .. import urls
from ..model import Slug
from ..words import date_words, years_words
from .catalogue import Catalogue, Link
from .list_pages import (
    ListPage,
    ListPart,
    ListPlace,
    Month,
    dated_list,
    dated_pages,
    year_parts,
)

DOCUMENTS_SHOWN = 200
"""Of a topic or outlet on its own page; where it has more, pages of its years list all."""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document in a list."""

    link: Link
    lang: str | None
    outlets: tuple[Link, ...]
    """Its own and those of its parts."""
    date: str
    years: str
    """For a narrow column; empty where not known."""
    sort: str
    has_date: bool
    parts: int
    claims: int
    """Suggested ones are not counted."""
    speakers: int
    is_draft: bool


@dataclass(frozen=True, slots=True)
class DocumentListView:
    """A page of a list of documents."""

    whole: Link | None
    """Whose documents they are, and its page; None for the list of all documents."""
    documents: tuple[DocumentLine, ...]
    place: ListPlace


def document_list_pages(catalogue: Catalogue) -> Iterator[ListPage[Slug]]:
    """What stands on each page of the list of all documents, newest first; long, it is one a year."""
    slugs, messages = tuple(catalogue.archive.documents), catalogue.messages
    title, index = messages.say("nav.documents"), urls.section("documents")
    yield from dated_list(title, index, slugs, partial(_month_of, catalogue), slugs, messages)


def document_years(slugs: Sequence[Slug], index: str, catalogue: Catalogue) -> tuple[ListPart, ...]:
    """The years of the documents *slugs*, whose list begins at the page *index*."""
    return year_parts(index, slugs, partial(_month_of, catalogue), catalogue.messages)


def more_documents(slugs: Sequence[Slug], page: str, catalogue: Catalogue) -> tuple[ListPart, ...]:
    """The years of the documents *slugs* where they are more than the record's *page* shows."""
    if len(slugs) <= DOCUMENTS_SHOWN:
        return ()
    return document_years(slugs, urls.beside(page, "documents"), catalogue)


def document_year_pages(
    slugs: Sequence[Slug], index: str, catalogue: Catalogue
) -> Iterator[ListPage[Slug]]:
    """What stands on the pages of the documents *slugs*, a year after the other, in their order."""
    title = catalogue.messages.say("nav.documents")
    month_of = partial(_month_of, catalogue)
    yield from dated_pages(title, index, slugs, month_of, catalogue.messages)


def document_table(
    page: ListPage[Slug], whole: Link | None, catalogue: Catalogue
) -> DocumentListView:
    """The documents of *page*, which belongs to the page *whole*, or to the list of all."""
    return DocumentListView(whole, document_lines(page.items, catalogue), page.place)


def _month_of(catalogue: Catalogue, slug: Slug) -> Month:
    date = catalogue.archive.documents[slug].document.date
    return (date.year, date.month) if date is not None else (None, None)


def document_lines(slugs: Iterable[Slug], catalogue: Catalogue) -> tuple[DocumentLine, ...]:
    """The lines of the documents *slugs*, in their order."""
    return tuple(_document_line(slug, catalogue) for slug in slugs)


def _document_line(slug: Slug, catalogue: Catalogue) -> DocumentLine:
    linked = catalogue.archive.documents[slug]
    document, messages = linked.document, catalogue.messages
    counted = [claim for claim in linked.claims if claim.counted]
    date = document.date
    return DocumentLine(
        link=catalogue.documents[slug],
        lang=document.lang,
        outlets=tuple(link for name in linked.outlets if (link := catalogue.outlet(name))),
        date=date_words(date, messages),
        years=years_words(date, messages),
        sort="{:04}-{:02}-{:02}".format(*date.sort_key) if date else "9999",
        has_date=date is not None,
        parts=len(linked.parts),
        claims=len(counted),
        speakers=len({ref for claim in counted for ref in claim.claim.by}),
        is_draft=document.review == "suggested",
    )
