"""Reads a Markdown capture: its text as CommonMark renders it, and its front matter.

A capture that ends in ``.md`` is told from plain text by its name alone, because any text is
Markdown. Only scalar lines of the front matter are read; nothing in it can run or refer.
"""

from __future__ import annotations

import re
from importlib.metadata import version

from markdown_it import MarkdownIt
from markdown_it.token import Token

from ..dates import find_date
from ..reading import IngestProblem, PageMetadata, Reading
from .decode import decode_text
from .text import check_is_text

_FRONT = re.compile(
    r"---[ \t]*\r?\n(?P<fields>.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_FIELD = re.compile(r"^(?P<key>[A-Za-z_-]{2,20}):[ \t]*(?P<value>\S.*?)[ \t]*$", re.MULTILINE)
_KEYS = {
    "title": ("title",),
    "outlet": ("outlet", "site", "sitename", "publisher", "source"),
    "author": ("author", "authors", "byline"),
    "date": ("date", "published"),
    "url": ("url", "link", "permalink", "source_url"),
    "lang": ("lang", "language"),
}


def is_markdown(name: str, _data: bytes) -> bool:
    """Whether a text is meant as Markdown: only its name can say so."""
    return name.lower().endswith((".md", ".markdown"))


def read_markdown(name: str, data: bytes) -> Reading:
    """The text that the Markdown renders to, blocks parted by empty lines."""
    decoded = decode_text(name, data)
    check_is_text(name, decoded.text)
    front = _FRONT.match(decoded.text)
    body = decoded.text[front.end() :] if front else decoded.text
    text = _render(body)
    if not text:
        raise IngestProblem(
            f"`{name}` has no text below its front matter", "capture the page again"
        )
    return Reading(
        text=text,
        media_type="text/markdown",
        encoding=decoded.encoding,
        tool="markdown-it-py",
        tool_version=version("markdown-it-py"),
        metadata=_read_front(front["fields"] if front else ""),
    )


def _render(body: str) -> str:
    """The text of each block, in order; list items keep their marks, quotations get "> "."""
    blocks: list[str] = []
    lists: list[int | None] = []
    marker = ""
    quoted = 0
    for token in MarkdownIt("commonmark", {"html": False}).parse(body):
        if token.type == "ordered_list_open":
            lists.append(int(token.attrGet("start") or 1))
        elif token.type == "bullet_list_open":
            lists.append(None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "list_item_open" and lists:
            number = lists[-1]
            marker = "  " * (len(lists) - 1) + ("• " if number is None else f"{number}. ")
            lists[-1] = None if number is None else number + 1
        elif token.type in ("blockquote_open", "blockquote_close"):
            quoted += 1 if token.nesting > 0 else -1
        elif token.type == "hr":
            blocks.append("***")
        elif token.type in ("inline", "fence", "code_block", "html_block"):
            content = _inline_text(token)
            blocks.append(("> " if quoted else "") + marker + content)
            marker = ""
    return "\n\n".join(block for block in blocks if block.strip()) + "\n" if blocks else ""


def _inline_text(token: Token) -> str:
    if token.children is None:
        return token.content.rstrip("\n")
    return "".join(
        " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children
    )


def _read_front(fields: str) -> PageMetadata:
    values = {m["key"].lower(): m["value"].strip("\"'") for m in _FIELD.finditer(fields)}

    def field(kind: str) -> str | None:
        return next((values[key] for key in _KEYS[kind] if key in values), None)

    date = field("date")
    authors = (field("author") or "").strip("[]")
    return PageMetadata(
        title=field("title"),
        outlet=field("outlet"),
        authors=tuple(a.strip(" \"'") for a in authors.split(",") if a.strip()),
        date=find_date(date) if date else None,
        url=field("url"),
        lang=field("lang"),
    )
