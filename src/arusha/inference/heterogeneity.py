"""Around a random-effects fit: the estimates it starts from, how sure the spread between units is, and whether small
units differ from large ones.

Sources: Viechtbauer 2007 (Statistics in Medicine 26:37) for the interval of tau2; Egger et al. 1997 and Begg and
Mazumdar 1994 for asymmetry.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special, stats

from arusha.inference.segments import FloatArray
from arusha.inference.shrinkage import Estimator, RandomEffects, generalised_q, model_of, random_effects

Measure = Literal["log risk ratio", "log odds ratio", "risk difference"]


def two_by_two(
    a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike, measure: Measure = "log risk ratio"
) -> tuple[FloatArray, FloatArray]:
    """Estimates and variances of the 2 x 2 tables of many units: ``a`` of ``a + b`` against ``c`` of ``c + d``.

    Tables with an empty cell get a half in each cell. Raises ``ValueError`` for negative counts and empty rows.
    """
    cells = [np.asarray(v, dtype=np.float64) for v in (a, b, c, d)]
    if len({v.shape for v in cells}) != 1 or any(np.any(~np.isfinite(v) | (v < 0)) for v in cells):
        raise ValueError("four flat arrays of counts, equally long")
    empty = np.any([v == 0 for v in cells], axis=0)
    a_, b_, c_, d_ = (v + 0.5 * empty for v in cells)
    n, m = a_ + b_, c_ + d_
    if np.any(cells[0] + cells[1] == 0) or np.any(cells[2] + cells[3] == 0):
        raise ValueError("a unit without anyone in one of its two rows")
    if measure == "log risk ratio":
        return np.log(a_ / n) - np.log(c_ / m), 1 / a_ - 1 / n + 1 / c_ - 1 / m
    if measure == "log odds ratio":
        return np.log(a_ * d_) - np.log(b_ * c_), 1 / a_ + 1 / b_ + 1 / c_ + 1 / d_
    if measure == "risk difference":
        return a_ / n - c_ / m, a_ * b_ / n**3 + c_ * d_ / m**3
    raise ValueError(f"unknown measure {measure!r}")


@dataclass(frozen=True)
class SpreadInterval:
    """Limits of the spread between units: as variance, in percent of all variation, and over the typical variance."""

    tau2: tuple[float, float]
    i2: tuple[float, float]
    h2: tuple[float, float]


def spread_interval(
    y: ArrayLike, variance: ArrayLike, *, covariates: ArrayLike | None = None, level: float = 0.95
) -> SpreadInterval:
    """The exact interval of tau2 under normality (Q-profile): those at which the generalised Q is not unlikely.

    Both limits are 0 where even tau2 = 0 makes Q too small. Raises ``ValueError`` as ``random_effects``.
    """
    model = model_of(y, variance, covariates)
    tail = (1.0 - level) / 2.0
    wide = float(np.ptp(model.y) ** 2 + model.v.max())

    def limit(q: float) -> float:
        if generalised_q(model, 0.0) <= q:
            return 0.0
        top = wide
        while generalised_q(model, top) > q:
            top *= 4.0
        return float(optimize.brentq(lambda t: generalised_q(model, t) - q, 0.0, top, xtol=1e-300, rtol=1e-14))

    low, high = (limit(float(stats.chi2.ppf(p, model.spare))) for p in (1.0 - tail, tail))
    typical = random_effects(y, variance, covariates=covariates, method="FE").typical
    return SpreadInterval(
        (low, high),
        (100.0 * low / (low + typical), 100.0 * high / (high + typical)),
        (1.0 + low / typical, 1.0 + high / typical),
    )


@dataclass(frozen=True)
class Asymmetry:
    """Whether estimates depend on how precise they are; a small p says that they do, not why."""

    z: float
    """Egger's: the slope on the standard error over its own (t with Knapp and Hartung's correction)."""
    p: float
    limit: float
    """Where an estimate without error would lie."""
    limit_low: float
    limit_high: float
    tau: float
    """Kendall's rank correlation of standardised estimates with their variances."""
    tau_p: float


def asymmetry(
    y: ArrayLike,
    variance: ArrayLike,
    *,
    predictor: Literal["error", "variance"] = "error",
    method: Estimator = "REML",
    knapp_hartung: bool = False,
    level: float = 0.95,
) -> Asymmetry:
    """Regression and rank tests of small-unit effects. Raises ``ValueError`` as ``random_effects``."""
    values, v = np.asarray(y, dtype=np.float64), np.asarray(variance, dtype=np.float64)
    x = np.sqrt(v) if predictor == "error" else v
    fit: RandomEffects = random_effects(
        values, v, method=method, covariates=x, knapp_hartung=knapp_hartung, level=level
    )
    z = float(fit.coefficients[1] / fit.se[1])
    p = 2.0 * float(stats.t.sf(abs(z), values.size - 2) if knapp_hartung else special.ndtr(-abs(z)))
    weight = 1.0 / v
    pooled = float(weight @ values / weight.sum())
    standardised = (values - pooled) / np.sqrt(v - 1.0 / weight.sum())
    rank = stats.kendalltau(standardised, v, method="auto")
    return Asymmetry(
        z,
        p,
        float(fit.coefficients[0]),
        float(fit.low[0]),
        float(fit.high[0]),
        float(rank.statistic),
        float(rank.pvalue),
    )


@dataclass(frozen=True)
class LeftOut:
    """The fit without each unit in turn, one entry a unit."""

    centre: FloatArray
    se: FloatArray
    tau2: FloatArray
    q: FloatArray
    i2: FloatArray


def without_each(
    y: ArrayLike, variance: ArrayLike, *, method: Estimator = "REML", knapp_hartung: bool = False
) -> LeftOut:
    """Does any unit alone decide? Raises ``ValueError`` as ``random_effects``."""
    values, v = np.asarray(y, dtype=np.float64), np.asarray(variance, dtype=np.float64)
    found = [
        random_effects(np.delete(values, k), np.delete(v, k), method=method, knapp_hartung=knapp_hartung)
        for k in range(values.size)
    ]
    columns = [[f.coefficients[0], f.se[0], f.tau2, f.q, f.i2] for f in found]
    return LeftOut(*(np.array(c, dtype=np.float64) for c in zip(*columns, strict=True)))
