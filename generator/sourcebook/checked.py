"""The first half of the pipeline: an archive as its files have it, and all that is wrong with it.

Files, content, places, diagnostics. ``check`` ends here; ``show``, ``stats`` and ``build`` go on.
Each record is examined by itself, by as many processes as pay; what an earlier run found is
recalled, and a document is not even unpacked where only problems are asked for and it has none.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from .anchors import DocumentPlaces, names_of
from .cache import Recall, forget
from .check import check_record, check_whole
from .copies import share_out
from .diagnostics import Diagnostic, Severity, sort_diagnostics
from .examined import Examined, Examiner, share
from .fidelity import Verification
from .frontmatter import locate_diagnostics
from .layout import FOLDERS, path_of
from .listing import Listing, list_content
from .load import Content, make_content
from .model import Slug
from .packing import nothing_to_collect, pack, unpack
from .profile import stage
from .progress import track
from .settings import Settings, load_settings
from .surroundings import Surroundings, Whole

T = TypeVar("T")

_WORTH_SHARING = 200
"""Records below which starting a process costs more than it saves: a third of a second of work."""
_BATCH = 32


@dataclass(frozen=True, slots=True)
class Problems:
    """All that is wrong with an archive."""

    root: Path
    diagnostics: tuple[Diagnostic, ...]
    """Sorted by file and line, with their places."""
    files: int
    """How many files were looked at, archive.yaml among them."""


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


@dataclass(frozen=True, slots=True)
class _Survey:
    """What the files of an archive show, each by itself."""

    settings: Settings | None
    listing: Listing
    found: Mapping[str, Mapping[Slug, Examined]]
    """By kind and slug."""
    diagnostics: Sequence[Diagnostic]

    def records(self, kind: str) -> dict[Slug, Any]:
        """The usable records of a kind."""
        held = ((slug, one.record.record) for slug, one in self.found[kind].items())
        return {slug: record.get() for slug, record in held if record is not None}

    def unreadable(self) -> frozenset[tuple[str, Slug]]:
        """(kind, slug) of files that are there but cannot be used."""
        unusable = (
            (kind, slug)
            for kind, found in self.found.items()
            for slug, one in found.items()
            if one.record.record is None
        )
        return self.listing.misnamed.union(unusable)


def find_problems(
    root: Path, with_progress: bool = False, recall: Recall = forget, jobs: int = 1
) -> Problems:
    """Everything that is wrong, found in one run; what is right is not even kept. Writes nothing."""
    with nothing_to_collect():
        survey = _survey(root, with_progress, recall, jobs)
        return Problems(root, _diagnose(root, survey), survey.listing.files + 1)


def check_archive(
    root: Path, with_progress: bool = False, recall: Recall = forget, jobs: int = 1
) -> CheckedArchive:
    """Read everything and find everything that is wrong, in one run. Writes nothing."""
    with nothing_to_collect():
        survey = _survey(root, with_progress, recall, jobs)
        diagnostics = _diagnose(root, survey)
        records = {folder: survey.records(kind) for kind, folder in FOLDERS.items()}
        texts = {slug: one.text for slug, one in survey.found["document"].items()}
        return CheckedArchive(
            root,
            survey.settings,
            make_content(survey.listing, records, survey.unreadable()),
            {slug: text.places.get() for slug, text in texts.items() if text is not None},
            {slug: text.verification for slug, text in texts.items() if text is not None},
            diagnostics,
        )


@stage("read")
def _survey(root: Path, with_progress: bool, recall: Recall, jobs: int) -> _Survey:
    settings, diagnostics = load_settings(root)
    listing, more = list_content(root)
    found: dict[str, Mapping[Slug, Examined]] = {}
    names: Mapping[Slug, tuple[str, ...]] = {}
    # Actors first: documents are searched for their names.
    for kind in ("actor", "topic", "outlet", "question", "document"):
        examiner = Examiner(root, names, listing.captures)
        found[kind] = _examine_all(examiner, kind, listing.pages[kind], recall, jobs, with_progress)
        if kind == "actor":
            held = (one.record.record for one in found[kind].values())
            names = names_of(actor.get() for actor in held if actor is not None)
    return _Survey(settings, listing, found, [*diagnostics, *more])


def _examine_all(
    examiner: Examiner,
    kind: str,
    slugs: Sequence[Slug],
    recall: Recall,
    jobs: int,
    with_progress: bool,
) -> dict[Slug, Examined]:
    """What each file of a kind shows, in the order of the slugs."""
    label = "checking"
    if jobs < 2 or len(slugs) < _WORTH_SHARING or sys.platform != "linux":
        tracked = track(slugs, label, len(slugs), with_progress)
        return {slug: examiner.examine(kind, slug, recall) for slug in tracked}
    known = dict(_recall_all(examiner, kind, slugs, recall))
    unknown = [slug for slug in slugs if slug not in known]

    def examine(slug: Slug) -> bytes:
        return pack(examiner.examine(kind, slug))

    shared = share_out(examine, unknown, jobs, batch=_BATCH, worth=_WORTH_SHARING)
    for slug, packed in zip(
        unknown, track(shared, label, len(unknown), with_progress), strict=True
    ):
        known[slug] = _remember(kind, slug, unpack(packed), recall)
    return {slug: known[slug] for slug in slugs}


class _UnknownError(Exception):
    """There is nothing to recall."""


def _recall_all(
    examiner: Examiner, kind: str, slugs: Sequence[Slug], recall: Recall
) -> Iterator[tuple[Slug, Examined]]:
    """What is known of files already: nothing is made, here least of all."""

    def recall_only(name: tuple[str, str], key: object, make: Callable[[], T]) -> T:
        del make
        result: T = recall(name, key, _make_nothing)
        return result

    for slug in slugs:
        try:
            yield slug, examiner.examine(kind, slug, recall_only)
        except _UnknownError:
            continue


def _make_nothing() -> Any:
    raise _UnknownError


def _remember(kind: str, slug: Slug, found: Examined, recall: Recall) -> Examined:
    """*found*, which another process made, kept as if it had been made here."""
    found = found._replace(record=share(found.record))
    recall((kind, slug), found.record_key, lambda: found.record)
    if found.text is not None:
        recall(("text", slug), found.text_key, lambda: found.text)
    return found


@stage("check")
def _diagnose(root: Path, survey: _Survey) -> tuple[Diagnostic, ...]:
    found = list(survey.diagnostics)
    for ones in survey.found.values():
        for one in ones.values():
            found += one.record.diagnostics
            if one.text is not None:
                found += one.text.diagnostics
    found += _check_needs(survey)
    captures = {
        slug: one.record.captures
        for slug, one in survey.found["document"].items()
        if one.record.record is not None
    }
    found += check_whole(
        Whole(
            captures,
            tuple(survey.listing.captures),
            survey.records("actor"),
            survey.records("topic"),
            survey.unreadable(),
        )
    )
    located = locate_diagnostics(found, lambda path: read_text(root, path))
    return tuple(sort_diagnostics(located))


def _check_needs(survey: _Survey) -> Iterator[Diagnostic]:
    """What is wrong with the records of which the archive does not meet all needs."""
    usable = {
        kind: {slug: one.record for slug, one in found.items() if one.record.record is not None}
        for kind, found in survey.found.items()
    }
    around = Surroundings(
        usable,
        survey.unreadable(),
        {slug: record.claims for slug, record in usable["document"].items()},
        survey.records("question"),
        date.today(),
    )
    asked = {need for ones in usable.values() for one in ones.values() for need in one.needs or ()}
    unmet = {need for need in asked if not around.meets(need)}
    for kind, ones in usable.items():
        for one in ones.values():
            if one.record is not None and (one.needs is None or not unmet.isdisjoint(one.needs)):
                yield from check_record(kind, one.record.get(), around)


def recheck_document(
    root: Path, checked: CheckedArchive, slug: Slug, recall: Recall
) -> CheckedArchive | None:
    """*checked* as it is after only the file of the document *slug* was saved.

    None where it cannot be said: the document is new, a link, or has an error by itself. The rules
    that need other records are not asked, so its diagnostics are those of before: who shows what
    this gives has to check all.
    """
    path = root / path_of("document", slug)
    if slug not in checked.content.documents or path.is_symlink() or not path.is_file():
        return None
    examiner = Examiner(root, names_of(checked.content.actors.values()), {})
    one = examiner.examine("document", slug, recall)
    record, text = one.record, one.text
    if record.record is None or text is None:
        return None
    found = (*record.diagnostics, *text.diagnostics)
    if any(diagnostic.severity is Severity.ERROR for diagnostic in found):
        return None
    documents = {**checked.content.documents, slug: record.record.get()}
    return replace(
        checked,
        content=replace(checked.content, documents=documents),
        places={**checked.places, slug: text.places.get()},
        verifications={**checked.verifications, slug: text.verification},
    )


def read_text(root: Path, path: str) -> str | None:
    """The text of a file of the archive for showing a line of it; None where it has none."""
    file = root / path
    if not file.resolve().is_relative_to(root.resolve()):
        return None
    try:
        return file.read_bytes().decode("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return None
