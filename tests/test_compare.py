"""Where accounts meet: two documents side by side, outlets against each other, neighbours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath

from conftest import SmallArchive
from sourcebook.cli import main

DISPATCH = """\
Moscow not asked

Dmitry Peskov said that the American partners did not consult with Russia at all.
"They told us in good time," an American diplomat said.
The United Nations warned: "Nobody may be sent back."
"""
CLAIMS = """\
  - id: not-asked
    by: dmitry-peskov
    cue: said
    form: indirect
    quote: the American partners did not consult with Russia at all
    about: [united-states]
    topics: [safe-zones]
    answers: {us-consulted-russia: "no"}
    relations: [{type: repeats, to: "briefing#no-consultation"}]
  - id: in-good-time
    by: united-states
    named: an American diplomat
    unnamed: true
    cue: said
    form: direct
    quote: They told us in good time
    about: [dmitry-peskov]
    topics: [safe-zones]
    answers: {us-consulted-russia: "yes"}
"""


class Read(HTMLParser):
    """A page as a test asks about it."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.selected_by: list[list[str]] = []
        self.links: list[tuple[str, str]] = []
        self.words: list[str] = []
        self._href: str | None = None
        self.feed(page.read_text(encoding="utf-8"))
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids.add(given.get("id") or "")
        if "data-f" in given:
            self.selected_by.append((given["data-f"] or "").split())
        if tag == "a":
            self._href = given.get("href") or ""
            self.links.append((self._href, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._href = None

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self._href is not None:
            href, text = self.links.pop()
            self.links.append((href, text + data))

    def count_selected(self, anchor: str) -> int:
        return sum(anchor in anchors for anchors in self.selected_by)

    def link_to(self, fragment: str) -> str:
        """The text of the one link whose address ends so."""
        (text,) = {text for href, text in self.links if href.endswith(fragment)}
        return text


def build(archive: SmallArchive, *arguments: str) -> Path:
    assert main(["-C", str(archive.root), "build", "-q", "--no-search", *arguments]) == 0
    return archive.root / "site"


def write_document(archive: SmallArchive, slug: str, text: str, fields: str, claims: str) -> None:
    archive.write(f"content/captures/{slug}.txt", text)
    archive.write(
        f"content/documents/{slug}.md",
        f"---\ntitle: {slug}\n{fields}captures:\n  - file: captures/{slug}.txt\n    sha256: …\n"
        f"transcription: …\nclaims:\n{claims}---\n{text}",
    )


def add_dispatch(archive: SmallArchive, claims: str = CLAIMS) -> None:
    """A second account, by another outlet: it repeats the statement and holds a rival answer."""
    archive.write("content/outlets/sana.md", "---\nname: SANA\n---\n")
    archive.write("content/actors/united-states.md", "---\nname: United States\n---\n")
    archive.replace(
        "content/documents/briefing.md",
        "    quote: Our",
        "    form: direct\n    topics: [safe-zones]\n    quote: Our",
    )
    write_document(archive, "dispatch", DISPATCH, "outlet: sana\ndate: 2017-01-28\n", claims)


def check_counts(site: Path, pages: Iterable[str]) -> int:
    """Every number that leads to a selection is the number of quotes that it selects."""
    read = {path: Read(site / path) for path in pages}
    checked = 0
    for path, page in read.items():
        for href, text in page.links:
            target, _, fragment = href.partition("#")
            there = normpath(join(dirname(path), target)) if target else path
            if there in read and fragment.startswith("in-") and text.strip().isdigit():
                assert fragment in read[there].ids
                assert read[there].count_selected(fragment) == int(text), (path, href)
                checked += 1
    return checked


def test_one_account_alone_is_compared_with_nothing(archive: SmallArchive) -> None:
    """An archive of one document has no page, and no way in the menu, for comparing."""
    site = build(archive)

    assert not (site / "compare").exists()
    assert "Compare" not in Read(site / "index.html").text


def test_two_documents_that_meet_stand_side_by_side(archive: SmallArchive) -> None:
    """The earlier one first: the repeated statement, both answers, the actor who speaks in both."""
    add_dispatch(archive)
    site = build(archive)

    page = Read(site / "compare/briefing/dispatch/index.html")
    assert page.text.index("Reuters") < page.text.index("SANA")
    assert page.link_to("#statements") == "1 repeated statement"
    assert page.link_to("#questions") == "1 shared question"
    assert {"statement-1", "question-1", "actor-dmitry-peskov"} <= page.ids
    assert "It did not" in page.text
    assert "They told us in good time" in page.text
    assert not (site / "compare/dispatch/briefing").exists()


def test_words_that_both_documents_have_are_marked(archive: SmallArchive) -> None:
    """Of a repeated statement, shared words are grey on both sides, and the others are not."""
    add_dispatch(archive)
    page = (build(archive) / "compare/briefing/dispatch/index.html").read_text(encoding="utf-8")

    assert (
        page.count('<span class="same">American partners did not consult with Russia</span>') == 2
    )
    assert "Our <span" in page
    assert "</span> at all" in page


def test_claims_that_dispute_each_other_stand_side_by_side(archive: SmallArchive) -> None:
    """With what an annotator says of them, and why; such a link alone makes a pair."""
    disputes = '[{type: disputes, to: "briefing#no-consultation", reason: They were told.}]'
    add_dispatch(
        archive,
        "  - {id: told, by: united-states, quote: They told us in good time,"
        f" relations: {disputes}}}\n",
    )
    page = Read(build(archive) / "compare/briefing/dispatch/index.html")

    assert page.link_to("#relations") == "1 pair of linked claims"
    said = page.text.partition("Linked claims")[2]
    assert "They were told." in said
    assert said.index("Disputed by") < said.index("did not consult with Russia")
    assert said.index("Disputes") < said.index("They told us in good time")


def test_sides_in_two_languages_stand_whole_beside_each_other(archive: SmallArchive) -> None:
    """No words are marked, the page says why, and what a foreign quote says is told."""
    add_dispatch(
        archive, CLAIMS.replace("    cue: said\n    form: ind", "    says: Never.\n    form: ind")
    )
    archive.replace("content/documents/dispatch.md", "outlet: sana", "lang: fr\noutlet: sana")
    archive.replace("content/documents/briefing.md", "outlet:", "lang: en\noutlet:")
    page = build(archive) / "compare/briefing/dispatch/index.html"

    assert 'class="same"' not in page.read_text(encoding="utf-8")
    text = Read(page).text
    assert "The two are in different languages, so no words are marked." in text
    assert "the American partners did not consult with Russia at all Never." in text


def test_an_actors_fullest_words_stand_first(archive: SmallArchive) -> None:
    """What a document says twice, in its heading and in full, is read in full; the other waits."""
    heading = (
        "  - {id: heading, by: dmitry-peskov, quote: Moscow not asked,"
        ' relations: [{type: repeats, to: "#not-asked"}]}\n'
    )
    add_dispatch(archive, heading + CLAIMS)
    page = (build(archive) / "compare/briefing/dispatch/index.html").read_text(encoding="utf-8")

    words = page.partition('<tbody id="actor-dmitry-peskov">')[2].partition("</tbody>")[0]
    assert words.index("did not consult with Russia at all") < words.index("Moscow not asked")
    assert "2 claims" in words


def test_an_answer_that_one_document_lacks_is_not_found_in_it(archive: SmallArchive) -> None:
    """A blank is a limit of what is held; no page says that somebody did not report something."""
    add_dispatch(archive)
    site = build(archive)

    assert "not found in this document" in Read(site / "compare/briefing/dispatch/index.html").text
    for page in site.rglob("*.html"):
        if page.parent.name != "about":  # which says that this is not meant
            assert "did not report" not in Read(page).text


def test_documents_that_share_nothing_are_no_pair(archive: SmallArchive) -> None:
    """Without a common statement, question or three actors there is no page for the two."""
    archive.write("content/outlets/sana.md", "---\nname: SANA\n---\n")
    archive.write("content/actors/united-nations.md", "---\nname: United Nations\n---\n")
    write_document(
        archive,
        "dispatch",
        DISPATCH,
        "outlet: sana\ndate: 2017-01-28\n",
        "  - {id: back, by: united-nations, quote: Nobody may be sent back}\n",
    )

    assert not (build(archive) / "compare").exists()


def test_each_document_leads_to_its_comparisons(archive: SmallArchive) -> None:
    """So a pair is found from either of its documents, and from the list of all pairs."""
    add_dispatch(archive)
    site = build(archive)

    for page in ("documents/briefing/index.html", "documents/dispatch/index.html"):
        assert "dispatch/index.html" in " ".join(href for href, _ in Read(site / page).links)
        assert any("compare/briefing/dispatch/" in href for href, _ in Read(site / page).links)
    numbers = [t for h, t in Read(site / "compare/index.html").links if "compare" not in t.lower()]
    assert {"1", "Side by side"} <= set(numbers)


def test_pairs_stay_few_where_many_documents_answer_one_question(archive: SmallArchive) -> None:
    """Thirty documents on one question make far fewer pages than the 435 pairs that there are."""
    for number in range(30):
        write_document(
            archive,
            f"report-{number:02}",
            f"Report {number}. Nobody asked Moscow, a person said.\n",
            f"outlet: reuters\ndate: 2017-02-{number % 28 + 1:02}\n",
            '  - {id: nobody, quote: Nobody asked Moscow, answers: {us-consulted-russia: "no"}}\n',
        )
    site = build(archive)

    pairs = {page.parent.relative_to(site / "compare") for page in site.glob("compare/*/*/*.html")}
    assert 30 <= len(pairs) <= 5 * 31
    assert {part for pair in pairs for part in pair.parts} >= {f"report-{n:02}" for n in range(30)}


def test_every_count_of_outlets_opens_what_it_counts(archive: SmallArchive) -> None:
    """In the matrix, on the topic and for the actor, each number selects as many quotes."""
    add_dispatch(archive)
    site = build(archive)

    pages = [
        "compare/index.html",
        "topics/safe-zones/outlets/index.html",
        "actors/dmitry-peskov/outlets/index.html",
    ]
    assert check_counts(site, pages) > 20
    topic = Read(site / pages[1])
    assert topic.link_to("#in-sana--form-indirect") == "1"
    assert topic.link_to("#in-sana--naming-unnamed") == "1"
    assert topic.link_to("#in-sana--verb-said") == "2"
    assert topic.link_to("#in-reuters--form-direct") == "1"
    matrix = Read(site / pages[0])
    assert matrix.link_to("dmitry-peskov/outlets/index.html#in-sana") == "1"
    assert matrix.link_to("dmitry-peskov/outlets/index.html#in-sana--form-indirect") == "1"


def test_what_is_held_of_an_outlet_stands_beside_its_counts(archive: SmallArchive) -> None:
    """Each column says how many documents are held; an outlet without claims is named with its own."""
    add_dispatch(archive)
    archive.write("content/outlets/tass.md", "---\nname: TASS\n---\n")
    write_document(archive, "other", "Nothing on that.\n", "outlet: tass\n", "  []\n")
    site = build(archive)

    text = Read(site / "topics/safe-zones/outlets/index.html").text
    assert "SANA 1 document held 2 claims" in text
    assert "Not found in the documents held of 1 more outlet: TASS (1 document)" in text


def test_claims_that_are_only_suggested_are_not_compared(archive: SmallArchive) -> None:
    """They are in no count, no pair and no picture."""
    add_dispatch(archive, CLAIMS.replace("    cue:", "    review: suggested\n    cue:"))
    site = build(archive)

    assert not (site / "topics/safe-zones/outlets").exists()
    assert not (site / "compare/briefing").exists()
    assert "With whom they are named" not in Read(site / "actors/united-states/index.html").text


def test_an_outlet_with_very_many_claims_leaves_room_for_the_others(archive: SmallArchive) -> None:
    """Of it the latest are counted, and the page says of how many; the others keep all of theirs."""
    add_dispatch(archive)
    lines = [f"Speaker number {number} spoke." for number in range(400)]
    claims = [
        f"  - {{id: c{n}, topics: [safe-zones], quote: Speaker number {n} spoke}}\n"
        for n in range(400)
    ]
    write_document(archive, "long", "\n\n".join(lines) + "\n", "outlet: reuters\n", "".join(claims))
    site = build(archive)

    page = Read(site / "topics/safe-zones/outlets/index.html")
    assert page.count_selected("in-sana") == 2
    assert page.count_selected("in-reuters") == 358
    assert "358 claims of 401 claims" in page.text
    assert check_counts(site, ["topics/safe-zones/outlets/index.html"]) > 3


def write_many_quotes(archive: SmallArchive) -> None:
    """A third document, of Reuters: 401 claims of Peskov's, the first of another form and time."""
    lines = ["Early words of Peskov."] + [f"Peskov spoke number {n} times." for n in range(400)]
    fields = "by: dmitry-peskov, topics: [safe-zones], quote:"
    claims = [
        f"  - {{id: early, form: mixed, date: 2001-01-01, {fields} Early words}}\n",
        *(
            f"  - {{id: c{n}, form: direct, date: 2017-02-01, {fields} spoke number {n} times}}\n"
            for n in range(400)
        ),
    ]
    write_document(archive, "long", "\n\n".join(lines) + "\n", "outlet: reuters\n", "".join(claims))


def count_listed(site: Path, path: str) -> int:
    """The claims of the list that begins at *path*: on its own page, or on those of its years."""
    first = site / path
    years = [*first.parent.glob("[0-9]*/**/index.html")]
    return sum(page.read_text("utf-8").count('<a class="lem"') for page in years or [first])


def test_a_number_leads_to_all_quotes_that_it_counts(archive: SmallArchive) -> None:
    """Of an actor quoted hundreds of times in an outlet there is a list of all, and of each kind."""
    add_dispatch(archive)
    write_many_quotes(archive)
    site = build(archive)

    matrix = Read(site / "compare/index.html")
    assert matrix.link_to("dmitry-peskov/outlets/index.html#in-sana") == "1"
    assert matrix.link_to("dmitry-peskov/index.html#said") == "403"
    for path, count in (("", 402), ("direct/", 401), ("mixed/", 1)):
        address = f"actors/dmitry-peskov/outlets/reuters/{path}index.html"
        assert matrix.link_to(f"../{address}") == str(count)
        assert count_listed(site, address) == count
    assert (
        "Reuters, direct"
        in Read(site / "actors/dmitry-peskov/outlets/reuters/direct/index.html").text
    )


def ask_on_topic(archive: SmallArchive) -> None:
    """Let the question be one on the topic."""
    question = "content/questions/us-consulted-russia.md"
    archive.replace(question, "answers:\n", "topics: [safe-zones]\nanswers:\n")


def build_question(archive: SmallArchive) -> tuple[Path, Read]:
    """The site, and the page of the question in it."""
    site = build(archive)
    return site, Read(site / "questions/us-consulted-russia/index.html")


def test_a_question_leads_to_all_claims_of_an_outlet_on_its_topic(archive: SmallArchive) -> None:
    """However many there are: where the page that compares outlets cannot list them, to their own."""
    add_dispatch(archive)
    ask_on_topic(archive)
    site, page = build_question(archive)
    assert page.link_to("topics/safe-zones/outlets/index.html#in-reuters") == "1 claim"

    write_many_quotes(archive)
    site, page = build_question(archive)
    assert page.link_to("topics/safe-zones/outlets/index.html#in-sana") == "2 claims"
    assert page.link_to("topics/safe-zones/outlets/reuters/index.html") == "402 claims"
    assert count_listed(site, "topics/safe-zones/outlets/reuters/index.html") == 402
    assert (
        Read(site / "compare/index.html").link_to("topics/safe-zones/index.html#claims")
        == "404 claims"
    )


def test_an_outlet_alone_on_a_topic_is_found_on_the_topics_page(archive: SmallArchive) -> None:
    """Nothing is compared there; the page of the topic selects its claims, while it has all."""
    ask_on_topic(archive)
    briefing = "content/documents/briefing.md"
    archive.replace(briefing, "    quote: Our", "    topics: [safe-zones]\n    quote: Our")
    site, page = build_question(archive)
    assert page.link_to("topics/safe-zones/index.html#outlet-reuters") == "1 claim"

    write_many_quotes(archive)
    site, page = build_question(archive)
    assert page.link_to("topics/safe-zones/outlets/reuters/index.html") == "402 claims"
    assert count_listed(site, "topics/safe-zones/outlets/reuters/index.html") == 402


def test_neighbours_open_the_claims_that_join_them(archive: SmallArchive) -> None:
    """Who speaks of an actor, and of whom it speaks: drawn, listed, each count a selection."""
    add_dispatch(archive)
    site = build(archive)

    page = Read(site / "actors/dmitry-peskov/index.html")
    assert "Above: United States (1). Below: United States (1)." in page.text
    for anchor in ("about-united-states", "speaker-united-states"):
        assert "1" in {text for href, text in page.links if href == f"#{anchor}"}
        assert anchor in page.ids
        assert page.count_selected(anchor) == 1
    style = (site / "actors/dmitry-peskov/index.html").read_text(encoding="utf-8")
    assert '[id="speaker-united-states"]:target' in style
    company = re.search(r"In the same documents.*", page.text)
    assert company is not None
    assert "United States 1 document" in company[0]


def test_company_is_drawn_by_document(archive: SmallArchive) -> None:
    """A dot where another actor speaks, a ring where it is only spoken of; a document a column."""
    add_dispatch(archive)
    archive.write("content/actors/united-nations.md", "---\nname: United Nations\n---\n")
    archive.replace(
        "content/documents/briefing.md", "    form:", "    about: [united-nations]\n    form:"
    )
    archive.replace(
        "content/documents/dispatch.md",
        "  - id: in-good-time",
        "  - {id: back, by: united-nations, quote: Nobody may be sent back}\n  - id: in-good-time",
    )
    page = build(archive) / "actors/dmitry-peskov/index.html"

    drawing = (
        page.read_text(encoding="utf-8").partition('id="grid-title"')[2].partition("</svg>")[0]
    )
    assert re.findall(r"<text[^>]*>([^<]+)</text>|<circle class=\"(\w+)", drawing) == [
        ("1", ""),
        ("2", ""),
        ("United Nations", ""),
        ("", "own"),
        ("", "other"),
        ("United States", ""),
        ("", "own"),
    ]


def test_an_actor_who_meets_nobody_has_no_neighbours(archive: SmallArchive) -> None:
    """No empty picture stands on the page."""
    assert (
        "With whom they are named"
        not in Read(build(archive) / "actors/dmitry-peskov/index.html").text
    )
