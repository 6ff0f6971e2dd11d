"""Where words stand in a text, at word edges, and where several passages stand in order.

Of words that a text repeats thousands of times, no more places are looked at than are asked for.
Claims, and what a person is told of them, are the business of ``quotes``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from heapq import merge
from itertools import count, islice

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
