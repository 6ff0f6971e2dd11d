"""Claims in headings: "Assad: ...", "... – Lavrov", "Kerry — “...”", "Rebels Claim ..."."""

from __future__ import annotations

import re

from .attribution import Attribution
from .attributions import find_attributions
from .dates import DATE
from .lexicon import words
from .lexicon.cues import LEMMAS, SPEECH_FORMS
from .lexicon.layout import MESSAGE_FIELD
from .names import fold_word
from .tokens import Token, split_sentences, tokenize

_MEDIA_PREFIX = re.compile(
    r"(?:update|wrapup)\s\d\s?-\s?|(?:image|media|video) caption,\s"
    r"|(?:video|photos?|pictures?|watch|live|update|updated|breaking|exclusive|analysis|opinion|note"
    r"|claim(?=\s?:\s[“\"])|feature|listen|read more|see (?:also )?[^:]{3,40}"
    r"|[\w ]{2,20}(?:daily|feature|letter|special)(?:, \w+ \d+)?)\s*:\s*",
    re.IGNORECASE,
)
_BEFORE_COLON = re.compile(r"(?P<who>[^:“”\"–—]{2,60}?)\s?:\s+(?P<what>\S.{8,})", re.DOTALL)
_AFTER_DASH = re.compile(r"(?P<what>.{12,}?)\s[–—-]\s(?P<who>[^–—:“”\"]{2,40})", re.DOTALL)
_BEFORE_DASH = re.compile(r"(?P<who>[^–—:“”\"]{2,40}?)\s[–—]\s(?P<what>\S.{8,})", re.DOTALL)
_QUOTED = re.compile(
    r"[“\"‘](?P<inner>[^”\"]+)[”\"’]|(?<!\w)'(?P<single>[^'\n]+(?:'\w[^'\n]*)*)'(?!\w)"
)
_NO_STATEMENT = re.compile(
    r"(?:what|how|why|who|when|where)\s(?![^?]*\?)|(?:\S+\s+){0,6}?(?:\.\s){3}|\S*\d\S*(?:\s\S+)?$"
    r"|(?:[A-Z][\w’'-]*\s|No\.\s?){1,4}[\d/.-]+$|[^a-z]{2,60}\s[–—]\s(?=\d)"
)
"""What follows a label and is nobody's words: "Flood: what we know", a row of dots, a number, "World
Report 2024", "RADIO OSK – NEWS BULLETIN – 1300"."""
_LABELS = words(
    """video photo report reports analysis exclusive opinion editorial watch live update breaking
    latest how why what when where review interview transcript related news world note
    from to cc bcc subject date sent re fwd reply-to location venue time place contact phone email
    published updated posted tags author authors source sources members case claim claims verdict
    rating fact myth summary thread background correction clarification caption credit topic topics category
    keywords name age occupation nationality signed signé objet betreff gesendet envoyé reference ref
    status address telephone tel fax website"""
)
_PART_IN_TALK = words("interviewer interviewee interpreter translator")
"""Fields of a form; in a transcript, where they come again, those who speak."""
_ENDS_OF_NAMES = words("news watch world review")
"""Labels with which names end: "BBC News", "Human Rights Watch"."""
_SMALL = words("to of the on in and for")


def find_heading_claims(text: str, start: int, end: int) -> list[Attribution]:
    """The claims of a heading at ``text[start:end]``; the words of a claim keep the heading's case."""
    prefix = _MEDIA_PREFIX.match(text, start, end)
    if prefix:
        start = prefix.end()
    if text.startswith("Who ", start) or _ends_with_date(text, start, end):
        return []  # "Who said what", "Water Bill: second reading, 10 May 2019"
    if MESSAGE_FIELD.match(text, start, end):
        return []  # "De : Anne Dupont"
    parted = _parted(text, start, end)
    if parted is not None:
        return [parted]
    tokens = [
        _lowered(token, position) for position, token in enumerate(tokenize(text, start, end))
    ]
    return [a for a in find_attributions(split_sentences(tokens)) if _is_spoken(text, a)]


def _ends_with_date(text: str, start: int, end: int) -> bool:
    return any(match.end() == end for match in DATE.finditer(text, start, end))


def _is_spoken(text: str, attribution: Attribution) -> bool:
    """Whether a headline's verb tells words, or a call for something, and no mere attitude."""
    if attribution.cue is None:
        return False  # words in marks of which it is not told whose they are
    if attribution.mention and is_label(text[slice(*attribution.mention)]):
        return False
    if not attribution.is_stance:
        return True
    return LEMMAS.get(text[slice(*attribution.cue)].rsplit(maxsplit=1)[-1].lower()) in _CALLS


_CALLS = words("call demand press push urge")


def _lowered(token: Token, position: int) -> Token:
    """A cue in a headline's capitals, as if it were written small."""
    if position and token.is_capitalised and token.lower in LEMMAS and token.lower in SPEECH_FORMS:
        return Token(
            token.kind, token.start, token.end, token.lower, token.lower, token.start, token.end
        )
    return token


def _parted(text: str, start: int, end: int) -> Attribution | None:
    """A heading that a colon or dash parts into speaker and claim."""
    for pattern in (_BEFORE_COLON, _BEFORE_DASH, _AFTER_DASH):
        match = pattern.fullmatch(text, start, end)
        if match is None or not _is_speaker(match["who"]):
            continue
        what = match.span("what")
        quoted = _QUOTED.search(text, *what)
        opens = quoted is not None and quoted.start() == what[0]
        # "Kerry — “Go and Blame Your Opposition” for Russia's Bombing": only his words are his.
        if quoted and opens and (pattern is not _AFTER_DASH or quoted.end() >= what[1] - 1):
            what = quoted.span("inner" if quoted["inner"] else "single")
        if pattern is _BEFORE_DASH and not _is_claim(text[slice(*what)]):
            continue
        if pattern is not _AFTER_DASH and _NO_STATEMENT.match(text, *what):
            continue
        cue_start = match.end("who") if pattern is not _AFTER_DASH else match.end("what")
        cue = re.compile(r"\S").search(text, cue_start)
        span = (cue.start(), cue.end()) if cue else (cue_start, cue_start + 1)
        return Attribution((_trim(text, what),), span, match.span("who"))
    return None


def is_label(who: str) -> bool:
    """Whether the words before a colon name nobody: "From", "Fact check", "The latest"."""
    parts = who.lower().split()
    return parts[0] in _LABELS or parts[-1] in _LABELS - _ENDS_OF_NAMES


def _is_speaker(who: str) -> bool:
    """Whether the words could name one who speaks: few, with a capital, and no label."""
    parts = who.split()
    if not 1 <= len(parts) <= 6 or not parts[0][0].isupper():
        return False
    if is_label(who) or not _PART_IN_TALK.isdisjoint(who.lower().split()):
        return False
    if any(fold_word(part).lower() in SPEECH_FORMS for part in parts[1:]):
        return False
    return sum(part[0].isupper() or part.lower() in _SMALL for part in parts) == len(parts)


def _is_claim(what: str) -> bool:
    return len(what.split()) >= 3


def _trim(text: str, span: tuple[int, int]) -> tuple[int, int]:
    start, end = span
    while end > start and text[end - 1] in " .\u00a0\n":
        end -= 1
    return start, end
