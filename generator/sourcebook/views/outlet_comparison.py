"""Outlets against each other: who is quoted, how, with which verbs, on which questions.

The claims of one topic, or of one actor, counted outlet by outlet, on one page with these claims, so
that each count selects what it counts. An empty cell says what the archive holds, never what an
outlet did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from ..link import LinkedClaim
from ..model import Slug
from .catalogue import Catalogue, ClaimView, Link
from .claim_lists import BY_FORM, FacetKind, ListedClaim, Value, selection_rules

CLAIMS_HELD = 360
"""Claims on one page; where there are more, every outlet is cut to the same number."""
OUTLETS_SHOWN = 8
OUTLETS_HELD = 60
"""Outlets whose claims a page lists, in columns or not."""
VALUES_SHOWN = 12
VALUES_NAMED = 30
"""Values without a row that are at least named."""


@dataclass(frozen=True, slots=True)
class OutletColumn:
    """An outlet, what is held of it, and how many claims here are its."""

    id: str
    """The anchor that selects its claims."""
    outlet: Link | None
    """None: the claims whose outlet is not known."""
    documents: int
    """Documents held of which it published all or a part."""
    total: int
    """Its counted claims."""
    held: int
    """Fewer than the total where the page would be too long: then the latest of them."""


@dataclass(frozen=True, slots=True)
class CountCell:
    """How many of an outlet's claims have one value."""

    id: str
    """The anchor that selects them."""
    count: int
    share: int
    """Of the outlet's claims here, in per cent."""
    form: str | None
    """How these are reported, where that is what is counted."""


@dataclass(frozen=True, slots=True)
class CountRow:
    """One value, outlet by outlet; None where nothing is found."""

    label: Markup
    path: str | None
    is_unknown: bool
    cells: tuple[CountCell | None, ...]
    total: int


@dataclass(frozen=True, slots=True)
class CountBlock:
    """One way to count: by speaker, by verb."""

    title: Markup
    rows: tuple[CountRow, ...]
    left_out: tuple[Link, ...]
    """Values with fewer claims than those that have a row."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What one anchor selects."""

    id: str
    outlet: Link | None
    value: Markup | None
    """None: all claims of the outlet."""
    count: int


@dataclass(frozen=True, slots=True)
class OutletRun:
    """The claims of one outlet."""

    column: OutletColumn
    claims: tuple[ListedClaim, ...]


@dataclass(frozen=True, slots=True)
class OutletComparison:
    """Outlets side by side over some claims, and these claims."""

    columns: tuple[OutletColumn, ...]
    blocks: tuple[CountBlock, ...]
    selections: tuple[Selection, ...]
    runs: tuple[OutletRun, ...]
    style: Markup
    total: int
    held: int
    speakers: int
    documents: int
    others: int
    """Outlets with claims here that stand in no column."""
    silent: tuple[tuple[Link, int], ...]
    """Outlets of which documents are held and nothing is found here, with how many documents."""


def outlets_of(claims: Sequence[LinkedClaim]) -> dict[Slug | None, list[LinkedClaim]]:
    """The counted ones of *claims* by outlet: those with most first, the unknown one last."""
    by_outlet: dict[Slug | None, list[LinkedClaim]] = {}
    for claim in claims:
        if claim.counted:
            by_outlet.setdefault(claim.outlet, []).append(claim)
    ranked = sorted(by_outlet, key=lambda slug: (slug is None, -len(by_outlet[slug]), slug or ""))
    return {slug: by_outlet[slug] for slug in ranked}


def compare_outlets(
    claims: Sequence[LinkedClaim], kinds: Sequence[FacetKind], catalogue: Catalogue
) -> OutletComparison:
    """The outlets that print *claims*, which come oldest first, counted by each of *kinds*."""
    by_outlet = outlets_of(claims)
    held = {slug: catalogue.views(found) for slug, found in claims_listed(by_outlet).items()}
    columns = [
        outlet_column(slug, len(by_outlet[slug]), len(held[slug]), catalogue) for slug in held
    ]
    known = [column for column in columns if column.outlet is not None][:OUTLETS_SHOWN]
    shown = [*known, *(column for column in columns if column.outlet is None)]
    views_by_column = dict(zip((column.id for column in columns), held.values(), strict=True))
    anchors = {view.key: [id] for id, views in views_by_column.items() for view in views}
    blocks: list[CountBlock] = []
    selections = [Selection(c.id, c.outlet, None, c.held) for c in columns]
    for kind in kinds:
        block, values = _count_block(kind, shown, views_by_column, catalogue, anchors)
        if block.rows:
            blocks.append(block)
            selections += values
    counted = [claim for found in by_outlet.values() for claim in found]
    return OutletComparison(
        columns=tuple(shown),
        blocks=tuple(blocks),
        selections=tuple(selections),
        runs=tuple(
            OutletRun(
                column,
                tuple(
                    ListedClaim(view, escape(" ".join(anchors[view.key])))
                    for view in views_by_column[column.id]
                ),
            )
            for column in columns
        ),
        style=selection_rules(selection.id for selection in selections),
        total=len(counted),
        held=sum(len(views) for views in held.values()),
        speakers=len({ref for claim in counted for ref in claim.claim.by}),
        documents=len({claim.key.document for claim in counted}),
        others=len(by_outlet) - len(shown),
        silent=silent_outlets({catalogue.outlet(slug) for slug in by_outlet}, catalogue),
    )


def silent_outlets(
    heard: Collection[Link | None], catalogue: Catalogue
) -> tuple[tuple[Link, int], ...]:
    """The outlets that are not *heard*, of which documents are held; with how many of these."""
    documents_of = catalogue.archive.documents_of
    return tuple(
        (link, len(documents_of[slug]))
        for slug in catalogue.archive.outlets
        if documents_of.get(slug)
        and (link := catalogue.outlet(slug)) is not None
        and link not in heard
    )


def claims_listed(
    by_outlet: Mapping[Slug | None, Sequence[LinkedClaim]],
) -> dict[Slug | None, list[LinkedClaim]]:
    """Those of an outlet's claims that a page of comparison has room for: the latest of each."""
    share = _even_share([len(found) for found in by_outlet.values()], CLAIMS_HELD)
    return {
        slug: _latest_first(found)[:share] for slug, found in list(by_outlet.items())[:OUTLETS_HELD]
    }


def _latest_first(claims: Sequence[LinkedClaim]) -> list[LinkedClaim]:
    """*claims*, which come oldest first and undated last, with the undated still last."""
    dated = [claim for claim in claims if claim.date is not None]
    return [*reversed(dated), *(claim for claim in claims if claim.date is None)]


def _even_share(sizes: Sequence[int], limit: int) -> int:
    """The most that each of *sizes* may keep, so that together they keep at most *limit*."""
    left = limit
    for place, size in enumerate(sorted(sizes)):
        share = max(1, left // (len(sizes) - place))
        if size > share:
            return share
        left -= size
    return limit


def column_id(outlet: Slug | None) -> str:
    """The anchor of an outlet's claims in a comparison."""
    return f"in-{outlet or '_unknown'}"


def outlet_column(outlet: Slug | None, total: int, held: int, catalogue: Catalogue) -> OutletColumn:
    """The column of *outlet*, which has *total* counted claims, *held* of them on the page."""
    documents = catalogue.archive.documents_of.get(outlet, ()) if outlet is not None else ()
    return OutletColumn(column_id(outlet), catalogue.outlet(outlet), len(documents), total, held)


def _count_block(
    kind: FacetKind,
    columns: Sequence[OutletColumn],
    views_by_column: dict[str, tuple[ClaimView, ...]],
    catalogue: Catalogue,
    anchors: dict[str, list[str]],
) -> tuple[CountBlock, list[Selection]]:
    """The counts of one kind, and the selections that they open.

    The claims that a count selects get its anchor in *anchors*.
    """
    messages = catalogue.messages
    counts: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    values: dict[str, Value] = {}
    found: list[tuple[str, str, str]] = []
    for column in columns:
        for view in views_by_column[column.id]:
            for value in kind.values(view, messages):
                name = value[0]
                values.setdefault(name, value)
                counts[column.id, name] += 1
                totals[name] += 1
                found.append((view.key, column.id, name))
    ranked = sorted(totals, key=lambda name: (name.startswith("_"), -totals[name], name))
    known = [name for name in ranked if not name.startswith("_")]
    shown = [*known[:VALUES_SHOWN], *(name for name in ranked if name.startswith("_"))]
    for key, column_name, name in found:
        if name in shown:
            anchors[key].append(_cell_id(column_name, kind, name))
    rows = tuple(
        CountRow(
            label=values[name][1],
            path=values[name][2],
            is_unknown=name.startswith("_"),
            cells=tuple(
                _count_cell(counts[column.id, name], column, kind, name) for column in columns
            ),
            total=totals[name],
        )
        for name in shown
    )
    selections = [
        Selection(cell.id, column.outlet, row.label, cell.count)
        for row in rows
        for column, cell in zip(columns, row.cells, strict=True)
        if cell is not None
    ]
    left_out = tuple(Link(*values[name][1:]) for name in known[VALUES_SHOWN:][:VALUES_NAMED])
    return CountBlock(messages.say(kind.title), rows, left_out), selections


def _count_cell(count: int, column: OutletColumn, kind: FacetKind, value: str) -> CountCell | None:
    if not count:
        return None
    form = value if kind is BY_FORM else None
    share = round(100 * count / column.held)
    return CountCell(_cell_id(column.id, kind, value), count, share, form)


def _cell_id(column: str, kind: FacetKind, value: str) -> str:
    return f"{column}--{kind.name}-{value}"
