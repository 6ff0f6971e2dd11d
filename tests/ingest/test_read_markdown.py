"""Reading Markdown captures: ``read_capture`` on ``.md`` files."""

from __future__ import annotations

import pytest

from sourcebook.ingest.readers import read_capture
from sourcebook.ingest.reading import IngestProblem

PAGE = """---
title: "Vote lost"
author: Ann Lee, Bob Ray
date: January 27, 2017
url: https://gazette.example/vote
---
# Vote *lost*

The [budget](https://gazette.example/budget) was
voted down.

- one
- two

> It is over.

3. third
4. fourth
"""


def test_text_is_what_the_markdown_renders_to() -> None:
    """Marks are gone, link texts stay, ordered items read with their numbers."""
    reading = read_capture("page.md", PAGE.encode())
    assert reading.text == (
        "Vote lost\n\nThe budget was voted down.\n\n• one\n\n• two\n\n> It is over.\n\n"
        "3. third\n\n4. fourth\n"
    )
    assert (reading.media_type, reading.tool) == ("text/markdown", "markdown-it-py")


def test_front_matter_is_metadata() -> None:
    """What the front matter says fills the fields; it is no part of the text."""
    metadata = read_capture("page.md", PAGE.encode()).metadata
    assert metadata.title == "Vote lost"
    assert metadata.authors == ("Ann Lee", "Bob Ray")
    assert metadata.date == "2017-01-27"
    assert metadata.url == "https://gazette.example/vote"


def test_the_same_text_under_another_name_is_literal() -> None:
    """Only the name says that a text is Markdown: no Markdown is read in a text capture."""
    assert read_capture("page.txt", PAGE.encode()).text == PAGE


def test_front_matter_alone_is_no_capture() -> None:
    """A file without text below its front matter is refused."""
    with pytest.raises(IngestProblem, match="has no text below its front matter"):
        read_capture("page.md", b"---\ntitle: x\n---\n")
