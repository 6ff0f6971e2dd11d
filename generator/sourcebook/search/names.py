"""The names that the search field suggests: one small file, read when somebody first types."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .. import urls
from ..link import LinkedClaim
from ..model import Actor, AgentRef, Outlet, Topic
from ..views.catalogue import Catalogue
from .records import other_names, plain

NAMES = "search/names.json"
"""Where the file stands in the site."""

MOST = 3000
MOST_BYTES = 100_000
"""The file is read on the first key that is pressed, so a large archive suggests no rare names."""

_KINDS = ("actor-kind.unknown", "topic-kind.unknown", "outlet.kind", "question.label")
"""What each kind is called in the interface."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One page that a field suggests."""

    kind: int
    """Its place in ``_KINDS``."""
    address: str
    claims: int
    names: tuple[str, ...]
    """The one shown comes first."""


def encode_names(catalogue: Catalogue) -> bytes:
    """The actors, topics, outlets and questions of *catalogue*, those with most claims first.

    Where there are more than ``MOST``, those without a claim are left out; so is whatever would
    make the file larger than ``MOST_BYTES``.
    """
    found = sorted(_suggestions(catalogue), key=lambda one: (-one.claims, one.names, one.address))
    if len(found) > MOST:
        found = [one for one in found if one.claims][:MOST]
    say, forms = catalogue.messages.say, catalogue.messages.forms_of("count.claims")
    words = {
        "label": plain(say("search.suggestions")),
        "kinds": [plain(say(key)) for key in _KINDS],
        "claims": forms,
        "thousands": plain(say("number.separator")),
    }
    head = f'{{"words":{_encode(words)},"names":[\n'
    rows: list[str] = []
    size = len(head.encode())
    for one in found:
        row = _encode([one.kind, one.address, one.claims, *one.names])
        size += len(row.encode()) + 2
        if size > MOST_BYTES:
            break
        rows.append(row)
    return (head + ",\n".join(rows) + "]}\n").encode()


def _encode(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _suggestions(catalogue: Catalogue) -> Iterator[Suggestion]:
    archive, agents = catalogue.archive, catalogue.agents
    for actor in archive.actors.values():
        ref = AgentRef("actor", actor.slug)
        names = _names(actor, plain(agents[ref].text))
        yield Suggestion(0, urls.actor(actor.slug), _count(archive.claims_by.get(ref, ())), names)
    for topic in archive.topics.values():
        names = _names(topic, plain(catalogue.topics[topic.slug].text))
        claims = _count(archive.claims_on.get(topic.slug, ()))
        yield Suggestion(1, urls.topic(topic.slug), claims, names)
    for outlet in archive.outlets.values():
        names = _names(outlet, plain(agents[AgentRef("outlet", outlet.slug)].text))
        claims = _count(archive.claims_in.get(outlet.slug, ()))
        yield Suggestion(2, urls.outlet(outlet.slug), claims, names)
    for slug, question in archive.questions.items():
        claims = _count(answer.claim for answer in archive.answers_to.get(slug, ()))
        yield Suggestion(3, urls.question(slug), claims, (question.question,))


def _names(record: Actor | Topic | Outlet, shown: str) -> tuple[str, ...]:
    return (shown, *other_names(record, shown))


def _count(claims: Iterable[LinkedClaim]) -> int:
    return len({claim.key for claim in claims if claim.counted})
