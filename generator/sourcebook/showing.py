"""What a stage made of a file, as JSON: for those who want to see inside, and for bug reports."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Mapping
from typing import NamedTuple

from .checked import CheckedArchive
from .diagnostics import UsageError, did_you_mean
from .edtf import Edtf
from .layout import FOLDERS
from .link import link_archive
from .markup import parse_body
from .model import Document, PackedText, Text

Json = dict[str, "Json"] | list["Json"] | str | float | bool | None


def show_stage(checked: CheckedArchive, stage: str, id: str) -> str:
    """The JSON of what *stage* made of the record *id* (``kind:slug``, or a document's slug)."""
    kind, colon, slug = id.partition(":")
    if not colon:
        kind, slug = "document", id
    if kind not in FOLDERS:
        raise UsageError(
            f"there is no kind `{kind}`", did_you_mean(kind, FOLDERS, ", ".join(FOLDERS))
        )
    records: Mapping[str, object] = getattr(checked.content, FOLDERS[kind])
    if slug not in records:
        raise UsageError(
            f"there is no {kind} `{slug}` that can be read",
            did_you_mean(slug, records, f"see content/{FOLDERS[kind]}/, and `sourcebook check`"),
        )
    if stage == "record":
        return _dump(records[slug])
    if kind != "document":
        raise UsageError(f"the stage `{stage}` is of documents only", "use `record` for others")
    return _dump(_STAGES[stage](checked, slug))


def _body_of(checked: CheckedArchive, slug: str) -> object:
    body = parse_body(str(checked.content.documents[slug].body))
    return {"text": body.text, "blocks": body.blocks, "links": body.links}


def _linked(checked: CheckedArchive, slug: str) -> object:
    linked = link_archive(checked.content, checked.places, drafts=True).documents[slug]
    return dataclasses.replace(linked, document=_without_body(linked.document))


def _without_body(document: Document) -> Document:
    return dataclasses.replace(document, body=PackedText.of(""))


_STAGES: Mapping[str, Callable[[CheckedArchive, str], object]] = {
    "body": _body_of,
    "places": lambda checked, slug: checked.places[slug],
    "linked": _linked,
}


def _dump(value: object) -> str:
    return json.dumps(_plain(value), ensure_ascii=False, indent=2)


def _plain(value: object) -> Json:
    if isinstance(value, Edtf):
        return value.text
    if isinstance(value, Text | PackedText):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = ((f.name, getattr(value, f.name)) for f in dataclasses.fields(value))
        return {name: _plain(item) for name, item in fields if item not in (None, ())}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        named: NamedTuple = value  # type: ignore[assignment]
        return {name: _plain(item) for name, item in named._asdict().items()}
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return [str(item) for item in sorted(value, key=str)]
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    if isinstance(value, (str, int, float, bool)) or value is None:
        return value
    return str(value)
