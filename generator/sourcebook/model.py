"""The nouns of an archive, as its files say them: frozen records that do nothing.

``None`` means that the source has none, and an empty tuple that nothing was said. A record knows
nothing of the records it names: joining them is the work of ``link``. The fields are those of the
front matter, in its words; ``schema`` holds the table that reads them.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Literal, NamedTuple

from .edtf import Edtf

Slug = str
"""``[a-z0-9]+(-[a-z0-9]+)*``, at most 80 characters: the name of a file and of a page."""

Form = Literal["direct", "indirect", "mixed"]
Review = Literal["suggested", "accepted", "disputed"]
RelationType = Literal["repeats", "supports", "disputes", "corrects", "qualifies", "responds-to"]
ActorKind = Literal[
    "person",
    "armed-group",
    "state",
    "government",
    "organisation",
    "office",
    "group",
    "document",
]
TopicKind = Literal["theme", "place", "event"]
Publish = Literal["full", "excerpts", "citation"]

UNKNOWN = "unknown"
"""What a part writes to stop inheriting a field from its document."""


@dataclass(frozen=True, slots=True)
class Text:
    """A long text as UTF-8: half of what Python takes for it once it has a curly quotation mark."""

    utf8: bytes

    @classmethod
    def of(cls, text: str) -> Text:
        """*text*, to be held."""
        return cls(text.encode())

    def __str__(self) -> str:
        return self.utf8.decode()


@dataclass(frozen=True, slots=True)
class PackedText:
    """A long text that is looked at once, and held compressed: most of a run nobody wants it."""

    packed: bytes

    @classmethod
    def of(cls, text: str) -> PackedText:
        """*text*, to be held."""
        return cls(zlib.compress(text.encode(), level=1))

    def __str__(self) -> str:
        return zlib.decompress(self.packed).decode()


@dataclass(frozen=True, slots=True)
class Name:
    """A name, by language where the file gives it so; ``text`` is the one to show."""

    text: str
    by_language: tuple[tuple[str, str], ...] = ()
    """(BCP 47 tag, name), in the file's order; empty where one name serves all."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What took the text out of an HTML or PDF capture, or a coded e-mail."""

    by: str
    version: str | None
    sha256: str


@dataclass(frozen=True, slots=True)
class Capture:
    """A raw source file as it was saved, known by its SHA-256."""

    file: str | None
    """Relative to ``content/``; None where the capture is not committed (it holds withheld text)."""
    sha256: str
    captured: Edtf | None = None
    encoding: str | None = None
    """Text only: how its bytes are read; None means UTF-8, or UTF-16 with a byte-order mark."""
    reading: Reading | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a claim gives as its answer, or a range with what is known of its ends."""

    low: float | None
    best: float | None
    high: float | None
    as_of: Edtf | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a claim answers to one question, as written: the question decides how it is read."""

    question: Slug
    choices: tuple[str, ...] = ()
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """How the claim that bears it, the later one, stands to an earlier claim (CiTO has the terms)."""

    type: RelationType
    document: Slug | None
    """None: a claim in the same document."""
    claim: str
    reason: str | None = None


class AgentRef(NamedTuple):
    """A speaker or relayer: an actor, or an outlet that speaks for itself."""

    kind: Literal["actor", "outlet"]
    slug: Slug


@dataclass(frozen=True, slots=True)
class Claim:
    """One attributed statement in a document: a speaker, the exact words, and what we know of them."""

    id: str
    quote: tuple[str, ...]
    """The passages, in text order; one unless "he said" splits the quotation."""
    by: tuple[AgentRef, ...] = ()
    named: str | None = None
    unnamed: bool = False
    via: tuple[AgentRef, ...] = ()
    """Nearest the speaker first."""
    cue: str | None = None
    form: Form | None = None
    before: str | None = None
    after: str | None = None
    says: str | None = None
    date: Edtf | None = None
    about: tuple[AgentRef, ...] = ()
    topics: tuple[Slug, ...] = ()
    answers: tuple[Answer, ...] = ()
    relations: tuple[Relation, ...] = ()
    review: Review = "accepted"


@dataclass(frozen=True, slots=True)
class Note:
    """An annotator's remark on a passage."""

    id: str
    quote: tuple[str, ...]
    note: str
    before: str | None = None
    after: str | None = None
    tags: tuple[str, ...] = ()
    review: Review = "accepted"


@dataclass(frozen=True, slots=True)
class Part:
    """A section of a document that is an item of its own. A field in ``unknown`` does not inherit."""

    id: str
    heading: str | None = None
    starts: str | None = None
    ends: str | None = None
    outlet: Slug | None = None
    date: Edtf | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    lang: str | None = None
    actors: tuple[Slug, ...] = ()
    topics: tuple[Slug, ...] = ()
    unknown: frozenset[str] = frozenset()
    """Names of the fields for which the part says ``unknown``."""


@dataclass(frozen=True, slots=True)
class Withheld:
    """A passage that the body does not hold: it has ``[withheld]`` there."""

    before: str | None
    after: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Correction:
    """A deliberate, sealed difference between a capture's text and its page's."""

    was: str
    now: str
    before: str | None = None
    after: str | None = None
    reason: str | None = None
    by: str | None = None
    date: Edtf | None = None


@dataclass(frozen=True, slots=True)
class Rights:
    """Who holds the rights, under which licence, and how much may be published."""

    holder: str | None = None
    licence: str | None = None
    publish: Publish = "full"


INHERITED = ("outlet", "date", "authors", "lang")
"""What a part takes from its document unless one of them says otherwise."""


@dataclass(frozen=True, slots=True)
class Document:
    """The Markdown page made from a capture, and all that annotators say about it."""

    slug: Slug
    path: str
    """Relative to the archive's root, with forward slashes."""
    title: str
    body: PackedText
    body_line: int
    """The line of the file on which the body begins, from 1."""
    captures: tuple[Capture, ...]
    """The first is the one that this page transcribes."""
    transcription: str
    outlet: Slug | None = None
    date: Edtf | None = None
    added: Edtf | None = None
    lang: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    archived: tuple[str, ...] = ()
    actors: tuple[Slug, ...] = ()
    topics: tuple[Slug, ...] = ()
    inherit: frozenset[str] = frozenset(INHERITED)
    """The fields that parts take from this document."""
    parts: tuple[Part, ...] = ()
    claims: tuple[Claim, ...] = ()
    notes: tuple[Note, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    corrections: tuple[Correction, ...] = ()
    rights: Rights = Rights()
    embargo: Edtf | None = None
    review: Review = "accepted"
    annotators: tuple[str, ...] = ()
    translation_of: Slug | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """An office or position that an actor held, with its dates where they are certain."""

    role: str
    of: Slug | None = None
    start: Edtf | None = None
    end: Edtf | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, armed group, state, organisation or office that speaks or is spoken about."""

    slug: Slug
    path: str
    name: Name
    body: str = ""
    body_line: int = 1
    aliases: tuple[str, ...] = ()
    kind: ActorKind | None = None
    member_of: tuple[Slug, ...] = ()
    roles: tuple[Role, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    """(scheme, identifier): ``("wikidata", "Q7747")``."""


@dataclass(frozen=True, slots=True)
class Topic:
    """A theme, place or event (SKOS: preferred name, aliases, broader, related)."""

    slug: Slug
    path: str
    name: Name
    body: str = ""
    body_line: int = 1
    aliases: tuple[str, ...] = ()
    kind: TopicKind | None = None
    date: Edtf | None = None
    broader: tuple[Slug, ...] = ()
    related: tuple[Slug, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Outlet:
    """Who published: agency, newspaper, broadcaster, blog."""

    slug: Slug
    path: str
    name: Name
    body: str = ""
    body_line: int = 1
    aliases: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    country: str | None = None
    owner: str | None = None
    kind: str | None = None
    identifiers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FigureAsked:
    """What a figure question counts: ``of`` people at the border, in ``unit`` people."""

    of: str
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What rival claims answer: neutrally worded, with its possible answers, or a figure to compare."""

    slug: Slug
    path: str
    question: str
    body: str = ""
    body_line: int = 1
    topics: tuple[Slug, ...] = ()
    date: Edtf | None = None
    answers: tuple[tuple[str, str], ...] = ()
    """(id, label), in the order to show. Empty: a figure question."""
    figure: FigureAsked | None = None
