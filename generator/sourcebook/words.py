"""Dates in words: "27 January 2017", "about May 2016", "2 February, year not given".

A date is never made more exact than its source has it: a month stays a month, an interval says both
its ends, and what is missing is said to be missing.
"""

from __future__ import annotations

from functools import lru_cache

from .edtf import Edtf, EdtfDay
from .messages import Messages

_QUALIFIERS = {"~": "date.about", "?": "date.uncertain", "%": "date.about-uncertain"}


# Many claims share a few hundred dates.
@lru_cache(maxsize=4096)
def date_words(date: Edtf | None, messages: Messages) -> str:
    """*date* as a reader says it; of None, that it is not known."""
    if date is None:
        return messages.say("date.unknown")
    start, end = date.start, date.end
    if start is not None and end is not None:
        return _interval_words(start, end, messages) if date.is_interval else _words(end, messages)
    return period_words(date if start is not None else None, date if end else None, messages)


def period_words(start: Edtf | None, end: Edtf | None, messages: Messages) -> str:
    """From the beginning of *start* to the end of *end*; None is an end that is not known."""
    first, last = start.start if start else None, end.end if end else None
    if first is not None and last is not None:
        return messages.say(
            "date.period", start=_in_phrase(first, messages), end=_in_phrase(last, messages)
        )
    if last is not None:
        form = "day" if last.day else "other"
        return messages.say_form("date.until", form, date=_words(last, messages))
    if first is not None:
        return messages.say("date.from", date=_in_phrase(first, messages))
    return messages.say("date.unknown")


def years_words(date: Edtf | None, messages: Messages) -> str:
    """The year or years of *date*, for a narrow column; empty where none is known."""
    if date is None or date.year is None:
        return ""
    last = date.end.year if date.end is not None else None
    if last is None or last == date.year:
        return str(date.year)
    return messages.say("date.years", start=str(date.year), end=str(last))


def _interval_words(start: EdtfDay, end: EdtfDay, messages: Messages) -> str:
    """Both ends; the first without the year, or the month and year, that the last says again."""
    can_shorten = not start.qualifier and not end.qualifier and bool(start.month and end.month)
    same_year = can_shorten and start.year is not None and start.year == end.year
    same_month = same_year and start.month == end.month and bool(start.day and end.day)
    if same_month:
        first = _phrase(_day(start, messages), start, messages)
    elif same_year:
        first = _phrase(_day_and_month(start, messages), start, messages)
    else:
        first = _in_phrase(start, messages)
    return messages.say("date.between", start=first, end=_in_phrase(end, messages))


def _in_phrase(day: EdtfDay, messages: Messages) -> str:
    """*day* behind "from" or "between": some languages put an article before a day there."""
    return _phrase(_words(day, messages), day, messages)


def _phrase(words: str, day: EdtfDay, messages: Messages) -> str:
    return messages.say_form("date.in-phrase", "day" if day.day else "other", date=words)


def _day(day: EdtfDay, messages: Messages) -> str:
    return messages.say("date.first-day") if day.day == 1 else str(day.day)


def _words(day: EdtfDay, messages: Messages) -> str:
    words = _unqualified_words(day, messages)
    key = _QUALIFIERS.get(day.qualifier)
    return messages.say(key, date=words) if key else words


def _unqualified_words(day: EdtfDay, messages: Messages) -> str:
    if day.year is None:
        return _yearless_words(day, messages)
    year = messages.say("date.bc", year=str(1 - day.year)) if day.year <= 0 else str(day.year)
    if day.season:
        season = messages.names["date.seasons"][day.season - 21]
        return messages.say("date.with-year", date=season, year=year)
    if day.month is None:
        return year
    return messages.say("date.with-year", date=_day_and_month(day, messages), year=year)


def _day_and_month(day: EdtfDay, messages: Messages) -> str:
    month = messages.names["date.months"][(day.month or 1) - 1]
    if day.day is None:
        return month
    return messages.say("date.day-month", day=_day(day, messages), month=month)


def _yearless_words(day: EdtfDay, messages: Messages) -> str:
    if day.decade is not None:
        return messages.say("date.decade", year=str(day.decade * 10))
    if day.century is not None:
        first = day.century * 100
        return messages.say("date.between", start=str(first), end=str(first + 99))
    if day.month is None:
        return messages.say("date.unknown")
    return messages.say("date.no-year", date=_day_and_month(day, messages))
