"""Where an archive has its files, and where the program has its theme; and the bytes of a file.

Whoever only asks whether anything has changed needs no more than this, and no YAML nor Markdown.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from .diagnostics import UsageError

FILE = "archive.yaml"
"""The settings: the folder that has it is an archive."""

FOLDERS: Mapping[str, str] = {
    "document": "documents",
    "actor": "actors",
    "topic": "topics",
    "outlet": "outlets",
    "question": "questions",
}
"""The folder in content/ of each kind of record."""

CAPTURES = "captures"
READING_ENDING = ".reading.txt"
"""Beside an HTML or PDF capture: the text that a reader took out of it. Never itself a capture."""

DEFAULT_THEME = "default"

_CHUNK = 1 << 17
"""Bytes that are read at once: most files are smaller, and whole with one call."""
_FLAGS = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""Of a pipe in a file's place nothing is waited for."""


def path_of(kind: str, slug: str) -> str:
    """Where an archive has the file of a record, relative to its root."""
    return f"content/{FOLDERS[kind]}/{slug}.md"


def find_root(start: Path) -> Path:
    """The folder with an ``archive.yaml``: *start*, or the nearest one above it."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return folder
    for path in sorted(start.iterdir()) if start.is_dir() else ():
        # As Windows shows it that hides endings, or as others end theirs.
        if path.name.lower() in (FILE, "archive.yml", f"{FILE}.txt") and path.is_file():
            raise UsageError(f"{path} is not named {FILE}", f"rename it to {FILE}")
    raise UsageError(
        f"there is no archive here: neither {start} nor a folder above it has an {FILE}",
        "go to your archive's folder, name it with -C DIR, or make one with `sourcebook new DIR`",
    )


def default_theme_folder() -> Path:
    """Where the default theme is: inside the installed package, or in the repository."""
    here = Path(__file__).resolve().parent
    installed = here / "themes" / DEFAULT_THEME
    return installed if installed.is_dir() else here.parents[1] / "themes" / DEFAULT_THEME


def read_file(path: str) -> bytes:
    """What a file holds.

    With the system's own calls: of tens of thousands of small files, Python's take twice the time.
    """
    handle = os.open(path, _FLAGS)
    try:
        data = os.read(handle, _CHUNK)
        if len(data) < _CHUNK:
            return data
        chunks = [data]
        while data := os.read(handle, _CHUNK):
            chunks.append(data)
        return b"".join(chunks)
    finally:
        os.close(handle)
