"""A parsed body and the places in it become HTML.

The HTML of a document's text adds nothing that a reader could take for the source's words: every
addition bears ``data-apparatus``. Each block of text stands on a line of its own, so that the text
of the page, less the apparatus, normalises to that of the body. A mark is cut wherever an element
of the text begins or ends, so overlapping and nested claims stay valid HTML.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from itertools import pairwise

from markdown_it.token import Token

from .anchors import Span
from .fields import parse_url
from .markup import Block, Leaf, ParsedBody
from .text import NormalisedText, trace


@dataclass(frozen=True, slots=True)
class Mark:
    """A claim or note as it is drawn in the text."""

    id: str
    """The claim's or note's own id."""
    anchor: str
    """The id of its first mark in the page."""
    css: str
    """Classes: ``direct``, ``indirect``, ``mixed``, ``suggested``; ``noted`` for a note."""
    spans: tuple[Span, ...]
    card: str
    """The id of its card."""
    label: str
    """What a screen reader says of its number: ``Claim 5, Dmitry Peskov, direct``."""
    sign: str
    """Its number; for a note the sign that stands at the edge of the block."""
    by: str = ""
    """Numbers of its speakers, for the filter; separated by spaces."""
    is_note: bool = False


@dataclass(frozen=True, slots=True)
class NameLink:
    """A name in the text and the page that it leads to."""

    span: Span
    href: str


@dataclass(frozen=True, slots=True)
class PartStart:
    """Where a part begins."""

    id: str
    anchor: str
    start: int


@dataclass(frozen=True, slots=True)
class RenderedBlock:
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
    blocks_by_token = {block.token: block for block in body.blocks}
    text_blocks = {block.token: _drawings_in(block, marks, names, parts) for block in body.blocks}
    rendered = []
    for first, last in _groups(body.tokens):
        inside = [blocks_by_token[i] for i in range(first, last + 1) if i in blocks_by_token]
        writer = _Writer(body.tokens, blocks_by_token, text_blocks, resolve_web_link)
        html = writer.write(first, last)
        rendered.append(_describe(html, body.tokens[first], inside, marks, parts))
    return RenderedBody(tuple(rendered))


def render_prose(body: ParsedBody, resolve: LinkResolver) -> str:
    """A body written by people (an actor's, a question's, a note) as HTML."""
    blocks_by_token = {block.token: block for block in body.blocks}
    nothing = {block.token: _Drawings() for block in body.blocks}
    writer = _Writer(body.tokens, blocks_by_token, nothing, resolve)
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


def _describe(
    html: str,
    token: Token,
    inside: Sequence[Block],
    marks: Sequence[Mark],
    parts: Sequence[PartStart],
) -> RenderedBlock:
    textual = [block for block in inside if block.text]
    start = textual[0].start if textual else -1
    end = textual[-1].end if textual else -1
    beginning = [m for m in marks if start <= m.spans[0].start < end]
    starting = [part for part in parts if start <= part.start < end]
    whole = [m for m in marks if not m.is_note and textual and all(_fills(m, b) for b in textual)]
    return RenderedBlock(
        html=html,
        claims=tuple(m.id for m in beginning if not m.is_note),
        notes=tuple(m.id for m in beginning if m.is_note),
        part=next((p.id for p in starting if p.start == start), None),
        parts_inside=tuple(p.id for p in starting if p.start != start),
        is_heading=token.type == "heading_open",
        whole_of=whole[0].id if whole else None,
        length=end - start,
    )


def _fills(mark: Mark, block: Block) -> bool:
    """Whether all words of the block are the claim's: quotation marks and stops may stand outside."""
    at = block.start
    outside = []
    for span in mark.spans:
        if span.end <= block.start or span.start >= block.end:
            continue
        outside.append(block.text[at - block.start : max(span.start - block.start, 0)])
        at = min(span.end, block.end)
    if at == block.start:
        return False
    outside.append(block.text[at - block.start :])
    return not any(char.isalnum() for piece in outside for char in piece)


# Drawings: what is to be drawn in one block, in offsets of its raw text ---------------------------


@dataclass(frozen=True, slots=True)
class _MarkPiece:
    start: int
    end: int
    mark: Mark
    is_first: bool
    """Its first piece in the document bears the id."""
    is_last: bool
    """Behind its last piece stands its number."""


@dataclass(frozen=True, slots=True)
class _Drawings:
    marks: tuple[_MarkPiece, ...] = ()
    names: tuple[tuple[int, int, str], ...] = ()
    parts: tuple[tuple[int, str], ...] = ()
    """(offset, anchor) of parts that begin inside the block."""
    whole: Mark | None = None


def _drawings_in(
    block: Block, marks: Sequence[Mark], names: Sequence[NameLink], parts: Sequence[PartStart]
) -> _Drawings:
    if not block.text:
        return _Drawings()
    raw: NormalisedText | None = None

    def raw_span(span: Span) -> tuple[int, int]:
        nonlocal raw
        start = max(span.start - block.start, 0)
        end = min(span.end - block.start, len(block.text))
        if block.raw == block.text:
            return start, end
        if raw is None:
            raw = trace(block.raw)
        return raw.raw_start(start), raw.raw_end(end)

    pieces = []
    for mark in marks:
        for index, span in enumerate(mark.spans):
            if span.start < block.end and span.end > block.start:
                start, end = raw_span(span)
                is_first = index == 0 and span.start >= block.start
                is_last = index == len(mark.spans) - 1 and span.end <= block.end
                pieces.append(_MarkPiece(start, end, mark, is_first, is_last))
    pieces.sort(key=lambda piece: (piece.start, -piece.end, piece.mark.is_note))
    linked = [
        (*raw_span(name.span), name.href)
        for name in names
        if name.span.start < block.end and name.span.end > block.start
    ]
    starting = [
        (raw_span(Span(part.start, part.start + 1))[0], part.anchor)
        for part in parts
        if block.start < part.start < block.end
    ]
    whole = [m for m in marks if not m.is_note and _fills(m, block)]
    return _Drawings(tuple(pieces), tuple(linked), tuple(starting), whole[0] if whole else None)


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
    drawings: Mapping[int, _Drawings]
    resolve: LinkResolver
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
            self.out.append(f'<span class="number">{escape(block.raw)}</span>\n')
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
        drawings = self.drawings.get(index + 1, _Drawings())
        classes = ""
        if drawings.whole is not None:
            ends = any(p.is_last for p in drawings.marks if p.mark is drawings.whole)
            classes = f' class="whole {escape(drawings.whole.css)}{" last" if ends else ""}"'
        self.out.append(f"<{tag}{classes}>")

    def _write_block(self, index: int, token: Token) -> None:
        block, drawings = self.blocks[index], self.drawings[index]
        line = _LineWriter(self.out, drawings)
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
    drawings: _Drawings
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
            self.out.append(
                f'<a class="sign" data-apparatus href="#{escape(notes[0].card)}"'
                f' aria-label="{escape(label)}">{escape(notes[0].sign)}</a>'
            )

    def write_text(self, raw: str, leaf: Leaf) -> None:
        """The leaf's text, cut where a mark, a name or a part begins or ends."""
        if leaf.start == leaf.end:
            return
        stack: list[_MarkPiece | str] = []
        cuts = list(self._cuts(leaf))
        for start, end in pairwise(cuts):
            self._write_parts_at(start)
            wanted: list[_MarkPiece | str] = [
                p for p in self.drawings.marks if p.start <= start and end <= p.end
            ]
            if not self.in_link:
                wanted += [h for s, e, h in self.drawings.names if s <= start and end <= e]
            self._change_stack(stack, wanted)
            self.out.append(escape(raw[start:end], quote=False))
            self._close_ended(stack, end)
        self._change_stack(stack, [])

    def _cuts(self, leaf: Leaf) -> Iterable[int]:
        cuts = {leaf.start, leaf.end}
        for piece in self.drawings.marks:
            cuts.update((piece.start, piece.end))
        for start, end, _ in self.drawings.names:
            cuts.update((start, end))
        cuts.update(offset for offset, _ in self.drawings.parts)
        return sorted(cut for cut in cuts if leaf.start <= cut <= leaf.end)

    def _change_stack(
        self, stack: list[_MarkPiece | str], wanted: Sequence[_MarkPiece | str]
    ) -> None:
        keep = 0
        while keep < min(len(stack), len(wanted)) and stack[keep] is wanted[keep]:
            keep += 1
        while len(stack) > keep:
            self.out.append("</a>" if isinstance(stack.pop(), str) else "</mark>")
        for item in wanted[keep:]:
            self.out.append(self._open_tag(item))
            stack.append(item)

    def _open_tag(self, item: _MarkPiece | str) -> str:
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

    def _close_ended(self, stack: list[_MarkPiece | str], at: int) -> None:
        ended = [p for p in self.drawings.marks if p.end == at and p.is_last and not p.mark.is_note]
        if not ended:
            return
        self._change_stack(
            stack, [i for i in stack if not isinstance(i, str) and i not in ended and i.end > at]
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
        for start, anchor in self.drawings.parts:
            if start == offset and anchor not in self.parted:
                self.parted.add(anchor)
                self.out.append(f'<span id="{escape(anchor)}" data-apparatus></span>')

    def finish(self) -> None:
        self.in_link = 0
        self.write_waiting()
