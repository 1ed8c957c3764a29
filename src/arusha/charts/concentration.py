"""How a total is spread over its parts: a few of them, or all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from arusha.charts.chart import Chart, ChartTable
from arusha.charts.drawing import LIMIT, QUIET, Drawing
from arusha.charts.frame import WIDTH, Box, draw_axes, draw_key
from arusha.charts.scales import Scale
from arusha.charts.words import number, percent
from arusha.language import Catalogue

MOST_STEPS = 200


@dataclass(frozen=True)
class ConcentrationTitles:
    headline: str
    subtitle: str
    x_title: str
    y_title: str


def holders_of_half(amounts: NDArray[np.float64]) -> int:
    """The smallest number of parts that together make half of the total of the positive parts."""
    parts = np.sort(amounts[amounts > 0])[::-1]
    return int(np.searchsorted(np.cumsum(parts), parts.sum() / 2 - 1e-9) + 1) if parts.size else 0


def concentration(amounts: NDArray[np.float64], titles: ConcentrationTitles, words: Catalogue) -> Chart:
    """The cumulative share of the positive ``amounts``, largest first, against the line of even parts.

    Estimates of nought or less hold no part of a total and are left out. No part is named.
    """
    parts = np.sort(amounts[amounts > 0])[::-1]
    if parts.size < 2:
        raise ValueError("a concentration needs at least two positive parts")
    share = np.concatenate([[0.0], np.cumsum(parts) / parts.sum()])
    steps = np.unique(np.round(np.linspace(0, parts.size, min(MOST_STEPS, parts.size) + 1)).astype(int))
    drawing = Drawing(WIDTH, 372, direction=words.direction)
    box = Box(62, 40, WIDTH - 14, 270)
    x = Scale(0.0, float(parts.size), box.start, box.end)
    y = Scale(0.0, 1.0, box.bottom, box.top)
    draw_axes(
        drawing,
        box,
        x,
        y,
        x_title=titles.x_title,
        y_title=titles.y_title,
        x_label=lambda v: number(words, v) if v == int(v) else "",
        y_label=lambda v: percent(words, v, 0),
    )
    drawing.line((x(0), y(0)), (x(parts.size), y(1)), stroke=QUIET, width=1.2, dash="5 3")
    drawing.polyline([(x(float(k)), y(float(share[k]))) for k in steps], stroke=LIMIT, width=2.6)
    half = holders_of_half(amounts)
    drawing.circle((x(half), y(float(share[half]))), 4, fill=LIMIT)
    drawing.text(
        (x(half) + 9, y(float(share[half])) + 16), words.text("chart-concentration-half", half=half), size=11.5
    )
    draw_key(
        drawing,
        [("thick", words.text("chart-concentration-seen")), ("even", words.text("chart-concentration-even"))],
        box.bottom + 60,
    )
    alternative = words.text("chart-concentration-alternative", y=titles.y_title, n=int(parts.size), half=half)
    marks = sorted({1, half, *(max(1, round(parts.size * q)) for q in (0.1, 0.25, 0.5))} | {int(parts.size)})
    return Chart(
        svg=drawing.svg(alternative),
        headline=titles.headline,
        subtitle=titles.subtitle,
        alternative_text=alternative,
        table=ChartTable(
            (titles.x_title, titles.y_title),
            tuple((number(words, k, 0), percent(words, float(share[k]))) for k in marks),
            frozenset({0, 1}),
        ),
        note=words.text("chart-concentration-note"),
    )
