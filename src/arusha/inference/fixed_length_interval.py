"""The shortest interval of fixed length around a linear estimate whose bias is bounded.

Sources: Armstrong and Kolesár (2018, Econometrica 86); for trends that bend by a bounded amount Rambachan and Roth
(2023, Review of Economic Studies 90).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class FixedLength:
    """An interval: the estimate of ``direction``, as far as ``half`` either way."""

    direction: FloatArray
    """Weights of the estimates."""
    half: float
    bias: float
    """The largest that the bound allows."""
    se: float


def critical_value(bias: float, level: float) -> float:
    """Quantile of |N(bias, 1)|."""
    return float(np.sqrt(stats.ncx2.ppf(level, 1, bias**2))) if bias > 1e-8 else float(stats.norm.ppf(0.5 + level / 2))


def half_length(bias: float, se: float, level: float) -> float:
    """Half the length of an interval that covers whatever the bias up to ``bias``."""
    if se <= 0:
        return bias
    t = bias / se
    # Far from 0 the other tail has no weight, and the quantile of chi2 loses digits.
    return bias + se * float(stats.norm.ppf(level)) if t > 50 else se * critical_value(t, level)


def shortest(
    vcov: FloatArray, free: int, fixed: FloatArray, bends: FloatArray, trend: FloatArray, M: float, level: float
) -> FixedLength:
    """The direction whose interval is shortest.

    Parameters
    ----------
    vcov
        n x n.
    free, fixed
        The first ``free`` weights are chosen, the others are ``fixed``.
    bends
        n x k: how far each of k bends moves the estimates. A direction's bias is M times the sum of its absolute
        products.
    trend
        n: a movement of any size, which the direction must not feel.

    Notes
    -----
    The length is convex in the direction: absolute values are made linear by a bound for each bend, and the minimum is
    found by sequential quadratic programming.
    """
    k = bends.shape[1]
    unit = float(np.sqrt(max(np.diag(vcov).max(), 1e-300)))

    def whole(weights: FloatArray) -> FloatArray:
        return np.concatenate([weights, fixed])

    touched = np.flatnonzero(np.abs(bends[:free]).max(axis=0) > 0) if free else np.empty(0, dtype=np.int64)
    rest = np.setdiff1d(np.arange(k), touched)
    constant = float(np.abs(bends[:, rest].T @ whole(np.zeros(free))).sum())
    target = -float(trend[free:] @ fixed)
    # Least variance among directions that do not feel the trend.
    S = vcov[:free, :free] + 1e-12 * unit**2 * np.eye(free)
    cross = vcov[:free, free:] @ fixed
    a = trend[:free]
    solved = np.linalg.solve(S, np.column_stack([cross, a]))
    steady = -solved[:, 0] + solved[:, 1] * (target + a @ solved[:, 0]) / (a @ solved[:, 1])
    # Least bias: the slope of the last step before alone, carried on.
    nearest = np.zeros(free)
    nearest[-1] = target / a[-1]

    def made(weights: FloatArray) -> FixedLength:
        v = whole(weights)
        se, bias = float(np.sqrt(max(float(v @ vcov @ v), 0.0))), M * float(np.abs(bends.T @ v).sum())
        return FixedLength(v, half_length(bias, se, level), bias, se)

    found = min((made(steady), made(nearest)), key=lambda f: f.half)
    if free == 1 or M == 0:
        return made(steady)
    within = bends[:free][:, touched].T
    offset = bends[free:][:, touched].T @ fixed

    def length(z: FloatArray) -> float:
        v = whole(z[:free])
        se = float(np.sqrt(max(float(v @ vcov @ v), 1e-300)))
        return half_length(M * (constant + float(z[free:].sum())), se, level) / unit

    def slope(z: FloatArray) -> FloatArray:
        v = whole(z[:free])
        se = float(np.sqrt(max(float(v @ vcov @ v), 1e-300)))
        t = M * (constant + float(z[free:].sum())) / se
        c = half_length(t, 1.0, level)
        near, far = stats.norm.pdf(c - t), stats.norm.pdf(c + t)
        rate = float((near - far) / (near + far)) if near + far > 0 else 1.0
        by_se = c - t * rate
        return np.concatenate([by_se * (vcov[:free] @ v) / se, np.full(touched.size, rate * M)]) / unit

    rows = np.vstack([np.hstack([-within, np.eye(touched.size)]), np.hstack([within, np.eye(touched.size)])])
    least = np.concatenate([offset, -offset])
    limits = [
        {"type": "ineq", "fun": lambda z: rows @ z - least, "jac": lambda z: rows},
        {"type": "eq", "fun": lambda z: a @ z[:free] - target, "jac": lambda z: np.concatenate([a, 0 * offset])},
    ]
    for start in (steady, nearest, found.direction[:free]):
        bound = np.abs(within @ start + offset)
        done = optimize.minimize(
            length,
            np.concatenate([start, bound]),
            jac=slope,
            constraints=limits,
            method="SLSQP",
            options={"maxiter": 500, "ftol": 1e-13},
        )
        # Whatever the solver says of itself: the direction is brought onto the trend's plane and measured as it is.
        weights = done.x[:free]
        weights = weights + a * (target - a @ weights) / (a @ a)
        found = min((found, made(weights)), key=lambda f: f.half)
    return found
