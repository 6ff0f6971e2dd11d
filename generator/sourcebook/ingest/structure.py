"""What each line of a plain text is: heading, list, paragraph, block quotation, and so on.

A capture of a page keeps the words and loses the marks: a heading is a short line without a full
stop, a block quotation a paragraph after "he said:". The roles found here are told from shape and
neighbours alone; nothing depends on the subject of the text. Offsets are exact: a block's span
holds no white space at its ends and no bullet, so ``text[start:end]`` is what a reader reads.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from .blockquotes import find_quotations
from .blocks import Block, BlockKind, Item
from .lexicon.layout import (
    BYLINE,
    CAPTION_OPENING,
    CLOSING_LINE,
    DATE_LINE,
    EMBED_OPENING,
    MESSAGE_FIELD,
    MESSAGE_OPENING,
    MESSAGE_STAMP,
    PAGE_END,
    PHOTO_CREDIT,
    READ_MORE,
    SERIES_LINE,
    SMALL_WORDS,
)
from .readers.message import end_of_message_head

__all__ = ["Block", "BlockKind", "Item", "find_structure", "is_hard_wrapped", "without_pointers"]


class _Line(NamedTuple):
    """A line that is not blank. A tuple: there are hundreds to a page."""

    start: int
    end: int
    text: str
    indent: int
    blanks: int
    """Empty lines above it."""
    bullet: str = ""
    number: str = ""
    marker_start: int | None = None


_LINE = re.compile(r"[^\r\n\f\x85\u2028\u2029]*(?:\r\n|[\r\n\f\x85\u2028\u2029]|\Z)")
_MARKER = re.compile(
    r"(?:(?P<bullet>[•◦▪‣·])\s*|(?P<ascii>[*+-])\s+|(?P<number>\d{1,3}[.)])\s+)(?=\S)"
)
_SEPARATOR = re.compile(r"([-_*=~#])(?:\s*\1){2,}|[⁂—–]{1,3}|\*")
# German closes a quotation with the marks that open one in English.
# French has a space before them.
_SENTENCE_END = re.compile(r"[.!?…:;,؟۔。](?:\s?['\"”’»“‘«)\]])*$")
_FULL_STOP = re.compile(r"(?<!\.)\.(?:\s?['\"”’»“‘«)\]])*$")
_FEW_WORDS = 4
"""The name of a section has fewer, a title more."""
_MOST_HEADING_WORDS = 24
_MOST_HEADING_LENGTH = 150
_WORD = re.compile(r"[^\W\d_]+(?:[’'.-][^\W\d_]+)*")


# Asked for twice of each capture: for what it says, then for its transcription.
@lru_cache(maxsize=1)
def find_structure(text: str) -> tuple[Block, ...]:
    """The blocks of *text*, in order; what is between them is white space and markers of layout.

    In a hard-wrapped text adjacent lines are one paragraph; otherwise each line is one.
    """
    lines = _find_lines(text)
    if not lines:
        return ()
    head = end_of_message_head(text)
    groups = _join_lines(lines, _are_hard_wrapped(_lines_behind(lines, head)), head)
    draft = _find_roles(text, groups)
    return tuple(_set_levels(text, find_quotations(text, draft)))


_LONGEST_POINTER = 220


def without_pointers(text: str, blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks above "Related topics", where no more than short lines are below."""
    longest = 0
    kept = len(blocks)
    for position in reversed(range(len(blocks))):
        block = blocks[position]
        if block.kind != "list":
            longest = max(longest, block.end - block.start)
        if longest > _LONGEST_POINTER:
            break
        if PAGE_END.match(text, block.start, block.end):
            kept = position
    return blocks[:kept]


def is_hard_wrapped(text: str) -> bool:
    """Whether line ends are those of a page's width, not of paragraphs."""
    return _are_hard_wrapped(_lines_behind(_find_lines(text), end_of_message_head(text)))


def _lines_behind(lines: list[_Line], head: int) -> list[_Line]:
    """The lines behind the head of a message, which has a width of its own."""
    return [line for line in lines if line.start >= head] if head else lines


def _are_hard_wrapped(lines: Sequence[_Line]) -> bool:
    width = max((len(line.text) for line in lines), default=0)
    if not 30 <= width <= 130:
        return False
    joins = breaks = in_sentence = 0
    for line, following in pairwise(lines):
        if following.blanks or following.bullet or following.number:
            continue
        first_word = following.text.split(maxsplit=1)[0]
        is_full = len(line.text) + 1 + len(first_word) > width * 0.8
        if is_full and not (len(line.text) < width * 0.9 and line.text.endswith((".", "!", "?"))):
            joins += 1
            in_sentence += not (first_word[0].isupper() or _SENTENCE_END.search(line.text))
        else:
            breaks += 1
    return joins > breaks and (joins > 2 or in_sentence > 1)


def _find_lines(text: str) -> list[_Line]:
    """The lines that are not blank, each with its text between white space and its list marker."""
    lines: list[_Line] = []
    blanks = 0
    for match in _LINE.finditer(text):
        raw = match[0]
        content = raw.strip()
        if not content:
            blanks += 1
            continue
        start = match.start() + len(raw) - len(raw.lstrip())
        end = start + len(content)
        indent = len(raw[: start - match.start()].expandtabs(4))
        marker = None if _SEPARATOR.fullmatch(content) else _MARKER.match(content)
        bullet = (marker["bullet"] or marker["ascii"] or "") if marker else ""
        number = (marker["number"] or "") if marker else ""
        marker_start = start if marker else None
        if marker:
            start += marker.end()
        lines.append(
            _Line(start, end, text[start:end], indent, blanks, bullet, number, marker_start)
        )
        blanks = 0
    return lines


def _join_lines(lines: Sequence[_Line], wrapped: bool, head: int) -> list[list[_Line]]:
    """Lines in groups: one paragraph, one list item, or one field of a message's *head* each."""
    groups: list[list[_Line]] = []
    for line in lines:
        above = groups[-1][-1] if groups else None
        is_continued = (
            above is not None
            and not line.blanks
            and not line.bullet
            and not line.number
            and not _SEPARATOR.fullmatch(line.text)
            and not _SEPARATOR.fullmatch(above.text)
            and not MESSAGE_STAMP.match(line.text)
            and (line.start >= head or line.indent)
            and (
                wrapped
                or line.start < head
                or ((above.bullet or above.number) and line.text[0].islower())
            )
        )
        if is_continued:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _find_roles(text: str, groups: Sequence[list[_Line]]) -> list[Block]:
    """One block for each group or list, from its own shape and its neighbours'."""
    blocks: list[Block] = []
    position = 0
    while position < len(groups):
        listed = _list_length(groups, position)
        if listed:
            members = groups[position : position + listed]
            blocks.append(_make_list(members))
            position += listed
            continue
        group = groups[position]
        start, end = _start_of(group), group[-1].end
        above = blocks[-1] if blocks else None
        blocks.append(Block(_role_of(text, groups, position, above), start, end))
        position += 1
    return blocks


def _list_length(groups: Sequence[list[_Line]], position: int) -> int:
    """How many groups from *position* are entries of one list; 0 where none begins."""
    first = groups[position][0]
    if not first.bullet and not first.number:
        if not position:
            return 0  # a page's first line is its title, or its outlet
        return _unmarked_list_length(groups, position)
    length = 0
    for group in groups[position:]:
        line = group[0]
        is_same_kind = bool(line.bullet) == bool(first.bullet) and bool(line.number) == bool(
            first.number
        )
        if not (line.bullet or line.number) or not is_same_kind:
            break
        if CLOSING_LINE.fullmatch(line.text) or READ_MORE.match(line.text):
            break
        # After a gap, a whole sentence does not go on a list of mere headings.
        if length and line.blanks and _is_sentence(group[-1].text) != _is_sentence(first.text):
            break
        length += 1
    # "2016. A year ..." is a paragraph: a list of numbers counts from its first entry on.
    if first.number and length == 1:
        return 0
    return length


def _unmarked_list_length(groups: Sequence[list[_Line]], position: int) -> int:
    """Length of a run of four or more short adjacent lines of one pattern ("Name – country")."""
    length = most = 0
    for group in groups[position:]:
        line = group[0]
        if len(group) > 1 or line.bullet or line.number or len(line.text) > 60:
            break
        if _SENTENCE_END.search(line.text) or (length and line.blanks):
            break
        if MESSAGE_STAMP.match(line.text) or DATE_LINE.fullmatch(line.text):
            break
        if MESSAGE_FIELD.match(line.text):
            break
        words = line.text.count(" ") + 1
        if length > 2 and most < _FEW_WORDS < words:
            break  # a title below the names of a site's sections
        most = max(most, words)
        length += 1
    return length if length >= 4 else 0


def _make_list(groups: Sequence[list[_Line]]) -> Block:
    indents = sorted({group[0].indent for group in groups})
    items = tuple(
        Item(
            start=group[0].start,
            end=group[-1].end,
            level=indents.index(group[0].indent),
            number=group[0].number or None,
            number_start=group[0].marker_start if group[0].number else None,
        )
        for group in groups
    )
    start = items[0].start if items[0].number_start is None else items[0].number_start
    return Block("list", start, items[-1].end, items=items)


def _start_of(group: Sequence[_Line]) -> int:
    """Where a group that is no list begins: its bullet is layout, but its number is text."""
    first = group[0]
    if first.number and first.marker_start is not None:
        return first.marker_start
    return first.start


def _role_of(
    text: str, groups: Sequence[list[_Line]], position: int, above: Block | None
) -> BlockKind:
    """The role of a group that is no list. Block quotations are found later, from their lead-in."""
    group = groups[position]
    content = text[_start_of(group) : group[-1].end]
    if len(group) == 1:
        role = _role_of_line(content, group[0].blanks, above)
        if role is not None:
            return role
        following = groups[position + 1] if position + 1 < len(groups) else None
        if _is_caption(text, content, above):
            return "caption"
        # "Best regards," and the name below it.
        goes_on = above is not None and not group[0].blanks and text[above.end - 1] == ","
        if group[0].bullet or goes_on:
            return "paragraph"
        if _is_heading(content, following, is_first=above is None):
            return "heading"
    return "paragraph"


def _role_of_line(content: str, blanks: int, above: Block | None) -> BlockKind | None:
    """A role that the words of one line tell by themselves."""
    if _SEPARATOR.fullmatch(content):
        return "separator"
    if len(content) < _MOST_HEADING_LENGTH and READ_MORE.match(content):
        return "read-more"
    # The second line of a list of pointers ("See Syria Daily ...") has no "see" of its own.
    if not blanks and above and above.kind == "read-more" and SERIES_LINE.match(content):
        return "read-more"
    if CLOSING_LINE.fullmatch(content):
        return "closing"
    if DATE_LINE.fullmatch(content):
        return "date"
    if BYLINE.fullmatch(content):
        return "byline"
    if EMBED_OPENING.match(content):
        return "embed"
    return "paragraph" if MESSAGE_FIELD.match(content) else None


def _is_caption(text: str, content: str, above: Block | None) -> bool:
    if len(content) > 250:
        return False
    if CAPTION_OPENING.match(content) or PHOTO_CREDIT.search(content):
        return True
    # "Image of some of the casualties:" and then, in capitals, the name of the picture's file.
    is_announced = above is not None and text[above.start : above.end].endswith(":")
    return is_announced and len(content) < 80 and content.isupper()


def _is_sentence(content: str) -> bool:
    return len(content) > 60 and content.rstrip("\"'”’»)]").endswith((".", "!", "?", "…"))


def _is_heading(content: str, following: list[_Line] | None, is_first: bool) -> bool:
    """Whether a line of its own reads as a heading: short, and no sentence of the running text."""
    if len(content) > _MOST_HEADING_LENGTH:
        return False
    words = _WORD.findall(content)
    if not 1 <= len(words) <= _MOST_HEADING_WORDS:
        return False
    if following is None and not is_first:
        return False
    if following is not None and MESSAGE_OPENING.match(following[0].text) and not is_first:
        return False  # who signs, above the message that is answered
    if words[-1].lower() in SMALL_WORDS and content[-1].isalnum() and not _is_title_case(words):
        return False  # a sentence that lost its link: "I have another blog at"
    is_remark = content.islower() and len(words) <= 14 and not _FULL_STOP.search(content)
    if content.isupper() or is_remark:
        return not content.endswith((",", ";", ":"))
    if is_first and ". " not in content and len(words) <= 18 and content[-1] not in ":,":
        return True  # even with a full stop: corpora close the title like a sentence
    if _SENTENCE_END.search(content):
        return _is_title_case(words) and not content.endswith((",", ";", ":", "."))
    is_open_quotation = content[0] in '"“' and not ("”" in content or '"' in content[1:])
    return not is_open_quotation


def _is_title_case(words: Sequence[str]) -> bool:
    """Whether all words but the small ones have a capital, as in an English headline."""
    large = [word for word in words if word.lower() not in SMALL_WORDS]
    capitals = sum(word[0].isupper() for word in large)
    return len(large) >= 2 and capitals >= 0.8 * len(large)


def _set_levels(text: str, blocks: Sequence[Block]) -> list[Block]:
    """Give each heading its level: 1 for the page's title, 2 for an item, 3 inside an item."""
    closing_lines = [text[block.start : block.end] for block in blocks if block.kind == "closing"]
    closes = len(closing_lines) > len(set(closing_lines))
    headings = [position for position, block in enumerate(blocks) if block.kind == "heading"]
    glued = {position for position in headings if _is_glued(text, blocks, position)}
    levelled = list(blocks)
    for position in headings:
        above = blocks[position - 1] if position else None
        level = _heading_level(text, above, blocks[position], closes)
        if level == 2 and position in glued and len(glued) < len(headings):
            level = 3
        levelled[position] = replace(blocks[position], level=level)
    return levelled


def _is_glued(text: str, blocks: Sequence[Block], position: int) -> bool:
    """Whether no empty line stands between a heading and its text, as where it is a subheading."""
    if position + 1 >= len(blocks):
        return False
    return text[blocks[position].end : blocks[position + 1].start].count("\n") < 2


def _heading_level(text: str, above: Block | None, block: Block, closes: bool) -> int:
    if above is None:
        return 2 if closes else 1
    if above.kind in ("closing", "separator", "date") or (above.kind == "read-more" and not closes):
        return 2
    if closes:
        return 3
    # A subheading is glued to its section, or set off by one empty line like everything else.
    return 2 if text[above.end : block.start].count("\n") >= 2 else 3
