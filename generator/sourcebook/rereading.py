"""``check --reread``: reads HTML and PDF captures again and reports what differs from their readings.

A newer version of a reader may take out other text. That is no fault of the archive, so it is a
warning; the kept reading stays what pages are compared with.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from .diagnostics import Diagnostic, Severity, SourcebookError
from .ingest.readers import read_capture
from .layout import read_file
from .load import Content, find_capture, load_capture
from .text import excerpt, find_differences, normalise


def reread_captures(root: Path, content: Content) -> Iterator[Diagnostic]:
    """A diagnostic for each capture whose new reading differs from the kept one."""
    for document in content.documents.values():
        capture = document.captures[0]
        if capture.reading is None or capture.file is None:
            continue
        shown = f"content/{capture.file}"
        try:
            reading = load_capture(root, capture).text
            path = find_capture(root, capture.file)
            if path is None or reading is None:
                # What is missing, or leads out of the archive, is reported already.
                continue
            new = normalise(read_capture(path.name, read_file(str(path))).text)
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
        kept = normalise(reading)
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
