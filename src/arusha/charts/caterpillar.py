"""The caterpillar: every unit's estimate after shrinkage, with its interval, in an order that says nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from arusha.charts.chart import Chart, ChartTable
from arusha.charts.drawing import ACCENT, ACCENT_BAR, BAND, INK, LIMIT, LIMIT_BAR, PAPER, QUIET, Drawing, isolate
from arusha.charts.frame import WIDTH, Box, Symbol, draw_axes, draw_key
from arusha.charts.funnel import State
from arusha.charts.scales import Scale
from arusha.charts.words import interval, number, percent
from arusha.language import Catalogue

Floats = NDArray[np.float64]

MOST_LABELLED = 48
MOST_ROWS = 400


@dataclass(frozen=True)
class Estimates:
    """One entry a unit, in the order to be drawn: by name or region, never by value.

    ``raw`` may be NaN where there is no raw estimate to compare with.
    """

    name: tuple[str, ...]
    raw: Floats
    estimate: Floats
    low: Floats
    high: Floats
    state: tuple[State, ...]
    beside: tuple[tuple[str, ...], ...] = ()
    """What the table says of each unit before its estimates (its exposure): texts, as many as there are headings."""


@dataclass(frozen=True)
class Band:
    """Units that are drawn as a grey band and not one by one: how many, between what the middle ``share`` of them lie.

    ``name`` is what the table calls them.
    """

    name: str
    n: int
    low: float
    high: float
    share: float


@dataclass(frozen=True)
class CaterpillarTitles:
    headline: str
    subtitle: str
    x_title: str
    unit: str
    """The heading over the units' names."""
    beside: tuple[str, ...] = ()
    """The headings over ``Estimates.beside``."""


def caterpillar(
    estimates: Estimates,
    titles: CaterpillarTitles,
    words: Catalogue,
    *,
    benchmark: float,
    benchmark_label: str,
    as_percent: bool = False,
    others: Band | None = None,
    alternative: str | None = None,
) -> Chart:
    """Thick line = interval after shrinkage, hollow dot = raw, thin arrow from raw to shrunken.

    Above ``MOST_LABELLED`` units rows are thin and carry no name; above ``MOST_ROWS`` the units within expected scatter
    become one grey band (their middle 95%), and only the others keep a row. ``others`` are units of which no row is
    given; ``alternative`` is the text in place of the picture where it is not of many units.
    """
    drawn, band = _bounded(estimates)
    if others is not None:
        band = (others.low, others.high)
    count = len(drawn.name)
    labelled = count <= MOST_LABELLED
    pitch = 17.0 if labelled else max(3.0, min(10.0, 900 / max(count, 1)))
    longest = max((len(name) for name in drawn.name), default=0)
    box = Box(
        max(150.0, min(290.0, 24 + 6.7 * longest)) if labelled else 40.0, 34, WIDTH - 16, 34 + max(count, 1) * pitch + 8
    )
    drawing = Drawing(WIDTH, box.bottom + 104, direction=words.direction)
    x = _scale(drawn, band, benchmark, box)

    def label(value: float) -> str:
        return percent(words, value) if as_percent else number(words, value)

    if band is not None:
        drawing.rect(x(band[0]), box.top, x(band[1]) - x(band[0]), box.bottom - box.top, fill=BAND)
    draw_axes(drawing, box, x, None, x_title=titles.x_title, y_title=titles.unit, x_label=label)
    drawing.line((x(benchmark), box.top), (x(benchmark), box.bottom), stroke=INK)
    for i in range(count):
        _draw_row(drawing, drawn, i, x, box.top + 4 + (i + 0.5) * pitch, labelled=labelled)
    entries: list[tuple[Symbol, str]] = [
        ("estimate", words.text("chart-shrunken")),
        ("raw", words.text("chart-raw")),
        ("reference", benchmark_label),
    ]
    if "flagged" in drawn.state:
        entries.append(("flagged", words.text("chart-flagged")))
    if "explained" in drawn.state:
        entries.append(("explained", words.text("chart-explained")))
    if band is not None:
        n, share = (others.n, others.share) if others is not None else (len(estimates.name) - count, 0.95)
        entries.append(("band", words.text("chart-band", n=n, share=percent(words, share, 0))))
    draw_key(drawing, entries, box.bottom + 58)
    alternative = alternative or words.text(
        "chart-caterpillar-alternative",
        n=len(estimates.name),
        x=titles.x_title,
        flagged=sum(s == "flagged" for s in estimates.state),
        touching=int(np.sum((estimates.low <= benchmark) & (estimates.high >= benchmark))),
        benchmark=label(benchmark),
    )
    return Chart(
        svg=drawing.svg(alternative),
        headline=titles.headline,
        subtitle=titles.subtitle,
        alternative_text=alternative,
        table=_table(drawn, titles, words, as_percent=as_percent, others=others),
        note=words.text("chart-caterpillar-note" if others is None else "chart-place-note"),
    )


def _bounded(estimates: Estimates) -> tuple[Estimates, tuple[float, float] | None]:
    if len(estimates.name) <= MOST_ROWS:
        return estimates, None
    keep = [i for i, s in enumerate(estimates.state) if s != "within"][:MOST_ROWS]
    rest = np.array([s == "within" for s in estimates.state])
    low, high = np.nanquantile(estimates.estimate[rest], [0.025, 0.975])
    kept = Estimates(
        name=tuple(estimates.name[i] for i in keep),
        raw=estimates.raw[keep],
        estimate=estimates.estimate[keep],
        low=estimates.low[keep],
        high=estimates.high[keep],
        state=tuple(estimates.state[i] for i in keep),
        beside=tuple(estimates.beside[i] for i in keep) if estimates.beside else (),
    )
    return kept, (float(low), float(high))


def _scale(drawn: Estimates, band: tuple[float, float] | None, benchmark: float, box: Box) -> Scale:
    """Wide enough for every interval; raw values of small units may lie beyond and are then held at the edge."""
    values = [*drawn.low, *drawn.high, *drawn.estimate, benchmark, *(band or ())]
    raw = drawn.raw[np.isfinite(drawn.raw)]
    if raw.size:
        values += list(np.quantile(raw, [0.02, 0.98]))
    finite = [float(v) for v in values if np.isfinite(v)]
    low, high = min(finite), max(finite)
    room = (high - low) * 0.05 or 0.5
    start = 0.0 if 0 <= low < room * 6 else low - room
    return Scale(start, high + room, box.start, box.end)


def _draw_row(drawing: Drawing, drawn: Estimates, i: int, x: Scale, y: float, *, labelled: bool) -> None:
    estimate, raw = float(drawn.estimate[i]), float(drawn.raw[i])
    stands_out = drawn.state[i] != "within"
    colour = (ACCENT_BAR if stands_out else LIMIT_BAR) if labelled else (ACCENT if stands_out else LIMIT)
    if labelled:
        drawing.text((8, y + 4), isolate(drawn.name[i]), size=11.5, bold=stands_out)
    drawing.line((x(float(drawn.low[i])), y), (x(float(drawn.high[i])), y), stroke=colour, width=5 if labelled else 1.6)
    if np.isfinite(raw) and labelled:
        drawing.arrow((x(raw), y), (x(estimate), y), stroke=INK, width=1)
    if np.isfinite(raw):
        drawing.circle((x(raw), y), 3 if labelled else 1.3, fill=PAPER, stroke=QUIET, width=1.1 if labelled else 0.6)
    size = 5.5 if labelled else 4
    if drawn.state[i] == "flagged":
        drawing.diamond((x(estimate), y), size, fill=ACCENT, stroke=PAPER)
    elif drawn.state[i] == "explained":
        drawing.diamond((x(estimate), y), size, fill=PAPER, stroke=ACCENT, width=1.5)
    else:
        drawing.circle((x(estimate), y), 3.4 if labelled else 1.5, fill=LIMIT, stroke=PAPER, width=1 if labelled else 0)


def _table(
    drawn: Estimates, titles: CaterpillarTitles, words: Catalogue, *, as_percent: bool, others: Band | None
) -> ChartTable:
    show = percent if as_percent else number
    columns = (
        titles.unit,
        *titles.beside,
        words.text("chart-column-raw"),
        words.text("chart-column-shrunken"),
        words.text("chart-column-interval"),
    )
    rows = tuple(
        (
            isolate(drawn.name[i]),
            *(drawn.beside[i] if drawn.beside else ()),
            show(words, float(drawn.raw[i])),
            show(words, float(drawn.estimate[i])),
            interval(words, float(drawn.low[i]), float(drawn.high[i]), as_percent=as_percent),
        )
        for i in range(len(drawn.name))
    )
    if others is not None:
        nothing = ("",) * (len(titles.beside) + 2)
        rows += ((others.name, *nothing, interval(words, others.low, others.high, as_percent=as_percent)),)
    # The first of what stands beside is a name (the office); all else are numbers.
    return ChartTable(columns, rows, frozenset(range(min(2, len(titles.beside) + 1), len(columns))))
