"""What a page's own first lines say of its outlet and its day."""

from __future__ import annotations

import pytest

from sourcebook.ingest.authority import Authority, Known

from .reading_of import extract_text, said

KNOWN = Authority(
    outlets=(
        Known("reuters", "Reuters", (), None),
        Known("afp", "Agence France-Presse", ("AFP",), None),
        Known("the-herald", "The Herald", (), None),
    )
)
HEAD = "A convoy reaches the town"
BODY = "The convoy was there at noon, and nobody stopped it on its way to the town.\n"


@pytest.mark.parametrize(
    ("line", "outlet", "date"),
    [
        ("Reuters, 14 March 2017", "reuters", "2017-03-14"),
        ("The Herald | March 14, 2017 18:04 GMT", "the-herald", "2017-03-14"),
        ("Source: AFP, 14.03.2017", "afp", "2017-03-14"),
        ("Oslo Gazette – 14 March 2017", None, "2017-03-14"),
        ("Herald", "the-herald", None),
        ("Par Julie Moreau, publié le 12 mars 2019 à 18h05", None, "2019-03-12"),
        ("Publié le 10 octobre 2016 à 08h52 - Mis à jour le 11 octobre 2016", None, "2016-10-10"),
        ("Stand: 14. Juni 2021, 09:12 Uhr", None, "2021-06-14"),
        ("Orla - 14 JUN 2021 - 09:12 CEST", None, "2021-06-14"),
        ("14 июня 2021, 09:12", None, "2021-06-14"),
        ("רות לי, 14 ביוני 2021", None, "2021-06-14"),
        ("2021年06月14日 09:12 来源：新华社", None, "2021-06-14"),
        ("Publié le : 10 octobre 2016", None, "2016-10-10"),
        ("Date: 14 March 2017", None, "2017-03-14"),
        # No day, or one that is not that of the text.
        ("Last updated: 14 March 2017, 09:12", None, None),
        ("Mis à jour le : 14 mars 2017", None, None),
        ("Deadline for comments: 14 March 2017", None, None),
        ("Next meeting: 14 March 2017", None, None),
        ("Died — 14 March 2017", None, None),
        ("They met there on 14 March 2017", None, None),
        ("Reuters, March 2017", None, None),
        ("Reuters, 30 February 2017", None, None),
    ],
)
def test_lines_below_the_title(line: str, outlet: str | None, date: str | None) -> None:
    """A day that is set off from what else a short line has, which may be an outlet that is known."""
    found = extract_text(f"{HEAD}\n\n{line}\n\n{BODY}", KNOWN)
    assert (found.outlet_slug, found.date) == (outlet, date)


@pytest.mark.parametrize(
    ("dateline", "outlet", "date"),
    [
        ("BEIRUT (Reuters) March 14, 2017 - ", "reuters", "2017-03-14"),
        ("GENEVA, 4 February 2017 (AFP) — ", "afp", "2017-02-04"),
        ("Genève, 4 février 2017 (AFP) - ", "afp", "2017-02-04"),
        ("HALLORAN, Ohio, March 3, 2020 /PRNewswire/ -- ", None, "2020-03-03"),
        ("GENEVA (23 September 2016) – ", None, "2016-09-23"),
        ("MOSCOW, January 26. /AFP/. ", "afp", "XXXX-01-26"),
        ("Damascus, AFP – ", "afp", None),
        ("(New York) – ", None, None),
    ],
)
def test_datelines(dateline: str, outlet: str | None, date: str | None) -> None:
    """A day stands before or behind the outlet; the line is no part of what is said in it."""
    text = f"{HEAD}\n\n{dateline}The convoy was there at noon, Mayor Ann Lee said.\n"
    found = extract_text(text, KNOWN)
    assert (found.outlet_slug, found.date) == (outlet, date)
    assert said(text) == [("Ann Lee", "The convoy was there at noon")]


@pytest.mark.parametrize("fields", ["", "From: the ministry\n\n", "To: all newspapers\n\n"])
def test_fields_below_a_title_leave_it_its_date(fields: str) -> None:
    """A press release has them below its title, whoever else's name stands above that."""
    extraction = extract_text(
        f"Coast Post\n\nBridge falls in Osk\n\nSubject: bridges\n\n{fields}Date: 3 March 2024\n\n"
        "What we know\n\nThe bridge fell down on Sunday, in the middle of the night.\n"
    )
    assert (extraction.title, extraction.date) == ("Bridge falls in Osk", "2024-03-03")


def test_who_asks_in_a_transcript_is_not_who_published_it() -> None:
    """ "QUESTION (Osk Post):" has the form of a dateline."""
    turns = (
        "LEE: It was built this year.\n\nQUESTION (Osk Post): Was it late?\n\nLEE: It was not so.\n"
    )
    assert extract_text(f"A briefing was held here\n\n{turns}").outlet is None


def test_a_sentence_with_a_day_is_no_dateline() -> None:
    """ "He came on 14 March 2017 - a Tuesday" tells of a day, and not when the page is of."""
    text = f"{HEAD}\n\nThe convoy came on 14 March 2017 - a Tuesday - to the town.\n"
    assert extract_text(text, KNOWN).date is None


def test_a_page_of_a_site_ends_where_its_pointers_begin() -> None:
    """Names of sections above the title and other stories below the text are no part of it."""
    text = (
        "Skip to content\nHome\nNews\nSport\nWorld\nThe convoy has reached the town\nPublished\n"
        f"21 March 2018\nShare\n\n{BODY}\nMayor Ann Lee said it was late.\n\n"
        "Image caption, The convoy was slow, Ann Lee said\n\nMore on this story\n"
        "Town: 'We heard nothing'\n22 February 2018\nMost Read\nPM says no to a vote\n"
        "© 2018 The Herald. The Herald is not to blame.\n"
    )
    found = extract_text(text, KNOWN)
    assert (found.title, found.date) == ("The convoy has reached the town", "2018-03-21")
    assert not found.parts
    assert said(text) == [("Ann Lee", "it was late"), ("Ann Lee", "The convoy was slow")]
