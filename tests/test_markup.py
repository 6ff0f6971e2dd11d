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


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
def test_body_is_read_as_commonmark_reads_it(text: str) -> None:
    """What is done faster than markdown-it does it gives markdown-it's own tokens."""
    expected = MarkdownIt("commonmark", {"html": False}).parse(text)

    assert parse_body(text).tokens == tuple(expected)
