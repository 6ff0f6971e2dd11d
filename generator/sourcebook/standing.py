"""Whether the site that stands is the one that a build would write.

A site depends on the files of the archive, on the theme, the options, the program and the day, and
on nothing else. Where all of these are what they were when it was written, byte for byte, and its
own files are those that were written then, nothing need be read, checked, linked or rendered.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from .diagnostics import ArchiveLocked, Diagnostic
from .disk import keep_note, recall_note
from .layout import FILE, default_theme_folder, read_file
from .lock import hold_archive
from .output import OutputReport, Stamps, is_unfinished, repair_site, stamp_files
from .packing import packable
from .program import fingerprint


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a build is asked to do."""

    output: Path
    base_url: str | None = None
    """Instead of the ``url`` of the settings."""
    has_url: bool = True
    """False for a preview: its pages have no address that anybody else could follow."""
    drafts: bool = False
    strict: bool = False
    search: bool = True
    jobs: int = 1
    """Processes that may read documents or render pages at once."""
    with_progress: bool = False
    is_remembering: bool = False
    """Whether what earlier runs found in files that are the same is recalled, and kept for later."""

    @property
    def asked(self) -> str:
        """The same for builds whose sites cannot differ for what they were asked."""
        return repr(replace(self, jobs=1, with_progress=False))


@packable
@dataclass(frozen=True, slots=True)
class Summary:
    """What a build tells of its site."""

    diagnostics: tuple[Diagnostic, ...]
    files: int
    """How many files were looked at."""
    pages: int = 0
    results: int = 0
    """What the search can find."""
    drafts: int = 0
    """Documents that are left out because nobody has accepted them yet."""
    has_address: bool = True
    missing_texts: str | None = None
    """What of the interface is not in the language that the settings ask for."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build found and wrote."""

    summary: Summary
    output: OutputReport | None
    """None where problems stopped the build: the old site stands as it was."""


@dataclass(frozen=True, slots=True)
class Inputs:
    """All that the site of an archive in a folder depends on."""

    root: Path
    target: Path
    asked: str
    """What the build was asked for, in a form that differs wherever the site would."""
    digest: bytes

    @property
    def name(self) -> str:
        """What is kept of the site in *target* is kept under this name."""
        return hashlib.sha256(os.fsencode(self.target.resolve())).hexdigest()[:32]


def read_inputs(root: Path, target: Path, asked: str) -> Inputs | None:
    """What the site of the archive at *root* depends on; None where that cannot be told simply."""
    told = hashlib.sha256(repr((asked, date.today(), fingerprint())).encode())
    try:
        for base in (root / FILE, root / "content", root / "themes", default_theme_folder()):
            for path in _files_below(str(base)):
                told.update(os.fsencode(path) + b"\0" + hashlib.sha256(read_file(path)).digest())
    except (_LinkedFolderError, OSError):
        return None
    return Inputs(root, target, asked, told.digest())


def repair_after(root: Path, target: Path) -> None:
    """Put the site in *target* right if a run on the archive at *root* was killed while writing it.

    What a run that still goes on has written is left to that.
    """
    if is_unfinished(target):
        with suppress(ArchiveLocked), hold_archive(root, "sourcebook build"):
            repair_site(target)


def look_for_site(root: Path, options: BuildOptions) -> BuildReport | Inputs | None:
    """What a build would report of the site that stands, where it is the one that it would make.

    Else what the site will depend on; None where that is not asked for, or cannot be told.
    """
    repair_after(root, options.output)
    if not options.is_remembering:
        return None
    inputs = read_inputs(root, options.output, options.asked)
    standing = find_standing(inputs) if inputs is not None else None
    if standing is None:
        return inputs
    summary, paths = standing
    return BuildReport(summary, OutputReport(written=(), unchanged=paths, removed=()))


def find_standing(inputs: Inputs) -> tuple[Summary, tuple[str, ...]] | None:
    """What was said of the site that stands, and its files; None where a build may change them."""
    kept = recall_note(inputs.root, inputs.name)
    if not isinstance(kept, tuple) or len(kept) != 3 or kept[0] != inputs.digest:
        return None
    stamps = stamp_files(inputs.target)
    if kept[1] != _digest_of(stamps) or not isinstance(kept[2], Summary):
        return None
    return kept[2], tuple(stamps)


def keep_standing(before: Inputs, stamps: Stamps, summary: Summary) -> None:
    """A build of the inputs *before* wrote these files, unless the inputs have changed since."""
    if read_inputs(before.root, before.target, before.asked) == before:
        keep_note(before.root, before.name, (before.digest, _digest_of(stamps), summary))


class _LinkedFolderError(Exception):
    """What lies behind a link is not looked at here, so nothing can be said."""


def _files_below(base: str) -> Iterator[str]:
    """Every file at or below *base*, in an order that is always the same."""
    if os.path.isfile(base):  # noqa: PTH113
        yield base
        return
    folders = [base] if os.path.isdir(base) else []  # noqa: PTH112
    while folders:
        with os.scandir(folders.pop()) as found:
            entries = sorted(found, key=lambda entry: entry.name)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__":
                    folders.append(entry.path)
            elif entry.is_file():
                yield entry.path
            elif entry.is_dir():
                raise _LinkedFolderError(entry.path)


def _digest_of(stamps: Stamps) -> bytes:
    told = hashlib.blake2b(digest_size=32)
    for path, stamp in stamps.items():
        told.update(os.fsencode(path) + f"\0{stamp}\n".encode())
    return told.digest()
