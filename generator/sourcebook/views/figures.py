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


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale."""

    at: str
    """Its place, in per cent of the width."""
    label: str
    anchor: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One claim's figure."""

    number: int
    claim: ClaimView
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
    y: int
    facets: str


@dataclass(frozen=True, slots=True)
class FigureStrip:
    """All figures of one question."""

    unit: str | None
    ticks: tuple[Tick, ...]
    rows: tuple[FigureRow, ...]
    height: int
    least: str
    most: str


ROW_HEIGHT = 50
TOP = 26


def figure_strip(
    asked: FigureAsked, given: Sequence[LinkedAnswer], catalogue: Catalogue
) -> FigureStrip | None:
    """The strip of the figures in *given*; None where no claim gives one."""
    answers = [(answer, answer.answer.figure) for answer in given]
    figures = [(answer, figure) for answer, figure in answers if figure is not None]
    values = [value for _, figure in figures for value in _values(figure)]
    if not values:
        return None
    scale = _scale(max(values))
    rows = [
        _row(number, answer, figure, scale[-1], catalogue)
        for number, (answer, figure) in enumerate(figures, start=1)
    ]
    number = catalogue.messages.number
    return FigureStrip(
        unit=asked.unit,
        ticks=tuple(
            Tick(_percent(value, scale[-1]), number(value), _anchor(value, scale[-1]))
            for value in scale
        ),
        rows=tuple(rows),
        height=TOP + ROW_HEIGHT * len(rows) + 6,
        least=number(min(values)),
        most=number(max(values)),
    )


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
    number: int, answer: LinkedAnswer, figure: Figure, largest: float, catalogue: Catalogue
) -> FigureRow:
    def at(value: float | None) -> str | None:
        return None if value is None else _percent(value, largest)

    values = _values(figure)
    is_left = max(values) > largest * 0.62
    messages = catalogue.messages
    claim = catalogue.claims[answer.claim.key]
    outlet = answer.claim.outlet or "_unknown"
    return FigureRow(
        number=number,
        claim=claim,
        words=str(figure_words(figure, messages)),
        as_of=date_words(figure.as_of, messages) if figure.as_of else None,
        low=at(figure.low),
        best=at(figure.best),
        high=at(figure.high),
        is_open=figure.best is None and (figure.low is None or figure.high is None),
        label_at=_percent(min(values) if is_left else max(values), largest),
        label_anchor="end" if is_left else "start",
        y=TOP + ROW_HEIGHT * (number - 1),
        facets=Markup.escape(f"figure--{outlet}"),
    )
