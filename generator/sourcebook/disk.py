"""What earlier runs found, kept on the disk for the next one: a ``Recall`` with a long memory.

What is kept may be torn, old, wrong or somebody else's; it is then only of no use. It says which
quotes were verified, so it never lies in the archive, where a pull request could bring it along,
but in the user's own cache folder, in a folder that nobody else can write to. Nothing but our own
records is ever made of it (``packing``), and what another version of the program or of its
libraries has left is not read.

A folder holds parts, written one after the other and never changed. Each has, behind a fingerprint,
the bytes of what is held, then all else, then a checksum of that: so a run reads little of what it
does not look at, and what changed since the last is written beside the rest. Once much of them is
out of date, one part with what the run has used takes the place of all.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import stat
import struct
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from tempfile import mkstemp
from typing import Any, BinaryIO, TypeVar, cast
from zlib import crc32

from .cache import Recall, forget
from .layout import FOLDERS
from .packing import Held, NotReadableError, nothing_to_collect, pack, unpack
from .program import fingerprint

T = TypeVar("T")
Name = tuple[str, str]
Entry = tuple[Name, bytes]
"""What a result is, and the key that it was made for: a file's bytes of before have theirs too."""

FOLDER_VARIABLE = "SOURCEBOOK_CACHE"
_WORTH_KEEPING = 50
"""Documents below which reading all of them again is faster than any memory."""
_MOST_PARTS = 50
_END = struct.Struct(">Q32s")
"""Where what is not held begins, and its SHA-256."""


def remembering(
    root: Path, work: Callable[[Recall], T], is_wanted: bool = True, worth: int = _WORTH_KEEPING
) -> T:
    """What *work* gives for a ``Recall`` that knows what earlier runs on the archive found.

    Where there is no place for a memory, or it turns out to be spoiled, *work* does without.
    """
    memory = _open(root, worth) if is_wanted else None
    if memory is None:
        return work(forget)
    try:
        result = work(memory)
    except NotReadableError:
        memory.clear()
        return work(forget)
    except BaseException:
        memory.abandon()
        raise
    memory.save()
    return result


def _open(root: Path, worth: int) -> DiskMemory | None:
    try:
        folder = _folder_of(root, worth)
        return None if folder is None else DiskMemory(folder)
    except (OSError, RuntimeError):
        return None


def _folder_of(root: Path, worth: int) -> Path | None:
    documents = os.listdir(root / "content" / FOLDERS["document"])  # noqa: PTH208 - only counted
    return _own_folder(root) if len(documents) >= worth else None


def _own_folder(root: Path) -> Path | None:
    folder = cache_folder(root)
    return folder if folder is not None and _is_own(folder) else None


def folder_for(root: Path, name: str) -> Path | None:
    """A folder for what *name* keeps of the archive at *root*, with nothing of another version.

    None where nothing can or need be kept. What is in it must be checked by who reads it.
    """
    try:
        parent = _folder_of(root, _WORTH_KEEPING)
        if parent is None:
            return None
        folder = parent / f"{name}-{fingerprint().hex()[:16]}"
        for old in parent.glob(f"{name}-*"):
            if old != folder:
                shutil.rmtree(old, ignore_errors=True)
        return folder if _is_own(folder) else None
    except (OSError, RuntimeError):
        return None


def keep_note(root: Path, name: str, value: Any) -> None:
    """Keep *value*, which is plain, for ``recall_note`` of a later run; or not, where that fails."""
    with contextlib.suppress(OSError, RuntimeError):
        folder = _own_folder(root)
        if folder is None:
            return
        packed = pack(value)
        content = fingerprint() + hashlib.sha256(packed).digest() + packed
        handle, path = mkstemp(".new", dir=folder)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
            Path(path).replace(folder / f"{name}.note")
        except OSError:
            Path(path).unlink()


def has_note(root: Path, name: str) -> bool:
    """Whether this version of the program kept something under *name*, whole or not."""
    with contextlib.suppress(OSError, RuntimeError):
        folder = _own_folder(root)
        if folder is not None:
            with (folder / f"{name}.note").open("rb") as file:
                return file.read(32) == fingerprint()
    return False


def recall_note(root: Path, name: str) -> Any:
    """What this version of the program kept under *name*; None where that is nothing whole."""
    try:
        folder = _own_folder(root)
        if folder is None:
            return None
        content = (folder / f"{name}.note").read_bytes()
        program, digest, packed = content[:32], content[32:64], content[64:]
        if program != fingerprint() or hashlib.sha256(packed).digest() != digest:
            return None
        return unpack(packed)
    except (OSError, RuntimeError, NotReadableError):
        return None


def cache_folder(root: Path) -> Path | None:
    """Where what is known of the archive at *root* is kept; None where it would lie in the archive."""
    given = os.environ.get(FOLDER_VARIABLE)
    base = Path(given) if given else _user_folder() / "sourcebook"
    name = hashlib.sha256(os.fsencode(root.resolve())).hexdigest()[:32]
    folder = base.resolve() / name
    return None if folder.is_relative_to(root.resolve()) else folder


def _user_folder() -> Path:
    """The folder of this user for what programs can make again, where the system wants it."""
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    given = Path(os.environ.get("XDG_CACHE_HOME", ""))
    return given if given.is_absolute() else Path.home() / ".cache"


def _is_own(folder: Path) -> bool:
    """Whether *folder*, which is made if it is not there, is ours alone to write to."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        return False
    return sys.platform == "win32" or (found.st_uid == os.geteuid() and not found.st_mode & 0o077)


class DiskMemory:
    """A ``Recall`` of what earlier runs found. Only results whose key is bytes are kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._parts = sorted(folder.glob("*.part"))
        self._entries: dict[Entry, Any] = {}
        self._size = 0
        """Entries in all parts, those out of date too."""
        self._used: dict[Entry, Any] = {}
        self._new: _Part | None = None
        with nothing_to_collect():
            for part in self._parts:
                entries = _read_part(part)
                self._entries.update(entries)
                self._size += len(entries)

    def __call__(self, name: Name, key: object, make: Callable[[], T]) -> T:
        """See ``Recall``."""
        if not isinstance(key, bytes):
            return make()
        entry = (name, key)
        result: Any = self._entries.get(entry, self)  # itself is nothing that was ever kept
        if result is self:
            result = self._entries[entry] = make()
            self._keep(entry)
        self._used[entry] = result
        return cast("T", result)

    def _keep(self, entry: Entry) -> None:
        if self._new is None:
            self._new = _begin_part(self._folder)
        self._new.add(entry, self._entries[entry])

    def save(self) -> None:
        """Keep what this run found for the next; where that is not possible, nothing changes."""
        new, stale = self._new, self._size - len(self._used)
        is_whole = len(self._parts) >= _MOST_PARTS or stale > len(self._used)
        if new is None and not is_whole:
            return
        try:
            if is_whole:
                new = new or _begin_part(self._folder)
                for entry, result in self._used.items():
                    if entry not in new.entries:
                        new.add(entry, result)
            if new is not None:
                new.finish(self._folder / f"{self._next_number():08}-{secrets.token_hex(4)}.part")
        except OSError:
            self.abandon()
        except NotReadableError:
            self.clear()
        else:
            if is_whole and new is not None and new.file is not None:
                self.clear()

    def _next_number(self) -> int:
        return int(self._parts[-1].name.split("-")[0]) + 1 if self._parts else 1

    def clear(self) -> None:
        """Take away what earlier runs have left."""
        self.abandon()
        for part in self._parts:
            with contextlib.suppress(OSError):
                part.unlink()

    def abandon(self) -> None:
        """Keep nothing of this run."""
        if self._new is not None:
            self._new.abandon()
            self._new = None


@dataclass(slots=True)
class _Part:
    """A part that is being written."""

    file: BinaryIO | None
    """None once it could not be written: a full disk is no reason to stop."""
    path: Path
    at: int = 0
    entries: dict[Entry, Any] = field(default_factory=dict)
    places: dict[int, tuple[int, int, int]] = field(default_factory=dict)
    """Offset, length and checksum of what is held, by its identity."""

    def add(self, entry: Entry, result: Any) -> None:
        """Write what is held in a result; the rest of it waits for the others."""
        if self.file is None:
            return
        try:
            for held in _held_in(result):
                packed = held.packed()
                self.places[id(held)] = (self.at, len(packed), crc32(packed))
                self._write(packed)
        except OSError:
            self.abandon()
        self.entries[entry] = result

    def finish(self, path: Path) -> None:
        """Give the part its name, now that it is whole."""
        if self.file is None:
            return
        rest = pack(self.entries, lambda held: self.places[id(held)])
        start = self.at
        self._write(rest)
        self._write(_END.pack(start, hashlib.sha256(rest).digest()))
        self.file.close()
        self.path.replace(path)

    def abandon(self) -> None:
        """Leave nothing behind."""
        if self.file is not None:
            with contextlib.suppress(OSError):
                self.file.close()
            with contextlib.suppress(OSError):
                self.path.unlink()
        self.file = None

    def _write(self, packed: bytes | memoryview) -> None:
        if self.file is not None:
            self.file.write(packed)
            self.at += len(packed)


def _held_in(value: Any) -> Iterator[Held[Any]]:
    return (each for each in value if isinstance(each, Held))


def _begin_part(folder: Path) -> _Part:
    try:
        handle, name = mkstemp(".new", dir=folder)
    except OSError:
        return _Part(None, folder)
    part = _Part(os.fdopen(handle, "wb"), Path(name))
    try:
        part._write(fingerprint())
    except OSError:
        part.abandon()
    return part


def _read_part(path: Path) -> dict[Entry, Any]:
    """What a part holds; nothing where it is not one of ours, whole and of this version."""
    try:
        # The file stays open for what is held, be it replaced meanwhile.
        handle = os.open(
            path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
        )
    except OSError:
        return {}
    file = os.fdopen(handle, "rb", buffering=0)
    try:
        found = os.fstat(handle)
        size = found.st_size
        if sys.platform != "win32" and found.st_uid != os.geteuid():
            return {}
        if _read_at(file, 0, 32) != fingerprint() or size < 32 + _END.size:
            return {}
        start, digest = _END.unpack(_read_at(file, size - _END.size, _END.size))
        rest = _read_at(file, start, size - _END.size - start)
        if hashlib.sha256(rest).digest() != digest:
            return {}
        entries: dict[Entry, Any] = unpack(
            rest, lambda place: Held(None, partial(_held_at, file, place))
        )
    except (OSError, ValueError, OverflowError, MemoryError, NotReadableError):
        return {}
    return entries


def _read_at(file: BinaryIO, start: int, length: int) -> bytes:
    file.seek(start)
    return file.read(length)


def _held_at(file: BinaryIO, place: tuple[int, int, int]) -> bytes:
    start, length, checksum = place
    try:
        packed = _read_at(file, start, length)
    except OSError as error:
        raise NotReadableError(str(error)) from error
    if crc32(packed) != checksum:
        raise NotReadableError("what was kept is spoiled")
    return packed
