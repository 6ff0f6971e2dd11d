"""``sourcebook ingest`` of many captures: shared out over processes, and the same as by one."""

from __future__ import annotations

import multiprocessing
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from conftest import SmallArchive
from sourcebook.cli import main
from sourcebook.copies import share_out
from sourcebook.diagnostics import EnvironmentProblem

needs_copies = pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux")


def fill(archive: SmallArchive, number: int) -> None:
    """Captures of three titles, one of them bad, two of them the same."""
    for n in range(number):
        archive.write(
            f"content/captures/{n:03}.txt",
            f"Report {n % 3}\n\nMinister Ann Smith said: “There were {n} of them.” It was over.\n",
        )
    archive.write("content/captures/007.txt", "\0")
    archive.write("content/captures/009.txt", archive.read("content/captures/008.txt"))


def ingest(root: Path, *arguments: str) -> int:
    return main(["-C", str(root), "ingest", *arguments])


def drafts(root: Path) -> dict[str, bytes]:
    folder = root / "content" / "documents"
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@needs_copies
def test_any_number_of_processes_makes_the_same_drafts(
    archive: SmallArchive, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Slugs, messages, their order and the exit code are those of one process."""
    fill(archive, 40)
    other = tmp_path / "other"
    shutil.copytree(archive.root, other)
    code = ingest(archive.root, "-v", "-j", "1")
    alone = capsys.readouterr()
    assert ingest(other, "-v", "-j", "3") == code == 1
    shared = capsys.readouterr()
    assert drafts(other) == drafts(archive.root)
    assert shared.out.replace(str(other), str(archive.root)) == alone.out
    assert shared.err == alone.err
    assert "report-0-2.md" in alone.out
    assert "009.txt is content/documents/report-2-3.md already" in alone.out
    assert alone.out.endswith("38 created, 1 unchanged, 1 failed\n")


def test_what_failed_is_named_below_what_was_done(archive: SmallArchive) -> None:
    """The problem of one file in many is not scrolled away by the lines of the others."""
    fill(archive, 12)
    result = subprocess.run(
        [sys.executable, "-m", "sourcebook", "-C", str(archive.root), "ingest"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    *_, problem, help_, closing = result.stdout.splitlines()
    assert problem.startswith("error: `007.txt` has a NUL character")
    assert help_.startswith("  help: ")
    assert closing == "10 created, 1 unchanged, 1 failed"


@needs_copies
def test_an_interrupted_run_leaves_whole_drafts_and_says_how_many(archive: SmallArchive) -> None:
    """After Ctrl-C every draft is whole, nothing else lies about, and a second run does the rest."""
    fill(archive, 700)
    documents = archive.root / "content" / "documents"
    before = len(list(documents.iterdir()))
    process = subprocess.Popen(
        [sys.executable, "-m", "sourcebook", "-C", str(archive.root), "ingest", "-j", "2"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    # Nobody reads what it says of all 700, more than a pipe holds: it cannot come to its end.
    while len(list(documents.iterdir())) == before:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    made = sorted(documents.iterdir())
    assert process.returncode == 130
    assert err.endswith("interrupted\n")
    told = re.match(r"(?:(\d+) created|none)", out.splitlines()[-1])
    assert told is not None
    # The draft that was written when the signal came may not be told yet.
    assert len(made) - before - int(told[1] or 0) in (0, 1)
    assert out.endswith("of 700; run it again for the rest\n")
    assert all(path.suffix == ".md" for path in made)
    main(["-C", str(archive.root), "ingest", "-q"])
    assert len(list(documents.iterdir())) == before + 698
    assert [m for m in archive.messages() if "capture-without-document" not in m] == []


def test_a_draft_is_never_written_over_a_file(archive: SmallArchive) -> None:
    """What a killed run left beside the drafts is cleared, and what it may be the same file as stays."""
    archive.write("content/captures/a.txt", "The bridge\n\nIt was opened on Monday.\n")
    ingest(archive.root)
    draft = archive.root / "content/documents/the-bridge.md"
    before = draft.read_bytes()
    os.link(draft, draft.with_name(".sourcebook-new"))
    archive.write("content/captures/b.txt", "The tunnel\n\nIt was opened on Tuesday.\n")
    assert ingest(archive.root) == 0
    assert draft.read_bytes() == before
    assert not draft.with_name(".sourcebook-new").exists()


@needs_copies
def test_copies_of_a_killed_process_end_too() -> None:
    """They would wait for ever, and hold the locks that the process held."""
    reader, writer = os.pipe()
    original = multiprocessing.get_context("fork").Process(target=_share_sleep, args=(writer,))
    original.start()
    os.close(writer)
    begun = os.read(reader, 1) + os.read(reader, 1)
    original.kill()
    original.join()
    # Every copy has the other end of the pipe: it is closed when all of them are gone.
    assert (begun, os.read(reader, 1)) == (b"..", b"")
    os.close(reader)


def _share_sleep(writer: int) -> None:
    list(share_out(partial(_tell_and_sleep, writer), range(4), jobs=2, batch=1, worth=2))


def _tell_and_sleep(writer: int, number: int) -> None:
    os.write(writer, b".")
    time.sleep(60 + number)


@needs_copies
def test_a_process_that_the_system_ends_is_a_problem_of_the_machine() -> None:
    """Where memory is short the system ends processes: that is no bug of the program."""
    with pytest.raises(EnvironmentProblem, match="ended by the system"):
        list(share_out(os._exit, [9] * 4, jobs=2, batch=1, worth=2))


@needs_copies
def test_a_pipeline_with_threads_is_kept_in_one_process(
    archive: SmallArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy would wait for ever for threads of torch that only the original has."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the process was copied")

    fill(archive, 30)
    monkeypatch.setattr("sourcebook.copies._share_out", refuse)
    with pytest.raises(AssertionError):
        list(share_out(len, ["a"] * 30, jobs=2, batch=1, worth=2))
    monkeypatch.setitem(sys.modules, "torch", sys)
    assert ingest(archive.root, "-q", "-j", "2") == 1
