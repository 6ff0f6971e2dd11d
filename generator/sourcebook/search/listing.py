"""What the search page knows of every record before it fetches any: its kind, day and filters.

Pagefind can count filters, but compares every hit with every record of every value: forty seconds
for a word that a fifth of a large archive has. So it is asked for words alone, and the page counts
by this list: a column for each filter, in which equal neighbours, such as the claims of a document,
are written once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from .gzipped import compress
from .record import NOT_KNOWN, Choice, SearchRecord
from .spelling import squeeze

LISTING = "records.pf_listing"
"""The one file with the lists of all shards."""

Json = Mapping[str, object]

_DATED = frozenset({"claim", "document"})


@dataclass(frozen=True, slots=True)
class RecordsFile:
    """A file with the records that follow each other in a shard: some of one page, of one kind."""

    name: str
    """Begins with the letter of the kind."""
    records: Sequence[SearchRecord]


def encode_table(files: Sequence[RecordsFile], number: int) -> bytes:
    """The list of shard *number*, for ``encode_listing``."""
    records = [record for file in files for record in file.records]
    filters: dict[str, Json] = {}
    for name, choices in _choices(records).items():
        # Values first, then sets of values, each in order of appearance: small numbers all.
        values: dict[str, int] = {}
        sets: dict[tuple[int, ...], int] = {}
        column: list[int] = []
        for those in choices:
            labels = dict.fromkeys(squeeze(f"{choice.id} {choice.label}") for choice in those)
            numbers = tuple(values.setdefault(label, len(values)) for label in labels)
            column.append(sets.setdefault(numbers, len(sets)))
        filters[name] = {"values": list(values), "sets": list(sets), "of": _runs(column)}
    table = {
        "number": number,
        "files": [file.name for file in files],
        "counts": _runs(len(file.records) for file in files),
        "days": _runs(map(_day_number, records)),
        "filters": filters,
    }
    return _encode(table)


def encode_listing(indexes: Sequence[tuple[str, Sequence[tuple[str, bytes]]]]) -> bytes:
    """The list of all shards: of each index its language, and each shard's folder and table.

    The values of filters stand in it once, and those of a shard are numbers of theirs.
    """
    values: dict[str, dict[str, int]] = {}
    whole: list[Json] = []
    for language, shards in indexes:
        tables: list[Json] = []
        for folder, encoded in shards:
            table = json.loads(encoded)
            for name, column in table["filters"].items():
                known = values.setdefault(name, {})
                column["values"] = [known.setdefault(v, len(known)) for v in column["values"]]
            tables.append({"folder": folder, **table})
        whole.append({"language": language, "shards": tables})
    content = {"values": {name: list(known) for name, known in values.items()}, "indexes": whole}
    return compress(_encode(content), 9)


def _choices(records: Sequence[SearchRecord]) -> dict[str, Iterable[Sequence[Choice]]]:
    """By filter, what each record has: ``NOT_KNOWN`` where it should have something."""
    unknown = (NOT_KNOWN,)
    return {
        "outlet": (r.outlets or (unknown if r.kind in _DATED else ()) for r in records),
        "actor": (r.actors or (unknown if r.kind == "claim" else ()) for r in records),
        "topic": (r.topics for r in records),
        "year": (
            tuple(Choice(str(year), "") for year in r.years)
            or (unknown if r.kind in _DATED else ())
            for r in records
        ),
        "lang": ((Choice(r.language, ""),) for r in records),
    }


def _day_number(record: SearchRecord) -> int:
    """The day as a number that sorts as days do; 0 where there is none."""
    if record.day is None:
        return 0
    year, month, day = record.day
    return (year + 10_000) * 10_000 + month * 100 + day


def _runs(numbers: Iterable[int]) -> list[int]:
    """*numbers*, none of them negative, where -n says that the one before it comes n times more."""
    out: list[int] = []
    last = -1
    for number in numbers:
        if number != last:
            out.append(number)
            last = number
        elif out[-1] < 0:
            out[-1] -= 1
        else:
            out.append(-1)
    return out


def _encode(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
