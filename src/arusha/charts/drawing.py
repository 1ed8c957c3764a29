"""A small SVG writer that mirrors a drawing for languages written from right to left.

Vega-Lite was tried first and put aside. Its SVG labels every mark with the values behind it, lays text out with the
fonts of the machine that draws, and has no direction of text, so that a pseudonym in an Arabic label comes out in the
wrong order. Here every coordinate is given as for left to right; the writer mirrors it, sets the direction of the text
and wraps what must keep its own order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from arusha.language.plain_text import settled

Anchor = Literal["start", "middle", "end"]
Point = tuple[float, float]

INK = "#1d2329"
QUIET = "#55606c"
GRID = "#e1e6eb"
BAND = "#eceff3"
MARK = "#6b7784"
LIMIT = "#1f5a99"
ACCENT = "#a63d00"
LIMIT_BAR = "#5f8bbd"
ACCENT_BAR = "#c0743f"
PAPER = "#ffffff"

FONT = "sans-serif"


def isolate(text: str) -> str:
    """``text`` kept in its own order inside a line of either direction (first strong isolate).

    What in it would end that, or turn the line, is written out.
    """
    return f"\u2068{settled(text)}\u2069"


def left_to_right(text: str) -> str:
    """``text`` set left to right inside a line of either direction: numbers, codes, commands."""
    return f"\u2066{text}\u2069"


def _n(value: float) -> str:
    """A coordinate to a tenth of a pixel: less cannot be seen and only makes the file long."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text


class Drawing:
    """An SVG picture under construction; coordinates in pixels, origin at the reading start of the top line."""

    def __init__(self, width: float, height: float, *, direction: str) -> None:
        self.width = width
        self.height = height
        self.direction = direction
        self._mirrored = direction == "rtl"
        self._parts: list[str] = []

    def _x(self, x: float) -> float:
        return self.width - x if self._mirrored else x

    def _path(self, points: Iterable[Point]) -> str:
        return " ".join(f"{_n(self._x(x))},{_n(y)}" for x, y in points)

    def line(self, start: Point, end: Point, *, stroke: str = INK, width: float = 1, dash: str = "") -> None:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<line x1="{_n(self._x(start[0]))}" y1="{_n(start[1])}" x2="{_n(self._x(end[0]))}" y2="{_n(end[1])}"'
            f' stroke="{stroke}" stroke-width="{_n(width)}"{dashes}/>'
        )

    def polyline(self, points: Sequence[Point], *, stroke: str = INK, width: float = 1, dash: str = "") -> None:
        if len(points) < 2:
            return
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<polyline points="{self._path(points)}" fill="none" stroke="{stroke}"'
            f' stroke-width="{_n(width)}"{dashes}/>'
        )

    def polygon(
        self, points: Sequence[Point], *, fill: str, stroke: str = "none", width: float = 1, opacity: float = 1
    ) -> None:
        edge = f' stroke="{stroke}" stroke-width="{_n(width)}"' if stroke != "none" else ""
        clear = f' fill-opacity="{opacity:.2g}"' if opacity < 1 else ""
        self._parts.append(f'<polygon points="{self._path(points)}" fill="{fill}"{clear}{edge}/>')

    def ribbon(self, start: tuple[Point, Point], end: tuple[Point, Point], *, fill: str, opacity: float) -> None:
        """A band that flows from one vertical edge (top, bottom) to another."""
        (x0, top0), (_, bottom0) = start
        (x1, top1), (_, bottom1) = end
        a, b, middle = self._x(x0), self._x(x1), self._x((x0 + x1) / 2)
        self._parts.append(
            f'<path d="M{_n(a)},{_n(top0)}C{_n(middle)},{_n(top0)} {_n(middle)},{_n(top1)} {_n(b)},{_n(top1)}'
            f"L{_n(b)},{_n(bottom1)}C{_n(middle)},{_n(bottom1)} {_n(middle)},{_n(bottom0)} {_n(a)},{_n(bottom0)}Z"
            f'" fill="{fill}" fill-opacity="{opacity:.2g}"/>'
        )

    def rect(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        *,
        fill: str,
        stroke: str = "none",
        stroke_width: float = 1,
        opacity: float = 1,
    ) -> None:
        left = self._x(x + width) if self._mirrored else x
        edge = f' stroke="{stroke}" stroke-width="{_n(stroke_width)}"' if stroke != "none" else ""
        clear = f' fill-opacity="{opacity:.2g}"' if opacity < 1 else ""
        self._parts.append(
            f'<rect x="{_n(left)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}" fill="{fill}"{clear}{edge}/>'
        )

    def circle(self, at: Point, radius: float, *, fill: str, stroke: str = "none", width: float = 1) -> None:
        edge = f' stroke="{stroke}" stroke-width="{_n(width)}"' if stroke != "none" else ""
        self._parts.append(f'<circle cx="{_n(self._x(at[0]))}" cy="{_n(at[1])}" r="{_n(radius)}" fill="{fill}"{edge}/>')

    def diamond(self, at: Point, radius: float, *, fill: str, stroke: str = "none", width: float = 1) -> None:
        x, y = at
        corners = [(x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)]
        self.polygon(corners, fill=fill, stroke=stroke, width=width)

    def arrow(self, start: Point, end: Point, *, stroke: str = QUIET, width: float = 1) -> None:
        """A thin arrow along a row; too short to draw its head, it is a line."""
        self.line(start, end, stroke=stroke, width=width)
        if abs(end[0] - start[0]) < 6:
            return
        back = 4 if end[0] > start[0] else -4
        x, y = end
        self.polyline([(x - back, y - 2.5), (x, y), (x - back, y + 2.5)], stroke=stroke, width=width)

    def text(
        self,
        at: Point,
        content: str,
        *,
        anchor: Anchor = "start",
        size: float = 12,
        fill: str = INK,
        bold: bool = False,
        halo: bool = False,
    ) -> None:
        """A line of text. ``start`` is where reading starts: the left, or the right in a mirrored drawing.

        ``halo`` paints the paper round the letters, for text that lies on other marks.
        """
        weight = ' font-weight="700"' if bold else ""
        edge = f' stroke="{PAPER}" stroke-width="3" paint-order="stroke"' if halo else ""
        where = "" if anchor == "start" else f' text-anchor="{anchor}"'
        self._parts.append(
            f'<text x="{_n(self._x(at[0]))}" y="{_n(at[1])}" font-size="{_n(size)}" fill="{fill}"{where}{weight}{edge}>'
            f"{escape(content)}</text>"
        )

    def svg(self, alternative_text: str) -> str:
        """The picture as SVG text."""
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_n(self.width)} {_n(self.height)}"'
            f' width="{_n(self.width)}" height="{_n(self.height)}" role="img" direction="{self.direction}"'
            f' font-family="{FONT}" aria-label={quoteattr(alternative_text)}>' + "".join(self._parts) + "</svg>"
        )
