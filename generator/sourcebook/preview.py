"""``sourcebook serve``: the archive's build, given to the preview server, which knows nothing of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .build import BuildOptions, BuildReport, build_site
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

    def build(changes: Changes) -> BuildOutcome:
        del changes
        options = BuildOptions(output=target, has_url=False, drafts=True)
        return _outcome_of(build_site(root, options))

    serve(
        build,
        [root / FILE, root / "content", root / "themes", default_theme_folder()],
        target,
        (default_theme_folder() / "assets" / "live.js").read_bytes(),
        host=host,
        port=port,
        open_browser=open_browser,
        say=say,
    )


def _outcome_of(report: BuildReport) -> BuildOutcome:
    if report.output is None:
        return outcome_of_diagnostics(report.checked.diagnostics)
    changed = bool(report.output.written or report.output.removed)
    return BuildOutcome(ok=True, changed=changed)
