"""Dates as a page prints them, in EDTF; a year that the text does not give stays unknown.

"Feb 2" is ``XXXX-02-02``: which year it was is for a reader to find out, with what he knows. 03/04/2017
is the third of April or the fourth of March; it is read only where something tells which.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from ..edtf import parse_edtf
from .lexicon import words
from .lexicon.months import FOREIGN_MONTHS

_MONTH_NUMBERS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "|".join(sorted(_MONTH_NUMBERS, key=len, reverse=True))

DATE = re.compile(
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)"
    rf"|(?<![\d/.-])(?P<numeric>\d{{1,2}}[/.]\d{{1,2}}[/.]\d{{4}})(?![\d/-])"
    rf"|(?:the\s)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s(?P<month>{_MONTH})\b\.?(?:,?\s(?P<year>\d{{4}}))?"
    rf"|(?P<month2>{_MONTH})\b\.?\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<year2>\d{{4}}))?",
    re.IGNORECASE,
)
"""A day as English pages print it."""


_FOREIGN = re.compile(
    r"(?<!\d)(?P<day>\d{1,2})(?:er|\.|º|-го)?\s(?:de\s|ב)?"
    rf"(?P<month>{'|'.join(sorted(FOREIGN_MONTHS, key=len, reverse=True))})\b\.?,?\s(?:del?\s)?"
    r"(?P<year>\d{4})\b"
    r"|(?P<cjk>\d{4})\s?[年년]\s?(?P<cjk_month>\d{1,2})\s?[月월]\s?(?P<cjk_day>\d{1,2})\s?[日일]",
    re.IGNORECASE,
)
"""A day with its year as other languages print it."""


class Day(NamedTuple):
    """A place where a text gives a day with its year."""

    start: int
    end: int
    date: str
    """EDTF."""


_YEAR = re.compile(r"\d{4}")


def find_days(text: str) -> list[Day]:
    """The days with a year that *text*, a line or the opening of a paragraph, names, in its order."""
    if not _YEAR.search(text):
        return []
    found = [(match, read_date(match)) for match in DATE.finditer(text)]
    found += [(match, _read_foreign(match)) for match in _FOREIGN.finditer(text)]
    days = [Day(*match.span(), date) for match, date in found if date and "X" not in date]
    return sorted(set(days))


class DatedLine(NamedTuple):
    """A line that is a day and little else: "Reuters, 14 March 2017", "Stand: 14. Juni 2021, 09:12"."""

    date: str
    beside: str
    """What else stands there, such as the name of the outlet."""


_TIME = re.compile(
    r"[\s,|·–—-]*(?:(?:à|um|at|в|kl\.?)\s)?(?:\d{1,2}\s?[:.h]\s?\d\d|\d{1,2}(?=\s?[ap]\.?m))?"
    r"(?:\s?(?:Uhr|h|[ap]\.?m\.?|[A-Z]{2,4})(?!\w)){0,2}\s*"
)
_LATER = "updated|last|modified|mis à jour|modifié|aktualisiert|actualizado|обновлено"
_UPDATED = re.compile(rf"{_TIME.pattern}[\s,|·(–—-]+(?:{_LATER})\b.*", re.IGNORECASE)
"""What follows the day of publication on its line."""
_PUBLISHER = re.compile(r"(?:source|quelle|fuente|источник|来源|المصدر)\s?[:：]\s*", re.IGNORECASE)


def read_dated_line(line: str) -> DatedLine | None:
    """What a line gives that begins or ends with a whole day, parted by more than a blank from the rest."""
    for day in find_days(line):
        before, behind = line[: day.start].rstrip(), line[day.end :]
        if (_TIME.fullmatch(behind) or _UPDATED.fullmatch(behind)) and (
            not before or (_SET_OFF.search(before) and not _OTHER_DAY.search(before))
        ):
            return DatedLine(day.date, _without_source(_SET_OFF.sub("", before)))
        time = _TIME.match(behind)
        rest = behind[time.end() if time else 0 :]
        if not before and len(rest) < _LONGEST_REST and (not rest or _PUBLISHER.match(rest)):
            return DatedLine(day.date, _without_source(rest))
    return None


_LONGEST_REST = 40


_SET_OFF = re.compile(
    r"(?:\s?[,|·•–—-]|(?:^|,?\s)(?:published|posted|publié|mis en ligne|stand|veröffentlicht|publicado"
    r"|опубликовано|^(?:date|datum|fecha|data|дата))(?:\s(?:on|le|am|vom|el))?(?:\s?:)?)$",
    re.IGNORECASE,
)
"""What stands before a day that is no part of running text, and is that of the text."""
_OTHER_DAY = re.compile(
    rf"\b(?:{_LATER}|retrieved|accessed|archived|deadline|until|born|died|next)\b", re.IGNORECASE
)


def _without_source(named: str) -> str:
    return _PUBLISHER.sub("", named).strip(" ,|·–—-:")


def _read_foreign(match: re.Match[str]) -> str | None:
    if match["cjk"]:
        year, month, day = int(match["cjk"]), int(match["cjk_month"]), int(match["cjk_day"])
    else:
        year, month, day = (
            int(match["year"]),
            FOREIGN_MONTHS[match["month"].lower()],
            int(match["day"]),
        )
    written = f"{year:04}-{month:02}-{day:02}"
    return written if parse_edtf(written) else None


def find_date(text: str) -> str | None:
    """The first day that *text* names, in EDTF; None where it names none that exists."""
    match = DATE.search(text)
    return read_date(match) if match is not None else None


def read_date(match: re.Match[str]) -> str | None:
    """A match of ``DATE`` in EDTF."""
    if match["iso"]:
        return match["iso"] if parse_edtf(match["iso"]) else None
    if match["numeric"]:
        return _read_numeric(match["numeric"])
    month = _MONTH_NUMBERS[(match["month"] or match["month2"]).lower()]
    day = int(match["day"] or match["day2"])
    year = match["year"] or match["year2"] or "XXXX"
    written = f"{year}-{month:02}-{day:02}"
    return written if parse_edtf(written) else None


# Days as numbers ----------------------------------------------------------------------------------

_NUMERIC = re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?![\d/-])")
_MONTH_FIRST_REGIONS = words("US PH FM")
_EITHER_FIRST = words("en zh ja ko hu lt fa mn fil")
"""Languages that do not tell by themselves which of two numbers is the day."""
_DAY_FIRST_DOMAINS = words("uk ie au nz in pk bd lk ng ke gh za sg my hk mt eu")


def _read_numeric(written: str) -> str | None:
    """A date in numbers, where only one of the two can be the day, or points show it to be the first."""
    first, second, year = map(int, re.split("[/.]", written))
    if "/" in written and first <= 12 and second <= 12 and first != second:
        return None
    day, month = (first, second) if second <= 12 else (second, first)
    date = f"{year}-{month:02}-{day:02}"
    return date if parse_edtf(date) else None


def settle_order(date: str, page: str, lang: str | None, host: str | None) -> str | None:
    """*date*, read out of *page* by one who took the first number for the day, as the page means it.

    The page's other dates tell which number is the day, else its language and country; else there
    is no date, as a wrong one is worse.
    """
    year, _, rest = date.partition("-")
    pair = {int(part) for part in rest.split("-") if part.isdigit()}
    if len(pair) < 2 or max(pair) > 12 or _is_written_otherwise(date, page):
        return date
    numeric = [(int(m[1]), int(m[3]), m[4], m[2]) for m in _NUMERIC.finditer(page)]
    meant = next((n for n in numeric if {n[0], n[1]} == pair and n[2] == year), None)
    if meant is None or meant[3] == ".":
        return date
    day_first = _order_of([(first, second) for first, second, _, _ in numeric])
    if day_first is None:
        day_first = _order_in(lang, host)
    if day_first is None:
        return None
    day, month = (meant[0], meant[1]) if day_first else (meant[1], meant[0])
    return f"{year}-{month:02}-{day:02}"


def _is_written_otherwise(date: str, page: str) -> bool:
    """Whether a page also gives a date as 2017-04-03, in an address, or with the month's name."""
    if any(date.replace("-", mark) in page for mark in "-/."):
        return True
    return any(m["numeric"] is None and read_date(m) == date for m in DATE.finditer(page))


def _order_of(pairs: Sequence[tuple[int, int]]) -> bool | None:
    """Whether the day stands first in all dates that show it; None where none does, or they differ."""
    orders = {first > 12 for first, second in pairs if (first > 12) != (second > 12)}
    return orders.pop() if len(orders) == 1 else None


def _order_in(lang: str | None, host: str | None) -> bool | None:
    """Whether the day stands first where a page comes from, by its language tag and its address."""
    language, _, region = (lang or "").replace("_", "-").partition("-")
    by_domain = True if (host or "").rpartition(".")[2] in _DAY_FIRST_DOMAINS else None
    if region.upper() in _MONTH_FIRST_REGIONS:
        # Makers of pages leave "en-US" where it was set by others.
        return None if by_domain else False
    if language and language.lower() not in _EITHER_FIRST:
        return True
    is_english = language.lower() == "en" and region.upper() not in ("", "CA")
    return True if is_english else by_domain
