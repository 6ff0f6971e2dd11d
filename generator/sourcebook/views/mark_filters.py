"""By what the marks of a text can be filtered: how reported, who speaks, on which topics.

Works without a script: each choice is a radio button, and a rule for each fades what lacks it. Names
are numbered within the page, because a rule must be short where there are hundreds of marks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from .catalogue import Catalogue, ClaimView, Link

VALUES_SHOWN = 8
"""Values of a filter that stand open; the others wait behind one line."""


@dataclass(frozen=True, slots=True)
class FilterValue:
    """What the marks shown have in common."""

    token: str
    """By which marks, cards and the rail bear it."""
    name: Markup
    count: int


@dataclass(frozen=True, slots=True)
class MarkFilter:
    """One way to choose among the marks; those of several filters narrow each other."""

    name: str
    """``form``, ``who`` or ``topic``."""
    title: Markup
    every: Markup
    """What to call the choice of all."""
    values: tuple[FilterValue, ...]
    """Most marks first."""
    more: tuple[FilterValue, ...]


@dataclass(frozen=True, slots=True)
class MarkFilters:
    """All filters of a page."""

    filters: tuple[MarkFilter, ...]
    """Only those that leave a choice."""
    facets: tuple[str, ...]
    """For each claim, in order: the tokens of its values, separated by spaces."""
    style: Markup
    """The rules that fade what is not chosen."""


def filter_marks(claims: Sequence[ClaimView], catalogue: Catalogue) -> MarkFilters:
    """The filters over the marks of *claims*, which are those of one text."""
    say = catalogue.messages.say
    facets: list[list[str]] = [[] for _ in claims]
    filters: list[MarkFilter] = []
    for name, prefix, names_of in _FILTERS:
        counts: dict[Link, int] = {}
        names = [names_of(claim, catalogue) for claim in claims]
        for own in names:
            for value in own:
                counts[value] = counts.get(value, 0) + 1
        if len(counts) < 2:
            continue
        ranked = sorted(counts, key=lambda value: -counts[value])
        tokens = {value: f"{prefix}{number}" for number, value in enumerate(ranked, start=1)}
        for tokens_of_claim, own in zip(facets, names, strict=True):
            tokens_of_claim += [tokens[value] for value in own]
        values = tuple(FilterValue(tokens[value], value.text, counts[value]) for value in ranked)
        filters.append(
            MarkFilter(
                name=name,
                title=say(f"rail.{name}"),
                every=say(f"rail.every-{name}"),
                values=values[:VALUES_SHOWN],
                more=values[VALUES_SHOWN:],
            )
        )
    return MarkFilters(
        tuple(filters), tuple(" ".join(tokens) for tokens in facets), _fading_rules(filters)
    )


def _fading_rules(filters: Sequence[MarkFilter]) -> Markup:
    selectors = [
        f':root:has(#by{value.token}:checked) [data-by]:not([data-by~="{value.token}"])'
        for chosen in filters
        for value in (*chosen.values, *chosen.more)
    ]
    if not selectors:
        return Markup()
    return Markup(",\n".join(selectors) + "{--hot:none;--fade:.25;--off:var(--grey)}\n")


def _forms(claim: ClaimView, catalogue: Catalogue) -> tuple[Link, ...]:
    if claim.review == "suggested":
        return (Link(catalogue.messages.say("form.suggested")),)
    return (Link(claim.form_words),)


def _speakers(claim: ClaimView, _: Catalogue) -> tuple[Link, ...]:
    """A claim without a speaker counts for what it is called instead."""
    if claim.unnamed or not claim.speakers:
        return (Link(claim.who),)
    return claim.speakers


def _topics(claim: ClaimView, _: Catalogue) -> tuple[Link, ...]:
    return claim.topics


# By name and page: two persons, or two topics, may have one name.
_FILTERS: tuple[tuple[str, str, Callable[[ClaimView, Catalogue], tuple[Link, ...]]], ...] = (
    ("form", "f", _forms),
    ("who", "", _speakers),
    ("topic", "t", _topics),
)
