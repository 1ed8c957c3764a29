"""Two periods, two groups, covariates: outcome regression, inverse probability weighting and doubly robust estimators.

Sant'Anna and Zhao, Doubly robust difference-in-differences estimators, Journal of Econometrics 219 (2020). Each
estimator comes with its influence function, so that standard errors of any combination follow from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike

from arusha.effects.panels import FloatArray
from arusha.errors import ArushaError
from arusha.language.told import error as of

Method = Literal["regression", "ipw", "ipw-unstabilised", "dr", "dr-improved"]

CLOSEST_TO_ONE = 1e-6
NO_OVERLAP = 0.999
_STEPS = 100


class NoComparisonError(ArushaError):
    """The groups cannot be compared: no overlap, or covariates that the controls do not tell apart."""


@dataclass(frozen=True)
class TwoPeriods:
    """The effect on the treated, with the influence function that its standard error comes from."""

    att: float
    se: float
    influence: FloatArray
    """n: mean close to 0; the variance of the estimate is its mean square over n."""
    n: int
    treated: int


@dataclass(frozen=True)
class Propensity:
    """Fitted probabilities of treatment and what their estimation adds to the influence functions."""

    p: FloatArray
    """n."""
    linear: FloatArray | None
    """n x k influence function of the coefficients; None for calibrated probabilities, which add nothing."""
    calibrated: bool


def design_of(covariates: ArrayLike | None, n: int) -> FloatArray:
    """n x (1 + k): a column of ones before the covariates."""
    one = np.ones((n, 1))
    if covariates is None:
        return one
    X = np.asarray(covariates, dtype=np.float64).reshape(n, -1)
    return np.hstack([one, X])


def _solve(A: FloatArray, B: FloatArray, what: str) -> FloatArray:
    # The scale of covariates (money, shares) is not a lack of information.
    d = np.sqrt(np.diag(A))
    if np.any(d == 0) or np.linalg.cond(A / np.outer(d, d)) > 1e14:
        raise of(NoComparisonError, "fx-covariates", "fx-fewer-covariates", what=what)
    return np.asarray(np.linalg.solve(A, B))


def logit(d: FloatArray, X: FloatArray, w: FloatArray) -> Propensity:
    """Maximum likelihood by Fisher scoring; raises ``NoComparisonError`` where treatment is predicted without error.

    Start, stopping rule (a relative change of the deviance below 1e-8) and the information matrix, which is that of the
    last step, are those of R's glm: standard errors then agree with the reference to ten digits instead of six.
    """
    n, k = X.shape
    mean, sd = X.mean(0), X.std(0)
    scale = np.where(sd > 0, sd, 1.0)
    Z = np.where(sd > 0, (X - mean) / scale, 1.0)
    p = (w * d + 0.5) / (w + 1.0)
    eta = np.log(p / (1 - p))
    deviance = np.inf
    working = w * p * (1 - p)
    for _ in range(_STEPS):
        working = w * p * (1 - p)
        if np.max(working) < 1e-14 or np.sum(working > 1e-14) < k:
            break
        response = eta + (d - p) / np.maximum(p * (1 - p), 1e-300)
        eta = Z @ _solve((Z * working[:, None]).T @ Z, Z.T @ (working * response), "treated and controls")
        p = 1.0 / (1.0 + np.exp(-np.clip(eta, -500, 500)))
        if k > 1 and np.max(p[d == 1], initial=0.0) > 1 - 1e-9:
            break  # separated: the likelihood has no maximum
        before, deviance = deviance, float(-2 * np.sum(w * np.log(np.maximum(np.where(d == 1, p, 1 - p), 1e-300))))
        if abs(deviance - before) / (abs(deviance) + 0.1) < 1e-8:
            break
    # Only treated units without a counterpart matter here: a control that is surely untreated has weight 0.
    if np.max(p) >= NO_OVERLAP:
        raise of(NoComparisonError, "fx-no-counterpart", "fx-alike")
    information = (X * working[:, None]).T @ X / n
    linear = (w * (d - p))[:, None] * _solve(information, X.T, "treated and controls").T
    return Propensity(np.minimum(p, 1 - CLOSEST_TO_ONE), linear, False)


def calibrated(d: FloatArray, X: FloatArray, w: FloatArray, start: Propensity) -> Propensity:
    """Inverse probability tilting (Graham, Pinto, Egel 2012): weighted controls match the treated's means exactly.

    Where no such weights exist, ``start`` (maximum likelihood) is returned.
    """
    mean, sd = X[:, 1:].mean(0), X[:, 1:].std(0)
    Z = np.hstack([X[:, :1], (X[:, 1:] - mean) / np.where(sd > 0, sd, 1.0)])
    control, target = d == 0, (w * d) @ Z
    beta = np.linalg.lstsq(Z, np.log(start.p / (1 - start.p)), rcond=None)[0]

    def loss(b: FloatArray) -> float:
        with np.errstate(over="ignore"):
            return float(np.sum(w[control] * np.exp(Z[control] @ b)) - target @ b)

    here = loss(beta)
    for _ in range(_STEPS):
        odds = w[control] * np.exp(Z[control] @ beta)
        score = target - odds @ Z[control]
        if np.max(np.abs(score)) < 1e-11 * max(1.0, float(np.sum(w * d))):
            p = 1.0 / (1.0 + np.exp(-(Z @ beta)))
            return Propensity(np.minimum(p, 1 - CLOSEST_TO_ONE), None, True)
        try:
            step = np.linalg.solve((Z[control] * odds[:, None]).T @ Z[control], score)
        except np.linalg.LinAlgError:
            return start
        size = 1.0
        while not loss(beta + size * step) <= here + 1e-10 * abs(here):
            size /= 2
            if size < 1e-8:
                return start
        beta = beta + size * step
        here = loss(beta)
    return start


@dataclass(frozen=True)
class Regression:
    """Weighted least squares of the change on covariates among controls."""

    fitted: FloatArray
    """n, for treated and controls."""
    linear: FloatArray
    """n x k influence function of the coefficients."""


def outcome_regression(change: FloatArray, d: FloatArray, X: FloatArray, w: FloatArray) -> Regression:
    """Fit on controls with weights ``w`` and predict for all."""
    n = d.size
    weight = w * (1 - d)
    gram = (X * weight[:, None]).T @ X / n
    beta = _solve(gram, (X * weight[:, None]).T @ change / n, "the controls")
    fitted = X @ beta
    linear = (weight * (change - fitted))[:, None] * _solve(gram, X.T, "the controls").T
    return Regression(fitted, linear)


def hajek(value: FloatArray, weight: FloatArray) -> tuple[float, FloatArray]:
    """A weighted mean and its influence function with known weights."""
    mean_weight = float(np.mean(weight))
    mean = float(np.mean(weight * value)) / mean_weight
    return mean, weight * (value - mean) / mean_weight


def estimate(
    change: FloatArray,
    d: FloatArray,
    X: FloatArray,
    w: FloatArray,
    method: Method,
    propensity: Propensity | None = None,
) -> tuple[float, FloatArray]:
    """The effect and its influence function; ``propensity`` is fitted where it is not given.

    ``X`` is n x k with a column of ones. See ``two_periods``.
    """
    if method == "regression":
        reg = outcome_regression(change, d, X, w)
        weight = w * d
        treat, a = hajek(change, weight)
        cont, b = hajek(reg.fitted, weight)
        moment = (weight @ X) / d.size
        return treat - cont, a - b - reg.linear @ moment / np.mean(weight)
    score = propensity or logit(d, X, w)
    odds = score.p / (1 - score.p)
    on, off = w * d, w * odds * (1 - d)
    if method == "ipw-unstabilised":
        assert score.linear is not None
        att = float(np.mean((on - off) * change) / np.mean(on))
        moment = ((off * change) @ X) / d.size
        return att, ((on - off) * change - score.linear @ moment - on * att) / np.mean(on)
    if method == "ipw":
        assert score.linear is not None
        treat, a = hajek(change, on)
        cont, b = hajek(change, off)
        moment = ((off * (change - cont)) @ X) / d.size
        return treat - cont, a - b - score.linear @ moment / np.mean(off)
    if method == "dr":
        assert score.linear is not None
        reg = outcome_regression(change, d, X, w)
        gap = change - reg.fitted
        treat, a = hajek(gap, on)
        cont, b = hajek(gap, off)
        a = a - reg.linear @ (on @ X / d.size) / np.mean(on)
        b = b + score.linear @ ((off * (gap - cont)) @ X / d.size) / np.mean(off)
        b = b - reg.linear @ (off @ X / d.size) / np.mean(off)
        return treat - cont, a - b
    if propensity is None or not propensity.calibrated:
        score = calibrated(d, X, w, score)
    odds = score.p / (1 - score.p)
    reg = outcome_regression(change, d, X, w * odds)
    part = (on - w * odds * (1 - d)) * (change - reg.fitted)
    att = float(np.mean(part) / np.mean(on))
    return att, (part - on * att) / np.mean(on)


def two_periods(
    change: ArrayLike,
    treated: ArrayLike,
    covariates: ArrayLike | None = None,
    *,
    method: Method = "dr",
    weights: ArrayLike | None = None,
) -> TwoPeriods:
    """The effect on the treated from the change of the outcome between two periods.

    Parameters
    ----------
    change
        n: outcome after minus before.
    treated
        n: 1 for treated units, 0 for controls.
    covariates
        n x k, from before the measure; a column of ones is added.
    method
        "regression" (of the controls' change), "ipw" (weights that add up to one), "ipw-unstabilised" (Abadie 2005),
        "dr" (doubly robust, maximum likelihood and least squares), "dr-improved" (inverse probability tilting and
        weighted least squares: doubly robust for inference too).

    Raises
    ------
    NoComparisonError
        No overlap between treated and controls, or covariates that controls do not tell apart.
    """
    y = np.asarray(change, dtype=np.float64)
    d = np.asarray(treated, dtype=np.float64)
    n = y.size
    w = np.ones(n) if weights is None else np.asarray(weights, dtype=np.float64)
    if d.shape != y.shape or w.shape != y.shape or not np.all((d == 0) | (d == 1)):
        raise ValueError("change, treated (0 or 1) and weights must be flat and equally long")
    if method not in get_args(Method):
        raise ValueError(f"method must be one of {', '.join(get_args(Method))}")
    if d.sum() == 0 or d.sum() == n:
        raise of(NoComparisonError, "fx-none", "fx-check-treatment")
    att, influence = estimate(y, d, design_of(covariates, n), w, method)
    return TwoPeriods(att, float(np.std(influence, ddof=1) / np.sqrt(n)), influence, n, int(d.sum()))
