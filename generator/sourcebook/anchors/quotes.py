"""Where each quote stands: exactly one placement, or a problem with the nearest passages.

A quote is searched in the normalised text of the whole document, with case, across blocks, at word
edges, because sources are re-wrapped when they are ingested. None is ``quote-not-found``; more than
one is ``ambiguous-quote``. Nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from heapq import merge
from itertools import accumulate, count, islice

from ..diagnostics import Diagnostic, Guesses, Pointer, Severity
from ..edits import format_scalar
from ..markup import Block, ParsedBody
from ..model import Claim, Document, Note
from ..passages import find_nearest_passages
from ..text import normalise
from .places import Span

_UNSPACED_CHARACTERS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
)
_UNSPACED = re.compile(f"[{_UNSPACED_CHARACTERS}]")
"""Scripts that write words without spaces: any character may be a word's edge."""
_IN_WORD = rf"[^\W{_UNSPACED_CHARACTERS}]"
_REST_OF_WORD = re.compile(f"{_IN_WORD}+")
"""No edge lies inside it."""

_PLACES_SHOWN = 6
"""Places of an ambiguous quote that a message names."""
_FEW_PLACES = 50
"""Of one passage, to look at each: of more, a pattern finds those that cut no word. To compile it
takes as long as to look at some hundreds."""
MOST_PLACES = 100
"""Places of one passage that are counted: more say no more."""


def _is_in_word(char: str) -> bool:
    return char.isalnum() or char == "_" or unicodedata.category(char)[0] == "M"


def is_word_edge(text: str, offset: int) -> bool:
    """Whether no word of *text* runs across *offset*."""
    if offset <= 0 or offset >= len(text):
        return True
    before, after = text[offset - 1], text[offset]
    if not (_is_in_word(before) and _is_in_word(after)):
        return True
    return bool(_UNSPACED.match(before) or _UNSPACED.match(after)) and (
        unicodedata.category(after)[0] != "M"
    )


def find_occurrences(
    text: str, passage: str, start: int = 0, end: int | None = None, most: int | None = None
) -> list[Span]:
    """Every place between *start* and *end* where *passage* stands at word edges, in order.

    Places that overlap are all given; where there are more than *most*, only so many.
    """
    edges = partial(is_word_edge, text)
    return list(islice(_places(text, passage, None, None, edges, start, end), most))


def find_placements(
    text: str,
    passages: Sequence[str],
    before: str | None,
    after: str | None,
    most: int = MOST_PLACES + 1,
) -> list[tuple[Span, ...]]:
    """The placements of *passages* in order and without overlap.

    Of one passage the first *most*; of several none, the only one, or the first and the last of
    many. *before* touches the first passage and *after* the last, white space aside. All are
    normalised.
    """
    edges = partial(is_word_edge, text)
    if len(passages) == 1:
        spans = _places(text, passages[0], before, after, edges)
        return [(span,) for span in islice(spans, most)]
    # The earliest and the latest choice for each passage: one placement only if they are the same.
    first = _earliest(text, passages, before, after, edges)
    if first is None:
        return []
    size = len(text)
    mirrored = _earliest(
        text[::-1],
        [passage[::-1] for passage in reversed(passages)],
        after[::-1] if after else None,
        before[::-1] if before else None,
        lambda offset: is_word_edge(text, size - offset),
    )
    last = tuple(Span(size - end, size - start) for start, end in reversed(mirrored or ()))
    return [first] if first == last else [first, last]


def _earliest(
    text: str,
    passages: Sequence[str],
    before: str | None,
    after: str | None,
    is_edge: Callable[[int], bool],
) -> tuple[Span, ...] | None:
    """For each passage the first place behind the one before it; None where one has no place."""
    found: list[Span] = []
    for index, passage in enumerate(passages):
        head = before if index == 0 else None
        tail = after if index == len(passages) - 1 else None
        at = found[-1].end if found else 0
        span = next(_places(text, passage, head, tail, is_edge, at), None)
        if span is None:
            return None
        found.append(span)
    return tuple(found)


def _places(
    text: str,
    passage: str,
    before: str | None,
    after: str | None,
    is_edge: Callable[[int], bool],
    start: int = 0,
    end: int | None = None,
) -> Iterator[Span]:
    """Where *passage* stands at word edges and touches *before* and *after*, in order.

    They are found no sooner than they are asked for, and all words as one: of twenty thousand
    places of a passage, those that touch nothing are not looked at.
    """
    if not passage:
        return
    # White space of a normalised text is one space at most.
    heads = (before, f"{before} ") if before else ("",)
    tails = (after, f" {after}") if after else ("",)
    found = [
        _find_between(text, head, passage, tail, start, end) for head in heads for tail in tails
    ]
    for at in merge(*found) if len(found) > 1 else found[0]:
        if is_edge(at) and is_edge(at + len(passage)):
            yield Span(at, at + len(passage))


def _find_between(
    text: str, head: str, passage: str, tail: str, start: int, end: int | None
) -> Iterator[int]:
    """Every offset of *passage* between *head* and *tail* that may stand at word edges.

    Those that overlap are all given.
    """
    words = head + passage + tail
    at = text.find(words, start, end)
    pattern: re.Pattern[str] | None = None
    for number in count(1):
        if at < 0:
            return
        yield at + len(head)
        rest = _REST_OF_WORD.match(text, at + len(head))
        behind = max(at + 1, rest.end() - len(head) if rest else 0)
        if number == _FEW_PLACES:
            end_of_passage = at + len(head) + len(passage)
            pattern = _with_edges(head, passage, tail, text[end_of_passage : end_of_passage + 1])
        if pattern is None:
            at = text.find(words, behind, end)
        else:
            match = pattern.search(text, behind, len(text) if end is None else end)
            at = match.start() if match else -1


def _with_edges(head: str, passage: str, tail: str, behind: str) -> re.Pattern[str]:
    """*passage* between *head* and *tail*, where it neither begins nor ends inside a word.

    Of the marks that go on with a word, it is not followed by *behind*, if that is one.
    """
    words = re.escape(passage)
    pattern = re.escape(head) + words
    if re.match(_IN_WORD, passage[0]):
        # Behind the words: a pattern is found quickly that begins with letters.
        pattern += f"(?<!{_IN_WORD}{words})"
    if re.match(_IN_WORD, passage[-1]):
        is_mark = behind and unicodedata.category(behind)[0] == "M" and not _UNSPACED.match(behind)
        pattern += f"(?!{_IN_WORD}{f'|{behind}' if is_mark else ''})"
    return re.compile(pattern + re.escape(tail))


def read_fragment(words: str, text: str) -> str:
    """*words* that were copied from somewhere in the normalised *text*, as they stand there.

    What looks like a bullet or a rule is layout only where a line begins with it. Copied words may
    begin in the middle of a line: their dash is kept where the text has them with it.
    """
    if words[:1].isalnum():
        return normalise(words)
    inside_line = normalise("." + words)[1:].lstrip()
    return inside_line if inside_line in text else normalise(words)


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
            if not passages or not all(passages):
                found.append(self._empty_quote((field, annotation.id), annotation.id))
                continue
            placements = find_placements(text, passages, before, after)
            if len(placements) == 1:
                placed.append((annotation.id, placements[0]))
                continue
            noun = f"{field[:-1]} `{annotation.id}`"
            pointer: Pointer = (field, annotation.id, "quote")
            if placements:
                found.append(self._ambiguous(noun, pointer, placements))
            else:
                found.append(self._not_found(noun, pointer, passages, before, after))
        return placed

    def find_words_not_in_text(self) -> Iterator[Diagnostic]:
        """Names of speakers and verbs of reporting, shown as the text's, that it does not have."""
        text = self.body.text.casefold()
        guesses = Guesses()
        for claim in self.document.claims:
            for name, noun in (("named", "speaker"), ("cue", "verb")):
                words = normalise(getattr(claim, name) or "")
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

    def _empty_quote(self, pointer: Pointer, id: str) -> Diagnostic:
        return Diagnostic(
            "quote-not-found",
            f"{str(pointer[0])[:-1]} `{id}` has a quote without words",
            self.document.path,
            help="copy the exact words from the text below",
            pointer=(*pointer, "quote"),
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
        help = self.guesses.make(
            lambda: _as_list(text, passages) or self.nearest(wanted, otherwise, most=2)
        )
        where: Pointer = (*pointer, missing) if len(passages) > 1 else pointer
        message = f'{noun} quotes "{wanted}", which is not in the text'
        return Diagnostic("quote-not-found", message, path, help=help, pointer=where)


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


def line_in_body(blocks: Sequence[Block], offset: int) -> int:
    """The line of the body, from 0, that holds the character at *offset* of the normalised text."""
    block = block_at(blocks, offset)
    # Lines of a block are few: the first behind whose end the offset does not lie.
    ends = accumulate(len(normalise(raw)) + 1 for raw in block.raw.split("\n"))
    inside = offset - block.start
    return block.line + next((n for n, end in enumerate(ends) if end > inside), 0)


def block_at(blocks: Sequence[Block], offset: int) -> Block:
    """The block that holds the character at *offset* of the normalised text."""
    # A block without text begins where the next one does, which is then the last to begin there.
    return blocks[bisect_right(blocks, offset, key=lambda block: block.start) - 1]
