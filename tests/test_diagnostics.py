"""How problems print: for people, for GitHub, for programs."""

from __future__ import annotations

import json
from difflib import get_close_matches

from hypothesis import given
from hypothesis import strategies as st

from sourcebook.diagnostics import (
    Diagnostic,
    Guesses,
    Related,
    Severity,
    did_you_mean,
    exit_code_of,
    format_github,
    format_json,
    format_sarif,
    format_text,
    sort_diagnostics,
    suggest,
    summarise,
)

FOUND = Diagnostic(
    "unknown-actor",
    "claim `a` names actor `smith-j`, which has no page",
    "content/documents/x.md",
    help="did you mean `j-smith`?\nNew actors go in content/actors/smith-j.md",
    line=7,
    column=9,
    width=7,
    source_line="    by: smith-j",
    related=(Related("first used", "content/documents/a.md", (), 2),),
)


def test_text_shows_the_place_the_line_and_the_way_out() -> None:
    """A person sees path, line and column, the rule, the line with a caret, and what to do."""
    assert format_text(FOUND) == (
        "content/documents/x.md:7:9: error[unknown-actor]: claim `a` names actor `smith-j`,"
        " which has no page\n"
        "        by: smith-j\n"
        "            ^^^^^^^\n"
        "  first used: content/documents/a.md:2\n"
        "  help: did you mean `j-smith`?\n"
        "        New actors go in content/actors/smith-j.md"
    )


def test_colour_changes_no_words() -> None:
    """With colour the same words are printed."""
    coloured = format_text(FOUND, colour=True)

    plain = coloured
    for code in ("31;1", "36", "0"):
        plain = plain.replace(f"\x1b[{code}m", "")
    assert coloured != plain == format_text(FOUND)


def test_text_of_an_author_cannot_forge_the_terminal() -> None:
    """Control characters of a file are shown, never sent to the terminal."""
    found = Diagnostic(
        "rule", "is `\x1b[31mred\x07`", "p.md", line=1, column=4, source_line="\t\x1b[2Jx"
    )

    text = format_text(found)

    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\\u001b[31mred\\u0007" in text


def test_text_of_an_author_cannot_forge_lines() -> None:
    """What goes on below the first line of a message begins as no message does, nor as a fence."""
    found = Diagnostic("rule", "has no field `b\nx.md:1:1: error[r]: m`\n    as it is", "p.md")

    assert format_text(found) == (
        "p.md: error[rule]: has no field `b\n    x.md:1:1: error[r]: m`\n    as it is"
    )


def test_name_of_a_file_cannot_forge_lines() -> None:
    """A file's name with line ends, or with bytes that are no text, prints as one line of text."""
    found = Diagnostic("rule", "m", "a\nb.md:1:1: error\x1b\udce9.md", line=1, column=1)

    assert format_text(found) == "a\\nb.md:1:1: error\\u001b\\udce9.md:1:1: error[rule]: m"
    assert json.loads(format_json(found))["path"].startswith("a\\nb.md")
    for text in (format_json(found), format_github(found), format_sarif([found], "1")):
        assert text.encode()


def test_caret_stands_under_wide_letters() -> None:
    """The caret is under the word, though Chinese letters are twice as wide."""
    found = Diagnostic(
        "rule", "m", "p.md", line=1, column=7, width=2, source_line="名: 中国 普京说"
    )

    line, caret = format_text(found).split("\n")[1:3]

    assert line == "    名: 中国 普京说"
    assert caret == "    " + " " * 9 + "^^^^"


def test_long_line_is_cut_around_the_caret() -> None:
    """Of a line of thousands of letters, only what surrounds the problem is shown."""
    found = Diagnostic(
        "rule",
        "m",
        "p.md",
        line=1,
        column=5001,
        width=5,
        source_line="a " * 2500 + "wrong" + " b" * 2500,
    )

    line, caret = format_text(found).split("\n")[1:3]

    assert len(line) < 120
    assert line.startswith("    …")
    assert line.endswith("…")
    assert line[caret.index("^") : caret.rindex("^") + 1] == "wrong"


def test_json_is_one_object_on_one_line() -> None:
    """A program gets rule, severity, path, line, column, message and help."""
    text = format_json(FOUND)

    assert "\n" not in text
    assert json.loads(text) == {
        "rule": "unknown-actor",
        "severity": "error",
        "path": "content/documents/x.md",
        "line": 7,
        "column": 9,
        "message": "claim `a` names actor `smith-j`, which has no page",
        "help": "did you mean `j-smith`?\nNew actors go in content/actors/smith-j.md",
    }


def test_json_is_read_the_same_wherever_it_goes() -> None:
    """No letter of an author ends a line of it, commands a terminal, or depends on the encoding."""
    message = "`\u2028 \x85 \u009b31m \u202e \U0001f600 é`"
    found = Diagnostic("rule", message, "p.md", line=1, column=1)

    for text in (format_json(found), format_sarif([found], "1")):
        assert text.isascii()
    assert json.loads(format_json(found))["message"] == message


def test_github_gets_one_command_on_one_line() -> None:
    """Line ends, colons and percent signs are escaped as workflow commands want them."""
    found = Diagnostic(
        "dead-link",
        "50% of\nlinks",
        "content/a,b:c.md",
        Severity.WARNING,
        "mend: it",
        line=1,
        column=2,
    )

    assert format_github(found) == (
        "::warning file=content/a%2Cb%3Ac.md,line=1,col=2,title=dead-link::50%25 of%0Alinks%0Amend: it"
    )


def test_sarif_names_each_rule_once() -> None:
    """GitHub's code scanning gets all results of a run, their rules, and what a column counts."""
    log = json.loads(format_sarif([FOUND, FOUND], "1.0"))

    (run,) = log["runs"]
    assert run["tool"]["driver"]["rules"] == [{"id": "unknown-actor"}]
    assert run["columnKind"] == "unicodeCodePoints"
    assert [result["locations"][0]["physicalLocation"] for result in run["results"]] == [
        {
            "artifactLocation": {"uri": "content/documents/x.md"},
            "region": {"startLine": 7, "startColumn": 9},
        }
    ] * 2


def test_problems_come_in_the_order_of_files_and_lines_once() -> None:
    """Two runs print the same, and nothing twice."""
    a2 = Diagnostic("r", "m", "a.md", line=2, column=1)
    a10 = Diagnostic("r", "m", "a.md", line=10, column=1)
    b1 = Diagnostic("r", "m", "b.md", line=1, column=1)

    assert sort_diagnostics([b1, a10, a2, b1]) == [a2, a10, b1]


def test_closing_line_counts() -> None:
    """The closing line says how many problems there are, in how many files."""
    warning = Diagnostic("r", "m", "a.md", Severity.WARNING)

    assert summarise([FOUND, FOUND, warning], 214) == "2 errors, 1 warning in 214 files"
    assert summarise([], 1) == "0 errors, 0 warnings in 1 file"


def test_exit_code_is_the_gravest() -> None:
    """Warnings count only where they are asked for; integrity goes before content."""
    warning = Diagnostic("r", "m", "a.md", Severity.WARNING)
    integrity = Diagnostic("capture-changed", "m", "a.md", exit_code=5)

    assert exit_code_of([]) == exit_code_of([warning]) == 0
    assert exit_code_of([warning], strict=True) == exit_code_of([FOUND]) == 1
    assert exit_code_of([FOUND, integrity]) == 5


def test_misspelt_word_gets_the_nearest_known_one() -> None:
    """A proposal comes only where one is near."""
    assert did_you_mean("putn", ["putin", "trump"], "Names are slugs.") == (
        "did you mean `putin`? Names are slugs."
    )
    assert did_you_mean("merkel", ["putin", "trump"], "Names are slugs.") == "Names are slugs."


def test_word_in_capitals_is_the_known_one() -> None:
    """However short it is: `By:` is likened to nothing."""
    assert suggest("By", ["by", "quote"]) == "by"
    assert suggest("QUOTE", ["by", "quote"]) == "quote"


NAME = st.text("abc-", min_size=1, max_size=8)


@given(NAME, st.lists(NAME, max_size=8))
def test_the_nearest_of_the_known_words_is_meant(word: str, known: list[str]) -> None:
    """What difflib finds closest, and nothing where nothing is close."""
    assert suggest(word, known) == next(iter(get_close_matches(word, known, n=1)), None)


def test_guesses_are_made_so_often_and_no_more() -> None:
    """Then the help says so, beside what is known without a look."""
    guesses = Guesses(1)

    assert [
        guesses.did_you_mean("putn", ["putin"], "Names are slugs."),
        guesses.did_you_mean("peskv", ["peskov"], "Names are slugs."),
        guesses.make(lambda: "line 7"),
    ] == [
        "did you mean `putin`? Names are slugs.",
        "Names are slugs.\nwhat may be meant is looked for 50 times: mend those problems first",
        "what may be meant is looked for 50 times: mend those problems first",
    ]
