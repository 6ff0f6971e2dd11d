"""The only user of PyYAML: values out of front matter, their places, and line-exact edits.

YAML is read strictly. Every plain scalar is text, to be typed by its field (``schema``), so ``no``,
``2017`` and ``1_000`` are what they look like. Tags, anchors, aliases, merge keys and duplicate keys
are errors. Values carry no positions: a rule names the value it means by a ``Pointer``, and
``locate_diagnostics`` finds its line when there is a problem to print, which is rare.

Edits touch only the lines that they must: comments, order, quoting and line ends stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, Protocol

import yaml

from .diagnostics import Diagnostic, Pointer, Related
from .misreadings import explain_yaml_error

Value = str | None | list["Value"] | dict[str, "Value"]
"""What front matter holds: text, nothing, lists and mappings. Keys are text."""


class _Mark(Protocol):
    """PyYAML's mark, of its Python or its C half."""

    line: int
    column: int
    index: int


_SafeLoader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
HAS_LIBYAML = _SafeLoader is not yaml.SafeLoader
"""Whether PyYAML has its half in C, without which reading takes ten times as long."""


class _Loader(_SafeLoader):  # type: ignore[misc]  # either half of PyYAML
    """PyYAML's safe loader without its guesses at types, for the field decides the type.

    Guessing, node by node, takes a third of the time of reading.
    """

    def resolve(self, *_: object) -> str:
        """No node has a type."""
        return ""

    def descend_resolver(self, *_: object) -> None:
        """Nothing depends on where a node stands."""

    def ascend_resolver(self) -> None:
        """Nothing depends on where a node stands."""


# What stands before is asked last: to look for the sign itself is what re does at once.
_FENCE_LINE = re.compile(r"---(?<![^\r\n]---)[ \t]*(?:\r\n|\n|\r|\Z)")


class Page(NamedTuple):
    """A file with front matter, split."""

    front: str
    """The YAML between the fences; its first line is line 2 of the file."""
    body: str
    body_line: int
    """The line of the file on which the body begins, from 1."""
    front_start: int
    """Where ``front`` begins in the file, in code points."""


def split_page(text: str) -> Page | None:
    """The two halves of a page, or None where it does not begin with a closed ``---`` block."""
    first = _FENCE_LINE.match(text)
    if first is None:
        return None
    second = _FENCE_LINE.search(text, first.end())
    if second is None:
        return None
    body_line = _count_lines(text, second.end()) + 1
    front = text[first.end() : second.start()]
    return Page(front, text[second.end() :], body_line, first.end())


def _count_lines(text: str, end: int) -> int:
    """Line ends before *end*; CR LF is one."""
    return text.count("\n", 0, end) + text.count("\r", 0, end) - text.count("\r\n", 0, end)


_SUSPECT = re.compile(r"[&*!](?<![^\s\[\]{},:?-].)")
_DEEP = re.compile(r"^[ ?:-]{300}", re.MULTILINE)
_MANY_BRACKETS = 500
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_OTHER_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
"""YAML 1.1 ends a line at these, editors do not: read as spaces, so that lines count the same."""
_CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
_CONFLICT_SIGNS = ("<" * 7, ">" * 7)
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_MAX_DEPTH = 40


class _RefusedError(Exception):
    """A YAML feature that front matter must not use."""

    def __init__(self, rule: str, message: str, help: str, mark: _Mark | None) -> None:
        super().__init__(message)
        self.rule, self.message, self.help = rule, message, help
        self.line = mark.line if mark is not None else 0
        self.column = mark.column if mark is not None else 0


def parse_mapping(
    text: str, path: str, first_line: int = 1
) -> tuple[dict[str, Value] | None, list[Diagnostic]]:
    """The mapping that the YAML *text* holds, or None with the reason.

    *first_line* is the line of the file on which *text* begins. An empty text is an empty mapping.
    Duplicate keys are reported all; the first value counts.
    """
    value = _read_plain(text)
    if isinstance(value, dict):
        return value, []
    duplicates: list[_RefusedError] = []
    try:
        if _SUSPECT.search(text):
            _refuse_features(text)
        node = _compose(text)
        if node is None:
            return {}, []
        value = _value_of(node, duplicates, 0)
    except _RefusedError as refused:
        return None, [_report(refused, text, path, first_line)]
    except yaml.MarkedYAMLError as error:
        return None, [_report(_refusal_of(error, text), text, path, first_line)]
    except (yaml.YAMLError, ValueError) as error:
        refusal = _RefusedError(
            "invalid-yaml", f"the fields cannot be read: {error}", _FIELDS_HELP, None
        )
        return None, [_report(refusal, text, path, first_line)]
    found = [_report(refusal, text, path, first_line) for refusal in duplicates]
    if not isinstance(value, dict):
        refusal = _RefusedError(
            "invalid-yaml",
            "there are no fields here, only text or a list",
            _FIELDS_HELP,
            node.start_mark,
        )
        return None, [*found, _report(refusal, text, path, first_line)]
    return value, found


_FIELDS_HELP = "write one `field: value` on each line"


class _NotPlainError(Exception):
    """Something that has to be looked at with its place, be it wrong or only rare."""


def _read_plain(text: str) -> Value:
    """What a YAML text without anything remarkable holds, in half the time; None for any other.

    A tree with the place of every value is wanted only where something is to be said of one.
    """
    if _SUSPECT.search(text):
        return None
    try:
        next_event = _Loader(_readable(text)).get_event
        if not isinstance(next_event(), yaml.StreamStartEvent):
            return None
        if not isinstance(next_event(), yaml.DocumentStartEvent):
            return None
        value = _plain_value(next_event(), next_event, 0)
        next_event()
        return value if isinstance(next_event(), yaml.StreamEndEvent) else None
    except (yaml.YAMLError, ValueError, _RefusedError, _NotPlainError):
        return None


def _plain_value(event: yaml.Event, next_event: Callable[[], yaml.Event], depth: int) -> Value:
    if isinstance(event, yaml.ScalarEvent):
        return None if event.value in _NULLS and not event.style else event.value
    if depth >= _MAX_DEPTH:
        raise _NotPlainError
    if isinstance(event, yaml.SequenceStartEvent):
        items: list[Value] = []
        while not isinstance(event := next_event(), yaml.SequenceEndEvent):
            items.append(_plain_value(event, next_event, depth + 1))
        return items
    if not isinstance(event, yaml.MappingStartEvent):
        raise _NotPlainError
    mapping: dict[str, Value] = {}
    while not isinstance(event := next_event(), yaml.MappingEndEvent):
        if not isinstance(event, yaml.ScalarEvent):
            raise _NotPlainError
        key = event.value
        if key in mapping or key == "<<":
            raise _NotPlainError
        mapping[key] = _plain_value(next_event(), next_event, depth + 1)
    return mapping


def _compose(text: str) -> yaml.Node | None:
    """The tree of a YAML text. PyYAML alone would let a deep one overflow the stack."""
    text = _readable(text)
    if text.count("[") + text.count("{") > _MANY_BRACKETS or _DEEP.search(text):
        _refuse_depth(text)
    return yaml.compose(text, _Loader)


def _readable(text: str) -> str:
    """*text* with line ends where editors have them, each character where it was."""
    if text.replace("\n", "").isprintable() and not any(sign in text for sign in _CONFLICT_SIGNS):
        # Nothing of what is looked for below is printable: this tells most texts at once.
        return text
    control = _CONTROL.search(text)
    if control is not None:
        raise _RefusedError(
            "invalid-yaml",
            f"the invisible character U+{ord(control.group()):04X} stands here",
            "delete it, and write the word beside it again",
            _mark_at(text, control.start()),
        )
    conflict = _CONFLICT.search(text)
    if conflict is not None:
        raise _RefusedError(
            "invalid-yaml",
            "git has left two versions of a passage here",
            "keep one of them, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>",
            _mark_at(text, conflict.start()),
        )
    return _OTHER_LINE_ENDS.sub(" ", text)


def _refuse_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, _Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > _MAX_DEPTH:
            raise _too_deep(event.start_mark)


def _too_deep(mark: _Mark | None) -> _RefusedError:
    return _RefusedError(
        "invalid-yaml",
        "there are lists within lists here, too many to be meant",
        "close the brackets, or put text that holds brackets between quotation marks",
        mark,
    )


def _mark_at(text: str, position: int) -> yaml.Mark:
    before = text[:position]
    column = position - (before.rfind("\n") + 1)
    return yaml.Mark("", position, before.count("\n"), column, None, 0)


def _refuse_features(text: str) -> None:
    """Raise for the first tag, anchor, alias or merge key; called only where one may be."""
    for event in yaml.parse(_readable(text), _Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _RefusedError(
                "yaml-anchor",
                f"`{_word_at(text, event.start_mark)}` is a YAML reference: text cannot begin with"
                " `&` or `*`",
                "put the whole text between quotation marks; a value meant for two places is"
                " written out in both",
                event.start_mark,
            )
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            raise _RefusedError(
                "yaml-tag",
                f"`{_word_at(text, event.start_mark)}` is a YAML tag: text cannot begin with `!`",
                "put the whole text between quotation marks; a tag is left out, as the field"
                " decides the type",
                event.start_mark,
            )


def _word_at(text: str, mark: _Mark | None) -> str:
    match = re.compile(r"[^\s,\]}]+").search(text, mark.index if mark is not None else 0)
    return match.group()[:40] if match else ""


def _value_of(node: yaml.Node, duplicates: list[_RefusedError], depth: int) -> Value:
    if depth > _MAX_DEPTH:
        raise _too_deep(node.start_mark)
    if isinstance(node, yaml.ScalarNode):
        return None if _is_nothing(node) else str(node.value)
    if isinstance(node, yaml.SequenceNode):
        return [_value_of(item, duplicates, depth + 1) for item in node.value]
    mapping: dict[str, Value] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise _RefusedError(
                "invalid-yaml",
                "a field's name must be a word",
                "text that begins with { or [ needs quotation marks",
                key.start_mark,
            )
        if key.value == "<<" and not key.style:
            raise _RefusedError(
                "yaml-merge-key",
                "`<<` would copy the fields of another record",
                "write the fields out",
                key.start_mark,
            )
        if key.value in mapping:
            duplicates.append(
                _RefusedError(
                    "duplicate-key",
                    f"`{key.value}` stands here a second time",
                    "keep one of them: a list takes several values",
                    key.start_mark,
                )
            )
            continue
        mapping[key.value] = _value_of(value, duplicates, depth + 1)
    return mapping


def _is_nothing(node: yaml.Node) -> bool:
    # What stands between quotation marks is text, whatever it says.
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in _NULLS


def _report(refusal: _RefusedError, text: str, path: str, first_line: int) -> Diagnostic:
    line, column = refusal.line, refusal.column
    lines = _split_lines(text)
    source = lines[line] if line < len(lines) else ""
    word = re.compile(r"\S+").match(source, column)
    return Diagnostic(
        rule=refusal.rule,
        message=refusal.message,
        path=path,
        help=refusal.help,
        line=first_line + line,
        column=column + 1,
        width=len(word.group()) if word else 1,
        source_line=source,
    )


def _refusal_of(error: yaml.MarkedYAMLError, text: str) -> _RefusedError:
    rest = text[error.problem_mark.index :] if error.problem_mark is not None else ""
    found = explain_yaml_error(error.context, error.problem, rest)
    marks = (error.problem_mark, error.context_mark)
    first, second = reversed(marks) if found.is_where_it_began else marks
    return _RefusedError(found.rule, found.message, found.help, first or second)


def _split_lines(text: str) -> list[str]:
    return re.split(r"\r\n|\n|\r", text)


# Places ------------------------------------------------------------------------------------------


class Position(NamedTuple):
    """A place in a file, from 1."""

    line: int
    column: int
    width: int


def locate(root: yaml.Node | None, pointer: Pointer, first_line: int) -> Position:
    """Where the value at *pointer* stands; where it is missing, the nearest thing that holds it.

    A pointer that ends with ``"@key"`` means the key itself instead of its value.
    """
    node, key_node = root, None
    for step in pointer:
        if step == "@key":
            node = key_node or node
            break
        found = _child(node, step)
        if found is None:
            # The field is missing: the place is the record's first line, not its whole extent.
            break
        key_node, node = found
    if node is None:
        return Position(max(1, first_line - 1), 1, 3)
    start, end = node.start_mark, node.end_mark
    width = end.column - start.column if start.line == end.line else 1
    if node is root and pointer:
        return Position(max(1, first_line - 1), 1, 3)
    return Position(first_line + start.line, start.column + 1, max(1, width))


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
    node = _compose(front)
    for step in pointer:
        found = _child(node, step)
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
    return Extent(start, end, "nothing" if _is_nothing(node) else "text")


def _end_of(node: yaml.Node) -> int:
    if isinstance(node, yaml.CollectionNode) and node.value and not node.flow_style:
        last = node.value[-1]
        return _end_of(last[1] if isinstance(last, tuple) else last)
    return int(node.end_mark.index)


def _child(node: yaml.Node | None, step: str | int) -> tuple[yaml.Node | None, yaml.Node] | None:
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int):
        return (None, node.value[step]) if step < len(node.value) else None
    if isinstance(node, yaml.SequenceNode):
        # By id: an item's number in the record is another where one before it could not be read.
        items = (item for item in node.value if isinstance(item, yaml.MappingNode))
        return next(((None, item) for item in items if _has_id(item, step)), None)
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key, value
    # A field that takes one value or a list is addressed as a list.
    if isinstance(node, yaml.ScalarNode) and step == 0:
        return None, node
    return None


def _has_id(item: yaml.MappingNode, id: str | int) -> bool:
    return any(key.value == "id" and value.value == id for key, value in item.value)


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
        related = tuple(_locate_related(r, located(r.path)) for r in diagnostic.related)
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


def _locate_related(related: Related, file: _Located | None) -> Related:
    if related.line is not None or file is None:
        return related
    return related._replace(line=locate(file.root, related.pointer, file.first_line).line)


@dataclass(frozen=True, slots=True)
class _Located:
    """A file whose values can be found by pointer."""

    lines: Sequence[str]
    root: yaml.Node | None
    first_line: int
    body: str
    body_line: int

    @classmethod
    def of(cls, text: str, path: str) -> _Located:
        front, first_line, body, body_line = text, 1, "", 1
        if not path.endswith((".yaml", ".yml")):
            page = split_page(text)
            if page is None:
                return cls(_split_lines(text), None, 1, text, 1)
            front, body, body_line, first_line = page.front, page.body, page.body_line, 2
        try:
            root = _compose(front)
        except (yaml.YAMLError, ValueError, _RefusedError):
            root = None
        return cls(_split_lines(text), root, first_line, body, body_line)

    def place(self, diagnostic: Diagnostic) -> Diagnostic:
        if diagnostic.body_offset is not None:
            before = self.body[: diagnostic.body_offset]
            line = self.body_line + _count_lines(before, len(before))
            column = diagnostic.body_offset - max(before.rfind("\n"), before.rfind("\r"))
            position = Position(line, column, diagnostic.width)
        else:
            position = locate(self.root, diagnostic.pointer, self.first_line)
        source = self.lines[position.line - 1] if position.line <= len(self.lines) else None
        return replace(
            diagnostic,
            line=position.line,
            column=position.column,
            width=position.width,
            source_line=source,
        )
