"""The strip "When" of an actor's, topic's or question's page: what of it is dated, on one line."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from ..edtf import Edtf
from ..link import LinkedClaim
from ..messages import Messages
from ..model import Slug
from ..words import date_words, period_words
from .axis import Axis, Unit, broken_axis
from .catalogue import Catalogue
from .columns import draw_columns
from .date_lists import CountTable, ListRow, count_table, list_row
from .dated import (
    KINDS,
    DatedItem,
    capture_items,
    event_items,
    publication_items,
    statement_items,
    undated_statements,
)
from .dated_groups import Group, count_kinds, group_items
from .ticks import NARROW, WIDE, Canvas, period_ticks
from .timeline import Picture, draw_marks

MARKS_SHOWN = 40
"""Marks that one strip draws; of more dates than that it counts by month."""
MONTHS_SHOWN = 16
"""Months that one strip draws; a longer span is drawn by year."""
MONTHS_COUNTED = 60
"""Months that are counted one by one where years are drawn."""
HIGHEST = {WIDE: 340, NARROW: 560}
"""Pixels down that marks may take; where they would stand too deep, they are counted instead."""
ITEMS_LISTED = 300
"""What the list under the picture holds; of more than that it has only the counts."""


@dataclass(frozen=True, slots=True)
class WhenStrip:
    """A picture of what is dated, and the table that holds the same."""

    summary: tuple[str, ...]
    """How many of each kind, less what is lasting."""
    span: str
    """From the first date to the last of these, in words."""
    lasting: tuple[str, ...]
    """How many of each kind go on without end, or began nobody knows when."""
    lasting_span: str
    pictures: tuple[Picture, ...]
    """For a wide screen and for a narrow one; none: one date alone, or none with a year, needs none."""
    rows: tuple[ListRow, ...]
    counts: CountTable | None
    """Where there are too many for a list; the list then has those that are in no month or year."""
    undated: int
    """Statements whose text does not say when they were made."""


def when_strip(
    claims: Sequence[LinkedClaim], events: Iterable[Slug], page: str, catalogue: Catalogue
) -> WhenStrip | None:
    """When *claims* were made, printed and captured, and when *events* were; None: nothing is dated.

    *page* is the page on which the strip stands.
    """
    claims = [claim for claim in claims if claim.counted]
    items: list[DatedItem] = [
        *event_items(events, catalogue),
        *statement_items(claims),
        *publication_items(claims, catalogue),
        *capture_items((claim.key.document for claim in claims), catalogue),
    ]
    groups = group_items(items)
    if not groups:
        return None
    messages = catalogue.messages
    placed = [group for group in groups if group.extent is not None]
    lasting = [group for group in placed if _is_lasting(group)]
    passing = [group for group in groups if not _is_lasting(group)]
    axis, unit = _axis_of(placed)
    is_listed = len(items) <= ITEMS_LISTED
    listed = groups if is_listed else _beside_counts(groups, unit)
    return WhenStrip(
        summary=_summary(passing, messages),
        span=_span([group for group in passing if group.extent is not None], messages),
        lasting=_summary(lasting, messages),
        lasting_span=_lasting_span(lasting, messages),
        pictures=_pictures(placed, axis, unit, page, listed, catalogue) if axis is not None else (),
        rows=tuple(list_row(group, f"when-{group.anchor}", None, catalogue) for group in listed),
        counts=None
        if is_listed
        else count_table(
            placed, unit, lambda _: None, lambda period: f"when-{unit}{period}", messages
        ),
        undated=undated_statements(claims),
    )


def _is_lasting(group: Group) -> bool:
    """Whether it goes on without end, or began nobody knows when."""
    extent = group.extent
    return extent is not None and extent.days == math.inf


def _summary(groups: Sequence[Group], messages: Messages) -> tuple[str, ...]:
    """How many things of each kind *groups* hold."""
    counts = zip(KINDS, count_kinds(groups), strict=True)
    return tuple(
        str(messages.say(f"timeline.count-{kind}", n=count)) for kind, count in counts if count
    )


def _lasting_span(groups: Sequence[Group], messages: Messages) -> str:
    """From the first day of what goes on, or until the last of what began nobody knows when."""
    starts = [group.date.start for group in groups if group.date.start]
    ends = [group.date.end for group in groups if group.date.end]
    start = Edtf("", starts[0], starts[0]) if starts else None
    end = Edtf("", ends[-1], ends[-1]) if ends and not starts else None
    return period_words(start, end, messages) if groups else ""


def _span(groups: Sequence[Group], messages: Messages) -> str:
    """From the first date to the last, each as exact as its source has it."""
    if not groups:
        return ""
    first = groups[0].date.start or groups[0].date.end
    latest = max(groups, key=_last_day).date
    last = latest.end or latest.start
    start, end = Edtf("", first, first), Edtf("", last, last)
    return date_words(start, messages) if first == last else period_words(start, end, messages)


def _last_day(group: Group) -> int:
    extent = group.extent
    return extent.last if extent is not None else 0


def _axis_of(groups: Sequence[Group]) -> tuple[Axis | None, Unit]:
    """The line on which *groups* stand, and what is counted where they are too many to be drawn."""
    extents = [extent for group in groups if (extent := group.extent) is not None]
    if len(extents) < 2:
        return None, "month"
    axis = broken_axis(extents, "month", 2)
    if len(axis.cells) <= MONTHS_SHOWN:
        return axis, "month"
    axis = broken_axis(extents, "year", 2)
    return axis, "month" if len(axis.cells) * 12 <= MONTHS_COUNTED else "year"


def _beside_counts(groups: Sequence[Group], unit: Unit) -> tuple[Group, ...]:
    """Those of *groups* that lie in no one month or year, as far as there is room."""
    kept: list[Group] = []
    room = ITEMS_LISTED
    for group in groups:
        if group.period(unit) is None and group.size <= room:
            kept.append(group)
            room -= group.size
    return tuple(kept)


def _pictures(
    groups: Sequence[Group],
    axis: Axis,
    unit: Unit,
    page: str,
    listed: Sequence[Group],
    catalogue: Catalogue,
) -> tuple[Picture, ...]:
    messages = catalogue.messages
    anchors = {group.anchor for group in listed}
    rows = _period_anchors(groups, unit, anchors)
    groups = [
        group._replace(
            listed=f"{page}#when-{group.anchor}" if group.anchor in anchors else f"{page}#when"
        )
        for group in groups
    ]

    def period_address(period: int) -> str:
        return f"{page}#{rows[period]}"

    def picture(name: str, canvas: Canvas) -> Picture:
        title = str(messages.say("timeline.when"))
        ticks = period_ticks(axis, messages, canvas)
        if len(groups) <= MARKS_SHOWN:
            drawn = draw_marks(name, title, groups, axis, ticks, catalogue, canvas)
            if drawn.height <= HIGHEST[canvas]:
                return drawn
        return draw_columns(
            name, title, groups, axis, ticks, unit, period_address, catalogue, canvas
        )

    return picture("when-picture", WIDE), picture("when-picture-narrow", NARROW)


def _period_anchors(groups: Sequence[Group], unit: Unit, listed: Set[str]) -> dict[int, str]:
    """The row at which each month or year begins, in the list or in the table of counts."""
    anchors: dict[int, str] = {}
    for group in groups:
        period = group.period(unit)
        if period is not None:
            row = f"when-{group.anchor}" if group.anchor in listed else f"when-{unit}{period}"
            anchors.setdefault(period, row)
    return anchors
