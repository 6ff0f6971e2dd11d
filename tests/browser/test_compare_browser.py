"""Accounts side by side, in Chromium, opened from a folder and without JavaScript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="needs `pip install playwright`")
pytestmark = pytest.mark.browser

REPOSITORY = Path(__file__).parents[2]
PAIR = "compare/ea-worldview-2017-01-27/world-page-2017/index.html"
TOPIC = "topics/safe-zones/outlets/index.html"
PAGES = ["compare/index.html", PAIR, TOPIC, "actors/sergey-lavrov/outlets/index.html"]


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    """A page that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_a_count_leaves_the_quotes_that_it_counts(example: Path, page: Any) -> None:
    """Following a number shows as many quotes, says what they are, and leads back to all."""
    page.goto((example / TOPIC).as_uri())
    quotes = page.locator("#quotes li[data-f]")
    total = quotes.count()
    number = page.locator('a[href="#in-rt--form-mixed"]')
    count = int(number.inner_text())
    number.click()

    shown = quotes.filter(visible=True)
    assert shown.count() == count < total
    said = page.locator(".pick").filter(visible=True)
    assert re.match(rf"Only RT, mixed: {count} claims\.", said.inner_text())
    said.locator("a").click()
    assert shown.count() == total


def test_the_matrix_can_be_read_by_how_words_are_reported(example: Path, page: Any) -> None:
    """Choosing "direct" puts the numbers of direct quotes in the cells, with links to them."""
    page.goto((example / "compare/index.html").as_uri())
    cell = page.locator('a[href*="actors/sergey-lavrov/outlets/"][href$="#in-rt--form-direct"]')
    assert not cell.is_visible()
    page.check("#show-direct")
    assert cell.is_visible()

    count = int(cell.inner_text())
    cell.click()
    assert page.locator("#quotes li[data-f]").filter(visible=True).count() == count


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 768])
def test_nothing_is_wider_than_the_screen(
    example: Path, browser: Any, path: str, width: int
) -> None:
    """No page of comparisons has to be moved sideways; a wide table scrolls in its own frame."""
    small = browser.new_page(viewport={"width": width, "height": 700})
    small.goto((example / path).as_uri())
    assert small.evaluate("document.documentElement.scrollWidth") == width
    small.close()


def test_two_documents_print_on_one_sheet(example: Path, page: Any) -> None:
    """What is printed of each pair is the table at its top, on one page."""
    pairs = sorted(example.glob("compare/*/*/index.html"))
    assert pairs
    for pair in pairs:
        page.goto(pair.as_uri())
        printed = page.pdf(format="A4")
        assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1, pair
