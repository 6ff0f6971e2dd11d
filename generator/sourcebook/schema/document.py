"""A document: its own fields, and the parts that have fields of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, get_args

from ..fields import (
    DATE,
    HASH,
    LANGUAGE,
    SLUG,
    SLUGS,
    TEXT,
    TEXTS,
    URL,
    Field,
    Kind,
    Reader,
    choice,
    list_of,
    record_of,
)
from ..frontmatter import Value
from ..model import INHERITED, UNKNOWN, Document, PackedText, Part, Publish, Rights, Withheld
from .annotations import CLAIM, NOTE, REVIEW
from .capture import CAPTURES, CORRECTION


def _or_unknown(kind: Kind[Any]) -> Kind[Any]:
    def read(value: Value, at: Reader) -> object:
        return UNKNOWN if value == UNKNOWN else kind.read(value, at)

    schema = {"anyOf": [dict(kind.schema), {"const": UNKNOWN}]}
    return Kind(read, schema, lambda value: UNKNOWN if value == UNKNOWN else kind.parse(value))


def _build_part(**given: Any) -> Part:
    unknown = frozenset(name for name in INHERITED if given.get(name) == UNKNOWN)
    return Part(**{k: v for k, v in given.items() if k not in unknown}, unknown=unknown)


_PART_FIELDS = (
    Field("id", SLUG, "a short name, unique in the document", required=True),
    Field("heading", TEXT, "a whole heading of the text"),
    Field("starts", TEXT, "its first words, where it has no heading"),
    Field("ends", TEXT, "its last words, where it ends before the next part"),
    Field("outlet", _or_unknown(SLUG), "who published it, or unknown"),
    Field("date", _or_unknown(DATE), "when it was published, or unknown"),
    Field("url", URL, "where it was published"),
    Field("authors", _or_unknown(TEXTS), "who wrote it, or unknown"),
    Field("lang", _or_unknown(LANGUAGE), "its language"),
    Field("actors", SLUGS, "the actors that it names"),
    Field("topics", SLUGS, "the topics that it belongs to"),
)

_PART: Kind[Part] = record_of(_build_part, _PART_FIELDS, "the part")
_INHERIT: Kind[tuple[str, ...]] = list_of(choice(*INHERITED))

DOCUMENT_FIELDS = (
    Field("title", TEXT, "the title to show", required=True),
    Field("outlet", SLUG, "who published it"),
    Field("date", DATE, "when it was published"),
    Field("added", DATE, "when it came into the archive"),
    Field("lang", LANGUAGE, "its language"),
    Field("authors", TEXTS, "who wrote it"),
    Field("url", URL, "where it was published"),
    Field("archived", list_of(URL, is_set=True), "independent copies"),
    Field(
        "captures",
        CAPTURES,
        "the raw files; the first is the one that this page transcribes",
        required=True,
    ),
    Field(
        "transcription",
        HASH,
        "the fingerprint of the page's text; for 64 zeros the check says what it is",
        required=True,
    ),
    Field("translation_of", SLUG, "the document that this one translates"),
    Field("actors", SLUGS, "the actors that it names"),
    Field("topics", SLUGS, "the topics that it belongs to"),
    Field("inherit", _INHERIT, "which of outlet, date, authors, lang its parts inherit"),
    Field("parts", list_of(_PART), "items of their own"),
    Field("claims", list_of(CLAIM), "attributed statements"),
    Field("notes", list_of(NOTE), "remarks on passages"),
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
    Field("corrections", list_of(CORRECTION), "written by `sourcebook seal`"),
    Field(
        "rights",
        record_of(
            Rights,
            (
                Field("holder", TEXT, "who holds the rights"),
                Field("licence", TEXT, "the licence"),
                Field("publish", choice(*get_args(Publish)), "how much is published"),
            ),
            "`rights`",
        ),
        "holder, licence, and how much may be published",
    ),
    Field("embargo", DATE, "not to be published before"),
    Field("review", REVIEW, "suggested (a draft), accepted or disputed"),
    Field("annotators", TEXTS, "who annotated it"),
)


def build_document(body: str, inherit: Iterable[str] = INHERITED, **given: Any) -> Document:
    """The document with the fields *given* and the text *body*."""
    return Document(body=PackedText.of(body), inherit=frozenset(inherit), **given)
