"""Declared values around a threshold as they are: counts in bins of which one ends at the threshold."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from arusha.effects.panels import FloatArray

MOST_BINS = 25
"""On each side."""


@dataclass(frozen=True)
class Around:
    """Counts in bins of one width, from the smallest value up; no bin holds values of both sides.

    ``start`` is the lower end of the first bin; a bin holds its end on the side of the threshold that pays.
    """

    start: float
    width: float
    count: list[int]


def around(away: FloatArray, cutoff: float, pays: str, width: float = 0.0) -> Around | None:
    """Counts of values by their distances ``away`` (n, at most 0 where it pays); None where there are no two values.

    Without a ``width`` a fortieth of the middle nine tenths of the distances, rounded to one digit.
    """
    if away.size < 2 or away.min() == away.max():
        return None
    if width <= 0:
        low, high = np.quantile(away, [0.05, 0.95])
        width = float(f"{(high - low or away.max() - away.min()) / 40:.1g}")
    steps = np.ceil(np.round(away / width, 9)) - 1
    # A value just beyond the threshold is beyond it, however little that is.
    steps = np.where(away > 0, np.maximum(steps, 0), steps)
    first = int(max(steps.min(), -MOST_BINS))
    last = int(min(steps.max(), MOST_BINS - 1))
    first, last = min(first, -1), max(last, 0)
    inside = steps[(steps >= first) & (steps <= last)].astype(np.int64)
    count = np.bincount(inside - first, minlength=last - first + 1)
    if pays == "above":
        count, first = count[::-1], -(last + 1)
    return Around(float(cutoff + first * width), float(width), [int(c) for c in count])
