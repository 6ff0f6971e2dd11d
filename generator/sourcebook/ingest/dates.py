"""Dates as a page prints them, in EDTF; a year that the text does not give stays unknown.

"Feb 2" is ``XXXX-02-02``: which year it was is for a reader to find out, with what he knows.
"""

from __future__ import annotations

import re

from ..edtf import parse_edtf

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
    rf"|(?:the\s)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\sof)?\s(?P<month>{_MONTH})\b\.?(?:,?\s(?P<year>\d{{4}}))?"
    rf"|(?P<month2>{_MONTH})\b\.?\s(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\b(?:,?\s(?P<year2>\d{{4}}))?",
    re.IGNORECASE,
)
"""A day as English pages print it."""


def find_date(text: str) -> str | None:
    """The first day that *text* names, in EDTF; None where it names none that exists."""
    match = DATE.search(text)
    return read_date(match) if match is not None else None


def read_date(match: re.Match[str]) -> str | None:
    """A match of ``DATE`` in EDTF."""
    if match["iso"]:
        return match["iso"] if parse_edtf(match["iso"]) else None
    month = _MONTH_NUMBERS[(match["month"] or match["month2"]).lower()]
    day = int(match["day"] or match["day2"])
    year = match["year"] or match["year2"] or "XXXX"
    written = f"{year}-{month:02}-{day:02}"
    return written if parse_edtf(written) else None
