"""Dated items of one kind and one date together: a mark of a picture, a line of a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from ..edtf import Edtf, EdtfDay, parse_edtf
from ..words import date_words
from .axis import Extent, Unit, extent_of, period_within
from .catalogue import Catalogue
from .dated import KINDS, DatedItem, Kind, Thing, address_of, item_view


class Group(NamedTuple):
    """Items of one kind with the same date: one mark, one line of a list. Plain, to be compared."""

    kind: Kind
    written: str
    """The date as its sources write it."""
    size: int
    """How many items it has."""
    things: tuple[Thing, ...]
    """The items; where they are only counted, none."""
    listed: str = ""
    """The address of its line in a list."""

    @property
    def date(self) -> Edtf:
        """The date of all its items."""
        date = parse_edtf(self.written)
        assert date is not None, self.written
        return date

    @property
    def extent(self) -> Extent | None:
        """None: the year is not given."""
        return _extent(self.kind, self.written)

    def period(self, unit: Unit) -> int | None:
        """The month or year in which all that its date may mean lies; None where there is no such."""
        return _period(self.written, unit)

    @property
    def anchor(self) -> str:
        """The id of its line in the list."""
        return f"{self.kind}-{anchor_of(self.written)}"

    @property
    def address(self) -> str:
        """Where its mark leads: one thing itself, several their line in a list."""
        return address_of(self.kind, self.things[0]) if self.size == 1 else self.listed

    @property
    def drawn(self) -> Group:
        """What a picture needs to know: it names events and what stands alone."""
        return self if self.size == 1 or self.kind == "event" else self._replace(things=())


@lru_cache(maxsize=4096)
def anchor_of(written: str) -> str:
    """A date as a part of an anchor."""
    text = written.replace("/..", "-on").replace("../", "until-").replace("/", "-to-")
    return text.replace("~", "-about").replace("?", "-doubted").replace("%", "-about-doubted")


def group_items(items: Iterable[DatedItem]) -> tuple[Group, ...]:
    """*items* by date and kind, in the order of their first possible days; without a year last."""
    groups: dict[tuple[Kind, str], list[Thing]] = {}
    for kind, date, thing in items:
        groups.setdefault((kind, date.text), []).append(thing)
    made = (
        Group(kind, written, len(things), tuple(things))
        for (kind, written), things in groups.items()
    )
    return tuple(sorted(made, key=_group_order))


# The same few thousand dates stand on most pages.
@lru_cache(maxsize=1 << 14)
def _extent(kind: Kind, written: str) -> Extent | None:
    """What lasts covers its interval; of what is said, printed or kept on one day, it is some day."""
    date = parse_edtf(written)
    extent = extent_of(date) if date is not None else None
    return extent if extent is None or kind == "event" else replace(extent, sure=None)


@lru_cache(maxsize=1 << 14)
def _period(written: str, unit: Unit) -> int | None:
    extent = _extent("event", written)
    return period_within(extent, unit) if extent is not None else None


def _group_order(group: Group) -> tuple[_DateOrder, int, str]:
    return _date_order(group.written), KINDS.index(group.kind), group.written


_DateOrder = tuple[bool, tuple[int, float], tuple[int, int, int]]


@lru_cache(maxsize=1 << 14)
def _date_order(written: str) -> _DateOrder:
    date = parse_edtf(written)
    assert date is not None, written
    extent = _extent("event", written)
    order = extent.order if extent is not None else (0, 0.0)
    return extent is None, order, date.sort_key


def group_words(group: Group, catalogue: Catalogue) -> str:
    """What the mark of *group* stands for: its date, and what there is."""
    messages = catalogue.messages
    date = date_words(group.date, messages)
    if group.size > 1:
        what = messages.say(f"timeline.count-{group.kind}", n=group.size)
        return messages.say("timeline.mark", date=date, what=what).unescape()
    item = item_view(group.kind, group.things[0], catalogue)
    kind = messages.say(f"timeline.one-{group.kind}")
    if item.who is None:
        what = messages.say("timeline.item", kind=kind, name=item.link.text)
    else:
        who = item.who.striptags()
        what = messages.say("timeline.quoted", kind=kind, who=who, words=item.link.text)
    return messages.say("timeline.mark", date=date, what=what).unescape()


def count_kinds(groups: Iterable[Group]) -> tuple[int, ...]:
    """How many items of each kind *groups* have, in the order of ``KINDS``."""
    counts = dict.fromkeys(KINDS, 0)
    for group in groups:
        counts[group.kind] += group.size
    return tuple(counts.values())


def count_periods(groups: Iterable[Group], unit: Unit) -> dict[tuple[Kind, int], int]:
    """How many items of each kind lie within each month or year. Longer ones lie in none."""
    counts: dict[tuple[Kind, int], int] = {}
    for group in groups:
        period = group.period(unit)
        if period is not None:
            key = (group.kind, period)
            counts[key] = counts.get(key, 0) + group.size
    return counts


def period_date(period: int, unit: Unit) -> Edtf:
    """A month or year as a date."""
    if unit == "year":
        day = EdtfDay(period)
    else:
        day = EdtfDay(period // 12, period % 12 + 1)
    return Edtf("", day, day)
