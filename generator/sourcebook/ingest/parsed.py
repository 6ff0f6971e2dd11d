"""What a spaCy parse of a passage shows that the rules miss: attributions, read from the tree.

Verbs of the lexicon with a clause as their complement, and "according to". The tree must name the
speaker beside the cue; a verb that is negated or only possible ("did not say", "might say") tells
nothing. What the rules found stays as it is: ``join_attributions`` only adds to it.

The types here are what is used of spaCy's ``Doc`` and ``Token``, so that nothing needs it installed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from .attribution import DASHES, Attribution, inside
from .lexicon import words
from .lexicon.cues import FORM_KINDS, FRAMES, LEMMAS, Frame
from .reading import Span
from .tokens import Token


class Word(Protocol):
    """A ``spacy.tokens.Token``, with its place in the tree of its sentence."""

    @property
    def i(self) -> int:
        """Its position in the passage."""

    @property
    def idx(self) -> int:
        """Where it begins, in code points of the passage."""

    @property
    def text(self) -> str: ...
    @property
    def lower_(self) -> str: ...
    @property
    def dep_(self) -> str: ...
    @property
    def head(self) -> Word:
        """Itself at the root of a sentence."""

    @property
    def children(self) -> Iterable[Word]: ...
    @property
    def subtree(self) -> Iterable[Word]:
        """Itself and all below it."""


class ParsedText(Protocol):
    """A ``spacy.tokens.Doc`` with its dependencies, labelled as spaCy's English pipelines do."""

    def __iter__(self) -> Iterator[Word]: ...


Parse = Callable[[str], ParsedText]
"""From a passage to its parse."""

_SUBJECTS = words("nsubj nsubjpass csubj csubjpass expl")
_CLAUSE_FRAMES = Frame.QUOTE | Frame.THAT | Frame.WHETHER
_POSSIBLE = words("would could might may should can")
_NARRATORS = words("i we you one")
_OWN = words("its his her their our my your")
_ASIDES = words("relcl acl")
_STOPS = frozenset((*DASHES, *".,;:?!…()[]"))
_EDGES = frozenset((*DASHES, *".,;:?!…“”„«»\"'‘’", "''", "``", "..."))
"""What does not belong to a passage's words where it begins or ends one. Quotation marks come back
with their quotation."""


def find_parsed(doc: ParsedText, start: int, tokens: Sequence[Token]) -> list[Attribution]:
    """The attributions that a parse shows, in text order.

    *start* is where the passage begins in the text; *tokens* are its tokens as the rules read them,
    whose quotations bound what is said.
    """
    quotations = tuple(token for token in tokens if token.kind == "quotation")
    passage = _Passage(tuple(doc), start, quotations)
    found = [a for word in passage.words if (a := _attribution_at(passage, word)) is not None]
    return [a for a in found if not any(_holds_cue(other, a) for other in found)]


def join_attributions(
    text: str, ruled: Sequence[Attribution], parsed: Iterable[Attribution]
) -> list[Attribution]:
    """The rules' attributions as they are and, at their places, those that only the parse shows.

    Not added: one that shares half of its words with one of the rules', that goes by the same cue,
    or whose cue is itself reported speech.
    """
    joined = list(ruled)
    for attribution in parsed:
        if any(_is_told_by(text, attribution, other) for other in ruled):
            continue
        at = _place(attribution)
        position = next((i for i, a in enumerate(joined) if _place(a) > at), len(joined))
        joined.insert(position, attribution)
    return joined


def _place(attribution: Attribution) -> Span:
    return attribution.cue or attribution.spans[0]


def _is_told_by(text: str, attribution: Attribution, ruled: Attribution) -> bool:
    if _holds_cue(ruled, attribution) or _have_one_cue(ruled, attribution):
        return True
    places = [match.start() for span in attribution.spans for match in _WORD.finditer(text, *span)]
    shared = sum(any(start <= place < end for start, end in ruled.spans) for place in places)
    return 2 * shared >= len(places)


_WORD = re.compile(r"\w+")


def _holds_cue(outer: Attribution, inner: Attribution) -> bool:
    if inner.cue is None or outer is inner:
        return False
    at = inner.cue[0]
    return any(start <= at < end for start, end in outer.spans)


def _have_one_cue(one: Attribution, other: Attribution) -> bool:
    if one.cue is None or other.cue is None:
        return False
    return one.cue[0] < other.cue[1] and other.cue[0] < one.cue[1]


# From the tree --------------------------------------------------------------------------------


def _attribution_at(passage: _Passage, word: Word) -> Attribution | None:
    """What is attributed by the cue *word*, if it is one outside a quotation."""
    if word.lower_ == "according":
        return _according_to(passage, word)
    lemma = LEMMAS.get(word.lower_)
    if lemma is None or passage.is_quoted(word) or _is_denied(word):
        return None
    frames = [frame for frame in FRAMES[lemma] if frame & _CLAUSE_FRAMES]
    speaker = _speaker_of(word) if frames else None
    if speaker is None:
        return None
    is_stance = all(Frame.STANCE in frame for frame in frames)
    return passage.attribute(_content_of(word), (word, word), speaker, is_stance)


def _is_denied(word: Word) -> bool:
    return any(
        child.dep_ == "neg" or (child.dep_ == "aux" and child.lower_ in _POSSIBLE)
        for child in word.children
    )


def _content_of(verb: Word) -> set[int]:
    """The positions of what is said: the clause below the verb, or the one it is inserted in."""
    below = {w.i for c in verb.children if c.dep_ == "ccomp" for w in c.subtree}
    if below or verb.dep_ != "parataxis":
        return below
    return {w.i for w in verb.head.subtree} - {w.i for w in verb.subtree}


def _speaker_of(verb: Word) -> Word | None:
    """The head of the subject: the verb's own, its agent's, or that of a verb it is joined to."""
    if _is_passive(verb):
        agent = _child(verb, "agent")
        return _child(agent, "pobj") if agent is not None else None
    subject = _child(verb, "nsubj")
    while subject is None and _is_joined(verb) and not _is_passive(verb.head):
        verb = verb.head
        subject = _child(verb, "nsubj")
    return subject


def _is_joined(verb: Word) -> bool:
    """Whether a verb may have its subject from the one above it: "left, saying", "left and said"."""
    if verb.head.i == verb.i:
        return False  # the root, whatever its label
    return verb.dep_ == "conj" or (verb.dep_ == "advcl" and FORM_KINDS.get(verb.lower_) == "ing")


def _is_passive(verb: Word) -> bool:
    return any(child.dep_ in ("nsubjpass", "auxpass") for child in verb.children)


def _child(word: Word, dep: str) -> Word | None:
    return next((child for child in word.children if child.dep_ == dep), None)


def _according_to(passage: _Passage, according: Word) -> Attribution | None:
    to = next((child for child in according.children if child.lower_ == "to"), None)
    source = _child(to, "pobj") if to is not None else None
    if to is None or source is None or passage.is_quoted(according):
        return None
    if any(child.lower_ in _OWN for child in source.children):
        return None  # "according to their own account"
    clause = according.head
    while clause.head.i != clause.i and not any(c.dep_ in _SUBJECTS for c in clause.children):
        clause = clause.head
    content = {w.i for w in clause.subtree} - {w.i for w in according.subtree}
    return passage.attribute(content, (according, to), source, is_stance=False)


# From the tree to the text --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Passage:
    """The words of a parse, and the place of each in the text."""

    words: tuple[Word, ...]
    start: int
    quotations: tuple[Token, ...]

    def attribute(
        self, content: set[int], cue: tuple[Word, Word], speaker: Word, is_stance: bool
    ) -> Attribution | None:
        """The attribution of *content*; None where it is one word only, or nobody says it."""
        mention = self._phrase_of(speaker)
        spans = self._spans_of(content)
        if mention is None or not spans or len(content) < 2:
            return None
        return Attribution(
            spans,
            cue=(self._begin(cue[0]), self._end(cue[1])),
            mention=mention,
            is_stance=is_stance,
            is_quoted=any(q.start < spans[-1][1] <= q.end for q in self.quotations),
        )

    def is_quoted(self, word: Word) -> bool:
        """Whether a word stands in a quotation: what is said in there is its speaker's."""
        return any(q.start <= self._begin(word) < q.end for q in self.quotations)

    def _begin(self, word: Word) -> int:
        return self.start + word.idx

    def _end(self, word: Word) -> int:
        return self.start + word.idx + len(word.text)

    def _phrase_of(self, head: Word) -> Span | None:
        """The noun phrase around *head*, up to a comma or a clause that says more of it."""
        if head.lower_ in _NARRATORS or self.is_quoted(head):
            return None
        phrase = {word.i for word in head.subtree}
        for aside in head.subtree:
            if aside.dep_ in _ASIDES and aside.i > head.i:
                phrase -= {word.i for word in aside.subtree}
        first = last = head.i
        while first - 1 in phrase and not self._is_stop(first - 1):
            first -= 1
        while last + 1 in phrase and not self._is_stop(last + 1):
            last += 1
        return self._begin(self.words[first]), self._end(self.words[last])

    def _is_stop(self, position: int) -> bool:
        text = self.words[position].text
        return text in _STOPS or text.isspace()

    def _spans_of(self, content: set[int]) -> tuple[Span, ...]:
        """Where the words at *content* stand, parted only by words that are not among them."""
        spans: list[Span] = []
        for run in self._runs_of(content):
            trimmed = self._trim(run, is_first=not spans)
            if trimmed is None:
                continue
            start, end = self._with_quotations(trimmed)
            if spans and start <= spans[-1][1]:
                start, end = min(start, spans[-1][0]), max(end, spans.pop()[1])
            spans.append((start, end))
        return tuple(spans)

    def _runs_of(self, content: set[int]) -> list[range]:
        positions = sorted(content)
        if not positions:
            return []
        breaks = [
            (before, after)
            for before, after in pairwise(positions)
            if any(not self._is_edge(between) for between in range(before + 1, after))
        ]
        firsts = [positions[0], *(after for _, after in breaks)]
        lasts = [*(before for before, _ in breaks), positions[-1]]
        return [range(a, b + 1) for a, b in zip(firsts, lasts, strict=True)]

    def _is_edge(self, position: int) -> bool:
        text = self.words[position].text
        return text in _EDGES or text.isspace()

    def _trim(self, run: range, is_first: bool) -> Span | None:
        """Without the marks at its ends, nor the "that" which leads it in."""
        first, last = run.start, run.stop - 1
        while first <= last and (
            self._is_edge(first)
            or (
                is_first and self.words[first].dep_ == "mark" and self.words[first].lower_ == "that"
            )
        ):
            first += 1
        while last >= first and self._is_edge(last):
            last -= 1
        if first > last:
            return None
        return self._begin(self.words[first]), self._end(self.words[last])

    def _with_quotations(self, span: Span) -> Span:
        """A span inside a quotation is all of it, without its marks; others hold theirs whole."""
        start, end = span
        for quotation in self.quotations:
            if quotation.start <= start and end <= quotation.end:
                return inside(quotation)
            if quotation.start < end and start < quotation.end:
                start, end = min(start, quotation.start), max(end, quotation.end)
        return start, end
