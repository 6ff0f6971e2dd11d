"""What a person changes between two builds, in an archive of ours and in a peer's copy of the corpus.

Each change is a function from a file's text and a number to its new text; the number stands in the
result, so that a page that shows the change can be told. An archive stays right: a quote still
stands in its text, and the text still reads as its capture.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


def mark_of(number: int) -> str:
    """What a page shows once it has seen change *number*."""
    return f"changed{number:04}mark"


def change_body(text: str, number: int) -> str:
    """A word of the body is stressed: other Markdown, another page, the same text."""
    del number
    front, end, body = text.partition("\n---\n")
    return front + end + re.sub(r"\b([A-Za-z]{4,})\b", r"*\1*", body, count=1)


def change_claim(text: str, number: int) -> str:
    """The first claim says something else, in the annotator's words."""
    return re.sub(r"(\n    cue: .*\n)", rf'\1    says: "{mark_of(number)}"\n', text, count=1)


def change_front_matter(text: str, number: int) -> str:
    """The document has another title."""
    return re.sub(r'(title: ".*)"', rf'\1 {mark_of(number)}"', text, count=1)


def rename_actor(text: str, number: int) -> str:
    """The actor has another name; the old one is an alias."""
    return re.sub(r'name: "(.*)"', rf'name: "\1 {mark_of(number)}"\naliases: ["\1"]', text, count=1)


def change_cue(text: str, number: int) -> str:
    """``change_claim`` for the neutral corpus, which has no word of the annotator's."""
    return re.sub(r'(\n    cue: ".*)"', rf'\1 {mark_of(number)}"', text, count=1)


@contextmanager
def restored(paths: Sequence[Path]) -> Iterator[None]:
    """What is done to *paths* is undone at the end."""
    before = [(path, path.read_bytes()) for path in paths]
    try:
        yield
    finally:
        for path, data in before:
            path.write_bytes(data)


def documents_to_change(folder: Path, count: int) -> list[Path]:
    """*count* documents with claims, spread over the folder; the same ones every time."""
    paths = sorted(folder.glob("*.md"))
    spread = paths[len(paths) // 7 :: max(1, len(paths) // (count * 3))]
    with_claims = [path for path in spread if "\n    cue: " in path.read_text(encoding="utf-8")]
    return with_claims[:count]
