"""Dated items as pictures: four rows on one line of time, and where each mark stands.

Pure layout: items and an axis become marks with places in per cent across and in pixels down. A day
is a symbol, a month or year an open bar over all of its days, an interval a bar that is full where it
certainly lasts, "about" a bar with soft ends. A picture is laid out for a canvas, wide or narrow:
marks that would touch where that is narrowest stand below each other, so nothing overlaps at any
greater width.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..messages import Messages
from .axis import Axis, Extent, Unit
from .catalogue import Catalogue
from .dated import KINDS, Kind, item_view
from .dated_groups import Group, group_words
from .ticks import LETTER, WIDE, AxisBreak, Canvas, Tick, breaks_of, percent

MARK = 19
"""Pixels across that a symbol takes, its number among them: less than a day of a month does."""
SOFT = 20
"""Pixels of a soft end."""
MARK_HEIGHT = 24
NUMBER_HEIGHT = 10
"""Pixels down that the number under a symbol takes."""
BAR_HEIGHT = 20
LABEL_HEIGHT = 18
ROW_GAP = 8
TOP = 24
"""Pixels above the first row, for the words of the axis."""
LABELLED = 8
"""Events that have their names in the picture; of more than that there are only marks."""
BARS_SHOWN = 24
"""Bars of one row in one picture; the rest is in the list."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a bar."""

    x: str
    width: str
    is_sure: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """A symbol, a bar or a column, and where it leads."""

    shape: str
    """``day``, ``bar`` or ``column``."""
    kind: Kind
    path: str
    words: str
    """What it stands for, for a pointer and a screen reader."""
    count: int
    x: str
    """The middle of a symbol, the start of a bar or column; of a column without width its middle."""
    y: int
    """The middle of a symbol or bar, the foot of a column."""
    end: str = ""
    """The end of a bar."""
    width: str = ""
    height: int = 0
    pieces: tuple[Piece, ...] = ()
    is_vague: bool = False
    is_doubted: bool = False
    soft_start: bool = False
    soft_end: bool = False
    from_before: bool = False
    """It began before the line does."""
    to_after: bool = False
    label: str = ""
    label_x: str = ""
    label_anchor: str = "start"
    number: str = ""
    """The count, where there is more than one and room for it."""


@dataclass(frozen=True, slots=True)
class Row:
    """All marks of one kind."""

    kind: Kind
    marks: tuple[Mark, ...]
    y: int
    """Its top."""
    middle: int
    """Where the words before it stand."""
    height: int
    left_out: int
    """Bars for which there was no room."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows on an axis."""

    id: str
    title: str
    description: str
    ticks: tuple[Tick, ...]
    breaks: tuple[AxisBreak, ...]
    rows: tuple[Row, ...]
    height: int
    has_heads: bool
    """Whether the words of a row stand above it, and not before it."""
    unit: Unit | None
    """What its columns count by; None: every date has a mark of its own."""


def pack(boxes: Sequence[tuple[float, float]]) -> list[int]:
    """For each box, from where to where, the first line on which it touches no earlier one."""
    ends: list[float] = []
    lines: list[int] = []
    for start, end in boxes:
        line = next((n for n, last in enumerate(ends) if last <= start), len(ends))
        if line == len(ends):
            ends.append(end)
        ends[line] = end
        lines.append(line)
    return lines


def draw_marks(
    id: str,
    title: str,
    groups: Sequence[Group],
    axis: Axis,
    ticks: Sequence[Tick],
    catalogue: Catalogue,
    canvas: Canvas = WIDE,
) -> Picture:
    """Every group a mark of its own on *axis*, whose *ticks* are those of the same *canvas*."""
    rows: list[Row] = []
    y = TOP
    for kind in KINDS:
        held = [group for group in groups if group.kind == kind and group.extent is not None]
        if held:
            row = mark_row(kind, held, axis, y, catalogue, canvas)
            rows.append(row)
            y += row.height + ROW_GAP
    messages = catalogue.messages
    count = sum(group.size for group in groups)
    description = str(messages.say("timeline.description", n=count))
    return picture_of(id, title, description, axis, ticks, rows, y, None, messages, canvas)


def picture_of(
    id: str,
    title: str,
    description: str,
    axis: Axis,
    ticks: Sequence[Tick],
    rows: Sequence[Row],
    height: int,
    unit: Unit | None,
    messages: Messages,
    canvas: Canvas,
) -> Picture:
    """The finished picture of *rows*."""
    breaks = breaks_of(axis, messages, canvas)
    has_heads = canvas.head > 0
    return Picture(
        id, title, description, tuple(ticks), breaks, tuple(rows), height, has_heads, unit
    )


def mark_row(
    kind: Kind,
    groups: Sequence[Group],
    axis: Axis,
    top: int,
    catalogue: Catalogue,
    canvas: Canvas,
) -> Row:
    """Bars above, symbols below, each on the first line where it has room."""
    messages = catalogue.messages
    has_labels = kind == "event" and sum(group.size for group in groups) <= LABELLED
    bars: list[tuple[Group, Extent]] = []
    days: list[tuple[Group, Extent]] = []
    for group in groups:
        assert group.extent is not None
        (days if _is_day(group.extent) else bars).append((group, group.extent))
    kept = sorted(bars, key=lambda pair: -pair[0].size)[:BARS_SHOWN]
    bars = [pair for pair in bars if pair in kept] if len(bars) > BARS_SHOWN else bars
    marks: list[Mark] = []
    y = top + canvas.head
    for pairs, size, make in ((bars, BAR_HEIGHT, _bar), (days, MARK_HEIGHT, _day)):
        drawn = [
            make(
                group,
                extent,
                axis,
                canvas,
                group_words(group, catalogue),
                _label(group, catalogue, canvas) if has_labels else "",
                messages.number(group.size) if group.size > 1 else "",
            )
            for group, extent in pairs
        ]
        lines = pack([box for _, box in drawn])
        has_numbers = any(mark.number for mark, _ in drawn)
        own = size + (NUMBER_HEIGHT if make is _day and has_numbers else 0)
        line_height = own + (LABEL_HEIGHT if has_labels else 0)
        offset = line_height - own + size // 2
        for (mark, _), line in zip(drawn, lines, strict=True):
            marks.append(replace(mark, y=y + line * line_height + offset))
        y += line_height * (max(lines) + 1) if lines else 0
    middle = top + canvas.head // 2 if canvas.head else marks[0].y if marks else top
    return Row(kind, tuple(marks), top, middle, y - top, len(groups) - len(bars) - len(days))


def _is_day(extent: Extent) -> bool:
    return extent.days == 1


def _label(group: Group, catalogue: Catalogue, canvas: Canvas) -> str:
    comma = catalogue.messages.say("list.comma").unescape()
    names = (item_view(group.kind, thing, catalogue).link.text for thing in group.things)
    label = comma.join(name.unescape() for name in names)
    room = int(canvas.line / LETTER)
    return label if len(label) <= room else label[: room - 1] + "…"


Drawn = tuple[Mark, tuple[float, float]]
"""A mark, and from which pixel to which it takes room at the narrowest width."""


def _day(
    group: Group,
    extent: Extent,
    axis: Axis,
    canvas: Canvas,
    words: str,
    label: str,
    number: str,
) -> Drawn:
    place = (axis.at(extent.first) + axis.at(extent.first + 1)) / 2
    middle = canvas.pixels(place)
    half = max(MARK, len(number) * LETTER) / 2
    start = middle - half - (SOFT if extent.soft_start else 0)
    end = middle + half + (SOFT if extent.soft_end else 0)
    anchor, start, end = _room_for(label, start, end, (middle - half, middle + half), canvas)
    mark = Mark(
        "day",
        group.kind,
        group.address,
        words,
        group.size,
        x=percent(place),
        y=0,
        is_vague=extent.is_vague,
        is_doubted=extent.is_doubted,
        soft_start=extent.soft_start,
        soft_end=extent.soft_end,
        label=label,
        label_x="50%" if anchor == "middle" else percent(place),
        label_anchor=anchor,
        number=number,
    )
    return mark, (start, end)


def _bar(
    group: Group,
    extent: Extent,
    axis: Axis,
    canvas: Canvas,
    words: str,
    label: str,
    number: str,
) -> Drawn:
    first = -math.inf if extent.opens else extent.first
    last = math.inf if extent.runs_on else extent.last + 1
    from_before, to_after = first < axis.first, last > axis.end
    at, to = axis.at(first), axis.at(last)
    start = canvas.pixels(at)
    end = max(canvas.pixels(to), start + 4)
    anchor, left, right = _room_for(label, start, end, (start, end), canvas)
    if label:
        number = ""
    if number:
        right = max(right, end + LETTER * (len(number) + 1))
    mark = Mark(
        "bar",
        group.kind,
        group.address,
        words,
        group.size,
        x=percent(at),
        y=0,
        end=percent(to),
        width=percent(to - at),
        pieces=_pieces(extent, axis, at, to),
        is_vague=extent.is_vague,
        is_doubted=extent.is_doubted,
        soft_start=extent.soft_start and not from_before,
        soft_end=extent.soft_end and not to_after,
        from_before=from_before,
        to_after=to_after,
        label=label,
        label_x="50%" if anchor == "middle" else percent(at if anchor == "start" else to),
        label_anchor=anchor,
        number=number,
    )
    left -= SOFT if extent.soft_start or from_before else 0
    return mark, (left, right + (SOFT if extent.soft_end or to_after else 4))


def _room_for(
    label: str, start: float, end: float, mark: tuple[float, float], canvas: Canvas
) -> tuple[str, float, float]:
    """Where a label above a mark is anchored, and the room that both take.

    It begins or ends with the mark; where it fits neither way, it stands in the middle of the line.
    """
    if not label:
        return "start", start, end
    width = len(label) * LETTER
    if mark[0] + width <= canvas.line:
        return "start", start, max(end, mark[0] + width + 8)
    if mark[1] - width >= 0:
        return "end", min(start, mark[1] - width - 8), end
    return "middle", 0, canvas.line


def _pieces(extent: Extent, axis: Axis, at: float, to: float) -> tuple[Piece, ...]:
    """The bar's stretches: open, full where an interval certainly lasts, open."""
    if extent.sure is None:
        return (Piece(percent(at), percent(to - at), is_sure=False),)
    since, until = axis.at(extent.sure[0]), axis.at(extent.sure[1] + 1)
    stretches = ((at, since, False), (since, until, True), (until, to, False))
    return tuple(
        Piece(percent(start), percent(end - start), is_sure)
        for start, end, is_sure in stretches
        if end - start > 0.005
    )
