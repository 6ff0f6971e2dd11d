"""Reading HTML captures: ``read_capture`` on pages."""

from __future__ import annotations

import pytest

from sourcebook.diagnostics import EnvironmentProblem
from sourcebook.ingest.readers import extras, read_capture
from sourcebook.ingest.reading import IngestProblem

PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="{charset}">
<title>Vote lost – The Gazette</title>
<meta property="og:title" content="Vote lost"><meta property="og:site_name" content="The Gazette">
<meta name="author" content="Ann Lee"><meta property="article:published_time" content="2017-01-27T10:00:00Z">
<link rel="canonical" href="https://gazette.example/vote"></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav><article><h1>Vote lost</h1>
<p>The finance minister’s budget was voted down on Friday by a single voice, and nobody was surprised.</p>
<p>“It is over,” she told reporters after the vote, and left the chamber by a side door with her aides.</p>
</article><footer>Cookies and terms of use</footer></body></html>
"""


@pytest.fixture(autouse=True)
def _trafilatura() -> None:
    pytest.importorskip("trafilatura")


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("utf-8", "utf-8"), ("windows-1252", "cp1252")],
)
def test_main_text_and_metadata(charset: str, encoding: str) -> None:
    """The article is read without the page around it, and the page's metadata fills the fields."""
    reading = read_capture("saved.txt", PAGE.format(charset=charset).encode(charset))
    assert "voted down on Friday" in reading.text
    assert "Cookies" not in reading.text
    assert "World" not in reading.text
    assert (reading.encoding, reading.media_type) == (encoding, "text/html")
    assert reading.tool == "trafilatura"
    metadata = reading.metadata
    assert metadata.title == "Vote lost"
    assert metadata.outlet == "The Gazette"
    assert metadata.authors == ("Ann Lee",)
    assert metadata.date == "2017-01-27"
    assert metadata.url == "https://gazette.example/vote"
    assert metadata.lang == "en-GB"


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("<html><body></body></html>", "`a.html` is a page in which no article was found"),
        (
            "<!DOCTYPE html><body>" + "<div>" * 100_000,
            "`a.html` has elements nested more than 1500 deep",
        ),
    ],
)
def test_pages_that_cannot_be_read(page: str, message: str) -> None:
    """A page without text, and one made to break parsers, end in a clear error."""
    with pytest.raises(IngestProblem) as caught:
        read_capture("a.html", page.encode())
    assert caught.value.message == message


def test_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the library, the error says which extra to install."""

    def refuse(module: str) -> None:
        raise ImportError(module)

    monkeypatch.setattr(extras, "import_module", refuse)
    with pytest.raises(EnvironmentProblem) as caught:
        read_capture("a.html", PAGE.encode())
    assert caught.value.message == (
        "`a.html` is an HTML page, and reading it needs trafilatura, which is not installed"
    )
    assert caught.value.help == "install it with `pip install trafilatura lxml_html_clean`"


@pytest.mark.parametrize(
    "before",
    ["<!---->" * 1000, "<html>" + "<" + "a" * 500_000, "<html>" + "<html " * 200_000],
    ids=["comments", "a tag without end", "tags without end"],
)
def test_what_no_browser_writes_is_read_as_quickly(before: str) -> None:
    """A page made to keep a pattern busy costs no more than its length."""
    page = PAGE.format(charset="utf-8")

    assert "voted down" in read_capture("a.html", f"{before}\n{page}".encode()).text


@pytest.mark.parametrize(
    "note",
    [
        "<!-- saved from url=(0029)https://gazette.example/saved -->",
        "<!--\n Page saved with SingleFile \n url: https://gazette.example/saved \n saved date: Fri -->",
    ],
    ids=["browser", "SingleFile"],
)
def test_a_saved_page_is_from_where_the_browser_says(note: str) -> None:
    """The note of "Save as" gives the address, where the page itself gives none."""
    page = PAGE.format(charset="utf-8").replace("<html", f"{note}\n<html")
    bare = page.replace('<link rel="canonical" href="https://gazette.example/vote">', "")
    assert read_capture("a.html", page.encode()).metadata.url == "https://gazette.example/vote"
    assert read_capture("a.html", bare.encode()).metadata.url == "https://gazette.example/saved"


def test_an_address_that_is_none_is_left_out() -> None:
    """What stands in the note of a browser may be anything."""
    page = PAGE.format(charset="utf-8").replace(
        "<html", "<!-- saved from url=(0029)https://[gazette/saved -->\n<html"
    )
    bare = page.replace('<link rel="canonical" href="https://gazette.example/vote">', "")
    assert read_capture("a.html", bare.encode()).metadata.url is None


def test_a_table_is_a_list_of_its_rows() -> None:
    """Each row with its cells, and nothing that the page does not have: no rule, no outer bars."""
    rows = "<tr><th>Region</th><th>Votes</th></tr><tr><td>North | East</td><td>1,200</td></tr>"
    alone = "<tr><td colspan=2>Counted by hand</td></tr>"
    layout = "<table><tr><td>A cell that is there for the layout alone.</td></tr></table>"
    page = PAGE.format(charset="utf-8").replace(
        "</article>", f"<table>{rows}{alone}</table><p>| A bar |</p>{layout}</article>"
    )
    text = read_capture("a.html", page.encode()).text
    assert "- Region | Votes\n- North | East | 1,200\n- Counted by hand\n| A bar |\n" in text
    assert "\nA cell that is there for the layout alone." in text


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ("", None),
        (
            '<script type="application/ld+json">{"datePublished": "2016-05-05"}</script>',
            "2016-05-05",
        ),
        ('<meta itemprop="datePublished" content="2016-05-05T23:00:00-05:00">', "2016-05-05"),
    ],
)
def test_a_change_is_no_publication(head: str, date: str | None) -> None:
    """The date of a change that stands below the page is not given as the page's."""
    page = PAGE.format(charset="utf-8").replace("Cookies", "Updated 2024-05-06. Cookies")
    start = page.index('<meta property="article:published_time"')
    page = page[:start] + head + page[page.index("\n", start) :]
    assert read_capture("a.html", page.encode()).metadata.date == date


@pytest.mark.parametrize(
    ("lang", "url", "below", "date"),
    [
        ("en", "https://gazette.example/vote", "", None),
        ("en", "https://gazette.example/vote", "Read also: 25/03/2017", "2017-04-03"),
        ("en", "https://gazette.example/vote", "Read also: 03/25/2017", "2017-03-04"),
        ("en", "https://gazette.example/2017/04/03/vote", "", "2017-04-03"),
        ("en", "https://gazette.co.uk/vote", "", "2017-04-03"),
        ("en-GB", "https://gazette.example/vote", "", "2017-04-03"),
        ("en-US", "https://gazette.example/vote", "", "2017-03-04"),
        ("en-US", "https://gazette.co.uk/vote", "", None),
        ("fr", "https://gazette.example/vote", "", "2017-04-03"),
    ],
)
def test_a_date_in_numbers_is_read_as_the_page_means_it(
    lang: str, url: str, below: str, date: str | None
) -> None:
    """Its other dates, its address, language and country tell which is the day; else there is none."""
    page = PAGE.format(charset="utf-8").replace("en-GB", lang).replace("Cookies", below)
    page = page.replace("https://gazette.example/vote", url)
    page = page.replace("2017-01-27T10:00:00Z", "03/04/2017")
    assert read_capture("a.html", page.encode()).metadata.date == date
