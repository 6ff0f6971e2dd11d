"""Where each quote stands: exactly one placement, or a problem with the nearest passages.

A quote is searched in the normalised text of the whole document, with case, across blocks, at word
edges, because sources are re-wrapped when they are ingested. None is ``quote-not-found``; more than
one is ``ambiguous-quote``. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from ..diagnostics import Diagnostic, Guesses, Pointer, Severity
from ..edits import format_scalar
from ..markup import ParsedBody, line_in_body
from ..model import Claim, Document, Note
from ..passages import find_nearest_passages
from ..text import normalise
from .occurrences import MOST_PLACES, find_occurrences, find_placements, read_fragment
from .places import Span

_PLACES_SHOWN = 6
"""Places of an ambiguous quote that a message names."""
_MOST_WORDS = 30
"""Beside a quote, to tell it from another place."""
_MOST_PASSAGES = 30
"""Of a quote for which such words are looked for."""


@dataclass(frozen=True, slots=True)
class Finder:
    """Places quotes in one document and words what is wrong with them."""

    document: Document
    body: ParsedBody
    guesses: Guesses = field(default_factory=Guesses)

    def place_quotes(
        self, field: str, annotations: Sequence[Claim | Note], found: list[Diagnostic]
    ) -> list[tuple[str, tuple[Span, ...]]]:
        """(id, spans) of each claim or note that has exactly one placement; others go to *found*."""
        text = self.body.text
        placed = []
        for annotation in annotations:
            passages = [read_fragment(passage, text) for passage in annotation.quote]
            before = read_fragment(annotation.before, text) if annotation.before else None
            after = read_fragment(annotation.after, text) if annotation.after else None
            is_empty = not passages or not all(passages)
            placements = [] if is_empty else find_placements(text, passages, before, after)
            if len(placements) == 1:
                placed.append((annotation.id, placements[0]))
                continue
            noun = f"{field[:-1]} `{annotation.id}`"
            pointer: Pointer = (field, annotation.id, "quote")
            if is_empty:
                found.append(self._empty_quote(noun, pointer))
            elif placements:
                found.append(self._ambiguous(noun, pointer, placements))
            else:
                found.append(self._not_found(noun, pointer, passages, before, after))
        return placed

    def find_words_not_in_text(self) -> Iterator[Diagnostic]:
        """Names of speakers and verbs of reporting, shown as the text's, that it does not have."""
        text = self.body.text.casefold()
        guesses = Guesses()  # of its own: warnings do not use up those of errors
        for claim in self.document.claims:
            for name, noun in (("named", "speaker"), ("cue", "verb")):
                given = getattr(claim, name) or ""
                # In one line and not at its start, a dash is no layout: it would be shown too.
                words = normalise("." + " ".join(given.split()))[1:].strip()
                if words.casefold() not in text:
                    closest = guesses.make(partial(self.nearest, words, ""))
                    yield Diagnostic(
                        "words-not-in-text",
                        f'claim `{claim.id}` has the {noun} "{words}", which is not in the text',
                        self.document.path,
                        Severity.WARNING,
                        f"write `{name}` as the text has it\n{closest}".strip(),
                        pointer=("claims", claim.id, name),
                    )

    def line_at(self, offset: int) -> int:
        """The line of the file on which the character at *offset* of the normalised text stands."""
        return self.document.body_line + line_in_body(self.body.blocks, offset)

    def shown(self, span: tuple[int, int]) -> str:
        """The words at *span* with their line, as a message quotes them."""
        words = self.body.text[span[0] : span[1]]
        # Ready to be pasted as a field's value.
        quoted = format_scalar(words) if '"' in words else f'"{words}"'
        return f"line {self.line_at(span[0])}: {quoted}"

    def nearest(self, words: str, otherwise: str, most: int = 1) -> str:
        """Help that shows the passages most like *words*, or *otherwise* where none is like them."""
        spans = find_nearest_passages(self.body.text, words, most)
        if not spans:
            return otherwise
        label = "closest passage" if len(spans) == 1 else "closest passages"
        return f"{label}, " + "\n".join(map(self.shown, spans))

    def _empty_quote(self, noun: str, pointer: Pointer) -> Diagnostic:
        return Diagnostic(
            "quote-not-found",
            f"{noun} has a quote without words",
            self.document.path,
            help="copy the exact words from the text below",
            pointer=pointer,
        )

    def _ambiguous(
        self, noun: str, pointer: Pointer, placements: Sequence[tuple[Span, ...]]
    ) -> Diagnostic:
        short = _short(self.body.text, placements[0])
        return Diagnostic(
            "ambiguous-quote",
            f'{noun} quotes "{short}", which stands in the text more than once',
            self.document.path,
            help=self.guesses.make(lambda: self._ways_to(placements)),
            pointer=pointer,
        )

    def _ways_without_words_beside(self, passages: Sequence[str]) -> str:
        """Help where *passages*, all in the text, have no placement as they are given."""
        text = self.body.text
        placements = find_placements(text, passages, None, None)
        if placements:
            return self._ways_to(placements)
        spots = (find_occurrences(text, passage, most=1)[0] for passage in passages)
        return "they stand in\n" + "\n".join(map(self.shown, spots))

    def _ways_to(self, placements: Sequence[tuple[Span, ...]]) -> str:
        """Help that has, for each of some *placements*, what makes it the only one."""
        if len(placements) == 1:
            return "the text has it once: leave `before` and `after` out"
        ways = ["say which with the words that touch it"]
        for spans in placements[:_PLACES_SHOWN]:
            words = _tell_apart(self.body.text, spans) or "quote more words of each passage"
            ways.append(f"line {self.line_at(spans[0].start)}: {words}")
        if len(placements) > _PLACES_SHOWN:
            at_least = "at least " if len(placements) > MOST_PLACES else ""
            ways.append(f"and {at_least}{len(placements) - _PLACES_SHOWN} places more")
        return "\n".join(ways)

    def _not_found(
        self,
        noun: str,
        pointer: Pointer,
        passages: Sequence[str],
        before: str | None,
        after: str | None,
    ) -> Diagnostic:
        text = self.body.text
        path = self.document.path
        absent = (n for n, one in enumerate(passages) if not find_occurrences(text, one, most=1))
        missing = next(absent, None)
        if missing is None:
            reason = (
                f'{noun} quotes "{passages[0]}", which does not stand beside its `before` and `after`'
                if before or after
                else f"{noun} has passages that do not stand in this order without overlap"
            )
            help = self.guesses.make(lambda: self._ways_without_words_beside(passages))
            return Diagnostic("quote-not-found", reason, path, help=help, pointer=pointer)
        wanted = passages[missing]
        otherwise = "copy the exact words from the text below; nothing there is like them"
        swallowed = _FIELD.search(wanted)
        if swallowed and not find_occurrences(text, wanted[: swallowed.start()], most=1):
            swallowed = None
        help = self.guesses.make(
            lambda: (
                _as_list(text, passages)
                or (_INDENTED.format(swallowed[1]) if swallowed else "")
                or self.nearest(wanted, otherwise, most=2)
            )
        )
        where: Pointer = (*pointer, missing) if len(passages) > 1 else pointer
        message = f'{noun} quotes "{wanted}", which is not in the text'
        return Diagnostic("quote-not-found", message, path, help=help, pointer=where)


_FIELD = re.compile(r" (says|by|named|cue|form|date|about|topics|answers|review|note|tags): ")
_INDENTED = "`{0}:` was read as a part of it: begin its line with as many spaces as `quote`"
_OMISSION = re.compile(r"\s*[(\[]?(?:…|\.\.\.)[)\]]?\s*")


def _as_list(text: str, passages: Sequence[str]) -> str | None:
    """Help for a quote that marks what it leaves out, where the text has what is left."""
    pieces = [piece for passage in passages for piece in _OMISSION.split(passage) if piece]
    if len(pieces) == len(passages) or not find_placements(text, pieces, None, None):
        return None
    items = "\n".join(f"- {format_scalar(piece)}" for piece in pieces)
    return f"where words are left out, a quote is a list of passages, each on a line:\n{items}"


def _tell_apart(text: str, spans: Sequence[Span]) -> str | None:
    """The field, with words that touch the quote, that leaves *spans* as its only placement."""
    if len(spans) > _MOST_PASSAGES:
        return None
    passages = [text[span.start : span.end] for span in spans]
    words_before = text[: spans[0].start].rsplit(maxsplit=_MOST_WORDS)[-_MOST_WORDS:]
    words_after = text[spans[-1].end :].split(maxsplit=_MOST_WORDS)[:_MOST_WORDS]
    for number in range(3, _MOST_WORDS):
        before = " ".join(words_before[-number:])
        if before and find_placements(text, passages, before, None, 2) == [tuple(spans)]:
            return f"before: {format_scalar(before)}"
        after = " ".join(words_after[:number])
        if after and find_placements(text, passages, None, after, 2) == [tuple(spans)]:
            return f"after: {format_scalar(after)}"
    return None


def _short(text: str, spans: Sequence[Span]) -> str:
    return " … ".join(text[s.start : s.end] for s in spans)
