"""Content that follows its cue: "Lavrov said that ...", "called on them to ...", "said on Monday: ..."."""

from __future__ import annotations

from collections.abc import Sequence

from .attribution import Attribution, is_full, make_attribution, trim_end
from .clauses import find_clause_end
from .cues import RELAYING, Cue
from .lexicon import words
from .lexicon.cues import EVIDENCE_NOUNS, EVIDENCE_VERBS, PREPOSITIONS, Frame
from .lexicon.grammar import (
    AUXILIARIES,
    CONJUNCTIONS,
    DETERMINERS,
    OBJECT_PRONOUNS,
    PERSONAL_PRONOUNS,
    QUESTION_WORDS,
    SUBJECT_PRONOUNS,
)
from .lexicon.grammar import PREPOSITIONS as PREPOSITION_WORDS
from .phrases import Range, is_adverb, is_finite_verb, is_time, opens_existence
from .tokens import Token

_LONGEST_GAP = 16


def find_following(sentence: Sequence[Token], cue: Cue, cues: Sequence[Cue]) -> Attribution | None:
    """ "Lavrov said that ...", "called on them to ...", "said on Monday: ..."."""
    if cue.subject is None or cue.is_passive:
        return None  # "Ann was told that": who told her does not show
    if cue.lemma in RELAYING and _is_relayed(sentence, cue, cues):
        return None
    position = cue.subject[1] if cue.is_inverted else cue.verb + 1
    found = _content_start(sentence, position, cue)
    if found is None:
        return None
    start, is_stance = found
    if start >= len(sentence):
        return None
    first = sentence[start]
    if first.kind == "quotation" and (is_full(first) or sentence[start - 1].text in ",:"):
        end = start + 1
    else:
        end = trim_end(sentence, find_clause_end(sentence, start, cue, cues))
    content = [token for token in sentence[start:end] if token.kind != "mark"]
    if _asks_for_no_name(sentence, cue) or (
        len(content) < _SHORT and _tells_of_source(cue, content)
    ):
        return None
    if not content or (len(content) == 1 and content[0].kind == "word"):
        return None  # "said little", "declared bankruptcy"
    return make_attribution(sentence, [(start, end)], cue, is_stance)


_SHORT = 7


def _asks_for_no_name(sentence: Sequence[Token], cue: Cue) -> bool:
    """Whether it is as in "who asked not to be named said": what is said follows another verb."""
    opening = [token.lower for token in sentence[cue.verb + 1 : cue.verb + 5]]
    is_asking = cue.lemma in ("decline", "refuse") or (cue.lemma in _ASKING and "not" in opening)
    wish = [word for word in opening if word != "not"]
    return is_asking and wish[:2] == ["to", "be"] and not _NAMELESS.isdisjoint(wish[2:3])


_ASKING = words("ask request insist prefer")


def _tells_of_source(cue: Cue, content: Sequence[Token]) -> bool:
    """Whether it is told who spoke, not what: "citing two diplomats", "asked not to be named"."""
    if cue.lemma == "cite":
        return any(token.lower in _SOURCES for token in content)
    return cue.lemma in ("ask", "decline", "refuse") and content[-1].lower in _NAMELESS


_NAMELESS = words("named identified quoted anonymous anonymity")
_SOURCES = words(
    """source sources official officials diplomat diplomats people person persons witness witnesses
    document documents memo email emails e-mail e-mails report reports letter statement media"""
)


def _is_relayed(sentence: Sequence[Token], cue: Cue, cues: Sequence[Cue]) -> bool:
    """Whether "as saying" makes what follows another's words: "Tass quoted a source as saying"."""
    following = next((other for other in cues if other.verb > cue.verb), None)
    return following is not None and sentence[following.first - 1].lower == "as"


def _content_start(sentence: Sequence[Token], position: int, cue: Cue) -> tuple[int, bool] | None:
    """Where the content begins after the verb, and whether it is only an attitude's object."""
    while (
        position < len(sentence)
        and is_adverb(sentence[position])
        and sentence[position].lower not in ("not",)
        and not opens_existence(sentence, position)
    ):
        position += 1
    if position >= len(sentence):
        return None
    if _opens_with_what(sentence, cue):
        return _after_copula(sentence, position)
    frames = cue.frames
    speech = [frame for frame in frames if Frame.STANCE not in frame]
    if cue.lemma in EVIDENCE_VERBS and cue.subject and _is_evidence(sentence, cue.subject):
        speech.append(Frame.BARE)
    direct = match_start(sentence, position, speech)
    if direct is not None:
        return direct, False
    by_preposition = _after_preposition(sentence, position, cue)
    if by_preposition is not None:
        return by_preposition, not cue.is_speech
    stance = match_start(sentence, position, [frame for frame in frames if Frame.STANCE in frame])
    if stance is not None:
        return stance, True
    if any(Frame.PERSON in frame for frame in frames):
        addressed = _after_addressee(sentence, position, frames)
        if addressed is not None:
            return addressed, False
    if speech and any(Frame.THAT in frame or Frame.QUOTE in frame for frame in speech):
        gap = _after_adjunct(sentence, position, cue)
        if gap is not None:
            return gap, False
    return None


def _opens_with_what(sentence: Sequence[Token], cue: Cue) -> bool:
    """Whether the words before the verb stand for what was said: "what he said", "all she says"."""
    if not cue.is_speech or not cue.subject:
        return False  # "what Ann calls a lie" is what she says
    first = cue.subject[0]
    return any(token.lower in _WHAT for token in sentence[max(0, first - 1) : first + 1])


_WHAT = words("what everything anything nothing")


def _after_copula(sentence: Sequence[Token], position: int) -> tuple[int, bool] | None:
    """ "What he said was that ...": only a clause or words in marks are what he said."""
    if sentence[position].lower not in ("is", "was") or position + 2 >= len(sentence):
        return None
    following = sentence[position + 1]
    if following.lower == "that" or following.text in (":", ","):
        return position + 2, False
    return (position + 1, False) if following.kind == "quotation" else None


def _is_evidence(sentence: Sequence[Token], subject: Range) -> bool:
    return any(token.lower in EVIDENCE_NOUNS for token in sentence[slice(*subject)])


def match_start(sentence: Sequence[Token], position: int, frames: Sequence[Frame]) -> int | None:
    """Where the content begins if one of *frames* can be met right at *position*."""
    token = sentence[position]
    allowed = Frame(0)
    for frame in frames:
        if Frame.PERSON not in frame:
            allowed |= frame
    if Frame.QUOTE in allowed or Frame.BARE in allowed:
        if token.kind == "quotation":
            return position
        if Frame.QUOTE in allowed and token.text in (":", ",") and position + 1 < len(sentence):
            following = sentence[position + 1]
            if following.kind == "quotation" or token.text == ":":
                return position + 1
    if token.lower == "that" and (Frame.THAT in allowed or Frame.BARE in allowed):
        if _ends_at(sentence, position + 1):
            return None
        # "said that was a shame": a pronoun, and no conjunction
        return position if sentence[position + 1].lower in AUXILIARIES else position + 1
    if token.lower in QUESTION_WORDS and (Frame.WHETHER in allowed or Frame.BARE in allowed):
        return position
    if token.lower == "to" and Frame.TO in allowed:
        return position
    if (
        Frame.BARE in allowed
        and _opens_content(sentence, position)
        and not opens_time(sentence, position)
    ):
        return position
    return None


def _ends_at(sentence: Sequence[Token], position: int) -> bool:
    """Whether "He said that" is all: ", and left", a full stop."""
    if position >= len(sentence) or sentence[position].text in (".", ";", "?", "!"):
        return True
    if sentence[position].text != ",":
        return False
    return position + 1 == len(sentence) or sentence[position + 1].lower in CONJUNCTIONS


def _opens_content(sentence: Sequence[Token], position: int) -> bool:
    """Whether a clause or noun phrase can begin at *position*."""
    token = sentence[position]
    following = sentence[position + 1] if position + 1 < len(sentence) else None
    if token.lower == "at" and following is not None and following.lower in ("least", "most"):
        return True
    if token.kind == "mark":
        return token.text in "$[#‘'"
    lower = token.lower
    return not (
        is_time(token)
        or (
            lower in PREPOSITION_WORDS
            and lower not in ("about", "during", "despite", "like", "over")
        )
        or lower in ("and", "or", "but", "by", "as", "than", "to", "so", "too", "be", "been")
    )


def opens_time(sentence: Sequence[Token], position: int) -> bool:
    """Whether "last week", "this month", "30 minutes into" begins here."""
    token = sentence[position]
    following = sentence[position + 1] if position + 1 < len(sentence) else None
    if following is None:
        return False
    if token.lower in ("last", "this", "next", "earlier", "late", "early", "later", "one", "that"):
        return is_time(following) or following.lower in ("on", "in")
    return token.text.isdigit() and following.lower in (
        "minutes",
        "hours",
        "days",
        "weeks",
        "years",
    )


def _after_preposition(sentence: Sequence[Token], position: int, cue: Cue) -> int | None:
    for preposition in PREPOSITIONS.get(cue.lemma, ()):
        parts = preposition.split()
        if [token.lower for token in sentence[position : position + len(parts)]] == parts:
            start = position + len(parts)
            if start < len(sentence) and is_time(sentence[start]):
                return None  # "reported on Thursday that"
            if start < len(sentence) and sentence[start].lower == "that":
                start += 1
            return start if start < len(sentence) else None
    return None


def _after_addressee(
    sentence: Sequence[Token], position: int, frames: Sequence[Frame]
) -> int | None:
    """Where the content begins after "told reporters (in Paris) that"."""
    allowed = Frame(0)
    for frame in frames:
        if Frame.PERSON in frame:
            allowed |= frame
    for index in range(position + 1, min(len(sentence), position + _LONGEST_GAP)):
        token = sentence[index]
        has_verb = any(is_finite_verb(part) for part in sentence[position:index])
        # "told reporters it was “painful”": the fragment is inside a clause.
        is_fragment = has_verb and not is_full(token) and sentence[index - 1].text not in (",", ":")
        if token.kind == "quotation" and Frame.QUOTE in allowed and not is_fragment:
            return index
        if token.text == ":" and index + 1 < len(sentence):
            return index + 1
        if token.text in (".", ";", "?", "!"):
            break
        if token.lower == "that" and Frame.THAT in allowed:
            return index + 1
        if token.lower in ("whether", "if", "how", "why", "what") and Frame.WHETHER in allowed:
            return index
        if (
            token.lower == "to"
            and Frame.TO in allowed
            and sentence[index - 1].lower not in ("according",)
        ):
            if has_verb:
                # "warned an attack would force many to flee": a clause without "that".
                return position if Frame.THAT in allowed else None
            following = sentence[index + 1] if index + 1 < len(sentence) else None
            if (
                following is not None
                and not following.is_capitalised
                and following.lower not in DETERMINERS
            ):
                return position if Frame.QUOTE not in allowed else index
        if token.text == "," and Frame.THAT in allowed and _that_follows(sentence, index):
            return index + 2
        if (
            token.text == ","
            and index + 1 < len(sentence)
            and sentence[index + 1].kind != "quotation"
        ):
            break
    if Frame.THAT not in allowed:
        return None
    return _bare_after_addressee(sentence, position)


def _that_follows(sentence: Sequence[Token], comma: int) -> bool:
    return comma + 2 < len(sentence) and sentence[comma + 1].lower == "that"


def _bare_after_addressee(sentence: Sequence[Token], position: int) -> int | None:
    """ "told her he would": the clause after a short addressee, where it shows its own subject."""
    if sentence[position].lower in DETERMINERS and position + 1 < len(sentence):
        position += 1  # "told the BBC he would"
    first = sentence[position]
    end = position + 1
    if first.lower not in OBJECT_PRONOUNS and first.lower not in ("reporters", "journalists"):
        while end < len(sentence) and sentence[end].is_capitalised == first.is_capitalised:
            if (
                sentence[end].kind != "word"
                or sentence[end].lower in SUBJECT_PRONOUNS | DETERMINERS
            ):
                break
            if sentence[end].lower in ("about", "against"):
                # "warned the ministry about cracks in the dam"
                return end + 1 if end + 1 < len(sentence) else None
            end += 1
    while end < len(sentence) and is_time(sentence[end]):
        end += 1
    if end >= len(sentence):
        return None
    token = sentence[end]
    if token.lower in PERSONAL_PRONOUNS | DETERMINERS or (
        token.is_capitalised and not first.is_capitalised
    ):
        return end
    return None


def _after_adjunct(sentence: Sequence[Token], position: int, cue: Cue) -> int | None:
    """Where the content begins after "said on Monday (in Paris)": at "that", a colon or a mark."""
    if sentence[position].text == ",":
        # "said, in an interview, that"
        position += 1
        openers = PREPOSITION_WORDS | {"that"}
    else:
        openers = PREPOSITION_WORDS | _TIME_OPENERS
    if position >= len(sentence):
        return None
    if sentence[position].lower not in openers and not is_time(sentence[position]):
        return None
    bare = _after_day(sentence, position) if Frame.BARE in _union(cue.frames) else None
    for index in range(position, min(len(sentence) - 1, position + _LONGEST_GAP + 4)):
        token, following = sentence[index], sentence[index + 1]
        if index == bare:
            return index
        is_that = token.lower == "that" and index > position
        if is_that and sentence[index - 1].lower not in PREPOSITION_WORDS:
            return index + 1
        if token.text == ":" or (token.text == "," and following.kind == "quotation"):
            return index + 1
        if token.kind == "quotation" and is_full(token):
            return index
        if token.text in (".", ";", "?", "!"):
            return None
    last = len(sentence) - 1
    closes = last < position + _LONGEST_GAP + 4 and sentence[last].kind == "quotation"
    return last if closes and is_full(sentence[last]) else None


_TIME_OPENERS = words("this last earlier while")
_TIME_PREPOSITIONS = words("on this last late early in earlier at")


def _after_day(sentence: Sequence[Token], position: int) -> int | None:
    """The position after "Sunday" in "said Sunday he would", where a clause can begin."""
    index = position
    while index < len(sentence) and (
        is_time(sentence[index]) or sentence[index].lower in _TIME_PREPOSITIONS
    ):
        index += 1
    if index == position or index >= len(sentence) or not is_time(sentence[index - 1]):
        return None
    token = sentence[index]
    opens = token.lower in PERSONAL_PRONOUNS | DETERMINERS or token.is_capitalised
    return index if opens and token.lower != "that" else None


def _union(frames: Sequence[Frame]) -> Frame:
    result = Frame(0)
    for frame in frames:
        result |= frame
    return result
