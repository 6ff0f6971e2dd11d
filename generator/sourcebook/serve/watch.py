"""Tells when the content of watched files has changed, once for all that changes together.

Events only say where to look. What counts is the digest of a file's content, so that a touch, a
save without a change, or a file written and removed again cause nothing.
"""

from __future__ import annotations

import hashlib
import os
import queue
import re
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from .outcome import Overtaken

_QUIET = 0.04
"""Seconds without an event after which a burst of them counts as one change."""
_GRACE = 0.2
"""Seconds more for a file that is gone or empty: many editors move it away or truncate it first."""
_LONGEST = 3.0
"""Seconds after which a burst that does not end is taken as it is."""
_GIT_PATIENCE = 10.0
"""Seconds that a running git may take; the lock file of a dead one is older than that."""

_NOT_SOURCES = re.compile(
    r"""\.git|\.hg|\.svn|\.jj|\.sourcebook|__pycache__|node_modules|\.DS_Store|Thumbs\.db
    |.*~|\..*\.sw[a-z]|\..*\.swpx|4913|\.\#.*|\#.*\#|\.goutputstream-.*|___jb_(tmp|old)___.*
    |.*___jb_(tmp|old)___|\.~lock\..*""",
    re.VERBOSE,
)
"""Names, of files or folders, that hold the bookkeeping of other programs."""

_TELLING: list[type[FileSystemEvent]] = [
    *(FileCreatedEvent, FileModifiedEvent, FileDeletedEvent, FileMovedEvent, FileClosedEvent),
    *(DirCreatedEvent, DirDeletedEvent, DirMovedEvent),
]
"""The system is not even asked for the others: reading is an event as well, and we read everything.
That a folder was modified says only that something in it came or went, which has its own event."""


class Watch:
    """The watched files, as they were when last asked for. Watches while it is entered."""

    def __init__(self, watched: Sequence[Path], ignored: Sequence[Path] = ()) -> None:
        self._watched = tuple(path.resolve() for path in watched)
        self._ignored = tuple(path.resolve() for path in ignored)
        self._git_lock = _find_git_lock(self._watched)
        self._events: queue.SimpleQueue[Path] = queue.SimpleQueue()
        self._digests: dict[Path, bytes] = {}
        self._observer: BaseObserver | None = None
        self._watches: dict[Path, ObservedWatch] = {}

    def __enter__(self) -> Watch:
        # Watching begins before the files are read: a change in between is seen twice, not never.
        try:
            self._start(Observer())
        except OSError:  # the system's limit of watches is reached, or it offers none
            self._start(PollingObserver(timeout=0.3))
        self._digests = self._read(self._watched)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._observer is not None:
            self._observer.stop()
            self._observer.join()

    def give_way(self) -> None:
        """Raise ``Overtaken`` if something happened that ``take_changes`` has not looked at."""
        if not self._events.empty():
            raise Overtaken

    def take_changes(self, stop: threading.Event, *, is_patient: bool = True) -> frozenset[Path]:
        """The files that are not what they were, as soon as there are some and all is quiet.

        Empty when *stop* is set, and, unless it *is_patient*, where nothing has happened.
        """
        while not stop.is_set() and (is_patient or not self._events.empty()):
            pending = self._wait_until_quiet(stop, _QUIET)
            found = self._compare(pending)
            if not all(found.values()):
                pending |= self._collect(set(), _GRACE)
                found = self._compare(pending)
            for path, digest in found.items():
                if digest is None:
                    self._digests.pop(path, None)
                else:
                    self._digests[path] = digest
            if found:
                return frozenset(found)
        return frozenset()

    def _start(self, observer: BaseObserver) -> None:
        self._watches = {}
        self._observer = observer
        try:
            # The folder around each, too: it tells when the watched one itself comes or goes.
            for folder in dict.fromkeys(path.parent for path in self._watched):
                observer.schedule(_Listener(self._note), str(folder), event_filter=_TELLING)
            for path in self._watched:
                self._watch_folder(path)
            observer.start()
        except OSError:
            with suppress(RuntimeError):
                observer.stop()
            raise

    def _watch_folder(self, path: Path) -> None:
        observer = self._observer
        if observer is None:
            return
        if path in self._watches:
            with suppress(KeyError, OSError):
                observer.unschedule(self._watches.pop(path))
        if path.is_dir():
            self._watches[path] = observer.schedule(
                _Listener(self._note), str(path), recursive=True, event_filter=_TELLING
            )

    def _note(self, path: Path) -> None:
        if self._is_source(path):
            self._events.put(path)

    def _is_source(self, path: Path) -> bool:
        for watched in self._watched:
            if path == watched or path.is_relative_to(watched):
                inside = path.relative_to(watched).parts
                return not any(map(_NOT_SOURCES.fullmatch, inside)) and not any(
                    path.is_relative_to(ignored) for ignored in self._ignored
                )
        return False

    def _wait_until_quiet(self, stop: threading.Event, quiet: float) -> set[Path]:
        while not stop.is_set():
            # In short naps: a waiting thread on Windows hears no Ctrl-C.
            with suppress(queue.Empty):
                return self._collect({self._events.get(timeout=0.2)}, quiet)
        return set()

    def _collect(self, pending: set[Path], quiet: float) -> set[Path]:
        began = time.monotonic()
        while True:
            try:
                pending.add(self._events.get(timeout=quiet))
            except queue.Empty:
                if not self._git_is_at_work():
                    break
            if time.monotonic() - began > (_GIT_PATIENCE if self._git_is_at_work() else _LONGEST):
                break
        for path in self._watched:
            if path in pending:
                self._watch_folder(path)
        return pending

    def _git_is_at_work(self) -> bool:
        if self._git_lock is None:
            return False
        try:
            return time.time() - self._git_lock.stat().st_mtime < _GIT_PATIENCE
        except OSError:
            return False

    def _compare(self, paths: set[Path]) -> dict[Path, bytes | None]:
        """The new digest of each file at or below *paths* that has another one now; None: gone."""
        now = self._read(paths)
        known = {path for path in paths if path in self._digests}
        if folders := tuple(f"{path}{os.sep}" for path in paths - known if not path.is_file()):
            known |= {path for path in self._digests if str(path).startswith(folders)}
        return {
            path: now.get(path)
            for path in known | set(now)
            if now.get(path) != self._digests.get(path)
        }

    def _read(self, paths: Iterable[Path]) -> dict[Path, bytes]:
        """The digest of each file at or below *paths*; empty for an empty file."""
        digests: dict[Path, bytes] = {}
        for path in self._files(paths):
            with suppress(OSError):  # gone again, or not ours to read
                content = path.read_bytes()
                digests[path] = (
                    hashlib.blake2b(content, digest_size=16).digest() if content else b""
                )
        return digests

    def _files(self, paths: Iterable[Path]) -> Iterator[Path]:
        for path in paths:
            if path.is_dir():
                for folder, folders, names in os.walk(path):
                    here = Path(folder)
                    folders[:] = [name for name in folders if self._is_source(here / name)]
                    # The folders above were looked at on the way.
                    sources = (name for name in names if not _NOT_SOURCES.fullmatch(name))
                    yield from map(here.joinpath, sources)
            elif path.is_file():
                yield path


class _Listener(FileSystemEventHandler):
    def __init__(self, note: Callable[[Path], None]) -> None:
        self._note = note

    def on_any_event(self, event: FileSystemEvent) -> None:
        for path in (event.src_path, event.dest_path):
            if path:
                self._note(Path(os.fsdecode(path)))


def _find_git_lock(watched: Iterable[Path]) -> Path | None:
    """The file that git holds while it changes the working tree that *watched* lies in."""
    for path in watched:
        for folder in path.parents:
            if (folder / ".git").is_dir():
                return folder / ".git" / "index.lock"
    return None
