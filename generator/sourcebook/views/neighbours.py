"""Whom an actor speaks about, who speaks about them, and in whose company they appear.

The counts are those of the lists on the actor's page, so each opens what it counts. The picture is a
row of arcs with the actor in the middle: above, those who speak about them; below, those about whom
they speak. Only what published and counted claims say is drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..model import AgentRef, Slug
from ..words import date_words
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
DOCUMENTS_DRAWN = 6
GRID = 176
"""Where the first column of the picture of company stands."""
GRID_STEP = 22
GRID_TOP = 40
GRID_ROW = 26


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

    ref: AgentRef
    link: Link
    documents: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class GridRow:
    """Somebody in the picture of who appears where."""

    label: Markup
    y: int
    dots: tuple[tuple[int, bool], ...]
    """(x, speaks): where in the row, and whether they speak there or are only spoken of."""


@dataclass(frozen=True, slots=True)
class CompanyGrid:
    """Who appears in which of the actor's documents, the latest first."""

    title: Markup
    description: Markup
    width: int
    height: int
    text_x: int
    documents: tuple[tuple[int, Link, str], ...]
    """(x, document, its date); numbered in this order."""
    rows: tuple[GridRow, ...]


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
    grid: CompanyGrid | None
    """None where there are too few to draw."""
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
    appearances = _appearances(own, catalogue)
    company = _company(appearances, catalogue)
    return Neighbours(
        speaks_of=speaks_of,
        spoken_of_by=spoken_of_by,
        company=company,
        company_documents=len(appearances),
        grid=_draw_grid(name, appearances, company, catalogue),
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


Appearances = Mapping[Slug, Mapping[AgentRef, tuple[int, bool]]]
"""By document: the other actors there, each with the number of claims that they make or that are
about them, and whether they speak."""


def _appearances(own: AgentRef, catalogue: Catalogue) -> Appearances:
    """The latest documents where *own* speaks or is spoken about, with all others who do."""
    archive = catalogue.archive
    claims = (*archive.claims_by.get(own, ()), *archive.claims_about.get(own, ()))
    active = {claim.key.document for claim in claims if claim.counted}
    documents = [slug for slug in archive.documents_naming.get(own.slug, ()) if slug in active]
    appearances: dict[Slug, dict[AgentRef, tuple[int, bool]]] = {}
    for slug in documents[:DOCUMENTS_SEEN]:
        there = appearances.setdefault(slug, {})
        for claim in archive.documents[slug].claims:
            for ref in {*claim.claim.by, *claim.claim.about} if claim.counted else ():
                if ref != own and ref.kind == "actor" and ref in catalogue.agents:
                    count, speaks = there.get(ref, (0, False))
                    there[ref] = (count + 1, speaks or ref in claim.claim.by)
    return appearances


def _company(appearances: Appearances, catalogue: Catalogue) -> tuple[Companion, ...]:
    """Those who appear in most of the same documents; of two with as many, who has more claims."""
    shared: dict[AgentRef, list[Slug]] = {}
    weights: Counter[AgentRef] = Counter()
    for slug, there in appearances.items():
        for ref, (count, _) in there.items():
            shared.setdefault(ref, []).append(slug)
            weights[ref] += count
    ranked = sorted(shared, key=lambda ref: (-len(shared[ref]), -weights[ref], ref.slug))
    return tuple(
        Companion(
            ref, catalogue.agents[ref], tuple(catalogue.documents[slug] for slug in shared[ref])
        )
        for ref in ranked[:COMPANY_LISTED]
    )


def _draw_grid(
    own: Link, appearances: Appearances, company: Sequence[Companion], catalogue: Catalogue
) -> CompanyGrid | None:
    documents = list(appearances)[:DOCUMENTS_DRAWN]
    if len(documents) < 2 or len(company) < 2:
        return None
    messages = catalogue.messages
    mirrored = messages.direction == "rtl"

    def x(value: int) -> int:
        return WIDTH - value if mirrored else value

    places = [x(GRID + GRID_STEP * number) for number in range(len(documents))]
    rows = []
    for number, one in enumerate(company):
        dots = tuple(
            (place, appearances[slug][one.ref][1])
            for place, slug in zip(places, documents, strict=True)
            if one.ref in appearances[slug]
        )
        rows.append(GridRow(_short(one.link.text), GRID_TOP + GRID_ROW * number, dots))
    dates = (catalogue.archive.documents[slug].document.date for slug in documents)
    return CompanyGrid(
        title=messages.say("neighbours.grid", name=own.text),
        description=messages.say("neighbours.grid-description"),
        width=WIDTH,
        height=GRID_TOP + GRID_ROW * len(rows) - 8,
        text_x=x(0),
        documents=tuple(
            (place, catalogue.documents[slug], date_words(date, messages) if date else "")
            for place, slug, date in zip(places, documents, dates, strict=True)
        ),
        rows=tuple(rows),
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
