"""Cuts a large index into shards, so that a change makes a small part of it anew.

A page's records go to the shard that the hash of its address says: the parts are equal in size and
in their words, so that scores can be compared, and no page moves when another is added. (By year,
one year would hold a tenth of the archive and another a hundredth, and its words would be its own.)
Only an archive that grows beyond twice its size is cut anew.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from .record import Findable

STEMMED = frozenset(
    (
        *("ar", "ca", "da", "de", "el", "en", "eo", "es", "et", "eu", "fi", "fr", "ga", "hi"),
        *("hu", "hy", "id", "it", "lt", "nb", "ne", "nl", "nn", "no", "pl", "pt", "ro", "ru"),
        *("sr", "sv", "ta", "tr", "yi"),
    )
)
"""Languages for which Pagefind has a stemmer. All others share one index without any."""

UNSTEMMED = "unknown"

WHOLE = 8_000_000
"""Characters that stay in one piece: some fifteen hundred articles. Pagefind takes 0.7 GB for them."""

SHARE = 2_000_000
"""Characters that a shard has at most. Pagefind takes 0.17 GB for them; half as many shards would
save a reader a tenth of what a first search fetches."""


@dataclass(frozen=True, slots=True)
class Shard:
    """A part of one language's index, with what is to be found in it."""

    language: str
    number: int
    of: int
    """How many shards the language has; one if its index is whole."""
    findables: tuple[Findable, ...]

    @property
    def folder(self) -> str:
        """Its folder below that of the search: the same for the same number in every build."""
        return self.language if self.of == 1 else f"{self.language}-{self.number:02x}"


def cut_into_shards(
    findables: Iterable[Findable], whole: int = WHOLE, share: int = SHARE
) -> list[Shard]:
    """The shards of all indexes, one language after another, the largest first."""
    by_language: defaultdict[str, list[Findable]] = defaultdict(list)
    for findable in findables:
        stemmed = findable.language in STEMMED
        by_language[findable.language if stemmed else UNSTEMMED].append(findable)
    largest_first = sorted(by_language, key=lambda name: (-_size(by_language[name]), name))
    return [
        shard
        for language in largest_first
        for shard in _cut(language, by_language[language], whole, share)
    ]


def _cut(language: str, findables: list[Findable], whole: int, share: int) -> list[Shard]:
    size, count = _size(findables), 1
    while size > whole and count * share < size:
        count *= 2
    parts: list[list[Findable]] = [[] for _ in range(count)]
    for findable in findables:
        parts[_hash(findable.page) % count].append(findable)
    shards = (Shard(language, number, count, tuple(part)) for number, part in enumerate(parts))
    return [shard for shard in shards if shard.findables]


def _size(findables: Iterable[Findable]) -> int:
    return sum(findable.size for findable in findables)


def _hash(page: str) -> int:
    return int.from_bytes(hashlib.sha256(page.encode()).digest()[:8], "big")
