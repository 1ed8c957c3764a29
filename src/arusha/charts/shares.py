"""Shares one after another in time, each with its interval, against the limits within which it was expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arusha.charts.chart import Chart, ChartTable
from arusha.charts.drawing import ACCENT, ACCENT_BAR, BAND, GRID, INK, LIMIT, LIMIT_BAR, PAPER, QUIET, Drawing, isolate
from arusha.charts.frame import WIDTH, Box, Symbol, draw_key
from arusha.charts.scales import Scale
from arusha.charts.words import interval, number, percent
from arusha.language import Catalogue

MOST_COLUMNS = 24


@dataclass(frozen=True)
class SharePoint:
    """One share: its name (a day), counts, interval, and the limits; none where too few came before it.

    ``expected_low`` and ``expected_high`` are what earlier shares let expect, ``promised`` is a most that was agreed.
    """

    name: str
    count: int
    of: int
    low: float
    high: float
    expected_low: float | None = None
    expected_high: float | None = None
    promised: float | None = None
    stands_out: bool = False

    @property
    def share(self) -> float:
        """The share itself."""
        return self.count / self.of


@dataclass(frozen=True)
class ShareTitles:
    headline: str
    subtitle: str
    column_title: str
    """Of the names along the line of time."""
    value_title: str
    count_title: str
    of_title: str
    promised_label: str = ""
    alone: str = ""
    """The text alternative of shares that are held against nothing; then no column of what was expected is given."""


def shares_in_time(points: Sequence[SharePoint], titles: ShareTitles, words: Catalogue) -> Chart:
    """Shares in the order given, the oldest at the reading start; the last ``MOST_COLUMNS`` are drawn.

    The band behind a mark is where it was expected to lie; where there is none, too few came before. A mark that stands
    out has another shape. The table holds all.
    """
    drawn = list(points)[-MOST_COLUMNS:]
    box = Box(64, 40, WIDTH - 16, 260)
    drawing = Drawing(WIDTH, box.bottom + 92, direction=words.direction)
    tops = [p.high for p in drawn] + [v for p in drawn for v in (p.expected_high, p.promised) if v is not None]
    y = Scale(0.0, min(1.0, max(tops, default=0.0) * 1.08 or 0.01), box.bottom, box.top)
    ticks = y.ticks(5)
    digits = _digits(ticks)
    for tick in ticks:
        drawing.line((box.start, y(tick)), (box.end, y(tick)), stroke=GRID)
        label = percent(words, tick, digits)
        drawing.text((box.start - 7, y(tick) + 4), label, anchor="end", fill=QUIET)
    drawing.text((8, box.top - 18), titles.value_title)
    width = (box.end - box.start) / max(len(drawn), 1)
    for k, point in enumerate(drawn):
        _draw(drawing, point, box.start + (k + 0.5) * width, min(width, 44.0), y)
        # Neighbouring names stand on two levels, so that they do not run into each other.
        level = box.bottom + 17 + (15 if k % 2 and width < 78 else 0)
        if width > 34 or k % 2 == 0:
            drawing.text((box.start + (k + 0.5) * width, level), isolate(point.name), anchor="middle", size=10)
    drawing.line((box.start, box.bottom), (box.end, box.bottom), stroke=QUIET)
    drawing.text((box.end, box.bottom + 48), titles.column_title, anchor="end")
    draw_key(drawing, _key(drawn, titles, words), box.bottom + 72)
    out = sum(p.stands_out for p in points)
    alternative = titles.alone or words.text(
        "chart-shares-alternative",
        n=len(points),
        value=titles.value_title,
        out=out,
        unknown=sum(p.expected_high is None for p in points),
    )
    left_out = len(points) - len(drawn)
    return Chart(
        svg=drawing.svg(alternative),
        headline=titles.headline,
        subtitle=titles.subtitle,
        alternative_text=alternative,
        table=_table(points, titles, words, digits),
        note=words.text("chart-shares-left-out", n=left_out) if left_out else "",
    )


def _draw(drawing: Drawing, point: SharePoint, x: float, width: float, y: Scale) -> None:
    if point.expected_high is not None:
        top, bottom = y(point.expected_high), y(point.expected_low or 0.0)
        drawing.rect(x - width / 2, top, width, max(bottom - top, 1.0), fill=BAND)
        for edge in (top, bottom):
            drawing.line((x - width / 2, edge), (x + width / 2, edge), stroke=LIMIT, width=1)
    if point.promised is not None:
        at = y(point.promised)
        drawing.line((x - width / 2, at), (x + width / 2, at), stroke=INK, width=2.2)
    colour = ACCENT_BAR if point.stands_out else LIMIT_BAR
    drawing.line((x, y(point.low)), (x, y(point.high)), stroke=colour, width=5)
    if point.stands_out:
        drawing.diamond((x, y(point.share)), 6, fill=ACCENT, stroke=PAPER)
    else:
        drawing.circle((x, y(point.share)), 4, fill=LIMIT, stroke=PAPER)


def _key(points: Sequence[SharePoint], titles: ShareTitles, words: Catalogue) -> list[tuple[Symbol, str]]:
    entries: list[tuple[Symbol, str]] = [("estimate", words.text("chart-shares-seen"))]
    if any(p.expected_high is not None for p in points):
        entries.append(("band", words.text("chart-shares-expected")))
    if any(p.promised is not None for p in points):
        entries.append(("reference", titles.promised_label))
    if any(p.stands_out for p in points):
        entries.append(("flagged", words.text("chart-shares-out")))
    return entries


def _digits(ticks: Sequence[float]) -> int:
    """Digits after the point with which no two of the lines of a scale read alike."""
    return next((d for d in range(6) if all(abs(round(t * 100, d) - t * 100) < 1e-9 for t in ticks)), 6)


def _table(points: Sequence[SharePoint], titles: ShareTitles, words: Catalogue, digits: int) -> ChartTable:
    promised = any(p.promised is not None for p in points)
    columns = (
        titles.column_title,
        titles.count_title,
        titles.of_title,
        titles.value_title,
        words.text("chart-column-interval"),
        *([] if titles.alone else [words.text("chart-shares-expected")]),
        *([titles.promised_label] if promised else []),
    )
    rows = tuple(
        (
            isolate(p.name),
            number(words, p.count, 0),
            number(words, p.of, 0),
            percent(words, p.share, max(2, digits)),
            interval(words, p.low, p.high, as_percent=True, digits=max(1, digits)),
            *([] if titles.alone else [_expected(p, words, digits)]),
            *([percent(words, p.promised, 2) if p.promised is not None else ""] if promised else []),
        )
        for p in points
    )
    return ChartTable(columns, rows, frozenset(range(1, len(columns))))


def _expected(point: SharePoint, words: Catalogue, digits: int) -> str:
    if point.expected_high is None:
        return words.text("verdict-cannot-tell")
    return interval(words, point.expected_low, point.expected_high, as_percent=True, digits=max(1, digits))
