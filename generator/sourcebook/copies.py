"""Work shared out over copies of this process, where the system can make them and it pays.

A copy (``fork``) has all that was loaded before, without a word between the two; only results come
back. They are the same, in the same order, whatever the number of processes.
"""

from __future__ import annotations

import contextlib
import gc
import os
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from . import profile
from .diagnostics import EnvironmentProblem

if TYPE_CHECKING:
    from concurrent.futures import Future

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 100
"""Batches for each process that may be under way or wait to be taken: what bounds the memory, and
how long others can go on while one is at a long batch whose turn it is."""

_LOOK = 0.5
"""Seconds between two looks whether the original is there."""

_work_on_batch: Callable[[int], list[Any]] | None = None
"""What this process does, if it is a copy."""


def share_out(
    work: Callable[[T], R],
    items: Sequence[T],
    jobs: int,
    *,
    batch: int,
    worth: int,
    joins_in: bool = False,
) -> Generator[R]:
    """What *work* makes of each of *items*, in order, by up to *jobs* processes.

    Where this process *joins_in* it is one of them: that spares the memory of a copy, and many of
    the results their way between two processes. But a copy that is killed by its work is a problem
    that is told, and this process would be gone.

    One process does it all where there are fewer than *worth* items, or where a process cannot be
    copied safely (Windows, macOS). Items are handed out in batches, results must be picklable.
    """
    if jobs < 2 or len(items) < worth or sys.platform != "linux":
        yield from map(work, items)
    else:
        yield from _share_out(work, items, jobs, batch, joins_in)


def _share_out(
    work: Callable[[T], R], items: Sequence[T], jobs: int, batch: int, joins_in: bool
) -> Iterator[R]:
    # Imported where it is needed: most runs are over sooner than that would take.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    def work_on_batch(start: int) -> list[R]:
        return [work(item) for item in items[start : start + batch]]

    # What is loaded by now lives as long as the process: not looking at it keeps it shared.
    gc.freeze()
    pool = ProcessPoolExecutor(
        min(jobs - 1 if joins_in else jobs, -(-len(items) // batch)),
        mp_context=multiprocessing.get_context("fork"),
        initializer=_become_copy,
        initargs=(work_on_batch, os.getpid()),
    )
    waiting: deque[_Batch[R]] = deque()

    def take_first() -> list[R]:
        first = waiting.popleft()
        while joins_in and not first.future.done():
            own = next((one for one in (first, *waiting) if one.is_free()), None)
            if own is None:  # all of them are under way
                break
            own.do_here(work_on_batch)
        return _results_of(first.future)

    try:
        for start in range(0, len(items), batch):
            waiting.append(_Batch(start, pool.submit(_do_batch, start)))
            if len(waiting) == jobs * _AHEAD:
                yield from take_first()
        while waiting:
            results = take_first()
            if not waiting:
                # Before the last results are used: the copies' memory is free for that.
                pool.shutdown()
            yield from results
    except BrokenProcessPool as error:
        raise EnvironmentProblem(
            "a process that shared the work was ended by the system, perhaps for want of memory",
            "run it again with -j 1",
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)
        gc.unfreeze()


@dataclass(slots=True)
class _Batch(Generic[R]):
    """Items that are worked on together, from the one with the number *start* on."""

    start: int
    future: Future[tuple[list[R], profile.Account]]

    def is_free(self) -> bool:
        """Whether nobody works on it, nor has; from now on no copy will."""
        if self.future.done() or not self.future.cancel():
            return False
        # A pool of Python 3.11 that loses a process tells it to all of them, and on one that was
        # cancelled it stumbles: it would never tell the others.
        self.future.set_exception = _not_told  # type: ignore[assignment, method-assign]
        return True

    def do_here(self, work_on_batch: Callable[[int], list[R]]) -> None:
        """Let this process do it; what goes wrong is raised when its turn comes."""
        from concurrent.futures import Future

        self.future = Future()
        try:
            # What it takes is counted where this process counts.
            self.future.set_result((work_on_batch(self.start), {}))
        except Exception as error:
            self.future.set_exception(error)


def _not_told(error: BaseException | None) -> None:
    """Nobody waits for it any more."""


def give_back_memory() -> None:
    """Let the system have what this process has freed, where the C library (glibc) would keep it."""
    import ctypes

    if sys.platform == "linux":
        with contextlib.suppress(AttributeError):  # another C library
            ctypes.CDLL(None).malloc_trim(0)


def _results_of(batch: Future[tuple[list[R], profile.Account]]) -> list[R]:
    results, account = batch.result()
    profile.add(account)
    return results


def _become_copy(work_on_batch: Callable[[int], list[Any]], original: int) -> None:
    global _work_on_batch  # noqa: PLW0603 - one copy does one kind of work, all its life
    _work_on_batch = work_on_batch
    profile.take()
    # Ctrl-C reaches every process: the first ends the others, after the batch that they are at.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(original,), daemon=True).start()


def _end_with(original: int) -> None:
    """End this copy when the *original* was killed: it would wait for ever, and hold its locks."""
    while os.getppid() == original:
        time.sleep(_LOOK)
    os._exit(1)


def _do_batch(start: int) -> tuple[list[Any], profile.Account]:
    if _work_on_batch is None:
        raise AssertionError("not in a copy")
    return _work_on_batch(start), profile.take()
