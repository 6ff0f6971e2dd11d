"""The search page in Chromium: a small site with hand-made records, served on loopback."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import jinja2
import pytest
from markupsafe import Markup

from sourcebook.messages import load_messages
from sourcebook.pages.overviews import SearchView
from sourcebook.search import (
    Choice,
    Findable,
    Passage,
    SearchRecord,
    cut_into_shards,
    index_shards,
)
from sourcebook.views.catalogue import Link
from sourcebook.views.home import CountLine

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = pytest.mark.browser

THEME = Path(__file__).parents[2] / "themes" / "default"

RT = Choice("rt", "RT")
POST = Choice("washington-post", "The Washington Post")
LAVROV = Choice("sergey-lavrov", "Sergey Lavrov")
TRUMP = Choice("donald-trump", "Donald Trump")
ZONES = Choice("safe-zones", "Safe zones")

BASE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><title>{% block title %}Search{% endblock %}</title>
{% block links %}<link rel="icon" href="data:,">{% endblock %}
</head><body><main id="main">{% block main %}{% endblock %}</main></body></html>"""


ROOT = "../"
LISTS = SearchView((CountLine(Link(Markup("Documents"), "documents/index.html"), 4),))


def claim(number: int, text: str, **fields: object) -> SearchRecord:
    known = {
        "url": f"documents/russia-warns/index.html#claim-{number}",
        "kind": "claim",
        "title": "",
        "text": text,
        "language": "en",
        "outlets": (RT,),
        "years": (2017,),
        "day": (2017, 1, number),
        "date": f"{number} January 2017",
        "actors": (LAVROV,),
        "speaker": "Sergey Lavrov",
        "also": ("Sergey Lavrov",),
        "form": "direct",
    }
    return SearchRecord(**{**known, **fields})  # type: ignore[arg-type]


LONG = (
    "The talks went on for hours. " * 30
    + "Nobody spoke of safe zones until the last evening. "
    + "The delegations left in silence. " * 30
    + "It was the end of all talks."
)
TEXT = "Trump made a reference to the safe zones in a speech. Le vote de l’élection est ﬁnal."

RECORDS = (
    SearchRecord(
        "questions/consulted/index.html",
        "question",
        "Did Washington consult Moscow on safe zones in Syria?",
        "",
        "en",
        topics=(ZONES,),
        summary=("3 claims answer no; none answers yes.",),
    ),
    claim(5, "absolutely do safe zones in Syria", actors=(TRUMP,), speaker="Donald Trump", also=()),
    claim(9, "any safe zones without consent", outlets=(POST,), form="mixed"),
    claim(7, "a zone that is safe", years=(), day=None, date=None),
    claim(3, "The U.N. under de Mistura decides on S-300 and 70,000 departures"),
    claim(2, "<img src=x onerror=alert(1)> refugees & <b>bold</b>"),
    *(claim(100 + n, f"ceasefire number {n}", day=(2016, 5, 1), years=(2016,)) for n in range(30)),
    # Each in a file of its own.
    *(
        claim(1, f"armistice number {n}", url=f"documents/armistice-{n}/index.html#claim-one")
        for n in range(30)
    ),
    SearchRecord(
        "documents/russia-warns/index.html",
        "document",
        "Russia warns Trump",
        TEXT,
        "en",
        outlets=(RT,),
        years=(2017,),
        day=(2017, 1, 27),
        date="27 January 2017",
    ),
    SearchRecord(
        "documents/talks/index.html",
        "document",
        "The talks",
        LONG,
        "en",
        passages=(Passage(0, "part-first"), Passage(LONG.index("Nobody"), "part-second")),
        day=(2016, 1, 1),
        years=(2016,),
    ),
    SearchRecord(
        "documents/arabic/index.html",
        "document",
        "المناطق الآمنة في سوريا",
        "قال وزير الخارجية إن المناطق الآمنة لن تقوم",
        "ar",
        outlets=(RT,),
    ),
    SearchRecord(
        "documents/chinese/index.html", "document", "中文", "叙利亚政府拒绝安全区计划", "zh"
    ),
    SearchRecord(
        "actors/sergey-lavrov/index.html",
        "actor",
        "Sergey Lavrov",
        "Foreign minister of Russia.",
        "en",
        names=("Sergei Lawrow", "سيرغي لافروف"),
    ),
    SearchRecord("topics/safe-zones/index.html", "topic", "Safe zones", "", "en"),
    SearchRecord("outlets/rt/index.html", "outlet", "RT", "", "en", names=("Russia Today",)),
)


def findables() -> list[Findable]:
    pages: dict[tuple[str, str], list[SearchRecord]] = {}
    for record in RECORDS:
        pages.setdefault((record.url.partition("#")[0], record.language), []).append(record)
    return [
        Findable(
            page,
            language,
            sum(len(record.text) for record in records),
            functools.partial(list, records),
        )
        for (page, language), records in pages.items()
    ]


def write_site(folder: Path, **cut: int) -> None:
    shutil.copytree(THEME / "assets", folder / "assets", ignore=shutil.ignore_patterns("fonts"))
    templates = jinja2.Environment(
        loader=jinja2.ChoiceLoader(
            [jinja2.DictLoader({"base.html": BASE}), jinja2.FileSystemLoader(THEME / "templates")]
        ),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    messages = load_messages("en")
    templates.globals.update(
        say=messages.say,
        forms=messages.forms_of,
        number=messages.number,
        asset=lambda name: f"assets/{name}",
    )
    search_page = templates.get_template("search.html").render(view=LISTS, root=ROOT)
    files = {"search/index.html": search_page}
    for path in {record.url.partition("#")[0] for record in RECORDS}:
        files[path] = f"<!doctype html><title>page</title><p>{LONG}</p><p id=part-second>x</p>"
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    for path, content in index_shards(cut_into_shards(findables(), **cut)).files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site's folder, below another one: it is served under a base path."""
    folder = tmp_path_factory.mktemp("served") / "some-repo"
    write_site(folder)
    return folder


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of the search page of the site in *folder*."""
    handler = functools.partial(QuietHandler, directory=str(folder.parent))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{folder.name}/search/"
    server.shutdown()


@pytest.fixture(scope="module")
def address(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture(scope="module")
def sharded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the same site, with an index in shards."""
    folder = tmp_path_factory.mktemp("served") / "in-shards"
    write_site(folder, whole=0, share=600)
    assert len(list(folder.glob("pagefind/en-*"))) >= 4
    with served(folder) as address:
        yield address


class Reader:
    """A reader of the search page, in words that a test needs."""

    def __init__(self, page: playwright.Page, address: str) -> None:
        self.page = page
        self.address = address
        self.complaints: list[str] = []
        page.on("console", lambda m: m.type == "error" and self.complaints.append(m.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def search(self, query: str) -> Reader:
        self.page.goto(f"{self.address}{query}")
        self.wait()
        return self

    def wait(self) -> None:
        self.page.wait_for_function(
            "() => document.getElementById('search-status').textContent"
            " && !document.querySelector('#search[aria-busy]')"
        )

    def status(self) -> str:
        return self.page.inner_text("#search-status")

    def groups(self) -> list[str]:
        return self.page.locator("#search-results h2").all_inner_texts()

    def articles(self) -> list[str]:
        return self.page.locator("#search-results article").all_inner_texts()

    def marks(self) -> list[str]:
        return self.page.locator("#search-results mark").all_inner_texts()

    def links(self) -> list[str]:
        links = self.page.locator("#search-results article a")
        return [link.get_attribute("href") or "" for link in links.all()]

    def facet(self, label: str) -> dict[str, str]:
        rows = self.page.locator(f"#search-facets h2:text-is('{label}') + ul > li > a")
        return {
            r.locator("span").first.inner_text(): r.locator(".num").inner_text() for r in rows.all()
        }

    def choose(self, label: str) -> None:
        self.page.locator("#search-facets a", has_text=label).first.click()
        self.page.wait_for_timeout(50)
        self.wait()


@pytest.fixture
def reader(browser: playwright.Browser, address: str) -> Iterator[Reader]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    reader = Reader(context.new_page(), address)
    yield reader
    context.close()
    assert reader.complaints == []


FACETS = ("Kind", "Outlet", "Who speaks", "Topic", "Year", "Language")


@pytest.mark.parametrize(
    "query",
    [
        "",
        "?q=safe+zones",
        "?q=safe+zones&outlet=rt",
        "?q=talks+delegations",
        "?q=zone&kind=claim&sort=oldest",
        "?q=%22safe+zones%22",
        "?q=ceasef",
        "?q=Lawrow",
        "?q=%D8%A7%D9%84%D8%A2%D9%85%D9%86%D8%A9",
        "?year=unknown",
        # What one shard alone has, none has, or no page has together.
        "?q=Mistura",
        "?q=under",
        "?q=safe+departures",
        "?q=safe+zeppelin",
        "?q=zeppelin",
    ],
)
def test_an_index_in_shards_finds_the_same(
    reader: Reader, browser: playwright.Browser, sharded: str, query: str
) -> None:
    """The results of a search and the counts of its filters are those of a whole index."""
    other = Reader(browser.new_page(viewport={"width": 1280, "height": 900}), sharded)

    def found(reader: Reader) -> object:
        reader.search(query)
        facets = [reader.facet(name) for name in FACETS]
        return reader.status(), reader.groups(), sorted(reader.articles()), facets

    assert found(other) == found(reader)
    assert other.complaints == []
    other.page.close()


def test_results_stand_in_groups_of_one_kind_with_counts(reader: Reader) -> None:
    """A search shows its results by kind, and the kinds as filters with their counts."""
    reader.search("?q=safe+zones")

    assert reader.groups() == ["Questions 1", "Claims 3", "Documents 2", "Topics 1"]
    assert reader.facet("Kind") == {
        "All": "7",
        "Questions": "1",
        "Claims": "3",
        "Documents": "2",
        "Topics": "1",
    }
    assert reader.facet("Outlet") == {"RT": "3", "The Washington Post": "1", "not known": "1"}
    assert reader.facet("Who speaks") == {"Sergey Lavrov": "2", "Donald Trump": "1"}
    assert "7 results" in reader.status()


def test_hits_are_marked_in_exact_words(reader: Reader) -> None:
    """The words found are marked in the words of the source."""
    reader.search("?q=safe+zones&kind=claim")

    assert "absolutely do safe zones in Syria" in reader.articles()[0] + reader.articles()[1]
    assert set(reader.marks()) == {"safe zones", "zone", "safe"}


def test_claim_result_opens_at_its_passage(reader: Reader) -> None:
    """A claim's result leads to the claim's place in its document, under the site's base path."""
    reader.search("?q=consent&kind=claim")

    assert reader.links() == [
        reader.address.replace("search/", "documents/russia-warns/index.html?q=consent#claim-9")
    ]


def test_document_result_opens_at_the_passage_found(reader: Reader) -> None:
    """A document's result leads to the anchor before the words found, and far from it to them."""
    reader.search("?q=%22last+evening%22")

    (link,) = reader.links()
    assert link.endswith("documents/talks/index.html?q=%22last%20evening%22#part-second")
    assert "Nobody spoke of safe zones until the last evening." in reader.articles()[0]

    reader.search("?q=%22end+of+all%22")
    assert reader.links()[0].endswith("#part-second:~:text=end%20of%20all%20talks.")


def test_filters_narrow_and_show_what_else_there_is(reader: Reader) -> None:
    """A chosen filter narrows the results; its other values keep their counts."""
    reader.search("?q=safe+zones&kind=claim")
    reader.choose("RT")

    assert "outlet=rt" in reader.page.url
    assert len(reader.articles()) == 2
    assert reader.facet("Outlet") == {"RT": "2", "The Washington Post": "1"}
    reader.page.go_back()
    reader.page.wait_for_function(
        "document.querySelectorAll('#search-results article').length === 3"
    )


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("?q=safe&outlet=washington-post", 1),
        ("?q=safe&actor=donald-trump", 1),
        ("?q=safe&topic=safe-zones", 1),
        ("?q=safe&year=2017", 3),
        ("?q=safe&year=unknown", 1),
        ("?lang=ar", 1),
        ("?q=%22safe+zones%22&outlet=rt&kind=claim", 1),
        ("?outlet=nobody", 0),
    ],
)
def test_an_address_holds_the_whole_search(reader: Reader, query: str, count: int) -> None:
    """What is looked for and filtered by is in the address, so that a search can be shared."""
    reader.search(query)

    assert len(reader.articles()) == count


@pytest.mark.parametrize(("sort", "last"), [("newest", "oldest"), ("oldest", "newest")])
def test_sorting_by_date_keeps_what_has_no_date(reader: Reader, sort: str, last: str) -> None:
    """Sorted by date, undated results stand last, in both directions."""
    reader.search(f"?q=safe&kind=claim&sort={sort}")

    days = ["9 January 2017", "5 January 2017"]
    expected = days if sort == "newest" else days[::-1]
    assert [next(d for d in [*days, "date not known"] if d in a) for a in reader.articles()] == [
        *expected,
        "date not known",
    ]


def test_status_says_how_many_the_filters_leave(reader: Reader) -> None:
    """Under filters the number of results stands beside that of all."""
    reader.search("?q=safe+zones&kind=claim&outlet=rt")

    assert "2 results, of 7 without filters for “safe zones”." in reader.status()


def test_results_are_announced_when_typing_has_ended(reader: Reader) -> None:
    """A screen reader is told the number of results once, not at every key."""
    reader.search("")
    reader.page.wait_for_function("document.getElementById('search-said').textContent")
    reader.page.evaluate(
        """() => {
          window.said = [];
          const place = document.getElementById("search-said");
          new MutationObserver(() => window.said.push(place.textContent))
            .observe(place, { childList: true });
        }"""
    )
    reader.page.locator("#search-form input").press_sequentially("Lawrow", delay=250)
    reader.page.wait_for_function("window.said.length")

    assert reader.page.evaluate("window.said") == ["1 result for “Lawrow”."]


def test_quoted_words_are_found_verbatim_only(reader: Reader) -> None:
    """Words in quotation marks find exactly these words, not other forms or orders of them."""
    reader.search("?q=%22safe+zones%22&kind=claim")
    assert len(reader.articles()) == 2
    assert set(reader.marks()) == {"safe zones"}

    reader.search("?q=%E2%80%9Cconsult+Moscow%E2%80%9D")
    assert reader.groups() == ["Questions 1"]


@pytest.mark.parametrize(
    ("word", "mark"),
    [
        ("élection", "élection"),
        ("election", "élection"),
        ("final", "ﬁnal"),
        ("l'élection", "élection"),
    ],
)
def test_words_behind_apostrophes_and_ligatures_are_found(
    reader: Reader, word: str, mark: str
) -> None:
    """A word is found behind an apostrophe and in a ligature, and shown as its source writes it."""
    reader.search(f"?q={word}")

    assert "Le vote de l’élection est ﬁnal." in reader.articles()[0]
    assert reader.marks() == [mark]


@pytest.mark.parametrize(
    ("word", "title"), [("拒绝", "中文"), ("安全区", "中文"), ("الآمنة", "المناطق الآمنة في سوريا")]
)
def test_other_scripts_are_found_and_marked(reader: Reader, word: str, title: str) -> None:
    """Chinese is found by a word within a sentence, Arabic by the stems of its own language."""
    reader.search(f"?q={word}")

    assert title in reader.articles()[0]
    assert word in reader.marks()


@pytest.mark.parametrize(
    ("query", "marks"),
    [
        ("S-300", ["S-300"]),
        ("70,000", ["70,000"]),
        ("U.N.", ["U.N"]),
        ("de Mistura", ["de Mistura"]),
    ],
)
def test_only_the_words_meant_are_marked(reader: Reader, query: str, marks: list[str]) -> None:
    """A word with signs in it is marked as one; words that only begin like one are not marked."""
    reader.search(f"?q={query}&kind=claim")

    assert reader.marks() == marks


@pytest.mark.parametrize("name", ["Lawrow", "لافروف", "Russia Today"])
def test_names_are_found_by_any_alias(reader: Reader, name: str) -> None:
    """An actor or outlet is found by each of its names, and the name found is shown."""
    reader.search(f"?q={name}")

    assert any("Also called" in article and name in article for article in reader.articles())


def test_a_word_that_nothing_has_is_said_to_be_missing(reader: Reader) -> None:
    """Results that only resemble the words looked for are marked as such."""
    reader.search("?q=safe+zeppelin")

    assert "Nothing here has “zeppelin”" in reader.status()
    assert all("Only similar: without zeppelin" in article for article in reader.articles())


def test_without_results_there_is_a_way_on(reader: Reader) -> None:
    """A search without results offers searches that have some, and the lists."""
    reader.search("?q=%22zones+safe%22&outlet=rt")

    links = reader.page.locator("#search-results .ways a").all_inner_texts()
    assert links[:2] == ["The same words without filters", "The same words without quotation marks"]
    assert any("Only “safe”" in link for link in links)
    assert reader.page.locator("#search-lists a").is_visible()


def test_long_lists_come_in_pages(reader: Reader) -> None:
    """More results are shown on demand, and the focus goes to the first new one."""
    reader.search("?q=ceasefire")
    assert len(reader.articles()) == 20

    reader.page.get_by_role("button", name="Show 10 more of 10").click()
    reader.page.wait_for_function(
        "document.querySelectorAll('#search-results article').length === 30"
    )
    assert reader.page.evaluate("document.activeElement.closest('article') !== null")


def test_more_results_that_do_not_come_are_not_waited_for(reader: Reader) -> None:
    """What is shown stays, the page says what is wrong, and the button asks again."""
    reader.search("?q=armistice")
    reader.page.context.route("**/*.pf_records", lambda route: route.abort())
    more = reader.page.get_by_role("button", name="Show 10 more of 10")
    more.click()
    reader.page.get_by_role("alert").filter(has_text="could not be read").wait_for()

    assert len(reader.articles()) == 20

    reader.page.context.unroute("**/*.pf_records")
    more.click()
    reader.page.wait_for_function(
        "document.querySelectorAll('#search-results article').length === 30"
    )

    assert reader.page.get_by_role("alert").count() == 0
    reader.complaints.clear()


def test_text_of_the_archive_is_never_markup(reader: Reader) -> None:
    """What looks like HTML in a text is shown as text."""
    reader.search("?q=refugees")

    assert "<img src=x onerror=alert(1)> refugees & <b>bold</b>" in reader.articles()[0]
    assert (
        reader.page.locator("#search-results img, #search-results b:text-is('bold')").count() == 0
    )


def test_keyboard_reaches_everything(reader: Reader) -> None:
    """``/`` leads to the field, arrows through the results, Escape back to the field."""
    reader.search("?q=safe+zones")
    keyboard = reader.page.keyboard
    active = "document.activeElement.name || document.activeElement.href"

    keyboard.press("/")
    assert reader.page.evaluate(active) == "q"
    keyboard.press("ArrowDown")
    assert "questions/consulted" in reader.page.evaluate(active)
    keyboard.press("ArrowDown")
    keyboard.press("Escape")
    assert reader.page.evaluate(active) == "q"


def test_typing_searches_and_keeps_the_address(reader: Reader) -> None:
    """Results follow the typing; the address can be copied at any time."""
    reader.search("")
    reader.page.fill("#search-form input", "Lawrow")
    reader.page.wait_for_function(
        "document.querySelectorAll('#search-results article').length === 1"
    )

    assert reader.page.url.endswith("?q=Lawrow")


def test_without_a_connection_nothing_is_said_to_be_missing(reader: Reader) -> None:
    """What could not be looked for is not "0 results"; when the connection is back, it is found."""
    reader.search("?q=safe+zones")
    page = reader.page
    page.context.set_offline(True)
    page.fill("#search-form input", "Lawrow")
    page.wait_for_function(
        "document.getElementById('search-status').textContent.includes('could not be read')"
    )

    assert reader.articles() == []

    page.context.set_offline(False)
    page.press("#search-form input", "Enter")
    page.wait_for_selector("#search-results article")

    assert "1 result" in reader.status()
    reader.complaints.clear()


@pytest.mark.parametrize("part", ["pf_index", "pf_meta"])
def test_an_index_read_in_part_is_not_said_to_hold_nothing(reader: Reader, part: str) -> None:
    """Nothing is said to be nowhere when a file of the index does not come; later it is found."""
    page = reader.page
    page.context.route(f"**/*.{part}", lambda route: route.abort())
    reader.search("?q=Lawrow")

    assert "could not be read" in reader.status()
    assert "try again" in reader.status()
    assert page.locator("#search-lists a").is_visible()

    page.context.unroute(f"**/*.{part}")
    page.press("#search-form input", "Enter")
    page.wait_for_selector("#search-results article")

    assert "1 result" in reader.status()
    reader.complaints.clear()


def test_without_javascript_the_page_leads_to_the_lists(
    browser: playwright.Browser, address: str
) -> None:
    """Without JavaScript the page says so and links to what can be read."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)

    assert "The search needs JavaScript" in page.inner_text("main")
    assert page.locator("#search-lists a").is_visible()
    assert not page.locator("#search-sort").is_visible()
    context.close()


def test_from_a_folder_the_page_says_what_to_run(browser: playwright.Browser, site: Path) -> None:
    """Opened from a folder, the page says that it needs a server, and which command is one."""
    page = browser.new_page()
    page.goto((site / "search" / "index.html").as_uri() + "?q=safe")

    page.wait_for_function("document.getElementById('search-status').textContent")
    assert "sourcebook serve --site DIR" in page.inner_text("#search-status")
    assert not page.locator("#search-sort").is_visible()
    page.close()


def test_without_an_index_the_page_leads_to_the_lists(
    browser: playwright.Browser, address: str
) -> None:
    """Where the site was built without an index, the page says so."""
    context = browser.new_context()
    page = context.new_page()
    page.route("**/*.pf_listing", lambda route: route.fulfill(status=404))
    page.goto(f"{address}?q=safe")

    page.wait_for_function("document.getElementById('search-status').textContent")
    assert "could not be read" in page.inner_text("#search-status")
    context.close()
