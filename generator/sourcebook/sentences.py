"""The sentence around a passage: what a list of quotations shows of the text about them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from .anchors import Context, Segment, Span

_END = re.compile(
    # All signs in one class, because Python seeks one far quicker than either of two.
    r"[.!?…؟۔。！？](?:(?<![。！？])[\"”’»)\]]*\s+"
    # Chinese and Japanese put no space between sentences.
    r"|(?<=[。！？])[\"”’»)\]」』）]*\s*)(?=\S)"
)
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Maj|Col|Lt|Sgt|Sen|Rep|Gov|St|No|vs|[A-Z]"
    r"|MR|MRS|MS|DR|GEN|MAJ|COL|LT|SGT|SEN|REP|GOV)\.)$"
)
_LONGEST = 260
"""Code points shown before and after a passage; a longer sentence is cut at a word."""


def context_of(text: str, block_starts: Sequence[int], spans: Sequence[Span]) -> Context:
    """The passage at *spans*, with the rest of its first and last sentence and what lies between.

    Never crosses a block's edge outwards. A cut is marked with an ellipsis.
    """
    first, last = spans[0], spans[-1]
    segments: list[Segment] = []
    # What lies further away than can be shown is not searched: a block may be a whole book.
    floor = max(_block_at(text, block_starts, first.start).start, first.start - 2 * _LONGEST)
    left = _sentence_start(text, floor, first.start)
    lead = text[left : first.start]
    if len(lead) > _LONGEST:
        lead = "…" + _without_half_word(lead[-_LONGEST:])
    if lead:
        segments.append(Segment(lead, False))
    at = first.start
    for span in spans:
        if span.start > at:
            segments.append(Segment(_between(text[at : span.start]), False))
        segments.append(Segment(text[span.start : span.end], True))
        at = span.end
    ceiling = min(_block_at(text, block_starts, last.end - 1).end, last.end + 2 * _LONGEST)
    right = _sentence_end(text, last.end, ceiling)
    tail = text[last.end : right].rstrip()
    if len(tail) > _LONGEST:
        tail = tail[:_LONGEST]
        tail = (tail.rpartition(" ")[0] or tail) + "…"
    if tail:
        segments.append(Segment(tail, False))
    return tuple(segments)


def sentence_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Where each sentence of *text* begins and ends, without the white space between them."""
    starts = [0]
    starts += [end.end() for end in _END.finditer(text) if not _is_abbreviation(text, end)]
    ends = [*starts[1:], len(text)]
    return tuple(
        (start, start + len(text[start:end].rstrip()))
        for start, end in zip(starts, ends, strict=True)
        if text[start:end].strip()
    )


def _between(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    first = words[: _LONGEST // 2]
    return (first.rpartition(" ")[0] or first) + " … " + _without_half_word(words[-_LONGEST // 2 :])


def _without_half_word(words: str) -> str:
    # Some scripts have no spaces; there a word may be cut.
    return words.partition(" ")[2] or words


def _block_at(text: str, starts: Sequence[int], offset: int) -> Span:
    following = max(1, bisect_right(starts, offset))
    end = starts[following] - 1 if following < len(starts) else len(text)
    return Span(starts[following - 1], end)


def _sentence_start(text: str, floor: int, at: int) -> int:
    start = floor
    for match in _END.finditer(text, floor, at):
        if not _is_abbreviation(text, match):
            start = match.end()
    return start


def _sentence_end(text: str, at: int, ceiling: int) -> int:
    # The quote may itself end with the full stop that closes the sentence.
    for match in _END.finditer(text, max(0, at - 1), ceiling):
        if match.end() >= at and not _is_abbreviation(text, match):
            return match.end()
    return ceiling


def _is_abbreviation(text: str, end: re.Match[str]) -> bool:
    if _ABBREVIATED.search(text, max(0, end.start() - 6), end.start() + 1):
        return True
    return text[end.end() : end.end() + 1].islower()
