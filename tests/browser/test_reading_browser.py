"""Reading a document in Chromium: choosing among its marks, keys, citations, previews, paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="needs `pip install playwright`")
pytestmark = pytest.mark.browser

DOCUMENT = "documents/ea-worldview-2017-01-27/index.html"
LONGEST = "documents/world-page-2017/index.html"


class Quiet(SimpleHTTPRequestHandler):
    """Gives out the files of a folder, and says nothing."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(example: Path) -> Path:
    """The folder of the built site."""
    return example


@pytest.fixture(scope="module")
def address(example: Path) -> Iterator[str]:
    """Where the site is given out."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(example)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.fixture
def page(browser: playwright.Browser) -> Iterator[playwright.Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context.new_page()
    context.close()


def choose(page: playwright.Page, label: str) -> None:
    """Press the button of a filter by its words."""
    button = page.locator(".by label", has_text=re.compile(rf"^\s*{re.escape(label)}\s+\d"))
    button.locator("input").evaluate("(input) => input.click()")


def shown(page: playwright.Page) -> list[str]:
    """The claims that the filters leave, by their numbers."""
    return page.evaluate(
        "() => [...document.querySelectorAll('.card[data-by]')]"
        ".filter((card) => !getComputedStyle(card).getPropertyValue('--off'))"
        ".map((card) => card.id)"
    )


def test_filters_narrow_each_other_without_a_script(
    browser: playwright.Browser, site: Path
) -> None:
    """Kind, speaker and topic are chosen by themselves or together, and all text stays."""
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 1280, "height": 900}
    )
    page = context.new_page()
    page.goto((site / DOCUMENT).as_uri())
    text = page.inner_text("#text")
    for label, name in (("direct", "form"), ("Donald Trump", "who")):
        page.locator(f".{name} label", has_text=re.compile(rf"^\s*{label}")).locator("input").check(
            force=True
        )
    # A page without scripts can still be looked at.
    tinted = page.locator(".card[data-by]").evaluate_all(
        "(cards) => cards.filter((card) => getComputedStyle(card).getPropertyValue('--off') === '')"
        ".map((card) => [card.querySelector('b').textContent, card.querySelector('.fm').textContent])"
    )
    assert tinted
    assert set(map(tuple, tinted)) == {("Donald Trump", "direct")}
    assert page.inner_text("#text") == text
    context.close()


def test_each_count_of_a_filter_is_true(page: playwright.Page, site: Path) -> None:
    """The number beside a kind, a speaker or a topic is that of the marks which it leaves."""
    page.goto((site / DOCUMENT).as_uri())
    counts = page.evaluate(
        """() => [...document.querySelectorAll(".by input[id]")].map((input) => {
          input.click();
          const left = [...document.querySelectorAll(".card[data-by]")]
            .filter((card) => !getComputedStyle(card).getPropertyValue("--off")).length;
          input.closest("fieldset").querySelector(".all").click();
          return [input.id, +input.closest("label").querySelector(".num").textContent, left];
        })"""
    )
    assert len(counts) > 20
    assert [(name, left) for name, _, left in counts] == [(name, n) for name, n, _ in counts]


def test_the_address_of_a_claim_shows_all_of_its_words(page: playwright.Page, address: str) -> None:
    """A statement of two paragraphs is tinted to its end, until another address is followed."""
    tints = """() => [...document.querySelectorAll('#text mark[data-of="c7"]')]
        .map((mark) => getComputedStyle(mark).backgroundColor)"""
    page.goto(address + DOCUMENT + "#claim-no-consultation")
    first, second = page.evaluate(tints)
    page.mouse.move(5, 5)
    pointed_elsewhere = page.evaluate(tints)
    page.goto(address + DOCUMENT + "#part-lavrov-hosts-opposition")
    page.wait_for_function(f"new Set(({tints})()).size === 1")

    assert first == second
    assert pointed_elsewhere == [first, second]
    assert page.evaluate(tints)[0].endswith(", 0)")


def test_keys_lead_from_claim_to_claim(page: playwright.Page, address: str) -> None:
    """n and j go on, p and k back; the focus is on the words, their card is open, the address is theirs."""
    page.goto(address + DOCUMENT)
    places = []
    for key in ("n", "j", "j", "k", "p"):
        page.keyboard.press(key)
        focused = page.evaluate("document.activeElement.id")
        assert page.url.endswith(f"#{focused}")
        card = page.evaluate("document.activeElement.dataset.of")
        assert page.locator(f"#{card} details").get_attribute("open") is not None
        places.append(card)

    assert places == ["c1", "c2", "c3", "c2", "c1"]
    assert page.locator(".card:not(.note) details[open]").count() == 1


def test_keys_follow_the_filters(page: playwright.Page, address: str) -> None:
    """What a filter fades is passed over."""
    page.goto(address + DOCUMENT)
    choose(page, "Donald Trump")
    walked = []
    for _ in range(4):
        page.keyboard.press("n")
        walked.append(page.evaluate("document.activeElement.dataset.of"))

    assert walked == [*shown(page), shown(page)[-1]]


def test_keys_can_be_switched_off_and_stay_so(page: playwright.Page, address: str) -> None:
    """One character is a key only for who wants it."""
    page.goto(address + DOCUMENT)
    page.locator(".keys input").uncheck()
    page.reload()
    page.keyboard.press("n")

    assert "#" not in page.url
    assert page.locator(".keys").is_visible()


def test_a_claim_is_copied_with_its_permanent_address(page: playwright.Page, address: str) -> None:
    """Speaker, words without numbers, document, outlet, date and address are in a citation."""
    page.goto(address + DOCUMENT)
    page.locator("#c7 summary").click()
    page.locator("#c7 .tools button").click()
    copied = page.evaluate("navigator.clipboard.readText()")

    assert copied.startswith("Dmitry Peskov, “Our American partners did not consult with Russia.")
    assert "taken into account”, in ‘Russia warns Trump over Syrian “safe zones”’" in copied
    assert "EA WorldView, 27 January 2017" in copied
    assert copied.endswith(f"{address}{DOCUMENT}#claim-no-consultation")
    assert page.locator("#c7 .tools a").count() == 0, "this document has no address on the web"


def test_a_claim_is_copied_whole_from_its_own_page(page: playwright.Page, address: str) -> None:
    """Its citation has all of the words: dots in a quote would say that the archive left some out."""
    page.goto(address + "claims/ea-worldview-2017-01-27/no-consultation/index.html")
    page.locator(".copy").click()
    copied = page.evaluate("navigator.clipboard.readText()")

    assert copied.startswith("Dmitry Peskov, “Our American partners did not consult with Russia.")
    assert "taken into account”, in ‘Russia warns Trump over Syrian “safe zones”’" in copied
    assert "…" not in copied


def test_what_may_not_be_copied_is_selected(page: playwright.Page, address: str) -> None:
    """Where a browser refuses the clipboard, a citation is shown, and selected to be copied by hand."""
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('no'))")
    page.goto(address + DOCUMENT)
    page.locator("#c7 summary").click()
    page.locator("#c7 .tools button").click()
    of_card = page.evaluate("getSelection().toString()")
    page.goto(address + "claims/ea-worldview-2017-01-27/no-consultation/index.html")
    page.locator(".copy").click()
    of_page = page.evaluate("getSelection().toString()")

    assert of_card.startswith("Dmitry Peskov, “Our American partners did not consult with Russia.")
    assert of_page.startswith("Dmitry Peskov, “Our American partners did not consult with Russia.")
    assert page.locator(".copy").inner_text() == "Copy the citation"


def test_a_claim_is_found_in_the_page_as_published(page: playwright.Page, address: str) -> None:
    """Where a document has an address, the link names the first and last words there."""
    page.goto(address + DOCUMENT)
    page.evaluate("document.getElementById('text').dataset.live = 'https://example.org/a#b'")
    page.locator("#c7 summary").click()

    assert page.locator("#c7 .tools a").get_attribute("href") == (
        "https://example.org/a#:~:text=Our%20American%20partners%20did,be%20taken%20into%20account"
    )


def test_a_link_shows_where_it_leads(page: playwright.Page, address: str) -> None:
    """On hover: from the head of the linked page, on top of nothing that moves; Esc ends it."""
    page.goto(address + DOCUMENT)
    height = page.evaluate("document.documentElement.scrollHeight")
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    link = page.locator("#text a.nm", has_text="Dmitri Peskov").first
    link.hover()
    box = page.locator("#preview")
    box.wait_for()

    assert "Dmitry Peskov" in box.inner_text()
    # A font or a script of the page itself may still be on its way.
    pages = [request for request in requests if request.endswith(".html")]
    assert pages == [f"{address}actors/dmitry-peskov/index.html"]
    assert page.evaluate("document.documentElement.scrollHeight") == height
    assert link.get_attribute("aria-describedby") == "preview"
    place = box.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + 20, place["y"] + place["height"] / 2, steps=4)
    page.wait_for_timeout(400)
    assert box.is_visible(), "the pointer may move onto it"
    page.keyboard.press("Escape")
    assert not box.is_visible()


def test_a_preview_never_covers_what_has_the_focus(page: playwright.Page, address: str) -> None:
    """By key it stands at the far edge of the window, at any width."""
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 700})
        page.goto(address + DOCUMENT)
        for number in (2, 9):
            link = page.locator("#text a.nm").nth(number)
            link.focus()
            page.keyboard.press("Shift+Tab")
            page.keyboard.press("Tab")
            page.locator("#preview").wait_for()
            own, box = link.bounding_box(), page.locator("#preview").bounding_box()
            assert own is not None
            assert box is not None
            assert box["y"] >= own["y"] + own["height"] or box["y"] + box["height"] <= own["y"]
            page.keyboard.press("Escape")


def test_a_claim_of_the_same_page_is_previewed_from_its_card(
    page: playwright.Page, site: Path
) -> None:
    """Nothing is fetched for what is here but the script that shows it; nor from a folder."""
    page.goto((site / DOCUMENT).as_uri())
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.wait_for_timeout(300)
    page.locator("#claims td a").first.hover()
    page.locator("#preview").wait_for()
    requests.clear()
    assert "Syrian protesters" in page.locator("#preview").inner_text()

    page.keyboard.press("Escape")
    page.locator("#text a.nm").first.hover()
    page.wait_for_timeout(600)
    assert not page.locator("#preview").is_visible()
    assert requests == []


@pytest.mark.parametrize("scripted", [True, False])
def test_paper_has_all_notes_with_their_numbers(
    browser: playwright.Browser, site: Path, scripted: bool
) -> None:
    """Printed, each claim and note is there once in full: at the end, or without a script in place."""
    context = browser.new_context(java_script_enabled=scripted)
    page = context.new_page()
    page.goto((site / DOCUMENT).as_uri())
    page.emulate_media(media="print")
    says = "The page does not name its outlet."
    claim = "Washington did not consult Moscow, the decision is its own"
    for words in (says, claim):
        visible = [one for one in page.get_by_text(words).all() if one.is_visible()]
        assert len(visible) == 1, words
    assert page.locator("#text .cards").first.is_visible() is not scripted
    sign = page.locator(".sign").first
    assert sign.get_attribute("data-n") == "1"
    context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_moves_that_is_being_read(
    browser: playwright.Browser, address: str, width: int
) -> None:
    """Neither the script nor a preview shifts anything; fonts that arrive late are left out here."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => list.getEntries()"
        ".forEach((entry) => { window.moved += entry.value }))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page.route("**/*.woff2", lambda route: route.abort())
    page.goto(address + DOCUMENT)
    page.locator("#text a.nm").nth(2).focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    page.locator("#preview").wait_for()

    assert page.evaluate("window.moved") < 0.01
    context.close()


def widths_of(page: playwright.Page) -> tuple[int, int]:
    """How wide the text is, and how far its first card stands from it, in pixels."""
    return page.evaluate(
        """() => {
          const text = document.querySelector("#text p").getBoundingClientRect();
          const card = document.querySelector("#text .cards").getBoundingClientRect();
          return [Math.round(text.width), Math.round(card.left - text.right)];
        }"""
    )


def test_the_text_is_as_wide_as_a_reader_wants_it(page: playwright.Page, address: str) -> None:
    """Chosen by key, the width changes, cards stay beside the text, and it is kept without a jump."""
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(address + DOCUMENT)
    assert page.get_by_role("group", name="Width of the text").is_visible()
    normal, _ = widths_of(page)
    page.get_by_role("radio", name="normal").focus()
    page.keyboard.press("ArrowRight")
    wide, gap = widths_of(page)
    assert wide > normal
    assert 0 < gap < 100

    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => list.getEntries()"
        ".forEach((entry) => { window.moved += entry.value }))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(address + LONGEST)
    assert widths_of(page)[0] == wide
    assert page.get_by_role("radio", name="wide").is_checked()
    assert page.evaluate("window.moved") == 0

    page.get_by_role("radio", name="narrow").check(force=True)
    assert widths_of(page)[0] < normal


def test_the_width_is_no_choice_without_a_script(browser: playwright.Browser, site: Path) -> None:
    """What only a script can do is not offered without one."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((site / DOCUMENT).as_uri())
    assert page.locator("#text p").first.is_visible()
    assert not page.locator(".widths").is_visible()
    context.close()


def test_beside_a_thin_mark_the_nearest_is_meant(browser: playwright.Browser, address: str) -> None:
    """A finger that comes down next to a mark of the rail is led to its claim all the same."""
    page = browser.new_page(viewport={"width": 390, "height": 844})
    page.goto(address + LONGEST)
    beside, expected = page.evaluate(
        """(() => {
            const marks = [...document.querySelectorAll(".t")];
            const boxes = marks.map((mark) => mark.getBoundingClientRect());
            const before = (n) => Math.max(...boxes.slice(0, n).map((box) => box.right));
            const at = boxes.findIndex(({ left }, n) => n && left - before(n) > 6);
            return [{ x: boxes[at].left - 2, y: boxes[at].top + 2 }, marks[at].hash];
        })()"""
    )
    page.mouse.click(**beside)
    led_to = page.evaluate("location.hash")
    page.close()

    assert led_to == expected


def test_keys_are_named_only_where_there_are_keys(
    browser: playwright.Browser, address: str
) -> None:
    """A telephone has no key "n" to press, so its pages do not speak of one."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    page.goto(address + DOCUMENT)
    named = page.locator(".keys").is_visible()
    context.close()

    assert not named


def test_what_is_chosen_shows_without_colours(browser: playwright.Browser, address: str) -> None:
    """Where the reader's own colours replace ours, the current page and width are still marked."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, forced_colors="active")
    page = context.new_page()
    page.goto(address + DOCUMENT)
    lines = page.evaluate(
        """[".site nav [aria-current]", ".widths label:has(:checked)", ".widths label:not(:has(:checked))"]
            .map((one) => getComputedStyle(document.querySelector(one)).borderBlockEndWidth)"""
    )
    page.goto(address + "outlets/rt/index.html")
    unknown = page.evaluate(
        """getComputedStyle(document.querySelector(".bars dd.none"), "::before").backgroundColor"""
    )
    context.close()

    assert lines == ["2px", "2px", "0px"]
    assert unknown.endswith(", 0)")


def test_what_a_tint_says_is_said_without_colours(
    browser: playwright.Browser, address: str
) -> None:
    """The claim of the address, and what a filter leaves, have a frame where the colours are the reader's."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, forced_colors="active")
    page = context.new_page()
    framed = """() => [...document.querySelectorAll("#text mark[data-by]")]
        .filter((mark) => { const { outlineStyle, outlineWidth } = getComputedStyle(mark);
            return outlineStyle === "solid" && parseFloat(outlineWidth) > 0 })
        .map((mark) => mark.dataset.of)"""
    page.goto(address + DOCUMENT + "#claim-no-consultation")
    page.wait_for_function(f"({framed})().length")
    addressed = page.evaluate(framed)
    page.goto(address + DOCUMENT)
    before = page.evaluate(framed)
    choose(page, "Donald Trump")
    left = page.evaluate(framed)
    page.goto(address + "timeline/index.html")
    label = page.evaluate("""() => getComputedStyle(document.querySelector(".tl .kd")).fill""")
    body = page.evaluate("() => getComputedStyle(document.body).color")
    page.goto(address + "actors/dmitry-peskov/index.html")
    line = page.locator(".words mark").first.evaluate(
        "(mark) => getComputedStyle(mark).borderBlockEndStyle"
    )
    context.close()

    assert set(addressed) == {"c7"}
    assert before == []
    assert set(left) == {"c6", "c8", "c9"}
    assert label == body
    assert line == "solid"


def test_topics_leave_a_telephone_room_for_the_text(
    browser: playwright.Browser, address: str
) -> None:
    """Three topics and the way to all of them, which are at the foot of the page."""
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(address + DOCUMENT)
    topics = page.locator(".head .tags a")
    seen = [topic.inner_text() for topic in topics.all() if topic.is_visible()]
    page.get_by_role("link", name=seen[-1]).click()
    all_topics = page.locator("#topics a").count()
    context.close()

    assert seen[-1] == f"All {all_topics} topics"
    assert len(seen) == 4
