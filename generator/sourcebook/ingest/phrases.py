"""Noun phrases and clause ends in a tokenised sentence, by word lists alone.

Positions are indexes into a sentence, a list of tokens; a range is half open. Nothing here is a
grammar of English: each function answers one question that the rules for claims ask, and prefers a
short answer to a wrong one.
"""

from __future__ import annotations

from collections.abc import Sequence

from .lexicon import words
from .lexicon.cues import FORM_KINDS
from .lexicon.grammar import (
    ADVERBS,
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    MONTHS,
    NOUN_PREPOSITIONS,
    OBJECT_PRONOUNS,
    PERSONAL_PRONOUNS,
    PREPOSITIONS,
    RELATIVES,
    SUBJECT_PRONOUNS,
    SUBORDINATORS,
    TIME_WORDS,
    WEEKDAYS,
)
from .tokens import Token

Range = tuple[int, int]

_JOINING_MARKS = words("'s ’s ' ’ & - . $ % #")
_STOPS_SUBJECT = (
    AUXILIARIES | SUBORDINATORS | words("but or nor yet however meanwhile then not ; : ( ) [ ]")
)
_LONGEST_SUBJECT = 16
_AMOUNTS = words("little much nothing so as")
"""What "says little" says, not who says it."""
_TITLES_AFTER = words("jr sr inc corp co ltd")
_TITLES_BEFORE = words("mr mrs ms dr sen rep gov gen col maj lt sgt st jr sr prof rev capt cmdr")


def is_adverb(token: Token) -> bool:
    """Whether a word can stand between subject and verb, or verb and complement."""
    return token.kind == "word" and (
        token.lower in ADVERBS or (token.lower.endswith("ly") and not token.is_capitalised)
    )


def opens_existence(sentence: Sequence[Token], position: int) -> bool:
    """Whether "there was", "there would be" begins here, and no adverb of place."""
    return (
        sentence[position].lower == "there"
        and position + 1 < len(sentence)
        and sentence[position + 1].lower in AUXILIARIES
    )


def is_time(token: Token) -> bool:
    """A weekday, a month, "yesterday"."""
    return token.lower in WEEKDAYS or token.lower in MONTHS or token.lower in TIME_WORDS


def is_finite_verb(token: Token) -> bool:
    """Whether a word is likely to be the verb of a clause: an auxiliary, a cue, a past form."""
    lower = token.lower
    if token.kind != "word" or token.is_capitalised:
        return False
    return (
        lower in AUXILIARIES
        or FORM_KINDS.get(lower) in ("past", "s")
        or (lower.endswith("ed") and len(lower) > 4)
        or lower == "used"
    )


def noun_phrase_before(sentence: Sequence[Token], end: int) -> Range | None:
    """The noun phrase whose last token is ``sentence[end - 1]``, or None."""
    if not end:
        return None
    last = sentence[end - 1]
    if last.text == "." and end > 1 and sentence[end - 2].lower in _TITLES_AFTER:
        last = sentence[end - 2]
    if last.lower in SUBJECT_PRONOUNS or last.lower in RELATIVES:
        return (end - 1, end)
    is_share = last.text == "%"
    if last.kind != "word" and not is_share:
        return None
    stops = last.lower in _STOPS_SUBJECT and not is_name_of_month(sentence, end - 1, 0)
    if last.lower in PREPOSITIONS or stops:
        return None
    if is_time(last) and not last.is_capitalised:
        # "a poll released this week found"
        start = _before_participle(sentence, end)
        return noun_phrase_before(sentence, start) if start is not None else None
    start = end
    while (
        start and end - start < _LONGEST_SUBJECT and _extends_left(sentence, start - 1, start, end)
    ):
        start -= 1
    return _strip_left(sentence, start, end)


def _before_participle(sentence: Sequence[Token], end: int) -> int | None:
    start = end
    while start and (
        is_time(sentence[start - 1])
        or sentence[start - 1].lower in DETERMINERS | PREPOSITIONS | {"last"}
    ):
        start -= 1
    if start > 1 and sentence[start - 1].lower.endswith("ed"):
        return start - 1
    return start if start and start != end and sentence[start - 1].is_capitalised else None


def _extends_left(sentence: Sequence[Token], index: int, start: int, end: int) -> bool:
    """Whether the token at *index* belongs to the noun phrase that so far begins at *start*."""
    token = sentence[index]
    if start == end:
        return True
    if token.kind == "quotation":
        return len(token.text) < 40 and not token.text.endswith((",", ".", "?", "!"))
    if token.kind == "mark":
        return _mark_extends(sentence, index, end)
    lower = token.lower
    first = sentence[start].lower
    if first in DETERMINERS and first not in ("all", "both"):
        # A determiner opens its phrase; only a preposition joins it to a noun before.
        return lower in NOUN_PREPOSITIONS or (lower == "and" and _joins_names(sentence, index, end))
    if lower in _STOPS_SUBJECT or lower in PERSONAL_PRONOUNS or lower in RELATIVES:
        return False
    before = sentence[index - 1].lower if index else ""
    if lower in CONJUNCTIONS:
        # "activists inside and outside the country"
        joins_places = before in PREPOSITIONS and first in PREPOSITIONS
        return joins_places or (lower == "and" and _joins_names(sentence, index, end))
    if index and _is_in_name(token):
        return sentence[start].is_capitalised
    if lower in PREPOSITIONS:
        return lower in NOUN_PREPOSITIONS and _joins_noun(sentence, index)
    if first in PREPOSITIONS:
        return not is_finite_verb(token) and not is_adverb(token)
    if lower.endswith("ed") and before in AUXILIARIES:
        return False
    if FORM_KINDS.get(lower) in ("past", "s") and not token.is_capitalised and index:
        return FORM_KINDS[lower] == "s" and before in DETERMINERS
    return not is_adverb(token) or token.is_capitalised


def _mark_extends(sentence: Sequence[Token], index: int, end: int) -> bool:
    """Whether a mark stands inside a noun phrase: "Gov. Lee", "Lee's aide", "Ann, Bob and Cy"."""
    mark = sentence[index].text
    if mark == ",":
        return _is_list_comma(sentence, index, end)
    if mark == "." and index:
        before = sentence[index - 1]
        return before.lower in _TITLES_BEFORE or len(before.text) == 1
    return mark in _JOINING_MARKS or mark in ("‘", "’")


def _joins_names(sentence: Sequence[Token], index: int, end: int) -> bool:
    """Whether "and" at *index* joins two names or plain nouns, and not two clauses."""
    if not index or index + 1 >= end:
        return False
    before, after = sentence[index - 1], sentence[index + 1]
    if not (before.is_capitalised and (after.is_capitalised or after.lower in DETERMINERS)):
        both_plural = before.lower.endswith("s") and after.lower.endswith("s")
        return both_plural and not after.is_capitalised
    opening = index - 1
    while opening and sentence[opening - 1].is_capitalised:
        opening -= 1
    # "met with Obama and the Russians said": a verb or preposition before the name parts them.
    lead = sentence[opening - 1] if opening else None
    if lead is None or lead.text in (",", "—") or lead.lower in ("of", "that"):
        return True
    if lead.lower in NOUN_PREPOSITIONS and opening < 4:
        # "A lawyer for Ann Lee and Bo Ray said": hers and his.
        return opening == 2 or (opening == 3 and sentence[0].lower in DETERMINERS)
    return lead.kind == "word" and lead.lower not in PREPOSITIONS and not is_finite_verb(lead)


def _joins_noun(sentence: Sequence[Token], index: int) -> bool:
    """Whether the preposition at *index* follows a noun that it belongs to."""
    before = sentence[index - 1] if index else None
    if before is None or is_time(before):
        return False
    if before.kind != "word":
        return before.text in ("'s", "%")
    is_participle = FORM_KINDS.get(before.lower) == "ing"
    return not (
        is_participle
        or is_finite_verb(before)
        or is_adverb(before)
        or before.lower in PREPOSITIONS
        or before.lower in OBJECT_PRONOUNS
    )


def _is_list_comma(sentence: Sequence[Token], index: int, end: int) -> bool:
    """Whether a comma stands in a list of names that "and" ends ("Russia, Turkey and Iran")."""
    if (
        not index
        or not sentence[index - 1].is_capitalised
        or not sentence[index + 1].is_capitalised
    ):
        return False
    following = sentence[index + 1 : end]
    return any(token.lower == "and" for token in following) and not any(
        is_finite_verb(token) for token in following
    )


def _strip_left(sentence: Sequence[Token], start: int, end: int) -> Range | None:
    """Without the marks, conjunctions and stray prepositions that a phrase cannot begin with."""
    while start < end and (
        sentence[start].kind == "mark"
        or sentence[start].lower in PREPOSITIONS
        or sentence[start].lower in CONJUNCTIONS
        or (is_adverb(sentence[start]) and not sentence[start].is_capitalised)
    ):
        start += 1
    if start == end or all(is_time(token) for token in sentence[start:end]):
        return None
    return (start, end)


def _is_in_name(token: Token) -> bool:
    """Whether a preposition is as in "Doctors Without Borders"."""
    return token.lower in ("without", "against") and token.is_capitalised


def noun_phrase_after(sentence: Sequence[Token], start: int) -> Range | None:
    """The noun phrase that begins at *start*, up to a comma, a verb or a new phrase; or None."""
    if start >= len(sentence):
        return None
    first = sentence[start]
    if first.lower in SUBJECT_PRONOUNS or first.lower in OBJECT_PRONOUNS:
        return (start, start + 1)
    if is_adverb(first) or is_time(first) or first.lower in _AMOUNTS or first.text.isdigit():
        return None
    end = start
    while end < len(sentence) and end - start < _LONGEST_SUBJECT:
        token = sentence[end]
        if token.kind == "mark" and token.text not in _JOINING_MARKS:
            break
        if token.text == "." and not _is_abbreviation_point(sentence, end):
            break
        if token.kind == "quotation":
            break
        if end > start and (
            (token.kind == "word" and token.lower in AUXILIARIES and not token.is_capitalised)
            or token.lower in RELATIVES
            or (token.lower in SUBORDINATORS and token.lower != "so")
            or (
                token.lower in PREPOSITIONS
                and token.lower not in ("of", "for")
                and not _is_in_name(token)
            )
            or (token.lower in CONJUNCTIONS and not _continues_names(sentence, end))
            or (is_time(token) and not is_name_of_month(sentence, end, start))
            or (is_finite_verb(token) and sentence[end - 1].lower not in DETERMINERS)
        ):
            break
        if end == start and (token.lower in PREPOSITIONS or token.lower in SUBORDINATORS):
            return None
        end += 1
    return (start, end) if end > start else None


def is_name_of_month(sentence: Sequence[Token], index: int, first: int) -> bool:
    """Whether "Jan" or "May" is a name here: among capitals, and beside no number."""
    following = sentence[index + 1] if index + 1 < len(sentence) else None
    if sentence[index].lower not in MONTHS or (following and following.text[0].isdigit()):
        return False
    opens = following is not None and following.is_capitalised
    return opens or (index > first and sentence[index - 1].is_capitalised)


def _is_abbreviation_point(sentence: Sequence[Token], index: int) -> bool:
    following = sentence[index + 1] if index + 1 < len(sentence) else None
    return following is not None and following.is_capitalised and index > 0


def _continues_names(sentence: Sequence[Token], index: int) -> bool:
    if index + 1 >= len(sentence) or sentence[index].lower != "and":
        return False
    return sentence[index - 1].is_capitalised and sentence[index + 1].is_capitalised


def opens_adverbial(token: Token) -> bool:
    """Whether a phrase of place, time or manner begins with a word: "In", "After", "Asked"."""
    lower = token.lower
    return (
        lower in PREPOSITIONS
        or lower in SUBORDINATORS
        or (lower.endswith(("ing", "ed")) and len(lower) > 4 and token.is_capitalised)
        or FORM_KINDS.get(lower) == "past"
    )
