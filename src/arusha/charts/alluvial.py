"""The alluvial: from the lane assigned, to the lane at clearance, to the outcome."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arusha.charts.chart import Chart, ChartTable
from arusha.charts.drawing import INK, QUIET, Drawing
from arusha.charts.frame import WIDTH
from arusha.charts.words import number, percent
from arusha.language import Catalogue

MOST_FLOWS = 12
LEAST_FLOW = 10
"""A flow of fewer than this is merged with others: few declarations could point at one trader."""

TINTS = ("#1f5a99", "#7a8794", "#c08a2d", "#5b4a8a", "#2f7f79", "#9aa5b1")
"""One tint a destination, in the order of the destinations; they mean nothing but which is which."""


@dataclass(frozen=True)
class Flow:
    """Declarations that went one way: a name in each of the columns (the reader's language), and how many."""

    path: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class AlluvialTitles:
    headline: str
    subtitle: str
    columns: tuple[str, ...]


def alluvial(flows: Sequence[Flow], titles: AlluvialTitles, words: Catalogue) -> Chart:
    """Flows between columns, the widest ``MOST_FLOWS`` at most; the others are merged into one.

    Flows are coloured by where they end in the last column but one, never by whether that is good or bad.
    """
    shown = _merged(flows, len(titles.columns), words.text("chart-alluvial-other"))
    total = sum(f.count for f in shown)
    nodes = [_nodes(shown, i) for i in range(len(titles.columns))]
    most = max(len(column) for column in nodes)
    gap, body = 30.0, 230.0
    drawing = Drawing(WIDTH, 60 + body + gap * (most - 1) + 20, direction=words.direction)
    bar = 12.0
    first, last = 130.0, WIDTH - 180
    at = [first + i * (last - first) / (len(titles.columns) - 1) for i in range(len(titles.columns))]
    place = [_places(column, body / total, gap, 46.0) for column in nodes]
    tint = {name: TINTS[i % len(TINTS)] for i, name in enumerate(nodes[1 if len(nodes) > 2 else -1])}
    for i in range(len(at) - 1):
        _draw_between(drawing, shown, i, at, place, body / total, bar, tint)
    for i, column in enumerate(nodes):
        anchor_end = i == 0
        where = at[i] if anchor_end else at[i] + bar
        drawing.text((where, 20), titles.columns[i], anchor="end" if anchor_end else "start", bold=True)
        for name, count in column.items():
            top = place[i][name]
            height = count * body / total
            drawing.rect(at[i], top, bar, max(height, 1), fill=INK)
            x = at[i] - 7 if anchor_end else at[i] + bar + 7
            drawing.text((x, top + height / 2 - 1), name, anchor="end" if anchor_end else "start", size=11.5, halo=True)
            drawing.text(
                (x, top + height / 2 + 12),
                number(words, count, 0),
                anchor="end" if anchor_end else "start",
                size=10.5,
                fill=QUIET,
                halo=True,
            )
    largest = max(shown, key=lambda f: f.count)
    alternative = words.text(
        "chart-alluvial-alternative",
        n=total,
        largest=" › ".join(largest.path) if words.direction == "ltr" else " ‹ ".join(largest.path),
        share=percent(words, largest.count / total),
    )
    return Chart(
        svg=drawing.svg(alternative),
        headline=titles.headline,
        subtitle=titles.subtitle,
        alternative_text=alternative,
        table=ChartTable(
            (*titles.columns, words.text("chart-column-n"), words.text("chart-column-share")),
            tuple((*f.path, number(words, f.count, 0), percent(words, f.count / total)) for f in shown),
            frozenset({len(titles.columns), len(titles.columns) + 1}),
        ),
        note=words.text("chart-alluvial-note", least=LEAST_FLOW),
    )


def _merged(flows: Sequence[Flow], columns: int, other: str) -> list[Flow]:
    """The widest flows of at least ``LEAST_FLOW``, in order of their names; the rest as one."""
    if not flows or sum(f.count for f in flows) <= 0:
        raise ValueError("an alluvial needs at least one flow")
    together: dict[tuple[str, ...], int] = {}
    for flow in flows:
        together[flow.path] = together.get(flow.path, 0) + flow.count
    widest = sorted(together.items(), key=lambda f: (-f[1], f[0]))
    kept = [f for f in widest if f[1] >= LEAST_FLOW]
    if len(kept) < len(widest) or len(kept) > MOST_FLOWS:
        kept = kept[: MOST_FLOWS - 1]
    rest = sum(together.values()) - sum(n for _, n in kept)
    order = {path: i for i, path in enumerate(together)}
    shown = [Flow(path, n) for path, n in sorted(kept, key=lambda f: order[f[0]])]
    return [*shown, Flow((other,) * columns, rest)] if rest else shown


def _nodes(flows: Sequence[Flow], column: int) -> dict[str, int]:
    found: dict[str, int] = {}
    for flow in flows:
        found[flow.path[column]] = found.get(flow.path[column], 0) + flow.count
    return found


def _places(column: dict[str, int], scale: float, gap: float, top: float) -> dict[str, float]:
    places = {}
    for name, count in column.items():
        places[name] = top
        top += max(count * scale, 8) + gap
    return places


def _draw_between(
    drawing: Drawing,
    flows: Sequence[Flow],
    i: int,
    at: Sequence[float],
    place: Sequence[dict[str, float]],
    scale: float,
    bar: float,
    tint: dict[str, str],
) -> None:
    """Ribbons from column ``i`` to the next; each takes its place in the order of the column that it reaches."""
    colour_column = 1 if len(at) > 2 else len(at) - 1
    out = dict(place[i])
    into = dict(place[i + 1])
    rows = list(place[i + 1])
    starts: list[float] = [0.0] * len(flows)
    for k in sorted(range(len(flows)), key=lambda k: rows.index(flows[k].path[i + 1])):
        starts[k] = out[flows[k].path[i]]
        out[flows[k].path[i]] += flows[k].count * scale
    columns = list(place[i])
    for k in sorted(range(len(flows)), key=lambda k: columns.index(flows[k].path[i])):
        end, height = into[flows[k].path[i + 1]], flows[k].count * scale
        into[flows[k].path[i + 1]] += height
        drawing.ribbon(
            ((at[i] + bar, starts[k]), (at[i] + bar, starts[k] + height)),
            ((at[i + 1], end), (at[i + 1], end + height)),
            fill=tint[flows[k].path[colour_column]],
            opacity=0.45,
        )
