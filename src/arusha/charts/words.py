"""Numbers of a chart as the reader writes them, each kept in its own direction."""

from __future__ import annotations

from arusha.charts.drawing import left_to_right
from arusha.language import Catalogue


def number(words: Catalogue, value: float | None, digits: int | None = None) -> str:
    """``value`` as the reader writes numbers; about three significant digits unless ``digits`` is given."""
    if value is None or value != value:
        return words.text("chart-no-value")
    if digits is None:
        size = abs(value)
        digits = 0 if size >= 100 or value == int(value) else 1 if size >= 10 else 2
    return left_to_right(words.number(float(value), digits))


def percent(words: Catalogue, value: float | None, digits: int = 1) -> str:
    """A share as a percentage, the sign in its place for the language."""
    if value is None or value != value:
        return words.text("chart-no-value")
    return left_to_right(words.percent(float(value), digits))


def interval(
    words: Catalogue, low: float | None, high: float | None, *, as_percent: bool = False, digits: int | None = None
) -> str:
    """``low`` to ``high`` in words, so that no dash can be taken for a minus; ``digits`` as the estimate beside it."""
    if low is None or high is None or low != low or high != high:
        return words.text("chart-no-value")
    if as_percent:
        shown = [percent(words, value, 1 if digits is None else digits) for value in (low, high)]
    else:
        shown = [number(words, value, digits) for value in (low, high)]
    return words.text("chart-interval", low=shown[0], high=shown[1])
