"""Which dates stand on which page of the timeline.

One page holds all, or where that would be long each year has its own, and a full year several. What
a page takes from the plan is plain and has no words: whether it would be the same page is told
without making it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .. import urls
from ..model import Slug
from .axis import LONGEST, calendar_day, first_day_of, period_of
from .dated_groups import Group, count_kinds

ITEMS_ON_ONE_PAGE = 300
LANES_ON_ONE_PAGE = 40
RUNNING_SHOWN = 20


class PlannedLane(NamedTuple):
    """A month in which something is dated."""

    month: int
    before: int | None
    """The last one before it."""
    groups: tuple[Group, ...]
    """What is not longer than a month and touches it."""


class PlannedRow(NamedTuple):
    """A date of a list, with as many of its items as the page has room for."""

    group: Group
    is_first: bool
    """Whether the date begins here, and does not go on from the page before."""
    gaps: tuple[tuple[int, int], ...]
    """Between which months nothing is dated, where that is to be said before it."""


class YearPage(NamedTuple):
    """All that a page of a year is made of, beside the catalogue."""

    year: int | None
    """None: the dates without a year."""
    number: int
    pages: int
    """How many pages the year has."""
    kinds: tuple[int, ...]
    """How many items the year has of each kind."""
    years: tuple[tuple[int | None, int], ...]
    """All years of the timeline, and how many items each has."""
    running: tuple[Group, ...]
    """Of what is longer than a year and touches this one, the first few items."""
    more_running: int
    """How many more of them there are."""
    band: tuple[Group, ...]
    """What touches the year, is longer than a month and not longer than a year."""
    lanes: tuple[PlannedLane, ...]
    rows: tuple[PlannedRow, ...]

    @property
    def path(self) -> str:
        """Its address."""
        return urls.timeline_of_year(self.year, self.number)

    @property
    def documents(self) -> frozenset[Slug]:
        """Those of which the page shows something."""
        groups = [*self.running, *self.band, *(row.group for row in self.rows)]
        groups += (group for lane in self.lanes for group in lane.groups)
        return frozenset(
            slug for group in groups if group.kind != "event" for slug, _ in group.things
        )


@dataclass(frozen=True, slots=True)
class TimelinePlan:
    """What is on which page."""

    groups: tuple[Group, ...]
    years: tuple[tuple[int | None, int], ...]
    """How many things are dated, by the year of their first possible day; None: without a year."""
    is_split: bool
    """Whether the pages of the years are pages, and not sections of one."""
    pages: tuple[YearPage, ...]


def year_path(year: int | None, is_split: bool) -> str:
    """The page or the section that has *year*."""
    if is_split:
        return urls.timeline_of_year(year)
    return f"{urls.TIMELINE}#{year_anchor(year)}"


def year_anchor(year: int | None) -> str:
    """The id of the section of *year*."""
    return f"y{year}" if year is not None else "no-year"


def plan_timeline(groups: Sequence[Group]) -> TimelinePlan:
    """Put each of *groups* under its year and on its page."""
    total = sum(group.size for group in groups)
    is_split = total > ITEMS_ON_ONE_PAGE or len(_lanes_of(groups)) > LANES_ON_ONE_PAGE
    by_year: dict[int | None, list[Group]] = {}
    counts: dict[int | None, int] = {}
    for group in groups:
        year = year_of(group)
        before = counts.get(year, 0)
        number = 1 + before // ITEMS_ON_ONE_PAGE
        path = urls.timeline_of_year(year, number) if is_split else urls.TIMELINE
        placed = group._replace(listed=f"{path}#{group.anchor}") if group.size > 1 else group
        by_year.setdefault(year, []).append(placed)
        counts[year] = before + group.size
    listed = tuple(group for held in by_year.values() for group in held)
    lanes = _lanes_of(listed)
    for lane in lanes:
        counts.setdefault(lane.month // 12, 0)
    years = tuple(sorted(counts.items(), key=lambda one: (one[0] is None, one[0] or 0)))
    lasting = [group for group in listed if _days(group) > LONGEST["month"]]
    pages = (
        page
        for year, _ in years
        for page in _pages_of_year(year, by_year.get(year, []), years, lanes, lasting)
    )
    return TimelinePlan(listed, years, is_split, tuple(pages))


def year_of(group: Group) -> int | None:
    """The year under which *group* is listed: that of its first possible day."""
    return calendar_day(group.extent.first)[0] if group.extent is not None else None


def _days(group: Group) -> float:
    return group.extent.days if group.extent is not None else 0


def _lanes_of(groups: Iterable[Group]) -> list[PlannedLane]:
    held: dict[int, list[Group]] = {}
    for group in groups:
        extent = group.extent
        if extent is not None and extent.days <= LONGEST["month"]:
            first, last = (period_of(day, "month") for day in (extent.first, extent.last))
            for month in range(first, last + 1):
                held.setdefault(month, []).append(group.drawn)
    months = sorted(held)
    return [
        PlannedLane(month, before, tuple(held[month]))
        for before, month in zip([None, *months], months, strict=False)
    ]


def _pages_of_year(
    year: int | None,
    groups: Sequence[Group],
    years: tuple[tuple[int | None, int], ...],
    lanes: Iterable[PlannedLane],
    lasting: Iterable[Group],
) -> Iterator[YearPage]:
    """The pages that list *groups*; *lanes* and *lasting*, of all years, are what it may touch."""
    own = tuple(lane for lane in lanes if lane.month // 12 == year)
    touching = _touching(year, lasting) if year is not None else []
    band = tuple(group.drawn for group in touching if _days(group) <= LONGEST["year"])
    if year is not None and all(_fills(group, year) for group in band):
        band = ()
    running = [
        group for group in touching if _days(group) > LONGEST["year"] and year_of(group) != year
    ]
    shown = tuple(_cut(running, RUNNING_SHOWN))
    more = sum(group.size for group in running) - sum(len(group.things) for group in shown)
    kinds = count_kinds(groups)
    pages = _list_pages(groups, own)
    for number, rows in enumerate(pages, start=1):
        yield YearPage(
            year,
            number,
            len(pages),
            kinds,
            years,
            running=shown,
            more_running=more,
            band=band if number == 1 else (),
            lanes=own if number == 1 else (),
            rows=tuple(rows),
        )


def _touching(year: int, groups: Iterable[Group]) -> list[Group]:
    first, end = first_day_of(year, "year"), first_day_of(year + 1, "year")
    return [
        group
        for group in groups
        if (extent := group.extent) is not None
        and (extent.opens or extent.first < end)
        and (extent.runs_on or extent.last >= first)
    ]


def _fills(group: Group, year: int) -> bool:
    """Whether a bar would say no more than the heading: some day of the whole year."""
    extent = group.extent
    first, end = first_day_of(year, "year"), first_day_of(year + 1, "year")
    return extent is not None and extent.first <= first and extent.last >= end - 1


def _cut(groups: Iterable[Group], room: int) -> Iterator[Group]:
    """The first items of *groups*, as many as there is *room* for."""
    for group in groups:
        if room > 0:
            yield group._replace(things=group.things[:room], listed="")
            room -= group.size


def _list_pages(groups: Iterable[Group], lanes: Iterable[PlannedLane]) -> list[list[PlannedRow]]:
    """The list of *groups*, cut into pages; a date with too many items goes on over several.

    *lanes* are the months of its year.
    """
    gaps = [
        (lane.before, lane.month)
        for lane in lanes
        if lane.before is not None and lane.month - lane.before > 1
    ]
    pages: list[list[PlannedRow]] = [[]]
    room = ITEMS_ON_ONE_PAGE
    for group in groups:
        passed = 0
        if group.extent is not None:
            month = period_of(group.extent.first, "month")
            passed = sum(1 for _, after in gaps if after <= month)
        said, gaps = tuple(gaps[:passed]), gaps[passed:]
        start = 0
        while start < group.size:
            if not room:
                pages.append([])
                room = ITEMS_ON_ONE_PAGE
            things = group.things[start : start + room]
            is_first = start == 0
            row = group._replace(things=things, listed="")
            pages[-1].append(PlannedRow(row, is_first, said if is_first else ()))
            start += len(things)
            room -= len(things)
    return pages
