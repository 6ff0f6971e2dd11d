"""The archive in numbers: what is held, and what is still to do."""

from __future__ import annotations

from collections import Counter

from .checked import CheckedArchive
from .link import link_archive

Row = tuple[str, int, str]
"""What is counted, how many, and a word on it."""


def count_archive(checked: CheckedArchive) -> list[Row]:
    """The rows of ``sourcebook stats``. Drafts are among the documents, suggested claims apart."""
    archive = link_archive(checked.content, checked.places, drafts=True)
    claims = archive.claims.values()
    counted = [claim for claim in claims if claim.counted]
    speakers = {ref for claim in counted for ref in claim.claim.by}
    drafts = sum(d.document.review == "suggested" for d in archive.documents.values())
    verified = sum(v.status == "equal" for v in checked.verifications.values())
    answered = [answers for answers in archive.answers_to.values() if answers]
    rival = sum(len({a.claim.outlet for a in answers} - {None}) > 1 for answers in answered)
    forms = Counter(claim.claim.form or "form not said" for claim in counted)
    groups = set(archive.repeats.values())
    return [
        ("documents", len(archive.documents), _words((verified, "verified"), (drafts, "drafts"))),
        ("parts", sum(len(d.parts) for d in archive.documents.values()), ""),
        (
            "claims",
            len(counted),
            _words(*((number, form) for form, number in forms.most_common())),
        ),
        ("suggested claims", len(archive.claims) - len(counted), "to accept or delete"),
        ("notes", sum(len(d.notes) for d in archive.documents.values()), ""),
        ("actors", len(archive.actors), f"{len(speakers)} speakers, outlets included"),
        ("topics", len(archive.topics), ""),
        ("outlets", len(archive.outlets), ""),
        ("questions", len(archive.questions), f"{rival} answered by two or more outlets"),
        ("statements told twice or more", len(groups), "joined by `repeats`"),
        (
            "words",
            sum(len(str(p.text).split()) for p in checked.places.values()),
            "in all documents",
        ),
    ]


def _words(*counts: tuple[int, str]) -> str:
    return ", ".join(f"{n} {word}" for n, word in counts if n)
