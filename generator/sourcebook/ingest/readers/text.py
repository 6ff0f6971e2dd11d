"""Reads a plain-text capture: decoded, its byte-order mark removed, otherwise untouched."""

from __future__ import annotations

import re

from ..reading import IngestProblem, Reading
from .decode import decode_text
from .message import read_message_head

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")
"""Any but those of text: tab, line ends, form feed."""
_MOST_CONTROLS = 0.01
"""Share of control characters above which a file is binary, not text with a stray character."""


def read_text(name: str, data: bytes) -> Reading:
    """The reading of a plain-text capture. Raises ``IngestProblem`` for empty and binary files."""
    decoded = decode_text(name, data)
    check_is_text(name, decoded.text)
    metadata = read_message_head(decoded.text)
    return Reading(decoded.text, "text/plain", decoded.encoding, metadata=metadata)


def check_is_text(name: str, text: str) -> None:
    """Raise ``IngestProblem`` where *text* is empty, or what no writer of text would have made."""
    if not text.strip():
        raise IngestProblem(f"`{name}` has no text in it", "capture the page again")
    if "\0" in text:
        offset = text.index("\0")
        raise IngestProblem(
            f"`{name}` has a NUL character after {offset} characters, so it is not a text file",
            "if it is a text, save it again as UTF-8; otherwise leave it out",
        )
    controls = len(_CONTROL.findall(text))
    if controls > len(text) * _MOST_CONTROLS:
        raise IngestProblem(
            f"`{name}` looks like a binary file: {controls} of {len(text)} characters are controls",
            "ingest takes text, HTML, Markdown and PDF",
        )
