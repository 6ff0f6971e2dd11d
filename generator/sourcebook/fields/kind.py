"""What a kind of value is, and how kinds are made of others: a single value, a choice, a list.

A ``Kind`` reads a value for a field, or reports why it cannot, and says the same as JSON Schema.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from ..diagnostics import KEY, Diagnostic, Pointer, did_you_mean, with_proposal
from ..frontmatter import Value

T = TypeVar("T")
Json = dict[str, object]
EMPTY: Json = {"type": "null"}
"""A field that stands there with nothing behind it."""


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
            way_out = with_proposal(meant if is_mended else None, help)
            at.report(at_rule, f"{_field_of(at)} {fact}", way_out)
        return parsed

    return Kind(read, schema, lambda value: parse(value) if isinstance(value, str) else None)


def _field_of(at: Reader) -> str:
    names = [step for step in at.pointer if isinstance(step, str)]
    if names[-1:] == [KEY]:
        return f"a key of `{names[-3]}`" if len(names) > 2 else "a key"
    return f"`{names[-1]}`" if names else "this"


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


_BETWEEN_ITEMS = re.compile(r" ?[,;] ?|(?:^| )[-–—•] ?| (?:and|&) (?=\S*[-:])")
"""What people part items by who do not know brackets and commas; "law and order" is one."""


def _several_of(kind: Kind[Any], value: Value) -> list[str]:
    """The items that *value*, which is none itself, holds side by side; empty where it does not."""
    if not isinstance(value, str) or kind.parse(value) is not None:
        return []
    parts = [part for part in _BETWEEN_ITEMS.split(" ".join(value.split())) if part]
    are_items = len(parts) > 1 and all(kind.parse(part) is not None for part in parts)
    return parts if are_items else []


def list_of(kind: Kind[T], single: bool = False, is_set: bool = False) -> Kind[tuple[T, ...]]:
    """A list; with *single*, a value that stands alone is a list of one. Bad items are left out.

    With *is_set*, an item that is there already is left out too: who is named twice spoke once.
    """

    def read(value: Value, at: Reader) -> tuple[T, ...] | None:
        if value is None:
            return None
        if single and not isinstance(value, list) and not _several_of(kind, value):
            alone = kind.read_inside(value, at, 0)
            return None if alone is None else (alone,)
        if not isinstance(value, list):
            is_record = kind.schema.get("type") == "object"
            help = "write one `- ` and a value on each line below it"
            if is_record:
                help = (
                    "write its items below it, each beginning with `- `, one `field: value` a line"
                )
            elif several := _several_of(kind, value):
                help = f"write it in brackets: [{', '.join(several)}]"
            elif isinstance(value, str) and not re.search(r"[\[\],:#]", value):
                help = f"write it in brackets: [{value}]"
            at.report("wrong-type", f"{_field_of(at)} is {shown(value)}, not a list", help)
            return None
        read_items = (_read_item(kind, item, at, i) for i, item in enumerate(value))
        usable = tuple(item for item in read_items if item is not None)
        if is_set:
            usable = tuple(dict.fromkeys(usable))
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
        return tuple(dict.fromkeys(parsed) if is_set else parsed)

    items: Json = {"type": "array", "items": dict(kind.schema)}
    return Kind(read, {"anyOf": [dict(kind.schema), items]} if single else items, parse)


def _read_item(kind: Kind[T], item: Value, at: Reader, number: int) -> T | None:
    """An item of the list at *at*; None, with what is wrong, where it is empty or none."""
    if item is None:
        fact = f"{_field_of(at)} has an empty item"
        at.inside(number).report("wrong-type", fact, "fill it in or delete it")
        return None
    if several := _several_of(kind, item):
        fact = f"{_field_of(at)} has {shown(item)} for one item"
        help = f"write each as an item of its own: [{', '.join(several)}]"
        at.inside(number).report("wrong-type", fact, help)
        return None
    return kind.read_inside(item, at, number)


def mapping_of(
    kind: Kind[T], keys: Kind[str] | None = None, is_whole: bool = False
) -> Kind[tuple[tuple[str, T], ...]]:
    """A mapping with keys of the author's own, each of *keys*, in order.

    A key without a value is one whose value is not known; with *is_whole* it is a problem.
    """

    def read(value: Value, at: Reader) -> tuple[tuple[str, T], ...] | None:
        if value is None:
            return None
        if not isinstance(value, dict):
            plain = ", without `- ` before it" if isinstance(value, list) else ""
            at.report(
                "wrong-type",
                f"{_field_of(at)} is {shown(value)}, where fields are wanted",
                f"write one `name: value` on each line below it{plain}",
            )
            return None
        for key, item in value.items():
            if keys is not None:
                keys.read(key, at.inside(key, KEY))
            if is_whole and item is None:
                fact = f"{_field_of(at)} has nothing behind `{key}`"
                at.inside(key, KEY).report("wrong-type", fact, "fill it in or delete it")
        pairs = ((key, kind.read_inside(item, at, key)) for key, item in value.items())
        return tuple((key, item) for key, item in pairs if item is not None)

    item: Json = dict(kind.schema) if is_whole else {"anyOf": [dict(kind.schema), EMPTY]}
    schema: Json = {"type": "object", "additionalProperties": item}
    if keys is not None:
        schema = {**schema, "propertyNames": dict(keys.schema)}
    return Kind(read, schema, silently(read))
