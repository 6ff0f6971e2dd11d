"""The commands that make a site or show one: ``build`` and ``serve``.

Each returns its exit code; problems of use are raised.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from ..diagnostics import UsageError, exit_code_of
from ..layout import find_root
from .archive import ingest_files
from .options import Options, count_jobs, resolve_path, start_folder
from .terminal import Terminal, short_path


def run_build(options: Options, terminal: Terminal) -> int:
    """Build the site."""
    from ..standing import BuildOptions, BuildReport, look_for_site

    root = find_root(start_folder(options))
    output = _find_output(root, options)
    code = 0
    if options.ingest:
        code = ingest_files(root, [], options, terminal)
    asked = BuildOptions(
        output=output,
        base_url=options.base_url,
        drafts=options.drafts or options.ingest,
        strict=options.strict,
        search=not options.no_search,
        jobs=count_jobs(options.jobs),
        with_progress=not terminal.quiet,
        is_remembering=not options.no_cache,
    )
    report = look_for_site(root, asked)
    if not isinstance(report, BuildReport):
        from ..build import make_site

        report = make_site(root, asked, report)
        terminal.warn_of_slow_reader(report.summary.files)
    summary = report.summary
    if report.output is None:
        terminal.report(summary.diagnostics, summary.files)
        stands = "; the old site stands as it was" if output.is_dir() else ""
        print(f"not built{stands}", file=sys.stderr)
        return exit_code_of(summary.diagnostics, options.strict)
    if summary.diagnostics:
        terminal.report(summary.diagnostics, summary.files)
    if not summary.has_address:
        terminal.say("no `url` in archive.yaml: built without canonical links, sitemap and feeds")
    if summary.missing_texts is not None:
        terminal.say(summary.missing_texts)
    if summary.drafts:
        noun = "draft is" if summary.drafts == 1 else "drafts are"
        left_out = f"{summary.drafts} {noun} left out"
        terminal.say(f"{left_out}: build --drafts shows what is not accepted yet")
    written, removed = len(report.output.written), len(report.output.removed)
    terminal.say(
        f"{summary.pages} pages, {summary.results} search results in {short_path(output)}"
        f" ({written} files written, {removed} removed, {len(report.output.unchanged)} unchanged)"
    )
    return code


def _find_output(root: Path, options: Options) -> Path:
    """Where the site goes: never among the files of which it is made."""
    output = resolve_path(options, options.output) if options.output else root / "site"
    for own in (root / "content", root / "themes"):
        # Not Path.resolve, which raises where links lead in a circle.
        if Path(os.path.realpath(output)).is_relative_to(os.path.realpath(own)):
            raise UsageError(
                f"`{output}` lies in {own.name}/, of which the site is made",
                "choose another folder with -o, such as `-o site`",
            )
    return output


def run_serve(options: Options, terminal: Terminal) -> int:
    """Preview the site."""
    from ..serve import serve_built

    if options.site is not None:
        serve_built(
            resolve_path(options, options.site),
            host=options.host,
            port=options.port,
            open_browser=options.open,
            say=terminal.say,
        )
        return 0
    from ..preview import serve_archive

    serve_archive(
        find_root(start_folder(options)),
        host=options.host,
        port=options.port,
        open_browser=options.open,
        jobs=count_jobs(None),
        say=terminal.say,
    )
    return 0
