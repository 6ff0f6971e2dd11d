"""What was measured, kept in a file, so that single measures can be repeated."""

from __future__ import annotations

import json
import statistics
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from timing import QUIET, Run


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of one generator."""

    measure: str
    """The name of a row of ``report.ROWS``."""
    who: str
    size: int
    """Documents."""
    value: float
    """Seconds, or bytes."""
    disturbed: bool
    """Whether the machine did something else meanwhile."""
    remark: str = ""


def figures_of_runs(
    measure: str, who: str, size: int, runs: Sequence[Run], remark: str = ""
) -> list[Figure]:
    """The median of the seconds, and the most memory; of undisturbed runs where there are some."""
    quiet = [run for run in runs if run.others <= QUIET]
    used = quiet or runs
    seconds = statistics.median(run.wall for run in used)
    memory = max(run.memory for run in used)
    return [
        Figure(measure, who, size, seconds, not quiet, remark),
        Figure(f"{measure} cpu", who, size, statistics.median(run.cpu for run in used), not quiet),
        Figure(f"{measure} memory", who, size, memory, not quiet),
    ]


@dataclass(frozen=True, slots=True)
class Results:
    """The figures of all runs, the newest of each kind."""

    file: Path

    def read(self) -> list[Figure]:
        """All figures so far."""
        if not self.file.exists():
            return []
        return [Figure(**row) for row in json.loads(self.file.read_text(encoding="utf-8"))]

    def add(self, figures: Iterable[Figure]) -> None:
        """Put *figures* in the place of older ones of their kind."""
        kept = {(f.measure, f.who, f.size): f for f in (*self.read(), *figures)}
        rows = [asdict(figure) for figure in kept.values()]
        self.file.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")

    def find(self, measure: str, who: str, size: int) -> Figure | None:
        """The figure of that kind, if it was measured."""
        wanted = (measure, who, size)
        return next((f for f in self.read() if (f.measure, f.who, f.size) == wanted), None)

    def keep_profile(self, size: int, told: Mapping[str, str]) -> None:
        """Keep what ``build --profile`` has *told* of builds, by which builds they were."""
        blocks = (
            f"A build of {size:,} documents {when}:\n\n```text\n{text}```\n"
            for when, text in told.items()
        )
        self._profile_of(size).write_text("\n".join(blocks), encoding="utf-8")

    def profile(self, size: int) -> str:
        """The same as Markdown; empty where it was not measured."""
        file = self._profile_of(size)
        return file.read_text(encoding="utf-8") if file.exists() else ""

    def _profile_of(self, size: int) -> Path:
        return self.file.with_name(f"profile-{size}.md")
