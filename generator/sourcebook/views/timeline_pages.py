"""The timeline: all that is dated, on one page or, where that would be long, one page a year.

Each picture is followed by the list that holds the same. The whole span is drawn as counts by month;
each month in which something is dated has a picture of its days. Between two of those, a line says
that nothing is dated there, so that a gap is never only an empty space.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from markupsafe import Markup

from .. import urls
from ..messages import Messages
from ..words import date_words
from .axis import Unit, broken_axis, month_axis, year_axis
from .catalogue import Catalogue, Link
from .claim_lists import selection_rules
from .columns import draw_columns
from .date_lists import CountTable, ListRow, count_table, gap_words, list_row
from .dated import KINDS, Kind, item_view, undated_statements
from .dated_groups import count_kinds, period_date
from .list_pages import page_numbers
from .ticks import NARROW, WIDE, Canvas, day_ticks, period_ticks
from .timeline import Picture, draw_marks
from .timeline_plan import (
    PlannedLane,
    PlannedRow,
    TimelinePlan,
    YearPage,
    year_anchor,
    year_path,
)

MONTH_WIDTH = 4
"""Pixels that a month takes in the picture of the whole span; where it has less, years are counted."""
GAP_OF_YEARS = 2
"""Empty years that the picture of the whole span still draws; of more it makes a break."""


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
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class TimelineView:
    """A page of the timeline."""

    title: Markup
    total: int
    kinds: tuple[KindCount, ...]
    years: tuple[YearLink, ...]
    style: Markup
    sections: tuple[YearSection, ...]
    whole: Link | None = None
    """The first page of the timeline, on the page of one year."""
    overview: tuple[Picture, ...] = ()
    """The whole span, for a wide screen and for a narrow one."""
    counts: CountTable | None = None
    """The same as the overview, as a table."""
    running: tuple[tuple[Link, str], ...] = ()
    """What is longer than a year and touches this one, with its date."""
    more_running: int = 0
    """How many more of them there are."""
    yearless: tuple[ListRow, ...] = ()
    undated: int = 0
    """Statements whose text does not say when they were made."""
    pages: tuple[tuple[int, str, bool], ...] = ()


def timeline_view(plan: TimelinePlan, catalogue: Catalogue) -> TimelineView:
    """The first page: the whole span, and all the years where they have no pages."""
    messages = catalogue.messages
    counts = count_kinds(plan.groups)
    kinds = _kind_counts(counts, messages)
    overview, table = _overview(plan, catalogue)
    here = () if plan.is_split else plan.pages
    sections = tuple(_section(page, catalogue) for page in here if page.year is not None)
    yearless = (page.rows for page in here if page.year is None)
    return TimelineView(
        title=messages.say("timeline.title"),
        total=sum(counts),
        kinds=kinds,
        years=_year_links(plan.years, plan.is_split, messages),
        style=_style(kinds) if sections else Markup(),
        sections=sections,
        overview=overview,
        counts=table,
        yearless=tuple(_row(row, catalogue) for rows in yearless for row in rows),
        undated=undated_statements(catalogue.archive.claims.values()),
    )


def year_view(page: YearPage, catalogue: Catalogue) -> TimelineView:
    """A page of one year."""
    messages = catalogue.messages
    title = messages.say("timeline.of-year", year=_year_title(page.year, messages))
    kinds = _kind_counts(page.kinds, messages)
    paths = [urls.timeline_of_year(page.year, number) for number in range(1, page.pages + 1)]
    own = year_path(page.year, is_split=True)
    return TimelineView(
        title=title,
        total=sum(page.kinds),
        kinds=kinds,
        years=tuple(
            replace(link, is_current=True) if link.path == own else link
            for link in _year_links(page.years, True, messages)
        ),
        style=_style(kinds),
        sections=(_section(page, catalogue),),
        whole=Link(messages.say("timeline.title"), urls.TIMELINE),
        running=tuple(
            (item_view(group.kind, thing, catalogue).link, date_words(group.date, messages))
            for group in page.running
            for thing in group.things
        ),
        more_running=page.more_running,
        pages=page_numbers(paths, page.number),
    )


def _style(kinds: Iterable[KindCount]) -> Markup:
    return selection_rules(kind.facet for kind in kinds)


def _kind_counts(counts: Sequence[int], messages: Messages) -> tuple[KindCount, ...]:
    return tuple(
        KindCount(
            kind,
            words := messages.say(f"timeline.count-{kind}", n=count),
            messages.say("timeline.only", what=words),
            f"only-{kind}",
        )
        for kind, count in zip(KINDS, counts, strict=True)
        if count
    )


def _year_title(year: int | None, messages: Messages) -> str:
    if year is None:
        return str(messages.say("timeline.no-year"))
    return date_words(period_date(year, "year"), messages)


# Each page of a year names all of them.
@lru_cache(maxsize=4)
def _year_links(
    years: tuple[tuple[int | None, int], ...], is_split: bool, messages: Messages
) -> tuple[YearLink, ...]:
    return tuple(
        YearLink(Markup.escape(_year_title(year, messages)), year_path(year, is_split), count)
        for year, count in years
    )


def _month_anchor(month: int) -> str:
    return f"m{month // 12}-{month % 12 + 1:02}"


def _overview(
    plan: TimelinePlan, catalogue: Catalogue
) -> tuple[tuple[Picture, ...], CountTable | None]:
    """The pictures of the whole span, and the table that holds the counts of the wide one."""
    messages = catalogue.messages
    dated = [group for group in plan.groups if group.extent is not None]
    if not dated:
        return (), None
    axis = broken_axis([group.extent for group in dated if group.extent], "year", GAP_OF_YEARS)

    def where(unit: Unit, period: int) -> str:
        if unit == "year":
            return year_path(period, plan.is_split)
        path = urls.timeline_of_year(period // 12) if plan.is_split else urls.TIMELINE
        return f"{path}#{_month_anchor(period)}"

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
            catalogue,
            canvas,
        )

    pictures = (picture("overview", WIDE), picture("overview-narrow", NARROW))
    unit = unit_on(WIDE)
    return pictures, count_table(dated, unit, partial(where, unit), lambda _: None, messages)


def _section(page: YearPage, catalogue: Catalogue) -> YearSection:
    """A year with the rows that stand on *page*."""
    return YearSection(
        anchor=year_anchor(page.year),
        title=_year_title(page.year, catalogue.messages),
        band=_band(page, catalogue),
        lanes=tuple(_lane(lane, catalogue) for lane in page.lanes),
        rows=tuple(_row(row, catalogue) for row in page.rows),
    )


def _band(page: YearPage, catalogue: Catalogue) -> Picture | None:
    """What is longer than a month and not longer than a year."""
    if page.year is None or not page.band:
        return None
    messages = catalogue.messages
    axis = year_axis(page.year)
    title = messages.say("timeline.band", year=_year_title(page.year, messages))
    ticks = period_ticks(axis, messages, has_years=False)
    return draw_marks(f"band-{page.year}", str(title), page.band, axis, ticks, catalogue)


def _lane(lane: PlannedLane, catalogue: Catalogue) -> Lane:
    messages = catalogue.messages
    axis = month_axis(lane.month)
    anchor = _month_anchor(lane.month)
    title = date_words(period_date(lane.month, "month"), messages)
    picture = draw_marks(f"lane-{anchor}", title, lane.groups, axis, day_ticks(axis), catalogue)
    gap = gap_words(lane.before, lane.month, messages) if lane.before is not None else None
    return Lane(anchor, title, picture, gap)


def _row(row: PlannedRow, catalogue: Catalogue) -> ListRow:
    gaps = (gap_words(before, after, catalogue.messages) for before, after in row.gaps)
    anchor = row.group.anchor if row.is_first else None
    return list_row(row.group, anchor, " ".join(filter(None, gaps)) or None, catalogue)
