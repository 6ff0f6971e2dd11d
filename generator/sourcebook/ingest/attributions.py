"""Which words of a paragraph are attributed to whom: spans, cue and mention, before any names.

Sentence by sentence: the cues; for each the content before or after it; "according to"; the
quotations that are left. A sentence that is only a quotation goes on with the one before it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from .according import find_according_to
from .attribution import (
    Attribution,
    inside,
    is_only_quotation,
    is_title,
    make_attribution,
    mention_of,
    span_of,
    trim_end,
)
from .cues import find_cues
from .following import find_following
from .lexicon import words
from .lexicon.cues import LEMMAS
from .lexicon.grammar import SUBJECT_PRONOUNS
from .lexicon.titles import SPEAKING_ROLES, TITLES
from .preceding import find_preceding
from .subjects import find_main_subject
from .tokens import Token
from .unclaimed import find_unclaimed
from .unsaid import is_unsaid

_LONGEST_SENTENCE = 400
"""Tokens; nobody writes longer ones, and reading one takes time by the square of its length."""


def find_attributions(sentences: Sequence[Sequence[Token]]) -> list[Attribution]:
    """The attributions of one paragraph, in the order of their cues."""
    found: list[Attribution] = []
    for sentence in sentences:
        of_sentence = _of_sentence(sentence) if len(sentence) < _LONGEST_SENTENCE else []
        if not of_sentence and _starts_with_quotation(sentence):
            _continue_quotation(sentence, found)
        found.extend(of_sentence)
    return found


def _is_nested(attribution: Attribution, found: Sequence[Attribution]) -> bool:
    """Whether the cue stands in what another speaker is reported to say: his claim holds it."""
    if attribution.cue is None or attribution.is_whole:
        return False
    at = attribution.cue[0]
    return any(
        start <= at < end
        for other in found
        if other is not attribution and (attribution.is_stance or not other.is_stance)
        for start, end in other.spans
    )


def _of_sentence(sentence: Sequence[Token]) -> list[Attribution]:
    cues = find_cues(sentence)
    found = [*find_according_to(sentence)]
    for cue in cues:
        attribution = find_preceding(sentence, cue, cues) or find_following(sentence, cue, cues)
        if attribution is not None:
            unsaid = is_unsaid(sentence, cue)
            found.append(replace(attribution, is_unsaid=True) if unsaid else attribution)
    found = [a for a in found if not _only_relays(sentence, a, found)]
    found.sort(key=lambda a: a.cue or a.spans[0])
    found.extend(find_unclaimed(sentence, found))
    return [attribution for attribution in found if not _is_nested(attribution, found)]


def _only_relays(
    sentence: Sequence[Token], attribution: Attribution, found: Sequence[Attribution]
) -> bool:
    """Whether "according to the minutes" tells where it stands that somebody else said it."""
    cue, mention = attribution.cue, attribution.mention
    if cue is None or mention is None:
        return False
    first = next(token for token in sentence if token.start == cue[0])
    if first.lower != "according":
        return False
    is_text = any(
        token.lower in _TEXTS for token in sentence if mention[0] <= token.start < mention[1]
    )
    return any(
        other is not attribution
        and other.cue is not None
        and (other.is_whole or (is_text and not (other.is_stance or other.is_unsaid)))
        and any(start <= other.cue[0] < end for start, end in attribution.spans)
        for other in found
    )


_TEXTS = words(
    """minutes transcript transcripts letter letters email emails e-mail e-mails memo memos report
    reports document documents statement filing filings record records notes diary cable cables
    recording recordings testimony affidavit complaint interview"""
)


def drop_works(found: Sequence[Attribution], tokens: Sequence[Token]) -> list[Attribution]:
    """*found* without the names of works, as in 'who wrote "The Old Man and the Sea"'.

    For running text: in a headline everything has capitals.
    """
    works = {t.inner_start for t in tokens if t.kind == "quotation" and is_title(t)}
    return [a for a in found if len(a.spans) > 1 or a.spans[0][0] not in works]


def _starts_with_quotation(sentence: Sequence[Token]) -> bool:
    first = next((token for token in sentence if token.kind != "mark"), None)
    return first is not None and first.kind == "quotation"


def _continue_quotation(sentence: Sequence[Token], found: list[Attribution]) -> None:
    """A sentence that opens with a quotation and has no cue goes on with the claim before it.

    One with words of the narrator after the quotation does so only where that claim is quoted too.
    """
    quoted = is_only_quotation(sentence, (0, len(sentence)))
    position = next((i for i in reversed(range(len(found))) if found[i].is_quoted), None)
    # "..., he said" that no rule could read is another statement, perhaps another's.
    if position is not None and not any(token.lower in LEMMAS for token in sentence):
        span = span_of(sentence, (_first_word(sentence), trim_end(sentence, len(sentence))))
        found[position] = replace(found[position], spans=(*found[position].spans, span))
    elif quoted and not any(t.text.isupper() or t.text.endswith(":") for t in sentence):
        spans = tuple(inside(t) for t in sentence if t.kind == "quotation")
        mention = found[-1].mention if found else None
        found.append(Attribution(spans, None, mention, is_quoted=True))


def _first_word(sentence: Sequence[Token]) -> int:
    return next(i for i, token in enumerate(sentence) if token.kind != "mark")


def find_announcement(sentences: Sequence[Sequence[Token]]) -> Attribution | None:
    """The cue and speaker by which a paragraph announces the block quotation below it; no spans."""
    if not sentences:
        return None
    sentence = sentences[-1]
    for cue in reversed(find_cues(sentence)):
        if cue.subject is not None and not cue.is_passive:
            return replace(make_attribution(sentence, [(cue.verb, cue.verb + 1)], cue), spans=())
    subject = find_main_subject(sentence, len(sentence))
    if subject is None:
        return None
    if subject[1] == len(sentence) - 1 and not _may_speak(sentence[subject[1] - 1]):
        return None  # "Begin text:"
    last = sentence[-1]
    return Attribution((), (last.start, last.end), mention_of(sentence, subject))


def _may_speak(noun: Token) -> bool:
    """Whether a phrase that ends with *noun* can name somebody."""
    return (
        noun.is_capitalised
        or noun.lower in SUBJECT_PRONOUNS | TITLES
        or noun.lower in SPEAKING_ROLES
        or noun.lower.endswith("s")
    )
