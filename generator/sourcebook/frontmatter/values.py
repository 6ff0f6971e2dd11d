"""Values out of a YAML text, or what is wrong with it, in plain words and with its place.

Every plain scalar is text, to be typed by its field (``schema``), so ``no``, ``2017`` and
``1_000`` are what they look like.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import yaml

from ..diagnostics import Diagnostic, Severity
from .misreadings import Slip, explain_line, explain_yaml_error, find_slip, is_nearly_an_item
from .page import split_lines
from .strict import (
    MAX_DEPTH,
    NULLS,
    SUSPECT,
    Loader,
    Mark,
    RefusedError,
    compose,
    is_nothing,
    mark_at,
    readable,
    refuse_features,
    too_deep,
)

Value = str | None | list["Value"] | dict[str, "Value"]
"""What front matter holds: text, nothing, lists and mappings. Keys are text."""


def parse_mapping(
    text: str, path: str, first_line: int = 1
) -> tuple[dict[str, Value] | None, list[Diagnostic]]:
    """The mapping that the YAML *text* holds, or None with the reason.

    *first_line* is the line of the file on which *text* begins. An empty text is an empty mapping.
    Duplicate keys are reported all; the first value counts. Of text that a comment cuts short, a
    warning is given.
    """
    cut = _report([*_find_cut_texts(text)], text, path, first_line)
    cut = [replace(diagnostic, severity=Severity.WARNING) for diagnostic in cut]
    value = _read_plain(text)
    if isinstance(value, dict):
        return value, cut
    duplicates: list[RefusedError] = []
    try:
        if SUSPECT.search(text):
            refuse_features(text)
        node = compose(text)
        if node is None:
            return {}, []
        value = _value_of(node, duplicates, 0)
        if not isinstance(value, dict):
            fact = "there are no fields here, only text or a list"
            raise RefusedError("invalid-yaml", fact, _FIELDS_HELP, node.start_mark)
    except (yaml.YAMLError, ValueError, RefusedError) as error:
        found = [*duplicates, _refusal_of(error, text)]
        return None, cut + _report(found, text, path, first_line)
    return value, cut + _report(duplicates, text, path, first_line)


_FIELDS_HELP = "write one `field: value` on each line"


class _NotPlainError(Exception):
    """Something that has to be looked at with its place, be it wrong or only rare."""


def _read_plain(text: str) -> Value:
    """What a YAML text without anything remarkable holds, in half the time; None for any other.

    A tree with the place of every value is wanted only where something is to be said of one.
    """
    if SUSPECT.search(text):
        return None
    try:
        next_event = Loader(readable(text)).get_event
        if not isinstance(next_event(), yaml.StreamStartEvent):
            return None
        if not isinstance(next_event(), yaml.DocumentStartEvent):
            return None
        value = _plain_value(next_event(), next_event, 0)
        next_event()
        return value if isinstance(next_event(), yaml.StreamEndEvent) else None
    except (yaml.YAMLError, ValueError, RefusedError, _NotPlainError):
        return None


def _plain_value(event: yaml.Event, next_event: Callable[[], yaml.Event], depth: int) -> Value:
    if isinstance(event, yaml.ScalarEvent):
        return None if event.value in NULLS and not event.style else event.value
    if depth >= MAX_DEPTH:
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


def _find_cut_texts(text: str) -> Iterator[RefusedError]:
    """Where text goes on behind a `` #`` that no space follows: a hashtag, and hardly a comment."""
    signs = {match.start(): match.group() for match in _HASHTAG.finditer(text)}
    if not signs:
        return
    before: yaml.Token | None = None
    try:
        for token in yaml.scan(readable(text), Loader=Loader):
            is_plain = isinstance(token, yaml.ScalarToken) and token.plain
            ends = [token.end_mark.index] if is_plain else []
            # Above items or fields, what follows the colon of theirs is a comment.
            if isinstance(before, yaml.ValueToken) and (is_plain or isinstance(token, _NEXT_FIELD)):
                ends.insert(0, before.end_mark.index)
            before = token
            for end in filter(signs.__contains__, ends):
                yield RefusedError(
                    "text-cut-short",
                    f"the text ends before `{signs[end].strip()}`: what follows a ` #` is a comment",
                    "put the text between quotation marks; a comment has a space behind its `#`",
                    mark_at(text, end + 1),
                )
    except (yaml.YAMLError, ValueError, RefusedError):
        return  # it is said where the text is read


_HASHTAG = re.compile(r"(?<=\S) #\w\S*")
_NEXT_FIELD = (yaml.KeyToken, yaml.BlockEndToken)
"""What follows a field that has nothing, neither beside it nor below."""


def _value_of(
    node: yaml.Node, duplicates: list[RefusedError], depth: int, is_item: bool = False
) -> Value:
    if depth > MAX_DEPTH:
        raise too_deep(node.start_mark)
    if isinstance(node, yaml.ScalarNode):
        return None if is_nothing(node) else str(node.value)
    if isinstance(node, yaml.SequenceNode):
        is_block = not node.flow_style
        return [_value_of(item, duplicates, depth + 1, is_block) for item in node.value]
    mapping: dict[str, Value] = {}
    is_told = False
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise RefusedError(
                "invalid-yaml",
                "a field's name must be a word",
                "text that begins with { or [ needs quotation marks",
                key.start_mark,
            )
        if key.value == "<<" and not key.style:
            raise RefusedError(
                "yaml-merge-key",
                "`<<` would copy the fields of another record",
                "write the fields out",
                key.start_mark,
            )
        if key.value in mapping:
            # An item without its hyphen has all fields of the one above it: that is one mistake.
            is_known = is_item and is_told
            is_told = True
            if is_known:
                continue
            duplicates.append(
                RefusedError(
                    "duplicate-key",
                    f"`{key.value}` stands here a second time",
                    _ANOTHER_ITEM if is_item else _ONE_OF_THEM,
                    key.start_mark,
                )
            )
            continue
        mapping[key.value] = _value_of(value, duplicates, depth + 1)
    return mapping


_ONE_OF_THEM = "keep one of them: a list takes several values"
_ANOTHER_ITEM = (
    "if another item begins here, write `- ` before its first field; else keep one of them"
)


def _report(
    refusals: Sequence[RefusedError], text: str, path: str, first_line: int
) -> list[Diagnostic]:
    lines = split_lines(text) if refusals else []
    return [_describe(refusal, lines, path, first_line) for refusal in refusals]


def _describe(
    refusal: RefusedError, lines: Sequence[str], path: str, first_line: int
) -> Diagnostic:
    line, column = refusal.line, refusal.column
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


def _refusal_of(error: Exception, text: str) -> RefusedError:
    """*error* as it is told to a person."""
    if isinstance(error, RefusedError):
        return error
    if not isinstance(error, yaml.MarkedYAMLError):
        fact = f"the fields cannot be read: {error}"
        return RefusedError("invalid-yaml", fact, _FIELDS_HELP, None)
    rest = text[error.problem_mark.index :] if error.problem_mark is not None else ""
    found = explain_yaml_error(error.context, error.problem, rest)
    marks = (error.problem_mark, error.context_mark)
    first, second = reversed(marks) if found.is_where_it_began else marks
    mark = first or second
    slip = _slip_at(mark, error.problem or "", split_lines(text)) if mark is not None else None
    if slip is not None:
        place = yaml.Mark("", 0, slip.line, slip.column, None, 0)
        return RefusedError(found.rule, slip.message, slip.help, place)
    return RefusedError(found.rule, found.message, found.help, mark)


def _slip_at(mark: Mark, problem: str, lines: Sequence[str]) -> Slip | None:
    """What a person did that made YAML stumble over a colon; None for all else."""
    if mark.line >= len(lines):
        return None
    if "mapping values are not allowed" in problem:
        return find_slip(lines, mark.line, mark.column)
    is_item = any(said in problem for said in ("expected key", "'-' indicator"))
    if "expected ':'" in problem or (is_item and is_nearly_an_item(lines[mark.line])):
        return explain_line(lines[mark.line], mark.line)
    return None
