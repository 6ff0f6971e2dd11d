"""What is indexed, and the Pagefind process that indexes it.

``record`` is one result, ``spelling`` what else has to be indexed so that it is found, ``service``
the process, ``bundle`` the check and the canonical form of what it returns; ``index_records`` puts
them in a row. Records are made of an archive by ``records``.

There is one index a language, each in a folder of its own with the stemmer of that language, and a
list of them that the search page reads first. A further cut of a large index is a further folder.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from .bundle import Fragment, assemble_bundle
from .record import KIND_LETTERS, NOT_KNOWN, Choice, Passage, RecordKind, SearchRecord
from .service import IndexedPage, index_pages
from .spelling import indexed_text, squeeze

__all__ = [
    "FOLDER",
    "KIND_LETTERS",
    "NOT_KNOWN",
    "Choice",
    "Passage",
    "RecordKind",
    "SearchRecord",
    "index_records",
]

FOLDER = "pagefind"
"""Where the index stands in the site."""

STEMMED = frozenset(
    (
        *("ar", "ca", "da", "de", "el", "en", "eo", "es", "et", "eu", "fi", "fr", "ga", "hi"),
        *("hu", "hy", "id", "it", "lt", "nb", "ne", "nl", "nn", "no", "pl", "pt", "ro", "ru"),
        *("sr", "sv", "ta", "tr", "yi"),
    )
)
"""Languages for which Pagefind has a stemmer. All others share one index without any."""

UNSTEMMED = "unknown"

_DATED = frozenset({"claim", "document"})


def index_records(records: Iterable[SearchRecord]) -> Mapping[str, bytes]:
    """The search index of *records*: the content of its files, by path from the site's root.

    Equal records in equal order make equal bytes. ``EnvironmentProblem`` where Pagefind fails.
    """
    by_index: defaultdict[str, list[SearchRecord]] = defaultdict(list)
    for record in records:
        by_index[record.language if record.language in STEMMED else UNSTEMMED].append(record)
    _require_unlike_urls(record for group in by_index.values() for record in group)

    largest_first = sorted(by_index, key=lambda language: (-len(by_index[language]), language))
    listing = json.dumps({"languages": largest_first}).encode()
    files = {f"{FOLDER}/indexes.json": listing}
    for language in largest_first:
        for path, content in _index_language(by_index[language], language).items():
            files[f"{FOLDER}/{language}/{path}"] = content
    return dict(sorted(files.items()))


def _require_unlike_urls(records: Iterable[SearchRecord]) -> None:
    doubles = [url for url, n in Counter(record.url for record in records).items() if n > 1]
    if doubles:
        # Pagefind never ends on two pages that are the same in all.
        raise ValueError(f"several search records lead to {doubles[0]}")


def _index_language(records: Sequence[SearchRecord], language: str) -> dict[str, bytes]:
    pages: list[IndexedPage] = []
    fragments: list[Fragment] = []
    for number, record in enumerate(records):
        names = (record.title, *record.names)
        # Names stand behind the text as well: a hit in a title alone has no place of its own.
        own, behind = indexed_text(squeeze(record.text), (*names, *record.also))
        if not any(map(str.isalnum, own + behind)):
            # Pagefind leaves out a page without words.
            behind = squeeze(f"{behind} {record.url}")
        filters = _filters_of(record)
        pages.append(IndexedPage(str(number), f"{own} {behind}".strip(), _title(names), filters))
        fragments.append(Fragment(record, behind, filters))
    return assemble_bundle(index_pages(pages, language), fragments, language)


def _title(names: Sequence[str]) -> str:
    """All *names* in all their forms: what Pagefind gives the weight of a title."""
    return " ".join(indexed_text(squeeze(" ".join(names)))).strip()


def _filters_of(record: SearchRecord) -> dict[str, tuple[str, ...]]:
    """By name of the filter, its values as ``id label``; the id goes into addresses."""
    chosen: dict[str, tuple[Choice, ...]] = {
        "kind": (Choice(record.kind, ""),),
        "lang": (Choice(record.language, ""),),
        "outlet": record.outlets,
        "actor": record.actors,
        "topic": record.topics,
        "year": tuple(Choice(str(year), "") for year in record.years),
    }
    if record.kind in _DATED:
        chosen["outlet"] = record.outlets or (NOT_KNOWN,)
        chosen["year"] = chosen["year"] or (NOT_KNOWN,)
    if record.kind == "claim":
        chosen["actor"] = record.actors or (NOT_KNOWN,)
    return {
        name: tuple(dict.fromkeys(squeeze(f"{choice.id} {choice.label}") for choice in choices))
        for name, choices in chosen.items()
        if choices
    }
