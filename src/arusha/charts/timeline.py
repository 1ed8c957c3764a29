"""Rows behind a signal month by month: those that point towards it upwards, those that point away downwards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arusha.charts.chart import Chart, ChartTable
from arusha.charts.drawing import GRID, LIMIT_BAR, MARK, PAPER, QUIET, Drawing, isolate
from arusha.charts.frame import WIDTH, Box, draw_key
from arusha.charts.scales import Scale
from arusha.charts.words import number
from arusha.language import Catalogue

MOST_MONTHS = 24


@dataclass(frozen=True)
class Month:
    """One month: its name as the reader writes it, and how many rows point towards, away, and count for neither."""

    name: str
    towards: int
    away: int
    neither: int


def timeline(months: Sequence[Month], headline: str, subtitle: str, words: Catalogue) -> Chart:
    """Months in order of time, the oldest at the reading start; the last ``MOST_MONTHS`` are drawn.

    Towards and away have one scale, so that neither side looks larger than it is. The table holds all months, and the
    rows that count for neither.
    """
    drawn = list(months)[-MOST_MONTHS:]
    up, down = (max((getattr(m, side) for m in drawn), default=0) for side in ("towards", "away"))
    box = Box(64, 40, WIDTH - 16, 250)
    drawing = Drawing(WIDTH, box.bottom + 84, direction=words.direction)
    y = Scale(-float(down) * 1.05, max(float(up) * 1.05, 1.0), box.bottom, box.top)
    for tick in (t for t in y.ticks(8) if t == int(t)):
        drawing.line((box.start, y(tick)), (box.end, y(tick)), stroke=GRID)
        drawing.text((box.start - 7, y(tick) + 4), number(words, abs(tick), 0), anchor="end", fill=QUIET)
    drawing.text((8, box.top - 18), words.text("chart-timeline-rows"))
    width = (box.end - box.start) / max(len(drawn), 1)
    for k, month in enumerate(drawn):
        middle, half = box.start + (k + 0.5) * width, min(width * 0.36, 16.0)
        if month.towards:
            top = y(month.towards)
            drawing.rect(middle - half, top, 2 * half, y(0) - top, fill=LIMIT_BAR, stroke=MARK)
        if month.away:
            drawing.rect(middle - half, y(0), 2 * half, y(-month.away) - y(0), fill=PAPER, stroke=MARK)
        # Neighbouring names stand on two levels, so that they do not run into each other.
        level = box.bottom + 17 + (15 if k % 2 and width < 78 else 0)
        if width > 34 or k % 2 == 0:
            drawing.text((middle, level), isolate(month.name), anchor="middle", size=10)
    drawing.line((box.start, y(0)), (box.end, y(0)), stroke=QUIET)
    towards, away = words.text("chart-timeline-towards"), words.text("chart-timeline-away")
    draw_key(drawing, [("bar", towards), ("bar-beyond", away)], box.bottom + 60)
    alternative = words.text(
        "chart-timeline-alternative",
        n=len(months),
        towards=sum(m.towards for m in months),
        away=sum(m.away for m in months),
        neither=sum(m.neither for m in months),
    )
    left_out = len(months) - len(drawn)
    return Chart(
        svg=drawing.svg(alternative),
        headline=headline,
        subtitle=subtitle,
        alternative_text=alternative,
        table=ChartTable(
            (words.text("chart-timeline-month"), towards, away, words.text("chart-timeline-neither")),
            tuple((isolate(m.name), *(number(words, n, 0) for n in (m.towards, m.away, m.neither))) for m in months),
            frozenset({1, 2, 3}),
        ),
        note=words.text("chart-timeline-left-out", n=left_out) if left_out else "",
    )
