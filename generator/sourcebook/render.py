"""A parsed body and the places in it become HTML.

The HTML of a document's text adds nothing that a reader could take for the source's words: every
addition bears ``data-apparatus``. Each block of text stands on a line of its own, so that the text
of the page, less the apparatus, normalises to that of the body. A mark is cut wherever an element
of the text begins or ends, so overlapping and nested claims stay valid HTML.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from markdown_it.token import Token
from markupsafe import Markup

from .drawings import (
    NOTHING,
    Drawings,
    Mark,
    MarkPiece,
    NameLink,
    NamePiece,
    OpenPieces,
    PartStart,
    Stretches,
    find_drawings,
)
from .fields import parse_url
from .markup import NUMBER, Block, Leaf, ParsedBody

__all__ = [
    "Mark",
    "NameLink",
    "PartStart",
    "RenderedBlock",
    "render_body",
    "render_prose",
]


class RenderedBlock(NamedTuple):
    """One element of the text's first level: a paragraph, a heading, a whole list, a quotation."""

    html: str
    claims: tuple[str, ...]
    """Ids of the claims that begin in it, in text order."""
    notes: tuple[str, ...]
    part: str | None
    """The part that begins with this block."""
    parts_inside: tuple[str, ...]
    """Parts that begin in the middle of it; their anchors stand in the text."""
    is_heading: bool
    whole_of: str | None
    """The claim that fills all of it, where one does."""
    start: int
    """Where in the normalised text it begins."""
    length: int
    """Code points of its normalised text."""


LinkResolver = Callable[[str], str | None]
"""From a link's target to the address to write, or None for a link that must not be one."""


def render_body(
    body: ParsedBody,
    marks: Sequence[Mark] = (),
    names: Sequence[NameLink] = (),
    parts: Sequence[PartStart] = (),
) -> tuple[RenderedBlock, ...]:
    """The text of a document with its marks, names and the beginnings of its parts, block by block."""
    drawings = find_drawings(body.blocks, marks, names, parts)
    # A source's own links lead to the web or nowhere.
    writer = _Writer(body, drawings, parse_url)
    rendered = []
    for first, last, blocks in _elements(body):
        inside = [block for block in blocks if block.text]
        head = _part_at_start(inside, drawings)
        html = writer.write(first, last, head)
        is_heading = body.tokens[first].type == "heading_open"
        rendered.append(_describe(html, is_heading, head, inside, drawings))
    return tuple(rendered)


def render_prose(body: ParsedBody, resolve: LinkResolver) -> str:
    """A body written by people (an actor's, a question's, a note) as HTML."""
    writer = _Writer(body, {}, resolve)
    return "".join(writer.write(first, last) for first, last, _ in _elements(body))


def _elements(body: ParsedBody) -> Iterator[tuple[int, int, Sequence[Block]]]:
    """First and last token of each element of the first level, and the blocks within."""
    depth = first = begin = end = 0
    for index, token in enumerate(body.tokens):
        if depth == 0:
            first = index
        depth += token.nesting
        if depth == 0:
            while end < len(body.blocks) and body.blocks[end].token <= index:
                end += 1
            yield first, index, body.blocks[begin:end]
            begin = end


def _part_at_start(inside: Sequence[Block], drawings: Mapping[int, Drawings]) -> PartStart | None:
    """The part that begins with the first word of an element: its head stands before it."""
    if not inside or inside[0].token not in drawings:
        return None
    starting = (part for _, part in drawings[inside[0].token].parts)
    return next((part for part in starting if part.start == inside[0].start), None)


def _describe(
    html: str,
    is_heading: bool,
    head: PartStart | None,
    inside: Sequence[Block],
    drawings: Mapping[int, Drawings],
) -> RenderedBlock:
    start, length = (inside[0].start, inside[-1].end - inside[0].start) if inside else (0, 0)
    drawn = [drawings[block.token] for block in inside if block.token in drawings]
    if not drawn:
        return RenderedBlock(html, (), (), None, (), is_heading, None, start, length)
    beginning = dict.fromkeys(p.mark for d in drawn for p in d.marks if p.is_first)
    whole: list[Mark] = []
    if len(drawn) == len(inside):
        whole = [m for m in drawn[0].whole if all(m in d.whole for d in drawn[1:])]
    return RenderedBlock(
        html=html,
        claims=tuple(mark.id for mark in beginning if not mark.is_note),
        notes=tuple(mark.id for mark in beginning if mark.is_note),
        part=head.id if head is not None else None,
        parts_inside=tuple(p.id for d in drawn for _, p in d.parts if p is not head),
        is_heading=is_heading,
        whole_of=whole[0].id if whole else None,
        start=start,
        length=length,
    )


# Writing ------------------------------------------------------------------------------------------

# The same few classes, numbers, names and addresses stand in every text.
_attribute = lru_cache(maxsize=1 << 14)(escape)

_TAGS: Mapping[str, str] = {
    "blockquote_open": "<blockquote>\n",
    "blockquote_close": "</blockquote>\n",
    "bullet_list_open": "<ul>\n",
    "bullet_list_close": "</ul>\n",
    "ordered_list_open": '<ol class="as-written">\n',
    "ordered_list_close": "</ol>\n",
    "list_item_open": "<li>",
    "list_item_close": "</li>\n",
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "hr": "<hr>\n",
}


class _Writer:
    """Writes the elements of the first level, one after the other."""

    def __init__(
        self, body: ParsedBody, drawings: Mapping[int, Drawings], resolve: LinkResolver
    ) -> None:
        self.tokens = body.tokens
        self.blocks = {block.token: block for block in body.blocks}
        self.drawings = drawings
        self.resolve = resolve
        self.out: list[str] = []
        self.line = _LineWriter(self.out)

    def write(self, first: int, last: int, head: PartStart | None = None) -> str:
        """The element, where the head of the part *head* stands before it and bears its id."""
        self.line.head = head
        for index in range(first, last + 1):
            self._write_token(index)
        html = "".join(self.out)
        self.out.clear()
        return html

    def _write_token(self, index: int) -> None:
        token = self.tokens[index]
        block = self.blocks.get(index)
        if block is not None:
            self._write_block(block, token)
            if block.kind != "number":
                return
            # An ordered item that has no text of its own still reads with its number.
            self.out.append("\n")
        if token.type in _TAGS:
            self.out.append(_TAGS[token.type])
        elif token.type.startswith("heading"):
            # The page's title is its only h1.
            self._write_block_tag("h2" if token.tag == "h1" else token.tag, index, token)
        elif not token.hidden:
            self._write_block_tag("p", index, token)
        elif token.nesting < 0:
            self.out.append("\n")

    def _write_block_tag(self, tag: str, index: int, token: Token) -> None:
        if token.nesting < 0:
            self.out.append(f"</{tag}>\n")
            return
        drawings = self.drawings.get(index + 1, NOTHING)
        classes = ""
        if drawings.whole:
            mark = drawings.whole[0]
            ends = any(p.is_last for p in drawings.marks if p.mark is mark)
            classes = f' class="whole {_attribute(mark.css)}{" last" if ends else ""}"'
        self.out.append(f"<{tag}{classes}>")

    def _write_block(self, block: Block, token: Token) -> None:
        line = self.line
        line.begin(block.raw, self.drawings.get(block.token, NOTHING))
        if block.kind == "code":
            self.out.append("<pre><code>")
            for leaf in block.leaves:
                line.write_text(leaf)
            line.write_waiting()
            self.out.append("</code></pre>\n")
            return
        leaves = {leaf.child: leaf for leaf in block.leaves}
        if NUMBER in leaves:
            self.out.append('<span class="number">')
            line.write_text(leaves[NUMBER])
            self.out.append("</span>")
        for index, child in enumerate(token.children or ()):
            if index in leaves:
                self._write_leaf(child, leaves[index])
            else:
                self._write_inline_tag(child)
        line.write_waiting()

    def _write_inline_tag(self, child: Token) -> None:
        if child.type == "link_open":
            address = self.resolve(str(child.attrs.get("href", "")))
            if address is not None:
                outside = ' rel="noopener noreferrer nofollow"' if parse_url(address) else ""
                self.out.append(f'<a class="link" href="{escape(address)}"{outside}>')
                self.line.in_link = True
        elif child.type != "link_close":
            self.out.append(_TAGS[child.type])
        elif self.line.in_link:
            self.out.append("</a>")
            self.line.in_link = False
            self.line.write_waiting()

    def _write_leaf(self, child: Token, leaf: Leaf) -> None:
        if child.type == "hardbreak":
            self.out.append("<br>\n")
        elif child.type == "code_inline":
            self.out.append("<code>")
            self.line.write_text(leaf)
            self.out.append("</code>")
        elif child.type == "image":
            # Nothing is fetched from elsewhere: the alt text stands in the picture's place.
            self.out.append('<span class="picture">')
            self.line.write_text(leaf)
            self.out.append("</span>")
        else:
            self.line.write_text(leaf)


class _LineWriter:
    """Writes the text of one block after the other, with the marks and names in it."""

    def __init__(self, out: list[str]) -> None:
        self.out = out
        self.head: PartStart | None = None
        self.raw = ""
        self.drawings = NOTHING
        self.stretches = Stretches(NOTHING)
        self.in_link = False
        self.waiting: list[str] = []
        """Numbers that must not stand inside a link."""
        self.numbered: set[str] = set()
        self.identified: set[str] = set()
        self.parted: set[str] = set()

    def begin(self, raw: str, drawings: Drawings) -> None:
        """What follows is the block with the text *raw*; the sign of its notes comes first."""
        self.raw, self.drawings, self.stretches = raw, drawings, Stretches(drawings)
        notes = [p.mark for p in drawings.marks if p.mark.is_note and p.is_first]
        if notes:
            label = Markup("; ").join(note.label for note in notes)
            # On paper the sign has its number, which says more there than a dagger alone.
            numbers = " ".join(note.sign for note in notes)
            self.out.append(
                f'<a class="sign" data-apparatus href="#{escape(notes[0].card)}"'
                f' aria-label="{label}" data-n="{escape(numbers)}">†</a>'
            )

    def write_text(self, leaf: Leaf) -> None:
        """The leaf's text, cut where a mark, a name or a part begins or ends."""
        if self.drawings is NOTHING:
            self.out.append(escape(self.raw[leaf.start : leaf.end], quote=False))
            return
        is_all = leaf.start == 0 and leaf.end == len(self.raw)
        here = self.drawings if is_all else self.stretches.between(leaf.start, leaf.end)
        stack: list[MarkPiece | NamePiece] = []
        marks = OpenPieces(here.marks)
        names = OpenPieces(() if self.in_link else here.names)
        for start, end in pairwise(_cuts(leaf, here)):
            if here.parts:
                self._write_parts_at(start)
            wanted: list[MarkPiece | NamePiece] = [*marks.at(start), *names.at(start)]
            if wanted != stack:
                self._change_stack(stack, wanted)
            self.out.append(escape(self.raw[start:end], quote=False))
            ended = [p for p in marks.now if p.end == end and p.is_last and not p.mark.is_note]
            if ended:
                around = [p for p in stack if isinstance(p, MarkPiece) and p.end > end]
                self._change_stack(stack, around)
                self._write_numbers(ended)
        if stack:
            self._change_stack(stack, [])

    def _change_stack(
        self, stack: list[MarkPiece | NamePiece], wanted: Sequence[MarkPiece | NamePiece]
    ) -> None:
        keep = 0
        for piece, other in zip(stack, wanted, strict=False):
            if piece is not other:
                break
            keep += 1
        while len(stack) > keep:
            self.out.append("</a>" if isinstance(stack.pop(), NamePiece) else "</mark>")
        for piece in wanted[keep:]:
            self.out.append(self._open_tag(piece))
            stack.append(piece)

    def _open_tag(self, piece: MarkPiece | NamePiece) -> str:
        if isinstance(piece, NamePiece):
            return f'<a class="nm" href="{_attribute(piece.href)}">'
        mark = piece.mark
        identity = ""
        if piece.is_first and mark.anchor not in self.identified:
            self.identified.add(mark.anchor)
            identity = f' id="{_attribute(mark.anchor)}"'
        by = f' data-by="{_attribute(mark.by)}"' if mark.by else ""
        return (
            f'<mark class="{_attribute(mark.css)}" data-of="{_attribute(mark.card)}"{by}{identity}>'
        )

    def _write_numbers(self, ended: Sequence[MarkPiece]) -> None:
        """The number of each claim that is over."""
        for mark in (piece.mark for piece in ended):
            if mark.id not in self.numbered:
                self.numbered.add(mark.id)
                self.waiting.append(
                    f'<a class="ref" data-apparatus aria-label="{mark.label}"'
                    f' href="#{_attribute(mark.card)}">{_attribute(mark.sign)}</a>'
                )
        self.write_waiting()

    def write_waiting(self) -> None:
        """The numbers that waited for the end of a link."""
        if self.waiting and not self.in_link:
            self.out.extend(self.waiting)
            self.waiting.clear()

    def _write_parts_at(self, offset: int) -> None:
        parts = self.drawings.parts
        first = bisect_left(parts, offset, key=itemgetter(0))
        last = bisect_right(parts, offset, key=itemgetter(0))
        for _, part in parts[first:last]:
            if part is not self.head and part.anchor not in self.parted:
                self.parted.add(part.anchor)
                self.out.append(f'<span id="{escape(part.anchor)}" data-apparatus></span>')


def _cuts(leaf: Leaf, drawings: Drawings) -> list[int]:
    """Where something begins or ends in the leaf, and the leaf's own ends; in order."""
    cuts = {leaf.start, leaf.end}
    pieces: tuple[MarkPiece | NamePiece, ...] = (*drawings.marks, *drawings.names)
    for piece in pieces:
        cuts |= {piece.start, piece.end}
    cuts.update(offset for offset, _ in drawings.parts)
    return sorted(cut for cut in cuts if leaf.start <= cut <= leaf.end)
