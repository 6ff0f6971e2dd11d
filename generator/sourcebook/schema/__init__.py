"""A mapping becomes a record, or diagnostics; JSON Schema comes from the same table.

Adding a field is one row in its table and one attribute in ``model``. What needs other records to
be judged (does this actor exist?) is ``check``'s.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ..diagnostics import Diagnostic
from ..fields import Field, Json, Reader, object_schema, read_fields
from ..frontmatter import Page, Value
from ..layout import FOLDERS
from ..model import Actor, Outlet, Question, Topic
from .authority import ACTOR_FIELDS, OUTLET_FIELDS, TOPIC_FIELDS
from .document import DOCUMENT_FIELDS, build_document
from .question import ONE_WAY_TO_ANSWER, QUESTION_FIELDS, check_question

TABLES: Mapping[str, Sequence[Field]] = {
    "document": DOCUMENT_FIELDS,
    "actor": ACTOR_FIELDS,
    "topic": TOPIC_FIELDS,
    "outlet": OUTLET_FIELDS,
    "question": QUESTION_FIELDS,
}
"""The fields of each kind of file, by the kind's name."""

_BUILD: Mapping[str, Callable[..., Any]] = {
    "document": build_document,
    "actor": Actor,
    "topic": Topic,
    "outlet": Outlet,
    "question": Question,
}


def read_record(
    kind: str, slug: str, path: str, front: dict[str, Value], page: Page
) -> tuple[Any, list[Diagnostic]]:
    """The record of *kind* that a file's front matter holds (None where a required field is missing)."""
    reader = Reader(path)
    attributes = read_fields(front, TABLES[kind], reader, f"the {kind}")
    if kind == "question":
        check_question(front, reader)
    if attributes is None:
        meant = _kind_meant(kind, front)
        return None, [_misplaced(kind, meant, path)] if meant is not None else reader.diagnostics
    attributes |= {"slug": slug, "path": path, "body": page.body, "body_line": page.body_line}
    return _BUILD[kind](**attributes), reader.diagnostics


def _kind_meant(kind: str, front: Mapping[str, Value]) -> str | None:
    """The only kind of record that has all fields of *front*, where *kind* has not."""
    names = {name for name in front if not name.startswith("x-")}
    fitting = [
        other
        for other, fields in TABLES.items()
        if {row.name for row in fields if row.required} <= names <= {row.name for row in fields}
    ]
    return fitting[0] if len(fitting) == 1 and fitting[0] != kind else None


def _misplaced(kind: str, meant: str, path: str) -> Diagnostic:
    right = path.replace(f"/{FOLDERS[kind]}/", f"/{FOLDERS[meant]}/")
    return Diagnostic(
        "unexpected-file",
        f"the page has the fields of {_a(meant)}, and stands among the {FOLDERS[kind]}",
        path,
        help=f"move it to {right}",
    )


def _a(kind: str) -> str:
    return f"{'an' if kind[0] in 'ao' else 'a'} {kind}"


def json_schema(kind: str) -> Json:
    """The JSON Schema (2020-12) of the front matter of a kind of file, for editors."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Sourcebook {kind}",
        **object_schema(TABLES[kind]),
        **(ONE_WAY_TO_ANSWER if kind == "question" else {}),
    }


__all__ = ["TABLES", "json_schema", "read_record"]
