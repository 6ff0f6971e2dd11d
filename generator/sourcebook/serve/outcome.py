"""What a build is told and what it answers, as far as the preview server cares."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from ..diagnostics import (
    Diagnostic,
    Severity,
    SourcebookError,
    format_error,
    format_text,
    printable,
)


class Overtaken(Exception):
    """A follow-up is given up for the sake of newer changes, to be asked for again after them."""


GiveWay = Callable[[], None]
"""Raises ``Overtaken`` where newer changes wait: a follow-up calls it wherever it can be left."""


def stay() -> None:
    """A ``GiveWay`` of work that is not to be given up."""


@dataclass(frozen=True, slots=True)
class Changes:
    """Why a build is asked for: the files whose content is another than at the build before."""

    paths: frozenset[Path] = frozenset()
    """Resolved; files that have gone are among them."""
    everything: bool = False
    """The first build, which knows of none before it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One reason why there is no new site, ready to show."""

    text: str
    """All of it as the terminal shows it, without colour: what the overlay's Copy button copies."""
    message: str
    path: str | None = None
    line: int | None = None
    excerpt: str | None = None
    """The source line with its caret, and other lines worth seeing."""
    help: str | None = None


@dataclass(frozen=True, slots=True)
class BuildOutcome:
    """What came of a build. Unless it is *ok*, the pages of the last good one stay."""

    ok: bool
    problems: tuple[Problem, ...] = ()
    """What stands in the way, in the order to show. Ignored where the build is *ok*."""
    changed: bool = True
    """Whether the site differs from before, so that open pages must be loaded again."""
    notice: str | None = None
    """What every open page says until nothing is left to follow: that it may not be the newest."""
    summary: str | None = None
    """One line for the terminal."""
    follow_up: Callable[[GiveWay], BuildOutcome] | None = None
    """The rest of the build, where it made first what was saved: run at once, told like a build.

    One that was overtaken is run again later, or dropped where the build for what overtook it went
    wrong or has a follow-up of its own: so each must do all that is left of the builds before.
    """


def _problem_of_diagnostic(diagnostic: Diagnostic) -> Problem:
    """A problem in the content, as the page shows it."""
    message = printable(diagnostic.message)
    without_help = format_text(replace(diagnostic, help=None))
    excerpt = without_help.split("\n")[1 + message.count("\n") :]
    return Problem(
        text=format_text(diagnostic),
        message=message,
        path=diagnostic.path,
        line=diagnostic.line,
        excerpt=textwrap.dedent("\n".join(excerpt)) or None,
        help=diagnostic.help,
    )


def outcome_of_diagnostics(diagnostics: tuple[Diagnostic, ...]) -> BuildOutcome:
    """The outcome of a build that these problems stopped, the errors among them first."""
    ordered = sorted(diagnostics, key=lambda d: d.severity is not Severity.ERROR)
    return BuildOutcome(ok=False, problems=tuple(map(_problem_of_diagnostic, ordered)))


def outcome_of_exception(error: SourcebookError) -> BuildOutcome:
    """The outcome of a build that a full disk, a lock or a bad setting stopped."""
    problem = Problem(format_error(error), error.message, help=error.help)
    return BuildOutcome(ok=False, problems=(problem,))
