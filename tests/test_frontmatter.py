"""Front matter: what it says, where it says it, and what it must not use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sourcebook.diagnostics import Diagnostic
from sourcebook.frontmatter import (
    locate_diagnostics,
    parse_mapping,
    split_page,
)
from sourcebook.frontmatter.strict import compose


def problem_of(text: str) -> str:
    """The only problem of a YAML text, as ``line:column rule: message``."""
    value, problems = parse_mapping(text, "page.md")
    assert value is None
    (problem,) = problems
    return f"{problem.line}:{problem.column} {problem.rule}: {problem.message}"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_page_is_split_at_its_two_fences(end: str) -> None:
    """The fields stand between two lines `---`; the body's line is counted in the file."""
    text = end.join(["---", "title: A", "---", "", "Body", "---", "more"])

    page = split_page(text)

    assert page is not None
    assert (page.front, page.body, page.body_line) == (
        f"title: A{end}",
        end.join(["", "Body", "---", "more"]),
        4,
    )


@pytest.mark.parametrize(
    "text", ["", "text", "---\ntitle: A\n", "\n---\na: b\n---\n", "----\n---\n"]
)
def test_page_without_two_fences_has_no_front_matter(text: str) -> None:
    """A file that does not begin with a closed block of fields is no page."""
    assert split_page(text) is None


def test_every_plain_value_is_text() -> None:
    """Dates, numbers and words such as `no` are the text they look like; only nothing is nothing."""
    value, problems = parse_mapping(
        "a: no\nb: 2017\nc: 1_000\nd: 2017-01-27\ne: 1e3\nf: ~\ng:\nh: ''\ni: 'null'\nj: 0x1F\n",
        "p",
    )

    assert problems == []
    assert value == {
        "a": "no",
        "b": "2017",
        "c": "1_000",
        "d": "2017-01-27",
        "e": "1e3",
        "f": None,
        "g": None,
        "h": "",
        "i": "null",
        "j": "0x1F",
    }


@pytest.mark.parametrize(
    ("yaml", "problem"),
    [
        ("a: b: c", "1:5 invalid-yaml: there is a `: ` too many, or a wrong indent"),
        ("a: b\n\tc: d", "2:1 invalid-yaml: the line begins with a tab"),
        ("- a: |\n    b\n\tc: d", "3:1 invalid-yaml: the line begins with a tab"),
        ("a:\n\tb: c", "2:1 invalid-yaml: a tab stands here"),
        ("a:\n    b: c\n  - b: d", "3:3 invalid-yaml: an item of a list stands here, but nothing above it"
         " begins a list"),
        ("a: b\n<<<<<<< HEAD\nc: d\n=======\nc: e\n>>>>>>> x\n", "2:1 invalid-yaml: git has left two"
         " versions of a passage here"),
        ("a: @b", "1:4 invalid-yaml: text cannot begin with this character"),
        ('x: 1\na: "b\nc: d', "2:4 invalid-yaml: a quotation mark is opened here and never closed"),
        ("a: [b\nc: d", "1:4 invalid-yaml: a `[` is opened here and not closed, or a comma is missing"),
        ("a: {b: c", "1:4 invalid-yaml: a `{` is opened here and not closed, or a comma is missing"),
        ("a: - b", "1:4 invalid-yaml: a list cannot begin on the line of its field"),
        ('a: "\\d"', "1:5 invalid-yaml: a backslash means something between double quotation marks"),
        ("a:\n  - b\n  c: d", "3:3 invalid-yaml: this line does not belong to the list above it"),
        ("a: |\n b\nc", "3:1 invalid-yaml: this line is no `field: value`"),
        ("a b\nc: d", "1:1 invalid-yaml: this line is no `field: value`"),
        ("a: b\nc d\n# e\nf: g", "2:1 invalid-yaml: this line is no `field: value`"),
        ("a:\n  - b c\n    d: e", "2:3 invalid-yaml: this line is no `field: value`"),
        ("a:\n  -b: c\n   d: e", "2:3 invalid-yaml: a space is missing behind the hyphen of a list's item"),
        ("a:b\nc: d", "1:1 invalid-yaml: a space is missing behind `a:`"),
        ("a:\n  - b: c\n    d:e\n    f: g", "3:5 invalid-yaml: a space is missing behind `d:`"),
        ("a: b\n  c: d", "2:3 invalid-yaml: this line begins deeper than the field above it, which has"
         " its value already"),
        ("a:\n  b: c\n    d: e", "3:5 invalid-yaml: this line begins deeper than the field above it,"
         " which has its value already"),
        ("a: b\n  c d\n  e: f", "3:4 invalid-yaml: there is a `: ` too many, or a wrong indent"),
        ("a:\n  - b: c\n  \u2013 b: c", "3:3 invalid-yaml: the line begins with `\u2013`, which is no"
         " hyphen"),
        ("a:\n  \u2013 b: c\n    d: e", "2:3 invalid-yaml: the line begins with `\u2013`, which is no"
         " hyphen"),
        ("a: b\nc:\u00a0d\ne: f", "2:1 invalid-yaml: the space behind `c` is not the keyboard's, such as"
         " copied text has"),
        ("a: b\nc\uff1a d\ne: f", "2:1 invalid-yaml: the colon behind `c` is not the keyboard's, such as"
         " copied text has"),
        ("a:\n- b\n-c\nd: e", "3:1 invalid-yaml: a space is missing behind the hyphen of a list's item"),
        ("a:\n  - b: c\n  -d: e", "3:3 invalid-yaml: a space is missing behind the hyphen of a list's item"),
        ("---\na: b\n---\n", "3:1 invalid-yaml: the fields end here, at a line that begins with `---`"),
        ("a: b\n...\nc: d", "3:1 invalid-yaml: the fields end above, at a line `...` or at one that begins"
         " with `%`"),
        ('a: "b" c', "1:8 invalid-yaml: something follows here that belongs to no field"),
        ("a: 'it's'", "1:8 invalid-yaml: something follows here that belongs to no field"),
        ("just text", "1:1 invalid-yaml: there are no fields here, only text or a list"),
        ("- a\n- b", "1:1 invalid-yaml: there are no fields here, only text or a list"),
        ("é: a\x07b", "1:5 invalid-yaml: the invisible character U+0007 stands here"),
        ("a: b\x00", "1:5 invalid-yaml: the invisible character U+0000 stands here"),
        ("a: &x b", "1:4 yaml-anchor: `&x` is a YAML reference: text cannot begin with `&` or `*`"),
        ("a: [x, *y]", "1:8 yaml-anchor: `*y` is a YAML reference: text cannot begin with `&` or `*`"),
        ("a: **b**", "1:4 yaml-anchor: text cannot begin with `*` or `&` here"),
        ("a: !!python/name:os.system", "1:4 yaml-tag: `!!python/name:os.system` is a YAML tag: text"
         " cannot begin with `!`"),
        ("<<: {a: b}", "1:1 yaml-merge-key: `<<` would copy the fields of another record"),
        ("{a: b}: c", "1:1 invalid-yaml: a field's name must be a word"),
    ],
)  # fmt: skip
def test_problem_is_said_in_words_at_its_place(yaml: str, problem: str) -> None:
    """What YAML cannot read, or must not hold, is said for people who do not program."""
    assert problem_of(yaml) == problem


def test_a_key_that_stands_many_times_is_reported_as_quickly() -> None:
    """Each of forty thousand lines is one problem, and each is found once."""
    value, problems = parse_mapping("a: b\n" * 40_000, "p")

    assert value == {"a": "b"}
    assert [problems[0].line, problems[-1].line, len(problems)] == [2, 40_000, 39_999]


def test_duplicate_keys_are_all_reported_and_the_first_counts() -> None:
    """No value disappears in silence."""
    value, problems = parse_mapping("a: 1\nb: {c: 2, c: 3}\na: 4\n", "p")

    assert value == {"a": "1", "b": {"c": "2"}}
    assert [(p.rule, p.line, p.column) for p in problems] == [
        ("duplicate-key", 2, 11),
        ("duplicate-key", 3, 1),
    ]


def test_duplicate_keys_are_reported_beside_what_is_refused() -> None:
    """All is said in one run: who mends the one does not learn of the other by the next."""
    value, problems = parse_mapping("a: 1\na: 2\n<<: b\n", "p")

    assert value is None
    assert [(p.rule, p.line) for p in problems] == [("duplicate-key", 2), ("yaml-merge-key", 3)]


@pytest.mark.parametrize(
    "yaml",
    [
        "a: " + "[" * 100_000,
        "a: " + "{b: " * 50_000,
        "- " * 100_000,
        "? " * 100_000,
        "".join(" " * depth + "a:\n" for depth in range(1_000)),
        "a: &a [x]\n" + "".join(f"b{i}: &b{i} [*a, *a, *a]\n" for i in range(50)),
    ],
)
def test_hostile_yaml_is_refused(yaml: str) -> None:
    """Deep nesting and references that multiply are an ordinary error, at little cost."""
    value, problems = parse_mapping(yaml, "p")

    assert value is None
    assert problems[0].rule in ("invalid-yaml", "yaml-anchor")


def placed(text: str, *pointer: str | int) -> tuple[int | None, int | None, str | None]:
    """Where a diagnostic for a value stands in a file."""
    found = Diagnostic("rule", "message", "page.md", pointer=pointer)
    (located,) = locate_diagnostics([found], {"page.md": text}.get)
    return located.line, located.column, located.source_line


PAGE = """---
title: A
claims:
  - id: one
    by: [a, b]
  - {id: two, quote: "x: y"}
---
"""


def test_value_is_found_by_its_pointer() -> None:
    """A rule names the value that it means; its line and column are those of the file."""
    assert placed(PAGE, "claims", "one", "by", 1) == (5, 13, "    by: [a, b]")
    assert placed(PAGE, "claims", 1, "quote") == (6, 22, '  - {id: two, quote: "x: y"}')
    assert placed(PAGE, "claims", "two", "quote", "@key") == placed(
        PAGE, "claims", 1, "quote", "@key"
    )


def test_value_that_stands_alone_is_found_as_the_first_of_a_list() -> None:
    """A field that takes one value or a list is always read as a list."""
    assert placed(PAGE, "claims", "two", "quote", 0) == placed(PAGE, "claims", "two", "quote")


def test_missing_value_is_shown_at_what_should_hold_it() -> None:
    """The place of a missing field is its record's, and at the top the fence."""
    assert placed(PAGE, "claims", "one", "quote") == (4, 5, "  - id: one")
    assert placed(PAGE, "date") == (1, 1, "---")


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_lines_are_counted_as_editors_count_them(separator: str) -> None:
    """A Unicode line separator in a text ends no line of the file."""
    text = f"---\na: one{separator}  two\nb: three\n---\n"

    assert placed(text, "b") == (3, 4, "b: three")
    assert parse_mapping(f"a: one{separator}two: no\n", "p")[1][0].line == 1


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_any_system_are_one_line_each(end: str) -> None:
    """CR LF is one line end and so is CR, in the fields and in the body."""
    text = end.join(["---", "a: b", "c: d", "---", "one", "two", ""])
    found = Diagnostic("rule", "message", "page.md", body_offset=3 + len(end), width=3)

    assert placed(text, "c") == (3, 4, "c: d")
    (located,) = locate_diagnostics([found], {"page.md": text}.get)
    assert (located.line, located.column, located.source_line) == (6, 1, "two")


PIECES = (
    *("a: ", "b: ", "a", "- ", "  ", "    ", "\n", "\n", "[", "]", "{", "}", ", ", ": ", "?", "? "),
    *("'", '"', "|\n", ">-\n", "~", "null", "''", "<<: ", "&x ", "*x", "!t ", "---", "...", "# c"),
    *("\t", "%YAML 1.1\n", "\x85", "\x00", "- - - ", "[" * 60, "- " * 60, "\ud800"),
)


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_quick_reading_says_what_the_thorough_one_says(text: str) -> None:
    """Text is read without places where nothing is remarkable, with the same result."""
    quick = parse_mapping(text, "p")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sourcebook.frontmatter.values._read_plain", lambda _: None)

        assert parse_mapping(text, "p") == quick


@pytest.mark.parametrize(
    "text",
    [
        'says: "The #King refused"',
        "says: >-\n  The #King\n  refused",
        "says: The #King".replace(" #", "#"),
        "says: The King   # a comment",
        "says:   #comment",
        "#comment\nsays: it",
        "claims: #todo\n  - id: a\nsays: it",
        "claims: #todo\n- id: a\nsays: it",
        "answers: #todo\n  a: b",
        "tags: #todo\n  [a]",
    ],
)
def test_a_sign_that_cuts_nothing_is_no_warning(text: str) -> None:
    """Quoted text, blocks, words with a sign inside, and comments as they are mostly written."""
    assert parse_mapping(text, "x.md")[1] == []


def test_text_before_a_hashtag_is_told_to_be_cut() -> None:
    """The value is what YAML reads, with a warning; in lists and in groups too."""
    text = "title: For #MeToo\nlist:\n  - {a: b}\n  - after #all that\n"
    value, found = parse_mapping(text, "x.md")
    assert value == {"title": "For", "list": [{"a": "b"}, "after"]}
    assert [(d.rule, d.severity.value, d.line, d.column) for d in found] == [
        ("text-cut-short", "warning", 1, 12),
        ("text-cut-short", "warning", 4, 11),
    ]


def test_a_hashtag_above_the_rest_of_its_text_is_told_to_be_cut() -> None:
    """The text goes on in the next line, without the word that it began with."""
    value, found = parse_mapping("says: #peace\n  is near\n", "x.md")
    assert value == {"says": "is near"}
    assert [d.rule for d in found] == ["text-cut-short"]


def test_a_hashtag_that_hides_a_bracket_is_told_first() -> None:
    """The bracket is there, in what YAML takes for a comment."""
    value, found = parse_mapping("tags: [For #MeToo]\n", "x.md")
    assert value is None
    assert [d.rule for d in found] == ["text-cut-short", "invalid-yaml"]


def test_a_no_break_space_before_a_field_is_named() -> None:
    """Copied from a page, it looks like an indent and is none."""
    (found,) = parse_mapping("claims:\n  - id: a\n\u00a0\u00a0\u00a0\u00a0by: b\n", "x.md")[1]
    assert (found.rule, found.line, found.column) == ("invalid-yaml", 3, 1)
    assert found.message.startswith("the line begins with a space that is not the space bar's")


def test_fields_that_repeat_in_an_item_are_told_to_be_another() -> None:
    """The hyphen before the second item is missing; in a record, one of two fields is too many."""
    _, item = parse_mapping("claims:\n  - id: a\n    quote: b\n    id: c\n", "x.md")
    _, record = parse_mapping("name: a\nname: b\n", "x.md")

    assert [found.help for found in (*item, *record)] == [
        "if another item begins here, write `- ` before its first field; else keep one of them",
        "keep one of them: a list takes several values",
    ]


def test_list_with_many_problems_is_walked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each of two hundred wrong claims is placed on its line without a look at all the others."""
    walks = 0

    class Counted(list[yaml.Node]):
        def __iter__(self) -> Iterator[yaml.Node]:
            nonlocal walks
            walks += 1
            return super().__iter__()

    def compose_counted(front: str) -> yaml.Node | None:
        root = compose(front)
        assert isinstance(root, yaml.MappingNode)
        root.value[0][1].value = Counted(root.value[0][1].value)
        return root

    monkeypatch.setattr("sourcebook.frontmatter.positions.compose", compose_counted)
    text = "---\nclaims:\n" + "".join(f"  - {{id: c{i}}}\n" for i in range(200)) + "---\n"
    found = [Diagnostic("r", "m", "page.md", pointer=("claims", f"c{i}")) for i in range(200)]

    located = locate_diagnostics(found, {"page.md": text}.get)

    assert ([one.line for one in located], walks) == (list(range(3, 203)), 1)
