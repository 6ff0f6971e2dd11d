"""Attributions in languages that have no rules of their own, by the patterns of a table.

Far less than what English gets: one claim a sentence, with a common verb or "according to", and a
speaker named beside it. What fits no pattern is left to its reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from .attribution import Attribution
from .lexicon.reports import REPORTS, Q
from .reading import Span
from .tokens import Token, tokenize

_LONGEST = 1_000
"""Characters of a sentence; no reporter writes longer ones, and patterns would take their time."""
_END = re.compile(r"(?<!\bM)(?<!\bMM)(?<!\bDr)(?<!\bMe)[.!?؟…]+\s+")
_CLOSES = tuple(".!?؟…")
_EDGES = ' \u00a0\u202f.,;:،؛«»“”"'


def has_reports(lang: str) -> bool:
    """Whether there are patterns for a language, by its tag."""
    return _language_of(lang) in REPORTS


def _language_of(tag: str) -> str:
    return tag.partition("-")[0].lower()


def find_reports(text: str, start: int, end: int, lang: str) -> list[Attribution]:
    """The attributions of the passage ``text[start:end]``, in text order."""
    quotations = [token for token in tokenize(text, start, end) if token.kind == "quotation"]
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


def _mask(passage: str, quotations: list[Token], start: int) -> str:
    """*passage* with every character of a quotation replaced, so that offsets stay."""
    for token in quotations:
        first, last = token.start - start, token.end - start
        passage = passage[:first] + Q * (last - first) + passage[last:]
    return passage


def _sentences(masked: str, quotations: list[Token], start: int) -> Iterator[Span]:
    """The sentences of the narrator; a quotation that ends with a full stop ends its sentence too."""
    ends = {match.end() for match in _END.finditer(masked)}
    for token in quotations:
        behind = masked[token.end - start :]
        if token.text.rstrip().endswith(_CLOSES) and behind.lstrip()[:1].isupper():
            ends.add(len(masked) - len(behind.lstrip()))
    previous = 0
    for end in sorted(ends | {len(masked)}):
        opening = previous + len(masked[previous:end]) - len(masked[previous:end].lstrip())
        if opening < end:
            yield opening, end
        previous = end


def _continue(found: list[Attribution], quotations: list[Token], start: int, end: int) -> None:
    """A sentence that is only a quotation goes on with the claim before it."""
    spans = tuple((t.inner_start, t.inner_end) for t in quotations if start <= t.start < end)
    if found and found[-1].is_quoted and spans:
        found[-1] = replace(found[-1], spans=(*found[-1].spans, *spans))


def _read(text: str, match: re.Match[str], offset: int, quotations: list[Token]) -> Attribution:
    groups = match.groupdict()
    who = next((key for key in ("who", "he", "she") if groups.get(key)), None)
    what = "what" if groups.get("what") else "quoted"
    span = (offset + match.start(what), offset + match.end(what))
    quotation = next((t for t in quotations if t.start <= span[0] and span[1] <= t.end), None)
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
