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
        ("", None),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    """The first heading that is more than a label is the title; else the first words."""
    assert find_title(text, find_structure(text)) == title
