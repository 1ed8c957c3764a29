"""The frame of a chart: axes, grid, titles and the key, in reading direction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from arusha.charts.drawing import ACCENT, GRID, INK, LIMIT, LIMIT_BAR, MARK, PAPER, QUIET, Drawing
from arusha.charts.scales import Scale

WIDTH = 720.0

Symbol = Literal[
    "dot",
    "flagged",
    "explained",
    "raw",
    "estimate",
    "thin",
    "thick",
    "dashed",
    "dotted",
    "band",
    "bar",
    "bar-beyond",
    "reference",
    "cell",
]


@dataclass(frozen=True)
class Box:
    """The plotting area, in pixels from the reading start."""

    start: float
    top: float
    end: float
    bottom: float


def draw_axes(
    drawing: Drawing,
    box: Box,
    x: Scale,
    y: Scale | None,
    *,
    x_title: str,
    y_title: str,
    x_label: Callable[[float], str],
    y_label: Callable[[float], str] | None = None,
) -> None:
    """Grid, ticks and titles. The title of the y axis stands level above it, where it can be read."""
    for tick in x.ticks(6):
        at = x(tick)
        drawing.line((at, box.top), (at, box.bottom), stroke=GRID)
        drawing.text((at, box.bottom + 17), x_label(tick), anchor="middle", fill=QUIET)
    if y is not None and y_label is not None:
        for tick in y.ticks(5):
            at = y(tick)
            drawing.line((box.start, at), (box.end, at), stroke=GRID)
            drawing.text((box.start - 7, at + 4), y_label(tick), anchor="end", fill=QUIET)
    drawing.line((box.start, box.bottom), (box.end, box.bottom), stroke=QUIET)
    drawing.text((box.end, box.bottom + 36), x_title, anchor="end", fill=INK)
    if y_title:
        drawing.text((8, box.top - 18), y_title, fill=INK)


def draw_symbol(drawing: Drawing, symbol: Symbol, x: float, y: float) -> None:
    """One sample of a mark, centred on a line of text at ``y``; 22 pixels wide."""
    middle = (x + 11, y)
    if symbol == "dot":
        drawing.circle(middle, 3, fill=MARK)
    elif symbol == "flagged":
        drawing.diamond(middle, 6, fill=ACCENT, stroke=PAPER)
    elif symbol == "explained":
        drawing.diamond(middle, 5.5, fill=PAPER, stroke=ACCENT, width=1.6)
    elif symbol == "raw":
        drawing.circle(middle, 3.2, fill=PAPER, stroke=QUIET, width=1.2)
    elif symbol == "estimate":
        drawing.line((x, y), (x + 22, y), stroke=LIMIT_BAR, width=5)
        drawing.circle(middle, 3.4, fill=LIMIT, stroke=PAPER)
    elif symbol == "thin":
        drawing.line((x, y), (x + 22, y), stroke=LIMIT, width=1)
    elif symbol == "thick":
        drawing.line((x, y), (x + 22, y), stroke=LIMIT, width=2.6)
    elif symbol == "dashed":
        drawing.line((x, y), (x + 22, y), stroke=LIMIT, width=1.6, dash="5 3")
    elif symbol == "dotted":
        drawing.line((x + 11, y - 7), (x + 11, y + 7), stroke=ACCENT, width=1.4, dash="2 4")
    elif symbol in ("bar", "bar-beyond"):
        drawing.rect(x + 6, y - 7, 10, 14, fill=LIMIT_BAR if symbol == "bar" else PAPER, stroke=MARK, stroke_width=1)
    elif symbol == "band":
        drawing.rect(x, y - 6, 22, 12, fill=GRID)
    elif symbol == "reference":
        drawing.line((x + 11, y - 7), (x + 11, y + 7), stroke=INK, width=2)
    elif symbol == "cell":
        drawing.rect(x + 3, y - 7, 16, 14, fill=PAPER, stroke=ACCENT, stroke_width=2)


def draw_key(drawing: Drawing, entries: Sequence[tuple[Symbol, str]], top: float, start: float = 8) -> float:
    """The key, in rows under the picture, which grows where they need it; returns the height it took.

    Widths are taken from the number of characters, generously, since the reader's fonts are not known.
    """
    x, y = start, top
    for symbol, label in entries:
        needed = 30 + len(label) * 6.8 + 18
        if x > start and x + needed > drawing.width:
            x, y = start, y + 20
        draw_symbol(drawing, symbol, x, y)
        drawing.text((x + 29, y + 4), label, fill=INK)
        x += needed
    drawing.height = max(drawing.height, y + 16)
    return y - top + 20
