"""Where each part stands: from its heading or first words to the next part or its last words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..diagnostics import Diagnostic, suggest
from ..markup import Block, ParsedBody, block_at
from ..model import Part
from ..text import normalise
from .occurrences import MOST_PLACES, find_occurrences, read_fragment
from .places import PartPlace, Span
from .quotes import Finder


@dataclass(frozen=True, slots=True)
class _Headings:
    """The headings of a text, and the parts that begin at them, put in order once for all parts."""

    blocks: Mapping[str, Sequence[Block]]
    wanted: Mapping[str, Sequence[str]]
    """Ids of the parts that name a heading."""

    @classmethod
    def of(cls, body: ParsedBody, parts: Sequence[Part]) -> _Headings:
        blocks: dict[str, list[Block]] = {}
        for block in body.blocks:
            if block.kind == "heading":
                blocks.setdefault(block.text, []).append(block)
        wanted: dict[str, list[str]] = {}
        for part in parts:
            if part.heading:
                wanted.setdefault(normalise(part.heading), []).append(part.id)
        return cls(blocks, wanted)


def place_parts(
    finder: Finder, parts: Sequence[Part], found: list[Diagnostic]
) -> tuple[PartPlace, ...]:
    """Where each part begins and ends; parts that cannot be placed are left out and reported."""
    headings = _Headings.of(finder.body, parts)
    starts: list[tuple[int, int, str | None]] = []
    for index, part in enumerate(parts):
        start = _start_of_part(finder, part, headings, found)
        if start is None:
            continue
        if starts and start[0] <= starts[-1][1]:
            found.append(
                Diagnostic(
                    "part-out-of-order",
                    f"part `{part.id}` begins before the part that stands above it here",
                    finder.document.path,
                    help=f"it begins on line {finder.line_at(start[0])}; put parts in text order",
                    pointer=("parts", part.id, "id"),
                )
            )
            continue
        starts.append((index, start[0], start[1]))
    places = []
    for number, (index, at, heading) in enumerate(starts):
        limit = starts[number + 1][1] if number + 1 < len(starts) else len(finder.body.text)
        end = _end_of_part(finder, parts[index], Span(at, limit), found)
        places.append(PartPlace(parts[index].id, at, end, heading))
    return tuple(places)


def _start_of_part(
    finder: Finder, part: Part, headings: _Headings, found: list[Diagnostic]
) -> tuple[int, str | None] | None:
    """Where a part begins, and its heading where it begins with one; None where that is not known."""
    if part.heading:
        return _start_at_heading(finder, part, part.heading, headings, found)
    if part.starts:
        return _start_at_words(finder, part, part.starts, found)
    found.append(
        Diagnostic(
            "part-not-found",
            f"part `{part.id}` has neither `heading` nor `starts`",
            finder.document.path,
            help="give the heading it begins with, or its first words",
            pointer=("parts", part.id, "id"),
        )
    )
    return None


def _start_at_heading(
    finder: Finder, part: Part, heading: str, headings: _Headings, found: list[Diagnostic]
) -> tuple[int, str] | None:
    """The block of the heading; where several parts have the same one, each takes its own."""
    wanted = normalise(heading)
    same = headings.blocks.get(wanted, ())
    sharing = headings.wanted[wanted]
    if len(same) == len(sharing):
        block = same[sharing.index(part.id)]
        return block.start, block.text
    if same:
        times = f"{len(same)} times" if len(same) > 1 else "once"
        among = f", for {len(sharing)} parts" if len(sharing) > 1 else ""
        rule, said = "ambiguous-part", f"which the text has {times}{among}"
        help = "use `starts` with the first words of the part instead"
    else:
        rule, said = "part-not-found", "which is no heading of the text"
        help = finder.guesses.make(lambda: _heading_meant(finder, wanted, list(headings.blocks)))
    found.append(
        Diagnostic(
            rule,
            f'part `{part.id}` begins at the heading "{heading}", {said}',
            finder.document.path,
            help=help,
            pointer=("parts", part.id, "heading"),
        )
    )
    return None


def _heading_meant(finder: Finder, wanted: str, headings: Sequence[str]) -> str:
    if find_occurrences(finder.body.text, wanted, most=1):
        return (
            "those words stand in the text, but not as a heading: put `## ` before them,"
            " or use `starts`"
        )
    holding = [heading for heading in headings if wanted.casefold() in heading.casefold()]
    near = holding[0] if holding else suggest(wanted, headings)
    return f'did you mean "{near}"?' if near else "copy a whole heading of the text"


def _start_at_words(
    finder: Finder, part: Part, words: str, found: list[Diagnostic]
) -> tuple[int, str | None] | None:
    text = finder.body.text
    spans = find_occurrences(text, read_fragment(words, text), most=MOST_PLACES + 1)
    if len(spans) != 1:
        found.append(_words_of_part(finder, (part.id, "starts"), words, spans))
        return None
    block = block_at(finder.body.blocks, spans[0].start)
    is_heading = block.kind == "heading" and block.start == spans[0].start
    return spans[0].start, block.text if is_heading else None


def _words_of_part(
    finder: Finder, at: tuple[str, str], words: str, spans: Sequence[Span]
) -> Diagnostic:
    id, field = at
    if spans:
        rule, said = "ambiguous-part", _times(spans)
        lines = ", ".join(str(finder.line_at(span.start)) for span in spans[:5])
        help = f"quote more words: these stand on lines {lines}{' …' if len(spans) > 5 else ''}"
    else:
        rule, said = "part-not-found", "which is not in the text"
        wanted = normalise(words)
        help = finder.guesses.make(lambda: finder.nearest(wanted, "copy the exact words"))
    return Diagnostic(
        rule,
        f'part `{id}` {field} with "{words}", {said}',
        finder.document.path,
        help=help,
        pointer=("parts", id, field),
    )


def _times(spans: Sequence[Span]) -> str:
    if len(spans) > MOST_PLACES:
        return f"which the text has more than {MOST_PLACES} times"
    return f"which the text has {len(spans)} times"


def _end_of_part(finder: Finder, part: Part, extent: Span, found: list[Diagnostic]) -> int:
    if not part.ends:
        return extent.end
    inside = finder.body.text[extent.start : extent.end]
    spans = [
        Span(extent.start + span.start, extent.start + span.end)
        for span in find_occurrences(inside, read_fragment(part.ends, inside), most=MOST_PLACES + 1)
    ]
    if len(spans) == 1:
        return spans[0].end
    text = finder.body.text
    if not spans and (outside := find_occurrences(text, read_fragment(part.ends, text), most=1)):
        first, last = finder.line_at(extent.start), finder.line_at(extent.end - 1)
        found.append(
            Diagnostic(
                "part-not-found",
                f'part `{part.id}` ends with "{part.ends}", which does not stand in it',
                finder.document.path,
                help=f"copy words of lines {first} to {last}, where the part stands:"
                f" these stand on line {finder.line_at(outside[0].start)}",
                pointer=("parts", part.id, "ends"),
            )
        )
        return extent.end
    found.append(_words_of_part(finder, (part.id, "ends"), part.ends, spans))
    return extent.end
