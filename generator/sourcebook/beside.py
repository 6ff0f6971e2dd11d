"""Where a site and its unfinished trees stand on the disk, and files that wait there to be moved in.

What each tree is for says ``output``, which alone writes and swaps them.
"""

from __future__ import annotations

import errno
import glob
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

from .diagnostics import EnvironmentProblem, UsageError


@dataclass(frozen=True, slots=True)
class SitePlace:
    """Where the site and the trees of an unfinished swap stand: all on one file system."""

    target: Path
    new: Path
    """Where files are written until all are there."""
    old: Path
    """The site before, while it is swapped out."""
    gone: Path
    """The same while it is removed: half of it may be there, and it is never brought back."""
    ready: Path
    """A few new files, all there, that take their places in the site one by one."""

    def beside(self) -> Iterator[Path]:
        """Each ``FolderBeside``."""
        return self.new.parent.glob(f"{glob.escape(self.new.name)}.*")


def find_place(target: Path) -> SitePlace:
    """Where the site *target* and all beside it stand; ``UsageError`` where it could not be swapped."""
    try:
        real = target.resolve()
    except (OSError, RuntimeError) as error:
        raise UsageError(
            f"`{target}` is a symbolic link to itself", help="choose another folder with -o"
        ) from error
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
        new=real.with_name(f".{real.name}.sourcebook-new"),
        old=real.with_name(f".{real.name}.sourcebook-old"),
        gone=real.with_name(f".{real.name}.sourcebook-gone"),
        ready=real.with_name(f".{real.name}.sourcebook-ready"),
    )


@dataclass(frozen=True, slots=True)
class FileBeside:
    """A file of the site that stands on the disk already, in a ``FolderBeside``."""

    path: str
    made: Path
    size: int


class FolderBeside:
    """A folder on the disk of a site, where any process may put files that will belong to it.

    So they need not be handed to the process that writes the site. Nobody else uses the folder, be
    it that a process is still at work for a run that was broken off; that run, or the next, takes
    it away. So it is entered by who gives ``write_site`` its files, once that asks for the first.
    """

    def __init__(self, target: Path) -> None:
        self._place = find_place(target)
        self._folder: Path | None = None
        self._numbers = count()

    def __enter__(self) -> FolderBeside:
        new = self._place.new
        with disk_problems(self._place):
            new.parent.mkdir(parents=True, exist_ok=True)
            self._folder = Path(mkdtemp(prefix=f"{new.name}.", dir=new.parent))
        return self

    def __exit__(self, *_: object) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def put(self, path: str, content: bytes) -> FileBeside:
        """Write what the site is to hold at *path*."""
        if self._folder is None:
            raise AssertionError("not entered")
        # A folder for each process: they would wait for each other.
        own = self._folder / str(os.getpid())
        made = own / str(next(self._numbers))
        with disk_problems(self._place, path):
            own.mkdir(exist_ok=True)
            with made.open("xb") as file:
                file.write(content)
        return FileBeside(path, made, len(content))


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
