"""Tables of claims: all of the archive's, and those that an actor's, topic's or outlet's page cannot hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..messages import Messages
from .catalogue import ClaimView, Link
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
    claims: Sequence[ClaimView], index: str, messages: Messages
) -> tuple[ListPart, ...]:
    """The years of *claims*, whose list begins at the page *index*; the undated ones last."""
    return year_parts(index, sorted(claims, key=_chronological), _month_of, messages)


def all_claim_pages(
    claims: Sequence[ClaimView], index: str, messages: Messages
) -> Iterator[ClaimTableView]:
    """The list of all *claims*: the page *index*, and where that would be long a page or more a year."""
    title = messages.say("claims.title")
    ordered = sorted(claims, key=_chronological)
    latest = sorted(claims, key=_newest_first)
    for page in dated_list(title, index, ordered, _month_of, latest, messages):
        yield _table(page, None)


def claim_year_pages(
    title: Markup, claims: Sequence[ClaimView], index: str, whole: Link, messages: Messages
) -> Iterator[ClaimTableView]:
    """All of *claims*, a year after the other, in the order of their dates."""
    ordered = sorted(claims, key=_chronological)
    for page in dated_pages(title, index, ordered, _month_of, messages):
        yield _table(page, whole)


def _table(page: ListPage[ClaimView], whole: Link | None) -> ClaimTableView:
    return ClaimTableView(whole, page.items, page.place)


def _chronological(claim: ClaimView) -> tuple[bool, int, int, int, str]:
    return (claim.year is None, *claim.sort, claim.key)


def _newest_first(claim: ClaimView) -> tuple[bool, int, int, int, str]:
    year, month, day = claim.sort
    return (claim.year is None, -year, -month, -day, claim.key)


def _month_of(claim: ClaimView) -> Month:
    return claim.year, claim.month
