"""Whether a document's page, its fingerprint and its capture say the same.

Three results, never a guess: equal, differs (an error), cannot check (shown as such). What "the
same" means is ``text``'s.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, islice
from typing import Literal

from .diagnostics import Diagnostic
from .frontmatter import CONFLICT, CONFLICT_FACT, CONFLICT_HELP
from .load import CaptureFile
from .markup import ParsedBody, line_in_body
from .model import Document
from .text import (
    Difference,
    apply_corrections,
    excerpt,
    find_differences,
    fingerprint,
    normalise,
)

_NOT_KNOWN = "0" * 64
"""What a person writes for a hash: who edits in the browser has nothing that could reckon one."""
_SHOWN = 5
"""Differences named in one message; one is enough to fail, more only help."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What the check of one document found, for its page."""

    status: Literal["equal", "differs", "cannot-check"]
    reason: str | None = None
    """Why it cannot be checked."""


def check_other_captures(document: Document, others: Sequence[CaptureFile]) -> list[Diagnostic]:
    """Whether the captures behind the first, which no page transcribes, are as they were saved."""
    return [
        found
        for number, capture in enumerate(others, start=1)
        for found in check_capture(document, capture, number)
    ]


def verify_document(
    document: Document, body: ParsedBody, capture: CaptureFile
) -> tuple[Verification, list[Diagnostic]]:
    """Compare a page with its fingerprint and with its capture, sealed corrections applied."""
    found = [*check_capture(document, capture, 0)]
    is_original = not found
    if capture.text is None:
        found += _check_fingerprint(document, body)
        reason = capture.problem or "the capture's text is not known"
        return Verification("differs" if found else "cannot-check", reason), found
    wanted, misfits = apply_corrections(normalise(capture.text), document.corrections)
    for correction in misfits:
        found.append(
            Diagnostic(
                "correction-does-not-fit",
                f'the correction of "{correction.was}" to "{correction.now}" does not stand in the'
                " capture exactly once",
                document.path,
                help="take it out, and seal the change again: sourcebook seal FILE --reason TEXT",
                pointer=("corrections", document.corrections.index(correction)),
            )
        )
    differences = list(islice(find_differences(body.text, wanted), _SHOWN + 1))
    if differences and not misfits:
        found.append(_describe(document, body, capture.text, wanted, differences, is_original))
    if not differences:
        found += _check_fingerprint(document, body, is_original)
    return Verification("differs" if found else "equal"), found


def check_capture(document: Document, capture: CaptureFile, number: int) -> list[Diagnostic]:
    """Whether the file of a capture is the one recorded; that of the first must be read as text."""
    record = capture.capture
    if record.file is None:
        return []
    shown = f"content/{record.file}"
    if capture.sha256 is None:
        rule, field = "capture-missing", "file"
        message = f"the capture {shown} cannot be read: {capture.problem}"
        help = (
            "put the file back; if it was renamed or moved, write here where it is now; leave `file`"
            " out if it must not be held here"
        )
    elif record.sha256 == _NOT_KNOWN:
        rule, field = "invalid-hash", "sha256"
        message = f"the SHA-256 of {shown} is {capture.sha256}"
        help = "write it here, if the file is as it was saved"
    elif capture.sha256 != record.sha256:
        rule, field = "capture-changed", "sha256"
        message = (
            f"the capture {shown} has the SHA-256 {capture.sha256[:12]}…,"
            f" not {record.sha256[:12]}…: the file was changed, or is another"
        )
        changed = _changed_by_an_editor(capture)
        help = (
            f"{changed}; put the original file back"
            if changed
            else "put the original file back; a newer capture of the same page goes in beside it under"
            " another name"
        )
    elif record.reading is not None and capture.reading_sha256 != record.reading.sha256:
        rule, field = "capture-changed", "reading"
        message = (
            f"the text read from {shown} is not the one that was read:"
            f" {capture.problem or 'its SHA-256 differs'}"
        )
        help = "put the .reading.txt file back as it was"
    elif capture.text is None and number == 0:
        rule, field = "capture-missing", "file"
        message = f"the capture {shown} cannot be read as text: {capture.problem}"
        help = "record its encoding under `captures`, such as encoding: windows-1252"
    else:
        return []
    place, code = ("captures", number, field), 5 if rule == "capture-changed" else 1
    return [Diagnostic(rule, message, document.path, help=help, pointer=place, exit_code=code)]


def _changed_by_an_editor(capture: CaptureFile) -> str | None:
    """What is different of a changed capture, if no word of it is."""
    if capture.text is None or capture.capture.reading is not None:
        return None
    unix = capture.text.replace("\r\n", "\n")
    for text, changed in (
        (capture.text, _OTHER_BYTES),
        (unix, _OTHER_LINE_ENDS.format("Windows")),
        (unix.replace("\n", "\r\n"), _OTHER_LINE_ENDS.format("Unix")),
    ):
        data = text.encode(capture.capture.encoding or "utf-8", "replace")
        if hashlib.sha256(data).hexdigest() == capture.capture.sha256:
            return changed
    return None


_OTHER_BYTES = (
    "it has the same words in another encoding, or with a byte-order mark: an editor changed it"
)
_OTHER_LINE_ENDS = "it has {} line ends where it had others: an editor or git changed them"


def _check_fingerprint(
    document: Document, body: ParsedBody, is_proven: bool = False
) -> list[Diagnostic]:
    """Whether the text has the fingerprint recorded; *is_proven*: it is known to be the capture's."""
    actual = fingerprint_of(body)
    if actual == document.transcription:
        return []
    help = (
        "the text below was changed: put it back, or seal a deliberate change with"
        " `sourcebook seal FILE --reason TEXT`"
    )
    if document.transcription == _NOT_KNOWN:
        help = f"if the text below is the capture's, write {actual}"
    if is_proven:
        help = f"the text is the capture's, so this line is what is wrong: write {actual}"
    return [
        Diagnostic(
            "transcription-differs",
            f"the page's text has the fingerprint {actual[:12]}…, not"
            f" {document.transcription[:12]}…",
            document.path,
            help=help,
            pointer=("transcription",),
        )
    ]


def fingerprint_of(body: ParsedBody) -> str:
    """The fingerprint of a page's text: what ``transcription`` must say."""
    return fingerprint(body.text)


def _describe(
    document: Document,
    body: ParsedBody,
    capture: str,
    wanted: str,
    differences: list[Difference],
    is_original: bool,
) -> Diagnostic:
    first = differences[0]
    at = min(first.page_start, max(len(body.text) - 1, 0))
    line = line_in_body(body.blocks, at) if body.blocks else 0
    source = re.split(r"\r\n|\n|\r", str(document.body))[line]
    line += document.body_line
    words = body.text[first.page_start : first.page_end]
    column = _column_in(source, body.text, first)
    capture_line = _line_in(capture, first.capture_start)
    corrected = ", as corrected" if document.corrections else ""
    message = (
        f"the page's text differs from its capture{corrected}\n"
        f"    page, line {line}: {excerpt(body.text, first.page_start, first.page_end)}\n"
        f"    capture{corrected}, line {capture_line}:"
        f" {excerpt(wanted, first.capture_start, first.capture_end)}"
    )
    more = len(differences) - 1
    if more:
        places = f"{more} more places differ" if more > 1 else "one more place differs"
        message += f"\n    {'at least ' if more >= _SHOWN else ''}{places}"
    help = (
        "put back the capture's words; to seal a deliberate correction:"
        f" sourcebook seal {document.path} --reason TEXT"
    )
    if not is_original and fingerprint_of(body) == document.transcription:
        help = "the page is as it was, so leave it: put the original capture back"
    if CONFLICT.match(source):
        help = f"{CONFLICT_FACT}: {CONFLICT_HELP}"
    return Diagnostic(
        "transcription-differs",
        message,
        document.path,
        help=help,
        line=line,
        column=column + 1,
        width=max(len(words), 1),
        source_line=source,
    )


def _column_in(source: str, text: str, difference: Difference) -> int:
    """Where the line *source* has what differs in the normalised *text*, from 0.

    The same word may stand in the line more than once, and where words are missing nothing marks
    the place: so it is looked for with its neighbours, as many as the line has as the text has them.
    """
    start, end = difference.page_start, difference.page_end
    for before, after in ((24, 24), (24, 0), (0, 24), (8, 8), (8, 0), (0, 8), (0, 0)):
        head, words = text[max(start - before, 0) : start], text[start : end + after]
        pieces = (re.sub(r"(?:\\ )+", r"\\s+", re.escape(piece)) for piece in (head, words))
        found = re.search("({})({})".format(*pieces), source) if head or words else None
        if found is not None:
            return found.start(2)
    return 0


def _line_in(raw: str, offset: int) -> int:
    """The line of *raw* that holds the character at *offset* of its normalised text."""
    lines = raw.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ends = list(accumulate(len(text) + 1 if (text := normalise(one)) else 0 for one in lines))
    return min(bisect_right(ends, offset) + 1, len(lines))
