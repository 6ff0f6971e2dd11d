"""What an archive of a thousand real articles brings: odd words beside quotes, and sheer number."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conftest import SmallArchive
from sourcebook import feeds
from sourcebook.build import BuildOptions, build_site
from sourcebook.link import link_archive

DOCUMENT = "content/documents/briefing.md"
CAPTURE = "content/captures/briefing.txt"


def write_briefing(archive: SmallArchive, text: str, claims: str) -> None:
    """The small archive with another text and other claims."""
    archive.write(CAPTURE, text)
    archive.write(
        DOCUMENT,
        "---\ntitle: Kremlin briefing\ncaptures:\n  - file: captures/briefing.txt\n"
        f"    sha256: …\ntranscription: …\nclaims:\n{claims}---\n{text}",
    )


def test_words_beside_a_quote_may_be_a_dash_alone(archive: SmallArchive) -> None:
    """A dash in the middle of a line is text, so `before` and `after` may consist of it."""
    write_briefing(
        archive,
        "He lost his state - which he won - and which he left.\n",
        '  - {id: won, quote: which he, before: "-"}\n'
        '  - {id: left, quote: and which, before: "-", after: he left}\n'
        '  - {id: state, quote: He lost his state, after: "- which"}\n',
    )

    assert archive.messages() == []
    assert [
        str(archive.check().places["briefing"].text)[spans[0].start - 2 :][:9]
        for id, spans in archive.check().places["briefing"].claims
        if id == "won"
    ] == ["- which h"]


def test_quote_of_a_list_item_may_be_copied_with_its_bullet(archive: SmallArchive) -> None:
    """A bullet at the start of a line is layout: a quote is found with it and without it."""
    write_briefing(
        archive,
        "They agreed:\n\n- no consultation\n- safe zones\n",
        '  - {id: one, quote: "- no consultation"}\n  - {id: two, quote: no consultation}\n',
    )

    assert archive.messages() == []


def test_ambiguous_list_of_passages_is_told_apart_by_its_end(archive: SmallArchive) -> None:
    """Where both placements begin with the same words, the help names the words behind them."""
    write_briefing(
        archive,
        "Freddy said that he would go and that he would stay.\n",
        "  - {id: c, quote: [Freddy, he]}\n",
    )

    assert archive.messages()[0].partition("help: ")[2] == (
        "say which with the words that touch it\n"
        "        line 10: after: would go and\n"
        "        line 10: after: would stay."
    )


def test_archive_knows_who_speaks_where_and_what_translates_what(archive: SmallArchive) -> None:
    """Which documents quote an actor, or translate a document, is found once for the whole archive."""
    archive.write("content/captures/point.txt", "« Nos partenaires », a dit Peskov.\n")
    archive.write(
        "content/documents/point.md",
        "---\ntitle: Point de presse\ntranslation_of: briefing\ncaptures:\n"
        "  - file: captures/point.txt\n    sha256: …\ntranscription: …\nclaims:\n"
        "  - {id: c, by: [dmitry-peskov, outlet:reuters], quote: Nos partenaires}\n---\n"
        "« Nos partenaires », a dit Peskov.\n",
    )

    checked = archive.check()
    linked = link_archive(checked.content, checked.places)

    assert checked.diagnostics == ()
    assert linked.documents["briefing"].translations == ("point",)
    assert linked.documents["point"].translations == ()
    assert linked.documents_quoting == {"dmitry-peskov": ("briefing", "point")}


def test_names_are_found_in_a_script_without_spaces(archive: SmallArchive) -> None:
    """A Chinese name is found inside its sentence; of two names that begin together, the longer."""
    archive.write(
        "content/actors/xi.md", "---\nname: Xi Jinping\naliases: [习近平, 习近平主席]\n---\n"
    )
    write_briefing(
        archive, "国家习近平主席表示，习近平说。\n", "  - {id: c, by: xi, quote: 表示}\n"
    )

    places = archive.check().places["briefing"]

    assert [str(places.text)[slice(*name.span)] for name in places.names] == [
        "习近平主席",
        "习近平",
    ]


def test_name_is_a_whole_word_and_belongs_to_one_actor(archive: SmallArchive) -> None:
    """No name is found inside a word or inside a longer name, nor one that two actors share."""
    archive.write("content/actors/a.md", "---\nname: Anna Bell\naliases: [Bell]\n---\n")
    archive.write("content/actors/b.md", "---\nname: Anna Bell Foundation\naliases: [Bell]\n---\n")
    write_briefing(
        archive,
        "Bellman met Bell of the Anna Bell Foundation. Anna Bell's word stands.\n",
        "  - {id: c, by: [a, b], quote: word stands}\n",
    )

    checked = archive.check()
    places = checked.places["briefing"]

    assert [(name.actor, str(places.text)[slice(*name.span)]) for name in places.names] == [
        ("b", "Anna Bell Foundation"),
        ("a", "Anna Bell"),
    ]
    assert [diagnostic.rule for diagnostic in checked.diagnostics] == ["ambiguous-name"]


def test_folder_that_is_a_link_out_of_the_archive_is_one_error(
    archive: SmallArchive, tmp_path: Path
) -> None:
    """Nothing behind a link that leads out is read, and the link itself is named."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "xi.md").write_text("---\nname: Xi\n---\n")
    actors = archive.root / "content" / "actors"
    actors.rename(archive.root / "actors")
    actors.symlink_to(elsewhere)

    checked = archive.check()

    assert "xi" not in checked.content.actors
    assert [d.path for d in checked.diagnostics if d.rule == "outside-archive"] == [
        "content/actors"
    ]


# Long lists ------------------------------------------------------------------------------------

LINK = re.compile(r'<a(?: rel="(?P<rel>\w+)")? href="(?P<path>[^"#]+)')


def write_reports(archive: SmallArchive, dates: list[str | None]) -> None:
    """A document of each date, with one claim of Peskov's."""
    text = "Peskov said that all was well.\n"
    for number, date in enumerate(dates):
        archive.write(f"content/captures/report-{number}.txt", text)
        archive.write(
            f"content/documents/report-{number}.md",
            f"---\ntitle: Report {number}\noutlet: reuters\n"
            + (f"date: {date}\n" if date else "")
            + f"captures:\n  - file: captures/report-{number}.txt\n    sha256: …\n"
            "transcription: …\ntopics: [safe-zones]\nclaims:\n"
            "  - id: well\n    by: dmitry-peskov\n    quote: all was well\n    topics: [safe-zones]\n"
            '    answers: {us-consulted-russia: "no"}\n'
            f"---\n{text}",
        )


@pytest.fixture
def short_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages of four lines, and one a year, so that a small archive has long lists."""
    monkeypatch.setattr("sourcebook.views.list_pages.PAGES_OF_A_YEAR", 1)
    monkeypatch.setattr("sourcebook.views.list_pages.LINES_ON_ONE_PAGE", 4)
    monkeypatch.setattr("sourcebook.views.list_pages.LINES_ON_FIRST_PAGE", 2)


def build(archive: SmallArchive) -> Path:
    """The site of *archive*, which must build."""
    report = build_site(archive.root, BuildOptions(archive.root / "site", search=False))
    assert report.output is not None, report.summary.diagnostics
    return archive.root / "site"


def main_of(site: Path, path: str) -> str:
    text = (site / path).read_text(encoding="utf-8")
    return text[text.index("<main") : text.index("</main>")]


def links_in(site: Path, path: str, rel: str | None = None) -> list[str]:
    """Where the links of a page's main part lead, as paths of the site."""
    found = []
    for link in LINK.finditer(main_of(site, path)):
        target = (site / path).parent / link["path"]
        if rel is None or link["rel"] == rel:
            assert target.resolve().is_file(), link[0]
            found.append(target.resolve().relative_to(site.resolve()).as_posix())
    return found


def walk(site: Path, path: str) -> list[str]:
    """The pages that follow each other from *path* on, each leading back to the one before."""
    pages = [path]
    while following := links_in(site, pages[-1], "next"):
        assert links_in(site, following[0], "prev") == [pages[-1]]
        pages += following
    return pages


def rows(site: Path, path: str) -> list[str]:
    """The first words of each line of the page's table."""
    return re.findall(r"<tr><t[hd][^>]*>(?:<a[^>]*>)?(?:<bdi>)?([^<]+)", main_of(site, path))[1:]


SPREAD: list[str | None] = ["2015-05-01", "2016", *[f"2016-{n:02}-03" for n in (3, 3, 3, 3, 3, 7)]]


@pytest.mark.usefixtures("short_pages")
def test_a_long_list_of_documents_has_its_years_and_months(archive: SmallArchive) -> None:
    """The newest stand on its first page; a year too long has months, a month numbered pages."""
    write_reports(archive, [*SPREAD, None])
    site = build(archive)

    assert "On this page: the latest 2 of 10." in main_of(site, "documents/index.html")
    assert rows(site, "documents/index.html") == ["Kremlin briefing", "Report 7"]
    assert walk(site, "documents/2017/index.html") == [
        "documents/2017/index.html",
        "documents/2016/07/index.html",
        "documents/2016/03/index.html",
        "documents/2016/03/2/index.html",
        "documents/2016/undated/index.html",
        "documents/2015/index.html",
        "documents/undated/index.html",
    ]
    titles = [
        re.findall("<h1>(.*)</h1>", main_of(site, path))[0]
        for path in walk(site, "documents/2016/07/index.html")
    ]
    assert titles == [
        "Documents, July 2016",
        "Documents, March 2016",
        "Documents, March 2016, page 2",
        "Documents, 2016, month not known",
        "Documents, 2015",
        "Documents, date not known",
    ]


@pytest.mark.usefixtures("short_pages")
def test_a_year_of_a_few_pages_is_not_split_by_month(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its pages are numbered, the first at the year's own address."""
    monkeypatch.setattr("sourcebook.views.list_pages.PAGES_OF_A_YEAR", 2)
    write_reports(archive, SPREAD)
    site = build(archive)

    assert walk(site, "documents/2016/index.html")[:2] == [
        "documents/2016/index.html",
        "documents/2016/2/index.html",
    ]


@pytest.mark.usefixtures("short_pages")
def test_a_long_list_holds_each_document_once(archive: SmallArchive) -> None:
    """The parts' pages together list all, and the first page leads to each part by its count."""
    write_reports(archive, SPREAD)
    site = build(archive)

    listed = [row for path in walk(site, "documents/2017/index.html") for row in rows(site, path)]
    assert sorted(listed) == ["Kremlin briefing", *[f"Report {n}" for n in range(8)]]
    ways = re.findall(
        r'href="../documents/(20\d\d)/index.html">\d+ <span class="num soft">(\d+)',
        main_of(site, "documents/index.html"),
    )
    assert ways == [("2017", "1"), ("2016", "7"), ("2015", "1")]


@pytest.mark.usefixtures("short_pages")
def test_a_long_list_of_actors_is_read_by_name(archive: SmallArchive) -> None:
    """First those who speak most, then all in the order of the alphabet, accents aside."""
    for name in ("Zeid", "Çelik", "Anan", "Anwar", "Cole", "Bush"):
        archive.write(f"content/actors/{name[1:]}.md".lower(), f"---\nname: {name}\n---\n")
    site = build(archive)
    parts = [path for path in links_in(site, "actors/index.html") if "/000" in path]

    assert rows(site, "actors/index.html")[0] == "Dmitry Peskov"
    assert parts == walk(site, "actors/0001/index.html")
    assert "Actors, A – Çe" in main_of(site, parts[0])
    assert [row for path in parts for row in rows(site, path)] == [
        *("Anan", "Anwar", "Bush", "Çelik"),
        *("Cole", "Dmitry Peskov", "Zeid"),
    ]


@pytest.mark.usefixtures("short_pages")
def test_no_part_of_the_alphabet_is_a_rest(archive: SmallArchive) -> None:
    """Nine names on pages of four are three threes: a page with one name would be worse to read."""
    for name in ("Anan", "Bush", "Cole", "Esa", "Fox", "Gul", "Hun", "Ida"):
        archive.write(f"content/actors/{name}.md".lower(), f"---\nname: {name}\n---\n")
    site = build(archive)
    parts = [path for path in links_in(site, "actors/index.html") if "/000" in path]

    assert [len(rows(site, path)) for path in parts] == [3, 3, 3]


@pytest.mark.usefixtures("short_pages")
def test_an_arabic_name_is_filed_without_its_article(archive: SmallArchive) -> None:
    """As readers of Arabic look it up: الجسر among the names in ج, before ح."""
    names = ("بردى", "الجسر", "حمص", "خالد")
    for number, name in enumerate(names):
        archive.write(f"content/actors/a{number}.md", f"---\nname: {name}\n---\n")
    site = build(archive)
    parts = [path for path in links_in(site, "actors/index.html") if "/000" in path]

    assert [row for path in parts for row in rows(site, path)] == ["Dmitry Peskov", *names]


@pytest.mark.usefixtures("short_pages")
def test_what_a_page_cannot_hold_of_its_record_is_one_link_away(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The rest of an outlet's and a topic's documents has its pages beside theirs."""
    monkeypatch.setattr("sourcebook.views.document_lists.DOCUMENTS_SHOWN", 3)
    write_reports(archive, SPREAD)
    site = build(archive)

    for page in ("outlets/reuters", "topics/safe-zones"):
        first = f"{page}/documents/2017/index.html"
        assert first in links_in(site, f"{page}/index.html")
        assert f"{page}/index.html" in links_in(site, first)
        listed = [row for path in walk(site, first) for row in rows(site, path)]
        assert len(listed) == 9


@pytest.mark.usefixtures("short_pages")
def test_a_question_with_many_claims_shows_the_latest_of_each_answer(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its counts are those of the claims on the page; all of them are listed by year beside it."""
    monkeypatch.setattr("sourcebook.views.question.CLAIMS_HELD", 9)
    monkeypatch.setattr("sourcebook.views.question.LEAST_OF_EACH", 3)
    write_reports(archive, SPREAD)
    site = build(archive)
    page = main_of(site, "questions/us-consulted-russia/index.html")

    assert "It did not <small" in page
    assert "9 claims" in page
    assert "The latest 3 of 9 claims." in page
    assert page.count('<li class="say"') == 3
    assert re.findall(r'href="#no--reuters">([^<]+)', page) == ["3 claims"]
    listed = walk(site, "questions/us-consulted-russia/no/2015/index.html")
    assert listed[0] in links_in(site, "questions/us-consulted-russia/index.html")
    assert "<h1>It did not, 2015</h1>" in main_of(site, listed[0])
    assert sum(main_of(site, path).count("<tr><td") for path in listed) == 9


@pytest.mark.usefixtures("short_pages")
def test_a_statement_told_very_often_keeps_its_page_short(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of many relations the page of a claim has the first, and leads to all by year."""
    monkeypatch.setattr("sourcebook.views.claim.RELATIONS_SHOWN", 2)
    write_reports(archive, SPREAD[:4])
    relation = '{type: supports, to: "briefing#no-consultation", reason: the same briefing}'
    for number in range(4):
        path = f"content/documents/report-{number}.md"
        archive.replace(path, "    answers:", f"    relations: [{relation}]\n    answers:")
    site = build(archive)
    folder = "claims/briefing/no-consultation"

    page = main_of(site, f"{folder}/index.html")
    assert "On this page: 2 of 4." in page
    assert page[page.index('id="relations"') :].count('<li class="said">') == 2
    listed = walk(site, f"{folder}/related/2015/index.html")
    assert listed[0] in links_in(site, f"{folder}/index.html")
    assert sum(main_of(site, path).count("<tr><td") for path in listed) == 4


def test_a_sitemap_too_big_for_the_protocol_becomes_an_index() -> None:
    """Of more than 50,000 addresses there are several sitemaps, named by the first."""
    files = feeds.sitemaps("https://example.org", [f"d{n}/index.html" for n in range(50_001)])
    roots = {path: ElementTree.fromstring(data) for path, data in files.items()}

    assert {path: (root.tag.rpartition("}")[2], len(root)) for path, root in roots.items()} == {
        "sitemap.xml": ("sitemapindex", 2),
        "sitemap-1.xml": ("urlset", 50_000),
        "sitemap-2.xml": ("urlset", 1),
    }
    assert [root[0].text for root in roots["sitemap.xml"]] == [
        "https://example.org/sitemap-1.xml",
        "https://example.org/sitemap-2.xml",
    ]
