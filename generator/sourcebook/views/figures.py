"""The figures that claims give, on one scale: a strip, and the table that holds the same."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ..link import LinkedAnswer
from ..model import Figure, FigureAsked
from ..words import date_words
from .catalogue import Catalogue, ClaimView, figure_words
from .ticks import LETTER, NARROW


@dataclass(frozen=True, slots=True)
class ScaleLine:
    """A line of the scale."""

    at: str
    """Its place, in per cent of the width."""
    label: str
    anchor: str
    is_minor: bool
    """On a telephone there is no room for its label."""


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One claim's figure."""

    number: int
    claim: ClaimView
    who: str
    """Who gives it, as far as a telephone has room."""
    who_rest: str
    words: str
    as_of: str | None
    low: str | None
    best: str | None
    high: str | None
    """Places in per cent; a range has ends, a single number only the best."""
    is_open: bool
    """Only one end is given: "up to", "at least"."""
    label_at: str
    label_anchor: str
    label_y: int
    """Beside the mark, or below it where it has no room at its side on a telephone."""
    y: int
    facets: str


@dataclass(frozen=True, slots=True)
class FigureStrip:
    """All figures of one question."""

    unit: str | None
    shapes: tuple[str, ...]
    """Which kinds of mark it has, each to be explained: dot, range, open."""
    ticks: tuple[ScaleLine, ...]
    rows: tuple[FigureRow, ...]
    height: int
    least: str
    most: str


ROW_HEIGHT = 50
BESIDE = 39
BELOW = 58
"""Pixels under the top of a row at which the words of a figure stand."""
TOP = 26
BOLD_LETTER = 7.6
"""Pixels across that a letter of these words takes at most, on average."""
GAP = 14
"""Pixels between a mark and its words."""
WHO_LENGTH = 32


def figure_strip(
    asked: FigureAsked, given: Sequence[LinkedAnswer], catalogue: Catalogue
) -> FigureStrip | None:
    """The strip of the figures in *given*; None where no claim gives one."""
    answers = [(answer, answer.answer.figure) for answer in given]
    figures = [(answer, figure) for answer, figure in answers if figure is not None]
    values = [value for _, figure in figures for value in _values(figure)]
    if not values:
        return None
    # "At least" goes on beyond its number, and must have where to go.
    reach = [1.06 * figure.low for _, figure in figures if figure.low and _is_floor(figure)]
    scale = _scale(max([*values, *reach]))
    rows: list[FigureRow] = []
    y = TOP
    for place, (answer, figure) in enumerate(figures, start=1):
        rows.append(_row(place, answer, figure, scale[-1], y, catalogue))
        y += ROW_HEIGHT + rows[-1].label_y - BESIDE
    number = catalogue.messages.number
    labels = [number(value) for value in scale]
    return FigureStrip(
        unit=asked.unit,
        shapes=tuple(dict.fromkeys(_shape(figure) for _, figure in figures)),
        ticks=tuple(
            ScaleLine(
                _percent(value, scale[-1]),
                label,
                _anchor(value, scale[-1]),
                is_minor=_is_minor(place, labels),
            )
            for place, (value, label) in enumerate(zip(scale, labels, strict=True))
        ),
        rows=tuple(rows),
        height=y + 6,
        least=number(min(values)),
        most=number(max(values)),
    )


def _is_floor(figure: Figure) -> bool:
    """Whether it says "at least", and no more."""
    return figure.best is None and figure.high is None


def _shape(figure: Figure) -> str:
    if figure.best is None and (figure.low is None or figure.high is None):
        return "open"
    is_range = None not in (figure.low, figure.high) and figure.low != figure.high
    return "range" if is_range else "dot"


def _is_minor(place: int, labels: Sequence[str]) -> bool:
    """Whether the label of the scale goes where all would touch: each second one, or all but the ends."""
    last = len(labels) - 1
    # The last label ends with the scale, the one before it stands in the middle of its line.
    if (len(labels[-1]) + len(labels[-2]) / 2) * LETTER + 8 <= NARROW.line / last:
        return False
    return bool(place % 2) if last % 2 == 0 else 0 < place < last


def _values(figure: Figure) -> list[float]:
    return [value for value in (figure.low, figure.best, figure.high) if value is not None]


def _scale(largest: float) -> list[float]:
    """Round numbers from 0 to *largest* or just above it, at most six."""
    if largest <= 0:
        return [0.0, 1.0]
    rough = largest / 4
    magnitude = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * magnitude for factor in (1, 2, 2.5, 5, 10) if factor * magnitude >= rough)
    count = math.ceil(largest / step - 1e-9)
    return [step * place for place in range(count + 1)]


def _percent(value: float, largest: float) -> str:
    return f"{100 * max(value, 0) / largest:.2f}%"


def _anchor(value: float, largest: float) -> str:
    return "start" if value <= 0 else "end" if value >= largest else "middle"


def _row(
    number: int, answer: LinkedAnswer, figure: Figure, largest: float, y: int, catalogue: Catalogue
) -> FigureRow:
    def at(value: float | None) -> str | None:
        return None if value is None else _percent(value, largest)

    values = _values(figure)
    messages = catalogue.messages
    words = str(figure_words(figure, messages))
    left, right = (NARROW.pixels(100 * max(one, 0) / largest) for one in (min(values), max(values)))
    room = len(words) * BOLD_LETTER + GAP
    # Dots lead on from "at least": its words stand before it, if they can.
    is_left = left >= room and (_is_floor(figure) or right + room > NARROW.line)
    is_beside = is_left or right + room <= NARROW.line
    # Below, too, words end where their mark ends, unless they are longer than the way to it.
    has_place = is_beside or right >= room
    claim = catalogue.claims[answer.claim.key]
    who = claim.who.unescape()
    outlet = answer.claim.outlet or "_unknown"
    return FigureRow(
        number=number,
        claim=claim,
        who=who[:WHO_LENGTH],
        who_rest=who[WHO_LENGTH:],
        words=words,
        as_of=date_words(figure.as_of, messages) if figure.as_of else None,
        low=at(figure.low),
        best=at(figure.best),
        high=at(figure.high),
        is_open=_shape(figure) == "open",
        label_at=_percent(min(values) if is_left else max(values), largest) if has_place else "0%",
        label_anchor="end" if is_left or (not is_beside and has_place) else "start",
        label_y=BESIDE if is_beside else BELOW,
        y=y,
        facets=Markup.escape(f"figure--{outlet}"),
    )
