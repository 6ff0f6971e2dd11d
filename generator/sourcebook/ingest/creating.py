"""Writes the files of a draft: all or none, each whole, and none in the place of another."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path


def create_all(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write new files, all or none, each whole; one that is there already is never touched.

    A capture without its document would look like an oversight.
    """
    created: list[Path] = []
    try:
        for path, data in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            beside = path.with_name(".sourcebook-new")
            # A run that was killed may have left one, and it may be the same file as a draft.
            beside.unlink(missing_ok=True)
            try:
                beside.write_bytes(data)
                _give_name(beside, path)
                created.append(path)
            finally:
                beside.unlink(missing_ok=True)
    except BaseException:
        for path in created:
            path.unlink(missing_ok=True)
        raise


def _give_name(beside: Path, path: Path) -> None:
    """The finished file *beside* becomes *path*, in one step; never in the place of another."""
    try:
        os.link(beside, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links, such as that of a USB stick.
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        beside.rename(path)
