"""What a capture tells by itself: the pure function from a reading to an ``Extraction``.

Steps: blocks; parts; the cast; attributions block by block; speakers part by part; what is left is
putting together. Nothing is looked up and nothing remembered from another capture but the names of
the archive, the ``Authority``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from .actors import ActorFound, Cast, find_cast
from .attribution import NOBODIES, Attribution
from .attributions import drop_works, find_announcement, find_attributions
from .authority import Authority
from .blocks import Block
from .headings import find_heading_claims
from .language import find_language
from .names import find_words
from .outlets import dateline_end
from .page import TopicFound, find_page_source, find_topics
from .parsed import Parse, find_parsed, join_attributions
from .parts import PartFound, find_parts
from .readers.message import end_of_message_head
from .reading import Reading, Span
from .referents import follow_pronouns
from .reports import find_reports, has_reports
from .speakers import NOBODY, Speaker, SpeakerMemory
from .structure import find_structure, without_pointers
from .titles import find_title
from .tokens import quoted_tokens, split_sentences, tokenize
from .turns import find_turns, read_turn

Form = Literal["direct", "indirect", "mixed"]
Where = Literal["body", "heading", "quotation"]


@dataclass(frozen=True, slots=True)
class ClaimFound:
    """An attributed statement: the words, who is said to have said them, and how the text says so."""

    speaker: str | None
    """In the text's own words; None where it names nobody."""
    mention: Span | None
    """Where the speaker stands beside the cue: a name, "he", "the envoy"."""
    actors: tuple[str, ...]
    """The speaker's name among the actors; several names where they speak together."""
    by: tuple[str, ...]
    """The slug of each of them, or ``outlet:slug``; none where the archive does not know them all."""
    unnamed: bool
    cue: str | None
    form: Form
    where: Where
    is_stance: bool
    """An attitude or act, not words: "supports", "refused to"."""
    quote: str
    """The passages as they stand, joined by a blank."""
    spans: tuple[Span, ...]
    part: int | None
    """The position in ``parts``."""
    via: tuple[str, ...] = ()
    """Slugs of outlets between the speaker and this one: the speaker "told" them, they "cite" him."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that was read out of one capture. Offsets are code points in ``text``."""

    text: str
    title: str | None
    outlet: str | None
    """As printed."""
    outlet_slug: str | None
    date: str | None
    """EDTF."""
    lang: str | None
    authors: tuple[str, ...]
    url: str | None
    parts: tuple[PartFound, ...]
    actors: tuple[ActorFound, ...]
    topics: tuple[TopicFound, ...]
    claims: tuple[ClaimFound, ...]


def extract(reading: Reading, authority: Authority, parse: Parse | None = None) -> Extraction:
    """What *reading* says of itself and of who said what. The same reading gives the same result.

    With *parse*, claims that the rules miss are added from the parses of its passages.
    """
    text = reading.text
    blocks = without_pointers(text, find_structure(text))
    parts = find_parts(text, blocks, authority)
    lang = reading.metadata.lang or find_language(text)
    starts = [part.start for part in parts]
    turns = find_turns(text, blocks, starts)
    head = end_of_message_head(text)
    attributed = [
        _attributions_in(lang, text, block, parse) if block.start >= head else []
        for block in blocks
    ]
    if turns:
        attributed = [
            read_turn(text, turns.get(block.start), found)
            for block, found in zip(blocks, attributed, strict=True)
        ]
    attributed = follow_pronouns(text, blocks, attributed, lang, starts)
    named = (a.referent or a.mention for found in attributed for a in found)
    asked = (turn.asked for turn in turns.values())
    mentions = sorted({mention for mention in (*named, *asked) if mention is not None})
    words = find_words(text)
    ends = frozenset(block.end for block in blocks)
    cast = find_cast(text, words, authority, mentions, ends)
    source = find_page_source(reading, blocks, parts, authority)
    metadata = reading.metadata
    return Extraction(
        text=text,
        title=metadata.title or find_title(text, blocks),
        outlet=source.outlet,
        outlet_slug=source.slug,
        date=source.date,
        lang=lang,
        authors=metadata.authors,
        url=metadata.url,
        parts=parts,
        actors=cast.actors,
        topics=find_topics(text, words, authority),
        claims=tuple(
            _claims(text, blocks if turns or _reads(lang) else (), attributed, parts, cast)
        ),
    )


def _reads(lang: str | None) -> bool:
    """Whether there are rules or patterns for a language; else a quotation is nobody's claim either."""
    return lang is None or lang.split("-")[0].lower() == "en" or has_reports(lang)


def _attributions_in(
    lang: str | None, text: str, block: Block, parse: Parse | None
) -> list[Attribution]:
    """By the rules for English, by the patterns of another language, or none: nothing is guessed."""
    if lang is None or lang.split("-")[0].lower() == "en":
        return _attributions_of(text, block, parse)
    is_text = block.kind in ("paragraph", "caption", "list")
    return find_reports(text, block.start, block.end, lang) if is_text and has_reports(lang) else []


def _attributions_of(text: str, block: Block, parse: Parse | None) -> list[Attribution]:
    if block.kind in ("heading", "read-more"):
        return find_heading_claims(text, block.start, block.end)
    if block.kind == "list":
        return [a for item in block.items for a in _of_item(text, item.start, item.end, parse)]
    if block.kind in ("paragraph", "caption"):
        return _of_passage(text, block.start, block.end, parse)
    return []


def _of_item(text: str, start: int, end: int, parse: Parse | None) -> list[Attribution]:
    # "David Winer – USA" is an entry of a list, not what the USA say.
    if _NAME_AND_PLACE.fullmatch(text, start, end):
        return []
    return _of_passage(text, start, end, parse)


_NAME_AND_PLACE = re.compile(r"[^–—:]{2,50}\s[–—-]\s\S+(?:\s\S+)?")


_LONGEST_HEADLINE = 110
_LONGEST_PARSED = 20_000
"""Of a passage, in code points: no paragraph is longer, and reading a tree takes time by the square."""
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’)\]]*\s*$")


def _of_passage(text: str, start: int, end: int, parse: Parse | None) -> list[Attribution]:
    if end - start < _LONGEST_HEADLINE and not _SENTENCE_END.search(text, start, end):
        return find_heading_claims(text, start, end)
    start += dateline_end(text[start:end])
    tokens = tokenize(text, start, end)
    found = drop_works(find_attributions(split_sentences(tokens)), tokens)
    if parse is None or end - start > _LONGEST_PARSED:
        return found
    return join_attributions(text, found, find_parsed(parse(text[start:end]), start, tokens))


# Claims -----------------------------------------------------------------------------------------


def _claims(
    text: str,
    blocks: Sequence[Block],
    attributed: Sequence[Sequence[Attribution]],
    parts: Sequence[PartFound],
    cast: Cast,
) -> Iterator[ClaimFound]:
    starts = [part.start for part in parts]
    published = [
        (start, end, outlet.slug)
        for start, end, actor in cast.mentions
        if (outlet := cast.actors[actor]).kind == "outlet" and outlet.slug is not None
    ]
    memory = SpeakerMemory(text, cast, 0)
    current: int | None = None
    announced: Attribution | None = None
    for block, attributions in zip(blocks, attributed, strict=False):
        number = bisect_right(starts, block.start) - 1 if starts else None
        if number != current:
            memory = SpeakerMemory(text, cast, block.start)
            current = number
        found = _with_announcement(text, block, attributions, announced)
        announced = _announcement(text, block)
        quoted = _quoted_spans(text, block) if found else []
        for attribution in found:
            if attribution.is_unsaid:
                memory.resolve(attribution.mention)
                continue
            if attribution.is_stance and _is_relative(text, attribution):
                continue
            if attribution.cue is None and _is_pulled(text, block, attribution):
                continue
            if attribution.mention and text[slice(*attribution.mention)].lower() == "you":
                continue  # whoever reads or answers it
            # What another page says is no part of who spoke in this one.
            memory_of = (
                SpeakerMemory(text, cast, block.start) if block.kind == "read-more" else memory
            )
            speaker = _speaker_of(memory_of, attribution)
            if block.kind == "heading" and _is_label(speaker, attribution, cast, text):
                continue
            claim = _claim(text, block, attribution, speaker, cast, number, quoted)
            # Marks around no word, such as those of inches, quote nothing.
            if any(sign.isalnum() for sign in claim.quote):
                via = _find_via(text, block, claim, published)
                yield replace(claim, via=via) if via else claim
        if announced is not None:
            memory.resolve(announced.mention)


def _speaker_of(memory: SpeakerMemory, attribution: Attribution) -> Speaker:
    if attribution.referent is not None:
        return memory.resolve(attribution.referent)
    if attribution.is_open:
        return NOBODY
    return memory.resolve(attribution.mention)


def _with_announcement(
    text: str, block: Block, attributions: Sequence[Attribution], announced: Attribution | None
) -> Sequence[Attribution]:
    """The attributions of a block, its first quotation given to who was announced above it."""
    if block.kind == "quotation":
        # Lines that begin with ">" and that nobody announces are of a message that this one answers;
        # those with two are of one before it, whoever is announced.
        marks = _ANSWERED.match(text, block.start)
        is_answered = marks is not None and (announced is None or marks[0].count(">") > 1)
        return [] if is_answered else [_block_quotation(block, announced)]
    if announced is None or not attributions or attributions[0].cue is not None:
        return attributions
    first = replace(attributions[0], cue=announced.cue, mention=announced.mention)
    return [first, *attributions[1:]]


_ANSWERED = re.compile(r"(?:>[^\S\n]*)+")


def _is_relative(text: str, attribution: Attribution) -> bool:
    """Whether the speaker is only "who" or the narrator: "voters who want change", "we hope"."""
    mention = attribution.mention
    return mention is None or text[slice(*mention)].lower() in NOBODIES


def _is_pulled(text: str, block: Block, attribution: Attribution) -> bool:
    """Whether a block is no more than words that the text has elsewhere: set large, not said again."""
    start, end = attribution.spans[0][0], attribution.spans[-1][1]
    around = text[block.start : start] + text[end : block.end]
    words = text[start:end]
    return " " in words and text.count(words) > 1 and not any(map(str.isalnum, around))


def _is_label(speaker: Speaker, attribution: Attribution, cast: Cast, text: str) -> bool:
    """Whether a heading is parted by the name of a place or of the site, and not of a speaker."""
    if speaker.actor is None or attribution.mention is None:
        return False
    actor = cast.actors[speaker.actor]
    named = text[slice(*attribution.mention)]
    is_place = actor.kind == "state" and named == actor.name
    opens = attribution.mention[0] < attribution.spans[0][0]
    return (is_place and opens and _is_colon(text, attribution)) or actor.kind == "outlet"


def _is_colon(text: str, attribution: Attribution) -> bool:
    return attribution.cue is not None and text[slice(*attribution.cue)] == ":"


def _announcement(text: str, block: Block) -> Attribution | None:
    """Who is quoted in the block after this one, where it ends with a colon."""
    if block.kind not in ("paragraph", "list") or not text[block.start : block.end].endswith(":"):
        return None
    start = block.items[-1].start if block.items else block.start
    return find_announcement(split_sentences(tokenize(text, start, block.end)))


def _block_quotation(block: Block, announced: Attribution | None) -> Attribution:
    span = (block.start, block.end)
    if announced is None:
        return Attribution((span,), None, None, is_quoted=True, is_verbatim=True)
    return replace(announced, spans=(span,), is_quoted=True, is_verbatim=True)


def _claim(
    text: str,
    block: Block,
    attribution: Attribution,
    speaker: Speaker,
    cast: Cast,
    part: int | None,
    quoted: Sequence[Span],
) -> ClaimFound:
    actors = [] if speaker.actor is None else [cast.actors[speaker.actor]]
    actors += [cast.actors[other] for other in speaker.others]
    slugs = [
        f"outlet:{actor.slug}" if actor.kind == "outlet" else actor.slug
        for actor in actors
        if actor.slug is not None
    ]
    spans = attribution.spans
    is_turn = attribution.is_verbatim and block.kind != "quotation"
    if block.kind == "quotation":
        spans = (_without_marks(text, spans[0]),)
    return ClaimFound(
        speaker=speaker.name,
        mention=attribution.mention,
        actors=tuple(actor.name for actor in actors),
        by=tuple(slugs) if len(slugs) == len(actors) else (),
        unnamed=speaker.unnamed,
        cue=" ".join(text[slice(*attribution.cue)].split()) if attribution.cue else None,
        form="direct" if attribution.is_verbatim else _form_of(quoted, spans),
        where="body" if is_turn else _WHERE.get(block.kind, "body"),
        is_stance=attribution.is_stance,
        quote=" ".join(text[slice(*span)] for span in spans),
        spans=spans,
        part=part,
    )


_WHERE: dict[str, Where] = {"heading": "heading", "read-more": "heading", "quotation": "quotation"}


def _without_marks(text: str, span: Span) -> Span:
    """A block quotation without quotation marks or "> " at its ends."""
    start, end = span
    while start < end and text[start] in "“\"”'‘> ":
        start += 1
    while end > start and text[end - 1] in '“"” ':
        end -= 1
    return start, end


def _quoted_spans(text: str, block: Block) -> list[Span]:
    """Where a block is in quotation marks, in text order."""
    quotations = quoted_tokens(text, block.start, block.end)
    return [(quotation.inner_start, quotation.inner_end) for quotation in quotations]


def _form_of(quoted: Sequence[Span], spans: Sequence[Span]) -> Form:
    """By how much of the words stands in quotation marks."""
    total = sum(end - start for start, end in spans)
    inside = 0
    for start, end in spans:
        nearest = max(0, bisect_right(quoted, (start, 0)) - 1)
        for first, last in quoted[nearest:]:
            if first >= end:
                break
            inside += max(0, min(end, last) - max(start, first))
    if inside >= 0.85 * total:
        return "direct"
    return "mixed" if inside else "indirect"


_CITED_BY = re.compile(
    r"\b(?:told|cited by|quoted by|interview with|statement to|speaking to|carried by)\s(?:the\s)?$"
)


_QUOTING = re.compile(r"\s(?:has |had )?(?:quoted|quotes|cited|cites)\b")


def _find_via(
    text: str, block: Block, claim: ClaimFound, published: Sequence[tuple[int, int, str]]
) -> tuple[str, ...]:
    """Outlets of the archive to which the speaker "told" it, or by whom he is "quoted"."""
    if claim.where == "heading":
        return ()
    found = []
    first, last = (bisect_left(published, (at, 0, "")) for at in (block.start, block.end))
    for start, end, slug in published[first:last]:
        if any(opening <= start < closing for opening, closing in claim.spans):
            continue
        quotes = claim.cue == "saying" and _QUOTING.match(text, end)
        if quotes or _CITED_BY.search(text, max(block.start, start - 30), start):
            found.append(slug)
    return tuple(dict.fromkeys(found))
