"""One statement as several sources render it, side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import combinations

from markupsafe import Markup, escape

from ..edtf import LAST
from ..link import ClaimKey
from ..model import Slug
from .alignment import Piece, Row, align_columns
from .catalogue import Catalogue, ClaimView, Link

COLUMNS_SHOWN = 6
"""More sources than these do not stand side by side; the rest is counted."""
CLAIMS_SHOWN = 12
"""Of one source that makes the statement again and again; the rest is counted."""
_DOCUMENTS_READ = 50
_CLAIMS_READ = 60
"""Of a statement told without end: its first documents, and the first claims of each, hold all
that is shown."""
_WORDS_COMPARED = 500
"""Of a sentence that has no end."""

_WORD = re.compile(r"\w+(?:[’']\w+)*")
_TELLING_WORD = 5
"""Letters from which a single word counts as shared; shorter ones only in a row of two."""


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One station on a statement's way to the reader; an unknown one has no name."""

    links: tuple[Link, ...]


Chain = tuple[ChainStep, ...]


@dataclass(frozen=True, slots=True)
class Rendering:
    """The statement, or a piece of it, as one claim has it."""

    claim: ClaimView
    words: Markup
    """The quote, or a piece of it, with the words marked that another rendering has too."""
    begins: bool = True
    """Whether these are the first of the claim's words that a reader of the table meets."""


@dataclass(frozen=True, slots=True)
class RenderingColumn:
    """What one outlet prints of the statement in one document."""

    outlet: Link | None
    document: Link
    published: str | None
    attributions: tuple[ClaimView, ...]
    """Claims that between them show all ways in which its pieces are attributed, in text order."""
    chains: tuple[Chain, ...]
    """On which ways the pieces came; more than one only where outlets between them differ."""


@dataclass(frozen=True, slots=True)
class RenderingRow:
    """What corresponds in the renderings."""

    cells: tuple[tuple[Rendering, ...] | None, ...]
    """By column; empty where that rendering has nothing, None where it is in another language."""
    is_aligned: bool = True
    """Whether its words correspond; False for what only stands together, each in its language."""


@dataclass(frozen=True, slots=True)
class Renderings:
    """The statement in all sources, earliest first."""

    columns: tuple[RenderingColumn, ...]
    rows: tuple[RenderingRow, ...]
    left_out: int
    compares: bool
    """Whether words are marked: they are where two renderings have one language."""


def renderings_of(key: ClaimKey, catalogue: Catalogue) -> Renderings | None:
    """The renderings of the statement that the claim *key* makes; None where only
    one outlet has it, in one document."""
    group = catalogue.archive.repeats.get(key, ())
    by_source: dict[tuple[Link | None, Link], list[ClaimKey]] = {}
    for member in _first_told(group):
        claim = catalogue.claims[member]
        by_source.setdefault((claim.outlet, claim.document), []).append(member)
    if len(by_source) < 2:
        return None
    sources = sorted(by_source.items(), key=lambda item: _first_print(item[1], catalogue))
    shown = sources[:COLUMNS_SHOWN]
    members = [
        sorted(keys, key=lambda member: catalogue.claims[member].number)[:CLAIMS_SHOWN]
        for _, keys in shown
    ]
    languages = [_language(keys[0], catalogue) for keys in members]
    return Renderings(
        columns=tuple(
            _column(source, keys, catalogue)
            for (source, _), keys in zip(shown, members, strict=True)
        ),
        rows=_rows(members, languages, catalogue),
        left_out=len(group) - sum(len(keys) for keys in members),
        compares=len(set(languages)) < len(languages),
    )


# Asked for by each claim of the group.
@lru_cache(maxsize=4)
def _first_told(group: tuple[ClaimKey, ...]) -> tuple[ClaimKey, ...]:
    """Those of *group*, earliest first, out of which its renderings are chosen."""
    told: Counter[Slug] = Counter()
    first: list[ClaimKey] = []
    for key in group:
        told[key.document] += 1
        if told[key.document] <= _CLAIMS_READ and len(told) <= _DOCUMENTS_READ:
            first.append(key)
    return tuple(first)


def _first_print(
    keys: Sequence[ClaimKey], catalogue: Catalogue
) -> tuple[tuple[int, int, int], bool, str]:
    """The first day on which the outlet may have printed it, what is certain before what is not;
    what has no date comes last."""
    claims = [catalogue.claims[key] for key in keys]
    dates = [catalogue.archive.claims[key].published for key in keys]
    first = min((date for date in dates if date), key=lambda date: date.sort_key, default=None)
    name = claims[0].outlet.text if claims[0].outlet else claims[0].document.text
    return (first.sort_key, first.is_interval, name) if first else (LAST, True, name)


def _language(key: ClaimKey, catalogue: Catalogue) -> str:
    return catalogue.claims[key].lang.split("-")[0]


def _rows(
    members: Sequence[Sequence[ClaimKey]], languages: Sequence[str], catalogue: Catalogue
) -> tuple[RenderingRow, ...]:
    """What corresponds, language by language; a last row has what is alone in its language."""
    rows: list[RenderingRow] = []
    alone: list[tuple[Rendering, ...] | None] = [None] * len(members)
    for language in dict.fromkeys(languages):
        columns = [place for place, own in enumerate(languages) if own == language]
        if len(columns) == 1:
            alone[columns[0]] = tuple(
                Rendering(catalogue.claims[key], escape(_text_of(key, catalogue)))
                for key in members[columns[0]]
            )
        else:
            rows += _aligned_rows(members, columns, catalogue)
    if any(alone):
        rows.append(RenderingRow(tuple(alone), is_aligned=False))
    return tuple(rows)


def _aligned_rows(
    members: Sequence[Sequence[ClaimKey]], columns: Sequence[int], catalogue: Catalogue
) -> Iterator[RenderingRow]:
    """What corresponds in *columns*, which are in one language."""
    texts = tuple(tuple(_text_of(key, catalogue) for key in members[place]) for place in columns)
    met: set[ClaimKey] = set()
    for row in _align_and_mark(texts):
        cells: dict[int, list[Rendering]] = {place: [] for place in columns}
        for piece, marked in row:
            place = columns[piece.column]
            key = members[place][piece.text]
            cells[place].append(Rendering(catalogue.claims[key], marked, key not in met))
            met.add(key)
        yield RenderingRow(
            tuple(tuple(cells[place]) if place in cells else None for place in range(len(members)))
        )


def _text_of(key: ClaimKey, catalogue: Catalogue) -> str:
    return " … ".join(catalogue.archive.claims[key].claim.quote)


# Each claim that makes the statement shows all of it on its page.
@lru_cache(maxsize=256)
def _align_and_mark(
    texts: tuple[tuple[str, ...], ...],
) -> tuple[tuple[tuple[Piece, Markup], ...], ...]:
    """The pieces of *texts*, by column, in rows; what two columns share stands in ``span.same``."""
    return tuple(
        tuple(zip(row, _mark_shared_pieces(row, texts), strict=True))
        for row in align_columns(texts)
    )


def _mark_shared_pieces(pieces: Row, texts: Sequence[Sequence[str]]) -> list[Markup]:
    return _mark_shared(
        [texts[piece.column][piece.text][piece.start : piece.end] for piece in pieces],
        [piece.column for piece in pieces],
    )


def rows_on_sides(
    sides: Sequence[Sequence[ClaimKey]], catalogue: Catalogue
) -> tuple[RenderingRow, ...]:
    """One statement on several sides, each with at least one claim that makes it: what corresponds
    stands in a row, and words are marked that another side has too.

    Sides in different languages stand in one row, whole and unmarked. Of a side that makes it again
    and again the first claims are shown.
    """
    sides = [keys[:CLAIMS_SHOWN] for keys in sides]
    return _rows(sides, [_language(keys[0], catalogue) for keys in sides], catalogue)


def _column(
    source: tuple[Link | None, Link], members: Sequence[ClaimKey], catalogue: Catalogue
) -> RenderingColumn:
    claims = [catalogue.claims[member] for member in members]
    # By page, too: two persons may have one name.
    attributed = {
        (claim.who, claim.speakers, claim.named, claim.cue, claim.form): claim
        for claim in claims[::-1]
    }
    by_way: dict[Chain, list[Link]] = {}
    for claim in claims:
        speakers = by_way.setdefault(_way(claim), [])
        for speaker in claim.speakers or (Link(claim.who),):
            if speaker not in speakers:
                speakers.append(speaker)
    return RenderingColumn(
        outlet=source[0],
        document=source[1],
        published=claims[0].published,
        attributions=tuple(attributed.values())[::-1],
        chains=tuple((ChainStep(tuple(speakers)), *way) for way, speakers in by_way.items()),
    )


def _way(claim: ClaimView) -> Chain:
    """Relayers and outlet; one step is unknown where the text names nobody between them."""
    steps = [ChainStep((relay,)) for relay in claim.via]
    own_voice = claim.outlet is not None and claim.outlet in claim.speakers
    if own_voice:
        return tuple(steps)
    if not claim.via:
        steps.append(ChainStep(()))
    if claim.outlet is None:
        steps.append(ChainStep(()))
    elif claim.outlet not in claim.via:
        steps.append(ChainStep((claim.outlet,)))
    return tuple(steps)


def _mark_shared(texts: Sequence[str], sides: Sequence[int]) -> list[Markup]:
    """*texts*; what two of them share, a row of words or a long one, is marked.

    Those on one side are not held against each other.
    """
    words = [list(_WORD.finditer(text)) for text in texts]
    folded = [[match[0].casefold() for match in matches[:_WORDS_COMPARED]] for matches in words]
    shared: list[set[int]] = [set() for _ in texts]
    for first, second in combinations(range(len(texts)), 2):
        if sides[first] == sides[second]:
            continue
        matcher = SequenceMatcher(None, folded[first], folded[second], autojunk=False)
        for start, other, size in matcher.get_matching_blocks():
            if size > 1 or (size == 1 and len(folded[first][start]) >= _TELLING_WORD):
                shared[first].update(range(start, start + size))
                shared[second].update(range(other, other + size))
    return [
        _with_marks(text, [(m.start(), m.end()) for m in matches], marked)
        for text, matches, marked in zip(texts, words, shared, strict=True)
    ]


def _with_marks(text: str, words: Sequence[tuple[int, int]], marked: set[int]) -> Markup:
    """*text*, escaped, with runs of *marked* words in one element each."""
    pieces: list[Markup] = []
    place = 0
    number = 0
    while number < len(words):
        if number not in marked:
            number += 1
            continue
        last = number
        while last + 1 in marked:
            last += 1
        start, end = words[number][0], words[last][1]
        pieces.append(escape(text[place:start]))
        pieces.append(Markup('<span class="same">{}</span>').format(text[start:end]))
        place = end
        number = last + 1
    pieces.append(escape(text[place:]))
    return Markup("").join(pieces)
