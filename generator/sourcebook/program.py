"""Which program this is: what one left for later runs is of no use to another.

Everything that could make something else of the same files counts: Python, our own files byte for
byte, and the libraries, of which the names that they are installed under tell the version. Nothing
of them is imported for it.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from . import __version__
from .layout import read_file

_LIBRARIES = ("jinja2", "markdown_it_py", "markupsafe", "mdurl", "pagefind_bin", "pyyaml")
_INSTALLED = (".dist-info", ".egg-info")


@cache
def fingerprint() -> bytes:
    """Tells this program, with what it runs on, apart from all others; 32 bytes."""
    told = hashlib.sha256(repr((__version__, sys.version, *_installed_libraries())).encode())
    package = str(Path(__file__).parent)
    for folder, folders, files in os.walk(package):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in sorted(files):
            path = os.path.join(folder, name)  # noqa: PTH118 - a third of the time of Path's
            told.update(os.fsencode(path[len(package) :]) + b"\0")
            told.update(hashlib.sha256(read_file(path)).digest())
    return told.digest()


def _installed_libraries() -> Iterator[tuple[str, int]]:
    """The name and version of each library, and when it was installed.

    One that is not found has something that no other run has: then nothing is ever recalled.
    """
    missing = set(_LIBRARIES)
    for folder in sys.path:
        try:
            with os.scandir(folder or ".") as entries:
                found = [entry for entry in entries if entry.name.endswith(_INSTALLED)]
        except OSError:
            continue
        for entry in sorted(found, key=lambda entry: entry.name):
            library = entry.name.partition("-")[0].lower().replace(".", "_")
            if library in _LIBRARIES:
                missing.discard(library)
                yield entry.name, entry.stat().st_mtime_ns
    if missing:
        yield os.urandom(16).hex(), 0
