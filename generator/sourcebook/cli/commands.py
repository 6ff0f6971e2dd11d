"""One function a command. Each returns its exit code; problems of use are raised."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from .. import __version__
from ..diagnostics import (
    Diagnostic,
    SourcebookError,
    UsageError,
    exit_code_of,
    format_github,
    format_json,
    format_sarif,
    format_text,
    printable,
    summarise,
)
from ..layout import find_root

# What a command needs besides is imported in it: half of a short run would be imports.
if TYPE_CHECKING:
    from ..cache import Recall
    from ..checked import CheckedArchive, Problems
    from ..ingest.run import Ingested
    from ..link import Archive, LinkedClaim
    from ..load import Content

Options = argparse.Namespace

_MANY_FILES = 400
"""From so many on, a slow reader of fields costs seconds."""


@dataclass(frozen=True, slots=True)
class Terminal:
    """How much to say, and whether in colour."""

    quiet: bool
    verbose: bool
    colour: bool

    def say(self, text: str) -> None:
        """A line for the reader, unless only problems are wanted."""
        if not self.quiet:
            print(printable(text), flush=True)

    def warn_of_slow_reader(self, files: int) -> None:
        """A line on what makes every run slow, where an archive is big enough for it to be felt."""
        if files < _MANY_FILES or self.quiet:
            return
        from ..frontmatter import HAS_LIBYAML

        if not HAS_LIBYAML:
            print(
                "PyYAML lacks its half in C (libyaml) here: to read the fields takes ten times as"
                " long; its wheels from PyPI have it",
                file=sys.stderr,
            )

    def report(self, diagnostics: Sequence[Diagnostic], files: int) -> None:
        """All problems, then the closing line."""
        for diagnostic in diagnostics:
            print(format_text(diagnostic, self.colour))
        if diagnostics or not self.quiet:
            print(summarise(diagnostics, files), flush=True)


def _start(options: Options) -> Path:
    directory: Path = getattr(options, "directory", Path())
    if not directory.is_dir():
        raise UsageError(f"there is no folder {directory}", "name an archive's folder after -C")
    return directory.resolve()


def _resolved(options: Options, path: Path) -> Path:
    return (_start(options) / path).resolve()


def run_new(options: Options, terminal: Terminal) -> int:
    """Make an archive."""
    from ..scaffold import create_archive

    target = _resolved(options, options.dir)
    files = create_archive(target)
    terminal.say(f"Made {len(files)} files in {options.dir}. Next:")
    terminal.say(f'  sourcebook -C "{options.dir}" serve     to read it')
    terminal.say(f'  sourcebook -C "{options.dir}" check     to have it checked')
    return 0


def run_check(options: Options, terminal: Terminal) -> int:
    """Report every problem."""
    from ..checked import CheckedArchive, check_archive, find_problems, read_text
    from ..disk import remembering

    start = _start(options)
    root = find_root(start)
    jobs = _jobs(options.jobs)

    def find(recall: Recall) -> CheckedArchive | Problems:
        check = check_archive if options.reread else find_problems
        return check(root, not terminal.quiet, recall, jobs)

    checked = remembering(root, find, not options.no_cache)
    terminal.warn_of_slow_reader(checked.files)
    found = _below(checked, [start / path for path in options.paths])
    if isinstance(checked, CheckedArchive):
        from ..frontmatter import locate_diagnostics
        from ..rereading import reread_captures

        more = reread_captures(root, checked.content)
        found = [*found, *locate_diagnostics(more, lambda path: read_text(root, path))]
    if options.format == "sarif":
        print(format_sarif(found, __version__))
    elif options.format == "text":
        terminal.report(found, checked.files)
    else:
        line = format_json if options.format == "json" else format_github
        for diagnostic in found:
            print(line(diagnostic))
    if options.format == "github":
        _write_step_summary(found, checked.files)
    return exit_code_of(found, options.strict)


def _check(options: Options) -> CheckedArchive:
    """The archive, checked for a command that does not say what is wrong with it."""
    from ..checked import check_archive
    from ..disk import remembering

    root = find_root(_start(options))
    return remembering(root, lambda recall: check_archive(root, False, recall, _jobs(None)))


def _below(checked: CheckedArchive | Problems, paths: Sequence[Path]) -> list[Diagnostic]:
    if not paths:
        return list(checked.diagnostics)
    root = checked.root
    places = []
    for path in paths:
        if not path.exists() or not path.resolve().is_relative_to(root):
            raise UsageError(f"{path} is not in the archive {root}", "name files or folders of it")
        places.append(path.resolve())
    return [
        diagnostic
        for diagnostic in checked.diagnostics
        if any((root / diagnostic.path).resolve().is_relative_to(place) for place in places)
    ]


def _write_step_summary(found: Sequence[Diagnostic], files: int) -> None:
    """The whole list where GitHub shows it: beside the lines it shows only ten of each."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        fence = "`" * 8
        text = "\n\n".join(format_text(diagnostic) for diagnostic in found)
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(f"{summarise(found, files)}\n\n{fence}text\n{text}\n{fence}\n")


def run_build(options: Options, terminal: Terminal) -> int:
    """Build the site."""
    from ..standing import BuildOptions, BuildReport, look_for_site

    root = find_root(_start(options))
    code = 0
    if options.ingest:
        code = _ingest(root, [], options, terminal)
    output = _resolved(options, options.output) if options.output else root / "site"
    asked = BuildOptions(
        output=output,
        base_url=options.base_url,
        drafts=options.drafts or options.ingest,
        strict=options.strict,
        search=not options.no_search,
        jobs=_jobs(options.jobs),
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
        print("not built; the old site stands as it was", file=sys.stderr)
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
        f"{summary.pages} pages, {summary.results} search results in {_shown(output)}"
        f" ({written} files written, {removed} removed, {len(report.output.unchanged)} unchanged)"
    )
    return code


def _jobs(wanted: int | None) -> int:
    if wanted is not None and wanted < 1:
        raise UsageError(f"-j takes 1 or more, not {wanted}", "leave it out for as many as pay")
    return wanted or os.cpu_count() or 1


def _shown(path: Path) -> str:
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def run_serve(options: Options, terminal: Terminal) -> int:
    """Preview the site."""
    from ..serve import serve_built

    if options.site is not None:
        serve_built(
            _resolved(options, options.site),
            host=options.host,
            port=options.port,
            open_browser=options.open,
            say=terminal.say,
        )
        return 0
    from ..preview import serve_archive

    serve_archive(
        find_root(_start(options)),
        host=options.host,
        port=options.port,
        open_browser=options.open,
        jobs=_jobs(None),
        say=terminal.say,
    )
    return 0


def run_show(options: Options, terminal: Terminal) -> int:
    """Print a stage."""
    from ..showing import show_stage

    del terminal
    checked = _check(options)
    print(show_stage(checked, options.stage, options.id))
    return 0


def run_seal(options: Options, terminal: Terminal) -> int:
    """Seal a change."""
    from ..lock import hold_archive
    from ..output import replace_file
    from ..seal import seal_document

    path = _resolved(options, options.file)
    root = find_root(path.parent if path.parent.is_dir() else _start(options))
    if path.parent != root / "content" / "documents" or not path.is_file():
        raise UsageError(f"{options.file} is not a document", "name a file in content/documents/")
    if not options.reason.strip():
        raise UsageError("the reason is empty", "say why the text was changed")
    seal = seal_document(root, path, options.reason, options.by, date.today())
    with hold_archive(root, "sourcebook seal", wait=2):
        replace_file(path, seal.text.encode())
    for correction in reversed(seal.corrections):
        terminal.say(f'sealed: "{correction.was}" is now "{correction.now}"')
    if not seal.corrections:
        terminal.say("the fingerprint was brought up to date; the text reads as its capture")
    return 0


def run_explain(options: Options, terminal: Terminal) -> int:
    """Explain a rule."""
    from ..explain import explain_rule, rule_ids

    del terminal
    print(explain_rule(options.rule) if options.rule else "\n".join(rule_ids()))
    return 0


def run_schema(options: Options, terminal: Terminal) -> int:
    """Print a JSON Schema."""
    from ..schema import json_schema

    del terminal
    print(json.dumps(json_schema(options.kind), ensure_ascii=False, indent=2))
    return 0


def run_stats(options: Options, terminal: Terminal) -> int:
    """Print the archive in numbers."""
    from ..stats import count_archive

    rows = count_archive(_check(options))
    width = max(len(name) for name, _, _ in rows)
    number = max(len(f"{count:,}") for _, count, _ in rows)
    del terminal
    for name, count, remark in rows:
        print(f"{name:{width}}  {count:{number},}  {remark}".rstrip())
    return 0


def run_suggest_links(options: Options, terminal: Terminal) -> int:
    """Propose what may belong together."""
    from ..link import link_archive
    from ..proposals import propose_links

    checked = _check(options)
    archive = link_archive(checked.content, checked.places)
    proposals = propose_links(archive)
    for kind, title in _PROPOSALS.items():
        listed = [proposal for proposal in proposals if proposal.kind == kind][: options.most]
        if not options.json:
            terminal.say(f"{title} ({len(listed)} shown)\n")
        for proposal in listed:
            pair = (proposal.later, proposal.earlier)
            if options.json:
                sides = [{"claim": str(c.key), "sentence": _sentence(c, archive)} for c in pair]
                likeness = proposal.likeness
                print(json.dumps({"kind": kind, "likeness": likeness, "claims": sides}))
                continue
            print(f"{proposal.likeness:.2f}")
            for claim in pair:
                print(f"  {claim.key}\n    {printable(_sentence(claim, archive))}")
            if kind == "repeats":
                print(f'  to join them: relations: [{{type: repeats, to: "{pair[1].key}"}}]')
            print()
    return 0


_PROPOSALS = {
    "repeats": "Perhaps one statement, told twice",
    "question": "Perhaps answers to one question",
}


def _sentence(claim: LinkedClaim, archive: Archive) -> str:
    """The sentence around a claim, its quote between brackets."""
    context = archive.documents[claim.key.document].context_of(claim.spans)
    return "".join(f"[{s.text}]" if s.quoted else s.text for s in context)


def run_ingest(options: Options, terminal: Terminal) -> int:
    """Make drafts of captures."""
    root = find_root(_start(options))
    files = [_start(options) / file for file in options.files]
    if options.dry_run:
        return _print_readings(root, files, options.json, terminal)
    return _ingest(root, files, options, terminal)


def _loose_files(root: Path, content: Content) -> list[Path]:
    from ..load import find_loose_captures

    return [root / "content" / file for file in find_loose_captures(content)]


def _print_readings(root: Path, files: Sequence[Path], as_json: bool, terminal: Terminal) -> int:
    """What would be read out of each file; nothing is written."""
    from ..ingest.extract import extract, to_json
    from ..ingest.pipeline import find_pipeline
    from ..ingest.readers import read_capture
    from ..ingest.run import authority_of, read_regular_file
    from ..load import load_content

    content, _ = load_content(root)
    authority = authority_of(content)
    parse = find_pipeline(root)
    code = 0
    for file in files or _loose_files(root, content):
        try:
            reading = read_capture(file.name, read_regular_file(file))
            extraction = extract(reading, authority, parse)
        except SourcebookError as error:
            code = max(code, error.exit_code)
            _print_problem(error)
            continue
        if as_json:
            print(to_json(file.stem, extraction))
        else:
            counts = f"{len(extraction.parts)} parts, {len(extraction.claims)} claims"
            terminal.say(f"{_shown(file)}: {extraction.title} ({counts})")
    return code


def _ingest(root: Path, files: Sequence[Path], options: Options, terminal: Terminal) -> int:
    from ..ingest.pipeline import find_pipeline
    from ..ingest.run import Given, ingest_captures
    from ..ingest.table import check_given, read_table
    from ..load import load_content
    from ..lock import hold_archive
    from ..progress import track

    content, _ = load_content(root)
    named = [*files] or _loose_files(root, content)
    today = date.today().isoformat()
    given = Given(
        outlet=getattr(options, "outlet", None),
        date=getattr(options, "date", None),
        url=getattr(options, "url", None),
        added=today,
    )
    check_given(dataclasses.asdict(given), "the command line")
    table: Path | None = getattr(options, "metadata", None)
    rows = read_table(_start(options) / table, given) if table is not None else {}
    parse = find_pipeline(root) if named else None
    is_creating = getattr(options, "create", False)
    # A copy of a process lacks the threads of a pipeline that uses torch, and would wait for them.
    jobs = 1 if "torch" in sys.modules else _jobs(options.jobs)
    with hold_archive(root, "sourcebook ingest", wait=2):
        results = ingest_captures(root, content, named, given, rows, is_creating, parse, jobs)
        shown = track(results, "reading captures", len(named), not terminal.quiet)
        return _tell_ingested(shown, len(named), terminal)


def _tell_ingested(results: Iterable[Ingested], total: int, terminal: Terminal) -> int:
    """Say what comes of each file; the exit code."""
    counts = {"created": 0, "unchanged": 0, "failed": 0}
    problems: list[SourcebookError] = []
    try:
        for result in results:
            counts[result.status] += 1
            if result.error is not None:
                problems.append(result.error)
            elif result.status == "created":
                terminal.say(f"{_shown(Path(result.file))} → {result.document}")
            elif terminal.verbose:
                terminal.say(f"{_shown(Path(result.file))} is {result.document} already")
    finally:
        # Last, where they are seen below ten thousand lines; and if it is interrupted, too.
        for problem in problems:
            _print_problem(problem)
        done = ", ".join(f"{number} {status}" for status, number in counts.items() if number)
        if sum(counts.values()) < total:
            done = f"{done or 'none'} of {total}; run it again for the rest"
        terminal.say(done or "nothing to do")
    return max((1 if p.exit_code == 2 else p.exit_code for p in problems), default=0)


def _print_problem(error: SourcebookError) -> None:
    print(f"error: {printable(error.message)}", file=sys.stderr)
    if error.help:
        print(f"  help: {printable(error.help)}", file=sys.stderr)


COMMANDS: Mapping[str, Callable[[Options, Terminal], int]] = {
    "new": run_new,
    "ingest": run_ingest,
    "check": run_check,
    "build": run_build,
    "serve": run_serve,
    "show": run_show,
    "seal": run_seal,
    "explain": run_explain,
    "schema": run_schema,
    "stats": run_stats,
    "suggest-links": run_suggest_links,
}
