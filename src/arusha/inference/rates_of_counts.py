"""Regression of counts on covariates and exposure: Poisson, negative binomial, and either with more zeros.

A negative binomial count has the variance mu + mu^2 / size: it is a Poisson count whose rate differs between units by
what no covariate tells. More zeros still come of units that could have none at all.

Sources: Lawless 1987 (Canadian Journal of Statistics 15:209); Lambert 1992 (Technometrics 34:1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize
from scipy.special import digamma, expit, gammaln, log_expit

from arusha.inference.segments import FloatArray

Law = Literal["poisson", "negative-binomial"]
_WIDEST = 20.0
"""Log of the size beyond which counts are Poisson for any purpose."""


@dataclass(frozen=True)
class CountRegression:
    """Coefficients of the log of the rate, with their covariance.

    ``size`` of the negative binomial law (infinite of Poisson counts) with the error of its log, NaN where it runs off.
    ``zeros``: coefficients of the logit of the chance to be one of those that have none, where such were asked for.
    """

    coefficients: FloatArray
    vcov: FloatArray
    size: float
    size_log_se: float
    zeros: FloatArray
    zeros_vcov: FloatArray
    loglik: float
    converged: bool

    @property
    def se(self) -> FloatArray:
        """Standard errors of ``coefficients``."""
        return np.sqrt(np.diag(self.vcov))


@dataclass(frozen=True)
class _Model:
    y: FloatArray
    X: FloatArray
    Z: FloatArray | None
    offset: FloatArray
    weights: FloatArray
    law: Law

    def evaluated(self, at: FloatArray) -> tuple[float, FloatArray]:
        """Log likelihood and its slope in coefficients, log size, and those of zeros."""
        k = self.X.shape[1]
        eta = np.clip(self.X @ at[:k] + self.offset, -700.0, 700.0)
        mu, y = np.exp(eta), self.y
        if self.law == "poisson":
            value, lean, of_size = y * eta - mu - gammaln(y + 1.0), y - mu, np.zeros_like(y)
            rest = k
        else:
            log_size = float(np.clip(at[k], -_WIDEST, _WIDEST))
            size = np.exp(log_size)
            log_sum = np.logaddexp(eta, log_size)
            value = gammaln(y + size) - gammaln(size) - gammaln(y + 1.0)
            value += size * (log_size - log_sum) + y * (eta - log_sum)
            lean = size * (y - mu) / (mu + size)
            of_size = size * (digamma(y + size) - digamma(size) + log_size - log_sum + (mu - y) / (mu + size))
            rest = k + 1
        of_zeros = np.zeros((0,))
        if self.Z is not None:
            zeta = self.Z @ at[rest:]
            none = y == 0.0
            never, other = log_expit(zeta), log_expit(-zeta)
            joined = np.logaddexp(never, other + value)
            share = np.where(none, np.exp(never - joined), 0.0)
            value = np.where(none, joined, other + value)
            lean, of_size = lean * (1.0 - share), of_size * (1.0 - share)
            of_zeros = (self.weights * (share - expit(zeta))) @ self.Z
        slope = [(self.weights * lean) @ self.X]
        if self.law != "poisson":
            slope.append(np.array([float(self.weights @ of_size)]))
        return float(self.weights @ value), np.concatenate([*slope, of_zeros])

    def bend(self, at: FloatArray) -> FloatArray:
        """Second derivatives, by differences of the slope."""
        step = 1e-5 * np.maximum(1.0, np.abs(at))
        found = np.array(
            [(self.evaluated(at + h)[1] - self.evaluated(at - h)[1]) / (2.0 * h.sum()) for h in np.diag(step)]
        )
        return np.asarray(0.5 * (found + found.T))

    def likeliest(self, start: FloatArray) -> tuple[FloatArray, bool]:
        """The maximum from ``start``, with Newton's last steps."""
        scale = float(self.weights.sum())
        found = optimize.minimize(
            lambda b: tuple(-v / scale for v in self.evaluated(b)),
            start,
            jac=True,
            method="BFGS",
            options={"gtol": 1e-8},
        )
        at, ended = np.asarray(found.x, np.float64), False
        for _ in range(12):
            value, slope = self.evaluated(at)
            ended = bool(np.abs(slope).max() < 1e-6 * np.sqrt(scale))
            step = -np.linalg.lstsq(self.bend(at), slope, rcond=None)[0]
            if not np.abs(step).max() < 0.5 or self.evaluated(at + step)[0] < value - 1e-9 * abs(value):
                break
            at = at + step
            if np.abs(step).max() < 1e-11 * max(1.0, float(np.abs(at).max())):
                break
        return at, ended


def count_regression(
    counts: ArrayLike,
    covariates: ArrayLike,
    *,
    exposure: ArrayLike | None = None,
    law: Law = "negative-binomial",
    zero_covariates: ArrayLike | None = None,
    weights: ArrayLike | None = None,
) -> CountRegression:
    """Maximum likelihood of a log-linear rate.

    Parameters
    ----------
    counts
        (n,) whole numbers, none negative.
    covariates
        (n, k) with a constant.
    exposure
        (n,) above 0: the rate is per unit of it.
    law
        ``negative-binomial`` or ``poisson``.
    zero_covariates
        (n, m) with a constant: what tells who can have none at all. Not modelled where none are given.
    weights
        (n,) above 0.

    Errors of the coefficients are by the expected information at the size found (which tells nothing of them), with
    zeros by the observed information of all.

    Raises
    ------
    ValueError
        For counts that are no counts, exposure or weights not above 0, missing values, columns that repeat others, and
        counts that are all 0.
    """
    y = np.asarray(counts, dtype=np.float64)
    X = np.asarray(covariates, dtype=np.float64)
    Z = None if zero_covariates is None else np.asarray(zero_covariates, dtype=np.float64)
    if y.ndim != 1 or X.ndim != 2 or X.shape[0] != y.size or (Z is not None and (Z.ndim != 2 or len(Z) != y.size)):
        raise ValueError("one count and one row of covariates a unit are needed")
    t, w = (np.ones(y.size) if v is None else np.asarray(v, dtype=np.float64) for v in (exposure, weights))
    if t.shape != y.shape or w.shape != y.shape or not np.all(t > 0) or not np.all(w > 0):
        raise ValueError("exposure and weights are one number above 0 a unit")
    if not all(np.isfinite(v).all() for v in (y, X, t, w, *([] if Z is None else [Z]))):
        raise ValueError("a value is missing")
    if np.any(y < 0) or np.any(y != np.floor(y)) or not y.any():
        raise ValueError("counts are whole numbers, none negative and not all 0")
    if any(np.linalg.matrix_rank(v) < v.shape[1] for v in (X, *([] if Z is None else [Z]))):
        raise ValueError("a column repeats others")
    model = _Model(y, X, Z, np.log(t), w, law)
    start: FloatArray = np.asarray(np.linalg.lstsq(X, np.log((y + 0.5) / t), rcond=None)[0], np.float64)
    if law != "poisson":
        mean = float(np.average(y, weights=w))
        extra = max(float(np.average((y - mean) ** 2, weights=w)) - mean, 0.05 * mean)
        start = np.append(start, np.log(mean**2 / extra))
    if Z is not None:
        start = np.append(start, np.append(-1.0, np.zeros(Z.shape[1] - 1)))
    at, ended = model.likeliest(start)
    k = X.shape[1]
    rest = k if law == "poisson" else k + 1
    size = np.inf if law == "poisson" else float(np.exp(np.clip(at[k], -_WIDEST, _WIDEST)))
    value, _ = model.evaluated(at)
    whole: FloatArray = np.full((at.size, at.size), np.nan)
    bend = model.bend(at)
    if np.linalg.matrix_rank(bend) == at.size:
        whole = np.asarray(np.linalg.inv(-bend), np.float64)
    vcov: FloatArray = whole[:k, :k]
    if Z is None:
        mu = np.exp(X @ at[:k]) * t
        vcov = np.asarray(np.linalg.inv(X.T @ (X * (w * mu / (1.0 + mu / size))[:, None])), np.float64)
    log_se = float(np.sqrt(whole[k, k])) if law != "poisson" and whole[k, k] > 0.0 else float("nan")
    return CountRegression(at[:k], vcov, size, log_se, at[rest:], whole[rest:, rest:], value, ended)
