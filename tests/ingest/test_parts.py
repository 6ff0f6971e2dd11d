"""The items of a page, their outlets and dates."""

from __future__ import annotations

from pathlib import Path

import pytest

from sourcebook.ingest.authority import Authority, Known
from sourcebook.ingest.dates import find_date

from .reading_of import extract_text

OUTLETS = Authority(outlets=(Known("rt", "RT"), Known("sputnik", "Sputnik")))
CLOSING = "  • Published in World\n\n"
PARAGRAPH = "Something happened here on that day, and much was said of it.\n\n"


def parts_of(text: str) -> list[tuple[str | None, str | None, str | None]]:
    """(heading, outlet, date) of each part."""
    return [(p.heading, p.outlet, p.date) for p in extract_text(text, OUTLETS).parts]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Thursday 2nd of July 2020", "2020-07-02"),
        ("January 27, 2017", "2017-01-27"),
        ("2017-01-27", "2017-01-27"),
        ("Feb 2", "XXXX-02-02"),
        ("By Editorial Board April 18", "XXXX-04-18"),
        ("February 30", None),
        ("on Thursday", None),
        ("24/04/2017", "2017-04-24"),
        ("04/24/2017", "2017-04-24"),
        ("03.04.2017", "2017-04-03"),
        ("03/04/2017", None),
    ],
)
def test_dates(text: str, date: str | None) -> None:
    """Dates are EDTF; a year that is not printed stays unknown, and an impossible day is none.

    Nor is one of two numbers that can each be the day.
    """
    assert find_date(text) == date


def test_an_article_with_sections_has_no_parts() -> None:
    """Subheadings do not make a compilation."""
    text = (
        f"The title of it\n\n{PARAGRAPH}First section\n\n{PARAGRAPH}Second section\n\n{PARAGRAPH}"
    )
    assert parts_of(text) == []


def test_closing_lines_part_items_with_their_datelines() -> None:
    """Each item has the outlet and the day of its dateline, and no year."""
    text = (
        f"First item opens here\n\nDamascus, Feb 2 (Prensa Latina) {PARAGRAPH}{CLOSING}"
        f"Second item opens here\n\nMOSCOW (Sputnik) — {PARAGRAPH}{CLOSING}"
        f"Third item opens here\n\n{PARAGRAPH}{CLOSING}"
    )
    assert parts_of(text) == [
        ("First item opens here", "Prensa Latina", "XXXX-02-02"),
        ("Second item opens here", "Sputnik", None),
        ("Third item opens here", None, None),
    ]


def test_the_date_of_display_is_the_page_s() -> None:
    """A date line above the items is the page's date; the items do not take it over."""
    text = (
        "Thursday 2nd of July 2020\n\nfirst remark...\n\n"
        f"{PARAGRAPH}Read more:\n\nsecond remark...\n\nRT reports:\n\n{PARAGRAPH}Read more:\n"
    )
    extraction = extract_text(text, OUTLETS)
    assert extraction.date == "2020-07-02"
    assert [(p.heading, p.outlet, p.date) for p in extraction.parts] == [
        ("Thursday 2nd of July 2020", None, "2020-07-02"),
        ("first remark...", None, None),
        ("second remark...", "RT", None),
    ]


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("The title of it\n\nBy Ann Author\nJanuary 27, 2017", "2017-01-27"),
        ("Kremlin says no\n\nBy Ann Author January 27, 2017", "2017-01-27"),
        ("Kremlin says no\n\n27 January 2017", "2017-01-27"),
        (f"{PARAGRAPH.strip()} No more.\n\n27 January 2017", None),
    ],
)
def test_the_date_stands_above_the_text(head: str, date: str | None) -> None:
    """A byline without a date, or a short title, does not hide the date line below it."""
    assert extract_text(f"{head}\n\n{PARAGRAPH}", OUTLETS).date == date


@pytest.mark.parametrize(
    "sentence",
    [
        "“It is over,” he told Sputnik.",
        "Bashar al-Jaafari (Syria) said that it was over.",
        "Sputnik reported that it was over.",
    ],
)
def test_an_outlet_that_is_only_quoted_is_not_the_source(sentence: str) -> None:
    """Being told or cited does not make an outlet the publisher."""
    assert extract_text(f"The title of it\n\n{sentence}\n", OUTLETS).outlet is None


def test_pronouns_do_not_cross_parts() -> None:
    """ "He" at the start of an item is nobody of the item before."""
    text = (
        f"First item opens here\n\nSenator Bob Ray said it was late.\n\n{PARAGRAPH}{CLOSING}"
        f"Second item opens here\n\n“It is over,” he said.\n\n{PARAGRAPH}{CLOSING}"
    )
    claims = extract_text(text).claims
    assert [(c.speaker, c.part) for c in claims] == [("Bob Ray", 0), ("he", 1)]


@pytest.mark.parametrize(("number", "parts"), [("000", 6), ("001", 8), ("004", 8)])
def test_example_captures(number: str, parts: int) -> None:
    """The round-ups fall into their items."""
    captures = Path(__file__).parents[2] / "content" / "captures"
    (path,) = captures.glob(f"{number}_*.txt")
    assert len(parts_of(path.read_bytes().decode("utf-8"))) == parts
