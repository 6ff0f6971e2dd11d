"""``check --reread``: reads HTML and PDF captures again and reports what differs from their readings.

A newer version of a reader may take out other text. That is no fault of the archive, so it is a
warning; the kept reading stays what pages are compared with.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .diagnostics import Diagnostic, Severity, SourcebookError
from .ingest.readers import read_capture
from .load import READING_ENDING, Content, decode_capture, find_capture
from .text import excerpt, find_differences, normalise


def reread_captures(root: Path, content: Content) -> Iterator[Diagnostic]:
    """A diagnostic for each capture whose new reading differs from the kept one."""
    for document in content.documents.values():
        capture = document.captures[0]
        if capture.reading is None or capture.file is None:
            continue
        path = find_capture(root, capture.file)
        if path is None:
            continue
        shown = f"content/{capture.file}"
        try:
            new = normalise(read_capture(path.name, path.read_bytes()).text)
            kept_file = path.with_name(path.name + READING_ENDING)
            kept = normalise(decode_capture(kept_file.read_bytes(), None) or "")
        except (SourcebookError, OSError) as error:
            help = error.help if isinstance(error, SourcebookError) else None
            yield Diagnostic(
                "reading-differs",
                f"the capture {shown} cannot be read again: {error}",
                document.path,
                Severity.WARNING,
                help,
                pointer=("captures", 0),
            )
            continue
        first = next(find_differences(new, kept), None)
        if first is not None:
            yield Diagnostic(
                "reading-differs",
                f"the capture {shown} reads otherwise now\n"
                f"    now: {excerpt(new, first.page_start, first.page_end)}\n"
                f"    kept: {excerpt(kept, first.capture_start, first.capture_end)}",
                document.path,
                Severity.WARNING,
                "look at both; the page is compared with the kept reading",
                pointer=("captures", 0, "reading"),
            )
