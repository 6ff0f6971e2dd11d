"""The passages of a text that are most like given words: for the help of a quote that is not found.

Only ever a proposal to a person. Nothing is placed by likeness.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from functools import cache, lru_cache
from heapq import nlargest

_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_LEAST = 0.55
"""Below this likeness a proposal would only confuse."""
_LIKE = 0.75
"""Below this likeness one proposal is enough."""
_WINDOWS = 40
_REFINED = 6


def find_nearest_passages(text: str, wanted: str, most: int) -> list[tuple[int, int]]:
    """Up to *most* stretches of *text*, the likest first, cut at word edges; may be empty.

    A window of as many words as *wanted* has runs over the text. Windows that share most words with
    it are compared character by character.
    """
    words = _words_of(text)
    target = [m.group().casefold() for m in _WORD.finditer(wanted)]
    if not words or not target:
        return []
    size = min(len(target), len(words))
    scores = _shared_words([w[2] for w in words], target, size)
    order = nlargest(_WINDOWS, range(len(scores)), key=scores.__getitem__)
    likeness = _likeness_to(wanted)

    def candidate(begin: int, last: int) -> tuple[float, int, int]:
        start, end = words[begin][0], words[last][1]
        if end < len(text) and wanted[-1:] == text[end] and not wanted[-1:].isalnum():
            end += 1
        return likeness(text[start:end]), -start, end

    windows = sorted(((candidate(i, i + size - 1), i) for i in order), reverse=True)
    candidates = [found for found, _ in windows]
    # The likest may still be a word too long or too short.
    for _, first in windows[:_REFINED]:
        for low, high in ((0, 1), (0, -1), (1, 0), (-1, 0)):
            begin, last = first + low, first + size - 1 + high
            if 0 <= begin <= last < len(words):
                candidates.append(candidate(begin, last))
    return _choose(candidates, most)


# Many quotes of one text may be sought.
@lru_cache(maxsize=1)
def _words_of(text: str) -> list[tuple[int, int, str]]:
    """Each word of *text* with its start and end, to compare."""
    return [(m.start(), m.end(), m.group().casefold()) for m in _WORD.finditer(text)]


def _choose(candidates: list[tuple[float, int, int]], most: int) -> list[tuple[int, int]]:
    """The likest of (likeness, -start, end) that do not overlap; doubtful ones only alone."""
    found: list[tuple[int, int]] = []
    for likeness, minus_start, end in sorted(candidates, reverse=True):
        start = -minus_start
        if likeness < _LEAST or len(found) == most or (found and likeness < _LIKE):
            break
        if all(end <= other[0] or start >= other[1] for other in found):
            found.append((start, end))
    return found


def _shared_words(words: list[str], target: list[str], size: int) -> list[int]:
    """For each window of *size* words, how many it shares with *target*, doubles counted."""
    wanted = Counter(target)
    window: Counter[str] = Counter()
    shared = 0
    scores = []
    for index, word in enumerate(words):
        if word in wanted:
            shared += window[word] < wanted[word]
            window[word] += 1
        if index >= size and (gone := words[index - size]) in wanted:
            window[gone] -= 1
            shared -= window[gone] < wanted[gone]
        if index >= size - 1:
            scores.append(shared)
    return scores


def _likeness_to(wanted: str) -> Callable[[str], float]:
    """How like a passage is to *wanted*, from 0 to 1: by characters, or by words where it is long."""
    is_long = len(wanted) > 600
    # The matcher studies its second text once, so that comparing many with it is cheap. Of many
    # words it begins at the rarer ones, or words repeated without end would keep it busy.
    matcher: SequenceMatcher[str] = SequenceMatcher(autojunk=is_long)
    matcher.set_seq2(wanted.split() if is_long else wanted)

    @cache  # Windows of a text that repeats itself are the same.
    def likeness(passage: str) -> float:
        matcher.set_seq1(passage.split() if is_long else passage)
        if matcher.real_quick_ratio() < _LEAST or matcher.quick_ratio() < _LEAST:
            return 0.0
        return matcher.ratio()

    return likeness
