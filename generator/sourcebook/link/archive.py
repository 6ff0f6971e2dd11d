"""The archive, loaded and linked: the nouns of ``link``. Plain frozen records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from ..anchors import Context, DocumentPlaces, Span
from ..edtf import Edtf
from ..model import (
    Actor,
    AgentRef,
    Answer,
    Claim,
    Document,
    Figure,
    Note,
    Outlet,
    Part,
    Question,
    RelationType,
    Slug,
    Topic,
)
from ..sentences import context_of


class ClaimKey(NamedTuple):
    """What names a claim in the whole archive: ``document#claim``."""

    document: Slug
    claim: str

    def __str__(self) -> str:
        return f"{self.document}#{self.claim}"


@dataclass(frozen=True, slots=True)
class LinkedRelation:
    """A relation between two published claims, seen from either of them."""

    type: RelationType
    later: ClaimKey
    """The claim that bears it."""
    earlier: ClaimKey
    reason: str | None


@dataclass(frozen=True, slots=True)
class LinkedPart:
    """A part with what it inherits, and where it stands in the document's normalised text."""

    part: Part
    number: int
    """In text order, from 1."""
    start: int
    end: int
    outlet: Slug | None
    date: Edtf | None
    authors: tuple[str, ...]
    lang: str | None
    heading: str | None
    """The Markdown heading that it starts with, as the text has it; None where it has none."""


@dataclass(frozen=True, slots=True)
class LinkedClaim:
    """A claim in its archive: who published it, where it stands, which others it meets."""

    key: ClaimKey
    claim: Claim
    number: int
    """In text order within the document, from 1."""
    spans: tuple[Span, ...]
    part: str | None
    outlet: Slug | None
    """Its part's, else its document's; None where not known."""
    published: Edtf | None
    """The date of its part, else of its document."""
    counted: bool
    """False for a suggested claim: shown as such, and left out of counts, questions and exports."""
    relations: tuple[LinkedRelation, ...]
    """Those that it bears and those that it receives, in the order of the archive."""
    overlaps_note: bool

    @property
    def date(self) -> Edtf | None:
        """When it was said, or else when it was published: the day to sort by."""
        return self.claim.date or self.published

    @property
    def is_discussed(self) -> bool:
        """Whether the claim has a page of its own."""
        return bool(self.relations or self.claim.answers or self.overlaps_note)


@dataclass(frozen=True, slots=True)
class LinkedNote:
    """A note with its place."""

    note: Note
    number: int
    spans: tuple[Span, ...]
    part: str | None


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in a text where an actor is named."""

    actor: Slug
    document: Slug
    part: str | None
    span: Span


@dataclass(frozen=True, slots=True)
class LinkedDocument:
    """A document with its parts, claims and notes in text order."""

    document: Document
    places: DocumentPlaces
    parts: tuple[LinkedPart, ...]
    claims: tuple[LinkedClaim, ...]
    notes: tuple[LinkedNote, ...]
    mentions: tuple[Mention, ...]
    actors: tuple[Slug, ...]
    """Every actor that it names or quotes and that has a page, those that speak most first."""
    topics: tuple[Slug, ...]
    outlets: tuple[Slug, ...]
    """Its own outlet and those of its parts, in text order."""
    translations: tuple[Slug, ...]
    """Documents that are translations of this one."""

    def __hash__(self) -> int:
        """What is made of the same document may be kept."""
        return hash(self.document.slug)

    def context_of(self, spans: Sequence[Span]) -> Context:
        """The sentence around the passage at *spans*; its text is held by ``places`` alone."""
        return context_of(str(self.places.text), self.places.block_starts, spans)


@dataclass(frozen=True, slots=True)
class LinkedAnswer:
    """A claim under a question, with what it answers."""

    claim: LinkedClaim
    answer: Answer


class Answers(tuple[LinkedAnswer, ...]):
    """All that is answered to one question."""

    @cached_property
    def places(self) -> Mapping[str | Figure, Sequence[int]]:
        """Where each choice and each figure stands among them, in order."""
        places: dict[str | Figure, list[int]] = {}
        for place, given in enumerate(self):
            for one in given.answer.choices or filter(None, (given.answer.figure,)):
                places.setdefault(one, []).append(place)
        return places


@dataclass(frozen=True, slots=True)
class Archive:
    """All of it, loaded, linked and checked. Mappings are in the order to show."""

    documents: Mapping[Slug, LinkedDocument]
    """By date, newest first; those without a year last."""
    actors: Mapping[Slug, Actor]
    """By name, as topics and outlets are."""
    topics: Mapping[Slug, Topic]
    outlets: Mapping[Slug, Outlet]
    questions: Mapping[Slug, Question]
    claims: Mapping[ClaimKey, LinkedClaim]
    """By document, then in text order."""
    claims_by: Mapping[AgentRef, tuple[LinkedClaim, ...]]
    """What each said, by date, oldest first; so are all the following."""
    claims_about: Mapping[AgentRef, tuple[LinkedClaim, ...]]
    claims_via: Mapping[AgentRef, tuple[LinkedClaim, ...]]
    claims_on: Mapping[Slug, tuple[LinkedClaim, ...]]
    """By topic: the topic's own and those of all narrower topics."""
    claims_in: Mapping[Slug, tuple[LinkedClaim, ...]]
    """By outlet that published them."""
    answers_to: Mapping[Slug, Answers]
    """By question."""
    mentions_of: Mapping[Slug, tuple[Mention, ...]]
    """By actor, in the order of documents, then of the text."""
    documents_naming: Mapping[Slug, tuple[Slug, ...]]
    """By actor."""
    documents_quoting: Mapping[Slug, tuple[Slug, ...]]
    """By actor: documents in which a claim is theirs."""
    documents_on: Mapping[Slug, tuple[Slug, ...]]
    """By topic, narrower ones included."""
    documents_of: Mapping[Slug, tuple[Slug, ...]]
    """By outlet: documents of which it published all or a part."""
    repeats: Mapping[ClaimKey, tuple[ClaimKey, ...]]
    """The whole group of one statement's renderings, earliest first, by each of its claims."""
    narrower: Mapping[Slug, tuple[Slug, ...]]
    members: Mapping[Slug, tuple[Slug, ...]]
    """By actor: those whose ``member_of`` names it."""
    questions_on: Mapping[Slug, tuple[Slug, ...]]
    """By topic."""
