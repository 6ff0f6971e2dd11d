"""The subject of a verb: the noun phrase before it, over what is inserted between, or the clause's first.

Positions are indexes into a sentence, as in ``phrases``; None where no rule shows a subject.
"""

from __future__ import annotations

from collections.abc import Sequence

from .lexicon import words
from .lexicon.given_names import MEN, WOMEN
from .lexicon.grammar import CONJUNCTIONS, DETERMINERS, PREPOSITIONS, SUBORDINATORS
from .lexicon.titles import NAME_PARTICLES, TITLES
from .phrases import (
    Range,
    is_adverb,
    is_finite_verb,
    is_name_of_month,
    is_time,
    noun_phrase_after,
    noun_phrase_before,
    opens_adverbial,
)
from .tokens import Token

_DASHES = words("— – - ―")
_LONGEST_INSERTION = 30


def find_subject_before(sentence: Sequence[Token], verb: int) -> Range | None:
    """The noun phrase that ends right before the verb group at *verb*: its subject.

    An apposition or parenthesis between commas is stepped over ("Peskov, the spokesman, said").
    """
    end = verb
    while end and is_adverb(sentence[end - 1]):
        end -= 1
    is_day = end > 0 and is_time(sentence[end - 1]) and sentence[end - 1].is_capitalised
    if is_day and not is_name_of_month(sentence, end - 1, 0):
        end = _before_time(sentence, end)
    if not end:
        return None
    before = sentence[end - 1]
    if before.text == ")":
        opening = _find_back(sentence, end - 1, "(")
        return find_subject_before(sentence, opening) if opening is not None else None
    if before.text == "]":
        # "the envoy [Staffan de Mistura] offered": the capture's own apposition.
        opening = _find_back(sentence, end - 1, "[")
        subject = noun_phrase_before(sentence, opening) if opening else None
        return (subject[0], end) if subject is not None else None
    if before.text == ",":
        return _subject_over_commas(sentence, end - 1)
    if before.text in _DASHES:
        opening = _find_back(sentence, end - 1, before.text)
        return find_subject_before(sentence, opening) if opening else None
    if before.lower in ("named", "identified"):
        # "a trader who asked not to be named said"
        end = _find_back(sentence, end, "who") or end
    return noun_phrase_before(sentence, end)


def _before_time(sentence: Sequence[Token], end: int) -> int:
    """Step back over "on Tuesday" between subject and verb, unless the day itself is the subject."""
    position = end - 1
    if position and sentence[position - 1].lower in ("on", "last", "late", "early", "this"):
        position -= 1
        if position and sentence[position - 1].lower in ("late", "early", "on"):
            position -= 1
    return position if position else end


def _find_back(sentence: Sequence[Token], position: int, text: str) -> int | None:
    for index in range(position - 1, max(-1, position - 40), -1):
        if sentence[index].text == text:
            return index
    return None


def _subject_over_commas(sentence: Sequence[Token], comma: int) -> Range | None:
    """The subject before an inserted phrase that ends at *comma*."""
    opening = _find_back(sentence, comma, ",")
    if not opening or not 1 < comma - opening <= _LONGEST_INSERTION:
        return None
    if sentence[opening + 1].kind == "quotation":
        return None
    office = noun_phrase_before(sentence, opening)
    if _is_name(sentence[opening + 1 : comma]) and (
        not sentence[opening - 1].is_capitalised
        # "The mayor of Paris, France, said": a place tells where, a given name who.
        or (sentence[opening + 1].lower in WOMEN | MEN and _is_office(sentence, office))
    ):
        # "his successor, Ann Lee, said", "the mayor of Osk, Ann Lee, said"
        return (_start_of_joint(sentence, office, opening + 1), comma)
    if sentence[opening - 1].text == ")":
        # "Ann Lee (D-Mo.), who was there, said"
        opening = _find_back(sentence, opening - 1, "(") or opening
    if opening > 2 and sentence[opening - 1].text.isdigit() and sentence[opening - 2].text == ",":
        opening -= 2  # "Ann Lee, 45, of Osk, said"
    found = noun_phrase_before(sentence, opening)
    if (
        found is not None
        and found[0] > 2
        and sentence[found[0] - 1].lower in ("of", "from", "at")
        and sentence[found[0] - 2].text == ","
    ):
        return noun_phrase_before(
            sentence, found[0] - 2
        )  # "Ann Lee, of Osk College, a doctor, said"
    return found


def _is_office(sentence: Sequence[Token], phrase: Range | None) -> bool:
    """Whether a phrase is "the mayor of Osk": a name behind it is the mayor's."""
    if phrase is None or sentence[phrase[0]].lower not in DETERMINERS:
        return False
    return any(
        token.lower in _OFFICES and not token.is_capitalised for token in sentence[slice(*phrase)]
    )


_OFFICES = TITLES | words(
    "coordinator co-ordinator rapporteur head founder owner inspector engineer"
)


def _start_of_joint(sentence: Sequence[Token], office: Range | None, name: int) -> int:
    """Where the subject of "Ann Lee and her deputy, Bo Ray, said" begins; *name* where it is one person's.

    So it is with "Ann Lee, the mayor, and her deputy, Bo Ray,": two say it, or it is told of neither.
    """
    if office is None:
        return name
    joins = [i for i in range(*office) if sentence[i].lower == "and"]
    if (
        joins
        and sentence[joins[0] - 1].is_capitalised
        and sentence[joins[0] + 1].lower in DETERMINERS
    ):
        return office[0]
    at = office[0] - 1
    if at < 2 or sentence[at].lower != "and" or sentence[at - 1].text != ",":
        return name
    opening = _find_back(sentence, at - 1, ",")
    if not opening or any(is_finite_verb(token) for token in sentence[opening:at]):
        return name
    if _is_name(sentence[opening + 1 : at - 1]):
        return opening + 1
    first = noun_phrase_before(sentence, opening)
    return first[0] if first is not None and _is_name(sentence[slice(*first)]) else name


def _is_name(phrase: Sequence[Token]) -> bool:
    """Whether all of a phrase's words have capitals, with at most some "of", "al", "van"."""
    small = [token for token in phrase if not (_is_large(token) or token.text == ".")]
    is_timely = any(
        is_time(token) and not is_name_of_month(phrase, position, 0)
        for position, token in enumerate(phrase)
    )
    return (
        len(phrase) <= _LONGEST_NAME
        and not is_timely
        and phrase[0].is_capitalised
        and _is_large(phrase[-1])
        and phrase[0].lower not in DETERMINERS | PREPOSITIONS | SUBORDINATORS
        and all(token.lower in NAME_PARTICLES or token.lower == "of" for token in small)
    )


def _is_large(token: Token) -> bool:
    """Whether a word has a capital, behind an article that is written as one with it: "al-Assad"."""
    return token.is_capitalised or token.text.partition("-")[2][:1].isupper()


_LONGEST_NAME = 8


def find_main_subject(sentence: Sequence[Token], before: int) -> Range | None:
    """The subject of the sentence's first clause, searched before position *before*."""
    start = 0
    while start < before and (
        sentence[start].lower in CONJUNCTIONS
        or _is_adverb_of_sentence(sentence[start])
        or sentence[start].kind != "word"
    ):
        start += 1
    if start < before and opens_adverbial(sentence[start]):
        comma = next((i for i in range(start, before) if sentence[i].text == ","), None)
        return find_main_subject_after(sentence, comma + 1, before) if comma is not None else None
    return find_main_subject_after(sentence, start, before)


def _is_adverb_of_sentence(token: Token) -> bool:
    return is_adverb(token) or token.lower == "however"


def find_main_subject_after(sentence: Sequence[Token], start: int, before: int) -> Range | None:
    """The noun phrase that opens a clause at *start*, if it ends before position *before*."""
    while start < before and _is_adverb_of_sentence(sentence[start]):
        start += 1
        if start < before and sentence[start].text == ",":
            start += 1  # ", however, Ann said"
    found = noun_phrase_after(sentence, start)
    return found if found is not None and found[1] <= before else None
