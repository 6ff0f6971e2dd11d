"""What the tests of extraction share: a text becomes an ``Extraction`` in one call."""

from __future__ import annotations

from sourcebook.ingest.authority import Authority
from sourcebook.ingest.extract import ClaimFound, Extraction, extract
from sourcebook.ingest.reading import Reading

NOTHING_KNOWN = Authority()


def extract_text(text: str, authority: Authority = NOTHING_KNOWN) -> Extraction:
    """The extraction of a plain text."""
    return extract(Reading(text, "text/plain", "utf-8", "detected"), authority)


def said(text: str, authority: Authority = NOTHING_KNOWN) -> list[tuple[str | None, str]]:
    """(speaker, quote) of each claim."""
    return [(claim.speaker, claim.quote) for claim in extract_text(text, authority).claims]


def only_claim(text: str, authority: Authority = NOTHING_KNOWN) -> ClaimFound:
    """The claim of a text that has exactly one."""
    (claim,) = extract_text(text, authority).claims
    return claim
