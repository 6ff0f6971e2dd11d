"""The figures as Markdown tables and as a plot, and both put into the benchmarks' README."""

from __future__ import annotations

import os
import platform
import re
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from html import escape
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NamedTuple

from results import Figure, Results

HERE = Path(__file__).resolve().parent
PLOT = HERE / "results.svg"
BEGIN, END = "<!-- results -->", "<!-- end of the results -->"


class Row(NamedTuple):
    """A line of the table."""

    measure: str
    shown: str
    base: str
    """The measure of the others that it is compared with."""
    others: tuple[str, ...] = ("Hugo", "Eleventy")


ROWS = (
    Row("cold", "Cold build, without search", "cold"),
    Row("cold memory", "Cold build, memory", "cold memory"),
    Row("unchanged", "Build again: nothing changed", "cold"),
    Row("body", "Build again: a document’s body", "cold"),
    Row("claim", "Build again: a claim", "cold"),
    Row("front matter", "Build again: a title", "cold"),
    Row("actor", "Build again: an actor’s name", "cold"),
    Row("document p50", "Preview: save to document, median", "document p50"),
    Row("document p95", "Preview: save to document, 95 %", "document p95"),
    Row("actor p50", "Preview: save to speaker, median", "actor p50"),
    Row("actor p95", "Preview: save to speaker, 95 %", "actor p95"),
    Row("start cold", "Preview: first start", "start cold"),
    Row("start", "Preview: next start, one changed", "start"),
    Row("serve memory", "Preview: memory", "serve memory"),
    Row("search", "Search index, whole", "search", ("One index", "Pagefind")),
    Row("search memory", "Build with search, memory", "search memory", ("One index", "Pagefind")),
    Row("search one", "Search index, one document", "search", ("One index", "Pagefind")),
    Row("check", "Check, nothing remembered", "", ()),
    Row("check one", "Check, a document changed", "", ()),
    Row("ingest", "Drafts of all captures", "", ()),
)


def format_report(figures: Sequence[Figure]) -> str:
    """A table for each size, the smallest first."""
    sizes = sorted({figure.size for figure in figures})
    return "\n\n".join("\n".join(_table(figures, size)) for size in sizes)


def _table(figures: Sequence[Figure], size: int) -> Iterator[str]:
    yield f"| {size:,} documents | Sourcebook | others | ratio | of CPU | |"
    yield "|---|---|---|---|---|---|"
    for row in ROWS:
        own = _find(figures, row.measure, "Sourcebook", size)
        if own is None:
            continue
        found = [_find(figures, row.base, who, size) for who in row.others]
        others = [figure for figure in found if figure is not None]
        beside = "; ".join(f"{o.who} {_shown(o)}" for o in others)
        ratios = "; ".join(f"{own.value / o.value:.2f}" for o in others if o.value)
        work = "; ".join(_ratios_of_cpu(figures, row, size))
        disturbed = any(figure.disturbed for figure in (own, *others))
        remarks = [own.remark, "disturbed" if disturbed else ""]
        remark = ", ".join(filter(None, remarks))
        yield f"| {row.shown} | {_shown(own)} | {beside} | {ratios} | {work} | {remark} |"


def _ratios_of_cpu(figures: Sequence[Figure], row: Row, size: int) -> Iterator[str]:
    """What a disturbed run is better judged by than by its seconds."""
    own = _find(figures, f"{row.measure} cpu", "Sourcebook", size)
    for who in row.others:
        other = _find(figures, f"{row.base} cpu", who, size)
        if own is not None and other is not None and other.value:
            yield f"{own.value / other.value:.2f}"


def _find(figures: Iterable[Figure], measure: str, who: str, size: int) -> Figure | None:
    wanted = (measure, who, size)
    return next((f for f in figures if (f.measure, f.who, f.size) == wanted), None)


def _shown(figure: Figure) -> str:
    if figure.measure.endswith("memory"):
        return f"{figure.value / 1e6:,.0f} MB"
    return f"{figure.value:.1f} s" if figure.value >= 10 else f"{figure.value:.2f} s"


_LEFT, _SCALE, _LINE, _TOP = 250, 320, 26, 56
_MOST = 1.2
"""Where a bar ends that would be longer."""


def draw_plot(figures: Sequence[Figure], size: int) -> str:
    """A bar for each measure that another generator has too: our share of its time or memory."""
    bars = []
    for row in ROWS:
        own = _find(figures, row.measure, "Sourcebook", size)
        other = _find(figures, row.base, row.others[0], size) if row.others else None
        if own is not None and other is not None and other.value:
            bars.append((row, own, other))
    height = _TOP + _LINE * len(bars) + 16
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 940 {height}" role="img">',
        f"<title>Sourcebook beside Hugo and Pagefind, {size:,} documents</title>",
        "<style>text{font:13px system-ui,sans-serif;fill:#222}.b{fill:#35618e}.l{stroke:#888}"
        "@media(prefers-color-scheme:dark){text{fill:#ddd}.b{fill:#7fb0e0}}</style>",
        f'<text x="{_LEFT}" y="20">Sourcebook’s share, {size:,} documents'
        " (shorter is better; 1 is the other)</text>",
    ]
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = _LEFT + share * _SCALE
        lines.append(f'<path class="l" d="M{x:.0f} {_TOP - 8}V{height - 12}"/>')
        lines.append(f'<text x="{x:.0f}" y="{_TOP - 14}" text-anchor="middle">{share:g}</text>')
    for number, (row, own, other) in enumerate(bars):
        y = _TOP + number * _LINE
        ratio = own.value / other.value
        width = min(ratio, _MOST) * _SCALE
        words = f"{ratio:.2f}: {_shown(own)} beside {other.who}’s {_shown(other)}"
        lines += [
            f'<text x="{_LEFT - 8}" y="{y + 14}" text-anchor="end">{escape(row.shown)}</text>',
            f'<rect class="b" x="{_LEFT}" y="{y + 2}" width="{max(width, 1):.0f}" height="16"/>',
            f'<text x="{_LEFT + _MOST * _SCALE + 8:.0f}" y="{y + 14}">{escape(words)}</text>',
        ]
    return "\n".join([*lines, "</svg>", ""])


def write_report(results: Results, hugo: Path | None, node_modules: Path | None) -> None:
    """Put the tables between their marks in the README, and the plot of the largest size beside."""
    figures = results.read()
    size = max(figure.size for figure in figures)
    PLOT.write_text(draw_plot(figures, size), encoding="utf-8")
    where = ", ".join(_machine(hugo, node_modules))
    tables = f"{where}.\n\n![The same as bars]({PLOT.name})\n\n{format_report(figures)}"
    report = "\n\n".join(filter(None, (tables, results.profile(size).rstrip())))
    readme = HERE / "README.md"
    text = readme.read_text(encoding="utf-8")
    before, mark, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (mark and end):
        raise SystemExit(f"README.md has no place for results: {BEGIN} … {END}")
    readme.write_text(f"{before}{BEGIN}\n{report}\n{END}{after}", encoding="utf-8")


def _machine(hugo: Path | None, node_modules: Path | None) -> Iterator[str]:
    yield f"{date.today().isoformat()}"
    yield f"{os.cpu_count()} cores ({_processor()})"
    yield f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB"
    yield f"Python {platform.python_version()}"
    for package in ("sourcebook", "pagefind-bin"):
        try:
            yield f"{package} {version(package)}"
        except PackageNotFoundError:
            continue
    if hugo is not None:
        said = subprocess.run([str(hugo), "version"], capture_output=True, text=True, check=True)
        found = re.search(r"v([\d.]+)", said.stdout)
        yield f"Hugo {found[1] if found else ''}"
    if node_modules is not None:
        text = (node_modules / "@11ty/eleventy/package.json").read_text(encoding="utf-8")
        found = re.search(r'"version": "([^"]+)"', text)
        yield f"Eleventy {found[1] if found else ''}"


def _processor() -> str:
    try:
        text = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor()
    found = re.search(r"model name\s*: (.*)", text)
    return found[1] if found else platform.machine()
