"""Dated items as columns: how many there are in each month or year, where single marks would crowd."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..messages import Messages
from ..words import date_words
from .axis import Axis, Unit, first_day_of
from .catalogue import Catalogue
from .dated import KINDS, Kind
from .dated_groups import Group, count_periods, period_date
from .ticks import LETTER, WIDE, Canvas, Tick, percent
from .timeline import ROW_GAP, TOP, Mark, Picture, Row, mark_row, picture_of

COLUMN_HEIGHT = 40
COLUMN_WIDEST = 24.0
"""Pixels; in a wider month the column has a width of its own."""
NUMBER_ABOVE = 18
"""Pixels above a column, for its number."""


def draw_columns(
    id: str,
    title: str,
    groups: Sequence[Group],
    axis: Axis,
    ticks: Sequence[Tick],
    unit: Unit,
    period_address: Callable[[int], str],
    catalogue: Catalogue,
    canvas: Canvas = WIDE,
) -> Picture:
    """Counts by month or year, and what is longer than one as bars below them."""
    messages = catalogue.messages
    counts = count_periods(groups, unit)
    most = max(counts.values(), default=1)
    rows: list[Row] = []
    y = TOP
    for kind in KINDS:
        periods = {period: n for (one, period), n in counts.items() if one == kind}
        bars = [
            group
            for group in groups
            if group.kind == kind and group.period(unit) is None and group.extent is not None
        ]
        if not periods and not bars:
            continue
        marks: list[Mark] = []
        height = 0
        if periods:
            height = canvas.head + COLUMN_HEIGHT + NUMBER_ABOVE
            foot = y + height
            marks += _columns(
                kind, periods, most, foot, axis, unit, period_address, messages, canvas
            )
        left_out = 0
        middle = y + (canvas.head // 2 if canvas.head else height - 8)
        if bars:
            # Under columns, the bars are in the same row: it has one head.
            top = y + height + (6 - canvas.head if periods else 0)
            row = mark_row(kind, bars, axis, top, catalogue, canvas)
            marks += row.marks
            height = top + row.height - y
            left_out = row.left_out
            middle = middle if periods else row.middle
        rows.append(Row(kind, tuple(marks), y, middle, height, left_out))
        y += height + ROW_GAP
    description = messages.say("timeline.description-counts", n=sum(counts.values()))
    return picture_of(id, title, str(description), axis, ticks, rows, y, unit, messages, canvas)


def _columns(
    kind: Kind,
    counts: Mapping[int, int],
    most: int,
    foot: int,
    axis: Axis,
    unit: Unit,
    address: Callable[[int], str],
    messages: Messages,
    canvas: Canvas,
) -> list[Mark]:
    with_number = _numbered(counts, axis, unit, canvas)
    places = {
        period: (axis.at(first_day_of(period, unit)), axis.at(first_day_of(period + 1, unit)))
        for period in sorted(counts)
    }
    widest = max(to - at for at, to in places.values())
    is_narrow = canvas.pixels(widest) <= COLUMN_WIDEST
    marks = []
    for period, (at, to) in places.items():
        count = counts[period]
        pad = (to - at) * 0.1
        date = date_words(period_date(period, unit), messages)
        what = messages.say(f"timeline.count-{kind}", n=count)
        marks.append(
            Mark(
                "column",
                kind,
                address(period),
                str(messages.say("timeline.mark", date=date, what=what)),
                count,
                x=percent(at + pad if is_narrow else (at + to) / 2),
                y=foot,
                end=percent((at + to) / 2),
                width=percent(to - at - 2 * pad) if is_narrow else "",
                height=max(3, round(COLUMN_HEIGHT * count / most)),
                number=messages.number(count) if period in with_number else "",
            )
        )
    return marks


def _numbered(counts: Mapping[int, int], axis: Axis, unit: Unit, canvas: Canvas) -> set[int]:
    """The columns over which their number has room: the highest first, none across a higher one."""
    columns = {
        period: (
            canvas.pixels(axis.at(first_day_of(period, unit))),
            canvas.pixels(axis.at(first_day_of(period + 1, unit))),
        )
        for period in counts
    }
    taken: list[tuple[float, float]] = []
    numbered: set[int] = set()
    for period in sorted(counts, key=lambda one: (-counts[one], one)):
        start, end = columns[period]
        half = LETTER * len(f"{counts[period]:,}") / 2 + 2
        left, right = (start + end) / 2 - half, (start + end) / 2 + half
        higher = [columns[other] for other in counts if counts[other] > counts[period]]
        if all(right <= at or to <= left for at, to in (*taken, *higher)):
            taken.append((left, right))
            numbered.add(period)
    return numbered
