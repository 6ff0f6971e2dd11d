"""What an archive dates: events, statements, publications and captures, four things kept apart.

A statement is dated only where its text says when it was made: the day on which a document appeared
is the day of a publication, and never stands in for it. What is dated has no words until a page
shows it: a timeline walks over all of it for each of its pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from markupsafe import Markup, escape

from .. import urls
from ..edtf import Edtf
from ..link import ClaimKey, LinkedClaim
from ..messages import direction_of
from ..model import Slug
from .catalogue import Catalogue, Link, language_of, lemma_of, who_says

Kind = Literal["event", "statement", "publication", "capture"]

KINDS: tuple[Kind, ...] = ("event", "statement", "publication", "capture")
"""In the order of their rows: what happened, who spoke, who printed it, who kept it."""


Thing = tuple[Slug, str]
"""The slug of a topic or document; of what is in a document, the id of the claim or part, else ``""``."""


class DatedItem(NamedTuple):
    """Something with a date."""

    kind: Kind
    date: Edtf
    thing: Thing


class ItemView(NamedTuple):
    """Something with a date as pages show it, and the page or the place in a page that it is."""

    kind: Kind
    link: Link
    who: Markup | None = None
    """Who speaks, for a statement."""
    outlet: Link | None = None
    lang: str | None = None
    """The language of a statement's words."""
    direction: str | None = None


def address_of(kind: Kind, thing: Thing) -> str:
    """The page or the place in a page that *thing* is."""
    slug, id = thing
    if kind == "event":
        return urls.topic(slug)
    if not id:
        return urls.document(slug)
    return urls.claim(slug, id) if kind == "statement" else urls.part(slug, id)


def item_view(kind: Kind, thing: Thing, catalogue: Catalogue) -> ItemView:
    """The words of *thing*."""
    slug, id = thing
    if kind == "event":
        return ItemView(kind, catalogue.topics[slug])
    document = catalogue.archive.documents[slug]
    if kind == "statement":
        linked = catalogue.archive.claims[ClaimKey(slug, id)]
        # Few words of a claim are shown: its view has them all, and takes three times as long.
        lang = language_of(linked, document)
        return ItemView(
            kind,
            Link(lemma_of(linked.claim), urls.claim(slug, id)),
            who=who_says(linked.claim, catalogue),
            outlet=catalogue.outlet(linked.outlet),
            lang=lang,
            direction=direction_of(lang),
        )
    if not id:
        outlet = catalogue.outlet(document.document.outlet)
        return ItemView(kind, catalogue.documents[slug], outlet=outlet)
    part = next(part for part in document.parts if part.part.id == id)
    say = catalogue.messages.say
    # A number alone says nothing outside of its document.
    number = (catalogue.documents[slug].text, say("part.number", n=part.number))
    title = escape(part.heading) if part.heading else say("list.comma").join(number)
    return ItemView(kind, Link(title, urls.part(slug, id)), outlet=catalogue.outlet(part.outlet))


def dated_items(catalogue: Catalogue) -> Iterator[DatedItem]:
    """All that the archive dates."""
    archive = catalogue.archive
    yield from event_items(archive.topics, catalogue)
    yield from statement_items(archive.claims.values())
    for slug, linked in archive.documents.items():
        if linked.document.date is not None:
            yield DatedItem("publication", linked.document.date, (slug, ""))
        # Each part with a date of its own: what is inherited is said once.
        for part in linked.parts:
            if part.part.date is not None:
                yield DatedItem("publication", part.part.date, (slug, part.part.id))
    yield from capture_items(archive.documents, catalogue)


def is_dated(catalogue: Catalogue) -> bool:
    """Whether the archive dates anything."""
    return next(dated_items(catalogue), None) is not None


def event_items(topics: Iterable[Slug], catalogue: Catalogue) -> Iterator[DatedItem]:
    """Those of *topics* that are events with a date."""
    for slug in dict.fromkeys(topics):
        topic = catalogue.archive.topics.get(slug)
        if topic is not None and topic.kind == "event" and topic.date is not None:
            yield DatedItem("event", topic.date, (slug, ""))


def statement_items(claims: Iterable[LinkedClaim]) -> Iterator[DatedItem]:
    """Those of *claims* whose text says when they were made; none that is only suggested."""
    for linked in claims:
        date = linked.claim.date
        if date is not None and linked.counted:
            yield DatedItem("statement", date, linked.key)


def publication_items(claims: Iterable[LinkedClaim], catalogue: Catalogue) -> Iterator[DatedItem]:
    """What carries *claims*, each document or part once: where the part has a date of its own, it."""
    seen: set[Thing] = set()
    for linked in claims:
        slug = linked.key.document
        thing = (slug, "")
        if linked.part is not None:
            parts = catalogue.archive.documents[slug].document.parts
            own = (part.id for part in parts if part.id == linked.part and part.date is not None)
            thing = (slug, next(own, ""))
        if linked.counted and linked.published is not None and thing not in seen:
            seen.add(thing)
            yield DatedItem("publication", linked.published, thing)


def capture_items(documents: Iterable[Slug], catalogue: Catalogue) -> Iterator[DatedItem]:
    """The captures of *documents* of which it is known when they were made."""
    for slug in dict.fromkeys(documents):
        document = catalogue.archive.documents[slug].document
        for date in dict.fromkeys(capture.captured for capture in document.captures):
            if date is not None:
                yield DatedItem("capture", date, (slug, ""))


def undated_statements(claims: Iterable[LinkedClaim]) -> int:
    """How many of *claims* have no date of their own."""
    return sum(1 for claim in claims if claim.counted and claim.claim.date is None)
