"""``sourcebook serve``: the archive's build, given to the preview server, which knows nothing of it.

Pages come first: a save is in the browser before the search index follows in the background. The
index of the build before stands meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from .build import BuildOptions, Index, SitePlan, plan_site, write_plan
from .cache import Memory
from .checked import CheckedArchive
from .diagnostics import SourcebookError
from .output import OutputReport, repair_site
from .search import index_records
from .search.records import search_records
from .serve import BuildOutcome, Changes, outcome_of_diagnostics, serve
from .settings import FILE
from .theme import default_theme_folder

PREVIEW = Path(".sourcebook/serve")
"""Below the archive's root: the preview's drafts and errors never stand in ``site/``."""


def serve_archive(
    root: Path, *, host: str, port: int, open_browser: bool, say: Callable[[str], None]
) -> None:
    """Build the archive at *root* with its drafts, and again at every change, until Ctrl-C."""
    target = root / PREVIEW
    preview = _Preview(root, BuildOptions(output=target, has_url=False, drafts=True), say)
    repair_site(target)
    serve(
        preview.build,
        [root / FILE, root / "content", root / "themes", default_theme_folder()],
        target,
        (default_theme_folder() / "assets" / "live.js").read_bytes(),
        host=host,
        port=port,
        open_browser=open_browser,
        say=say,
    )


@dataclass(slots=True)
class _Preview:
    """The builds of one preview, with what they remember of each other."""

    root: Path
    options: BuildOptions
    say: Callable[[str], None]
    memory: Memory = field(default_factory=Memory)
    index: Index = field(default_factory=dict)
    writing: threading.Lock = field(default_factory=threading.Lock)
    latest: SitePlan | None = None
    """The plan whose index is wanted; an older one's is not worth finishing."""
    clearing: threading.Thread | None = None
    """Removes the tree of the build before, while the new pages are read."""

    def build(self, changes: Changes) -> BuildOutcome:
        """Pages at once; the index in a thread of its own."""
        del changes
        plan = plan_site(self.root, self.options, self.memory)
        if isinstance(plan, CheckedArchive):
            return outcome_of_diagnostics(plan.diagnostics)
        with self.writing:
            self.latest = plan
            report = self._write(plan)
        threading.Thread(target=self._add_index, args=(plan,), daemon=True).start()
        return BuildOutcome(ok=True, changed=bool(report.written or report.removed))

    def _write(self, plan: SitePlan) -> OutputReport:
        if self.clearing is not None:
            self.clearing.join()
        return write_plan(plan, self.index, self.options, self.memory, self._clear_later)

    def _clear_later(self, work: Callable[[], None]) -> None:
        self.clearing = threading.Thread(target=work, daemon=True)
        self.clearing.start()

    def _add_index(self, plan: SitePlan) -> None:
        try:
            records = tuple(search_records(plan.catalogue))
            index = self.memory(("index", "all"), records, lambda: index_records(records))
            with self.writing:
                if plan is self.latest and index is not self.index:
                    self.index = index
                    self._write(plan)
        except SourcebookError as error:
            self.say(f"the search index was not built: {error.message}")
