"""What a command prints on its own: lines for the reader, problems, and paths as one types them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..diagnostics import (
    Diagnostic,
    SourcebookError,
    format_error,
    format_text,
    printable,
    summarise,
)

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
        if diagnostics:
            with _nothing_obeyed():
                for diagnostic in diagnostics:
                    print(format_text(diagnostic, self.colour))
        if diagnostics or not self.quiet:
            print(summarise(diagnostics, files), flush=True)


@contextmanager
def _nothing_obeyed() -> Iterator[None]:
    """Meanwhile GitHub obeys no line of a run's log: strangers' lines may begin as commands do."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        yield
        return
    token = os.urandom(16).hex()
    print(f"::stop-commands::{token}")
    yield
    print(f"::{token}::")


def short_path(path: Path) -> str:
    """A path as one would type it here: relative, where it is below the current folder."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def print_problem(error: SourcebookError) -> None:
    """What a command, or one file of several, ended with; it goes to stderr."""
    print(format_error(error), file=sys.stderr)
