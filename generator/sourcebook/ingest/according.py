"""Content with "according to": before it, after it, or on both sides."""

from __future__ import annotations

from collections.abc import Sequence

from .attribution import DASHES, Attribution, span_of, trim_end
from .lexicon.grammar import RELATIVES
from .phrases import Range, is_finite_verb, noun_phrase_after
from .preceding import NO_RESUMPTION
from .tokens import Token


def find_according_to(sentence: Sequence[Token]) -> list[Attribution]:
    """What a sentence gives with "according to"; not what is according to somebody's own words."""
    found = []
    for index, token in enumerate(sentence[:-2]):
        if token.lower != "according" or sentence[index + 1].lower != "to":
            continue
        source = noun_phrase_after(sentence, index + 2)
        if source is None or sentence[source[0]].lower in ("its", "his", "her", "their", "our"):
            continue
        cue = (token.start, sentence[index + 1].end)
        mention = (sentence[source[0]].start, sentence[source[1] - 1].end)
        ranges = _around_according(sentence, index, source[1])
        spans = tuple(span_of(sentence, r) for r in ranges if _has_words(sentence, r))
        if spans:
            found.append(Attribution(spans, cue, mention))
    return found


def _has_words(sentence: Sequence[Token], span: Range) -> bool:
    """Whether a range holds more than marks and the number of a footnote."""
    return any(
        token.kind != "mark" and not token.text.isdigit() for token in sentence[slice(*span)]
    )


def _after_apposition(sentence: Sequence[Token], start: int) -> int:
    """Where the statement begins after "According to Ann Lee, an expert in Paris, ..."."""
    if start >= len(sentence) or sentence[start].lower not in ("a", "an", "who", "the"):
        return start
    comma = next((i for i in range(start, len(sentence)) if sentence[i].text == ","), None)
    if comma is None or comma - start > 14:
        return start
    has_verb = any(is_finite_verb(token) for token in sentence[start:comma])
    return start if has_verb and sentence[start].lower != "who" else comma + 1


def _around_according(sentence: Sequence[Token], index: int, after: int) -> list[Range]:
    comma = after
    while comma < len(sentence) and sentence[comma].text != ",":
        comma += 1
    rest = (_after_apposition(sentence, comma + 1), trim_end(sentence, len(sentence)))
    before = sentence[index - 1] if index else None
    # "MOSCOW (Sputnik) — According to ...": the dateline is no part of the statement.
    if before is None or (index == 1 and before.kind == "word") or before.text in DASHES:
        return [rest]
    start = 0
    while start < index and sentence[start].kind == "mark" and sentence[start].text not in "[($":
        start += 1
    statement = (start, trim_end(sentence, index))
    is_quotation = start < index and sentence[start].kind == "quotation"
    if (statement[1] - statement[0] < 2 and not is_quotation) or not _has_words(
        sentence, statement
    ):
        return [rest]
    if sentence[index - 1].lower in ("and", "but", "that"):
        return [rest]
    is_inserted = comma + 1 < len(sentence) and index < 8 and sentence[index - 1].text.endswith(",")
    if is_inserted and sentence[comma + 1].lower not in RELATIVES | NO_RESUMPTION:
        return [statement, rest]
    return [statement]
