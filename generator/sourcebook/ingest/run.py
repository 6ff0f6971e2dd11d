"""Captures into the archive, one by one: nothing that a person wrote is ever changed.

A capture is known by its hash. One that a document already holds is left alone, whatever its name;
a file of another content under the name of a kept capture is refused. A bad file is reported and
does not stop the others.
"""

from __future__ import annotations

import errno
import hashlib
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePath
from typing import Literal

from ..copies import share_out
from ..diagnostics import EnvironmentProblem, SourcebookError, problem_of_os_error
from ..fields import parse_url
from ..layout import CAPTURES, FOLDERS, READING_ENDING
from ..listing import is_inside
from ..load import Content, decode_capture
from ..model import Capture
from ..model import Reading as CaptureReading
from ..profile import each, stage
from ..slugs import free_slug
from .authority import Authority, build_authority
from .creating import create_all
from .draft import DraftFields, slug_of, write_draft, write_proposal
from .extract import Extraction, extract
from .parsed import Parse
from .readers import MAX_BYTES, read_capture
from .reading import IngestProblem, Reading
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
    is_copy: bool = False
    """The document was made of the same bytes under another name."""


def given_for(file: Path, rows: Mapping[str, Given], otherwise: Given) -> Given:
    """The row of *file*, which is named there by as much of its path as tells it from others."""
    if not rows:
        return otherwise
    parts = file.parts
    ends = (PurePath(*parts[start:]).as_posix() for start in range(len(parts)))
    return next((rows[end] for end in ends if end in rows), otherwise)


@dataclass(frozen=True, slots=True)
class _Batch:
    """What all files of one run share."""

    root: Path
    authority: Authority
    given: Given
    given_by_file: Mapping[str, Given]
    is_creating: bool
    documents: Mapping[str, str]
    """Paths of the documents that were there before, by the hash of their captures."""
    parse: Parse | None

    def given_for(self, file: Path) -> Given:
        return given_for(file, self.given_by_file, self.given)


@dataclass(frozen=True, slots=True)
class _Draft:
    """All that comes of one capture, to be written."""

    capture: Path
    """Where the capture is kept."""
    data: bytes | None
    """The capture; None where it is kept there already."""
    reading: bytes | None
    """What was read out of it, where it is no text."""
    slug: str
    """Of the document, if nothing else has it."""
    page: bytes
    proposals: tuple[Proposal, ...]
    """Actors and outlets to be made pages of."""


@dataclass(frozen=True, slots=True)
class _Read:
    """What one file was found to be, before anything is written."""

    sha256: str | None
    """None where it could not be read at all."""
    result: _Draft | SourcebookError | None
    """None where a document holds it already."""


def ingest_captures(
    root: Path,
    content: Content,
    files: Sequence[Path],
    given: Given,
    given_by_file: Mapping[str, Given],
    is_creating: bool = False,
    parse: Parse | None = None,
    jobs: int = 1,
) -> Iterator[Ingested]:
    """Make a draft of each of *files*; a generator, so that progress can be shown.

    *given_by_file* has the rows of a table, by the end of the file's path; they go before *given*. With
    *is_creating*, speakers and outlets without a page get one. Captures are read by up to *jobs*
    processes; what depends on the captures before, and all writing, is done here, in their order.
    """
    documents = _documents_by_capture(root, content)
    unreadable = (slug for kind, slug in content.unreadable if kind == "document")
    held = {c.file for document in content.documents.values() for c in document.captures}
    taken = dict.fromkeys((*content.documents, *unreadable), 1)
    authority = authority_of(content)
    batch = _Batch(root, authority, given, given_by_file, is_creating, dict(documents), parse)
    found = share_out(
        partial(_read, batch), files, jobs, batch=_FILES_AT_ONCE, worth=_WORTH_SHARING
    )
    for file, read in zip(files, each("read captures", found), strict=True):
        if read.sha256 in documents:
            is_held = _name_in_archive(root, file) in held
            yield Ingested(str(file), "unchanged", documents[read.sha256], is_copy=not is_held)
            continue
        try:
            if not isinstance(read.result, _Draft):
                raise read.result or AssertionError("neither a draft nor a problem")
            with stage("write"):
                path = _write(root, read.result, taken)
        except SourcebookError as error:
            yield Ingested(str(file), "failed", error=error)
        except OSError as error:
            yield Ingested(str(file), "failed", error=_write_problem_of(root, file, error))
        else:
            documents[read.sha256 or ""] = path
            yield Ingested(str(file), "created", path)


def _documents_by_capture(root: Path, content: Content) -> dict[str, str]:
    """Paths of documents by the hash of each capture; of one with a slip, by all hashes in it."""
    readable = {document.path for document in content.documents.values()}
    documents: dict[str, str] = {}
    for file in (root / "content" / FOLDERS["document"]).glob("*.md"):
        path = file.relative_to(root).as_posix()
        if path not in readable and file.is_file() and is_inside(file, root):
            documents.update(
                (sha256.decode(), path) for sha256 in _SHA256.findall(file.read_bytes())
            )
    for document in content.documents.values():
        documents.update((capture.sha256, document.path) for capture in document.captures)
    return documents


_SHA256 = re.compile(rb"\b[0-9a-f]{64}\b")


def _name_in_archive(root: Path, file: Path) -> str | None:
    """The file as documents name it; None outside of content/."""
    content, file = (root / "content").resolve(), file.resolve()
    return file.relative_to(content).as_posix() if file.is_relative_to(content) else None


_FILES_AT_ONCE = 8
"""Captures that a process reads between two messages: less than a tenth of a second's work."""

_WORTH_SHARING = 24
"""Captures below which starting processes costs more than it saves."""


def _write_problem_of(root: Path, file: Path, error: OSError) -> EnvironmentProblem:
    if error.errno == errno.ENAMETOOLONG:
        return EnvironmentProblem(
            f"{file.name}: its name is too long to keep `{file.name}{READING_ENDING}` beside it",
            "give the file a shorter name",
        )
    # A disk that is full names no file.
    folder = Path(error.filename).parent if error.filename else root / "content"
    return EnvironmentProblem(
        f"{file.name}: its draft cannot be written to {folder}: {error.strerror or error}",
        "look at the disk's space, and who may write there",
    )


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
    if name.startswith("."):
        raise IngestProblem(f"{file} is hidden, by the dot before its name", "rename the file")
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


def _read(batch: _Batch, file: Path) -> _Read:
    """All that needs no other capture and no place to write to."""
    sha256 = None
    try:
        data = read_regular_file(file)
        sha256 = sha256_of(data)
        if sha256 in batch.documents:
            return _Read(sha256, None)
        return _Read(sha256, _make_draft(batch, file, data, sha256))
    except SourcebookError as error:
        return _Read(sha256, error)
    except OSError as error:
        return _Read(sha256, problem_of_os_error(error))


def _make_draft(batch: _Batch, file: Path, data: bytes, sha256: str) -> _Draft:
    root = batch.root
    reading = read_capture(file.name, data)
    kept = _place_of_capture(root, file)
    capture = _describe_capture(root, kept, data, sha256, reading)
    extraction = extract(reading, batch.authority, batch.parse)
    given = batch.given_for(file)
    transcription = transcribe(reading.text)
    body = transcription.body
    suggestions = suggest(extraction, body, batch.is_creating)
    proposals = suggestions.proposals if batch.is_creating else ()
    if batch.is_creating:
        new = {made.name: made.slug for made in proposals if made.kind == "outlet"}
        given = replace(given, outlet=given.outlet or new.get(extraction.outlet or ""))
        suggestions = replace(suggestions, proposals=())
    fields = choose_fields(extraction, given)
    page = write_draft(fields, capture, suggestions, transcription.markdown, body)
    return _Draft(
        capture=kept,
        data=None if kept == file.resolve() else data,
        reading=reading.text.encode() if capture.reading is not None else None,
        slug=slug_of(fields.title, file.stem, sha256),
        page=page.encode(),
        proposals=proposals,
    )


def _write(root: Path, draft: _Draft, taken: dict[str, int]) -> str:
    """The path of the document. Nothing is written where not all can be."""
    files = []
    if draft.data is not None and not _is_kept(draft.capture, draft.data):
        files.append((draft.capture, draft.data))
    if draft.reading is not None:
        reading = draft.capture.with_name(draft.capture.name + READING_ENDING)
        if not (reading.is_file() and reading.read_bytes() == draft.reading):
            files.append((reading, draft.reading))
    files += _new_records(root, draft.proposals)
    target = root / "content" / "documents" / f"{free_slug(draft.slug, taken)}.md"
    create_all([*files, (target, draft.page)])
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


def _place_of_capture(root: Path, file: Path) -> Path:
    """Where the capture is, or will be, kept; ``IngestProblem`` for a page of the archive."""
    captures = (root / "content" / CAPTURES).resolve()
    given = file.resolve()
    if given.is_relative_to(captures):
        return given
    if given.is_relative_to(captures.parent):
        raise IngestProblem(
            f"content/{_name_in_archive(root, file)} is a page of the archive, and no capture",
            "name a file in content/captures/, or one from outside the archive",
        )
    return captures / file.name


def _is_kept(kept: Path, data: bytes) -> bool:
    """Whether the capture is kept; ``IngestProblem`` where another of that name is."""
    if not kept.exists():
        return False
    if kept.read_bytes() != data:
        raise IngestProblem(
            f"another capture is kept as content/{CAPTURES}/{kept.name}, with other content",
            f"captures are never changed: save this one under a name of its own, such as"
            f" {kept.stem}-2{kept.suffix}, and ingest that",
        )
    return True


def _describe_capture(
    root: Path, kept: Path, data: bytes, sha256: str, reading: Reading
) -> Capture:
    name = _name_in_archive(root, kept) or ""
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
