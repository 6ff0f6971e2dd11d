"""The table of a record: its fields, read together, and their JSON Schema."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from ..diagnostics import KEY, did_you_mean, suggest
from ..frontmatter import Value
from .kind import EMPTY, Json, Kind, Reader, shown

T = TypeVar("T")


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
            named = [row.name for row in fields if row.required] or [fields[0].name]
            inline = ", ".join(f"{name}: …" for name in named)
            at.report(
                "wrong-type",
                f"{noun} is {shown(value)}, where fields are wanted",
                f"write {{{inline}}}, or one `field: value` on each line below",
            )
        return None
    known = {row.name: row for row in fields}
    for name in value:
        if name not in known and not name.startswith("x-"):
            free = _AFTER_COMMA if value[name] is None and " " in name else _FREE
            if suggest(name, known) is None and free is _FREE:
                free = f"its fields are {', '.join(known)}; {_FREE}"
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


_FREE = "a field of your own begins with `x-`"
_AFTER_COMMA = f"between {{ and }}, text that holds a comma needs quotation marks; {_FREE}"


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


def object_schema(fields: Sequence[Field]) -> Json:
    """The JSON Schema of a table of fields. A field that is not required may stand empty."""
    return {
        "type": "object",
        "properties": {
            row.name: {
                **(row.kind.schema if row.required else {"anyOf": [row.kind.schema, EMPTY]}),
                "description": row.about,
            }
            for row in fields
        },
        "required": [row.name for row in fields if row.required],
        "patternProperties": {"^x-": {}},
        "additionalProperties": False,
    }
