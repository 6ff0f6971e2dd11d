"""What tells whom "he" or "she" means, and whom not: the subjects in between, and the gender."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from .actors import Cast
from .lexicon import words
from .lexicon.given_names import MEN, WOMEN
from .lexicon.grammar import SENTENCE_OPENERS
from .lexicon.places import STATES
from .lexicon.titles import SPEAKING_ROLES, TITLES
from .names import fold_word
from .reading import Span
from .subjects import find_main_subject
from .tokens import Token, split_sentences, tokenize

_PERSONS = (TITLES | frozenset(SPEAKING_ROLES)) | words(
    """man woman boy girl father mother brother sister son daughter husband wife witness victim
    officer driver neighbour neighbor friend colleague resident teacher doctor player coach
    survivor farmer soldier student worker tourist"""
)

_FEMALE = words(
    """she her mrs ms miss lady dame queen princess chairwoman spokeswoman congresswoman
    councilwoman businesswoman actress mme mlle frau señora"""
)
_MALE = words(
    """he him mr sir lord king prince chairman spokesman congressman councilman businessman actor
    herr señor"""
)
_WORD = re.compile(r"\w+")
_STATE_NAMES = frozenset(
    name for state in STATES for name in (state.name, *state.aliases, *state.demonyms)
)


def gender_of_word(word: str) -> str | None:
    """What a pronoun, honorific or office tells of who is meant by it: ``f``, ``m`` or nothing."""
    lower = word.lower()
    return "f" if lower in _FEMALE else "m" if lower in _MALE else None


def gender_of(text: str, cast: Cast, actor: int) -> str | None:
    """The gender of a person, where a word beside one of the names tells it, or the given name."""
    for start, end in cast.actors[actor].mentions:
        before = _WORD.findall(text[max(0, start - 24) : start])[-1:]
        within = _WORD.findall(text[start:end])[:1]
        behind = (
            re.split(r"[,.;:“\"\n]", text[end + 1 : end + 60])[0]
            if text[end : end + 2] == ", "
            else ""
        )
        for word in (*before, *within, *_WORD.findall(behind)):
            gender = gender_of_word(word)
            if gender is not None and word.lower() not in ("he", "she", "him", "her"):
                return gender
    return gender_of_name(cast.fullest[actor])


def gender_of_name(name: str) -> str | None:
    """What the given name of a full name tells of who bears it: ``f``, ``m`` or nothing."""
    given = [fold_word(word).lower() for word in name.split()[:-1]]
    if not given:
        return None
    return "f" if given[0] in WOMEN else "m" if given[0] in MEN else None


def find_subjects(text: str, start: int, end: int) -> Iterator[Span]:
    """The subject of each sentence of the narrator from *start* to *end* that may be a person."""
    for line in re.finditer(r"[^\n]+", text[start:end]):
        yield from _subjects_of(text, start + line.start(), start + line.end())


@lru_cache(maxsize=64)  # every "he" of a passage asks for the lines before it
def _subjects_of(text: str, start: int, end: int) -> tuple[Span, ...]:
    subjects: list[Span] = []
    for sentence in split_sentences(tokenize(text, start, end)):
        subject = find_main_subject(sentence, len(sentence))
        if subject is not None and _may_act(sentence[slice(*subject)], text):
            subjects.append((sentence[subject[0]].start, sentence[subject[1] - 1].end))
    return tuple(subjects)


def may_name_person(mention: str) -> bool:
    """Whether the words by which a speaker is named can be those of one person."""
    phrase = tokenize(mention, 0, len(mention))
    return any(token.lower in _PERSONS for token in phrase) or _may_be_name(phrase)


def _may_be_name(phrase: Sequence[Token]) -> bool:
    """Whether a phrase opens with a name that is not a state's: "Novák", but not "Syrian troops"."""
    first = phrase[0]
    opens = first.is_capitalised and first.text.split("’")[0].split("'")[0] not in SENTENCE_OPENERS
    return opens and not any(token.text in _STATE_NAMES or token.text.isupper() for token in phrase)


@lru_cache(maxsize=1)
def _words_of(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(text))


def _may_act(phrase: Sequence[Token], text: str) -> bool:
    if any(token.lower in _PERSONS for token in phrase):
        return True
    first = phrase[0].lower
    # "Prices rose", "Inflation, which ...": a plural, or a word also written small, names nobody.
    is_alone = not (len(phrase) > 1 and phrase[1].is_capitalised)
    is_common = is_alone and (
        first.endswith("s") or _words_of(text).issuperset(_WORD.findall(first))
    )
    return not is_common and _may_be_name(phrase)
