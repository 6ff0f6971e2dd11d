"""The example archive in Chromium, as a reader uses it: at two widths, without and with a script."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import SmallArchive
from sourcebook.build import BuildOptions, build_site
from sourcebook.load import load_content
from sourcebook.text import fingerprint, normalise

playwright = pytest.importorskip("playwright.sync_api", reason="needs `pip install playwright`")
pytestmark = pytest.mark.browser

REPOSITORY = Path(__file__).parents[2]

KINDS = (
    "index.html",
    "documents/index.html",
    "documents/ea-worldview-2017-01-27/index.html",
    "documents/world-page-2017/index.html",
    "claims/index.html",
    "claims/ea-worldview-2017-01-27/absolutely-do-safe-zones/index.html",
    "actors/index.html",
    "actors/sergey-lavrov/index.html",
    "topics/safe-zones/index.html",
    "outlets/rt/index.html",
    "questions/index.html",
    "questions/us-consulted-russia/index.html",
    "questions/people-at-the-turkish-border/index.html",
    "about/index.html",
    "404.html",
)

READ_TEXT = """() => {
  const text = document.getElementById("text").cloneNode(true);
  text.querySelectorAll("[data-apparatus]").forEach((addition) => addition.remove());
  return text.textContent;
}"""


def visible(page: playwright.Page, selector: str) -> int:
    return sum(element.is_visible() for element in page.query_selector_all(selector))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_its_window(
    browser: playwright.Browser, example: Path, width: int, scheme: str
) -> None:
    """Every kind of page fits, complains of nothing, and loads nothing from elsewhere."""
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))

    def note_request(request: playwright.Request) -> None:
        if not request.url.startswith(("file:", "data:")):
            complaints.append(request.url)

    page.on("request", note_request)
    for kind in KINDS:
        page.goto((example / kind).as_uri())
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, kind
    context.close()

    assert complaints == []


def test_text_of_twice_the_size_fits_a_telephone(page: playwright.Page, example: Path) -> None:
    """Half of 390 points is what is left to a reader who has all text twice as large."""
    page.set_viewport_size({"width": 195, "height": 400})
    wide = {}
    for kind in KINDS:
        page.goto((example / kind).as_uri())
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 195:
            wide[kind] = width

    assert wide == {}


def test_the_browser_reads_what_the_capture_has(page: playwright.Page, example: Path) -> None:
    """The text in the page, less the additions, has the fingerprint of the document."""
    content, _ = load_content(REPOSITORY)
    for slug, document in content.documents.items():
        page.goto((example / "documents" / slug / "index.html").as_uri())
        read = normalise(page.evaluate(READ_TEXT))
        assert fingerprint(read) == document.transcription, slug


def test_a_count_opens_the_claims_that_it_counts(page: playwright.Page, example: Path) -> None:
    """A click on a bar leaves exactly its claims; "Show all" brings back the rest."""
    page.goto((example / "actors/sergey-lavrov/index.html").as_uri())
    every = visible(page, "#said .said")
    count = page.locator('.bars a[href="#outlet-rt"]')
    number = int(count.inner_text())
    count.click()

    assert 0 < visible(page, "#said .said") == number < every
    page.locator("#outlet-rt a").click()
    assert visible(page, "#said .said") == every


def test_every_count_of_a_page_is_true(page: playwright.Page, example: Path) -> None:
    """Each number beside a list is the number of the claims that it selects."""
    address = (example / "outlets/rt/index.html").as_uri()
    page.goto(address)
    counts = {
        link.get_attribute("href") or "": int(link.inner_text().replace(",", ""))
        for link in page.query_selector_all(".bars > dd > a.num")
        if link.is_visible()
    }
    selected = {}
    for anchor in counts:
        page.goto(address + anchor)
        selected[anchor] = page.evaluate(
            "() => [...document.querySelectorAll('#quotes .said')]"
            ".filter((item) => getComputedStyle(item).display !== 'none'"
            " && !item.querySelector('.q.suggested')).length"
        )

    assert len(counts) > 20
    assert selected == counts


def test_marks_can_be_shown_by_speaker(page: playwright.Page, example: Path) -> None:
    """Choosing a speaker brings out their marks without hiding a word."""
    page.goto((example / "documents/ea-worldview-2017-01-27/index.html").as_uri())
    before = page.inner_text("#text")
    page.locator("label", has_text="Boris Johnson").locator("input").check(force=True)

    shown = page.evaluate(
        "() => [...document.querySelectorAll('.card[data-by]')]"
        ".filter((card) => !getComputedStyle(card).getPropertyValue('--off')).length"
    )
    assert shown == 4
    assert page.inner_text("#text") == before


def test_a_card_is_found_from_its_words(page: playwright.Page, example: Path) -> None:
    """Pointing at words lights their card; following their number opens it."""
    page.goto((example / "documents/ea-worldview-2017-01-27/index.html").as_uri())
    mark = page.locator("#text mark[id^=claim-]").first
    card = page.locator(f"#{mark.get_attribute('data-of')}")
    mark.hover()
    assert "hot" in (card.get_attribute("class") or "")

    page.locator(f'.ref[href="#{mark.get_attribute("data-of")}"]').first.click()
    assert card.locator("details").get_attribute("open") is not None


def test_cards_never_overlap(browser: playwright.Browser, example: Path) -> None:
    """Between narrow and wide, no card lies on another card or on the text."""
    for width in (1024, 1200, 1440):
        context = browser.new_context(viewport={"width": width, "height": 900})
        page = context.new_page()
        page.goto((example / "documents/world-page-2017/index.html").as_uri())
        overlaps = page.evaluate(
            """() => {
              const box = (e) => e.getBoundingClientRect();
              const cards = [...document.querySelectorAll("#text .cards")].map(box);
              const blocks = [...document.querySelectorAll("#text > :not(.cards), .speech > :not(.cards)")]
                .filter((e) => getComputedStyle(e).display !== "contents").map(box);
              const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
                && a.top < b.bottom - 1 && b.top < a.bottom - 1;
              const pairs = cards.filter((a, n) => cards.slice(n + 1).some((b) => meet(a, b)));
              return pairs.length + cards.filter((a) => blocks.some((b) => meet(a, b))).length;
            }"""
        )
        context.close()
        assert overlaps == 0, width


def test_tables_sort_and_keep_the_unknown_last(page: playwright.Page, example: Path) -> None:
    """A head sorts its column; what has no date stays at the end either way."""
    page.goto((example / "documents/index.html").as_uri())
    head = page.locator("th", has_text="Date").get_by_role("button")
    dates = (
        "() => [...document.querySelectorAll('tbody td:nth-child(3)')].map((td) => td.dataset.v)"
    )
    head.click()
    up = page.evaluate(dates)
    head.click()
    down = page.evaluate(dates)

    known = [date for date in up if date]
    assert known == sorted(known)
    assert down == [*reversed(known), *[date for date in up if not date]]


def test_pages_are_complete_without_a_script(browser: playwright.Browser, example: Path) -> None:
    """Without JavaScript cards open, counts select, and nothing is missing."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800})
    page = context.new_page()
    page.goto((example / "documents/ea-worldview-2017-01-27/index.html").as_uri())
    card = page.locator(".card:not(.note)").first
    assert not card.locator(".more").is_visible()
    card.locator("summary").click()
    assert card.locator(".more").is_visible()
    context.close()


def test_each_fact_stands_beside_its_name(page: playwright.Page, example: Path) -> None:
    """Two roles of one actor stand below each other, beside "Role"; nothing is disclosed twice."""
    page.goto((example / "actors/donald-trump/index.html").as_uri())
    page.locator(".prov summary").click()
    names, values = (
        {box["x"] for box in map(playwright.Locator.bounding_box, page.locator(one).all()) if box}
        for one in (".facts dt", ".facts dd")
    )

    assert page.locator(".facts dd").count() > page.locator(".facts dt").count()
    assert len(names) == len(values) == 1
    assert max(names) < min(values)
    assert page.locator("main").inner_text().count("US President Donald Trump, ") <= 1


def test_the_longest_word_stays_in_its_card(
    page: playwright.Page, archive: SmallArchive, tmp_path: Path
) -> None:
    """A name without a space breaks within the card that is opened, however wide the window."""
    archive.replace("content/actors/dmitry-peskov.md", "name: Dmitry Peskov", f"name: {'ab' * 60}")
    build_site(archive.root, BuildOptions(tmp_path / "site", search=False))
    page.goto((tmp_path / "site/documents/briefing/index.html").as_uri())
    page.locator(".card summary").click()

    assert page.locator(".card .more").evaluate("(more) => more.scrollWidth <= more.clientWidth")


def test_the_longest_name_fits_a_telephone(
    browser: playwright.Browser, archive: SmallArchive, tmp_path: Path
) -> None:
    """Names of one word that is longer than the screen is wide break wherever they stand."""
    for path, name in (("actors/dmitry-peskov", "Dmitry Peskov"), ("outlets/reuters", "Reuters")):
        archive.replace(f"content/{path}.md", f"name: {name}", f"name: {'lang' * 16}")
    archive.write("content/outlets/silent.md", f"---\nname: {'still' * 13}\n---\n")
    document = archive.read("content/documents/briefing.md")
    archive.write(
        "content/documents/other.md", document.replace("outlet: reuters", "outlet: silent")
    )
    site = tmp_path / "site"
    build_site(archive.root, BuildOptions(site, search=False))
    context = browser.new_context(viewport={"width": 320, "height": 800})
    page = context.new_page()
    wide = {}
    for file in sorted(site.rglob("*.html")):
        page.goto(file.as_uri())
        if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
            wide[str(file.relative_to(site))] = width
    context.close()

    assert wide == {}
