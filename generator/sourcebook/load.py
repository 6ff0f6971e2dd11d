"""content/ becomes ``Content``: all valid records, plus diagnostics.

A build reads the files of content/ here and nowhere else. One that cannot be used is reported and
left out; its slug is remembered, so that a reference to it is not reported as well.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from . import urls
from .diagnostics import Diagnostic, EnvironmentProblem
from .frontmatter import Page, count_lines, parse_mapping, split_lines, split_page
from .layout import FOLDERS, READING_ENDING, path_of, read_file
from .listing import Listing, is_inside, list_content
from .model import Actor, Capture, Document, Outlet, Question, Slug, Topic
from .schema import read_record


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


class RawCapture(NamedTuple):
    """The bytes that the disk holds for one capture of a document, and their hashes."""

    capture: Capture
    data: bytes | None = None
    sha256: str | None = None
    reading: bytes | None = None
    reading_sha256: str | None = None
    problem: str | None = None

    @property
    def key(self) -> str:
        """The same only where a document's check finds the same in it."""
        return f"{self.sha256} {self.reading_sha256} {self.problem}"


def _sha256_of(data: bytes | None) -> str | None:
    return None if data is None else hashlib.sha256(data).hexdigest()


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


def load_content(root: Path) -> tuple[Content, list[Diagnostic]]:
    """Every record of the archive at *root*, and what is wrong with those that are left out."""
    listing, diagnostics = list_content(root)
    unreadable = set(listing.misnamed)
    records: dict[str, dict[Slug, Any]] = {folder: {} for folder in FOLDERS.values()}
    for kind, slugs in listing.pages.items():
        for slug in slugs:
            record, found = load_record(kind, slug, root)
            diagnostics += found
            if record is None:
                unreadable.add((kind, slug))
            else:
                records[FOLDERS[kind]][slug] = record
    return make_content(listing, records, unreadable), diagnostics


def make_content(
    listing: Listing,
    records: Mapping[str, Mapping[Slug, Any]],
    unreadable: Iterable[tuple[str, Slug]],
) -> Content:
    """The content whose *records*, by the name of their folder, were read of the files listed."""
    return Content(
        **records,
        unreadable=frozenset(unreadable),
        captures=tuple(listing.captures),
        files=listing.files,
    )


def load_record(kind: str, slug: Slug, root: Path) -> tuple[Any, list[Diagnostic]]:
    """The record of one file; None where it cannot be used, with the reasons."""
    return read_record_of(kind, slug, read_page(kind, slug, root))


def read_page(kind: str, slug: Slug, root: Path) -> bytes:
    """What the file of a record holds. It was listed, so only the system can be in the way."""
    shown = path_of(kind, slug)
    try:
        return read_file(f"{root}/{shown}")
    except OSError as error:
        help = "look at whether it is still there, and who may read it"
        raise EnvironmentProblem(f"{shown} cannot be read: {_reason_of(error)}", help) from error


def read_record_of(kind: str, slug: Slug, data: bytes) -> tuple[Any, list[Diagnostic]]:
    """The record that *data*, the bytes of its file, holds; None, with the reasons, or a record."""
    shown = path_of(kind, slug)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [_not_utf_8(data, error.start, shown)]
    if "\0" in text[:2]:
        return None, [_not_utf_8(data, 1, shown)]
    page = split_page(text)
    if page is None:
        return None, [_without_fences(text, shown)]
    second = _find_second_copy(page, text[: page.front_start], shown)
    if second is not None:
        return None, [second]
    front, diagnostics = parse_mapping(page.front, shown, first_line=2)
    if front is None:
        return None, diagnostics
    record, found = read_record(kind, slug, shown, front, page)
    return record, [*diagnostics, *found]


def _not_utf_8(data: bytes, start: int, shown: str) -> Diagnostic:
    """A page whose byte at *start* says that it was saved in another encoding."""
    line = data.count(b"\n", 0, start) + 1
    fact = f"byte {data[start]:#04x} on line {line} is not UTF-8 text"
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        fact = "the file is UTF-16 text, not UTF-8"
    help = "save the file as UTF-8"
    return Diagnostic("not-utf-8", fact, shown, help=help, line=line, column=1)


_NEARLY_A_FENCE = re.compile(r"[ \t]*(-{2,5}|[\u2010-\u2015\u2212]{1,5})[ \t]*")


def _without_fences(text: str, shown: str) -> Diagnostic:
    """A page whose fields do not stand between two lines ``---``, at the one that was meant for it."""
    first, *lines = split_lines(text)
    if first.rstrip(" \t") != "---":
        fact = "the page does not begin with a line `---`"
        help = "begin the file with a line `---`, then the fields, then a line `---`"
        line, source = 1, first
    else:
        fact = "the fields at the beginning are not closed by a line `---`"
        help = "put a line `---` below the last field"
        near = (n for n, one in enumerate(lines, start=2) if _NEARLY_A_FENCE.fullmatch(one))
        line = next(near, 1)
        source = [first, *lines][line - 1]
    return Diagnostic(
        "missing-front-matter", fact, shown, help=help, line=line, column=1, source_line=source
    )


def _find_second_copy(page: Page, fence: str, shown: str) -> Diagnostic | None:
    """Where the fields of a page stand below a *fence* once more."""
    again = page.body.find(fence + page.front) if page.front.strip() else -1
    if again < 0:
        return None
    return Diagnostic(
        "duplicate-key",
        "the page's fields stand here a second time, as if it had been pasted twice",
        shown,
        help="keep one of the two copies",
        line=page.body_line + count_lines(page.body, again + len(fence)),
        column=1,
        source_line=page.front.splitlines()[0],
    )


def find_capture(root: Path, file: str) -> Path | None:
    """Where the disk has the capture *file*, or would have it; None where it leads out of the archive.

    Its name may be stored in another Unicode form than it is written in (macOS decomposes).
    """
    path = root / "content" / file
    if not path.exists() and path.parent.is_dir():
        name = unicodedata.normalize("NFC", path.name)
        same = (p for p in path.parent.iterdir() if unicodedata.normalize("NFC", p.name) == name)
        path = next(same, path)
    return path if is_inside(path, root) else None


def read_capture(root: Path, capture: Capture, where: str | None = None) -> RawCapture:
    """The bytes that the disk holds of *capture*, from *where* it was listed, if it was.

    Nothing outside the archive is read.
    """
    if capture.file is None:
        return RawCapture(capture, problem="the capture is not held here")
    if where is None:
        try:
            path = find_capture(root, capture.file)
        except OSError as error:
            return RawCapture(capture, problem=_reason_of(error))
        if path is None:
            return RawCapture(capture, problem="it is a link that leads out of the archive")
        where = str(path)
    try:
        data = read_file(where)
    except OSError as error:
        return RawCapture(capture, problem=_reason_of(error))
    if capture.reading is None:
        return RawCapture(capture, data, _sha256_of(data))
    beside = Path(where + READING_ENDING)
    try:
        reading = read_file(str(beside)) if is_inside(beside, root) else None
    except OSError:
        reading = None
    problem = f"{beside.name} is missing" if reading is None else None
    hashes = _sha256_of(data), _sha256_of(reading)
    return RawCapture(capture, data, hashes[0], reading, hashes[1], problem)


def load_capture(root: Path, capture: Capture) -> CaptureFile:
    """What the disk holds of *capture*."""
    return decode_raw(read_capture(root, capture))


def decode_raw(raw: RawCapture) -> CaptureFile:
    """*raw* with its bytes as text."""
    capture, problem = raw.capture, raw.problem
    if capture.reading is not None:
        text = None if raw.reading is None else decode_capture(raw.reading, None)
        return CaptureFile(capture, raw.sha256, text, raw.reading_sha256, problem)
    text = None if raw.data is None else decode_capture(raw.data, capture.encoding)
    if raw.data is not None and text is None:
        problem = "its bytes are not text in the encoding recorded"
    return CaptureFile(capture, raw.sha256, text, problem=problem)


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
            yield urls.capture(file), path.read_bytes()


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
