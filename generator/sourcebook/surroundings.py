"""What rules may ask of the archive; those of one record only what has yes or no.

Yes is always the good answer, and only a no makes a rule ask for more, to say what was meant. So
what a record needs can be noted without the rest (``Wishes`` says yes to everything), and while the
archive meets all of it, nothing is wrong with the record and nobody has to look at it again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from .diagnostics import Guesses
from .edtf import Edtf
from .layout import FOLDERS
from .model import Actor, Answer, Capture, Document, Figure, Question, Slug, Topic


class Need(NamedTuple):
    """A question to the rest of the archive."""

    sort: Literal["page", "claim", "answer", "past"]
    of: str
    """The kind of the page, the document of the claim, the question of the answer."""
    value: str | Answer | Edtf


@dataclass(frozen=True, slots=True)
class Whole:
    """What is known of all records without reading any document again."""

    captures_of: Mapping[Slug, tuple[Capture, ...]]
    """Of each usable document."""
    captures: tuple[str, ...]
    """Every raw file, relative to content/."""
    actors: Mapping[Slug, Actor]
    topics: Mapping[Slug, Topic]
    unreadable: frozenset[tuple[str, Slug]]


class Misfit(NamedTuple):
    """Why a question does not take an answer."""

    fact: str
    help: str
    choice: int | None = None
    """Which of the answer's choices is meant; None: all of it."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The rest of the archive, as the rules of one record see it."""

    pages: Mapping[str, Collection[Slug]] = field(default_factory=dict)
    """The slugs of the usable records, by kind."""
    unreadable: frozenset[tuple[str, Slug]] = frozenset()
    """(kind, slug) of files that cannot be used; reported already."""
    claims: Mapping[Slug, Collection[str]] = field(default_factory=dict)
    """The ids of the claims of each usable document."""
    questions: Mapping[Slug, Question] = field(default_factory=dict)
    today: date = date.max
    helps: dict[tuple[str, Slug], str] = field(default_factory=dict)
    """By kind and slug: an actor whose page is gone may be named by thousands of claims."""
    guesses: Guesses = field(default_factory=Guesses)

    def has(self, kind: str, slug: Slug) -> bool:
        """Whether there is a file of that kind and name, usable or not."""
        return self.meets(Need("page", kind, slug))

    def has_claim(self, document: Slug, id: str) -> bool:
        """Whether a document has the claim, or cannot be read."""
        return self.meets(Need("claim", document, id))

    def takes(self, answer: Answer) -> bool:
        """Whether the question takes the answer, or cannot be read."""
        return self.meets(Need("answer", answer.question, answer))

    def is_past(self, day: Edtf) -> bool:
        """Whether no day that *day* can mean is still to come: in doubt, one is."""
        return self.meets(Need("past", "", day))

    def meets(self, need: Need) -> bool:
        """Whether it is as the record needs it."""
        sort, of, value = need
        if isinstance(value, Edtf):
            end = value.end
            today = (self.today.year, self.today.month, self.today.day)
            return end is not None and end.last <= today
        if isinstance(value, Answer):
            if of not in self.questions:
                return True
            return not any(find_misfits(self.questions[of], value, Guesses(0)))
        if sort == "claim":
            return of not in self.claims or value in self.claims[of]
        return value in self.pages[of] or (of, value) in self.unreadable

    def help(self, kind: str, slug: Slug) -> str:
        """Which page was probably meant where there is none, and where a new one goes."""
        if (kind, slug) not in self.helps:
            folder = FOLDERS[kind]
            new = "" if kind == "document" else f"New {folder} go in content/{folder}/{slug}.md"
            help = self.guesses.did_you_mean(slug, self.pages[kind], new)
            self.helps[kind, slug] = help or "name a document that is in the archive"
        return self.helps[kind, slug]


@dataclass(frozen=True, slots=True)
class Wishes(Surroundings):
    """Says yes to everything and notes what was asked: what a record needs."""

    noted: dict[Need, None] = field(default_factory=dict)

    def meets(self, need: Need) -> bool:
        """Yes."""
        self.noted[need] = None
        return True


def claim_ids(document: Document) -> tuple[str, ...]:
    """The ids of a document's claims, in its order."""
    return tuple(claim.id for claim in document.claims)


_HOW_FIGURE = "write a number, or {low: …, best: …, high: …, as_of: …}"
_ANSWERS_LISTED = 20
"""Answers of a question that a message names."""


def find_misfits(question: Question, answer: Answer, guesses: Guesses) -> Iterator[Misfit]:
    """Why *question* does not take *answer*; nothing where it does."""
    if question.figure is not None:
        if answer.figure is None:
            given = ", ".join(answer.choices)
            yield Misfit(f"with `{given}`, which is not a number", _HOW_FIGURE)
        elif (order := _disorder(answer.figure)) is not None:
            yield Misfit(f"with {order[0]}", order[1])
        return
    if not question.answers:
        return  # The question is what has to be mended; it is reported where it was read.
    known = [id for id, _ in question.answers]
    for number, choice in enumerate(answer.choices):
        if choice not in known:
            fact = f"with `{choice}`, which is not one of its answers"
            help = guesses.did_you_mean(choice, known, _answers_of(question))
            yield Misfit(fact, help, number)
    if not answer.choices:
        yield Misfit("with a figure, which it does not ask for", _answers_of(question))


def _answers_of(question: Question) -> str:
    listed = ", ".join(f"`{id}` ({label})" for id, label in question.answers[:_ANSWERS_LISTED])
    more = len(question.answers) - _ANSWERS_LISTED
    return f"its answers are {listed}" + (f", and {more} more" if more > 0 else "")


def _disorder(figure: Figure) -> tuple[str, str] | None:
    """What is wrong with the numbers of a figure, and what to do."""
    given = [n for n in (figure.low, figure.best, figure.high) if n is not None]
    if not given:
        return "a figure without a number", _HOW_FIGURE
    if given == sorted(given):
        return None
    help = "put the smaller number in `low`, the larger in `high`"
    return "numbers that are not in rising order", help
