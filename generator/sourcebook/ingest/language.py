"""Tells the language of a text from its script and its small words, or abstains."""

from __future__ import annotations

import re
from collections import Counter

from .lexicon.languages import LANGUAGE_BY_SCRIPT, SMALL_WORDS_BY_LANGUAGE

_WORD = re.compile(r"[^\W\d_]+")
_FOREIGN = re.compile("[\u0370-\uffff]")
"""Every character of a script that tells a language by itself is one of these."""
_READ = 6_000
"""Characters looked at: a text's language shows on its first pages."""


def find_language(text: str) -> str | None:
    """The BCP 47 tag of the language that most of *text* is in; None where it is not sure."""
    sample = text[:_READ]
    foreign = _FOREIGN.findall(sample)
    letters = sum(map(str.isalpha, sample)) if foreign else 0
    for first, last, tag in LANGUAGE_BY_SCRIPT if letters else ():
        if sum(first <= char <= last for char in foreign) > letters * 0.3:
            return tag
    words = Counter(_WORD.findall(sample.lower()))
    total = words.total()
    if total < 5:
        return None
    shares = sorted(
        (
            (sum(words[word] for word in words.keys() & small) / total, tag)
            for tag, small in SMALL_WORDS_BY_LANGUAGE.items()
        ),
        reverse=True,
    )
    (best, tag), (second, _) = shares[:2]
    return tag if best > 0.08 and best > second * 1.2 else None
