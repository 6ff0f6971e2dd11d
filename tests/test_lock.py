"""One run at a time writes to an archive, and a killed one locks nobody out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sourcebook.diagnostics import ArchiveLocked, EnvironmentProblem
from sourcebook.lock import hold_archive, hold_preview

HOLDER = """
import sys
from pathlib import Path
from sourcebook.lock import hold_archive

with hold_archive(Path(sys.argv[1]), "sourcebook build"):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_run(root: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds the archive until it is killed or its input ends."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, root],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdout.readline() == "held\n"
        yield process


def test_second_run_is_told_who_holds_the_archive(tmp_path: Path) -> None:
    """While one run writes, another ends with 4 and the first one's name and process."""
    with another_run(tmp_path) as other:
        with pytest.raises(ArchiveLocked) as locked, hold_archive(tmp_path):
            pass
        assert locked.value.exit_code == 4
        assert locked.value.message == (
            f"`sourcebook build` (process {other.pid}) is writing to this archive"
        )


def test_archive_is_free_again_afterwards(tmp_path: Path) -> None:
    """The lock ends with the block, also when an error ends it."""
    for _ in range(2):
        with pytest.raises(RuntimeError), hold_archive(tmp_path):
            raise RuntimeError
    with hold_archive(tmp_path):
        pass


def test_killed_run_leaves_no_lock(tmp_path: Path) -> None:
    """A run that was killed while it held the archive does not lock it for the next one."""
    with another_run(tmp_path) as other:
        other.kill()
        other.wait()

    with hold_archive(tmp_path):
        pass


def test_patient_run_waits_its_turn(tmp_path: Path) -> None:
    """With a time to wait, a run starts when the other has ended."""
    with another_run(tmp_path) as other:
        assert other.stdin is not None
        other.stdin.close()
        with hold_archive(tmp_path, wait=30):
            pass


def test_holds_in_one_process_exclude_each_other(tmp_path: Path) -> None:
    """A second hold within the same process is refused as well, and ends nothing."""
    with hold_archive(tmp_path, "sourcebook serve"):
        for _ in range(2):
            with pytest.raises(ArchiveLocked, match=f"process {os.getpid()}"):
                hold_archive(tmp_path).__enter__()


def test_two_archives_do_not_disturb_each_other(tmp_path: Path) -> None:
    """Each archive has its own lock."""
    with hold_archive(tmp_path / "one"), hold_archive(tmp_path / "two"):
        pass


def test_archive_that_cannot_be_locked_is_a_problem_of_the_environment(tmp_path: Path) -> None:
    """Where the lock's folder cannot be made, the message says so."""
    (tmp_path / ".sourcebook").write_text("a file in the way")

    with (
        pytest.raises(EnvironmentProblem, match="cannot lock the archive"),
        hold_archive(tmp_path),
    ):
        pass


def test_a_second_preview_is_told_who_shows_the_archive(tmp_path: Path) -> None:
    """Both would write to one folder. A run that only writes for a moment is no preview."""
    with hold_archive(tmp_path), hold_preview(tmp_path):
        with pytest.raises(ArchiveLocked) as locked, hold_preview(tmp_path):
            pass
        assert locked.value.exit_code == 4
        assert locked.value.message == (
            f"`sourcebook serve` (process {os.getpid()}) shows this archive already"
        )
    with hold_preview(tmp_path):
        pass
