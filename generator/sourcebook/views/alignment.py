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
    rows: list[list[Piece]] = [[piece] for piece in cut[base]]
    for column, pieces in enumerate(cut):
        if column == base:
            continue
        before = -1
        for whole in pieces:
            for piece in _split_between_rows(whole, columns[column][whole.text], rows):
                row, _ = _best_row(piece, rows)
                if row is None:
                    row = before + 1
                    rows.insert(row, [])
                rows[row].append(piece)
                before = row
    ordered = [
        sorted(row, key=lambda piece: (piece.column, piece.text, piece.start)) for row in rows
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


def _split_between_rows(
    piece: Piece, text: str, rows: Sequence[Sequence[Piece]]
) -> tuple[Piece, ...]:
    """*piece*, or its clauses where they surely belong to different rows."""
    borders = [match.end() for match in _CLAUSE_END.finditer(text, piece.start, piece.end)]
    parts: list[tuple[int, int, int | None, float]] = []
    for start, end in zip([piece.start, *borders], [*borders, piece.end], strict=True):
        clause = _piece(piece.column, piece.text, text, start, end)
        row, score = _best_row(clause, rows)
        if parts:
            first, _, last_row, last_score = parts[-1]
            if row == last_row or last_row is None or score < _CERTAIN_CLAUSE:
                kept = (last_row, last_score) if last_score >= score else (row, score)
                parts[-1] = (first, end, *kept)
                continue
        parts.append((start, end, row, score))
    return tuple(
        _piece(piece.column, piece.text, text, start, start + len(text[start:end].rstrip()))
        for start, end, _, _ in parts
    )


def _best_row(piece: Piece, rows: Sequence[Sequence[Piece]]) -> tuple[int | None, float]:
    """The row with which *piece* shares most of what few rows have, and how much that is; None
    where it is too little.

    A row is known by its first piece. What others brought into it counts half, or it would draw
    ever more to itself.
    """
    heads = [row[0].stems if row else {} for row in rows]
    scores = []
    for row, head in zip(rows, heads, strict=True):
        others = {stem for other in row[1:] for stem in other.stems}
        scores.append(
            sum(
                weight / max(1, sum(stem in other for other in heads))
                if stem in head
                else weight * _BROUGHT_WEIGHT
                for stem, weight in piece.stems.items()
                if stem in head or stem in others
            )
        )
    best = max(range(len(scores)), key=lambda row: scores[row], default=None)
    if best is None or scores[best] < _CERTAIN:
        return None, 0.0
    return best, scores[best]


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
