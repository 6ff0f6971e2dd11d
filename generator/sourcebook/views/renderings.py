"""One statement as several sources render it, side by side."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from markupsafe import Markup, escape

from ..link import ClaimKey
from .catalogue import Catalogue, ClaimView, Link

COLUMNS_SHOWN = 6
"""More sources than these do not stand side by side; the rest is counted."""

_WORD = re.compile(r"\w+(?:[’']\w+)*")
_LONG_WORD = 7
"""Letters from which a single word counts as shared; shorter ones only in a row of two."""


@dataclass(frozen=True, slots=True)
class ChainStep:
    """One station on a statement's way to the reader; an unknown one has no name."""

    link: Link | None


@dataclass(frozen=True, slots=True)
class Rendering:
    """The statement, or a piece of it, as one claim has it."""

    claim: ClaimView
    words: Markup
    """The quote, with the words marked that another rendering has too."""
    chain: tuple[ChainStep, ...]


@dataclass(frozen=True, slots=True)
class RenderingColumn:
    """What one outlet prints of the statement in one document, in text order."""

    outlet: Link | None
    document: Link
    published: str | None
    renderings: tuple[Rendering, ...]


@dataclass(frozen=True, slots=True)
class Renderings:
    """The statement in all sources, earliest first."""

    columns: tuple[RenderingColumn, ...]
    left_out: int
    compares: bool
    """Whether words are marked: they are where two renderings have one language."""


def renderings_of(key: ClaimKey, catalogue: Catalogue) -> Renderings | None:
    """The renderings of the statement that the claim *key* makes; None where only
    one outlet has it, in one document."""
    group = catalogue.archive.repeats.get(key, ())
    if len(group) < 2:
        return None
    by_source: dict[tuple[Link | None, Link], list[ClaimKey]] = {}
    for member in group:
        claim = catalogue.claims[member]
        by_source.setdefault((claim.outlet, claim.document), []).append(member)
    sources = list(by_source.items())
    if len(sources) < 2:
        return None
    shown = [member for _, members in sources[:COLUMNS_SHOWN] for member in members]
    words = dict(zip(shown, _mark_shared_words(shown, catalogue), strict=True))
    languages = [catalogue.claims[member].lang.split("-")[0] for member in shown]
    return Renderings(
        columns=tuple(
            _column(source, members, words, catalogue)
            for source, members in sources[:COLUMNS_SHOWN]
        ),
        left_out=len(group) - len(shown),
        compares=len(set(languages)) < len(languages),
    )


def renderings_on_sides(
    sides: Sequence[Sequence[ClaimKey]], catalogue: Catalogue
) -> tuple[tuple[Rendering, ...], ...]:
    """The renderings of one statement on each of *sides*; marked are the words that another side
    has too, whatever is said twice on the same side."""
    keys = [key for side in sides for key in side]
    side_of = [number for number, side in enumerate(sides) for _ in side]
    words = dict(zip(keys, _mark_shared_words(keys, catalogue, side_of), strict=True))
    return tuple(
        tuple(
            Rendering(catalogue.claims[key], words[key], _chain(catalogue.claims[key]))
            for key in side
        )
        for side in sides
    )


def _column(
    source: tuple[Link | None, Link],
    members: Sequence[ClaimKey],
    words: Mapping[ClaimKey, Markup],
    catalogue: Catalogue,
) -> RenderingColumn:
    claims = {member: catalogue.claims[member] for member in members}
    ordered = sorted(members, key=lambda member: claims[member].number)
    return RenderingColumn(
        outlet=source[0],
        document=source[1],
        published=claims[ordered[0]].published,
        renderings=tuple(
            Rendering(claims[member], words[member], _chain(claims[member])) for member in ordered
        ),
    )


def _chain(claim: ClaimView) -> tuple[ChainStep, ...]:
    """Speaker, relayers, outlet, document; one step is unknown where no relayer or outlet is."""
    speakers = claim.speakers or (Link(claim.who),)
    steps = [ChainStep(speaker) for speaker in speakers]
    own_voice = claim.outlet is not None and claim.outlet in claim.speakers
    steps += [ChainStep(relay) for relay in claim.via]
    if not claim.via and not own_voice:
        steps.append(ChainStep(None))
    if not own_voice and (claim.outlet is None or claim.outlet not in claim.via):
        steps.append(ChainStep(claim.outlet))
    return tuple(steps)


def _mark_shared_words(
    keys: Sequence[ClaimKey], catalogue: Catalogue, side_of: Sequence[int] | None = None
) -> list[Markup]:
    """The quotes of *keys*; what two of them share stands in ``span.same``.

    Those that *side_of* puts on one side are not held against each other.
    """
    sides = side_of if side_of is not None else range(len(keys))
    claims = [catalogue.archive.claims[key].claim for key in keys]
    texts = [" … ".join(claim.quote) for claim in claims]
    languages = [catalogue.claims[key].lang.split("-")[0] for key in keys]
    words = [list(_WORD.finditer(text)) for text in texts]
    folded = [[match[0].casefold() for match in matches] for matches in words]
    shared: list[set[int]] = [set() for _ in texts]
    for first in range(len(texts)):
        for second in range(first + 1, len(texts)):
            if languages[first] != languages[second] or sides[first] == sides[second]:
                continue
            matcher = SequenceMatcher(None, folded[first], folded[second], autojunk=False)
            for start, other, size in matcher.get_matching_blocks():
                if size > 1 or (size == 1 and len(folded[first][start]) >= _LONG_WORD):
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
