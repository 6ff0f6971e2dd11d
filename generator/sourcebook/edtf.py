"""Dates as the archive knows them: EDTF (ISO 8601-2) level 0 and 1, and days without a year.

A date of a source is often a month, a year, an interval or a guess. EDTF writes each of them;
nothing here rounds one to a day. Beyond EDTF, ``XXXX-02-03`` and ``XXXX-02`` are a day and a month
of a year that the source does not give. ``words`` says them as a reader does.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import lru_cache

LAST = (9999, 12, 31)
"""Where a date without a year sorts: after all others."""


@dataclass(frozen=True, slots=True)
class Edtf:
    """A date as written, and the days that it can mean."""

    text: str
    start: EdtfDay | None
    """None: the start of the interval is open or unknown."""
    end: EdtfDay | None
    is_interval: bool = False

    def __hash__(self) -> int:
        """What is made of the same date may be kept; all that it means follows from its text, if it
        was written."""
        return hash(self.text or (self.start, self.end))

    @property
    def sort_key(self) -> tuple[int, int, int]:
        """The first possible day, of an open interval that of the end it has; without a year, last."""
        if self.start is not None:
            return self.start.first
        return self.end.first if self.end is not None else LAST

    @property
    def year(self) -> int | None:
        """The year of the day by which it sorts, or None where the source gives no whole year."""
        day = self.start or self.end
        return day.year if day is not None else None

    @property
    def month(self) -> int | None:
        """The month of the day by which it sorts, or None where the source gives none."""
        day = self.start or self.end
        return day.month if day is not None else None


@dataclass(frozen=True, slots=True)
class EdtfDay:
    """One date of day, month or year precision. A part is None where it is not known."""

    year: int | None
    month: int | None = None
    day: int | None = None
    decade: int | None = None
    """``201`` for ``201X``: the year is known to the decade only."""
    century: int | None = None
    """``20`` for ``20XX``."""
    season: int | None = None
    """21 spring, 22 summer, 23 autumn, 24 winter."""
    qualifier: str = ""
    """``~`` approximate, ``?`` uncertain, ``%`` both."""

    @property
    def first(self) -> tuple[int, int, int]:
        """The first possible day, as (year, month, day)."""
        year = self._year_with(0)
        if year is None:
            return (LAST[0], self.month or 12, self.day or 31)
        if self.season:
            return (year, _SEASONS[self.season][0], 1)
        return (year, self.month or 1, self.day or 1)

    @property
    def last(self) -> tuple[int, int, int]:
        """The last possible day, as (year, month, day)."""
        year = self._year_with(9)
        if year is None:
            return LAST
        month = _SEASONS[self.season][1] if self.season else self.month or 12
        return (year, month, self.day or _days_in(year, month))

    def _year_with(self, digit: int) -> int | None:
        """The year, with *digit* for each digit that is not known; None where none of it is."""
        if self.decade is not None:
            return self.decade * 10 + digit
        if self.century is not None:
            return self.century * 100 + digit * 11
        return self.year


_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 12)}
"""First and last month; of a winter, only December is in the year that the source names."""


_DAY = re.compile(
    r"(?P<year>-?\d{4}|\d{3}X|\d\dXX|XXXX)"
    r"(?:-(?P<month>\d\d|XX)(?:-(?P<day>\d\d|XX))?)?"
    r"(?P<qualifier>[~?%])?",
    re.ASCII,
)


def _days_in(year: int, month: int) -> int:
    # Proleptic: calendar knows years 1 to 9999 only.
    return calendar.monthrange(year if 1 <= year <= 9999 else 2000, month)[1]


def _parse_day(text: str) -> EdtfDay | None:
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    year_text, month_text, day_text = match["year"], match["month"], match["day"]
    month = int(month_text) if month_text and month_text != "XX" else None
    day = int(day_text) if day_text and day_text != "XX" else None
    year = int(year_text) if "X" not in year_text else None
    season = None
    if month is not None and 21 <= month <= 24 and day_text is None:
        season, month = month, None
    if month is not None and not 1 <= month <= 12:
        return None
    if day is not None and not 1 <= day <= (_days_in(year or 2000, month) if month else 31):
        return None
    if year_text == "XXXX" and month is None:
        return None
    if day is not None and month is None:
        return None
    return EdtfDay(
        year=year,
        month=month,
        day=day,
        decade=int(year_text[:3]) if year_text.count("X") == 1 else None,
        century=int(year_text[:2]) if year_text.count("X") == 2 else None,
        season=season,
        qualifier=match["qualifier"] or "",
    )


@lru_cache(maxsize=4096)
def parse_edtf(text: str) -> Edtf | None:
    """The date that *text* writes, or None where it is none. An interval must not run backwards."""
    if "/" not in text:
        day = _parse_day(text)
        return Edtf(text, day, day) if day is not None else None
    start_text, _, end_text = text.partition("/")
    ends: list[EdtfDay | None] = []
    for side in (start_text, end_text):
        day = _parse_day(side)
        if day is None and side not in ("", ".."):
            return None
        ends.append(day)
    start, end = ends
    if start is None and end is None:
        return None
    if start is not None and end is not None and start.first > end.last:
        return None
    return Edtf(text, start, end, is_interval=True)


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = rf"(?P<name>{'|'.join(_MONTHS)})[a-z]*\.?"
_DAY_OF_MONTH = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_OTHER_WAYS = tuple(
    re.compile(pattern, re.ASCII | re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}[-./](?P<month>\d{{1,2}})(?:[-./]{_DAY_OF_MONTH})?(?:[T ]\d.*)?",
        rf"{_YEAR}(?P<month>\d\d)(?P<day>\d\d)",
        rf"{_DAY_OF_MONTH}\. ?(?P<month>\d{{1,2}})\. ?{_YEAR}",
        rf"(?:{_DAY_OF_MONTH} )?{_MONTH},? {_YEAR}",
        rf"{_MONTH} {_DAY_OF_MONTH},? {_YEAR}",
        # Of 14/03 only one can be the month. Nobody knows which of 04/03 it is.
        rf"(?P<day>1[3-9]|2\d|3[01])[-/](?P<month>\d{{1,2}})[-/]{_YEAR}",
        rf"(?P<month>\d{{1,2}})[-/](?P<day>1[3-9]|2\d|3[01])[-/]{_YEAR}",
    )
)


def propose_date(text: str) -> str | None:
    """The one date that *text* writes in another way, as EDTF; an interval the right way round.

    None where it may be more than one, or none.
    """
    turned = "/".join(reversed(text.split("/")))
    if turned != text and parse_edtf(turned):
        return turned
    for pattern in _OTHER_WAYS:
        if match := pattern.fullmatch(text):
            found = match.groupdict()
            named = found.get("name")
            month = _MONTHS.index(named.lower()) + 1 if named else int(found["month"])
            parts = [found["year"], f"{month:02}"]
            if found["day"]:
                parts.append(f"{int(found['day']):02}")
            proposed = "-".join(parts)
            return proposed if parse_edtf(proposed) else None
    return None
