"""Captures into the archive, one by one: nothing that a person wrote is ever changed.

A capture is known by its hash. One that a document already holds is left alone, whatever its name;
a file of another content under the name of a kept capture is refused. A bad file is reported and
does not stop the others.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..diagnostics import EnvironmentProblem, SourcebookError
from ..fields import parse_url
from ..load import CAPTURES, FOLDERS, READING_ENDING, Content, decode_capture
from ..markup import parse_body
from ..model import Capture
from ..model import Reading as CaptureReading
from .authority import Authority, build_authority
from .draft import DraftFields, slug_of, write_draft, write_proposal
from .extract import Extraction, extract
from .parsed import Parse
from .readers import MAX_BYTES, read_capture
from .reading import IngestProblem, Reading
from .slugs import free_slug
from .suggest import Proposal, suggest
from .transcribe import transcribe


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


@dataclass(frozen=True, slots=True)
class _Batch:
    """What all files of one run share."""

    root: Path
    authority: Authority
    given: Given
    given_by_file: Mapping[str, Given]
    is_creating: bool
    taken: set[str]
    """Slugs of documents, those of this run among them."""
    parse: Parse | None

    def given_for(self, file: Path) -> Given:
        return self.given_by_file.get(file.name, self.given)


def ingest_captures(
    root: Path,
    content: Content,
    files: Sequence[Path],
    given: Given,
    given_by_file: Mapping[str, Given],
    is_creating: bool = False,
    parse: Parse | None = None,
) -> Iterator[Ingested]:
    """Make a draft of each of *files*; a generator, so that progress can be shown.

    *given_by_file* has the rows of a table, by the file's name; they go before *given*. With
    *is_creating*, speakers and outlets without a page get one.
    """
    documents = {
        capture.sha256: document.path
        for document in content.documents.values()
        for capture in document.captures
    }
    taken = {*content.documents, *(slug for kind, slug in content.unreadable if kind == "document")}
    authority = authority_of(content)
    batch = _Batch(root, authority, given, given_by_file, is_creating, taken, parse)
    for file in files:
        try:
            data = read_regular_file(file)
            sha256 = sha256_of(data)
            if sha256 in documents:
                yield Ingested(str(file), "unchanged", documents[sha256])
                continue
            path = _ingest_one(batch, file, data, sha256)
        except SourcebookError as error:
            yield Ingested(str(file), "failed", error=error)
        except OSError as error:
            problem = EnvironmentProblem(f"{file.name}: {error.strerror or error}")
            yield Ingested(str(file), "failed", error=problem)
        else:
            documents[sha256] = path
            yield Ingested(str(file), "created", path)


def authority_of(content: Content) -> Authority:
    """The names that the archive knows."""
    return build_authority(
        content.actors.values(), content.topics.values(), content.outlets.values()
    )


def sha256_of(data: bytes) -> str:
    """The SHA-256 of a capture, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


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


def _ingest_one(batch: _Batch, file: Path, data: bytes, sha256: str) -> str:
    root = batch.root
    reading = read_capture(file.name, data)
    kept = _place_of_capture(root, file, data)
    capture = _describe_capture(root, kept, data, sha256, reading)
    extraction = extract(reading, batch.authority, batch.parse)
    fields = choose_fields(extraction, batch.given_for(file))
    markdown = transcribe(reading.text)
    body = parse_body(markdown)
    suggestions = suggest(extraction, body, batch.is_creating)
    page = write_draft(fields, capture, suggestions, markdown, body)
    slug = free_slug(slug_of(fields.title, file.stem, sha256), batch.taken)
    target = root / "content" / "documents" / f"{slug}.md"
    files = [] if kept.exists() else [(kept, data)]
    if capture.reading is not None:
        files.append((kept.with_name(kept.name + READING_ENDING), reading.text.encode()))
    if batch.is_creating:
        files += _new_records(root, suggestions.proposals)
    _create_all([*files, (target, page.encode())])
    return target.relative_to(root).as_posix()


def choose_fields(extraction: Extraction, given: Given) -> DraftFields:
    """The fields of the draft: what the user gave, else what the capture says of itself."""
    return DraftFields(
        title=given.title or extraction.title or "Untitled",
        outlet=given.outlet or extraction.outlet_slug,
        date=given.date or extraction.date,
        added=given.added,
        lang=given.lang or extraction.lang,
        authors=extraction.authors,
        url=given.url or parse_url(extraction.url or ""),
    )


def _new_records(root: Path, proposals: Iterable[Proposal]) -> Iterator[tuple[Path, bytes]]:
    for proposal in proposals:
        path = root / "content" / FOLDERS[proposal.kind] / f"{proposal.slug}.md"
        if not path.exists():
            yield path, write_proposal(proposal).encode()


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
    model_reading = CaptureReading(
        reading.tool or "sourcebook", reading.tool_version, sha256_of(reading.text.encode())
    )
    return Capture(name, sha256, reading=model_reading)


def _create_all(files: Iterable[tuple[Path, bytes]]) -> None:
    """Write new files, all or none; one that is there already is never opened for writing.

    A capture without its document would look like an oversight.
    """
    created: list[Path] = []
    try:
        for path, data in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
            created.append(path)
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
    except BaseException:
        for path in created:
            path.unlink(missing_ok=True)
        raise
