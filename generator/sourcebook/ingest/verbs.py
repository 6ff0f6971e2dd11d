"""Tells whether a form that may be a noun is a verb where it stands: "claims", "report", "support".

By its neighbours alone; where these do not show a verb, it is none.
"""

from __future__ import annotations

from collections.abc import Sequence

from .lexicon import words
from .lexicon.cues import EVIDENCE_NOUNS, FORM_KINDS, LEMMAS, FormKind
from .lexicon.cues import PREPOSITIONS as PREPOSITIONS_OF
from .lexicon.grammar import (
    AUXILIARIES,
    BE_FORMS,
    CONJUNCTIONS,
    DETERMINERS,
    PREPOSITIONS,
    SUBJECT_PRONOUNS,
)
from .phrases import Range
from .tokens import Token

_NOUN_MAKERS = (DETERMINERS - words("that such")) | words(
    "of in on for at with from by about 's ’s new own"
)
"""Words after which a form that may be a noun is one ("the claim", "of support")."""


AMBIGUOUS = words(
    """claim report state note comment question plan support fear hope demand request promise
    pledge praise blame attack view joke answer challenge estimate favor favour forecast offer order
    press quote read reason remark reply respond rule signal sign tweet whisper wish worry post vow
    wonder detail discuss display document back welcome brief account charge doubt want feel mean
    need show call appeal protest value cry laugh shout scream roar snap reference intone aim
    caution regret suspect talk focus object counter project champion elect mock volunteer guess"""
)
"""Lemmas whose base and -s forms are nouns or adjectives as often as verbs."""


def closes_statement(sentence: Sequence[Token], index: int, subject: Range) -> bool:
    """Whether ", records show," stands between commas or at the end, behind a statement."""
    if not subject[0] or sentence[subject[0] - 1].text != ",":
        return False
    return index + 1 >= len(sentence) or sentence[index + 1].text in (",", ".")


def is_agent(sentence: Sequence[Token], index: int, subject: Range) -> bool:
    """Whether an ambiguous form has a subject that shows it to be a verb: a name, a pronoun."""
    last = sentence[subject[1] - 1]
    following = sentence[index + 1]
    opens_sentence = subject == (0, 1) and not (
        following.is_capitalised or following.lower in DETERMINERS | {"that", "to"}
    )
    return (
        (last.is_capitalised and not opens_sentence)
        or last.lower in SUBJECT_PRONOUNS
        or last.lower in EVIDENCE_NOUNS
        or sentence[index + 1].lower in ("that", "to")
        or sentence[index + 1].kind == "quotation"
        or FORM_KINDS[sentence[index].lower] == "base"
    )


def is_label(sentence: Sequence[Token], first: int, has_auxiliary: bool) -> bool:
    """Whether "called" names what stands before it: "a group called ..."."""
    return (
        not has_auxiliary
        and first > 1
        and not sentence[first - 1].is_capitalised
        and (
            sentence[first - 1].lower not in SUBJECT_PRONOUNS
            and any(token.lower in ("a", "an") for token in sentence[max(0, first - 5) : first])
        )
    )


def is_noun(lemma: str, form: FormKind, previous: Token) -> bool:
    """Whether the word before a form shows it to be a noun or adjective."""
    lower = previous.lower
    if form == "past":
        return (
            lower in DETERMINERS
            and lower not in ("that", "all", "both", "some", "many", "several", "few", "most")
        ) or (lower in PREPOSITIONS or lower in ("'s", "’s"))
    if lower in _NOUN_MAKERS:
        return True
    if lower in PREPOSITIONS and lower != "to":
        return True
    return lemma in AMBIGUOUS and previous.text == ","


def is_plural(sentence: Sequence[Token], subject: Range) -> bool:
    """Whether a subject can stand before a verb without -s ("they claim", "officials say")."""
    last = sentence[subject[1] - 1]
    if last.lower in SUBJECT_PRONOUNS:
        return last.lower not in ("he", "she", "it")
    if any(token.lower == "and" for token in sentence[slice(*subject)]):
        return True
    head = next((i for i in range(*subject) if sentence[i].lower in PREPOSITIONS), subject[1])
    noun = sentence[head - 1].lower if head > subject[0] else last.lower
    is_number = noun.isdigit() or last.lower.isdigit() or last.text == "%"
    return is_number or noun in _PLURALS or (noun.endswith("s") and not noun.endswith("ss"))


_PLURALS = words(
    """majority half third quarter people men women police media percent many some others most few
    critics children"""
)


def has_complement(sentence: Sequence[Token], index: int) -> bool:
    """Whether what follows an ambiguous form can be a verb's complement."""
    if index + 1 >= len(sentence):
        return False
    following = sentence[index + 1]
    if following.kind == "quotation" or following.text == ":":
        return True
    if following.kind != "word" or following.lower in AUXILIARIES:
        return False
    lemma = LEMMAS[sentence[index].lower]
    if any(following.lower == p.split()[0] for p in PREPOSITIONS_OF.get(lemma, ())):
        return True
    return following.lower not in PREPOSITIONS | BE_FORMS | CONJUNCTIONS or following.lower == "to"
