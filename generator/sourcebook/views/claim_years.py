"""Tables of claims: all of the archive's, and those that an actor's, topic's or outlet's page cannot hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from ..edtf import LAST
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

    def month_of(key: ClaimKey) -> Month:
        date = dates[key]
        return (date.year, date.month) if date is not None else (None, None)

    def day_of(key: ClaimKey) -> tuple[bool, tuple[int, int, int]]:
        date = dates[key]
        return date is None or date.year is None, date.sort_key if date is not None else LAST

    def newest_first(key: ClaimKey) -> tuple[bool, int, int, int, str]:
        is_last, (year, month, day) = day_of(key)
        return is_last, -year, -month, -day, str(key)

    dates = {claim.key: claim.date for claim in claims}
    title = messages.say("claims.title")
    ordered = sorted(dates, key=lambda key: (*day_of(key), str(key)))
    latest = sorted(dates, key=newest_first)
    yield from dated_list(title, index, ordered, month_of, latest, messages)


def claim_year_pages(
    title: Markup, claims: Iterable[LinkedClaim], index: str, whole: Link, catalogue: Catalogue
) -> Iterator[ClaimTableView]:
    """All of *claims*, a year after the other, in the order of their dates."""
    ordered = sorted(claims, key=_chronological)
    for page in dated_pages(title, index, ordered, _month_of, catalogue.messages):
        yield _table(page, whole, catalogue)


def claim_pages(
    title: Markup, claims: Iterable[LinkedClaim], index: str, whole: Link, catalogue: Catalogue
) -> Iterator[ClaimTableView]:
    """All of *claims*: the page *index*, and where that would be long a page or more a year."""
    ordered = sorted(claims, key=_chronological)
    dated = [claim for claim in ordered if _month_of(claim)[0] is not None]
    latest = [*reversed(dated), *ordered[len(dated) :]]
    for page in dated_list(title, index, ordered, _month_of, latest, catalogue.messages):
        yield _table(page, whole, catalogue)


def _table(page: ListPage[LinkedClaim], whole: Link, catalogue: Catalogue) -> ClaimTableView:
    # How a claim is shown is made for the page that shows it, when that page is asked for.
    return ClaimTableView(whole, catalogue.views(page.items), page.place)


def _chronological(claim: LinkedClaim) -> tuple[bool, tuple[int, int, int], ClaimKey]:
    date = claim.date
    if date is None:
        return True, LAST, claim.key
    return date.year is None, date.sort_key, claim.key


def _month_of(claim: LinkedClaim) -> Month:
    date = claim.date
    return (date.year, date.month) if date is not None else (None, None)
