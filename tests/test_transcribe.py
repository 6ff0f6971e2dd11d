"""A capture's text becomes a page that reads the same, whatever marks of Markdown are in it."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sourcebook.ingest.reading import IngestProblem
from sourcebook.ingest.transcribe import transcribe
from sourcebook.markup import parse_body
from sourcebook.text import normalise

LINES = [
    *("1986. A great year.", "- he said", "# tag", "a_b_c", "C:\\*", "<b>bold</b>", "&amp; &#33;"),
    *("    indented verse", "\tcode?", "```", "~~~", "---", "===", "***", "* * *", "> quoted"),
    *("[link](http://example.org)", "[ref]: /url", "![alt](x.png)", "<http://example.org>", "`c`"),
    *("1) one", "2. two", "10. ten", "0. zero", "999999999. many", "1234567890. more", "+ plus"),
    *("**bold** and *thin*", "__init__", "ends with \\", "two spaces  ", "\\[escaped\\]", "|a|b|"),
    *(
        "HEADLINE IN CAPITALS",
        "Who said it:",
        "• bullet",
        "·dot",
        "—dash",
        "«quote»",
        "Title\n=====",
    ),
    *(
        "",
        "",
        "word",
        "العربية",
        "中文。",
        "a\u00adb",
        "\u200bzero",
        "\ufeff",
        "x\u2028y",
        "\u00a0",
    ),
]
CHARACTERS = st.characters(exclude_characters="\x00", exclude_categories=["Cs"])
TEXTS = st.one_of(
    st.lists(st.one_of(st.sampled_from(LINES), st.text(CHARACTERS, max_size=12)), max_size=12).map(
        "\n".join
    ),
    st.text("ab1.)-+*_#>`~[]()<>!&;\\:|=\"' \t\n\r", max_size=50),
)


@given(TEXTS)
@example("1986. A great year.\n- he said\n# tag")
@example("a\n\n    indented\n\n\tdeeper\n")
@example("- a\n\n    - b\n\n        c\n")
@example("\\\n\\\\\n")
@example("line\r\nline\rline\x0bline\x0cline\x1cline\x85line")
def test_page_reads_as_its_capture(text: str) -> None:
    """What is transcribed and parsed again has the normalised text of the capture."""
    assert parse_body(transcribe(text).markdown).text == normalise(text)


def test_only_what_markdown_would_read_is_escaped() -> None:
    """A page stays readable as a file: ordinary punctuation is left alone."""
    text = (
        '1986. That was the year in which, he said, "safe zones" were first spoken of.\n'
        "\n"
        "The file_name_here (see [1]) costs 5 * 3 dollars & more - so <he> said, at least once.\n"
    )

    assert transcribe(text).markdown == (
        '1986\\. That was the year in which, he said, "safe zones" were first spoken of.\n'
        "\n"
        "The file_name_here (see [1]) costs 5 \\* 3 dollars & more - so \\<he> said, at least once.\n"
    )


def test_text_that_no_page_can_show_is_refused() -> None:
    """A NUL character, which no page can show, is a problem and not a silent change."""
    with pytest.raises(IngestProblem, match="a character that a page cannot show"):
        transcribe("zero\x00byte")
