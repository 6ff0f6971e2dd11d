"""What an author sees in the browser while writing: the newest page, or what stands in its way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sourcebook.diagnostics import Diagnostic
from sourcebook.output import OutputFile, write_site
from sourcebook.serve import BuildOutcome, Changes, outcome_of_diagnostics, serve

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page, Route

playwright = pytest.importorskip("playwright.sync_api")
expect = playwright.expect
pytestmark = pytest.mark.browser

LIVE_SCRIPT = Path(__file__).parents[2] / "themes" / "default" / "assets" / "live.js"
# As strict as a site may be: the preview must work there too.
POLICY = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'"


class Author:
    """Writes pages, which a preview builds; a line that begins with FAULT is a problem."""

    def __init__(self, root: Path) -> None:
        self.content = root / "content"
        self.site = root / ".sourcebook" / "serve"
        self.address = ""
        self.is_behind = False
        self.caught_up = threading.Event()
        self.content.mkdir()

    def save(self, name: str, text: str) -> None:
        """Save a page's text; each line is a paragraph."""
        (self.content / f"{name}.md").write_text(text)

    def build(self, _changes: Changes) -> BuildOutcome:
        """Build all pages, or report the faults in them."""
        texts = {path.stem: path.read_text() for path in sorted(self.content.glob("*.md"))}
        faults = tuple(
            Diagnostic(
                rule="fault",
                message=f"`{line}` is <b>not</b> a sentence",
                path=f"content/{name}.md",
                help="write another one",
                line=number,
                column=1,
                width=5,
                source_line=line,
            )
            for name, text in texts.items()
            for number, line in enumerate(text.splitlines(), 1)
            if line.startswith("FAULT")
        )
        if faults:
            return outcome_of_diagnostics(faults)
        write_site([self._make_page(name, text) for name, text in texts.items()], self.site)
        if self.is_behind:
            return BuildOutcome(ok=True, notice="Older <b>pages</b>.", follow_up=self._catch_up)
        return BuildOutcome(ok=True)

    def _catch_up(self, _give_way: Callable[[], None]) -> BuildOutcome:
        assert self.caught_up.wait(20)
        return BuildOutcome(ok=True, changed=False)

    def _make_page(self, name: str, text: str) -> OutputFile:
        paragraphs = "".join(f"<p>{line}</p>" for line in text.splitlines())
        head = (
            f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        )
        html = f"<!doctype html><html lang=en><head>{head}<title>{name}</title></head>"
        return OutputFile(f"{name}.html", f"{html}<body>{paragraphs}</body></html>".encode())


@pytest.fixture
def author(tmp_path: Path) -> Iterator[Author]:
    """An author with two pages and a preview running."""
    author = Author(tmp_path)
    author.save("index", "First\n" + "line\n" * 200)
    author.save("404", "Lost")
    stop, ready = threading.Event(), threading.Event()

    def say(line: str) -> None:
        if line.startswith("Serving at"):
            author.address = line.split()[2]
            ready.set()

    def run() -> None:
        serve(
            author.build,
            [author.content],
            author.site,
            LIVE_SCRIPT.read_bytes(),
            port=0,
            say=say,
            stop=stop,
        )

    thread = threading.Thread(target=run)
    thread.start()
    assert ready.wait(20)
    yield author
    stop.set()
    thread.join(20)


@pytest.fixture
def page(browser: Browser, author: Author) -> Iterator[Page]:
    """A browser page on the preview's home; anything on its console fails the test."""
    complaints: list[str] = []
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(author.address)
    yield page
    context.close()
    assert [text for text in complaints if "404 (Not Found)" not in text] == []


def overlay(page: Page) -> Locator:
    """The panel with the problems."""
    return page.get_by_role("alert")


def folded_overlay(page: Page) -> Locator:
    """What remains of the panel when it is folded away."""
    return page.locator("sourcebook-problems .pill")


def test_save_appears_and_the_place_is_kept(page: Page, author: Author) -> None:
    """A saved text appears by itself, and the reader is where they were."""
    page.evaluate("scrollTo(0, 1500)")

    author.save("index", "Second\n" + "line\n" * 200)

    expect(page.locator("p").first).to_have_text("Second")
    page.wait_for_function("scrollY === 1500")


def test_page_that_may_be_old_says_so_until_it_is_not(page: Page, author: Author) -> None:
    """What a build says of its pages lies over all of them while something follows it."""
    notice = page.get_by_role("status")
    author.is_behind = True
    author.save("index", "Second")

    expect(notice).to_have_text("Older <b>pages</b>.")
    page.goto(author.address)
    expect(notice).to_be_visible()
    author.caught_up.set()

    expect(notice).to_have_count(0)
    expect(page.locator("p").first).to_have_text("Second")


def test_problems_lie_over_the_last_good_page(page: Page, author: Author) -> None:
    """A broken file shows place, message, source and help over the page, until it is mended."""
    author.save("index", "Fine\nFAULT in here")

    expect(overlay(page)).to_contain_text("1 problem: the site was not built")
    expect(overlay(page).locator("code")).to_have_text("content/index.md:2")
    # Shown as text: a message is no markup.
    expect(overlay(page).locator(".message")).to_have_text(
        "`FAULT in here` is <b>not</b> a sentence"
    )
    expect(overlay(page).locator("pre")).to_have_text("FAULT in here\n^^^^^")
    expect(overlay(page).locator(".help")).to_have_text("Help: write another one")
    expect(page.locator("p").first).to_have_text("First")

    author.save("index", "Mended")

    expect(page.locator("p").first).to_have_text("Mended")
    expect(overlay(page)).to_have_count(0)


def test_mending_without_a_change_takes_the_problems_away(page: Page, author: Author) -> None:
    """Back at the text that was there before, the page is as before, without problems."""
    text = (author.content / "index.md").read_text()
    author.save("index", "FAULT")
    expect(overlay(page)).to_be_visible()

    author.save("index", text)

    expect(overlay(page)).to_have_count(0)
    expect(page.locator("p").first).to_have_text("First")


def test_all_problems_can_be_copied(page: Page, author: Author) -> None:
    """One button copies one problem, another all of them, as the terminal shows them."""
    author.save("index", "FAULT one\nFAULT two")
    one = (
        "content/index.md:2:1: error[fault]: `FAULT two` is <b>not</b> a sentence\n"
        "    FAULT two\n    ^^^^^\n  help: write another one"
    )

    overlay(page).get_by_role("button", name="Copy", exact=True).last.click()
    expect(overlay(page).get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == one

    overlay(page).get_by_role("button", name="Copy all").click()
    page.wait_for_function("navigator.clipboard.readText().then((t) => t.includes('FAULT one'))")
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"\n\n{one}")


def test_problems_fold_away_and_stay_folded(page: Page, author: Author) -> None:
    """Folded away, by mouse or by key, the problems stay so on other pages, until mended."""
    author.save("index", "FAULT")
    overlay(page).get_by_role("button", name="Fold away").click()
    expect(overlay(page)).to_be_hidden()
    expect(folded_overlay(page)).to_have_text("1 problem")

    page.goto(author.address + "404.html")
    expect(folded_overlay(page)).to_be_visible()
    expect(overlay(page)).to_be_hidden()

    folded_overlay(page).press("Enter")
    expect(overlay(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(folded_overlay(page)).to_be_focused()

    author.save("index", "Mended")
    expect(folded_overlay(page)).to_have_count(0)
    author.save("index", "FAULT again")
    expect(overlay(page)).to_be_visible()


def test_pages_opened_later_and_missing_ones_show_problems(page: Page, author: Author) -> None:
    """While problems last, every page that is opened shows them, and a missing one as well."""
    author.save("index", "FAULT")
    expect(overlay(page)).to_be_visible()

    for path in ("", "404.html", "no/such/page/"):
        page.goto(author.address + path)
        expect(overlay(page)).to_contain_text("content/index.md:1")


def test_page_left_and_come_back_to_is_the_newest(page: Page, author: Author) -> None:
    """A page that the browser kept while the reader was elsewhere is not an old one."""
    page.goto(author.address + "404.html")
    author.save("index", "Newer")
    author.save("404", "Newer")
    expect(page.locator("p").first).to_have_text("Newer")

    page.go_back()

    expect(page.locator("p").first).to_have_text("Newer")


def test_many_open_pages_do_not_block_each_other(page: Page, author: Author) -> None:
    """Pages that nobody sees give their connection back; shown again, they are the newest."""
    hide = "Object.defineProperty(document, 'visibilityState', {get: () => %s, configurable: true})"
    for _ in range(7):
        other = page.context.new_page()
        other.goto(author.address)
        other.evaluate(hide % "'hidden'")
        other.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    author.save("index", "Everywhere")
    expect(page.locator("p").first).to_have_text("Everywhere")
    expect(other.locator("p").first).to_have_text("First")
    other.evaluate(hide % "'visible'")
    other.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    expect(other.locator("p").first).to_have_text("Everywhere")


def test_nothing_is_asked_of_anybody_else(page: Page, author: Author) -> None:
    """The preview's own script asks only the preview."""
    asked: list[str] = []

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.continue_()

    page.route("**/*", note)
    page.goto(author.address)
    author.save("index", "FAULT")
    expect(overlay(page)).to_be_visible()

    assert all(url.startswith(author.address) for url in asked)
