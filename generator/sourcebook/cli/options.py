"""What the options that several commands share mean."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from ..diagnostics import UsageError

Options = argparse.Namespace


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
    if wanted is not None and wanted < 1:
        raise UsageError(f"-j takes 1 or more, not {wanted}", "leave it out for as many as pay")
    return wanted or os.cpu_count() or 1
