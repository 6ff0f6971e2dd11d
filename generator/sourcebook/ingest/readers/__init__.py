"""From the bytes of a capture to its ``Reading``: one ``read_<format>`` and one row each.

The type of a file is told from its first bytes; the ending of its name decides only between text
formats that look alike, such as Markdown and plain text.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import PurePath
from typing import NamedTuple

from ..reading import IngestProblem, Reading
from .html import is_html, read_html
from .mail import is_mail, read_mail
from .markdown import is_markdown, read_markdown
from .pdf import is_pdf, read_pdf
from .text import read_text

MAX_BYTES = 32 * 2**20
"""Larger files are refused: no page is as long, and reading one takes its size several times."""


class Format(NamedTuple):
    """A kind of file that can be read."""

    name: str
    matches: Callable[[str, bytes], bool]
    """Whether a file with this name and these bytes is of this kind."""
    read: Callable[[str, bytes], Reading]


_MHTML = "a web page in one file (MHTML)"

_UNREADABLE = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP file (Word, OpenDocument and EPUB files are such)"),
    (b"\x1f\x8b", "a gzip file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"RIFF", "a sound, picture or film"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3", "a database"),
    (b"From: <Saved by ", _MHTML),
    (b'From: "Saved by ', _MHTML),
    (b"[InternetShortcut]", "a shortcut to a page, and not the page"),
    (b"bplist00", "a file of macOS (Safari's web archives and shortcuts are such)"),
)
"""Kinds of file that people save by mistake, by their first bytes."""


def _is_any(_name: str, _data: bytes) -> bool:
    return True


FORMATS: tuple[Format, ...] = (
    Format("pdf", is_pdf, read_pdf),
    Format("mail", is_mail, read_mail),
    Format("html", is_html, read_html),
    Format("markdown", is_markdown, read_markdown),
    Format("text", _is_any, read_text),
)
"""The first that matches reads the file."""


def read_capture(name: str, data: bytes) -> Reading:
    """The text of a capture and what the file says about itself.

    Raises ``IngestProblem`` for a file that cannot be read; *name* is used in messages, and its
    ending only where the bytes do not tell the type.
    """
    shown = PurePath(name).name
    if len(data) > MAX_BYTES:
        raise IngestProblem(
            f"`{shown}` has {len(data):,} bytes; the most that is read is {MAX_BYTES:,}",
            "split it, or leave out what is not the article",
        )
    for signature, kind in _UNREADABLE:
        if data.startswith(signature):
            raise IngestProblem(
                f"`{shown}` is {kind}", "ingest takes text, HTML, Markdown and PDF: save it as one"
            )
    for format_ in FORMATS:
        if format_.matches(shown, data):
            return format_.read(shown, data)
    raise AssertionError("the last format matches everything")
