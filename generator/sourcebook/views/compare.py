"""Where accounts meet: what an archive has to compare, and the way in."""

from __future__ import annotations

from dataclasses import dataclass

from .. import urls
from ..model import AgentRef, Slug
from .catalogue import Catalogue, Link
from .claim_lists import BY_CUE, BY_FORM, BY_NAMING, BY_QUESTION, BY_SPEAKER, BY_TOPIC
from .matrix import ACTORS_SHOWN, QuoteMatrix, compared_actors, quote_matrix
from .outlet_comparison import OutletComparison, claims_listed, compare_outlets, outlets_of
from .outlet_lists import is_compared
from .pairs import Pair, find_pairs
from .side_by_side import dated_words

PAIRS_SHOWN = 100
TOPICS_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Comparisons:
    """All that this archive has to compare."""

    pairs: tuple[Pair, ...]
    """The closest first."""
    topics: tuple[Slug, ...]
    """Those on which several outlets print claims, those of most outlets first."""
    actors: tuple[Slug, ...]
    """Those whom several outlets quote, those of most outlets first."""

    def __bool__(self) -> bool:
        return bool(self.pairs or self.topics or self.actors)


def find_comparisons(catalogue: Catalogue) -> Comparisons:
    """What the archive of *catalogue* has to compare; nothing where it holds one account only."""
    archive = catalogue.archive
    topics: list[tuple[int, int, Slug]] = []
    for slug in archive.topics:
        by_outlet = outlets_of(archive.claims_on.get(slug, ()))
        if is_compared(by_outlet):
            claims = sum(len(found) for found in by_outlet.values())
            topics.append((-len(by_outlet.keys() - {None}), -claims, slug))
    return Comparisons(
        pairs=find_pairs(archive),
        topics=tuple(slug for _, _, slug in sorted(topics)),
        actors=compared_actors(catalogue),
    )


def pair_links(comparisons: Comparisons, catalogue: Catalogue) -> dict[Slug, tuple[Link, ...]]:
    """By document: its comparisons with others, each under the other's title, the closest first."""
    links: dict[Slug, list[Link]] = {}
    for pair in comparisons.pairs:
        path = urls.pair(pair.earlier, pair.later)
        for one, other in ((pair.earlier, pair.later), (pair.later, pair.earlier)):
            links.setdefault(one, []).append(Link(catalogue.documents[other].text, path))
    return {slug: tuple(found) for slug, found in links.items()}


@dataclass(frozen=True, slots=True)
class PairLine:
    """A pair of documents in a list."""

    earlier: Link
    later: Link
    earlier_date: str
    later_date: str
    path: str
    statements: int
    relations: int
    questions: int
    actors: int


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic on which outlets can be compared."""

    link: Link
    outlets: int
    claims: int
    claims_path: str
    """Where all of these are."""


@dataclass(frozen=True, slots=True)
class CompareView:
    """The way in."""

    pairs: tuple[PairLine, ...]
    pair_count: int
    topics: tuple[TopicLine, ...]
    topic_count: int
    matrix: QuoteMatrix | None
    documents: int
    claims: int
    """Counted ones."""


def compare_view(comparisons: Comparisons, catalogue: Catalogue) -> CompareView:
    """The way in to all *comparisons*."""
    archive = catalogue.archive
    has_matrix = any(slug is not None for slug in archive.claims_in)
    return CompareView(
        pairs=tuple(_pair_line(pair, catalogue) for pair in comparisons.pairs[:PAIRS_SHOWN]),
        pair_count=len(comparisons.pairs),
        topics=tuple(_topic_line(slug, catalogue) for slug in comparisons.topics[:TOPICS_SHOWN]),
        topic_count=len(comparisons.topics),
        matrix=quote_matrix(catalogue, comparisons.actors) if has_matrix else None,
        documents=len(archive.documents),
        claims=sum(1 for claim in archive.claims.values() if claim.counted),
    )


def _pair_line(pair: Pair, catalogue: Catalogue) -> PairLine:
    def date(slug: Slug) -> str:
        return dated_words(catalogue.archive.documents[slug].document.date, catalogue)

    return PairLine(
        earlier=catalogue.documents[pair.earlier],
        later=catalogue.documents[pair.later],
        earlier_date=date(pair.earlier),
        later_date=date(pair.later),
        path=urls.pair(pair.earlier, pair.later),
        statements=len(pair.statements),
        relations=len(pair.relations),
        questions=len(pair.questions),
        actors=len(pair.actors),
    )


def _topic_line(slug: Slug, catalogue: Catalogue) -> TopicLine:
    by_outlet = outlets_of(catalogue.archive.claims_on[slug])
    claims = sum(map(len, by_outlet.values()))
    has_all = claims == sum(map(len, claims_listed(by_outlet).values()))
    page = urls.topic_outlets(slug)
    return TopicLine(
        link=Link(catalogue.topics[slug].text, page),
        outlets=len(by_outlet.keys() - {None}),
        claims=claims,
        claims_path=f"{page}#quotes" if has_all else f"{urls.topic(slug)}#claims",
    )


@dataclass(frozen=True, slots=True)
class OutletsView:
    """Outlets side by side on one topic, or quoting one actor."""

    subject: Link
    is_actor: bool
    comparison: OutletComparison


def topic_outlets_view(slug: Slug, catalogue: Catalogue) -> OutletsView:
    """Outlets side by side on the topic *slug*."""
    kinds = (BY_FORM, BY_NAMING, BY_SPEAKER, BY_CUE, BY_QUESTION)
    claims = catalogue.archive.claims_on[slug]
    return OutletsView(
        catalogue.topics[slug], is_actor=False, comparison=compare_outlets(claims, kinds, catalogue)
    )


def actor_outlets_view(slug: Slug, catalogue: Catalogue) -> OutletsView:
    """Outlets side by side in how they quote the actor *slug*."""
    kinds = (BY_FORM, BY_NAMING, BY_CUE, BY_TOPIC, BY_QUESTION)
    ref = AgentRef("actor", slug)
    claims = catalogue.archive.claims_by[ref]
    return OutletsView(
        catalogue.agents[ref], is_actor=True, comparison=compare_outlets(claims, kinds, catalogue)
    )


def actors_with_pages(comparisons: Comparisons) -> tuple[Slug, ...]:
    """The actors to whose comparison the matrix leads."""
    return comparisons.actors[:ACTORS_SHOWN]
