"""Where a document's text comes from, and what stands for it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from .. import urls
from ..fidelity import Verification
from ..fields import parse_url
from ..link import LinkedDocument
from ..messages import Messages
from ..model import Capture, Correction, Document
from ..words import date_words
from .catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class CaptureView:
    """A capture of the document."""

    file: str | None
    """Its name; None where the capture is not in the archive."""
    path: str | None
    """Where the site publishes it; None where it does not."""
    sha256: str
    captured: str | None
    reading: str | None
    """What took the text out of it."""


@dataclass(frozen=True, slots=True)
class CorrectionView:
    """A deliberate difference between the capture's text and the page's."""

    was: str
    now: str
    before: str
    after: str
    reason: str | None
    by: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class Provenance:
    """What a reader can check."""

    is_verified: bool
    """False: it cannot be checked. A text that differs from its capture's has no page."""
    reason: Markup | None
    """Why it cannot be checked."""
    short_hash: str
    captures: tuple[CaptureView, ...]
    fingerprint: str
    characters: int
    url: str | None
    archived: tuple[str, ...]
    added: str | None
    annotators: tuple[str, ...]
    holder: str | None
    licence: str | None
    corrections: tuple[CorrectionView, ...]
    withheld: int
    parts: int
    claims: int
    suggested: int
    notes: int


def provenance_of(
    linked: LinkedDocument, verification: Verification, catalogue: Catalogue
) -> Provenance:
    """What the page of *linked* says of its origin."""
    document, messages = linked.document, catalogue.messages
    publish = catalogue.settings.publish_captures
    first = document.captures[0] if document.captures else None
    suggested = sum(1 for claim in linked.claims if not claim.counted)
    return Provenance(
        is_verified=verification.status == "equal",
        reason=_reason(verification, document, messages),
        short_hash=f"{first.sha256[:4]} {first.sha256[4:8]}…" if first else "",
        captures=tuple(
            _capture_view(capture, catalogue, publish=publish) for capture in document.captures
        ),
        fingerprint=document.transcription,
        characters=len(str(linked.places.text)),
        url=document.url,
        archived=tuple(url for url in document.archived if parse_url(url)),
        added=date_words(document.added, messages) if document.added else None,
        annotators=document.annotators,
        holder=document.rights.holder,
        licence=document.rights.licence,
        corrections=tuple(_correction_view(one, catalogue) for one in document.corrections),
        withheld=len(document.withheld),
        parts=len(linked.parts),
        claims=len(linked.claims) - suggested,
        suggested=suggested,
        notes=len(linked.notes),
    )


def _reason(verification: Verification, document: Document, messages: Messages) -> Markup | None:
    if verification.status != "cannot-check":
        return None
    is_held = bool(document.captures) and document.captures[0].file is not None
    return messages.say(f"proof.reason-{'unreadable' if is_held else 'not-held'}")


def _capture_view(capture: Capture, catalogue: Catalogue, *, publish: bool) -> CaptureView:
    reading = capture.reading
    return CaptureView(
        file=capture.file,
        path=quote(urls.capture(capture.file)) if publish and capture.file else None,
        sha256=capture.sha256,
        captured=date_words(capture.captured, catalogue.messages) if capture.captured else None,
        reading=f"{reading.by} {reading.version or ''}".strip() if reading else None,
    )


def _correction_view(correction: Correction, catalogue: Catalogue) -> CorrectionView:
    return CorrectionView(
        was=correction.was,
        now=correction.now,
        before=correction.before or "",
        after=correction.after or "",
        reason=correction.reason,
        by=correction.by,
        date=date_words(correction.date, catalogue.messages) if correction.date else None,
    )
