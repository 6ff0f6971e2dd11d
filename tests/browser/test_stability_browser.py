"""What is being read stays where it is: fonts and scripts that come late, or from a folder."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from threading import Thread

import pytest

from sourcebook.build import BuildOptions, build_site

playwright = pytest.importorskip("playwright.sync_api", reason="needs `pip install playwright`")
pytestmark = pytest.mark.browser

MULTILINGUAL = Path(__file__).parent.parent / "archives" / "multilingual"

DOCUMENT = "documents/ea-worldview-2017-01-27/index.html"
LONGEST = "documents/world-page-2017/index.html"

PAGES = (
    "index.html",
    "documents/index.html",
    DOCUMENT,
    LONGEST,
    "claims/index.html",
    "claims/ea-worldview-2017-01-27/absolutely-do-safe-zones/index.html",
    "actors/index.html",
    "actors/sergey-lavrov/index.html",
    "actors/sergey-lavrov/outlets/index.html",
    "topics/index.html",
    "topics/safe-zones/index.html",
    "topics/syrian-war/2017/index.html",
    "topics/syrian-war/outlets/index.html",
    "outlets/index.html",
    "outlets/rt/index.html",
    "questions/index.html",
    "questions/astana-outcome/index.html",
    "questions/people-at-the-turkish-border/index.html",
    "compare/index.html",
    "compare/ea-worldview-2017-01-27/world-page-2017/index.html",
    "timeline/index.html",
    "about/index.html",
    "404.html",
)

PAGES_IN_ARABIC = (
    "index.html",
    "documents/al-jisr-library/index.html",
    "documents/listok-library/index.html",
    "documents/al-jisr-library-fr/original/index.html",
    "questions/library-opening/index.html",
    "questions/library-books/index.html",
    "claims/index.html",
    "actors/yves-martin/index.html",
    "topics/library/outlets/index.html",
    "outlets/radio-essai/index.html",
    "compare/index.html",
    "compare/listok-library/al-jisr-library-fr/index.html",
    "timeline/index.html",
)

OBSERVE = """window.moved = [];
new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.moved.push(entry.value)))
  .observe({ type: "layout-shift", buffered: true });"""


class Late(SimpleHTTPRequestHandler):
    """Gives out the files of a folder, fonts and scripts after the page has been drawn without them."""

    def do_GET(self) -> None:
        if self.path.split("?")[0].endswith((".woff2", ".js")):
            time.sleep(0.6)
        super().do_GET()

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Where *folder* is given out."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Late, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def in_arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built archive in four languages, whose interface is Arabic."""
    folder = tmp_path_factory.mktemp("arabic")
    shutil.copytree(MULTILINGUAL, folder / "archive")
    build_site(folder / "archive", BuildOptions(folder / "site", search=False))
    return folder / "site"


Moves = Callable[[Path, tuple[str, ...]], dict[str, float]]


@pytest.fixture(params=[320, 1280])
def find_moves(browser: playwright.Browser, request: pytest.FixtureRequest) -> Moves:
    """Which pages move while they load, and how far; each is opened with nothing kept."""

    def find(folder: Path, pages: tuple[str, ...]) -> dict[str, float]:
        moved = {}
        with served(folder) as address:
            for path in pages:
                context = browser.new_context(viewport={"width": request.param, "height": 900})
                page = context.new_page()
                page.add_init_script(OBSERVE)
                page.goto(address + path)
                page.evaluate("document.fonts.ready.then(() => true)")
                page.wait_for_timeout(300)
                moved[path] = page.evaluate("moved.reduce((sum, one) => sum + one, 0)")
                context.close()
        return {path: shift for path, shift in moved.items() if shift >= 0.01}

    return find


def test_what_comes_late_moves_nothing(find_moves: Moves, example: Path) -> None:
    """On no kind of page does a line stand elsewhere when the fonts and the scripts are there."""
    assert find_moves(example, PAGES) == {}


def test_fonts_of_other_scripts_move_nothing(find_moves: Moves, in_arabic: Path) -> None:
    """An Arabic interface, and Arabic and Russian texts, stand still as well."""
    assert find_moves(in_arabic, PAGES_IN_ARABIC) == {}


@pytest.mark.parametrize("path", [DOCUMENT, "index.html"])
def test_a_page_from_a_folder_has_its_fonts(
    browser: playwright.Browser, example: Path, path: str
) -> None:
    """Opened from a folder or a stick, a page is set in the theme's fonts, and complains of nothing."""
    page = browser.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto((example / path).as_uri())
    page.reload()
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    name = session.send("DOM.querySelector", {"nodeId": root, "selector": ".name"})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": name})["fonts"]
    page.close()

    assert {font["familyName"] for font in fonts} == {"Archive Serif"}
    assert complaints == []


CROWDED = """(open) => {
  document.querySelectorAll(".card details").forEach((details) => { details.open = open; });
  const box = (one) => one.getBoundingClientRect();
  const shown = (one) => box(one).height > 0;
  const meet = (a, b) => a.left < b.right - 1 && b.left < a.right - 1
    && a.top < b.bottom - 1 && b.top < a.bottom - 1;
  const cards = [...document.querySelectorAll("#text .card")].filter(shown);
  const lines = [...document.querySelectorAll("#text :is(p, li, h2, h3):not(.tools)")].filter(shown);
  const found = [];
  cards.forEach((card, place) => {
    const own = box(card);
    const covered = cards.slice(place + 1).filter((other) => meet(own, box(other)));
    covered.forEach((other) => found.push(`${card.id} on ${other.id}`));
    if (lines.some((line) => meet(own, box(line)))) found.push(`${card.id} on the text`);
  });
  // Unopened, a card begins beside its words: at most three of their lines off, and most of them within one.
  const off = cards.map((card) => {
    const words = document.querySelector(`mark[data-of=${card.id}]`);
    return Math.abs(box(card).top - words.getClientRects()[0].top);
  }).sort((a, b) => a - b);
  if (!open && innerWidth >= 1280 && (off.at(-1) > 90 || off[off.length >> 1] > 28)) {
    found.push(`${off.at(-1)} px off its passage`);
  }
  if (document.documentElement.scrollWidth > innerWidth) found.push("wider than the window");
  return found;
}"""


@pytest.mark.parametrize("width", [320, 640, 900, 1024, 1152, 1280, 1440, 1920])
def test_cards_stay_with_their_passages_and_off_each_other(
    browser: playwright.Browser, example: Path, in_arabic: Path, width: int
) -> None:
    """Shut or all open, in a narrow or a wide text, from right to left, zoomed: no card covers another."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    found = {}
    for folder, path in (
        (example, DOCUMENT),
        (example, LONGEST),
        (in_arabic, "documents/al-jisr-library/index.html"),
    ):
        page.goto((folder / path).as_uri())
        # What was opened once has grown: all widths are looked at before.
        for is_open, measure in product((False, True), ("narrow", "normal", "wide")):
            page.evaluate("(value) => { document.documentElement.dataset.width = value; }", measure)
            if crowded := page.evaluate(CROWDED, is_open):
                found[path, measure, is_open] = crowded
    page.close()

    assert found == {}
