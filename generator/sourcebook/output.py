"""Writes the site whole or not at all.

What is on the disk at every moment, for a target ``site``:

1. ``site`` is the old site, and ``.site.sourcebook-new.…`` beside it fills up: changed files are
   written there, unchanged ones are hard links to the old site's (copies where links cannot be).
2. ``site`` is renamed to ``.site.sourcebook-old``: for an instant there is no ``site``.
3. ``.site.sourcebook-new.…`` is renamed to ``site``; what is kept of the old folder moves over.
4. ``.site.sourcebook-old`` is renamed to ``.site.sourcebook-gone``, and removed.

Where little has changed, new folders and links for all else would take longer than the change:

1. ``.site.sourcebook-new.…`` fills up with what changed, and a list of what goes.
2. It is renamed to ``.site.sourcebook-ready``: from here on the change is finished, come what may.
3. What goes is removed, and each new file takes the place of the old one.
4. ``.site.sourcebook-ready``, now empty, is removed.

Each run has a ``.site.sourcebook-new.…`` of its own, where the processes that make pages put them.

``repair_site`` reads off these names where an earlier run was stopped, and puts the last whole site
back, or finishes the change. A file that stands in either tree is never opened for writing, so a
link shared by both cannot change under the old one. Nothing is forced to the platter: a run that makes
a page compares every byte of it, so what a power cut tore is written again; one that recalls what was
made before (``previous``) knows it by its size and stamp, and ``--no-cache`` recalls nothing.
"""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .beside import PlacedFile, SitePlace, disk_problems, find_place, rename, write_new
from .diagnostics import EnvironmentProblem, UsageError
from .portable import PathTable

MARKER = ".sourcebook-site"
"""Stands in every folder that ``write_site`` wrote, which may therefore be replaced."""

_MARKER_TEXT = b"Written by Sourcebook, which replaces this whole folder at every build.\n"

_REMOVED = ".sourcebook-removed"
"""In a folder of new files: the old ones that go, one on each line."""

_KEPT = (".git", ".gitkeep")
"""Stay in the output folder whatever is swapped in: they make it part of a repository."""

_COUNTS_AS_EMPTY = {*_KEPT, ".DS_Store", "Thumbs.db", "desktop.ini"}


@dataclass(frozen=True, slots=True)
class OutputFile:
    """One file of the site."""

    path: str
    """From the site's root, with forward slashes: ``actors/sergey-lavrov/index.html``."""
    content: bytes


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file of which it is known that the site holds it as it would be made again."""

    path: str
    make: Callable[[], bytes]
    """For a site that lost it all the same."""


SiteFile = OutputFile | KeptFile | PlacedFile


@dataclass(frozen=True, slots=True)
class OutputReport:
    """What a run changed in the site, as sorted paths. Nothing written or removed: no swap."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


Stamps = Mapping[str, tuple[int, int, int, int]]
"""Of files of a site, by path: another one, or one that was written since, has another stamp."""


Later = Callable[[Callable[[], None]], None]
"""Takes work that need not be done before the site is shown."""


def at_once(work: Callable[[], None]) -> None:
    """Does *work* now: a command that ends leaves nothing undone."""
    work()


def write_site(
    files: Iterable[SiteFile], target: Path | SitePlace, later: Later = at_once
) -> OutputReport:
    """Make the folder *target* hold exactly *files*, in one step.

    *files* is read once and lazily, so that the pages of a large site need not be in memory
    together. Whatever it raises, and whatever goes wrong here, the old site stays as it was.

    Refused, as ``UsageError``: a *target* that is not empty and that no run of ours has written,
    that is a mount point, or that this process stands in; a path that leaves the site, that no
    Windows disk can hold, or that differs from another only in case or Unicode form. A symbolic
    link to a folder stays, and the folder behind it is swapped. A full disk or a missing
    permission is an ``EnvironmentProblem``.

    *later* is given the removal of the old tree, which takes longer than all else on some disks. It
    has to be over, or broken off, when the next run begins.
    """
    place = target if isinstance(target, SitePlace) else find_place(target)
    with disk_problems(place):
        _repair(place)
        _refuse_foreign_folder(place.target)
        sizes = _scan(place.target)
    try:
        written, unchanged = _write_changed(files, place, sizes)
        removed = sorted(sizes.keys() - set(written) - set(unchanged) - {MARKER, *_KEPT})
        if written or removed or MARKER not in sizes:
            with disk_problems(place):
                if MARKER in sizes and 2 * (len(written) + len(removed)) < len(unchanged):
                    _commit(place, removed)
                    _move_in(place)
                else:
                    write_new(place.new / MARKER, _MARKER_TEXT)
                    _link_unchanged(place, unchanged)
                    _swap(place, later)
        else:
            shutil.rmtree(place.new, ignore_errors=True)  # folders of files that the site held
    except BaseException:
        if isinstance(files, Generator):
            files.close()  # nobody is to write for it any more
        with suppress(OSError):
            _repair(place)
        raise
    return OutputReport(tuple(sorted(written)), tuple(sorted(unchanged)), tuple(removed))


def _write_changed(
    files: Iterable[SiteFile], place: SitePlace, sizes: Mapping[str, int]
) -> tuple[list[str], list[str]]:
    """Put into the new tree what the old site, with files of these *sizes*, does not hold.

    The paths of what is there now, and of what the old site holds.
    """
    known = PathTable({MARKER, _REMOVED, *_KEPT})
    written: list[str] = []
    unchanged: list[str] = []
    for file in files:
        known.add(file.path)
        with disk_problems(place, file.path):
            if _holds(place, sizes, file):
                unchanged.append(file.path)
                if isinstance(file, PlacedFile):
                    (place.new / file.path).unlink()
                continue
            written.append(file.path)
            if not isinstance(file, PlacedFile):
                content = file.make() if isinstance(file, KeptFile) else file.content
                write_new(place.new / file.path, content)
    return written, unchanged


def is_unfinished(target: Path) -> bool:
    """Whether a run is writing the site in *target*, or was killed while it did."""
    place = find_place(target)
    left = (place.ready, place.old, place.gone)
    return bool(place.unfinished()) or any(path.exists() for path in left)


def repair_site(target: Path) -> None:
    """Put the last whole site back at *target* if an earlier run was killed while swapping.

    ``write_site`` does so itself; a build calls this first, so that the site is there again even if
    the build finds problems and writes nothing. A run that still writes there would lose its files.
    """
    place = find_place(target)
    with disk_problems(place):
        _repair(place)


def stamp_files(target: Path) -> Stamps:
    """All files in *target*, in the order of their paths; none where no run wrote."""
    found = _walk(target) if (target / MARKER).is_file() else iter(())
    return {
        path: (
            stat.S_IFMT(status.st_mode),
            status.st_size,
            status.st_mtime_ns,
            # Nobody can set the time when the status of a file was last changed (but on Windows).
            status.st_ctime_ns,
        )
        for path, status in sorted(found, key=lambda file: file[0])
    }


def _walk(target: Path) -> Iterator[tuple[str, os.stat_result]]:
    """(path, status) of all but folders in *target*, links not followed; without what is kept."""
    folders = [""] if target.is_dir() else []
    base = str(target)
    while folders:
        inside = folders.pop()
        with os.scandir(f"{base}/{inside}") as entries:
            for entry in entries:
                path = inside + entry.name
                if path in _KEPT:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{path}/")
                else:
                    yield path, entry.stat(follow_symlinks=False)


def _refuse_foreign_folder(target: Path) -> None:
    if not target.exists():
        return
    if not target.is_dir():
        raise UsageError(f"`{target}` is a file", help="choose a folder with -o")
    names = {entry.name for entry in target.iterdir()}
    if MARKER not in names and not names <= _COUNTS_AS_EMPTY:
        first = min(names - _COUNTS_AS_EMPTY)
        raise UsageError(
            f"`{target}` holds files that Sourcebook did not write, such as `{first}`",
            help="everything in the output folder is replaced: choose an empty one with -o",
        )


def _scan(target: Path) -> dict[str, int]:
    """The size of each file in the old site; -1 for what is not a plain file, such as a link."""
    return {
        path: status.st_size if stat.S_ISREG(status.st_mode) else -1
        for path, status in _walk(target)
    }


def _holds(place: SitePlace, sizes: Mapping[str, int], file: SiteFile) -> bool:
    if isinstance(file, KeptFile):
        return sizes.get(file.path, -1) >= 0
    size = file.size if isinstance(file, PlacedFile) else len(file.content)
    if sizes.get(file.path) != size:
        return False
    if isinstance(file, PlacedFile):
        content = (place.new / file.path).read_bytes()
    else:
        content = file.content
    try:
        return (place.target / file.path).read_bytes() == content
    except OSError:
        return False  # whoever made it unreadable: it is written again


def _link_unchanged(place: SitePlace, unchanged: Sequence[str]) -> None:
    for folder in sorted({path.rpartition("/")[0] for path in unchanged}):
        (place.new / folder).mkdir(parents=True, exist_ok=True)
    can_link = True
    for path in unchanged:
        old, new = place.target / path, place.new / path
        if can_link:
            try:
                os.link(old, new)
                continue
            except OSError:  # this file system has no links, or allows none to these files
                can_link = False
        shutil.copy2(old, new)


def _commit(place: SitePlace, removed: Sequence[str]) -> None:
    """From here on a run that is killed is finished by the next one, and never taken back."""
    write_new(place.new / _REMOVED, "\n".join(removed).encode())
    rename(place.new, place.ready)


def _move_in(place: SitePlace) -> None:
    """Finish a change of few files; done again after an interruption, it comes to the same."""
    removed = place.ready / _REMOVED
    for path in removed.read_text("utf-8").splitlines() if removed.exists() else ():
        with suppress(FileNotFoundError):
            (place.target / path).unlink()
        _remove_empty_folders(place.target, path)
    for path in sorted(_scan(place.ready).keys() - {_REMOVED}):
        goal = place.target / path
        goal.parent.mkdir(parents=True, exist_ok=True)
        rename(place.ready / path, goal)
    shutil.rmtree(place.ready)


def _remove_empty_folders(root: Path, path: str) -> None:
    with suppress(OSError):  # until one is not empty
        for folder in (root / path).relative_to(root).parents:
            if folder != Path():
                (root / folder).rmdir()


def _swap(place: SitePlace, later: Later) -> None:
    if place.target.exists():
        shutil.copymode(place.target, place.new)
        rename(place.target, place.old)
    rename(place.new, place.target)
    with suppress(OSError):
        _move_kept(place)
        later(lambda: _clear_away(place))


def _clear_away(place: SitePlace) -> None:
    with suppress(OSError):  # the new site stands; the next run tries again
        _remove_old(place)


def _remove_old(place: SitePlace) -> None:
    rename(place.old, place.gone)
    shutil.rmtree(place.gone)


def _repair(place: SitePlace) -> None:
    """Bring back the state before a swap, or finish what was all but done."""
    if (place.target / MARKER).exists() and place.ready.exists():
        _move_in(place)
    elif place.ready.exists():  # the site for which it was meant is gone
        shutil.rmtree(place.ready)
    if place.gone.exists():
        shutil.rmtree(place.gone)
    if place.old.exists():
        if place.target.exists():
            _move_kept(place)
            _remove_old(place)
        else:
            rename(place.old, place.target)
    for folder in place.unfinished():
        shutil.rmtree(folder)


def _move_kept(place: SitePlace) -> None:
    for name in _KEPT:
        if os.path.lexists(place.old / name) and not os.path.lexists(place.target / name):
            rename(place.old / name, place.target / name)


def replace_file(path: Path, content: bytes) -> None:
    """Replace one file of a person's in one step; its permissions stay."""
    beside = path.with_name(f".{path.name}.sourcebook-new")
    try:
        beside.write_bytes(content)
        shutil.copymode(path, beside)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        raise EnvironmentProblem(
            f"`{path.name}` cannot be written: {error.strerror or error}",
            help="look at the disk's space and the file's permissions",
        ) from error
