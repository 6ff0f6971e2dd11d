"""Which claims may belong together: proposals for ``repeats`` relations and for questions.

Two claims of different documents by the same speaker with the same content are perhaps one
statement, told twice. Two of different outlets with the same content by different speakers perhaps
answer one question. Likeness is a cosine of the words of both (the quote's and the annotator's,
cut to their stems), weighted by how rare they are in the archive (Salton and Buckley 1988). It is
only ever a proposal: a person reads both sentences and decides.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from .edtf import LAST
from .link import Archive, ClaimKey, LinkedClaim

_WORD = re.compile(r"\d[\d.,]*\d|\d|[^\W\d_]+")
_STEM = 6
"""Letters of a word that count: enough to join "refugee" and "refugees" in many languages."""
_TOO_COMMON = 0.15
"""Words in more than this share of all claims say nothing of any (and cost the most time)."""
_FEWEST_WORDS = 4
"""Of a claim that is compared: "the talks" is like every other "the talks"."""
_FEWEST_SHARED = 3
"""Words that two claims must have in common, however rare they are."""
_LEAST_REPEATED = 0.3
_LEAST_ASKED = 0.35

Kind = Literal["repeats", "question"]


@dataclass(frozen=True, slots=True)
class LinkProposal:
    """Two claims that may belong together."""

    kind: Kind
    likeness: float
    """0 to 1."""
    later: LinkedClaim
    """Would bear the relation."""
    earlier: LinkedClaim


def propose_links(archive: Archive) -> list[LinkProposal]:
    """All proposals, likest first. Pairs that a relation or a common question joins are left out."""
    claims = [claim for claim in archive.claims.values() if claim.counted]
    vectors = _weigh_words(claims)
    found = []
    for one, other, likeness in _like_pairs(claims, vectors):
        kind = _kind_of(one, other, likeness, archive)
        if kind is not None:
            earlier, later = sorted((one, other), key=_day)
            found.append(LinkProposal(kind, round(likeness, 3), later, earlier))
    return sorted(found, key=lambda p: (p.kind, -p.likeness, p.later.key, p.earlier.key))


def _day(claim: LinkedClaim) -> tuple[tuple[int, int, int], ClaimKey]:
    return (claim.date.sort_key if claim.date else LAST), claim.key


def _kind_of(
    one: LinkedClaim, other: LinkedClaim, likeness: float, archive: Archive
) -> Kind | None:
    if other.key in archive.repeats.get(one.key, ()) or _are_related(one, other):
        return None
    if set(one.claim.by) & set(other.claim.by):
        return "repeats" if likeness >= _LEAST_REPEATED else None
    questions = {answer.question for answer in one.claim.answers}
    share_one = questions & {answer.question for answer in other.claim.answers}
    if one.outlet == other.outlet or share_one or likeness < _LEAST_ASKED:
        return None
    return "question"


def _are_related(one: LinkedClaim, other: LinkedClaim) -> bool:
    return any(other.key in (r.later, r.earlier) for r in one.relations)


Vector = Mapping[str, float]


def _stems(claim: LinkedClaim) -> set[str]:
    text = " ".join((*claim.claim.quote, claim.claim.says or "")).casefold()
    return {word if word[0].isdigit() else word[:_STEM] for word in _WORD.findall(text)}


def _weigh_words(claims: Iterable[LinkedClaim]) -> dict[ClaimKey, Vector]:
    """The words of each claim with their weights, to a length of one."""
    stems = {claim.key: _stems(claim) for claim in claims}
    known = Counter(stem for words in stems.values() for stem in words)
    most = max(3, _TOO_COMMON * len(stems))
    weights = {s: math.log(len(stems) / n) + 1 for s, n in known.items() if n <= most}
    vectors: dict[ClaimKey, Vector] = {}
    for key, words in stems.items():
        vector = {stem: weights[stem] for stem in words if stem in weights}
        if len(vector) < _FEWEST_WORDS:
            continue
        length = math.sqrt(sum(weight * weight for weight in vector.values())) or 1.0
        vectors[key] = {stem: weight / length for stem, weight in vector.items()}
    return vectors


def _like_pairs(
    claims: Iterable[LinkedClaim], vectors: Mapping[ClaimKey, Vector]
) -> Iterator[tuple[LinkedClaim, LinkedClaim, float]]:
    """Pairs of different documents with some likeness: only claims that share words are compared."""
    bearers: dict[str, list[tuple[LinkedClaim, float]]] = defaultdict(list)
    for claim in claims:
        shared: dict[ClaimKey, float] = defaultdict(float)
        others: dict[ClaimKey, LinkedClaim] = {}
        words: Counter[ClaimKey] = Counter()
        for stem, weight in vectors.get(claim.key, {}).items():
            for other, other_weight in bearers[stem]:
                if other.key.document != claim.key.document:
                    shared[other.key] += weight * other_weight
                    words[other.key] += 1
                    others[other.key] = other
            bearers[stem].append((claim, weight))
        for key, likeness in shared.items():
            if words[key] >= _FEWEST_SHARED and likeness >= min(_LEAST_REPEATED, _LEAST_ASKED):
                yield others[key], claim, likeness
