"""Which assumption moves the result: variance-based indices of first and of total order.

A design of N (d + 2) points: two independent samples A and B, and A with one column of B, column after column. The
first-order index is the estimator of Saltelli and others (2010), the total one that of Jansen (1999).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Indices:
    """One entry an assumption; ``low`` and ``high`` are of the bootstrap over points, NaN without it."""

    first: FloatArray
    total: FloatArray
    first_low: FloatArray
    first_high: FloatArray
    total_low: FloatArray
    total_high: FloatArray
    variance: float


def design(points: int, assumptions: int, rng: np.random.Generator) -> FloatArray:
    """N (d + 2) x d numbers between 0 and 1: A, then B, then A with column 1 of B, and so on."""
    A, B = rng.random((points, assumptions)), rng.random((points, assumptions))
    mixed = np.repeat(A[None, :, :], assumptions, axis=0)
    for k in range(assumptions):
        mixed[k, :, k] = B[:, k]
    return np.concatenate([A, B, mixed.reshape(-1, assumptions)])


def indices(
    results: ArrayLike, points: int, *, resamples: int = 0, level: float = 0.9, rng: np.random.Generator | None = None
) -> Indices:
    """Indices from the results at the points of ``design``, in its order.

    Raises ``ValueError`` where the number of results is not N (d + 2).
    """
    y = np.asarray(results, dtype=np.float64)
    if points < 2 or y.ndim != 1 or y.size % points or y.size < 3 * points:
        raise ValueError("results are one number a point of the design")
    a, b, mixed = y[:points], y[points : 2 * points], y[2 * points :].reshape(-1, points)
    variance = float(np.var(y[: 2 * points], ddof=1))
    # Terms whose means are the indices, assumptions x points.
    first = b * (mixed - a) / variance if variance > 0 else np.full(mixed.shape, np.nan)
    total = (a - mixed) ** 2 / (2.0 * variance) if variance > 0 else np.full(mixed.shape, np.nan)
    nothing = np.full(len(mixed), np.nan)
    first_low, first_high, total_low, total_high = (nothing,) * 4
    if resamples:
        rng = rng or np.random.default_rng(1)
        at = rng.integers(0, points, (resamples, points))
        tails = [(1 - level) / 2, (1 + level) / 2]
        first_low, first_high = np.quantile(first[:, at].mean(axis=2), tails, axis=1)
        total_low, total_high = np.quantile(total[:, at].mean(axis=2), tails, axis=1)
    return Indices(first.mean(axis=1), total.mean(axis=1), first_low, first_high, total_low, total_high, variance)
