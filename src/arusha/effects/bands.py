"""Multiplier bootstrap: standard errors of several effects, and a band that holds them all at once (sup-t)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri

from arusha.effects.influence import cluster_sums
from arusha.effects.panels import FloatArray, IntArray

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
        return np.asarray(2.0 * _bits(random, shape) - 1.0)
    root = np.sqrt(5.0)
    low = random.random(shape) < (root + 1) / (2 * root)
    return np.asarray(np.where(low, (1 - root) / 2, (1 + root) / 2))


def _bits(random: np.random.Generator, shape: tuple[int, int]) -> FloatArray:
    """Zeros and ones, each as likely: a bit of the generator each, in whole words a draw, so that it does not matter
    how many draws are made at a time."""
    draws, n = shape
    drawn = np.frombuffer(random.bytes(draws * 8 * -(-n // 64)), dtype=np.uint8).reshape(draws, -1)
    return np.unpackbits(drawn, axis=1, count=n).astype(np.float64)


def _weighted(random: np.random.Generator, draws: int, sums: FloatArray, kind: Multiplier) -> FloatArray:
    """draws x m: sums of c x m rows with fresh weights of the rows for each draw."""
    step = max(1, _AT_ONCE // max(1, sums.shape[0]))
    turned = np.ascontiguousarray(sums.T)
    parts = []
    for done in range(0, draws, step):
        shape = min(step, draws - done), sums.shape[0]
        if kind == "rademacher":  # twice the ones, less all
            parts.append((2.0 * (turned @ _bits(random, shape).T) - turned.sum(axis=1)[:, None]).T)
        else:
            parts.append(multipliers(random, shape, kind) @ sums)
    return np.vstack(parts)


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
    drawn = _weighted(random, draws, sums[:, use], kind)
    high, low = np.quantile(drawn, [0.75, 0.25], axis=0)
    se[use] = (high - low) / (ndtri(0.75) - ndtri(0.25))
    with np.errstate(invalid="ignore", divide="ignore"):
        largest = np.max(np.abs(drawn / se[use]), axis=1) if use.any() else np.array([np.nan])
    critical = float(np.quantile(largest, level, method="inverted_cdf"))
    return Band(values, se, critical, values - critical * se, values + critical * se, draws, sums.shape[0])
