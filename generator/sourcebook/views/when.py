"""The strip "When" of an actor's, topic's or question's page: what of it is dated, on one line."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..edtf import Edtf
from ..link import LinkedClaim
from ..messages import Messages
from ..model import Slug
from ..words import date_words, period_words
from .axis import Axis, Unit, broken_axis, period_within
from .catalogue import Catalogue
from .date_lists import CountRow, ListRow, count_rows, list_row
from .dated import (
    KINDS,
    DatedItem,
    capture_items,
    event_items,
    publication_items,
    statement_items,
    undated_statements,
)
from .dated_groups import Group, group_items
from .ticks import period_ticks
from .timeline import Picture, draw_columns, draw_marks

MARKS_SHOWN = 40
"""Marks that one strip draws; of more dates than that it counts by month."""
MONTHS_SHOWN = 16
"""Months that one strip draws; a longer span is drawn by year."""
MONTHS_COUNTED = 60
"""Months that are counted one by one where years are drawn."""
HIGHEST = 340
"""Pixels down that marks may take; where they would stand too deep, they are counted instead."""
ITEMS_LISTED = 120


@dataclass(frozen=True, slots=True)
class WhenStrip:
    """A picture of what is dated, and the table that holds the same."""

    summary: tuple[str, ...]
    """How many of each kind."""
    span: str
    """From the first date to the last, in words."""
    picture: Picture | None
    """None: one date alone, or none with a year, needs no picture."""
    rows: tuple[ListRow, ...]
    """Empty where there are too many; then *counts* has them by month or year."""
    counts: tuple[CountRow, ...]
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
        *statement_items(claims, catalogue),
        *publication_items(claims, catalogue),
        *capture_items((claim.key.document for claim in claims), catalogue),
    ]
    groups = group_items(items)
    if not groups:
        return None
    messages = catalogue.messages
    counts = {kind: sum(item.kind == kind for item in items) for kind in KINDS}
    placed = [group for group in groups if group.extent is not None]
    is_listed = len(items) <= ITEMS_LISTED
    picture, unit = _picture(placed, page, catalogue, is_listed=is_listed)
    return WhenStrip(
        summary=tuple(
            str(messages.say(f"timeline.count-{kind}", n=count))
            for kind, count in counts.items()
            if count
        ),
        span=_span(placed, messages),
        picture=picture,
        rows=tuple(list_row(g, g.items, f"when-{g.anchor}", None, messages) for g in groups)
        if is_listed
        else (),
        counts=()
        if is_listed
        else count_rows(
            placed, unit, lambda _: None, lambda period: f"when-{unit}{period}", messages
        ),
        undated=undated_statements(claims),
    )


def _span(groups: Sequence[Group], messages: Messages) -> str:
    """From the first date to the last, each as exact as its source has it.

    What goes on without end, or began nobody knows when, is left aside where there is something else.
    """
    groups = [g for g in groups if g.extent and g.extent.days < math.inf] or groups
    if not groups:
        return ""
    first = groups[0].date.start or groups[0].date.end
    latest = max(groups, key=_last_day).date
    last = latest.end or latest.start
    start, end = Edtf("", first, first), Edtf("", last, last)
    return date_words(start, messages) if first == last else period_words(start, end, messages)


def _last_day(group: Group) -> int:
    return group.extent.last if group.extent is not None else 0


def _picture(
    groups: Sequence[Group], page: str, catalogue: Catalogue, *, is_listed: bool
) -> tuple[Picture | None, Unit]:
    messages = catalogue.messages
    extents = [group.extent for group in groups if group.extent is not None]
    if len(groups) < 2:
        return None, "month"
    counted: Unit = "month"
    axis: Axis = broken_axis(extents, "month", 2)
    if len(axis.cells) > MONTHS_SHOWN:
        axis = broken_axis(extents, "year", 2)
        counted = "month" if len(axis.cells) * 12 <= MONTHS_COUNTED else "year"
    title = str(messages.say("timeline.when"))
    ticks = period_ticks(axis, messages)

    def address(group: Group) -> str:
        if len(group.items) == 1 and group.items[0].link.path is not None:
            return group.items[0].link.path
        return f"{page}#when-{group.anchor}"

    if len(groups) <= MARKS_SHOWN:
        picture = draw_marks("when", title, groups, axis, ticks, address, messages)
        if picture.height <= HIGHEST:
            return picture, counted
    anchors = _period_anchors(groups, counted, is_listed=is_listed)
    picture = draw_columns(
        "when",
        title,
        groups,
        axis,
        ticks,
        counted,
        lambda period: f"{page}#{anchors[period]}",
        address,
        messages,
    )
    return picture, counted


def _period_anchors(groups: Sequence[Group], unit: Unit, *, is_listed: bool) -> dict[int, str]:
    """The row of the table at which each month or year begins."""
    anchors: dict[int, str] = {}
    for group in groups:
        period = period_within(group.extent, unit) if group.extent is not None else None
        if period is not None:
            row = f"when-{group.anchor}" if is_listed else f"when-{unit}{period}"
            anchors.setdefault(period, row)
    return anchors
