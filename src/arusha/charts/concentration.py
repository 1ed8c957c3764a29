"""How far a loss is concentrated: the share that the first few units hold, with its uncertainty, without names."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from arusha.charts.chart import Chart, ChartTable
from arusha.charts.drawing import INK, LIMIT, LIMIT_BAR, PAPER, Drawing
from arusha.charts.frame import WIDTH, Box, draw_axes, draw_key
from arusha.charts.scales import Scale
from arusha.charts.words import interval, number, percent
from arusha.language import Catalogue

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Curve:
    """Entry by entry: so many units, those with most first, hold this share of the whole, with its interval."""

    units: NDArray[np.int64]
    share: Floats
    low: Floats
    high: Floats


@dataclass(frozen=True)
class ConcentrationTitles:
    headline: str
    subtitle: str
    x_title: str
    y_title: str


def concentration(curve: Curve, titles: ConcentrationTitles, words: Catalogue) -> Chart:
    """Dots with intervals at some numbers of units, on a logarithmic scale. No unit is named.

    Raises ``ValueError`` for a curve of fewer than two entries.
    """
    if curve.units.size < 2:
        raise ValueError("a concentration needs at least two entries")
    drawing = Drawing(WIDTH, 366, direction=words.direction)
    box = Box(72, 44, WIDTH - 22, 270)
    x = Scale(float(curve.units.min()) / 1.25, float(curve.units.max()) * 1.25, box.start, box.end, "log")
    low, high = min(0.0, float(curve.low.min())), max(0.0, float(curve.high.max()))
    room = (high - low) * 0.06 or 0.01
    y = Scale(low - room, high + room, box.bottom, box.top)
    digits = 0 if high - low > 0.1 else 1 if high - low > 0.01 else 2
    draw_axes(
        drawing,
        box,
        x,
        y,
        x_title=titles.x_title,
        y_title=titles.y_title,
        x_label=lambda v: number(words, v) if v == int(v) else "",
        y_label=lambda v: percent(words, v, digits),
    )
    drawing.line((box.start, y(0)), (box.end, y(0)), stroke=INK)
    for at, share, bottom, top in zip(curve.units, curve.share, curve.low, curve.high, strict=True):
        across = x(float(at))
        drawing.line((across, y(float(bottom))), (across, y(float(top))), stroke=LIMIT_BAR, width=5)
        drawing.circle((across, y(float(share))), 4, fill=LIMIT, stroke=PAPER)
    draw_key(drawing, [("estimate", words.text("chart-concentration-seen"))], box.bottom + 60)
    alternative = words.text(
        "chart-concentration-alternative",
        y=titles.y_title,
        first=number(words, int(curve.units[0]), 0),
        share=percent(words, float(curve.share[0]), 2),
        all=number(words, int(curve.units[-1]), 0),
        whole=percent(words, float(curve.share[-1]), 2),
    )
    rows = tuple(
        (
            number(words, int(u), 0),
            percent(words, float(s), 2),
            interval(words, float(a), float(b), as_percent=True, digits=2),
        )
        for u, s, a, b in zip(curve.units, curve.share, curve.low, curve.high, strict=True)
    )
    return Chart(
        svg=drawing.svg(alternative),
        headline=titles.headline,
        subtitle=titles.subtitle,
        alternative_text=alternative,
        table=ChartTable(
            (titles.x_title, titles.y_title, words.text("chart-column-interval")), rows, frozenset({1, 2})
        ),
        note=words.text("chart-concentration-note"),
    )
