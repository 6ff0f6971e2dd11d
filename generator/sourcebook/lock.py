"""One run at a time writes to an archive, and one preview at a time shows it.

A lock is the operating system's own, on a file in ``.sourcebook``, and not the existence of a file:
it ends with the process that holds it, however that ends, so nothing is ever left behind to clear
away. What the file says is only for the message that names the holder.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from .diagnostics import ArchiveLocked, EnvironmentProblem

_ARCHIVE = Path(".sourcebook", "lock")
_PREVIEW = Path(".sourcebook", "preview.lock")
_RETRY = 0.05

if sys.platform == "win32":
    import msvcrt

    # A locked region cannot be read on Windows: one byte far behind the holder's name is locked.
    _FAR = 1 << 30

    def _try_lock(descriptor: int) -> bool:
        os.lseek(descriptor, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

else:
    import fcntl

    def _try_lock(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def _say_nothing(fact: str) -> None:
    del fact


@contextmanager
def hold_archive(
    root: Path,
    command: str = "sourcebook",
    wait: float = 0.0,
    while_waiting: Callable[[str], None] = _say_nothing,
) -> Iterator[None]:
    """Hold the archive at *root* while files are written, and only then.

    Raises ``ArchiveLocked``, naming the holder, when another run still holds it after *wait*
    seconds. *command* is what others read in that message. Two holds within one process exclude
    each other too. *while_waiting* is given the fact, again and again; what it raises ends the wait.
    """
    with _opened(root / _ARCHIVE) as descriptor:
        _wait_for_lock(descriptor, root / _ARCHIVE, wait, while_waiting)
        with _signed(descriptor, command):
            yield


@contextmanager
def hold_preview(root: Path) -> Iterator[None]:
    """Hold the preview of the archive at *root* while it is shown: two would write to one folder.

    Raises ``ArchiveLocked``, naming the holder, when another process shows it.
    """
    with _opened(root / _PREVIEW) as descriptor:
        if not _try(descriptor, root / _PREVIEW):
            raise ArchiveLocked(
                f"{_holder(descriptor)} shows this archive already",
                help="open the address that it printed, or end it there with Ctrl-C",
            )
        with _signed(descriptor, "sourcebook serve"):
            yield


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    except OSError as error:
        raise EnvironmentProblem(
            f"cannot lock the archive: `{path}`: {error.strerror}",
            help="the archive's folder must be writable: copy the archive to one that is",
        ) from error
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _try(descriptor: int, path: Path) -> bool:
    try:
        return _try_lock(descriptor)
    except OSError as error:
        raise EnvironmentProblem(
            f"cannot lock the archive: `{path}`: {error.strerror}",
            help="this file system has no locks: keep the archive on a local disk",
        ) from error


def _wait_for_lock(
    descriptor: int, path: Path, wait: float, while_waiting: Callable[[str], None]
) -> None:
    until = time.monotonic() + wait
    while not _try(descriptor, path):
        fact = f"{_holder(descriptor)} is writing to this archive"
        if time.monotonic() >= until:
            raise ArchiveLocked(fact, help="wait until it has ended, then run this again")
        while_waiting(fact)
        time.sleep(_RETRY)


@contextmanager
def _signed(descriptor: int, command: str) -> Iterator[None]:
    _sign(descriptor, f"`{command}` (process {os.getpid()})")
    yield
    _sign(descriptor, "")


def _sign(descriptor: int, holder: str) -> None:
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    os.write(descriptor, holder.encode())


def _holder(descriptor: int) -> str:
    os.lseek(descriptor, 0, os.SEEK_SET)
    # Empty in the instant between the holder's taking the lock and its signing.
    return os.read(descriptor, 200).decode(errors="replace") or "another run"
