"""One document with what stands in it: parts, claims, notes and names, in text order."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar
from unicodedata import is_normalized

from ..anchors import DocumentPlaces, Span, Spans
from ..load import Content
from ..model import Claim, Document, Note, Slug, Text
from .archive import (
    ClaimKey,
    LinkedClaim,
    LinkedDocument,
    LinkedNote,
    LinkedPart,
    LinkedRelation,
    Mention,
)

K = TypeVar("K")
Annotation = TypeVar("Annotation", bound=Claim | Note)

Relations = Mapping[ClaimKey, tuple[LinkedRelation, ...]]
"""Of one document, by its claims."""


class Pages(NamedTuple):
    """Which actors, topics and outlets have a page: all else in a document is its own."""

    actors: frozenset[Slug]
    topics: frozenset[Slug]
    outlets: frozenset[Slug]

    @classmethod
    def of(cls, content: Content) -> Pages:
        """Those of *content*."""
        return cls(frozenset(content.actors), frozenset(content.topics), frozenset(content.outlets))


def link_document(
    document: Document,
    places: DocumentPlaces,
    relations: Relations,
    pages: Pages,
    translations: tuple[Slug, ...],
) -> LinkedDocument:
    """*document* with all that stands in it, in text order, and its *relations*."""
    parts = _link_parts(document, places)
    claims = _link_claims(document, places, parts, relations)
    mentions = tuple(
        Mention(
            name.actor,
            document.slug,
            _part_at(parts, name.span.start),
            name.span,
        )
        for name in places.names
        if name.actor in pages.actors
    )
    speaks = Counter(ref.slug for c in claims for ref in c.claim.by if ref.kind == "actor")
    named = Counter(mention.actor for mention in mentions)
    also = {*document.actors, *(actor for part in document.parts for actor in part.actors)}
    actors = {a for a in (*speaks, *named, *also) if a in pages.actors}
    outlets = (document.outlet, *(part.outlet for part in parts), *(c.outlet for c in claims))
    topics = (
        *document.topics,
        *(topic for part in document.parts for topic in part.topics),
        *(topic for claim in claims for topic in claim.claim.topics),
    )
    return LinkedDocument(
        document=document,
        places=places,
        parts=parts,
        claims=claims,
        notes=tuple(
            LinkedNote(note, number, spans, _part_at(parts, spans[0].start))
            for number, (note, spans) in enumerate(
                _in_text_order(document.notes, places.notes, places.text), start=1
            )
        ),
        mentions=mentions,
        actors=tuple(sorted(actors, key=lambda a: (-speaks[a], -named[a], a))),
        topics=unique(t for t in topics if t in pages.topics),
        outlets=unique(o for o in outlets if o is not None and o in pages.outlets),
        translations=translations,
    )


def _in_text_order(
    records: Sequence[Annotation], placed: Sequence[tuple[str, tuple[Span, ...]]], text: Text
) -> Iterator[tuple[Annotation, tuple[Span, ...]]]:
    by_id = {record.id: record for record in records}
    return ((_as_printed(by_id[id], spans, text), spans) for id, spans in placed if id in by_id)


def _as_printed(record: Annotation, spans: Sequence[Span], text: Text) -> Annotation:
    """*record* with the words of the *text* for its quote.

    A quote that was found may have bullets, rules and signs without width besides: layout to the
    contract, but "- 5 degrees" to a reader of a page that has "5 degrees".
    """
    # Of what is composed already, normalising only takes away: as long means the same words.
    if all(
        len(passage) == span.end - span.start and is_normalized("NFC", passage)
        for passage, span in zip(record.quote, spans, strict=True)
    ):
        return record
    words = str(text)
    return replace(record, quote=tuple(words[span.start : span.end] for span in spans))


def _link_parts(document: Document, places: DocumentPlaces) -> tuple[LinkedPart, ...]:
    records = {part.id: part for part in document.parts}
    parts = []
    for number, place in enumerate(places.parts, start=1):
        part = records[place.id]
        inherited = document.inherit - part.unknown
        parts.append(
            LinkedPart(
                part=part,
                number=number,
                start=place.start,
                end=place.end,
                outlet=part.outlet or (document.outlet if "outlet" in inherited else None),
                date=part.date or (document.date if "date" in inherited else None),
                authors=part.authors or (document.authors if "authors" in inherited else ()),
                lang=part.lang or (document.lang if "lang" in inherited else None),
                heading=place.heading,
            )
        )
    return tuple(parts)


def _part_at(parts: Sequence[LinkedPart], offset: int) -> str | None:
    # Parts stand in text order and never in one another.
    at = bisect_right(parts, offset, key=lambda part: part.start) - 1
    return parts[at].part.id if at >= 0 and offset < parts[at].end else None


def _link_claims(
    document: Document,
    places: DocumentPlaces,
    parts: Sequence[LinkedPart],
    relations: Relations,
) -> tuple[LinkedClaim, ...]:
    by_id = {part.part.id: part for part in parts}
    noted = Spans.of(span for _, spans in places.notes for span in spans)
    is_accepted = document.review != "suggested"
    claims = []
    for number, (claim, spans) in enumerate(
        _in_text_order(document.claims, places.claims, places.text), start=1
    ):
        key = ClaimKey(document.slug, claim.id)
        part_id = _part_at(parts, spans[0].start)
        part = by_id[part_id] if part_id is not None else None
        claims.append(
            LinkedClaim(
                key=key,
                claim=claim,
                number=number,
                spans=spans,
                part=part_id,
                outlet=part.outlet if part is not None else document.outlet,
                published=part.date if part is not None else document.date,
                counted=is_accepted and claim.review != "suggested",
                relations=relations.get(key, ()),
                overlaps_note=any(noted.overlap(span) for span in spans),
            )
        )
    return tuple(claims)


def unique(items: Iterable[K]) -> tuple[K, ...]:
    """*items* once each, in the order in which they come first."""
    return tuple(dict.fromkeys(items))
