"""A long list of claims as pages of one year each, and of a few hundred claims at most."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from ..messages import Messages
from .catalogue import ClaimView, Link

CLAIMS_ON_ONE_PAGE = 400


@dataclass(frozen=True, slots=True)
class ClaimYear:
    """A year of claims, and the first page that holds them."""

    title: Markup
    path: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class ClaimTableView:
    """A page of a list of claims."""

    title: Markup
    whole: Link | None
    """Whose claims they are, and its page; None for the list of all claims."""
    years: tuple[ClaimYear, ...]
    """Empty where one page holds all."""
    claims: tuple[ClaimView, ...]
    total: int
    pages: tuple[tuple[int, str, bool], ...]
    """(number, path, is this one) of a year that fills several."""


@dataclass(frozen=True, slots=True)
class ClaimTablePage:
    """A page of a list of claims, and its address."""

    path: str
    view: ClaimTableView


def claim_years(
    claims: Sequence[ClaimView], index: str, messages: Messages
) -> tuple[ClaimYear, ...]:
    """The years of *claims*, whose list begins at the page *index*; the undated ones last."""
    counts: dict[int | None, int] = {}
    for claim in claims:
        counts[claim.year] = counts.get(claim.year, 0) + 1
    return tuple(
        ClaimYear(
            escape(str(year)) if year is not None else messages.say("unknown.year"),
            _year_path(index, year),
            count,
            is_current=False,
        )
        for year, count in sorted(counts.items(), key=lambda item: (item[0] is None, item[0] or 0))
    )


def claim_year_pages(
    claims: Sequence[ClaimView], index: str, whole: Link | None, messages: Messages
) -> Iterator[ClaimTablePage]:
    """All of *claims*, a year after the other, in the order of their dates."""
    years = claim_years(claims, index, messages)
    ordered = sorted(claims, key=lambda claim: (claim.year is None, *claim.sort, claim.key))
    by_year = groupby(ordered, key=lambda claim: claim.year)
    for current, (_, run) in zip(years, by_year, strict=True):
        marked = tuple(
            ClaimYear(year.title, year.path, year.count, year is current) for year in years
        )
        yield from _pages_of_year(tuple(run), current, marked, whole, len(ordered), messages)


def _pages_of_year(
    claims: Sequence[ClaimView],
    current: ClaimYear,
    years: tuple[ClaimYear, ...],
    whole: Link | None,
    total: int,
    messages: Messages,
) -> Iterator[ClaimTablePage]:
    starts = range(0, len(claims), CLAIMS_ON_ONE_PAGE)
    paths = [_page_path(current.path, number) for number in range(1, len(starts) + 1)]
    title = messages.say("claims.of-year", year=current.title)
    for place, start in enumerate(starts):
        pages = tuple((other + 1, path, other == place) for other, path in enumerate(paths))
        view = ClaimTableView(
            title=title,
            whole=whole,
            years=years,
            claims=tuple(claims[start : start + CLAIMS_ON_ONE_PAGE]),
            total=total,
            pages=pages if len(pages) > 1 else (),
        )
        yield ClaimTablePage(paths[place], view)


def _year_path(index: str, year: int | None) -> str:
    # A slug is never four digits alone, so no year can be mistaken for a page of another kind.
    folder = posixpath.dirname(index)
    return f"{folder}/{year if year is not None else 'undated'}/index.html"


def _page_path(first: str, number: int) -> str:
    return first if number == 1 else f"{posixpath.dirname(first)}/{number}/index.html"
