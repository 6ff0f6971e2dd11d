"""Where the text names the actors of a document.

Only actors that the document or the part itself names are looked for: "Johnson" means the Johnson
of this document.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ..diagnostics import Diagnostic, Severity
from ..model import Actor, Document, Slug
from ..text import normalise
from .occurrences import find_occurrences
from .places import NamePlace, PartPlace, Span, Spans

Names = Mapping[Slug, tuple[str, ...]]
"""Every name and alias of each actor, normalised, by the actor's slug."""


def names_of(actors: Iterable[Actor]) -> Names:
    """The names by which texts may call each of *actors*."""
    names = {}
    for actor in actors:
        given = (actor.name.text, *(text for _, text in actor.name.by_language), *actor.aliases)
        names[actor.slug] = tuple(dict.fromkeys(normalise(name) for name in given))
    return names


_WORD = re.compile(r"\w+")


class _Scope(NamedTuple):
    """Actors whose names are looked for in a stretch of the text."""

    extent: Span
    bearers: Mapping[str, list[Slug]]
    """By name."""


def actors_named(document: Document) -> frozenset[Slug]:
    """Every actor whose names are looked for somewhere in the document."""
    return _actors_of(document).union(*(part.actors for part in document.parts))


def _actors_of(document: Document) -> frozenset[Slug]:
    """The actors whose names are linked in all of it: those of ``actors``, ``by`` and ``about``."""
    named = set(document.actors)
    for claim in document.claims:
        named.update(ref.slug for ref in (*claim.by, *claim.about) if ref.kind == "actor")
    return frozenset(named)


def place_names(
    document: Document,
    parts: Sequence[PartPlace],
    text: str,
    names: Names,
    found: list[Diagnostic],
) -> tuple[NamePlace, ...]:
    """Every place where an actor of the document or of its part is named, in text order.

    Whole words, with case, the longest name first. A name that two of the actors share links to
    neither, and is a warning.
    """
    everywhere = _actors_of(document)
    bearers = _bearers_of(everywhere, names)
    scopes: list[_Scope] = []
    actors_of_part = {part.id: part.actors for part in document.parts}
    for place in parts:
        more = set(actors_of_part[place.id]) - everywhere
        if more:
            own = _bearers_of(more, names)
            inside = text[place.start : place.end]
            both = {
                name: sorted([*bearers.get(name, ()), *own.get(name, ())])
                for name in (*bearers, *own)
                if name in inside
            }
            scopes.append(_Scope(Span(place.start, place.end), both))
    shared: dict[str, list[Slug]] = {}
    # In a part, an actor of the part may share a name with one of the document.
    apart = Spans.of(scope.extent for scope in scopes)
    whole = _Scope(Span(0, len(text)), bearers)
    placed = [n for n in _find_names(text, whole, shared) if not apart.enclose(n.span)]
    for scope in scopes:
        placed += _find_names(text, scope, shared)
    for alias, actors in shared.items():
        listed = " and ".join(f"`{actor}`" for actor in actors)
        found.append(
            Diagnostic(
                "ambiguous-name",
                f'"{alias}" is a name of {listed}, so it links to neither here',
                document.path,
                Severity.WARNING,
                "take the name out of the page of one of them, or name only one of them in"
                " `actors`, `by` and `about`",
                pointer=("actors",),
            )
        )
    return _without_overlaps(placed)


def _bearers_of(actors: Iterable[Slug], names: Names) -> dict[str, list[Slug]]:
    """Those of *actors* that have each name, in order."""
    bearers: dict[str, list[Slug]] = {}
    for actor in sorted(actors):
        for name in names.get(actor, ()):
            bearers.setdefault(name, []).append(actor)
    return bearers


def _find_names(text: str, scope: _Scope, shared: dict[str, list[Slug]]) -> Iterable[NamePlace]:
    bearers = scope.bearers
    # The text is searched for each name and not word by word: names are few, and finding is fast.
    places = sorted(
        (span.start, -span.end, name)
        for name in bearers
        if _WORD.search(name)
        for span in find_occurrences(text, name, *scope.extent)
    )
    done = scope.extent.start
    for start, minus_end, name in places:
        if start < done:
            continue
        done = -minus_end
        actors = bearers[name]
        if len(actors) == 1:
            yield NamePlace(actors[0], Span(start, done))
        else:
            shared[name] = actors


def _without_overlaps(names: Iterable[NamePlace]) -> tuple[NamePlace, ...]:
    """Longest first where a part's names run across the document's."""
    kept: list[NamePlace] = []
    for name in sorted(names, key=lambda n: (n.span.start, -n.span.end)):
        if not kept or name.span.start >= kept[-1].span.end:
            kept.append(name)
    return tuple(kept)
