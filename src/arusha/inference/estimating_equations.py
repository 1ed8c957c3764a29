"""Regression where the same unit answers again and again: generalised estimating equations.

Coefficients are of the average over units, and their errors take each unit's answers together, whatever goes on
between them; the working correlation only makes them sharper where it is about right.

Sources: Liang and Zeger 1986 (Biometrika 73:13); Yan and Fine 2004 (Statistics in Medicine 23:859) for how the
correlation is estimated.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize
from scipy.special import expit

from arusha.inference.segments import FloatArray, IntArray

Kind = Literal["linear", "logistic", "poisson"]
Correlation = Literal["independent", "exchangeable", "autoregressive"]


@dataclass(frozen=True)
class RepeatedAnswers:
    """``correlation`` between two answers of a unit (next to each other, if autoregressive); ``scale`` of the variance
    over that of the law."""

    coefficients: FloatArray
    vcov: FloatArray
    correlation: float
    scale: float
    units: int
    converged: bool

    @property
    def se(self) -> FloatArray:
        """Standard errors."""
        return np.sqrt(np.diag(self.vcov))


@dataclass(frozen=True)
class _Block:
    """Units with equally many answers: their rows, units x answers."""

    rows: IntArray


def repeated_answers(
    values: ArrayLike,
    covariates: ArrayLike,
    unit: ArrayLike,
    *,
    kind: Kind = "logistic",
    correlation: Correlation = "exchangeable",
) -> RepeatedAnswers:
    """Coefficients with errors that allow for any dependence within a unit.

    Parameters
    ----------
    values
        (n,) answers: 0 and 1 (``logistic``), counts (``poisson``) or any (``linear``).
    covariates
        (n, k) with a constant.
    unit
        (n,) who answered; of one unit in the order of time, which ``autoregressive`` takes to be evenly spaced.
    correlation
        What is supposed of a unit's answers: that they are ``independent``, all alike correlated (``exchangeable``), or
        the less the farther apart (``autoregressive``).

    With fewer than some 40 units the errors are too small.

    Raises
    ------
    ValueError
        For values that are missing or not of the kind, columns that repeat others, no more units than coefficients, and
        where a covariate tells all answers apart without error.
    """
    y, X = np.asarray(values, dtype=np.float64), np.asarray(covariates, dtype=np.float64)
    if y.ndim != 1 or X.ndim != 2 or X.shape[0] != y.size or np.shape(unit) != y.shape:
        raise ValueError("one answer, one row of covariates and one unit a row are needed")
    if not (np.isfinite(y).all() and np.isfinite(X).all()):
        raise ValueError("a value is missing")
    if (kind == "logistic" and not np.isin(y, (0.0, 1.0)).all()) or (kind == "poisson" and np.any(y < 0)):
        raise ValueError("answers are 0 or 1 (logistic), or not below 0 (poisson)")
    k = X.shape[1]
    if np.linalg.matrix_rank(X) < k:
        raise ValueError("a column repeats others")
    blocks, units = _blocks(np.asarray(unit))
    if units <= k:
        raise ValueError(f"{units} units are not enough for {k} coefficients")
    b = np.zeros(k)
    if kind == "poisson":
        b = np.asarray(np.linalg.lstsq(X, np.log(y + 0.5), rcond=None)[0])
    alpha, scale, ended = 0.0, 1.0, False
    for _ in range(100):
        bread, score, _ = _equations(y, X, b, blocks, alpha, kind, correlation)
        step = np.asarray(np.linalg.solve(bread, score))
        b = b + step
        mu, spread = _moments(X @ b, kind)
        z = (y - mu) / np.sqrt(spread)
        scale = float(np.mean(z * z))
        before, alpha = alpha, _correlation(z, blocks, scale, correlation)
        if np.abs(step).max() < 1e-11 * max(1.0, float(np.abs(b).max())) and abs(alpha - before) < 1e-11:
            ended = True
            break
        if not np.isfinite(b).all() or (kind == "logistic" and np.abs(X @ b).min() > 12.0):
            raise ValueError("the equations have no solution: a covariate tells answers apart without error")
    bread, _, meat = _equations(y, X, b, blocks, alpha, kind, correlation)
    inverse = np.linalg.inv(bread)
    return RepeatedAnswers(b, np.asarray(inverse @ meat @ inverse), alpha, scale, units, ended)


def _blocks(unit: IntArray) -> tuple[list[_Block], int]:
    code = np.unique(unit, return_inverse=True)[1]
    order, sizes = np.argsort(code, kind="stable"), np.bincount(code)
    ends = np.cumsum(sizes)
    found = []
    for m in np.unique(sizes):
        own = np.flatnonzero(sizes == m)
        found.append(_Block(order[(ends[own] - m)[:, None] + np.arange(m)]))
    return found, sizes.size


def _moments(predictor: FloatArray, kind: Kind) -> tuple[FloatArray, FloatArray]:
    """The mean at a linear predictor, and its variance (which is its slope too, but of linear ones, 1)."""
    if kind == "linear":
        return predictor, np.ones_like(predictor)
    mean: FloatArray = expit(predictor) if kind == "logistic" else np.exp(np.clip(predictor, -500.0, 500.0))
    return mean, np.maximum(mean * (1.0 - mean) if kind == "logistic" else mean, 1e-300)


def _supposed(m: int, alpha: float, correlation: Correlation) -> FloatArray:
    if correlation == "exchangeable":
        return np.asarray((1.0 - alpha) * np.eye(m) + alpha)
    if correlation == "autoregressive":
        return np.asarray(alpha ** np.abs(np.subtract.outer(np.arange(m), np.arange(m))))
    return np.eye(m)


def _equations(
    y: FloatArray,
    X: FloatArray,
    b: FloatArray,
    blocks: list[_Block],
    alpha: float,
    kind: Kind,
    correlation: Correlation,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Slope of the equations, the equations, and the sum of their squares unit by unit."""
    k = X.shape[1]
    mu, spread = _moments(X @ b, kind)
    root = np.sqrt(spread)
    z = (y - mu) / root
    D = X * root[:, None]  # canonical links: the slope of the mean is the variance
    bread, score, meat = np.zeros((k, k)), np.zeros(k), np.zeros((k, k))
    for block in blocks:
        weigh = np.linalg.inv(_supposed(block.rows.shape[1], alpha, correlation))
        own = D[block.rows]
        turned = np.einsum("gmk,mp->gpk", own, weigh)
        bread += np.einsum("gpk,gpl->kl", turned, own)
        each = np.einsum("gpk,gp->gk", turned, z[block.rows])
        score += each.sum(axis=0)
        meat += each.T @ each
    return bread, score, meat


def _correlation(z: FloatArray, blocks: list[_Block], scale: float, correlation: Correlation) -> float:
    """The correlation at which products of two answers' residuals are on average what they are supposed to be."""
    if correlation == "independent":
        return 0.0
    longest = max(block.rows.shape[1] for block in blocks)
    sums, pairs = np.zeros(longest), np.zeros(longest)
    for block in blocks:
        own = z[block.rows] / np.sqrt(scale)
        for apart in range(1, own.shape[1]):
            sums[apart] += float(np.sum(own[:, apart:] * own[:, :-apart]))
            pairs[apart] += own.shape[0] * (own.shape[1] - apart)
    if not pairs.sum() > 0:
        return 0.0
    if correlation == "exchangeable":
        return float(np.clip(sums.sum() / pairs.sum(), -1.0 / longest + 1e-6, 1.0 - 1e-6))
    far = np.arange(longest)

    def off(alpha: float) -> float:
        return float(np.sum(far[1:] * alpha ** (far[1:] - 1) * (sums[1:] - pairs[1:] * alpha ** far[1:])))

    low, high = -0.999, 0.999
    if off(low) <= 0.0 or off(high) >= 0.0:
        return low if off(low) <= 0.0 else high
    return float(optimize.brentq(off, low, high, xtol=1e-14))
