"""Where each part stands: from its heading or first words to the next part or its last words."""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostics import Diagnostic, suggest
from ..model import Part
from ..passages import find_nearest_passages
from ..text import normalise
from .places import PartPlace, Span
from .quotes import Finder, block_at, find_occurrences, read_fragment


def place_parts(
    finder: Finder, parts: Sequence[Part], found: list[Diagnostic]
) -> tuple[PartPlace, ...]:
    """Where each part begins and ends; parts that cannot be placed are left out and reported."""
    starts: list[tuple[int, int, str | None]] = []
    for index, part in enumerate(parts):
        start = _start_of_part(finder, parts, index, found)
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
    finder: Finder, parts: Sequence[Part], index: int, found: list[Diagnostic]
) -> tuple[int, str | None] | None:
    part = parts[index]
    path = finder.document.path
    if part.heading:
        wanted = normalise(part.heading)
        headings = [b for b in finder.body.blocks if b.kind == "heading"]
        same = [b for b in headings if b.text == wanted]
        sharing = [p for p in parts if p.heading and normalise(p.heading) == wanted]
        if len(same) == len(sharing):
            block = same[sharing.index(part)]
            return block.start, block.text
        rule = "ambiguous-part" if same else "part-not-found"
        message = (
            f'part `{part.id}` begins at the heading "{part.heading}", which the text has'
            f" {len(same)} times"
            if same
            else f'part `{part.id}` begins at the heading "{part.heading}",'
            " which is no heading of the text"
        )
        if same:
            help = "use `starts` with the first words of the part instead"
        elif find_occurrences(finder.body.text, wanted):
            help = (
                "those words stand in the text, but not as a heading: put `## ` before them,"
                " or use `starts`"
            )
        else:
            holding = [b.text for b in headings if wanted.casefold() in b.text.casefold()]
            near = holding[0] if holding else suggest(wanted, [b.text for b in headings])
            help = f'did you mean "{near}"?' if near else "copy a whole heading of the text"
        found.append(
            Diagnostic(rule, message, path, help=help, pointer=("parts", part.id, "heading"))
        )
        return None
    if not part.starts:
        found.append(
            Diagnostic(
                "part-not-found",
                f"part `{part.id}` has neither `heading` nor `starts`",
                path,
                help="give the heading it begins with, or its first words",
                pointer=("parts", part.id, "id"),
            )
        )
        return None
    spans = find_occurrences(finder.body.text, read_fragment(part.starts, finder.body.text))
    if len(spans) == 1:
        block = block_at(finder.body.blocks, spans[0].start)
        heading = block.text if block.kind == "heading" and block.start == spans[0].start else None
        return spans[0].start, heading
    found.append(_words_of_part(finder, part.id, "starts", part.starts, spans))
    return None


def _words_of_part(
    finder: Finder, id: str, field: str, words: str, spans: Sequence[Span]
) -> Diagnostic:
    if spans:
        rule, said = "ambiguous-part", f"which the text has {len(spans)} times"
        lines = ", ".join(str(finder.line_at(span.start)) for span in spans[:5])
        help = f"quote more words: these stand on lines {lines}{' …' if len(spans) > 5 else ''}"
    else:
        rule, said = "part-not-found", "which is not in the text"
        nearest = find_nearest_passages(finder.body.text, normalise(words), most=1)
        help = f"closest passage, {finder.shown(nearest[0])}" if nearest else "copy the exact words"
    return Diagnostic(
        rule,
        f'part `{id}` {field} with "{words}", {said}',
        finder.document.path,
        help=help,
        pointer=("parts", id, field),
    )


def _end_of_part(finder: Finder, part: Part, extent: Span, found: list[Diagnostic]) -> int:
    if not part.ends:
        return extent.end
    inside = finder.body.text[extent.start : extent.end]
    spans = [
        Span(extent.start + span.start, extent.start + span.end)
        for span in find_occurrences(inside, read_fragment(part.ends, inside))
    ]
    if len(spans) == 1:
        return spans[0].end
    found.append(_words_of_part(finder, part.id, "ends", part.ends, spans))
    return extent.end
