"""The items of a page that holds several, each with its heading, and the outlet and date it gives.

A page is a compilation where something repeats that only items have: closing lines, bare "read
more" lines, datelines, headings set off by more than an empty line, a list of contents. The
sections of one article are not parts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from .authority import Authority
from .blocks import Block
from .dates import find_date
from .outlets import find_source, is_site_name


@dataclass(frozen=True, slots=True)
class PartFound:
    """An item of a page. Its end is the next one's start."""

    start: int
    end: int
    heading: str | None
    """As it stands in the text; None where the item has none."""
    outlet: str | None
    outlet_slug: str | None
    date: str | None
    """EDTF. Never taken over from the page: the day of display is not that of the items."""


_PAGE_LINES = ("date", "byline", "separator", "closing", "read-more")
"""Lines that belong to the page when they stand before its first item."""

_NARROW_GAP = 2
"""Line ends between two paragraphs of most texts."""


def find_parts(text: str, blocks: Sequence[Block], authority: Authority) -> tuple[PartFound, ...]:
    """The parts of a page, in text order; none where it is one item."""
    starts = _find_starts(text, blocks)
    if len(starts) < 2:
        return ()
    parts = _page_head(text, blocks[: starts[0]])
    for position, first in enumerate(starts):
        last = starts[position + 1] if position + 1 < len(starts) else len(blocks)
        members = blocks[first:last]
        heading = _heading_of(members)
        source = find_source(text, members, authority)
        parts.append(
            PartFound(
                start=members[0].start,
                end=blocks[last].start if last < len(blocks) else len(text),
                heading=text[heading.start : heading.end] if heading is not None else None,
                outlet=source.outlet,
                outlet_slug=source.slug,
                date=source.date or _date_of(text, members),
            )
        )
    return tuple(parts)


def _page_head(text: str, blocks: Sequence[Block]) -> list[PartFound]:
    """The page's own first lines, where they give a date that is the page's and not the items'."""
    dated = next((block for block in blocks if block.kind == "date"), None)
    if dated is None:
        return []
    line = text[dated.start : dated.end]
    return [PartFound(blocks[0].start, blocks[-1].end, line, None, None, find_date(line))]


def _find_starts(text: str, blocks: Sequence[Block]) -> list[int]:
    """Positions of the blocks that begin a part."""
    if not _is_compilation(text, blocks):
        return []
    bare = _bare_pointers(text, blocks)
    contents = _contents_list(text, blocks)
    starts: list[int] = []
    has_body = True
    for position, block in enumerate(blocks):
        opens = block.kind == "heading" and block.level <= 2
        if position:
            above = blocks[position - 1]
            after_end = above.kind == "closing" or position - 1 in bare
            is_running = block.kind in ("paragraph", "list", "quotation")
            if after_end and is_running and not _is_remark(text, block):
                opens = True
            if contents is not None and position == contents + 1:
                opens = True
        if not starts and _is_page_head(text, blocks, position):
            continue
        if (opens and has_body) or not starts:
            starts.append(position)
            has_body = False
        has_body = has_body or _is_body(block)
    return _without_ends(blocks, starts)


def _is_page_head(text: str, blocks: Sequence[Block], position: int) -> bool:
    """Whether a block before the first item is the page's own: a date, the site's name and motto."""
    block = blocks[position]
    if block.kind in _PAGE_LINES or is_site_name(text, block):
        return True
    return (
        position > 0
        and is_site_name(text, blocks[0])
        and not (block.kind == "heading" or _is_body(block))
    )


def _is_body(block: Block) -> bool:
    """Whether a block is text of an item, and no mere line between two headings."""
    return block.kind in ("paragraph", "list", "quotation") and block.end - block.start > 40


def _is_compilation(text: str, blocks: Sequence[Block]) -> bool:
    closings = Counter(text[b.start : b.end] for b in blocks if b.kind == "closing")
    if any(count > 1 for count in closings.values()):
        return True
    if len(_bare_pointers(text, blocks)) > 1 or _contents_list(text, blocks) is not None:
        return True
    items = [
        position
        for position, block in enumerate(blocks)
        if position and block.kind == "heading" and block.level == 2
    ]
    wide = [p for p in items if text[blocks[p - 1].end : blocks[p].start].count("\n") > _NARROW_GAP]
    paragraphs = [
        text[above.end : block.start].count("\n")
        for above, block in pairwise(blocks)
        if above.kind == block.kind == "paragraph"
    ]
    signed = [p for p in items if any(b.kind in ("byline", "date") for b in blocks[p + 1 : p + 4])]
    if signed and len(items) > 1:
        return True
    narrow = sum(gap <= _NARROW_GAP for gap in paragraphs)
    return len(wide) > 1 and narrow > 0.7 * len(paragraphs)


def _bare_pointers(text: str, blocks: Sequence[Block]) -> set[int]:
    """Positions of "read more" lines that point nowhere: what they pointed to is lost."""
    return {
        position
        for position, block in enumerate(blocks)
        if block.kind == "read-more"
        and len(text[block.start : block.end].split(":", maxsplit=1)[0].split()) <= 2
        and " " not in text[block.start : block.end].partition(":")[2].strip()
    }


def _contents_list(text: str, blocks: Sequence[Block]) -> int | None:
    """The position of a list that repeats headings of the page."""
    headings = {text[b.start : b.end] for b in blocks if b.kind == "heading"}
    for position, block in enumerate(blocks):
        repeated = sum(text[item.start : item.end] in headings for item in block.items)
        if repeated > 1:
            return position
    return None


def _is_remark(text: str, block: Block) -> bool:
    """Whether a block is a compiler's own remark on the item above it."""
    return text.startswith(("NOTE", "Note:", "PS", "P.S.", "Comment"), block.start)


def _without_ends(blocks: Sequence[Block], starts: list[int]) -> list[int]:
    """Without parts that hold nothing but the page's own first or last lines."""
    kept = []
    for position, first in enumerate(starts):
        last = starts[position + 1] if position + 1 < len(starts) else len(blocks)
        members = blocks[first:last]
        if any(b.kind in ("paragraph", "list", "quotation", "caption") for b in members):
            kept.append(first)
    return kept


def _heading_of(members: Sequence[Block]) -> Block | None:
    """The last heading before the item's text: the ones before it are labels of the page."""
    heading = None
    for block in members:
        if block.kind == "heading":
            heading = block
        elif block.kind in ("list", "quotation") or _is_body(block):
            break
    return heading


def _date_of(text: str, members: Sequence[Block]) -> str | None:
    """A date line or byline at the head of the item."""
    for block in members[:5]:
        if block.kind in ("date", "byline"):
            return find_date(text[block.start : block.end])
    return None
