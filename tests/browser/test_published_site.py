"""The example archive as it is published: below a path, in Chromium, walked from page to page.

The server does what GitHub Pages does (a folder's `index.html`, `404.html` for the rest) and the
browser may ask nobody else.
"""

from __future__ import annotations

import functools
import gzip
import http.server
import posixpath
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from sourcebook.cli import main

playwright = pytest.importorskip("playwright.sync_api", reason="needs `pip install playwright`")
pytestmark = pytest.mark.browser

REPOSITORY = Path(__file__).parents[2]
BASE = "/some-repo/"

OBSERVE = """window.moved = [];
new PerformanceObserver((list) => list.getEntries().forEach((entry) => window.moved.push(entry.value)))
  .observe({ type: "layout-shift", buffered: true });"""


class PagesHandler(http.server.SimpleHTTPRequestHandler):
    """A static host that answers what it does not have with the site's own 404 page."""

    def send_error(self, code: int, *_: object, **__: object) -> None:
        page = (Path(self.directory) / BASE.strip("/") / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, *arguments: object) -> None:
        pass


@dataclass
class Links(HTMLParser):
    """What one page links to and loads, and which places in it can be linked to."""

    targets: list[str] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        for name, value in attrs:
            if name == "id" and value:
                self.ids.add(value)
            if name in ("href", "src", "action") and value is not None:
                self.targets.append(value)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built example, below another one."""
    folder = tmp_path_factory.mktemp("served") / BASE.strip("/")
    address = f"https://archive.example{BASE}"
    built = main(["-C", str(REPOSITORY), "-q", "build", "-o", str(folder), "--base-url", address])
    assert built == 0
    return folder


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, Links]:
    """Every page of the site by its path, read."""
    read = {}
    for path in sorted(site.rglob("*.html")):
        links = Links()
        links.feed(path.read_text(encoding="utf-8"))
        read[path.relative_to(site).as_posix()] = links
    return read


@pytest.fixture(scope="module")
def kinds(pages: dict[str, Links]) -> list[str]:
    """One page of every kind, the longest of them where there are several."""
    return sorted(paths[0] for paths in group_by_kind(pages).values())


def group_by_kind(pages: dict[str, Links]) -> dict[tuple[str, int], list[str]]:
    """Paths by kind of page, those with the most places first."""
    groups: dict[tuple[str, int], list[str]] = {}
    for path in sorted(pages, key=lambda path: (-len(pages[path].ids), path)):
        groups.setdefault((path.split("/")[0], path.count("/")), []).append(path)
    return groups


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where the site is served, with its base path."""
    handler = functools.partial(PagesHandler, directory=str(site.parent))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{BASE}"
    server.shutdown()
    server.server_close()


@dataclass
class Reader:
    """A browser's page, and all that went wrong or outside while it was used."""

    page: playwright.Page
    home: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", self._note_request)
        self.page.on("requestfailed", self._note_failure)
        self.page.on("response", self._note_response)

    def _note_console(self, message: playwright.ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"console on {self.page.url}: {message.text}")

    def _note_request(self, request: playwright.Request) -> None:
        if not request.url.startswith((self.home, "data:", "blob:")):
            self.complaints.append(f"left the site: {request.url}")

    def _note_failure(self, request: playwright.Request) -> None:
        # Leaving a page ends what it still loads; that is no fault of the page.
        if request.failure != "net::ERR_ABORTED":
            self.complaints.append(f"{request.failure}: {request.url}")

    def _note_response(self, response: playwright.Response) -> None:
        if response.status >= 400:
            self.complaints.append(f"{response.status}: {response.url}")

    def open(self, path: str) -> playwright.Page:
        self.page.goto(self.home + path, wait_until="load")
        return self.page

    def search(self, query: str) -> playwright.Page:
        self.open(f"search/{query}")
        self.wait_for_results()
        return self.page

    def wait_for_results(self) -> None:
        self.page.wait_for_function(
            "() => document.getElementById('search-status').textContent"
            " && !document.querySelector('#search[aria-busy]')"
        )

    def found(self) -> int:
        """How many results the search page says that it has."""
        return int("".join(filter(str.isdigit, self.page.inner_text("#search-status").split()[0])))


@pytest.fixture
def reader(browser: playwright.Browser, address: str) -> Iterator[Reader]:
    """A reader at 1280 pixels whose visit must end without a complaint."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    reader = Reader(context.new_page(), address)
    yield reader
    context.close()
    assert reader.complaints == []


def resolve(page: str, target: str) -> tuple[str, str]:
    """The file in the site and the fragment that a link in *page* leads to."""
    parts = urlsplit(target)
    if parts.path.startswith(BASE):
        path = unquote(parts.path.removeprefix(BASE))
    elif parts.path:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(page), unquote(parts.path)))
    else:
        path = page
    if path in ("", ".") or parts.path.endswith("/"):
        path = posixpath.normpath(posixpath.join(path, "index.html"))
    return path, unquote(parts.fragment)


def test_every_link_leads_to_a_page_and_a_place_in_it(site: Path, pages: dict[str, Links]) -> None:
    """No link, style, script or picture of any page is missing, and no fragment either."""
    broken = []
    for page, links in pages.items():
        for target in links.targets:
            if urlsplit(target).scheme in ("http", "https", "mailto", "data"):
                continue
            path, fragment = resolve(page, target)
            if not (site / path).is_file():
                broken.append(f"{page}: {target}")
            elif fragment and path in pages and fragment not in pages[path].ids:
                broken.append(f"{page}: {target} (no such place)")
    assert broken == []


def test_every_page_can_be_reached_from_the_first(pages: dict[str, Links]) -> None:
    """Whoever begins at the first page and follows links can come to every other."""
    reached, ahead = set(), ["index.html"]
    while ahead:
        page = ahead.pop()
        if page in reached or page not in pages:
            continue
        reached.add(page)
        ahead += [resolve(page, t)[0] for t in pages[page].targets if not urlsplit(t).scheme]
    assert set(pages) - reached == {"404.html"}


def test_pages_link_only_by_relative_addresses(pages: dict[str, Links]) -> None:
    """One build works at every base path: no page but 404.html has a link that begins with a slash."""
    absolute = {
        f"{page}: {target}"
        for page, links in pages.items()
        for target in links.targets
        if target.startswith("/") and page != "404.html"
    }
    assert absolute == set()


def test_pages_open_without_an_error(reader: Reader, pages: dict[str, Links]) -> None:
    """Pages of every kind have no error in the console, and no request fails or leaves the site."""
    for paths in group_by_kind(pages).values():
        for path in (*paths[:3], *paths[-2:]):
            assert reader.open(path).locator("h1").count() == 1, path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_every_kind_of_page_fits_the_screen(
    browser: playwright.Browser, address: str, kinds: list[str], width: int, scheme: str
) -> None:
    """Nothing has to be scrolled sideways, in a phone's width and a desk's, light and dark."""
    size = {"width": width, "height": 900}
    context = browser.new_context(viewport=size, color_scheme=scheme)
    reader = Reader(context.new_page(), address)
    too_wide = []
    for path in kinds:
        page = reader.open(path)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            too_wide.append(path)
        paper = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        if paper == "rgba(0, 0, 0, 0)":
            paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        brightness = sum(int(part) for part in paper[4:-1].split(",")[:3]) / 3
        assert brightness > 128 if scheme == "light" else brightness < 128, (path, paper)
    context.close()
    assert too_wide == []
    assert reader.complaints == []


# Stops of the Tab key in something that is cut away, but for what shows itself when it is reached.
UNSEEN = """() => [...document.querySelectorAll("a[href], button, summary, input")].filter((one) => {
  if (one.tabIndex < 0 || !one.checkVisibility({ visibilityProperty: true })) return false;
  for (let at = one; at; at = at.parentElement) if (getComputedStyle(at).clipPath !== "none") return true;
}).map((one) => one.outerHTML)"""


@pytest.mark.parametrize("width", [390, 1280])
def test_what_the_tab_key_reaches_can_be_seen(reader: Reader, kinds: list[str], width: int) -> None:
    """No button, link or fold takes the focus where a reader sees nothing."""
    reader.page.set_viewport_size({"width": width, "height": 900})
    unseen = {}
    for path in kinds:
        if found := reader.open(path).evaluate(UNSEEN):
            unseen[path] = found[0]
    if found := reader.search("?q=zones").evaluate(UNSEEN):
        unseen["search"] = found[0]

    assert unseen == {}


def test_search_finds_a_claim_and_opens_it_in_its_document(reader: Reader) -> None:
    """A word leads to a claim, and the claim's result to its passage in the document's text."""
    page = reader.search("?q=de-escalation&kind=claim")

    assert reader.found() > 0
    page.locator("#search-results article a").first.click()
    page.wait_for_url("**/documents/**")

    assert "#claim-" in page.url
    assert page.locator(":target").is_visible()
    assert page.locator("#text :target").count() == 1


@pytest.mark.parametrize("query", ["Syria", "safe zones", "Lavrov"])
def test_a_first_search_is_light(
    browser: playwright.Browser, address: str, site: Path, query: str
) -> None:
    """With nothing kept but fonts, the page and all that it asks for: 250 kB, packed; nothing moves."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    reader = Reader(context.new_page(), address)
    asked: set[str] = set()
    reader.page.on("response", lambda response: asked.add(urlsplit(response.url).path))
    reader.page.add_init_script(OBSERVE)
    reader.search(f"index.html?q={query}")
    moved = reader.page.evaluate("moved.reduce((sum, one) => sum + one, 0)")
    context.close()
    files = [site.parent / unquote(path).removeprefix("/") for path in asked]
    sizes = [
        len(gzip.compress(file.read_bytes(), 9, mtime=0))
        for file in files
        if file.suffix != ".woff2"
    ]

    assert len(sizes) > 10
    assert sum(sizes) <= 250_000
    assert moved == 0


def test_search_finds_an_actor_by_a_name_in_another_spelling(reader: Reader) -> None:
    """An alias and a spelling without accents find the actor's page."""
    page = reader.search("?q=Erdogan")

    links = page.locator("#search-results article a").evaluate_all("all => all.map(a => a.href)")
    assert any("/actors/recep-tayyip-erdogan/" in link for link in links)


def test_filters_leave_only_what_they_name(reader: Reader) -> None:
    """A filter's count is the number of results that it leaves, and it stands in the address."""
    page = reader.search("?q=Syria")
    everything = reader.found()
    row = page.locator("#search-facets h2:text-is('Outlet') + ul > li > a").nth(1)
    counted = int(row.locator(".num").inner_text())

    row.click()
    page.wait_for_url("**outlet=**")
    reader.wait_for_results()

    assert reader.found() == counted
    assert 0 < counted < everything
    page.reload()
    reader.wait_for_results()
    assert reader.found() == counted


def test_results_are_printed_without_what_only_a_screen_can_do(reader: Reader) -> None:
    """On paper nothing can be filtered, sorted or asked for once more."""
    page = reader.search("?q=zones")
    page.emulate_media(media="print")

    assert page.locator("#search-results").is_visible()
    for control in (".filters", ".order", ".search-help", ".find", "#search-lists"):
        assert not any(one.is_visible() for one in page.locator(control).all()), control


def test_search_is_filtered_by_key(reader: Reader) -> None:
    """From the field Tab leads to the filters; Enter narrows, and the focus stays where it can go on."""
    page = reader.search("?q=Syria")
    everything = reader.found()
    page.locator("main input[type=search]").focus()
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('#search-facets a:not([aria-current])')"):
            break
    counted = int(page.evaluate("document.activeElement.querySelector('.num').textContent"))
    page.keyboard.press("Enter")
    page.wait_for_url("**&**")
    reader.wait_for_results()

    assert 0 < reader.found() == counted < everything
    assert page.evaluate("document.activeElement !== document.body")


def test_search_form_of_the_first_page_leads_to_results(reader: Reader) -> None:
    """A word typed on the first page is looked for."""
    page = reader.open("")
    page.locator("main input[type=search]").fill("Astana")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/**")
    reader.wait_for_results()

    assert reader.found() > 0


@pytest.mark.parametrize("size", [(1536, 864), (1280, 720), (1024, 768), (390, 844)])
def test_first_page_shows_its_search_and_a_disagreement_at_once(
    browser: playwright.Browser, address: str, size: tuple[int, int]
) -> None:
    """What the archive is, the search field and the first words of a source need no scrolling."""
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(address)
    ends = {}
    for part in (".lede", ".bigfind", ".big", ".tell .q"):
        box = page.locator(part).first.bounding_box()
        assert box is not None
        ends[part] = box["y"] + (0 if part == ".tell .q" else box["height"])
    page.close()

    assert max(ends.values()) <= size[1], ends


def test_missing_page_has_links_that_work(browser: playwright.Browser, address: str) -> None:
    """An address that does not exist, however deep, answers with a page that leads back."""
    context = browser.new_context()
    page = context.new_page()

    answer = page.goto(address + "actors/nobody/at/all/")
    assert answer is not None
    assert answer.status == 404
    page.locator(f"a[href^='{BASE}']").first.click()
    page.wait_for_load_state()

    assert page.url.startswith(address)
    assert page.locator("h1").count() == 1
    assert page.title() != ""
    context.close()


def test_pages_are_complete_without_javascript(
    browser: playwright.Browser, address: str, kinds: list[str]
) -> None:
    """Without scripts every kind of page has its text, and a document its claims."""
    context = browser.new_context(java_script_enabled=False)
    reader = Reader(context.new_page(), address)
    for path in kinds:
        page = reader.open(path)
        assert page.locator("h1").count() == 1, path
        assert len(page.inner_text("main")) > 150 or path == "404.html", path

    page = reader.open("documents/gusnews-aleppo-thread/index.html")
    assert page.locator("#text").is_visible()
    assert page.locator("#claim-officials-kerry-deal").count() == 1
    context.close()
    assert reader.complaints == []


@pytest.mark.parametrize("width", [320, 1280])
def test_without_javascript_no_control_is_dead(
    browser: playwright.Browser, address: str, kinds: list[str], width: int
) -> None:
    """What only a script could answer is not shown; what is shown, style sheets and links answer."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": width, "height": 900}
    )
    reader = Reader(context.new_page(), address)
    shown = set()
    for path in kinds:
        for control in (
            reader.open(path).locator("main, header").locator("button, input, select").all()
        ):
            if control.is_visible():
                name = control.get_attribute("name") or control.inner_text()
                shown.add((path.split("/")[0], control.get_attribute("type"), name))
    assert shown <= {
        ("compare", "radio", "show"),
        *(("documents", "radio", name) for name in ("form", "who", "topic")),
    }

    page = reader.open("documents/gusnews-aleppo-thread/index.html")
    page.locator("details:has(> fieldset #by1)").evaluate("(one) => { one.open = true; }")
    page.locator("#by1").check(force=True)
    left_out = (
        "(cards) => cards.filter((one) => getComputedStyle(one).getPropertyValue('--off')).length"
    )
    assert page.locator(".card[data-by]").evaluate_all(left_out) > 0
    assert "needs JavaScript" in reader.open("search/index.html").inner_text("main")
    context.close()
    assert reader.complaints == []


def test_site_can_be_read_from_a_folder(
    browser: playwright.Browser, site: Path, kinds: list[str]
) -> None:
    """Opened as files, without a server, all pages work, and the search says what it needs."""
    context = browser.new_context()
    reader = Reader(context.new_page(), f"{site.as_uri()}/")
    for path in kinds:
        if path != "404.html":
            reader.open(path)
    page = reader.open("index.html")
    page.locator("header nav a").first.click()
    page.wait_for_load_state()

    assert page.url == urljoin(reader.home, "questions/index.html")
    assert "sourcebook serve --site" in reader.open("search/index.html?q=x").inner_text("main")
    context.close()
    assert reader.complaints == []
