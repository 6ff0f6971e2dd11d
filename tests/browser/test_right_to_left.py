"""The multilingual archive in Chromium: what only a browser can tell of scripts and directions."""

from __future__ import annotations

import http.server
import shutil
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

pytest.importorskip("playwright")
from playwright.sync_api import Browser, Page

from conftest import page_of_every_kind
from sourcebook.build import BuildOptions, build_site

pytestmark = pytest.mark.browser

ARCHIVE = Path(__file__).parent.parent / "archives" / "multilingual"
FONTS_OF_A_PAGE = 150_000
"""Bytes at most."""


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def in_english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the site whose interface is English; its annotators write Arabic."""
    folder = tmp_path_factory.mktemp("ltr")
    shutil.copytree(ARCHIVE, folder / "archive")
    settings = folder / "archive" / "archive.yaml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("languages: [ar]", "languages: [en]"), encoding="utf-8")
    build_site(folder / "archive", BuildOptions(folder / "site", search=False))
    return folder / "site"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the archive is served, its interface in Arabic."""
    folder = tmp_path_factory.mktemp("rtl")
    shutil.copytree(ARCHIVE, folder / "archive")
    build_site(folder / "archive", BuildOptions(folder / "site"))
    handler = partial(QuietHandler, directory=str(folder / "site"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()


PAGES = (
    "index.html",
    "documents/al-jisr-library/index.html",
    "documents/listok-library/index.html",
    "documents/al-jisr-library-fr/original/index.html",
    "questions/library-opening/index.html",
    "questions/library-books/index.html",
    "actors/maryam-salem/index.html",
    "outlets/al-jisr/index.html",
    "claims/index.html",
    "compare/index.html",
    "timeline/index.html",
    "about/index.html",
)


def open_page(browser: Browser, address: str, width: int) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(address)
    return page


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_window(browser: Browser, address: str, width: int) -> None:
    """From right to left, too, nobody has to scroll sideways."""
    page = open_page(browser, address, width)
    wide = []
    for path in PAGES:
        page.goto(address + path)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(path)
    page.close()

    assert wide == []


def test_fonts_of_a_page_in_three_scripts_keep_to_their_budget(
    browser: Browser, address: str
) -> None:
    """Arabic, Cyrillic and Latin come in faces of their own, and together weigh little."""
    page = browser.new_page()
    sizes: dict[str, int] = {}
    page.on(
        "response",
        lambda response: (
            sizes.update({response.url: len(response.body())}) if ".woff2" in response.url else None
        ),
    )
    page.goto(address + "questions/library-opening/index.html", wait_until="networkidle")
    page.close()

    names = " ".join(sizes)
    assert "naskh-arabic" in names
    assert "serif-4-cyrillic" in names
    assert sum(sizes.values()) <= FONTS_OF_A_PAGE


def test_a_document_is_mirrored(browser: Browser, address: str) -> None:
    """The rail stands at the right of the text and the cards at its left."""
    page = open_page(browser, address + "documents/al-jisr-library/index.html", 1440)
    left = {
        name: page.locator(selector).first.bounding_box()
        for name, selector in (("rail", ".rail"), ("text", "#text > p"), ("cards", ".cards"))
    }
    page.close()

    rail, text, cards = (box["x"] for box in left.values() if box is not None)
    assert cards < text < rail


def test_a_claim_s_number_stands_behind_a_number_of_the_text(
    browser: Browser, address: str
) -> None:
    """In "2031" with the note 1, the note is not read as one more digit, and stands to the left."""
    page = open_page(browser, address + "documents/al-jisr-library/index.html", 1280)
    marked = page.locator("#claim-opening-day")
    number = marked.evaluate(
        """(mark) => {
            const range = document.createRange(), text = mark.firstChild;
            range.setStart(text, text.length - 4);
            range.setEnd(text, text.length);
            return range.getBoundingClientRect().left;
        }"""
    )
    note = page.locator("#claim-opening-day + .ref").bounding_box()
    page.close()

    assert note is not None
    assert note["x"] + note["width"] / 2 < number


def test_arabic_letters_are_not_torn_apart(browser: Browser, address: str) -> None:
    """Labels are letterspaced in scripts that allow it, and only in these."""
    page = open_page(browser, address, 1280)
    spaced = page.evaluate(
        """[...document.querySelectorAll("body *")].filter((element) =>
            element.matches(":lang(ar)") && getComputedStyle(element).letterSpacing !== "normal"
            && parseFloat(getComputedStyle(element).letterSpacing)).length"""
    )
    page.close()

    assert spaced == 0


NAMED_OTHERWISE = """[...document.querySelectorAll("a.num[aria-label]")]
  .filter((link) => link.checkVisibility() && !link.ariaLabel.includes(link.textContent.trim()))
  .map((link) => [link.textContent.trim(), link.ariaLabel])"""


def test_the_name_of_a_number_holds_the_number(browser: Browser, address: str) -> None:
    """One and two are words in Arabic; who says the number that stands there must hit its link."""
    page = open_page(browser, address, 1280)
    named_otherwise = []
    for path in PAGES:
        page.goto(address + path)
        named_otherwise += page.evaluate(NAMED_OTHERWISE)
    page.close()

    assert named_otherwise == []


def test_figures_grow_to_the_left(browser: Browser, address: str) -> None:
    """The scale begins at the right, where the names of the speakers stand, and words stay words."""
    page = open_page(browser, address + "questions/library-books/index.html", 1280)
    places = page.evaluate(
        """[...document.querySelectorAll(".strip svg > text")]
            .map((tick) => tick.getBoundingClientRect().left)"""
    )
    flipped = page.evaluate(
        """[...document.querySelectorAll(".strip text")].filter((text) => {
            const way = text.getScreenCTM();
            return way.a < 0;
        }).length"""
    )
    page.close()

    assert places == sorted(places, reverse=True)
    assert flipped == 0


# Of each, where its first letter stands, and the line that it must be seen in.
BEGUN_OUTSIDE = """(lines) => [...document.querySelectorAll(lines)]
  .filter((line) => line.checkVisibility() && line.textContent.trim())
  .filter((line) => {
    const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    while (walker.nextNode() && !walker.currentNode.data.trim());
    const range = document.createRange(), text = walker.currentNode;
    const at = text.data.search(/\\S/);
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    const letter = range.getBoundingClientRect();
    const seen = line.closest("summary, .pt").getBoundingClientRect();
    return letter.left < seen.left - 1 || letter.right > seen.right + 1;
  }).map((line) => line.textContent)"""
LINES_OF_CARDS = ".card details:not([open]) summary :is(b, .lem, .says, .teaser)"


def test_a_line_that_is_cut_begins_where_its_text_begins(
    browser: Browser, in_english: Path
) -> None:
    """On a card of one line, Arabic in an English interface loses its end and not its beginning."""
    page = browser.new_page(viewport={"width": 320, "height": 900})
    begun_outside = {}
    for document in ("al-jisr-library", "listok-library", "radio-essai-library"):
        page.goto((in_english / "documents" / document / "index.html").as_uri())
        assert page.locator(LINES_OF_CARDS).count()
        begun_outside[document] = page.evaluate(BEGUN_OUTSIDE, LINES_OF_CARDS)
    page.close()

    assert not any(begun_outside.values()), begun_outside


def test_a_title_in_another_script_stands_where_the_page_begins(
    browser: Browser, address: str
) -> None:
    """A Russian title on an Arabic page is flush with its right edge, as all that stands there."""
    page = open_page(browser, address + "documents/listok-library/index.html", 1280)
    title, label = page.evaluate(
        """["h1", ".head .label"].map((one) => {
            const range = document.createRange();
            range.selectNodeContents(document.querySelector(one));
            return range.getBoundingClientRect().right;
        })"""
    )
    page.close()

    assert abs(title - label) < 4


def test_titles_in_cyrillic_are_bold(browser: Browser, in_english: Path) -> None:
    """Its font has one weight; the browser makes the other, as it can for a family that lacks it."""
    page = browser.new_page()
    page.goto((in_english / "documents" / "listok-library" / "index.html").as_uri())
    weights = page.evaluate(
        """[...document.fonts].filter((font) => font.status === "loaded"
            && /U\\+401/i.test(font.unicodeRange)).map((font) => font.weight)"""
    )
    page.close()

    assert weights
    assert set(weights) <= {"400", "normal"}


# Texts that begin and end with letters of one direction, whose last sign stands at their beginning.
ENDED_AT_THE_WRONG_SIDE = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
  const letters = [/[A-Za-z\\u00c0-\\u04ff]/, /[\\u0590-\\u08ff]/];
  const left = (text, at) => {
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return range.getBoundingClientRect();
  };
  while (walker.nextNode()) {
    const text = walker.currentNode, words = text.data.trimEnd(), end = words.length - 1;
    const [, first, last] = words.match(/^\\s*(\\S).*(\\S)[.?!؟]$/s) ?? [];
    const way = letters.findIndex((own) => own.test(first) && own.test(last));
    if (!first || way < 0 || text.parentElement.closest("svg, script, style")) continue;
    const sign = left(text, end), before = left(text, end - 1);
    if (!sign.width || sign.top !== before.top) continue;
    if (way ? sign.left > before.left : sign.left < before.left) found.push(words);
  }
  return found;
}"""


def test_a_sentence_in_another_script_ends_where_it_ends(
    browser: Browser, tmp_path: Path, in_english: Path
) -> None:
    """English on an Arabic page, and Arabic on an English one, keep their full stop behind them."""
    archive, in_arabic = tmp_path / "archive", tmp_path / "site"
    shutil.copytree(ARCHIVE.parents[2] / "content", archive / "content")
    settings = (ARCHIVE.parents[2] / "archive.yaml").read_text(encoding="utf-8")
    own = settings.replace("languages: [en]", "languages: [ar]")
    (archive / "archive.yaml").write_text(own, encoding="utf-8")
    build_site(archive, BuildOptions(in_arabic, search=False))
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    wrong = {}
    for site in (in_arabic, in_english):
        for path in page_of_every_kind(site):
            page.goto(path.as_uri())
            if found := page.evaluate(ENDED_AT_THE_WRONG_SIDE):
                wrong[str(path)] = found[:3]
    page.close()

    assert wrong == {}


def test_paper_has_the_numbers_of_claims(browser: Browser, address: str) -> None:
    """In the printed list each claim begins with its number, within the sheet; its address reads as one."""
    page = open_page(browser, address + "documents/al-jisr-library/index.html", 642)
    page.emulate_media(media="print")
    edges = page.evaluate(
        """() => [...document.querySelectorAll("#claims td:first-child a, #notes li > a")]
            .map((number) => number.getBoundingClientRect()).flatMap(({ left, right }) => [left, right])"""
    )
    direction = page.evaluate(
        """() => getComputedStyle(document.querySelector("[rel=canonical]"), "::after").direction"""
    )
    page.close()

    assert len(edges) > 6
    assert 0 <= min(edges) < max(edges) <= 642
    assert direction == "ltr"


@pytest.mark.parametrize(
    ("path", "width", "cell", "side"),
    [
        ("questions/library-opening/index.html", 390, ".syn td", "Start"),
        ("questions/library-books/index.html", 1280, ".list td", "End"),
    ],
)
def test_cells_keep_their_distance(
    browser: Browser, address: str, path: str, width: int, cell: str, side: str
) -> None:
    """Words stand off the line beside them, and columns off the next, on the side that is theirs."""
    page = open_page(browser, address + path, width)
    paddings = page.evaluate(
        """(cell) => ["Start", "End"].filter((side) =>
            parseFloat(getComputedStyle(document.querySelector(cell))[`paddingInline${side}`]) > 0)""",
        cell,
    )
    page.close()

    assert paddings == [side]
