"""Actors, topics and outlets: who and what documents name, by a preferred name and others."""

from __future__ import annotations

from typing import get_args

from ..diagnostics import KEY
from ..fields import (
    DATE,
    EMPTY,
    LANGUAGE,
    SLUG,
    SLUGS,
    TEXT,
    TEXTS,
    Field,
    Kind,
    Reader,
    choice,
    list_of,
    mapping_of,
    record_of,
    silently,
)
from ..frontmatter import Value
from ..model import ActorKind, Name, Role, TopicKind


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
    if not any(text is not None for text in value.values()):
        at.report("missing-field", "`name` is in no language", "write `name: …`, or {en: …, fr: …}")
    return Name(names[0][1], tuple(names)) if names else None


_NAME: Kind[Name] = Kind(
    _read_name,
    {
        "anyOf": [
            TEXT.schema,
            {
                "type": "object",
                "propertyNames": LANGUAGE.schema,
                "additionalProperties": {"anyOf": [TEXT.schema, EMPTY]},
                "not": {"additionalProperties": EMPTY},
            },
        ]
    },
    silently(_read_name),
)


_IDENTIFIERS = mapping_of(TEXT)
_COMMON = (
    Field("name", _NAME, "the preferred name, or names by language", required=True),
    Field("aliases", TEXTS, "other names, in any spelling or script"),
)

_ROLE_FIELDS = (
    Field("role", TEXT, "the office or position", required=True),
    Field("of", SLUG, "the actor to which it belongs"),
    Field("from", DATE, "since when", attribute="start"),
    Field("to", DATE, "until when", attribute="end"),
)

ACTOR_FIELDS = (
    *_COMMON,
    Field("kind", choice(*get_args(ActorKind)), "what it is"),
    Field("member_of", SLUGS, "the actors that it belongs to"),
    Field("roles", list_of(record_of(Role, _ROLE_FIELDS, "the role")), "offices held, with dates"),
    Field("identifiers", _IDENTIFIERS, "identifiers elsewhere, such as wikidata: Q…"),
)

TOPIC_FIELDS = (
    *_COMMON,
    Field("kind", choice(*get_args(TopicKind)), "theme, place or event"),
    Field("date", DATE, "when an event was"),
    Field("broader", list_of(SLUG, single=True, is_set=True), "the topics that it belongs under"),
    Field("related", SLUGS, "topics beside it"),
    Field("identifiers", _IDENTIFIERS, "identifiers elsewhere"),
)

OUTLET_FIELDS = (
    *_COMMON,
    Field("domains", TEXTS, "its addresses on the web, such as reuters.com"),
    Field("country", TEXT, "where it is based"),
    Field("owner", TEXT, "who owns it"),
    Field("kind", TEXT, "agency, newspaper, broadcaster, blog …"),
    Field("identifiers", _IDENTIFIERS, "identifiers elsewhere"),
)
