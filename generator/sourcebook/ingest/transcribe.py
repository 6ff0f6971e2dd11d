"""A capture's text as the Markdown body of a document, so that it reads the same.

Structure is a service to the reader (a heading looks like one, a list is a list) and never at the
cost of the words: the whole is parsed again, and where it does not read as the capture does, each
block that does not is written with every mark of Markdown escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..markup import ParsedBody, parse_body
from ..text import normalise
from .reading import IngestProblem
from .structure import Block, find_structure

_LINE_END = re.compile(r"\r\n|\n|\r")
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


@dataclass(frozen=True, slots=True)
class Transcription:
    """A body whose text is that of a capture."""

    markdown: str
    body: ParsedBody
    """What the Markdown was parsed to when it was compared."""


def transcribe(text: str) -> Transcription:
    """The body whose text is that of *text*.

    Raises ``IngestProblem`` where no page can read the same, as with a NUL character.
    """
    wanted = normalise(text)
    blocks = list(_blocks_as_markdown(text))
    for paragraphs in (
        # Nearly always the first reads the same, and neither of the others is made.
        (markdown for markdown, _ in blocks),
        (_as_it_reads(markdown, source) for markdown, source in blocks),
        map(_escape_all, (text,)),
    ):
        markdown = "\n\n".join(paragraphs) + "\n"
        body = parse_body(markdown)
        if body.text == wanted:
            return Transcription(markdown, body)
    raise IngestProblem(
        "the text holds a character that a page cannot show",
        "look for control characters in the capture; it may not be a text file",
    )


def _as_it_reads(markdown: str, source: str) -> str:
    return markdown if parse_body(markdown).text == normalise(source) else _escape_all(source)


def _blocks_as_markdown(text: str) -> Iterator[tuple[str, str]]:
    """Each block as Markdown, and what it must read as."""
    done = 0
    bullet = "-"
    for block in find_structure(text):
        line_start = max(text.rfind("\n", 0, block.start), text.rfind("\r", 0, block.start)) + 1
        start = max(done, line_start)
        source = text[start : block.end]
        if block.kind == "list":
            # Two lists that follow each other would be one: another bullet begins another list.
            markdown = _write_list(text, block, bullet)
            bullet = "*" if bullet == "-" else "-"
        else:
            markdown = _WRITERS.get(block.kind, _write_paragraph)(text, block)
            bullet = "-"
        yield markdown, source
        done = block.end


def _write_paragraph(text: str, block: Block) -> str:
    return "\n".join(_escape_line(line) for line in _lines(text[block.start : block.end]))


def _write_heading(text: str, block: Block) -> str:
    words = " ".join(_lines(text[block.start : block.end]))
    words = re.sub(r"(#+)$", r"\\\1", _escape_line(words))
    return f"{'#' * max(1, min(block.level, 6))} {words}"


def _write_list(text: str, block: Block, bullet: str) -> str:
    lines = []
    indents = [0]
    for item in block.items:
        marker = item.number or bullet
        level = min(item.level, len(indents) - 1)
        del indents[level + 1 :]
        indent = indents[level]
        indents.append(indent + len(marker) + 1)
        first, *rest = [_escape_line(line) for line in _lines(text[item.start : item.end])] or [""]
        lines.append(f"{' ' * indent}{marker} {first}")
        lines += [" " * indents[-1] + line for line in rest]
    return "\n".join(lines)


def _write_quotation(text: str, block: Block) -> str:
    paragraphs = re.split(r"(?:\r\n|\n|\r)[^\S\r\n]*(?:\r\n|\n|\r)+", text[block.start : block.end])
    quoted = ["\n".join(f"> {_escape_line(line)}" for line in _lines(p)) for p in paragraphs]
    return "\n>\n".join(quoted)


def _write_separator(text: str, block: Block) -> str:
    words = text[block.start : block.end]
    return "---" if not normalise(words) else _escape_line(words.strip())


_WRITERS = {
    "heading": _write_heading,
    "quotation": _write_quotation,
    "separator": _write_separator,
}


def _lines(text: str) -> list[str]:
    return [line.strip() for line in _LINE_END.split(text) if line.strip()]


_INLINE_SIGNS = "\\`*_<&["
"""Looked for first, as a pattern looks at each character by itself."""
_INLINE = re.compile(
    r"""(\\(?=[!-/:-@\[-`{-~]|$)    # a backslash before punctuation or at the line's end
      | [`*]
      | (?<![^\W_])_|_(?![^\W_])     # an underscore that is not inside a word
      | <(?=[A-Za-z/!?])
      | &(?=\#?\w{1,32};)
      | \[(?=[^\[\]]*\][(\[:])       # what would be a link
      )""",
    re.VERBOSE,
)
_AT_LINE_START = re.compile(
    r"(#{1,6}(?=\s|$)|>|[-+](?=\s|$)|[-=]+\s*$|~{3,}|\d{1,9}(?=[.)](?:\s|$)))"
)


def _escape_line(line: str) -> str:
    """*line* with only those marks escaped that Markdown would read, as a careful person writes."""
    has_sign = any(map(line.__contains__, _INLINE_SIGNS))
    escaped = _INLINE.sub(r"\\\1", line) if has_sign else line
    start = _AT_LINE_START.match(escaped)
    if start is None:
        return escaped
    if start.group()[0].isdigit():
        return f"{start.group()}\\{escaped[start.end() :]}"
    return f"\\{escaped}"


def _escape_all(text: str) -> str:
    """Every line a line, every mark of ASCII escaped: ugly, and never wrong."""
    lines = (_PUNCTUATION.sub(r"\\\1", line.strip()) for line in _LINE_END.split(text))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
