"""Which outlet a text or a part of it is from, where it says so; otherwise nothing.

An outlet that is only quoted is not the one that published. What counts is what agencies and sites
print about themselves: a dateline, "RT reports:", a disclaimer, a copyright line, a signature, their
own correspondent. A house style that an expert would recognise does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from .authority import Authority
from .blocks import Block
from .dates import DATE, find_date, find_days, read_date
from .lexicon.titles import NAME_PARTICLES
from .names import split_name


@dataclass(frozen=True, slots=True)
class Source:
    """The outlet of a text as printed there, its slug if the archive knows it, and a date."""

    outlet: str | None = None
    slug: str | None = None
    date: str | None = None


NO_SOURCE = Source()

_NAME = r"[A-Z][\w.&’'-]*(?:\s(?:of\s|the\s|and\s)?[A-Z][\w.&’'-]*){0,4}"
_DATELINE = re.compile(
    rf"(?P<place>[A-Z][\w.’'/-]+(?:[ ,/][ ]?[A-Z][\w.’'-]+){{0,4}})"
    rf"(?:,\s(?P<date>(?i:{DATE.pattern})))?\s?\((?P<outlet>{_NAME})\)(?P<dash>\s*[—–:-])?",
)
_PLACE_LINE = re.compile(
    r"[A-Z][A-Z.’'-]{2,}(?:[ /][A-Z][A-Z.’'-]+){0,3}(?:, [^—–\n“\"]{1,40}?)?(?: ?[—–]| --?)(?= [^a-z])"
)
"""A dateline without an outlet: "OSLO — The", "ST. LOUIS, March 3 - The"; but not "NATO — an alliance"."""
_REPORTS = re.compile(rf"(?P<outlet>{_NAME})[\s\u00a0](?:reports?|writes|reported|said)\s?:")
_DISCLAIMER = re.compile(
    rf"(?:official (?:position|view|policy|opinion)s? of"
    rf"|(?:copyright|©|\(c\))[^.\n]{{0,8}}?(?:\d{{4}})?,?"
    rf"|(?:originally|first) (?:published|appeared) (?:by|in|on|at)"
    rf"|reprinted (?:from|with permission (?:of|from))|source:)\s(?:the\s)?(?P<outlet>{_NAME})",
)
_SIGNATURE = re.compile(rf"(?:\.\.\.|…|—|–|\.)\s(?P<outlet>{_NAME})$")
_CORRESPONDENT = re.compile(
    r"\b(?P<outlet>[A-Z][\w.&-]{0,60}(?:\s[A-Z][\w.&-]{0,60}){0,3})[’']s\s(?:correspondent\s|reporter\s)?"
    r"[A-Z][\w’'-]+\s[A-Z][\w’'-]+,?\s(?:in\s|reporting\sfrom\s|,)"
)
_TOLD = re.compile(r"\btold\s(?:the\s)?(?P<outlet>[A-Z][\w.&-]*(?:\s[A-Z][\w.&-]*){0,3})")
_SITE = re.compile(
    r"(?P<outlet>[^.,:;!?“”\"]{2,50}\b(?:[Ww]eblog|[Bb]log|News|Times|Post|Herald|Tribune|Gazette|Journal"
    r"|WorldView|Magazine|Review|Observer|Telegraph|Today|Agency))"
)


def find_source(
    text: str, blocks: Sequence[Block], authority: Authority, is_page: bool = False
) -> Source:
    """The outlet and date that *blocks*, a part or a whole page, give of themselves.

    Of a page that is a compilation (*is_page*) the datelines are its items'; only a site's name at
    its head and a signature are its own.
    """
    if is_page:
        return _named_site(text, blocks, authority) or NO_SOURCE
    for block in blocks:
        content = text[block.start : block.end]
        found = _dateline(content, authority) or _announced(content, block, authority)
        if found is not None:
            return found
    return _correspondents(text, blocks, authority) or NO_SOURCE


def resolve_outlet(name: str, authority: Authority) -> tuple[str, str | None]:
    """An outlet's name as printed, and its slug where the archive knows it by that name."""
    return name, _slugs_by_name(authority).get(_folded(name))


@lru_cache(maxsize=4)
def _slugs_by_name(authority: Authority) -> dict[tuple[str, ...], str]:
    slugs: dict[tuple[str, ...], str] = {}
    for outlet in authority.outlets:
        for name in outlet.names:
            slugs.setdefault(_folded(name), outlet.slug)
    return slugs


def _folded(name: str) -> tuple[str, ...]:
    parts = tuple(part.lower() for part in split_name(name))
    return parts[1:] if len(parts) > 1 and parts[0] == "the" else parts


def _source(name: str, authority: Authority, date: str | None = None) -> Source:
    printed, slug = resolve_outlet(re.sub(r"[’']s$", "", name.strip()), authority)
    return Source(printed, slug, date)


class _Opening(NamedTuple):
    """A dateline with a whole day: "Genève, 4 février 2017 (AFP) -", "OSLO (Reuters) May 3, 2017 -"."""

    end: int
    outlet: str | None
    date: str


_LONGEST_DATELINE = 120
_BEFORE_DAY = re.compile(
    r"(?P<place>[^()\n“\"«]{2,60}?)(?:\s\((?P<outlet>[^()\n]{2,40})\))?[,:]?\s\(?"
)
_BEHIND_DAY = re.compile(
    r"\)?\s?(?:\((?P<outlet>[^()\n]{2,40})\)|/[^/\n]{2,20}/)?\s?(?:--?|[—–―])\s+"
)


def _read_opening(content: str) -> _Opening | None:
    head = content[:_LONGEST_DATELINE]
    for day in find_days(head):
        before = _BEFORE_DAY.fullmatch(head, 0, day.start)
        behind = _BEHIND_DAY.match(head, day.end)
        if before is None or behind is None:
            continue
        words = re.split(r"[\s,/]+", before["place"].strip())
        is_place = all(not word[:1].islower() or word in NAME_PARTICLES for word in words)
        if is_place and len(words) <= _MOST_WORDS_OF_PLACE:
            return _Opening(behind.end(), before["outlet"] or behind["outlet"], day.date)
    return None


_MOST_WORDS_OF_PLACE = 5
_OTHER_OPENING = re.compile(
    r"(?:Image|Media|Video) caption,(?=\s)|\([A-Z][^()\n]{2,40}\)\s?(?:--?|[—–―])(?=\s)"
    r"|[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+){0,3},\s"
    r"(?:(?P<day>[A-Z][a-z]+ \d{1,2}|\d{1,2} [A-Z][a-z]+)\.\s)?"
    r"(?:/(?P<slashed>[A-Z]\w{2,20})/\.?|(?P<outlet>[A-Z]{3,8})\s?[—–-])(?=\s)"
)
"""Of captions, rights groups, agencies: "(New York) – ", "OSLO, May 3. /TASS/. ", "Oslo, SANA – "."""


def dateline_end(content: str) -> int:
    """Where the text begins after a dateline: "MOSCOW (Sputnik) — The ..."; 0 where it has none."""
    opening = _read_opening(content)
    if opening is not None:
        return opening.end
    match = _DATELINE.match(content)
    if match is None or not (match["dash"] or match["date"]):
        match = _PLACE_LINE.match(content)
    if match is None:
        match = _OTHER_OPENING.match(content)
    if match is None:
        return 0
    return match.end() + len(content[match.end() :]) - len(content[match.end() :].lstrip())


_ASKING = ("q", "question", "reporter", "journalist", "frage", "pregunta")


def _dateline(content: str, authority: Authority) -> Source | None:
    opening = _read_opening(content)
    if opening is not None:
        named = _source(opening.outlet, authority) if opening.outlet else NO_SOURCE
        return replace(named, date=opening.date)
    match = _DATELINE.match(content)
    if match is None:
        return _other_dateline(content, authority)
    date_match = DATE.search(match["date"]) if match["date"] else None
    source = _source(match["outlet"], authority, read_date(date_match) if date_match else None)
    if match["place"].lower() in _ASKING:
        return None  # "QUESTION (Coast Post): Did you know?", in a transcript
    # "Bashar al-Jaafari (Syria) said" has the same form: a dash, a date or the archive vouches.
    return source if match["dash"] or match["date"] or source.slug else None


def _other_dateline(content: str, authority: Authority) -> Source | None:
    match = _OTHER_OPENING.match(content)
    name = (match["slashed"] or match["outlet"]) if match is not None else None
    if match is None or name is None:
        return None
    return _source(name, authority, find_date(match["day"]) if match["day"] else None)


def _announced(content: str, block: Block, authority: Authority) -> Source | None:
    if block.kind in ("paragraph", "closing", "caption") and len(content) < 400:
        match = _REPORTS.fullmatch(content) or _DISCLAIMER.search(content)
        if match is not None and match["outlet"].split()[0] not in ("He", "She", "They", "It"):
            return _source(match["outlet"].split(". ")[0].rstrip("."), authority)
    return None


def _correspondents(text: str, blocks: Sequence[Block], authority: Authority) -> Source | None:
    """The outlet whose own correspondents report, where people also speak to it."""
    if not blocks:
        return None
    content = text[blocks[0].start : blocks[-1].end]
    own = Counter(match["outlet"] for match in _CORRESPONDENT.finditer(content))
    if not own:
        return None
    told = Counter(match["outlet"] for match in _TOLD.finditer(content))
    for name, _ in own.most_common():
        source = _source(name, authority)
        if source.slug is not None and (
            told[name] or content.count(f"{name}’s") + content.count(f"{name}'s") > 1
        ):
            return source
    return None


def is_site_name(text: str, block: Block) -> bool:
    """Whether a heading is the name of a site rather than of an item: "band annie's Weblog"."""
    return block.kind == "heading" and bool(
        _SITE.fullmatch(" ".join(text[block.start : block.end].split()))
    )


def _named_site(text: str, blocks: Sequence[Block], authority: Authority) -> Source | None:
    if blocks and is_site_name(text, blocks[0]):
        return _source(" ".join(text[blocks[0].start : blocks[0].end].split()), authority)
    signatures = []
    for block in blocks:
        content = text[block.start : block.end]
        match = _SIGNATURE.search(content)
        if match is not None and len(content) < 200:
            source = _source(match["outlet"], authority)
            if source.slug is not None:
                signatures.append(source)
    return signatures[0] if signatures and len({s.slug for s in signatures}) == 1 else None
