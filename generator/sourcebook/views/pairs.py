"""Which documents are worth laying side by side, and what they share.

Every document could be compared with every other one; nobody would read that. A pair is kept where
the two render one statement, answer one question or name three actors in common, and where it is
among the closest of one of them. What is looked at grows with the archive and not with its square:
an actor whom very many documents name brings none of them together.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass

from ..edtf import LAST
from ..link import Archive, ClaimKey, LinkedRelation
from ..model import Slug
from .names import name_order

PAIRS_OF_ONE = 5
"""Pairs that are kept because they are the closest of one document."""
PAIRS_IN_ALL = 1000
COMMON = 24
"""An actor in more documents than this brings none of them together; a question or statement in
more joins each only with the next few."""
NEXT_FEW = 3
ACTORS_IN_COMMON = 3
"""Actors that two documents must both name where nothing else joins them."""

_STATEMENT, _RELATION, _QUESTION, _SPEAKER, _ACTOR = 6, 6, 4, 2, 1
"""How much each thing in common weighs."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two documents that meet, the earlier one first, and where they do; undated stands last."""

    earlier: Slug
    later: Slug
    statements: tuple[tuple[ClaimKey, ...], ...]
    """Groups of renderings with a counted claim in both."""
    relations: tuple[LinkedRelation, ...]
    """Between counted claims of the two: all but those that say that one repeats the other."""
    questions: tuple[Slug, ...]
    """Which counted claims of both answer, in the archive's order."""
    speakers: tuple[Slug, ...]
    """Actors who speak in both, by name."""
    actors: tuple[Slug, ...]
    """All actors whom both name or quote, the speakers among them, by name."""

    @property
    def closeness(self) -> int:
        """How much they share: to rank pairs, never to be shown."""
        return (
            _STATEMENT * len(self.statements)
            + _RELATION * len(self.relations)
            + _QUESTION * len(self.questions)
            + _SPEAKER * len(self.speakers)
            + _ACTOR * len(self.actors)
        )


@dataclass(frozen=True, slots=True)
class _Shares:
    """What each document brings to a comparison."""

    statements: Mapping[Slug, frozenset[tuple[ClaimKey, ...]]]
    relations: Mapping[Slug, frozenset[LinkedRelation]]
    questions: Mapping[Slug, frozenset[Slug]]
    speakers: Mapping[Slug, frozenset[Slug]]
    actors: Mapping[Slug, frozenset[Slug]]
    places_by_name: Mapping[Slug, int]
    """Of each actor among all, by name."""


def find_pairs(archive: Archive) -> tuple[Pair, ...]:
    """The pairs of documents to compare, the closest first."""
    shares = _shares_of(archive)
    meetings = (
        _Meetings(shares.statements, _STATEMENT, joins_many=True),
        _Meetings(shares.relations, _RELATION, joins_many=True),
        _Meetings(shares.questions, _QUESTION, joins_many=True),
        _Meetings(shares.speakers, _SPEAKER, joins_many=False),
        _Meetings(shares.actors, _ACTOR, joins_many=False),
    )
    kept: dict[tuple[Slug, Slug], Pair] = {}
    days = {slug: _day(slug, archive) for slug in archive.documents}
    for one in archive.documents:
        scores: Counter[Slug] = Counter()
        for meeting in meetings:
            meeting.add_scores(one, scores)
        found = 0
        for other in sorted(scores, key=lambda slug: (-scores[slug], slug)):
            if found == PAIRS_OF_ONE:
                break
            earlier, later = sorted((one, other), key=days.__getitem__)
            pair = kept.get((earlier, later)) or _pair(earlier, later, shares, archive)
            if pair is not None:
                kept[earlier, later] = pair
                found += 1
    closest = sorted(kept.values(), key=lambda p: (-p.closeness, p.earlier, p.later))
    return tuple(closest[:PAIRS_IN_ALL])


def _day(slug: Slug, archive: Archive) -> tuple[tuple[int, int, int], Slug]:
    """To sort by: a document whose day is not known stands last."""
    date = archive.documents[slug].document.date
    return date.sort_key if date is not None else LAST, slug


def _shares_of(archive: Archive) -> _Shares:
    statements: dict[Slug, frozenset[tuple[ClaimKey, ...]]] = {}
    relations: dict[Slug, frozenset[LinkedRelation]] = {}
    speakers: dict[Slug, frozenset[Slug]] = {}
    for slug, linked in archive.documents.items():
        counted = [claim for claim in linked.claims if claim.counted]
        statements[slug] = frozenset(
            archive.repeats[claim.key] for claim in counted if claim.key in archive.repeats
        )
        relations[slug] = frozenset(
            relation
            for claim in counted
            for relation in claim.relations
            if relation.type != "repeats"
        )
        speakers[slug] = frozenset(
            ref.slug
            for claim in counted
            for ref in claim.claim.by
            if ref.kind == "actor" and ref.slug in archive.actors
        )
    answered: dict[Slug, set[Slug]] = {}
    for question, answers in archive.answers_to.items():
        for answer in answers:
            answered.setdefault(answer.claim.key.document, set()).add(question)
    questions = {slug: frozenset(answered.get(slug, ())) for slug in archive.documents}
    actors = {slug: frozenset(linked.actors) for slug, linked in archive.documents.items()}
    by_name = sorted((name_order(actor.name.text), slug) for slug, actor in archive.actors.items())
    places = {slug: place for place, (_, slug) in enumerate(by_name)}
    return _Shares(statements, relations, questions, speakers, actors, places)


class _Meetings:
    """Which documents have one kind of thing in common."""

    def __init__(
        self, held: Mapping[Slug, Iterable[Hashable]], weight: int, *, joins_many: bool
    ) -> None:
        self._held = held
        self._weight = weight
        documents: dict[Hashable, list[Slug]] = defaultdict(list)
        for slug, items in held.items():
            for item in items:
                documents[item].append(slug)
        self._documents = {
            item: found
            for item, found in documents.items()
            if len(found) > 1 and (joins_many or len(found) <= COMMON)
        }
        self._places = {
            item: {slug: place for place, slug in enumerate(found)}
            for item, found in self._documents.items()
            if len(found) > COMMON
        }

    def add_scores(self, slug: Slug, scores: Counter[Slug]) -> None:
        """Add the weight of each thing that *slug* has in common with another document."""
        for item in self._held[slug]:
            documents = self._documents.get(item, [])
            if item in self._places:
                place = self._places[item][slug]
                documents = documents[max(0, place - NEXT_FEW) : place + NEXT_FEW + 1]
            for other in documents:
                if other != slug:
                    scores[other] += self._weight


def _pair(earlier: Slug, later: Slug, shares: _Shares, archive: Archive) -> Pair | None:
    """What the two share; None where that is too little to compare them."""

    def by_name(slugs: Iterable[Slug]) -> tuple[Slug, ...]:
        return tuple(sorted(slugs, key=shares.places_by_name.__getitem__))

    statements = shares.statements[earlier] & shares.statements[later]
    relations = shares.relations[earlier] & shares.relations[later]
    questions = shares.questions[earlier] & shares.questions[later]
    speakers = shares.speakers[earlier] & shares.speakers[later]
    actors = shares.actors[earlier] & shares.actors[later]
    if not (statements or relations or questions or len(actors) >= ACTORS_IN_COMMON):
        return None
    return Pair(
        earlier=earlier,
        later=later,
        statements=tuple(sorted(statements)),
        relations=tuple(sorted(relations, key=lambda r: (r.later, r.earlier, r.type))),
        questions=tuple(slug for slug in archive.questions if slug in questions),
        speakers=by_name(speakers),
        actors=by_name(speakers | actors),
    )
