"""``sourcebook serve``: the archive's build, given to the preview server, which knows nothing of it.

What was saved comes first: its page is in the browser before the pages that count or quote it, and
before the search index, which follows in the background. What was built before stands meanwhile.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from .build import BuildOptions, Index, SitePlan, list_files, plan_site, write_files
from .cache import Memory
from .checked import CheckedArchive
from .diagnostics import SourcebookError
from .load import FOLDERS
from .output import OutputFile, OutputReport, repair_site, replace_file
from .pages import own_sections
from .rendering import render_sections
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
    preview = Preview(root, BuildOptions(output=target, has_url=False, drafts=True), say)
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
class Preview:
    """The builds of one preview, with what they remember of each other. Gives ``serve`` its build."""

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
        """The pages of what was saved at once, then all others, then the index in a thread."""
        plan = plan_site(self.root, self.options, self.memory)
        if isinstance(plan, CheckedArchive):
            return outcome_of_diagnostics(plan.diagnostics)
        own = self._render_own(plan, changes)
        if not own:
            return self._write_all(plan)
        with self.writing:
            for path, file in own.items():
                replace_file(self.options.output / path, file.content)
        return BuildOutcome(ok=True, follow_up=partial(self._write_all, plan))

    def _render_own(self, plan: SitePlan, changes: Changes) -> dict[str, OutputFile]:
        """The pages of the saved records alone; none where anything else was saved too.

        Each is put in the place of the one that stands there: only the preview's own folder, which
        nobody publishes, is ever written so, and the whole site follows at once.
        """
        records = [_record_at(self.root, path) for path in changes.paths]
        named = [record for record in records if record is not None]
        if changes.everything or self.latest is None or len(named) < len(records):
            return {}
        sections = own_sections(
            plan.catalogue, plan.checked.verifications, named, has_search=self.options.search
        )
        rendered = render_sections(sections, plan.theme, self.memory, jobs=1)
        own = {page.file.path: page.file for section in rendered for page in section}
        stand = all((self.options.output / path).is_file() for path in own)
        return own if stand else {}

    def _write_all(self, plan: SitePlan) -> BuildOutcome:
        with self.writing:
            self.latest = plan
            report = self._write_plan(plan)
        threading.Thread(target=self._add_index, args=(plan,), daemon=True).start()
        return BuildOutcome(ok=True, changed=bool(report.written or report.removed))

    def _write_plan(self, plan: SitePlan) -> OutputReport:
        if self.clearing is not None:
            self.clearing.join()
        files = list_files(plan, self.index, self.options, self.memory)
        return write_files(self.root, files, self.options.output, self._clear_later)

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
                    self._write_plan(plan)
        except SourcebookError as error:
            self.say(f"the search index was not built: {error.message}")


def _record_at(root: Path, path: Path) -> tuple[str, str] | None:
    """(kind, slug) of the record whose file *path* is, or None."""
    for kind, folder in FOLDERS.items():
        if path.parent == root / "content" / folder and path.suffix == ".md":
            return kind, path.stem
    return None
