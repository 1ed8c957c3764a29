"""Before and after a measure: raw means as they are, then effects by time since the start, in one order of reading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from arusha.charts.chart import Chart, ChartTable
from arusha.charts.drawing import ACCENT, BAND, GRID, INK, LIMIT, LIMIT_BAR, MARK, PAPER, QUIET, Drawing
from arusha.charts.frame import WIDTH, Box, Symbol, draw_axes, draw_key
from arusha.charts.scales import Scale
from arusha.charts.words import number
from arusha.language import Catalogue


@dataclass(frozen=True)
class Means:
    """Means by period of the units under the measure and of the others; ``others`` is empty where there are none.

    ``starts`` and ``announced``: positions of periods in which some unit began, and of the announcement.
    """

    periods: tuple[str, ...]
    treated: tuple[float, ...]
    others: tuple[float, ...]
    starts: tuple[int, ...]
    announced: int | None = None


@dataclass(frozen=True)
class Effects:
    """Effects by periods since the start with a band for all at once; NaN where one is 0 by construction."""

    at: tuple[int, ...]
    effect: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    from_mean: bool = False
    """Whether they are differences from the mean of all periods before, of which none is then 0 by construction."""


@dataclass(frozen=True)
class Spread:
    """One change of the units under the measure beside those of other units, which are not named."""

    treated: float
    others: tuple[float, ...]


@dataclass(frozen=True)
class StudyTitles:
    headline: str
    subtitle: str
    x_title: str
    y_title: str


def means_in_time(means: Means, titles: StudyTitles, words: Catalogue) -> Chart:
    """Raw means: those under the measure as a thick line, the others dashed; each start is an upright stroke."""
    box = Box(70, 40, WIDTH - 16, 300)
    drawing = Drawing(WIDTH, box.bottom + 100, direction=words.direction)
    x = Scale(0, max(len(means.periods) - 1, 1), box.start, box.end)
    y = _around([*means.treated, *means.others], box)
    _frame(drawing, box, x, y, titles, words, lambda at: _period(means.periods, at))
    for start in means.starts:
        drawing.line((x(start - 0.5), box.top), (x(start - 0.5), box.bottom), stroke=INK, width=1.6)
    entries: list[tuple[Symbol, str]] = [("thick", words.text("chart-study-treated"))]
    if means.others:
        drawing.polyline([(x(k), y(v)) for k, v in enumerate(means.others)], stroke=QUIET, width=1.8, dash="5 3")
        entries.append(("dashed", words.text("chart-study-others")))
    drawing.polyline([(x(k), y(v)) for k, v in enumerate(means.treated)], stroke=LIMIT, width=2.6)
    entries.append(("reference", words.text("chart-study-start")))
    if means.announced is not None:
        drawing.line((x(means.announced), box.top), (x(means.announced), box.bottom), stroke=INK, width=1, dash="2 4")
        entries.append(("thin", words.text("chart-study-announced")))
    draw_key(drawing, entries, box.bottom + 62)
    alternative = words.text(
        "chart-study-means-alternative",
        y=titles.y_title,
        n=len(means.periods),
        first=means.periods[0],
        last=means.periods[-1],
    )
    columns: tuple[str, ...] = (titles.x_title, words.text("chart-study-treated"))
    if means.others:
        columns = (*columns, words.text("chart-study-others"))
    rows = tuple(
        (period, *(number(words, v, 4) for v in values))
        for period, *values in zip(means.periods, means.treated, *([means.others] if means.others else []), strict=True)
    )
    return Chart(
        svg=drawing.svg(alternative),
        headline=titles.headline,
        subtitle=titles.subtitle,
        alternative_text=alternative,
        table=ChartTable(columns, rows, frozenset({1, 2})),
    )


def event_study(effects: Effects, titles: StudyTitles, words: Catalogue) -> Chart:
    """Effects below: a dot and its band for each period since the start; the note says how those before are made."""
    box = Box(70, 40, WIDTH - 16, 300)
    drawing = Drawing(WIDTH, box.bottom + 100, direction=words.direction)
    x = Scale(min(effects.at) - 0.5, max(effects.at) + 0.5, box.start, box.end)
    y = _around([0.0, *effects.effect, *effects.low, *effects.high], box)
    _frame(drawing, box, x, y, titles, words, lambda at: number(words, at, 0) if at == int(at) else "")
    drawing.line((box.start, y(0)), (box.end, y(0)), stroke=QUIET, width=1.4)
    drawing.line((x(-0.5), box.top), (x(-0.5), box.bottom), stroke=INK, width=1.6)
    for at, effect, low, high in zip(effects.at, effects.effect, effects.low, effects.high, strict=True):
        if np.isfinite(low):
            drawing.line((x(at), y(low)), (x(at), y(high)), stroke=LIMIT_BAR, width=4)
        if np.isfinite(effect):
            drawing.circle((x(at), y(effect)), 3.4, fill=LIMIT if np.isfinite(low) else PAPER, stroke=INK)
    entries: list[tuple[Symbol, str]] = [
        ("estimate", words.text("chart-study-effect")),
        ("reference", words.text("chart-study-start")),
    ]
    if not effects.from_mean:
        entries.insert(1, ("raw", words.text("chart-study-reference")))
    draw_key(drawing, entries, box.bottom + 62)
    before = sum(
        a < (0 if effects.from_mean else -1) and np.isfinite(lo) and (lo > 0 or hi < 0) for a, lo, hi in _bands(effects)
    )
    after = sum(a >= 0 and np.isfinite(lo) and (lo > 0 or hi < 0) for a, lo, hi in _bands(effects))
    alternative = words.text(
        "chart-study-effects-alternative",
        n=len(effects.at),
        before=before,
        after=after,
        since=sum(a >= 0 for a in effects.at),
    )
    rows = tuple(
        (number(words, a, 0), number(words, e, 4), interval_of(words, lo, hi))
        for a, e, lo, hi in zip(effects.at, effects.effect, effects.low, effects.high, strict=True)
    )
    columns = (titles.x_title, titles.y_title, words.text("chart-column-interval"))
    return Chart(
        svg=drawing.svg(alternative),
        headline=titles.headline,
        subtitle=titles.subtitle,
        alternative_text=alternative,
        table=ChartTable(columns, rows, frozenset({0, 1, 2})),
        note=words.text("chart-study-note-all" if effects.from_mean else "chart-study-note"),
    )


def spread_of_changes(spread: Spread, titles: StudyTitles, words: Catalogue) -> Chart:
    """Changes of other units as dots on one line, that of the units under the measure as a diamond."""
    box = Box(30, 40, WIDTH - 30, 120)
    drawing = Drawing(WIDTH, box.bottom + 100, direction=words.direction)
    x = _along([0.0, spread.treated, *spread.others], box)
    draw_axes(
        drawing, box, x, None, x_title=titles.x_title, y_title="", x_label=lambda v: number(words, v, decimals(x))
    )
    middle = (box.top + box.bottom) / 2
    drawing.rect(box.start, middle - 18, box.end - box.start, 36, fill=BAND)
    drawing.line((x(0), box.top), (x(0), box.bottom), stroke=GRID, width=2)
    for k, value in enumerate(spread.others):
        drawing.circle((x(value), middle + (k % 5 - 2) * 6), 3, fill=MARK, stroke=PAPER)
    drawing.diamond((x(spread.treated), middle), 7, fill=PAPER, stroke=ACCENT, width=2)
    entries: list[tuple[Symbol, str]] = [
        ("dot", words.text("chart-study-other")),
        ("explained", words.text("chart-study-diamond")),
    ]
    draw_key(drawing, entries, box.bottom + 62)
    beyond = sum(abs(v) >= abs(spread.treated) for v in spread.others)
    alternative = words.text(
        "chart-study-spread-alternative", n=len(spread.others), beyond=beyond, treated=number(words, spread.treated, 4)
    )
    rows = (
        (words.text("chart-study-treated"), number(words, spread.treated, 4)),
        *((words.text("chart-study-other"), number(words, v, 4)) for v in spread.others),
    )
    return Chart(
        svg=drawing.svg(alternative),
        headline=titles.headline,
        subtitle=titles.subtitle,
        alternative_text=alternative,
        table=ChartTable((titles.x_title, titles.y_title), rows, frozenset({1})),
    )


def interval_of(words: Catalogue, low: float, high: float) -> str:
    """``low`` to ``high`` with four digits; a word where there is none."""
    if not (np.isfinite(low) and np.isfinite(high)):
        return words.text("chart-no-value")
    return words.text("chart-interval", low=number(words, low, 4), high=number(words, high, 4))


def _bands(effects: Effects) -> Sequence[tuple[int, float, float]]:
    return list(zip(effects.at, effects.low, effects.high, strict=True))


def _period(periods: Sequence[str], at: float) -> str:
    return periods[int(at)] if at == int(at) and 0 <= at < len(periods) else ""


def _span(values: Sequence[float]) -> tuple[float, float]:
    finite = [v for v in values if np.isfinite(v)] or [0.0, 1.0]
    low, high = min(finite), max(finite)
    room = (high - low) * 0.08 or abs(high) * 0.1 or 0.5
    return low - room, high + room


def _around(values: Sequence[float], box: Box) -> Scale:
    low, high = _span(values)
    return Scale(low, high, box.bottom, box.top)


def _along(values: Sequence[float], box: Box) -> Scale:
    low, high = _span(values)
    return Scale(low, high, box.start, box.end)


def decimals(scale: Scale) -> int:
    """Decimals that tell ticks apart."""
    return max(0, min(6, int(np.ceil(-np.log10((scale.high - scale.low) / 5)))))


def _frame(
    drawing: Drawing,
    box: Box,
    x: Scale,
    y: Scale,
    titles: StudyTitles,
    words: Catalogue,
    x_label: Callable[[float], str],
) -> None:
    draw_axes(
        drawing,
        box,
        x,
        y,
        x_title=titles.x_title,
        y_title=titles.y_title,
        x_label=x_label,
        y_label=lambda v: number(words, v, decimals(y)),
    )
