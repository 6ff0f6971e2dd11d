"""Where in its file a value stands: looked up when there is a problem to print, or an edit to make.

Both are rare, so values carry no positions: a rule names the value it means by a ``Pointer``.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal, NamedTuple

import yaml

from ..diagnostics import KEY, Diagnostic, Pointer, Related
from .page import line_starts, split_lines, split_page
from .strict import RefusedError, compose, is_nothing


class Position(NamedTuple):
    """A place in a file, from 1."""

    line: int
    column: int
    width: int


_ItemsById = dict[int, dict[str, yaml.Node]]
"""Of each list that an item was looked for in, by Python's id of its node: its items by theirs."""


class Extent(NamedTuple):
    """Where a value stands in the YAML, and of what sort it is."""

    start: int
    end: int
    """Behind its last word: comments and blank lines below it are not its own."""
    sort: Literal["nothing", "text", "list", "fields"]
    is_inline: bool = False
    """A list or fields in brackets."""


def find_extent(front: str, pointer: Pointer) -> Extent | None:
    """Where the value at *pointer* stands in the YAML *front*; None where it is missing."""
    node = compose(front)
    for step in pointer:
        found = _child(node, step, {})
        if found is None:
            return None
        node = found[1]
    if node is None:
        return None
    start, end = node.start_mark.index, _end_of(node)
    end = start + len(front[start:end].rstrip())
    if isinstance(node, yaml.CollectionNode):
        sort: Literal["list", "fields"] = (
            "list" if isinstance(node, yaml.SequenceNode) else "fields"
        )
        if not node.value:
            return Extent(start, end, "nothing")
        return Extent(start, end, sort, bool(node.flow_style))
    return Extent(start, end, "nothing" if is_nothing(node) else "text")


def _end_of(node: yaml.Node) -> int:
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        return _end_of(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _child(
    node: yaml.Node | None, step: str | int, known: _ItemsById
) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return (None, node.value[step]) if step < len(node.value) else None
    if isinstance(node, yaml.SequenceNode):
        # By id: an item's number in the record is another where one before it could not be read.
        if id(node) not in known:
            known[id(node)] = _items_by_id(node)
        item = known[id(node)].get(str(step))
        return (None, item) if item is not None else None
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key, value
    return None


def _items_by_id(node: yaml.SequenceNode) -> dict[str, yaml.Node]:
    """The first item with each id."""
    items: dict[str, yaml.Node] = {}
    for item in node.value:
        if isinstance(item, yaml.MappingNode):
            for key, value in item.value:
                if key.value == "id" and isinstance(value, yaml.ScalarNode):
                    items.setdefault(value.value, item)
    return items


def locate_diagnostics(
    diagnostics: Iterable[Diagnostic], read: Callable[[str], str | None]
) -> list[Diagnostic]:
    """Each diagnostic with line, column and source line, and its related places with theirs.

    *read* gives a file's text by its path in the archive, or None where there is none (any more).
    """
    files: dict[str, _Located | None] = {}

    def located(path: str) -> _Located | None:
        if path not in files:
            text = read(path)
            files[path] = _Located.of(text, path) if text is not None else None
        return files[path]

    result = []
    for diagnostic in diagnostics:
        related = tuple(_locate_related(r, located) for r in diagnostic.related)
        placed = replace(diagnostic, related=related) if related else diagnostic
        result.append(_place(placed, located))
    return result


def _place(diagnostic: Diagnostic, located: Callable[[str], _Located | None]) -> Diagnostic:
    if diagnostic.line is not None:
        return diagnostic
    if not diagnostic.pointer and diagnostic.body_offset is None:
        # The whole file is meant: no line of it would explain anything.
        return replace(diagnostic, line=1, column=1)
    file = located(diagnostic.path)
    return file.place(diagnostic) if file is not None else diagnostic


def _locate_related(related: Related, located: Callable[[str], _Located | None]) -> Related:
    if related.line is not None:
        return related
    file = located(related.path)
    if file is None:
        return related
    return related._replace(line=file.position_of(related.pointer).line)


@dataclass(frozen=True, slots=True)
class _Located:
    """A file whose values can be found by pointer."""

    lines: Sequence[str]
    root: yaml.Node | None
    first_line: int
    body_starts: Sequence[int]
    """Where each line of the body begins."""
    body_line: int
    known: _ItemsById = field(default_factory=dict)

    @classmethod
    def of(cls, text: str, path: str) -> _Located:
        front, first_line, body, body_line = text, 1, "", 1
        if not path.endswith((".yaml", ".yml")):
            page = split_page(text)
            if page is None:
                return cls(split_lines(text), None, 1, line_starts(text), 1)
            front, body, body_line, first_line = page.front, page.body, page.body_line, 2
        try:
            root = compose(front)
        except (yaml.YAMLError, ValueError, RefusedError):
            root = None
        return cls(split_lines(text), root, first_line, line_starts(body), body_line)

    def position_of(self, pointer: Pointer) -> Position:
        """Where the value at *pointer* stands; where it is missing, the nearest that holds it."""
        node, key_node = self.root, None
        for step in pointer:
            if step == KEY:
                node = key_node or node
                break
            found = _child(node, step, self.known)
            if found is None:
                # The field is missing, so the place is the record's first line and not its whole
                # extent; or it takes one value or a list, and the one is addressed as a list's first.
                break
            key_node, node = found
        if node is None or (node is self.root and pointer):
            return Position(max(1, self.first_line - 1), 1, 3)
        start, end = node.start_mark, node.end_mark
        width = end.column - start.column if start.line == end.line else 1
        return Position(self.first_line + start.line, start.column + 1, max(1, width))

    def place(self, diagnostic: Diagnostic) -> Diagnostic:
        if diagnostic.body_offset is not None:
            line = bisect_right(self.body_starts, diagnostic.body_offset) - 1
            column = diagnostic.body_offset - self.body_starts[line] + 1
            position = Position(self.body_line + line, column, diagnostic.width)
        else:
            position = self.position_of(diagnostic.pointer)
        source = self.lines[position.line - 1] if position.line <= len(self.lines) else None
        return replace(
            diagnostic,
            line=position.line,
            column=position.column,
            width=position.width,
            source_line=source,
        )
