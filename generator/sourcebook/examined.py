"""A record examined by itself: what its own file, its capture and the names in its text show.

So each can be examined in a process of its own, and what was found stands while these are the same.
What it needs of other records is noted only; ``checked`` sees whether they are there.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, is_dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from . import model
from .anchors import (
    DocumentPlaces,
    NamePlace,
    Names,
    PartPlace,
    Span,
    actors_named,
    place_annotations,
)
from .cache import Recall, forget
from .check import needs_of
from .diagnostics import Diagnostic
from .edtf import Edtf, parse_edtf
from .fidelity import Verification, check_other_captures, verify_document
from .frontmatter import locate_diagnostics
from .layout import path_of
from .load import RawCapture, decode_raw, read_capture, read_page, read_record_of
from .markup import parse_body
from .model import Capture, Document, Slug
from .packing import Held, packable, packable_as_text
from .surroundings import Need, claim_ids

for _record in (
    *(value for value in vars(model).values() if isinstance(value, type) and is_dataclass(value)),
    *(model.AgentRef, DocumentPlaces, NamePlace, PartPlace, Span, Verification, Need),
):
    packable(_record)
packable(model.Claim, repeated=("id", "by", "cue", "form", "topics"))
# To read a date again is faster than to put it together, and equal dates are one.
packable_as_text(Edtf, lambda date: date.text, parse_edtf)


@packable
class RecordReading(NamedTuple):
    """What a record's file alone shows."""

    record: Held[Any] | None
    """None where the file cannot be used."""
    diagnostics: tuple[Diagnostic, ...]
    needs: tuple[Need, ...] | None = ()
    """What the archive must meet so that nothing more is wrong with it; None: something is."""
    captures: tuple[Capture, ...] = ()
    claims: tuple[str, ...] = ()
    """The ids of its claims."""
    actors: tuple[Slug, ...] = ()
    """Those whose names are looked for in its text."""


@packable
class TextReading(NamedTuple):
    """What a document's text shows."""

    places: Held[DocumentPlaces]
    verification: Verification
    diagnostics: tuple[Diagnostic, ...]


@packable
class Examined(NamedTuple):
    """Both, each with what it depends on."""

    record_key: bytes
    record: RecordReading
    text_key: bytes = b""
    text: TextReading | None = None
    """None where the file cannot be used, and for records that have no capture."""


@dataclass(frozen=True, slots=True)
class Examiner:
    """What examining a record of an archive takes beside its file."""

    root: Path
    names: Names
    """Every name of each actor; the documents' text is searched for them."""
    captures: Mapping[str, str | None]
    """Where the disk has each capture, as listed."""
    name_keys: dict[Slug, str] = field(default_factory=dict)
    """Tells names of each actor from others; made as they are wanted."""

    def examine(self, kind: str, slug: Slug, recall: Recall = forget) -> Examined:
        """What the file of a record shows, recalled while all that it depends on is the same."""
        data = read_page(kind, slug, self.root)
        key = hashlib.sha256(data).digest()
        record = recall((kind, slug), key, lambda: _read(kind, slug, data))
        if record.record is None or not record.captures:
            return Examined(key, record)
        raws = [
            read_capture(self.root, capture, self.captures.get(capture.file or ""))
            for capture in record.captures
        ]
        told = [raw.key for raw in raws]
        told += [self.name_keys.get(one) or self._key_of_names(one) for one in record.actors]
        text_key = hashlib.sha256(key + "\n".join(told).encode("utf-8", "surrogatepass")).digest()
        held = record.record

        def read_text() -> TextReading:
            return _read_text(held.get(), data, raws, self.names)

        text = recall(("text", slug), text_key, read_text)
        return Examined(key, record, text_key, text)

    def _key_of_names(self, actor: Slug) -> str:
        told = repr((actor, self.names.get(actor)))
        key = self.name_keys[actor] = hashlib.sha256(told.encode()).hexdigest()
        return key


def _read(kind: str, slug: Slug, data: bytes) -> RecordReading:
    record, diagnostics = read_record_of(kind, slug, data)
    found = _located(diagnostics, path_of(kind, slug), data)
    if record is None:
        return RecordReading(None, found)
    needs = needs_of(kind, record)
    if not isinstance(record, Document):
        return share(RecordReading(Held(record), found, needs))
    named = tuple(sorted(actors_named(record)))
    ids = claim_ids(record)
    return share(RecordReading(Held(record), found, needs, record.captures, ids, named))


def share(reading: RecordReading) -> RecordReading:
    """*reading* with the needs and names that it has in common with others: kept once, not often."""
    return reading._replace(
        needs=None if reading.needs is None else tuple(map(_same, reading.needs)),
        claims=tuple(map(sys.intern, reading.claims)),
        actors=tuple(map(sys.intern, reading.actors)),
    )


@lru_cache(maxsize=65_536)
def _same(need: Need) -> Need:
    return need


def _located(found: Sequence[Diagnostic], path: str, data: bytes) -> tuple[Diagnostic, ...]:
    """*found*, those in the file at *path* with their lines: they stand as long as its *data*."""

    def read(one: str) -> str | None:
        return data.decode("utf-8-sig") if one == path else None

    return tuple(locate_diagnostics(found, read))


def _read_text(
    document: Document, data: bytes, raws: Sequence[RawCapture], names: Names
) -> TextReading:
    capture, *others = map(decode_raw, raws)
    body = parse_body(str(document.body))
    places, diagnostics = place_annotations(document, body, names)
    verification, found = verify_document(document, body, capture)
    if any(problem.rule == "transcription-differs" for problem in found):
        diagnostics = [_after_the_text(problem) for problem in diagnostics]
    diagnostics += [*found, *check_other_captures(document, others)]
    return TextReading(Held(places), verification, _located(diagnostics, document.path, data))


def _after_the_text(problem: Diagnostic) -> Diagnostic:
    """Of a quote that is not found in a changed text: it may be right, and the text wrong."""
    if problem.rule != "quote-not-found":
        return problem
    first = "mend the text first, which differs from its capture; then check again"
    return replace(problem, help=f"{first}\n{problem.help}" if problem.help else first)
