"""A mapping becomes a record, or diagnostics; JSON Schema comes from the same table.

Adding a field is one row here and one attribute in ``model``. What needs other records to be
judged (does this actor exist?) is ``check``'s.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from .diagnostics import Diagnostic
from .fields import (
    BOOLEAN,
    DATE,
    HASH,
    KEY,
    LANGUAGE,
    NUMBER,
    SLUG,
    TEXT,
    URL,
    Field,
    Json,
    Kind,
    Reader,
    choice,
    is_slug,
    list_of,
    mapping_of,
    object_schema,
    parse_number,
    read_fields,
    record_of,
    scalar,
    shown,
    silently,
)
from .frontmatter import Page, Value
from .model import (
    INHERITED,
    UNKNOWN,
    Actor,
    AgentRef,
    Answer,
    Capture,
    Claim,
    Correction,
    Document,
    Figure,
    FigureAsked,
    Name,
    Note,
    Outlet,
    Part,
    Question,
    Reading,
    Relation,
    Rights,
    Role,
    Text,
    Topic,
    Withheld,
)

_SLUGS = list_of(SLUG)
_TEXTS = list_of(TEXT)
_PASSAGES = list_of(TEXT, single=True)
_REVIEW = choice("suggested", "accepted", "disputed")


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
        at.report(
            "invalid-slug",
            f"{shown(value)} is not an actor or an outlet",
            "write an actor's slug (dmitry-peskov) or outlet:slug (outlet:reuters)"
            if bare == "actor"
            else "write an outlet's slug (reuters) or actor:slug (actor:kremlin)",
        )
    return agent


_AGENT_SCHEMA: Json = {"type": "string", "pattern": r"^((actor|outlet):)?[a-z0-9]+(-[a-z0-9]+)*$"}


def _agent(bare: str) -> Kind[AgentRef]:
    """A speaker or relayer; a slug without a kind is a *bare*."""
    return Kind(
        lambda value, at: _read_agent(value, at, bare),
        _AGENT_SCHEMA,
        lambda value: _parse_agent(value, bare) if isinstance(value, str) else None,
    )


_SPEAKER = _agent("actor")
_RELAYER = _agent("outlet")


def _read_name(value: Value, at: Reader) -> Name | None:
    if not isinstance(value, dict):
        text = TEXT.read(value, at)
        return Name(text) if text is not None else None
    names = []
    for language, text_value in value.items():
        LANGUAGE.read(language, at.inside(language, KEY))
        text = TEXT.read(text_value, at.inside(language))
        if text is not None:
            names.append((language, text))
    return Name(names[0][1], tuple(names)) if names else None


_NAME: Kind[Name] = Kind(
    _read_name,
    {
        "anyOf": [
            {"type": "string"},
            {"type": "object", "additionalProperties": {"type": "string"}},
        ]
    },
    silently(_read_name),
)

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
        if given is None:
            # `{q: 50,000}` is the answer 50 and a question named 000.
            at.inside(question, KEY).report(
                "wrong-type",
                f"`answers` has `{question}` without an answer",
                "write {question: answer}; a number has no comma in it",
            )
            continue
        if isinstance(given, dict):
            figure = read_fields(given, _FIGURE_FIELDS, here, "the figure")
            if figure:
                whole: dict[str, Any] = {"low": None, "best": None, "high": None, **figure}
                answers.append(Answer(question, figure=Figure(**whole)))
            continue
        choices = list_of(TEXT, single=True).read(given, here) or ()
        number = parse_number(choices[0]) if len(choices) == 1 else None
        single = Figure(None, number, None) if number is not None else None
        answers.append(Answer(question, choices, single))
    return tuple(answers)


_ANSWERS: Kind[tuple[Answer, ...]] = Kind(
    _read_answers, {"type": "object"}, silently(_read_answers)
)


def _read_target(value: Value, at: Reader) -> tuple[str | None, str] | None:
    document, hash_sign, claim = value.partition("#") if isinstance(value, str) else ("", "", "")
    if not hash_sign or not is_slug(claim) or (document and not is_slug(document)):
        at.report(
            "invalid-relation",
            f"{shown(value)} does not name a claim",
            "write document#claim, or #claim for a claim of the same document",
        )
        return None
    return document or None, claim


def _build_relation(type: Any, to: tuple[str | None, str], reason: str | None = None) -> Relation:
    return Relation(type, to[0], to[1], reason)


RELATION_FIELDS = (
    Field(
        "type",
        choice("repeats", "supports", "disputes", "corrects", "qualifies", "responds-to"),
        "how this claim stands to the earlier one",
        required=True,
    ),
    Field(
        "to",
        Kind(_read_target, {"type": "string", "pattern": "#"}, silently(_read_target)),
        "document#claim, or #claim in the same document",
        required=True,
    ),
    Field("reason", TEXT, "why, in a few words"),
)

CLAIM_FIELDS = (
    Field("id", SLUG, "a short name, unique in the document", required=True),
    Field("by", list_of(_SPEAKER, single=True), "who said it: an actor, outlet:slug, or a list"),
    Field("named", TEXT, "what the text calls the speaker"),
    Field("unnamed", BOOLEAN, "true for a source without a name"),
    Field("via", list_of(_RELAYER), "outlets between the speaker and this one, nearest first"),
    Field("cue", TEXT, "the reporting verb as printed"),
    Field("form", choice("direct", "indirect", "mixed"), "how the words are reported"),
    Field("quote", _PASSAGES, "the exact words, or a list of passages", required=True),
    Field("before", TEXT, "the words that touch the quote, where it occurs more than once"),
    Field("after", TEXT, "the words that follow the quote"),
    Field("says", TEXT, "what it says, in the annotator's neutral words"),
    Field("date", DATE, "when it was said"),
    Field("about", list_of(_SPEAKER, single=True), "the actors that it speaks of"),
    Field("topics", _SLUGS, "the topics that it belongs to"),
    Field("answers", _ANSWERS, "question: answer, a list of answers, or a figure"),
    Field(
        "relations",
        list_of(record_of(_build_relation, RELATION_FIELDS, "the relation")),
        "how it stands to earlier claims",
    ),
    Field("review", _REVIEW, "suggested (by a machine), accepted or disputed"),
)

NOTE_FIELDS = (
    Field("id", SLUG, "a short name, unique in the document", required=True),
    Field("quote", _PASSAGES, "the exact words that it remarks on", required=True),
    Field("before", TEXT, "the words that touch the quote"),
    Field("after", TEXT, "the words that follow the quote"),
    Field("note", TEXT, "the remark", required=True),
    Field("tags", _TEXTS, "what sort of remark it is"),
    Field("review", _REVIEW, "suggested, accepted or disputed"),
)


def _or_unknown(kind: Kind[Any]) -> Kind[Any]:
    def read(value: Value, at: Reader) -> object:
        return UNKNOWN if value == UNKNOWN else kind.read(value, at)

    schema = {"anyOf": [dict(kind.schema), {"const": UNKNOWN}]}
    return Kind(read, schema, lambda value: UNKNOWN if value == UNKNOWN else kind.parse(value))


def _build_part(**given: Any) -> Part:
    unknown = frozenset(name for name in INHERITED if given.get(name) == UNKNOWN)
    return Part(**{k: v for k, v in given.items() if k not in unknown}, unknown=unknown)


PART_FIELDS = (
    Field("id", SLUG, "a short name, unique in the document", required=True),
    Field("heading", TEXT, "a whole heading of the text"),
    Field("starts", TEXT, "its first words, where it has no heading"),
    Field("ends", TEXT, "its last words, where it ends before the next part"),
    Field("outlet", _or_unknown(SLUG), "who published it, or unknown"),
    Field("date", _or_unknown(DATE), "when it was published, or unknown"),
    Field("url", URL, "where it was published"),
    Field("authors", _or_unknown(_TEXTS), "who wrote it, or unknown"),
    Field("lang", _or_unknown(LANGUAGE), "its language"),
    Field("actors", _SLUGS, "the actors that it names"),
    Field("topics", _SLUGS, "the topics that it belongs to"),
)


def _read_capture_file(value: Value, at: Reader) -> str | None:
    parts = value.split("/") if isinstance(value, str) else []
    if len(parts) < 2 or parts[0] != "captures" or any(p in ("", ".", "..") for p in parts):
        at.report(
            "invalid-path",
            f"`file` is {shown(value)}, which is not a file in content/captures/",
            "write it as captures/name.txt",
        )
        return None
    return str(value)


def _parse_encoding(text: str) -> str | None:
    try:
        return codecs.lookup(text).name
    except LookupError:
        return None


_ENCODING: Kind[str] = scalar(
    "invalid-choice",
    "the name of an encoding",
    _parse_encoding,
    "write it as windows-1252, iso-8859-2, koi8-r …",
    {"type": "string"},
)

CAPTURE_FIELDS = (
    Field(
        "file",
        Kind(
            _read_capture_file,
            {"type": "string", "pattern": "^captures/"},
            silently(_read_capture_file),
        ),
        "the raw file, as captures/name.txt; without it the capture is not held here",
    ),
    Field("sha256", HASH, "the file's SHA-256", required=True),
    Field("captured", DATE, "when it was saved"),
    Field("encoding", _ENCODING, "how its bytes are read, where it is not UTF-8"),
    Field(
        "reading",
        record_of(
            lambda by, sha256, version=None: Reading(by, version, sha256),
            (
                Field("by", TEXT, "what read the text out of it", required=True),
                Field("version", TEXT, "its version"),
                Field("sha256", HASH, "the SHA-256 of the text that it read", required=True),
            ),
            "the reading",
        ),
        "HTML and PDF only: the text that was read out of it",
    ),
)

_CAPTURE: Kind[Capture] = record_of(
    lambda file=None, **k: Capture(file, **k), CAPTURE_FIELDS, "the capture"
)


def _read_capture(value: Value, at: Reader) -> Capture | None:
    capture = _CAPTURE.read(value, at)
    # A path that cannot be used must not turn the capture into one that is not held here.
    if capture is not None and capture.file is None and isinstance(value, dict):
        return capture if value.get("file") is None else None
    return capture


_VERBATIM: Kind[str] = scalar(
    "wrong-type", "text", lambda text: text, "write one text", {"type": "string"}
)
"""Text whose white space at the ends counts."""

CORRECTION_FIELDS = (
    Field("before", _VERBATIM, "the text before it"),
    Field("was", _VERBATIM, "the capture's text"),
    Field("now", _VERBATIM, "the page's text"),
    Field("after", _VERBATIM, "the text after it"),
    Field("reason", TEXT, "why"),
    Field("by", TEXT, "who sealed it"),
    Field("date", DATE, "when"),
)


def _build_correction(was: str = "", now: str = "", **given: Any) -> Correction:
    return Correction(was, now, **given)


_INHERIT: Kind[tuple[str, ...]] = list_of(choice(*INHERITED))

DOCUMENT_FIELDS = (
    Field("title", TEXT, "the title to show", required=True),
    Field("outlet", SLUG, "who published it"),
    Field("date", DATE, "when it was published"),
    Field("added", DATE, "when it came into the archive"),
    Field("lang", LANGUAGE, "its language"),
    Field("authors", _TEXTS, "who wrote it"),
    Field("url", URL, "where it was published"),
    Field("archived", list_of(URL), "independent copies"),
    Field(
        "captures",
        list_of(
            Kind(_read_capture, _CAPTURE.schema, silently(_read_capture)),
        ),
        "the raw files; the first is the one that this page transcribes",
        required=True,
    ),
    Field("transcription", HASH, "the fingerprint of the page's text", required=True),
    Field("translation_of", SLUG, "the document that this one translates"),
    Field("actors", _SLUGS, "the actors that it names"),
    Field("topics", _SLUGS, "the topics that it belongs to"),
    Field("inherit", _INHERIT, "which of outlet, date, authors, lang its parts inherit"),
    Field("parts", list_of(record_of(_build_part, PART_FIELDS, "the part")), "items of their own"),
    Field("claims", list_of(record_of(Claim, CLAIM_FIELDS, "the claim")), "attributed statements"),
    Field("notes", list_of(record_of(Note, NOTE_FIELDS, "the note")), "remarks on passages"),
    Field(
        "withheld",
        list_of(
            record_of(
                lambda before=None, after=None, reason=None: Withheld(before, after, reason),
                (
                    Field("before", TEXT, "the words before it"),
                    Field("after", TEXT, "the words after it"),
                    Field("reason", TEXT, "why it is withheld"),
                ),
                "the withheld passage",
            )
        ),
        "passages that the body does not hold",
    ),
    Field(
        "corrections",
        list_of(record_of(_build_correction, CORRECTION_FIELDS, "the correction")),
        "written by `sourcebook seal`",
    ),
    Field(
        "rights",
        record_of(
            Rights,
            (
                Field("holder", TEXT, "who holds the rights"),
                Field("licence", TEXT, "the licence"),
                Field("publish", choice("full", "excerpts", "citation"), "how much is published"),
            ),
            "`rights`",
        ),
        "holder, licence, and how much may be published",
    ),
    Field("embargo", DATE, "not to be published before"),
    Field("review", _REVIEW, "suggested (a draft), accepted or disputed"),
    Field("annotators", _TEXTS, "who annotated it"),
)

_IDENTIFIERS = mapping_of(TEXT)
_COMMON = (
    Field("name", _NAME, "the preferred name, or names by language", required=True),
    Field("aliases", _TEXTS, "other names, in any spelling or script"),
)

ROLE_FIELDS = (
    Field("role", TEXT, "the office or position", required=True),
    Field("of", SLUG, "the actor to which it belongs"),
    Field("from", DATE, "since when", attribute="start"),
    Field("to", DATE, "until when", attribute="end"),
)

ACTOR_FIELDS = (
    *_COMMON,
    Field(
        "kind",
        choice(
            "person",
            "armed-group",
            "state",
            "government",
            "organisation",
            "office",
            "group",
            "document",
        ),
        "what it is",
    ),
    Field("member_of", _SLUGS, "the actors that it belongs to"),
    Field("roles", list_of(record_of(Role, ROLE_FIELDS, "the role")), "offices held, with dates"),
    Field("identifiers", _IDENTIFIERS, "identifiers elsewhere, such as wikidata: Q…"),
)

TOPIC_FIELDS = (
    *_COMMON,
    Field("kind", choice("theme", "place", "event"), "theme, place or event"),
    Field("date", DATE, "when an event was"),
    Field("broader", list_of(SLUG, single=True), "the topics that it belongs under"),
    Field("related", _SLUGS, "topics beside it"),
    Field("identifiers", _IDENTIFIERS, "identifiers elsewhere"),
)

OUTLET_FIELDS = (
    *_COMMON,
    Field("domains", _TEXTS, "its addresses on the web, such as reuters.com"),
    Field("country", TEXT, "where it is based"),
    Field("owner", TEXT, "who owns it"),
    Field("kind", TEXT, "agency, newspaper, broadcaster, blog …"),
    Field("identifiers", _IDENTIFIERS, "identifiers elsewhere"),
)

QUESTION_FIELDS = (
    Field("question", TEXT, "the question, neutrally worded", required=True),
    Field("topics", _SLUGS, "the topics that it belongs to"),
    Field("date", DATE, "the time that it asks about"),
    Field("answers", mapping_of(TEXT), "id: label, in the order to show"),
    Field(
        "figure",
        record_of(
            FigureAsked,
            (
                Field("of", TEXT, "what is counted", required=True),
                Field("unit", TEXT, "in what it is counted"),
            ),
            "`figure`",
        ),
        "for a question that a number answers",
    ),
)

TABLES: Mapping[str, Sequence[Field]] = {
    "document": DOCUMENT_FIELDS,
    "actor": ACTOR_FIELDS,
    "topic": TOPIC_FIELDS,
    "outlet": OUTLET_FIELDS,
    "question": QUESTION_FIELDS,
}
"""The fields of each kind of file, by the kind's name."""

Record = Document | Actor | Topic | Outlet | Question
_BUILD: Mapping[str, Any] = {"actor": Actor, "topic": Topic, "outlet": Outlet, "question": Question}


def read_record(
    kind: str, slug: str, path: str, front: dict[str, Value], page: Page
) -> tuple[Any, list[Diagnostic]]:
    """The record of *kind* that a file's front matter holds (None where a required field is missing)."""
    reader = Reader(path)
    attributes = read_fields(front, TABLES[kind], reader, f"the {kind}")
    if kind == "question":
        _check_question(front, reader)
    if kind == "document" and attributes is not None:
        # The first capture is the one that is transcribed, so none may be left out silently.
        given, read = front.get("captures"), attributes["captures"]
        if not read or not isinstance(given, list) or len(given) != len(read):
            attributes = None
        if not given:
            reader.inside("captures").report(
                "missing-field", "the document has no capture", "captures: the raw files"
            )
    if attributes is None:
        return None, reader.diagnostics
    if "inherit" in attributes:
        attributes["inherit"] = frozenset(attributes["inherit"])
    attributes |= {"slug": slug, "path": path, "body_line": page.body_line}
    if kind == "document":
        return Document(body=Text.of(page.body), **attributes), reader.diagnostics
    return _BUILD[kind](body=page.body, **attributes), reader.diagnostics


def _check_question(front: dict[str, Value], at: Reader) -> None:
    how = "give the possible answers as id: label, or figure: {of: …, unit: …} for a number"
    if not front.get("answers") and not front.get("figure"):
        fact = "the question has neither `answers` nor `figure`"
        at.inside("answers").report("question-without-answers", fact, how)
    elif front.get("answers") and front.get("figure"):
        fact = "the question has both `answers` and `figure`"
        at.inside("figure").report("wrong-type", fact, how)
    answers = front.get("answers")
    if isinstance(answers, dict):
        for key in answers:
            SLUG.read(key, at.inside("answers", key, KEY))


def json_schema(kind: str) -> Json:
    """The JSON Schema (2020-12) of the front matter of a kind of file, for editors."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Sourcebook {kind}",
        **object_schema(TABLES[kind]),
    }


__all__ = ["TABLES", "Record", "json_schema", "read_record"]
