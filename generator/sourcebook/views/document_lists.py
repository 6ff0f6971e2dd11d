"""Documents as lines of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ..model import Slug
from ..words import date_words, years_words
from .catalogue import Catalogue, Link


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
