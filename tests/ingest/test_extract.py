"""The whole of what a capture tells, as ``ingest --dry-run --json`` prints it."""

from __future__ import annotations

import json

from sourcebook.ingest.dry_run import to_json
from sourcebook.ingest.extract import extract
from sourcebook.ingest.readers import read_capture

from .reading_of import NOTHING_KNOWN, extract_text

TEXT = "A headline stands here\r\n\r\nSenator Bob Ray said that “all” was lost.\r\n"


def test_json_has_the_promised_keys() -> None:
    """One line, with the keys of the contract and offsets into the text as it was decoded."""
    reading = read_capture("page.txt", b"\xef\xbb\xbf" + TEXT.encode())
    line = to_json("page", extract(reading, NOTHING_KNOWN))
    record = json.loads(line)
    assert "\n" not in line
    assert list(record) == [
        "doc",
        "text",
        "title",
        "outlet",
        "outlet_slug",
        "date",
        "lang",
        "parts",
        "actors",
        "topics",
        "claims",
    ]
    assert record["text"] == TEXT
    (claim,) = record["claims"]
    assert claim["speaker"] == "Bob Ray"
    assert (claim["cue"], claim["form"], claim["quote"]) == ("said", "mixed", "“all” was lost")
    assert TEXT[claim["start"] : claim["end"]] == claim["quote"]
    assert TEXT[claim["speaker_start"] : claim["speaker_end"]] == "Senator Bob Ray"


def test_the_same_reading_gives_the_same_extraction() -> None:
    """Nothing is remembered from one capture to the next."""
    reading = read_capture("page.txt", TEXT.encode())
    assert extract(reading, NOTHING_KNOWN) == extract(reading, NOTHING_KNOWN)


def test_word_without_end_is_read_as_quickly() -> None:
    """Where a name could begin at every sign, it is looked for no further than names are long."""
    assert extract_text("Title\n\n" + "A.B" * 100_000 + "\n").claims == ()
