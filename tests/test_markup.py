"""Markdown becomes text in blocks: as CommonMark reads it, and nothing else."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sourcebook.markup import parse_body

PIECES = (
    *("a", "é", " ", "    ", "\n", "\n\n", "  \n", "\\", "`", "*", "**", "_", "[", "]", "(", ")"),
    *("![", "!", "<", "<b>", "<!--", "-->", "<https://a.b>", "<div>\n", "&", "&amp;", "&#35;"),
    *(
        "# ",
        "- ",
        "1. ",
        "> ",
        "```\n",
        "---\n",
        "===\n",
        "[a]: /u\n",
        "\t",
        "\x00",
        "\r",
        "\u2028",
    ),
)
LINES = st.tuples(
    st.sampled_from(("", "# ", "### ", "#", "7. ", "7.5 ", "- ", "-", "\u00a0", " ", "(", "“")),
    st.sampled_from(("", "a", "a [b]", "*a* b", "a &amp; b", "====", "é")),
    st.sampled_from(("", " ", " #", "#", "\u00a0", "\u2003", "\x85", "\t", "\n", "\r", "\x00")),
).map("".join)


@given(
    st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
    | st.lists(LINES, max_size=5).map("\n\n".join)
)
def test_body_is_read_as_commonmark_reads_it(text: str) -> None:
    """What is done faster than markdown-it does it gives markdown-it's own tokens."""
    expected = MarkdownIt("commonmark", {"html": False}).parse(text)

    assert parse_body(text).tokens == tuple(expected)
