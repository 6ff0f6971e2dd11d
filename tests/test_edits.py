"""Edits of a person's file change only the lines that they must."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.diagnostics import UsageError
from sourcebook.edits import append_items, format_scalar, set_scalar
from sourcebook.frontmatter import Value, parse_mapping, split_page

PAGE = """---
# who made this
title:   "A: b"   # the title
transcription: 0000
date: 2017
corrections:
  - was: x  # first
    now: "y"
# what was said
claims:
- id: one
---
Body: with a colon

---
"""


def fields_of(text: str) -> dict[str, Value]:
    """The fields of a page, which must be without problems."""
    page = split_page(text)
    assert page is not None
    fields, problems = parse_mapping(page.front, "page.md")
    assert problems == []
    assert fields is not None
    return fields


def changed_lines(old: str, new: str) -> tuple[list[str], list[str]]:
    """The lines that went and those that came, line ends kept, all others in order."""
    diff = list(difflib.ndiff(old.splitlines(True), new.splitlines(True)))
    return [d[2:] for d in diff if d[0] == "-"], [d[2:] for d in diff if d[0] == "+"]


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_one_value_is_one_line(end: str) -> None:
    """Setting a value changes its line alone, and not the comment behind it."""
    old = PAGE.replace("\n", end)

    new = set_scalar(set_scalar(old, "transcription", "1b9c"), "title", "C")

    assert changed_lines(old, new) == (
        [f'title:   "A: b"   # the title{end}', f"transcription: 0000{end}"],
        [f"title:   C   # the title{end}", f"transcription: 1b9c{end}"],
    )


def test_byte_order_mark_stays() -> None:
    """A page that an editor began with a byte-order mark is edited like any other, and keeps it."""
    old = "\ufeff" + PAGE

    new = append_items(set_scalar(old, "transcription", "1b9c"), "corrections", [{"was": "z"}])

    assert changed_lines(old, new) == (
        ["transcription: 0000\n"],
        ["transcription: 1b9c\n", "  - was: z\n"],
    )


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_missing_field_becomes_the_last_line(end: str) -> None:
    """A field that is not there yet is added below the others."""
    old = PAGE.replace("\n", end)

    new = set_scalar(old, "review", "accepted")

    assert changed_lines(old, new) == ([], [f"review: accepted{end}"])
    assert fields_of(new)["review"] == "accepted"


@pytest.mark.parametrize(
    "front", ["lang:\n", "lang: \n", "lang:   # which?\n", "lang: ~\n", "lang: ''\n"]
)
def test_empty_field_is_filled_in(front: str) -> None:
    """A field that was left empty takes its value."""
    new = set_scalar(f"---\ntitle: A\n{front}---\n", "lang", "en")

    assert fields_of(new) == {"title": "A", "lang": "en"}


def test_first_field_of_an_empty_page() -> None:
    """Front matter without fields takes one."""
    assert set_scalar("---\n---\nBody\n", "title", "A") == "---\ntitle: A\n---\nBody\n"


@pytest.mark.parametrize(
    "front", ["title: [a]\n", "title:\n  - a\n", "title: |\n  a\n  b\n", "title: {a: b}\n"]
)
def test_field_of_several_values_is_left_alone(front: str) -> None:
    """Nothing is written over a list, fields or a text of several lines."""
    with pytest.raises(UsageError, match="`title` holds more than one value"):
        set_scalar(f"---\n{front}---\n", "title", "A")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("field", ["corrections", "claims", "notes"])
def test_items_are_added_at_the_end_of_their_list(field: str, end: str) -> None:
    """New items stand behind the old ones; a list that is missing is made."""
    old = PAGE.replace("\n", end)
    before = fields_of(old).get(field) or []
    assert isinstance(before, list)

    new = append_items(old, field, [{"id": "a", "note": "b: c"}, {"id": "d"}])

    gone, come = changed_lines(old, new)
    assert gone == []
    assert all(line.endswith(end) for line in come)
    assert fields_of(new) == {
        **fields_of(old),
        field: [*before, {"id": "a", "note": "b: c"}, {"id": "d"}],
    }


def test_items_stay_above_the_next_fields_comment() -> None:
    """A comment that stands above the next field goes on standing above it."""
    new = append_items(PAGE, "corrections", [{"was": "p"}])

    assert '    now: "y"\n  - was: p\n# what was said\nclaims:\n' in new


@pytest.mark.parametrize("front", ["notes:\n", "notes: ~\n", "notes:  # none yet\n", "notes: []\n"])
def test_items_go_into_an_empty_list(front: str) -> None:
    """A list that was left empty takes its first item."""
    new = append_items(f"---\n{front}title: A\n---\n", "notes", [{"id": "a"}])

    assert fields_of(new) == {"notes": [{"id": "a"}], "title": "A"}


def test_list_in_one_line_is_left_alone() -> None:
    """A list in brackets is a person's choice: nothing is written, and the caller is told."""
    with pytest.raises(UsageError, match="`notes` is written in one line"):
        append_items("---\nnotes: [{id: a}]\n---\n", "notes", [{"id": "b"}])


VALUES = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    st.text(" ab:#-'\"\\[]{}&*!|>%@`,?~\n\t<=", max_size=15),
    st.sampled_from(
        ["no", "Null", "~", "true", "2017", "<<", "---", "a: b", "…", "é\u0301", "\u2028"]
    ),
)


@given(VALUES)
def test_written_value_reads_the_same(value: str) -> None:
    """Whatever a value is, it is written so that it reads back as itself, on one line."""
    written = format_scalar(value)

    assert "\n" not in written
    assert parse_mapping(f"a: {written}\nb: c\n", "p") == ({"a": value, "b": "c"}, [])
    assert parse_mapping(f"- {written}", "p")[1][0].message.startswith("there are no fields")


def test_ordinary_values_are_written_plainly() -> None:
    """Quotation marks stand only where they are needed."""
    assert [format_scalar(v) for v in ("said", "it's 5 o'clock", "a: b", 'he said "no"', "no")] == [
        "said",
        "it's 5 o'clock",
        '"a: b"',
        'he said "no"',
        '"no"',
    ]


def test_fields_in_braces_are_left_to_their_author() -> None:
    """Lines cannot be added to front matter that is one value in braces."""
    page = "---\n{title: A, transcription: b}\n---\nText.\n"

    with pytest.raises(UsageError, match="its fields stand in braces"):
        append_items(page, "corrections", [{"was": "a", "now": "b"}])
    with pytest.raises(UsageError, match="its fields stand in braces"):
        set_scalar(page, "transcription", "c")
