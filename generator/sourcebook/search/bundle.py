"""Pagefind's files become ours: checked for completeness, then the same for the same records.

Pagefind writes the values of a filter, the list of filters and the languages in the order of a hash
table, which is another in each run; names of files are hashes of that. All of it is put in order
here. The word lists are left as they are: they have an order.

Of each result a *fragment* is fetched when it is shown. Ours replaces Pagefind's, so that it holds
the record's exact words and what the page shows of them, none of which is indexed; and its name,
which the search page sees for every hit before it fetches any, begins with the kind and the day.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..diagnostics import EnvironmentProblem
from . import cbor
from .record import KIND_LETTERS, SearchRecord
from .service import HELP
from .spelling import squeeze

_SIGNATURE = b"pagefind_dcd"
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_DAY_DIGITS = 6
_HASH_DIGITS = 10

SCRIPTS = ("pagefind.js", "pagefind-worker.js")
"""What of Pagefind's scripts is published; its interfaces are not."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """What the search page is given to show one result."""

    record: SearchRecord
    behind: str
    """The words indexed behind its text."""
    filters: Mapping[str, Sequence[str]]


def assemble_bundle(
    files: Mapping[str, bytes], fragments: Sequence[Fragment], language: str
) -> dict[str, bytes]:
    """The index to publish, by path in its folder, made of Pagefind's *files*.

    *fragments* are in the order in which the records were indexed, and Pagefind's own bear the
    number in that order as their URL. ``EnvironmentProblem`` where anything is missing or broken.
    """
    try:
        return _assemble(files, fragments, language)
    except (KeyError, ValueError, TypeError, IndexError, zlib.error, EOFError, OSError) as error:
        raise EnvironmentProblem(
            f"Pagefind's index is incomplete or not as expected: {type(error).__name__}: {error}",
            help=HELP,
        ) from error


def _assemble(
    files: Mapping[str, bytes], fragments: Sequence[Fragment], language: str
) -> dict[str, bytes]:
    entry = json.loads(files["pagefind-entry.json"])
    ((entry_language, about),) = entry["languages"].items()
    if (entry_language, about["page_count"]) != (language, len(fragments)):
        raise ValueError(f"{about['page_count']} records of {len(fragments)} are in the index")
    version, pages, chunks, filters, sorts, meta_fields = _array(
        cbor.decode(_unpack(files[f"pagefind.{about['hash']}.pf_meta"]))
    )
    if len(_array(pages)) != len(fragments):
        raise ValueError(f"{len(_array(pages))} records of {len(fragments)} are in the index")

    out = {name: files[name] for name in SCRIPTS}
    wasm = f"wasm.{about['wasm'] or 'unknown'}.pagefind"
    _unpack(files[wasm])
    out[wasm] = files[wasm]
    for chunk in _array(chunks):
        path = f"index/{_array(chunk)[2]}.pf_index"
        _unpack(files[path])
        out[path] = files[path]

    ordered_pages: list[cbor.Value] = []
    for number, (page, fragment) in enumerate(zip(_array(pages), fragments, strict=True)):
        pagefind_name, word_count = _array(page)
        _require_same_page(files[f"fragment/{pagefind_name}.pf_fragment"], number)
        name, content = _encode_fragment(fragment)
        out[f"fragment/{name}.pf_fragment"] = content
        ordered_pages.append([name, word_count])
    if len({path for path in out if path.startswith("fragment/")}) != len(fragments):
        raise ValueError("two records share a name")

    ordered_filters: list[cbor.Value] = []
    for filter_name, hash_ in sorted(map(_pair, _array(filters))):
        content = _order_filter(_unpack(files[f"filter/{hash_}.pf_filter"]))
        name = f"{filter_name}_{_digest(content)}"
        out[f"filter/{name}.pf_filter"] = _pack(content)
        ordered_filters.append([filter_name, name])

    meta = cbor.encode([version, ordered_pages, chunks, ordered_filters, sorts, meta_fields])
    name = f"{language}_{_digest(meta)}"
    out[f"pagefind.{name}.pf_meta"] = _pack(meta)
    entry["languages"] = {language: {**about, "hash": name}}
    out["pagefind-entry.json"] = json.dumps(entry, sort_keys=True, separators=(",", ":")).encode()
    return out


def _order_filter(content: bytes) -> bytes:
    name, values = _array(cbor.decode(content))
    return cbor.encode([name, sorted(_array(values), key=_pair)])


def _require_same_page(fragment: bytes, number: int) -> None:
    url = json.loads(_unpack(fragment))["url"]
    if url != str(number):
        raise ValueError(f"record {number} of the index is record {url}")


def _encode_fragment(fragment: Fragment) -> tuple[str, bytes]:
    """The name and the content of *fragment*'s file. ``search.js`` reads both."""
    record = fragment.record
    shown = {
        "kind": record.kind,
        "title": record.title,
        "names": list(record.names),
        "behind": fragment.behind,
        "places": _places(record),
        "date": record.date,
        "speaker": record.speaker,
        "form": record.form,
        "summary": list(record.summary),
        "lang": record.language,
    }
    content = json.dumps(
        {
            "url": record.url,
            "content": squeeze(record.text),
            "word_count": len(record.text.split()),
            "filters": fragment.filters,
            # Pagefind hands its "meta" on as it is.
            "meta": {key: value for key, value in shown.items() if value not in (None, "", [])},
            "anchors": [],
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    ).encode()
    return _day_name(record) + _digest(content), _pack(content)


def _places(record: SearchRecord) -> list[tuple[int, str]]:
    """(number of the first word, id) of each passage."""
    if not record.passages:
        return []
    starts = [word.start() for word in re.finditer(r"\S+", record.text) if squeeze(word[0])]
    return [
        (max(0, bisect_right(starts, start) - 1), fragment) for start, fragment in record.passages
    ]


def _day_name(record: SearchRecord) -> str:
    """The kind's letter and the day, of fixed width and in order; ``z…`` where there is none."""
    letter = KIND_LETTERS[record.kind]
    if record.day is None:
        return letter + "z" * _DAY_DIGITS
    year, month, day = record.day
    return letter + _base36((year + 10_000) * 10_000 + month * 100 + day, _DAY_DIGITS)


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
    return gzip.compress(_SIGNATURE + content, compresslevel=9, mtime=0)


def _unpack(content: bytes) -> bytes:
    unpacked = gzip.decompress(content)
    if not unpacked.startswith(_SIGNATURE):
        raise ValueError("a file without Pagefind's signature")
    return unpacked[len(_SIGNATURE) :]


def _array(value: cbor.Value) -> list[cbor.Value]:
    if not isinstance(value, list):
        raise ValueError(f"{value!r} is not an array")
    return value


def _pair(value: cbor.Value) -> tuple[str, str]:
    first, second = _array(value)
    return (str(first), str(second))
