"""``--profile``: where the time of a run went."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator

import pytest

from conftest import SmallArchive
from sourcebook import profile
from sourcebook.cli import main
from sourcebook.copies import share_out
from sourcebook.profile import Spent, by_part, each, stage


def work(seconds: float) -> str:
    """Use the processor for *seconds*, and make as many bytes as hundredths of them."""
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return "x" * round(seconds * 100)


def counted() -> dict[str, Spent]:
    return dict(profile.take())


@pytest.fixture(autouse=True)
def _counting() -> Iterator[None]:
    profile.begin()
    yield
    profile.end()


def test_what_an_inner_stage_takes_is_not_the_outers() -> None:
    """So that no second is counted twice."""
    with stage("outer"):
        work(0.02)
        with stage("inner"):
            work(0.2)
    account = counted()
    assert account["inner"].cpu >= 0.2
    assert account["inner"].cpu > account["outer"].cpu


def test_what_another_thread_does_meanwhile_is_not_a_stage() -> None:
    """Stages of a thread beside would be taken for inner ones."""

    def beside() -> None:
        with stage("beside"):
            work(0.01)

    with stage("here"):
        thread = threading.Thread(target=beside)
        thread.start()
        thread.join()
    assert list(counted()) == ["here"]


def test_what_is_made_one_after_the_other_is_a_stage() -> None:
    """Its seconds are those of the making, not of what is done with it meanwhile."""
    for _ in each("make", map(work, [0.05, 0.05])):
        work(0.1)
    assert 0.1 <= counted()["make"].cpu < 0.2


@pytest.mark.skipif(sys.platform != "linux", reason="processes are copied on Linux")
@pytest.mark.parametrize("jobs", [1, 2])
def test_the_work_of_copies_is_counted_where_it_was_shared_out(jobs: int) -> None:
    """By parts, with what was made: the same whether one process did it or several."""
    todo = [0.01, 0.02, 0.03, 0.04] * 2
    done = by_part(work, lambda seconds: f"make/{seconds}", lambda made: [len(made)])
    list(each("make", share_out(done, todo, jobs, batch=1, worth=2)))
    account = counted()
    parts = {name: spent for name, spent in account.items() if "/" in name}
    assert {name: (spent.count, spent.size) for name, spent in parts.items()} == {
        "make/0.01": (2, 2),
        "make/0.02": (2, 4),
        "make/0.03": (2, 6),
        "make/0.04": (2, 8),
    }
    assert account["make"].cpu >= 0.2 <= sum(spent.cpu for spent in parts.values()) + 0.001


def test_a_build_tells_its_stages_with_pages_and_bytes(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """On stderr, after everything else, the costliest part of a stage first."""
    assert main(["-C", str(archive.root), "build", "--no-search", "--profile", "-q"]) == 0
    table = capsys.readouterr().err.splitlines()
    assert table[0].split() == ["wall", "s", "CPU", "s", "made", "MB"]
    names = [line.split("  ")[0] or line.strip().split("  ")[0] for line in table[1:]]
    assert {"read", "check", "link", "write", "render", "document", "all else"} <= set(names)
    assert names[-1] == "together"


def test_nothing_is_counted_where_nobody_asked(
    archive: SmallArchive, capsys: pytest.CaptureFixture[str]
) -> None:
    """An ordinary check says nothing of its stages."""
    assert main(["-C", str(archive.root), "check", "--profile"]) == 0
    assert "together" in capsys.readouterr().err
    assert main(["-C", str(archive.root), "check"]) == 0
    assert capsys.readouterr().err == ""
    assert counted() == {}
