"""A long list as pages: by year, a long year by month, and what is still long by number.

A list that one page can hold is one page. Of a longer one the first page holds what a reader wants
first, and the ways to parts that together hold all of it; a year that is split begins in the same
way. No address of a document or claim depends on where it is listed.
"""

from __future__ import annotations

import posixpath
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Generic, Protocol, TypeVar

from markupsafe import Markup, escape

from ..edtf import Edtf, EdtfDay
from ..messages import Messages
from ..words import date_words
from .catalogue import Link
from .names import filed_name, name_order

LINES_ON_ONE_PAGE = 400
LINES_ON_FIRST_PAGE = 100
"""Of a list that is split: what a reader wants first. All of them stand on the parts' pages."""

PAGES_OF_A_YEAR = 3
"""A year that fills no more has numbered pages: twelve with a few lines each would be worse to read."""
NUMBERS_AROUND = 4
"""Pages before and behind one that it names by number, beside the first and the last."""

T = TypeVar("T")

Month = tuple[int | None, int | None]
"""A year and a month in it, each None where it is not known."""


@dataclass(frozen=True, slots=True)
class ListPart:
    """A part of a list, and the first page that holds it."""

    title: Markup
    path: str
    count: int
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a page stands in its list."""

    path: str
    title: Markup
    """Of the list, with the part of it that the page holds."""
    total: int
    """Lines of the whole list."""
    shown: int
    """Of them, those on this page."""
    is_first: bool = False
    """Whether the page has only the first of its lines, all of which stand in its parts."""
    parts: tuple[ListPart, ...] = ()
    """Years, or stretches of the alphabet; empty where one page holds all."""
    months: tuple[ListPart, ...] = ()
    """Of the page's year, where that is split."""
    numbers: tuple[tuple[int, str, bool], ...] = ()
    """(number, path, is this one) of a part that fills several pages; of many, those nearby."""
    previous: Link | None = None
    following: Link | None = None
    uncounted: int = 0
    """Of all lines, those that a page lists and does not count."""

    @property
    def is_split(self) -> bool:
        """Whether the list has other pages than this one."""
        return self.shown < self.total


class ListView(Protocol):
    """What is shown on a page of a list."""

    @property
    def place(self) -> ListPlace:
        """Where it stands in its list."""


@dataclass(frozen=True, slots=True)
class ListPage(Generic[T]):
    """A page of a list."""

    items: tuple[T, ...]
    place: ListPlace


def dated_list(
    title: Markup,
    index: str,
    items: Sequence[T],
    month_of: Callable[[T], Month],
    first: Sequence[T],
    messages: Messages,
) -> Iterator[ListPage[T]]:
    """The list of *items*: the page *index*, and where that would be long one a year or more.

    Then *index* has the first of *first*, which are the same items in the order of a reader's wants.
    """
    if len(items) <= LINES_ON_ONE_PAGE:
        yield _whole_page(title, index, items)
        return
    years = _by_year(items, month_of)
    yield _first_page(title, index, first, _year_parts(index, years, messages))
    yield from _pages_of(years, title, index, month_of, messages)


def dated_pages(
    title: Markup,
    index: str,
    items: Sequence[T],
    month_of: Callable[[T], Month],
    messages: Messages,
) -> Iterator[ListPage[T]]:
    """The pages of *items* by year, in their order; *index* is the page beside which they are.

    The page *index* itself is not among them.
    """
    yield from _pages_of(_by_year(items, month_of), title, index, month_of, messages)


def _pages_of(
    years: Mapping[int | None, Sequence[T]],
    title: Markup,
    index: str,
    month_of: Callable[[T], Month],
    messages: Messages,
) -> Iterator[ListPage[T]]:
    pages: list[ListPage[T]] = []
    total = sum(map(len, years.values()))
    parts = _year_parts(index, years, messages)
    for part, (year, of_year) in zip(parts, years.items(), strict=True):
        words = part.title if year is not None else messages.say("unknown.date")
        place = ListPlace(
            part.path,
            messages.say("list.part", list=title, part=words),
            total=total,
            shown=len(of_year),
            parts=_marked(parts, part),
        )
        if year is None or len(of_year) <= PAGES_OF_A_YEAR * LINES_ON_ONE_PAGE:
            pages += _numbered_pages(of_year, place, messages)
        else:
            pages += _month_pages(title, year, of_year, month_of, place, messages)
    yield from _chained(pages)


def year_parts(
    index: str, items: Sequence[T], month_of: Callable[[T], Month], messages: Messages
) -> tuple[ListPart, ...]:
    """The years of *items*, in their order, whose pages stand beside the page *index*."""
    return _year_parts(index, _by_year(items, month_of), messages)


def named_list(
    title: Markup,
    index: str,
    items: Sequence[T],
    name_of: Callable[[T], str],
    messages: Messages,
) -> Iterator[ListPage[T]]:
    """The list of *items*: the page *index*, and where that would be long several by name.

    Then *index* has the first of them.
    """
    if len(items) <= LINES_ON_ONE_PAGE:
        yield _whole_page(title, index, items)
        return
    ordered = sorted(items, key=lambda item: (name_order(name_of(item)), name_of(item)))
    size = ceil(len(ordered) / ceil(len(ordered) / LINES_ON_ONE_PAGE))
    runs = [ordered[start : start + size] for start in range(0, len(ordered), size)]
    ends = [(filed_name(name_of(run[0])), filed_name(name_of(run[-1]))) for run in runs]
    parts = tuple(
        # A slug is never four digits alone, so no part can be mistaken for a page of another kind.
        ListPart(label, f"{posixpath.dirname(index)}/{number:04}/index.html", len(run))
        for number, (label, run) in enumerate(zip(_stretches(ends), runs, strict=True), start=1)
    )
    pages = [
        ListPage(
            tuple(run),
            ListPlace(
                part.path,
                messages.say("list.part", list=title, part=part.title),
                total=len(items),
                shown=len(run),
                parts=_marked(parts, part),
            ),
        )
        for part, run in zip(parts, runs, strict=True)
    ]
    yield _first_page(title, index, items, parts)
    yield from _chained(pages)


def _whole_page(title: Markup, index: str, items: Sequence[T]) -> ListPage[T]:
    return ListPage(tuple(items), ListPlace(index, title, len(items), len(items)))


def _first_page(
    title: Markup, index: str, items: Sequence[T], parts: tuple[ListPart, ...]
) -> ListPage[T]:
    held = tuple(items[:LINES_ON_FIRST_PAGE])
    return ListPage(
        held, ListPlace(index, title, len(items), len(held), is_first=True, parts=parts)
    )


def _year_parts(
    index: str, years: Mapping[int | None, Sequence[T]], messages: Messages
) -> tuple[ListPart, ...]:
    folder = posixpath.dirname(index)
    return tuple(
        ListPart(
            escape(_period_words(year, None, messages))
            if year is not None
            else messages.say("unknown.year"),
            # A slug is never four digits alone, so no year can be mistaken for another page.
            f"{folder}/{f'{year:04}' if year is not None else 'undated'}/index.html",
            len(items),
        )
        for year, items in years.items()
    )


def _month_pages(
    title: Markup,
    year: int,
    items: Sequence[T],
    month_of: Callable[[T], Month],
    place: ListPlace,
    messages: Messages,
) -> Iterator[ListPage[T]]:
    """The first page of a year that is split, and those of its months."""
    months = _by_key(items, (month for _, month in map(month_of, items)))
    names = messages.names["date.months"]
    folder = posixpath.dirname(place.path)
    parts = tuple(
        ListPart(
            escape(names[month - 1]) if month is not None else messages.say("unknown.month"),
            f"{folder}/{f'{month:02}' if month is not None else 'undated'}/index.html",
            len(of_month),
        )
        for month, of_month in months.items()
    )
    first = tuple(items[:LINES_ON_FIRST_PAGE])
    yield ListPage(first, replace(place, shown=len(first), is_first=True, months=parts))
    for part, (month, of_month) in zip(parts, months.items(), strict=True):
        if month is not None:
            words: object = _period_words(year, month, messages)
        else:
            words = messages.say("unknown.month-of", year=_period_words(year, None, messages))
        own = replace(
            place,
            path=part.path,
            title=messages.say("list.part", list=title, part=words),
            months=_marked(parts, part),
        )
        yield from _numbered_pages(of_month, own, messages)


def _numbered_pages(
    items: Sequence[T], place: ListPlace, messages: Messages
) -> Iterator[ListPage[T]]:
    """*items* of one part: its page *place*, and those behind it."""
    starts = range(0, len(items), LINES_ON_ONE_PAGE)
    folder = posixpath.dirname(place.path)
    paths = [place.path, *(f"{folder}/{number}/index.html" for number in range(2, len(starts) + 1))]
    for here, start in enumerate(starts):
        held = tuple(items[start : start + LINES_ON_ONE_PAGE])
        title = place.title
        if here:
            title = messages.say("list.page", list=title, number=here + 1)
        own = replace(
            place,
            path=paths[here],
            title=title,
            shown=len(held),
            numbers=page_numbers(paths, here + 1),
        )
        yield ListPage(held, own)


def page_numbers(paths: Sequence[str], current: int) -> tuple[tuple[int, str, bool], ...]:
    """(number, path, is this one) of the first and the last of *paths* and those about *current*.

    None where there is one page only. Were all of them named on each, their bytes would grow with
    the square of the list.
    """
    if len(paths) < 2:
        return ()
    return tuple(
        (number, path, number == current)
        for number, path in enumerate(paths, start=1)
        if abs(number - current) <= NUMBERS_AROUND or number in (1, len(paths))
    )


def _chained(pages: Sequence[ListPage[T]]) -> Iterator[ListPage[T]]:
    """*pages*, each with the ways to the page before and the page behind it."""
    chain = [page for page in pages if not page.place.is_first]
    links = [Link(page.place.title, page.place.path) for page in chain]
    paths = [page.place.path for page in chain]
    before = dict(zip(paths[1:], links, strict=False))
    behind = dict(zip(paths, links[1:], strict=False))
    for page in pages:
        path = page.place.path
        place = replace(page.place, previous=before.get(path), following=behind.get(path))
        yield replace(page, place=place)


def _by_year(
    items: Sequence[T], month_of: Callable[[T], Month]
) -> Mapping[int | None, Sequence[T]]:
    return _by_key(items, (year for year, _ in map(month_of, items)))


def _by_key(items: Iterable[T], keys: Iterable[int | None]) -> Mapping[int | None, Sequence[T]]:
    """*items* by their *keys*, in their order; those without one last."""
    found: dict[int | None, list[T]] = defaultdict(list)
    for item, key in zip(items, keys, strict=True):
        found[key].append(item)
    if None in found:
        found[None] = found.pop(None)
    return found


def _marked(parts: Sequence[ListPart], current: ListPart) -> tuple[ListPart, ...]:
    return tuple(replace(part, is_current=True) if part is current else part for part in parts)


def _period_words(year: int, month: int | None, messages: Messages) -> str:
    day = EdtfDay(year, month)
    return date_words(Edtf("", day, day), messages)


def _stretches(ends: Sequence[tuple[str, str]]) -> list[Markup]:
    """What to call runs of names, whose first and last are *ends*: as many letters as tell them apart."""
    labels: list[Markup] = []
    begins = ends[0][0][:1] if ends else ""
    for (_, last), behind in zip(ends, [*(first for first, _ in ends[1:]), ""], strict=True):
        length = _shared_length(last, behind) + 1
        labels.append(escape(f"{begins} – {last[:length].rstrip()}"))
        begins = behind[:length].rstrip()
    return labels


def _shared_length(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    shortest = min(len(one), len(other))
    return next((at for at, (a, b) in pairs if name_order(a) != name_order(b)), shortest)
