"""The turns of a transcript or interview: "MINISTER BECK: It will be built."

A text is one where several of its lines begin with two or more labels that come again, or with
labels in capitals or with a title. What a label's holder says is in no marks and has no verb;
questions, and those whose part it is to ask, are left out. "A:" is the one to whom the text says
that it speaks, if that is one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from .attribution import NOBODIES, Attribution
from .blocks import Block
from .headings import is_label
from .lexicon import words
from .lexicon.layout import MESSAGE_STAMP
from .lexicon.titles import TITLES
from .reading import Span

LABEL_END = re.compile(r"(?:\s\([^()\n]{1,60}\)){0,2}\s?:\s")
"""What stands behind the holder of a label, who may have an office or a party in brackets."""
_NAME_WORD = r"[A-ZÀ-ÖØ-Þ][\w.’'&-]*"
_HOLDER = (
    rf"(?:{_NAME_WORD}|of|the|for|and|de|al|van|von)"
    rf"(?:[^\S\n](?:{_NAME_WORD}|of|the|for|and|de|al|van|von)){{0,6}}"
)
_LABEL = re.compile(
    rf"(?P<stamp>{MESSAGE_STAMP.pattern})?(?P<who>{_HOLDER}|(?<=\s)\+\d[\d\s]{{6,18}}\d){LABEL_END.pattern}\s*"
    rf"(?P<what>\S[^\n]*(?:\n(?!(?:{MESSAGE_STAMP.pattern})?{_HOLDER}{LABEL_END.pattern})[^\n]+)*)"
)
"""The words of one label: a block that holds two of them is none's."""
_IN_BRACKETS = re.compile(r"\s\(([^()\n]{3,60})\)")
_NOTHING_SAID = re.compile(r"<[^<>]+>|This message was deleted\.?|You deleted this message\.?")
"""What a chat notes where there was something else than words, or is no more."""
_ASKING = words(
    """q question questioner reporter interviewer presenter host moderator anchor journalist
    correspondent operator announcer audience editor by read see feature daily frage pregunta"""
)
"""Labels of those who ask, of nobody in particular, and of what is no turn."""
_ANSWERING = words("a r answer réponse antwort respuesta")
"""Labels of whoever is asked."""
_FEWEST = 3
_LEAST_SHARE = 0.3
_FEWEST_WORDS = 4
_PART_OF_NAME = r"[A-ZÀ-ÖØ-Þ](?:\.|[\w’'-]*)"
_FULL_NAME = rf"{_PART_OF_NAME}(?:\s(?:(?:de|van|von|der|al|el|bin|di)\s)?{_PART_OF_NAME}){{1,4}}"
_MEETS = re.compile(
    # "In an interview with Jake Tapper, Ann Lee said": the one who asks stands there.
    r"(?:^|[.:;?!]\s)(?:(?:(?:An?|The|Our)\s)?(?:(?!(?:In|During|After)\b)[\w-]+\s)?"
    r"(?:[Ii]nterviews?|[Cc]onversation|[Qq]&A|[Ee]ntretien|[Rr]encontre)\s(?:with|avec)"
    rf"|(?P<paper>We|I|The\s{_NAME_WORD}(?:\s{_NAME_WORD}){{0,3}})"
    r"\s(?:(?:talk(?:s|ed)?|spoke|speaks|sat\sdown)\s(?:to|with)|interview(?:s|ed)))\s"
    r"(?:[^,.:;?!\n]{0,60},\s|(?:(?:the|our|la|le)\s)?(?:[a-zà-ÿ-]+(?<!\bof)\s){1,2})?"
    rf"(?:(?:Mrs?|Ms|Dr|Prof)\.\s)?(?P<name>{_FULL_NAME})"
    rf"(?:,?\s(?:and|et)\s(?:[a-z]+\s(?:to|with)\s)?(?P<other>{_FULL_NAME}))?",
    re.MULTILINE,
)
"""Where a text tells to whom it speaks, perhaps to two; *paper* is who speaks to them."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody says behind a label."""

    label: Span
    who: Span | None
    """The label's holder; of "A:" the one who is asked, if that is one."""
    asked: Span | None
    """The one person to whom the text tells above it that it speaks."""
    what: Span
    is_statement: bool
    """Not a question, nor of somebody whose part it is to ask."""


def find_turns(text: str, blocks: Sequence[Block], starts: Iterable[int]) -> Mapping[int, Turn]:
    """The turns of *text*, by where their block begins; none where it is no transcript."""
    found = {
        block.start: match
        for block in blocks
        if block.kind in ("paragraph", "heading", "quotation")
        and (match := _LABEL.fullmatch(text, block.start, block.end)) is not None
        and not is_label(match["who"])
        and not _NOTHING_SAID.fullmatch(match["what"])
    }
    labels = {match["who"] for match in found.values()}
    holders = {start: _holder_of(match, labels) for start, match in found.items()}
    counts = Counter(holders.values())
    turns = {
        start: match
        for start, match in found.items()
        if counts[holders[start]] > 1 or _is_in_capitals(match["who"]) or _is_marked(match)
    }
    kept = {holders[start] for start in turns}
    lines = sum(block.kind in ("paragraph", "heading", "quotation") for block in blocks)
    is_marked = sum(map(_is_marked, turns.values())) >= _FEWEST
    is_chat = is_marked and all(match["stamp"] for match in turns.values())
    fewest = _FEWEST if is_marked else max(_FEWEST, _LEAST_SHARE * lines)
    if len(turns) < fewest or len(kept) < 2 or (max(counts.values()) < 2 and not is_chat):
        return {}
    said: dict[str, list[str]] = defaultdict(list)
    for start, match in turns.items():
        said[holders[start]].append(match["what"])
    asking = {holder for holder, words_of in said.items() if _asks(holder, words_of)}
    asked = _find_asked(text, blocks, turns, frozenset(starts))
    return {
        start: _turn(match, holders[start], holders[start] in asking, asked[start])
        for start, match in turns.items()
    }


def _holder_of(match: re.Match[str], labels: Set[str]) -> str:
    """Who is named by a label: of "The Minister (Ann Lee)" Ann Lee, if she has labels of her own."""
    named = _IN_BRACKETS.match(match.string, match.end("who"))
    return str(named[1] if named is not None and named[1] in labels else match["who"])


def _is_in_capitals(label: str) -> bool:
    return label.isupper() and len(label) > 1


def _is_marked(match: re.Match[str]) -> bool:
    """Whether a label begins with a time, a title or an office: "Mr. Lee", "The President"."""
    label: str = match["who"]
    if match["stamp"]:
        return True
    parts = label.removeprefix("The ").split()
    is_office = label.startswith("The ") or len(parts) > 1
    return is_office and parts[0].rstrip(".").lower() in _TITLES


_TITLES = TITLES | words("m mm")


def _asks(holder: str, said: Sequence[str]) -> bool:
    """Whether a label is that of those who ask, or most of what stands behind it are questions."""
    if not _ASKING.isdisjoint(holder.lower().split()):
        return True
    return 2 * sum(what.rstrip().endswith(_QUESTION_MARKS) for what in said) > len(said)


_QUESTION_MARKS = ("?", "؟", "？")


def _find_asked(
    text: str, blocks: Sequence[Block], turns: Container[int], starts: Set[int]
) -> Mapping[int, Span | None]:
    """By block, the one person to whom its part tells above it, outside of turns, that it speaks."""
    asked: dict[int, Span | None] = {}
    met: dict[str, Span] = {}
    for block in blocks:
        if block.start in starts:
            met = {}
        if block.start not in turns:
            for match in _MEETS.finditer(text, block.start, block.end):
                if _TITLES.isdisjoint((match["paper"] or "").lower().split()):
                    for one in ("name", "other"):
                        if match[one]:
                            met.setdefault(match[one].split()[-1], match.span(one))
        asked[block.start] = next(iter(met.values())) if len(met) == 1 else None
    return asked


def _turn(match: re.Match[str], holder: str, is_asking: bool, asked: Span | None) -> Turn:
    what = match["what"]
    is_statement = not is_asking and not what.rstrip().endswith(_QUESTION_MARKS)
    who: Span | None = match.span("who")
    if holder.lower() in _ANSWERING:
        who = asked
    elif holder != match["who"] and (named := _IN_BRACKETS.match(match.string, match.end("who"))):
        who = named.span(1)
    return Turn(
        match.span("who"),
        who,
        asked,
        match.span("what"),
        is_statement and len(what.split()) >= _FEWEST_WORDS,
    )


def read_turn(text: str, turn: Turn | None, found: Sequence[Attribution]) -> list[Attribution]:
    """A statement as its speaker's; of a question, and of what goes on with a turn, only what it
    tells that others said: "we" is whoever speaks."""
    if turn is not None and turn.is_statement:
        colon = text.rindex(":", turn.label[1], turn.what[0])
        cue = (colon, colon + 1)
        is_named = turn.who == turn.label
        mention = turn.label if is_named else None
        referent = None if is_named else turn.who
        statement = Attribution((turn.what,), cue, mention, is_verbatim=True, referent=referent)
        return [replace(statement, is_open=turn.who is None)]
    opening = turn.what[0] if turn is not None else 0
    return [
        a
        for a in found
        if a.mention is not None
        and a.mention[0] >= opening
        and text[slice(*a.mention)].lower() not in NOBODIES
    ]
