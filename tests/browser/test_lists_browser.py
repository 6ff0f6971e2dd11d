"""The field above a long list, in Chromium: it leaves the lines of the page that have the words typed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import SmallArchive
from sourcebook.build import BuildOptions, build_site

playwright = pytest.importorskip("playwright.sync_api", reason="needs `pip install playwright`")
pytestmark = pytest.mark.browser


@pytest.fixture
def actors(browser: playwright.Browser, example: Path) -> Iterator[playwright.Page]:
    """The list of actors, opened from its folder."""
    context = browser.new_context()
    page = context.new_page()
    page.goto((example / "actors/index.html").as_uri())
    yield page
    context.close()


def visible_names(page: playwright.Page) -> list[str]:
    """The names of the lines that can be seen."""
    return [name.inner_text() for name in page.locator("tbody th a").all() if name.is_visible()]


def test_the_filter_leaves_the_lines_with_all_the_words(actors: playwright.Page) -> None:
    """In any order, whatever the case and the accents; it says how many of how many are left."""
    total = len(visible_names(actors))
    field = actors.get_by_label("Filter this list")

    field.fill("person ÇAVUŞOĞLU")
    assert visible_names(actors) == ["Mevlut Cavusoglu"]
    assert actors.get_by_role("status").inner_text() == f"1 of {total}"

    field.fill("")
    assert len(visible_names(actors)) == total
    assert actors.get_by_role("status").inner_text() == ""


def test_the_filter_stays_when_the_list_is_sorted(actors: playwright.Page) -> None:
    """Sorting brings no line back, on narrow screens either."""
    actors.get_by_label("Filter this list").fill("kremlin")
    left = visible_names(actors)
    actors.get_by_role("button", name="Name").click()
    actors.set_viewport_size({"width": 320, "height": 800})

    assert 0 < len(left) < 5
    assert visible_names(actors) == sorted(left)


def test_a_short_list_and_a_page_without_script_have_no_filter(
    browser: playwright.Browser, example: Path
) -> None:
    """The field comes with the script that it needs, and not above five lines."""
    page = browser.new_page(java_script_enabled=False)
    page.goto((example / "actors/index.html").as_uri())
    assert not page.get_by_label("Filter this list").is_visible()
    page.close()

    assert "sift" not in (example / "documents/index.html").read_text("utf-8")


def test_on_a_telephone_nothing_is_named_that_is_not_there(
    browser: playwright.Browser, archive: SmallArchive
) -> None:
    """Lines of a table have its heads in them; what a line has nothing of, it does not name."""
    site = archive.root / "site"
    build_site(archive.root, BuildOptions(site, search=False))
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto((site / "documents/index.html").as_uri())
    named = [cell.get_attribute("data-o") for cell in page.locator("td").all() if cell.is_visible()]
    context.close()

    assert named == ["Outlets", "Date", "Claims", "Speakers"]


def test_a_list_is_sorted_on_a_telephone(browser: playwright.Browser, example: Path) -> None:
    """There too its heads are buttons, and large enough for a finger."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True)
    page = context.new_page()
    page.goto((example / "topics/index.html").as_uri())
    head = page.get_by_role("button", name="Name")
    box = head.bounding_box()
    head.tap()
    names = visible_names(page)
    context.close()

    assert box is not None
    assert box["height"] >= 24
    assert names == sorted(names, key=str.casefold)
    assert len(names) > 40
