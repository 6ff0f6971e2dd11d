"""Whole quotations that no known cue claims: after a colon, before an unusual verb, over a signature."""

from __future__ import annotations

from collections.abc import Sequence

from .attribution import DASHES, Attribution, inside, is_full, mention_of
from .phrases import Range, is_finite_verb, noun_phrase_after
from .subjects import find_main_subject
from .tokens import Token


def find_unclaimed(sentence: Sequence[Token], found: Sequence[Attribution]) -> list[Attribution]:
    """Whole quotations that no cue has claimed: after a colon, or after an unusual verb."""
    claimed = [span for attribution in found for span in attribution.spans]
    left = []
    for index, token in enumerate(sentence):
        if token.kind != "quotation" or token.text.count(" ") < 3:
            continue
        if any(start <= token.inner_start < end for start, end in claimed):
            continue
        mention = None
        cue = None
        if index and sentence[index - 1].text in (",", ":"):
            subject = find_main_subject(sentence, index - 1)
            if sentence[index - 1].text == "," and (subject is None or not is_full(token)):
                continue
            mention = subject
            cue = (sentence[index - 1].start, sentence[index - 1].end)
        elif (signature := _signature(sentence, index)) is not None:
            mention = signature
            cue = (sentence[index + 1].start, sentence[index + 1].end)
        elif token.text.endswith((",", "?", "!")) and index + 2 < len(sentence):
            unusual = _unusual_verb(sentence, index + 1)
            if unusual is None:
                continue
            mention, verb = unusual
            cue = (sentence[verb].start, sentence[verb].end)
        else:
            continue
        span = mention_of(sentence, mention) if mention else None
        left.append(Attribution((inside(token),), cue, span, is_quoted=True))
    return left


def _signature(sentence: Sequence[Token], index: int) -> Range | None:
    """The name after a quotation and a dash, as under a letter: "..." — Ann Lee."""
    if index or len(sentence) < 3 or sentence[1].text not in DASHES:
        return None
    name = noun_phrase_after(sentence, 2)
    if name is None or not sentence[2].is_capitalised or name[1] - name[0] > 5:
        return None
    rest = sentence[name[1] :]
    return name if not rest or rest[0].text in (",", ".", "(") else None


def _unusual_verb(sentence: Sequence[Token], after: int) -> tuple[Range, int] | None:
    """Subject and verb after a complete quotation, whatever verb it is: "he beamed", "agrees Ann"."""
    verb = sentence[after]
    if verb.kind == "word" and verb.lower.endswith(("ed", "s")) and not verb.is_capitalised:
        subject = noun_phrase_after(sentence, after + 1)
        if subject is not None and sentence[subject[0]].is_capitalised:
            return subject, after
    subject = noun_phrase_after(sentence, after)
    if subject is None or subject[1] >= len(sentence):
        return None
    return (subject, subject[1]) if is_finite_verb(sentence[subject[1]]) else None
