"""Where all claims of one outlet are, on a topic or of an actor, for counts that other pages show.

A topic's page, and one that compares outlets, have room for a few hundred claims. A count that is of
more leads to a list of what it counts and nothing else, split by year where it is long.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from .. import urls
from ..link import Archive, LinkedClaim
from ..model import AgentRef, Slug
from .catalogue import Catalogue
from .outlet_comparison import OUTLETS_SHOWN, claims_listed, column_id, outlets_of

CLAIMS_ON_TOPIC = 260
"""On a topic's own page: as many as 60 kB hold, packed. Pages of its years list all."""

ALL = "all"
MEASURES = {
    "direct": "form",
    "indirect": "form",
    "mixed": "form",
    "named": "naming",
    "unnamed": "naming",
}
"""Some of an outlet's quotes, with the way to count that tells them from the others."""


@dataclass(frozen=True, slots=True)
class CountedClaims:
    """Some claims of an outlet, and the place that has all of them."""

    claims: Sequence[LinkedClaim]
    path: str
    is_own_list: bool
    """Whether that is a list of nothing else, because no other page has all."""


@dataclass(frozen=True, slots=True)
class OutletList:
    """A list of claims of one outlet."""

    index: str
    title: Markup
    claims: Sequence[LinkedClaim]


def is_compared(outlets: Collection[Slug | None]) -> bool:
    """Whether claims of *outlets* have a page that lays them side by side: of one alone, there is none."""
    return len(outlets) - (None in outlets) > 1


def claims_on_topic(topic: Slug, archive: Archive) -> dict[Slug | None, CountedClaims]:
    """The counted claims on *topic* by outlet."""
    claims = archive.claims_on.get(topic, ())
    by_outlet = outlets_of(claims)
    page = urls.topic_outlets(topic)
    listed: Mapping[Slug | None, Sequence[LinkedClaim]] = {}
    if is_compared(by_outlet):
        listed, anchor = claims_listed(by_outlet), f"{page}#in-"
    elif len(claims) <= CLAIMS_ON_TOPIC:
        listed, anchor = by_outlet, f"{urls.topic(topic)}#outlet-"
    return {
        outlet: CountedClaims(found, f"{anchor}{outlet or '_unknown'}", is_own_list=False)
        if len(listed.get(outlet, ())) == len(found)
        else CountedClaims(found, urls.claims_of_outlet(page, outlet), is_own_list=True)
        for outlet, found in by_outlet.items()
    }


def quotes_of_actor(actor: Slug, archive: Archive) -> dict[Slug | None, dict[str, CountedClaims]]:
    """The counted claims of *actor* by outlet: all of them, then each measure that has any."""
    by_outlet = outlets_of(archive.claims_by.get(AgentRef("actor", actor), ()))
    listed = claims_listed(by_outlet)
    page = urls.actor_outlets(actor)
    # Of these the page has a column, whose counts are selections.
    columns = {None, *[outlet for outlet in by_outlet if outlet is not None][:OUTLETS_SHOWN]}
    quotes: dict[Slug | None, dict[str, CountedClaims]] = {}
    for outlet, claims in by_outlet.items():
        there = _by_measure(listed.get(outlet, ()))
        quotes[outlet] = {}
        for measure, found in _by_measure(claims).items():
            anchor = f"{page}#{column_id(outlet)}"
            if measure != ALL:
                anchor += f"--{MEASURES[measure]}-{measure}"
            is_there = len(there.get(measure, ())) == len(found)
            if is_there and (measure == ALL or outlet in columns):
                quotes[outlet][measure] = CountedClaims(found, anchor, is_own_list=False)
            elif measure != ALL and len(found) == len(claims):
                all_path = quotes[outlet][ALL].path
                quotes[outlet][measure] = CountedClaims(found, all_path, is_own_list=False)
            else:
                path = urls.claims_of_outlet(page, outlet, "" if measure == ALL else measure)
                quotes[outlet][measure] = CountedClaims(found, path, is_own_list=True)
    return quotes


def _by_measure(claims: Sequence[LinkedClaim]) -> dict[str, Sequence[LinkedClaim]]:
    """*claims*, all and by measure, in the order of the measures."""
    of_claim = {
        claim.key: (claim.claim.form, "unnamed" if claim.claim.unnamed else "named")
        for claim in claims
    }
    by_measure: dict[str, Sequence[LinkedClaim]] = {ALL: claims}
    for measure in MEASURES:
        found = [claim for claim in claims if measure in of_claim[claim.key]]
        if found:
            by_measure[measure] = found
    return by_measure


def topic_lists(topic: Slug, catalogue: Catalogue) -> Iterator[OutletList]:
    """The lists of claims on *topic* that no other page has."""
    for outlet, counted in claims_on_topic(topic, catalogue.archive).items():
        if counted.is_own_list:
            yield OutletList(counted.path, _name_of(outlet, catalogue), counted.claims)


def actor_lists(actor: Slug, catalogue: Catalogue) -> Iterator[OutletList]:
    """The lists of quotes of *actor* that no other page has."""
    say = catalogue.messages.say
    for outlet, quotes in quotes_of_actor(actor, catalogue.archive).items():
        for measure, counted in quotes.items():
            if counted.is_own_list:
                title = _name_of(outlet, catalogue)
                if measure != ALL:
                    title = say("list.part", list=title, part=say(f"compare.only-{measure}"))
                yield OutletList(counted.path, title, counted.claims)


def _name_of(outlet: Slug | None, catalogue: Catalogue) -> Markup:
    link = catalogue.outlet(outlet)
    return link.text if link is not None else catalogue.messages.say("unknown.outlet")
