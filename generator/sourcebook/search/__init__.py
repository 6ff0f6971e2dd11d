"""What is indexed, and the Pagefind processes that index it.

``record`` is one result, ``spelling`` what else has to be indexed so that it is found, ``shards``
the cut of a large index, ``service`` a process, ``bundle`` the check and the canonical form of what
it returns, ``listing`` what the page knows of all records; ``index_shards`` puts them in a row.
What an archive's pages are found by is made by ``records``.

There is one index a language, with the stemmer of that language, in one folder or, where it is
large, in several, of which each is made again only when its own records have changed. The results of
a search, and what its filters count, are the same as with one index, but for two things. Every shard
weighs words by its own records, so the order of results of nearly equal weight may differ. And longer
words that begin with one that is looked for ("dealers" for "deal") are found only in the files of
words that Pagefind reads, which begin elsewhere in each shard: a hit more or less in some hundreds.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, fields
from functools import partial
from importlib.metadata import version
from itertools import groupby
from threading import Event

from ..cache import Recall, forget
from ..diagnostics import EnvironmentProblem
from .bundle import PROGRAM, TABLE, IndexedRecord, assemble_bundle
from .listing import LISTING, encode_listing
from .record import Choice, Findable, Passage, SearchRecord
from .service import NEVER, ONE_OF_MANY, IndexedPage, index_pages
from .shards import Shard, cut_into_shards
from .spelling import indexed_text, squeeze

__all__ = [
    "NO_INDEX",
    "Choice",
    "Findable",
    "Passage",
    "SearchIndex",
    "SearchRecord",
    "Shard",
    "cut_into_shards",
    "index_shards",
]

_FOLDER = "pagefind"
"""Where the index stands in the site."""

_FORMAT = "2"
"""Another one makes every kept shard a stranger; so does another Pagefind."""

_FIELDS = tuple(field.name for field in fields(SearchRecord))


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """The search of a site: all its files."""

    files: Mapping[str, bytes] = field(compare=False)
    """By path from the site's root; those that are kept are read when they are asked for."""
    results: int
    """How many records can be found."""
    digest: str
    """Of all that the files are made of: they are the same where it is."""


NO_INDEX = SearchIndex({}, 0, "")


@dataclass(frozen=True, slots=True)
class _IndexedShard:
    shard: Shard
    files: Mapping[str, bytes]
    results: int
    digest: str


class _SiteFiles(Mapping[str, bytes]):
    """Files of shards by their paths in the site, each taken from its shard when it is asked for."""

    def __init__(self) -> None:
        self._places: dict[str, tuple[Mapping[str, bytes], str]] = {}

    def add(self, path: str, shard: Mapping[str, bytes], name: str) -> None:
        self._places[path] = shard, name

    def __getitem__(self, path: str) -> bytes:
        shard, name = self._places[path]
        return shard[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def index_shards(
    shards: Sequence[Shard], recall: Recall = forget, jobs: int = 1, over: Event = NEVER
) -> SearchIndex:
    """The index of all *shards*, at most *jobs* of them being made at a time.

    *recall* keeps each shard's files. Equal records in equal order make equal bytes.
    ``EnvironmentProblem`` where Pagefind fails, and soon where nobody waits any more (*over*).
    """
    with ThreadPoolExecutor(max_workers=jobs) as pool:
        # A thread waits for its Pagefind, or packs, without Python's lock; no other process is needed.
        done = list(pool.map(partial(_index_shard, recall, over), shards))
    files = _SiteFiles()
    indexes: list[tuple[str, list[tuple[str, bytes]]]] = []
    for language, parts in groupby(done, key=lambda one: one.shard.language):
        tables: list[tuple[str, bytes]] = []
        for part in parts:
            folder, is_first = part.shard.folder, not tables
            tables.append((folder, part.files[TABLE]))
            for name in sorted(part.files):
                if name != TABLE and (is_first or not PROGRAM.fullmatch(name)):
                    files.add(f"{_FOLDER}/{folder}/{name}", part.files, name)
        indexes.append((language, tables))
    files.add(f"{_FOLDER}/{LISTING}", {LISTING: encode_listing(indexes)}, LISTING)
    told = hashlib.sha256(repr([(one.shard.folder, one.digest) for one in done]).encode())
    return SearchIndex(files, sum(one.results for one in done), told.hexdigest())


def _index_shard(recall: Recall, over: Event, shard: Shard) -> _IndexedShard:
    if over.is_set():
        raise EnvironmentProblem("the search index was interrupted")
    records = [record for findable in shard.findables for record in findable.make()]
    _require_unlike_urls(records)
    name, digest = ("index", shard.folder), _digest(shard, records)
    files = recall(name, digest, lambda: _make_files(shard, records, over))
    return _IndexedShard(shard, files, len(records), digest)


def _require_unlike_urls(records: Iterable[SearchRecord]) -> None:
    doubles = [url for url, n in Counter(record.url for record in records).items() if n > 1]
    if doubles:
        # Pagefind never ends on two pages that are the same in all.
        raise ValueError(f"several search records lead to {doubles[0]}")


def _digest(shard: Shard, records: Iterable[SearchRecord]) -> str:
    """A hash of all that the files of *shard* are made of."""
    digest = hashlib.sha256()
    head = (_FORMAT, version("pagefind_bin"), shard.language, shard.number, shard.of)
    digest.update(json.dumps(head).encode())
    for record in records:
        digest.update(json.dumps([getattr(record, name) for name in _FIELDS]).encode())
    return digest.hexdigest()


def _make_files(shard: Shard, records: Iterable[SearchRecord], over: Event) -> Mapping[str, bytes]:
    pages: list[IndexedPage] = []
    indexed: list[IndexedRecord] = []
    for number, record in enumerate(records):
        names = (record.title, *record.names)
        # Names stand behind the text as well: a hit in a title alone has no place of its own.
        own, behind = indexed_text(squeeze(record.text), (*names, *record.also))
        if not any(map(str.isalnum, own + behind)):
            # Pagefind leaves out a page without words.
            behind = squeeze(f"{behind} {record.url}")
        pages.append(IndexedPage(str(number), f"{own} {behind}".strip(), _title(names)))
        indexed.append(IndexedRecord(record, behind))
    environment = {} if shard.of == 1 else ONE_OF_MANY
    files = index_pages(pages, shard.language, environment=environment, over=over)
    return assemble_bundle(files, indexed, shard.language, shard.number)


def _title(names: Sequence[str]) -> str:
    """All *names* in all their forms: what Pagefind gives the weight of a title."""
    return " ".join(indexed_text(squeeze(" ".join(names)))).strip()
