"""Regressions and tests of a sample: linear, logistic, two groups, two questions.

Sources: Binder 1983 (International Statistical Review 51:279); Rao and Scott 1984 (Annals of Statistics 12:46).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats
from scipy.special import expit

from arusha.errors import SurveyError
from arusha.surveys.answers import FloatArray, design_matrix, numbers, yes_no
from arusha.surveys.estimation.design import Design, codes, variance
from arusha.surveys.estimation.statistics import mean


@dataclass(frozen=True)
class Regression:
    """Coefficients (k,) and their covariance; tests use ``degrees_of_freedom``."""

    coefficients: FloatArray
    vcov: FloatArray
    degrees_of_freedom: int

    @property
    def se(self) -> FloatArray:
        """Standard errors."""
        return np.sqrt(np.diag(self.vcov))

    @property
    def p(self) -> FloatArray:
        """Two-sided p-values of no effect."""
        return np.asarray(2.0 * stats.t.sf(np.abs(self.coefficients / self.se), max(self.degrees_of_freedom, 1)))


def regression(
    design: Design, values: ArrayLike, covariates: ArrayLike, *, kind: Literal["linear", "logistic"] = "linear"
) -> Regression:
    """Weighted regression; ``covariates`` (n, k) with a constant, such as the mode of interview beside the rest."""
    X = design_matrix(covariates, design.size)
    y = yes_no(values, "answers", design.size) * 1.0 if kind == "logistic" else numbers(values, "values", design.size)
    w = design.weights / design.weights.mean()
    b = np.zeros(X.shape[1])
    slope, fitted = np.ones(design.size), np.zeros(design.size)
    for _ in range(100):
        fitted = expit(X @ b) if kind == "logistic" else X @ b
        slope = fitted * (1.0 - fitted) if kind == "logistic" else slope
        step = np.linalg.solve(X.T @ (X * (w * slope)[:, None]), X.T @ (w * (y - fitted)))
        b = b + step
        if np.abs(step).max() < 1e-11 * max(1.0, float(np.abs(b).max())):
            break
    else:
        raise SurveyError(
            "the logistic regression has no maximum: a covariate tells yes from no without error.",
            where="covariates",
            remedy="join categories in which everybody answers alike.",
        )
    fitted = expit(X @ b) if kind == "logistic" else X @ b
    bread = np.linalg.inv(X.T @ (X * (design.weights * slope)[:, None]))
    vcov = variance(design, (X * (y - fitted)[:, None]) @ bread)
    return Regression(b, vcov, design.degrees_of_freedom + 1 - X.shape[1])


@dataclass(frozen=True)
class Tested:
    """A test: its statistic, degrees of freedom (of numerator and denominator where it is an F) and p."""

    statistic: float
    degrees_of_freedom: tuple[float, ...]
    p: float
    estimate: float = float("nan")


def compare_two(design: Design, values: ArrayLike, group: ArrayLike) -> Tested:
    """Difference of the means of two groups (0, 1), with Student's test."""
    member = yes_no(group, "groups", design.size)
    fit = regression(design, values, np.column_stack([np.ones(design.size), member]))
    t = float(fit.coefficients[1] / fit.se[1])
    return Tested(t, (float(fit.degrees_of_freedom),), float(fit.p[1]), float(fit.coefficients[1]))


def independence(
    design: Design, rows: ArrayLike, columns: ArrayLike, *, order: Literal["first", "second"] = "second"
) -> Tested:
    """Test that two questions have nothing to do with each other, corrected for the design.

    ``second``: F with Satterthwaite's degrees of freedom. ``first``: chi-square over the mean design effect.
    """
    a, b = codes(rows, "rows", design.size), codes(columns, "columns", design.size)
    high, wide = int(a.max()) + 1, int(b.max()) + 1
    if min(high, wide) < 2:
        raise SurveyError("a question that everybody answers alike.", where="rows", remedy="choose another one.")
    found = mean(design, (a * wide + b)[:, None] == np.arange(high * wide))
    share, size = found.values, design.size
    table = share.reshape(high, wide)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0))
    pearson = float(size * ((table - expected) ** 2 / expected).sum())
    row = np.repeat(np.eye(high), wide, axis=0)
    column = np.tile(np.eye(wide), (high, 1))
    main = np.hstack([np.ones((high * wide, 1)), row[:, 1:], column[:, 1:]])
    both = np.stack([row[:, i] * column[:, j] for i in range(1, high) for j in range(1, wide)], axis=1)
    contrast = both - main @ np.linalg.lstsq(main, both, rcond=None)[0]
    scaled = contrast * np.divide(1.0, share, out=np.zeros_like(share), where=share > 0)[:, None]
    simple = scaled.T @ (np.diag(share) - np.outer(share, share)) @ scaled / size
    effects = np.linalg.solve(simple, scaled.T @ found.vcov @ scaled)
    trace, df = float(np.trace(effects)), contrast.shape[1]
    if order == "first":
        return Tested(pearson, (float(df),), float(stats.chi2.sf(pearson / (trace / df), df)))
    numerator = trace**2 / float(np.trace(effects @ effects))
    denominator = numerator * design.degrees_of_freedom
    return Tested(pearson / trace, (numerator, denominator), float(stats.f.sf(pearson / trace, numerator, denominator)))
