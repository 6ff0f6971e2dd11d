"""What a problem is, and how it prints.

A problem in the content is a value, never an exception: every stage returns the diagnostics that it
found beside its result, and all are reported in one run. Problems of the environment and of the
program are exceptions (``SourcebookError`` and its children), each with the exit code that it ends
the command with.
"""

from __future__ import annotations

import difflib
import json
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from urllib.parse import quote


class Severity(StrEnum):
    """How bad a problem is. Only errors stop a build; ``--strict`` stops at warnings too."""

    ERROR = "error"
    WARNING = "warning"


Pointer = tuple[str | int, ...]
"""Where a value stands in front matter: ``("claims", 3, "quote")``. Empty: the whole file."""

KEY = "@key"
"""The last step of a pointer that means the key itself instead of its value."""


class Related(NamedTuple):
    """Another place that a reader of the message wants to see, such as the first use of an id."""

    label: str
    path: str
    pointer: Pointer
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One problem: what is wrong (with the author's own text), where, and what to do.

    A rule that looks at a record knows the record's file and the pointer to the value, not its line;
    ``frontmatter.locate_diagnostics`` adds ``line``, ``column`` and ``source_line`` before printing.
    """

    rule: str
    message: str
    path: str
    """Relative to the archive's root, with forward slashes."""
    severity: Severity = Severity.ERROR
    help: str | None = None
    pointer: Pointer = ()
    body_offset: int | None = None
    """Code points from the start of the body, for problems in a body."""
    line: int | None = None
    """Counted in the file, from 1."""
    column: int | None = None
    """Counted in code points, from 1."""
    width: int = 1
    source_line: str | None = None
    related: tuple[Related, ...] = ()
    exit_code: int = 1
    """2 for one of the settings, 5 for one of integrity: a capture is not what it was."""

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """By file, line and column, then by rule, so that two runs print the same."""
        return (self.path, self.line or 0, self.column or 0, self.rule, self.message)


class SourcebookError(Exception):
    """A problem that ends the command, with what to do about it. Base of all our exceptions."""

    exit_code = 70

    def __init__(self, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.help = help


class UsageError(SourcebookError):
    """Wrong use of a command, or wrong settings."""

    exit_code = 2


class EnvironmentProblem(SourcebookError):
    """The disk, a permission, a missing or failing tool."""

    exit_code = 3


def problem_of_os_error(error: OSError) -> EnvironmentProblem:
    """What the system refused, and of which file."""
    place = f"{error.filename}: " if error.filename else ""
    help = "look at whether it is there, who may read and write it, and whether the disk is full"
    return EnvironmentProblem(f"{place}{error.strerror or error}", help)


class ArchiveLocked(SourcebookError):
    """Another run holds the archive."""

    exit_code = 4


_LEAST_LIKENESS = 0.6
"""Below this likeness a proposal would only confuse."""


def suggest(word: str, known: Iterable[str]) -> str | None:
    """The known word that *word* was most likely meant to be, or None."""
    # As difflib.get_close_matches would find it, ten times as fast: only one is wanted.
    matcher, small = difflib.SequenceMatcher(b=word), word.lower()
    best = (_LEAST_LIKENESS, "")
    for one in known:
        if one == small:
            return one
        matcher.set_seq1(one)
        if matcher.real_quick_ratio() >= best[0] and matcher.quick_ratio() >= best[0]:
            best = max(best, (matcher.ratio(), one))
    return best[1] or None


def did_you_mean(word: str, known: Iterable[str], otherwise: str) -> str:
    """Help for a misspelt *word*: the nearest known one, then *otherwise*."""
    return with_proposal(suggest(word, known), otherwise)


def with_proposal(meant: str | None, otherwise: str) -> str:
    """Help that begins with what was *meant*, where that is known, and goes on with *otherwise*."""
    return f"did you mean `{meant}`? {otherwise}".strip() if meant else otherwise


_MOST_GUESSES = 50
_GUESSES_LEFT_OUT = (
    f"what may be meant is looked for {_MOST_GUESSES} times: mend those problems first"
)


@dataclass(slots=True)
class Guesses:
    """What may be meant, looked for in all that may be: so often, and then no more.

    Each time costs what there is to look through, and of thousands of problems all are reported,
    but nobody reads thousands of proposals.
    """

    left: int = _MOST_GUESSES

    def make(self, look: Callable[[], str]) -> str:
        """The help that *look* finds, or that it is left out."""
        if self.left == 0:
            return _GUESSES_LEFT_OUT
        self.left -= 1
        return look()

    def did_you_mean(self, word: str, known: Iterable[str], otherwise: str) -> str:
        """As ``did_you_mean``; *otherwise* is said in any case."""
        if self.left == 0:
            return f"{otherwise}\n{_GUESSES_LEFT_OUT}".strip()
        return self.make(lambda: did_you_mean(word, known, otherwise))


def exit_code_of(diagnostics: Sequence[Diagnostic], strict: bool = False) -> int:
    """0 fine, 1 problems in the content, 2 in the settings, 5 integrity: the highest goes first."""
    counted = [d for d in diagnostics if strict or d.severity is Severity.ERROR]
    return max((d.exit_code for d in counted), default=0)


def sort_diagnostics(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted by file and line; exact doubles once."""
    return sorted(dict.fromkeys(diagnostics), key=Diagnostic.sort_key)


def format_error(error: SourcebookError) -> str:
    """``error: `` and what ended the command, then ``help:``."""
    lines = [f"error: {printable(error.message)}"]
    if error.help:
        lines.append(f"  help: {printable(error.help)}")
    return "\n".join(lines)


_INDENT = " " * 4
_COLOURS = {Severity.ERROR: "31;1", Severity.WARNING: "33;1"}


def format_text(diagnostic: Diagnostic, colour: bool = False) -> str:
    """``path:line:col: error[rule-id]: message``, the source line with a caret, then ``help:``."""

    def paint(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if colour else text

    place = ":".join(
        str(part)
        for part in (_printable_path(diagnostic.path), diagnostic.line, diagnostic.column)
        if part is not None
    )
    label = paint(f"{diagnostic.severity}[{diagnostic.rule}]", _COLOURS[diagnostic.severity])
    head, *more = printable(diagnostic.message).split("\n")
    lines = [f"{place}: {label}: {head}"]
    # Indented, as an author's text may hold what looks like a problem of its own.
    lines += [line if line.startswith(_INDENT) else f"{_INDENT}{line}" for line in more]
    if diagnostic.source_line is not None and diagnostic.column is not None:
        shown, start, width = _excerpt(
            diagnostic.source_line, diagnostic.column - 1, diagnostic.width
        )
        lines.append(f"    {shown}")
        before = " " * _columns_of(shown[:start])
        caret = "^" * max(1, _columns_of(shown[start : start + width]))
        lines.append(f"    {before}{paint(caret, _COLOURS[diagnostic.severity])}")
    for related in diagnostic.related:
        at = f":{related.line}" if related.line is not None else ""
        lines.append(f"  {related.label}: {_printable_path(related.path)}{at}")
    if diagnostic.help:
        head, *more = printable(diagnostic.help).split("\n")
        lines.append(f"  {paint('help', '36')}: {head}")
        lines.extend(f"        {line}" for line in more)
    return "\n".join(lines)


def _columns_of(text: str) -> int:
    """How many columns of a terminal *text* takes: Chinese letters two, combining marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def printable(text: str) -> str:
    """*text* without control characters, which could forge lines or colours on a terminal."""
    if text.isprintable():
        return text
    return "".join(c if c == "\n" or c.isprintable() else f"\\u{ord(c):04x}" for c in text)


def _printable_path(path: str) -> str:
    """*path* on one line; a file's name may hold any bytes, even such as are no text."""
    return printable(path).replace("\n", "\\n")


_EXCERPT_WIDTH = 100


def _excerpt(line: str, start: int, width: int) -> tuple[str, int, int]:
    """The part of a long line around the caret, with tabs and control characters made visible."""
    if not line.isprintable():
        line = "".join(c if c.isprintable() else " " for c in line)
    left = 0
    if len(line) > _EXCERPT_WIDTH and start > _EXCERPT_WIDTH * 2 // 3:
        left = start - _EXCERPT_WIDTH // 3
    shown = line[left : left + _EXCERPT_WIDTH]
    if left:
        shown = "…" + shown[1:]
    if left + _EXCERPT_WIDTH < len(line):
        shown += "…"
    start -= left
    return shown, start, max(1, min(width, len(shown) - start))


def format_json(diagnostic: Diagnostic) -> str:
    """One object on one line: rule, severity, path, line, column, message, help."""
    record = {
        "rule": diagnostic.rule,
        "severity": str(diagnostic.severity),
        "path": _printable_path(diagnostic.path),
        "line": diagnostic.line,
        "column": diagnostic.column,
        "message": diagnostic.message,
        "help": diagnostic.help,
    }
    # In ASCII: whatever reads it, no letter ends a line, commands a terminal or is lost on one.
    return json.dumps(record)


def format_github(diagnostic: Diagnostic) -> str:
    """A workflow command, which GitHub shows beside the line in a pull request."""

    def escape(text: str, more: str = "") -> str:
        for char in "%\r\n" + more:
            text = text.replace(char, f"%{ord(char):02X}")
        return text

    fields = {
        "file": _printable_path(diagnostic.path),
        "line": diagnostic.line,
        "col": diagnostic.column,
        "title": diagnostic.rule,
    }
    listed = ",".join(f"{k}={escape(str(v), ':,')}" for k, v in fields.items() if v is not None)
    text = diagnostic.message + (f"\n{diagnostic.help}" if diagnostic.help else "")
    return f"::{diagnostic.severity} {listed}::{escape(printable(text))}"


def format_sarif(diagnostics: Sequence[Diagnostic], version: str) -> str:
    """The whole run as SARIF 2.1.0, for GitHub's code scanning."""

    def result(d: Diagnostic) -> dict[str, object]:
        region = {"startLine": d.line, "startColumn": d.column} if d.line and d.column else None
        physical: dict[str, object] = {"artifactLocation": {"uri": quote(d.path, errors="replace")}}
        if region:
            physical["region"] = region
        text = d.message + (f"\n{d.help}" if d.help else "")
        return {
            "ruleId": d.rule,
            "level": str(d.severity),
            "message": {"text": text},
            "locations": [{"physicalLocation": physical}],
        }

    rules = sorted({d.rule for d in diagnostics})
    run = {
        "tool": {
            "driver": {
                "name": "sourcebook",
                "version": version,
                "rules": [{"id": rule} for rule in rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [result(d) for d in diagnostics],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]}, indent=1)


def summarise(diagnostics: Sequence[Diagnostic], files: int) -> str:
    """The closing line: ``3 errors, 1 warning in 214 files``."""
    errors = sum(d.severity is Severity.ERROR for d in diagnostics)
    warnings = len(diagnostics) - errors

    def count(n: int, noun: str) -> str:
        return f"{n} {noun}" if n == 1 else f"{n} {noun}s"

    return f"{count(errors, 'error')}, {count(warnings, 'warning')} in {count(files, 'file')}"
