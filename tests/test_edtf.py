"""Dates say no more than is known, and still sort."""

from __future__ import annotations

import pytest

from sourcebook.edtf import LAST, Edtf, EdtfDay, parse_edtf, propose_date


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2017-01-27", (2017, 1, 27), (2017, 1, 27)),
        ("2016-02", (2016, 2, 1), (2016, 2, 29)),
        ("2017", (2017, 1, 1), (2017, 12, 31)),
        ("2017-XX", (2017, 1, 1), (2017, 12, 31)),
        ("2017-01-XX", (2017, 1, 1), (2017, 1, 31)),
        ("201X", (2010, 1, 1), (2019, 12, 31)),
        ("20XX", (2000, 1, 1), (2099, 12, 31)),
        ("2017-21", (2017, 3, 1), (2017, 5, 31)),
        ("2017-01-27~", (2017, 1, 27), (2017, 1, 27)),
        ("2017?", (2017, 1, 1), (2017, 12, 31)),
        ("2016-11-28/2016-12-20", (2016, 11, 28), (2016, 12, 20)),
        ("2016/2017-02", (2016, 1, 1), (2017, 2, 28)),
        ("0000", (0, 1, 1), (0, 12, 31)),
        ("-0044-03-15", (-44, 3, 15), (-44, 3, 15)),
    ],
)
def test_date_is_the_days_that_it_can_mean(
    text: str, first: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    """A date has a first and a last possible day."""
    date = parse_edtf(text)

    assert date is not None
    assert date.start is not None
    assert date.end is not None
    assert (date.start.first, date.end.last) == (first, last)
    assert date.sort_key == first


@pytest.mark.parametrize("text", ["XXXX-02-03", "XXXX-02", "XXXX-02-29"])
def test_date_without_a_year_sorts_last(text: str) -> None:
    """A day of a year that the source does not give stands behind all others, in its own order."""
    date = parse_edtf(text)

    assert date is not None
    assert date.year is None
    assert date.sort_key[0] == LAST[0]


@pytest.mark.parametrize(
    ("text", "key"), [("2017/..", (2017, 1, 1)), ("2017/", (2017, 1, 1)), ("../2017", (2017, 1, 1))]
)
def test_interval_may_be_open(text: str, key: tuple[int, int, int]) -> None:
    """An interval without a beginning or an end sorts by the end that it has."""
    date = parse_edtf(text)

    assert date is not None
    assert date.is_interval
    assert date.sort_key == key


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "yesterday", "27.1.2017", "2017-1-7", "2017-13", "2017-00", "2017-02-30"),
        *("2017-02-29", "2017-01-00", "2017-01-32", "XXXX", "XXXX-XX", "XXXX-XX-05", "2017-XX-05"),
        *(
            "2017-25",
            "2017-21-05",
            "17",
            "20170127",
            "2017-01-27T10:00",
            "2017-01-27 ",
            "2017-01-27\n",
        ),
        *(
            "2017/2016",
            "2017-02/2017-01",
            "/",
            "../..",
            "2017//2018",
            "2017/2018/2019",
            "٢٠١٧",
            "2017~~",
        ),
        *("X017", "2X17", "2017-1X", "+2017", "--01-27", "2017-01-27Z", "open"),
    ],
)
def test_what_is_no_date_is_refused(text: str) -> None:
    """A day that does not exist, another order, or an interval that runs backwards is no date."""
    assert parse_edtf(text) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2019-3-14", "2019-03-14"),
        ("2019/03", "2019-03"),
        ("20190314", "2019-03-14"),
        ("2019-03-14T10:00:00Z", "2019-03-14"),
        ("14.3.2019", "2019-03-14"),
        ("14/03/2019", "2019-03-14"),
        ("03/14/2019", "2019-03-14"),
        ("14 March 2019", "2019-03-14"),
        ("Sept. 4th, 2019", "2019-09-04"),
        ("July 1870", "1870-07"),
        ("2019-03-15/2019-03-14", "2019-03-14/2019-03-15"),
        ("03/04/2019", None),
        ("30 February 2019", None),
        ("2019-13-01", None),
        ("2017/2018/2019", None),
        ("yesterday", None),
    ],
)
def test_a_date_written_in_another_way_is_understood(text: str, meant: str | None) -> None:
    """Where it can be one date only; of 03/04 nobody knows the month."""
    assert parse_edtf(text) is None
    assert propose_date(text) == meant


def test_periods_that_nobody_wrote_are_told_apart_when_they_are_looked_up() -> None:
    """Years that have no text of their own do not all have one hash."""
    years = [Edtf("", day, day) for day in map(EdtfDay, range(1000, 1100))]
    assert len(set(map(hash, years))) > 90
