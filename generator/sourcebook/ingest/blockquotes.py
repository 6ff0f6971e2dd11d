"""Finds block quotations: the paragraphs after "he said:" that are another's words without marks.

The lead-in gives the first paragraph away; how many more belong to it does not show in plain text.
A following paragraph is taken while it speaks as the quoted person does ("we", "I", "you", present
tense without an attribution) and left where the narrator's voice is back.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from .blocks import Block
from .lexicon import words
from .lexicon.cues import SPEECH_FORMS

_LEAD_IN = re.compile(r":['\"”’]?$")
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_LABEL = re.compile(r"[A-Z][\w.’'-]*(?:\s[A-Z][\w.’'-]*){0,3}:\s")
"""Whoever speaks behind one, in a transcript, is another than who was announced."""
_MARKS = '"“”«»„'
_PICTURES = words("video footage image images photo photos picture pictures film clip map")
_NEAR = 7
"""Words before the colon among which a verb of speech makes the lead-in certain."""
_SPEAKER_WORDS = words(
    """i i’m i'm i’ve i've i’d i'd i’ll i'll we we’re we're we’ve we've we’ll we'll we’d we'd
    our ours us my mine me ourselves myself
    you your you’re you're yours you’ve you've you’ll you'll"""
)
"""Words of one who speaks of himself or to somebody."""
_NARRATION = re.compile(
    r"(?:he|she|they|the (?:\w+ ){0,3}\w+) (?:also |later |then |further )?"
    r"(?:said|added|told|noted|continued|says|wrote|warned|called|insisted|claimed|stressed)\b"
    r"|, [^,.]{2,60} (?:said|says|added|told)\b"
    r"|\b(?:on|last) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\b(?:was|were|had|has) (?:\w+ )?(?:killed|reported|announced|announcing|vetoed|rejected)\b",
    re.IGNORECASE,
)

_CONTRACTION = re.compile(r"\b(?:it|that|there|here|what)[’']s\b|n[’']t\b", re.IGNORECASE)


def find_quotations(text: str, blocks: Sequence[Block]) -> list[Block]:
    """*blocks* with the paragraphs of each block quotation joined into one block."""
    found: list[Block] = []
    position = 0
    while position < len(blocks):
        length = _quotation_length(text, blocks, position)
        if length:
            last = blocks[position + length - 1]
            found.append(replace(blocks[position], kind="quotation", end=last.end))
        else:
            found.append(blocks[position])
        position += max(1, length)
    return found


def _quotation_length(text: str, blocks: Sequence[Block], position: int) -> int:
    """How many paragraphs from *position* are one block quotation; 0 where none begins."""
    block = blocks[position]
    if block.kind != "paragraph":
        return 0
    content = text[block.start : block.end]
    if content.startswith("> ") or _closes_unopened(content):
        return 1
    if content[0] in _MARKS or not position or _LABEL.match(content):
        return 0
    strength = _lead_in_strength(text, blocks[position - 1])
    if strength == 0 or _NARRATION.search(content):
        return 0
    if strength == 1 and not _is_same_voice(content):
        return 0
    length = 1
    for following in blocks[position + 1 :]:
        if following.kind != "paragraph":
            break
        content = text[following.start : following.end]
        if _LABEL.match(content) or _LEAD_IN.search(content) or not _is_same_voice(content):
            break
        length += 1
    return length


def _closes_unopened(content: str) -> bool:
    """Whether the last character closes a quotation whose opening mark the capture lost."""
    return content.endswith("”") and not re.search('[“"«]', content) and content.count("”") == 1


def _lead_in_strength(text: str, block: Block) -> int:
    """Whether a paragraph announces a quotation: 2 surely ("He said on Friday:"), 1 perhaps."""
    if block.kind not in ("paragraph", "list"):
        return 0
    content = text[block.start : block.end]
    if not _LEAD_IN.search(content):
        return 0
    sentence = re.split(r"(?<=[.!?])\s+", content)[-1]
    found = [word.lower() for word in _WORD.findall(sentence)]
    if not found or found[0] in _PICTURES:
        return 0
    near = any(word in SPEECH_FORMS for word in found[-_NEAR:])
    return 2 if near else 1


def _is_same_voice(content: str) -> bool:
    """Whether a paragraph speaks as a quoted person does, not as a narrator."""
    if content[0] in _MARKS or _NARRATION.search(content):
        return False
    unquoted = re.sub(r"[“\"][^”\"]*[”\"]", " ", content)
    found = {word.lower() for word in _WORD.findall(unquoted)}
    # Reporters do not contract, either.
    return not _SPEAKER_WORDS.isdisjoint(found) or bool(_CONTRACTION.search(unquoted))
