"""What an archive dates: events, statements, publications and captures, four things kept apart.

A statement is dated only where its text says when it was made: the day on which a document appeared
is the day of a publication, and never stands in for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup, escape

from .. import urls
from ..edtf import Edtf
from ..link import LinkedClaim, LinkedDocument, LinkedPart
from ..messages import direction_of
from ..model import Slug
from .catalogue import Catalogue, Link, language_of, lemma_of, who_says

Kind = Literal["event", "statement", "publication", "capture"]

KINDS: tuple[Kind, ...] = ("event", "statement", "publication", "capture")
"""In the order of their rows: what happened, who spoke, who printed it, who kept it."""


@dataclass(frozen=True, slots=True)
class DatedItem:
    """Something with a date, and the page or the place in a page that it is."""

    kind: Kind
    date: Edtf
    link: Link
    who: Markup | None = None
    """Who speaks, for a statement."""
    outlet: Link | None = None
    lang: str | None = None
    """The language of a statement's words."""
    direction: str | None = None


def dated_items(catalogue: Catalogue) -> tuple[DatedItem, ...]:
    """All that the archive dates."""
    archive = catalogue.archive
    return (
        *event_items(archive.topics, catalogue),
        *statement_items(archive.claims.values(), catalogue),
        *(item for one in archive.documents.values() for item in _publications(one, catalogue)),
        *capture_items(archive.documents, catalogue),
    )


def is_dated(catalogue: Catalogue) -> bool:
    """Whether the archive dates anything."""
    archive = catalogue.archive
    has_event = next(event_items(archive.topics, catalogue), None)
    has_statement = next(statement_items(archive.claims.values(), catalogue), None)
    if has_event or has_statement:
        return True
    return any(
        document.date
        or any(capture.captured for capture in document.captures)
        or any(part.date for part in document.parts)
        for document in (linked.document for linked in archive.documents.values())
    )


def event_items(topics: Iterable[Slug], catalogue: Catalogue) -> Iterator[DatedItem]:
    """Those of *topics* that are events with a date."""
    for slug in dict.fromkeys(topics):
        topic = catalogue.archive.topics.get(slug)
        if topic is not None and topic.kind == "event" and topic.date is not None:
            yield DatedItem("event", topic.date, catalogue.topics[slug])


def statement_items(claims: Iterable[LinkedClaim], catalogue: Catalogue) -> Iterator[DatedItem]:
    """Those of *claims* whose text says when they were made; none that is only suggested."""
    for linked in claims:
        if linked.claim.date is None or not linked.counted:
            continue
        # Few words of a claim are shown: its view has them all, and takes three times as long.
        lang = language_of(linked, catalogue.archive.documents[linked.key.document])
        yield DatedItem(
            "statement",
            linked.claim.date,
            Link(lemma_of(linked.claim), urls.claim(*linked.key)),
            who=who_says(linked.claim, catalogue),
            outlet=catalogue.outlet(linked.outlet),
            lang=lang,
            direction=direction_of(lang),
        )


def publication_items(claims: Iterable[LinkedClaim], catalogue: Catalogue) -> Iterator[DatedItem]:
    """What carries *claims*, each document or part once: where the part has a date of its own, it."""
    seen: set[tuple[Slug, str | None]] = set()
    for linked in claims:
        document = catalogue.archive.documents[linked.key.document]
        part = None
        if linked.part is not None:
            part = next((part for part in document.parts if part.part.id == linked.part), None)
        own = part if part is not None and part.part.date is not None else None
        key = (document.document.slug, own.part.id if own is not None else None)
        if linked.counted and linked.published is not None and key not in seen:
            seen.add(key)
            yield _publication(linked.published, document, own, catalogue)


def capture_items(documents: Iterable[Slug], catalogue: Catalogue) -> Iterator[DatedItem]:
    """The captures of *documents* of which it is known when they were made."""
    for slug in dict.fromkeys(documents):
        document = catalogue.archive.documents[slug].document
        for date in dict.fromkeys(capture.captured for capture in document.captures):
            if date is not None:
                outlet = catalogue.outlet(document.outlet)
                yield DatedItem("capture", date, catalogue.documents[slug], outlet=outlet)


def _publications(document: LinkedDocument, catalogue: Catalogue) -> Iterator[DatedItem]:
    """The document, and each part with a date of its own: what is inherited is said once."""
    if document.document.date is not None:
        yield _publication(document.document.date, document, None, catalogue)
    for part in document.parts:
        if part.part.date is not None:
            yield _publication(part.part.date, document, part, catalogue)


def _publication(
    date: Edtf, document: LinkedDocument, part: LinkedPart | None, catalogue: Catalogue
) -> DatedItem:
    slug = document.document.slug
    if part is None:
        outlet = catalogue.outlet(document.document.outlet)
        return DatedItem("publication", date, catalogue.documents[slug], outlet=outlet)
    number = catalogue.messages.say("part.number", n=part.number)
    title = escape(part.heading) if part.heading else number
    return DatedItem(
        "publication",
        date,
        Link(title, urls.part(slug, part.part.id)),
        outlet=catalogue.outlet(part.outlet),
    )


def undated_statements(claims: Iterable[LinkedClaim]) -> int:
    """How many of *claims* have no date of their own."""
    return sum(1 for claim in claims if claim.counted and claim.claim.date is None)
