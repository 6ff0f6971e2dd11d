"""Which verbs of speech tell that nothing was said: denied, doubted, asked about, only supposed.

"It is not true that Ann said ...", "Ann did not say ...", "if Ann says ...": the words behind such a
verb are in the text, but nobody is reported to have said them.
"""

from __future__ import annotations

from collections.abc import Sequence

from .cues import Cue
from .lexicon import words
from .lexicon.cues import UNSAID_BEFORE_TO
from .lexicon.grammar import AUXILIARIES, NEGATIONS, QUESTION_WORDS
from .tokens import Token

_NOBODIES = words("nobody no none neither anybody anyone")
_SUPPOSING = words("if unless lest whether")
_POSSIBLE = words("may might could should can cannot must")
_PLAIN_VERBS = words("say claim tell admit announce declare insist argue")
_DOUBTFUL = words(
    "untrue false unclear wrong incorrect unlikely doubtful impossible inconceivable unknown"
)
_SURE = words("true clear certain known correct case")
_PROOFS = words("evidence proof indication record sign suggestion question")
_RUMOURS = words(
    """claim claims allegation allegations rumour rumours rumor rumors suggestion suggestions idea
    notion myth story impression accusation accusations assertion assertions"""
)
_FRAME = 6
"""Tokens before "that" in which its clause is doubted."""


def is_unsaid(sentence: Sequence[Token], cue: Cue) -> bool:
    """Whether the sentence does not report that the subject of *cue* said it."""
    if not cue.is_speech or cue.subject is None:
        return False
    if _is_only_meant(sentence, cue) or _is_negated(sentence, cue):
        return True
    if len(sentence) > 1 and sentence[1].text == ":" and sentence[0].lower in _RUMOURS:
        return True  # "Claim: the mayor said ..."
    if sentence[-1].text == "?" and sentence[0].lower in AUXILIARIES:
        return True
    if cue.is_inverted:
        return False
    first = sentence[cue.subject[0]]
    is_bare = cue.subject[1] - cue.subject[0] == 1
    if first.lower in _NOBODIES and (is_bare or first.lower == "no"):
        return True
    if cue.subject[0] and sentence[cue.subject[0] - 1].lower == "nor":
        return True
    if first.lower in ("who", "what") and cue.subject[0] == 0 and sentence[-1].text == "?":
        return True
    return not cue.shares_subject and _is_doubted(sentence, cue, cue.subject[0])


def _is_only_meant(sentence: Sequence[Token], cue: Cue) -> bool:
    """ "may say", "is expected to announce"."""
    if cue.lemma not in _PLAIN_VERBS:
        return False
    if cue.form == "base" and cue.verb > 1 and sentence[cue.verb - 1].lower == "to":
        return sentence[cue.verb - 2].lower in UNSAID_BEFORE_TO
    return any(token.lower in _POSSIBLE for token in sentence[cue.first : cue.verb])


def _is_negated(sentence: Sequence[Token], cue: Cue) -> bool:
    """ "did not say that", "never claimed"; but "did not say whether" tells what was left open."""
    if cue.lemma not in _PLAIN_VERBS:
        return False
    if any(token.lower in QUESTION_WORDS for token in sentence[cue.verb + 1 : cue.verb + 4]):
        return False
    return any(
        _is_negation(sentence[index].lower) and sentence[index + 1].lower not in ("only", "just")
        for index in range(cue.first, cue.verb)
    )


def _is_negation(word: str) -> bool:
    return word in NEGATIONS or word.endswith(("n't", "n’t"))


def _is_doubted(sentence: Sequence[Token], cue: Cue, opening: int) -> bool:
    """Whether what stands before the subject takes the report back: "it is false that", "if"."""
    if not opening:
        return False
    before = sentence[opening - 1]
    if before.lower in _SUPPOSING or before.text == "Had":
        return cue.lemma in _PLAIN_VERBS
    if before.lower != "that" or opening < 2:
        return False
    frame = [token.lower for token in sentence[max(0, opening - 1 - _FRAME) : opening - 1]]
    last = frame[-1]
    if last in _DOUBTFUL | _RUMOURS or last == "not":
        return True
    return last in _SURE | _PROOFS and any(map(_is_negation, frame))
