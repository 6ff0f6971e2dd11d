"""The turns of a transcript or interview: "MINISTER BECK: It will be built."

A text is one where several of its lines begin with two or more labels that come again, or with
labels in capitals. What a label's holder says is in no marks and has no verb; questions, and those
whose part it is to ask, are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .blocks import Block
from .headings import is_label
from .lexicon import words
from .reading import Span

LABEL_END = re.compile(r"(?:\s\([^()\n]{1,40}\))?\s?:\s")
"""What stands behind the holder of a label, who may have an office or a party in brackets."""
_LABEL = re.compile(
    r"(?P<who>(?:[A-Z][\w.’'-]*|of|the|for|and|de|al|van|von)"
    r"(?:\s(?:[A-Z][\w.’'-]*|of|the|for|and|de|al|van|von)){0,6})"
    rf"{LABEL_END.pattern}\s*(?P<what>\S[^\n]*(?:\n[^\n]+)*)"
)
_ASKING = words(
    """q question questioner reporter interviewer presenter host moderator anchor journalist
    correspondent operator announcer audience a answer editor by read see feature daily"""
)
"""Labels of those who ask, of nobody in particular, and of what is no turn."""
_FEWEST = 3
_LEAST_SHARE = 0.3
_FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody says behind a label."""

    who: Span
    what: Span
    is_statement: bool
    """Not a question, nor of somebody whose part it is to ask."""


def find_turns(text: str, blocks: Sequence[Block]) -> Mapping[int, Turn]:
    """The turns of *text*, by where their block begins; none where it is no transcript."""
    found = {
        block.start: match
        for block in blocks
        if block.kind in ("paragraph", "heading", "quotation")
        and (match := _LABEL.fullmatch(text, block.start, block.end)) is not None
        and not is_label(match["who"])
    }
    labels = Counter(match["who"] for match in found.values())
    turns = {
        start: match
        for start, match in found.items()
        if labels[match["who"]] > 1 or _is_in_capitals(match["who"])
    }
    kept = {match["who"] for match in turns.values()}
    lines = sum(block.kind in ("paragraph", "heading", "quotation") for block in blocks)
    is_transcript = len(turns) >= max(_FEWEST, _LEAST_SHARE * lines) and len(kept) > 1
    if not is_transcript or max(labels.values()) < 2:
        return {}
    return {start: _turn(match) for start, match in turns.items()}


def _is_in_capitals(label: str) -> bool:
    return label.isupper() and len(label) > 1


def _turn(match: re.Match[str]) -> Turn:
    what = match["what"]
    asks = not set(match["who"].lower().split()).isdisjoint(_ASKING)
    is_statement = not asks and not what.rstrip().endswith("?")
    return Turn(
        match.span("who"), match.span("what"), is_statement and len(what.split()) >= _FEWEST_WORDS
    )
