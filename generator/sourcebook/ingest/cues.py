"""Finds the words of a sentence that report speech or attitude, each with its subject.

A form such as "claims" or "report" is a verb only beside the right neighbours; where these do not
show it, it is left alone: a missed claim is added by its reader, a wrong one has to be noticed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .lexicon import words
from .lexicon.cues import (
    FORM_KINDS,
    FRAMES,
    LEMMAS,
    SPEECH_LEMMAS,
    FormKind,
    Frame,
)
from .lexicon.grammar import (
    AUXILIARIES,
    BE_FORMS,
    CONJUNCTIONS,
    DETERMINERS,
    NEGATIONS,
    OBJECT_PRONOUNS,
    PERSONAL_PRONOUNS,
    PREPOSITIONS,
    RELATIVES,
)
from .phrases import (
    Range,
    is_adverb,
    is_finite_verb,
    is_time,
    noun_phrase_after,
)
from .subjects import find_main_subject, find_subject_before
from .tokens import Token
from .verbs import (
    AMBIGUOUS,
    closes_statement,
    has_complement,
    is_agent,
    is_label,
    is_noun,
    is_plural,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb of speech or attitude in a sentence. Positions are indexes of tokens."""

    first: int
    """The first token of the verb group ("has" in "has said")."""
    verb: int
    lemma: str
    form: FormKind
    subject: Range | None
    """None where the sentence names nobody: "it is feared that"."""
    is_passive: bool = False
    is_inverted: bool = False
    """The subject follows: "said Lavrov"."""
    shares_subject: bool = False
    """A participle or second verb, whose subject is that of the clause before it."""
    relayed_by: Range | None = None
    """The subject of "quoted" in "Tass quoted him as saying"."""

    @property
    def frames(self) -> tuple[Frame, ...]:
        """What may follow the verb."""
        return FRAMES[self.lemma]

    @property
    def is_speech(self) -> bool:
        """Whether the verb can introduce words in quotation marks."""
        return self.lemma in SPEECH_LEMMAS


def find_cues(sentence: Sequence[Token]) -> list[Cue]:
    """The cues of a sentence, in order; each form is looked at once."""
    cues: list[Cue] = []
    for index, token in enumerate(sentence):
        if token.lower not in LEMMAS or token.kind != "word":
            continue
        if token.is_capitalised and index and not _follows_opening(sentence, index):
            continue
        cue = _read_cue(sentence, index, cues)
        if cue is not None:
            cues.append(cue)
    return cues


def _follows_opening(sentence: Sequence[Token], index: int) -> bool:
    return sentence[index - 1].kind == "quotation" or sentence[index - 1].text in "—–:"


def _read_cue(sentence: Sequence[Token], index: int, cues: Sequence[Cue]) -> Cue | None:
    token = sentence[index]
    form = FORM_KINDS[token.lower]
    lemma = LEMMAS[token.lower]
    first = _start_of_group(sentence, index)
    previous = sentence[first - 1] if first else None
    if form == "ing":
        return _read_participle(sentence, index, first, lemma, cues)
    group = sentence[first:index]
    has_auxiliary = any(part.lower in AUXILIARIES for part in group)
    if any(part.lower in BE_FORMS for part in group) and form == "past":
        subject = find_subject_before(sentence, first)
        return Cue(first, index, lemma, form, subject, is_passive=True)
    if previous is not None and not has_auxiliary and is_noun(lemma, form, previous):
        return None
    if previous is not None and previous.lower == "to":
        return _read_infinitive(sentence, index, first - 1, lemma, cues)
    inverted = _inverted_subject(sentence, index, previous, form)
    if inverted is not None:
        return Cue(first, index, lemma, form, inverted, is_inverted=True)
    if previous is not None and previous.lower in CONJUNCTIONS:
        return _read_coordinated(sentence, index, first, lemma, form, cues)
    subject = find_subject_before(sentence, first)
    if subject is None or (
        form == "base" and not has_auxiliary and not is_plural(sentence, subject)
    ):
        return None
    if subject == (first - 1, first) and sentence[subject[0]].text.isdigit():
        return None  # "35 state legislatures"
    is_doubtful = lemma in AMBIGUOUS and form != "past" and not has_auxiliary
    is_doubtful = is_doubtful and not (lemma in RELAYING and _relays(sentence, index))
    if is_doubtful and not (
        (has_complement(sentence, index) and is_agent(sentence, index, subject))
        or closes_statement(sentence, index, subject)
    ):
        return None
    if lemma in ("call", "name") and is_label(sentence, first, has_auxiliary):
        return None
    return Cue(first, index, lemma, form, subject)


def _start_of_group(sentence: Sequence[Token], index: int) -> int:
    """Where the verb group that ends with the verb at *index* begins."""
    first = index
    while first:
        token = sentence[first - 1]
        if (
            (
                (token.lower in AUXILIARIES or token.lower in NEGATIONS)
                and token.kind == "word"
                and not (token.text == "May" and first > 1)  # Theresa May
            )
            or (
                token.text in ("'s", "’s")
                and first - 1
                and sentence[first - 2].lower in ("he", "she", "it", "who")
            )
            or (is_adverb(token) and first > 1 and not token.is_capitalised)
        ):
            first -= 1
        else:
            break
    # Adverbs before the group belong to the sentence.
    while first < index and is_adverb(sentence[first]) and sentence[first].lower not in NEGATIONS:
        first += 1
    return first


def _inverted_subject(
    sentence: Sequence[Token], index: int, previous: Token | None, form: FormKind
) -> Range | None:
    """The subject after the verb: "..., said Lavrov", "said one diplomat" after a quotation."""
    lemma = LEMMAS[sentence[index].lower]
    if form == "base" or not (
        previous is None
        or previous.kind == "quotation"
        or previous.text in (",", "—", "–", "-", "―")
    ):
        return None
    if lemma not in SPEECH_LEMMAS:
        return None
    after_quotation = previous is None or previous.kind == "quotation"
    takes_addressee = any(Frame.PERSON in frame for frame in FRAMES[lemma])
    if not after_quotation and takes_addressee:
        return None
    subject = noun_phrase_after(sentence, index + 1)
    if subject is None or not (after_quotation or _ends_statement(sentence, index - 1, subject)):
        return None
    head = sentence[subject[0]]
    if head.lower in OBJECT_PRONOUNS or head.lower in ("that", "there"):
        return None
    if head.lower in PERSONAL_PRONOUNS and not after_quotation:
        return None
    if subject[1] < len(sentence) and is_finite_verb(sentence[subject[1]]):
        return None
    return None if not after_quotation and _opens_clause(sentence, subject[1]) else subject


def _opens_clause(sentence: Sequence[Token], position: int) -> bool:
    """Whether a noun phrase goes on to a verb: "said the rise of prices was ..." has no subject
    behind its verb."""
    for token in sentence[position:]:
        if (token.kind == "mark" and token.text in ",.;:—–") or token.lower in RELATIVES:
            return False
        if is_finite_verb(token):
            return True
    return False


def _ends_statement(sentence: Sequence[Token], comma: int, subject: Range) -> bool:
    """Whether the text before a comma is a statement that "said X" may follow; X is *subject*."""
    start, end = subject
    # "said Ann Lee", "said the mayor": neither a clause, as in "said six men stood there", nor an
    # object, as in "confirmed the report".
    is_holder = sentence[end - 1].is_capitalised or (
        sentence[start].lower in DETERMINERS
        and end - start == 2
        and LEMMAS[sentence[comma + 1].lower] == "say"
    )
    return any(
        token.kind == "quotation"
        or (is_finite_verb(token) and (is_holder or not _tells_of_noun(sentence, place)))
        for place, token in enumerate(sentence[:comma])
    )


def _tells_of_noun(sentence: Sequence[Token], place: int) -> bool:
    """Whether "published on Tuesday" stands right behind a comma: "The report, published ..., said"."""
    if not place or sentence[place - 1].text != "," or not sentence[place].lower.endswith("ed"):
        return False
    if sentence[0].lower not in DETERMINERS:
        return False  # "Prices rose, followed by wages, said bankers"
    following = sentence[place + 1]
    return following.lower in PREPOSITIONS or is_time(following)


def _read_participle(
    sentence: Sequence[Token], index: int, first: int, lemma: str, cues: Sequence[Cue]
) -> Cue | None:
    """ "saying": after "is" a finite verb, after a comma or preposition a second verb."""
    if any(token.lower in _PROGRESSIVE for token in sentence[first:index]):
        subject = find_subject_before(sentence, first)
        return Cue(first, index, lemma, "ing", subject) if subject else None
    previous = sentence[first - 1] if first else None
    if previous is None or previous.lower in DETERMINERS | {"of", "'s", "’s"}:
        return None
    quoting = cues[-1] if previous.lower == "as" and cues else None
    if quoting is not None and quoting.lemma in RELAYING:
        return _read_relayed(sentence, index, first, lemma, quoting)
    if previous.lower == "as":
        return None
    joins = previous.text in _COMMAS or previous.lower in _BEFORE_PARTICIPLES
    if joins or previous.kind == "quotation":
        shared = _shared_subject(sentence, first, cues)
        return Cue(first, index, lemma, "ing", shared, shares_subject=True) if shared else None
    subject = find_subject_before(sentence, first)
    if subject is None:
        return None
    # "issued a statement saying": the text speaks for the one who issued it.
    text = sentence[subject[1] - 1].lower
    if text in _TEXTS and (text.endswith("s") or sentence[subject[0]].lower in ("a", "an")):
        shared = _shared_subject(sentence, subject[0], cues)
        return Cue(first, index, lemma, "ing", shared or subject, shares_subject=True)
    return Cue(first, index, lemma, "ing", subject)


def _relays(sentence: Sequence[Token], index: int) -> bool:
    """Whether "as saying" follows a verb soon."""
    near = [token.lower for token in sentence[index + 1 : index + _LONGEST_SOURCE]]
    return any(near[i : i + 2] == ["as", "saying"] for i in range(len(near)))


_LONGEST_SOURCE = 12


def _read_relayed(
    sentence: Sequence[Token], index: int, first: int, lemma: str, quoting: Cue
) -> Cue | None:
    """ "Tass quoted a source as saying", "the minister was quoted (by Tass) as saying"."""
    if quoting.is_passive:
        return Cue(first, index, lemma, "ing", quoting.subject) if quoting.subject else None
    source = noun_phrase_after(sentence, quoting.verb + 1)
    if source is None or source[1] > first:
        return None
    return Cue(first, index, lemma, "ing", source, relayed_by=quoting.subject)


RELAYING = words("quote cite report")
"""Lemmas of verbs by which one tells what another said, before "as saying"."""

_PROGRESSIVE = BE_FORMS | words("'s ’s 're ’re 'm ’m")
_COMMAS = words(", — – - ―")
_BEFORE_PARTICIPLES = PREPOSITIONS | CONJUNCTIONS | words("while when instead")
_TEXTS = words(
    """statement letter tweet report memo email post message note interview article editorial op-ed
    ad video speech speeches release remarks statements tweets letters advisory communiqué"""
)


def _shared_subject(sentence: Sequence[Token], before: int, cues: Sequence[Cue]) -> Range | None:
    for position in reversed(range(len(cues))):
        cue = cues[position]
        if cue.subject is None or cue.verb >= before or cue.is_passive:
            continue
        if position and _is_dependent(sentence, cues[position - 1], cue):
            continue
        return cue.subject
    return find_main_subject(sentence, before)


def _is_dependent(sentence: Sequence[Token], outer: Cue, inner: Cue) -> bool:
    """Whether a cue belongs to what the one before it reports: "told them that she believes"."""
    if inner.subject is None or inner.shares_subject or outer.verb >= inner.subject[0]:
        return False
    between = sentence[outer.verb + 1 : inner.subject[0]]
    return not any(
        token.text in (",", ";", "—", "–") or token.lower in ("and", "but") for token in between
    )


def _read_coordinated(
    sentence: Sequence[Token],
    index: int,
    first: int,
    lemma: str,
    form: FormKind,
    cues: Sequence[Cue],
) -> Cue | None:
    """ "... and urged": a second verb with the subject of the first."""
    if form == "base":
        return None
    if lemma in AMBIGUOUS and form == "s" and not has_complement(sentence, index):
        return None
    subject = _shared_subject(sentence, first - 1, cues)
    return Cue(first, index, lemma, form, subject, shares_subject=True) if subject else None


def _read_infinitive(
    sentence: Sequence[Token], index: int, to: int, lemma: str, cues: Sequence[Cue]
) -> Cue | None:
    """ "went on to say that": only before what the verb plainly says."""
    if index + 1 >= len(sentence):
        return None
    following = sentence[index + 1]
    says = following.lower == "that" or following.kind == "quotation" or following.text == ":"
    if not says and lemma != "say":
        return None
    subject = _shared_subject(sentence, to, cues)
    return Cue(index, index, lemma, "base", subject, shares_subject=True) if subject else None
