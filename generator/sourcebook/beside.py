"""Where a site and its unfinished trees stand on the disk, and how files come there.

What each tree is for says ``output``, which alone swaps them.
"""

from __future__ import annotations

import errno
import glob
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from secrets import token_hex

from .diagnostics import EnvironmentProblem, UsageError


@dataclass(frozen=True, slots=True)
class PlacedFile:
    """A file of the site that stands in its new tree already."""

    path: str
    size: int


@dataclass(frozen=True, slots=True)
class SitePlace:
    """Where the site and the trees of an unfinished swap stand: all on one file system."""

    target: Path
    new: Path
    """Where files are written until all are there; another one for each run."""
    old: Path
    """The site before, while it is swapped out."""
    gone: Path
    """The same while it is removed: half of it may be there, and it is never brought back."""
    ready: Path
    """A few new files, all there, that take their places in the site one by one."""

    def put(self, path: str, content: bytes) -> PlacedFile:
        """Write what the site is to hold at *path*; in any process, while the site is written."""
        with disk_problems(self, path):
            write_new(self.new / path, content)
        return PlacedFile(path, len(content))

    def unfinished(self) -> list[Path]:
        """What this run and others have written for sites that are not whole."""
        return list(self.new.parent.glob(f"{glob.escape(self.new.stem)}*"))


def find_place(target: Path) -> SitePlace:
    """Where the site *target* and all beside it stand; ``UsageError`` where it could not be swapped."""
    try:
        real = target.resolve()
        leads_nowhere = real.is_symlink()
    except (OSError, RuntimeError):  # before Python 3.13
        leads_nowhere = True
    if leads_nowhere:
        raise UsageError(
            f"`{target}` is a symbolic link to itself", help="choose another folder with -o"
        )
    if os.path.ismount(real):
        raise UsageError(
            f"`{target}` is a mount point, and the site is swapped in as a whole folder",
            help="choose a folder inside it, such as `-o " + str(target / "site") + "`",
        )
    with suppress(OSError):  # no current folder: it was removed, so it is not the target
        if Path.cwd().is_relative_to(real):
            raise UsageError(
                f"`{target}` is the folder this command is run in, and it is about to be replaced",
                help="choose another folder with -o, such as `-o site`, or run it from outside of this one",
            )
    return SitePlace(
        target=real,
        # Nobody writes into the tree of another run, be it one that was broken off and still goes on.
        new=real.with_name(f".{real.name}.sourcebook-new.{token_hex(4)}"),
        old=real.with_name(f".{real.name}.sourcebook-old"),
        gone=real.with_name(f".{real.name}.sourcebook-gone"),
        ready=real.with_name(f".{real.name}.sourcebook-ready"),
    )


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, in folders that may not be there either."""
    try:
        handle = path.open("xb")
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = path.open("xb")
    with handle:
        handle.write(content)


def rename(source: Path, goal: Path) -> None:
    """Move a file or folder to *goal*, in the place of a file that may be there."""
    # Windows moves nothing that is open, and virus scanners open what is new.
    for _ in range(20 if os.name == "nt" else 0):
        with suppress(PermissionError):
            source.replace(goal)
            return
        time.sleep(0.1)
    source.replace(goal)


@contextmanager
def disk_problems(place: SitePlace, path: str | None = None) -> Iterator[None]:
    """Errors of the disk, of a permission, or of a busy folder, in the words of an author."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            help = "free some space, then build again"
        elif error.errno in (errno.EBUSY, errno.EXDEV):
            help = "another program or a mount holds this folder: choose another one with -o"
        else:
            help = "check who may write there, or choose another folder with -o"
        shown = place.target / path if path else error.filename or place.target
        raise EnvironmentProblem(
            f"cannot write the site: `{shown}`: {error.strerror or error}",
            help=f"{help}; the site in `{place.target}` is as it was",
        ) from error
