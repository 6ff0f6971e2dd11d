"""The timeline in Chromium: pictures that can be read on every screen, and lists that hold the same."""

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


@pytest.mark.parametrize("width", [320, 767, 768, 1280])
@pytest.mark.parametrize(
    "path",
    ["timeline/index.html", "topics/syrian-war/index.html", "actors/sergey-lavrov/index.html"],
)
def test_nothing_in_a_picture_overlaps(
    browser: playwright.Browser, example: Path, path: str, width: int
) -> None:
    """Neither words nor symbols touch each other, on a telephone and on a wide screen."""
    page = open_page(browser, example, path, width)

    assert page.query_selector_all(".tl text")
    assert page.evaluate(OVERLAPS) == []
    page.close()


def test_a_small_screen_has_a_picture_of_its_own(
    browser: playwright.Browser, example: Path
) -> None:
    """At 320 pixels the whole span is drawn within the page, in letters of 11 pixels and more."""
    page = open_page(browser, example, "timeline/index.html", 320)

    (picture,) = (one for one in page.query_selector_all(".tl") if one.is_visible())
    boxes = [one.bounding_box() for one in picture.query_selector_all("text")]
    sizes = picture.evaluate(
        """(one) => [...one.querySelectorAll("text")].map((e) => parseFloat(getComputedStyle(e).fontSize))"""
    )
    assert all(box is not None and 0 <= box["x"] <= 320 - box["width"] for box in boxes)
    assert min(sizes) >= 11
    page.close()


def test_every_date_stands_in_a_list_on_a_small_screen(
    browser: playwright.Browser, example: Path
) -> None:
    """What the pictures of single months show on a wide screen, the list shows at 320 pixels."""
    page = open_page(browser, example, "timeline/index.html", 320)

    rows = page.query_selector_all(".dates tbody tr[data-f]")
    assert len(rows) > 40
    assert all(row.is_visible() for row in rows)
    page.close()


def test_no_mark_is_a_stop_of_the_tab_key(browser: playwright.Browser, example: Path) -> None:
    """Who comes by keyboard is not sent through each mark: the list has the same links."""
    page = open_page(browser, example, "timeline/index.html", 1280)
    addresses = page.evaluate(
        """() => [...document.querySelectorAll(".tl a")].map((mark) =>
            [mark.tabIndex, mark.href.baseVal])"""
    )
    page.close()

    assert addresses
    assert {tab for tab, _ in addresses} == {-1}


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
