"""What a reader prints, or hands on as a PDF: where it is from, all that is counted, and no more."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from conftest import SmallArchive
from sourcebook.build import BuildOptions, build_site

playwright = pytest.importorskip("playwright.sync_api", reason="needs `pip install playwright`")
pdfium = pytest.importorskip("pypdfium2", reason="needs the extra `pdf`")
pytestmark = pytest.mark.browser


def printed(page: Any, file: Path) -> list[str]:
    """The words on each sheet of paper, as they are read there."""
    page.goto(file.as_uri())
    sheets = pdfium.PdfDocument(page.pdf(format="A4"))
    return [" ".join(sheet.get_textpage().get_text_range().split()) for sheet in sheets]


@pytest.mark.parametrize("path", ["questions/us-consulted-russia/", "actors/dmitry-peskov/"])
def test_paper_says_where_its_page_stands(
    page: Any, archive: SmallArchive, tmp_path: Path, path: str
) -> None:
    """Each printed page begins with its address, so that who is handed it can find it again."""
    archive.write("archive.yaml", "title: A small archive\nurl: https://archive.example/a/\n")
    build_site(archive.root, BuildOptions(tmp_path / "site", search=False))

    first = printed(page, tmp_path / "site" / path / "index.html")[0]

    assert first.startswith(f"https://archive.example/a/{path} A small archive")


def test_paper_has_no_words_that_only_lead_elsewhere(page: Any, example: Path) -> None:
    """Links such as "in its place" are left out; what stands around them stays."""
    words = " ".join(printed(page, example / "actors/dmitry-peskov/index.html"))

    assert "in its place" not in words
    assert "discussed" not in words
    assert "direct · EA WorldView" in words


def test_paper_gives_the_address_of_what_is_elsewhere(
    page: Any, archive: SmallArchive, tmp_path: Path
) -> None:
    """A link out of the archive is followed by its address: it cannot be pressed on paper."""
    actor = archive.root / "content/actors/dmitry-peskov.md"
    actor.write_text(actor.read_text() + "See [his page](https://example.org/peskov).\n")
    build_site(archive.root, BuildOptions(tmp_path / "site", search=False))

    words = " ".join(printed(page, tmp_path / "site/actors/dmitry-peskov/index.html"))

    assert "See his page (https://example.org/peskov)." in words


def test_paper_has_what_the_screen_discloses(page: Any, example: Path) -> None:
    """The table behind the drawing of a timeline is printed, as paper cannot be opened."""
    words = " ".join(printed(page, example / "timeline/index.html"))

    assert "The counts by" in words
    assert not page.locator("#overview-all details").evaluate("(details) => details.open")
    page.emulate_media(media="print")
    assert page.locator("#overview-all details table").is_visible()


def test_paper_says_what_a_sheet_leaves_out(page: Any, example: Path) -> None:
    """Of eight questions that two documents share a sheet has five, and says that there are three."""
    pair = example / "compare/ea-worldview-2017-01-27/world-page-2017/index.html"
    words = " ".join(printed(page, pair))

    assert "8 shared questions" in words
    assert "What did Moscow say about Donald Trump’s safe zones?" in words
    assert "3 more SHARED ACTORS" in words


def test_paper_says_how_many_questions_a_topic_leaves_out(
    page: Any, archive: SmallArchive, tmp_path: Path
) -> None:
    """The link to the others cannot be pressed; that there are others is told all the same."""
    for number in range(202):
        archive.write(
            f"content/questions/q{number:03}.md",
            f"---\nquestion: Question {number}?\ntopics: [safe-zones]\nanswers: {{a: A, b: B}}\n---\n",
        )
    build_site(archive.root, BuildOptions(tmp_path / "site", search=False))

    words = " ".join(printed(page, tmp_path / "site/topics/safe-zones/index.html"))

    assert "2 more" in words


def test_the_head_of_a_table_is_not_left_behind(page: Any, example: Path) -> None:
    """No sheet of the timeline ends with the head of a table whose first line is on the next."""
    sheets = printed(page, example / "timeline/index.html")

    assert len(sheets) > 2
    assert [sheet[-40:] for sheet in sheets if sheet.endswith("When What kind What")] == []


def test_paper_shows_how_whole_paragraphs_are_reported(page: Any, example: Path) -> None:
    """The line beside a quoted paragraph is within the sheet, and names in a heading are as bold as it."""
    page.set_viewport_size({"width": 642, "height": 900})
    page.goto((example / "documents/world-page-2017/index.html").as_uri())
    page.emulate_media(media="print")
    edges = page.evaluate(
        """() => [...document.querySelectorAll("#text .whole")].map((block) =>
            block.getBoundingClientRect().left + parseFloat(getComputedStyle(block, "::before").left))"""
    )
    weights = page.evaluate(
        """() => [...document.querySelectorAll("#text h2 .nm")].map((name) =>
            getComputedStyle(name).fontWeight === getComputedStyle(name.closest("h2")).fontWeight)"""
    )

    assert min(edges) >= 0
    assert all(weights)
