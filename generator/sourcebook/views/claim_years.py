"""Tables of claims: all of the archive's, and those that an actor's, topic's or outlet's page cannot hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from markupsafe import Markup

from ..edtf import LAST, Edtf
from ..link import ClaimKey, LinkedClaim
from ..messages import Messages
from .catalogue import Catalogue, ClaimView, Link
from .list_pages import (
    ListPage,
    ListPart,
    ListPlace,
    Month,
    dated_list,
    dated_pages,
    year_parts,
)


@dataclass(frozen=True, slots=True)
class ClaimTableView:
    """A page of a list of claims."""

    whole: Link | None
    """Whose claims they are, and its page; None for the list of all claims."""
    claims: tuple[ClaimView, ...]
    place: ListPlace


def claim_years(
    claims: Iterable[LinkedClaim], index: str, messages: Messages
) -> tuple[ListPart, ...]:
    """The years of *claims*, whose list begins at the page *index*; the undated ones last."""
    months = sorted(map(_month_of, claims), key=lambda month: (month[0] is None, month[0] or 0))
    return year_parts(index, months, lambda month: month, messages)


def all_claim_pages(
    claims: Iterable[LinkedClaim], index: str, messages: Messages
) -> Iterator[ListPage[ClaimKey]]:
    """The list of all *claims*: the page *index*, and where that would be long a page or more a year."""

    def day_of(line: _Line) -> tuple[bool, int, int, int]:
        return line[2].day

    def month_of(line: _Line) -> Month:
        return line[2].month

    claims = tuple(claims)
    lines = sorted((str(claim.key), claim.key, _filed(claim.date)) for claim in claims)
    # What is of one day stays in the order of its name, whichever day comes first.
    latest = sorted(lines, key=day_of, reverse=True)
    lines.sort(key=day_of)
    dated = [line for line in latest if not line[2].is_undated]
    latest = [*dated, *latest[: len(latest) - len(dated)]]
    title = messages.say("claims.title")
    uncounted = _uncounted(claims)
    for page in dated_list(title, index, lines, month_of, latest, messages):
        place = replace(page.place, uncounted=uncounted)
        yield ListPage(tuple(key for _, key, _ in page.items), place)


def claim_year_pages(
    title: Markup, claims: Iterable[LinkedClaim], index: str, messages: Messages
) -> Iterator[ListPage[LinkedClaim]]:
    """What stands on the pages of all *claims*, a year after the other, in the order of their dates."""
    ordered = sorted(claims, key=_chronological)
    uncounted = _uncounted(ordered)
    for page in dated_pages(title, index, ordered, _month_of, messages):
        yield replace(page, place=replace(page.place, uncounted=uncounted))


def claim_pages(
    title: Markup, claims: Iterable[LinkedClaim], index: str, messages: Messages
) -> Iterator[ListPage[LinkedClaim]]:
    """What stands on the page *index* of all *claims*, and where that is long on those of the years."""
    ordered = sorted(claims, key=_chronological)
    dated = [claim for claim in ordered if not _filed(claim.date).is_undated]
    latest = [*reversed(dated), *ordered[len(dated) :]]
    uncounted = _uncounted(ordered)
    for page in dated_list(title, index, ordered, _month_of, latest, messages):
        yield replace(page, place=replace(page.place, uncounted=uncounted))


def _uncounted(claims: Iterable[LinkedClaim]) -> int:
    return sum(1 for claim in claims if not claim.counted)


def claim_table(page: ListPage[LinkedClaim], whole: Link, catalogue: Catalogue) -> ClaimTableView:
    """The claims of *page*, which belongs to the page *whole*."""
    return ClaimTableView(whole, catalogue.views(page.items), page.place)


class _Filed(NamedTuple):
    """Where a claim stands in a list, by its date alone."""

    day: tuple[bool, int, int, int]
    month: Month

    @property
    def is_undated(self) -> bool:
        return self.day[0]


_Line = tuple[str, ClaimKey, _Filed]


@lru_cache(maxsize=1 << 14)
def _filed(date: Edtf | None) -> _Filed:
    """The same for the many claims of one date."""
    if date is None:
        return _Filed((True, *LAST), (None, None))
    return _Filed((date.year is None, *date.sort_key), (date.year, date.month))


def _chronological(claim: LinkedClaim) -> tuple[tuple[bool, int, int, int], ClaimKey]:
    return _filed(claim.date).day, claim.key


def _month_of(claim: LinkedClaim) -> Month:
    return _filed(claim.date).month
