"""Whom "il" or an Arabic verb without a subject means: the one who acted or spoke last, if that is certain.

For the languages that are read by patterns; English has the memory of ``speakers``. A pronoun is left
open where another has acted since, where the gender is another, and where a paragraph tells of
neither. What is found is the place of the name; who that is, is found out as for all others.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from .attribution import Attribution
from .blocks import Block
from .lexicon.referents import (
    FR_ACTING,
    FR_ANY_NAME,
    FR_FINITE,
    FR_NAME,
    FR_PERSONS,
    FR_PRONOUNS,
    GENDER_BY_WORD,
)
from .lexicon.reports import Q
from .pronouns import gender_of_name
from .reading import Span
from .reports import find_sentences

Sentence = tuple[int, str, Sequence[Attribution]]
"""Where it begins, its words with quotations masked, and what it attributes."""
Memory = Mapping[str, Span | None]
"""Who acted last, by gender; None where it is one of whom nobody speaks as "he"."""


def follow_pronouns(
    text: str,
    blocks: Sequence[Block],
    attributed: Sequence[list[Attribution]],
    lang: str | None,
    starts: Iterable[int],
) -> list[list[Attribution]]:
    """*attributed*, block by block, with the place of who is meant; *starts* are those of the parts."""
    follow = _FOLLOW.get((lang or "").partition("-")[0].lower())
    if follow is None or not any(_is_open(text, a) for found in attributed for a in found):
        return list(attributed)
    fresh = set(starts)
    memory: Memory = {}
    followed = []
    for block, found in zip(blocks, attributed, strict=True):
        if block.start in fresh or block.kind == "heading":
            memory = {}
        if block.kind not in ("paragraph", "caption", "list"):
            followed.append(found)
            continue
        told, memory = follow(text, _sentences_of(text, block, found), memory)
        followed.append(told)
    return followed


def _is_open(text: str, attribution: Attribution) -> bool:
    mention = attribution.mention
    return mention is None or text[slice(*mention)].lower() in FR_PRONOUNS


def _sentences_of(text: str, block: Block, found: Sequence[Attribution]) -> list[Sentence]:
    sentences: list[Sentence] = []
    ordered = sorted(found, key=_place)
    places = [_place(attribution) for attribution in ordered]
    for start, words in find_sentences(text, block.start, block.end):
        first, last = (bisect_left(places, at) for at in (start, start + len(words)))
        sentences.append((start, words, ordered[first:last]))
    return sentences


def _place(attribution: Attribution) -> int:
    return (attribution.cue or attribution.spans[0])[0]


# French -------------------------------------------------------------------------------------------


def _follow_french(
    text: str, sentences: Sequence[Sentence], before: Memory
) -> tuple[list[Attribution], Memory]:
    told: list[Attribution] = []
    memory = dict(before)
    is_told_of = False
    for start, words, found in sentences:
        acting = None if found else _acting_in(start, words)
        acted = ""
        if acting is not None:
            acted = acting[1]
            memory.update(dict.fromkeys(acted, acting[0]))
            is_told_of = True
        for attribution in found:
            mention = attribution.mention
            shown = text[slice(*mention)] if mention else ""
            gender = FR_PRONOUNS.get(shown.lower())
            is_told_of = True
            if gender is not None:
                acted += gender
                told.append(replace(attribution, referent=memory.get(gender)))
                continue
            told.append(attribution)
            if mention is not None:
                speaker = None if " et " in shown else mention
                lead = words[: max(0, mention[0] - start)]
                acted += (genders := _genders_of(shown, lead))
                memory.update(dict.fromkeys(genders, speaker))
        memory.update(dict.fromkeys(set(_genders_named(words)) - set(acted)))
    return told, memory if is_told_of else {}


def _acting_in(start: int, words: str) -> tuple[Span | None, str] | None:
    """Who acts in a sentence of the narrator, and the genders by which a pronoun can mean them."""
    verb = FR_FINITE.search(words)
    opening = words[: verb.start()] if verb is not None else words[:_LONGEST_OPENING]
    if FR_ACTING.pronoun.search(opening):
        return None
    names = list(FR_NAME.finditer(opening))
    if len(names) > 1:
        return None, "mf"
    if names:
        (name,) = names
        span = (start + name.start("name"), start + name.end("name"))
        return span, _genders_of(name["name"], opening[: name.start("name")])
    clause = FR_ACTING.clause.match(opening)
    if clause is None:
        return None
    if FR_ACTING.plural.match(clause["who"]):
        return None
    is_person = FR_PERSONS.search(clause["who"]) is not None
    span = (start + clause.start("who"), start + clause.end("who"))
    return (span if is_person else None), _genders_of(clause["who"], "")


_LONGEST_OPENING = 100


def _genders_named(words: str) -> str:
    """Of all whom a sentence names in full: "he" may be one of them, though another acts."""
    named = (match.group() for match in FR_ANY_NAME.finditer(words))
    return "".join(_genders_of(name, "") for name in named if " " in name)


def _genders_of(named: str, lead: str) -> str:
    """``m``, ``f``, or both where neither the name nor the article of an office tells it."""
    gender = gender_of_name(named)
    if gender is None:
        segment = lead.rstrip(" ,").rpartition(",")[2].strip() if lead.strip(" ,") else named
        first = re.split(r"[\s’']", segment.lower(), maxsplit=1)[0]
        gender = GENDER_BY_WORD.get(first) or GENDER_BY_WORD.get(named.lower().split()[0])
    return gender or "mf"


# Arabic -------------------------------------------------------------------------------------------


def _follow_arabic(
    text: str, sentences: Sequence[Sentence], before: Memory
) -> tuple[list[Attribution], Memory]:
    told: list[Attribution] = []
    memory = dict(before)
    for _, words, found in sentences:
        if not found and any(sign.isalpha() and sign != Q for sign in words):
            memory = {}  # somebody else may act
        for attribution in found:
            gender = _gender_of_verb(text[slice(*(attribution.cue or (0, 0)))])
            if attribution.mention is not None:
                memory = {gender: attribution.mention}
            referent = memory.get(gender) if attribution.mention is None else None
            is_open = attribution.mention is None and referent is None
            told.append(replace(attribution, referent=referent, is_open=is_open))
    return told, memory


def _gender_of_verb(verb: str) -> str:
    bare = verb.lstrip("وف")
    # Not by its first letter alone: "تابع" is a man's.
    return "f" if bare.endswith("ت") or bare == "تقول" else "m"


_Follow = Callable[[str, Sequence[Sentence], Memory], tuple[list[Attribution], Memory]]
_FOLLOW: dict[str, _Follow] = {"fr": _follow_french, "ar": _follow_arabic}
