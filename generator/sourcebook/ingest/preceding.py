"""Content that stands before its cue, or around it: "..., Lavrov said.", "..., Lavrov said, ..."."""

from __future__ import annotations

from collections.abc import Sequence

from .attribution import (
    DASHES,
    Attribution,
    has_quotation,
    is_full,
    is_only_quotation,
    make_attribution,
    trim_end,
)
from .cues import Cue
from .following import match_start, opens_time
from .lexicon import words
from .lexicon.cues import PREPOSITIONS, Frame
from .lexicon.grammar import DETERMINERS, QUESTION_WORDS, RELATIVES
from .lexicon.grammar import PREPOSITIONS as PREPOSITION_WORDS
from .phrases import Range, is_adverb, is_finite_verb, is_time, noun_phrase_before, opens_adverbial
from .tokens import Token


def find_preceding(sentence: Sequence[Token], cue: Cue, cues: Sequence[Cue]) -> Attribution | None:
    """ "..., Lavrov said." and "..., Lavrov said, ...": the statement is what stands around."""
    if cue.subject is None or cue.is_passive or cue.shares_subject or not _may_follow(cue):
        return None
    if sentence[cue.subject[0]].lower in RELATIVES:
        return None
    opening = cue.verb if cue.is_inverted else (cue.relayed_by or cue.subject)[0]
    if opening == 0:
        return None
    edge = sentence[opening - 1]
    if edge.lower in ("as", "so") and opening > 1:
        opening -= 1
        edge = sentence[opening - 1]
    if edge.kind != "quotation" and edge.text not in (",", *DASHES):
        return None
    resume = _attribution_end(sentence, cue, edge.kind == "quotation" and is_full(edge))
    if resume is None:
        return None
    if edge.text == "," and cue.relayed_by is None:
        opening = _before_office(sentence, opening)
        edge = sentence[opening - 1]
    start = _statement_start(sentence, opening, cues)
    last = opening if edge.kind == "quotation" else opening - 1
    if start is not None and start < last and sentence[start].lower == "according":
        # "According to the minutes, “no,” Ann said": only the quotation is hers.
        start = last - 1 if sentence[last - 1].kind == "quotation" else start
    if start is None or start >= last or sentence[start].text in _ASKED:
        return None
    if not has_quotation(sentence, (start, last)) and (
        _quotation_follows(sentence, resume) or _is_adverbial(sentence, (start, last), resume, cue)
    ):
        return None
    ranges = [(start, last)]
    after = _resumed(sentence, resume, cues, is_only_quotation(sentence, (start, last)))
    if after is not None:
        ranges.append(after)
    elif _opens_without_verb(sentence, (start, last)) or _is_bare(sentence[start:last]):
        return None  # "In the 1990s, she said, when ...", "Earlier, she reported"
    return make_attribution(sentence, ranges, cue)


_ASKED = words("Asked Pressed Questioned Challenged Quizzed Speaking Talking")
"""Openings of what tells how somebody came to speak, not what was said."""


def _before_office(sentence: Sequence[Token], opening: int) -> int:
    """Where "the envoy, Ann Lee, said" begins, of which the name at *opening* is the subject."""
    office = noun_phrase_before(sentence, opening - 1)
    if office is None or not office[0] or sentence[office[0]].lower not in DETERMINERS:
        return opening
    before = sentence[office[0] - 1]
    is_phrase = not any(is_finite_verb(token) for token in sentence[slice(*office)])
    return (
        office[0] if is_phrase and (before.kind == "quotation" or before.text == ",") else opening
    )


def _may_follow(cue: Cue) -> bool:
    return cue.is_speech or cue.lemma in ("believe", "think", "show", "hope", "find", "tell", "ask")


def _attribution_end(sentence: Sequence[Token], cue: Cue, is_complete: bool) -> int | None:
    """The position after an inserted "he said on Monday"; None where the content follows the verb.

    After a complete quotation whatever follows the verb is no more than "of him", "when asked".
    """
    first = cue.subject[1] if cue.is_inverted and cue.subject else cue.verb + 1
    if not is_complete and not cue.is_inverted and first < len(sentence):
        token = sentence[first]
        of_something = token.lower in ("of", "about") and cue.lemma == "say"
        if token.kind == "word" and not of_something and not _opens_adjunct(sentence, first, cue):
            return None
    for position in range(first, len(sentence)):
        token = sentence[position]
        if token.kind == "quotation":
            return None if position == cue.verb + 1 else position
        if token.text == ":":
            return None
        if token.text in _ATTRIBUTION_ENDS:
            return position
        if token.lower == "that" and not cue.is_inverted and not is_complete:
            return None
    return len(sentence)


_ATTRIBUTION_ENDS = words(". ? ! ; ... … ) , — – - ―")


def _opens_adjunct(sentence: Sequence[Token], position: int, cue: Cue) -> bool:
    """Whether a word after the verb can open a place, time or addressee instead of the content."""
    token = sentence[position]
    lower = token.lower
    if is_adverb(token) or is_time(token) or opens_time(sentence, position):
        return True
    following = sentence[position + 1] if position + 1 < len(sentence) else None
    if lower == "on" and following is not None and is_time(following):
        return True
    if match_start(sentence, position, cue.frames) is not None:
        return False
    if any(Frame.PERSON in frame for frame in cue.frames) and lower not in QUESTION_WORDS | {"to"}:
        return True
    return (
        lower in PREPOSITION_WORDS and lower not in PREPOSITIONS.get(cue.lemma, ())
    ) or lower in ("while", "when", "after", "as")


def _statement_start(sentence: Sequence[Token], opening: int, cues: Sequence[Cue]) -> int | None:
    bracket = next((i for i in reversed(range(opening)) if sentence[i].text in "()"), None)
    start = bracket + 1 if bracket is not None and sentence[bracket].text == "(" else 0
    earlier = [other for other in cues if other.verb < opening and not other.is_passive]
    if earlier and sentence[opening - 1].kind == "quotation":
        # 'He smiled and said no, but "yes," she said': the quotation alone is hers.
        return opening - 1
    while (
        start < opening and sentence[start].kind == "mark" and sentence[start].text not in "[($#@"
    ):
        start += 1
    return start


def _resumed(
    sentence: Sequence[Token], comma: int, cues: Sequence[Cue], quoted: bool
) -> Range | None:
    """The rest of a statement after an inserted attribution, or None where none goes on."""
    start = comma
    while (
        start < len(sentence)
        and sentence[start].kind == "mark"
        and sentence[start].text not in "[("
    ):
        if sentence[start].text in ".?!;":
            return None
        start += 1
    if start >= len(sentence):
        return None
    first = sentence[start]
    if first.kind == "quotation":
        return (
            (start, start + 1)
            if quoted or is_full(first)
            else (start, trim_end(sentence, len(sentence)))
        )
    if quoted:
        return _resumed_after_aside(sentence, start, cues)
    if (
        first.lower in NO_RESUMPTION
        or any(other.first == start for other in cues)
        or is_time(first)
    ):
        return None
    if first.lower.endswith("ing"):
        return None
    return (start, trim_end(sentence, len(sentence)))


def _resumed_after_aside(
    sentence: Sequence[Token], start: int, cues: Sequence[Cue]
) -> Range | None:
    """The second half of a quotation behind an apposition: '"We," said Ann, a doctor, "are late."'"""
    for position in range(start, len(sentence)):
        token = sentence[position]
        if token.text in (".", ";", ":") or any(
            cue.verb == position and cue.is_speech for cue in cues
        ):
            return None
        if token.kind == "quotation":
            goes_on = sentence[position - 1].text == "," and token.text[0].islower()
            return (position, position + 1) if goes_on else None
    return None


NO_RESUMPTION = words(
    """adding citing speaking referring during in on at a an who which according noting after when
    while as echoing responding reacting"""
)


def _quotation_follows(sentence: Sequence[Token], comma: int) -> bool:
    """Whether a comma and a quotation come next: then the quotation is what was said."""
    return (
        comma + 1 < len(sentence)
        and sentence[comma].text == ","
        and sentence[comma + 1].kind == "quotation"
    )


def _opens_without_verb(sentence: Sequence[Token], span: Range) -> bool:
    """Whether a phrase of time, place or manner is all that stands there."""
    opens = opens_adverbial(sentence[span[0]]) or opens_time(sentence, span[0])
    return opens and not any(
        token.kind == "quotation" or is_finite_verb(token) for token in sentence[slice(*span)]
    )


def _is_bare(words_before: Sequence[Token]) -> bool:
    return all(is_adverb(token) or token.kind == "mark" for token in words_before)


def _is_adverbial(sentence: Sequence[Token], span: Range, resume: int, cue: Cue) -> bool:
    """Whether the words before are only when or where it was said: "In his speech, he argued"."""
    if not _opens_without_verb(sentence, span):
        return False
    # "With more men in the field, they said, the army has ...": the statement goes on.
    return resume > cue.verb + 3 or resume >= len(sentence) - 1
