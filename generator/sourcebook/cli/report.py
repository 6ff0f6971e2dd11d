"""The commands that change nothing and print what they find.

Each returns its exit code; problems of use are raised.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from .. import __version__
from ..diagnostics import (
    Diagnostic,
    UsageError,
    exit_code_of,
    format_github,
    format_json,
    format_sarif,
    format_text,
    printable,
    summarise,
)
from ..layout import CAPTURES, find_root
from .options import Options, count_jobs, start_folder
from .terminal import Terminal

if TYPE_CHECKING:
    from ..cache import Recall
    from ..checked import CheckedArchive, Problems
    from ..link import Archive, LinkedClaim


def run_check(options: Options, terminal: Terminal) -> int:
    """Report every problem."""
    from ..checked import CheckedArchive, check_archive, find_problems, read_text
    from ..disk import remembering

    start = start_folder(options)
    root = find_root(start)
    places = [_place_in(root, start, path) for path in options.paths]
    jobs = count_jobs(options.jobs)

    def find(recall: Recall) -> CheckedArchive | Problems:
        check = check_archive if options.reread else find_problems
        return check(root, not terminal.quiet, recall, jobs)

    checked = remembering(root, find, not options.no_cache)
    terminal.warn_of_slow_reader(checked.files)
    found = list(checked.diagnostics)
    if isinstance(checked, CheckedArchive):
        from ..frontmatter import locate_diagnostics
        from ..rereading import reread_captures

        more = reread_captures(root, checked.content)
        found += locate_diagnostics(more, lambda path: read_text(root, path))
    if places:
        found = _below(root, found, places)
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

    root = find_root(start_folder(options))
    return remembering(root, lambda recall: check_archive(root, False, recall, count_jobs(None)))


def _warn_of_problems(checked: CheckedArchive) -> int:
    """Say on stderr that not all of the archive could be read; the exit code that this gives."""
    code = exit_code_of(checked.diagnostics)
    if code:
        print(
            f"{summarise(checked.diagnostics, checked.files)}: what could not be read is missing"
            " here; `sourcebook check` names it",
            file=sys.stderr,
        )
    return code


def _place_in(root: Path, start: Path, path: Path) -> Path:
    """The file or folder of the archive at *root* that *path* names from *start*."""
    place = (start / path).resolve()
    if not place.is_relative_to(root):
        raise UsageError(f"{path} is not in the archive {root}", "name files or folders of it")
    if not place.exists():
        raise UsageError(
            f"there is no file or folder {path}", "name files or folders of the archive"
        )
    return place


def _below(root: Path, found: Sequence[Diagnostic], places: Sequence[Path]) -> list[Diagnostic]:
    """What was found in *places*."""
    captures = root / "content" / CAPTURES
    # What is wrong with a capture stands in its document, and names it.
    named = [p.relative_to(root).as_posix() for p in places if p.is_relative_to(captures)]
    shown = [re.compile(rf"{re.escape(name)}(?!\.?[\w-])") for name in named]
    return [
        diagnostic
        for diagnostic in found
        if any((root / diagnostic.path).resolve().is_relative_to(place) for place in places)
        or any(name.search(diagnostic.message) for name in shown)
    ]


def _write_step_summary(found: Sequence[Diagnostic], files: int) -> None:
    """The whole list where GitHub shows it: beside the lines it shows only ten of each.

    What the rules want is told below it: who contributes there has no Sourcebook to explain them.
    """
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if not path:
        return
    from ..explain import reason_of

    summary = f"{summarise(found, files)}\n"
    if found:
        fence = "`" * 8
        text = "\n\n".join(format_text(diagnostic) for diagnostic in found)
        if len(text) > _SUMMARY_AT_MOST:
            text = text[:_SUMMARY_AT_MOST] + "…\n\nThe rest is told by `sourcebook check`."
        rules = sorted({diagnostic.rule for diagnostic in found})
        reasons = "\n".join(f"- `{rule}`: {reason_of(rule)}" for rule in rules)
        summary += f"\n{fence}text\n{text}\n{fence}\n\n### What these rules want\n\n{reasons}\n"
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(summary)


_SUMMARY_AT_MOST = 200_000
"""Characters: GitHub drops a summary of more than a megabyte."""


def run_show(options: Options, terminal: Terminal) -> int:
    """Print a stage."""
    from ..showing import show_stage

    del terminal
    checked = _check(options)
    print(show_stage(checked, options.stage, options.id))
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

    del terminal
    checked = _check(options)
    rows = count_archive(checked)
    width = max(len(name) for name, _, _ in rows)
    number = max(len(f"{count:,}") for _, count, _ in rows)
    for name, count, remark in rows:
        print(f"{name:{width}}  {count:{number},}  {remark}".rstrip())
    return _warn_of_problems(checked)


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
    return _warn_of_problems(checked)


_PROPOSALS = {
    "repeats": "Perhaps one statement, told twice",
    "question": "Perhaps answers to one question",
}


def _sentence(claim: LinkedClaim, archive: Archive) -> str:
    """The sentence around a claim, its quote between brackets."""
    context = archive.documents[claim.key.document].context_of(claim.spans)
    return "".join(f"[{s.text}]" if s.quoted else s.text for s in context)
