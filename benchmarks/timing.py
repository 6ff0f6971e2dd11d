"""One process, from its start to its end: seconds, memory, and what else the machine did meanwhile."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

QUIET = 0.15
"""Cores that other processes may keep busy while a run counts as undisturbed."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one run cost."""

    wall: float
    cpu: float
    memory: int
    """Bytes: the largest sum of the proportional set sizes of the process and its children."""
    others: float
    """Cores that were busy with something else."""


def time_run(
    command: Sequence[str], environment: Mapping[str, str] | None = None, patience: int = 0
) -> Run:
    """Run *command* when the machine is quiet or *patience* (seconds) ends; it must succeed."""
    wait_for_quiet(patience)
    busy, used = _busy_seconds(), _child_seconds()
    begin = time.perf_counter()
    process = subprocess.Popen(
        command,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    watch = _MemoryWatch(process.pid)
    watch.start()
    _, errors = process.communicate()
    wall = time.perf_counter() - begin
    largest = watch.stop()
    if process.returncode != 0:
        sys.stderr.write(errors.decode(errors="replace")[-2000:])
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    cpu = _child_seconds() - used
    return Run(wall, cpu, largest, max(0.0, (_busy_seconds() - busy - cpu) / wall))


class Disturbance:
    """What the machine does beside this process and that of *pid*, from now on."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._begin = self._now()

    def others(self) -> float:
        """Cores that were busy with something else."""
        seconds, busy = (now - then for now, then in zip(self._now(), self._begin, strict=True))
        return max(0.0, busy / seconds)

    def _now(self) -> tuple[float, float]:
        ours = _ticks_of(self._pid) / os.sysconf("SC_CLK_TCK") + time.process_time()
        return time.monotonic(), _busy_seconds() - ours


def wait_for_quiet(patience: int) -> None:
    """Until the machine has done nothing for a second; for *patience* seconds at most."""
    os.sync()
    for _ in range(patience):
        before = _busy_seconds()
        time.sleep(1)
        if _busy_seconds() - before < QUIET:
            return


def wait_until_idle(pid: int, patience: float = 30) -> None:
    """Until the process and its children have done nothing for half a second."""
    end = time.monotonic() + patience
    while time.monotonic() < end:
        before = _ticks_of(pid)
        time.sleep(0.5)
        if _ticks_of(pid) - before <= 2:
            return


def memory_of(pid: int) -> int:
    """Proportional set size of a process and all its children, in bytes."""
    total = 0
    for process in _tree_of(pid):
        try:
            rollup = (process / "smaps_rollup").read_text(encoding="ascii")
        except OSError:
            continue
        line = next((line for line in rollup.split("\n") if line.startswith("Pss:")), "Pss: 0")
        total += int(line.split()[1]) * 1024
    return total


def _ticks_of(pid: int) -> int:
    """Processor time of a process and its children so far, in ticks of the system's clock."""
    total = 0
    for process in _tree_of(pid):
        try:
            fields = (process / "stat").read_text(encoding="ascii").rpartition(")")[2].split()
        except OSError:
            continue
        total += sum(int(ticks) for ticks in fields[11:15])
    return total


def _tree_of(pid: int) -> list[Path]:
    found = []
    waiting = [str(pid)]
    while waiting:
        process = Path("/proc") / waiting.pop()
        found.append(process)
        try:
            children = process / "task" / process.name / "children"
            waiting += children.read_text(encoding="ascii").split()
        except OSError:
            continue
    return found


def _child_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _busy_seconds() -> float:
    """Seconds that all cores together have worked since the machine started."""
    try:
        first = Path("/proc/stat").read_text(encoding="ascii").split("\n", 1)[0]
    except OSError:
        return 0.0
    numbers = [int(number) for number in first.split()[1:9]]
    idle = numbers[3] + numbers[4]
    return (sum(numbers) - idle) / float(os.sysconf("SC_CLK_TCK"))


class _MemoryWatch(threading.Thread):
    """Looks at a process and its children ten times a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._largest = 0
        self._pid = pid
        self._ended = threading.Event()

    def run(self) -> None:
        """Until it is stopped."""
        while not self._ended.wait(0.1):
            self._largest = max(self._largest, memory_of(self._pid))

    def stop(self) -> int:
        """End the watch; where nothing was seen (no ``/proc``), the largest child so far is it."""
        self._ended.set()
        self.join()
        return self._largest or resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
