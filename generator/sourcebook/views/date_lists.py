"""The lists and tables that hold what a picture of dates shows."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ..messages import Messages
from ..words import date_words
from .axis import Unit
from .catalogue import Catalogue
from .dated import KINDS, ItemView, Kind, item_view
from .dated_groups import Group, count_periods, period_date


@dataclass(frozen=True, slots=True)
class ListRow:
    """A date of one kind, and what has it."""

    anchor: str | None
    """None: the row goes on from the page before."""
    kind: Kind
    date: str
    items: tuple[ItemView, ...]
    facet: str
    gap: str | None = None
    """What is to be said of the time before it."""


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A month or year, and how much of each kind lies within it."""

    date: str
    counts: tuple[str, ...]
    """In the order of the table's kinds; empty where there is none."""
    path: str | None
    """Where all of them are."""
    anchor: str | None


@dataclass(frozen=True, slots=True)
class CountTable:
    """The months or years in which something is dated."""

    kinds: tuple[Kind, ...]
    rows: tuple[PeriodRow, ...]


def list_row(group: Group, anchor: str | None, gap: str | None, catalogue: Catalogue) -> ListRow:
    """*group* as one row."""
    date = date_words(group.date, catalogue.messages)
    items = tuple(item_view(group.kind, thing, catalogue) for thing in group.things)
    return ListRow(anchor, group.kind, date, items, f"only-{group.kind}", gap)


def count_table(
    groups: Iterable[Group],
    unit: Unit,
    address: Callable[[int], str | None],
    anchor: Callable[[int], str | None],
    messages: Messages,
) -> CountTable | None:
    """The counts of each month or year that has any; *address* says where it is told in full."""
    counts = count_periods(groups, unit)
    held = {kind for kind, _ in counts}
    kinds = tuple(kind for kind in KINDS if kind in held)
    rows = tuple(
        PeriodRow(
            date=date_words(period_date(period, unit), messages),
            counts=tuple(
                messages.number(counts[kind, period]) if (kind, period) in counts else ""
                for kind in kinds
            ),
            path=address(period),
            anchor=anchor(period),
        )
        for period in sorted({period for _, period in counts})
    )
    return CountTable(kinds, rows) if rows else None


def gap_words(before: int, after: int, messages: Messages) -> str | None:
    """What is to be said of the months between two; None where there are none."""
    if after - before < 2:
        return None
    first = date_words(period_date(before + 1, "month"), messages)
    if after - before == 2:
        return str(messages.say("timeline.gap-one", month=first))
    last = date_words(period_date(after - 1, "month"), messages)
    return str(messages.say("timeline.gap", start=first, end=last))
