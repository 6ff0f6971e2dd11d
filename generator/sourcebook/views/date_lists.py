"""The lists and tables that hold what a picture of dates shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..messages import Messages
from ..words import date_words
from .axis import Unit
from .dated import KINDS, DatedItem, Kind
from .dated_groups import Group, count_periods, period_date


@dataclass(frozen=True, slots=True)
class ListRow:
    """A date of one kind, and what has it."""

    anchor: str | None
    """None: the row goes on from the page before."""
    kind: Kind
    date: str
    items: tuple[DatedItem, ...]
    facet: str
    gap: str | None = None
    """What is to be said of the time before it."""


@dataclass(frozen=True, slots=True)
class CountRow:
    """A month or year, and how much of each kind lies within it."""

    date: str
    counts: tuple[tuple[int, str | None], ...]
    """(count, where they are), in the order of the kinds."""
    anchor: str | None = None


def list_row(
    group: Group,
    items: tuple[DatedItem, ...],
    anchor: str,
    gap: str | None,
    messages: Messages,
) -> ListRow:
    """*items* of *group* as one row."""
    date = date_words(group.date, messages)
    return ListRow(anchor or None, group.kind, date, items, f"only-{group.kind}", gap)


def count_rows(
    groups: Iterable[Group],
    unit: Unit,
    address: Callable[[int], str | None],
    anchor: Callable[[int], str | None],
    messages: Messages,
) -> tuple[CountRow, ...]:
    """The counts of each month or year that has any; *address* says where it is told in full."""
    counts = count_periods(groups, unit)
    return tuple(
        CountRow(
            date_words(period_date(period, unit), messages),
            tuple((counts.get((kind, period), 0), address(period)) for kind in KINDS),
            anchor(period),
        )
        for period in sorted({period for _, period in counts})
    )


def gap_words(before: int, after: int, messages: Messages) -> str | None:
    """What is to be said of the months between two; None where there are none."""
    if after - before < 2:
        return None
    first = date_words(period_date(before + 1, "month"), messages)
    if after - before == 2:
        return str(messages.say("timeline.gap-one", month=first))
    last = date_words(period_date(after - 1, "month"), messages)
    return str(messages.say("timeline.gap", start=first, end=last))
