"""Every page without a mouse: what Tab reaches, in which order, and what the keys do there."""

from __future__ import annotations

from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="needs `pip install playwright`")
pytestmark = pytest.mark.browser

FOCUSED = """() => {
  const at = document.activeElement;
  if (at === document.body) return null;
  // Of a choice the words are what is seen.
  const shown = at.closest("label") || at, box = shown.getBoundingClientRect();
  const own = getComputedStyle(at), around = getComputedStyle(shown);
  const ring = (style) => style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  window.order ??= [...document.querySelectorAll("*")];
  return {
    place: order.indexOf(at),
    name: `${at.tagName} ${at.getAttribute("class")} ${at.name || ""} ${at.textContent.trim().slice(0, 40)}`,
    inText: !!at.closest("#text"),
    inRail: !!at.closest(".rail"),
    inHeader: !!at.closest(".site"),
    isSeen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    hasRing: ring(around) || (ring(own) && own.opacity !== "0"),
  };
}"""


def tab_through(page: playwright.Page, most: int = 600) -> list[dict[str, object]]:
    """What has the focus after each press of Tab, until it leaves the page."""
    stops = []
    for _ in range(most):
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUSED)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError(f"Tab never leaves the page: {stops[-3:]}")


@pytest.mark.parametrize(
    "path",
    [
        "documents/ea-worldview-2017-01-27/index.html",
        "questions/us-consulted-russia/index.html",
        "compare/index.html",
        "timeline/index.html",
    ],
)
def test_tab_goes_through_a_page_as_it_is_read(
    page: playwright.Page, example: Path, path: str
) -> None:
    """Each stop stands behind the one before, can be seen, and has a ring; none holds the focus."""
    page.goto((example / path).as_uri())
    stops = tab_through(page)

    assert "skip" in str(stops[0]["name"])
    places = [stop["place"] for stop in stops]
    assert places == sorted(places), path
    assert [stop["name"] for stop in stops if not stop["isSeen"]] == []
    assert [stop["name"] for stop in stops if not stop["hasRing"]] == []


def test_the_first_stop_leads_to_what_the_page_is_for(page: playwright.Page, example: Path) -> None:
    """From the skip link the next stop is behind the menu; the marks of the rail are no stops."""
    page.goto((example / "documents/ea-worldview-2017-01-27/index.html").as_uri())
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    stops = tab_through(page)

    assert not any(stop["inHeader"] for stop in stops)
    assert not any(" t " in str(stop["name"]) for stop in stops)
    assert (
        sum(bool(stop["inRail"]) for stop in stops)
        < 20
        < sum(bool(stop["inText"]) for stop in stops)
    )


def test_what_is_always_open_is_no_stop(page: playwright.Page, example: Path) -> None:
    """Each disclosure of the rail that Tab reaches opens: on a wide screen some are mere headings."""
    page.goto((example / "documents/ea-worldview-2017-01-27/index.html").as_uri())
    before = len(tab_through(page))
    height = "document.activeElement.parentElement.offsetHeight"
    reached = 0
    for _ in range(before):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.rail summary')"):
            reached += 1
            closed = page.evaluate(height)
            page.keyboard.press("Enter")
            assert page.evaluate(height) > closed

    assert reached
    headings = page.locator(".rail").get_by_text("How reported").locator("visible=true")
    assert headings.all_inner_texts() == ["How reported"]


def test_marks_are_filtered_by_key(page: playwright.Page, example: Path) -> None:
    """An arrow chooses the next kind of quote, and Tab goes on to the next filter."""
    page.goto((example / "documents/ea-worldview-2017-01-27/index.html").as_uri())
    page.locator("input.all[name=form]").focus()
    page.keyboard.press("ArrowDown")
    chosen = page.evaluate("document.activeElement.id")
    faded = "(all) => all.filter((one) => getComputedStyle(one).getPropertyValue('--off')).length"

    assert page.locator("input[name=form]:checked").get_attribute("id") == chosen
    assert page.locator(".card[data-by]").evaluate_all(faded) > 0
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name || document.activeElement.tagName") in (
        "who",
        "SUMMARY",
    )
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("ArrowUp")
    assert page.locator(".card[data-by]").evaluate_all(faded) == 0


def test_a_number_of_the_matrix_is_chosen_and_opened_by_key(
    page: playwright.Page, example: Path
) -> None:
    """Arrows choose what is counted; Enter on a number opens its quotes and says which they are."""
    page.goto((example / "compare/index.html").as_uri())
    page.locator("#show-all").focus()
    page.keyboard.press("ArrowRight")
    assert page.locator("#show-direct").is_checked()
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('a.m')"):
            break
    number = int(page.evaluate("document.activeElement.textContent"))
    assert page.evaluate("document.activeElement.matches('.m-direct')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/outlets/index.html#in-*")

    assert page.locator(".pick:target").is_visible()
    quotes = page.locator("#quotes li[data-f]").evaluate_all(
        "all => all.filter(one => one.offsetHeight).length"
    )
    assert quotes == number
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.pick:target, #quotes') !== null")
