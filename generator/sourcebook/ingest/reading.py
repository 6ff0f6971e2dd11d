"""What a reader gets out of a capture: its text, and what the file says about itself.

All later offsets are code points into ``Reading.text``. Of a plain-text capture the reading is the
decoded file without its byte-order mark, otherwise untouched: line ends included.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..diagnostics import UsageError

Span = tuple[int, int]
"""Start and end in ``Reading.text``, in code points."""


class IngestProblem(UsageError):
    """A capture that cannot be read, with what to do about it. Ends this file, not the batch."""

    exit_code = 1


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What the file says of itself in its own metadata. ``None``: it says nothing."""

    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    """EDTF."""
    url: str | None = None
    lang: str | None = None


NO_METADATA = PageMetadata()


@dataclass(frozen=True, slots=True)
class Reading:
    """The text of a capture, how it was obtained, and the file's own metadata."""

    text: str
    media_type: str
    """``text/plain``, ``text/html``, ``text/markdown``, ``message/rfc822`` or ``application/pdf``."""
    encoding: str | None
    """Python's name of the character encoding; None for a format that has none (PDF)."""
    tool: str | None = None
    """The library that took the text out; None where the capture is the text."""
    tool_version: str | None = None
    metadata: PageMetadata = NO_METADATA
