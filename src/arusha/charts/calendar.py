"""The calendar strip: how much of each office the records hold, month by month, so that what is missing is seen."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from arusha.charts.chart import Chart, ChartTable
from arusha.charts.drawing import ACCENT, GRID, PAPER, QUIET, Drawing, isolate
from arusha.charts.frame import WIDTH, draw_key
from arusha.charts.words import number
from arusha.language import Catalogue

MOST_ROWS = 40
MOST_COLUMNS = 24
SHADES = ("#f4f6f8", "#d7e1ec", "#b3c8de")
"""Up to half of the office's middle month, up to one and a half, more. The figure in the cell says the same."""
THOUSANDS = 100_000
"""From counts of this size on the cells are in thousands: six figures would not fit."""


@dataclass(frozen=True)
class CalendarTitles:
    headline: str
    subtitle: str
    row_title: str
    column_title: str
    value_title: str


def calendar_strip(
    rows: Sequence[str],
    columns: Sequence[str],
    counts: Mapping[tuple[str, str], int],
    spans: Mapping[str, tuple[str, str]],
    titles: CalendarTitles,
    words: Catalogue,
    sparse: Collection[str] = (),
) -> Chart:
    """Counts of each row (an office) by column (a month as the reader writes it, in order of time).

    ``spans``: the first and last column of each row. A column between them without an entry in ``counts`` is a gap and
    is framed, but for ``sparse`` rows, whose counts are too small to miss one; outside of them nothing is expected and
    the cell carries a dot. At most ``MOST_ROWS`` rows and the last
    ``MOST_COLUMNS`` columns are drawn; the table holds all.
    """
    shown, months = list(rows)[:MOST_ROWS], list(columns)[-MOST_COLUMNS:]
    place = {column: k for k, column in enumerate(columns)}
    left, head, height = 96.0, 70.0, 22.0
    width = (WIDTH - left - 8) / max(len(months), 1)
    in_thousands = max(counts.values(), default=0) >= THOUSANDS
    drawing = Drawing(WIDTH, head + len(shown) * height + 60, direction=words.direction)
    drawing.text((8, 18), titles.value_title)
    for j, month in enumerate(months):
        # Neighbouring names stand on two levels, so that they do not run into each other.
        middle, level = left + (j + 0.5) * width, head - 8 - (16 if j % 2 else 0)
        drawing.text((middle, level), isolate(month), anchor="middle", size=10, fill=QUIET)
    for i, row in enumerate(shown):
        y = head + i * height
        drawing.text((8, y + height / 2 + 4), isolate(row), size=11.5)
        first, last = (place[c] for c in spans[row])
        own = [counts[row, c] for c in columns if (row, c) in counts]
        usual = median(own) if own else 0
        for j, month in enumerate(months):
            x = left + j * width
            count = counts.get((row, month))
            at = (x + width / 2, y + height / 2 + 4)
            if count is None:
                within = first < place[month] < last
                gap = within and row not in sparse
                drawing.rect(x + 1, y + 1, width - 2, height - 2, fill=PAPER, stroke=ACCENT if gap else GRID)
                drawing.text(at, "0" if within else "·", anchor="middle", size=10, fill=ACCENT if gap else QUIET)
                continue
            step = 0 if count < usual / 2 else 1 if count <= 1.5 * usual else 2
            drawing.rect(x + 1, y + 1, width - 2, height - 2, fill=SHADES[step], stroke=GRID)
            label = number(words, count / 1000 if in_thousands else count, 0)
            drawing.text(at, label, anchor="middle", size=9.5)
    draw_key(drawing, [("cell", words.text("chart-calendar-gap"))], head + len(shown) * height + 22)
    gaps = sum(
        (row, column) not in counts
        for row in rows
        if row not in sparse
        for column in columns[place[spans[row][0]] : place[spans[row][1]] + 1]
    )
    alternative = words.text("chart-calendar-alternative", rows=len(rows), columns=len(columns), gaps=gaps)
    note = words.text("chart-calendar-note") + (" " + words.text("chart-calendar-thousands") if in_thousands else "")
    return Chart(
        svg=drawing.svg(alternative),
        headline=titles.headline,
        subtitle=titles.subtitle,
        alternative_text=alternative,
        table=ChartTable(
            (titles.row_title, *(isolate(c) for c in columns)),
            tuple((isolate(r), *(number(words, counts.get((r, c), 0), 0) for c in columns)) for r in rows),
            frozenset(range(1, len(columns) + 1)),
        ),
        note=note,
    )
