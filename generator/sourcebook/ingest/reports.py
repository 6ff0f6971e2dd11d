"""Attributions in languages that have no rules of their own, by the patterns of a table.

Far less than what English gets: one claim a sentence, with a common verb or "according to", and a
speaker named beside it. What fits no pattern is left to its reader.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import replace
from operator import attrgetter

from .attribution import Attribution
from .lexicon.reports import REPORTS, Q
from .reading import Span
from .tokens import Token, quoted_tokens

_LONGEST = 1_000
"""Characters of a sentence; no reporter writes longer ones, and patterns would take their time."""
_END = re.compile(r"(?<!\bM)(?<!\bMM)(?<!\bDr)(?<!\bMe)[.!?؟…]+\s+")
_SPACE = re.compile(r"\s*(?P<next>\S)")
_CLOSES = tuple(".!?؟…")
_start_of = attrgetter("start")
_EDGES = ' \u00a0\u202f.,;:،؛«»“”"'


def has_reports(lang: str) -> bool:
    """Whether there are patterns for a language, by its tag."""
    return _language_of(lang) in REPORTS


def _language_of(tag: str) -> str:
    return tag.partition("-")[0].lower()


def find_reports(text: str, start: int, end: int, lang: str) -> list[Attribution]:
    """The attributions of the passage ``text[start:end]``, in text order."""
    quotations = quoted_tokens(text, start, end)
    masked = _mask(text[start:end], quotations, start)
    found: list[Attribution] = []
    for first, last in _sentences(masked, quotations, start):
        sentence = masked[first:last]
        if not sentence.strip(_EDGES + Q):
            _continue(found, quotations, start + first, start + last)
            continue
        patterns = REPORTS[_language_of(lang)] if len(sentence) < _LONGEST else ()
        match = next((m for p in patterns if (m := p.search(sentence)) is not None), None)
        if match is not None:
            found.append(_read(text, match, start + first, quotations))
    return found


def find_sentences(text: str, start: int, end: int) -> list[tuple[int, str]]:
    """Where each sentence of the passage begins, and its words with those of quotations masked."""
    quotations = quoted_tokens(text, start, end)
    masked = _mask(text[start:end], quotations, start)
    return [
        (start + first, masked[first:last]) for first, last in _sentences(masked, quotations, start)
    ]


def _mask(passage: str, quotations: list[Token], start: int) -> str:
    """*passage* with every character of a quotation replaced, so that offsets stay."""
    pieces, position = [], 0
    for token in quotations:
        first, last = token.start - start, token.end - start
        pieces += [passage[position:first], Q * (last - first)]
        position = last
    return "".join([*pieces, passage[position:]])


def _sentences(masked: str, quotations: list[Token], start: int) -> Iterator[Span]:
    """The sentences of the narrator; a quotation that ends with a full stop ends its sentence too."""
    ends = {match.end() for match in _END.finditer(masked)}
    for token in quotations:
        behind = _SPACE.match(masked, token.end - start)
        if behind and token.text.rstrip().endswith(_CLOSES) and behind["next"].isupper():
            ends.add(behind.start("next"))
    previous = 0
    for end in sorted(ends | {len(masked)}):
        opening = previous + len(masked[previous:end]) - len(masked[previous:end].lstrip())
        if opening < end:
            yield opening, end
        previous = end


def _continue(found: list[Attribution], quotations: list[Token], start: int, end: int) -> None:
    """A sentence that is only a quotation goes on with the claim before it."""
    first, last = (bisect_left(quotations, at, key=_start_of) for at in (start, end))
    spans = tuple((token.inner_start, token.inner_end) for token in quotations[first:last])
    if found and found[-1].is_quoted and spans:
        found[-1] = replace(found[-1], spans=(*found[-1].spans, *spans))


def _read(text: str, match: re.Match[str], offset: int, quotations: list[Token]) -> Attribution:
    groups = match.groupdict()
    who = next((key for key in ("who", "he", "she") if groups.get(key)), None)
    what = "what" if groups.get("what") else "quoted"
    span = (offset + match.start(what), offset + match.end(what))
    begun = bisect_right(quotations, span[0], key=_start_of)
    around = quotations[begun - 1] if begun else None
    quotation = around if around is not None and span[1] <= around.end else None
    if quotation is not None:
        span = (quotation.inner_start, quotation.inner_end)
    span = _trim(text, span, ",،")
    return Attribution(
        (span,),
        cue=(offset + match.start("cue"), offset + match.end("cue")),
        mention=_trim(text, (offset + match.start(who), offset + match.end(who)), _EDGES)
        if who
        else None,
        is_quoted=quotation is not None,
    )


def _trim(text: str, span: Span, marks: str) -> Span:
    start, end = span
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in marks):
        end -= 1
    return start, end
