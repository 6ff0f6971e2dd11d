"""Captures into the archive, one by one: nothing that a person wrote is ever changed.

A capture is known by its hash. One that a document already holds is left alone, whatever its name;
a file of another content under the name of a kept capture is refused. A bad file is reported and
does not stop the others.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..diagnostics import EnvironmentProblem, SourcebookError
from ..fields import is_slug
from ..load import CAPTURES, READING_ENDING, Content, decode_capture
from ..model import Capture
from ..model import Reading as ModelReading
from .draft import DraftFields, sha256_of, slug_of, write_draft
from .language import find_language
from .readers import MAX_BYTES, read_capture
from .reading import IngestProblem, Reading
from .structure import find_structure
from .titles import find_title

@dataclass(frozen=True, slots=True)
class Given:
    """What the user says of a capture, which goes before what it says itself."""

    title: str | None = None
    outlet: str | None = None
    date: str | None = None
    url: str | None = None
    lang: str | None = None
    added: str | None = None


@dataclass(frozen=True, slots=True)
class Ingested:
    """What came of one file."""

    file: str
    status: Literal["created", "unchanged", "failed"]
    document: str | None = None
    """The document's path in the archive."""
    error: SourcebookError | None = None


def find_loose_captures(root: Path, content: Content) -> list[Path]:
    """The captures that no document holds, in order of their names."""
    held = {c.file for document in content.documents.values() for c in document.captures}
    return [root / "content" / file for file in content.captures if file not in held]


def ingest_captures(
    root: Path,
    content: Content,
    files: Sequence[Path],
    given: Given,
    given_by_file: Mapping[str, Given],
) -> Iterator[Ingested]:
    """Make a draft of each of *files*; a generator, so that progress can be shown.

    *given_by_file* has the rows of a table, by the file's name; they go before *given*.
    """
    documents = {
        capture.sha256: document.path
        for document in content.documents.values()
        for capture in document.captures
    }
    taken = {*content.documents, *(slug for kind, slug in content.unreadable if kind == "document")}
    for file in files:
        try:
            data = read_regular_file(file)
            sha256 = sha256_of(data)
            if sha256 in documents:
                yield Ingested(str(file), "unchanged", documents[sha256])
                continue
            row = given_by_file.get(file.name, given)
            path = _ingest_one(root, file, data, sha256, row, taken)
        except SourcebookError as error:
            yield Ingested(str(file), "failed", error=error)
        except OSError as error:
            problem = EnvironmentProblem(f"{file.name}: {error.strerror or error}")
            yield Ingested(str(file), "failed", error=problem)
        else:
            documents[sha256] = path
            yield Ingested(str(file), "created", path)


def read_regular_file(file: Path) -> bytes:
    """The bytes of a capture; ``IngestProblem`` for what is not a plain file of a sensible size."""
    name = file.name
    if not name.isprintable():
        raise IngestProblem(
            f"{name!a} has a character in its name that cannot be printed", "rename the file"
        )
    try:
        status = file.lstat()
    except OSError as error:
        raise IngestProblem(
            f"{file} cannot be read: {error.strerror}", "look at the file's name and place"
        ) from error
    if stat.S_ISLNK(status.st_mode):
        raise IngestProblem(f"{file} is a link", "name the file that it leads to")
    if not stat.S_ISREG(status.st_mode):
        raise IngestProblem(f"{file} is not a file", "name files: a folder's are FOLDER/*")
    if status.st_size > MAX_BYTES:
        raise IngestProblem(
            f"{file} has {status.st_size // (1024 * 1024)} MB; a capture has at most"
            f" {MAX_BYTES // (1024 * 1024)}",
            "cut it into the items that it holds, and save each as a file of its own",
        )
    if name.endswith(READING_ENDING):
        raise IngestProblem(f"{file} is the reading of a capture", "name the capture itself")
    return file.read_bytes()


def _ingest_one(
    root: Path, file: Path, data: bytes, sha256: str, given: Given, taken: set[str]
) -> str:
    reading = read_capture(file.name, data)
    kept = _place_of_capture(root, file, data)
    capture = _describe_capture(root, kept, data, sha256, reading)
    fields = suggest_fields(reading, given)
    page = write_draft(fields, capture, reading.text)
    slug = _free_slug(slug_of(fields.title, file.stem, sha256), taken)
    target = root / "content" / "documents" / f"{slug}.md"
    created: list[Path] = []
    try:
        if not kept.exists():
            _create(kept, data, created)
        if capture.reading is not None:
            beside = kept.with_name(kept.name + READING_ENDING)
            _create(beside, reading.text.encode(), created)
        _create(target, page.encode(), created)
    except BaseException:
        # Whole or not at all: a capture without its document would look like an oversight.
        for path in created:
            path.unlink(missing_ok=True)
        raise
    taken.add(slug)
    return target.relative_to(root).as_posix()


def suggest_fields(reading: Reading, given: Given) -> DraftFields:
    """The fields of the draft: what the user gave, else what the capture says of itself."""
    metadata = reading.metadata
    title = given.title or metadata.title or find_title(reading.text, find_structure(reading.text))
    return DraftFields(
        title=title or "Untitled",
        outlet=given.outlet,
        date=given.date or metadata.date,
        added=given.added,
        lang=given.lang or metadata.lang or find_language(reading.text),
        authors=metadata.authors,
        url=given.url or metadata.url,
    )


def _place_of_capture(root: Path, file: Path, data: bytes) -> Path:
    """Where the capture is kept; ``IngestProblem`` where another of that name is kept already."""
    captures = (root / "content" / CAPTURES).resolve()
    if file.resolve().is_relative_to(captures):
        return file.resolve()
    kept = captures / file.name
    if kept.exists() and kept.read_bytes() != data:
        stem, ending = file.stem, file.suffix
        raise IngestProblem(
            f"another capture is kept as content/{CAPTURES}/{file.name}, with other content",
            f"captures are never changed: save this one under a name of its own, such as"
            f" {stem}-2{ending}, and ingest that",
        )
    return kept


def _describe_capture(
    root: Path, kept: Path, data: bytes, sha256: str, reading: Reading
) -> Capture:
    name = kept.relative_to((root / "content").resolve()).as_posix()
    if reading.media_type.startswith("text/") and reading.tool is None:
        encoding = None if decode_capture(data, None) == reading.text else reading.encoding
        if decode_capture(data, encoding) != reading.text:
            raise IngestProblem(
                f"{kept.name} cannot be read back as {encoding}", "save it as UTF-8"
            )
        return Capture(name, sha256, encoding=encoding)
    model_reading = ModelReading(
        reading.tool or "sourcebook", reading.tool_version, sha256_of(reading.text.encode())
    )
    return Capture(name, sha256, reading=model_reading)


def _free_slug(slug: str, taken: Iterable[str]) -> str:
    number = 1
    free = slug
    while free in taken or not is_slug(free):
        number += 1
        free = f"{slug}-{number}"
    return free


def _create(path: Path, data: bytes, created: list[Path]) -> None:
    """Write a new file; one that is there already is never opened for writing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
    created.append(path)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
