"""The ratio of two proportions with its score interval, and the smallest ratio that an exact test would see."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike
from scipy import special, stats

from arusha.inference.intervals import Interval, tail_chances
from arusha.inference.segments import FloatArray, whole_numbers

LARGEST = 3_000
"""Units in both groups together up to which the power of the exact test is summed over every table."""


def _score(x1: FloatArray, n1: FloatArray, x2: FloatArray, n2: FloatArray, ratio: FloatArray) -> FloatArray:
    """Signed score statistic of p1 = ratio * p2, with p2 at its likeliest value under that."""
    a, b, c = ratio * (n1 + n2), ratio * (n1 + x2) + x1 + n2, x1 + x2
    root = np.sqrt(np.maximum(b * b - 4.0 * a * c, 0.0))
    # Of the two roots the smaller; written so that nothing cancels where the ratio is small or large.
    p2 = np.clip(2.0 * c / (b + root), 0.0, 1.0)
    p1 = np.clip(ratio * p2, 0.0, 1.0)
    variance = p1 * (1.0 - p1) / n1 + ratio**2 * p2 * (1.0 - p2) / n2
    gap = x1 / n1 - ratio * x2 / n2
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(gap == 0.0, 0.0, gap / np.sqrt(variance))


def proportion_ratio(x1: ArrayLike, n1: ArrayLike, x2: ArrayLike, n2: ArrayLike, level: float = 0.95) -> Interval:
    """Ratio (x1 / n1) / (x2 / n2) and its score interval, entry by entry.

    With x1 = 0 the lower limit is 0, with x2 = 0 the upper one is infinite; with both 0 the estimate is missing.
    Counts broadcast; ``ValueError`` where 0 <= x <= n and n >= 1 do not hold. Source: Koopman 1984; the restricted
    estimate solves its quadratic equation, the limits are found by bisection of the logarithm.
    """
    some = np.broadcast_arrays(*(whole_numbers(v, "counts").astype(np.float64) for v in (x1, n1, x2, n2)))
    k1, m1, k2, m2 = some
    if np.any(k1 < 0) or np.any(k2 < 0) or np.any(k1 > m1) or np.any(k2 > m2) or np.any(m1 < 1) or np.any(m2 < 1):
        raise ValueError("two proportions need 0 <= x <= n and n >= 1 each")
    _, above = tail_chances(level)
    z = float(special.ndtri(1.0 - above))
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate = np.where((k1 == 0) & (k2 == 0), np.nan, (k1 / m1) / (k2 / m2))
    lowest, highest = np.full(k1.shape, -40.0), np.full(k1.shape, 40.0)
    middle = np.clip(np.log(np.where((k1 > 0) & (k2 > 0), estimate, 1.0)), -40.0, 40.0)
    start_low = np.where(k2 == 0, highest, middle)
    start_high = np.where(k1 == 0, lowest, middle)
    low = np.where(k1 == 0, 0.0, np.exp(_crossing(k1, m1, k2, m2, lowest, start_low, z)))
    high = np.where(k2 == 0, np.inf, np.exp(_crossing(k1, m1, k2, m2, start_high, highest, -z)))
    return Interval(estimate, low, high)


def _crossing(
    x1: FloatArray, n1: FloatArray, x2: FloatArray, n2: FloatArray, low: FloatArray, high: FloatArray, at: float
) -> FloatArray:
    """Logarithm of the ratio at which the falling score passes ``at``."""
    for _ in range(90):
        middle = 0.5 * (low + high)
        over = _score(x1, n1, x2, n2, np.exp(middle)) > at
        low, high = np.where(over, middle, low), np.where(over, high, middle)
    return 0.5 * (low + high)


def fisher_rejects(n1: int, n2: int, level: float = 0.05) -> np.ndarray[tuple[int, int], np.dtype[np.bool_]]:
    """Tables [x1, x2] that Fisher's two-sided exact test rejects at ``level``: shape (n1 + 1, n2 + 1)."""
    out = np.zeros((n1 + 1, n2 + 1), dtype=np.bool_)
    for total in range(n1 + n2 + 1):
        x1 = np.arange(max(0, total - n2), min(n1, total) + 1)
        chance = stats.hypergeom.pmf(x1, n1 + n2, n1, total)
        order = np.argsort(chance)
        ranked = np.cumsum(chance[order])
        # Tables within 1e-7 of each other are ties, as in ``fisher_exact``.
        p = ranked[np.searchsorted(chance[order], chance * (1.0 + 1e-7), side="right") - 1]
        out[x1, total - x1] = p <= level
    return out


@lru_cache(maxsize=1024)
def smallest_seen_ratio(n1: int, n2: int, rate: float, *, power: float = 0.8, level: float = 0.05) -> float:
    """The smallest ratio above 1 that Fisher's exact test finds with that power, if the other group has ``rate``.

    Infinite where even a rate of 1 in the first group would be found less often; NaN where the groups together are
    larger than ``LARGEST``, or ``rate`` is not between 0 and 1. The power is summed over every pair of counts.
    """
    if n1 < 1 or n2 < 1 or n1 + n2 > LARGEST or not 0.0 < rate < 1.0:
        return float("nan")
    rejected = fisher_rejects(n1, n2, level).astype(np.float64)
    other = stats.binom.pmf(np.arange(n2 + 1), n2, rate)
    given = rejected @ other

    def found(ratio: float) -> float:
        return float(stats.binom.pmf(np.arange(n1 + 1), n1, min(1.0, rate * ratio)) @ given)

    low, high = 1.0, 1.0 / rate
    if found(high) < power:
        return float("inf")
    while high - low > 1e-3:
        middle = 0.5 * (low + high)
        low, high = (low, middle) if found(middle) >= power else (middle, high)
    return high
