"""The lines and words of an axis: days of a month, months, years, and the breaks between them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..messages import Messages
from .axis import Axis, Cell

LETTER = 7.2
"""Pixels across that a letter of a label takes at most, on average."""


@dataclass(frozen=True, slots=True)
class Canvas:
    """A kind of screen that a picture is laid out for."""

    line: int
    """Pixels of the line where the picture is narrowest."""
    head: int
    """Pixels above a row for its words; 0: they stand before it."""

    def pixels(self, place: float) -> float:
        """Where a *place* in per cent is at the narrowest."""
        return place * self.line / 100


WIDE = Canvas(600, 0)
NARROW = Canvas(256, 22)
"""A telephone of 320 pixels, less the margins."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the axis, with its words where there is room for them."""

    x: str
    label: str
    is_strong: bool = False
    """A year among months."""


@dataclass(frozen=True, slots=True)
class AxisBreak:
    """Where the line leaves out months or years."""

    x: str
    width: str
    middle: str
    label: str
    """How many, in words; empty where there is no room."""


def percent(value: float) -> str:
    """A place across, as SVG takes it."""
    return f"{value:.2f}".rstrip("0").rstrip(".") + "%"


def day_ticks(axis: Axis) -> tuple[Tick, ...]:
    """Every fifth day of the one month of *axis*, in the middle of the day."""
    cell = axis.cells[0]
    days = cell.end - cell.first
    return tuple(
        Tick(percent((axis.at(cell.first + day - 1) + axis.at(cell.first + day)) / 2), str(day))
        for day in (1, 5, 10, 15, 20, 25, 30)
        if day <= days
    )


def period_ticks(
    axis: Axis, messages: Messages, canvas: Canvas = WIDE, *, has_years: bool = True
) -> tuple[Tick, ...]:
    """Where each month or year of *axis* begins; years are named first, then months as room is.

    The first month of a line gives up its year, and if need be its name, to a January close behind.
    """
    months = messages.names["timeline.months"]
    named: list[tuple[float, str, int]] = []
    year_before: int | None = None
    for cell in axis.cells:
        if cell.is_break:
            year_before = None
            continue
        year = cell.period if axis.unit == "year" else cell.period // 12
        if axis.unit == "year":
            named.append((cell.at, str(year), 0))
        elif year == year_before or not has_years:
            named.append((cell.at, months[cell.period % 12], 0))
        else:
            month = cell.period % 12
            named.append((cell.at, f"{months[month]} {year}", 1 if month else 2))
        year_before = year
    shown = labels_that_fit(named, canvas)
    for place, (at, label, rank) in enumerate(named):
        following = next((later for later in named[place + 1 :] if later[2]), None)
        if rank == 1 and place not in shown and following is not None and following[2] == 2:
            named[place] = at, label.rsplit(" ", 1)[0], rank
    shown = labels_that_fit(named, canvas)
    return tuple(
        Tick(percent(at), label if place in shown else "", rank > 0)
        for place, (at, label, rank) in enumerate(named)
    )


def labels_that_fit(labels: Sequence[tuple[float, str, int]], canvas: Canvas = WIDE) -> set[int]:
    """Which of *labels* (place in per cent, text, rank: the highest come first) do not touch."""
    taken: list[tuple[float, float]] = []
    shown: set[int] = set()
    for place in _by_importance(labels):
        at, text, _ = labels[place]
        start = canvas.pixels(at)
        end = start + len(text) * LETTER + 8
        if end <= canvas.line + 16 and all(end <= left or right <= start for left, right in taken):
            taken.append((start, end))
            shown.add(place)
    return shown


def _by_importance(labels: Sequence[tuple[float, str, int]]) -> Iterable[int]:
    return sorted(range(len(labels)), key=lambda place: (-labels[place][2], place))


def breaks_of(axis: Axis, messages: Messages, canvas: Canvas = WIDE) -> tuple[AxisBreak, ...]:
    """The breaks of *axis*, each saying how much it leaves out."""
    return tuple(
        AxisBreak(
            percent(cell.at),
            percent(cell.to - cell.at),
            percent((cell.at + cell.to) / 2),
            _break_label(cell, axis, messages, canvas),
        )
        for cell in axis.cells
        if cell.is_break
    )


def _break_label(cell: Cell, axis: Axis, messages: Messages, canvas: Canvas) -> str:
    label = str(messages.say(f"timeline.break-{axis.unit}", n=cell.count))
    return label if len(label) * LETTER <= canvas.pixels(cell.to - cell.at) else ""
