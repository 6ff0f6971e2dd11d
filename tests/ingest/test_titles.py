"""Finding the title of a capture: ``find_title``."""

from __future__ import annotations

import pytest

from sourcebook.ingest.structure import find_structure
from sourcebook.ingest.titles import find_title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("A vote is lost.\n\nThe minister resigned on Monday.\n", "A vote is lost"),
        ("sore losers...\n\nThe minister resigned on Monday.\n", "sore losers..."),
        ("LATEST\n\nMinister Resigns After Vote\n\nHe said so.\n", "Minister Resigns After Vote"),
        ("The minister resigned, and then he left:\n", "The minister resigned, and then he left:"),
        ("***\n", "***"),
        ("Order No. 8.\n\nNo exceptions.\n\nFootnotes\n\nSee No. 7.\n", "Order No. 8."),
        (
            "To all batteries:\n\nHe said no.\n\n11/22/26, 9:01 PM\n\nhttps://a.example 1/1",
            "To all batteries:",
        ),
        ("", None),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    """The first heading that is more than a label is the title; else the first words."""
    assert find_title(text, find_structure(text)) == title


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("FOR IMMEDIATE RELEASE\n\nRivers Are Sued\n\nThey are.\n", "Rivers Are Sued"),
        ("水利部长称不知大坝裂缝\n\n2021年06月14日 09:12\n\n他说。\n", "水利部长称不知大坝裂缝"),
        ("Minis\u00adters resign at last\n\nThey did it today.\n", "Ministers resign at last"),
        (
            "Monday Jan 30, 2017 05:42 PM\n\nMinisters have resigned at last.\n",
            "Ministers have resigned at last",
        ),
        (
            "Battle of Osk\nFrom Wikipedia, the free encyclopedia\nJump to search\nPart of\nDate\n\n"
            "The battle was fought in the spring of that year.\n",
            "Battle of Osk",
        ),
    ],
)
def test_a_title_is_no_sort_of_text(text: str, title: str) -> None:
    """What is above a press release or an article is not its name; Chinese has no blanks to count."""
    assert find_title(text, find_structure(text)) == title
