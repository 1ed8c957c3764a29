"""Two periods in which other units were seen: regression, weighting and doubly robust estimators of the effect.

Each period has a sample of its own (a survey, declarations of another quarter), drawn from groups that stay the same.
Source: Sant'Anna and Zhao, Doubly robust difference-in-differences estimators, Journal of Econometrics 219 (2020),
sections 2.3 and 3.2; Abadie, Review of Economic Studies 72 (2005). Estimators come with their influence functions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import get_args

import numpy as np
from numpy.typing import ArrayLike

from arusha.effects.doubly_robust import (
    Method,
    NoComparisonError,
    Propensity,
    Regression,
    TwoPeriods,
    calibrated,
    design_of,
    hajek,
    logit,
    outcome_regression,
)
from arusha.effects.panels import FloatArray
from arusha.language.told import error as error_of


@dataclass(frozen=True)
class _Rows:
    """What was seen: n rows of both periods."""

    y: FloatArray
    after: FloatArray
    d: FloatArray
    X: FloatArray
    w: FloatArray

    def part(self, treated: int, after: int) -> FloatArray:
        """Weights of one of the four cells."""
        of = self.d if treated else 1.0 - self.d
        when = self.after if after else 1.0 - self.after
        return self.w * of * when

    def mean(self, weight: FloatArray) -> FloatArray:
        """Mean of the covariates under a weight."""
        return np.asarray(weight @ self.X / weight.sum())


def _fits(rows: _Rows, weight: FloatArray, treated: int) -> tuple[Regression, Regression]:
    """Least squares of the outcome before and after, among treated or controls."""
    away = rows.d if not treated else 1.0 - rows.d
    out = []
    for after in (0, 1):
        when = rows.after if after else 1.0 - rows.after
        out.append(outcome_regression(rows.y, away, rows.X, weight * when))
    return out[0], out[1]


def _regression(rows: _Rows) -> tuple[float, FloatArray]:
    before, after = _fits(rows, rows.w, 0)
    on = rows.w * rows.d
    first, a = hajek(rows.y, rows.part(1, 0))
    last, b = hajek(rows.y, rows.part(1, 1))
    change, c = hajek(after.fitted - before.fitted, on)
    c = c + (after.linear - before.linear) @ rows.mean(on)
    return last - first - change, b - a - c


def _weighted(rows: _Rows, score: Propensity) -> tuple[float, FloatArray]:
    assert score.linear is not None
    odds = score.p / (1.0 - score.p)
    total, influence = 0.0, np.zeros(rows.y.size)
    for after, sign in ((1, 1.0), (0, -1.0)):
        own, a = hajek(rows.y, rows.part(1, after))
        off = rows.part(0, after) * odds
        other, b = hajek(rows.y, off)
        b = b + score.linear @ ((off * (rows.y - other)) @ rows.X / off.sum())
        total += sign * (own - other)
        influence += sign * (a - b)
    return total, influence


def _unstabilised(rows: _Rows, score: Propensity) -> tuple[float, FloatArray]:
    assert score.linear is not None
    odds = score.p / (1.0 - score.p)
    on = rows.w * rows.d
    share = float(on.mean())
    total, influence = 0.0, np.zeros(rows.y.size)
    for after, sign in ((1, 1.0), (0, -1.0)):
        when = rows.w * (rows.after if after else 1.0 - rows.after)
        part = float(when.mean())
        off = rows.part(0, after) * odds
        each = (rows.part(1, after) - off) * rows.y / (share * part)
        value = float(each.mean())
        moved = each - value * (on / share + when / part - 1.0)
        moved = moved - score.linear @ ((off * rows.y) @ rows.X / rows.y.size) / (share * part)
        total += sign * value
        influence += sign * moved
    return total, influence


def _doubly_robust(
    rows: _Rows, score: Propensity, improved: bool, treated_regression: bool, as_drdid: bool
) -> tuple[float, FloatArray]:
    odds = score.p / (1.0 - score.p)
    controls = _fits(rows, rows.w * odds if improved else rows.w, 0)
    total, influence = 0.0, np.zeros(rows.y.size)
    on = rows.w * rows.d
    for after, sign in ((1, 1.0), (0, -1.0)):
        fit = controls[after]
        gap = rows.y - fit.fitted
        ours, off = rows.part(1, after), rows.part(0, after) * odds
        own, a = hajek(gap, ours)
        other, b = hajek(gap, off)
        if not improved:
            assert score.linear is not None
            b = b + score.linear @ ((off * (gap - other)) @ rows.X / off.sum())
            # What the estimated regression adds. The reference counts it with the same sign in both periods.
            turned = -1.0 if as_drdid and not after else 1.0
            a = a - turned * (fit.linear @ (rows.mean(ours) - rows.mean(off)))
        total += sign * (own - other)
        influence += sign * (a - b)
    if not treated_regression:
        return total, influence
    ours_fits = _fits(rows, rows.w, 1)
    for after, sign in ((1, 1.0), (0, -1.0)):
        gap = ours_fits[after].fitted - controls[after].fitted
        here = rows.part(1, after)
        every, a = hajek(gap, on)
        those, b = hajek(gap, here)
        moved = a - b
        if not improved:
            moved = moved + (ours_fits[after].linear - controls[after].linear) @ (rows.mean(on) - rows.mean(here))
        total += sign * (every - those)
        influence += sign * moved
    return total, influence


def estimate_sections(
    y: FloatArray,
    after: FloatArray,
    d: FloatArray,
    X: FloatArray,
    w: FloatArray,
    method: Method,
    *,
    treated_regression: bool = True,
    as_drdid: bool = False,
) -> tuple[float, FloatArray]:
    """The effect and its influence function (n); ``X`` is n x k with a column of ones. See ``two_samples``."""
    rows = _Rows(y, after, d, X, w)
    if method == "regression":
        return _regression(rows)
    score = logit(d, X, w)
    if method == "ipw":
        return _weighted(rows, score)
    if method == "ipw-unstabilised":
        return _unstabilised(rows, score)
    improved = method == "dr-improved"
    if improved:
        score = calibrated(d, X, w, score)
    return _doubly_robust(rows, score, improved, treated_regression, as_drdid)


def two_samples(
    outcome: ArrayLike,
    after: ArrayLike,
    treated: ArrayLike,
    covariates: ArrayLike | None = None,
    *,
    method: Method = "dr",
    weights: ArrayLike | None = None,
    treated_regression: bool = True,
    as_drdid: bool = False,
) -> TwoPeriods:
    """The effect on the treated from two samples, one before the measure and one after it.

    Parameters
    ----------
    outcome
        n rows of both samples.
    after
        n: 1 for rows from after the measure.
    treated
        n: 1 for rows of groups that got the measure, before it too.
    covariates
        n x k, which the measure cannot have moved; a column of ones is added.
    method
        As of :func:`arusha.effects.two_periods`.
    treated_regression
        Of the doubly robust methods: regress among the treated too, which is more precise (locally efficient) where
        the make-up of the groups does not change between the samples.
    as_drdid
        Of "dr": the standard error of R's DRDID 1.0.6, in which what the regression before the measure adds has the
        wrong sign. For comparison only.

    Raises
    ------
    NoComparisonError
        A cell without rows, no overlap, or covariates that cannot be told apart.
    """
    y, post, d = (np.asarray(v, dtype=np.float64).ravel() for v in (outcome, after, treated))
    n = y.size
    w = np.ones(n) if weights is None else np.asarray(weights, dtype=np.float64)
    if not (post.shape == d.shape == w.shape == y.shape) or not np.all(np.isin(d, (0, 1)) & np.isin(post, (0, 1))):
        raise ValueError("outcome, after (0 or 1), treated (0 or 1) and weights must be flat and equally long")
    if method not in get_args(Method):
        raise ValueError(f"method must be one of {', '.join(get_args(Method))}")
    if np.unique(2 * d + post).size < 4:
        raise error_of(NoComparisonError, "fx-section-rows", "fx-check-columns")
    att, influence = estimate_sections(
        y, post, d, design_of(covariates, n), w, method, treated_regression=treated_regression, as_drdid=as_drdid
    )
    return TwoPeriods(att, float(np.std(influence, ddof=1) / np.sqrt(n)), influence, n, int(d.sum()))
