"""The page on the archive itself: the contract of its texts, its counts, how to cite it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..fidelity import Verification
from ..model import Slug
from .catalogue import Catalogue


@dataclass(frozen=True, slots=True)
class AboutView:
    """All that the About page shows."""

    title: str
    description: str
    documents: int
    verified: int
    """Documents whose text was compared with their capture's and is equal."""
    parts: int
    claims: int
    suggested: int
    notes: int
    actors: int
    topics: int
    outlets: int
    questions: int
    corrections: int
    licence: str | None
    contributors: tuple[str, ...]
    source: str | None
    url: str | None


def about_view(catalogue: Catalogue, verifications: Mapping[Slug, Verification]) -> AboutView:
    """The About page; *verifications* are those of all documents."""
    archive, settings = catalogue.archive, catalogue.settings
    documents = archive.documents.values()
    counted = sum(1 for claim in archive.claims.values() if claim.counted)
    return AboutView(
        title=settings.title,
        description=settings.description or "",
        documents=len(archive.documents),
        verified=sum(1 for slug in archive.documents if verifications[slug].status == "equal"),
        parts=sum(len(linked.parts) for linked in documents),
        claims=counted,
        suggested=len(archive.claims) - counted,
        notes=sum(len(linked.notes) for linked in documents),
        actors=len(archive.actors),
        topics=len(archive.topics),
        outlets=len(archive.outlets),
        questions=len(archive.questions),
        corrections=sum(len(linked.document.corrections) for linked in documents),
        licence=settings.licence,
        contributors=settings.contributors,
        source=settings.source,
        url=settings.url,
    )
