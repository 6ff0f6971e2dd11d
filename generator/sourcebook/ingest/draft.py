"""The draft of a document: front matter as a careful person would write it, and the capture's text.

What the capture does not tell is left empty, with a word on what belongs there; nothing is guessed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

from ..edits import format_scalar
from ..fidelity import fingerprint_of
from ..markup import parse_body
from ..model import Capture
from .transcribe import transcribe


@dataclass(frozen=True, slots=True)
class DraftFields:
    """What is known of a document before a person has looked at it. None and empty: not known."""

    title: str
    outlet: str | None = None
    date: str | None = None
    added: str | None = None
    lang: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    actors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


def write_draft(fields: DraftFields, capture: Capture, text: str) -> str:
    """The page of a new document with the capture's *text*.

    Raises ``IngestProblem`` where no page can read the same as *text*.
    """
    body = transcribe(text)
    lines = [
        "---",
        f"title: {format_scalar(fields.title)}",
        _line("outlet", fields.outlet, "who published it: the slug of a file in content/outlets/"),
        _line("date", fields.date, "when it was published: YYYY-MM-DD, YYYY-MM or YYYY"),
        _line("added", fields.added),
        _line("lang", fields.lang, "its language, such as en"),
        f"authors: {_flow(fields.authors)}",
        _line("url", fields.url, "where it was published"),
        "captures:",
        *_capture_lines(capture),
        f"transcription: {fingerprint_of(parse_body(body))}",
        f"actors: {_flow(fields.actors)}",
        f"topics: {_flow(fields.topics)}",
        "parts: []",
        "claims: []",
        "notes: []",
        "review: suggested   # a draft: take this line out when the page is checked",
        "---",
        "",
    ]
    return "\n".join(line for line in lines if line is not None) + "\n" + body


def _line(field: str, value: str | None, missing: str | None = None) -> str | None:
    if value is not None:
        return f"{field}: {format_scalar(value)}"
    return f"{field}:   # {missing}" if missing is not None else None


def _flow(items: tuple[str, ...]) -> str:
    """A list in one line. An item that a flow list would split is quoted."""
    written = (format_scalar(item) for item in items)
    safe = (w if w[0] in "\"'" or not re.search(r"[,\[\]{}]", w) else f'"{w}"' for w in written)
    return f"[{', '.join(safe)}]"


def _capture_lines(capture: Capture) -> list[str]:
    lines = [f"  - file: {format_scalar(capture.file or '')}", f"    sha256: {capture.sha256}"]
    if capture.captured is not None:
        lines.append(f"    captured: {capture.captured.text}")
    if capture.encoding is not None:
        lines.append(f"    encoding: {capture.encoding}")
    if capture.reading is not None:
        version = f", version: {capture.reading.version}" if capture.reading.version else ""
        lines.append(
            f"    reading: {{by: {capture.reading.by}{version}, sha256: {capture.reading.sha256}}}"
        )
    return lines


_LONGEST_SLUG = 60


def slug_of(title: str, file_stem: str, sha256: str) -> str:
    """A slug from the title, else from the file's name, else from the capture's hash."""
    for source in (title, file_stem):
        slug = _slugify(source)
        if len(slug) > 2 and not slug.isdigit():
            return slug
    return f"capture-{sha256[:12]}"


def _slugify(text: str) -> str:
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", ascii_text)
    # A title of another script leaves only crumbs of Latin: not a name.
    if sum(map(len, words)) * 2 < sum(char.isalnum() for char in text):
        return ""
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > _LONGEST_SLUG:
            break
        slug = longer
    return slug


def sha256_of(data: bytes) -> str:
    """The SHA-256 of a capture, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
