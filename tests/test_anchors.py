"""Where quotes, parts and names stand in a text: one place, or a problem that says which."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conftest import SmallArchive
from sourcebook.anchors import (
    DocumentPlaces,
    Span,
    Spans,
    find_occurrences,
    find_placements,
    place_annotations,
)
from sourcebook.anchors.occurrences import is_word_edge
from sourcebook.diagnostics import Diagnostic
from sourcebook.markup import parse_body
from sourcebook.model import AgentRef, Claim, Document, PackedText, Part
from sourcebook.text import normalise

NAMES = {
    "boris": ("Boris Johnson", "Johnson"),
    "lyndon": ("Lyndon Johnson", "Johnson"),
    "johnson-group": ("Johnson & Sons",),
    "putin": ("普京", "Путин"),
}


def place(body: str, **fields: object) -> tuple[DocumentPlaces, list[Diagnostic]]:
    """The places in a document with that body, and its problems."""
    given = {
        "slug": "page",
        "path": "content/documents/page.md",
        "title": "A",
        "body_line": 1,
        "captures": (),
        "transcription": "",
    }
    document = Document(body=PackedText.of(body), **{**given, **fields})  # type: ignore[arg-type]
    return place_annotations(document, parse_body(body), NAMES)


def quoted(
    body: str, *quote: str, before: str | None = None, after: str | None = None
) -> list[str]:
    """The passages that a quote is placed on; the problem's message where it is not placed."""
    places, problems = place(body, claims=(Claim("c", quote, before=before, after=after),))
    if problems:
        return [problems[0].message]
    return [str(places.text)[span.start : span.end] for span in places.claims[0][1]]


@pytest.mark.parametrize(
    ("body", "quote"),
    [
        ("He *did* not **say** so.", "did not say so"),
        ("See [the report](http://example.org) now.", "the report now"),
        ("one line\nand the next", "line and the next"),
        ("end of one.\n\nStart of another.", "of one. Start of"),
        ("- first\n- second\n", "first second"),
        ("1. first\n2. second\n", "first 2. second"),
        ("> said\n> he", "said he"),
        ("a `code b` c", "a code b c"),
        ("![a map](x.png) shows", "a map shows"),
        ("cafe\u0301 open", "café open"),
        ("he co\u00adoperates", "cooperates"),
        ("中国总统普京说。", "总统普京"),
        ("قال الرئيس إن", "الرئيس"),
        ("line one\\\nline two", "one line two"),
        ("&amp; so on", "& so on"),
    ],
)
def test_quote_crosses_what_readers_do_not_see(body: str, quote: str) -> None:
    """Emphasis, links, line ends, lists and blocks do not stand between a quote's words."""
    assert quoted(body, quote) == [quote]


@pytest.mark.parametrize(
    ("body", "quote"),
    [
        ("Peace talks", "peace talks"),
        ("unequal", "equal"),
        ("“safe zones”", '"safe zones"'),
        ("half—a million", "half-a million"),
        ("naïve", "naive"),
        ("q\u0307ed", "q"),
    ],
)
def test_quote_is_exact(body: str, quote: str) -> None:
    """Case, quotation marks, dashes, accents and word edges count."""
    assert quoted(body, quote) == [f'claim `c` quotes "{quote}", which is not in the text']


def test_quote_that_stands_twice_needs_its_neighbours() -> None:
    """`before` and `after` say which of several places is meant, even from another block."""
    body = "He said no.\n\nShe said no.\n\nThey left."

    assert quoted(body, "said no") == [
        'claim `c` quotes "said no", which stands in the text more than once'
    ]
    assert quoted(body, "said no", before="She") == ["said no"]
    assert quoted(body, "no.", after="They left") == ["no."]
    assert quoted(body, "said", before="no. She") == ["said"]


def test_split_quotation_has_one_placement_as_a_whole() -> None:
    """Passages stand in order; only the list as a whole must be unique."""
    body = '"We will," he said, "go." "We," she said, "stay."'

    assert quoted(body, "We will", "go") == ["We will", "go"]
    assert quoted(body, "We", "stay") == [
        'claim `c` quotes "We … stay", which stands in the text more than once'
    ]
    assert quoted(body, "stay", "go") == [
        "claim `c` has passages that do not stand in this order without overlap"
    ]


def test_help_tells_two_places_apart() -> None:
    """What help proposes for an ambiguous quote is enough to place it, even if much is repeated."""
    body = "and then he said no again. " * 3 + "Thus and then he said no again."

    _, problems = place(body, claims=(Claim("c", ("said no",)),))

    help = problems[0].help
    assert help is not None
    places = help.split("\n")[1:]
    assert len(places) == 4
    for line in places:
        _, field, words = line.split(": ", 2)
        assert quoted(body, "said no", **{field: words}) == ["said no"]


WORDS = st.lists(st.sampled_from(["a", "b", "ab", "-", ".", "a-b", "中"]), max_size=20).map(
    " ".join
)
PASSAGE = st.lists(st.sampled_from(["a", "b", "ab", "-", ".", "中"]), min_size=1, max_size=2).map(
    " ".join
)


def placements_by_trying(
    text: str, passages: list[str], before: str | None, after: str | None
) -> set[tuple[Span, ...]]:
    """Every placement, by trying all places for all passages."""
    places = [
        [
            Span(start, start + len(passage))
            for start in range(len(text))
            if text.startswith(passage, start)
            and is_word_edge(text, start)
            and is_word_edge(text, start + len(passage))
        ]
        for passage in passages
    ]
    return {
        spans
        for spans in product(*places)
        if all(one.end <= two.start for one, two in pairwise(spans))
        and (before is None or text[: spans[0].start].rstrip().endswith(before)
             or text[: spans[0].start].endswith(before))
        and (after is None or text[spans[-1].end :].lstrip().startswith(after))
    }  # fmt: skip


@given(WORDS, st.lists(PASSAGE, min_size=1, max_size=3), st.none() | PASSAGE, st.none() | PASSAGE)
def test_fast_placing_finds_what_trying_all_finds(
    text: str, passages: list[str], before: str | None, after: str | None
) -> None:
    """None, the only placement, or several: never one of many."""
    wanted = placements_by_trying(text, passages, before, after)

    found = find_placements(text, passages, before, after)

    # Of several passages only the first and the last of many placements are asked for.
    assert len(found) == (len(wanted) if len(passages) == 1 else min(len(wanted), 2))
    assert set(found) <= wanted


@given(WORDS, PASSAGE)
def test_occurrences_may_overlap(text: str, passage: str) -> None:
    """Every place at word edges is found, overlapping ones too."""
    wanted = placements_by_trying(text, [passage], None, None)

    assert {(span,) for span in find_occurrences(text, passage)} == wanted


def named(body: str, *actors: str, **fields: object) -> list[tuple[str, str]]:
    """(words, actor) of each linked name."""
    places, _ = place(body, actors=actors, **fields)
    return [
        (str(places.text)[name.span.start : name.span.end], name.actor) for name in places.names
    ]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("Johnson's plan", ["Johnson"]),
        ("Boris Johnson spoke", ["Boris Johnson"]),
        ("Johnson & Sons, and Johnson", ["Johnson & Sons", "Johnson"]),
        ("Johnsonville", []),
        ("johnson", []),
        ("*Boris* Johnson", ["Boris Johnson"]),
        ("Boris\nJohnson", ["Boris Johnson"]),
        ("(Johnson) “Johnson”", ["Johnson", "Johnson"]),
        ("俄罗斯总统普京说", ["普京"]),
        ("普京", ["普京"]),
        ("Путин, Путина", ["Путин"]),
        ("Johnson\u0301", []),
    ],
)
def test_names_are_whole_words_longest_first(body: str, names: list[str]) -> None:
    """Each name of an actor of the document is found, in any script, possessives included."""
    assert [words for words, _ in named(body, "boris", "johnson-group", "putin")] == names


def test_only_actors_of_the_document_are_named() -> None:
    """Johnson is the Johnson of this document, be he named by the document or by a claim."""
    assert named("Johnson spoke") == []
    assert named("Johnson spoke", "lyndon") == [("Johnson", "lyndon")]
    claim = Claim("c", ("spoke",), by=(AgentRef("actor", "boris"),))
    assert named("Johnson spoke", claims=(claim,)) == [("Johnson", "boris")]


def test_name_that_two_share_links_to_neither() -> None:
    """An alias of two actors is a warning and no link; the full names still lead to each."""
    places, problems = place("Boris Johnson met Johnson", actors=("boris", "lyndon"))

    assert [name.actor for name in places.names] == ["boris"]
    assert [problem.message for problem in problems] == [
        '"Johnson" is a name of `boris` and `lyndon`, so it links to neither here'
    ]


def test_name_that_two_share_in_a_part_links_to_neither_there() -> None:
    """A part's own actor makes a name of the document's actor ambiguous in the part alone."""
    parts = (Part("one", starts="One"), Part("two", starts="Two", actors=("lyndon",)))

    places, problems = place(
        "One: Johnson.\n\nTwo: Johnson, Lyndon Johnson.", actors=("boris",), parts=parts
    )

    assert [(str(places.text)[: n.span.start].split()[-1], n.actor) for n in places.names] == [
        ("One:", "boris"),
        ("Johnson,", "lyndon"),
    ]
    assert [problem.rule for problem in problems] == ["ambiguous-name"]


def parted(body: str, *parts: Part) -> list[str]:
    """The text of each part; the messages where there are problems."""
    places, problems = place(body, parts=parts)
    if problems:
        return [problem.message for problem in problems]
    return [str(places.text)[part.start : part.end] for part in places.parts]


def test_part_ends_where_the_next_begins() -> None:
    """A part may begin at a heading or in the middle of a paragraph."""
    body = "# One\n\nFirst words. Second words begin here.\n\n# One\n\nThird."

    assert parted(
        body, Part("a", heading="One"), Part("b", starts="Second words"), Part("c", heading="One")
    ) == ["One First words. ", "Second words begin here. ", "One Third."]


def test_part_ends_early_where_it_says_so() -> None:
    """`ends` is searched in the part alone."""
    body = "# One\n\nText. The end.\n\n# Two\n\nText. The end."

    assert parted(body, Part("a", heading="One", ends="The end."), Part("b", heading="Two")) == [
        "One Text. The end.",
        "Two Text. The end.",
    ]


def test_problem_of_a_part_says_what_to_do() -> None:
    """A heading is whole; words of a part stand once."""
    assert parted("# One two\n\nText text.", Part("a", heading="One"), Part("b", starts="no")) == [
        'part `a` begins at the heading "One", which is no heading of the text',
        'part `b` starts with "no", which is not in the text',
    ]


def test_problem_of_a_part_says_where_its_words_stand() -> None:
    """Words outside the part are not said to be missing, nor is one heading "1 times" there."""
    body = "# One\n\nText.\n\n# Two\n\nOther."
    _, (problem,) = place(
        body, parts=(Part("a", heading="One", ends="Other"), Part("b", heading="Two"))
    )

    assert problem.message == 'part `a` ends with "Other", which does not stand in it'
    assert problem.help == (
        "copy words of lines 1 to 3, where the part stands: these stand on line 7"
    )
    assert parted(body, Part("a", heading="One"), Part("b", heading="One")) == [
        f'part `{id}` begins at the heading "One", which the text has once, for 2 parts'
        for id in "ab"
    ]


def test_every_place_of_an_ambiguous_quote_is_shown(archive: SmallArchive) -> None:
    """Four places are four ways to say which one is meant."""
    text = "There was no war.\n\nHe said no word.\n\nShe said no.\n\nThey heard no.\n"
    archive.write("content/captures/briefing.txt", text)
    archive.write(
        "content/documents/briefing.md",
        "---\ntitle: A\ncaptures:\n  - file: captures/briefing.txt\n    sha256: …\n"
        "transcription: …\nclaims:\n  - {id: c, quote: no}\n---\n" + text,
    )
    (message,) = archive.messages()
    shown = [line.split(":")[0].strip() for line in message.splitlines() if " line " in line]
    assert shown == ["line 10", "line 12", "line 14", "line 16"]


@pytest.mark.parametrize(
    ("quote", "help"),
    [
        ("did not consult", "the text has it once: leave `before` and `after` out"),
        ("not", "line 19: before: American partners did"),
    ],
)
def test_a_wrong_before_is_answered_with_the_right_one(
    quote: str, help: str, archive: SmallArchive
) -> None:
    """What the text has, but not behind those words, is shown with what it has there."""
    archive.replace(
        "content/documents/briefing.md",
        "quote: Our American partners did not consult with Russia",
        f"quote: {quote}\n    before: the minister",
    )
    (problem,) = archive.check().diagnostics
    assert problem.rule == "quote-not-found"
    assert help in str(problem.help)


def test_of_very_many_places_some_are_shown() -> None:
    """Six places are shown, and the others are counted."""
    _, problems = place("She said no. " * 9, claims=(Claim("c", ("said no",)),))

    help = problems[0].help
    assert help is not None
    assert len(help.split("\n")) == 1 + 6 + 1
    assert help.endswith("\nand 3 places more")


@pytest.mark.parametrize(
    ("quote", "label"),
    [
        ("the ministers spoke of peace", "closest passages, line 1: "),
        ("a minister has talked of war", "closest passage, line 1: "),
    ],
)
def test_doubtful_passages_are_proposed_alone(quote: str, label: str) -> None:
    """Of passages that are much like the quote two are shown, of others only the likest."""
    body = "the minister spoke of peace\n\nthe minister speaks of peace"

    _, problems = place(body, claims=(Claim("c", (quote,)),))

    assert problems[0].help is not None
    assert problems[0].help.startswith(label)


@pytest.mark.parametrize("mark", [" … ", "... ", " [...] ", " (…) "])
def test_a_quote_with_a_mark_of_omission_is_told_to_be_a_list(mark: str) -> None:
    """As newspapers write it: what is left stands in the text, the mark does not."""
    body = "He spoke of the war, and long, and of: the peace."

    _, problems = place(body, claims=(Claim("c", (f"of the war{mark}of: the peace",)),))

    assert str(problems[0].help) == (
        "where words are left out, a quote is a list of passages, each on a line:\n"
        '- of the war\n- "of: the peace"'
    )


def test_a_passage_with_quotation_marks_is_shown_as_a_value() -> None:
    """What is copied from the message into the field is read as the passage."""
    _, problems = place('So "it: is" over, they said.', claims=(Claim("c", ("So it: was over",)),))

    assert problems[0].help == "closest passage, line 1: 'So \"it: is\" over'"


def test_words_repeated_without_end_are_compared_as_quickly() -> None:
    """A long quote of few different words is looked for like any other."""
    body, quote = "one two three " * 4000, "one two thre " * 2000

    _, problems = place(body, claims=(Claim("c", (quote,)),))

    assert [problem.rule for problem in problems] == ["quote-not-found"]


def edges_looked_at(monkeypatch: pytest.MonkeyPatch, body: str, claims: list[Claim]) -> int:
    """How often it was asked whether a place is a word's edge."""
    looked = 0

    def is_edge_counted(text: str, offset: int) -> bool:
        nonlocal looked
        looked += 1
        return is_word_edge(text, offset)

    monkeypatch.setattr("sourcebook.anchors.occurrences.is_word_edge", is_edge_counted)
    place(body, claims=tuple(claims))
    return looked


@pytest.mark.parametrize(
    "claims",
    [
        [Claim(f"c{i}", ("one two",)) for i in range(20)],
        [Claim(f"c{i}", ("one two",), before="zero") for i in range(20)],
        [Claim("c", ("one",) * 100)],
        [Claim(f"c{i}", ("two thre",)) for i in range(20)],
        [Claim("c", ("two thre",) * 100)],
    ],
    ids=["ambiguous", "told apart", "passages", "inside a word", "passages inside words"],
)
def test_places_that_a_text_repeats_are_not_all_looked_at(
    claims: list[Claim], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text that repeats the words of its claims ten times as often takes no more looks."""
    few = edges_looked_at(monkeypatch, "zero one two. " + "one two three " * 200, claims)
    many = edges_looked_at(monkeypatch, "zero one two. " + "one two three " * 2000, claims)

    assert 0 < many == few


def test_help_of_very_many_wrong_quotes_is_left_out() -> None:
    """Fifty times what may be meant is looked for, then the message says that it was not."""
    _, problems = place(
        "the minister spoke of peace",
        claims=tuple(Claim(f"c{i}", ("the ministers spoke",)) for i in range(52)),
    )

    assert [str(problem.help) for problem in problems[49:]] == [
        'closest passage, line 1: "the minister spoke"',
        *["what may be meant is looked for 50 times: mend those problems first"] * 2,
    ]


def test_places_of_an_ambiguous_quote_are_counted_to_a_hundred() -> None:
    """A quote that stands everywhere has its first places shown and no exact number."""
    _, problems = place("She said no. " * 500, claims=(Claim("c", ("said no",)),))

    assert str(problems[0].help).endswith("\nand at least 95 places more")


def test_headings_of_many_parts_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice as many parts take twice as much to place, not four times."""

    def count(size: int) -> int:
        read = 0

        def normalise_counted(text: str) -> str:
            nonlocal read
            read += 1
            return normalise(text)

        monkeypatch.setattr("sourcebook.anchors.parts.normalise", normalise_counted)
        parts = tuple(Part(f"p{i}", heading=f"Part {i}") for i in range(size))
        places, _ = place("\n\n".join(f"## Part {i}\n\nWords." for i in range(size)), parts=parts)
        assert len(places.parts) == size
        return read

    assert 0 < count(80) <= 2 * count(40)


SPANS = st.lists(
    st.builds(lambda start, size: Span(start, start + size), st.integers(0, 20), st.integers(1, 9))
)


@given(SPANS, SPANS)
def test_spans_are_compared_with_all_at_once(many: list[Span], asked: list[Span]) -> None:
    """What overlaps or lies in one of many spans is what does so with each looked at."""
    spans = Spans.of(many)

    for one in asked:
        assert spans.overlap(one) == any(s.start < one.end and one.start < s.end for s in many)
        assert spans.enclose(one) == any(s.start <= one.start and one.end <= s.end for s in many)


def test_only_names_that_a_part_has_are_looked_for_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice as many parts and actors take twice as many searches, not four times."""

    def count(size: int) -> int:
        searched = 0

        def find_counted(text: str, name: str, *extent: int) -> list[Span]:
            nonlocal searched
            searched += 1
            return find_occurrences(text, name, *extent)

        monkeypatch.setattr("sourcebook.anchors.names.find_occurrences", find_counted)
        for i in range(size):
            monkeypatch.setitem(NAMES, f"a{i}", (f"Ann{i:02}",))
            monkeypatch.setitem(NAMES, f"b{i}", (f"Bob{i:02}",))
        places, _ = place(
            "\n\n".join(f"## Part {i}\n\nAnn{i:02} met Bob{i:02}." for i in range(size)),
            actors=tuple(f"a{i}" for i in range(size)),
            parts=tuple(Part(f"p{i}", heading=f"Part {i}", actors=(f"b{i}",)) for i in range(size)),
        )
        assert [name.actor for name in places.names] == [
            f"{kind}{i}" for i in range(size) for kind in "ab"
        ]
        return searched

    assert 0 < count(40) <= 2 * count(20)


@pytest.mark.parametrize("named", ["- Ann Lee", "-----", "Ann\n---\nLee"])
def test_layout_of_a_speakers_name_is_not_in_the_text_either(named: str) -> None:
    """A page shows it between quotation marks, as what the text calls the speaker."""
    body = "Ann Lee spoke on Monday."
    _, found = place(body, claims=(Claim("a", ("on Monday",), named=named),))
    _, right = place(body, claims=(Claim("a", ("on Monday",), named="ann\u200b\nlee"),))

    assert [problem.rule for problem in found] == ["words-not-in-text"]
    assert right == []
