"""How one value of front matter is read: text, slug, date, address, number, list, mapping.

A ``Kind`` reads a value for a field, or reports why it cannot, and says the same as JSON Schema.
Every scalar arrives as text (see ``frontmatter``); the kind of the field decides what it is.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Generic, TypeVar
from urllib.parse import urlsplit

from .diagnostics import Diagnostic, Pointer, did_you_mean
from .edtf import Edtf, parse_edtf, propose_date
from .frontmatter import Value
from .slugs import RESERVED, SLUG_HELP, SLUG_PATTERN, is_slug, slugify

T = TypeVar("T")
KEY = "@key"
"""The last step of a pointer that means the key itself instead of its value."""
Json = dict[str, object]


@dataclass(slots=True)
class Reader:
    """The value being read: which file, where in it, and what was found wrong so far."""

    path: str
    diagnostics: list[Diagnostic] = field(default_factory=list)
    pointer: Pointer = ()

    def inside(self, *steps: str | int) -> Reader:
        """The same reader for a value within this one."""
        return Reader(self.path, self.diagnostics, self.pointer + steps)

    def report(self, rule: str, message: str, help: str | None = None) -> None:
        """Note a problem at this value."""
        self.diagnostics.append(
            Diagnostic(rule, message, self.path, help=help, pointer=self.pointer)
        )


@dataclass(frozen=True, slots=True)
class Kind(Generic[T]):
    """A kind of value. ``read`` returns None when it reported a problem or found nothing."""

    read: Callable[[Value, Reader], T | None]
    schema: Mapping[str, object]
    parse: Callable[[Value], T | None]
    """What ``read`` gives of a value that is right; None, without a word, of any other."""

    def read_inside(self, value: Value, at: Reader, step: str | int) -> T | None:
        """What ``read`` gives for the value at *step* within the one at *at*."""
        # Most values are right, and of those nobody asks where they stand.
        parsed = self.parse(value)
        return parsed if parsed is not None else self.read(value, at.inside(step))


def silently(read: Callable[[Value, Reader], T | None]) -> Callable[[Value], T | None]:
    """A kind's ``parse`` that looks as closely as its *read*."""

    def parse(value: Value) -> T | None:
        at = Reader("")
        found = read(value, at)
        return None if at.diagnostics else found

    return parse


def shown(value: Value) -> str:
    """A value as a message quotes it."""
    if isinstance(value, dict):
        return "a group of fields"
    if isinstance(value, list):
        return "a list"
    text = " ".join(str(value).split())
    return f"`{text[:77] + '…' if len(text) > 78 else text}`" if text else "empty"


def scalar(
    rule: str,
    wanted: str,
    parse: Callable[[str], T | None],
    help: str,
    schema: Json,
    mend: Callable[[str], str | None] | None = None,
) -> Kind[T]:
    """A kind of single value; *parse* returns None for what is not one.

    *mend* may guess what was meant by that; what is none either is not proposed.
    """

    def read(value: Value, at: Reader) -> T | None:
        if value is None:
            return None
        parsed = parse(value) if isinstance(value, str) else None
        if parsed is None:
            at_rule = rule if isinstance(value, str) else "wrong-type"
            empty = isinstance(value, str) and not value.strip()
            fact = "is empty" if empty else f"is {shown(value)}, which is not {wanted}"
            meant = mend(value) if mend is not None and isinstance(value, str) else None
            is_mended = meant is not None and parse(meant) is not None
            proposed = f"did you mean `{meant}`? " if is_mended else ""
            at.report(at_rule, f"{_field_of(at)} {fact}", proposed + help)
        return parsed

    return Kind(read, schema, lambda value: parse(value) if isinstance(value, str) else None)


def _field_of(at: Reader) -> str:
    names = [step for step in at.pointer if isinstance(step, str)]
    if names[-1:] == [KEY]:
        return f"a key of `{names[-3]}`" if len(names) > 2 else "a key"
    return f"`{names[-1]}`" if names else "this"


@lru_cache(maxsize=16_384)
def _parse_slug(text: str) -> str | None:
    # The same few are named again and again.
    return text if is_slug(text) else None


def _parse_text(text: str) -> str | None:
    return text.strip() or None


def _parse_boolean(text: str) -> bool | None:
    return {"true": True, "false": False}.get(text.lower())


def parse_number(text: str) -> float | None:
    """The number that *text* writes in digits; None where it is none, or too long to be one."""
    plain = re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", text, re.ASCII)
    return float(text) if plain else None


def _parse_hash(text: str) -> str | None:
    return text if re.fullmatch(r"[0-9a-f]{64}", text) else None


def _parse_language(text: str) -> str | None:
    return text if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*", text) else None


_NO_ENCODINGS = frozenset(
    ("idna", "punycode", "raw-unicode-escape", "undefined", "unicode-escape", "utf-7")
)
"""What Python can decode besides: what such bytes say is not what a person sees in an editor."""


def parse_encoding(text: str) -> str | None:
    """Python's name of the encoding *text*; None where it is none that a capture may have."""
    try:
        name = codecs.lookup(text).name
    except (LookupError, ValueError):
        return None
    return None if name in _NO_ENCODINGS else name


def parse_url(text: str) -> str | None:
    """*text* where it is an http or https address that is safe to link to, else None."""
    if re.search(r"[\s\x00-\x1f\x7f<>\"\\`]", text):
        return None
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    return text if parts.scheme in ("http", "https") and parts.hostname else None


WORDS: Json = {"type": ["string", "number", "boolean"]}
"""A text as an editor sees it, to which ``1984`` is a number."""
_FOUR_DIGITS: Json = {"pattern": r"^[0-9]{4}$", "minimum": 1000, "maximum": 9999}
"""As a text or as a number: each condition asks its own type only."""
TEXT: Kind[str] = scalar(
    "wrong-type", "text", _parse_text, "write one text", {**WORDS, "pattern": r"\S"}
)
SLUG: Kind[str] = scalar(
    "invalid-slug",
    "a slug",
    _parse_slug,
    SLUG_HELP,
    {
        "type": ["string", "integer"],
        "pattern": f"^{SLUG_PATTERN}$",
        "maxLength": 80,
        "not": {"anyOf": [{"enum": sorted(RESERVED)}, _FOUR_DIGITS]},
    },
    mend=slugify,
)
DATE: Kind[Edtf] = scalar(
    "invalid-date",
    "a date",
    parse_edtf,
    "write it as YYYY-MM-DD, or YYYY-MM if the day is unknown; YYYY-MM-DD~ about that day,"
    " YYYY-MM-DD/YYYY-MM-DD between two days, XXXX-MM-DD if the year is unknown",
    {
        "type": ["string", "integer"],
        "minimum": -9999,
        "maximum": 9999,
        # An interval's ends are left to the check.
        "pattern": r"^-?[0-9X]{4}(-[0-9X]{2}){0,2}[~?%]?$|/",
    },
    mend=propose_date,
)
BOOLEAN: Kind[bool] = scalar(
    "wrong-type", "true or false", _parse_boolean, "write `true` or `false`", {"type": "boolean"}
)
NUMBER: Kind[float] = scalar(
    "invalid-number",
    "a number",
    parse_number,
    "write digits alone, such as 50000",
    {"type": "number"},
)
HASH: Kind[str] = scalar(
    "invalid-hash",
    "a SHA-256",
    _parse_hash,
    "it has 64 digits 0-9 and a-f; `sourcebook ingest` and `sourcebook seal` write it",
    {"type": "string", "pattern": "^[0-9a-f]{64}$"},
)
LANGUAGE: Kind[str] = scalar(
    "invalid-language",
    "a language tag",
    _parse_language,
    "write its short tag (BCP 47), such as en, fr, ar or pt-BR",
    {"type": "string", "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"},
    mend=lambda text: text.replace("_", "-"),
)
URL: Kind[str] = scalar(
    "invalid-url",
    "a whole address",
    parse_url,
    "begin it with https:// or http://, and leave no space in it",
    {"type": "string", "format": "uri", "pattern": r"^https?://[^\s<>\"\\`]+$"},
    mend=lambda text: f"https://{text}" if text.startswith("www.") else None,
)


def choice(*choices: str) -> Kind[Any]:
    """One of a closed list of words."""

    def read(value: Value, at: Reader) -> str | None:
        if value is None or value in choices:
            return value
        listed = ", ".join(choices)
        help = did_you_mean(str(value), choices, f"write one of: {listed}")
        at.report(
            "invalid-choice",
            f"{_field_of(at)} is {shown(value)}, which is not one of its values",
            help,
        )
        return None

    known = frozenset(choices)
    return Kind(
        read,
        {"enum": list(choices)},
        lambda value: value if isinstance(value, str) and value in known else None,
    )


def list_of(kind: Kind[T], single: bool = False) -> Kind[tuple[T, ...]]:
    """A list; with *single*, a value that stands alone is a list of one. Bad items are left out."""

    def read(value: Value, at: Reader) -> tuple[T, ...] | None:
        if value is None:
            return None
        if single and not isinstance(value, list):
            alone = kind.read_inside(value, at, 0)
            return None if alone is None else (alone,)
        if not isinstance(value, list):
            help = (
                f"write it in brackets: [{value}]"
                if isinstance(value, str) and not re.search(r"[\[\],:#]", value)
                else "write one `- ` and a value on each line below it"
            )
            at.report("wrong-type", f"{_field_of(at)} is {shown(value)}, not a list", help)
            return None
        for i, item in enumerate(value):
            if item is None:
                at.inside(i).report(
                    "wrong-type", f"{_field_of(at)} has an empty item", "fill it in or delete it"
                )
        read_items = [kind.read_inside(item, at, i) for i, item in enumerate(value)]
        usable = tuple(item for item in read_items if item is not None)
        # A list of nothing but bad items is no empty list: it is reported, and counts as not read.
        return usable if usable or not value else None

    def parse(value: Value) -> tuple[T, ...] | None:
        if not isinstance(value, list):
            alone = kind.parse(value) if single else None
            return None if alone is None else (alone,)
        parsed = []
        for item in value:
            one = kind.parse(item)
            if one is None:
                return None
            parsed.append(one)
        return tuple(parsed)

    items: Json = {"type": "array", "items": dict(kind.schema)}
    return Kind(read, {"anyOf": [dict(kind.schema), items]} if single else items, parse)


SLUGS: Kind[tuple[str, ...]] = list_of(SLUG)
TEXTS: Kind[tuple[str, ...]] = list_of(TEXT)


def mapping_of(kind: Kind[T]) -> Kind[tuple[tuple[str, T], ...]]:
    """A mapping with keys of the author's own, in order."""

    def read(value: Value, at: Reader) -> tuple[tuple[str, T], ...] | None:
        if value is None:
            return None
        if not isinstance(value, dict):
            at.report(
                "wrong-type",
                f"{_field_of(at)} is {shown(value)}, where fields are wanted",
                "write one `name: value` on each line below it",
            )
            return None
        pairs = ((key, kind.read_inside(item, at, key)) for key, item in value.items())
        return tuple((key, item) for key, item in pairs if item is not None)

    schema = {"type": "object", "additionalProperties": dict(kind.schema)}
    return Kind(read, schema, silently(read))


@dataclass(frozen=True, slots=True)
class Field:
    """A row of a record's table: the field's name in the file, how it is read, what it is."""

    name: str
    kind: Kind[Any]
    about: str
    required: bool = False
    attribute: str | None = None
    """The record's attribute, where its name is another."""


def read_fields(
    value: Value, fields: Sequence[Field], at: Reader, noun: str
) -> dict[str, Any] | None:
    """The attributes that a mapping gives a record; None where a required one is missing.

    Unknown fields are reported with the nearest known one; a field that begins with ``x-`` is free.
    """
    if not isinstance(value, dict):
        if value is not None:
            at.report(
                "wrong-type",
                f"{noun} is {shown(value)}, where fields are wanted",
                "write {field: value, field: value}, or one `field: value` on each line below",
            )
        return None
    known = {row.name: row for row in fields}
    for name in value:
        if name not in known and not name.startswith("x-"):
            free = "a field of your own begins with `x-`"
            at.inside(name, KEY).report(
                "unknown-field",
                f"{noun} has no field `{name}`",
                did_you_mean(name, known, free),
            )
    attributes: dict[str, Any] = {}
    complete = True
    for row in fields:
        given = value.get(row.name)
        read = row.kind.read_inside(given, at, row.name) if given is not None else None
        if read is not None:
            attributes[row.attribute or row.name] = read
        elif row.required:
            complete = False
            if given is None:
                at.inside(row.name).report(
                    "missing-field",
                    f"{noun} has no `{row.name}`",
                    f"add `{row.name}: …`, {row.about}",
                )
    return attributes if complete else None


def record_of(build: Callable[..., T], fields: Sequence[Field], noun: str) -> Kind[T]:
    """A mapping with the fields of a table, made into a record."""

    def read(value: Value, at: Reader) -> T | None:
        attributes = read_fields(value, fields, at, noun)
        return build(**attributes) if attributes is not None else None

    rows = {row.name: (row.attribute or row.name, row.kind.parse) for row in fields}
    required = frozenset(row.attribute or row.name for row in fields if row.required)

    def parse(value: Value) -> T | None:
        if not isinstance(value, dict):
            return None
        attributes = {}
        for name, given in value.items():
            row = rows.get(name)
            parsed = row[1](given) if row is not None else None
            if row is None or parsed is None:
                return None
            attributes[row[0]] = parsed
        return build(**attributes) if required <= attributes.keys() else None

    return Kind(read, object_schema(fields), parse)


_EMPTY: Json = {"type": "null"}


def object_schema(fields: Sequence[Field]) -> Json:
    """The JSON Schema of a table of fields. A field that is not required may stand empty."""
    return {
        "type": "object",
        "properties": {
            row.name: {
                **(row.kind.schema if row.required else {"anyOf": [row.kind.schema, _EMPTY]}),
                "description": row.about,
            }
            for row in fields
        },
        "required": [row.name for row in fields if row.required],
        "patternProperties": {"^x-": {}},
        "additionalProperties": False,
    }
