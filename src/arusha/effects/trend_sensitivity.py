"""How far may trends have parted before the conclusion goes? Relative magnitudes (Rambachan and Roth 2023).

Between two periods after the start, the untreated outcome of treated and controls is allowed to part by at most M times
the most it parted between two periods before. Intervals are unions over which pair of periods before was the largest,
each widened by its own sampling error: valid, and wider than the hybrid tests of the paper, never narrower by design.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from arusha.effects.panels import FloatArray
from arusha.effects.trend_study import study


@dataclass(frozen=True)
class TrendSensitivity:
    """Intervals of the mean effect after the start, for growing departures from parallel trends."""

    M: FloatArray
    low: FloatArray
    high: FloatArray
    breakdown: float
    """Largest M with which the interval leaves out 0; NaN where it holds 0 already under parallel trends."""
    largest_before: float
    """Largest change of the gap between two periods before, as estimated."""


def relative_magnitudes(
    before: ArrayLike,
    after: ArrayLike,
    vcov: ArrayLike,
    *,
    M: ArrayLike = (0.0, 0.5, 1.0, 1.5, 2.0),
    weights: ArrayLike | None = None,
    level: float = 0.95,
    critical: float | None = None,
) -> TrendSensitivity:
    """Intervals under relative magnitudes.

    Parameters
    ----------
    before, after, vcov, weights
        As of ``trend_study.study``.
    critical
        Times a standard error; the normal quantile by default. Give a t quantile where clusters are few.

    Raises
    ------
    ValueError
        As ``trend_study.study``.
    """
    s = study(before, after, vcov, weights, level)
    p, q, beta, V, l_post = s.p, s.q, s.beta, s.vcov, s.weights
    z = float(ndtri(0.5 + level / 2)) if critical is None else critical
    target = np.concatenate([np.zeros(p), l_post])
    # Changes of the gap between neighbouring periods before; the reference period's effect is 0.
    steps = np.zeros((p, p + q))
    for k in range(p):
        steps[k, k] = -1.0
        if k + 1 < p:
            steps[k, k + 1] = 1.0
    # In period j after the start, j + 1 steps may have gone the same way.
    reach = float(np.abs(np.cumsum(l_post[::-1])[::-1]).sum())

    def interval(m: float) -> tuple[float, float]:
        lows: list[float] = []
        highs: list[float] = []
        for step in steps:
            for sign in (1.0, -1.0):
                shift = m * reach * sign * step
                for side, found in ((-1.0, lows), (1.0, highs)):
                    line = target + side * shift
                    # Only the sign that widens can be the truth's; the other one is inside and does no harm.
                    found.append(float(line @ beta) + side * z * float(np.sqrt(max(float(line @ V @ line), 0.0))))
        return min(lows), max(highs)

    grid = np.asarray(M, dtype=np.float64)
    made = [interval(float(m)) for m in grid]
    low, high = interval(0.0)
    breakdown = np.nan
    if low > 0 or high < 0:
        inside, outside = 0.0, 1.0
        while not (interval(outside)[0] <= 0 <= interval(outside)[1]) and outside < 1e3:
            inside, outside = outside, 2 * outside
        for _ in range(60):
            middle = (inside + outside) / 2
            bounds = interval(middle)
            inside, outside = (inside, middle) if bounds[0] <= 0 <= bounds[1] else (middle, outside)
        breakdown = inside
    return TrendSensitivity(
        M=grid,
        low=np.array([m[0] for m in made]),
        high=np.array([m[1] for m in made]),
        breakdown=float(breakdown),
        largest_before=float(np.max(np.abs(steps @ beta))),
    )
