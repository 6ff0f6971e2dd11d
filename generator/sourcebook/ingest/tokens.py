"""Words, marks and whole quotations of a paragraph, as the rules for claims read them.

A quotation is one token: what is said inside it is not searched for further speakers, and a full
stop inside it ends no sentence of the narrator.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import islice, pairwise
from typing import Literal, NamedTuple

from .lexicon import words
from .lexicon.cues import SPEECH_FORMS
from .lexicon.grammar import ABBREVIATIONS, SENTENCE_OPENERS

TokenKind = Literal["word", "mark", "quotation"]


class Token(NamedTuple):
    """One word, punctuation mark or quotation. A tuple: there are thousands to a page."""

    kind: TokenKind
    start: int
    end: int
    """Of a quotation: with its quotation marks."""
    text: str
    lower: str
    inner_start: int
    """Of a quotation: without its marks. Of others the same as ``start``."""
    inner_end: int

    @property
    def is_capitalised(self) -> bool:
        """Whether a word begins with a capital letter."""
        return self.kind == "word" and self.text[0].isupper()


_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}"
    r"|\w+(?:[’'.,:&@/\u00ad-]\w+)*(?:['’](?=\s))?"
    r"|\.{3}|[^\w\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]"
)
"""A word, a mark, or none of both: what has no width parts sentences as little as a blank does."""
_POSSESSIVE = re.compile(r"['’][sS]?$")

_DOUBLE_OPEN = "“«„"
_DOUBLE_CLOSE = {"“": "”", "«": "»", "„": "“”"}


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """The tokens of ``text[start:end]``, a paragraph."""
    tokens: list[Token] = []
    position = start
    for quotation in quoted_tokens(text, start, end):
        tokens.extend(_plain_tokens(text, position, quotation.start))
        tokens.append(quotation)
        position = quotation.end
    tokens.extend(_plain_tokens(text, position, end))
    return tokens


def quoted_tokens(text: str, start: int, end: int) -> list[Token]:
    """Those tokens of a paragraph that are quotations."""
    return [
        Token("quotation", first, last, text[inner_start:inner_end], "", inner_start, inner_end)
        for first, last, inner_start, inner_end in _find_quotations(text, start, end)
    ]


def _plain_tokens(text: str, start: int, end: int) -> list[Token]:
    tokens = []
    is_parted = text.find("\u00ad", start, end) >= 0
    for match in _TOKEN.finditer(text, start, end):
        content = match[0]
        first, last = match.span()
        if content.isalnum():  # nearly all of them
            tokens.append(Token("word", first, last, content, content.lower(), first, last))
            continue
        word = content[0].isalnum() or content[0] == "_"
        if word and (cut := _POSSESSIVE.search(content)) and cut.start():
            # "Assad's": the mark of the possessive is a token of its own.
            name = content[: cut.start()]
            middle = first + cut.start()
            tokens.append(Token("word", first, middle, name, name.lower(), first, middle))
            tokens.append(Token("mark", middle, last, cut[0], "'s", middle, last))
            continue
        kind: TokenKind = "word" if word else "mark"
        lower = content.lower()
        if is_parted:
            lower = lower.replace("\u00ad", "")  # a word is the same where a line may part it
        tokens.append(Token(kind, first, last, content, lower, first, last))
    return tokens


Span4 = tuple[int, int, int, int]


def _find_quotations(text: str, start: int, end: int) -> list[Span4]:
    """(outer start, outer end, inner start, inner end) of each quotation in a paragraph.

    An opening mark that nothing closes runs to the end of the paragraph where the next one opens with
    a mark again, as in a speech of several paragraphs; else to the end of its sentence. A closing mark
    that nothing opens closes from the start of its sentence or paragraph: captures lose marks.
    """
    found: list[Span4] = []
    opened: tuple[int, int, str] | None = None
    floor = start
    for match in _MARK.finditer(text, start, end):
        mark, at, after = match[0], match.start(), match.end()
        if opened is None:
            if _opens(text, mark, at, after, start, end):
                opened = (at, after, mark)
            elif mark == "”" and at == start:
                opened = (at, after, mark)  # typed the wrong way round
            elif mark == "”" and at > floor:
                inner = _start_of_unopened(text, floor, at, start)
                found.append((inner, after, inner, at))
                floor = after
        elif _closes(opened[2], mark):
            if _reopens(text, mark, at, after, end):
                continue
            found.append((opened[0], after, opened[1], at))
            opened, floor = None, after
        elif mark == "“" == opened[2] and _is_reversed(text, at, after, end):
            found.append((opened[0], after, opened[1], at))
            opened, floor = None, after
        elif mark == "“" == opened[2] and not _is_nested(text, after, end):
            last = _end_of_unclosed(text, opened[1], at)
            found.append((opened[0], last, opened[1], last))
            opened = (at, after, mark)
    if opened is not None and end - opened[1] > 3:
        last = end if _CONTINUED.match(text, end) else _end_of_unclosed(text, opened[1], end)
        found.append((opened[0], last, opened[1], last))
    if not found:
        found = _find_single(text, start, end)
    return [_trim(text, span) for span in found if text[span[2] : span[3]].strip()]


_MARK = re.compile(r"''|``|[“”«»„\"]")


def _opens(text: str, mark: str, at: int, after: int, start: int, end: int) -> bool:
    if mark in _DOUBLE_OPEN or mark == "``":
        return True
    if mark in ("”", "»"):
        return False
    # A straight mark opens before a word: after white space, a dash or a bracket, or at the start.
    return after < end and not text[after].isspace() and (at == start or not text[at - 1].isalnum())


def _closes(opening: str, mark: str) -> bool:
    if opening in _DOUBLE_CLOSE:
        return mark in _DOUBLE_CLOSE[opening] or mark == '"'
    return mark in ("''", '"', "”")


def _reopens(text: str, mark: str, at: int, after: int, end: int) -> bool:
    """Whether a straight mark opens a quotation inside one, whose own opening was not closed."""
    if mark not in ('"', "''") or after >= end:
        return False
    return text[at - 1].isspace() and not text[after].isspace() and text[after].isalnum()


def _is_reversed(text: str, at: int, after: int, end: int) -> bool:
    """Whether an opening mark stands where only a closing one can: behind a word, before none."""
    return not text[at - 1].isspace() and (after >= end or text[after].isspace())


def _is_nested(text: str, after: int, end: int) -> bool:
    """Whether the quotation that opens at *after* stands in another, which is closed after it."""
    marks = islice(_MARK.finditer(text, after, end), 2)
    return [match[0] for match in marks] == ["”", "”"]


_CONTINUED = re.compile(r"\s+(?:''|``|[“«„\"])")


def _end_of_unclosed(text: str, start: int, end: int) -> int:
    """Where a quotation without a closing mark ends: before "said Ann" or "he said", or with its sentence.

    What is behind it is somebody else's words more often than not.
    """
    sentence = _SENTENCE_GAP.search(text, start, end)
    last = sentence.start() + 1 if sentence is not None else end
    cue = _INSERTED_CUE.search(text, start, last)
    return cue.start() + 1 if cue is not None else last


_INSERTED_CUE = re.compile(
    r"[,?!]\s(?=(?:(?:[Hh]e|[Ss]he|[Tt]hey|(?:the|a|an|one)(?:\s\w+){1,3}|[A-Z][\w’'-]+(?:\s[A-Z][\w’'-]+){0,4})\s)?"
    rf"(?:{'|'.join(sorted(SPEECH_FORMS))})\b)"
)


def _start_of_unopened(text: str, floor: int, at: int, start: int) -> int:
    """Where a quotation without an opening mark begins.

    At the start of the paragraph; after another quotation, at the start of the last sentence.
    """
    inner = floor
    if floor > start:
        for match in _SENTENCE_GAP.finditer(text, floor, at):
            inner = match.end()
    while inner < at and text[inner].isspace():
        inner += 1
    return inner


_SENTENCE_GAP = re.compile(r"[.!?]\s+(?=[A-Z])")
_SINGLE = re.compile(
    r"(?<![\w’'])[‘'](?=[\w\[…])"
    r"(?P<inner>(?:[^‘’'\n]|(?<=\w)[’'](?=\w)|(?<=s)[’'](?=\s\w)){3,600}?)[’'](?!\w)"
)


def _find_single(text: str, start: int, end: int) -> list[Span4]:
    """Quotations in single marks, where a paragraph has no double ones."""
    if "'" not in text[start:end] and "‘" not in text[start:end]:
        return []
    return [
        (m.start(), m.end(), m.start("inner"), m.end("inner"))
        for m in _SINGLE.finditer(text, start, end)
    ]


def _trim(text: str, span: Span4) -> Span4:
    outer_start, outer_end, inner_start, inner_end = span
    while inner_start < inner_end and text[inner_start].isspace():
        inner_start += 1
    while inner_end > inner_start and text[inner_end - 1].isspace():
        inner_end -= 1
    return outer_start, outer_end, inner_start, inner_end


def split_sentences(tokens: list[Token]) -> list[list[Token]]:
    """The tokens of a paragraph by sentence of the narrator.

    A quotation that ends in a full stop ends its sentence before a capital letter; one that ends in
    a question or exclamation mark does so only where no "he said" can follow.
    """
    if not tokens:
        return []
    ends = [
        index + 1
        for index, token in enumerate(tokens[:-1])
        # Nearly all are words, of which none but an abbreviation can end a sentence.
        if (token.kind != "word" or token.text[-1] == ".") and _ends_sentence(tokens, index)
    ]
    return [tokens[start:end] for start, end in pairwise((0, *ends, len(tokens)))]


def _is_shortened(word: Token, following: Token) -> bool:
    """Whether a full stop shortens *word*: "No. S/5", "Ill.", but not "said no." and "was ill."."""
    if word.lower == "no":
        return any(map(str.isdigit, following.text))
    return word.is_capitalised or word.lower not in _WORDS_TOO


_WORDS_TOO = words("fig ill mass miss ore wash sat sun mar dec fla ind mo pa la rev hon")
"""Abbreviations that are words, if they are written small."""


def _ends_sentence(tokens: Sequence[Token], index: int) -> bool:
    token, following = tokens[index], tokens[index + 1]
    if token.kind == "quotation":
        last = token.text[-1:]
        if last in "?!" and following.kind == "word":
            return following.text in SENTENCE_OPENERS
        return last in ".…?!" and (following.kind == "quotation" or following.is_capitalised)
    if token.kind == "word":
        # "in the U.S. He said": an abbreviation ends a sentence only before a word that opens one.
        return following.text in SENTENCE_OPENERS
    if token.text not in (".", "!", "?", "...", "…"):
        return False
    before = tokens[index - 1] if index else None
    if token.text == "." and before is not None and before.end == token.start:
        is_initial = len(before.text) == 1 and before.is_capitalised
        if is_initial and following.is_capitalised:
            return False
        if before.lower in ABBREVIATIONS and _is_shortened(before, following):
            return False
    return (
        following.kind == "quotation"
        or following.text[0].isupper()
        or following.text[0].isdigit()
        or following.text in "([•–—-"
    )
