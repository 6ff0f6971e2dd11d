"""Whom an actor speaks about, who speaks about them, and in whose company they appear.

The counts are those of the lists on the actor's page, so each opens what it counts. The picture is a
row of arcs with the actor in the middle: above, those who speak about them; below, those about whom
they speak. Only what published and counted claims say is drawn.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from ..model import AgentRef, Slug
from .catalogue import Catalogue, Link
from .claim_lists import ClaimList, Facet

NEIGHBOURS_DRAWN = 8
"""On both sides of the actor together."""
COMPANY_LISTED = 8
DOCUMENTS_SEEN = 40
"""The latest documents of an actor in which company is looked for."""

WIDTH = 300
ROW = 30
GAP = 26
"""Between the actor and each side; the words that say what the arcs mean stand there."""
AXIS = 104
LABEL_LENGTH = 22


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Somebody spoken about or speaking, and how many claims join them."""

    link: Link
    count: int
    anchor: str
    """Selects these claims in the page's own lists."""


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody who appears in the same documents."""

    link: Link
    documents: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Arc:
    """A neighbour as it is drawn."""

    label: Markup
    count: int
    y: int
    path: str
    width: str
    arrow: str


@dataclass(frozen=True, slots=True)
class ArcPicture:
    """The actor in the middle, and arcs to and from the neighbours."""

    title: Markup
    description: Markup
    width: int
    height: int
    axis: int
    text_x: int
    count_x: int
    own_y: int
    own_label: Markup
    above: tuple[Arc, ...]
    below: tuple[Arc, ...]


@dataclass(frozen=True, slots=True)
class Neighbours:
    """All of it; empty lists where nothing is held."""

    speaks_of: tuple[Neighbour, ...]
    """Those with most claims first; so are the following."""
    spoken_of_by: tuple[Neighbour, ...]
    company: tuple[Companion, ...]
    company_documents: int
    """Documents in which it was looked for."""
    picture: ArcPicture | None
    """None where there is nobody to draw."""

    def __bool__(self) -> bool:
        return bool(self.speaks_of or self.spoken_of_by or self.company)


def neighbours_of(
    actor: Slug, said: ClaimList, about: ClaimList, catalogue: Catalogue
) -> Neighbours:
    """The neighbours of *actor*, from the lists of its page.

    *said* must be counted by whom it is about, *about* by who speaks.
    """
    own = AgentRef("actor", actor)
    name = catalogue.agents[own]
    speaks_of = _from_facets(said, "about", name)
    spoken_of_by = _from_facets(about, "speaker", name)
    company, looked_in = _company(own, catalogue)
    return Neighbours(
        speaks_of=speaks_of,
        spoken_of_by=spoken_of_by,
        company=company,
        company_documents=looked_in,
        picture=_draw(name, speaks_of, spoken_of_by, catalogue),
    )


def _from_facets(claims: ClaimList, kind: str, own: Link) -> tuple[Neighbour, ...]:
    facets: list[Facet] = [
        facet
        for group in claims.groups
        for facet in (*group.facets, *group.more)
        if facet.id.startswith(f"{kind}-") and facet.path is not None and facet.path != own.path
    ]
    return tuple(Neighbour(Link(f.label, f.path), f.count, f.id) for f in facets)


def _company(own: AgentRef, catalogue: Catalogue) -> tuple[tuple[Companion, ...], int]:
    """Who speaks or is spoken about in the same documents, and in how many it was looked for.

    Of two who share as many documents, the one with more claims there comes first.
    """
    archive = catalogue.archive
    claims = (*archive.claims_by.get(own, ()), *archive.claims_about.get(own, ()))
    active = {claim.key.document for claim in claims if claim.counted}
    documents = [slug for slug in archive.documents_naming.get(own.slug, ()) if slug in active][
        :DOCUMENTS_SEEN
    ]
    shared: dict[AgentRef, list[Slug]] = {}
    weights: Counter[AgentRef] = Counter()
    for slug in documents:
        acting: Counter[AgentRef] = Counter()
        for claim in archive.documents[slug].claims:
            if claim.counted:
                acting.update({*claim.claim.by, *claim.claim.about})
        for ref, count in acting.items():
            if ref != own and ref.kind == "actor" and ref in catalogue.agents:
                shared.setdefault(ref, []).append(slug)
                weights[ref] += count
    ranked = sorted(shared, key=lambda ref: (-len(shared[ref]), -weights[ref], ref.slug))
    return (
        tuple(
            Companion(catalogue.agents[ref], tuple(catalogue.documents[s] for s in shared[ref]))
            for ref in ranked[:COMPANY_LISTED]
        ),
        len(documents),
    )


def _draw(
    own: Link,
    speaks_of: tuple[Neighbour, ...],
    spoken_of_by: tuple[Neighbour, ...],
    catalogue: Catalogue,
) -> ArcPicture | None:
    # Those with most claims stand nearest: the thickest arcs are the shortest.
    half = NEIGHBOURS_DRAWN // 2
    above = spoken_of_by[: max(half, NEIGHBOURS_DRAWN - len(speaks_of))][::-1]
    below = speaks_of[: NEIGHBOURS_DRAWN - min(len(above), half)]
    if not above and not below:
        return None
    mirrored = catalogue.messages.direction == "rtl"
    own_y = ROW // 2 + (ROW * len(above) + GAP if above else 0)
    height = own_y + ROW // 2 + (GAP + ROW * len(below) if below else 0)
    largest = max(neighbour.count for neighbour in (*above, *below))

    def x(value: int) -> int:
        return WIDTH - value if mirrored else value

    def arc(neighbour: Neighbour, y: int, *, arrives: int) -> Arc:
        reach = abs(y - own_y) // 2
        bulge = min(reach, AXIS - 8)
        clockwise = int((y > own_y) == mirrored)
        tip, tail = x(AXIS - 6), x(AXIS - 13)
        return Arc(
            label=_short(neighbour.link.text),
            count=neighbour.count,
            y=y,
            path=f"M{x(AXIS)} {own_y}A{bulge} {reach} 0 0 {clockwise} {x(AXIS)} {y}",
            width=f"{1 + 4 * neighbour.count / largest:.1f}",
            arrow=f"M{tip} {arrives}L{tail} {arrives - 5}L{tail} {arrives + 5}Z",
        )

    say, listing = catalogue.messages.say, catalogue.messages.listing

    def in_words(neighbours: tuple[Neighbour, ...]) -> Markup:
        items = tuple(say("neighbours.item", name=n.link.text, n=n.count) for n in neighbours)
        return Markup(listing(items)) if items else say("neighbours.nobody")

    return ArcPicture(
        title=say("neighbours.picture", name=own.text),
        description=say(
            "neighbours.description",
            name=own.text,
            above=in_words(above[::-1]),
            below=in_words(below),
        ),
        width=WIDTH,
        height=height,
        axis=x(AXIS),
        text_x=x(AXIS + 14),
        count_x=x(WIDTH),
        own_y=own_y,
        own_label=_short(own.text),
        above=tuple(
            arc(neighbour, ROW // 2 + ROW * place, arrives=own_y)
            for place, neighbour in enumerate(above)
        ),
        below=tuple(
            arc(neighbour, y := own_y + GAP + ROW * (place + 1), arrives=y)
            for place, neighbour in enumerate(below)
        ),
    )


def _short(name: Markup) -> Markup:
    text = str(name.unescape())
    return Markup.escape(text if len(text) <= LABEL_LENGTH else text[: LABEL_LENGTH - 1] + "…")
