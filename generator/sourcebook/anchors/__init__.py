"""Where each quote, note, part and name stands in a document's normalised text."""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostics import Diagnostic
from ..markup import ParsedBody
from ..model import Document, Text
from .names import Names, actors_named, names_of, place_names
from .occurrences import find_occurrences, find_placements
from .parts import place_parts
from .places import Context, DocumentPlaces, NamePlace, PartPlace, Segment, Span, Spans
from .quotes import Finder

__all__ = [
    "Context",
    "DocumentPlaces",
    "NamePlace",
    "Names",
    "PartPlace",
    "Segment",
    "Span",
    "Spans",
    "actors_named",
    "find_occurrences",
    "find_placements",
    "names_of",
    "place_annotations",
]


def place_annotations(
    document: Document, body: ParsedBody, names: Names
) -> tuple[DocumentPlaces, list[Diagnostic]]:
    """Find where everything that *document* says of its text stands in the parsed *body*.

    *names* need only hold the actors of the document: others are never linked.
    """
    diagnostics: list[Diagnostic] = []
    finder = Finder(document, body)
    claims = finder.place_quotes("claims", document.claims, diagnostics)
    notes = finder.place_quotes("notes", document.notes, diagnostics)
    diagnostics += finder.find_words_not_in_text()
    parts = place_parts(finder, document.parts, diagnostics)
    places = DocumentPlaces(
        text=Text.of(body.text),
        block_starts=tuple(block.start for block in body.blocks if block.text),
        parts=parts,
        claims=tuple(sorted(claims, key=lambda placed: _order(placed[1]))),
        notes=tuple(sorted(notes, key=lambda placed: _order(placed[1]))),
        names=place_names(document, parts, body.text, names, diagnostics),
    )
    return places, diagnostics


def _order(spans: Sequence[Span]) -> tuple[int, int]:
    # Of two that begin together the longer comes first: it encloses the other.
    return spans[0].start, -spans[-1].end
