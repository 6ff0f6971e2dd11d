"""A document's captures, and the corrections by which its text differs from the first of them.

Nothing is opened here: whether the file is there and has that fingerprint is ``fidelity``'s.
"""

from __future__ import annotations

import unicodedata
from typing import Any

from ..fields import (
    DATE,
    HASH,
    TEXT,
    WORDS,
    Field,
    Kind,
    Reader,
    list_of,
    parse_encoding,
    record_of,
    scalar,
    shown,
    silently,
)
from ..frontmatter import Value
from ..model import Capture, Correction, Reading


def _read_capture_file(value: Value, at: Reader) -> str | None:
    parts = value.split("/") if isinstance(value, str) else []
    is_named = all(part and part[0] != "." and part.isprintable() for part in parts)
    if len(parts) < 2 or parts[0] != "captures" or not is_named:
        fact = "does not begin with `captures/`"
        help = f"write it as {_name_meant_by(value)}"
        if parts[:1] == ["captures"]:
            fact = "is no name of a capture"
            help = "between `/` stands a name without a dot before it and without invisible signs"
        at.report("invalid-path", f"`file` is {shown(value)}, which {fact}", help)
        return None
    # As a listing has it: an editor may write a name as a disk stores it.
    return unicodedata.normalize("NFC", str(value))


def _name_meant_by(value: Value) -> str:
    """The name of a capture that was written as a path of Windows, or from another folder."""
    path = value.replace("\\", "/") if isinstance(value, str) and value.isprintable() else ""
    _, is_below, name = path.rpartition("captures/")
    name = name if is_below else path.rpartition("/")[2]
    return f"captures/{name or 'name.txt'}"


_ENCODING: Kind[str] = scalar(
    "invalid-choice",
    "the name of an encoding",
    parse_encoding,
    "write it as windows-1252, iso-8859-2, koi8-r …",
    {"type": "string"},
)

_CAPTURE_FIELDS = (
    Field(
        "file",
        Kind(
            _read_capture_file,
            {"type": "string", "pattern": r"^captures(/[^./][^/]*)+$"},
            silently(_read_capture_file),
        ),
        "the raw file, as captures/name.txt; without it the capture is not held here",
    ),
    Field(
        "sha256",
        HASH,
        "the file's SHA-256; for 64 zeros the check says what it is",
        required=True,
    ),
    Field("captured", DATE, "when it was saved"),
    Field("encoding", _ENCODING, "how its bytes are read, where it is not UTF-8"),
    Field(
        "reading",
        record_of(
            lambda by, sha256, version=None: Reading(by, version, sha256),
            (
                Field("by", TEXT, "what read the text out of it", required=True),
                Field("version", TEXT, "its version"),
                Field("sha256", HASH, "the SHA-256 of the text that it read", required=True),
            ),
            "the reading",
        ),
        "HTML, PDF and coded e-mails only: the text that was read out of it",
    ),
)

_WRITTEN: Kind[Capture] = record_of(
    lambda file=None, **k: Capture(file, **k), _CAPTURE_FIELDS, "the capture"
)


def _read_capture(value: Value, at: Reader) -> Capture | None:
    if isinstance(value, str) and "." in value and "://" not in value:
        name = value.removeprefix("content/").removeprefix("captures/")
        at.report(
            "wrong-type",
            f"the capture is `{value}`, where fields are wanted",
            f"write {{file: captures/{name}, sha256: …}}; for 64 zeros the check says what the hash is",
        )
        return None
    capture = _WRITTEN.read(value, at)
    # A path that cannot be used must not turn the capture into one that is not held here.
    if capture is not None and capture.file is None and isinstance(value, dict):
        return capture if value.get("file") is None else None
    return capture


_LISTED = list_of(Kind(_read_capture, _WRITTEN.schema, silently(_read_capture)))


def _read_captures(value: Value, at: Reader) -> tuple[Capture, ...] | None:
    if value == []:
        at.report("missing-field", "the document has no capture", "captures: the raw files")
    captures = _LISTED.read(value, at)
    # The first is the one that is transcribed, so none may be left out in silence.
    return captures if captures and len(captures) == len(value or ()) else None


CAPTURES: Kind[tuple[Capture, ...]] = Kind(
    _read_captures,
    {**_LISTED.schema, "minItems": 1},
    lambda value: _LISTED.parse(value) or None,
)

_VERBATIM: Kind[str] = scalar("wrong-type", "text", lambda text: text, "write one text", WORDS)
"""Text whose white space at the ends counts."""

_CORRECTION_FIELDS = (
    Field("before", _VERBATIM, "the text before it"),
    Field("was", _VERBATIM, "the capture's text"),
    Field("now", _VERBATIM, "the page's text"),
    Field("after", _VERBATIM, "the text after it"),
    Field("reason", TEXT, "why"),
    Field("by", TEXT, "who sealed it"),
    Field("date", DATE, "when"),
)


def _build_correction(was: str = "", now: str = "", **given: Any) -> Correction:
    return Correction(was, now, **given)


CORRECTION: Kind[Correction] = record_of(_build_correction, _CORRECTION_FIELDS, "the correction")
