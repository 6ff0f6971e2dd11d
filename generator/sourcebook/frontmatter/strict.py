"""YAML as front matter may use it: without PyYAML's guesses, and without what surprises people.

Refused are tags, anchors and aliases, invisible characters, the marks of a merge, and nesting that
nobody could mean, which would overflow the stack besides.
"""

from __future__ import annotations

import re
from typing import Protocol

import yaml


class Mark(Protocol):
    """PyYAML's mark, of its Python or its C half."""

    line: int
    column: int
    index: int


_SafeLoader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
HAS_LIBYAML = _SafeLoader is not yaml.SafeLoader
"""Whether PyYAML has its half in C, without which reading takes ten times as long."""


class Loader(_SafeLoader):  # type: ignore[misc]  # either half of PyYAML
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


SUSPECT = re.compile(r"[&*!](?<![^\s\[\]{},:?-].)")
"""Where a tag, an anchor or an alias may begin: only there need the events be looked at."""
_DEEP = re.compile(r"^[ ?:-]{300}", re.MULTILINE)
_MANY_BRACKETS = 500
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_STRANGE_INDENT = re.compile(
    r"^ *[\u00a0\u2000-\u200b\u202f\u3000](?=[^\S\n]*(?:- |[\w-]+:(?:\s|$)))", re.MULTILINE
)
"""Before a field or an item of a list. YAML takes it for the first letter of a word."""
_OTHER_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
"""YAML 1.1 ends a line at these, editors do not: read as spaces, so that lines count the same."""
CONFLICT = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)
CONFLICT_FACT = "git has left two versions of a passage here"
CONFLICT_HELP = (
    "keep one of them, and delete the lines that begin with <<<<<<<, ======= and >>>>>>>"
)
_CONFLICT_SIGNS = ("<" * 7, ">" * 7)
NULLS = frozenset(("", "~", "null", "Null", "NULL"))
MAX_DEPTH = 40


class RefusedError(Exception):
    """A YAML feature that front matter must not use."""

    def __init__(self, rule: str, message: str, help: str, mark: Mark | None) -> None:
        super().__init__(message)
        self.rule, self.message, self.help = rule, message, help
        self.line = mark.line if mark is not None else 0
        self.column = mark.column if mark is not None else 0


def compose(text: str) -> yaml.Node | None:
    """The tree of a YAML text. PyYAML alone would let a deep one overflow the stack."""
    text = readable(text)
    if text.count("[") + text.count("{") > _MANY_BRACKETS or _DEEP.search(text):
        _refuse_depth(text)
    return yaml.compose(text, Loader)


def readable(text: str) -> str:
    """*text* with line ends where editors have them, each character where it was."""
    if text.replace("\n", "").isprintable() and not any(sign in text for sign in _CONFLICT_SIGNS):
        # Nothing of what is looked for below is printable: this tells most texts at once.
        return text
    control = _CONTROL.search(text)
    if control is not None:
        raise RefusedError(
            "invalid-yaml",
            f"the invisible character U+{ord(control.group()):04X} stands here",
            "delete it, and write the word beside it again",
            mark_at(text, control.start()),
        )
    strange = _STRANGE_INDENT.search(text)
    if strange is not None:
        raise RefusedError(
            "invalid-yaml",
            "the line begins with a space that is not the space bar's, such as copied text has",
            "delete the spaces at its beginning, and type them again",
            mark_at(text, strange.end() - 1),
        )
    conflict = CONFLICT.search(text)
    if conflict is not None:
        raise RefusedError(
            "invalid-yaml",
            CONFLICT_FACT,
            CONFLICT_HELP,
            mark_at(text, conflict.start()),
        )
    return _OTHER_LINE_ENDS.sub(" ", text)


def _refuse_depth(text: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if depth > MAX_DEPTH:
            raise too_deep(event.start_mark)


def too_deep(mark: Mark | None) -> RefusedError:
    """The refusal of lists within lists, at *mark*."""
    return RefusedError(
        "invalid-yaml",
        "there are lists within lists here, too many to be meant",
        "close the brackets, or put text that holds brackets between quotation marks",
        mark,
    )


def mark_at(text: str, position: int) -> yaml.Mark:
    """PyYAML's mark of a *position* in *text*."""
    before = text[:position]
    column = position - (before.rfind("\n") + 1)
    return yaml.Mark("", position, before.count("\n"), column, None, 0)


def refuse_features(text: str) -> None:
    """Raise for the first tag, anchor or alias; called only where one may be."""
    for event in yaml.parse(readable(text), Loader):
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise RefusedError(
                "yaml-anchor",
                f"`{_word_at(text, event.start_mark)}` is a YAML reference: text cannot begin with"
                " `&` or `*`",
                "put the whole text between quotation marks; a value meant for two places is"
                " written out in both",
                event.start_mark,
            )
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            raise RefusedError(
                "yaml-tag",
                f"`{_word_at(text, event.start_mark)}` is a YAML tag: text cannot begin with `!`",
                "put the whole text between quotation marks; a tag is left out, as the field"
                " decides the type",
                event.start_mark,
            )


def _word_at(text: str, mark: Mark | None) -> str:
    match = re.compile(r"[^\s,\]}]+").search(text, mark.index if mark is not None else 0)
    return match.group()[:40] if match else ""


def is_nothing(node: yaml.Node) -> bool:
    """Whether a value says that there is none. Between quotation marks it is text."""
    return isinstance(node, yaml.ScalarNode) and not node.style and node.value in NULLS
