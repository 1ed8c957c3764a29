"""One series and one date: level and slope before and after, seasons, and errors that remember.

The weakest design of the room: whatever else happened at the date counts as the measure. Give a comparison series.
Errors remember the period before by default, with the strength of memory integrated out (``autoregressive``). Newey and
West's standard errors with normal limits, and equally weighted cosines (Lazarus, Lewis, Stock and Watson 2018), are
there too; both are too short in the few dozen months there usually are.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from arusha.effects.autoregressive import Combination, remembering
from arusha.effects.panels import FloatArray
from arusha.effects.staggered import DesignError
from arusha.language.told import error as of

Errors = Literal["autoregressive", "cosine", "newey-west"]
FEWEST_BEFORE = 12


@dataclass(frozen=True)
class InterruptedSeries:
    """Change at a date."""

    level: float
    """Step at the date."""
    slope: float
    """Change of the slope, per period."""
    average: float
    """Mean effect over the periods after, beside the trend before."""
    se_level: float
    se_slope: float
    se_average: float
    low: float
    high: float
    """Interval of ``average``."""
    p: float
    """That ``average`` is 0."""
    df: float
    """Of the t distribution; infinite for Newey-West."""
    before: int
    after: int
    fitted: FloatArray
    without: FloatArray
    """n: the series as the model expects it without the measure."""
    autocorrelation: float
    """Of the residuals, one period apart."""


def _meat(scores: FloatArray, errors: Errors, lags: int | None) -> tuple[FloatArray, float]:
    n = scores.shape[0]
    if errors == "cosine":
        B = max(2, int(np.floor(0.41 * n ** (2 / 3))))
        basis = np.sqrt(2.0 / n) * np.cos(np.pi * np.arange(1, B + 1)[:, None] * (np.arange(n) + 0.5)[None, :] / n)
        turned = basis @ scores
        return turned.T @ turned / B * n, float(B)
    reach = int(np.floor(4 * (n / 100) ** (2 / 9))) if lags is None else lags
    meat = scores.T @ scores
    for lag in range(1, reach + 1):
        product = scores[lag:].T @ scores[:-lag]
        meat = meat + (1 - lag / (reach + 1)) * (product + product.T)
    return meat, np.inf


def seasons(n: int, period: int, harmonics: int, start: int = 0) -> FloatArray:
    """Sines and cosines of the year: n x (2 harmonics), one less where the last is the half period."""
    t = np.arange(start, start + n)
    columns = []
    for k in range(1, harmonics + 1):
        columns.append(np.cos(2 * np.pi * k * t / period))
        if 2 * k < period:
            columns.append(np.sin(2 * np.pi * k * t / period))
    return np.column_stack(columns) if columns else np.empty((n, 0))


def interrupted(
    y: ArrayLike,
    start: int,
    *,
    comparison: ArrayLike | None = None,
    season: int | None = 12,
    harmonics: int = 2,
    slope: bool = True,
    errors: Errors = "autoregressive",
    lags: int | None = None,
    level: float = 0.95,
) -> InterruptedSeries:
    """Fit a series with a break.

    Parameters
    ----------
    y
        n values in equal steps.
    start
        Position of the first period with the measure.
    comparison
        n values of a series that the measure does not reach; the difference of the two is analysed.
    season, harmonics
        Length of the year in periods (None for no seasons) and how many waves of it are fitted.
    slope
        Whether the slope may change too.

    Raises
    ------
    DesignError
        Fewer than 12 periods before or 3 after, or more parameters than the series can carry.
    """
    values = np.asarray(y, dtype=np.float64)
    if errors not in get_args(Errors):
        raise ValueError(f"errors must be one of {', '.join(get_args(Errors))}")
    if comparison is not None:
        values = values - np.asarray(comparison, dtype=np.float64)
    n = values.size
    before, after = start, n - start
    if before < FEWEST_BEFORE or after < 3:
        raise of(DesignError, "fx-few-before-after", "fx-series-needs", before=before, after=after, least=FEWEST_BEFORE)
    t = np.arange(n, dtype=np.float64)
    post = (t >= start).astype(np.float64)
    since = (t - start) * post
    wave = seasons(n, season, harmonics) if season is not None and n >= 2 * season else np.empty((n, 0))
    columns = [np.ones(n), (t - t.mean()) / n, post, *([since / n] if slope else []), *wave.T]
    X = np.column_stack(columns)
    if n - X.shape[1] < 6:
        raise of(DesignError, "fx-short-seasons", "fx-harmonics")
    step, change, mean = np.zeros((3, X.shape[1]))
    step[2] = mean[2] = 1.0
    if slope:
        change[3] = 1.0 / n
        mean[3] = float(np.mean(since[start:])) / n
    if errors == "autoregressive":
        fit = remembering(X, values)
        beta, df = fit.mean, float(fit.df)
        told = [fit.combination(line, level) for line in (step, change, mean)]
    else:
        gram = np.linalg.inv(X.T @ X)
        beta = gram @ (X.T @ values)
        meat, df = _meat(X * (values - X @ beta)[:, None], errors, lags)
        vcov = gram @ meat @ gram * n / (n - X.shape[1])
        told = [_combination(line, beta, vcov, df, level) for line in (step, change, mean)]
    residual = values - X @ beta
    without = X @ beta - post * beta[2] - (since / n * beta[3] if slope else 0.0)
    return InterruptedSeries(
        level=told[0].value,
        slope=told[1].value,
        average=told[2].value,
        se_level=told[0].se,
        se_slope=told[1].se,
        se_average=told[2].se,
        low=told[2].low,
        high=told[2].high,
        p=told[2].p,
        df=df,
        before=before,
        after=after,
        fitted=X @ beta,
        without=without,
        autocorrelation=float(np.sum(residual[1:] * residual[:-1]) / np.sum(residual**2)) if np.any(residual) else 0.0,
    )


def _combination(line: FloatArray, beta: FloatArray, vcov: FloatArray, df: float, level: float) -> Combination:
    value, se = float(line @ beta), float(np.sqrt(max(float(line @ vcov @ line), 0.0)))
    law = stats.t(df) if np.isfinite(df) else stats.norm()
    reach = float(law.ppf(0.5 + level / 2)) * se
    ratio = abs(value) / se if se > 0 else np.inf
    return Combination(value, se, value - reach, value + reach, float(2 * law.sf(ratio)))
