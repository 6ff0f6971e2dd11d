"""Two runs on one archive at the same time: the second never touches what the first is writing."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import SmallArchive
from sourcebook.build import BuildOptions, build_site
from sourcebook.diagnostics import ArchiveLocked
from sourcebook.lock import hold_archive, hold_preview
from sourcebook.preview import serve_archive


def begin_writing(archive: SmallArchive, target: Path) -> Path:
    """A file that another run has written for the site in *target*, and not yet moved there."""
    unfinished = target.with_name(f".{target.name}.sourcebook-new") / "index.html"
    unfinished.parent.mkdir(parents=True)
    unfinished.write_text("half")
    return unfinished


def test_a_second_build_leaves_the_files_of_the_first(archive: SmallArchive) -> None:
    """It ends with the name of the first; pages written meanwhile would be missing in its site."""
    target = archive.root / "site"
    unfinished = begin_writing(archive, target)
    with hold_archive(archive.root, "sourcebook build"), pytest.raises(ArchiveLocked):
        build_site(archive.root, BuildOptions(target, search=False, is_remembering=True))
    assert unfinished.is_file()


def test_what_a_killed_run_left_is_cleared_away(archive: SmallArchive) -> None:
    """Nobody writes there any more."""
    target = archive.root / "site"
    unfinished = begin_writing(archive, target)
    build_site(archive.root, BuildOptions(target, search=False, is_remembering=True))
    assert not unfinished.exists()
    assert (target / "index.html").is_file()


def test_a_second_preview_leaves_the_pages_of_the_first(archive: SmallArchive) -> None:
    """It ends before it looks at the folder that both would write to."""
    unfinished = begin_writing(archive, archive.root / ".sourcebook" / "serve")
    with hold_preview(archive.root), pytest.raises(ArchiveLocked):
        serve_archive(archive.root, host="127.0.0.1", port=0, open_browser=False, jobs=1, say=print)
    assert unfinished.is_file()
