"""The text of a page, less what is marked as apparatus, is the text of its capture."""

from __future__ import annotations

from html.parser import HTMLParser
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from sourcebook.anchors import Span
from sourcebook.drawings import Drawings, Mark, MarkPiece, NameLink, PartStart, Stretches
from sourcebook.ingest.transcribe import transcribe
from sourcebook.markup import parse_body
from sourcebook.render import render_body, render_prose
from sourcebook.text import normalise
from test_transcribe import TEXTS

VOID = {"br", "hr", "img"}


class Reader(HTMLParser):
    """Reads a page as a browser does; elements must be closed in order."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.text: list[str] = []
        self.marked: dict[str, list[str]] = {}
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert not (tag == "a" and any(name == "a" for name, _ in self.open)), "a link in a link"
        if given.get("id"):
            self.ids.append(str(given["id"]))
        if tag not in VOID:
            self.open.append((tag, "data-apparatus" in given))
            if tag == "mark":
                self.marked.setdefault(str(given["data-of"]), [])
                self.of = getattr(self, "of", [])
                self.of.append(str(given["data-of"]))

    def handle_endtag(self, tag: str) -> None:
        opened, _ = self.open.pop()
        assert opened == tag
        if tag == "mark":
            self.of.pop()

    def handle_data(self, data: str) -> None:
        if not any(apparatus for _, apparatus in self.open):
            self.text.append(data)
            for card in getattr(self, "of", []):
                self.marked[card].append(data)


def read(html: str) -> Reader:
    """The page's text, marks and ids; the HTML must be well-formed."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader


def page_of(body: str, marks: list[Mark], names: list[NameLink], parts: list[PartStart]) -> Reader:
    """The rendered text of a body, read again."""
    return read("".join(b.html for b in render_body(parse_body(body), marks, names, parts)))


def letters_of(text: str) -> str:
    """Only letters and digits: where layout is cut, white space and bullets may stand on either side."""
    return "".join(filter(str.isalnum, normalise(text)))


MARKDOWN = st.lists(
    st.sampled_from(
        [
            *(
                "word ",
                "*em* ",
                "**strong *both* x** ",
                "[a link](http://example.org/?a&b) ",
                "`code` ",
            ),
            *(
                "\n",
                "\n\n",
                "\n- item ",
                "\n  1. one ",
                "\n> quote ",
                "\n# head\n",
                "\n\n    pre\n\n",
            ),
            *("![alt *t*](x.png) ", "\\\n", "  \n", "&amp; <b> ", "\n---\n", "\n```\nfence\n```\n"),
            *("[bad](javascript:alert(1)) ", "1) ", "[**bold** link](https://example.org) ", "- "),
        ]
    ),
    max_size=15,
).map("".join)


@given(st.one_of(TEXTS.map(lambda text: transcribe(text).markdown), MARKDOWN), st.data())
def test_page_keeps_the_text_whatever_is_drawn_on_it(body: str, data: st.DataObject) -> None:
    """Marks that nest and overlap, names and parts leave the text as it is and the HTML valid."""
    text = parse_body(body).text
    marks, names, parts = [], [], []
    if text:
        offsets = st.integers(0, len(text) - 1)
        for number in range(data.draw(st.integers(0, 6))):
            cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=4)))
            spans = tuple(map(Span, cuts[::2], cuts[1::2]))
            id = f"c{number}"
            is_note = data.draw(st.booleans())
            marks.append(
                Mark(
                    id,
                    f"claim-{id}",
                    "direct",
                    spans,
                    f"card-{id}",
                    Markup("Claim"),
                    "1",
                    "",
                    is_note,
                )
            )
        cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
        names = [
            NameLink(Span(*pair), "x.html") for pair in zip(cuts[::2], cuts[1::2], strict=False)
        ]
        starts = sorted(data.draw(st.sets(offsets, max_size=3)))
        parts = [PartStart(f"p{at}", f"part-p{at}", at) for at in starts]

    page = page_of(body, marks, names, parts)

    assert normalise("".join(page.text)) == text
    assert len(page.ids) == len(set(page.ids))
    for mark in marks:
        words = "".join(text[span.start : span.end] for span in mark.spans)
        if words.strip():
            assert letters_of("".join(page.marked[mark.card])) == letters_of(words)


def test_overlapping_claims_are_cut_where_one_ends() -> None:
    """Of two claims that overlap each is marked whole, and both have their number."""
    marks = [
        Mark("a", "claim-a", "direct", (Span(0, 9),), "card-a", Markup("Claim 1"), "1"),
        Mark("b", "claim-b", "direct", (Span(4, 13),), "card-b", Markup("Claim 2"), "2"),
    ]

    html = render_body(parse_body("one two three"), marks)[0].html

    assert html == (
        '<p><mark class="direct" data-of="card-a" id="claim-a">one '
        '<mark class="direct" data-of="card-b" id="claim-b">two t</mark></mark>'
        '<mark class="direct" data-of="card-b">'
        '<a class="ref" data-apparatus aria-label="Claim 1" href="#card-a">1</a>hree</mark>'
        '<a class="ref" data-apparatus aria-label="Claim 2" href="#card-b">2</a></p>\n'
    )


def test_a_crowded_paragraph_is_drawn_as_quickly() -> None:
    """Forty thousand names and claims in one paragraph cost forty thousand, not its square."""
    names = [NameLink(Span(4 * n, 4 * n + 3), "ann/") for n in range(40_000)]
    marks = [
        Mark(f"c{n}", f"claim-{n}", "direct", (Span(8 * n, 8 * n + 3),), "card", Markup("x"), "1")
        for n in range(20_000)
    ]

    html = render_body(parse_body("Ann " * 40_000), marks, names)[0].html

    assert html.count("<mark ") == 20_000
    assert html.count('<a class="nm"') == 40_000


def test_script_in_a_text_is_text() -> None:
    """HTML in a capture is shown as it is written, and a link to a script is none."""
    page = render_body(parse_body("<script>alert(1)</script> [x](javascript:alert(1))"))

    assert page[0].html == (
        "<p>&lt;script&gt;alert(1)&lt;/script&gt; [x](javascript:alert(1))</p>\n"
    )


def test_picture_is_its_alt_text() -> None:
    """Nothing is fetched from elsewhere: a picture's alt text stands in its place."""
    html = render_body(parse_body("![a map](https://example.org/map.png)"))[0].html

    assert html == '<p><span class="picture">a map</span></p>\n'


def test_prose_links_lead_where_the_archive_says() -> None:
    """A link in a body written by people leads to the page of what it names."""
    html = render_prose(
        parse_body("[Peskov](actor:dmitry-peskov)"), {"actor:dmitry-peskov": "../x.html"}.get
    )

    assert html == '<p><a class="link" href="../x.html">Peskov</a></p>\n'


PIECES = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 20)), max_size=8).map(sorted)
CUTS = st.lists(st.integers(0, 50), max_size=6).map(lambda cuts: sorted({0, *cuts, 50}))


@given(PIECES, CUTS)
def test_a_block_is_asked_from_stretch_to_stretch(
    pieces: list[tuple[int, int]], cuts: list[int]
) -> None:
    """Each stretch has the marks that have something in it, in order, wherever they began."""
    mark = Mark("c", "claim-c", "direct", (), "card-c", Markup("Claim 1"), "1")
    marks = tuple(MarkPiece(start, start + size, mark, True, True) for start, size in pieces)
    parts = tuple((start, PartStart(str(start), "", start)) for start in range(0, 50, 7))
    stretches = Stretches(Drawings(marks, parts=parts))

    for start, end in pairwise(cuts):
        found = stretches.between(start, end)
        assert found.marks == tuple(m for m in marks if m.start < end and m.end > start)
        assert found.parts == tuple(part for part in parts if start <= part[0] <= end)
