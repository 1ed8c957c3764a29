"""Multiplier bootstrap: standard errors of several effects, and a band that holds them all at once (sup-t)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from arusha.effects.panels import FloatArray, IntArray
from arusha.effects.staggered import cluster_sums

Multiplier = Literal["rademacher", "mammen"]
_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class Band:
    """Effects with a band that covers all of them at once with the probability asked for."""

    estimate: FloatArray
    se: FloatArray
    critical: float
    """Times a standard error; wider than that of one effect alone."""
    low: FloatArray
    high: FloatArray
    draws: int
    clusters: int


def multipliers(random: np.random.Generator, shape: tuple[int, int], kind: Multiplier) -> FloatArray:
    """Independent weights with mean 0 and variance 1 (Mammen's also with third moment 1)."""
    if kind == "rademacher":
        return np.asarray(2.0 * random.integers(0, 2, shape) - 1.0)
    root = np.sqrt(5.0)
    low = random.random(shape) < (root + 1) / (2 * root)
    return np.asarray(np.where(low, (1 - root) / 2, (1 + root) / 2))


def band(
    estimate: ArrayLike,
    influence: ArrayLike,
    cluster: ArrayLike | None = None,
    *,
    level: float = 0.95,
    draws: int = 999,
    seed: int = 1,
    kind: Multiplier = "rademacher",
) -> Band:
    """A simultaneous band from influence functions.

    Parameters
    ----------
    estimate
        m.
    influence
        n x m; the estimate minus the truth is close to its column means.
    cluster
        n whole numbers from 0: whole clusters get one weight.
    level
        Probability with which the band covers all m at once.

    Standard errors are the interquartile range of the draws over that of a normal distribution, so that a few wild
    draws do not widen them. An effect without an influence function (a base period) gets NaN.
    """
    values = np.atleast_1d(np.asarray(estimate, dtype=np.float64))
    psi = np.asarray(influence, dtype=np.float64).reshape(-1, values.size)
    code: IntArray = np.arange(psi.shape[0]) if cluster is None else np.asarray(cluster, dtype=np.int64)
    sums = cluster_sums(psi, code) / psi.shape[0]
    use = np.isfinite(values) & (np.sqrt(np.sum(sums**2, axis=0)) > 1e-7 * np.maximum(1e-300, np.abs(sums).max()))
    se = np.full(values.size, np.nan)
    random = np.random.default_rng(seed)
    step = max(1, _AT_ONCE // max(1, sums.shape[0]))
    parts = []
    for done in range(0, draws, step):
        size = min(step, draws - done)
        parts.append(multipliers(random, (size, sums.shape[0]), kind) @ sums[:, use])
    drawn = np.vstack(parts)
    high, low = np.quantile(drawn, [0.75, 0.25], axis=0)
    se[use] = (high - low) / (ndtri(0.75) - ndtri(0.25))
    with np.errstate(invalid="ignore", divide="ignore"):
        largest = np.max(np.abs(drawn / se[use]), axis=1) if use.any() else np.array([np.nan])
    critical = float(np.quantile(largest, level, method="inverted_cdf"))
    return Band(values, se, critical, values - critical * se, values + critical * se, draws, sums.shape[0])
