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
from dataclasses import dataclass
from typing import NamedTuple

from .lexicon import words as words_of
from .lexicon.titles import ORGANISATION_WORDS

_WORD = re.compile(r"[^\W_]+(?:[.’'](?=[^\W_])[^\W_]+)*\.?")
_GAP = re.compile(r"(?:[\s\u00a0]+|-|‑|\.\s?|[.’'])")


@dataclass(frozen=True, slots=True)
class Found:
    """A place where a known name stands."""

    start: int
    end: int
    key: str


class NameWord(NamedTuple):
    """A word of the text as names are compared. A tuple: there are thousands to a page."""

    start: int
    end: int
    folded: str


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
    return tuple(word.folded for word in find_words(name))


def find_words(text: str) -> list[NameWord]:
    """The words of *text* with a possessive cut off."""
    found = []
    for match in _WORD.finditer(text):
        start, end = match.span()
        word = match[0]
        # The full stop of a sentence is no part of a name; those of "U.S." are.
        if word.endswith(".") and "." not in word[:-1]:
            word, end = word[:-1], end - 1
        for possessive in ("'s", "’s"):
            if word.endswith(possessive):
                word, end = word[:-2], end - 2
        found.append(NameWord(start, end, fold_word(word)))
    return found


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


def find_names(text: str, words: Sequence[NameWord], index: NameIndex) -> list[Found]:
    """Where the indexed names stand, in text order, without overlap."""
    found: list[Found] = []
    position = 0
    while position < len(words):
        length = 0
        for parts, key in index.get(words[position].folded, ()):
            if _matches(text, words, position, parts):
                length = len(parts)
                found.append(Found(words[position].start, words[position + length - 1].end, key))
                break
        position += max(1, length)
    return found


def _matches(text: str, words: Sequence[NameWord], position: int, parts: tuple[str, ...]) -> bool:
    if position + len(parts) > len(words):
        return False
    for offset, part in enumerate(parts):
        word = words[position + offset]
        if word.folded != part and not (
            offset and word.folded.lower() == part.lower() and part.lower() in _GENERIC
        ):
            return False
        if offset and not _GAP.fullmatch(text, words[position + offset - 1].end, word.start):
            return False
    return True
