"""Which pieces of several renderings of one statement say the same.

Renderings are cut into sentences, and a sentence into clauses only where its clauses say what
different sentences of another rendering say. Pieces correspond where they share the beginnings of
words that few other pieces have: "refugees" and "refugee", a number, a name. That is a rule of
thumb for putting words side by side. It decides nothing about what they mean, and a piece for which
it finds no counterpart stands alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from ..sentences import sentence_spans

_WORD = re.compile(r"\w+(?:[.,]\d+)*")
_CLAUSE_END = re.compile(r"(?:[,;:،؛]|\s[–—-])\s+")
_STEM_LENGTH = 5
"""Letters by which two words are held to be one: "consult", "consulted", "consultation"."""
_SHORTEST = 5
_SHORTEST_UNCASED = 3
"""Letters from which a word tells something; fewer in scripts that leave out vowels."""
_ARABIC_ARTICLE = re.compile(r"^(?:[وفبك]?ال|لل)(?=\w{3})")
_CERTAIN = 1.0
_CERTAIN_CLAUSE = 1.5
"""What pieces must share to correspond: one word that a single row has. A clause is parted
from what stands before it only where it shares more."""
_BROUGHT_WEIGHT = 0.5
"""A word that only later pieces brought into a row."""
_NAME_WEIGHT = 0.5
"""A word with a capital letter: a name alone does not make two sentences say the same."""
_COMMON = """
about above after again against along among another because before being below between could doing
during every having might never other shall should since still their there these thing those through
under until where which while within without would
ainsi alors après aussi autre avant avoir celle celui cette comme contre depuis elles encore entre
était étaient leurs notre parce pendant quand selon serait seront toujours votre
будет было быть если который которая которые также чтобы этого этот
التي الذي هذا هذه ذلك على إلى كان كانت بعد قبل عند لكن
"""
"""Words that join others, by language; those that are shorter need not be listed."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of one rendering."""

    column: int
    text: int
    """The number of the text in its column."""
    start: int
    end: int
    stems: Mapping[str, float]
    """The beginnings of its words, with what each tells."""


Row = tuple[Piece, ...]
"""Pieces that correspond, those of one column in text order."""


@dataclass(slots=True, eq=False)
class _OpenRow:
    """A row while pieces are put into it; it is known by its first."""

    number: int
    pieces: list[Piece]


class _Rows:
    """Rows in order, with the words by which a piece finds its own.

    To hold each piece against each row would cost the square of a long text, and its cube to know
    which words few rows have.
    """

    def __init__(self, pieces: Sequence[Piece]) -> None:
        """A row for each of *pieces*."""
        self.ordered: list[_OpenRow] = []
        self._headed: defaultdict[str, list[_OpenRow]] = defaultdict(list)
        """By the beginning of a word: the rows of which the first piece has it."""
        self._brought: defaultdict[str, dict[_OpenRow, None]] = defaultdict(dict)
        """The rows into which a later piece brought it."""
        for piece in pieces:
            self.insert(len(self.ordered), piece)

    def insert(self, number: int, piece: Piece) -> None:
        """Begin a row with *piece*."""
        for row in self.ordered[number:]:
            row.number += 1
        row = _OpenRow(number, [piece])
        self.ordered.insert(number, row)
        for stem in piece.stems:
            self._headed[stem].append(row)

    def append(self, row: _OpenRow, piece: Piece) -> None:
        """Put *piece* into *row*."""
        row.pieces.append(piece)
        head = row.pieces[0].stems
        for stem in piece.stems:
            if stem not in head:
                self._brought[stem][row] = None

    def best_for(self, piece: Piece) -> tuple[_OpenRow | None, float]:
        """The row with which *piece* shares most of what few rows have, and how much that is; None
        where it is too little.

        What other pieces than its first brought into a row counts half, or it would draw ever more
        to itself.
        """
        scores: defaultdict[_OpenRow, float] = defaultdict(float)
        for stem, weight in piece.stems.items():
            headed = self._headed.get(stem, ())
            for row in headed:
                scores[row] += weight / len(headed)
            for row in self._brought.get(stem, ()):
                scores[row] += weight * _BROUGHT_WEIGHT
        best = max(scores, key=lambda row: (scores[row], -row.number), default=None)
        if best is None or scores[best] < _CERTAIN:
            return None, 0.0
        return best, scores[best]


def align_columns(columns: Sequence[Sequence[str]]) -> tuple[Row, ...]:
    """The texts of all *columns*, cut into pieces and put into rows.

    The column with most sentences gives the order; a piece that only another column has follows
    what stands before it there. All columns must be in one language.
    """
    cut = [
        [
            _piece(column, number, text, start, end)
            for number, text in enumerate(texts)
            for start, end in sentence_spans(text)
        ]
        for column, texts in enumerate(columns)
    ]
    if not cut:
        return ()
    base = max(range(len(cut)), key=lambda column: (len(cut[column]), -column))
    rows = _Rows(cut[base])
    for column, pieces in enumerate(cut):
        if column == base:
            continue
        before = -1
        for whole in pieces:
            for piece in _split_between_rows(whole, columns[column][whole.text], rows):
                row, _ = rows.best_for(piece)
                if row is None:
                    before += 1
                    rows.insert(before, piece)
                else:
                    before = row.number
                    rows.append(row, piece)
    ordered = [
        sorted(row.pieces, key=lambda piece: (piece.column, piece.text, piece.start))
        for row in rows.ordered
    ]
    return tuple(tuple(row) for row in _without_cuts_in_solitude(ordered))


def _without_cuts_in_solitude(rows: Sequence[list[Piece]]) -> list[list[Piece]]:
    """*rows*, where what follows on itself in one column alone is one piece."""
    kept: list[list[Piece]] = []
    for row in rows:
        if kept and len(kept[-1]) == len(row) == 1:
            last, piece = kept[-1][0], row[0]
            if (last.column, last.text) == (piece.column, piece.text) and last.end <= piece.start:
                kept[-1] = [replace(last, end=piece.end)]
                continue
        kept.append(row)
    return kept


def _piece(column: int, number: int, text: str, start: int, end: int) -> Piece:
    return Piece(column, number, start, end, _stems_of(text[start:end]))


def _split_between_rows(piece: Piece, text: str, rows: _Rows) -> tuple[Piece, ...]:
    """*piece*, or its clauses where they surely belong to different rows."""
    borders = [match.end() for match in _CLAUSE_END.finditer(text, piece.start, piece.end)]
    parts: list[tuple[int, int, _OpenRow | None, float]] = []
    for start, end in zip([piece.start, *borders], [*borders, piece.end], strict=True):
        clause = _piece(piece.column, piece.text, text, start, end)
        row, score = rows.best_for(clause)
        if parts:
            first, _, last_row, last_score = parts[-1]
            if row is last_row or last_row is None or score < _CERTAIN_CLAUSE:
                kept = (last_row, last_score) if last_score >= score else (row, score)
                parts[-1] = (first, end, *kept)
                continue
        parts.append((start, end, row, score))
    return tuple(
        _piece(piece.column, piece.text, text, start, start + len(text[start:end].rstrip()))
        for start, end, _, _ in parts
    )


def _stems_of(text: str) -> dict[str, float]:
    stems: dict[str, float] = {}
    for match in _WORD.finditer(_without_accents(text)):
        word = match[0].casefold()
        if any(letter.isdigit() for letter in word):
            stems[re.sub(r"\D", "", word) or word] = 1.0
            continue
        shortest = _SHORTEST_UNCASED if word.upper() == word else _SHORTEST
        if word in _COMMON_FOLDED or len(word) < shortest:
            continue
        stem = _ARABIC_ARTICLE.sub("", word)[:_STEM_LENGTH]
        weight = _NAME_WEIGHT if match[0][0].isupper() else 1.0
        stems[stem] = max(weight, stems.get(stem, 0.0))
    return stems


def _without_accents(text: str) -> str:
    """*text* without accents and vowel signs, which one outlet writes and another leaves out."""
    return "".join(
        letter
        for letter in unicodedata.normalize("NFKD", text)
        if not unicodedata.combining(letter)
    )


_COMMON_FOLDED = frozenset(_without_accents(word) for word in _COMMON.split())
