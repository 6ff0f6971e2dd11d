"""The timeline in Chromium: pictures that can be read where there is room, a list where there is not."""

from __future__ import annotations

from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="needs `pip install playwright`")
pytestmark = pytest.mark.browser

REPOSITORY = Path(__file__).parents[2]

OVERLAPS = """() => {
  const found = [];
  for (const picture of document.querySelectorAll(".tl")) {
    const drawn = [...picture.querySelectorAll("text, a svg > [class^=t-]")]
      .filter((one) => one.getClientRects().length)
      .map((one) => [one.textContent || one.closest("a").textContent, one.getBoundingClientRect()]);
    drawn.forEach(([words, box], place) => {
      for (const [others, other] of drawn.slice(place + 1)) {
        const across = Math.min(box.right, other.right) - Math.max(box.left, other.left);
        const down = Math.min(box.bottom, other.bottom) - Math.max(box.top, other.top);
        if (across > 1 && down > 3 && words !== "?" && others !== "?") found.push([words, others]);
      }
    });
  }
  return found;
}"""


def open_page(browser: playwright.Browser, example: Path, path: str, width: int) -> playwright.Page:
    """*path* of the site in a window of *width*."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto((example / path).as_uri())
    return page


@pytest.mark.parametrize("width", [768, 1280])
@pytest.mark.parametrize(
    "path",
    ["timeline/index.html", "topics/syrian-war/index.html", "actors/sergey-lavrov/index.html"],
)
def test_nothing_in_a_picture_overlaps(
    browser: playwright.Browser, example: Path, path: str, width: int
) -> None:
    """Neither words nor symbols touch each other, at the narrowest width of the pictures and wide."""
    page = open_page(browser, example, path, width)

    assert page.query_selector_all(".tl text")
    assert page.evaluate(OVERLAPS) == []
    page.close()


def test_the_timeline_is_a_list_on_a_small_screen(
    browser: playwright.Browser, example: Path
) -> None:
    """At 320 pixels every date of the pictures stands in a list, and no picture does."""
    page = open_page(browser, example, "timeline/index.html", 320)

    assert not any(one.is_visible() for one in page.query_selector_all(".tl"))
    rows = page.query_selector_all(".dates tbody tr[data-f]")
    assert len(rows) > 40
    assert all(row.is_visible() for row in rows)
    page.close()


def test_a_count_leaves_only_its_kind(browser: playwright.Browser, example: Path) -> None:
    """The number of events at the top leads to a list of events alone."""
    page = open_page(browser, example, "timeline/index.html", 1280)
    page.click("a[href='#only-event']")
    shown = {
        row.get_attribute("data-f")
        for row in page.query_selector_all(".dates tbody tr[data-f]")
        if row.is_visible()
    }

    assert shown == {"only-event"}
    page.close()


def test_the_number_under_a_mark_leads_to_its_line(
    browser: playwright.Browser, example: Path
) -> None:
    """A mark for several opens the list in which they are, though it was closed."""
    page = open_page(browser, example, "topics/syrian-war/index.html", 1280)
    page.goto(f"{page.url}#{page.get_attribute('#when tr[id^=when-]', 'id')}")

    assert page.locator("#when tr:target").is_visible()
    page.close()
