"""What is indexed of a text, so that its words are found in the ways readers write them.

Pagefind cuts a text at white space and a word at ASCII punctuation only, and keeps ligatures: in
``l’élection``, ``talks—which`` and a Chinese sentence it sees one word each, and ``ﬁnal`` is not
``final``. What it is given is therefore the text with such signs made plain, word for word, so that
the place of a hit is the place in the words shown; and *behind* the text what has no place in it,
such as the names of a claim's speaker.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]+"
)
"""Runs of scripts without spaces between words: Thai, Lao, Burmese, Khmer, kana, Han."""

_WITHOUT_WIDTH = re.compile("[\xad\u200b\u2060\ufeff]+")
_DIRECTIVE = re.compile(r"^_+(?=(?:END_)?PAGEFIND_)")


def squeeze(text: str) -> str:
    """*text* with one space for each run of white space and without what has no width."""
    return " ".join(_WITHOUT_WIDTH.sub("", text).split())


def indexed_text(text: str, also: Iterable[str] = ()) -> tuple[str, str]:
    """What to index for *text* that *also* finds: its own words, and those behind them.

    Joined by a space they are the content to index. The first has one word for each of *text*.
    """
    words, others = squeeze(text), squeeze(" ".join(also))
    behind = [plain for word in others.split() for plain in _plain_words(word)]
    behind += _pairs(words) + _pairs(others)
    if not words.isascii() or "_" in words:
        words = " ".join(map(_plain_word, words.split()))
    return words, " ".join(dict.fromkeys(behind))


def _plain_words(word: str) -> list[str]:
    return unicodedata.normalize("NFKC", _plain_word(word)).split()


def _plain_word(word: str) -> str:
    """*word* with plain letters and signs, but never as more than one word."""
    if word.isascii():
        # A text may hold what Pagefind takes for an order to itself.
        return _DIRECTIVE.sub("", word) if word[0] == "_" else word
    plain = unicodedata.normalize("NFKC", word)
    if len(plain.split()) != 1:
        plain = word
    return "".join(
        "-" if not c.isascii() and unicodedata.category(c).startswith("P") else c for c in plain
    )


def _pairs(text: str) -> list[str]:
    """Each character of an unspaced script with its follower: a search looks for all its pairs."""
    if text.isascii():
        return []
    runs: list[str] = _UNSPACED.findall(unicodedata.normalize("NFKC", text))
    return [run[at : at + 2] for run in runs for at in range(len(run))]
