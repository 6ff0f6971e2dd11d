"""Who is quoted by whom: outlets by actors, for the whole archive.

Each count leads to what it counts: selected on the page that lays side by side how outlets quote the
actor, or in a list by itself where that page has no room for all. An actor whom one outlet alone
quotes has no row: there is nothing to compare.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from .. import urls
from ..model import AgentRef, Slug
from .catalogue import Catalogue, Link
from .outlet_comparison import OUTLETS_SHOWN, OutletColumn, outlet_column, outlets_of
from .outlet_lists import ALL, MEASURES, CountedClaims, quotes_of_actor

ACTORS_SHOWN = 60
ONCE_SHOWN = 30
"""Actors named under an outlet that alone quotes them."""


@dataclass(frozen=True, slots=True)
class QuoteMeasure:
    """Some of the quotes in a cell of the matrix: all, the direct ones, those of unnamed sources."""

    name: str
    label: Markup
    count: int
    path: str
    """Where all of them are."""


@dataclass(frozen=True, slots=True)
class QuoteCell:
    """An actor in an outlet."""

    measures: tuple[QuoteMeasure, ...]
    """All first, then each that is not nought."""
    forms: tuple[tuple[str, int], ...]
    """How reported, each with its part of the bar."""
    share: int
    """Of the largest count in the matrix, in per cent."""


@dataclass(frozen=True, slots=True)
class QuoteRow:
    """An actor, outlet by outlet."""

    actor: Link
    cells: tuple[QuoteCell | None, ...]
    missing: int
    """Outlets in whose documents held the actor is not found."""
    total: int
    path: str
    """Where all of these claims are."""


@dataclass(frozen=True, slots=True)
class QuotedOnce:
    """An outlet, and the actors whom no other outlet held quotes."""

    outlet: Link | None
    actors: tuple[tuple[Link, int, str], ...]
    """(actor, claims, the page that lists them)."""
    more: int


@dataclass(frozen=True, slots=True)
class QuoteMatrix:
    """Who is quoted by whom."""

    columns: tuple[OutletColumn, ...]
    rows: tuple[QuoteRow, ...]
    measures: tuple[tuple[str, Markup], ...]
    """(name, label) of the ways to read it."""
    others: int
    """Outlets with claims that stand in no column."""
    more: int
    """Actors quoted in several outlets that have no row."""
    once: tuple[QuotedOnce, ...]


def compared_actors(catalogue: Catalogue) -> tuple[Slug, ...]:
    """The actors quoted in several outlets, those in most outlets first."""
    found: list[tuple[int, int, Slug]] = []
    for slug in catalogue.archive.actors:
        by_outlet = outlets_of(catalogue.archive.claims_by.get(AgentRef("actor", slug), ()))
        if len(by_outlet) > 1:
            claims = sum(len(claims) for claims in by_outlet.values())
            found.append((-len(by_outlet), -claims, slug))
    return tuple(slug for _, _, slug in sorted(found))


def quote_matrix(catalogue: Catalogue, compared: Sequence[Slug]) -> QuoteMatrix:
    """Outlets by actors. *compared* are the actors quoted in several outlets, in their order."""
    archive = catalogue.archive
    by_outlet = outlets_of(tuple(archive.claims.values()))
    columns = [
        outlet_column(slug, len(claims), len(claims), catalogue)
        for slug, claims in by_outlet.items()
    ]
    known = [slug for slug in by_outlet if slug is not None][:OUTLETS_SHOWN]
    shown: list[Slug | None] = [*known, *(slug for slug in by_outlet if slug is None)]
    quotes = {slug: quotes_of_actor(slug, archive) for slug in compared[:ACTORS_SHOWN]}
    largest = max(
        (len(by[outlet][ALL].claims) for by in quotes.values() for outlet in by if outlet in shown),
        default=1,
    )
    say = catalogue.messages.say
    return QuoteMatrix(
        columns=tuple(c for slug, c in zip(by_outlet, columns, strict=True) if slug in shown),
        rows=tuple(
            QuoteRow(
                actor=catalogue.agents[AgentRef("actor", slug)],
                cells=tuple(
                    _quote_cell(by[outlet], largest, catalogue) if outlet in by else None
                    for outlet in by_outlet
                    if outlet in shown
                ),
                missing=sum(1 for outlet in known if outlet not in by),
                total=sum(len(counted[ALL].claims) for counted in by.values()),
                path=f"{urls.actor(slug)}#said"
                if any(counted[ALL].is_own_list for counted in by.values())
                else urls.actor_outlets(slug),
            )
            for slug, by in quotes.items()
        ),
        measures=tuple((name, say(f"compare.only-{name}")) for name in (ALL, *MEASURES)),
        others=len(by_outlet) - len(shown),
        more=max(0, len(compared) - ACTORS_SHOWN),
        once=_quoted_once(shown, set(compared), catalogue),
    )


def _quote_cell(
    quotes: Mapping[str, CountedClaims], largest: int, catalogue: Catalogue
) -> QuoteCell:
    return QuoteCell(
        measures=tuple(
            QuoteMeasure(
                name,
                catalogue.messages.say(f"compare.only-{name}"),
                len(counted.claims),
                counted.path,
            )
            for name, counted in quotes.items()
        ),
        forms=tuple(
            (form, len(quotes[form].claims))
            for form in ("direct", "mixed", "indirect")
            if form in quotes
        ),
        share=max(2, round(100 * len(quotes[ALL].claims) / largest)),
    )


def _quoted_once(
    outlets: Sequence[Slug | None], compared: set[Slug], catalogue: Catalogue
) -> tuple[QuotedOnce, ...]:
    """By outlet: whom it alone quotes, as far as the archive holds."""
    archive = catalogue.archive
    alone: dict[Slug | None, list[tuple[int, Slug]]] = {}
    for slug in archive.actors:
        if slug in compared:
            continue
        by_outlet = outlets_of(archive.claims_by.get(AgentRef("actor", slug), ()))
        for outlet, claims in by_outlet.items():
            alone.setdefault(outlet, []).append((-len(claims), slug))
    return tuple(
        QuotedOnce(
            catalogue.outlet(outlet),
            tuple(
                (catalogue.agents[AgentRef("actor", slug)], -count, f"{urls.actor(slug)}#said")
                for count, slug in sorted(alone[outlet])[:ONCE_SHOWN]
            ),
            max(0, len(alone[outlet]) - ONCE_SHOWN),
        )
        for outlet in outlets
        if outlet in alone
    )
