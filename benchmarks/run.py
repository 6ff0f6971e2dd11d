"""Builds one archive with Sourcebook and with other generators, and prints how they compare.

    python benchmarks/run.py CORPUS WORK [--runs 3] [--hugo FILE] [--node-modules DIR]

CORPUS is the neutral corpus (see README.md); WORK is a folder that may be removed afterwards. Each
measure is a whole process from its start to its end, into an empty output folder; the measures take
turns, so that a slow minute of the machine is shared by all. A generator that is not installed is
left out, and said so. Wall time is the median; memory the largest sum of the proportional set sizes
of a process and its children (Linux; elsewhere the largest single process). Nothing here fails for
being slow.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from convert import convert_corpus

HERE = Path(__file__).resolve().parent
SOURCEBOOK = (sys.executable, "-m", "sourcebook")
QUIET = 0.15
"""Cores that other processes may keep busy while a run counts as undisturbed."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A command to be timed."""

    name: str
    command: tuple[str, ...]
    output: Path | None = None
    """Removed before each run; its size is shown."""
    environment: Mapping[str, str] = field(default_factory=dict)


class Run(NamedTuple):
    """What one run cost."""

    wall: float
    cpu: float
    memory: int
    """Bytes."""
    others: float
    """Cores that were busy with something else."""
    size: int
    """Bytes of the output."""
    files: int


def main() -> int:
    """Measure what the command line asks for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--patience", type=int, default=60, help="seconds to wait for quiet")
    parser.add_argument("--hugo", default=shutil.which("hugo"), help="Hugo's program")
    parser.add_argument("--node-modules", type=Path, help="the folder with @11ty/eleventy")
    args = parser.parse_args()
    corpus, work = args.corpus.resolve(), args.work.resolve()
    measures = [*_own_measures(corpus, work)]
    if args.hugo:
        program = str(Path(args.hugo).resolve())
        measures += _peer_measures("hugo", corpus, work, {"HUGO": program})
        measures.append(_pagefind_measure(work / "hugo-site"))
    else:
        print("Hugo is not installed: left out", file=sys.stderr)
    if args.node_modules:
        modules = {"NODE_MODULES": str(args.node_modules.resolve())}
        measures += _peer_measures("eleventy", corpus, work, modules)
    else:
        print("no --node-modules with Eleventy: left out", file=sys.stderr)
    runs: dict[str, list[Run]] = {measure.name: [] for measure in measures}
    for number in range(args.runs):
        for measure in measures:
            run = time_run(measure, args.patience)
            runs[measure.name].append(run)
            print(f"{number + 1}/{args.runs} {measure.name}: {run.wall:.2f} s", file=sys.stderr)
    print(format_table(measures, runs))
    return 0


def _own_measures(corpus: Path, work: Path) -> list[Measure]:
    archive, site = work / "archive", work / "sourcebook-site"
    if not archive.exists():
        convert_corpus(corpus, archive, os.cpu_count() or 1)
    command = (*SOURCEBOOK, "-C", str(archive))
    build = (*command, "build", "-q", "-o", str(site))
    return [
        Measure("sourcebook check", (*command, "check", "-q")),
        Measure("sourcebook build --no-search", (*build, "--no-search"), site),
        Measure("sourcebook build", build, site),
    ]


def _peer_measures(
    name: str, corpus: Path, work: Path, environment: Mapping[str, str]
) -> list[Measure]:
    script, site = HERE / "peers" / name / "build.sh", work / f"{name}-site"
    command = ("bash", str(script), str(corpus), str(site))
    environment = {**environment, "WORK": str(work / name)}
    subprocess.run(command, check=True, env={**os.environ, **environment, "PREPARE_ONLY": "1"})
    return [Measure(name, command, site, environment)]


def _pagefind_measure(site: Path) -> Measure:
    command = (sys.executable, "-m", "pagefind_bin", "--site", str(site))
    return Measure("pagefind over hugo's site", command, site / "pagefind")


def time_run(measure: Measure, patience: int) -> Run:
    """Run it once, from an empty output folder, when the machine is quiet or patience ends."""
    if measure.output is not None:
        shutil.rmtree(measure.output, ignore_errors=True)
    _wait_for_quiet(patience)
    busy, used = _busy_seconds(), _child_seconds()
    begin = time.perf_counter()
    process = subprocess.Popen(
        measure.command,
        env={**os.environ, **measure.environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    watch = _MemoryWatch(process.pid)
    watch.start()
    code = process.wait()
    wall = time.perf_counter() - begin
    watch.stop()
    if code != 0:
        raise SystemExit(f"{' '.join(measure.command)} ended with {code}")
    cpu = _child_seconds() - used
    others = max(0.0, (_busy_seconds() - busy - cpu) / wall)
    written = [file for file in _files_of(measure.output) if file.is_file()]
    size = sum(file.stat().st_size for file in written)
    return Run(wall, cpu, watch.largest, others, size, len(written))


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


def _wait_for_quiet(patience: int) -> None:
    os.sync()
    for _ in range(patience):
        before = _busy_seconds()
        time.sleep(1)
        if _busy_seconds() - before < QUIET:
            return


class _MemoryWatch(threading.Thread):
    """Looks at a process and its children ten times a second."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.largest = 0
        self._pid = pid
        self._ended = threading.Event()

    def run(self) -> None:
        """Until it is stopped."""
        while not self._ended.wait(0.1):
            self.largest = max(self.largest, _memory_of(self._pid))

    def stop(self) -> None:
        """End the watch; where nothing was seen, the largest child so far is what is known."""
        self._ended.set()
        self.join()
        if self.largest == 0:
            self.largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024


def _memory_of(pid: int) -> int:
    """Proportional set size of a process and all its children, in bytes."""
    total = 0
    waiting = [str(pid)]
    while waiting:
        process = Path("/proc") / waiting.pop()
        try:
            rollup = (process / "smaps_rollup").read_text(encoding="ascii")
            children = process / "task" / process.name / "children"
            waiting += children.read_text(encoding="ascii").split()
        except OSError:
            continue
        line = next((line for line in rollup.split("\n") if line.startswith("Pss:")), "Pss: 0")
        total += int(line.split()[1]) * 1024
    return total


def format_table(measures: Sequence[Measure], runs: Mapping[str, Sequence[Run]]) -> str:
    """The medians as a Markdown table, with the ratio to Hugo where it was measured."""
    walls = {name: statistics.median(run.wall for run in found) for name, found in runs.items()}
    hugo = walls.get("hugo")
    lines = [
        "| what | wall s | range | CPU s | memory MB | output MB | files | / hugo |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for measure in measures:
        found = runs[measure.name]
        disturbed = any(run.others > QUIET for run in found)
        lines.append(
            f"| {measure.name}{' (disturbed)' if disturbed else ''}"
            f" | {walls[measure.name]:.2f}"
            f" | {min(run.wall for run in found):.2f} to {max(run.wall for run in found):.2f}"
            f" | {statistics.median(run.cpu for run in found):.1f}"
            f" | {max(run.memory for run in found) / 1e6:.0f}"
            f" | {found[-1].size / 1e6:.1f} | {found[-1].files}"
            f" | {f'{walls[measure.name] / hugo:.2f}' if hugo else ''} |"
        )
    return "\n".join(lines)


def _files_of(output: Path | None) -> list[Path]:
    return list(output.rglob("*")) if output is not None else []


if __name__ == "__main__":
    sys.exit(main())
