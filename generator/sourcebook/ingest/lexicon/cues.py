"""The English words by which a text says that somebody said something, and what follows each.

Rows are lemmas; their forms are inflected here, so that a new verb is one word in one row. A verb
may stand in several rows. The rows were written with news text open, by how often a word reports
speech or attitude when it occurs; words that mostly do not ("show", "see") are missing on purpose
or restricted to the complement that gives them away.
"""

from __future__ import annotations

import re
from enum import Flag, auto
from typing import Literal

from . import words


class Frame(Flag):
    """What may follow a cue and be the content of the claim."""

    QUOTE = auto()
    """Words in quotation marks, before or after it ("he laughed")."""
    BARE = auto()
    """A clause without "that", or a noun phrase ("said he would go", "praised the plan")."""
    THAT = auto()
    """A clause with "that"."""
    WHETHER = auto()
    """An indirect question ("asked why")."""
    TO = auto()
    """An infinitive ("vowed to fight")."""
    PERSON = auto()
    """An addressee, then any of the others ("told reporters that", "urged him to")."""
    STANCE = auto()
    """The word tells an attitude or act, not words spoken ("supports", "refused to")."""


_SPEECH = Frame.QUOTE | Frame.BARE | Frame.THAT
_LEMMAS_BY_FRAME: tuple[tuple[Frame, str], ...] = (
    (
        _SPEECH,
        """acknowledge admit affirm allege announce argue assert boast claim conclude concede
        confirm contend declare deny disclose emphasise emphasize estimate foresee insist joke
        lament note predict proclaim reaffirm recall reckon reiterate remark report reveal
        say state stress suggest""",
    ),
    (
        Frame.QUOTE | Frame.THAT,
        """add blog brag caution clarify comment complain confide continue counter exclaim explain
        fume grumble hint imply interject marvel muse observe opine post protest quip reason rejoin
        remind repeat reply respond retort rule scoff signal speculate specify testify theorize
        tweet volunteer vow warn wonder write email""",
    ),
    (
        Frame.QUOTE,
        """answer bark bellow blurt chant chuckle cry deadpan elaborate enthuse gush howl
        implore intone laugh mock murmur plead read recount roar scream shout shrug sigh snap
        snarl summarize summarise taunt thunder urge whisper yell""",
    ),
    (
        Frame.BARE,
        """accuse applaud assail blame blast call chastise chide cite condemn criticise criticize
        decry denounce deride describe detail discuss dismiss explain extol hail laud lambaste
        mention mock oppose outline praise propose quote question rebuke reference reject repeat
        ridicule scold slam tout urge voice welcome""",
    ),
    (
        Frame.THAT,
        """agree demonstrate determine find indicate maintain promise prove show swear tell
        threaten underline underscore""",
    ),
    (Frame.BARE, "indicate"),
    (
        Frame.WHETHER,
        "ask discuss explain question wonder describe tell inquire enquire debate outline",
    ),
    (Frame.TO, "claim decline pledge promise propose swear threaten vow"),
    (
        Frame.PERSON | Frame.QUOTE | Frame.THAT | Frame.WHETHER | Frame.TO,
        "advise ask assure caution implore inform notify remind tell warn",
    ),
    (Frame.PERSON | Frame.QUOTE | Frame.TO, "promise"),
    (
        Frame.PERSON | Frame.TO,
        "advise beg encourage implore instruct invite order plead press request urge",
    ),
    (
        Frame.STANCE | Frame.BARE | Frame.THAT,
        "anticipate believe doubt expect fear hope imagine regret suspect think understand",
    ),
    (
        Frame.STANCE | Frame.THAT,
        "agree assume conclude decide decree feel learn order realize worry",
    ),
    (
        Frame.STANCE | Frame.BARE,
        """approve attack back champion consider decry defend demand doubt echo embrace endorse
        favor favour highlight ignore oppose prefer pressure support tout value view""",
    ),
    (
        Frame.STANCE | Frame.TO,
        """agree aspire decline expect hope intend offer plan prefer refuse seek
        swear threaten want wish""",
    ),
)

PREPOSITIONS: dict[str, tuple[str, ...]] = {
    "accuse": ("of",),
    "agree": ("on", "to", "with"),
    "allude": ("to",),
    "appeal": ("for",),
    "apologise": ("for",),
    "apologize": ("for",),
    "argue": ("for", "against"),
    "ask": ("about", "for"),
    "boast": ("about", "of"),
    "brag": ("about",),
    "call": ("for", "on", "upon"),
    "caution": ("against",),
    "comment": ("on",),
    "complain": ("about", "of"),
    "hint": ("at",),
    "hope": ("for",),
    "insist": ("on",),
    "joke": ("about",),
    "lash": ("out at",),
    "object": ("to",),
    "opt": ("for",),
    "point": ("out", "to"),
    "press": ("for",),
    "push": ("for",),
    "rail": ("against",),
    "refer": ("to",),
    "report": ("on",),
    "shrug": ("off",),
    "speak": ("about", "of", "out against"),
    "talk": ("about", "of"),
    "testify": ("about",),
    "urge": ("for",),
    "vow": ("on",),
    "warn": ("about", "against", "of"),
    "worry": ("about",),
    "write": ("about", "of"),
}
"""Verbs whose content follows a preposition or particle."""

FormKind = Literal["base", "s", "past", "ing"]

_IRREGULAR: dict[str, str] = {
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote writing",
    "find": "finds found finding",
    "feel": "feels felt feeling",
    "think": "thinks thought thinking",
    "foresee": "foresees foresaw foreseeing",
    "understand": "understands understood understanding",
    "mean": "means meant meaning",
    "seek": "seeks sought seeking",
    "speak": "speaks spoke speaking",
    "read": "reads read reading",
    "swear": "swears swore swearing",
}
"""Forms of verbs that do not inflect by rule: -s, past, -ing."""

_PARTICIPLES = {
    "written": "write",
    "shown": "show",
    "spoken": "speak",
    "sworn": "swear",
    "foreseen": "foresee",
    "signalled": "signal",
}

_DOUBLES = words("admit beg blog brag opt plan prefer quip rebut refer shrug slam snap signal chat")
"""Verbs that double their last letter before -ed and -ing."""


def inflect(lemma: str) -> tuple[str, str, str, str]:
    """The forms of an English verb: the lemma, -s, past, -ing."""
    if lemma in _IRREGULAR:
        third, past, ing = _IRREGULAR[lemma].split()
        return (lemma, third, past, ing)
    if lemma.endswith("e"):
        return (lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing")
    if re.search(r"[^aeiou]y$", lemma):
        return (lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing")
    third = lemma + ("es" if re.search(r"(?:s|x|z|ch|sh)$", lemma) else "s")
    stem = lemma + lemma[-1] if lemma in _DOUBLES else lemma
    return (lemma, third, stem + "ed", stem + "ing")


def _frames_by_lemma() -> dict[str, tuple[Frame, ...]]:
    rows: dict[str, list[Frame]] = {}
    for frame, lemmas in _LEMMAS_BY_FRAME:
        for lemma in lemmas.split():
            rows.setdefault(lemma, []).append(frame)
    for lemma in PREPOSITIONS:
        rows.setdefault(lemma, [])
    return {lemma: tuple(frames) for lemma, frames in rows.items()}


FRAMES: dict[str, tuple[Frame, ...]] = _frames_by_lemma()
"""The rows of each lemma."""

EVIDENCE_NOUNS = words(
    """poll polls survey surveys study studies report reports record records data figures results
    result review analysis research documents document numbers statistics estimates exit average
    census footage video transcript filings filing emails audit investigation projections"""
)
"""What shows or finds something: texts and figures. Of people, "found" tells no speech."""

EVIDENCE_VERBS = words("show find indicate suggest reveal confirm")

_KINDS: tuple[FormKind, ...] = ("base", "s", "past", "ing")

LEMMAS: dict[str, str] = {form: lemma for lemma in FRAMES for form in inflect(lemma)} | _PARTICIPLES
"""From each form, in lower case, to its lemma."""

FORM_KINDS: dict[str, FormKind] = {
    form: kind for lemma in FRAMES for kind, form in zip(_KINDS, inflect(lemma), strict=True)
} | dict.fromkeys(_PARTICIPLES, "past")
"""What each form is; where one form is two ("read"), the later in the order base, -s, past."""

SPEECH_LEMMAS = frozenset(
    lemma for lemma, frames in FRAMES.items() if any(Frame.QUOTE in frame for frame in frames)
)
"""Verbs that may introduce words in quotation marks."""

SPEECH_FORMS = frozenset(form for form, lemma in LEMMAS.items() if lemma in SPEECH_LEMMAS)
"""Their forms."""

UNSAID_BEFORE_TO = words(
    """fail failed fails refuse refused refuses decline declined declines expected likely unlikely
    hope hopes hoped want wants wanted need needs needed plan plans planned going ought rumored
    rumoured supposed afraid reluctant unable unwilling willing ready prepared able try tries tried
    trying allowed told asked ordered urged forced pressed scheduled set due about hesitant
    hesitate hesitates hesitated forbidden free hard fair impossible early difficult enough
    supposedly alleged believed reported known thought understood
    threatened threatens promised promises pledged vowed agreed"""
)
"""Words behind which "to say" tells of nothing that surely was said."""
