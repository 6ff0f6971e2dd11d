"""Run as a process of its own: a PDF on standard input becomes JSON on standard output.

The answer is ``{"pages": [...], "metadata": {...}}`` or ``{"error": "password" | "format"}``.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module

_MEMORY = 1536 * 2**20
_CPU_SECONDS = 50
_MOST_PAGES = 5000


def main() -> None:
    """Read a PDF from standard input and print what it holds."""
    _set_limits()
    pypdfium2 = import_module("pypdfium2")
    data = sys.stdin.buffer.read()
    try:
        document = pypdfium2.PdfDocument(data)
        pages = [
            document[number].get_textpage().get_text_range()
            for number in range(min(len(document), _MOST_PAGES))
        ]
        answer: dict[str, object] = {"pages": pages, "metadata": document.get_metadata_dict()}
    except pypdfium2.PdfiumError as error:
        answer = {"error": "password" if "password" in str(error).lower() else "format"}
    sys.stdout.buffer.write(json.dumps(answer).encode("ascii"))


def _set_limits() -> None:
    try:
        import resource
    except ImportError:  # not on Windows, where only the time is limited, by the caller
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_CPU_SECONDS, _CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
