"""Searching: what is indexed, the process that indexes it, and the index that is published."""

from __future__ import annotations

import gzip
import itertools
import json
import stat
import sys
import threading
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.cache import Memory
from sourcebook.diagnostics import EnvironmentProblem
from sourcebook.search import (
    Choice,
    Findable,
    Passage,
    SearchRecord,
    cbor,
    cut_into_shards,
    index_shards,
)
from sourcebook.search.bundle import IndexedRecord, assemble_bundle
from sourcebook.search.service import IndexedPage, index_pages
from sourcebook.search.spelling import indexed_text, squeeze

VALUES = st.recursive(
    st.integers(min_value=-(2**63), max_value=2**63) | st.text(),
    lambda inner: st.lists(inner, max_size=30),
)

ZONES = SearchRecord(
    url="documents/russia-warns/index.html#claim-zones",
    kind="claim",
    title="",
    text="any  attempt to install “safe zones”",
    language="en",
    outlets=(Choice("rt", "RT"),),
    years=(2017,),
    day=(2017, 1, 27),
    date="27 January 2017",
    speaker="Sergey Lavrov",
    form="mixed",
)


def document(number: int, **fields: object) -> SearchRecord:
    known = {
        "url": f"documents/d{number}/index.html",
        "kind": "document",
        "title": f"Document {number}",
        "text": f"The text of document {number} names outlets.",
        "language": "en",
        "outlets": (Choice(f"o{number % 7}", f"Outlet {number % 7}"),),
        "actors": tuple(Choice(f"a{n}", f"Actor {n}") for n in range(number % 5)),
        "years": (2000 + number % 9,),
    }
    return SearchRecord(**{**known, **fields})  # type: ignore[arg-type]


def findables(records: Iterable[SearchRecord]) -> list[Findable]:
    """The records page by page, as those of an archive come."""
    pages: dict[tuple[str, str], list[SearchRecord]] = {}
    for record in records:
        pages.setdefault((record.url.partition("#")[0], record.language), []).append(record)
    return [
        Findable(page, language, sum(len(record.text) for record in those), partial(list, those))
        for (page, language), those in pages.items()
    ]


def index_files(records: Iterable[SearchRecord], **cut: int) -> dict[str, bytes]:
    """The files of the index of *records*, by path."""
    return dict(index_shards(cut_into_shards(findables(records), **cut)).files)


def shown_records(files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """What the search page is given of each record to show it."""
    return [
        record
        for path, content in files.items()
        if path.endswith(".pf_records")
        for record in json.loads(gzip.decompress(content))
    ]


def listing_of(files: Mapping[str, bytes]) -> dict[str, Any]:
    """What the search page knows of all records before it fetches any."""
    listing: dict[str, Any] = json.loads(gzip.decompress(files["pagefind/records.pf_listing"]))
    return listing


def fake_pagefind(folder: Path, script: str) -> Path:
    """A program that stands in for Pagefind."""
    program = folder / "pagefind"
    program.write_text(f"#!{sys.executable}\nimport sys, time\n{script}\n")
    program.chmod(program.stat().st_mode | stat.S_IEXEC)
    return program


# What is indexed


@pytest.mark.parametrize(
    ("text", "indexed"),
    [
        ("l’élection", "l-élection"),
        ("talks—which", "talks-which"),
        ("ﬁnal", "final"),
        ("“safe zones”", "-safe zones-"),
        ("Assad's U.N. safe-zones", "Assad's U.N. safe-zones"),
        ("نقاط، أخرى", "نقاط- أخرى"),
    ],
)
def test_signs_that_hide_words_are_made_plain(text: str, indexed: str) -> None:
    """Words behind typographic apostrophes and dashes and in ligatures are indexed."""
    assert indexed_text(text) == (indexed, "")


@given(st.text())
def test_indexed_text_has_a_word_for_each_word_of_the_text(text: str) -> None:
    """The place of a word in what is indexed is its place in what is shown."""
    own, _ = indexed_text(text)

    assert len(own.split()) == len(squeeze(text).split())


def test_chinese_is_indexed_in_pairs_of_characters() -> None:
    """A sentence without spaces is found by any word in it."""
    assert indexed_text("中国政府 says") == ("中国政府 says", "中国 国政 政府 府")


def test_chinese_name_beside_a_text_finds_it_by_any_word() -> None:
    """What is indexed behind a text is cut into pairs as the text is."""
    assert indexed_text("says", ["习近平"]) == ("says", "习近平 习近 近平 平")


def test_text_cannot_give_orders_to_pagefind() -> None:
    """Words that Pagefind would take for its own marks are indexed as words."""
    own, _ = indexed_text("___PAGEFIND_WEIGHT___9 ___END_PAGEFIND_WEIGHT___ ___")

    assert own == "PAGEFIND_WEIGHT___9 END_PAGEFIND_WEIGHT___ ___"


# The index that is published


def test_result_shows_its_exact_words() -> None:
    """A result holds the words of its source, not those that were indexed, and all it shows."""
    (record,) = shown_records(index_files([ZONES]))

    assert record == {
        "content": "any attempt to install “safe zones”",
        "url": "documents/russia-warns/index.html#claim-zones",
        "date": "27 January 2017",
        "form": "mixed",
        "lang": "en",
        "speaker": "Sergey Lavrov",
    }


def test_the_page_knows_every_record_before_it_fetches_any() -> None:
    """The listing has the file, the day and the values of each filter of every record."""
    records = [
        document(1, day=None),
        document(1, url="documents/d1/index.html#claim-a", kind="claim", day=(2017, 2, 1)),
        document(1, url="documents/d1/index.html#claim-b", kind="claim", day=(2017, 2, 1)),
        document(2, day=(-44, 3, 15), outlets=()),
    ]
    listing = listing_of(index_files(records))
    ((shard,),) = [index["shards"] for index in listing["indexes"]]

    assert [name[0] for name in shard["files"]] == ["d", "c", "d"]
    # The second file has two records: a negative number is a repetition of the one before it.
    assert shard["counts"] == [1, 2, 1]
    assert shard["days"] == [0, 120170201, -1, 99560315]
    assert listing["values"]["outlet"] == ["o1 Outlet 1", "unknown"]
    assert shard["filters"]["outlet"] == {"values": [0, 1], "sets": [[0], [1]], "of": [0, -2, 1]}
    assert listing["values"]["actor"] == ["a0 Actor 0", "a1 Actor 1"]
    assert shard["filters"]["actor"] == {"values": [0, 1], "sets": [[0], [0, 1]], "of": [0, -2, 1]}


def test_a_file_has_no_more_records_than_a_reader_wants() -> None:
    """The claims of a long document stand in several files."""
    claims = [
        document(
            1, url=f"documents/d1/index.html#claim-{n}", kind="claim", text="Long words. " * 99
        )
        for n in range(20)
    ]
    files = index_files(claims)

    assert sum(path.endswith(".pf_records") for path in files) == 4
    assert len(shown_records(files)) == 20


def test_passages_are_counted_in_words() -> None:
    """The page knows at which anchor of a document each of its words stands."""
    text = "One two.  “Three four” five"
    record = document(
        1, text=text, passages=(Passage(0, "part-a"), Passage(text.index("Three"), "claim-b"))
    )
    (shown,) = shown_records(index_files([record]))

    assert shown["places"] == [[0, "part-a"], [2, "claim-b"]]


def test_same_records_make_same_bytes() -> None:
    """Two runs over the same records publish the same files, byte for byte."""
    records = [document(n) for n in range(60)]
    runs = [index_files(records) for _ in range(4)]

    assert all(run == runs[0] for run in runs)


def test_no_file_tells_on_which_system_it_was_made() -> None:
    """Who doubts an index can make it again elsewhere, with another Python."""
    packed = {
        path: content[9]
        for path, content in index_files([document(1)]).items()
        if content.startswith(b"\x1f\x8b") and "wasm." not in path  # which is Pagefind's own
    }

    assert len(packed) > 3
    assert set(packed.values()) == {255}, packed


def test_each_language_has_an_index_with_its_own_stemmer() -> None:
    """Languages are kept apart; those without a stemmer share one index; the largest is first."""
    records = [
        document(1),
        document(2),
        document(3, language="ar"),
        document(4, language="zh"),
        document(5, language="fa"),
        document(6, language="fa"),
        document(7, language="ja"),
    ]
    files = index_files(records)

    languages = [index["language"] for index in listing_of(files)["indexes"]]
    assert languages == ["unknown", "en", "ar"]
    wasm = sorted(path for path in files if "/wasm." in path)
    assert wasm == [
        "pagefind/ar/wasm.ar.pagefind",
        "pagefind/en/wasm.en.pagefind",
        "pagefind/unknown/wasm.unknown.pagefind",
    ]


def test_only_what_the_search_page_uses_is_published() -> None:
    """Pagefind's own interfaces are left out."""
    files = index_files([ZONES])

    assert {path.rpartition("/")[2] for path in files if path.endswith((".js", ".css"))} == {
        "pagefind.js",
        "pagefind-worker.js",
    }


def test_an_archive_without_records_has_an_empty_listing() -> None:
    """Nothing to index is no problem."""
    files = index_files([])

    assert list(files) == ["pagefind/records.pf_listing"]
    assert listing_of(files) == {"indexes": [], "values": {}}


def test_a_page_without_words_stays_a_result() -> None:
    """A record whose title is only signs is indexed, as filters find it."""
    assert len(shown_records(index_files([document(1, title="???", text="")]))) == 1


def test_two_results_for_one_address_are_refused() -> None:
    """Pagefind would never end on records that are the same in all."""
    with pytest.raises(
        ValueError, match=r"several search records lead to documents/d1/index\.html"
    ):
        index_files([document(1), document(1)])


# Shards


ARTICLES = [document(n, text=f"Article {n} has words. " * 40) for n in range(40)]
IN_FOUR = {"whole": 1, "share": 10_000}


def folders_of(files: Mapping[str, bytes]) -> set[str]:
    return {path.split("/")[1] for path in files if path.count("/") > 1}


def test_a_large_index_is_cut_into_shards() -> None:
    """Above a size an index stands in several folders; each page in one of them, the program once."""
    files = index_files(ARTICLES, **IN_FOUR)

    assert folders_of(files) == {"en-00", "en-01", "en-02", "en-03"}
    assert len(shown_records(files)) == 40
    assert [path for path in files if path.endswith((".js", "en.pagefind"))] == [
        "pagefind/en-00/pagefind-worker.js",
        "pagefind/en-00/pagefind.js",
        "pagefind/en-00/wasm.en.pagefind",
    ]


def test_a_small_index_is_whole() -> None:
    """An archive of a thousand articles has one index a language."""
    assert folders_of(index_files(ARTICLES)) == {"en"}


def test_another_page_changes_one_shard() -> None:
    """When a document is added, one shard is made anew: no page moves to another."""
    before = index_files(ARTICLES, **IN_FOUR)
    after = index_files([document(99), *ARTICLES], **IN_FOUR)

    changed = {path for path in {*before, *after} if before.get(path) != after.get(path)}
    assert len(folders_of(dict.fromkeys(changed, b""))) == 1


def test_only_shards_whose_records_changed_are_made() -> None:
    """What is kept of an earlier build is used again; the bytes are those of a clean build."""
    changed = [document(0, text="Other words."), *ARTICLES[1:]]
    kept, made = Memory(), list[str]()

    def recall(name: tuple[str, str], key: object, make: Any) -> Any:
        def make_and_tell() -> Any:
            made.append(name[1])
            return make()

        return kept(name, key, make_and_tell)

    for records in (ARTICLES, ARTICLES, changed):
        index = index_shards(cut_into_shards(findables(records), **IN_FOUR), recall, jobs=2)
    assert len(made) == 5
    assert dict(index.files) == index_files(changed, **IN_FOUR)


# Verification


def pagefind_files() -> tuple[dict[str, bytes], list[IndexedRecord]]:
    pages = [IndexedPage(str(n), f"word{n} text", f"t{n}") for n in range(3)]
    return index_pages(pages, "en"), [IndexedRecord(document(n), "") for n in range(3)]


@pytest.mark.parametrize(
    "ending",
    [
        "entry.json",
        ".pf_meta",
        ".pf_index",
        ".pf_fragment",
        "en.pagefind",
        "pagefind.js",
    ],
)
def test_a_missing_file_of_the_index_is_noticed(ending: str) -> None:
    """An index of which a named file is missing is never published."""
    files, records = pagefind_files()
    del files[next(path for path in files if path.endswith(ending))]

    with pytest.raises(EnvironmentProblem, match="incomplete or not as expected"):
        assemble_bundle(files, records, "en")


@pytest.mark.parametrize("ending", [".pf_meta", ".pf_index", ".pf_fragment", "en.pagefind"])
def test_a_torn_file_of_the_index_is_noticed(ending: str) -> None:
    """An index of which a file is cut short is never published."""
    files, records = pagefind_files()
    path = next(path for path in files if path.endswith(ending))
    files[path] = files[path][:-9]

    with pytest.raises(EnvironmentProblem, match="incomplete or not as expected"):
        assemble_bundle(files, records, "en")


def test_a_record_that_is_not_in_the_index_is_noticed() -> None:
    """The number of results in the index is the number of records."""
    files, records = pagefind_files()

    with pytest.raises(EnvironmentProblem, match="3 records of 4 are in the index"):
        assemble_bundle(files, [*records, records[0]], "en")


# The process


def test_many_records_are_indexed_without_waiting_for_each() -> None:
    """More records than a pipe can hold go through, with answers read meanwhile."""
    pages = (IndexedPage(str(n), f"word{n} " + "filler " * 50, "t") for n in range(3000))
    files = index_pages(pages, "en")

    assert sum(path.startswith("fragment/") for path in files) == 3000


def test_failing_pagefind_is_reported_with_its_last_lines(tmp_path: Path) -> None:
    """The message has Pagefind's own words and the way to build without it."""
    program = fake_pagefind(tmp_path, "print('out of memory', file=sys.stderr); sys.exit(3)")

    with pytest.raises(EnvironmentProblem) as raised:
        index_pages([IndexedPage("0", "text", "title")], "en", executable=program)

    assert raised.value.message == (
        "Pagefind could not index the site: it ended with exit status 3\n  out of memory"
    )
    assert raised.value.help == "run again with --no-search to build without the index"


def test_silent_pagefind_is_ended(tmp_path: Path) -> None:
    """A process that never answers is not waited for without end."""
    program = fake_pagefind(tmp_path, "time.sleep(600)")

    with pytest.raises(EnvironmentProblem, match=r"it did not answer for 0\.2 seconds"):
        index_pages([IndexedPage("0", "text", "title")], "en", executable=program, silence=0.2)


def test_an_index_that_nobody_waits_for_is_ended(tmp_path: Path) -> None:
    """Ctrl-C is answered soon, and not when Pagefind is done with everything."""
    program = fake_pagefind(tmp_path, "time.sleep(600)")
    over = threading.Event()
    threading.Timer(0.1, over.set).start()

    with pytest.raises(EnvironmentProblem, match="it was interrupted"):
        index_pages([IndexedPage("0", "text", "title")], "en", executable=program, over=over)


def test_an_error_that_pagefind_answers_is_reported(tmp_path: Path) -> None:
    """An error in an answer ends the run with its words."""
    answer = "eyJtZXNzYWdlX2lkIjoxLCJwYXlsb2FkIjp7InR5cGUiOiJFcnJvciIsIm1lc3NhZ2UiOiJubyByb29tIn19,"
    program = fake_pagefind(tmp_path, f"print({answer!r}, end='', flush=True); time.sleep(600)")

    with pytest.raises(EnvironmentProblem, match="could not index the site: no room"):
        index_pages(itertools.repeat(IndexedPage("0", "x", "t"), 5), "en", executable=program)


def test_missing_pagefind_is_reported(tmp_path: Path) -> None:
    """Without the program there is a message, not a traceback."""
    with pytest.raises(EnvironmentProblem, match="Pagefind could not be started"):
        index_pages([], "en", executable=tmp_path / "nothing")


# CBOR


@given(VALUES)
def test_cbor_values_survive(value: cbor.Value) -> None:
    """What is written is read again."""
    assert cbor.decode(cbor.encode(value)) == value


@pytest.mark.parametrize(
    "data", [b"", b"\x82\x01", b"\x01\x01", b"\x61", b"\xa0", b"\x9f\xff", b"\x19\x01"]
)
def test_unexpected_cbor_is_refused(data: bytes) -> None:
    """Anything that Pagefind's files do not hold today is an error, not a guess."""
    with pytest.raises(ValueError, match=r".+"):
        cbor.decode(data)
