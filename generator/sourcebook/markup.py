"""Markdown to ``ParsedBody``: tokens, and the text that a reader of the page will see.

The text of a page is what CommonMark (HTML off) renders of its body: link texts and alt texts
count, link targets and titles do not, and an ordered item reads with its number as written. It is
kept block by block, because normalising a whole is normalising its lines: the document's
normalised text is that of its blocks, joined by single spaces.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Literal, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from .text import normalise

BlockKind = Literal["paragraph", "heading", "code", "number"]


NUMBER, CODE = -2, -1
"""Of a leaf that is no child of its token: an ordered item's number, and the words of a code block."""


class Leaf(NamedTuple):
    """A piece of visible text and the token that bears it, which holds nothing else visible."""

    start: int
    """Into the block's raw text."""
    end: int
    child: int
    """Index among the inline token's children; else ``NUMBER`` or ``CODE``."""


class Block(NamedTuple):
    """A stretch of text between two block boundaries: a paragraph, a heading, a code block."""

    kind: BlockKind
    token: int
    """Index of the token that holds the text."""
    raw: str
    """As rendered, with a line end for each break."""
    text: str
    """Normalised; empty where only layout stood here."""
    start: int
    """Where ``text`` begins in the document's normalised text."""
    leaves: tuple[Leaf, ...]
    line: int
    """Of its first line, counted in the body from 0."""
    level: int = 0
    """Of a heading, 1 to 6."""

    @property
    def end(self) -> int:
        """Where ``text`` ends in the document's normalised text."""
        return self.start + len(self.text)


class BodyLink(NamedTuple):
    """A link or picture of a body, with the line on which its block begins, from 0."""

    target: str
    line: int


@dataclass(frozen=True, slots=True)
class ParsedBody:
    """A body: its tokens, never changed after parsing, and its text in blocks."""

    tokens: tuple[Token, ...]
    blocks: tuple[Block, ...]
    text: str
    """The document's normalised text."""
    links: tuple[BodyLink, ...]


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # Only CommonMark: what a table or a strikethrough means differs from reader to reader.
    parser = MarkdownIt("commonmark", {"html": False})
    # Without HTML its two rules find nothing, at every block and every sign.
    parser.disable(["html_block", "html_inline"])
    parser.core.ruler.at("normalize", _normalise_ends)
    parser.core.ruler.at("block", _read_blocks)
    parser.core.ruler.at("inline", _read_inlines)
    return parser


def _normalise_ends(state: StateCore) -> None:
    """markdown-it's own ``normalize``, which writes every line end anew."""
    state.src = state.src.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")


_OTHER_BLOCK = re.compile(r"[ \t>\-+*_=~`\[]|#(?!#{0,5}[ \t])|[0-9]{1,9}[.)]")
"""At the start of a line: what may be, or continue, neither a paragraph nor a heading."""


def _read_blocks(state: StateCore) -> None:
    """markdown-it's own rule of this name, which takes its time over text without lists and such."""
    tokens: list[Token] = []
    before = ""
    for number, line in enumerate(state.src.split("\n")):
        if line:
            content = line.lstrip("#").strip(" \t")
            # Which other white space is trimmed, and what ends a heading, markdown-it shall say.
            if (
                before
                or _OTHER_BLOCK.match(line)
                or content[-1:] in ("", "#")
                or content != content.strip()
            ):
                state.md.block.parse(state.src, state.md, state.env, state.tokens)
                return
            tokens += _line_tokens(line, content, number)
        before = line
    state.tokens += tokens


def _line_tokens(line: str, content: str, number: int) -> tuple[Token, Token, Token]:
    """What markdown-it makes of a paragraph or heading of one line."""
    level = len(line) - len(line.lstrip("#"))
    place, signs = [number, number + 1], "#" * level
    name, tag = ("heading", f"h{level}") if level else ("paragraph", "p")
    return (
        Token(f"{name}_open", tag, 1, map=place, markup=signs, block=True),
        Token("inline", "", 0, map=place, level=1, children=[], content=content, block=True),
        Token(f"{name}_close", tag, -1, markup=signs, block=True),
    )


_INLINE_SIGNS = "\n\\`*_[<&"
"""What a rule of CommonMark's inline text begins at; all else is the text that it is."""


def _read_inlines(state: StateCore) -> None:
    """markdown-it's own rule of this name, which takes its time over text without any sign."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = token.children or []
        # Far quicker than a pattern, which looks at each character by itself.
        if any(map(token.content.__contains__, _INLINE_SIGNS)):
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        elif token.content:
            token.children.append(Token("text", "", 0, content=token.content))


_SHORT = 2_000
"""Code points of a body that is parsed once: check, pages and search all read people's prose."""


def parse_body(body: str) -> ParsedBody:
    """The tokens and the text of a body. Any text is valid Markdown, so this cannot fail."""
    return _parse_short(body) if len(body) <= _SHORT else _parse(body)


@lru_cache(maxsize=4096)
def _parse_short(body: str) -> ParsedBody:
    return _parse(body)


class _Found(NamedTuple):
    """A block whose place in the document's text is not known yet."""

    kind: BlockKind
    token: int
    raw: str
    leaves: tuple[Leaf, ...]
    line: int
    level: int = 0
    links: Sequence[BodyLink] = ()


def _parse(body: str) -> ParsedBody:
    tokens = tuple(_parser().parse(body))
    blocks = []
    links: list[BodyLink] = []
    start = 0
    for found in _find_blocks(tokens):
        kind, token, raw, leaves, line, level, more = found
        text = normalise(raw)
        blocks.append(Block(kind, token, raw, text, start, leaves, line, level))
        links += more
        if text:
            start += len(text) + 1
    return ParsedBody(
        tokens, tuple(blocks), " ".join(b.text for b in blocks if b.text), tuple(links)
    )


def _find_blocks(tokens: tuple[Token, ...]) -> Iterator[_Found]:
    number = ""
    level = line = 0
    for index, token in enumerate(tokens):
        if token.type == "inline":
            raw, leaves, links = _read_inline(token, number)
            kind: BlockKind = "heading" if level else "paragraph"
            yield _Found(kind, index, raw, leaves, _line_of(token), level, links)
            number, level = "", 0
            continue
        if number and token.type in ("bullet_list_open", "ordered_list_open", "list_item_close"):
            # An ordered item that has no text of its own still reads with its number.
            raw, leaves = _with_number(number, "", ())
            yield _Found("number", index, raw, leaves, line)
            number = ""
        if token.type == "list_item_open":
            line = _line_of(token)
            number = f"{token.info}{token.markup} " if token.info else ""
        elif token.type == "heading_open":
            level = int(token.tag[1])
        elif token.type in ("fence", "code_block"):
            raw, leaves = _with_number(number, token.content, ())
            leaf = Leaf(len(raw) - len(token.content), len(raw), CODE)
            # The words of a fenced block begin below its fence.
            line = _line_of(token) + (token.type == "fence")
            yield _Found("code", index, raw, (*leaves, leaf), line)
            number = ""


def _line_of(token: Token) -> int:
    return token.map[0] if token.map else 0


def _with_number(number: str, raw: str, leaves: tuple[Leaf, ...]) -> tuple[str, tuple[Leaf, ...]]:
    if not number:
        return raw, leaves
    return number + raw, (Leaf(0, len(number), NUMBER), *leaves)


def _read_inline(token: Token, number: str) -> tuple[str, tuple[Leaf, ...], list[BodyLink]]:
    pieces = [number]
    leaves = [Leaf(0, len(number), NUMBER)] if number else []
    links = []
    at = len(number)
    for index, child in enumerate(token.children or ()):
        if child.type in ("text", "code_inline"):
            text = child.content
        elif child.type in ("softbreak", "hardbreak"):
            text = "\n"
        elif child.type == "image":
            text = _alt_text(child)
            links.append(BodyLink(str(child.attrs.get("src", "")), _line_of(token)))
        else:
            if child.type == "link_open":
                links.append(BodyLink(str(child.attrs.get("href", "")), _line_of(token)))
            continue
        pieces.append(text)
        leaves.append(Leaf(at, at + len(text), index))
        at += len(text)
    return "".join(pieces), tuple(leaves), links


def _alt_text(image: Token) -> str:
    """The alt text of a picture, as a reader sees it in the picture's place."""
    parts = []
    for child in image.children or ():
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.type == "image":
            parts.append(_alt_text(child))
    return "".join(parts)


def line_in_body(blocks: Sequence[Block], offset: int) -> int:
    """The line of the body, from 0, that holds the character at *offset* of the normalised text."""
    block = block_at(blocks, offset)
    # Lines of a block are few: the first behind whose end the offset does not lie.
    ends = accumulate(len(normalise(raw)) + 1 for raw in block.raw.split("\n"))
    inside = offset - block.start
    return block.line + next((n for n, end in enumerate(ends) if end > inside), 0)


def block_at(blocks: Sequence[Block], offset: int) -> Block:
    """The block that holds the character at *offset* of the normalised text."""
    # A block without text begins where the next one does, which is then the last to begin there.
    return blocks[bisect_right(blocks, offset, key=lambda block: block.start) - 1]
