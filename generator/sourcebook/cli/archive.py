"""The commands that write in an archive: ``new``, ``ingest`` and ``seal``.

Each returns its exit code; problems of use are raised.
"""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from ..diagnostics import SourcebookError, UsageError
from ..layout import find_root
from ..listing import sources_among
from .options import Options, count_jobs, resolve_path, start_folder
from .terminal import Terminal, print_problem, short_path

if TYPE_CHECKING:
    from ..ingest.run import Given, Ingested
    from ..load import Content


def run_new(options: Options, terminal: Terminal) -> int:
    """Make an archive."""
    from ..scaffold import create_archive

    target = resolve_path(options, options.dir)
    files = create_archive(target)
    terminal.say(f"Made {len(files)} files in {options.dir}. Next:")
    terminal.say(f'  sourcebook -C "{options.dir}" serve     to read it')
    terminal.say(f'  sourcebook -C "{options.dir}" check     to have it checked')
    return 0


def run_seal(options: Options, terminal: Terminal) -> int:
    """Seal a change."""
    from ..lock import hold_archive
    from ..output import replace_file
    from ..seal import seal_document

    path = resolve_path(options, options.file)
    root = find_root(path.parent if path.parent.is_dir() else start_folder(options))
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
        found = "the text reads as its capture" if seal.is_compared else "there is no capture here"
        terminal.say(f"the fingerprint was brought up to date; {found}")
    return 0


def run_ingest(options: Options, terminal: Terminal) -> int:
    """Make drafts of captures."""
    root = find_root(start_folder(options))
    files = sources_among(start_folder(options) / file for file in options.files)
    if options.dry_run:
        return _print_readings(root, files, options, terminal)
    if options.json:
        raise UsageError("--json prints what would be read, and writes nothing", "add --dry-run")
    return ingest_files(root, files, options, terminal)


def _loose_files(root: Path, content: Content) -> list[Path]:
    from ..load import find_loose_captures

    return [root / "content" / file for file in find_loose_captures(content)]


def _print_readings(root: Path, files: Sequence[Path], options: Options, terminal: Terminal) -> int:
    """What would be read out of each file, and what is known of it; nothing is written."""
    from ..ingest.dry_run import to_json
    from ..ingest.extract import extract
    from ..ingest.pipeline import find_pipeline
    from ..ingest.readers import read_capture
    from ..ingest.run import authority_of, given_for, read_regular_file
    from ..load import load_content

    given, rows = _read_given(options)
    content, _ = load_content(root)
    authority = authority_of(content)
    parse = find_pipeline(root)
    code = 0
    named = [*files] or _loose_files(root, content)
    if not named and not options.json:
        terminal.say("nothing to do")
    for file in named:
        try:
            reading = read_capture(file.name, read_regular_file(file))
            extraction = extract(reading, authority, parse)
        except SourcebookError as error:
            code = max(code, error.exit_code)
            print_problem(error)
            continue
        known = given_for(file, rows, given)
        if options.json:
            print(to_json(file.stem, extraction, known))
        else:
            numbers = (("part", len(extraction.parts)), ("claim", len(extraction.claims)))
            counts = ", ".join(f"{number} {noun}{'s' * (number != 1)}" for noun, number in numbers)
            title = known.title or extraction.title
            terminal.say(f"{short_path(file)}: {title} ({counts})")
    return code


def _read_given(options: Options) -> tuple[Given, Mapping[str, Given]]:
    """What the command line says of all captures, and its table of each."""
    from ..ingest.run import Given
    from ..ingest.table import check_given, read_table

    given = Given(
        outlet=getattr(options, "outlet", None),
        date=getattr(options, "date", None),
        url=getattr(options, "url", None),
        added=date.today().isoformat(),
    )
    check_given(dataclasses.asdict(given), "the command line")
    table: Path | None = getattr(options, "metadata", None)
    return given, read_table(start_folder(options) / table, given) if table is not None else {}


def ingest_files(root: Path, files: Sequence[Path], options: Options, terminal: Terminal) -> int:
    """Make drafts of *files*, or of every capture without a document where there are none.

    *options* may be those of another command, which say less.
    """
    from ..ingest.pipeline import find_pipeline
    from ..ingest.run import ingest_captures
    from ..load import load_content
    from ..lock import hold_archive
    from ..progress import track

    content, _ = load_content(root)
    named = [*files] or _loose_files(root, content)
    given, rows = _read_given(options)
    parse = find_pipeline(root) if named else None
    is_creating = getattr(options, "create", False)
    # A copy of a process lacks the threads of a pipeline that uses torch, and would wait for them.
    jobs = 1 if "torch" in sys.modules else count_jobs(options.jobs)
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
                terminal.say(f"{short_path(Path(result.file))} → {result.document}")
            elif result.is_copy or terminal.verbose:
                terminal.say(f"{short_path(Path(result.file))} is {result.document} already")
    finally:
        # Last, where they are seen below ten thousand lines; and if it is interrupted, too.
        for problem in problems:
            print_problem(problem)
        done = ", ".join(f"{number} {status}" for status, number in counts.items() if number)
        if sum(counts.values()) < total:
            done = f"{done or 'none'} of {total}; run it again for the rest"
        terminal.say(done or "nothing to do")
    return max((1 if p.exit_code == 2 else p.exit_code for p in problems), default=0)
