"""Work shared out over processes: who does it makes no difference to what comes of it."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from sourcebook.copies import share_out
from sourcebook.diagnostics import EnvironmentProblem


def square(number: int) -> tuple[int, int]:
    """The square of *number*, and which process found it; late numbers are found first."""
    time.sleep(0.05 if number == 0 else 0.001)
    return number * number, os.getpid()


@pytest.mark.parametrize("joins_in", [False, True])
def test_results_come_in_order_whoever_made_them(joins_in: bool) -> None:
    """Also where the first of all takes longest, and all others are done before it."""
    made = list(share_out(square, range(60), 3, batch=2, worth=2, joins_in=joins_in))
    assert [result for result, _ in made] == [number * number for number in range(60)]


@pytest.mark.skipif(sys.platform != "linux", reason="no copies are made elsewhere")
def test_a_process_that_joins_in_is_one_of_those_that_work() -> None:
    """It waits for copies only where nothing is left to do; else it leaves all work to them."""
    joining = {pid for _, pid in share_out(square, range(60), 2, batch=2, worth=2, joins_in=True)}
    assert os.getpid() in joining
    assert len(joining) <= 2
    waiting = {pid for _, pid in share_out(square, range(60), 2, batch=2, worth=2)}
    assert os.getpid() not in waiting


@pytest.mark.parametrize("joins_in", [False, True])
def test_what_goes_wrong_is_raised_when_its_turn_comes(joins_in: bool) -> None:
    """All that comes before it is there, and of two problems the first is the one to be told of."""

    def refuse(number: int) -> int:
        if number in (7, 30):
            raise ValueError(number)
        return number

    made = share_out(refuse, range(40), 2, batch=1, worth=2, joins_in=joins_in)
    assert [next(made) for _ in range(7)] == list(range(7))
    with pytest.raises(ValueError, match=r"^7$"):
        next(made)


@pytest.mark.skipif(sys.platform != "linux", reason="no copies are made elsewhere")
def test_a_copy_that_the_system_ended_leaves_no_other_behind(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Also where work was taken from it before: the problem is told, and no process waits for work."""
    original, ended = os.getpid(), tmp_path / "ended"

    def end_one_copy(number: int) -> int:
        if os.getpid() == original:
            time.sleep(0.001)
            return number
        time.sleep(0.05)
        with suppress(FileExistsError):
            ended.touch(exist_ok=False)
            os._exit(9)
        return number

    with pytest.raises(EnvironmentProblem, match="ended by the system"):
        list(share_out(end_one_copy, range(200), 3, batch=1, worth=2, joins_in=True))
    left = multiprocessing.active_children()
    for copy in left:
        copy.kill()
    assert left == []
    assert capfd.readouterr().err == ""
