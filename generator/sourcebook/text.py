"""The fidelity contract: when two texts read the same, and where they do not.

This module alone says what "the page's text is the capture's text" means; the site's About page
prints it. Both sides are normalised, in this order:

1. Unicode NFC.
2. U+00AD, U+200B, U+2060 and U+FEFF go. U+200C, U+200D and the bidi marks stay: they are spelling.
3. Line by line, *layout* goes: one of ``•◦▪‣·``, or one of ``*-+`` followed by white space, at the
   start of a line, and a line of three or more of one of ``-_*=~``.
4. Runs of white space (line ends, NBSP, thin spaces) become one space; ends are trimmed.

Nothing else: no case, no quotation mark, no dash, no digit is folded. Texts are equal when the same
sequence of characters remains. It does not know of files, Markdown or captures.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

from .model import Correction

_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_IGNORED = re.compile(f"[{_INVISIBLE}]+")
_BLANK = r"[^\S\r\n]*"
_BULLET = r"(?:[•◦▪‣·]|[*+\-](?=\s|\Z))"
_RULE = rf"(?:-{{3,}}|_{{3,}}|\*{{3,}}|={{3,}}|~{{3,}}){_BLANK}(?=[\r\n]|\Z)"
_LINE_LAYOUT = rf"{_BLANK}(?:{_BULLET}(?:{_BLANK}{_RULE})?|{_RULE})"
_LAYOUT = re.compile(rf"(?<![^\r\n]){_LINE_LAYOUT}")
_LAYOUT_OF_NEXT_LINES = re.compile(rf"\n{_LINE_LAYOUT}")
_TRIMMED = re.compile(r"\A\s+|(?<!\s)\s+\Z")
_WHITE = re.compile(r" \s+|[^\S ]\s*")


def normalise(text: str) -> str:
    """*text* as the contract compares it."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text)
        for char in _INVISIBLE:
            text = text.replace(char, "")
    layout = _LAYOUT.match(text)
    if layout is not None:
        text = text[layout.end() :]
    # Of white space only the space is printable, and most texts have single ones and line ends.
    has_only_spaces = text.isprintable()
    if not has_only_spaces:
        text = _LAYOUT_OF_NEXT_LINES.sub("\n", text.replace("\r", "\n"))
        text = text.replace("\n\n", "\n").replace("\n", " ")
        has_only_spaces = text.isprintable()
    if has_only_spaces and "  " not in text:
        return text.strip(" ")
    return " ".join(text.split())


def fingerprint(normalised: str) -> str:
    """The SHA-256 of a normalised text in UTF-8, in hexadecimal: a document's ``transcription``."""
    return hashlib.sha256(normalised.encode("utf-8", "surrogatepass")).hexdigest()


class _Run(NamedTuple):
    """A stretch of output and the stretch of input that it came from; equal lengths are the same text."""

    out: int
    source: int
    source_length: int


@dataclass(frozen=True, slots=True)
class _Step:
    """One rewriting of a text, with the way back."""

    runs: tuple[_Run, ...]
    length: int

    def source_start(self, offset: int) -> int:
        run, inside, length = self._run_at(offset)
        return run.source + (inside if length == run.source_length else 0)

    def source_end(self, offset: int) -> int:
        if offset == 0:
            return self.source_start(0)
        run, inside, length = self._run_at(offset - 1)
        return run.source + (inside + 1 if length == run.source_length else run.source_length)

    def _run_at(self, offset: int) -> tuple[_Run, int, int]:
        index = max(0, bisect_right(self.runs, offset, key=lambda run: run.out) - 1)
        run = self.runs[index]
        end = self.runs[index + 1].out if index + 1 < len(self.runs) else self.length
        return run, offset - run.out, end - run.out


@dataclass(frozen=True, slots=True)
class NormalisedText:
    """A normalised text that can tell where each of its characters stood in the raw text."""

    text: str
    _steps: tuple[_Step, ...]
    """The last rewriting first."""

    def raw_start(self, offset: int) -> int:
        """The raw offset of the character at *offset*."""
        for step in self._steps:
            offset = step.source_start(offset)
        return offset

    def raw_end(self, offset: int) -> int:
        """The raw offset just behind the character before *offset*: for the ends of spans."""
        for step in self._steps:
            offset = step.source_end(offset)
        return offset


def trace(raw: str) -> NormalisedText:
    """The same text as ``normalise(raw)``, with the way back to *raw*."""
    steps: list[_Step] = []
    text = raw
    if not unicodedata.is_normalized("NFC", text):
        text, step = _compose(text)
        steps.append(step)
    for pattern, replacement in ((_IGNORED, ""), (_LAYOUT, ""), (_TRIMMED, ""), (_WHITE, " ")):
        if pattern.search(text):
            text, step = _rewrite(text, pattern, replacement)
            steps.append(step)
    return NormalisedText(text, tuple(reversed(steps)))


def _rewrite(text: str, pattern: re.Pattern[str], replacement: str) -> tuple[str, _Step]:
    pieces: list[str] = []
    runs: list[_Run] = []
    out = done = 0
    for match in pattern.finditer(text):
        start, end = match.span()
        if start > done:
            pieces.append(text[done:start])
            runs.append(_Run(out, done, start - done))
            out += start - done
        if replacement:
            pieces.append(replacement)
            runs.append(_Run(out, start, end - start))
            out += len(replacement)
        done = end
    if done < len(text) or not runs:
        pieces.append(text[done:])
        runs.append(_Run(out, done, len(text) - done))
        out += len(text) - done
    return "".join(pieces), _Step(tuple(runs), out)


def _compose(text: str) -> tuple[str, _Step]:
    """NFC, cluster by cluster: a cluster ends where composing what follows apart changes nothing."""
    pieces: list[str] = []
    runs: list[_Run] = []
    out = 0
    for start, cluster in _clusters(text):
        composed = unicodedata.normalize("NFC", cluster)
        runs.append(_Run(out, start, len(cluster)))
        pieces.append(composed)
        out += len(composed)
    return "".join(pieces), _Step(tuple(runs), out)


def _clusters(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in range(1, len(text) + 1):
        if end == len(text):
            yield start, text[start:end]
        elif unicodedata.combining(text[end]) == 0:
            cluster, char = text[start:end], text[end]
            together = unicodedata.normalize("NFC", cluster + char)
            apart = unicodedata.normalize("NFC", cluster) + unicodedata.normalize("NFC", char)
            if together == apart:
                yield start, cluster
                start = end


class Difference(NamedTuple):
    """A passage in which two normalised texts differ. Either side may be empty."""

    page_start: int
    page_end: int
    capture_start: int
    capture_end: int


_WORD = re.compile(r"\s+|\w+|[^\w\s]")
_MOST_STEPS = 20_000_000
"""Pairs of like words looked at in one comparison. A hundred changes in a thousand words take a
third of it; a few words repeated without end would take the cube of their number."""


class _Matcher(SequenceMatcher[str]):
    """Finds no match in a stretch where that would take too many steps."""

    a: Sequence[str]
    b2j: dict[str, list[int]]

    def __init__(self, one: Sequence[str], other: Sequence[str]) -> None:
        super().__init__(None, one, other, autojunk=False)
        places = self.b2j
        self.pairs = list(accumulate((len(places.get(word, ())) for word in one), initial=0))
        self.steps = 0

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        steps = self.steps + self.pairs[len(self.a) if ahi is None else ahi] - self.pairs[alo]
        if steps > _MOST_STEPS:
            return Match(alo, blo, 0)
        self.steps = steps
        return super().find_longest_match(alo, ahi, blo, bhi)


def find_differences(page: str, capture: str) -> Iterator[Difference]:
    """Each passage in which two *normalised* texts differ, word by word, in text order.

    Where that would take too long, a passage may hold words that are the same in both.
    """
    if page == capture:
        return
    start = _common_prefix(page, capture)
    rest = _common_prefix(page[start:][::-1], capture[start:][::-1])
    # Whole words: a reader is shown "upheld", not the letters in which it is another word.
    start = _word_start(page, start)
    rest = min(rest, len(page) - start, len(capture) - start)
    rest = len(page) - _word_end(page, len(page) - rest)
    page_words = _WORD.findall(page[start : len(page) - rest])
    capture_words = _WORD.findall(capture[start : len(capture) - rest])
    page_ends = list(accumulate(map(len, page_words), initial=start))
    capture_ends = list(accumulate(map(len, capture_words), initial=start))
    matcher = _Matcher(capture_words, page_words)
    waiting: Difference | None = None
    for tag, c0, c1, p0, p1 in matcher.get_opcodes():
        if tag == "equal":
            continue
        found = Difference(page_ends[p0], page_ends[p1], capture_ends[c0], capture_ends[c1])
        if waiting is not None and page[waiting.page_end : found.page_start].isspace():
            # Changed words with only a space between them are one change to a reader.
            found = Difference(waiting[0], found[1], waiting[2], found[3])
        elif waiting is not None:
            yield waiting
        waiting = found
    if waiting is not None:
        yield waiting


def _word_start(text: str, at: int) -> int:
    while at > 0 and text[at - 1].isalnum():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    while at < len(text) and text[at].isalnum():
        at += 1
    return at


def _common_prefix(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one.startswith(other[low:middle], low):
            low = middle
        else:
            high = middle - 1
    return low


_AROUND = 30
"""Code points shown beside a passage in a message; twice as many where a word goes on."""
_LONGEST = 120
"""Code points of a passage that a message shows whole."""


def excerpt(text: str, start: int, end: int) -> str:
    """The words from *start* to *end* and some around them, for a message."""
    left, right = max(0, start - _AROUND), min(len(text), end + _AROUND)
    while left > 0 and not text[left - 1].isspace() and start - left < 2 * _AROUND:
        left -= 1
    while right < len(text) and not text[right].isspace() and right - end < 2 * _AROUND:
        right += 1
    middle = text[left:right]
    if len(middle) > _LONGEST + 2 * _AROUND:
        half = _LONGEST // 2 + _AROUND
        middle = f"{middle[:half]} […] {middle[-half:]}"
    return ("…" if left else "") + middle + ("…" if right < len(text) else "")


def apply_corrections(
    capture: str, corrections: Iterable[Correction]
) -> tuple[str, tuple[Correction, ...]]:
    """The normalised *capture* with the sealed *corrections*, and those that did not fit.

    A correction fits where its ``before``, ``was`` and ``after`` stand together exactly once; it is
    applied to the text as the corrections before it left it.
    """
    misfits: list[Correction] = []
    for correction in corrections:
        before, was = correction.before or "", correction.was
        found = before + was + (correction.after or "")
        at = _only_place(capture, found)
        if at is None:
            misfits.append(correction)
            continue
        start = at + len(before)
        capture = capture[:start] + correction.now + capture[start + len(was) :]
    return capture, tuple(misfits)


def _only_place(text: str, words: str) -> int | None:
    """Where *words* stand in *text*; None where they do not, or twice, be it with an overlap."""
    if not words:
        return None if text else 0
    at = text.find(words)
    return at if at >= 0 and text.find(words, at + 1) < 0 else None


def find_corrections(page: str, capture: str) -> list[Correction]:
    """The corrections that turn the normalised *capture* into the normalised *page*.

    Each has as much text before and after it as it needs to stand in one place only. They come last
    first, so that each is found in a text that is still unchanged before it.
    """
    corrections = []
    for difference in reversed(list(find_differences(page, capture))):
        start, end = difference.capture_start, difference.capture_end
        now = page[difference.page_start : difference.page_end]
        around = 12
        while True:
            left, right = max(0, start - around), min(len(capture), end + around)
            found = capture[left:right]
            if _only_place(capture, found) is not None:
                break
            around *= 2
        corrections.append(
            Correction(
                was=capture[start:end],
                now=now,
                before=capture[left:start],
                after=capture[end:right],
            )
        )
        capture = capture[:start] + now + capture[end:]
    return corrections
