"""Names that the archive does not know, where the text says what they name.

A person by a title, an apposition or by speaking; a body by a word such as "Ministry" or by letters
that come again. Everything else in capitals is left alone: a name that is missing is added in a
moment, a wrong one has to be noticed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from .lexicon.cues import LEMMAS
from .lexicon.given_names import MEN, WOMEN
from .lexicon.grammar import ABBREVIATIONS
from .lexicon.places import STATES
from .lexicon.titles import (
    ARMED_GROUP_WORDS,
    GOVERNMENT_WORDS,
    HONORIFICS,
    NAME_PARTICLES,
    NOT_NAMES,
    ORGANISATION_WORDS,
    TITLES,
)
from .names import fold_word
from .reading import Span

_NAME_WORD = r"[A-ZÀ-ÖØ-Þ][\w’'-]*"
_PARTICLE = r"(?:" + "|".join(sorted(NAME_PARTICLES)) + r")"
_SEQUENCE = re.compile(
    rf"\b{_NAME_WORD}\.?"
    rf"(?:[ \u00a0\n](?:(?:{_PARTICLE})[ \u00a0-])*{_NAME_WORD}\.?"
    rf"|[ \u00a0]of[ \u00a0]{_NAME_WORD}){{0,6}}"
)
_LETTERS = re.compile(r"\(([A-Z]{2,8})\)")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where the text perhaps names somebody whom the archive does not know."""

    name: str
    start: int
    end: int
    kind: Literal["person", "body"]


def find_candidates(
    text: str, taken: Sequence[Span], speakers: Sequence[Span], ends: Set[int] = frozenset()
) -> list[Candidate]:
    """The candidates of *text*: first those in capitals, then the others, in text order each.

    *taken* are the places of known names, *speakers* those that claims are attributed to; both
    sorted. A known name is no candidate, unless it is a part of a body's. No name goes on behind the
    end of a paragraph (*ends*).
    """
    occupied = {offset for start, end in taken for offset in (start, end - 1)}
    in_order = sorted(occupied)
    found = [
        Candidate(match[0], match.start(), match.end(), "body")
        for match in _find_acronyms(text)
        if match.start() not in occupied
    ]
    bare = {text[start:end] for start, end in speakers} - _STATE_NAMES - NOT_NAMES
    found += [c for span in speakers if (c := _read_label(text, span)) is not None]
    for start, end in _find_sequences(text, ends):
        nearest = bisect_right(speakers, (start, len(text))) - 1
        speaks = nearest >= 0 and end <= speakers[nearest][1] + text.startswith(".", end - 1)
        # "Ann Lee came home": a person, if "Lee" speaks elsewhere.
        if not speaks and bare and text.find(" ", start, end) > 0:
            speaks = not bare.isdisjoint(text[start:end].split()[1:])
        candidate = _read_sequence(text, start, end, speaks)
        if candidate is None:
            continue
        first = bisect_left(in_order, candidate.start)
        if bisect_left(in_order, candidate.end) > first and (
            candidate.kind == "person" or not _is_longer(candidate, taken)
        ):
            continue
        found.append(candidate)
    return found


def _read_label(text: str, span: Span) -> Candidate | None:
    """ "LARS HOLM", the label of a turn, as Lars Holm: where the first word is a given name."""
    parts = text[slice(*span)].split()
    if not 2 <= len(parts) <= 3 or text[span[1] : span[1] + 1] not in (":", " "):
        return None
    is_name = all(part.isupper() and part.isalpha() for part in parts)
    if not is_name or parts[0].lower() not in WOMEN | MEN:
        return None
    return Candidate(" ".join(map(str.capitalize, parts)), *span, "person")


def _find_sequences(text: str, ends: Set[int]) -> Iterator[Span]:
    """Runs of capitalised words, none of them longer than its sentence or its paragraph."""
    position = 0
    while match := _SEQUENCE.search(text, position):
        line_end = text.find("\n", match.start(), match.end())
        position = line_end if line_end in ends else match.end()
        for word in _ENDING_WORD.finditer(text, match.start(), position):
            if word[1].lower() not in _WITH_POINT:
                position = word.end()
                break
        yield match.start(), position


_ENDING_WORD = re.compile(r"(?<![\w.])(\w[\w’'-]+)\.")
_WITH_POINT = ABBREVIATIONS | TITLES


def _find_acronyms(text: str) -> list[re.Match[str]]:
    """Runs of capitals that the text uses more than once, outside lines that are all capitals."""
    matches = [
        match
        for match in _ACRONYM.finditer(text)
        if match[0] not in NOT_NAMES
        and match[0].title() not in _STATE_NAMES
        and not _NEAR_CAPITALS.match(text, match.end())
        and not text.startswith(":", match.end())  # who speaks, in a transcript
    ]
    counts = Counter(match[0] for match in matches)
    return [match for match in matches if counts[match[0]] > 1]


_ACRONYM = re.compile(r"(?<![\w.-])(?<![A-Z] )(?:[A-Z]{3,7}|EU|UN)(?![\w.])")
_STATE_NAMES = frozenset(
    name for state in STATES for name in (state.name, *state.demonyms, *state.capitals)
)
_NEAR_CAPITALS = re.compile(r"\s[A-Z]{2,}\b")


def _is_longer(candidate: Candidate, taken: Sequence[Span]) -> bool:
    """Whether a body's name holds a shorter known name ("Russian Defense Ministry")."""
    first = max(0, bisect_right(taken, (candidate.start, 0)) - 1)
    last = bisect_right(taken, (candidate.end, 0))
    inside = [(s, e) for s, e in taken[first:last] if s < candidate.end and candidate.start < e]
    return all(e - s < candidate.end - candidate.start for s, e in inside)


def _read_sequence(text: str, start: int, end: int, speaks: bool) -> Candidate | None:
    """What a run of capitalised words names, if its words, its neighbours or its speaking say so."""
    parts = [(*m.span(), m[0]) for m in _PART_OF_NAME.finditer(text, start, end)]
    titles = [position for position, part in enumerate(parts) if bare_word(part[2]) in TITLES]
    has_title = bool(titles)
    # "Turkish Foreign Minister Mevlut ...": the name begins after the last title.
    parts = parts[titles[-1] + 1 :] if titles else parts
    if len(parts) > 2 and parts[0][2].endswith(("'s", "’s")):
        parts = parts[1:]  # "Labour's Ann Lee"
    while parts and (parts[0][2] in NOT_NAMES or parts[0][2] == "of"):
        # "Secretary of State John ...": both words belong to the title.
        parts = parts[2:] if parts[0][2] == "of" else parts[1:]
    while parts and (
        parts[-1][2].rstrip(".,") in NOT_NAMES or bare_word(parts[-1][2]) in ("mp", "sr", "jr")
    ):
        parts.pop()
    if not parts or not parts[0][2][0].isupper():
        return None
    first = parts[0][0]
    # "President Assad", but not "General, Killed in" nor "Governor of Kilis Province".
    addressed = text[max(0, first - 20) : first].split()
    is_addressed = bool(addressed) and addressed[-1].rstrip(".").lower() in TITLES
    if len(parts) == 1 and not is_addressed:
        return None
    if not has_title:
        before = text[max(0, start - 30) : first].split()
        has_title = bool(before) and bare_word(before[-1]) in _OFFICES
    if len(parts) > 3:
        parts = _without_employer(parts)
    name = _POSSESSIVE.sub("", text[first : parts[-1][1]].rstrip("."))
    last = first + len(name)
    words = name.split()
    for position, word in enumerate(words):
        # "Water Ministry", "Ministry of Water"; but not "House Speaker Lee".
        opens = position == 0 and words[1:2] == ["of"]
        if ((position or opens) and word in ORGANISATION_WORDS) or (
            words[0] in ARMED_GROUP_WORDS and len(words) > 1
        ):
            return Candidate(" ".join(words), first, last, "body")
    # Nobody says "the Ann Lee": what has an article and no title is a body.
    if len(words) > 1 and not has_title and text.endswith(("the ", "The "), 0, first):
        return Candidate(" ".join(words), first, last, "body") if speaks else None
    fewest = 1 if is_addressed and words[0].lower() not in LEMMAS else 2
    is_name = fewest <= len(words) <= 4 and not any(
        word.isupper() and len(word.strip(".")) > 1 for word in words
    )
    if is_name and (has_title or speaks or _has_apposition(text, last)):
        return Candidate(" ".join(words), first, last, "person")
    return None


_Part = tuple[int, int, str]
_PART_OF_NAME = re.compile(r"\S+")
_POSSESSIVE = re.compile(r"[’']s$")
_OFFICES = TITLES - HONORIFICS


def _without_employer(parts: list[_Part]) -> list[_Part]:
    """ "Ann Lee of Osk University" without the university: two words, and none of a body's, before "of"."""
    if parts[2][2] != "of":
        return parts
    is_body = any(part[2] in ORGANISATION_WORDS for part in parts[:2])
    employs = any(part[2].rstrip(".") in ORGANISATION_WORDS for part in parts[3:])
    return parts[:2] if employs and not is_body else parts


def bare_word(word: str) -> str:
    """*word* as the lists of titles have it: in small letters, without the full stop of "Gen."."""
    return word.rstrip(".,").lower()


def _has_apposition(text: str, end: int) -> bool:
    """Whether ", the former spokesman" or ", commander of" follows a name."""
    following = text[end : end + 80]
    if not following.startswith(","):
        return False
    clause = re.split(r"[,.;:“\"]|\n\s*\n", following[1:])[0]
    return any(bare_word(word) in TITLES for word in clause.split()[:6])


def group_candidates(text: str, candidates: Sequence[Candidate]) -> list[tuple[str, Sequence[str]]]:
    """New actors as (key, names), the fullest name first."""
    groups: dict[str, list[str]] = defaultdict(list)
    namesakes: dict[str, set[str]] = defaultdict(set)
    for candidate in candidates:
        if candidate.kind == "person":
            last = fold_word(re.split(r"[\s-]", candidate.name)[-1])
            namesakes[last].add(candidate.name)
            if text[candidate.start : candidate.end].isupper():
                namesakes[last].add(candidate.name.upper())  # as its label has it
        else:
            groups[f"body:{' '.join(map(fold_word, candidate.name.split()))}"].append(
                candidate.name
            )
    for last, shared in namesakes.items():
        for number, one in enumerate(_tell_apart(shared)):
            groups[f"person:{last}:{number}"] = one
    letters = {
        m[1]: _spelled_out(text[max(0, m.start() - 80) : m.start()], m[1])
        for m in _LETTERS.finditer(text)
    }
    letters = {short: full for short, full in letters.items() if full}
    _join_bodies(groups, letters)
    rows: list[tuple[str, Sequence[str]]] = []
    for key, names in groups.items():
        ordered = sorted(set(names), key=lambda name: (-len(name), name.isupper(), name))
        acronyms = [a for a, full in letters.items() if full and full in ordered]
        rows.append((key, [*ordered, *acronyms]))
    return rows


def _tell_apart(names: Iterable[str]) -> list[list[str]]:
    """The names of each person, of some who share a last name; one that fits two is nobody's."""
    persons: list[list[str]] = []
    for name in sorted(names, key=lambda name: (_is_short(name), len(name.split()), name)):
        fitting = [person for person in persons if _may_be_one(person[0], name)]
        if len(fitting) == 1:
            fitting[0].append(name)
        elif not fitting:
            persons.append([name])
    return persons


def _is_short(name: str) -> bool:
    """Whether a name has an initial, or is a last name alone."""
    words = name.split()
    return len(words) == 1 or any(len(word.rstrip(".")) == 1 for word in words)


def _may_be_one(name: str, other: str) -> bool:
    """Whether two names with one last word can be one person's: "John Lee", "Senator John Q. Lee"."""
    shorter, longer = sorted(
        ([_sound(word) for word in one.split()[:-1]] for one in (name, other)), key=len
    )
    return all(
        any(word == part or (1 in (len(word), len(part)) and word[0] == part[0]) for part in longer)
        for word in shorter
    )


def _sound(given: str) -> str:
    """A given name as its spellings share it: Dmitri and Dmitry, Mohammed and Muhammad."""
    folded = re.sub(r"(.)\1", r"\1", fold_word(given).lower().replace("y", "i"))
    return re.sub("[aeiou](?!$)", "*", folded) if len(folded) > 4 else folded


def _join_bodies(groups: dict[str, list[str]], letters: dict[str, str | None]) -> None:
    """Join what is one body: "Security Council" and "UN Security Council", a name and its letters."""
    bodies = {key: names[0] for key, names in groups.items() if key.startswith("body:")}
    spelled = set(bodies.values())
    for key, name in bodies.items():
        longer = next((k for k, other in bodies.items() if other.endswith(" " + name)), None)
        if longer is not None and longer in groups:
            groups[longer] += groups.pop(key)
        elif letters.get(name) in spelled:
            del groups[key]


def _spelled_out(before: str, letters: str) -> str | None:
    """The run of capitalised words before "(PYD)", where it has about as many capitals."""
    words = before.split()
    first = len(words)
    while first and (words[first - 1][:1].isupper() or words[first - 1] in ("of", "for", "in")):
        first -= 1
    while first < len(words) and not words[first][0].isupper():
        first += 1
    name = words[first:]
    capitals = sum(word[0].isupper() for word in name)
    return " ".join(name) if capitals >= max(2, len(letters) - 1) else None


def kind_of_candidate(key: str, name: str) -> str:
    """The kind of actor that a group of candidates is, by its *key* and the words of its *name*."""
    if key.startswith("person:"):
        return "person"
    words = set(name.split())
    if words & ARMED_GROUP_WORDS:
        return "armed-group"
    return "government" if words & GOVERNMENT_WORDS else "organisation"
