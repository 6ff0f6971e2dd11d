"""How far long work has come: a bar on a terminal after a second, nothing otherwise.

What a run did is told by its closing lines, so that logs and pipes stay readable.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")

_DELAY = 1.0
"""Seconds of work before a bar is worth its flicker."""


def track(items: Iterable[T], label: str, total: int, is_wanted: bool = True) -> Iterator[T]:
    """*items*, one after the other, with a bar on the terminal once they take over a second."""
    if not is_wanted or not sys.stderr.isatty():
        yield from items
        return
    start = time.monotonic()
    iterator = iter(items)
    for done, item in enumerate(iterator, start=1):
        yield item
        if time.monotonic() - start > _DELAY and done < total:
            yield from _with_bar(iterator, label, done, total)


def _with_bar(items: Iterator[T], label: str, done: int, total: int) -> Iterator[T]:
    # Imported where it is needed: most runs are over before a bar would show.
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total, completed=done)
        for item in items:
            yield item
            bar.advance(task)
