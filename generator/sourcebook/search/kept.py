"""Shards of earlier runs on the disk, for the next: a file each, and the latest only.

Like all that is kept, it may be torn, old or wrong, and is then made again. A shard is plain bytes
by path, some megabytes of them, so it does not stand among what the check remembers: a run that
needs no index does not read it. And of those that have it, none holds its bytes: each file is read
when it is written, as the index of ten thousand articles is a third of a gigabyte.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, TypeVar, cast

from ..cache import Recall, forget
from ..disk import folder_for

T = TypeVar("T")


def keep_shards(root: Path, name: str, otherwise: Recall = forget) -> Recall:
    """A ``Recall`` for the files of shards of the archive at *root*.

    *name* tells apart indexes of one archive that differ, such as that of a preview with its
    drafts. Where there is no place for it, or the archive is not worth it, *otherwise*.
    """
    folder = folder_for(root, name)
    return otherwise if folder is None else _KeptShards(folder)


class _KeptShards:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self, name: tuple[str, str], key: object, make: Callable[[], T]) -> T:
        """See ``Recall``; what is made must be a mapping of bytes."""
        path, head = self._folder / f"{name[1]}.shard", hashlib.sha256(repr(key).encode()).digest()
        kept = _open(path, head)
        if kept is not None:
            return cast("T", kept)
        made = make()
        # A full disk is no reason to stop.
        with contextlib.suppress(OSError):
            _write(path, head, cast("Mapping[str, bytes]", made))
        return cast("T", _open(path, head) or made)


class _KeptFiles(Mapping[str, bytes]):
    """The files of a shard, each read when it is asked for.

    The shard stays open for them, be it replaced meanwhile.
    """

    def __init__(self, shard: BinaryIO) -> None:
        self._shard = shard
        self._places: dict[str, tuple[int, int]] = {}
        lengths = json.loads(shard.readline())
        at = shard.tell()
        for name, length in lengths:
            self._places[name] = at, length
            at += length

    def __getitem__(self, name: str) -> bytes:
        start, length = self._places[name]
        self._shard.seek(start)
        return self._shard.read(length)

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


def _open(path: Path, head: bytes) -> Mapping[str, bytes] | None:
    """What *path* keeps, if it is whole and was made for *head*."""
    try:
        shard = path.open("rb")
        if shard.read(32) == head:
            digest, start = shard.read(32), shard.tell()
            if hashlib.file_digest(shard, "sha256").digest() == digest:
                shard.seek(start)
                return _KeptFiles(shard)
        shard.close()
    except OSError:
        return None
    return None


def _write(path: Path, head: bytes, files: Mapping[str, bytes]) -> None:
    lengths = json.dumps([(name, len(content)) for name, content in files.items()]).encode()
    content = b"".join((lengths, b"\n", *files.values()))
    new = path.with_suffix(".new")
    new.write_bytes(head + hashlib.sha256(content).digest() + content)
    new.replace(path)
