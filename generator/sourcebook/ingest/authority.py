"""The names that an archive knows already, as the reading of a capture needs them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ..model import Actor, Outlet, Topic


@dataclass(frozen=True, slots=True)
class Known:
    """One actor, topic or outlet of the archive, by all the names that it goes under."""

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    kind: str | None = None
    domains: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the aliases, each once."""
        return tuple(dict.fromkeys((self.name, *self.aliases)))


@dataclass(frozen=True, slots=True, eq=False)
class Authority:
    """What an archive knows by name. Empty for one that has no records yet.

    Indexes are kept for each, so it is the same only as itself: comparing thousands of names for
    every capture would take longer than looking for them.
    """

    actors: tuple[Known, ...] = ()
    topics: tuple[Known, ...] = ()
    outlets: tuple[Known, ...] = ()


def build_authority(
    actors: Iterable[Actor], topics: Iterable[Topic], outlets: Iterable[Outlet]
) -> Authority:
    """The records of an archive as an ``Authority``, in the order of their slugs."""
    return Authority(
        actors=tuple(sorted((_known(actor) for actor in actors), key=lambda k: k.slug)),
        topics=tuple(sorted((_known(topic) for topic in topics), key=lambda k: k.slug)),
        outlets=tuple(
            sorted((_known(outlet, outlet.domains) for outlet in outlets), key=lambda k: k.slug)
        ),
    )


def _known(record: Actor | Topic | Outlet, domains: tuple[str, ...] = ()) -> Known:
    by_language = tuple(name for _, name in record.name.by_language)
    return Known(
        slug=record.slug,
        name=record.name.text,
        aliases=(*by_language, *record.aliases),
        kind=record.kind,
        domains=tuple(map(_host_of, domains)),
    )


_WHOLE_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?([^/?#]+)/?")


def _host_of(domain: str) -> str:
    """*domain* as addresses have it, where somebody wrote it as the browser shows it."""
    address = _WHOLE_ADDRESS.fullmatch(domain.lower())
    return address[1] if address is not None else domain
