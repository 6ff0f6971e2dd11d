"""The timeline: what is dated, how exactly, and where it stands on a line."""

from __future__ import annotations

import datetime
import gzip
import re
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from conftest import SmallArchive
from sourcebook import urls
from sourcebook.anchors import DocumentPlaces
from sourcebook.build import BuildOptions, build_site
from sourcebook.edtf import Edtf, EdtfDay, parse_edtf
from sourcebook.link import ClaimKey, LinkedClaim, LinkedDocument, link_archive
from sourcebook.load import Content
from sourcebook.messages import load_messages
from sourcebook.model import Claim, Document, PackedText, Slug, Text
from sourcebook.settings import Settings
from sourcebook.theme import load_theme
from sourcebook.views.axis import (
    Extent,
    broken_axis,
    calendar_day,
    day_number,
    extent_of,
    month_axis,
)
from sourcebook.views.catalogue import Catalogue, Link, build_catalogue
from sourcebook.views.columns import draw_columns
from sourcebook.views.dated import DatedItem, Kind, dated_items
from sourcebook.views.dated_groups import group_items
from sourcebook.views.frame import Head, chrome_of, frame_page
from sourcebook.views.ticks import NARROW, day_ticks, labels_that_fit, period_ticks
from sourcebook.views.timeline import Mark, Picture, draw_marks, pack
from sourcebook.views.timeline_pages import TimelineView, timeline_view, year_view
from sourcebook.views.timeline_plan import plan_timeline
from sourcebook.views.when import when_strip

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
Views = dict[str, TimelineView]

MESSAGES = load_messages("en")
DOCUMENT = "content/documents/briefing.md"


def edtf(text: str) -> Edtf:
    """*text* as a date."""
    date = parse_edtf(text)
    assert date is not None
    return date


def extent(text: str) -> Extent:
    """The days that the date *text* may mean."""
    found = extent_of(edtf(text))
    assert found is not None
    return found


def days(text: str) -> tuple[str, str]:
    """The first and last day that *text* may mean."""
    found = extent(text)
    first, last = (calendar_day(day) for day in (found.first, found.last))
    return "{}-{:02}-{:02}".format(*first), "{}-{:02}-{:02}".format(*last)


def item(kind: Kind, date: str, name: str = "x") -> DatedItem:
    """Something dated: a statement of this name in a document, else a page of this name."""
    return DatedItem(kind, edtf(date), ("d", name) if kind == "statement" else (name, ""))


class Named(Mapping[K, V]):
    """A record of every name, made when it is looked up."""

    def __init__(self, make: Callable[[K], V]) -> None:
        self._make = make

    def __getitem__(self, key: K) -> V:
        return self._make(key)

    def __iter__(self) -> Iterator[K]:
        return iter(())

    def __len__(self) -> int:
        return 0


def document_named(slug: Slug) -> LinkedDocument:
    """A document without claims."""
    body, path = PackedText.of(""), f"content/documents/{slug}.md"
    document = Document(slug, path, slug, body, 1, (), "", outlet="o")
    return LinkedDocument(document, DocumentPlaces(Text.of("")), *((),) * 8)


def claim_named(key: ClaimKey) -> LinkedClaim:
    """A statement that reads as its id."""
    claim = Claim(key.claim, (key.claim,), named=f"Speaker in {key.document}")
    return LinkedClaim(key, claim, 1, (), None, f"o{key.document}", None, True, (), False)


def catalogue_of_everything() -> Catalogue:
    """A catalogue that has whatever is looked up in it."""
    nothing = link_archive(Content({}, {}, {}, {}, {}, frozenset(), (), 0), {})
    archive = replace(nothing, documents=Named(document_named), claims=Named(claim_named))
    return replace(
        build_catalogue(archive, Settings("A"), MESSAGES),
        agents=Named(lambda ref: Link(Markup.escape(ref.slug), urls.agent(ref))),
        documents=Named(lambda slug: Link(Markup.escape(slug), urls.document(slug))),
        topics=Named(lambda slug: Link(Markup.escape(slug), urls.topic(slug))),
    )


EVERYTHING = catalogue_of_everything()


def draw(*items: DatedItem, month: int = 2017 * 12) -> Picture:
    """*items* in the picture of one month, January 2017."""
    axis = month_axis(month)
    groups = [group._replace(listed=f"#{group.anchor}") for group in group_items(items)]
    return draw_marks("p", "P", groups, axis, day_ticks(axis), EVERYTHING)


def marks(picture: Picture, kind: Kind) -> Sequence[Mark]:
    """The marks of one row."""
    return next((row.marks for row in picture.rows if row.kind == kind), ())


def catalogue_of(archive: SmallArchive) -> Catalogue:
    """The archive as views see it."""
    checked = archive.check()
    assert checked.diagnostics == ()
    linked = link_archive(checked.content, checked.places)
    return build_catalogue(linked, checked.settings or Settings("A"), MESSAGES)


def laid_out(items: Iterable[DatedItem], catalogue: Catalogue = EVERYTHING) -> Views:
    """The pages of a timeline that holds *items*, by their address."""
    plan = plan_timeline(group_items(items))
    years = {page.path: year_view(page, catalogue) for page in plan.pages if plan.is_split}
    return {urls.TIMELINE: timeline_view(plan, catalogue), **years}


def timeline_of(archive: SmallArchive) -> TimelineView:
    """The first page of the archive's timeline."""
    catalogue = catalogue_of(archive)
    return laid_out(dated_items(catalogue), catalogue)[urls.TIMELINE]


def lines(view: TimelineView) -> list[str]:
    """The list of a page as it reads: date, kind, names."""
    rows = [row for section in view.sections for row in section.rows]
    return [
        f"{row.date}: {row.kind}: " + ", ".join(str(one.link.text) for one in row.items)
        for row in (*rows, *view.yearless)
    ]


# What a date may mean


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        ("2017-01-26", "2017-01-26", "2017-01-26"),
        ("2016-02", "2016-02-01", "2016-02-29"),
        ("2016", "2016-01-01", "2016-12-31"),
        ("2016-22", "2016-06-01", "2016-08-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("2016-11/2017-01", "2016-11-01", "2017-01-31"),
        ("-0043-03-15", "-43-03-15", "-43-03-15"),
    ],
)
def test_a_date_covers_all_days_that_it_may_mean(date: str, first: str, last: str) -> None:
    """A month is its days and a year its days: none of them is chosen."""
    assert days(date) == (first, last)


@pytest.mark.parametrize("date", ["XXXX-04-18", "XXXX-12"])
def test_a_date_without_a_year_has_no_place(date: str) -> None:
    """A day of a year that is not given stands nowhere on the line."""
    assert extent_of(edtf(date)) is None


def test_an_event_certainly_lasts_between_the_ends_of_its_interval() -> None:
    """From some day in November to some day in January: December is certain, the ends are not."""
    sure = extent("2016-11/2017-01").sure

    assert sure is not None
    assert (calendar_day(int(sure[0])), calendar_day(int(sure[1]))) == (
        (2016, 11, 30),
        (2017, 1, 1),
    )


def test_what_is_said_within_an_interval_is_said_on_some_day_of_it() -> None:
    """The interval of an event lasts; that of a statement only says that its day is not known."""
    (talks,) = marks(draw(item("event", "2017-01-23/2017-01-24")), "event")
    (said,) = marks(draw(item("statement", "2017-01-23/2017-01-24")), "statement")

    assert [piece.is_sure for piece in talks.pieces] == [True]
    assert [piece.is_sure for piece in said.pieces] == [False]


@given(st.dates())
def test_days_are_numbered_as_the_calendar_counts_them(day: datetime.date) -> None:
    """The next day has the next number, and a number leads back to its day."""
    number = day_number(day.year, day.month, day.day)

    assert calendar_day(number) == (day.year, day.month, day.day)
    assert number - day_number(1, 1, 1) == day.toordinal() - 1


# Where it stands


def test_a_long_time_without_dates_becomes_a_break() -> None:
    """Empty years are left out of the line, and the break says how many."""
    axis = broken_axis([extent("1916-05-16"), extent("2016-02"), extent("2017-01")], "year", 2)

    assert [(cell.period, cell.count) for cell in axis.cells] == [
        (1916, 1),
        (1917, 99),
        (2016, 1),
        (2017, 1),
    ]


def test_a_short_time_without_dates_is_drawn() -> None:
    """A gap that has room stays as long as it is."""
    axis = broken_axis([extent("2014"), extent("2017-01")], "year", 2)

    assert [cell.period for cell in axis.cells] == [2014, 2015, 2016, 2017]


DATES = st.dates(min_value=datetime.date(1900, 1, 1), max_value=datetime.date(2030, 12, 31))


@given(st.lists(DATES, min_size=1, max_size=30), st.sampled_from(["month", "year"]))
def test_a_later_day_never_stands_before_an_earlier_one(
    dates: list[datetime.date], unit: str
) -> None:
    """However the line is broken, it runs one way, and all that is dated is on it."""
    extents = [extent(date.isoformat()) for date in sorted(dates)]
    axis = broken_axis(extents, "month" if unit == "month" else "year", 2)
    places = [axis.at(one.first) for one in extents]

    assert places == sorted(places)
    assert all(0 <= place <= 100 for place in places)
    assert axis.cells[-1].to == pytest.approx(100)


@given(st.lists(st.tuples(st.floats(0, 600), st.floats(1, 200)), max_size=40))
def test_boxes_on_one_line_never_touch(given_boxes: list[tuple[float, float]]) -> None:
    """What would touch is put on the next line."""
    boxes = [(start, start + width) for start, width in given_boxes]
    placed = pack(boxes)

    for number in set(placed):
        own = sorted(box for box, line in zip(boxes, placed, strict=True) if line == number)
        assert all(before[1] <= after[0] for before, after in pairwise(own))


def test_labels_that_would_touch_are_left_out() -> None:
    """Of two labels at one place the more important one is written."""
    assert labels_that_fit([(0, "Dec 2016", 1), (1, "Jan", 0), (50, "Feb", 0)]) == {0, 2}
    assert labels_that_fit([(0, "Dec", 0), (1, "Jan 2017", 1)]) == {1}


def test_a_new_year_is_named_before_the_month_that_the_line_begins_with() -> None:
    """On a telephone "Nov 2015" would hide "Jan 2016": the first says its month alone."""
    dates = (Edtf("", EdtfDay(2015, 11), None), Edtf("", EdtfDay(2016, 8), None))
    axis = broken_axis([found for date in dates if (found := extent_of(date))], "month", 12)
    ticks = period_ticks(axis, load_messages("en"), NARROW)

    assert [tick.label for tick in ticks][:4] == ["Nov", "", "Jan 2016", ""]
    assert [tick.is_strong for tick in ticks][:4] == [True, False, True, False]


# Marks


def test_a_month_is_an_open_bar_over_all_its_days() -> None:
    """A statement "in January" has no day, so it gets none."""
    (mark,) = marks(draw(item("statement", "2017-01")), "statement")

    assert (mark.shape, mark.x, mark.end, mark.is_vague) == ("bar", "0%", "100%", True)


def test_about_a_day_has_soft_ends_and_is_hollow() -> None:
    """An approximate date is drawn as one."""
    (exact,) = marks(draw(item("statement", "2017-01-26")), "statement")
    (about,) = marks(draw(item("statement", "2017-01-26~")), "statement")

    assert (exact.is_vague, exact.soft_start, exact.soft_end) == (False, False, False)
    assert (about.is_vague, about.soft_start, about.soft_end) == (True, True, True)


def test_the_four_kinds_have_their_rows() -> None:
    """What happened, what was said, what was printed and what was kept never share a row."""
    picture = draw(
        item("capture", "2017-01-30"),
        item("publication", "2017-01-27"),
        item("statement", "2017-01-26"),
        item("event", "2017-01-25"),
    )

    assert [row.kind for row in picture.rows] == ["event", "statement", "publication", "capture"]
    assert len({mark.y for row in picture.rows for mark in row.marks}) == 4


def test_several_of_one_day_are_one_mark_with_their_number() -> None:
    """It leads to their line in the list; a single one leads to the thing itself."""
    picture = draw(item("statement", "2017-01-26", "a"), item("statement", "2017-01-26", "b"))
    (mark,) = marks(picture, "statement")

    assert (mark.count, mark.number, mark.path) == (2, "2", "#statement-2017-01-26")
    assert mark.words == "26 January 2017: 2 statements"


def test_a_long_name_is_cut_where_a_reader_would_cut_it() -> None:
    """An event's name is shortened as it reads, and never within a sign that HTML writes out."""
    name = "R&D " * 30
    (event,) = marks(draw(item("event", "2017-01-05", name)), "event")

    assert event.label == f"{name[:82]}…"


def test_what_began_before_the_month_is_drawn_as_going_on() -> None:
    """A bar that is cut by the edge of the picture says so."""
    (mark,) = marks(draw(item("event", "2016-12-28/2017-01-03")), "event")

    assert (mark.from_before, mark.to_after) == (True, False)


def test_columns_count_what_lies_within_a_month_and_nothing_else() -> None:
    """A year's date is in no month: it is a bar below the columns."""
    groups = group_items(
        [item("statement", date) for date in ("2017-01-26", "2017-01", "2017-02-03", "2017")]
    )
    axis = broken_axis([group.extent for group in groups if group.extent], "year", 2)
    picture = draw_columns("p", "P", groups, axis, (), "month", str, EVERYTHING)
    drawn = marks(picture, "statement")

    assert [(mark.words, mark.count) for mark in drawn if mark.shape == "column"] == [
        ("January 2017: 2 statements", 2),
        ("February 2017: 1 statement", 1),
    ]
    assert [mark.words for mark in drawn if mark.shape == "bar"] == [
        "2017: Statement, Speaker in d: “x”"
    ]


# The pages of an archive


def test_a_statement_without_a_date_is_not_placed_by_its_publication(
    archive: SmallArchive,
) -> None:
    """The document is on the timeline; its claim is counted among those that are not."""
    view = timeline_of(archive)

    assert lines(view) == ["26 January 2017: publication: Kremlin briefing"]
    assert view.undated == 1


def test_statement_publication_capture_and_event_are_told_apart(archive: SmallArchive) -> None:
    """Each with its own date, in the order of the days."""
    archive.replace(
        DOCUMENT, "    by: dmitry-peskov\n", "    by: dmitry-peskov\n    date: 2017-01\n"
    )
    archive.replace(DOCUMENT, "transcription:", "    captured: 2020-07-02\ntranscription:")
    archive.write(
        "content/topics/talks.md", "---\nname: Talks\nkind: event\ndate: 2017-01-23~\n---\n"
    )

    assert lines(timeline_of(archive)) == [
        "January 2017: statement: Our American partners did not consult with Russia",
        "about 23 January 2017: event: Talks",
        "26 January 2017: publication: Kremlin briefing",
        "2 July 2020: capture: Kremlin briefing",
    ]


def test_a_part_without_a_heading_is_a_part_of_something(archive: SmallArchive) -> None:
    """A dated part is named by its heading, or else by its document and its number."""
    parts = "parts:\n  - {id: second, starts: It is important, date: 2017-01-28}\n"
    archive.replace(DOCUMENT, "topics: [safe-zones]\n", f"topics: [safe-zones]\n{parts}")

    assert lines(timeline_of(archive)) == [
        "26 January 2017: publication: Kremlin briefing",
        "28 January 2017: publication: Kremlin briefing, Part 1",
    ]


def test_a_theme_with_a_date_is_no_event(archive: SmallArchive) -> None:
    """Only topics of the kind event happened."""
    archive.write("content/topics/talks.md", "---\nname: T\nkind: theme\ndate: 2017-01-23\n---\n")

    assert [line for line in lines(timeline_of(archive)) if "event" in line] == []


def test_a_suggested_claim_is_not_on_the_timeline(archive: SmallArchive) -> None:
    """What nobody has accepted yet is counted nowhere."""
    archive.replace(
        DOCUMENT,
        "    by: dmitry-peskov\n",
        "    by: dmitry-peskov\n    date: 2017-01-26\n    review: suggested\n",
    )
    view = timeline_of(archive)

    assert [kind.kind for kind in view.kinds] == ["publication"]
    assert view.undated == 0


def test_a_day_without_a_year_is_listed_apart(archive: SmallArchive) -> None:
    """It is on no line, and in a list of its own."""
    archive.replace(
        DOCUMENT, "    by: dmitry-peskov\n", "    by: dmitry-peskov\n    date: XXXX-04-18\n"
    )
    view = timeline_of(archive)

    assert [row.date for row in view.yearless] == ["18 April, year not given"]
    assert [[row.kind for row in picture.rows] for picture in view.overview] == 2 * [
        ["publication"]
    ]


def test_an_archive_without_dates_has_no_timeline(archive: SmallArchive) -> None:
    """Neither the page nor the way to it exists."""
    archive.replace(DOCUMENT, "date: 2017-01-26\n", "")
    site = built(archive)

    assert not (site / "timeline").exists()
    assert "timeline" not in (site / "index.html").read_text("utf-8")


def test_a_gap_between_months_is_said(archive: SmallArchive) -> None:
    """Between two months with dates stands which ones have none, in pictures and list alike."""
    archive.write(
        "content/topics/talks.md", "---\nname: Talks\nkind: event\ndate: 2016-08-01\n---\n"
    )
    view = timeline_of(archive)
    words = "Nothing is dated to a day or a month from September to December 2016."
    said = [words.replace("September to", "September 2016 to")]

    assert [lane.gap for section in view.sections for lane in section.lanes if lane.gap] == said
    assert [row.gap for section in view.sections for row in section.rows if row.gap] == said


def test_pictures_have_names_and_every_mark_leads_somewhere(archive: SmallArchive) -> None:
    """Each picture has a title and a description, each link in it words and a target."""
    archive.replace(
        DOCUMENT, "    by: dmitry-peskov\n", "    by: dmitry-peskov\n    date: 2017-01-26\n"
    )
    html = (built(archive) / "timeline/index.html").read_text("utf-8")
    pictures = re.findall(r'<svg height="\d+" role="group".*?</figure>', html, re.S)

    assert len(pictures) == 3
    for picture in pictures:
        assert re.search(r'<title id="[^"]+">[^<]+</title><desc id="[^"]+">[^<]+</desc>', picture)
        links = re.findall(r'<a href="([^"]*)" tabindex="-1"><title>([^<]*)</title>', picture)
        assert len(links) == picture.count("<a ")
        assert all(href and words for href, words in links)
    place = "../documents/briefing/index.html#claim-no-consultation"
    assert (
        f'<a href="{place}" tabindex="-1"><title>26 January 2017: Statement, Dmitry Peskov:' in html
    )


# A long timeline


def many(count: int) -> list[DatedItem]:
    """*count* statements on the days of 2016 and 2017, in turn."""
    first = datetime.date(2016, 1, 1)
    return [
        item(
            "statement",
            (first + datetime.timedelta(days=n * 7 % 731)).isoformat(),
            f"statement-{n}",
        )
        for n in range(count)
    ]


def test_a_long_timeline_has_a_page_for_each_year() -> None:
    """The first page keeps the picture of the whole; a date without a year has a page too."""
    pages = laid_out([*many(400), item("statement", "XXXX-04-18")])

    assert list(pages) == [
        "timeline/index.html",
        "timeline/2016/index.html",
        "timeline/2017/index.html",
        "timeline/no-year/index.html",
    ]
    assert pages["timeline/index.html"].overview
    assert pages["timeline/index.html"].sections == ()


def test_every_item_is_listed_once() -> None:
    """However many pages a year fills, nothing is lost and nothing stands twice."""
    items = [*many(1500), *(item("event", "2016-05-05", f"e{n}") for n in range(700))]
    pages = laid_out(items)
    names = [
        str(one.link.text)
        for page in pages.values()
        for section in page.sections
        for row in section.rows
        for one in row.items
    ]

    assert sorted(names) == sorted(one.thing[1] or one.thing[0] for one in items)


def test_a_mark_leads_to_the_page_that_lists_it() -> None:
    """Every link within the timeline finds its anchor."""
    pages = laid_out([*many(2500), item("event", "2016-11/2017-02", "e")])
    anchors = {
        f"{path}#{anchor}"
        for path, page in pages.items()
        for section in page.sections
        for anchor in (
            section.anchor,
            *(lane.anchor for lane in section.lanes),
            *(row.anchor for row in section.rows if row.anchor),
        )
    }
    drawn = [
        mark.path
        for page in pages.values()
        for picture in (
            *page.overview,
            *(section.band for section in page.sections),
            *(lane.picture for section in page.sections for lane in section.lanes),
        )
        if picture is not None
        for row in picture.rows
        for mark in row.marks
        if mark.path.startswith("timeline/")
    ]

    assert len(drawn) > 700
    assert set(drawn) <= anchors


def test_what_is_longer_than_a_year_is_named_on_the_years_that_it_touches() -> None:
    """The page of a year in the midst of a war names the war."""
    pages = laid_out([*many(400), item("event", "2011-03/..", "War")])

    assert [
        (str(link.text), words) for link, words in pages["timeline/2017/index.html"].running
    ] == [("War", "from March 2011")]


def test_a_hundred_thousand_statements_make_small_pages(archive: SmallArchive) -> None:
    """No page is over 60 kB, compressed, and there are no more than the list needs."""
    items = [
        DatedItem(
            "statement",
            edtf(f"{2010 + n % 10}-{1 + n // 10 % 12:02}-{1 + n // 120 % 28:02}"),
            (f"d{n}", f"the-words-of-statement-{n * 7919 % 100_003}"),
        )
        for n in range(100_000)
    ]
    plan = plan_timeline(group_items(items))
    theme = load_theme(archive.root, "default", MESSAGES)
    chrome = chrome_of(EVERYTHING, has_search=True, has_timeline=True)

    def size(view: TimelineView) -> int:
        frame = frame_page(chrome, Head("T", "", "timeline/2010/index.html"))
        return len(gzip.compress(theme.render("timeline.html", frame, view).encode()))

    assert len(plan.pages) == 10 * 34
    assert size(timeline_view(plan, EVERYTHING)) < 60_000
    assert max(size(year_view(page, EVERYTHING)) for page in plan.pages[:2]) < 60_000


def test_a_page_of_a_year_is_planned_alike_where_nothing_of_it_differs() -> None:
    """Where one statement of a day gives way to another, only the page that lists it differs."""
    items = many(1500)
    (place, other), _ = ((n, one) for n, one in enumerate(items) if one.date.text == "2017-12-29")
    changed = [*items[:place], other._replace(thing=("d", "another")), *items[place + 1 :]]
    before, after = (plan_timeline(group_items(held)).pages for held in (items, changed))

    assert len(before) == 6
    assert [page.path for page, then in zip(after, before, strict=True) if page != then] == [
        "timeline/2017/3/index.html"
    ]


def test_a_page_of_a_year_says_of_which_documents_it_shows_something() -> None:
    """Those of its list, and those that a mark of its pictures names; an event is of none."""
    night = DatedItem("publication", edtf("2016-12-31/2017-01-01"), ("night", ""))
    pages = plan_timeline(group_items([*many(400), night, item("event", "2017-05-05")])).pages

    assert [(page.year, sorted(page.documents)) for page in pages] == [
        (2016, ["d", "night"]),
        (2017, ["d", "night"]),
    ]


# The strip of an actor, a topic, a question


def test_an_actor_has_a_strip_of_when_they_spoke(archive: SmallArchive) -> None:
    """Its picture and its list hold the same, and it says what has no date."""
    catalogue = catalogue_of(archive)
    claims = tuple(catalogue.archive.claims.values())
    strip = when_strip(claims, (), "actors/dmitry-peskov/index.html", catalogue)

    assert strip is not None
    assert (strip.summary, strip.span, strip.undated) == (
        ("1 publication",),
        "26 January 2017",
        1,
    )
    assert [(row.date, row.kind) for row in strip.rows] == [("26 January 2017", "publication")]


def test_a_strip_says_from_when_to_when(archive: SmallArchive) -> None:
    """Each end is as exact as its source has it; a war that goes on is told beside it."""
    for name, date in (("war", "2011-03/.."), ("talks", "2016-02"), ("meeting", "2017-01-27~")):
        archive.write(
            f"content/topics/{name}.md", f"---\nname: {name}\nkind: event\ndate: {date}\n---\n"
        )
    catalogue = catalogue_of(archive)
    strip = when_strip((), catalogue.archive.topics, "x/index.html", catalogue)

    assert strip is not None
    assert (strip.summary, strip.span) == (("2 events",), "February 2016 to about 27 January 2017")
    assert (strip.lasting, strip.lasting_span) == (("1 event",), "from March 2011")


def test_nothing_dated_makes_no_strip(archive: SmallArchive) -> None:
    """A page of which nothing is dated has no empty section."""
    archive.replace(DOCUMENT, "date: 2017-01-26\n", "")
    catalogue = catalogue_of(archive)

    assert when_strip(tuple(catalogue.archive.claims.values()), (), "x", catalogue) is None


def test_a_strip_of_many_dates_counts_by_month(archive: SmallArchive) -> None:
    """More than some forty marks are no longer a small picture."""
    for n in range(50):
        day = datetime.date(2016, 11, 1) + datetime.timedelta(days=n)
        archive.write(
            f"content/topics/event-{n}.md", f"---\nname: E{n}\nkind: event\ndate: {day}\n---\n"
        )
    catalogue = catalogue_of(archive)
    strip = when_strip((), catalogue.archive.topics, "x/index.html", catalogue)

    assert strip is not None
    assert [
        [(mark.shape, mark.words) for row in picture.rows for mark in row.marks]
        for picture in strip.pictures
    ] == 2 * [
        [("column", "November 2016: 30 events"), ("column", "December 2016: 20 events")],
    ]
    assert len(strip.rows) == 50


def test_the_page_of_a_topic_has_its_strip_with_a_list(archive: SmallArchive) -> None:
    """The picture stands in the page, and its list can be opened without a script."""
    archive.replace(DOCUMENT, "quote: Our", "topics: [safe-zones]\n    quote: Our")
    html = (built(archive) / "topics/safe-zones/index.html").read_text("utf-8")
    strip = html.partition('id="when"')[2].partition("</section>")[0]

    assert "<details>" in strip
    assert 'id="when-publication-2017-01-26"' in strip


def built(archive: SmallArchive) -> Path:
    """The archive's site."""
    output = archive.root / "site"
    report = build_site(archive.root, BuildOptions(output, search=False))
    assert report.output is not None
    return output


def test_a_strip_of_too_many_dates_for_a_list_has_a_table_of_counts(archive: SmallArchive) -> None:
    """What lies in no one month is listed beside it, so that nothing of the picture is missing."""
    for n in range(310):
        day = datetime.date(2016, 11, 1) + datetime.timedelta(days=n % 61)
        archive.write(
            f"content/topics/event-{n}.md", f"---\nname: E{n}\nkind: event\ndate: {day}\n---\n"
        )
    archive.write("content/topics/war.md", "---\nname: War\nkind: event\ndate: 2016/2017\n---\n")
    catalogue = catalogue_of(archive)
    strip = when_strip((), catalogue.archive.topics, "x/index.html", catalogue)

    assert strip is not None
    assert strip.counts is not None
    assert [(row.date, row.counts) for row in strip.counts.rows] == [
        ("November 2016", ("155",)),
        ("December 2016", ("155",)),
    ]
    assert [row.date for row in strip.rows] == ["between 2016 and 2017"]


def test_what_a_strip_only_counts_is_found_from_there(archive: SmallArchive) -> None:
    """Under the counts stand the ways to the claims and the documents that are drawn."""
    lines = [f"Peskov spoke number {n} times." for n in range(310)]
    claims = [
        f"  - {{id: c{n}, by: dmitry-peskov, topics: [safe-zones], date: {2015 + n % 2}-03,"
        f" quote: spoke number {n} times}}\n"
        for n in range(310)
    ]
    archive.write("content/captures/long.txt", "\n\n".join(lines))
    archive.write(
        "content/documents/long.md",
        "---\ntitle: Long\noutlet: reuters\ntopics: [safe-zones]\ncaptures:\n  - file: captures/long.txt\n"
        f"    sha256: …\ntranscription: …\nclaims:\n{''.join(claims)}---\n" + "\n\n".join(lines),
    )
    site = built(archive)

    for page, documents in (
        ("topics/safe-zones", "#documents"),
        ("actors/dmitry-peskov", "../../actors/dmitry-peskov/documents/undated/index.html"),
    ):
        html = (site / page / "index.html").read_text("utf-8")
        strip = html.partition('id="when"')[2].partition("</section>")[0]
        assert '<table class="counts">' in strip
        assert f'href="../../{page}/2015/index.html"' in strip
        assert f'href="{documents}"' in strip
