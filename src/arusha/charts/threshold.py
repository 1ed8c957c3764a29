"""Declared values around a threshold: one bar a bin, none of which holds values of both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arusha.charts.chart import Chart, ChartTable
from arusha.charts.drawing import ACCENT, INK, LIMIT_BAR, MARK, PAPER, Drawing
from arusha.charts.event_study import StudyTitles, decimals
from arusha.charts.frame import WIDTH, Box, Symbol, draw_axes, draw_key
from arusha.charts.scales import Scale
from arusha.charts.words import number
from arusha.language import Catalogue


@dataclass(frozen=True)
class Counts:
    """Counts of values in bins of one width from ``start`` up; ``threshold`` is an end of one of them.

    ``pays`` is the side on which it pays to be, "below" or "above"; ``placebos`` are values at which no rule begins.
    """

    start: float
    width: float
    count: tuple[int, ...]
    threshold: float
    pays: str
    placebos: tuple[float, ...] = ()

    @property
    def end(self) -> float:
        """The upper end of the last bin."""
        return self.start + self.width * len(self.count)


def around_threshold(counts: Counts, titles: StudyTitles, words: Catalogue) -> Chart:
    """Counts as they are: the side where it pays filled, the other outlined, the threshold an upright stroke."""
    box = Box(70, 40, WIDTH - 16, 300)
    drawing = Drawing(WIDTH, box.bottom + 100, direction=words.direction)
    x = Scale(counts.start, counts.end, box.start, box.end)
    y = Scale(0, max(1.0, max(counts.count) * 1.08), box.bottom, box.top)
    draw_axes(
        drawing,
        box,
        x,
        y,
        x_title=titles.x_title,
        y_title=titles.y_title,
        x_label=lambda v: number(words, v, decimals(x)),
        y_label=lambda v: number(words, v, 0) if v == int(v) else "",
    )
    for low, count in _bins(counts):
        left, right = x(low), x(low + counts.width)
        within = _within(counts, low)
        drawing.rect(
            left + 0.5,
            y(count),
            max(right - left - 1, 0.5),
            box.bottom - y(count),
            fill=LIMIT_BAR if within else PAPER,
            stroke=MARK,
            stroke_width=1,
        )
    shown = [p for p in counts.placebos if counts.start < p < counts.end]
    for place in shown:
        drawing.line((x(place), box.top), (x(place), box.bottom), stroke=ACCENT, width=1.4, dash="2 4")
    drawing.line((x(counts.threshold), box.top), (x(counts.threshold), box.bottom), stroke=INK, width=2)
    entries: list[tuple[Symbol, str]] = [("reference", words.text("chart-threshold-line"))]
    entries.append(("bar", words.text("chart-threshold-within")))
    entries.append(("bar-beyond", words.text("chart-threshold-beyond")))
    if shown:
        entries.append(("dotted", words.text("chart-threshold-placebo")))
    draw_key(drawing, entries, box.bottom + 62)
    beside = [c for low, c in _bins(counts) if abs(low + counts.width / 2 - counts.threshold) < counts.width]
    if counts.pays == "above":
        beside.reverse()
    alternative = words.text(
        "chart-threshold-alternative",
        n=sum(counts.count),
        bins=len(counts.count),
        at=number(words, counts.threshold, 4),
        within=beside[0] if beside else 0,
        beyond=beside[-1] if len(beside) > 1 else 0,
    )
    side = {True: words.text("chart-threshold-within"), False: words.text("chart-threshold-beyond")}
    rows = tuple(
        (
            words.text("chart-interval", low=number(words, low, 4), high=number(words, low + counts.width, 4)),
            side[_within(counts, low)],
            number(words, count, 0),
        )
        for low, count in _bins(counts)
    )
    return Chart(
        svg=drawing.svg(alternative),
        headline=titles.headline,
        subtitle=titles.subtitle,
        alternative_text=alternative,
        table=ChartTable((titles.x_title, words.text("chart-threshold-side"), titles.y_title), rows, frozenset({2})),
    )


def _bins(counts: Counts) -> Sequence[tuple[float, int]]:
    return [(counts.start + k * counts.width, c) for k, c in enumerate(counts.count)]


def _within(counts: Counts, low: float) -> bool:
    below = low + counts.width / 2 < counts.threshold
    return below if counts.pays == "below" else not below
