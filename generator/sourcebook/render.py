"""A parsed body and the places in it become HTML.

The HTML of a document's text adds nothing that a reader could take for the source's words: every
addition bears ``data-apparatus``. Each block of text stands on a line of its own, so that the text
of the page, less the apparatus, normalises to that of the body. A mark is cut wherever an element
of the text begins or ends, so overlapping and nested claims stay valid HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise
from typing import NamedTuple

from markdown_it.token import Token

from .drawings import NOTHING, Drawings, Mark, MarkPiece, NameLink, PartStart, find_drawings
from .fields import parse_url
from .markup import Block, Leaf, ParsedBody

__all__ = [
    "Mark",
    "NameLink",
    "PartStart",
    "RenderedBlock",
    "RenderedBody",
    "render_body",
    "render_prose",
    "resolve_web_link",
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


@dataclass(frozen=True, slots=True)
class RenderedBody:
    """A document's text as HTML, block by block."""

    blocks: tuple[RenderedBlock, ...]


LinkResolver = Callable[[str], str | None]
"""From a link's target to the address to write, or None for a link that must not be one."""


def resolve_web_link(target: str) -> str | None:
    """Only http and https: all that a source's own links may be."""
    return parse_url(target)


def render_body(
    body: ParsedBody,
    marks: Sequence[Mark] = (),
    names: Sequence[NameLink] = (),
    parts: Sequence[PartStart] = (),
) -> RenderedBody:
    """The text of a document with its marks, names and the beginnings of its parts."""
    blocks = {block.token: block for block in body.blocks}
    drawings = find_drawings(body.blocks, marks, names, parts)
    rendered = []
    for first, last in _groups(body.tokens):
        inside = [blocks[i] for i in range(first, last + 1) if i in blocks and blocks[i].text]
        head = _part_at_start(inside, drawings)
        writer = _Writer(body.tokens, blocks, drawings, resolve_web_link, head)
        html = writer.write(first, last)
        is_heading = body.tokens[first].type == "heading_open"
        rendered.append(_describe(html, is_heading, head, inside, drawings))
    return RenderedBody(tuple(rendered))


def render_prose(body: ParsedBody, resolve: LinkResolver) -> str:
    """A body written by people (an actor's, a question's, a note) as HTML."""
    blocks = {block.token: block for block in body.blocks}
    nothing = {block.token: NOTHING for block in body.blocks}
    writer = _Writer(body.tokens, blocks, nothing, resolve, None)
    return "".join(writer.write(first, last) for first, last in _groups(body.tokens))


def _groups(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """First and last token of each element of the first level."""
    depth = first = 0
    for index, token in enumerate(tokens):
        if depth == 0:
            first = index
        depth += token.nesting
        if depth == 0:
            yield first, index


def _part_at_start(inside: Sequence[Block], drawings: Mapping[int, Drawings]) -> PartStart | None:
    """The part that begins with the first word of an element: its head stands before it."""
    if not inside:
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
    drawn = [drawings[block.token] for block in inside]
    beginning = dict.fromkeys(p.mark for d in drawn for p in d.marks if p.is_first)
    whole = [m for m in drawn[0].whole if all(m in d.whole for d in drawn)] if drawn else []
    return RenderedBlock(
        html=html,
        claims=tuple(mark.id for mark in beginning if not mark.is_note),
        notes=tuple(mark.id for mark in beginning if mark.is_note),
        part=head.id if head is not None else None,
        parts_inside=tuple(p.id for d in drawn for _, p in d.parts if p is not head),
        is_heading=is_heading,
        whole_of=whole[0].id if whole else None,
        start=inside[0].start if inside else 0,
        length=inside[-1].end - inside[0].start if inside else 0,
    )


# Writing ------------------------------------------------------------------------------------------

_PLAIN_TAGS: Mapping[str, tuple[str, str]] = {
    "blockquote": ("<blockquote>\n", "</blockquote>\n"),
    "bullet_list": ("<ul>\n", "</ul>\n"),
    "em": ("<em>", "</em>"),
    "strong": ("<strong>", "</strong>"),
}


@dataclass(slots=True)
class _Writer:
    """Writes one element of the first level."""

    tokens: Sequence[Token]
    blocks: Mapping[int, Block]
    drawings: Mapping[int, Drawings]
    resolve: LinkResolver
    head: PartStart | None
    """The part whose head stands before the element, and bears its id."""
    out: list[str] = field(default_factory=list)

    def write(self, first: int, last: int) -> str:
        start = len(self.out)
        for index in range(first, last + 1):
            self._write_token(index)
        html = "".join(self.out[start:])
        del self.out[start:]
        return html

    def _write_token(self, index: int) -> None:
        token = self.tokens[index]
        kind = token.type.removesuffix("_open").removesuffix("_close")
        block = self.blocks.get(index)
        if block is not None and block.kind == "number":
            # An ordered item that has no text of its own still reads with its number.
            self._write_block(index, token)
            self.out.append("\n")
        elif block is not None:
            self._write_block(index, token)
            return
        if kind == "paragraph":
            if not token.hidden:
                self._write_block_tag("p", index, token)
            elif token.nesting < 0:
                self.out.append("\n")
        elif kind == "heading":
            # The page's title is its only h1.
            self._write_block_tag(f"h{max(2, int(token.tag[1]))}", index, token)
        elif kind == "ordered_list":
            self.out.append('<ol class="as-written">\n' if token.nesting > 0 else "</ol>\n")
        elif kind == "list_item":
            self.out.append("<li>" if token.nesting > 0 else "</li>\n")
        elif kind == "hr":
            self.out.append("<hr>\n")
        elif kind in _PLAIN_TAGS:
            self.out.append(_PLAIN_TAGS[kind][0 if token.nesting > 0 else 1])

    def _write_block_tag(self, tag: str, index: int, token: Token) -> None:
        if token.nesting < 0:
            self.out.append(f"</{tag}>\n")
            return
        drawings = self.drawings.get(index + 1, NOTHING)
        classes = ""
        if drawings.whole:
            mark = drawings.whole[0]
            ends = any(p.is_last for p in drawings.marks if p.mark is mark)
            classes = f' class="whole {escape(mark.css)}{" last" if ends else ""}"'
        self.out.append(f"<{tag}{classes}>")

    def _write_block(self, index: int, token: Token) -> None:
        block, drawings = self.blocks[index], self.drawings[index]
        line = _LineWriter(self.out, drawings, self.head)
        line.write_note_sign()
        if token.type in ("fence", "code_block"):
            self.out.append("<pre><code>")
            for leaf in block.leaves:
                line.write_text(block.raw, leaf)
            line.finish()
            self.out.append("</code></pre>\n")
            return
        self._write_inline(token, block, line)
        line.finish()

    def _write_inline(self, token: Token, block: Block, line: _LineWriter) -> None:
        leaves = {leaf.child: leaf for leaf in block.leaves}
        if -2 in leaves:
            self.out.append('<span class="number">')
            line.write_text(block.raw, leaves[-2])
            self.out.append("</span>")
        if block.kind == "number":
            return
        links: list[bool] = []
        for index, child in enumerate(token.children or ()):
            kind = child.type.removesuffix("_open").removesuffix("_close")
            if index in leaves:
                self._write_leaf(child, block, leaves[index], line)
            elif child.type == "link_open":
                links.append(self._open_link(str(child.attrs.get("href", ""))))
                line.in_link += links[-1]
            elif child.type == "link_close":
                is_link = links.pop()
                self.out.append("</a>" if is_link else "")
                line.in_link -= is_link
                line.write_waiting()
            elif kind in _PLAIN_TAGS:
                self.out.append(_PLAIN_TAGS[kind][0 if child.nesting > 0 else 1])

    def _open_link(self, target: str) -> bool:
        address = self.resolve(target)
        if address is None:
            return False
        outside = ' rel="noopener noreferrer nofollow"' if parse_url(address) else ""
        self.out.append(f'<a class="link" href="{escape(address)}"{outside}>')
        return True

    def _write_leaf(self, child: Token, block: Block, leaf: Leaf, line: _LineWriter) -> None:
        if child.type == "hardbreak":
            self.out.append("<br>\n")
        elif child.type == "softbreak":
            line.write_text(block.raw, leaf)
        elif child.type == "code_inline":
            self.out.append("<code>")
            line.write_text(block.raw, leaf)
            self.out.append("</code>")
        elif child.type == "image":
            # Nothing is fetched from elsewhere: the alt text stands in the picture's place.
            self.out.append('<span class="picture">')
            line.write_text(block.raw, leaf)
            self.out.append("</span>")
        else:
            line.write_text(block.raw, leaf)


@dataclass(slots=True)
class _LineWriter:
    """Writes the text of one block, opening and closing marks and names as it goes."""

    out: list[str]
    drawings: Drawings
    head: PartStart | None
    in_link: int = 0
    waiting: list[str] = field(default_factory=list)
    """Numbers that must not stand inside a link."""
    numbered: set[str] = field(default_factory=set)
    identified: set[str] = field(default_factory=set)
    parted: set[str] = field(default_factory=set)

    def write_note_sign(self) -> None:
        notes = [p.mark for p in self.drawings.marks if p.mark.is_note and p.is_first]
        if notes:
            label = "; ".join(note.label for note in notes)
            # On paper the sign has its number, which says more there than a dagger alone.
            numbers = " ".join(note.sign for note in notes)
            self.out.append(
                f'<a class="sign" data-apparatus href="#{escape(notes[0].card)}"'
                f' aria-label="{escape(label)}" data-n="{escape(numbers)}">†</a>'
            )

    def write_text(self, raw: str, leaf: Leaf) -> None:
        """The leaf's text, cut where a mark, a name or a part begins or ends."""
        if leaf.start == leaf.end:
            return
        here = self.drawings.between(leaf.start, leaf.end)
        if here is NOTHING:
            self.out.append(escape(raw[leaf.start : leaf.end], quote=False))
            return
        stack: list[MarkPiece | str] = []
        for start, end in pairwise(_cuts(leaf, here)):
            self._write_parts_at(start)
            wanted: list[MarkPiece | str] = [
                p for p in here.marks if p.start <= start and end <= p.end
            ]
            if not self.in_link:
                wanted += [h for s, e, h in here.names if s <= start and end <= e]
            self._change_stack(stack, wanted)
            self.out.append(escape(raw[start:end], quote=False))
            self._close_ended(stack, [p for p in here.marks if p.end == end])
        self._change_stack(stack, [])

    def _change_stack(
        self, stack: list[MarkPiece | str], wanted: Sequence[MarkPiece | str]
    ) -> None:
        keep = 0
        while keep < min(len(stack), len(wanted)) and stack[keep] is wanted[keep]:
            keep += 1
        while len(stack) > keep:
            self.out.append("</a>" if isinstance(stack.pop(), str) else "</mark>")
        for item in wanted[keep:]:
            self.out.append(self._open_tag(item))
            stack.append(item)

    def _open_tag(self, item: MarkPiece | str) -> str:
        if isinstance(item, str):
            return f'<a class="nm" href="{escape(item)}">'
        mark = item.mark
        attributes = f' class="{escape(mark.css)}"'
        if item.is_first and mark.anchor not in self.identified:
            self.identified.add(mark.anchor)
            attributes += f' id="{escape(mark.anchor)}"'
        attributes += f' data-of="{escape(mark.card)}"'
        if mark.by:
            attributes += f' data-by="{escape(mark.by)}"'
        return f"<mark{attributes}>"

    def _close_ended(self, stack: list[MarkPiece | str], ending: Sequence[MarkPiece]) -> None:
        """Close the pieces *ending* here, and write the number of each claim that is over."""
        ended = [piece for piece in ending if piece.is_last and not piece.mark.is_note]
        if not ended:
            return
        self._change_stack(
            stack, [i for i in stack if not isinstance(i, str) and i.end > ended[0].end]
        )
        for piece in ended:
            if piece.mark.id in self.numbered:
                continue
            self.numbered.add(piece.mark.id)
            mark = piece.mark
            self.waiting.append(
                f'<a class="ref" data-apparatus href="#{escape(mark.card)}"'
                f' aria-label="{escape(mark.label)}">{escape(mark.sign)}</a>'
            )
        self.write_waiting()

    def write_waiting(self) -> None:
        if not self.in_link:
            self.out.extend(self.waiting)
            self.waiting.clear()

    def _write_parts_at(self, offset: int) -> None:
        for start, part in self.drawings.parts:
            if start == offset and part is not self.head and part.anchor not in self.parted:
                self.parted.add(part.anchor)
                self.out.append(f'<span id="{escape(part.anchor)}" data-apparatus></span>')

    def finish(self) -> None:
        self.in_link = 0
        self.write_waiting()


def _cuts(leaf: Leaf, drawings: Drawings) -> list[int]:
    """Where something begins or ends in the leaf, and the leaf's own ends; in order."""
    cuts = {leaf.start, leaf.end}
    cuts.update(offset for piece in drawings.marks for offset in (piece.start, piece.end))
    cuts.update(offset for name in drawings.names for offset in name[:2])
    cuts.update(offset for offset, _ in drawings.parts)
    return sorted(cut for cut in cuts if leaf.start <= cut <= leaf.end)
