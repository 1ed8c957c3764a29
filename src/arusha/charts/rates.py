"""A rate with its interval against what the rules say it should be."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from arusha.charts.chart import Chart, ChartTable
from arusha.charts.drawing import ACCENT, ACCENT_BAR, GRID, INK, LIMIT, LIMIT_BAR, PAPER, Drawing, isolate
from arusha.charts.frame import WIDTH, Box, Symbol, draw_axes, draw_key
from arusha.charts.funnel import State
from arusha.charts.scales import Scale
from arusha.charts.words import interval, number, percent
from arusha.language import Catalogue

MOST_ROWS = 28
"""So that a picture with its words stays within a printed page."""


@dataclass(frozen=True)
class Rate:
    """One row: the rate seen, its interval, and the parameter in force (None where the rules give none)."""

    group: str
    name: str
    n: int
    rate: float
    low: float
    high: float
    parameter: float | None
    state: State


@dataclass(frozen=True)
class RateTitles:
    headline: str
    subtitle: str
    x_title: str
    row_title: str
    parameter_label: str
    """Empty where there is no parameter to hold the rates against."""
    floor: bool = False
    """The parameter is a least value: a rate may lie above it."""


def rate_rows(rates: Sequence[Rate], titles: RateTitles, words: Catalogue) -> Chart:
    """Dots with intervals, one row each, under the name of their group; the parameter is an upright stroke.

    At most ``MOST_ROWS`` rows are drawn, group by group in the order given, groups with a row that stands out before
    others; the note says how many are not drawn.
    """
    drawn = _bounded(rates)
    lines = _lines(drawn)
    pitch = 21.0
    box = Box(230, 36, WIDTH - 16, 36 + max(len(lines), 1) * pitch)
    drawing = Drawing(WIDTH, box.bottom + 106, direction=words.direction)
    bounded = [r.high for r in drawn] + [r.parameter for r in drawn if r.parameter is not None]
    x = Scale(
        0.0, min(1.0, max([b for b in bounded if math.isfinite(b)], default=1.0) * 1.06 or 1.0), box.start, box.end
    )
    draw_axes(
        drawing,
        box,
        x,
        None,
        x_title=titles.x_title,
        y_title=titles.row_title,
        x_label=lambda v: percent(words, v, 0 if x.high > 0.05 else 1),
    )
    for i, line in enumerate(lines):
        y = box.top + (i + 0.5) * pitch
        if isinstance(line, str):
            drawing.text((8, y + 4), isolate(line), bold=True)
            drawing.line((8, y - pitch / 2), (box.end, y - pitch / 2), stroke=GRID)
            continue
        drawing.text((22, y + 4), line.name, size=11.5)
        colour = LIMIT_BAR if line.state == "within" else ACCENT_BAR
        drawing.line((x(line.low), y), (x(line.high), y), stroke=colour, width=5)
        if line.parameter is not None:
            drawing.line((x(line.parameter), y - 9), (x(line.parameter), y + 9), stroke=INK, width=2.2)
        if line.state == "within":
            drawing.circle((x(line.rate), y), 4, fill=LIMIT, stroke=PAPER)
        elif line.state == "flagged":
            drawing.diamond((x(line.rate), y), 6, fill=ACCENT, stroke=PAPER)
        else:
            drawing.diamond((x(line.rate), y), 5.5, fill=PAPER, stroke=ACCENT, width=1.5)
    entries: list[tuple[Symbol, str]] = [
        ("estimate", words.text("chart-rate-seen")),
    ]
    if titles.parameter_label:
        entries.append(("reference", titles.parameter_label))
    if any(r.state == "flagged" for r in drawn):
        entries.append(("flagged", words.text("chart-flagged")))
    if any(r.state == "explained" for r in drawn):
        entries.append(("explained", words.text("chart-explained")))
    draw_key(drawing, entries, box.bottom + 60)
    held = ("floor-" if titles.floor else "") if titles.parameter_label else "alone-"
    alternative = words.text(
        f"chart-rates-{held}alternative",
        n=len(rates),
        x=titles.x_title,
        flagged=sum(r.state == "flagged" for r in rates),
        inside=sum(r.parameter is not None and r.low <= r.parameter <= r.high for r in rates),
        below=sum(r.parameter is not None and r.high < r.parameter for r in rates),
        parameter=titles.parameter_label,
    )
    return Chart(
        svg=drawing.svg(alternative),
        headline=titles.headline,
        subtitle=titles.subtitle,
        alternative_text=alternative,
        table=_table(drawn, titles, words),
        note=words.text("chart-rates-left-out", n=len(rates) - len(drawn)) if len(rates) > len(drawn) else "",
    )


def _bounded(rates: Sequence[Rate]) -> list[Rate]:
    """Whole groups up to the bound, in the order given."""
    if len(rates) <= MOST_ROWS:
        return list(rates)
    sizes: dict[str, int] = {}
    calm: dict[str, bool] = {}
    for rate in rates:
        sizes[rate.group] = sizes.get(rate.group, 0) + 1
        calm[rate.group] = calm.get(rate.group, True) and rate.state == "within"
    chosen: set[str] = set()
    room = MOST_ROWS
    for group in sorted(sizes, key=lambda g: calm[g]):
        if sizes[group] <= room or not chosen:
            chosen.add(group)
            room -= sizes[group]
    return [rate for rate in rates if rate.group in chosen][:MOST_ROWS]


def _lines(drawn: Sequence[Rate]) -> list[str | Rate]:
    lines: list[str | Rate] = []
    group = None
    for rate in drawn:
        if rate.group and rate.group != group:
            lines.append(rate.group)
            group = rate.group
        lines.append(rate)
    return lines


def _table(rates: Sequence[Rate], titles: RateTitles, words: Catalogue) -> ChartTable:
    columns = (
        words.text("chart-column-office"),
        titles.row_title,
        words.text("chart-column-n"),
        words.text("chart-column-rate"),
        words.text("chart-column-interval"),
        *([titles.parameter_label] if titles.parameter_label else []),
    )
    rows = tuple(
        (
            isolate(r.group),
            r.name,
            number(words, r.n, 0),
            percent(words, r.rate),
            interval(words, r.low, r.high, as_percent=True),
            *([percent(words, r.parameter)] if titles.parameter_label else []),
        )
        for r in rates
    )
    return ChartTable(columns, rows, frozenset({2, 3, 4, 5}))
