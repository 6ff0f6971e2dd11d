"""What an annotator says of passages: claims, with their answers and relations, and notes.

A quote is only read here; whether the text has it is ``anchors``' to find.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, get_args

from ..diagnostics import KEY, with_proposal
from ..fields import (
    BOOLEAN,
    DATE,
    NUMBER,
    SLUG,
    SLUGS,
    TEXT,
    TEXTS,
    Field,
    Json,
    Kind,
    Reader,
    choice,
    list_of,
    object_schema,
    parse_number,
    read_fields,
    record_of,
    shown,
    silently,
)
from ..frontmatter import Value
from ..model import AgentRef, Answer, Claim, Figure, Form, Note, Relation, RelationType, Review
from ..slugs import LONGEST, RESERVED, SLUG_PATTERN, is_slug, slugify

_PASSAGES = list_of(TEXT, single=True)
REVIEW = choice(*get_args(Review))


@lru_cache(maxsize=4096)
def _parse_agent(text: str, bare: str) -> AgentRef | None:
    kind, colon, slug = text.partition(":")
    if not colon:
        kind, slug = bare, kind
    if kind not in ("actor", "outlet") or not is_slug(slug):
        return None
    return AgentRef("outlet" if kind == "outlet" else "actor", slug)


def _read_agent(value: Value, at: Reader, bare: str) -> AgentRef | None:
    if value is None:
        return None
    agent = _parse_agent(value, bare) if isinstance(value, str) else None
    if agent is None:
        meant = _agent_meant_by(value) if isinstance(value, str) else ""
        help = (
            "write an actor's slug (dmitry-peskov) or outlet:slug (outlet:reuters)"
            if bare == "actor"
            else "write an outlet's slug (reuters) or actor:slug (actor:kremlin)"
        )
        at.report(
            "invalid-slug",
            f"{shown(value)} is not an actor or an outlet",
            with_proposal(meant if _parse_agent(meant, bare) else None, help),
        )
    return agent


def _agent_meant_by(text: str) -> str:
    kind, colon, name = text.partition(":")
    if colon and kind in ("actor", "outlet"):
        return f"{kind}:{slugify(name, LONGEST)}"
    return slugify(text, LONGEST)


_AGENT_SCHEMA: Json = {
    "anyOf": [
        SLUG.schema,
        {
            "type": "string",
            "pattern": f"^(actor|outlet):(?!([0-9]{{4}}|{'|'.join(sorted(RESERVED))})$)"
            f"(?=.{{1,{LONGEST}}}$){SLUG_PATTERN}$",
        },
    ]
}


def _agent(bare: str) -> Kind[AgentRef]:
    """A speaker or relayer; a slug without a kind is a *bare*."""
    return Kind(
        lambda value, at: _read_agent(value, at, bare),
        _AGENT_SCHEMA,
        lambda value: _parse_agent(value, bare) if isinstance(value, str) else None,
    )


_SPEAKERS = list_of(_agent("actor"), single=True, is_set=True)
_RELAYER = _agent("outlet")
_CHOICES = list_of(TEXT, single=True, is_set=True)


_FIGURE_FIELDS = (
    Field("low", NUMBER, "the least that the claim allows"),
    Field("best", NUMBER, "the number that the claim gives"),
    Field("high", NUMBER, "the most that the claim allows"),
    Field("as_of", DATE, "the day for which the number holds"),
)


def _read_answers(value: Value, at: Reader) -> tuple[Answer, ...] | None:
    if not isinstance(value, dict):
        at.report(
            "wrong-type",
            f"`answers` is {shown(value)}, where questions and answers are wanted",
            "write answers: {question: answer}",
        )
        return None
    answers = []
    for question, given in value.items():
        here = at.inside(question)
        if SLUG.read(question, at.inside(question, KEY)) is None:
            continue
        if given is None or given == []:
            # `{q: 50,000}` is the answer 50 and a question named 000.
            at.inside(question, KEY).report(
                "wrong-type",
                f"`answers` has `{question}` without an answer",
                "write {question: answer}; a number has no comma in it",
            )
            continue
        if isinstance(given, dict):
            figure = read_fields(given, _FIGURE_FIELDS, here, "the figure")
            if figure or not given:
                whole: dict[str, Any] = {"low": None, "best": None, "high": None, **(figure or {})}
                answers.append(Answer(question, figure=Figure(**whole)))
            continue
        choices = _CHOICES.read(given, here) or ()
        number = parse_number(choices[0]) if len(choices) == 1 else None
        single = Figure(None, number, None) if number is not None else None
        answers.append(Answer(question, choices, single))
    return tuple(answers)


_ANSWERS: Kind[tuple[Answer, ...]] = Kind(
    _read_answers,
    {
        "type": "object",
        "propertyNames": SLUG.schema,
        "additionalProperties": {
            "anyOf": [
                TEXT.schema,
                {"type": "array", "items": TEXT.schema, "minItems": 1},
                object_schema(_FIGURE_FIELDS),
            ]
        },
    },
    silently(_read_answers),
)


_ADDRESS = re.compile(
    rf"\bdocument(?:s/|:)(?P<document>{SLUG_PATTERN})/?(?:index\.html)?"
    rf"#(?:claim-)?(?P<claim>{SLUG_PATTERN})$"
)
"""A claim's permanent address, or a link to it as bodies have them."""


def _read_target(value: Value, at: Reader) -> tuple[str | None, str] | None:
    document, hash_sign, claim = value.partition("#") if isinstance(value, str) else ("", "", "")
    if not hash_sign or not is_slug(claim) or (document and not is_slug(document)):
        address = _ADDRESS.search(value) if isinstance(value, str) else None
        meant = f"{address['document']}#{address['claim']}" if address is not None else None
        wanted = 'write document#claim, or "#claim" for a claim of the same document'
        fact = f"{shown(value)} does not name a claim"
        at.report("invalid-relation", fact, with_proposal(meant, wanted))
        return None
    return document or None, claim


def _build_relation(type: Any, to: tuple[str | None, str], reason: str | None = None) -> Relation:
    return Relation(type, to[0], to[1], reason)


_RELATION_FIELDS = (
    Field(
        "type",
        choice(*get_args(RelationType)),
        "how this claim stands to the earlier one",
        required=True,
    ),
    Field(
        "to",
        Kind(
            _read_target,
            {"type": "string", "pattern": f"^({SLUG_PATTERN})?#{SLUG_PATTERN}$"},
            silently(_read_target),
        ),
        'document#claim, or "#claim" in the same document, with its quotation marks',
        required=True,
    ),
    Field("reason", TEXT, "why, in a few words"),
)

_CLAIM_FIELDS = (
    Field("id", SLUG, "a short name, unique in the document", required=True),
    Field("by", _SPEAKERS, "who said it: an actor, outlet:slug, or a list"),
    Field("named", TEXT, "what the text calls the speaker"),
    Field("unnamed", BOOLEAN, "true for a source without a name"),
    Field(
        "via",
        list_of(_RELAYER, is_set=True),
        "outlets between the speaker and this one, nearest first",
    ),
    Field("cue", TEXT, "the reporting verb as printed"),
    Field("form", choice(*get_args(Form)), "how the words are reported"),
    Field("quote", _PASSAGES, "the exact words, or a list of passages", required=True),
    Field("before", TEXT, "the words that touch the quote, where it occurs more than once"),
    Field("after", TEXT, "the words that follow the quote"),
    Field("says", TEXT, "what it says, in the annotator's neutral words"),
    Field("date", DATE, "when it was said"),
    Field("about", _SPEAKERS, "the actors that it speaks of"),
    Field("topics", SLUGS, "the topics that it belongs to"),
    Field("answers", _ANSWERS, "question: answer, a list of answers, or a figure"),
    Field(
        "relations",
        list_of(record_of(_build_relation, _RELATION_FIELDS, "the relation")),
        "how it stands to earlier claims",
    ),
    Field("review", REVIEW, "suggested (by a machine), accepted or disputed"),
)

_NOTE_FIELDS = (
    Field("id", SLUG, "a short name, unique in the document", required=True),
    Field("quote", _PASSAGES, "the exact words that it remarks on", required=True),
    Field("before", TEXT, "the words that touch the quote"),
    Field("after", TEXT, "the words that follow the quote"),
    Field("note", TEXT, "the remark", required=True),
    Field("tags", TEXTS, "what sort of remark it is"),
    Field("review", REVIEW, "suggested, accepted or disputed"),
)

CLAIM: Kind[Claim] = record_of(Claim, _CLAIM_FIELDS, "the claim")
NOTE: Kind[Note] = record_of(Note, _NOTE_FIELDS, "the note")
