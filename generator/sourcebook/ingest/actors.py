"""The actors of a text: those that the archive knows, then those that the text introduces.

A known actor is found by any of its names. A new one is proposed only where the text says what it
is: a person by a title before the name or an apposition after it, a body by a word such as
"Ministry" or by its letters in brackets, a state by the list of states. Names that share their last
word and could be one person are one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache

from .authority import Authority
from .candidates import bare_word, find_candidates, group_candidates, kind_of_candidate
from .lexicon.places import STATES
from .lexicon.titles import ROLES_OF_ROLE, SPEAKING_ROLES, TITLE_MODIFIERS, TITLES
from .names import Found, NameIndex, NameWords, find_names, index_names
from .reading import Span


@dataclass(frozen=True, slots=True)
class ActorFound:
    """An actor of a text, with every place where it is named."""

    name: str
    """As the archive names it; of a new one the fullest form in the text."""
    aliases: tuple[str, ...]
    """The forms that occur in the text, other than the name."""
    slug: str | None
    """None: the archive does not know it."""
    kind: str | None
    """A kind of actor, or ``outlet`` (then the slug is that of an outlet)."""
    mentions: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Cast:
    """The actors of a text and what the resolving of speakers needs to know of them."""

    actors: tuple[ActorFound, ...]
    mentions: tuple[tuple[int, int, int], ...]
    """(start, end, position in ``actors``), in text order, without overlap."""
    fullest: tuple[str, ...]
    """For each actor how the text names it most fully; of others than persons the archive's name,
    where the text has that."""
    roles: tuple[frozenset[str], ...]
    """For each actor the kinds of office that the text gives it: "minister", "spokesperson"."""


def find_cast(
    text: str,
    words: NameWords,
    authority: Authority,
    speakers: Iterable[Span] = (),
    ends: Set[int] = frozenset(),
) -> Cast:
    """The actors of *text*. *speakers* are the mentions that claims are attributed to, *ends* those
    of its paragraphs."""
    known = dict(_known_kinds(authority))
    found = find_names(text, words, _index_authority(authority))
    taken = [(place.start, place.end) for place in found]
    candidates = find_candidates(text, taken, sorted(speakers), ends)
    named = group_candidates(text, candidates)
    if named:
        found = _merge(found, find_names(text, words, index_names(named)))
        known.update(
            {key: (names[0], None, kind_of_candidate(key, names[0])) for key, names in named}
        )
    found = _with_last_names(text, words, found, known, sorted(speakers))
    return _assemble(text, found, known, sorted(speakers))


@lru_cache(maxsize=4)
def _index_authority(authority: Authority) -> NameIndex:
    """The index of an archive's names, made once for a batch of captures."""
    return index_names(_names_by_key(authority))


def _names_by_key(authority: Authority) -> list[tuple[str, Sequence[str]]]:
    rows: list[tuple[str, Sequence[str]]] = []
    states = {state.name: state for state in STATES}
    by_alias = {alias: state for state in STATES for alias in (state.name, *state.aliases)}
    for actor in authority.actors:
        names = list(actor.names)
        if actor.kind in ("state", None):
            state = by_alias.get(actor.name)
            if state is not None:
                names += [*state.aliases, *state.demonyms, *state.capitals]
                states.pop(state.name, None)
        rows.append((f"actor:{actor.slug}", names))
    rows.extend(
        (f"outlet:{outlet.slug}", _outlet_names(outlet.names)) for outlet in authority.outlets
    )
    for name, state in states.items():
        rows.append((f"state:{name}", (name, *state.aliases, *state.demonyms, *state.capitals)))
    return rows


def _merge(known: Sequence[Found], new: Sequence[Found]) -> list[Found]:
    """Known and new names in text order; a new one gives way unless it holds a shorter known one."""
    starts = [place.start for place in known]
    dropped: set[int] = set()
    kept: list[Found] = []
    for place in new:
        first = max(0, bisect_right(starts, place.start) - 1)
        last = bisect_right(starts, place.end)
        across = [
            i
            for i in range(first, last)
            if place.start < known[i].end and known[i].start < place.end
        ]
        if all(known[i].end - known[i].start < place.end - place.start for i in across):
            dropped.update(across)
            kept.append(place)
    kept += [place for i, place in enumerate(known) if i not in dropped]
    return sorted(kept, key=lambda place: place.start)


def _outlet_names(names: Sequence[str]) -> list[str]:
    # "ABC (Australia)" is how the archive tells two outlets apart, not a name in texts.
    return [name for name in names if "(" not in name and len(name) > 1]


@lru_cache(maxsize=4)
def _known_kinds(authority: Authority) -> dict[str, tuple[str, str | None, str | None]]:
    """By key: name, slug, kind."""
    rows: dict[str, tuple[str, str | None, str | None]] = {}
    for actor in authority.actors:
        rows[f"actor:{actor.slug}"] = (actor.name, actor.slug, actor.kind)
    for outlet in authority.outlets:
        rows[f"outlet:{outlet.slug}"] = (outlet.name, outlet.slug, "outlet")
    for state in STATES:
        rows.setdefault(f"state:{state.name}", (state.name, None, "state"))
    return rows


def _with_last_names(
    text: str,
    words: NameWords,
    found: Sequence[Found],
    known: dict[str, tuple[str, str | None, str | None]],
    speakers: Sequence[Span],
) -> list[Found]:
    """*found*, with bare last names of persons whose full name the text gives elsewhere.

    Where two persons have the last name, it is that of the one who speaks; of two who speak, nobody's.
    """
    by_last: dict[str, set[str]] = defaultdict(set)
    speaking: set[str] = set()
    bare: list[tuple[Found, str]] = []
    kept = []
    for place in found:
        parts = text[place.start : place.end].split()
        if known[place.key][2] != "person":
            kept.append(place)
        elif len(parts) == 1:
            bare.append((place, parts[0]))
        else:
            kept.append(place)
            if len(parts) > 1 and all(map(str.isupper, parts)):
                parts[-1] = parts[-1].capitalize()  # the label of a turn
            for last in {parts[-1], _ARTICLE.sub("", parts[-1])}:
                by_last[last].add(place.key)
            if _overlaps(place, speakers):
                speaking.add(place.key)
    owners = {last: keys if len(keys) == 1 else keys & speaking for last, keys in by_last.items()}
    kept += [place for place, last in bare if owners.get(last, {place.key}) == {place.key}]
    names = [
        (next(iter(keys)), [last])
        for last, keys in owners.items()
        if len(keys) == 1 and len(last) > 2
    ]
    if names:
        taken = {offset for place in kept for offset in range(place.start, place.end)}
        more = find_names(text, words, index_names(names))
        kept += [place for place in more if place.start not in taken]
    return sorted(kept, key=lambda place: place.start)


_ARTICLE = re.compile(r"^[AaEe]l-")
"""Of "al-Bashir", whom a text may call Bashir."""


def _overlaps(place: Found, spans: Sequence[Span]) -> bool:
    """Whether a place begins in one of the sorted *spans*, or holds the beginning of one."""
    nearest = bisect_right(spans, (place.start, place.end)) - 1
    return nearest >= 0 and place.start < spans[nearest][1]


def _assemble(
    text: str,
    found: Sequence[Found],
    known: dict[str, tuple[str, str | None, str | None]],
    speakers: Sequence[Span],
) -> Cast:
    by_key: dict[str, list[Found]] = defaultdict(list)
    for place in found:
        by_key[place.key].append(place)
    kept = [
        key
        for key, places in by_key.items()
        if _is_actor(text, key, known[key][2], places, speakers)
    ]
    position_of = {key: position for position, key in enumerate(kept)}
    actors: list[ActorFound] = []
    fullest: list[str] = []
    roles: list[frozenset[str]] = []
    for key in kept:
        places = by_key[key]
        name, slug, kind = known[key]
        forms = Counter(" ".join(text[p.start : p.end].split()) for p in places)
        aliases = tuple(form for form in forms if form != name)
        fullest.append(_fullest(name, kind, forms))
        spans = tuple((p.start, p.end) for p in places)
        actors.append(ActorFound(name, aliases, slug, kind, spans))
        roles.append(_roles_of(text, places) if kind == "person" else frozenset())
    mentions = tuple(
        (place.start, place.end, position_of[place.key])
        for place in found
        if place.key in position_of
    )
    return Cast(tuple(actors), mentions, tuple(fullest), tuple(roles))


def _fullest(name: str, kind: str | None, forms: Iterable[str]) -> str:
    if kind != "person":
        return name if name in forms else min(forms)
    bare = {_without_titles(form) for form in forms}
    full = [form for form in bare if " " in form]
    if full and all(map(str.isupper, full)):
        bare.add(name)  # the text has it in capitals alone
    return max(bare, key=lambda form: (len(form.split()), len(form), not form.isupper(), form))


def _without_titles(name: str) -> str:
    """ "President Bashar Assad" as "Bashar Assad"."""
    parts = name.split()
    last = max((i for i, part in enumerate(parts) if part.lower() in TITLES), default=-1)
    return " ".join(parts[last + 1 :]) or name


def _is_actor(
    text: str, key: str, kind: str | None, places: Sequence[Found], speakers: Sequence[Span]
) -> bool:
    """Whether a state acts in the text and is no mere place ("refugees in Germany")."""
    if kind != "state" and not key.startswith("state:"):
        return True
    for place in places:
        if _overlaps(place, speakers):
            return True
    return any(_acts(text, place) for place in places)


_PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|into|to|from|inside|across|within|near|around|throughout|through)"
    r"(?:\s(?:the|northern|southern|eastern|western|northwest|northeast|all))*|[–—-])\s$",
    re.IGNORECASE,
)


_STATE_WORK = re.compile(
    r"\s(?:[\w’'-]+\s){0,2}(?:government|officials?|authorities|army|military|troops|forces?|airstrikes?"
    r"|bombing|airspace|aviation|President|Foreign|Defen[cs]e|Secretary|Minister|Ministry|FM|PM|envoy"
    r"|ambassador|pressure|policy|proposals?|demands?|media|intelligence|diplomats?|leaders?|state"
    r"|air force|parliament|embassy|bomb|administration|partners|counterpart|presidential)\b",
)


_ADJECTIVES = frozenset(demonym for state in STATES for demonym in state.demonyms)


def _acts(text: str, place: Found) -> bool:
    """Whether a state's name stands where an actor's would: not after "in", not before a people."""
    if text[place.start : place.end] in _ADJECTIVES or text.startswith(("’s", "'s"), place.end):
        return bool(
            _STATE_WORK.match(text, place.end + 2 if text[place.end] in "’'" else place.end)
        )
    if _PLACE_BEFORE.search(text, max(0, place.start - 30), place.start):
        return False
    # "in Hamburg, Germany."
    return not (
        text[place.start - 2 : place.start] == ", " and text[place.end : place.end + 1] in ".)\n–—"
    )


def _roles_of(text: str, places: Sequence[Found]) -> frozenset[str]:
    """The offices that stand beside a person's name: right before it, or after a comma."""
    roles: set[str] = set()
    for place in places:
        near = _titles_before(text, place.start)
        if text[place.end : place.end + 1] == ",":
            near += re.split(r"[,.;:“\"]|\n\s*\n", text[place.end + 1 : place.end + 90])[0].split()[
                :8
            ]
        roles.update(SPEAKING_ROLES[bare_word(w)] for w in near if bare_word(w) in SPEAKING_ROLES)
    return frozenset(roles)


def _titles_before(text: str, start: int) -> list[str]:
    """The words before a name that belong to it: titles, and the capitals and "of" between them."""
    near: list[str] = []
    for word in reversed(text[max(0, start - 80) : start].split()):
        belongs = word[0].isupper() or bare_word(word) in TITLES | TITLE_MODIFIERS
        if not belongs or (word.endswith((",", ".", ";", ":")) and len(word) > 5):
            break
        near.append(word)
    return near


def is_role_of(noun: str, roles: frozenset[str]) -> bool:
    """Whether a noun such as "diplomat" can speak of one who holds *roles*."""
    role = SPEAKING_ROLES.get(noun.lower())
    if role is None:
        return False
    return not roles.isdisjoint({role} | ROLES_OF_ROLE.get(noun.lower(), frozenset()))
