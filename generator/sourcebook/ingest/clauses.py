"""Where indirect speech ends: the place at which most mistakes about it are made.

A clause runs to the end of its sentence unless one of the rules here ends it sooner. Each was kept
because, in news text, what follows is the narrator's more often than the speaker's.
"""

from __future__ import annotations

from collections.abc import Sequence

from .attribution import DASHES
from .cues import Cue
from .lexicon import words
from .lexicon.grammar import CONJUNCTIONS, PERSONAL_PRONOUNS, SUBORDINATORS
from .phrases import is_adverb, is_finite_verb
from .tokens import Token

_ENDS_AFTER_COMMA = words("although though despite after which where even while")
"""Words that, after a comma, lead back to the narrator more often than not."""


def find_clause_end(sentence: Sequence[Token], start: int, cue: Cue, cues: Sequence[Cue]) -> int:
    """The position after the last word of indirect speech that begins at *start*."""
    cue_at = {other.first: other for other in cues if other.first > start}
    first_comma_ends = _is_inserted(sentence, cue)
    opened = 0
    for index in range(start, len(sentence)):
        token = sentence[index]
        if token.kind == "word":
            if (
                index > start
                and token.lower in ("and", "but")
                and _starts_second_verb(sentence, index, cue, cue_at)
            ):
                return index
            if index in cue_at and _adds_to_quotation(sentence[index - 1], cue_at[index]):
                return index
            continue
        if token.text == "(":
            opened += 1
        elif token.text == ")":
            if not opened:
                return index
            opened -= 1
        elif token.text == ";" and not opened:
            return index
        elif token.text in DASHES and not opened and index > start:
            if _dash_ends(sentence, index, cue):
                return index
        elif token.text == "," and not opened and index > start:
            ends = first_comma_ends or _comma_ends(sentence, index, cue_at)
            if ends and not _parts_subject(sentence, start, index):
                return index
    return len(sentence)


def _adds_to_quotation(before: Token, other: Cue) -> bool:
    """Whether a second verb stands behind words in marks that hold the comma: '“a shame,” adding'."""
    return before.kind == "quotation" and before.text.endswith(",") and other.shares_subject


def _parts_subject(sentence: Sequence[Token], start: int, comma: int) -> bool:
    """Whether the clause at *comma* is inserted behind the subject: "the country, which ..., is"."""
    following = sentence[comma + 1] if comma + 1 < len(sentence) else None
    return (
        following is not None
        and following.lower in ("which", "who", "where", "whose")
        and not any(is_finite_verb(token) for token in sentence[start:comma])
        and any(token.text == "," for token in sentence[comma + 2 :])
    )


def _is_inserted(sentence: Sequence[Token], cue: Cue) -> bool:
    """Whether the cue's own clause is inserted in another, so that its next comma closes it."""
    opening = cue.subject[0] if cue.subject and not cue.shares_subject else cue.first
    if opening == 0:
        return False
    head = sentence[opening]
    before = sentence[opening - 1]
    if head.lower in ("who", "which") and before.text == ",":
        return True
    if before.lower in SUBORDINATORS and before.lower not in ("that", "because", "so", "than"):
        return opening == 1 or (opening == 2 and sentence[0].lower in CONJUNCTIONS)
    if cue.form == "ing":
        lead = sentence[cue.first - 1]
        return lead.lower in (
            "by",
            "after",
            "before",
            "while",
            "in",
            "when",
            "without",
            "despite",
        ) and (cue.first == 1 or sentence[cue.first - 2].text == ",")
    return False


def _dash_ends(sentence: Sequence[Token], index: int, cue: Cue) -> bool:
    following = sentence[index + 1] if index + 1 < len(sentence) else None
    dashes_before = sum(token.text == sentence[index].text for token in sentence[: cue.first])
    if dashes_before % 2:
        return True
    return following is not None and following.lower in (
        "a",
        "an",
        "the",
        "though",
        "although",
        "even",
    )


def _comma_ends(sentence: Sequence[Token], index: int, cue_at: dict[int, Cue]) -> bool:
    if index + 1 >= len(sentence):
        return True
    following = sentence[index + 1]
    second = sentence[index + 2] if index + 2 < len(sentence) else None
    lower = following.lower
    position = index + 1
    while position < len(sentence) - 1 and is_adverb(sentence[position]):
        position += 1
    other = cue_at.get(position) or cue_at.get(index + 1)
    if other is not None and other.shares_subject:
        return True
    if lower in ("according", "adding"):
        return True
    if lower in _ENDS_AFTER_COMMA and not (
        lower == "even" and second is not None and second.lower == "if"
    ):
        return True
    if second is None:
        return False
    if lower == "but" and second.lower == "according":
        return True
    if _closes_sentence(sentence, index + 1, cue_at):
        return True
    if lower == "but":
        return (
            second.lower in PERSONAL_PRONOUNS | {"the", "also"}
            or second.is_capitalised
            or index + 2 in cue_at
        )
    if lower == "and":
        return (
            second.lower in ("he", "she", "they")
            or (index + 2 in cue_at and cue_at[index + 2].shares_subject)
            or _opens_another(index + 2, cue_at)
        )
    if lower in ("a", "an"):
        return not any(token.text == "," for token in sentence[index + 2 :])
    return False


def _opens_another(position: int, cue_at: dict[int, Cue]) -> bool:
    """Whether somebody else's statement begins: ", and a newspaper described him as"."""
    return any(
        cue.subject is not None
        and cue.subject[0] == position
        and cue.is_speech
        and not cue.shares_subject
        for cue in cue_at.values()
    )


def _closes_sentence(sentence: Sequence[Token], position: int, cue_at: dict[int, Cue]) -> bool:
    """Whether ", the agency reported." stands at *position* and ends the sentence."""
    return any(
        cue.subject is not None
        and cue.subject[0] == position
        and cue.is_speech
        and all(token.kind == "mark" for token in sentence[cue.verb + 1 :])
        for cue in cue_at.values()
    )


def _starts_second_verb(
    sentence: Sequence[Token], index: int, cue: Cue, cue_at: dict[int, Cue]
) -> bool:
    """Whether "and" joins a second verb of the speaker: "said it was late and urged patience"."""
    position = index + 1
    while position < len(sentence) and is_adverb(sentence[position]):
        position += 1
    other = cue_at.get(position) or cue_at.get(index + 1)
    if other is None or not other.shares_subject:
        return False
    return other.form == cue.form or (other.form, cue.form) in (("past", "base"), ("past", "s"))
