"""Reads a PDF capture: its text layer, page by page.

A PDF comes from a stranger and its parser is C++, so it is parsed in a process of its own with
limits of time and memory; all that comes back is text. Pages without a text layer are pictures, and
are said to be so: nothing is recognised.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence, Set
from dataclasses import dataclass
from importlib.metadata import version
from itertools import zip_longest
from pathlib import Path

from ..reading import IngestProblem, PageMetadata, Reading
from .extras import import_extra

_SECONDS = 60
_FEWEST_LETTERS = 20
_HEADER_WITHIN = 1024
"""PDF readers accept a few bytes before the header."""

_PROBLEMS = {
    "password": ("is encrypted", "save a copy without the password, and ingest that"),
    "format": ("is a damaged PDF, or a part of one", "download or save it again"),
    "limits": ("is a PDF that takes too much memory", "save its text, or print it to a new PDF"),
}


def is_pdf(_name: str, data: bytes) -> bool:
    """Whether the bytes begin as a PDF's do."""
    return b"%PDF-" in data[:_HEADER_WITHIN]


def read_pdf(name: str, data: bytes) -> Reading:
    """The text layer of a PDF and its metadata."""
    import_extra("pypdfium2", "pdf", f"`{name}` is a PDF")
    answer = _run_worker(name, data)
    pages = [_reflow(page) for page in _join_divided(answer.pages)]
    if sum(char.isalpha() for page in pages for char in page) < _FEWEST_LETTERS:
        raise IngestProblem(
            f"`{name}` is a PDF without a text layer: its pages are pictures",
            "run it through text recognition (OCR) first, and ingest what that makes",
        )
    if any(map(_is_reversed, pages)):
        raise IngestProblem(
            f"`{name}` is a PDF whose right-to-left words are read with their letters in reverse",
            "ingest the page that it was made from, or copy its text into a text file, and ingest that",
        )
    return Reading(
        text="\n\n".join(pages) + "\n",
        media_type="application/pdf",
        encoding=None,
        tool="pypdfium2",
        tool_version=version("pypdfium2"),
        metadata=_read_metadata(answer.metadata),
    )


_LAST_LETTERS = "ةىךםןףץ"
"""Of Arabic and Hebrew, those that stand at a word's end alone: teh marbuta, and the final forms."""
_ENDS_WITH_LAST = re.compile(rf"\w[{_LAST_LETTERS}]\b")
_BEGINS_WITH_LAST = re.compile(rf"\b[{_LAST_LETTERS}]\w")


def _is_reversed(page: str) -> bool:
    """Whether more words begin than end with a letter that no word begins with."""
    begin = len(_BEGINS_WITH_LAST.findall(page))
    return begin > 1 and begin > len(_ENDS_WITH_LAST.findall(page))


@dataclass(frozen=True, slots=True)
class _Answer:
    pages: tuple[str, ...]
    metadata: dict[str, str]


def _run_worker(name: str, data: bytes) -> _Answer:
    worker = [sys.executable, "-I", str(Path(__file__).with_name("pdf_worker.py"))]
    try:
        done = subprocess.run(
            worker, input=data, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise IngestProblem(
            f"`{name}` is a PDF that could not be read in {_SECONDS} seconds",
            "save its text, or print it to a new PDF",
        ) from error
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        answer = {"error": "limits"}
    if "error" in answer:
        fact, help_ = _PROBLEMS[answer["error"]]
        raise IngestProblem(f"`{name}` {fact}", help_)
    metadata = {str(key): str(value) for key, value in answer["metadata"].items()}
    return _Answer(tuple(map(str, answer["pages"])), metadata)


def _read_metadata(metadata: dict[str, str]) -> PageMetadata:
    """The title and authors that the file gives; its dates are those of the file, not of the text."""
    title = " ".join(metadata.get("Title", "").split())
    authors = map(str.strip, re.split("[;,]", metadata.get("Author", "")))
    return PageMetadata(
        title=title if len(title) > 3 and not _FILE_NAME.search(title) else None,
        authors=tuple(a for a in authors if a and a.lower() not in ("anonymous", "unknown")),
    )


_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|indd|qxd|tex|rtf|html?|odt|txt)$|^Microsoft Word|^untitled", re.IGNORECASE
)
"""What programs write as the title where nobody gave one."""

_LINE_HYPHEN = re.compile(
    "(?P<first>(?:\\w{1,40}-){0,4}\\w{0,40})(?:[\ufffe\x02][^\\S\n]*\n?|\u00ad\\s*\n)(?P<last>\\w*)"
)
"""A word that a line's end divides. PDFium mostly joins the lines, with a mark of its own between."""
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SHORTEST_HALF = 3
"""Letters; a shorter one may be a word by chance: "to" of "today"."""


def _join_divided(pages: Sequence[str]) -> list[str]:
    """The pages with divided words whole, each with its hyphen where that belongs to it."""
    known = {word.lower() for page in pages for word in _WORD.findall(_LINE_HYPHEN.sub(" ", page))}
    return [_LINE_HYPHEN.sub(lambda divided: _join(divided, known), page) for page in pages]


def _join(divided: re.Match[str], known: Set[str]) -> str:
    """As the rest of the text has the word; else with a hyphen between two words of the text, as
    "five-year", or before capitals, as "non-NATO"."""
    first, last = divided["first"], divided["last"]
    joined, hyphened = f"{first}{last}", f"{first}-{last}"
    if not last[:1].islower():
        return hyphened
    if joined.lower() in known or hyphened.lower() in known:
        return joined if joined.lower() in known else hyphened
    *compound, half = first.lower().split("-")
    is_long = bool(compound) or min(len(half), len(last)) >= _SHORTEST_HALF
    return hyphened if is_long and {half, last.lower()} <= known else joined


_SENTENCE_END = re.compile(r"[.!?:][\"”’')\]]*$")


def _reflow(page: str) -> str:
    """A page's lines, with an empty one where a short line ends a paragraph or is a heading."""
    lines = [line.rstrip() for line in page.replace("\r\n", "\n").split("\n")]
    widths = sorted(len(line) for line in lines if line.strip())
    if not widths:
        return ""
    full = widths[int(len(widths) * 0.8)]
    kept = []
    for line, following in zip_longest(lines, lines[1:], fillvalue=""):
        kept.append(line)
        closes = len(line) < full * 0.8 and _SENTENCE_END.search(line)
        # A heading: far from full, and not gone on with in small letters.
        heads = len(line) < full * 0.6 and not following[:1].islower()
        if closes or heads:
            kept.append("")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")
