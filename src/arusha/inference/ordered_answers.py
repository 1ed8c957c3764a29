"""Regression of answers in order (never, seldom, often): one slope for every step of the scale.

The chance of an answer at or below step k is F(threshold_k - x b), F logistic (proportional odds) or another law. What
it presumes beyond order is that covariates move all steps alike.

Sources: McCullagh 1980 (JRSS B 42:109); Pratt 1981 for the one maximum of the logistic and normal laws.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, ndtr

from arusha.inference.segments import FloatArray, IntArray

Law = Literal["logistic", "normal", "loglog", "cloglog", "cauchy"]


@dataclass(frozen=True)
class OrderedFit:
    """``slopes`` (k,) and rising ``thresholds`` (steps,); ``vcov`` of both, slopes first, by the observed information.
    ``scores`` (n, k + steps) of each answer, unweighed; ``information`` of all."""

    slopes: FloatArray
    thresholds: FloatArray
    vcov: FloatArray
    loglik: float
    scores: FloatArray
    information: FloatArray

    @property
    def se(self) -> FloatArray:
        """Standard errors, slopes first."""
        return np.sqrt(np.diag(self.vcov))

    @property
    def coefficients(self) -> FloatArray:
        """Slopes, then thresholds."""
        return np.concatenate([self.slopes, self.thresholds])


def _normal_density(x: FloatArray) -> FloatArray:
    return np.asarray(np.exp(-0.5 * x * x) / np.sqrt(2.0 * np.pi))


def _logistic(x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    p: FloatArray = expit(x)
    q: FloatArray = expit(-x)
    return p, p * q, p * q * (q - p)


def _normal(x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    d = _normal_density(x)
    return np.asarray(ndtr(x)), d, -x * d


def _loglog(x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    t = np.exp(-np.clip(x, -700.0, None))
    p = np.exp(-t)
    return p, t * p, t * p * (t - 1.0)


def _cloglog(x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    t = np.exp(np.clip(x, None, 700.0))
    q = np.exp(-t)
    return -np.expm1(-t), t * q, t * q * (1.0 - t)


def _cauchy(x: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    d = 1.0 / (np.pi * (1.0 + x * x))
    return 0.5 + np.arctan(x) / np.pi, d, -2.0 * x * d / (1.0 + x * x)


_LAWS: dict[Law, Callable[[FloatArray], tuple[FloatArray, FloatArray, FloatArray]]] = {
    "logistic": _logistic,
    "normal": _normal,
    "loglog": _loglog,
    "cloglog": _cloglog,
    "cauchy": _cauchy,
}
"""The law, its density and the density's slope."""


def ordered_regression(
    answers: ArrayLike, covariates: ArrayLike, *, weights: ArrayLike | None = None, law: Law = "logistic"
) -> OrderedFit:
    """Maximum likelihood of the ordered regression.

    Parameters
    ----------
    answers
        (n,) numbers whose order is that of the scale; only their order counts.
    covariates
        (n, k) without a constant (the thresholds are it); k may be 0.
    weights
        (n,) how often each answer counts, or sampling weights, all above 0.
    law
        ``logistic``, ``normal``, ``loglog``, ``cloglog`` or ``cauchy``.

    Raises
    ------
    ValueError
        Where all answers are alike, covariates repeat each other or a constant, values are missing, or a covariate
        tells the answers apart without error, so that there is no maximum.
    """
    y, X, w = _given(answers, covariates, weights)
    code = np.unique(y, return_inverse=True)[1].astype(np.int64)
    steps = int(code.max())
    if steps < 1:
        raise ValueError("all answers are alike")
    centre = X.mean(axis=0) if X.size else np.zeros(X.shape[1])
    spread = X.std(axis=0) if X.size else np.ones(X.shape[1])
    Z = (X - centre) / spread
    below = np.cumsum(np.bincount(code, weights=w))[:-1] / w.sum()
    at = np.concatenate([np.zeros(X.shape[1]), np.log(below / (1.0 - below)) * (0.6 if law == "normal" else 1.0)])
    value, scores, bend = _evaluated(at, code, Z, w, law, steps)
    for _ in range(200):
        slope = w @ scores
        step = _uphill(bend, slope)
        size = 1.0
        while size > 1e-10:
            tried = at + size * step
            found = _evaluated(tried, code, Z, w, law, steps)
            if found[0] >= value - 1e-12 * abs(value):
                break
            size /= 2.0
        gain, at = found[0] - value, tried
        value, scores, bend = found
        if np.abs(at).max() > 500.0:
            raise ValueError("a covariate tells answers apart without error: there is no maximum")
        if size == 1.0 and np.abs(step).max() < 1e-10 * max(1.0, float(np.abs(at).max())) and gain < 1e-9:
            break
    else:
        raise ValueError("no maximum was found: a covariate may tell answers apart without error")
    # Back from standardised covariates: b = b' / spread, threshold = threshold' + centre b.
    k = X.shape[1]
    turn = np.eye(k + steps)
    turn[:k, :k] = np.diag(1.0 / spread)
    turn[k:, :k] = np.tile(centre / spread, (steps, 1))
    back = np.linalg.inv(turn)
    vcov = turn @ np.linalg.inv(-bend) @ turn.T
    own = turn @ at
    return OrderedFit(own[:k], own[k:], vcov, value, scores @ back, back.T @ -bend @ back)


def _given(
    answers: ArrayLike, covariates: ArrayLike, weights: ArrayLike | None
) -> tuple[FloatArray, FloatArray, FloatArray]:
    y = np.asarray(answers, dtype=np.float64)
    X = np.asarray(covariates, dtype=np.float64)
    X = X[:, None] if X.ndim == 1 else X
    w = np.ones(y.size) if weights is None else np.asarray(weights, dtype=np.float64)
    if y.ndim != 1 or X.shape[:1] != y.shape or w.shape != y.shape:
        raise ValueError("one answer, one row of covariates and one weight a respondent are needed")
    if not (np.isfinite(y).all() and np.isfinite(X).all() and np.isfinite(w).all()) or np.any(w <= 0):
        raise ValueError("a value is missing, or a weight is not above 0")
    if X.shape[1] and np.linalg.matrix_rank(np.column_stack([np.ones(y.size), X])) <= X.shape[1]:
        raise ValueError("covariates repeat each other or a constant, which the thresholds are already")
    return y, X, w


def _uphill(bend: FloatArray, slope: FloatArray) -> FloatArray:
    try:
        np.linalg.cholesky(-bend)
        return np.asarray(np.linalg.solve(-bend, slope))
    except np.linalg.LinAlgError:
        value, vector = np.linalg.eigh(-bend)
        return np.asarray(vector @ ((vector.T @ slope) / np.maximum(np.abs(value), 1e-8 * np.abs(value).max())))


def _evaluated(
    at: FloatArray, code: IntArray, X: FloatArray, w: FloatArray, law: Law, steps: int
) -> tuple[float, FloatArray, FloatArray]:
    """Log likelihood, each answer's scores, and the second derivatives of the whole."""
    k = X.shape[1]
    thresholds = at[k:]
    if np.any(np.diff(thresholds) <= 0.0):
        return -np.inf, np.zeros((code.size, at.size)), -np.eye(at.size)
    shift = X @ at[:k]
    edge = np.concatenate([[-np.inf], thresholds, [np.inf]])
    parts = []
    for side in (code, code + 1):
        x = edge[side] - shift
        inner = np.isfinite(x)
        made = [np.zeros(x.size) for _ in range(3)]
        made[0][x == np.inf] = 1.0
        for target, found in zip(made, _LAWS[law](x[inner]), strict=True):
            target[inner] = found
        parts.append(made)
    (low, low_d, low_dd), (high, high_d, high_dd) = parts
    chance = np.maximum(high - low, 1e-300)
    if law == "logistic":
        # Of the upper half as a difference of upper tails, so that no digit is lost.
        upper = expit(shift - edge[code]) - expit(shift - edge[code + 1])
        chance = np.maximum(np.where(edge[code] > shift, upper, high - low), 1e-300)
    above, under = high_d / chance, low_d / chance
    scores = np.zeros((code.size, at.size))
    scores[:, :k] = -X * (above - under)[:, None]
    rows = np.arange(code.size)
    has_high, has_low = code < steps, code > 0
    scores[rows[has_high], k + code[has_high]] += above[has_high]
    scores[rows[has_low], k + code[has_low] - 1] -= under[has_low]
    bend = -(scores * w[:, None]).T @ scores
    curve_high, curve_low = w * high_dd / chance, w * low_dd / chance
    bend[:k, :k] += X.T @ (X * (curve_high - curve_low)[:, None])
    for index in range(steps):
        up, down = code == index, code == index + 1
        bend[k + index, k + index] += curve_high[up].sum() - curve_low[down].sum()
        cross = -(curve_high[up] @ X[up]) + curve_low[down] @ X[down]
        bend[k + index, :k] += cross
        bend[:k, k + index] += cross
    return float(w @ np.log(chance)), scores, bend
