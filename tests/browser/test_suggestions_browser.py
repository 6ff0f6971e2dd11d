"""What the search adds in Chromium: names while one types, and marks in the page that is opened."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from sourcebook.build import BuildOptions, build_site
from sourcebook.fidelity import fingerprint_of
from sourcebook.markup import parse_body

playwright = pytest.importorskip("playwright.sync_api", reason="needs `pip install playwright`")
pytestmark = pytest.mark.browser


TEXT = (
    "The talks went on for hours.\n\n" * 60
    + "Nobody spoke of safe zones. Élysée said: any safe\nzone is *unsafe*.\n"
)
DOCUMENT = """\
---
title: The talks
lang: en
captures: [{file: captures/talks.txt, sha256: CAPTURE}]
transcription: TRANSCRIPTION
claims:
  - id: unsafe
    by: sergey-lavrov
    quote: any safe zone is unsafe
    topics: [safe-zones]
---
"""
CAPTURE = TEXT.replace("*", "")
HASHES = {
    "CAPTURE": sha256(CAPTURE.encode()).hexdigest(),
    "TRANSCRIPTION": fingerprint_of(parse_body(TEXT)),
}
for name, value in HASHES.items():
    DOCUMENT = DOCUMENT.replace(name, value)
FILES = {
    "archive.yaml": "title: A small archive\n",
    "content/captures/talks.txt": CAPTURE,
    "content/documents/talks.md": DOCUMENT + TEXT,
    "content/actors/sergey-lavrov.md": (
        "---\nname: {en: Sergey Lavrov, ar: سيرغي لافروف}\naliases: [Sergei Lawrow]\n---\n"
    ),
    "content/actors/markup.md": '---\nname: "<img src=x onerror=alert(1)> Lavender"\n---\n',
    "content/topics/safe-zones.md": "---\nname: Safe zones\naliases: [Zones sûres]\n---\n",
    "content/outlets/elysee.md": "---\nname: Élysée\n---\n",
    **{f"content/topics/number-{n}.md": f"---\nname: Number {n}\n---\n" for n in range(12)},
}


class Quiet(SimpleHTTPRequestHandler):
    """Gives out the files of a folder, and says nothing."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with its search, below another folder."""
    root = tmp_path_factory.mktemp("archive")
    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    output = tmp_path_factory.mktemp("served") / "some-repo"
    report = build_site(root, BuildOptions(output))
    assert report.output is not None, report.summary.diagnostics
    return output


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    """Where the site is given out."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(site.parent)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/some-repo/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: playwright.Browser) -> Iterator[playwright.Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    assert complaints == []


FIELD = ".find:visible input[name=q]"


def type_in(page: playwright.Page, address: str, text: str) -> None:
    """Open a page and type into its search field."""
    page.goto(address)
    page.focus(FIELD)
    page.wait_for_selector(f"{FIELD}[aria-controls]")
    page.keyboard.type(text)


def names(page: playwright.Page) -> list[str]:
    """What the field suggests."""
    return page.locator(".offers:not([hidden]) [role=option] > :first-child").all_inner_texts()


@pytest.mark.parametrize("path", ["index.html", "search/index.html", "topics/index.html"])
def test_every_field_suggests_names(page: playwright.Page, address: str, path: str) -> None:
    """The field of the home page, of the search and of each header offers pages by name."""
    type_in(page, address + path, "lav")

    assert names(page) == ["Sergey Lavrov", "<img src=x onerror=alert(1)> Lavender"]
    about = page.locator(".offers [role=option] > :last-child").first
    assert about.inner_text() == "Actor · 1 claim"
    assert page.locator(".offers img").count() == 0


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("SERGEI", ["Sergey Lavrov Sergei Lawrow"]),
        ("لاف", ["Sergey Lavrov سيرغي لافروف"]),
        ("sures", ["Safe zones Zones sûres"]),
        ("elys", ["Élysée"]),
        ("zon sa", ["Safe zones"]),
        ("ones", []),
        ("?!", []),
    ],
)
def test_names_are_found_by_their_beginnings(
    page: playwright.Page, address: str, typed: str, expected: list[str]
) -> None:
    """Any alias, in any script, with or without accents; the alias found stands beside the name."""
    type_in(page, f"{address}index.html", typed)

    assert names(page) == expected


@pytest.mark.parametrize("width", [320, 1000, 1280])
def test_the_search_is_one_step_away(page: playwright.Page, address: str, width: int) -> None:
    """Where the header has no room for a field, it has a link that is named and can be hit."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{address}topics/index.html")
    field, link = page.locator("header .find"), page.locator("header .seek")
    assert (field.is_visible(), link.is_visible()) == (width == 1280, width < 1280)
    if width < 1280:
        box = link.bounding_box()
        assert box is not None
        assert box["height"] >= 24
        link.click()
        assert page.locator("#search-form input").is_visible()


def test_no_more_than_eight_are_offered(page: playwright.Page, address: str) -> None:
    """A short beginning does not fill the page."""
    type_in(page, f"{address}index.html", "numb")

    assert len(names(page)) == 8


@pytest.mark.parametrize("width", [390, 1280])
def test_beside_results_the_names_cover_none(
    page: playwright.Page, address: str, width: int
) -> None:
    """On the search page filters and results can be read and used while one types."""
    page.set_viewport_size({"width": width, "height": 800})
    type_in(page, f"{address}search/index.html", "numb")
    page.wait_for_selector("#search-results article")
    offers = page.locator(".offers").bounding_box()
    said = page.locator("#search-status").bounding_box()
    assert len(names(page)) == 8
    assert offers is not None
    assert said is not None
    assert offers["y"] + offers["height"] <= said["y"]

    for _ in range(8):
        page.keyboard.press("ArrowDown")
    chosen = page.locator(".offers [aria-selected=true]").bounding_box()
    assert chosen is not None
    assert 0 <= chosen["x"] <= chosen["x"] + chosen["width"] <= width


def test_keys_choose_leave_and_follow(page: playwright.Page, address: str) -> None:
    """Arrows choose, Escape closes and keeps what was typed, Enter opens the page chosen."""
    type_in(page, f"{address}search/index.html", "la")
    field = page.locator(FIELD)
    page.keyboard.press("ArrowDown")
    chosen = page.locator(".offers [aria-selected=true]")
    assert chosen.get_attribute("id") == field.get_attribute("aria-activedescendant")

    page.keyboard.press("Escape")
    assert (names(page), field.input_value()) == ([], "la")
    assert field.get_attribute("aria-expanded") == "false"

    page.keyboard.type("v")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}actors/sergey-lavrov/index.html")


def test_enter_without_a_choice_searches(page: playwright.Page, address: str) -> None:
    """The suggestions never stand between a reader and the search."""
    type_in(page, f"{address}index.html", "lav")
    page.keyboard.press("Enter")

    page.wait_for_url(f"{address}search/index.html?q=lav")


def test_without_the_names_the_field_stays_a_field(page: playwright.Page, address: str) -> None:
    """Where the file cannot be had, nothing is offered and nothing fails."""
    page.route("**/names.json", lambda route: route.fulfill(status=404))
    page.goto(f"{address}index.html")
    page.focus(FIELD)
    page.keyboard.type("lav")
    page.wait_for_timeout(100)

    assert page.locator(".offers").count() == 0
    assert page.locator(FIELD).get_attribute("role") is None


def marked(page: playwright.Page) -> list[str]:
    """The words marked in the page."""
    page.wait_for_function("CSS.highlights.has('hits')")
    return page.evaluate(
        "[...CSS.highlights.get('hits')].map((range) => String(range).replace(/\\s+/g, ' '))"
    )


def test_a_result_marks_its_words_in_the_page(page: playwright.Page, address: str) -> None:
    """The words looked for are marked where the result opens, and its text stays as it is."""
    page.goto(f"{address}documents/talks/index.html")
    before = page.locator("#text").text_content()
    page.goto(f"{address}search/index.html?q=%22safe+zone%22")
    page.locator("#search-results article a", has_text="any safe zone").click()

    assert marked(page) == ["safe zone"]
    page.wait_for_url(f"{address}documents/talks/index.html#claim-unsafe")
    assert page.locator("#text").text_content() == before


def test_the_first_words_are_scrolled_to(page: playwright.Page, address: str) -> None:
    """Without a place in its address, the page opens at the first of the words."""
    page.goto(f"{address}documents/talks/index.html?q=elysee+unsafe")

    assert marked(page) == ["Élysée", "unsafe"]
    page.wait_for_function("scrollY > 0")
    page.reload()
    assert marked(page) == ["Élysée", "unsafe"]


@pytest.mark.parametrize("by", ["key", "button"])
def test_marks_can_be_taken_away(page: playwright.Page, address: str, by: str) -> None:
    """Escape or the button removes the marks, for good."""
    page.goto(f"{address}documents/talks/index.html?q=unsafe")
    assert marked(page) == ["unsafe"]
    page.wait_for_url(f"{address}documents/talks/index.html")
    if by == "key":
        page.keyboard.press("Escape")
    else:
        page.get_by_role("button", name="Remove search marks").click()

    assert not page.evaluate("CSS.highlights.has('hits')")
    assert page.locator(".unmark").count() == 0
    page.reload()
    assert not page.evaluate("CSS.highlights.has('hits')")


def test_a_page_carries_little_for_it(site: Path) -> None:
    """What each page loads stays within what its scripts may weigh."""
    assert (
        sum((site / "assets" / name).stat().st_size for name in ("reader.js", "find.js")) < 15_000
    )
