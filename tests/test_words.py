"""Dates in words, never more exact than they were written."""

from __future__ import annotations

import pytest

from sourcebook.edtf import parse_edtf
from sourcebook.messages import load_messages
from sourcebook.words import date_words, years_words

MESSAGES = load_messages("en")


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2017-01-27", "27 January 2017"),
        ("2017-01", "January 2017"),
        ("2017", "2017"),
        ("2017-01-27~", "about 27 January 2017"),
        ("2017?", "2017 (uncertain)"),
        ("2017%", "about 2017 (uncertain)"),
        ("2017-21", "spring 2017"),
        ("201X", "the 2010s"),
        ("XXXX-02-02", "2 February, year not given"),
        ("XXXX-02", "February, year not given"),
        ("2016-11-28/2016-12-20", "between 28 November and 20 December 2016"),
        ("2016-11-03/2016-11-05", "between 3 and 5 November 2016"),
        ("2016-11/2017-02", "between November 2016 and February 2017"),
        ("2016/2018", "between 2016 and 2018"),
        ("2016-11-28~/2016-12-20", "between about 28 November 2016 and 20 December 2016"),
        ("2016-11-28/..", "from 28 November 2016"),
        ("../2016-11-28", "until 28 November 2016"),
        ("-0043", "44 BC"),
    ],
)
def test_a_date_reads_as_a_person_says_it(edtf: str, words: str) -> None:
    """Each way to write a date has its words, and no day is invented."""
    assert date_words(parse_edtf(edtf), MESSAGES) == words


def test_a_missing_date_is_said_to_be_missing() -> None:
    """What nobody wrote is "not known", never blank and never a guess."""
    assert date_words(None, MESSAGES) == "not known"


@pytest.mark.parametrize(
    ("edtf", "words"),
    [("2017-01-27", "2017"), ("2016-11/2017-02", "2016–2017"), ("XXXX-02", "")],
)
def test_a_narrow_column_has_only_the_years(edtf: str, words: str) -> None:
    """Where there is room for a year only, both years of an interval stand there."""
    assert years_words(parse_edtf(edtf), MESSAGES) == words
