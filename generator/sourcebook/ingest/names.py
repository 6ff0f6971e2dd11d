"""Finds known names in a text: whole words, in any script, across line breaks and possessives.

Case counts, because "us" is not "US" and "Russia today" not Russia Today, but not in words such as
"army". Accents, hyphens and the kind of apostrophe do not: sources write Erdogan and Erdoğan, Al
Nusra and al-Nusra, Syrian Army and Syrian army. Of overlapping names the longest counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from .lexicon import words as words_of
from .lexicon.titles import ORGANISATION_WORDS
from .reading import Span

_WORD = re.compile(r"[^\W_]+(?:[.’'](?=[^\W_])[^\W_]+)*\.?")
_GAP = re.compile(r"(?:[\s\u00a0]+|-|‑|\.\s?|[.’'])")


class Found(NamedTuple):
    """A place where a known name stands."""

    start: int
    end: int
    key: str


class NameWords(NamedTuple):
    """The words of a text as names are compared."""

    spans: Sequence[Span]
    folded: Sequence[str]


NameIndex = Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
"""By first folded word: (all folded words, key), longest first."""


_GENERIC = frozenset(word.lower() for word in ORGANISATION_WORDS) | words_of(
    "government regime opposition rebels activists defence defense foreign armed forces officials"
)
"""Words that names have in common, written large or small as it comes."""

_SMALL_ARTICLES = frozenset(("Al", "El", "The", "De"))


def fold_word(word: str) -> str:
    """*word* as names are compared: no accents, no points, a small "al"."""
    if word.isascii() and "." not in word:
        return word.lower() if word in _SMALL_ARTICLES else word
    decomposed = unicodedata.normalize("NFKD", word.replace("’", "'").replace(".", ""))
    folded = "".join(char for char in decomposed if not unicodedata.combining(char))
    folded = folded.replace("ı", "i")
    return folded.lower() if folded in _SMALL_ARTICLES else folded


def split_name(name: str) -> tuple[str, ...]:
    """The folded words of a name."""
    return tuple(find_words(name).folded)


def find_words(text: str) -> NameWords:
    """The words of *text* with a possessive cut off."""
    spans: list[Span] = []
    folded: list[str] = []
    for match in _WORD.finditer(text):
        span = match.span()
        word = match[0]
        if not word.isalnum():
            # The full stop of a sentence is no part of a name; those of "U.S." are.
            if word.endswith(".") and "." not in word[:-1]:
                word = word[:-1]
            for possessive in ("'s", "’s"):
                word = word.removesuffix(possessive)
            span = (span[0], span[0] + len(word))
        spans.append(span)
        folded.append(fold_word(word))
    return NameWords(spans, folded)


def index_names(names_by_key: Iterable[tuple[str, Sequence[str]]]) -> NameIndex:
    """An index of names for ``find_names``. A name of two keys belongs to the first."""
    rows: dict[str, dict[tuple[str, ...], str]] = defaultdict(dict)
    for key, names in names_by_key:
        for name in names:
            parts = split_name(name)
            if parts and not (len(parts) == 1 and len(parts[0]) < 2):
                rows[parts[0]].setdefault(parts, key)
    return {
        first: tuple(sorted(row.items(), key=lambda item: -len(item[0])))
        for first, row in rows.items()
    }


def find_names(text: str, words: NameWords, index: NameIndex) -> list[Found]:
    """Where the indexed names stand, in text order, without overlap."""
    found: list[Found] = []
    behind = 0
    for position in [at for at, word in enumerate(words.folded) if word in index]:
        if position < behind:
            continue
        for parts, key in index[words.folded[position]]:
            if _matches(text, words, position, parts):
                behind = position + len(parts)
                start, end = words.spans[position][0], words.spans[behind - 1][1]
                found.append(Found(start, end, key))
                break
    return found


def _matches(text: str, words: NameWords, position: int, parts: tuple[str, ...]) -> bool:
    """Whether *parts*, of which the first is the word at *position*, stand there as one name."""
    if position + len(parts) > len(words.folded):
        return False
    for at, part in enumerate(parts[1:], start=position + 1):
        word = words.folded[at]
        if word != part and not (word.lower() == part.lower() and part.lower() in _GENERIC):
            return False
        if not _GAP.fullmatch(text, words.spans[at - 1][1], words.spans[at][0]):
            return False
    return True
