"""Whether the site that stands is the one that a build would write.

A site depends on the files of the archive, on the theme, the options, the program and the day, and
on nothing else. Where all of these are what they were when it was written, byte for byte, and its
own files are those that were written then, nothing need be read, checked, linked or rendered.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from pathlib import Path

from .diagnostics import Diagnostic
from .disk import keep_note, recall_note
from .output import list_output
from .packing import packable
from .settings import FILE
from .theme import default_theme_folder

_LIBRARIES = ("jinja2", "markupsafe", "markdown-it-py", "mdurl", "pyyaml", "pagefind-bin")
"""What makes pages and index, beside our own program."""


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
    programs = (sys.version, *(f"{name} {version(name)}" for name in _LIBRARIES))
    told = hashlib.blake2b(repr((asked, date.today(), programs)).encode(), digest_size=32)
    bases = (root / FILE, root / "content", root / "themes", default_theme_folder())
    try:
        for base in (*bases, Path(__file__).parent):
            for path in _files_below(str(base)):
                with open(path, "rb") as file:  # noqa: PTH123 - half the time for 20,000 files
                    content = hashlib.blake2b(file.read()).digest()
                told.update(os.fsencode(path) + b"\0" + content)
    except (_LinkedFolderError, OSError):
        return None
    return Inputs(root, target, asked, told.digest())


def find_standing(inputs: Inputs) -> tuple[Summary, tuple[str, ...]] | None:
    """What was said of the site that stands, and its files; None where a build may change them."""
    kept = recall_note(inputs.root, inputs.name)
    if not isinstance(kept, tuple) or len(kept) != 3 or kept[0] != inputs.digest:
        return None
    digest, paths = digest_of_site(inputs.target)
    return (kept[2], paths) if kept[1] == digest and isinstance(kept[2], Summary) else None


def keep_standing(before: Inputs, digest: bytes, summary: Summary) -> None:
    """A build of the inputs *before* wrote the site of *digest*, unless they have changed since."""
    if read_inputs(before.root, before.target, before.asked) == before:
        keep_note(before.root, before.name, (before.digest, digest, summary))


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


def digest_of_site(target: Path) -> tuple[bytes, tuple[str, ...]]:
    """A digest of the names, sizes and times of all files in *target*; and their paths, in order."""
    found = sorted(list_output(target), key=lambda file: file[0])
    told = hashlib.blake2b(digest_size=32)
    for path, status in found:
        # Nobody can set the time when the status of a file was last changed (but on Windows).
        times = f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
        told.update(os.fsencode(path) + f"\0{stat.S_IFMT(status.st_mode)} {times}\n".encode())
    return told.digest(), tuple(path for path, _ in found)
