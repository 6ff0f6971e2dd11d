"""Where the time of a run went, stage by stage; counted only where somebody asked.

A stage is a function (``@stage("link")``), a block (``with stage("link"):``) or what is made one
after the other (``each``). What an inner stage takes is not the outer's. Copies of this process
keep accounts of their own, which come back with their results, so that work is told by whom it was
done for, whoever did it.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


@dataclass(slots=True)
class Spent:
    """What a stage took, and what it made."""

    wall: float = 0.0
    cpu: float = 0.0
    """Seconds of all processes together."""
    count: int = 0
    size: int = 0
    """Bytes."""

    def add(self, other: Spent) -> None:
        """*other* was spent on the same."""
        self.wall += other.wall
        self.cpu += other.cpu
        self.count += other.count
        self.size += other.size


Account = Mapping[str, Spent]
"""By stage, in the order in which they began; ``stage/part`` is a part of a stage."""

_account: dict[str, Spent] | None = None
"""None: nobody asked."""
_thread = 0
"""The thread that is counted: others run beside it."""
_inner: list[Spent] = []
"""For each stage that is under way, outermost first, what stages inside it have taken."""


def begin() -> None:
    """Count from now on what this thread does."""
    # A run has one account, as it has one clock.
    global _account, _thread
    _account, _thread = {}, threading.get_ident()
    _inner.clear()


def end() -> None:
    """Count no more."""
    global _account  # noqa: PLW0603 - see begin
    _account = None


def take() -> Account:
    """What was counted so far; counting begins afresh. Empty where nobody asked."""
    taken = _account or {}
    if _account is not None:
        begin()
    return taken


def add(account: Account) -> None:
    """What a copy of this process counted: its time ran beside ours, and only its CPU is added."""
    if _account is not None:
        for name, spent in account.items():
            _account.setdefault(name, Spent()).add(replace(spent, wall=0.0))


@contextmanager
def stage(name: str) -> Iterator[Spent]:
    """The stage *name*; what it made can be added to what it gives."""
    if _account is None or threading.get_ident() != _thread:
        yield Spent()
        return
    total = _account.setdefault(name, Spent())
    began = Spent(time.perf_counter(), _cpu_seconds())
    _inner.append(Spent())
    try:
        yield total
    finally:
        taken = Spent(time.perf_counter() - began.wall, _cpu_seconds() - began.cpu)
        inside = _inner.pop()
        total.add(Spent(taken.wall - inside.wall, taken.cpu - inside.cpu))
        if _inner and "/" not in name:
            _inner[-1].add(taken)


def _cpu_seconds() -> float:
    times = os.times()
    return time.process_time() + times.children_user + times.children_system


def each(name: str, items: Iterator[T]) -> Iterator[T]:
    """*items*, the making of which is the stage *name*."""
    return items if _account is None else _each(name, items)


def _each(name: str, items: Iterator[T]) -> Iterator[T]:
    while True:
        with stage(name):
            try:
                item = next(items)
            except StopIteration:
                return
        yield item


def by_part(
    work: Callable[[T], R], name_of: Callable[[T], str], sizes_of: Callable[[R], Iterable[int]]
) -> Callable[[T], R]:
    """*work*, counted under the name that *name_of* gives to what it is done on.

    *sizes_of* tells how many bytes each thing has that was made.
    """
    if _account is None:
        return work

    def counted(item: T) -> R:
        with stage(name_of(item)) as spent:
            result = work(item)
        sizes = list(sizes_of(result))
        spent.count += len(sizes)
        spent.size += sum(sizes)
        return result

    return counted


def format_account(account: Account, whole: Spent) -> str:
    """The account as a table; *whole* is what the run took, whatever it did."""
    stages = [name for name in account if "/" not in name]
    rows = [("", "wall s", "CPU s", "made", "MB")]
    for name in stages:
        parts = {part: account[part] for part in account if part.startswith(f"{name}/")}
        made = Spent()
        for part in (account[name], *parts.values()):
            made.add(Spent(count=part.count, size=part.size))
        spent = account[name]
        rows.append(_row(name, Spent(spent.wall, spent.cpu, made.count, made.size)))
        costliest = sorted(parts, key=lambda part: (-parts[part].cpu, part))
        rows += [_row(part, parts[part]) for part in costliest]
    rest = Spent(whole.wall, whole.cpu)
    for name in stages:
        rest.add(Spent(-account[name].wall, -account[name].cpu))
    rows += [_row("all else", rest), _row("together", whole)]
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    return "\n".join(
        f"{name:{widths[0]}}  {wall:>{widths[1]}}  {cpu:>{widths[2]}}  {made:>{widths[3]}}"
        f"  {size:>{widths[4]}}".rstrip()
        for name, wall, cpu, made, size in rows
    )


def _row(name: str, spent: Spent) -> tuple[str, str, str, str, str]:
    _, slash, part = name.partition("/")
    return (
        f"  {part}" if slash else name,
        "" if slash else f"{max(spent.wall, 0.0):.2f}",
        f"{max(spent.cpu, 0.0):.2f}",
        f"{spent.count:,}" if spent.count else "",
        f"{spent.size / 1e6:.1f}" if spent.size else "",
    )


@contextmanager
def told(is_wanted: bool, tell: Callable[[str], None]) -> Iterator[None]:
    """Count what is done inside, and *tell* it at the end, however that comes about."""
    if not is_wanted:
        yield
        return
    begin()
    began = Spent(time.perf_counter(), _cpu_seconds())
    try:
        yield
    finally:
        whole = Spent(time.perf_counter() - began.wall, _cpu_seconds() - began.cpu)
        tell(format_account(_account or {}, whole))
        end()
