"""Limits within which the next of a row of shares is expected, given how the earlier ones scattered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from arusha.inference.segments import whole_numbers

FEWEST = 6
"""Earlier shares below which nothing is said: two or three do not show how much is ordinary."""
LEVEL = 0.998
LEAST_EXPECTED = 0.5
"""Added to counts, so that a share of none has its log odds too (Haldane 1956, Anscombe 1956)."""


@dataclass(frozen=True)
class ShareLimits:
    """Where the next share lies with the chance ``level`` if it is of the kind of the earlier ones.

    ``centre``, ``low`` and ``high`` are shares from 0 to 1; ``loads`` says how many earlier ones they rest on.
    """

    centre: float
    low: float
    high: float
    loads: int
    level: float


def share_limits(x: ArrayLike, n: ArrayLike, size: int, *, level: float = LEVEL) -> ShareLimits | None:
    """Prediction limits of the share of ``size`` rows, from earlier counts ``x`` of ``n``; shapes (loads,).

    Shares vary between loads by more than chance: with a million rows binomial limits would call every load unusual. On
    the scale of log odds the earlier shares give a mean and a variance with k - 1 degrees of freedom; the next lies
    within ``t`` times the square root of its own variance and that of the mean. The variance is never taken to be less
    than chance alone gives for ``size`` rows. Outer limits are the binomial quantiles where those are wider, so that a
    few rows of a small file are no breach.

    None where there are fewer than ``FEWEST`` earlier shares. Source: prediction interval of a normal mean (Hahn and
    Meeker 1991, ch. 4) on empirical log odds (Anscombe 1956).

    Raises
    ------
    ValueError
        If a count is negative, larger than its size, or a size is not positive.
    """
    counts, sizes = whole_numbers(x, "x").astype(np.float64), whole_numbers(n, "n").astype(np.float64)
    if counts.shape != sizes.shape or counts.ndim != 1 or size < 1:
        raise ValueError("x and n are two rows of one length, and the next share is of one row or more")
    if np.any(counts < 0) or np.any(counts > sizes) or np.any(sizes < 1):
        raise ValueError("a share needs 0 <= x <= n and n >= 1")
    k = len(counts)
    if k < FEWEST:
        return None
    odds = np.log((counts + LEAST_EXPECTED) / (sizes - counts + LEAST_EXPECTED))
    centre = float(odds.mean())
    spread = float(odds.var(ddof=1))
    by_chance = float(np.mean(1 / (counts + LEAST_EXPECTED) + 1 / (sizes - counts + LEAST_EXPECTED)))
    share = float(special.expit(centre))
    own = 1 / (size * share + LEAST_EXPECTED) + 1 / (size * (1 - share) + LEAST_EXPECTED)
    between = max(0.0, spread - by_chance)
    error = np.sqrt(max(spread, between + own) + max(spread, by_chance) / k)
    tail = (1 - level) / 2
    width = float(special.stdtrit(k - 1, 1 - tail)) * error
    low, high = float(special.expit(centre - width)), float(special.expit(centre + width))
    pooled = (counts.sum() + LEAST_EXPECTED) / (sizes.sum() + 2 * LEAST_EXPECTED)
    return ShareLimits(
        share,
        min(low, _quantile(tail, size, min(pooled, share)) / size),
        max(high, _quantile(1 - tail, size, max(pooled, share)) / size),
        k,
        level,
    )


def _quantile(chance: float, size: int, share: float) -> float:
    """The smallest count that a binomial does not exceed with that chance."""
    from scipy import stats

    return float(stats.binom.ppf(chance, size, share))
