"""The first half of the pipeline: an archive as its files have it, and all that is wrong with it.

Files, content, places, diagnostics. ``check``, ``show`` and ``stats`` end here; ``build`` goes on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from .anchors import DocumentPlaces, Names, actors_named, names_of, place_annotations
from .cache import Recall, forget
from .check import check_content
from .diagnostics import Diagnostic, Severity, sort_diagnostics
from .fidelity import Verification, check_other_captures, verify_document
from .frontmatter import locate_diagnostics
from .load import FOLDERS, CaptureFile, Content, load_capture, load_content, load_record
from .markup import parse_body
from .model import Document, Slug
from .progress import track
from .settings import Settings, load_settings


@dataclass(frozen=True, slots=True)
class CheckedArchive:
    """An archive as its files have it, with everything that is wrong with it."""

    root: Path
    settings: Settings | None
    """None where archive.yaml cannot be used; everything else is checked all the same."""
    content: Content
    places: Mapping[Slug, DocumentPlaces]
    verifications: Mapping[Slug, Verification]
    diagnostics: tuple[Diagnostic, ...]
    """Sorted by file and line, with their places."""

    @property
    def files(self) -> int:
        """How many files were looked at, archive.yaml among them."""
        return self.content.files + 1


def check_archive(
    root: Path, with_progress: bool = False, recall: Recall = forget
) -> CheckedArchive:
    """Read everything and find everything that is wrong, in one run. Writes nothing."""
    settings, diagnostics = load_settings(root)
    content, found = load_content(root, recall)
    diagnostics += found
    names = names_of(content.actors.values())
    places: dict[Slug, DocumentPlaces] = {}
    verifications: dict[Slug, Verification] = {}
    documents = content.documents
    for document in track(documents.values(), "checking", len(documents), with_progress):
        places[document.slug], verifications[document.slug], found = read_document(
            root, document, names, recall
        )
        diagnostics += found
    diagnostics += check_content(content, date.today())
    located = locate_diagnostics(diagnostics, lambda path: read_text(root, path))
    return CheckedArchive(
        root, settings, content, places, verifications, tuple(sort_diagnostics(located))
    )


def recheck_document(
    root: Path, checked: CheckedArchive, slug: Slug, recall: Recall
) -> CheckedArchive | None:
    """*checked* as it is after only the file of the document *slug* was saved.

    None where that file alone has an error now. The rules that need more than one record are not
    asked, so its diagnostics are those of before: who shows what this gives has to check all.
    """
    path = root / "content" / FOLDERS["document"] / f"{slug}.md"
    if slug not in checked.content.documents or path.is_symlink() or not path.is_file():
        return None
    document, found = load_record("document", slug, path, root, recall)
    if document is None:
        return None
    names = names_of(checked.content.actors.values())
    places, verification, more = read_document(root, document, names, recall)
    if any(diagnostic.severity is Severity.ERROR for diagnostic in (*found, *more)):
        return None
    documents = {**checked.content.documents, slug: document}
    return replace(
        checked,
        content=replace(checked.content, documents=documents),
        places={**checked.places, slug: places},
        verifications={**checked.verifications, slug: verification},
    )


DocumentReading = tuple[DocumentPlaces, Verification, list[Diagnostic]]


def read_document(
    root: Path, document: Document, names: Names, recall: Recall = forget
) -> DocumentReading:
    """What is derived from one document alone: its places, and whether it reads as its capture.

    It depends on the document, its capture, and the names of the actors that it names; so it is
    recalled while these are the same.
    """
    capture, *others = (load_capture(root, capture) for capture in document.captures)
    wanted = {slug: names[slug] for slug in actors_named(document) if slug in names}
    key = (document, capture, others, wanted)
    return recall(
        ("document", document.slug), key, lambda: _read_document(document, capture, others, wanted)
    )


def _read_document(
    document: Document, capture: CaptureFile, others: Sequence[CaptureFile], names: Names
) -> DocumentReading:
    body = parse_body(document.body)
    places, diagnostics = place_annotations(document, body, names)
    verification, found = verify_document(document, body, capture)
    return places, verification, [*diagnostics, *found, *check_other_captures(document, others)]


def read_text(root: Path, path: str) -> str | None:
    """The text of a file of the archive for showing a line of it; None where it has none."""
    file = root / path
    if not file.resolve().is_relative_to(root.resolve()):
        return None
    try:
        return file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
