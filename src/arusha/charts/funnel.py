"""The funnel: each unit's rate or ratio against how much was seen of it, with the limits of chance."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from arusha.charts.chart import Chart, ChartTable
from arusha.charts.drawing import ACCENT, BAND, INK, LIMIT, MARK, PAPER, Drawing
from arusha.charts.frame import WIDTH, Box, Symbol, draw_axes, draw_key
from arusha.charts.scales import Scale, scale_for
from arusha.charts.words import number, percent
from arusha.language import Catalogue

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
State = Literal["within", "flagged", "explained"]

MOST_POINTS = 400
"""Above this many units those within the limits are drawn as counts in a grid, so that the file stays small."""


@dataclass(frozen=True)
class FunnelPoints:
    """One entry a unit: exposure (inspections, or the expected count), rate or ratio, and what became of it."""

    exposure: Floats
    value: Floats
    flagged: Bools
    explained: Bools
    """A signal that the records explain; never true where ``flagged`` is."""


@dataclass(frozen=True)
class FunnelLimits:
    """Limits along a grid of exposures; the wide pair is NaN where over-dispersion was not estimated."""

    exposure: Floats
    low_95: Floats
    high_95: Floats
    low_998: Floats
    high_998: Floats
    wide_low_998: Floats | None = None
    wide_high_998: Floats | None = None


@dataclass(frozen=True)
class FunnelTitles:
    """The words of one funnel in the reader's language."""

    headline: str
    subtitle: str
    x_title: str
    y_title: str
    units: str
    """What is drawn, counted: 90 officers."""


def funnel(
    points: FunnelPoints,
    limits: FunnelLimits,
    titles: FunnelTitles,
    words: Catalogue,
    *,
    benchmark: float,
    zero_floor: float | None = None,
    as_percent: bool = False,
) -> Chart:
    """A funnel plot.

    ``zero_floor`` is the exposure under which even a value of nought lies inside the 99.8% limits: that zone is grey
    and the number is printed. No unit is labelled; units that stand out are named in the question's table.
    """
    drawing = Drawing(WIDTH, 464, direction=words.direction)
    box = Box(62, 40, WIDTH - 14, 344)
    x = _x_scale(points.exposure, box)
    top = _highest(points, limits)
    y = Scale(0.0, top, box.bottom, box.top)

    def y_label(value: float) -> str:
        return percent(words, value) if as_percent else number(words, value)

    if zero_floor is not None and zero_floor > x.low:
        edge = x(min(zero_floor, x.high))
        drawing.rect(box.start, box.top, edge - box.start, box.bottom - box.top, fill=BAND)
    draw_axes(
        drawing,
        box,
        x,
        y,
        x_title=titles.x_title,
        y_title=titles.y_title,
        x_label=lambda v: number(words, v),
        y_label=y_label,
    )
    _draw_limits(drawing, limits, x, y)
    drawing.line((box.start, y(benchmark)), (box.end, y(benchmark)), stroke=INK, width=1)
    gridded = _draw_points(drawing, points, x, y)
    entries: list[tuple[Symbol, str]] = [("flagged", words.text("chart-flagged"))]
    if points.explained.any():
        entries.append(("explained", words.text("chart-explained")))
    entries.append(("dot", words.text("chart-within-grid" if gridded else "chart-within")))
    entries += [
        ("thin", words.text("chart-limit-95", level=percent(words, 0.95, 0))),
        ("thick", words.text("chart-limit-998", level=percent(words, 0.998))),
    ]
    if limits.wide_high_998 is not None:
        entries.append(("dashed", words.text("chart-limit-wide", level=percent(words, 0.998))))
    if zero_floor is not None and zero_floor > x.low:
        entries.append(("band", words.text("chart-zero-zone", n=number(words, math.ceil(zero_floor), 0))))
    draw_key(drawing, entries, box.bottom + 58)
    alternative = _alternative(points, titles, words)
    return Chart(
        svg=drawing.svg(alternative),
        headline=titles.headline,
        subtitle=titles.subtitle,
        alternative_text=alternative,
        table=_table(points, titles, words, as_percent=as_percent),
        note=" ".join(
            [words.text("chart-position-not-rank")]
            + ([words.text("chart-beyond-edge", n=beyond)] if (beyond := int(np.sum(points.value > top))) else [])
        ),
    )


def zero_floor_rate(rate: float) -> float:
    """The number of trials from which none at all falls under the lower 99.8% limit: 0.1% = (1 - rate)^n."""
    return math.log(0.001) / math.log1p(-rate)


ZERO_FLOOR_RATIO = -math.log(0.001)
"""The expected count from which none at all falls under the lower 99.8% Poisson limit: 6.9."""


def _x_scale(exposure: Floats, box: Box) -> Scale:
    return scale_for(exposure[exposure > 0], box.start, box.end)


def _highest(points: FunnelPoints, limits: FunnelLimits) -> float:
    """The top of the picture: what stands out, nearly all other units, and the limits where there is some exposure.

    A unit with next to no exposure can have a ratio of a hundred; it is held at the edge, so that the rest can be seen.
    """
    usable = np.isfinite(points.value) & (points.exposure > 0)
    if not usable.any():
        return 1.0
    standing = points.value[usable & (points.flagged | points.explained)]
    least = max(float(np.quantile(points.exposure[usable], 0.25)), 1.0)
    seen = points.value[usable & (points.exposure >= least)]
    inside = limits.high_998[(limits.exposure >= least) & np.isfinite(limits.high_998)]
    tops = [float(v.max()) for v in (standing, seen, inside) if v.size]
    return max(tops, default=float(points.value[usable].max())) * 1.08 or 1.0


def _draw_limits(drawing: Drawing, limits: FunnelLimits, x: Scale, y: Scale) -> None:
    curves: list[tuple[Floats | None, float, str]] = [
        (limits.low_95, 1, ""),
        (limits.high_95, 1, ""),
        (limits.low_998, 2.6, ""),
        (limits.high_998, 2.6, ""),
        (limits.wide_low_998, 1.6, "5 3"),
        (limits.wide_high_998, 1.6, "5 3"),
    ]
    for values, width, dash in curves:
        if values is None:
            continue
        inside = [
            (x(float(e)), y(float(v)))
            for e, v in zip(limits.exposure, values, strict=True)
            if x.low <= e <= x.high and math.isfinite(v) and y.low <= v <= y.high
        ]
        drawing.polyline(inside, stroke=LIMIT, width=width, dash=dash)


def _draw_points(drawing: Drawing, points: FunnelPoints, x: Scale, y: Scale) -> bool:
    """Draw the units, those that stand out last and on top; say whether the others were drawn as counts."""
    usable = (points.exposure > 0) & np.isfinite(points.value)
    within = np.flatnonzero(usable & ~points.flagged & ~points.explained)
    gridded = within.size > MOST_POINTS
    if gridded:
        _draw_grid(drawing, x.all(points.exposure[within]), y.all(points.value[within]))
    else:
        for at in _places(points, within, x, y):
            drawing.circle(at, 2.6, fill=MARK)
    for at in _spread(_places(points, np.flatnonzero(usable & points.explained), x, y)):
        drawing.diamond(at, 5.5, fill=PAPER, stroke=ACCENT, width=1.6)
    for at in _spread(_places(points, np.flatnonzero(usable & points.flagged), x, y)):
        drawing.diamond(at, 6, fill=ACCENT, stroke=PAPER)
    return gridded


def _places(points: FunnelPoints, rows: NDArray[np.intp], x: Scale, y: Scale) -> list[tuple[float, float]]:
    across, up = x.all(points.exposure[rows]), y.all(points.value[rows])
    return [(float(a), float(b)) for a, b in zip(across, up, strict=True)]


def _spread(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """All marks, or one for each place on a grid of eight pixels where more would lie on top of each other."""
    if len(places) <= MOST_POINTS:
        return places
    seen: dict[tuple[int, int], tuple[float, float]] = {}
    for a, b in places:
        seen.setdefault((int(a // 8), int(b // 8)), (a, b))
    return list(seen.values())


def _draw_grid(drawing: Drawing, across: Floats, up: Floats) -> None:
    """Counts on a grid of nine pixels, as dots that grow with the logarithm of the count."""
    size = 9.0
    rows = math.ceil(drawing.height / size)
    counts = np.bincount((across // size).astype(np.int64) * rows + (up // size).astype(np.int64))
    cells = np.flatnonzero(counts)
    share = np.log1p(counts[cells]) / math.log1p(int(counts.max()))
    for cell, s in zip(cells, share, strict=True):
        at = ((int(cell) // rows + 0.5) * size, (int(cell) % rows + 0.5) * size)
        drawing.circle(at, 0.9 + 3.6 * float(s) ** 1.5, fill=MARK)


def _alternative(points: FunnelPoints, titles: FunnelTitles, words: Catalogue) -> str:
    return words.text(
        "chart-funnel-alternative",
        units=titles.units,
        flagged=int(points.flagged.sum()),
        explained=int(points.explained.sum()),
        x=titles.x_title,
        y=titles.y_title,
    )


def _table(points: FunnelPoints, titles: FunnelTitles, words: Catalogue, *, as_percent: bool) -> ChartTable:
    """The funnel in numbers: units by band of exposure. Single units are in the question's own table."""
    columns = (
        titles.x_title,
        words.text("chart-column-units"),
        words.text("chart-column-middle"),
        words.text("chart-column-middle-95", share=percent(words, 0.95, 0)),
        words.text("chart-column-flagged"),
        words.text("chart-column-explained"),
    )
    rows: list[tuple[str, ...]] = []
    show = percent if as_percent else number
    usable = np.isfinite(points.value) & (points.exposure > 0)
    if usable.any():
        exposure, value = points.exposure[usable], points.value[usable]
        flagged, explained = points.flagged[usable], points.explained[usable]
        edges = np.unique(np.quantile(exposure, [0, 0.25, 0.5, 0.75, 1]))
        if edges.size == 1:
            edges = np.array([edges[0], edges[0]])
        for i in range(edges.size - 1):
            last = i == edges.size - 2
            here = (exposure >= edges[i]) & ((exposure <= edges[i + 1]) if last else (exposure < edges[i + 1]))
            if not here.any():
                continue
            low, middle, high = np.quantile(value[here], [0.025, 0.5, 0.975])
            rows.append(
                (
                    words.text("chart-interval", low=number(words, edges[i]), high=number(words, edges[i + 1])),
                    number(words, int(here.sum()), 0),
                    show(words, float(middle)),
                    words.text("chart-interval", low=show(words, float(low)), high=show(words, float(high))),
                    number(words, int(flagged[here].sum()), 0),
                    number(words, int(explained[here].sum()), 0),
                )
            )
    return ChartTable(columns, tuple(rows), frozenset({1, 2, 4, 5}))
