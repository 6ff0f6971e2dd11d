"""What a page was made of, and whether that has changed since.

The code that makes a page looks names, records and claims up in the mappings of the archive and of
the catalogue. ``watch`` gives it the same mappings, which note what is looked up; ``changes_between``
tells which entries differ between two archives. A page need not be made again unless it read one of
those. So nobody has to say what depends on what, but for one thing: a claim as pages show it is made
once for all of them, and what names stand in it is said here (``Reads``).
"""

from __future__ import annotations

from collections.abc import (
    Hashable,
    ItemsView,
    Iterable,
    Iterator,
    KeysView,
    Mapping,
    ValuesView,
)
from dataclasses import fields, replace
from enum import Enum
from sys import intern
from typing import Any, TypeVar

from .link import Archive, ClaimKey
from .model import AgentRef
from .packing import packable
from .views.catalogue import Catalogue

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


@packable
class Whole(Enum):
    """What can be read of a mapping beside single entries."""

    KEYS = "which entries there are, and in which order"
    VALUES = "all of them"


Place = tuple[str, Hashable]
"""The name of a mapping, and a key of it or a part of ``Whole``. A claim counts as its document and
as the names in it."""


def shared_place(place: Place) -> Place:
    """*place* made of the strings that the archive has too: who holds many has none of them twice."""
    name, key = place
    return intern(name), intern(key) if type(key) is str else key


class Reads:
    """Notes what is read of the mappings that it watches, until that is taken."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._noted: dict[str, set[Hashable]] = {}

    def watch(self, name: str, mapping: Mapping[K, V]) -> Mapping[K, V]:
        """*mapping* as it is, noting under *name* what is read of it."""
        return _Watched(mapping, self._noted.setdefault(name, set()))

    def take(self) -> tuple[Place, ...]:
        """What was read since it was last taken, each place once."""
        self._note_names()
        taken = tuple((name, key) for name, noted in self._noted.items() for key in _entries(noted))
        for noted in self._noted.values():
            noted.clear()
        return taken

    def _note_names(self) -> None:
        """Who shows a claim shows the names in it, which were looked up when the first page did."""
        known = self._archive.claims
        noted = self._noted.get("claims", ())
        read = [known[key] for key in noted if isinstance(key, ClaimKey) and key in known]
        if not read:
            return
        claims = [linked.claim for linked in read]
        # Most have the same few speakers and topics, in the same order.
        agents = {claim.by for claim in claims}
        agents |= {claim.via for claim in claims}
        agents |= {claim.about for claim in claims}
        self._noted["agents"].update(*agents)
        outlets = {linked.outlet for linked in read}
        self._noted["agents"].update(AgentRef("outlet", slug) for slug in outlets if slug)
        self._noted["topics"].update(*{claim.topics for claim in claims})
        answers = (answer for claim in claims for answer in claim.answers)
        self._noted["archive.questions"].update(answer.question for answer in answers)


class _Watched(Mapping[K, V]):
    def __init__(self, mapping: Mapping[K, V], noted: set[Hashable]) -> None:
        self._mapping = mapping
        self._noted = noted

    def __getitem__(self, key: K) -> V:
        self._noted.add(key)
        return self._mapping[key]

    def get(self, key: K, default: Any = None) -> Any:
        self._noted.add(key)
        return self._mapping.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._noted.add(key)
        return key in self._mapping

    def __iter__(self) -> Iterator[K]:
        self._noted.add(Whole.KEYS)
        return iter(self._mapping)

    def __len__(self) -> int:
        self._noted.add(Whole.KEYS)
        return len(self._mapping)

    def keys(self) -> KeysView[K]:
        self._noted.add(Whole.KEYS)
        return self._mapping.keys()

    def values(self) -> ValuesView[V]:
        self._noted.add(Whole.VALUES)
        return self._mapping.values()

    def items(self) -> ItemsView[K, V]:
        self._noted.add(Whole.VALUES)
        return self._mapping.items()


def _entries(keys: Iterable[Hashable]) -> frozenset[Hashable]:
    return frozenset(key.document if isinstance(key, ClaimKey) else key for key in keys)


def watch(catalogue: Catalogue, reads: Reads) -> Catalogue:
    """*catalogue* with its archive, of which *reads* notes what is looked up."""
    archive = replace(catalogue.archive, **_watched("archive.", catalogue.archive, reads))
    return replace(catalogue, archive=archive, **_watched("", catalogue, reads))


def _watched(prefix: str, record: Archive | Catalogue, reads: Reads) -> dict[str, Any]:
    return {
        name: reads.watch(prefix + name, mapping) for name, mapping in _mappings_of(record).items()
    }


def _mappings_of(record: Archive | Catalogue) -> dict[str, Mapping[Any, Any]]:
    found = {field.name: getattr(record, field.name) for field in fields(record)}
    return {name: value for name, value in found.items() if isinstance(value, Mapping)}


def changes_between(old: Catalogue, new: Catalogue) -> frozenset[Place] | None:
    """The places where the two differ; None where that may be all of them."""
    if (old.settings, old.messages) != (new.settings, new.messages):
        return None
    changed: dict[str, frozenset[Hashable]] = {}
    before, after = _mappings_of(old.archive), _mappings_of(new.archive)
    for name, mapping in after.items():
        changed[f"archive.{name}"] = _differences(before[name], mapping)
    before, after = _mappings_of(old), _mappings_of(new)
    for name in after.keys() - {"claims"}:
        changed[name] = _differences(before[name], after[name])
    changed["claims"] = _changed_claims(changed)
    return frozenset((name, key) for name, keys in changed.items() for key in keys)


def _differences(old: Mapping[K, V], new: Mapping[K, V]) -> frozenset[Hashable]:
    if old is new:
        return frozenset()
    changed: set[Hashable]
    if list(old) == list(new):
        # Entry by entry: to look up a hundred thousand claims takes far longer than to walk over them.
        pairs = zip(old.values(), new.items(), strict=True)
        changed = {key for other, (key, one) in pairs if other is not one and other != one}
        return _entries({*changed, Whole.VALUES} if changed else changed)
    nothing = object()
    changed = set(old.keys() - new.keys()) | {Whole.KEYS, Whole.VALUES}
    for key, value in new.items():
        other = old.get(key, nothing)
        if other is not value and other != value:
            changed.add(key)
    return _entries(changed)


def _changed_claims(changed: Mapping[str, frozenset[Hashable]]) -> frozenset[Hashable]:
    """The documents of which a claim is in other words; all, if one is in words or names."""
    documents = changed["archive.claims"] | changed["archive.documents"] | changed["documents"]
    named = changed["agents"] | changed["topics"] | changed["archive.questions"]
    return documents | {Whole.VALUES} if documents or named else documents
