"""Accepts a deliberate change of a document's text: writes the correction and the new fingerprint.

The page then says what was changed, why and by whom, and ``check`` compares it with the capture as
corrected. Only the lines of ``corrections`` and ``transcription`` change in the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .diagnostics import UsageError
from .edits import append_items, set_scalar
from .fidelity import check_capture, fingerprint_of
from .load import load_capture, load_record
from .markup import parse_body
from .model import Correction, Document
from .text import apply_corrections, find_corrections, normalise


@dataclass(frozen=True, slots=True)
class Seal:
    """A sealed page, not yet written."""

    text: str
    corrections: tuple[Correction, ...]
    """The new ones; empty where only the fingerprint was out of date."""
    is_compared: bool
    """Whether there was a capture to compare the text with: some must not be held."""


def seal_document(root: Path, path: Path, reason: str, by: str | None, today: date) -> Seal:
    """The page at *path* with its present text accepted; raises ``UsageError`` where it cannot be."""
    record, problems = load_record("document", path.stem, root)
    if not isinstance(record, Document):
        first = problems[0].message if problems else "it is not a document"
        raise UsageError(f"{path.name} cannot be sealed: {first}", "run `sourcebook check` first")
    capture = load_capture(root, record.captures[0])
    # Of another text than the recorded one, the correction would put words into its mouth.
    for problem in check_capture(record, capture, 0):
        raise UsageError(f"{path.name} cannot be sealed: {problem.message}", problem.help)
    body = parse_body(str(record.body))
    new: list[Correction] = []
    if capture.text is not None:
        corrected, misfits = apply_corrections(normalise(capture.text), record.corrections)
        if misfits:
            raise UsageError(
                f'{path.name} has a correction that fits no more: "{misfits[0].was}"',
                "take it out of `corrections`, then seal again",
            )
        new = find_corrections(body.text, corrected)
    fingerprint = fingerprint_of(body)
    if not new and fingerprint == record.transcription:
        fact = "reads as its capture already" if capture.text is not None else "was not changed"
        raise UsageError(f"{path.name} {fact}", "there is nothing to seal")
    text = path.read_bytes().decode("utf-8")
    try:
        if new:
            text = append_items(text, "corrections", [_item(c, reason, by, today) for c in new])
        text = set_scalar(text, "transcription", fingerprint)
    except UsageError as error:
        raise UsageError(f"{path.name} cannot be edited: {error.message}", error.help) from error
    return Seal(text, tuple(new), capture.text is not None)


def _item(correction: Correction, reason: str, by: str | None, today: date) -> dict[str, str]:
    item = {
        "before": correction.before or "",
        "was": correction.was,
        "now": correction.now,
        "after": correction.after or "",
        "reason": reason,
        "by": by or "",
        "date": today.isoformat(),
    }
    return {key: value for key, value in item.items() if value or key in ("was", "now")}
