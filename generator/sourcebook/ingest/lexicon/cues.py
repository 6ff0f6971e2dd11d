"""The English words by which a text says that somebody said something, and what follows each.

Rows are lemmas; their forms are inflected here, so that a new verb is one word in one row. A verb
may stand in several rows. The rows were written with news text open, by how often a word reports
speech or attitude when it occurs; words that mostly do not ("show", "see") are missing on purpose
or restricted to the complement that gives them away.
"""

from __future__ import annotations

import re
from enum import Flag, auto


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
        lament maintain note predict proclaim reaffirm recall reckon reiterate remark report reveal
        say state stress suggest underline underscore""",
    ),
    (
        Frame.QUOTE | Frame.THAT,
        """add blog brag caution clarify comment complain confide continue counter exclaim explain
        fume grumble hint imply interject marvel muse observe opine post protest quip reason rejoin
        remind repeat reply respond retort rule scoff signal speculate specify testify theorize
        tweet volunteer vow warn wonder write""",
    ),
    (
        Frame.QUOTE,
        """answer bark begin bellow blurt chant chuckle cry deadpan elaborate enthuse gush howl
        implore intone laugh mock murmur plead read recount roar scream shout shrug sigh snap
        snarl summarize summarise taunt thunder urge whisper yell""",
    ),
    (
        Frame.BARE,
        """accuse applaud assail blame blast call chastise chide cite condemn criticise criticize
        decry denounce deride describe detail discuss dismiss explain extol hail laud lambaste
        mention mock oppose outline praise propose quote question rebuke reference reject repeat
        ridicule scold slam tout urge voice warn welcome""",
    ),
    (
        Frame.THAT,
        "agree demonstrate determine find indicate promise prove show swear tell threaten",
    ),
    (Frame.BARE, "indicate"),
    (
        Frame.WHETHER,
        "ask discuss explain question wonder describe tell inquire enquire debate outline",
    ),
    (Frame.TO, "claim decline pledge promise propose swear threaten vow"),
    (
        Frame.PERSON | Frame.QUOTE | Frame.THAT | Frame.WHETHER | Frame.TO,
        "advise ask assure brief caution challenge email implore inform notify remind tell warn",
    ),
    (
        Frame.PERSON | Frame.TO,
        "advise beg encourage implore instruct invite order plead press request urge",
    ),
    (
        Frame.STANCE | Frame.BARE | Frame.THAT,
        """anticipate believe deem doubt expect fear feel hope imagine regret suspect think
        understand""",
    ),
    (Frame.STANCE | Frame.THAT, "agree assume conclude decide decree learn order realize worry"),
    (
        Frame.STANCE | Frame.BARE,
        """approve attack back champion consider decry defend demand doubt echo embrace endorse
        favor favour highlight ignore oppose prefer pressure support tout value view""",
    ),
    (
        Frame.STANCE | Frame.TO,
        """agree aim aspire choose consent decide decline elect expect hope intend mean
        offer plan prefer prepare refuse seek struggle swear threaten want wish""",
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
    "focus": ("on",),
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
    "vow": ("on",),
    "warn": ("about", "against", "of"),
    "worry": ("about",),
    "write": ("about", "of"),
}
"""Verbs whose content follows a preposition or particle."""

_IRREGULAR: dict[str, str] = {
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote written writing",
    "find": "finds found finding",
    "feel": "feels felt feeling",
    "think": "thinks thought thinking",
    "begin": "begins began begun beginning",
    "foresee": "foresees foresaw foreseen foreseeing",
    "understand": "understands understood understanding",
    "mean": "means meant meaning",
    "seek": "seeks sought seeking",
    "show": "shows showed shown showing",
    "speak": "speaks spoke spoken speaking",
    "read": "reads read reading",
    "swear": "swears swore sworn swearing",
    "choose": "chooses chose chosen choosing",
    "shrug": "shrugs shrugged shrugging",
    "snap": "snaps snapped snapping",
    "admit": "admits admitted admitting",
    "quip": "quips quipped quipping",
    "blog": "blogs blogged blogging",
    "brag": "brags bragged bragging",
    "slam": "slams slammed slamming",
    "plan": "plans planned planning",
    "refer": "refers referred referring",
    "prefer": "prefers preferred preferring",
    "rebut": "rebuts rebutted rebutting",
    "beg": "begs begged begging",
    "opt": "opts opted opting",
    "signal": "signals signaled signalled signaling signalling",
    "learn": "learns learned learnt learning",
    "offer": "offers offered offering",
    "email": "emails emailed emailing",
}


def inflect(lemma: str) -> tuple[str, ...]:
    """The forms of an English verb: the lemma, -s, past forms, -ing."""
    if lemma in _IRREGULAR:
        return (lemma, *_IRREGULAR[lemma].split())
    if lemma.endswith("e"):
        return (lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing")
    if re.search(r"[^aeiou]y$", lemma):
        return (lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing")
    plural = lemma + ("es" if re.search(r"(?:s|x|z|ch|sh)$", lemma) else "s")
    return (lemma, plural, lemma + "ed", lemma + "ing")


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

LEMMAS: dict[str, str] = {form: lemma for lemma in FRAMES for form in inflect(lemma)}
"""From each form, in lower case, to its lemma."""

SPEECH_FORMS = frozenset(
    form for form, lemma in LEMMAS.items() if any(Frame.QUOTE in frame for frame in FRAMES[lemma])
)
"""Forms that may introduce words in quotation marks."""
