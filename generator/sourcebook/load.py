"""content/ becomes ``Content``: all valid records, plus diagnostics.

Reading the disk is done here and nowhere after it. A file that cannot be used is reported and left
out; its slug is remembered, so that a reference to it is not reported as well.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .cache import Recall, forget
from .diagnostics import Diagnostic, EnvironmentProblem, Severity, did_you_mean
from .fields import SLUG_HELP, is_slug
from .frontmatter import parse_mapping, split_page
from .model import Actor, Capture, Document, Outlet, Question, Slug, Topic
from .schema import read_record

FOLDERS: Mapping[str, str] = {
    "document": "documents",
    "actor": "actors",
    "topic": "topics",
    "outlet": "outlets",
    "question": "questions",
}
"""The folder in content/ of each kind of record."""

CAPTURES = "captures"
READING_ENDING = ".reading.txt"
"""Beside an HTML or PDF capture: the text that a reader took out of it. Never itself a capture."""


@dataclass(frozen=True, slots=True)
class CaptureFile:
    """What is on the disk for one capture of a document, as far as checking it needs."""

    capture: Capture
    sha256: str | None
    """Of the file; None where there is none."""
    text: str | None
    """The capture's text, or that of its reading; None where there is none or it cannot be decoded."""
    reading_sha256: str | None = None
    problem: str | None = None
    """Why there is no text, for a message."""


@dataclass(frozen=True, slots=True)
class Content:
    """All that content/ holds. Mappings are by slug, in the order of the slugs."""

    documents: Mapping[Slug, Document]
    actors: Mapping[Slug, Actor]
    topics: Mapping[Slug, Topic]
    outlets: Mapping[Slug, Outlet]
    questions: Mapping[Slug, Question]
    unreadable: frozenset[tuple[str, Slug]]
    """(kind, slug) of files that are there but cannot be used; reported already."""
    captures: tuple[str, ...]
    """Every raw file, relative to content/ with forward slashes, without readings; sorted."""
    files: int
    """How many files were read."""

    def has(self, kind: str, slug: Slug) -> bool:
        """Whether there is a file of that kind and name, usable or not."""
        records: Mapping[Slug, object] = getattr(self, FOLDERS[kind])
        return slug in records or (kind, slug) in self.unreadable


def load_content(root: Path, recall: Recall = forget) -> tuple[Content, list[Diagnostic]]:
    """Every record of the archive at *root*, and what is wrong with those that are left out."""
    diagnostics: list[Diagnostic] = []
    unreadable: set[tuple[str, Slug]] = set()
    records: dict[str, dict[Slug, Any]] = {}
    files = 0
    for kind, folder in FOLDERS.items():
        records[folder] = {}
        for path in _list_pages(root, folder, diagnostics):
            if not is_slug(path.stem):
                meant = _slug_meant_by(path.stem)
                unreadable.add((kind, meant))
                diagnostics.append(_misnamed(path.stem, meant, f"content/{folder}/{path.name}"))
                continue
            files += 1
            slug = path.stem
            record, found = load_record(kind, slug, path, root, recall)
            diagnostics += found
            if record is None:
                unreadable.add((kind, slug))
            else:
                records[folder][slug] = record
    diagnostics += _find_stray_entries(root)
    captures = tuple(_list_captures(root, diagnostics))
    content = Content(
        **records, unreadable=frozenset(unreadable), captures=captures, files=files + len(captures)
    )
    return content, diagnostics


def _list_pages(root: Path, folder: str, diagnostics: list[Diagnostic]) -> Iterator[Path]:
    base = root / "content" / folder
    if not base.is_dir():
        return
    if not _is_inside(base, root):
        diagnostics.append(_outside(folder, f"content/{folder}"))
        return
    for path in sorted(base.iterdir()):
        name = path.name
        if name.startswith(".") or name.endswith("~"):
            continue
        shown = f"content/{folder}/{name}"
        if _leads_out(path, root):
            diagnostics.append(_outside(name, shown))
        elif path.suffix != ".md" or not path.is_file():
            if name != "README.md":
                diagnostics.append(
                    Diagnostic(
                        "unexpected-file",
                        f"`{name}` is not a page, and is left out",
                        shown,
                        Severity.WARNING,
                        f"pages of this folder are named content/{folder}/some-slug.md",
                    )
                )
        elif name == "README.md":
            continue
        else:
            yield path


def _find_stray_entries(root: Path) -> Iterator[Diagnostic]:
    """Folders and pages right under content/, where nothing reads them."""
    content = root / "content"
    known = (*FOLDERS.values(), CAPTURES)
    for path in sorted(content.iterdir()) if content.is_dir() else ():
        is_page = path.suffix == ".md" and path.name != "README.md"
        if path.name in known or path.name.startswith(".") or not (is_page or path.is_dir()):
            continue
        yield Diagnostic(
            "unexpected-file",
            f"`{path.name}` is not a {'page' if is_page else 'folder'} of an archive, and is left out",
            f"content/{path.name}",
            Severity.WARNING,
            did_you_mean(path.name, known, f"content/ holds the folders {', '.join(known)}"),
        )


def _slug_meant_by(name: str) -> Slug:
    """What a file with this *name* would be called if slugs had no other letters."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub("[^a-z0-9]+", "-", plain).strip("-")


def _misnamed(name: str, meant: Slug, shown: str) -> Diagnostic:
    proposed = f"did you mean `{meant}`? " if is_slug(meant) else ""
    return Diagnostic(
        "invalid-slug", f"`{name}` cannot name a page", shown, help=f"{proposed}{SLUG_HELP}"
    )


def _is_inside(path: Path, root: Path) -> bool:
    try:
        return path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):
        # A link that leads to itself leads nowhere.
        return False


def _leads_out(entry: Path, root: Path) -> bool:
    """Whether an entry of a folder that lies in the archive is a link to somewhere else."""
    return entry.is_symlink() and not _is_inside(entry, root)


def _outside(name: str, shown: str) -> Diagnostic:
    return Diagnostic(
        "outside-archive",
        f"`{name}` is a link that leads out of the archive",
        shown,
        help="put the file itself here",
    )


def load_record(
    kind: str, slug: Slug, path: Path, root: Path, recall: Recall = forget
) -> tuple[Any, list[Diagnostic]]:
    """The record of one file; None where it cannot be used, with the reasons."""
    shown = path.relative_to(root).as_posix()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise EnvironmentProblem(f"{shown} cannot be read: {_reason_of(error)}") from error
    return recall(("record", shown), data, lambda: _read_record(kind, slug, shown, data))


def _read_record(kind: str, slug: Slug, shown: str, data: bytes) -> tuple[Any, list[Diagnostic]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [
            Diagnostic(
                "not-utf-8",
                f"byte {data[error.start]:#04x} on line {line} is not UTF-8 text",
                shown,
                help="save the file as UTF-8",
                line=line,
                column=1,
            )
        ]
    page = split_page(text)
    if page is None:
        is_open = text.startswith("---")
        return None, [
            Diagnostic(
                "missing-front-matter",
                "the fields at the beginning are not closed by a line `---`"
                if is_open
                else "the page does not begin with a line `---`",
                shown,
                help="put a line `---` below the last field"
                if is_open
                else "begin the file with a line `---`, then the fields, then a line `---`",
                line=1,
                column=1,
                source_line=text.splitlines()[0] if text else "",
            )
        ]
    front, diagnostics = parse_mapping(page.front, shown, first_line=2)
    if front is None:
        return None, diagnostics
    record, found = read_record(kind, slug, shown, front, page)
    return record, [*diagnostics, *found]


def _list_captures(root: Path, diagnostics: list[Diagnostic]) -> Iterator[str]:
    content = root / "content"
    base = content / CAPTURES
    if not base.is_dir():
        return
    if not _is_inside(base, root):
        diagnostics.append(_outside(CAPTURES, f"content/{CAPTURES}"))
        return
    # Folders that are links are not entered.
    for path in sorted(base.rglob("*")):
        if path.name.startswith(".") or path.name.endswith(READING_ENDING) or path.is_dir():
            continue
        name = path.relative_to(content).as_posix()
        if _leads_out(path, root):
            diagnostics.append(_outside(path.name, f"content/{name}"))
        elif path.is_file():
            yield unicodedata.normalize("NFC", name)


def find_capture(root: Path, file: str) -> Path | None:
    """Where the disk has the capture *file*, or would have it; None where it leads out of the archive.

    Its name may be stored in another Unicode form than it is written in (macOS decomposes).
    """
    path = root / "content" / file
    if not path.exists() and path.parent.is_dir():
        name = unicodedata.normalize("NFC", path.name)
        same = (p for p in path.parent.iterdir() if unicodedata.normalize("NFC", p.name) == name)
        path = next(same, path)
    return path if _is_inside(path, root) else None


def load_capture(root: Path, capture: Capture) -> CaptureFile:
    """What the disk holds of *capture*. Nothing outside the archive is read."""
    if capture.file is None:
        return CaptureFile(capture, None, None, problem="the capture is not held here")
    path = find_capture(root, capture.file)
    if path is None:
        return CaptureFile(
            capture, None, None, problem="it is a link that leads out of the archive"
        )
    try:
        data = path.read_bytes()
    except OSError as error:
        return CaptureFile(capture, None, None, problem=_reason_of(error))
    sha256 = hashlib.sha256(data).hexdigest()
    if capture.reading is None:
        text = decode_capture(data, capture.encoding)
        problem = None if text is not None else "its bytes are not text in the encoding recorded"
        return CaptureFile(capture, sha256, text, problem=problem)
    beside = path.with_name(path.name + READING_ENDING)
    try:
        reading = beside.read_bytes() if _is_inside(beside, root) else None
    except OSError:
        reading = None
    if reading is None:
        return CaptureFile(capture, sha256, None, problem=f"{beside.name} is missing")
    return CaptureFile(
        capture,
        sha256,
        decode_capture(reading, None),
        reading_sha256=hashlib.sha256(reading).hexdigest(),
    )


def find_loose_captures(content: Content) -> list[str]:
    """The captures that no document holds, relative to content/, in order of their names."""
    held = {c.file for document in content.documents.values() for c in document.captures}
    return [file for file in content.captures if file not in held]


def load_published_captures(
    root: Path, documents: Iterable[Document]
) -> Iterator[tuple[str, bytes]]:
    """(path in the site, bytes) of every capture of *documents*, each once, by its own name."""
    files = {c.file for document in documents for c in document.captures if c.file is not None}
    for file in sorted(files):
        path = find_capture(root, file)
        if path is not None and path.is_file():
            yield published_path(file), path.read_bytes()


def published_path(file: str) -> str:
    """Where the site has the capture *file*: never under a name that a browser would run.

    Only text and PDF keep their endings; everything else, HTML above all, is offered as text.
    """
    return file if file.lower().endswith((".txt", ".pdf")) else f"{file}.txt"


def _reason_of(error: OSError) -> str:
    """Why a file cannot be read, in the words of this program and not of the system."""
    if isinstance(error, FileNotFoundError):
        return "there is no such file"
    if isinstance(error, IsADirectoryError):
        return "it is a folder"
    if isinstance(error, PermissionError):
        return "this account may not read it"
    return error.strerror or "it cannot be read"


def decode_capture(data: bytes, encoding: str | None) -> str | None:
    """The text of a text capture without its byte-order mark; None where the bytes are not that.

    Without an *encoding* it is UTF-8, or UTF-16 where a byte-order mark says so. Never a
    replacement character: what cannot be decoded is not read.
    """
    if encoding is None:
        utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        encoding = "utf-16" if utf16 else "utf-8-sig"
    try:
        return data.decode(encoding).removeprefix("\ufeff")
    except (UnicodeDecodeError, LookupError):
        return None
