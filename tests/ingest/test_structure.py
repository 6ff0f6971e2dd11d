"""What each line of a plain text is: ``find_structure`` and ``is_hard_wrapped``."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.ingest.structure import Block, find_structure, is_hard_wrapped

CAPTURES = Path(__file__).parents[2] / "content" / "captures"


def roles(text: str) -> list[tuple[str, str]]:
    """The kind of each block and its words."""
    return [(block.kind, text[block.start : block.end]) for block in find_structure(text)]


def read_example(number: str) -> str:
    (path,) = CAPTURES.glob(f"{number}_*.txt")
    return path.read_bytes().decode("utf-8")


def blocks_of_kind(text: str, kind: str) -> list[str]:
    return [text[b.start : b.end] for b in find_structure(text) if b.kind == kind]


def test_one_paragraph_a_line() -> None:
    """Where lines are long, each is a paragraph, and a short one without a full stop a heading."""
    text = (
        "Minister resigns over budget\n\n"
        "The finance minister resigned on Monday after the vote was lost.\n"
        "Nobody in the party was surprised, a colleague said later.\n"
        "What happens now\n"
        "Parliament will be asked for another budget before the summer.\n"
    )
    assert roles(text) == [
        ("heading", "Minister resigns over budget"),
        ("paragraph", "The finance minister resigned on Monday after the vote was lost."),
        ("paragraph", "Nobody in the party was surprised, a colleague said later."),
        ("heading", "What happens now"),
        ("paragraph", "Parliament will be asked for another budget before the summer."),
    ]


def test_hard_wrapped_lines_are_joined() -> None:
    """Lines broken at a page's width are one paragraph; an empty line ends it."""
    text = (
        "The finance minister resigned on Monday after the vote on\n"
        "the budget was lost by a single voice, and nobody in the\n"
        "party said that it came as a surprise to them or to him.\n"
        "\n"
        "Parliament will be asked for another budget before it is\n"
        "summer, the speaker said, and it will be asked just once.\n"
    )
    assert is_hard_wrapped(text)
    assert [kind for kind, _ in roles(text)] == ["paragraph", "paragraph"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_kind(end: str) -> None:
    """Offsets are right whichever line ends the capture has."""
    text = end.join(["A headline of a page", "", "  First paragraph, as long as it is.", "", "***"])
    assert roles(text) == [
        ("heading", "A headline of a page"),
        ("paragraph", "First paragraph, as long as it is."),
        ("separator", "***"),
    ]


def test_list_items_stand_without_their_markers() -> None:
    """A bullet is layout and no part of its item; a number is text, and its place is known."""
    text = "Points\n\n  • First of them\n  • Second\n\n1. One thing\n2. Another thing\n"
    bullets, numbers = [b for b in find_structure(text) if b.kind == "list"]
    assert [text[i.start : i.end] for i in bullets.items] == ["First of them", "Second"]
    assert [(i.number, text[i.start : i.end]) for i in numbers.items] == [
        ("1.", "One thing"),
        ("2.", "Another thing"),
    ]
    assert numbers.items[0].number_start == numbers.start == text.index("1. One")


def test_a_year_at_the_start_of_a_line_is_no_list() -> None:
    """A line that opens with "1986." is a paragraph."""
    assert roles("1986. A great year for wine, as they say.\n")[0][0] != "list"


def test_a_single_number_belongs_to_its_paragraph() -> None:
    """One numbered line is no list, and keeps its number."""
    assert roles("1. Only this one was ever written down by them.\n") == [
        ("paragraph", "1. Only this one was ever written down by them.")
    ]


def test_names_on_adjacent_lines_are_a_list() -> None:
    """Four or more short lines without markers are kept together, one item each."""
    names = "Ada B – France\nCy D – Spain\nEd F – Italy\nGo H – Malta\n"
    text = f"The members were named as follows, he wrote.\n\n{names}"
    block = find_structure(text)[-1]
    assert (block.kind, len(block.items)) == ("list", 4)


def test_block_quotation_ends_where_the_narrator_returns() -> None:
    """Paragraphs after "said:" are quoted while they speak in the first person."""
    text = (
        "The envoy said on Thursday:\n\n"
        "Our partners did not ask us. It is their decision.\n\n"
        "It’s important that nobody makes this worse.\n\n"
        "In an interview broadcast on Wednesday, the minister was less polite.\n"
    )
    assert blocks_of_kind(text, "quotation") == [
        "Our partners did not ask us. It is their decision.\n\n"
        "It’s important that nobody makes this worse."
    ]


def test_the_words_of_a_picture_are_no_quotation() -> None:
    """A line such as "Image of ...:" announces a caption, not somebody's words."""
    text = "Some of the tents that were set up:\n\nTENTS BORDER 3\n\nTurkey hosts many people.\n"
    assert [kind for kind, _ in roles(text)] == ["paragraph", "caption", "paragraph"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("READ MORE: A vote is taken", "read-more"),
        ("Read more:", "read-more"),
        ("See also Iran Daily, Feb 4: Twelve killed", "read-more"),
        ("  • Published in World", "closing"),
        ("Comments 25", "closing"),
        ("@some_one : look at this, all of you.", "embed"),
        ("Thursday 2nd of July 2020", "date"),
        ("By Ann Lee and Bob Ray", "byline"),
        ("By Ann Lee, Valley Herald, 14 March 2019", "byline"),
        ("By Ann Lee, March 14, 2019", "byline"),
        ("* * *", "separator"),
    ],
)
def test_lines_that_are_no_running_text(line: str, kind: str) -> None:
    """Pointers, closing lines, posts, dates and bylines are told from their words."""
    text = f"A headline of a page\n\nA paragraph that is long enough to be one.\n\n{line}\n"
    assert find_structure(text)[-1].kind == kind


@pytest.mark.parametrize(
    "line",
    [
        "the office has no comment on the numbers.",
        "قال رئيس البلدية: «لقد حذرنا الوزارة ثلاث مرات» قبل الفيضان.",
        "Er sagte: „Wir haben gewarnt.“",
    ],
)
def test_a_short_sentence_is_no_heading(line: str) -> None:
    """In small letters, in a script that has no others, or closed by the marks of German."""
    text = f"A headline of a page\n\n{line}\n\nA paragraph that is long enough to be one.\n"
    assert [kind for kind, _ in roles(text)] == ["heading", "paragraph", "paragraph"]


def test_headings_have_levels() -> None:
    """Where closing lines part the items, the heading after one is an item's, others are inside."""
    text = (
        "First item – Minister\n\nSomething happened here on that day.\n\n"
        "‘He knew’\n\nMore of it was told later by others.\n\n"
        "  • Published in World\n\n"
        "Second item opens\n\nSomething else happened at the coast.\n\n  • Published in World\n"
    )
    headings = [b for b in find_structure(text) if b.kind == "heading"]
    assert [b.level for b in headings] == [2, 3, 2]


def test_example_quotations() -> None:
    """The block quotations of two round-ups are found whole."""
    found = blocks_of_kind(read_example("000"), "quotation")
    assert len(found) == 4
    assert [quotation.split()[:3] + quotation.split()[-3:] for quotation in found] == [
        ["Our", "American", "partners", "taken", "into", "account."],
        ["You’re", "looking", "at", "to", "happen", "here."],
        ["The", "Secretary", "of", "potential", "third-country", "resettlement."],
        ["It", "is", "our", "the", "way", "forward."],
    ]
    assert len(blocks_of_kind(read_example("001"), "quotation")) == 3


@pytest.mark.parametrize("number", ["000", "001", "002", "003", "004"])
def test_blocks_cover_the_example_captures(number: str) -> None:
    """Every letter of a capture is in exactly one block."""
    text = read_example(number)
    assert_covers(text, find_structure(text))


@given(st.text(alphabet=st.sampled_from("ab A1.-*•\"“” \n\r\t:#>'"), max_size=200))
def test_blocks_cover_any_text(text: str) -> None:
    """Blocks are in order, trimmed, and leave out nothing but white space and layout."""
    assert_covers(text, find_structure(text))


def assert_covers(text: str, blocks: tuple[Block, ...]) -> None:
    position = 0
    for block in blocks:
        assert position <= block.start < block.end <= len(text)
        assert text[block.start : block.end] == text[block.start : block.end].strip()
        assert not any(char.isalnum() for char in text[position : block.start])
        position = block.end
    assert not any(char.isalnum() for char in text[position:])


def test_the_fields_of_a_message_are_no_headings() -> None:
    """Neither its own nor those of the one that it answers, nor the name signed above them."""
    head = ["From: Ann Lee", "To: Bo Ray", "Sent: Monday, March 11, 2024", "Subject: RE: numbers"]
    answered = ["-----Original Message-----", "From: Bo Ray", "To: Ann Lee", "Subject: numbers"]
    text = "\n".join([*head, "", "Bo,", "", "It is 34.", "", "Ann", "", *answered, "", "How many?"])
    lines = [*head, "Bo,", "It is 34.", "Ann", *answered, "How many?"]
    assert roles(text) == [("paragraph", line) for line in lines]


def test_the_head_of_a_message_says_nothing_of_its_lines_width() -> None:
    """Each field is a block of its own; a short message is joined where its sentences go on."""
    text = (
        "From: Ann Lee <ann@lee.example>\nTo: bo@ray.example\nX-Long: one\n two\n"
        "Subject: The dam\n\nDear Bo,\n\n"
        "I wrote to the minister in the spring, and I was told that the wall of\n"
        "it was safe, and that I should stop, and my own boss told me that it is\n"
        "hysteria.\n"
    )
    assert [text[b.start : b.end].split(maxsplit=1)[0] for b in find_structure(text)] == [
        "From:",
        "To:",
        "X-Long:",
        "Subject:",
        "Dear",
        "I",
    ]
    assert is_hard_wrapped(text)


def test_a_name_below_best_regards_is_no_heading() -> None:
    """What a comma leads to on the next line goes on with it."""
    text = "Dear Ann,\n\nIt is late, and I go.\n\nBest regards,\nBo Ray\n\nOn Friday you wrote to me.\n"
    assert "heading" not in [kind for kind, words in roles(text) if words == "Bo Ray"]
