"""The pages of a built site, as files."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from conftest import SmallArchive
from sourcebook.beside import find_place
from sourcebook.build import BuildOptions, SitePlan, build_site, list_files, plan_site, write_files
from sourcebook.cache import Memory
from sourcebook.diagnostics import EnvironmentProblem, UsageError

DOCUMENT = "content/documents/briefing.md"
ATOM = {"a": "http://www.w3.org/2005/Atom"}


def build(archive: SmallArchive, base_url: str | None = None, search: bool = False) -> Path:
    """The site of *archive*, which must build."""
    output = archive.root / "site"
    report = build_site(archive.root, BuildOptions(output, base_url=base_url, search=search))
    assert report.output is not None, report.summary.diagnostics
    return output


def read(site: Path, path: str) -> str:
    return (site / path).read_text(encoding="utf-8")


def test_every_kind_of_page_exists(archive: SmallArchive) -> None:
    """Home, lists, one page for each record, the discussed claim, about and 404."""
    site = build(archive)

    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert pages == {
        "index.html",
        "about/index.html",
        "404.html",
        "documents/index.html",
        "documents/briefing/index.html",
        "claims/index.html",
        "claims/briefing/no-consultation/index.html",
        "actors/index.html",
        "actors/dmitry-peskov/index.html",
        "topics/index.html",
        "topics/safe-zones/index.html",
        "outlets/index.html",
        "outlets/reuters/index.html",
        "questions/index.html",
        "questions/us-consulted-russia/index.html",
        "timeline/index.html",
    }


def test_a_suggested_claim_is_shown_as_such_and_in_no_count(archive: SmallArchive) -> None:
    """On each page that lists it, it is marked; headings count without it."""
    archive.replace(
        "content/documents/briefing.md",
        "claims:\n",
        "claims:\n  - {id: machine, by: dmitry-peskov, topics: [safe-zones],"
        " quote: Our American partners, review: suggested}\n",
    )
    site = build(archive, search=True)

    def words(path: str) -> str:
        return re.sub(r"<[^>]+>|\s+", " ", read(site, path))

    assert "1 attributed statement." in words("claims/index.html")
    assert "1 claim" in words("index.html")
    assert "Claims 1 " in re.sub(" +", " ", words("search/index.html"))
    for path in ("index.html", "topics/safe-zones/index.html", "actors/dmitry-peskov/index.html"):
        assert "2 claims" not in words(path)
    for path in ("claims/index.html", "topics/safe-zones/index.html"):
        assert words(path).count("suggested, not yet accepted") == 1


@pytest.mark.parametrize(
    ("review", "said"),
    [("suggested", "suggested, not yet accepted"), ("disputed", "disputed among the annotators")],
)
def test_a_note_that_is_not_accepted_is_shown_as_such(
    archive: SmallArchive, review: str, said: str
) -> None:
    """No reader takes it for what the annotators stand by."""
    note = "notes: [{id: n, quote: partners, note: A polite word., review: REVIEW}]\nclaims:\n"
    archive.replace(DOCUMENT, "claims:\n", note.replace("REVIEW", review))

    site = build(archive)

    for path in ("documents/briefing", "claims/briefing/no-consultation"):
        assert f"A polite word. · <b>{said}</b>" in read(site, f"{path}/index.html")


def test_a_remark_does_not_turn_what_stands_beside_it(archive: SmallArchive) -> None:
    """On a page that is written right to left, an English sentence keeps its full stop at its end."""
    archive.write("archive.yaml", "title: A small archive\nlanguages: [ar]\n")
    note = "notes: [{id: n, quote: partners, note: A polite word., tags: [tone, date]}]\nclaims:\n"
    archive.replace(DOCUMENT, "claims:\n", note)
    site = build(archive)

    for path in ("documents/briefing", "claims/briefing/no-consultation"):
        page = read(site, f"{path}/index.html")
        assert "<bdi>A polite word.</bdi>" in page
        assert "<bdi>tone</bdi>، <bdi>date</bdi>" in page


def test_the_claims_of_a_document_are_as_many_in_its_head_as_in_its_list(
    archive: SmallArchive,
) -> None:
    """The line of provenance counts the suggested ones too, apart from those that are accepted."""
    archive.replace(
        DOCUMENT, "claims:\n", "claims:\n  - {id: b, quote: It is, review: suggested}\n"
    )
    page = read(build(archive), "documents/briefing/index.html")

    assert "; 1 claim; 1 suggested; no correction</summary>" in page
    assert ">2 claims<" in page


def test_an_arabic_outlet_does_not_turn_the_date_beside_it(archive: SmallArchive) -> None:
    """In the drawing of figures each name is set apart, on a page that is written left to right too."""
    archive.write("content/outlets/reuters.md", "---\nname: صوت الوادي\n---\n")
    archive.write(
        "content/questions/dead.md", "---\nquestion: How many?\nfigure: {of: dead}\n---\n"
    )
    archive.replace(DOCUMENT, 'answers: {us-consulted-russia: "no"}', "answers: {dead: 34}")
    page = read(build(archive), "questions/dead/index.html")

    assert ", &#x2068;صوت الوادي&#x2069;, 26 January 2017</tspan>" in page


def test_an_arabic_outlet_does_not_turn_the_date_of_a_citation(archive: SmallArchive) -> None:
    """Whatever a citation names is set apart from what stands beside it."""
    archive.write("content/outlets/reuters.md", "---\nname: صوت الوادي\n---\n")
    site = build(archive)

    for path in ("documents/briefing", "claims/briefing/no-consultation"):
        cited = read(site, f"{path}/index.html").split('id="citation">')[1].split("</dd>")[0]
        assert "<bdi>صوت الوادي</bdi>, 26 January 2017" in cited


def test_a_question_has_no_column_that_says_none_beside_its_claims(archive: SmallArchive) -> None:
    """All claims on its topic are listed by outlet where some claim names that topic."""
    question = "content/questions/us-consulted-russia.md"
    archive.replace(question, "question:", "topics: [safe-zones]\nquestion:")
    page = "questions/us-consulted-russia/index.html"
    assert "All claims on:" not in read(build(archive), page)

    archive.replace(DOCUMENT, "  - id: no-", "  - topics: [safe-zones]\n    id: no-")
    assert "All claims on: Safe zones" in read(build(archive), page)


def test_every_link_leads_to_a_file_and_a_place_in_it(archive: SmallArchive) -> None:
    """Links are relative, name index.html, and their anchors exist."""
    site = build(archive)
    ids = {
        page: set(re.findall(r'\sid="([^"]+)"', page.read_text(encoding="utf-8")))
        for page in site.rglob("*.html")
    }

    for page in ids:
        if page.name == "404.html":
            continue
        for link in re.findall(r'(?:href|src)="([^"]+)"', page.read_text(encoding="utf-8")):
            path, _, fragment = link.partition("#")
            target = (page.parent / path.partition("?")[0]).resolve() if path else page
            assert target.is_file(), f"{page}: {link}"
            assert not fragment or fragment in ids[target], f"{page}: {link}"


def test_nothing_comes_from_elsewhere(archive: SmallArchive) -> None:
    """No page and no sheet loads anything from another host."""
    site = build(archive, "https://example.org/a")

    for path in (*site.rglob("*.html"), *site.rglob("*.css")):
        text = path.read_text(encoding="utf-8")
        loaded = re.findall(r"""(?:\ssrc=|url\(|@import\s+)["']?([^"')\s]+)""", text)
        loaded += re.findall(r'<link rel="(?:stylesheet|icon|preload)"[^>]*href="([^"]+)"', text)
        assert not [address for address in loaded if "//" in address], path


def test_a_slash_at_the_end_of_the_address_is_not_doubled(archive: SmallArchive) -> None:
    """`url: https://example.org/a/` is the same address as without its last slash."""
    archive.write("archive.yaml", "title: A\nurl: https://example.org/a/\n")

    assert 'rel="canonical" href="https://example.org/a/about/"' in read(
        build(archive), "about/index.html"
    )


def test_a_link_in_a_theme_publishes_nothing_from_elsewhere(archive: SmallArchive) -> None:
    """Of a theme's own folder, only what lies in it is a part of the site."""
    (archive.root.parent / "secret.css").write_text("secret")
    archive.write("archive.yaml", "title: A\ntheme: mine\n")
    link = archive.write("themes/mine/assets/own.css", "a {}").with_name("secret.css")
    link.symlink_to(archive.root.parent / "secret.css")

    site = build(archive)

    assert (site / "assets/own.css").is_file()
    assert not (site / "assets/secret.css").exists()


def test_a_feed_is_xml_whatever_a_title_holds(archive: SmallArchive) -> None:
    """A character that XML cannot hold is left out."""
    archive.replace(DOCUMENT, "title: Kremlin briefing", 'title: "Kremlin\\b briefing"')
    site = build(archive, "https://example.org/a")

    feed = ElementTree.fromstring(read(site, "actors/dmitry-peskov/feed.xml"))
    assert feed.findtext("a:entry/a:title", None, ATOM) == "Kremlin briefing"


def test_an_address_brings_canonical_links_feeds_and_a_sitemap(archive: SmallArchive) -> None:
    """With a public address each page says it, and other programs find what they ask for."""
    site = build(archive, "https://example.org/some-repo", search=True)
    page = read(site, "actors/dmitry-peskov/index.html")
    feed = ElementTree.fromstring(read(site, "actors/dmitry-peskov/feed.xml"))

    assert 'rel="canonical" href="https://example.org/some-repo/actors/dmitry-peskov/"' in page
    assert 'href="../../actors/dmitry-peskov/feed.xml"' in page
    assert [e.findtext("a:id", None, ATOM) for e in feed.iterfind("a:entry", ATOM)] == [
        "https://example.org/some-repo/documents/briefing/"
    ]
    assert feed.findtext("a:updated", None, ATOM) == "2017-01-26T00:00:00Z"
    assert "https://example.org/some-repo/claims/</loc>" in read(site, "sitemap.xml")
    assert "search/?q={searchTerms}" in read(site, "opensearch.xml")
    assert read(site, "robots.txt").endswith("Sitemap: https://example.org/some-repo/sitemap.xml\n")


def test_each_actor_topic_outlet_and_question_has_a_feed(archive: SmallArchive) -> None:
    """What no document prints yet can be followed: its feed is empty, and no page offers another."""
    archive.write("content/outlets/tass.md", "---\nname: TASS\n---\n")
    archive.write("content/topics/grain.md", "---\nname: Grain\n---\n")
    site = build(archive, "https://example.org/")

    offered = {str(page.parent.relative_to(site)) for page in site.rglob("feed.xml")}
    assert offered >= {".", "outlets/reuters", "outlets/tass", "topics/grain"}
    empty = ElementTree.fromstring(read(site, "outlets/tass/feed.xml"))
    assert empty.findall("a:entry", ATOM) == []
    assert empty.findtext("a:updated", None, ATOM) == "1970-01-01T00:00:00Z"
    for page in site.rglob("index.html"):
        offers = "application/atom+xml" in page.read_text(encoding="utf-8")
        assert offers == (page.parent / "feed.xml").exists(), page


def test_a_page_that_is_shared_brings_its_title_and_address(archive: SmallArchive) -> None:
    """Where a page is linked from elsewhere, its card says what it is, in which archive."""
    site = build(archive, "https://example.org/a")
    card = re.findall(
        r'property="og:(\w+)" content="([^"]*)"', read(site, "documents/briefing/index.html")
    )

    said = dict(card)
    assert said.pop("description").startswith("Kremlin briefing &#34;Our American partners")
    assert said == {
        "title": "Kremlin briefing",
        "type": "article",
        "site_name": "A small archive",
        "url": "https://example.org/a/documents/briefing/",
    }
    assert 'property="og:type" content="website"' in read(site, "index.html")


def test_a_shared_claim_shows_where_words_are_left_out(archive: SmallArchive) -> None:
    """A quote of two passages is never one sentence that nobody said, as "partners consult"."""
    archive.replace(
        DOCUMENT,
        "quote: Our American partners did not consult with Russia",
        "quote: [Our American partners, consult with Russia]",
    )
    site = build(archive)

    page = read(site, "claims/briefing/no-consultation/index.html")
    shared = re.search(r'property="og:description" content="([^"]*)"', page)
    assert shared is not None
    assert shared[1] == "Our American partners … consult with Russia"


def test_a_feed_is_known_by_the_address_of_the_settings(archive: SmallArchive) -> None:
    """A copy of the site elsewhere links to itself, and its feeds and entries are the same ones."""
    archive.write("archive.yaml", "title: A small archive\nurl: https://example.org/archive/\n")
    feed = ElementTree.fromstring(read(build(archive, "https://mirror.example/x"), "feed.xml"))

    assert [element.text for element in feed.iterfind(".//a:id", ATOM)] == [
        "https://example.org/archive/",
        "https://example.org/archive/documents/briefing/",
    ]
    links = [element.get("href") or "" for element in feed.iterfind(".//a:link", ATOM)]
    assert links
    assert all(link.startswith("https://mirror.example/x/") for link in links)


def test_without_an_address_nothing_pretends_to_have_one(archive: SmallArchive) -> None:
    """No canonical link, feed, sitemap or OpenSearch, and no link to one."""
    site = build(archive)

    assert not list(site.rglob("feed.xml"))
    assert not (site / "sitemap.xml").exists()
    for page in site.rglob("*.html"):
        assert not re.search(r'rel="(canonical|alternate|search)"', page.read_text("utf-8"))


def test_the_page_for_a_lost_address_works_at_any_depth(archive: SmallArchive) -> None:
    """Its links are absolute, from the path of the site's address, and its style is inside."""
    page = read(build(archive, "https://example.org/some-repo"), "404.html")

    assert 'href="/some-repo/documents/"' in page
    assert "<style>" in page
    assert "stylesheet" not in page


def test_markup_in_the_records_stays_text(archive: SmallArchive) -> None:
    """Nothing that a contributor writes becomes markup of a page."""
    attack = "<img src=x onerror=alert(1)></script>"
    archive.replace(DOCUMENT, "title: Kremlin briefing", f"title: '{attack}'")
    archive.replace(DOCUMENT, "    answers:", f"    says: '{attack}'\n    answers:")
    archive.replace("content/actors/dmitry-peskov.md", "[Peskov]", f"[Peskov, '{attack}']")
    site = build(archive)

    for page in site.rglob("*.html"):
        assert "<img" not in page.read_text(encoding="utf-8"), page


def test_only_web_addresses_become_links(archive: SmallArchive) -> None:
    """A document's own address is linked as https, and a reader sees the whole of it."""
    archive.replace(
        DOCUMENT, "date: 2017-01-26", "date: 2017-01-26\nurl: https://example.org/a?b=1&c"
    )
    page = read(build(archive), "documents/briefing/index.html")

    assert '<a href="https://example.org/a?b=1&amp;c" rel="noopener noreferrer">' in page


def test_reference_managers_read_the_document(archive: SmallArchive) -> None:
    """Title, outlet and date stand in the meta elements that Zotero reads."""
    page = read(build(archive), "documents/briefing/index.html")
    meta = dict(re.findall(r'<meta name="([^"]+)" content="([^"]*)">', page))

    assert meta["citation_title"] == "Kremlin briefing"
    assert meta["citation_publication_date"] == "2017/01/26"
    assert meta["prism.publicationName"] == "Reuters"
    assert meta["z:itemType"] == "newspaperArticle"


def test_search_engines_read_the_claim(archive: SmallArchive) -> None:
    """A discussed claim says in JSON-LD who made it and where it appears."""
    page = read(build(archive), "claims/briefing/no-consultation/index.html")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)

    assert found is not None
    data = json.loads(found[1])
    assert data["@type"] == "Claim"
    assert data["author"] == [{"@type": "Thing", "name": "Dmitry Peskov"}]
    assert data["appearance"]["publisher"]["name"] == "Reuters"


def test_an_answer_without_claims_names_its_limit(archive: SmallArchive) -> None:
    """The page says that it is not found in what is held, never that nobody said it."""
    page = read(build(archive), "questions/us-consulted-russia/index.html")

    assert "No claim in the archive gives this answer." in page
    assert "not found in the 1 document held" in page
    assert "did not report" not in page


def test_what_is_not_known_is_said(archive: SmallArchive) -> None:
    """A document without outlet and date shows that both are missing."""
    archive.replace(DOCUMENT, "outlet: reuters\ndate: 2017-01-26\n", "")
    page = read(build(archive), "documents/briefing/index.html")

    assert "outlet not known · date not known" in page


def test_the_first_page_says_of_each_telling_whose_it_is(archive: SmallArchive) -> None:
    """Where an outlet gives one part to one speaker and one to another, both are named."""
    archive.write("content/actors/kremlin.md", "---\nname: The Kremlin\n---\n")
    archive.write("content/outlets/rt.md", "---\nname: RT\n---\n")
    archive.write("content/captures/rt.txt", "They did not ask. It makes things worse.\n")
    archive.write(
        "content/documents/rt.md",
        "---\ntitle: RT\noutlet: rt\ncaptures:\n  - file: captures/rt.txt\n    sha256: …\n"
        "transcription: …\nclaims:\n"
        "  - {id: a, by: kremlin, form: indirect, quote: They did not ask,"
        " relations: [{type: repeats, to: briefing#no-consultation}],"
        " answers: {us-consulted-russia: 'no'}}\n"
        "  - {id: b, by: dmitry-peskov, form: direct, quote: It makes things worse,"
        " relations: [{type: repeats, to: briefing#no-consultation}],"
        " answers: {us-consulted-russia: 'no'}}\n---\nThey did not ask. It makes things worse.\n",
    )

    told = read(build(archive), "index.html").split('class="tell"')[1].split("</p></div>")[0:3]

    under = re.findall(
        r'It makes things worse.*?<p class="soft">(\w+).*?Dmitry Peskov', "".join(told), re.S
    )
    assert re.search("They did not ask.*?indirect.*?The Kremlin.*?It makes", "".join(told), re.S)
    assert under == ["direct"]


def test_a_theme_of_ones_own_wins_file_by_file(archive: SmallArchive) -> None:
    """A template or asset of the archive's theme replaces the default one; the rest stays."""
    archive.write("archive.yaml", "title: A small archive\ntheme: mine\n")
    archive.write("themes/mine/templates/404.html", "lost in {{ page.site_title }}")
    archive.write("themes/mine/assets/icon.svg", "<svg/>")
    site = build(archive)

    assert read(site, "404.html") == "lost in A small archive"
    assert read(site, "assets/icon.svg") == "<svg/>"
    assert "<h1>About this archive</h1>" in read(site, "about/index.html")


def refuse_template(archive: SmallArchive, template: str | bytes) -> UsageError:
    """What is said of the archive's own *template* for the page about it."""
    archive.write("archive.yaml", "title: A small archive\ntheme: mine\n")
    archive.write("themes/mine/templates/about.html", template)
    with pytest.raises(UsageError) as caught:
        build(archive)
    return caught.value


@pytest.mark.parametrize(
    ("template", "problem"),
    [
        (b"a\n{{ view.nosuch }}", "about.html:2: `AboutView` has no `nosuch`"),
        (b"{{ titel }}", "about.html:1: 'titel' is undefined"),
        (b"{% include 'foot.html' %}", "about.html:1: there is no template `foot.html`"),
        (b"{{ say('no.such') }}", "about.html:1: there is nothing named `no.such`"),
        (b"a\n\n{% if", "about.html:3: unexpected"),
        (
            b"{% extends 'base.html' %}{% block main %}{{ 1 / 0 }}{% endblock %}",
            "about.html:1: div",
        ),
        (b"{{ asset('no.css') }}", "about.html:1: the theme has no asset `no.css`"),
        (b"caf\xe9", "about.html is not UTF-8 text"),
    ],
)
def test_a_mistake_in_ones_own_template_is_said_with_its_line(
    archive: SmallArchive, template: bytes, problem: str
) -> None:
    """It is the archive's, and not reported as a bug of the program."""
    refused = refuse_template(archive, template)
    assert refused.message.startswith(f"themes/mine/templates/{problem}")


@pytest.mark.parametrize(
    ("template", "help"),
    [
        ("{{ page.site_titel }}", "did you mean `site_title`? it has "),
        (
            "{% extends 'bas.html' %}",
            "did you mean `base.html`? mend the template, or take it away",
        ),
    ],
)
def test_what_a_template_may_have_meant_is_told(
    archive: SmallArchive, template: str, help: str
) -> None:
    """The names that a template is given stand nowhere else."""
    refused = refuse_template(archive, template)
    assert (refused.help or "").startswith(help)


@pytest.mark.parametrize("name", ["template/about.html", "style.css"])
def test_what_no_theme_has_is_reported(archive: SmallArchive, name: str) -> None:
    """A file beside the two folders of a theme would change nothing, and nobody would know why."""
    archive.write("archive.yaml", "title: A small archive\ntheme: mine\n")
    archive.write(f"themes/mine/{name}", "x")
    archive.write("themes/mine/README.md", "How it looks.")

    (message,) = archive.messages()

    assert "warning[unexpected-file]" in message
    assert message.endswith("themes/mine/ holds the folders templates and assets")


def test_an_asset_changes_its_address_with_its_content(archive: SmallArchive) -> None:
    """A browser that kept the old sheet asks for the new one."""
    sheet = r"assets/style\.css\?v=\w+"
    before = re.findall(sheet, read(build(archive), "index.html"))
    archive.write("themes/default/assets/style.css", "body { color: red }")
    after = re.findall(sheet, read(build(archive), "index.html"))

    assert before != after


def test_the_script_of_the_running_server_is_not_published(archive: SmallArchive) -> None:
    """What reloads a preview never stands in a site."""
    assert not (build(archive) / "assets/live.js").exists()


def test_an_empty_archive_says_what_to_do_next(archive: SmallArchive) -> None:
    """Without a document the first page names the next step, and links to nothing that is not."""
    for folder in ("documents", "captures", "questions", "topics", "actors", "outlets"):
        for path in (archive.root / "content" / folder).iterdir():
            path.unlink()
    site = build(archive)

    assert "<code>sourcebook ingest</code>" in read(site, "index.html")
    assert "documents/index.html" not in read(site, "index.html")
    assert not (site / "documents").exists()


def test_the_text_is_a_region_named_by_its_title(archive: SmallArchive) -> None:
    """A screen reader leads to the text, whether there is a heading in it or none."""
    page = read(build(archive), "documents/briefing/index.html")

    assert '<h1 id="title" lang="und" dir="ltr">Kremlin briefing</h1>' in page
    assert '<div id="text" role="region" aria-labelledby="title"' in page


@pytest.mark.parametrize("body", ["", "[only]: https://example.org/\n"])
def test_a_document_without_a_word_has_a_page(archive: SmallArchive, body: str) -> None:
    """A capture may be empty: its page says so by being empty too."""
    archive.write("content/captures/briefing.txt", "")
    text = archive.read(DOCUMENT)
    text = re.sub(r"sha256: \w+|transcription: \w+", lambda m: m[0].split()[0] + " …", text)
    archive.write(DOCUMENT, text.partition("claims:")[0] + f"---\n{body}")

    assert "<h1" in read(build(archive), "documents/briefing/index.html")


def test_a_document_without_claims_is_a_plain_article(archive: SmallArchive) -> None:
    """No rail, no cards, and no link to a list that is not there."""
    text = archive.read(DOCUMENT)
    start, end = text.index("claims:"), text.index("---\n# ")
    archive.write(DOCUMENT, text[:start] + text[end:])
    site = build(archive)

    page = read(site, "documents/briefing/index.html")
    assert 'class="rail"' not in page
    assert 'class="cards"' not in page
    assert "briefing/index.html#claims" not in read(site, "documents/index.html")


def test_a_published_capture_is_linked_where_it_stands(archive: SmallArchive) -> None:
    """With captures published, a page links its own, whatever signs its name has."""
    (archive.root / "content/captures/briefing.txt").rename(
        archive.root / "content/captures/a #1 copy.txt"
    )
    archive.replace(DOCUMENT, "captures/briefing.txt", "'captures/a #1 copy.txt'")
    archive.write("archive.yaml", "title: A\npublish: {captures: true}\n")
    site = build(archive)

    assert 'href="../../captures/a%20%231%20copy.txt"' in read(
        site, "documents/briefing/index.html"
    )
    assert (site / "captures/a #1 copy.txt").is_file()


def test_a_theme_that_is_used_again_shows_what_has_changed(archive: SmallArchive) -> None:
    """What a theme keeps of one build never stands in the place of a claim edited since."""
    memory = Memory()
    options = BuildOptions(archive.root / "site", search=False)
    page = "actors/dmitry-peskov/index.html"
    for words in ("They were not asked.", "Nobody asked them."):
        text = archive.read(DOCUMENT)
        start, end = text.index("    quote:"), text.index("    answers:")
        quote = text[start:end].splitlines()[0]
        archive.write(DOCUMENT, text[:start] + f"{quote}\n    says: {words}\n" + text[end:])
        plan = plan_site(archive.root, options, memory)
        assert isinstance(plan, SitePlan)
        place = find_place(options.output)
        write_files(list_files(plan, options, place), place)
        assert words in read(options.output, page)


@pytest.mark.parametrize(("count", "labels"), [(3, 3), (11, 11), (40, 3)])
def test_labels_of_parts_do_not_cover_each_other(
    archive: SmallArchive, count: int, labels: int
) -> None:
    """On the rail each label has its line; where there is no room for all, a list has every part."""
    words = [f"Item {number:02} begins here." for number in range(1, count + 1)]
    # The last items stand close together.
    text = "\n\n".join([*words[:2], "Long. " * 400, *words[2:]])
    archive.write("content/captures/briefing.txt", text)
    parts = "".join(
        f"  - {{id: item-{n}, starts: {word[:7]}}}\n" for n, word in enumerate(words, 1)
    )
    archive.write(
        DOCUMENT,
        f"---\ntitle: Items\ncaptures:\n  - file: captures/briefing.txt\n    sha256: …\n"
        f"transcription: …\nparts:\n{parts}claims:\n  - {{id: first, by: dmitry-peskov, quote: Item 01}}\n"
        f"---\n{text}\n",
    )
    page = read(build(archive), "documents/briefing/index.html")
    places = [float(at) for at in re.findall(r'class="pt"[^>]*--at:([\d.]+)%', page)]

    assert len(places) == labels
    # 24 pixels and a line each where the rail is lowest, at 288: what a finger needs.
    assert all(below - above >= 8.6 for above, below in pairwise(places))
    assert places[-1] <= 91.4
    assert ('<details class="who parts">' in page) is (labels < count)


def build_with_index(archive: SmallArchive, jobs: int) -> dict[str, bytes]:
    options = BuildOptions(archive.root / "site", jobs=jobs)
    assert build_site(archive.root, options).summary.results > 0
    files = (path for path in options.output.rglob("*") if path.is_file())
    return {str(path.relative_to(options.output)): path.read_bytes() for path in files}


def test_an_index_made_beside_the_pages_is_the_same(archive: SmallArchive) -> None:
    """With several processes the search is indexed while pages are made: every byte is the same."""
    before_the_pages = build_with_index(archive, jobs=1)
    assert any(path.startswith("pagefind/") for path in before_the_pages)
    assert build_with_index(archive, jobs=2) == before_the_pages


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_index_that_fails_leaves_the_old_site(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """Nothing is written without the search, whenever it is that its index fails."""
    before = build_with_index(archive, jobs)
    archive.replace("content/documents/briefing.md", "title: Kremlin", "title: Moscow")

    def fail(*_: object) -> None:
        raise EnvironmentProblem("no index", "try again")

    monkeypatch.setattr("sourcebook.build.index_shards", fail)
    with pytest.raises(EnvironmentProblem):
        build_site(archive.root, BuildOptions(archive.root / "site", jobs=jobs))
    site = archive.root / "site"
    assert {p: (site / p).read_bytes() for p in before} == before
