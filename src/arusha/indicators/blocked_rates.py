"""A realised rate against a declared one, where cases come in bursts: days of one vessel, weeks of one season.

The binomial law takes each case as an independent draw. Here the scatter between blocks of time says how many
independent draws the cases are worth, and the exact law is read at that number (Korn and Graubard 1998; Kish's design
effect).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special, stats


@dataclass(frozen=True)
class BlockedRate:
    """One rate with what its blocks say of its scatter."""

    n: int
    observed: int
    rate: float
    low: float
    high: float
    design_effect: float
    """How many times the binomial variance; never below 1."""
    df: float
    """Blocks that the scatter is known from, less one, after their unequal size."""
    p_above: float
    """Chance of so many or more if the rate were ``null_high``."""
    p_below: float
    """Chance of so few or fewer if the rate were ``null_low``."""


def blocked_rate(
    count: ArrayLike, total: ArrayLike, *, null_low: float, null_high: float, level: float = 0.95
) -> BlockedRate:
    """Tails and interval of a rate from blocks of time.

    Parameters
    ----------
    count, total
        Cases counted and cases in all, one entry a block (a week). Blocks without cases are left out.
    null_low, null_high
        The rate under the null is somewhere from ``null_low`` to ``null_high``.
    level
        Of the interval.

    The variance of the sum is W/(W-1) sum (x_w - r n_w)^2 over W blocks; the design effect is its ratio to the binomial
    variance, at least 1. Tails are binomial at n / deff, then read on Student's t with the blocks' degrees of freedom,
    since the scatter is itself an estimate. Raises ``ValueError`` for impossible counts or fewer than two blocks.
    """
    x = np.asarray(count, dtype=np.float64)
    size = np.asarray(total, dtype=np.float64)
    if x.shape != size.shape or np.any(x < 0) or np.any(x > size):
        raise ValueError("blocks need 0 <= count <= total")
    x, size = x[size > 0], size[size > 0]
    blocks = x.size
    if blocks < 2:
        raise ValueError("a scatter between blocks needs two of them")
    n, observed = float(size.sum()), float(x.sum())
    rate = observed / n
    between = blocks / (blocks - 1) * float(np.sum((x - rate * size) ** 2))
    within = n * rate * (1.0 - rate)
    deff = max(1.0, between / within) if within > 0 else 1.0
    df = max(1.0, n * n / float(np.sum(size**2)) - 1.0)
    worth, hits = n / deff, observed / deff
    below = special.betainc(worth - hits, hits + 1.0, 1.0 - null_low) if hits < worth else 1.0
    above = special.betainc(hits, worth - hits + 1.0, null_high) if hits > 0 else 1.0
    tail = (1.0 - level) / 2.0
    spread = float((special.ndtri(1.0 - tail) / stats.t.isf(tail, df)) ** 2)
    worth, hits = worth * spread, hits * spread
    return BlockedRate(
        n=int(n),
        observed=int(observed),
        rate=rate,
        low=float(special.betaincinv(hits, worth - hits + 1.0, tail)) if hits > 0 else 0.0,
        high=float(special.betainccinv(hits + 1.0, worth - hits, tail)) if hits < worth else 1.0,
        design_effect=deff,
        df=df,
        p_above=_student(float(above), df),
        p_below=_student(float(below), df),
    )


def _student(p: float, df: float) -> float:
    """The tail at the same distance on Student's t: wider than the normal's where few blocks tell the scatter."""
    if p <= 0.5:
        return float(stats.t.sf(-special.ndtri(p), df))
    return p
