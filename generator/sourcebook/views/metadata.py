"""What pages say to reference managers and search engines: meta elements and JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable

from .. import urls
from ..edtf import Edtf
from ..link import LinkedDocument
from .catalogue import Catalogue, ClaimView
from .document import DocumentView
from .frame import JsonValue

CLAIMS_IN_JSON = 5
"""Claims of a document that its JSON-LD lists; the page holds all."""


def iso_date(date: Edtf | None) -> str | None:
    """*date* as ISO 8601, only where it is one certain day, month or year."""
    if date is None or date.is_interval or date.start is None:
        return None
    day = date.start
    if day.year is None or day.year < 1 or day.qualifier or day.season:
        return None
    parts = [f"{day.year:04}"]
    if day.month is not None:
        parts.append(f"{day.month:02}")
        if day.day is not None:
            parts.append(f"{day.day:02}")
    return "-".join(parts)


def document_meta(linked: LinkedDocument, catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """What Zotero and its like read of a document; nothing that is not known."""
    document = linked.document
    outlet = catalogue.outlet(document.outlet)
    date = iso_date(document.date)
    site = catalogue.settings.url
    pairs: list[tuple[str, str | None]] = [
        ("z:itemType", "newspaperArticle" if outlet else "webpage"),
        ("citation_title", document.title),
        *(("citation_author", author) for author in document.authors),
        ("citation_publication_date", date.replace("-", "/") if date else None),
        ("citation_language", document.lang),
        ("prism.publicationName", outlet.text.unescape() if outlet else None),
        ("citation_public_url", document.url),
        ("dc.title", document.title),
        *(("dc.creator", author) for author in document.authors),
        ("dc.date", date),
        ("dc.publisher", outlet.text.unescape() if outlet else None),
        ("dc.language", document.lang),
        ("dc.source", document.url),
        ("dc.identifier", urls.absolute(site, urls.document(document.slug)) if site else None),
        ("dc.rights", document.rights.licence),
    ]
    return tuple((name, content) for name, content in pairs if content)


def document_json(linked: LinkedDocument, view: DocumentView, catalogue: Catalogue) -> JsonValue:
    """The document as schema.org says it, with its claims."""
    document, settings = linked.document, catalogue.settings
    outlet = catalogue.outlet(document.outlet)
    page = urls.absolute(settings.url, urls.document(document.slug)) if settings.url else None
    return _without_nothing(
        {
            "@context": "https://schema.org",
            "@type": ["NewsArticle", "ArchiveComponent"]
            if outlet
            else ["CreativeWork", "ArchiveComponent"],
            "@id": page,
            "name": document.title,
            "inLanguage": document.lang,
            "datePublished": iso_date(document.date),
            "author": [{"@type": "Person", "name": name} for name in document.authors],
            "publisher": _organisation(outlet.text.unescape()) if outlet else None,
            "isBasedOn": view.url,
            "holdingArchive": {
                "@type": "ArchiveOrganization",
                "name": settings.title,
                **({"url": settings.url} if settings.url else {}),
            },
            "identifier": [f"sha256:{capture.sha256}" for capture in document.captures],
            "hasPart": [
                claim_json(card.claim, catalogue, with_context=False)
                for card in view.claims[:CLAIMS_IN_JSON]
                if card.claim.review != "suggested"
            ],
        }
    )


def claim_json(claim: ClaimView, catalogue: Catalogue, *, with_context: bool = True) -> JsonValue:
    """A claim as schema.org says it: who made it, in which words, where it appears."""
    site = catalogue.settings.url
    return _without_nothing(
        {
            "@context": "https://schema.org" if with_context else None,
            "@type": "Claim",
            "@id": urls.absolute(site, claim.place) if site else None,
            "text": claim.says.unescape() if claim.says else None,
            "description": claim.quote.striptags(),
            "author": [
                {"@type": "Thing", "name": speaker.text.unescape()} for speaker in claim.speakers
            ],
            "appearance": {
                "@type": "CreativeWork",
                "name": claim.document.text.unescape(),
                "publisher": _organisation(claim.outlet.text.unescape()) if claim.outlet else None,
            }
            if with_context
            else None,
        }
    )


def _organisation(name: str) -> JsonValue:
    return {"@type": "Organization", "name": name}


def _without_nothing(fields: dict[str, JsonValue]) -> JsonValue:
    """*fields* without those that have nothing to say, within them too."""
    kept: dict[str, JsonValue] = {}
    for name, value in fields.items():
        inner = _without_nothing(value) if isinstance(value, dict) else value
        if inner not in (None, [], {}):
            kept[name] = inner
    return kept


def describe(texts: Iterable[str], length: int = 160) -> str:
    """*texts* as one line for a search engine's list, cut at a word."""
    line = " ".join(" ".join(texts).split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0].rstrip(",;:–— ") + "…"
