"""Dated items of one kind and one date together: a mark of a picture, a line of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from ..edtf import Edtf, EdtfDay
from ..messages import Messages
from ..words import date_words
from .axis import Extent, Unit, extent_of, period_within
from .dated import KINDS, DatedItem, Kind


@dataclass(frozen=True, slots=True)
class Group:
    """Items of one kind with the same date: one mark, one line of the list."""

    kind: Kind
    date: Edtf
    extent: Extent | None
    """None: the year is not given."""
    items: tuple[DatedItem, ...]

    @property
    def anchor(self) -> str:
        """The id of its line in the list."""
        return f"{self.kind}-{anchor_of(self.date)}"


@lru_cache(maxsize=4096)
def anchor_of(date: Edtf) -> str:
    """*date* as a part of an anchor."""
    text = date.text.replace("/..", "-on").replace("../", "until-").replace("/", "-to-")
    return text.replace("~", "-about").replace("?", "-doubted").replace("%", "-about-doubted")


def group_items(items: Iterable[DatedItem]) -> tuple[Group, ...]:
    """*items* by date and kind, in the order of their first possible days; without a year last."""
    groups: dict[tuple[Kind, str], list[DatedItem]] = {}
    for item in items:
        groups.setdefault((item.kind, item.date.text), []).append(item)
    made = [
        Group(kind, held[0].date, _extent(kind, held[0].date), tuple(held))
        for (kind, _), held in groups.items()
    ]
    return tuple(sorted(made, key=_group_order))


# The same few hundred dates stand on most pages.
@lru_cache(maxsize=4096)
def _extent(kind: Kind, date: Edtf) -> Extent | None:
    """What lasts covers its interval; of what is said, printed or kept on one day, it is some day."""
    extent = extent_of(date)
    return extent if extent is None or kind == "event" else replace(extent, sure=None)


def _group_order(group: Group) -> tuple[bool, tuple[int, float], tuple[int, int, int], int, str]:
    extent = group.extent
    order = extent.order if extent is not None else (0, 0.0)
    return extent is None, order, group.date.sort_key, KINDS.index(group.kind), group.date.text


def group_words(group: Group, messages: Messages) -> str:
    """What the mark of *group* stands for: its date, and what there is."""
    date = date_words(group.date, messages)
    if len(group.items) > 1:
        what = messages.say(f"timeline.count-{group.kind}", n=len(group.items))
        return str(messages.say("timeline.mark", date=date, what=what).unescape())
    item = group.items[0]
    kind = messages.say(f"timeline.one-{group.kind}")
    if item.who is None:
        what = messages.say("timeline.item", kind=kind, name=item.link.text)
    else:
        who = item.who.striptags()
        what = messages.say("timeline.quoted", kind=kind, who=who, words=item.link.text)
    return str(messages.say("timeline.mark", date=date, what=what).unescape())


def count_periods(groups: Iterable[Group], unit: Unit) -> dict[tuple[Kind, int], int]:
    """How many items of each kind lie within each month or year. Longer ones lie in none."""
    counts: dict[tuple[Kind, int], int] = {}
    for group in groups:
        period = period_within(group.extent, unit) if group.extent is not None else None
        if period is not None:
            key = (group.kind, period)
            counts[key] = counts.get(key, 0) + len(group.items)
    return counts


def period_date(period: int, unit: Unit) -> Edtf:
    """A month or year as a date."""
    if unit == "year":
        day = EdtfDay(period)
    else:
        day = EdtfDay(period // 12, period % 12 + 1)
    return Edtf("", day, day)
