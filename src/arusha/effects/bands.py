"""A band that holds several effects all at once (sup-t): from their covariance, or by a multiplier bootstrap.

Normal multipliers of the units (or clusters) make draws of the effects whose law, the data given, is normal with the
covariance of their influence functions, exactly: so that the few effects are drawn and no unit is. Two-valued weights
(Rademacher's, Mammen's) need a draw of every unit; they are what R's did draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtri, stdtrit

from arusha.effects.influence import cluster_sums
from arusha.effects.panels import FloatArray, IntArray

Multiplier = Literal["rademacher", "mammen"]
Kind = Literal["normal", "rademacher", "mammen"]
_AT_ONCE = 4_000_000


@dataclass(frozen=True)
class Band:
    """Effects with a band that covers all of them at once with the probability asked for."""

    estimate: FloatArray
    se: FloatArray
    critical: float
    """Times a standard error; wider than that of one effect alone. The largest, where effects have their own."""
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


def normal_band(
    estimate: ArrayLike,
    vcov: ArrayLike,
    *,
    level: float = 0.95,
    draws: int = 3_999,
    seed: int = 1,
    df: ArrayLike = np.inf,
    clusters: int = 0,
) -> Band:
    """A simultaneous band from the covariance of effects: as normal multipliers of each unit would give it.

    Parameters
    ----------
    estimate
        m.
    vcov
        m x m; of any rank. An effect of variance 0 (a base period) or without an estimate gets NaN.
    level
        Probability with which the band covers all m at once.
    df
        Degrees of freedom of Student's law, where errors are known from few clusters. One number: all errors are too
        small together (the multivariate law). Or m: each error is off by itself, as where periods forget, and each
        effect has its own critical value, of the same probability for all.
    clusters
        How many the covariance was made from; only passed on.

    Standard errors are those of the covariance; only the critical value is drawn.

    Raises
    ------
    ValueError
        Shapes that do not fit, a level outside of 0 to 1, or degrees of freedom that are not positive.
    """
    values = np.atleast_1d(np.asarray(estimate, dtype=np.float64))
    V, degrees = np.asarray(vcov, dtype=np.float64), np.asarray(df, dtype=np.float64)
    if V.shape != (values.size, values.size) or not 0 < level < 1 or not np.all(degrees > 0) or draws < 1:
        raise ValueError("a covariance of all effects, a level between 0 and 1, and degrees of freedom")
    own = np.sqrt(np.maximum(np.diag(V), 0.0))
    use = np.isfinite(values) & (own > 1e-7 * np.max(own[np.isfinite(own)], initial=1e-300))
    se = np.where(use, own, np.nan)
    critical: FloatArray = np.full(values.size, np.nan)
    if use.any():
        correlation = V[np.ix_(use, use)] / np.outer(own[use], own[use])
        size, axes = np.linalg.eigh(correlation)
        random = np.random.default_rng(seed)
        root = (axes * np.sqrt(np.maximum(size, 0.0))) @ axes.T  # symmetric: no machine turns it another way
        drawn = np.abs(random.standard_normal((draws, size.size)) @ root)
        if degrees.ndim == 0:
            largest = np.max(drawn, axis=1)
            if np.isfinite(degrees):
                largest = largest / np.sqrt(random.chisquare(degrees, draws) / degrees)
            critical[use] = np.quantile(largest, level, method="inverted_cdf")
        else:
            each = np.minimum(degrees[use], 1e9)
            critical[use] = _own_criticals(drawn / np.sqrt(random.chisquare(each, drawn.shape) / each), each, level)
    widest = float(np.max(critical[use], initial=-np.inf)) if use.any() else float("nan")
    return Band(values, se, widest, values - critical * se, values + critical * se, draws, clusters)


def _own_criticals(drawn: FloatArray, df: FloatArray, level: float) -> FloatArray:
    """Critical values (m) of one probability, within which a share ``level`` of the draws (draws x m, of Student's laws
    of ``df``) has all of its effects; found by halving."""
    low, high = 1e-12, (1 - level) / 2  # of one tail: too wide, and too narrow unless there is one effect
    for _ in range(50):
        middle = float(np.sqrt(low * high))
        held = np.mean(np.all(drawn <= -stdtrit(df, middle), axis=1))
        low, high = (middle, high) if held >= level else (low, middle)
    return np.asarray(-stdtrit(df, low))


def band(
    estimate: ArrayLike,
    influence: ArrayLike,
    cluster: ArrayLike | None = None,
    *,
    level: float = 0.95,
    draws: int | None = None,
    seed: int = 1,
    kind: Kind = "normal",
    df: ArrayLike = np.inf,
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
    level, df
        As ``normal_band``; ``df`` is for "normal" only.
    kind
        "normal": ``normal_band`` of the covariance, 3,999 draws unless told. "rademacher" or "mammen": a draw of each
        cluster's weight, 999 draws unless told; standard errors are then the interquartile range of the draws over
        that of a normal distribution, as in did, so that a few wild draws do not widen them.

    An effect without an influence function (a base period) gets NaN.
    """
    if kind not in get_args(Kind) or (kind != "normal" and np.any(np.isfinite(df))):
        raise ValueError("kind is normal, rademacher or mammen, and df is for normal")
    values = np.atleast_1d(np.asarray(estimate, dtype=np.float64))
    psi = np.asarray(influence, dtype=np.float64).reshape(-1, values.size)
    code: IntArray = np.arange(psi.shape[0]) if cluster is None else np.asarray(cluster, dtype=np.int64)
    sums = cluster_sums(psi, code) / psi.shape[0]
    if kind == "normal":
        made = draws or 3_999
        return normal_band(values, sums.T @ sums, level=level, draws=made, seed=seed, df=df, clusters=sums.shape[0])
    made = draws or 999
    use = np.isfinite(values) & (np.sqrt(np.sum(sums**2, axis=0)) > 1e-7 * np.maximum(1e-300, np.abs(sums).max()))
    se = np.full(values.size, np.nan)
    random = np.random.default_rng(seed)
    drawn = _weighted(random, made, sums[:, use], kind)
    high, low = np.quantile(drawn, [0.75, 0.25], axis=0)
    se[use] = (high - low) / (ndtri(0.75) - ndtri(0.25))
    with np.errstate(invalid="ignore", divide="ignore"):
        largest = np.max(np.abs(drawn / se[use]), axis=1) if use.any() else np.array([np.nan])
    critical = float(np.quantile(largest, level, method="inverted_cdf"))
    return Band(values, se, critical, values - critical * se, values + critical * se, made, sums.shape[0])
