"""Who the speaker of an attribution is: from a mention ("he", "the envoy", "Peskov") to an actor.

The memory of who has spoken is kept part by part: in a compilation the "he" of one item is never
somebody of the item before. Where nothing in the part fits, the mention stays as the text has it,
and no actor is guessed.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace

from .actors import Cast, is_role_of
from .joint import BELONGING, JOINS, Mention, find_joint
from .lexicon import words
from .lexicon.titles import SPEAKING_ROLES
from .pronouns import find_subjects, gender_of, gender_of_word, may_name_person
from .reading import Span
from .turns import LABEL_END

_SINGULAR = words("he she him her")
_PLURAL = words("they them")
_NEUTER = words("it its")
_RELATIVE = words("who which that")
_SELVES = words("i we us")

_UNNAMED = re.compile(
    r"(?:an?|one|some|several|many|other|another|two|three|four|unnamed|anonymous|unidentified|senior)\b",
    re.IGNORECASE,
)
_COLLECTIVE = words(
    """officials sources activists members leaders analysts experts diplomats reports media
    people residents investigators critics supporters aides advisers reporters official source
    activist diplomat member resident report study poll survey allies troops"""
)
_HANGING = re.compile(
    r"\b(?:of|in|for|from|to|at|with|by|on|about|against|between)(?: the)?$", re.IGNORECASE
)
_ABOUT = re.compile(r"\b(?:on|about|against|between)\s(?:the\s)?$")
_IS_A = re.compile(r"\s(?:is|was|are|were)\b")
_ARTICLE = re.compile(r"(?:an?|the|one|another|some|several|many)\s", re.IGNORECASE)
_GOVERNMENTS = ("government", "authorities", "administration")
_CONTINUATIONS = (", ", "of ", "in ", "for ", "at ", "on ", "(", "[", "and ")
_REMEMBERED = 150
"""Mentions that are looked back on: no "he" reaches farther."""
_FARTHEST = 4000
"""Characters in which it is looked for whom "he" means: a paragraph, or some short ones."""
_WORD = re.compile(r"[\w’'-]+")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who is quoted: in the text's words, and the actor if the archive or the text knows one."""

    name: str | None
    """The fullest form in which the text names the speaker; None where it names nobody."""
    actor: int | None
    """The position in the cast."""
    unnamed: bool = False
    """A source without a name: the actor is then the body that it belongs to."""
    others: tuple[int, ...] = ()
    """The actors who speak together with the first: "Ann Lee and Bo Ray said"."""


NOBODY = Speaker(None, None)


@dataclass(slots=True)
class SpeakerMemory:
    """Resolves mentions in text order. Made anew for each part."""

    text: str
    cast: Cast
    start: int
    """Where the part begins: nothing before it is remembered."""
    _last_person: int | None = field(default=None, init=False)
    _person_at: int = field(default=-1, init=False)
    _has_stranger: bool = field(default=False, init=False)
    """Whether somebody spoke last of whom no actor is known."""
    _genders: dict[int, str] = field(default_factory=dict, init=False)
    _last_body: int | None = field(default=None, init=False)
    _last_at: int = field(default=-1, init=False)
    _last: Speaker = field(default=NOBODY, init=False)

    def resolve(self, mention: Span | None) -> Speaker:
        """The speaker that *mention* names; without one, the speaker before goes on."""
        if mention is None:
            return self._last
        speaker = self._resolve(mention)
        self._remember(speaker, mention[0])
        return speaker

    def _remember(self, speaker: Speaker, at: int) -> None:
        self._last = speaker
        self._last_at = at
        if speaker.others:
            self._last_person, self._last_body, self._has_stranger = None, None, True
            return
        if speaker.actor is None or speaker.unnamed:
            # "a witness said": the next "he" is no longer who spoke before.
            if speaker.name is not None and may_name_person(speaker.name):
                self._last_person, self._has_stranger = None, True
            return
        if self._kind(speaker.actor) == "person":
            self._last_person, self._person_at = speaker.actor, at
            self._has_stranger = False
        else:
            self._last_body = speaker.actor

    def _resolve(self, mention: Span) -> Speaker:
        shown = " ".join(self.text[slice(*mention)].split())
        lower = shown.lower()
        if lower in _SELVES:
            return Speaker(shown, None)
        if lower in _SINGULAR:
            return self._named(self._person_meant(mention, lower), shown)
        if lower in _PLURAL and self._last.others and self._last_at >= self._opening(mention[0]):
            return replace(self._last, name=shown)
        if lower in _PLURAL:
            return self._named(self._body_before(mention[0]), shown)
        if lower in _NEUTER:
            return self._named(self._body_before(mention[0]), shown)
        if lower in _RELATIVE:
            return self._antecedent(mention)
        is_label = shown.isupper() and LABEL_END.match(self.text, mention[1]) is not None
        if is_label and (labelled := self._by_label(shown)) is not None:
            return self._named(labelled, shown)
        inside = self._mentions_in(mention)
        apposed = self._apposed(mention)
        if apposed is not None and not any(self._kind(a) == "person" for _, _, a in inside):
            return self._named(apposed, shown)
        joint = self._joint(mention, inside)
        if joint:
            return Speaker(shown, joint[0], others=joint[1:])
        head = self._head_actor(mention, inside)
        if head is not None:
            return self._named(head, shown)
        return self._by_role(mention, shown, inside)

    def _joint(self, mention: Span, inside: Sequence[Mention]) -> tuple[int, ...]:
        persons = [found for found in inside if self._kind(found[2]) == "person"]
        return find_joint(self.text, mention, persons if len(persons) > 1 else inside)

    def _by_label(self, shown: str) -> int | None:
        """The one person whose last name a transcript's "MINISTER LEE" ends with."""
        last = shown.rsplit(maxsplit=1)[-1]
        fitting = [
            actor
            for actor, found in enumerate(self.cast.actors)
            if found.kind == "person" and found.name.split()[-1].upper() == last
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _named(self, actor: int | None, shown: str) -> Speaker:
        if actor is None:
            return Speaker(shown, None)
        return Speaker(self._fullest(actor, shown), actor)

    def _fullest(self, actor: int, shown: str) -> str:
        found = self.cast.actors[actor]
        if found.kind == "person":
            return self.cast.fullest[actor]
        is_named = found.name == self.cast.fullest[actor] or shown.lower() in _PLURAL | _NEUTER
        return found.name if is_named else shown

    def _kind(self, actor: int) -> str | None:
        return self.cast.actors[actor].kind

    # Mentions of the cast -------------------------------------------------------------------

    def _mentions_in(self, span: Span) -> list[Mention]:
        mentions = self.cast.mentions
        first, last = (bisect_left(mentions, (at, 0, 0)) for at in span)
        return list(mentions[first:last])

    def _mentions_before(self, at: int) -> list[Mention]:
        """The mentions of the part that are nearest before *at*, the nearest first."""
        mentions = self.cast.mentions
        last = bisect_right(mentions, (at, 0, 0))
        first = bisect_left(mentions, (self.start, 0, 0))
        return list(reversed(mentions[max(first, last - _REMEMBERED) : last]))

    def _head_actor(self, mention: Span, inside: list[Mention]) -> int | None:
        """The actor that the noun phrase is about, not one that it mentions on the way."""
        persons = [(s, e, a) for s, e, a in inside if self._kind(a) == "person"]
        if persons and inside[0] not in persons and self.text.startswith(" for ", inside[0][1]):
            persons = []  # "the Roper Center for Public Opinion Research"
        served: list[Mention] = []
        for start, end, actor in persons:
            joins = served and JOINS.fullmatch(self.text, served[-1][1], start)
            if joins or (start > mention[0] and BELONGING.search(self.text, mention[0], start)):
                served.append((start, end, actor))
                continue  # "a lawyer for Ann Lee (and Bo Ray)": somebody else
            rest = self.text[end : mention[1]].strip(" .")
            has_article = _ARTICLE.match(self.text, mention[0], start)
            if (
                has_article
                and rest.islower()
                and not rest.startswith(("himself", "herself", *_CONTINUATIONS))
            ):
                continue  # "a Lee adviser"
            # "Trump's campaign": the person stands before the head.
            if not self.text.startswith(("’s", "'s"), end):
                return actor
        for start, end, actor in inside:
            if (start, end, actor) in served:
                continue
            rest = self.text[end : mention[1]].strip(" .")
            before = self.text[mention[0] : start].strip()
            if rest.lower() in _GOVERNMENTS and self._kind(actor) == "state":
                return actor
            joins = served and JOINS.fullmatch(self.text, served[-1][1], start)
            if joins or _HANGING.search(before):
                served.append((start, end, actor))
                continue  # "allies of Russia and Iran"
            if rest and not rest.lower().startswith(_CONTINUATIONS):
                continue
            return actor
        return None

    def _apposed(self, mention: Span) -> int | None:
        """The person named in an apposition: "the head of foreign policy, Federica Mogherini,"."""
        for start, end, actor in self._mentions_in((mention[1], mention[1] + 40)):
            is_closed = self.text[end : end + 1] in (",", ")")
            if (
                self._kind(actor) == "person"
                and self.text[mention[1] : start] == ", "
                and is_closed
            ):
                return actor
            break
        return None

    def _antecedent(self, mention: Span) -> Speaker:
        """ "who": the actor named right before, with at most a title or apposition between."""
        for start, end, actor in self._mentions_before(mention[0])[:2]:
            between = self.text[end : mention[0]]
            # "Acme is a company that says": another noun is meant, whatever it is said of.
            if len(between) < 60 and "." not in between and not _IS_A.match(between):
                return self._named(actor, self.text[start:end])
        return NOBODY

    # Pronouns and roles -----------------------------------------------------------------------

    def _person_meant(self, mention: Span, pronoun: str) -> int | None:
        """The person that "he" speaks of, if that is certain."""
        actor = self._person_before(mention[0])
        if actor is None:
            return None
        gender = gender_of_word(pronoun)
        known = self._genders.get(actor) or gender_of(self.text, self.cast, actor)
        if gender is None or (known is not None and known != gender):
            return None
        self._genders[actor] = gender
        return actor

    def _person_before(self, at: int) -> int | None:
        """The one person of whom this paragraph tells so far, else the last speaker.

        Nobody where somebody else has acted since: 'Ann left. Bob wept. "It is over," he said.'
        """
        since = opening = max(self._opening(at), at - _FARTHEST)
        subjects = [*find_subjects(self.text, opening, at)]
        if self._last_person is not None and not subjects:
            since = min(opening, self._person_at)
            if at - since > _FARTHEST:
                return None
            subjects = [*find_subjects(self.text, since, opening)]
        acting = [(subject[0], self._person_in(subject)) for subject in subjects]
        if self._last_person is not None and self._person_at >= since:
            acting = sorted([*acting, (self._person_at, self._last_person)], key=lambda a: a[0])
        if not acting:
            return self._only_person(at)
        last = acting[-1][1]
        is_certain = last == self._last_person or len({actor for _, actor in acting}) == 1
        return last if is_certain else None

    def _opening(self, at: int) -> int:
        return max(self.text.rfind("\n", self.start, at) + 1, self.start)

    def _person_in(self, subject: Span) -> int | None:
        inside = self._mentions_in(subject)
        persons = (a for _, _, a in inside if self._kind(a) == "person")
        return None if self._joint(subject, inside) else next(persons, None)

    def _only_person(self, at: int) -> int | None:
        """The person named in this paragraph, or in the last that names any, if it is one alone."""
        named = [
            (start, actor)
            for start, _, actor in self._mentions_before(at)
            if self._kind(actor) == "person"
        ]
        if not named or self._has_stranger:
            return None
        opening = self._opening(named[0][0])
        persons = {actor for start, actor in named if start >= opening}
        return persons.pop() if len(persons) == 1 else None

    def _body_before(self, at: int) -> int | None:
        """The one body that this paragraph names so far, else the last that spoke; of two, nobody."""
        opening = self._opening(at)
        bodies = [
            (start, actor)
            for start, _, actor in self._mentions_before(at)
            if start >= opening and self._kind(actor) != "person"
        ]
        named = {actor for _, actor in bodies}
        if self._last_body is not None and self._last_at >= opening:
            since = {a for start, a in bodies if start > self._last_at and self._opens(start)}
            return self._last_body if since <= {self._last_body} else None
        if len(named) > 1:
            return None
        return named.pop() if named else self._last_body

    def _opens(self, at: int) -> bool:
        """Whether a sentence begins at a name, or with "The" before it."""
        before = self.text[max(0, at - 10) : at].removesuffix("The ").rstrip()
        return not before or before.endswith((".", "!", "?", "”", '"'))

    def _by_role(self, mention: Span, shown: str, inside: list[Mention]) -> Speaker:
        """ "the Russian diplomat", "the ministry's spokesman": one who holds such an office."""
        for start, end, actor in self._mentions_in((max(0, mention[0] - 60), mention[0])):
            # "Ann Lee, leader of the party, who was there, said"
            is_apposed = (
                self.text[end : mention[0]] == ", " and shown.split(maxsplit=1)[0] in SPEAKING_ROLES
            )
            if is_apposed and self._kind(actor) == "person":
                return self._named(actor, self.text[start:end])
        nouns = [word for word in _WORD.findall(shown) if word.lower() in SPEAKING_ROLES]
        is_unnamed = bool(_UNNAMED.match(shown)) or any(
            word.lower() in _COLLECTIVE for word in shown.split()[-2:]
        )
        body = inside[-1][2] if inside else None
        if inside and _ABOUT.search(self.text, mention[0], inside[-1][0]):
            body = None  # "an expert on Iran"
        if len(inside) > 1 and JOINS.fullmatch(self.text, inside[-2][1], inside[-1][0]):
            body = None  # "officials of Russia and Iran"
        is_definite = shown.lower().startswith(("the ", "this ", "that ")) or bool(inside)
        if nouns and is_definite and not _UNNAMED.match(shown):
            holder = self._holder(nouns[-1], mention)
            if holder is not None:
                return self._named(holder, shown)
            person = self._person_before(mention[0])
            is_bare = len(shown.split()) == 2 and not inside
            if person is not None and is_bare and self._is_told_of(person, nouns[-1]):
                return self._named(person, shown)
        if body is not None and (is_unnamed or nouns):
            return Speaker(shown, body, unnamed=True)
        return Speaker(shown, None, unnamed=is_unnamed)

    def _is_told_of(self, person: int, noun: str) -> bool:
        """Whether a sentence says of somebody what they are: "Lee, who became commander"."""
        return any(
            noun in _WORD.findall(re.split(r"[.:;\n]", self.text[end : end + 60])[0])
            for _, end in self.cast.actors[person].mentions[:_REMEMBERED]
        )

    def _serves(self, person: int, bodies: Set[int]) -> bool:
        """Whether one of *bodies* is named in the title before a name: "Syrian President Assad"."""
        return any(
            actor in bodies and not set(self.text[end:start]) & set(".,;:\n")
            for start, _ in self.cast.actors[person].mentions
            for _, end, actor in self._mentions_in((max(0, start - 60), start))
        )

    def _holder(self, noun: str, mention: Span) -> int | None:
        """The one person who holds such an office; of several the one of this state, or of whom
        the text tells right now; else nobody."""
        holders = {
            actor
            for _, _, actor in self._mentions_before(mention[0])
            if is_role_of(noun, self.cast.roles[actor])
        }
        if len(holders) > 1:
            bodies = {actor for _, _, actor in self._mentions_in(mention)}
            fitting = {a for a in holders if self._serves(a, bodies)} if bodies else holders
            meant = self._person_before(mention[0])
            if len(fitting) > 1 and meant == self._last_person:
                fitting = {a for a in fitting if a == meant}
            return fitting.pop() if len(fitting) == 1 else None
        if holders:
            return holders.pop()
        # "..., the ministry's spokesman said Wednesday", and his name in the next paragraph.
        first = bisect_left(self.cast.mentions, (mention[1], 0, 0))
        for start, _, actor in self.cast.mentions[first : first + 12]:
            if start - mention[1] > 500:
                break
            if is_role_of(noun, self.cast.roles[actor]):
                return actor
        return None
