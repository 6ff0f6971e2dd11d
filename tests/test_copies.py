"""Work shared out over processes: who does it makes no difference to what comes of it."""

from __future__ import annotations

import os
import sys
import time

import pytest

from sourcebook.copies import share_out


def square(number: int) -> tuple[int, int]:
    """The square of *number*, and which process found it; late numbers are found first."""
    time.sleep(0.05 if number == 0 else 0.001)
    return number * number, os.getpid()


def test_results_come_in_order_whoever_made_them() -> None:
    """Also where the first of all takes longest, and all others are done before it."""
    made = list(share_out(square, range(60), 3, batch=2, worth=2))
    assert [result for result, _ in made] == [number * number for number in range(60)]


@pytest.mark.skipif(sys.platform != "linux", reason="no copies are made elsewhere")
def test_work_that_is_shared_out_is_done_by_copies() -> None:
    """By no more than were asked for; this process has the results to take."""
    pids = {pid for _, pid in share_out(square, range(60), 2, batch=2, worth=2)}
    assert os.getpid() not in pids
    assert len(pids) <= 2


def test_what_goes_wrong_is_raised_when_its_turn_comes() -> None:
    """All that comes before it is there, and of two problems the first is the one to be told of."""

    def refuse(number: int) -> int:
        if number in (7, 30):
            raise ValueError(number)
        return number

    made = share_out(refuse, range(40), 2, batch=1, worth=2)
    assert [next(made) for _ in range(7)] == list(range(7))
    with pytest.raises(ValueError, match=r"^7$"):
        next(made)
