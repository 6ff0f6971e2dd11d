"""Which dates stand on which page of the timeline.

One page holds all, or where that would be long each year has its own, and a full year several.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .. import urls
from .axis import LONGEST, calendar_day, period_of
from .catalogue import Catalogue
from .date_lists import ListRow, gap_words, list_row
from .dated import undated_statements
from .dated_groups import Group

ITEMS_ON_ONE_PAGE = 300
LANES_ON_ONE_PAGE = 40


@dataclass(frozen=True, slots=True)
class TimelinePlan:
    """What is on which page."""

    catalogue: Catalogue
    groups: tuple[Group, ...]
    by_year: Mapping[int | None, Sequence[Group]]
    """By the year of the first possible day; None: those without a year."""
    lanes: Mapping[int, Sequence[Group]]
    """By month, in order: what is not longer than one and touches it."""
    is_split: bool
    pages: Mapping[tuple[str, str], str]
    """By kind and date: the page that lists it."""
    long: tuple[Group, ...]
    """Those that are longer than a year."""
    undated: int
    """Statements whose text does not say when they were made."""
    counts: Mapping[int | None, int]
    """How many things are dated, by year as in ``by_year``."""

    def address(self, group: Group) -> str:
        """Where the mark of *group* leads: one thing itself, several their line in the list."""
        if len(group.items) == 1 and group.items[0].link.path is not None:
            return group.items[0].link.path
        return f"{self.pages[group.kind, group.date.text]}#{group.anchor}"

    def year_path(self, year: int | None) -> str:
        """The page that has *year*; None: the dates without a year."""
        return urls.timeline_of_year(year) if self.is_split else urls.TIMELINE


def year_of(group: Group) -> int | None:
    """The year under which *group* is listed: that of its first possible day."""
    return calendar_day(group.extent.first)[0] if group.extent is not None else None


def plan_timeline(groups: tuple[Group, ...], catalogue: Catalogue) -> TimelinePlan:
    """Put each of *groups* under its year and on its page."""
    by_year: dict[int | None, list[Group]] = {}
    lanes: dict[int, list[Group]] = {}
    for group in groups:
        by_year.setdefault(year_of(group), []).append(group)
        extent = group.extent
        if extent is not None and extent.days <= LONGEST["month"]:
            first, last = (period_of(day, "month") for day in (extent.first, extent.last))
            for month in range(first, last + 1):
                lanes.setdefault(month, []).append(group)
    total = sum(len(group.items) for group in groups)
    is_split = total > ITEMS_ON_ONE_PAGE or len(lanes) > LANES_ON_ONE_PAGE
    pages: dict[tuple[str, str], str] = {}
    for year, held in by_year.items():
        before = 0
        for group in held:
            number = 1 + before // ITEMS_ON_ONE_PAGE
            path = urls.timeline_of_year(year, number) if is_split else urls.TIMELINE
            pages[group.kind, group.date.text] = path
            before += len(group.items)
    long = [
        group
        for group in groups
        if group.extent is not None and group.extent.days > LONGEST["year"]
    ]
    return TimelinePlan(
        catalogue,
        groups,
        by_year,
        dict(sorted(lanes.items())),
        is_split,
        pages,
        tuple(long),
        undated_statements(catalogue.archive.claims.values()),
        {year: sum(len(group.items) for group in held) for year, held in by_year.items()},
    )


def list_pages_of(groups: Sequence[Group], plan: TimelinePlan) -> list[list[ListRow]]:
    """The list of *groups*, cut into pages; a date with too many items goes on over several."""
    months = list(plan.lanes)
    year = year_of(groups[0]) if groups else None
    gaps = [
        (month, words)
        for before, month in pairwise(months)
        if month // 12 == year
        and (words := gap_words(before, month, plan.catalogue.messages)) is not None
    ]
    pages: list[list[ListRow]] = [[]]
    room = ITEMS_ON_ONE_PAGE
    for group in groups:
        gap = None
        while gaps and group.extent is not None:
            month, words = gaps[0]
            if month > period_of(group.extent.first, "month"):
                break
            gap = f"{gap} {words}" if gap else words
            del gaps[0]
        items, anchor = group.items, group.anchor
        while items:
            if not room:
                pages.append([])
                room = ITEMS_ON_ONE_PAGE
            pages[-1].append(list_row(group, items[:room], anchor, gap, plan.catalogue.messages))
            taken, gap = min(room, len(items)), None
            items, anchor = items[room:], ""
            room -= taken
    return pages
