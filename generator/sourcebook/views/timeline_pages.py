"""The timeline: all that is dated, on one page or, where that would be long, one page a year.

Each picture is followed by the list that holds the same. The whole span is drawn as counts by month;
each month in which something is dated has a picture of its days. Between two of those, a line says
that nothing is dated there, so that a gap is never only an empty space.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup

from .. import urls
from ..messages import Messages
from ..words import date_words
from .axis import (
    LONGEST,
    Axis,
    Unit,
    broken_axis,
    first_day_of,
    month_axis,
    year_axis,
)
from .catalogue import Catalogue, Link
from .claim_lists import selection_rules
from .columns import draw_columns
from .date_lists import CountTable, ListRow, count_table, gap_words
from .dated import KINDS, Kind, dated_items
from .dated_groups import Group, group_items, period_date
from .list_pages import page_numbers
from .ticks import NARROW, WIDE, Canvas, day_ticks, period_ticks
from .timeline import Address, Picture, draw_marks
from .timeline_plan import (
    TimelinePlan,
    list_pages_of,
    plan_timeline,
    year_of,
)

MONTH_WIDTH = 4
"""Pixels that a month takes in the picture of the whole span; where it has less, years are counted."""
GAP_OF_YEARS = 2
"""Empty years that the picture of the whole span still draws; of more it makes a break."""


RUNNING_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Lane:
    """A month and its days."""

    anchor: str
    title: str
    picture: Picture
    gap: str | None


@dataclass(frozen=True, slots=True)
class YearSection:
    """A year: what is longer than a month, its months, its list."""

    anchor: str
    title: str
    band: Picture | None
    lanes: tuple[Lane, ...]
    rows: tuple[ListRow, ...]


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many items of a kind there are."""

    kind: Kind
    words: Markup
    only: Markup
    """What is said while the list has only this kind."""
    facet: str


@dataclass(frozen=True, slots=True)
class YearLink:
    """A year that has a page or a section."""

    title: Markup
    path: str
    count: int
    is_current: bool


@dataclass(frozen=True, slots=True)
class TimelineView:
    """A page of the timeline."""

    title: Markup
    whole: Link | None
    """The first page of the timeline, on the page of one year."""
    total: int
    kinds: tuple[KindCount, ...]
    overview: tuple[Picture, ...]
    """The whole span, for a wide screen and for a narrow one."""
    counts: CountTable | None
    """The same as the overview, as a table."""
    years: tuple[YearLink, ...]
    running: tuple[tuple[Link, str], ...]
    """What is longer than a year and touches this one, with its date."""
    more_running: int
    """How many more of them there are."""
    sections: tuple[YearSection, ...]
    yearless: tuple[ListRow, ...]
    undated: int
    """Statements whose text does not say when they were made."""
    pages: tuple[tuple[int, str, bool], ...]
    style: Markup


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """A page of the timeline and its address."""

    path: str
    view: TimelineView


def timeline_pages(catalogue: Catalogue) -> Iterator[TimelinePage]:
    """All pages of the timeline; none where nothing is dated."""
    yield from lay_out(group_items(dated_items(catalogue)), catalogue)


def lay_out(groups: tuple[Group, ...], catalogue: Catalogue) -> Iterator[TimelinePage]:
    """The pages that hold *groups*."""
    if not groups:
        return
    plan = plan_timeline(groups, catalogue)
    years = sorted(year for year in {*plan.by_year, *_lane_years(plan)} if year is not None)
    if not plan.is_split:
        sections = [
            _section(year, list_pages_of(plan.by_year.get(year, []), plan)[:1], plan)
            for year in years
        ]
        yield TimelinePage(urls.TIMELINE, _view(plan, years, None, sections, page=None))
        return
    yield TimelinePage(urls.TIMELINE, _view(plan, years, None, [], page=None))
    listed: list[int | None] = [*years, *([None] if None in plan.by_year else [])]
    for year in listed:
        pages = list_pages_of(plan.by_year.get(year, []), plan)
        for number in range(1, len(pages) + 1):
            section = _section(year, pages[number - 1 : number], plan, with_lanes=number == 1)
            page = (year, number, len(pages))
            path = urls.timeline_of_year(year, number)
            yield TimelinePage(path, _view(plan, years, year, [section], page=page))


def _lane_years(plan: TimelinePlan) -> set[int]:
    return {month // 12 for month in plan.lanes}


def _view(
    plan: TimelinePlan,
    years: Sequence[int],
    year: int | None,
    sections: Sequence[YearSection],
    page: tuple[int | None, int, int] | None,
) -> TimelineView:
    messages = plan.catalogue.messages
    say = messages.say
    shown = plan.by_year.get(year, []) if page is not None else plan.groups
    overview, counts = ((), None) if page is not None else _overview(plan)
    title = say("timeline.title")
    if page is not None:
        title = say("timeline.of-year", year=_year_title(year, messages))
    yearless = plan.by_year.get(None, []) if page is None and not plan.is_split else []
    kinds = _kind_counts(shown, messages)
    running = _running(plan, year) if year is not None else ()
    return TimelineView(
        title=title,
        whole=Link(say("timeline.title"), urls.TIMELINE) if page is not None else None,
        total=sum(len(group.items) for group in shown),
        kinds=kinds,
        overview=overview,
        counts=counts,
        years=_year_links(plan, years, page),
        running=running[:RUNNING_SHOWN],
        more_running=len(running[RUNNING_SHOWN:]),
        sections=tuple(sections),
        yearless=tuple(row for rows in list_pages_of(yearless, plan) for row in rows),
        undated=plan.undated,
        pages=_page_links(page),
        style=selection_rules(kind.facet for kind in kinds) if sections else Markup(),
    )


def _kind_counts(groups: Sequence[Group], messages: Messages) -> tuple[KindCount, ...]:
    counts = dict.fromkeys(KINDS, 0)
    for group in groups:
        counts[group.kind] += len(group.items)
    return tuple(
        KindCount(
            kind,
            words := messages.say(f"timeline.count-{kind}", n=count),
            messages.say("timeline.only", what=words),
            f"only-{kind}",
        )
        for kind, count in counts.items()
        if count
    )


def _page_links(page: tuple[int | None, int, int] | None) -> tuple[tuple[int, str, bool], ...]:
    if page is None:
        return ()
    year, current, count = page
    paths = [urls.timeline_of_year(year, number) for number in range(1, count + 1)]
    return page_numbers(paths, current)


def _year_title(year: int | None, messages: Messages) -> str:
    if year is None:
        return str(messages.say("timeline.no-year"))
    return date_words(period_date(year, "year"), messages)


def _year_links(
    plan: TimelinePlan, years: Sequence[int], page: tuple[int | None, int, int] | None
) -> tuple[YearLink, ...]:
    listed: list[int | None] = [*years, *([None] if None in plan.by_year else [])]
    return tuple(
        YearLink(
            Markup.escape(_year_title(year, plan.catalogue.messages)),
            plan.year_path(year) + ("" if plan.is_split else f"#{_year_anchor(year)}"),
            plan.counts.get(year, 0),
            is_current=page is not None and page[0] == year,
        )
        for year in listed
    )


def _year_anchor(year: int | None) -> str:
    return f"y{year}" if year is not None else "no-year"


def _month_anchor(month: int) -> str:
    return f"m{month // 12}-{month % 12 + 1:02}"


def _overview(
    plan: TimelinePlan,
) -> tuple[tuple[Picture, ...], CountTable | None]:
    """The pictures of the whole span, and the table that holds the counts of the wide one."""
    messages = plan.catalogue.messages
    dated = [group for group in plan.groups if group.extent is not None]
    if not dated:
        return (), None
    axis = broken_axis([group.extent for group in dated if group.extent], "year", GAP_OF_YEARS)

    def where(unit: Unit, period: int) -> str:
        if unit == "year":
            path = plan.year_path(period)
            return path if plan.is_split else f"{path}#{_year_anchor(period)}"
        return f"{plan.year_path(period // 12)}#{_month_anchor(period)}"

    def unit_on(canvas: Canvas) -> Unit:
        return "month" if canvas.line >= MONTH_WIDTH * 12 * len(axis.cells) else "year"

    def picture(name: str, canvas: Canvas) -> Picture:
        unit = unit_on(canvas)
        return draw_columns(
            name,
            str(messages.say("timeline.overview")),
            dated,
            axis,
            period_ticks(axis, messages, canvas),
            unit,
            partial(where, unit),
            plan.address,
            messages,
            canvas,
        )

    pictures = (picture("overview", WIDE), picture("overview-narrow", NARROW))
    unit = unit_on(WIDE)
    return pictures, count_table(dated, unit, partial(where, unit), lambda _: None, messages)


def _running(plan: TimelinePlan, year: int) -> tuple[tuple[Link, str], ...]:
    first, end = first_day_of(year, "year"), first_day_of(year + 1, "year")
    messages = plan.catalogue.messages
    found: list[tuple[Link, str]] = []
    for group in plan.long:
        extent = group.extent
        if extent is None or year_of(group) == year:
            continue
        if (extent.opens or extent.first < end) and (extent.runs_on or extent.last >= first):
            found += [(item.link, date_words(group.date, messages)) for item in group.items]
    return tuple(found)


def _section(
    year: int | None,
    pages: Sequence[Sequence[ListRow]],
    plan: TimelinePlan,
    *,
    with_lanes: bool = True,
) -> YearSection:
    """A year with the rows of *pages*, which are those that stand on this page."""
    has_pictures = with_lanes and year is not None
    return YearSection(
        anchor=_year_anchor(year),
        title=_year_title(year, plan.catalogue.messages),
        band=_band(year, plan) if has_pictures and year is not None else None,
        lanes=tuple(_lanes(year, plan)) if has_pictures and year is not None else (),
        rows=tuple(row for rows in pages for row in rows),
    )


def _band(year: int, plan: TimelinePlan) -> Picture | None:
    """What is longer than a month and not longer than a year."""
    messages = plan.catalogue.messages
    axis = year_axis(year)
    groups = [
        group
        for group in plan.groups
        if group.extent is not None
        and LONGEST["month"] < group.extent.days <= LONGEST["year"]
        and group.extent.first < axis.end
        and group.extent.last >= axis.first
    ]
    if all(_fills(group, axis) for group in groups):
        return None
    title = messages.say("timeline.band", year=_year_title(year, messages))
    ticks = period_ticks(axis, messages, has_years=False)
    return draw_marks(f"band-{year}", str(title), groups, axis, ticks, plan.address, messages)


def _fills(group: Group, axis: Axis) -> bool:
    """Whether a bar would say no more than the heading: some day of the whole year."""
    extent = group.extent
    return extent is not None and extent.first <= axis.first and extent.last >= axis.end - 1


def _lanes(year: int, plan: TimelinePlan) -> Iterator[Lane]:
    messages = plan.catalogue.messages
    months = list(plan.lanes)
    address: Address = plan.address
    for place, month in enumerate(months):
        if month // 12 != year:
            continue
        axis: Axis = month_axis(month)
        title = date_words(period_date(month, "month"), messages)
        picture = draw_marks(
            f"lane-{_month_anchor(month)}",
            title,
            plan.lanes[month],
            axis,
            day_ticks(axis),
            address,
            messages,
        )
        gap = gap_words(months[place - 1], month, messages) if place else None
        yield Lane(_month_anchor(month), title, picture, gap)
