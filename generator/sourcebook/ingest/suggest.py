"""What a reading found, as the suggestions of a draft: parts, claims, and names to be added.

A suggestion must stand the same test as a person's annotation: its quote has exactly one placement
in the document. One that has more gets the words before it, or those after it; one that still has
none is dropped.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..anchors import find_occurrences, find_placements
from ..markup import ParsedBody
from ..slugs import free_slug, slugify
from ..text import NormalisedText, normalise, trace
from .extract import ClaimFound, Extraction

_MOST_WORDS_BESIDE = 12
_WORDS_OF_ID = 5


@dataclass(frozen=True, slots=True)
class SuggestedPart:
    """A part as the draft has it; exactly one of *heading* and *starts* is given."""

    id: str
    heading: str | None
    starts: str | None
    outlet: str | None
    date: str | None


@dataclass(frozen=True, slots=True)
class SuggestedClaim:
    """A claim as the draft has it, for a person to accept, mend or delete."""

    id: str
    by: tuple[str, ...]
    named: str | None
    unnamed: bool
    via: tuple[str, ...]
    cue: str | None
    form: str
    quote: tuple[str, ...]
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name that the text has and the archive has no page for."""

    kind: str
    """``actor`` or ``outlet``."""
    slug: str
    name: str
    aliases: tuple[str, ...]
    actor_kind: str | None


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All that a draft proposes beyond the fields of the document."""

    actors: tuple[str, ...]
    topics: tuple[str, ...]
    parts: tuple[SuggestedPart, ...]
    claims: tuple[SuggestedClaim, ...]
    proposals: tuple[Proposal, ...]


def suggest(extraction: Extraction, body: ParsedBody, is_creating: bool) -> Suggestions:
    """The suggestions that can be placed in *body*, which reads as the extraction's text.

    With *is_creating*, pages are made for the proposals, so claims may name them.
    """
    proposals = tuple(_propose(extraction))
    made = proposals if is_creating else ()
    slugs = {proposal.name: proposal.slug for proposal in made}
    references = {actor.name: actor.slug for actor in extraction.actors if actor.slug is not None}
    references |= {p.name: f"outlet:{p.slug}" if p.kind == "outlet" else p.slug for p in made}
    taken: dict[str, int] = {}
    parts = tuple(_suggest_parts(extraction, body, taken, slugs))
    claims = tuple(_suggest_claims(extraction, body.text, taken, references))
    known = (a.slug for a in extraction.actors if a.slug is not None and a.kind != "outlet")
    return Suggestions(
        actors=tuple(dict.fromkeys(known)),
        topics=tuple(topic.slug for topic in extraction.topics),
        parts=parts,
        claims=claims,
        proposals=proposals,
    )


def _propose(extraction: Extraction) -> Iterator[Proposal]:
    """Those who speak and have no page: a name that is only mentioned may be anything."""
    speakers = {n for claim in extraction.claims if not claim.unnamed for n in claim.actors}
    taken: dict[str, int] = {}
    for actor in extraction.actors:
        if actor.slug is None and actor.name in speakers:
            slug = slugify(actor.name)
            if slug:
                kind = "outlet" if actor.kind == "outlet" else "actor"
                yield Proposal(kind, free_slug(slug, taken), actor.name, actor.aliases, actor.kind)
    outlets = [extraction.outlet if extraction.outlet_slug is None else None]
    outlets += [part.outlet for part in extraction.parts if part.outlet_slug is None]
    for name in dict.fromkeys(name for name in outlets if name is not None):
        if slug := slugify(name):
            yield Proposal("outlet", free_slug(slug, taken), name, (), None)


def _suggest_parts(
    extraction: Extraction, body: ParsedBody, taken: dict[str, int], slugs: dict[str, str]
) -> Iterator[SuggestedPart]:
    headings = [block.text for block in body.blocks if block.kind == "heading"]
    for number, part in enumerate(extraction.parts, start=1):
        heading = normalise(part.heading) if part.heading else None
        starts = None
        if heading is None or headings.count(heading) != 1:
            words = normalise(extraction.text[part.start : part.end]).split(" ")
            starts = _first_words(words, body.text)
            if starts is None:
                continue
        yield SuggestedPart(
            id=free_slug(slugify(heading or "") or f"part-{number}", taken),
            heading=heading if starts is None else None,
            starts=starts,
            outlet=part.outlet_slug or slugs.get(part.outlet or ""),
            date=part.date,
        )


def _first_words(words: Sequence[str], text: str) -> str | None:
    """As few of the first *words* as stand in *text* once, but at least four."""
    for count in range(min(4, len(words)), min(20, len(words)) + 1):
        opening = " ".join(words[:count])
        if len(find_occurrences(text, opening)) == 1:
            return opening
    return None


def _suggest_claims(
    extraction: Extraction, text: str, taken: dict[str, int], references: dict[str, str]
) -> Iterator[SuggestedClaim]:
    traced: NormalisedText | None = None
    for claim in extraction.claims:
        passages = tuple(normalise(extraction.text[start:end]) for start, end in claim.spans)
        if not all(passages):
            continue
        before = after = None
        placements = find_placements(text, passages, None, None)
        if len(placements) > 1:
            traced = traced or trace(extraction.text)
            before, after = _words_beside(claim, traced, text, passages)
            if before is None and after is None:
                continue
        elif not placements:
            continue
        mention = extraction.text[slice(*claim.mention)] if claim.mention else claim.speaker
        yield SuggestedClaim(
            id=free_slug(_id_of(passages[0]), taken),
            by=claim.by or _made(claim, references),
            named=normalise(mention) if mention else None,
            unnamed=claim.unnamed,
            via=claim.via,
            cue=claim.cue,
            form=claim.form,
            quote=passages,
            before=before,
            after=after,
        )


def _made(claim: ClaimFound, references: dict[str, str]) -> tuple[str, ...]:
    """The speakers where pages are made of those that the archive does not know."""
    found = [references[name] for name in claim.actors if name in references]
    return tuple(found) if len(found) == len(claim.actors) and not claim.unnamed else ()


def _words_beside(
    claim: ClaimFound, traced: NormalisedText, text: str, passages: Sequence[str]
) -> tuple[str | None, str | None]:
    """As few words before the claim's own place, else after it, as make it the only one."""
    offsets = range(len(traced.text))
    start = bisect_left(offsets, claim.spans[0][0], key=traced.raw_start)
    end = bisect_left(offsets, claim.spans[-1][1], key=traced.raw_start)
    earlier = text[:start].rsplit(maxsplit=_MOST_WORDS_BESIDE)
    later = text[end:].split(maxsplit=_MOST_WORDS_BESIDE)
    counts = range(1, _MOST_WORDS_BESIDE + 1)
    before = _fewest_words(
        [" ".join(earlier[-count:]) for count in counts if count <= len(earlier)],
        lambda words: len(find_placements(text, passages, words, None, most=2)),
    )
    if before is not None:
        return before, None
    return None, _fewest_words(
        [" ".join(later[:count]) for count in counts if count <= len(later)],
        lambda words: len(find_placements(text, passages, None, words, most=2)),
    )


def _fewest_words(longer: Sequence[str], count_places: Callable[[str], int]) -> str | None:
    """The first of *longer*, each of which holds the one before it, that leaves one place."""
    # Where the most words leave two places, so do fewer.
    if not longer or count_places(longer[-1]) > 1:
        return None
    return next((words for words in longer if count_places(words) == 1), None)


def _id_of(quote: str) -> str:
    return slugify(" ".join(quote.split()[:_WORDS_OF_ID])) or "claim"
