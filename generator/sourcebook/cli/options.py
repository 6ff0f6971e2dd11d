"""What the options that several commands share mean."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Callable
from pathlib import Path

from ..diagnostics import UsageError

Options = argparse.Namespace


def whole_number(option: str, least: int, most: int | None, help: str) -> Callable[[str], int]:
    """What reads the number that *option* takes."""

    def read(text: str) -> int:
        if re.fullmatch(r"-?\d{1,9}", text, re.ASCII):
            number = int(text)
            if number >= least and (most is None or number <= most):
                return number
        wanted = f"of {least} or more" if most is None else f"from {least} to {most}"
        raise UsageError(f"{option} takes a number {wanted}, not `{text}`", help)

    return read


def start_folder(options: Options) -> Path:
    """The folder that the command is run in, or as if in: what ``-C`` names."""
    directory: Path = getattr(options, "directory", Path())
    if not directory.is_dir():
        raise UsageError(f"there is no folder {directory}", "name an archive's folder after -C")
    return directory.resolve()


def resolve_path(options: Options, path: Path) -> Path:
    """The whole path of one that was given on the command line."""
    return (start_folder(options) / path).resolve()


def count_jobs(wanted: int | None) -> int:
    """How many processes at most: as many as *wanted*, else one for each core."""
    return wanted or os.cpu_count() or 1
