"""Days on a line: what a date may mean in days, and where a day stands on a line that may be broken.

A date becomes an ``Extent``: its first and last possible day, and of an interval the days that it
certainly covers. Nothing is rounded: a month is all its days. Days are numbered from a fixed one, in
the proleptic Gregorian calendar, so that years before 1 have their place too.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ..edtf import Edtf, EdtfDay

Unit = Literal["month", "year"]

LONGEST: dict[Unit, int] = {"month": 31, "year": 366}
"""Days that a month or a year has at most: an extent of more is longer than one."""

BREAK = 11.0
"""The width of a break in the line, in per cent."""


def day_number(year: int, month: int, day: int) -> int:
    """The number of a day: the next day has the next one."""
    shifted = year - (month <= 2)
    era, year_of_era = divmod(shifted, 400)
    day_of_year = (153 * ((month + 9) % 12) + 2) // 5 + day - 1
    day_of_era = year_of_era * 365 + year_of_era // 4 - year_of_era // 100 + day_of_year
    return era * 146097 + day_of_era


@lru_cache(maxsize=4096)
def calendar_day(number: int) -> tuple[int, int, int]:
    """The year, month and day that has this *number*."""
    era, day_of_era = divmod(number, 146097)
    year_of_era = (
        day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096
    ) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted_month = (5 * day_of_year + 2) // 153
    month = shifted_month + 3 if shifted_month < 10 else shifted_month - 9
    day = day_of_year - (153 * shifted_month + 2) // 5 + 1
    return year_of_era + era * 400 + (month <= 2), month, day


@dataclass(frozen=True, slots=True)
class Extent:
    """The days that a date may mean."""

    first: int
    """The first possible day; where the start is open, the first day that the end can be."""
    last: int
    """The last possible day; where the end is open, the last day that the start can be."""
    sure: tuple[float, float] | None = None
    """First and last day that an interval certainly covers, which may be without end; None: the date
    is some day of the extent, or the interval's ends are so vague that no day is certain."""
    opens: bool = False
    """The start is open or not known."""
    runs_on: bool = False
    """The end is open or not known."""
    soft_start: bool = False
    """The start is approximate: it may be earlier."""
    soft_end: bool = False
    is_doubted: bool = False
    """The source of the date is uncertain."""

    @property
    def days(self) -> float:
        """How many days it may cover; without end for an open interval."""
        return math.inf if self.opens or self.runs_on else self.last - self.first + 1

    @property
    def is_vague(self) -> bool:
        """Whether its mark is hollow: the day is not known, or not certain."""
        return self.sure is None and (self.days > 1 or self.soft_start or self.is_doubted)

    @property
    def order(self) -> tuple[int, float]:
        """By the first possible day; of those that begin together the longest first."""
        return self.first, -self.days


def extent_of(date: Edtf) -> Extent | None:
    """The days that *date* may mean; None where it gives no year."""
    start, end = date.start, date.end
    if any(day is not None and not _has_year(day) for day in (start, end)):
        return None
    first = start or end
    last = end or start
    if first is None or last is None:
        return None
    sure: tuple[float, float] | None = None
    if date.is_interval:
        sure = (
            day_number(*start.last) if start is not None else -math.inf,
            day_number(*end.first) if end is not None else math.inf,
        )
    return Extent(
        first=day_number(*first.first),
        last=day_number(*last.last),
        sure=sure if sure is not None and sure[0] <= sure[1] else None,
        opens=start is None,
        runs_on=end is None,
        soft_start=start is not None and start.qualifier in ("~", "%"),
        soft_end=end is not None and end.qualifier in ("~", "%"),
        is_doubted=any(day is not None and day.qualifier in ("?", "%") for day in (start, end)),
    )


def _has_year(day: EdtfDay) -> bool:
    return day.year is not None or day.decade is not None or day.century is not None


@lru_cache(maxsize=1 << 14)
def period_of(day: int, unit: Unit) -> int:
    """The number of the month or year in which *day* lies."""
    year, month, _ = calendar_day(day)
    return year if unit == "year" else year * 12 + month - 1


def first_day_of(period: int, unit: Unit) -> int:
    """The first day of a month or year."""
    if unit == "year":
        return day_number(period, 1, 1)
    return day_number(period // 12, period % 12 + 1, 1)


def period_within(extent: Extent, unit: Unit) -> int | None:
    """The month or year in which all of *extent* lies; None where there is no such."""
    if extent.days > LONGEST[unit]:
        return None
    first, last = period_of(extent.first, unit), period_of(extent.last, unit)
    return first if first == last else None


@dataclass(frozen=True, slots=True)
class Cell:
    """A month or a year on the line, or a break that stands for several."""

    period: int
    """The first of them."""
    count: int
    """How many: more than one only in a break."""
    first: int
    end: int
    """The day after its last."""
    at: float
    to: float
    """Where it begins and ends, in per cent of the line."""
    is_break: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """A line of months or years, without those in which nothing is dated."""

    unit: Unit
    cells: tuple[Cell, ...]

    @property
    def first(self) -> int:
        """The first day on it."""
        return self.cells[0].first

    @property
    def end(self) -> int:
        """The day after the last on it."""
        return self.cells[-1].end

    def at(self, day: float) -> float:
        """Where *day* begins, in per cent; a day outside stands at the nearer end."""
        day = min(max(day, self.first), self.end)
        index = max(0, bisect_right(self.cells, day, key=lambda cell: cell.first) - 1)
        cell = self.cells[index]
        return cell.at + (cell.to - cell.at) * (day - cell.first) / (cell.end - cell.first)


def broken_axis(extents: Iterable[Extent], unit: Unit, longest_gap: int) -> Axis:
    """The line on which *extents* stand, with a break for more than *longest_gap* empty periods.

    A period is empty where nothing is dated that is not longer than one: a longer extent may begin,
    end or go on in a break. Where all are longer, those in which they begin and end are not empty.
    """
    held = list(extents)
    short = [extent for extent in held if extent.days <= LONGEST[unit]] or held
    drawn = {period_of(day, unit) for extent in short for day in (extent.first, extent.last)}
    least = min(period_of(extent.first, unit) for extent in held)
    most = max(period_of(extent.last, unit) for extent in held)
    runs: list[tuple[int, int, bool]] = []
    at = least
    for period in [*sorted(drawn), most + 1]:
        gap = period - at
        if gap > longest_gap:
            runs.append((at, gap, True))
        else:
            runs += [(empty, 1, False) for empty in range(at, period)]
        if period <= most:
            runs.append((period, 1, False))
        at = period + 1
    breaks = sum(is_break for *_, is_break in runs)
    width = min(BREAK, 40 / breaks) if breaks else 0.0
    share = (100 - width * breaks) / (len(runs) - breaks)
    cells: list[Cell] = []
    begin = 0.0
    for period, count, is_break in runs:
        to = begin + (width if is_break else share)
        first, end = first_day_of(period, unit), first_day_of(period + count, unit)
        cells.append(Cell(period, count, first, end, begin, to, is_break))
        begin = to
    return Axis(unit, tuple(cells))


def month_axis(month: int) -> Axis:
    """The days of one month. Each month is as long as 31 days, so that months stand in columns."""
    first, end = first_day_of(month, "month"), first_day_of(month + 1, "month")
    return Axis("month", (Cell(month, 1, first, end, 0.0, 100 * (end - first) / 31),))


def year_axis(year: int) -> Axis:
    """The twelve months of one year."""
    months = range(year * 12, year * 12 + 12)
    return Axis(
        "month",
        tuple(
            Cell(
                month,
                1,
                first_day_of(month, "month"),
                first_day_of(month + 1, "month"),
                100 * place / 12,
                100 * (place + 1) / 12,
            )
            for place, month in enumerate(months)
        ),
    )
