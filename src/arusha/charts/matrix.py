"""The pair matrix: who met whom how often, against how often chance would have it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from arusha.charts.chart import Chart, ChartTable
from arusha.charts.drawing import ACCENT, GRID, INK, PAPER, QUIET, Drawing, isolate
from arusha.charts.frame import WIDTH, Symbol, draw_key
from arusha.charts.funnel import State
from arusha.charts.words import interval, number
from arusha.language import Catalogue

MOST_ROWS = 30
MOST_COLUMNS = 9

SHADES = ("#f6ead9", "#eccda0", "#dba961")
"""Of what stands out: more than expected by a quarter, by a half, double or more. All else stays white."""


LEAST_EXPECTED = 1.0
"""Below it hardly any count is far from what chance brings, so that a cell says nothing of those it names."""


@dataclass(frozen=True)
class Pair:
    """One cell; ``low`` and ``high`` bound the pair's effect and may be None where there is no estimate."""

    observed: float
    expected: float
    low: float | None
    high: float | None
    state: State

    @property
    def says(self) -> bool:
        """Whether there is enough to show."""
        return self.state != "within" or self.expected >= LEAST_EXPECTED


@dataclass(frozen=True)
class MatrixTitles:
    headline: str
    subtitle: str
    row_title: str
    column_title: str
    effect_title: str
    """The heading over the intervals in the table: what they bound, in the question's own unit."""


def pair_matrix(
    rows: Sequence[str],
    columns: Sequence[str],
    pairs: Mapping[tuple[str, str], Pair],
    titles: MatrixTitles,
    words: Catalogue,
    *,
    as_percent: bool = False,
) -> Chart:
    """Observed and expected for officers (rows) and declarants (columns), in the order given.

    At most ``MOST_ROWS`` by ``MOST_COLUMNS`` are drawn; the caller chooses which. Each cell prints both numbers: a
    ratio alone looks large where one file meets half of one expected. Only what stands out is shaded, since a dark
    cell of two files would point at somebody of whom the test says nothing. A cell with less than ``LEAST_EXPECTED``
    stays blank unless it stands out; one without an entry was not tested and carries a dot.
    """
    rows, columns = list(rows)[:MOST_ROWS], list(columns)[:MOST_COLUMNS]
    left, head = 132.0, 96.0
    width = min(74.0, (WIDTH - left - 50) / max(len(columns), 1))
    height = 24.0
    drawing = Drawing(WIDTH, head + len(rows) * height + 74, direction=words.direction)
    drawing.text((8, 18), words.text("chart-matrix-corner", rows=titles.row_title, columns=titles.column_title))
    for j, name in enumerate(columns):
        # Names of neighbouring columns stand on two levels, so that long ones do not run into each other.
        level = head - 10 - (22 if j % 2 else 0)
        middle = left + (j + 0.5) * width
        if j % 2:
            drawing.line((middle, level + 5), (middle, head - 2), stroke=QUIET)
        drawing.text((middle, level), isolate(name), anchor="middle", size=10.5)
    for i, row in enumerate(rows):
        y = head + i * height
        drawing.text((8, y + height / 2 + 4), isolate(row), size=11.5)
        for j, column in enumerate(columns):
            _draw_cell(drawing, pairs.get((row, column)), left + j * width, y, width, height, words)
    entries: list[tuple[Symbol, str]] = [("cell", words.text("chart-matrix-flagged"))]
    draw_key(drawing, entries, head + len(rows) * height + 24)
    drawing.text((8, head + len(rows) * height + 58), words.text("chart-matrix-reading"), fill=QUIET)
    shown = {k: p for k, p in pairs.items() if k[0] in set(rows) and k[1] in set(columns) and p.says}
    alternative = words.text(
        "chart-matrix-alternative",
        rows=titles.row_title,
        columns=titles.column_title,
        n=len(shown),
        flagged=sum(p.state == "flagged" for p in shown.values()),
        over=sum(p.expected > 0 and p.observed >= 1.5 * p.expected for p in shown.values()),
    )
    return Chart(
        svg=drawing.svg(alternative),
        headline=titles.headline,
        subtitle=titles.subtitle,
        alternative_text=alternative,
        table=_table(rows, columns, shown, titles, words, as_percent=as_percent),
        note=words.text("chart-matrix-note"),
    )


def _draw_cell(
    drawing: Drawing, pair: Pair | None, x: float, y: float, width: float, height: float, words: Catalogue
) -> None:
    middle = (x + width / 2, y + height / 2 + 4)
    if pair is None or not pair.says:
        drawing.rect(x + 1, y + 1, width - 2, height - 2, fill=PAPER, stroke=GRID)
        if pair is None:
            drawing.text(middle, "·", anchor="middle", fill=QUIET)
        return
    ratio = pair.observed / pair.expected if pair.expected > 0 else math.inf
    drawing.rect(
        x + 1, y + 1, width - 2, height - 2, fill=PAPER if pair.state == "within" else _shade(ratio), stroke=GRID
    )
    if pair.state != "within":
        dash_free_width = 2.4 if pair.state == "flagged" else 1.2
        drawing.rect(x + 2.5, y + 2.5, width - 5, height - 5, fill="none", stroke=ACCENT, stroke_width=dash_free_width)
    said = words.text(
        "chart-matrix-cell", observed=number(words, pair.observed, 0), expected=number(words, pair.expected, 1)
    )
    drawing.text(middle, said, anchor="middle", size=11, fill=INK, bold=pair.state == "flagged")


def _shade(ratio: float) -> str:
    if ratio < 1.25:
        return PAPER
    step = 0 if ratio < 1.5 else 1 if ratio < 2 else 2
    return SHADES[step]


def _table(
    rows: Sequence[str],
    columns: Sequence[str],
    shown: Mapping[tuple[str, str], Pair],
    titles: MatrixTitles,
    words: Catalogue,
    *,
    as_percent: bool,
) -> ChartTable:
    heads = (
        titles.row_title,
        titles.column_title,
        words.text("chart-column-observed"),
        words.text("chart-column-expected"),
        words.text("chart-column-ratio"),
        titles.effect_title,
    )
    body: list[tuple[str, ...]] = []
    for row in rows:
        for column in columns:
            pair = shown.get((row, column))
            if pair is None:
                continue
            ratio = pair.observed / pair.expected if pair.expected > 0 else math.nan
            body.append(
                (
                    isolate(row),
                    isolate(column),
                    number(words, pair.observed),
                    number(words, pair.expected),
                    number(words, ratio),
                    interval(words, pair.low, pair.high, as_percent=as_percent),
                )
            )
    return ChartTable(heads, tuple(body), frozenset({2, 3, 4, 5}))
