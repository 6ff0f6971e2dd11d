"""Whom an actor speaks about, who speaks about them, and in whose company they appear.

The counts are those of the lists on the actor's page, so each opens what it counts. The picture is a
row of arcs with the actor in the middle: above, those who speak about them; below, those about whom
they speak. Only what published and counted claims say is drawn.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from markupsafe import Markup

from ..link import LinkedDocument
from ..messages import Messages
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

    link: Link
    documents: tuple[Link, ...]
    speaks: Mapping[Slug, bool]
    """In which documents: whether they speak there, or are only spoken of."""


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
    documents = _documents_with(own, catalogue)
    company = tuple(islice(_company(own, documents, catalogue), COMPANY_LISTED))
    return Neighbours(
        speaks_of=speaks_of,
        spoken_of_by=spoken_of_by,
        company=company,
        company_documents=len(documents),
        grid=_draw_grid(name, documents[:DOCUMENTS_DRAWN], company, catalogue),
        picture=_draw_arcs(name, speaks_of, spoken_of_by, catalogue),
    )


def _from_facets(claims: ClaimList, kind: str, own: Link) -> tuple[Neighbour, ...]:
    facets: list[Facet] = [
        facet
        for group in claims.groups
        for facet in (*group.facets, *group.more)
        if facet.id.startswith(f"{kind}-") and facet.path is not None and facet.path != own.path
    ]
    return tuple(Neighbour(Link(f.label, f.path), f.count, f.id) for f in facets)


def _documents_with(own: AgentRef, catalogue: Catalogue) -> tuple[LinkedDocument, ...]:
    """The latest documents where *own* speaks or is spoken about."""
    archive = catalogue.archive
    claims = (*archive.claims_by.get(own, ()), *archive.claims_about.get(own, ()))
    active = {claim.key.document for claim in claims if claim.counted}
    documents = (slug for slug in archive.documents_naming.get(own.slug, ()) if slug in active)
    return tuple(archive.documents[slug] for slug in islice(documents, DOCUMENTS_SEEN))


def _company(
    own: AgentRef, documents: tuple[LinkedDocument, ...], catalogue: Catalogue
) -> Iterator[Companion]:
    """The others who speak or are spoken about there."""
    for ref, speaks in _ranked_actors(documents):
        if ref != own and ref in catalogue.agents:
            links = tuple(catalogue.documents[slug] for slug in speaks)
            yield Companion(catalogue.agents[ref], links, speaks)


# Of a document with a thousand actors, each has the others for company.
@lru_cache(maxsize=64)
def _ranked_actors(
    documents: tuple[LinkedDocument, ...],
) -> tuple[tuple[AgentRef, Mapping[Slug, bool]], ...]:
    """Who speaks or is spoken about in most of *documents*; of two in as many, who has more claims.

    Each with the documents, and whether they speak there.
    """
    speaks: dict[AgentRef, dict[Slug, bool]] = {}
    weights: Counter[AgentRef] = Counter()
    for document in documents:
        slug = document.document.slug
        for claim in document.claims:
            for ref in {*claim.claim.by, *claim.claim.about} if claim.counted else ():
                if ref.kind == "actor":
                    there = speaks.setdefault(ref, {})
                    there[slug] = there.get(slug, False) or ref in claim.claim.by
                    weights[ref] += 1
    ranked = sorted(speaks, key=lambda ref: (-len(speaks[ref]), -weights[ref], ref.slug))
    return tuple((ref, speaks[ref]) for ref in ranked)


def _draw_grid(
    own: Link,
    documents: Sequence[LinkedDocument],
    company: Sequence[Companion],
    catalogue: Catalogue,
) -> CompanyGrid | None:
    if len(documents) < 2 or len(company) < 2:
        return None
    messages = catalogue.messages
    x = _place_across(messages)
    slugs = [document.document.slug for document in documents]
    places = [x(GRID + GRID_STEP * number) for number in range(len(documents))]
    rows = []
    for number, one in enumerate(company):
        dots = tuple(
            (place, one.speaks[slug])
            for place, slug in zip(places, slugs, strict=True)
            if slug in one.speaks
        )
        rows.append(GridRow(_short(one.link.text), GRID_TOP + GRID_ROW * number, dots))
    dates = (document.document.date for document in documents)
    return CompanyGrid(
        title=messages.say("neighbours.grid", name=own.text),
        description=messages.say("neighbours.grid-description"),
        width=WIDTH,
        height=GRID_TOP + GRID_ROW * len(rows) - 8,
        text_x=x(0),
        documents=tuple(
            (place, catalogue.documents[slug], date_words(date, messages) if date else "")
            for place, slug, date in zip(places, slugs, dates, strict=True)
        ),
        rows=tuple(rows),
    )


def _draw_arcs(
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
    messages = catalogue.messages
    own_y = ROW // 2 + (ROW * len(above) + GAP if above else 0)
    height = own_y + ROW // 2 + (GAP + ROW * len(below) if below else 0)
    largest = max(neighbour.count for neighbour in (*above, *below))
    x = _place_across(messages)

    def arc(neighbour: Neighbour, y: int, *, arrives: int) -> Arc:
        reach = abs(y - own_y) // 2
        bulge = min(reach, AXIS - 8)
        clockwise = int((y > own_y) == (messages.direction == "rtl"))
        tip, tail = x(AXIS - 6), x(AXIS - 13)
        return Arc(
            label=_short(neighbour.link.text),
            count=neighbour.count,
            y=y,
            path=f"M{x(AXIS)} {own_y}A{bulge} {reach} 0 0 {clockwise} {x(AXIS)} {y}",
            width=f"{1 + 4 * neighbour.count / largest:.1f}",
            arrow=f"M{tip} {arrives}L{tail} {arrives - 5}L{tail} {arrives + 5}Z",
        )

    return ArcPicture(
        title=messages.say("neighbours.picture", name=own.text),
        description=messages.say(
            "neighbours.description",
            name=own.text,
            above=_in_words(above[::-1], messages),
            below=_in_words(below, messages),
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


def _place_across(messages: Messages) -> Callable[[int], int]:
    """From how far behind the edge where a reader begins to how far from the left."""
    return (lambda place: WIDTH - place) if messages.direction == "rtl" else (lambda place: place)


def _in_words(neighbours: Sequence[Neighbour], messages: Messages) -> Markup:
    items = [messages.say("neighbours.item", name=n.link.text, n=n.count) for n in neighbours]
    return messages.listing(items) if items else messages.say("neighbours.nobody")


def _short(name: Markup) -> Markup:
    text = name.unescape()
    return Markup.escape(text if len(text) <= LABEL_LENGTH else text[: LABEL_LENGTH - 1] + "…")
