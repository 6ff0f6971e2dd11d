"""Lists of claims, and the counts beside them, each of which opens the claims that it counts.

A count is a link to an anchor before its list; while that anchor is the target of the address, the
page's own style rules leave only the claims that it counts. So it works without a script, from a
folder, and each selection has an address.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nsmallest
from itertools import groupby

from markupsafe import Markup, escape

from ..edtf import LAST, Edtf
from ..link import LinkedClaim
from ..messages import Messages
from ..model import Slug
from .catalogue import Catalogue, ClaimView, Link
from .claim_years import claim_years
from .list_pages import ListPart

FACETS_SHOWN = 8
"""Values of one group that stand open; others wait behind one line."""
FACETS_HELD = 60
"""Values of one group that a page can select at all."""
CLAIMS_OPEN = 60
"""Runs of a list stand open until they have so many claims."""


@dataclass(frozen=True, slots=True)
class Facet:
    """One value by which claims are counted."""

    id: str
    """The anchor that selects its claims."""
    label: Markup
    path: str | None
    """The value's own page."""
    count: int
    share: int
    """Of the largest count in its group, in per cent: the length of its bar."""
    is_unknown: bool


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One way to count claims: by outlet, by topic, by verb."""

    title: Markup
    facets: tuple[Facet, ...]
    more: tuple[Facet, ...]
    """Those with the fewest claims."""


@dataclass(frozen=True, slots=True)
class ListedClaim:
    """A claim in a list, with the anchors that select it."""

    claim: ClaimView
    facets: str


@dataclass(frozen=True, slots=True)
class ClaimRun:
    """Claims of one year, or of one speaker."""

    title: Markup
    path: str | None
    claims: tuple[ListedClaim, ...]
    counted: int
    """Without those that are only suggested, or stand in a draft."""
    is_open: bool
    """False: a long list shows its heading only, until a reader opens it."""


@dataclass(frozen=True, slots=True)
class ClaimList:
    """Claims to read, and the ways to select among them."""

    runs: tuple[ClaimRun, ...]
    total: int
    counted: int
    """Without those that are only suggested, or stand in a draft."""
    shown: int
    """Fewer than the total where the list would be too long for one page."""
    groups: tuple[FacetGroup, ...]
    style: Markup
    """Rules that leave only the selected claims."""
    years: tuple[ListPart, ...] = ()
    """Where all of them are, if the page does not hold all."""


Value = tuple[str, Markup, str | None]
"""What a claim is counted under: an id unique in its group, a label, the page of it."""


@dataclass(frozen=True, slots=True)
class FacetKind:
    """How to count claims one way; a claim may have several values, or none."""

    name: str
    title: str
    """The key of its heading in the catalogue of messages."""
    values: Callable[[ClaimView, Messages], Iterable[Value]]


def _slug_of(link: Link) -> str:
    section, slug, *_ = (link.path or f"/{anchor_name(link.text)}").split("/")
    return f"outlet-{slug}" if section == "outlets" else slug


def _links(links: Sequence[Link]) -> Iterable[Value]:
    return [(_slug_of(link), link.text, link.path) for link in links]


def _outlet_values(claim: ClaimView, messages: Messages) -> Iterable[Value]:
    if claim.outlet is None:
        return [("_unknown", messages.say("unknown.outlet"), None)]
    return [(_slug_of(claim.outlet).removeprefix("outlet-"), claim.outlet.text, claim.outlet.path)]


def _speaker_values(claim: ClaimView, messages: Messages) -> Iterable[Value]:
    if claim.speakers:
        return _links(claim.speakers)
    if claim.unnamed:
        return [("_unnamed", messages.say("who.unnamed"), None)]
    return [("_unknown", messages.say("who.not-stated"), None)]


def _form_values(claim: ClaimView, messages: Messages) -> Iterable[Value]:
    return [(claim.form or "_unknown", messages.say(f"form.{claim.form or 'unknown'}"), None)]


def _naming_values(claim: ClaimView, messages: Messages) -> Iterable[Value]:
    name = "unnamed" if claim.unnamed else "named" if claim.speakers else "not-stated"
    return [(name, messages.say(f"naming.{name}"), None)]


def _cue_values(claim: ClaimView, messages: Messages) -> Iterable[Value]:
    if claim.cue is None:
        return [("_unknown", messages.say("unknown.cue"), None)]
    return [(anchor_name(str(claim.cue.unescape())), claim.cue, None)]


def anchor_name(text: str) -> str:
    """*text* as a part of an anchor; two texts that differ only in case have the same."""
    plain = unicodedata.normalize("NFC", text).casefold()
    return re.sub(r"[^\w]+", "-", plain).strip("-_") or "x"


BY_OUTLET = FacetKind("outlet", "facets.outlet", _outlet_values)
BY_SPEAKER = FacetKind("speaker", "facets.speaker", _speaker_values)
BY_TOPIC = FacetKind("topic", "facets.topic", lambda claim, _: _links(claim.topics))
BY_FORM = FacetKind("form", "facets.form", _form_values)
BY_NAMING = FacetKind("naming", "facets.naming", _naming_values)
BY_CUE = FacetKind("verb", "facets.cue", _cue_values)
BY_ABOUT = FacetKind("about", "facets.about", lambda claim, _: _links(claim.about))
BY_QUESTION = FacetKind(
    "question",
    "facets.question",
    lambda claim, _: _links([answer.question for answer in claim.answers]),
)


def _count_values(
    claims: Sequence[ClaimView], kind: FacetKind, messages: Messages
) -> tuple[FacetGroup, dict[str, list[str]]]:
    """The counts of one group, and by claim the anchors of the values that are shown."""
    counts: dict[str, int] = {}
    values: dict[str, Value] = {}
    ids_by_claim: dict[str, list[str]] = {}
    for claim in claims:
        ids = ids_by_claim[claim.key] = []
        for value in kind.values(claim, messages):
            counts[value[0]] = counts.get(value[0], 0) + 1
            values.setdefault(value[0], value)
            ids.append(value[0])
    ranked = sorted(counts, key=lambda name: (name.startswith("_"), -counts[name], name))
    unknown = [name for name in ranked if name.startswith("_")]
    known = [name for name in ranked if name not in unknown][:FACETS_HELD]
    kept = [*known[:FACETS_SHOWN], *unknown, *known[FACETS_SHOWN:]]
    open_count = min(len(known), FACETS_SHOWN) + len(unknown)
    largest = max(counts.values(), default=1)
    facets = tuple(
        Facet(
            id=f"{kind.name}-{name}",
            label=values[name][1],
            path=values[name][2],
            count=counts[name],
            share=max(1, round(100 * counts[name] / largest)),
            is_unknown=name in unknown,
        )
        for name in kept
    )
    shown = set(kept)
    anchors = {
        key: [f"{kind.name}-{name}" for name in ids if name in shown]
        for key, ids in ids_by_claim.items()
    }
    group = FacetGroup(messages.say(kind.title), facets[:open_count], facets[open_count:])
    return group, anchors


def list_claims(
    claims: Sequence[LinkedClaim],
    kinds: Sequence[FacetKind],
    catalogue: Catalogue,
    *,
    by_speaker: bool = False,
    limit: int = 300,
    index: str,
) -> ClaimList:
    """*claims*, newest first in runs of a year, or by speaker, with their counts.

    Counts are those of the claims that the page holds, so that each opens what it counts. Claims
    that are only suggested, and those of drafts, are listed and not counted. *index* is the page
    beside which pages of one year each hold all of them, where this one cannot.
    """
    messages = catalogue.messages
    held = catalogue.views(nsmallest(limit, claims, key=_newest_first))
    counted = [claim for claim in held if claim.counted]
    groups: list[FacetGroup] = []
    anchors: dict[str, list[str]] = {claim.key: [] for claim in held}
    for kind in kinds:
        group, ids = _count_values(counted, kind, messages)
        if group.facets:
            groups.append(group)
        for key, names in ids.items():
            anchors[key] += names
    listed = [ListedClaim(claim, escape(" ".join(anchors[claim.key]))) for claim in held]
    return ClaimList(
        runs=_runs_by_speaker(listed) if by_speaker else _runs_by_year(listed, messages),
        total=len(claims),
        counted=sum(1 for claim in claims if claim.counted),
        shown=len(held),
        groups=tuple(groups),
        style=selection_rules(
            facet.id for group in groups for facet in (*group.facets, *group.more)
        ),
        years=claim_years(claims, index, messages) if len(claims) > limit else (),
    )


def _newest_first(claim: LinkedClaim) -> tuple[tuple[bool, int, int, int], Slug, int]:
    return _latest_day_first(claim.date), claim.key.document, claim.number


@lru_cache(maxsize=1 << 14)
def _latest_day_first(date: Edtf | None) -> tuple[bool, int, int, int]:
    """The same for the many claims of one date."""
    year, month, day = date.sort_key if date is not None else LAST
    return date is None or date.year is None, -year, -month, -day


def _runs_by_year(listed: Sequence[ListedClaim], messages: Messages) -> tuple[ClaimRun, ...]:
    runs: list[ClaimRun] = []
    seen = 0
    for year, run in groupby(listed, key=lambda item: item.claim.year):
        claims = tuple(run)
        title = escape(str(year)) if year is not None else messages.say("unknown.year")
        runs.append(ClaimRun(title, None, claims, _counted(claims), is_open=seen < CLAIMS_OPEN))
        seen += len(claims)
    return tuple(runs)


def _runs_by_speaker(listed: Sequence[ListedClaim]) -> tuple[ClaimRun, ...]:
    by_who: dict[Link, list[ListedClaim]] = {}
    for item in listed:
        by_who.setdefault(voice_of(item.claim), []).append(item)
    runs: list[ClaimRun] = []
    seen = 0
    for who, claims in sorted(by_who.items(), key=_most_claims_first):
        run = ClaimRun(who.text, who.path, tuple(claims), _counted(claims), seen < CLAIMS_OPEN)
        runs.append(run)
        seen += len(claims)
    return tuple(runs)


def voice_of(claim: ClaimView) -> Link:
    """Who speaks, by name and page: two persons may have one name."""
    is_one = len(claim.speakers) == 1 and not claim.unnamed
    return Link(claim.who, claim.speakers[0].path if is_one else None)


def _most_claims_first(run: tuple[Link, Sequence[ListedClaim]]) -> tuple[int, str, str]:
    who, claims = run
    return -len(claims), who.text, who.path or ""


def _counted(listed: Sequence[ListedClaim]) -> int:
    return sum(1 for item in listed if item.claim.counted)


def selection_rules(anchors: Iterable[str]) -> Markup:
    """For each anchor, the rule that hides the claims after it which it does not select."""
    rules: list[str] = []
    for anchor in anchors:
        name = escape(anchor)
        rules.append(f'[id="{name}"]:target~* [data-f]:not([data-f~="{name}"]){{display:none}}\n')
    return Markup("".join(rules))
