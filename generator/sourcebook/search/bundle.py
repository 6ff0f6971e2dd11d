"""Pagefind's files become ours: checked for completeness, then the same for the same records.

Names of Pagefind's files are hashes of what it writes in the order of hash tables, which is another
in each run. All of it is put in order here. The word lists are left as they are: they have an order.

Of each result Pagefind would fetch a file, one a record. Ours take their place: each has the exact
words of several records and what the page shows of them, none of which is indexed. A result is
known by the number of its shard and its own in that, and the listing says in which file it stands.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..diagnostics import EnvironmentProblem
from . import cbor
from .gzipped import compress
from .listing import RecordsFile, encode_table
from .record import KIND_LETTERS, SearchRecord
from .service import HELP
from .spelling import squeeze

_SIGNATURE = b"pagefind_dcd"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_HASH_DIGITS = 10

SCRIPTS = ("pagefind.js", "pagefind-worker.js")
"""What of Pagefind's scripts is published; its interfaces are not."""

_SWALLOWED = re.compile(
    rb"catch\(e\)\{(?=console\.error\(`Failed to load the (?:index chunk|meta index))"
)

PROGRAM = re.compile(r"pagefind(-worker)?\.js|wasm\..+")
"""Files that only one shard of an index needs."""

TABLE = "table.json"
"""The shard's part of the listing; not published by itself."""

IN_A_FILE = 6_000
"""Characters of text after which records begin a new file: few files, and little read in vain."""


@dataclass(frozen=True, slots=True)
class IndexedRecord:
    """A record, and what was indexed of it that it does not show."""

    record: SearchRecord
    behind: str
    """The words indexed behind its text."""


def assemble_bundle(
    files: Mapping[str, bytes], records: Sequence[IndexedRecord], language: str, number: int = 0
) -> dict[str, bytes]:
    """The files of shard *number*, by path in its folder, made of Pagefind's *files*.

    *records* are in the order in which they were indexed, and Pagefind's own bear the number in
    that order as their URL. ``EnvironmentProblem`` where anything is missing or broken.
    """
    try:
        index = _order_index(files, len(records), language, number)
    except (KeyError, ValueError, TypeError, IndexError, zlib.error, EOFError, OSError) as error:
        raise EnvironmentProblem(
            f"Pagefind's index is incomplete or not as expected: {type(error).__name__}: {error}",
            help=HELP,
        ) from error
    listed: list[RecordsFile] = []
    for group in _group(records):
        content = _encode_records(group)
        name = KIND_LETTERS[group[0].record.kind] + _digest(content)
        listed.append(RecordsFile(name, [indexed.record for indexed in group]))
        index[f"records/{name}.pf_records"] = compress(content, 6)
    if len({file.name for file in listed}) != len(listed):
        raise ValueError("two files of records share a name")
    return {**index, TABLE: encode_table(listed, number)}


def _order_index(
    files: Mapping[str, bytes], count: int, language: str, number: int
) -> dict[str, bytes]:
    entry = json.loads(files["pagefind-entry.json"])
    ((entry_language, about),) = entry["languages"].items()
    if (entry_language, about["page_count"]) != (language, count):
        raise ValueError(f"{about['page_count']} records of {count} are in the index")
    version, pages, chunks, filters, sorts, meta_fields = _array(
        cbor.decode(_unpack(files[f"pagefind.{about['hash']}.pf_meta"]))
    )
    if len(_array(pages)) != count:
        raise ValueError(f"{len(_array(pages))} records of {count} are in the index")

    # What does not come is else told to the console alone, and all in it is said to be nowhere.
    out = {name: _SWALLOWED.sub(rb"\g<0>throw e;", files[name]) for name in SCRIPTS}
    wasm = f"wasm.{about['wasm'] or 'unknown'}.pagefind"
    _unpack(files[wasm])
    out[wasm] = files[wasm]
    for chunk in _array(chunks):
        path = f"index/{_array(chunk)[2]}.pf_index"
        _unpack(files[path])
        out[path] = files[path]

    ordered: list[cbor.Value] = []
    for at, page in enumerate(_array(pages)):
        pagefind_name, word_count = _array(page)
        _require_same_page(files[f"fragment/{pagefind_name}.pf_fragment"], at)
        ordered.append([f"{number}.{at}", word_count])
    meta = cbor.encode([version, ordered, chunks, filters, sorts, meta_fields])
    name = f"{language}_{_digest(meta)}"
    out[f"pagefind.{name}.pf_meta"] = _pack(meta)
    entry["languages"] = {language: {**about, "hash": name}}
    out["pagefind-entry.json"] = json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()
    return out


def _require_same_page(fragment: bytes, number: int) -> None:
    # In a text the quotation marks would be escaped.
    if f'"url":"{number}"'.encode() not in _unpack(fragment):
        raise ValueError(f"record {number} is not at its place in the index")


def _group(records: Sequence[IndexedRecord]) -> Iterator[list[IndexedRecord]]:
    """The records that share a file: neighbours of one page and one kind."""
    group: list[IndexedRecord] = []
    of: tuple[str, str] | None = None
    size = 0
    for indexed in records:
        record = indexed.record
        its = (record.kind, record.url.partition("#")[0])
        if group and (its != of or size > IN_A_FILE):
            yield group
            group, size = [], 0
        group.append(indexed)
        of, size = its, size + len(record.text) + len(indexed.behind)
    if group:
        yield group


def _encode_records(group: Sequence[IndexedRecord]) -> bytes:
    """What ``search.js`` is given of the records of one file."""
    shown = [
        {
            "url": indexed.record.url,
            "title": indexed.record.title,
            "names": list(indexed.record.names),
            "content": squeeze(indexed.record.text),
            "behind": indexed.behind,
            "places": _places(indexed.record),
            "date": indexed.record.date,
            "speaker": indexed.record.speaker,
            "form": indexed.record.form,
            "summary": list(indexed.record.summary),
            "lang": indexed.record.language,
        }
        for indexed in group
    ]
    content = [{k: v for k, v in one.items() if v not in (None, "", [])} for one in shown]
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _places(record: SearchRecord) -> list[tuple[int, str]]:
    """(number of the first word, id) of each passage."""
    if not record.passages:
        return []
    words = re.finditer(r"\S+", record.text)
    starts = [word.start() for word in words if word[0].isascii() or squeeze(word[0])]
    return [
        (max(0, bisect_right(starts, start) - 1), fragment) for start, fragment in record.passages
    ]


def _digest(content: bytes) -> str:
    number = int.from_bytes(hashlib.sha256(content).digest()[:8], "big")
    return _base36(number % 36**_HASH_DIGITS, _HASH_DIGITS)


def _base36(number: int, width: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits.rjust(width, "0")


def _pack(content: bytes) -> bytes:
    return compress(_SIGNATURE + content, 9)


def _unpack(content: bytes) -> bytes:
    unpacked = gzip.decompress(content)
    if not unpacked.startswith(_SIGNATURE):
        raise ValueError("a file without Pagefind's signature")
    return unpacked[len(_SIGNATURE) :]


def _array(value: cbor.Value) -> list[cbor.Value]:
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is not an array")
    return value
