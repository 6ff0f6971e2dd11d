"""The sentence around a passage: what a list of quotations shows of the text about them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from .anchors import Context, Segment, Span

_END = re.compile(r"[.!?…؟۔。！？][\"”’»)\]]*\s+(?=[^\s])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Maj|Col|Lt|Sgt|Sen|Rep|Gov|St|No|vs|[A-Z])\.)$"
)
_LONGEST = 260
"""Code points shown before and after a passage; a longer sentence is cut at a word."""


def context_of(text: str, blocks: Sequence[Span], spans: Sequence[Span]) -> Context:
    """The passage at *spans*, with the rest of its first and last sentence and what lies between.

    Never crosses a block's edge outwards. A cut is marked with an ellipsis.
    """
    first, last = spans[0], spans[-1]
    segments: list[Segment] = []
    left = _sentence_start(text, _block_of(blocks, first.start).start, first.start)
    lead = text[left : first.start]
    if len(lead) > _LONGEST:
        lead = "…" + lead[-_LONGEST:].partition(" ")[2]
    if lead:
        segments.append(Segment(lead, False))
    at = first.start
    for span in spans:
        if span.start > at:
            segments.append(Segment(_between(text[at : span.start]), False))
        segments.append(Segment(text[span.start : span.end], True))
        at = span.end
    right = _sentence_end(text, last.end, _block_of(blocks, last.end - 1).end)
    tail = text[last.end : right].rstrip()
    if len(tail) > _LONGEST:
        tail = tail[:_LONGEST].rpartition(" ")[0] + "…"
    if tail:
        segments.append(Segment(tail, False))
    return tuple(segments)


def _between(words: str) -> str:
    if len(words) <= _LONGEST:
        return words
    return (
        words[: _LONGEST // 2].rpartition(" ")[0]
        + " … "
        + words[-_LONGEST // 2 :].partition(" ")[2]
    )


def _block_of(blocks: Sequence[Span], offset: int) -> Span:
    return blocks[max(0, bisect_right(blocks, offset, key=lambda span: span.start) - 1)]


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
