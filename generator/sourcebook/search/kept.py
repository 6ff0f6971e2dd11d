"""Shards of earlier runs on the disk, for the next: a file each, and the latest only.

Like all that is kept, it may be torn, old or wrong, and is then made again. A shard is plain bytes
by path, some megabytes of them, so it does not stand among what the check remembers: a run that
needs no index does not read it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar, cast

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
        kept = _read(path, head)
        if kept is not None:
            return cast("T", kept)
        made = make()
        # A full disk is no reason to stop.
        with contextlib.suppress(OSError):
            _write(path, head, cast("Mapping[str, bytes]", made))
        return made


def _read(path: Path, head: bytes) -> Mapping[str, bytes] | None:
    """What *path* keeps, if it is whole and was made for *head*."""
    try:
        with path.open("rb") as file:
            if file.read(32) != head:
                return None
            digest, content = file.read(32), file.read()
    except OSError:
        return None
    if hashlib.sha256(content).digest() != digest:
        return None
    lengths, _, rest = content.partition(b"\n")
    files: dict[str, bytes] = {}
    at = 0
    for name, length in json.loads(lengths):
        files[name] = rest[at : at + length]
        at += length
    return files


def _write(path: Path, head: bytes, files: Mapping[str, bytes]) -> None:
    lengths = json.dumps([(name, len(content)) for name, content in files.items()]).encode()
    content = b"".join((lengths, b"\n", *files.values()))
    new = path.with_suffix(".new")
    new.write_bytes(head + hashlib.sha256(content).digest() + content)
    new.replace(path)
