"""Regressions and tests of a sample: linear, logistic, two groups, two questions.

Sources: Binder 1983 (International Statistical Review 51:279); Rao and Scott 1984 (Annals of Statistics 12:46).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from arusha.errors import SurveyError
from arusha.language.told import error as of
from arusha.surveys.answers import FloatArray, design_matrix, numbers, yes_no
from arusha.surveys.estimation.design import Design, codes, variance
from arusha.surveys.estimation.response_laws import ANSWERS, POSITIVE, Kind, deviance, inside, mean_at, pull_at
from arusha.surveys.estimation.statistics import mean, total
from arusha.surveys.estimation.weighed_squares import Law, beyond

Order = Literal["first", "second", "exact", "saddlepoint", "wald", "adjusted-wald"]


@dataclass(frozen=True)
class Regression:
    """Coefficients (k,) and their covariance; tests use ``degrees_of_freedom``."""

    coefficients: FloatArray
    vcov: FloatArray
    degrees_of_freedom: int
    influence: FloatArray | None = None
    """(n, k) by how much a respondent's weight moves each coefficient."""

    @property
    def se(self) -> FloatArray:
        """Standard errors."""
        return np.sqrt(np.diag(self.vcov))

    @property
    def p(self) -> FloatArray:
        """Two-sided p-values of no effect; NaN where the clusters leave no degree of freedom."""
        if self.degrees_of_freedom < 1:
            return np.full(self.coefficients.size, np.nan)
        return np.asarray(2.0 * stats.t.sf(np.abs(self.coefficients / self.se), self.degrees_of_freedom))


def regression(
    design: Design,
    values: ArrayLike,
    covariates: ArrayLike,
    *,
    kind: Kind = "linear",
) -> Regression:
    """Weighted regression; ``covariates`` (n, k) with a constant, such as the mode of interview beside the rest.

    ``logistic``, ``probit`` and ``cloglog`` (complementary log-log) are of answers of 0 and 1; ``poisson`` of the log
    of a mean of counts (or of any value not below 0). ``log-binomial`` is of the log of a chance: its coefficients are
    logs of ratios of shares. ``gamma`` (of the log of a mean) and ``gamma-inverse`` are of amounts above 0 whose spread
    goes with their mean, ``log-linear`` of amounts whose spread does not.
    """
    X = design_matrix(covariates, design.size)
    y: FloatArray = numbers(values, "values", design.size) if kind not in ANSWERS else _said(values, design.size)
    start: FloatArray = np.zeros(X.shape[1])
    if kind == "poisson":
        if np.any(y < 0) or not np.any(y > 0):
            raise SurveyError("counts below 0, or none above.", where="values", remedy="give counts.")
        start = np.asarray(np.linalg.lstsq(X, np.log(y + 0.5 * float(y.mean())), rcond=None)[0], np.float64)
    if kind in POSITIVE or kind == "log-binomial":
        start = _started(y, X, design.weights, kind)
    b = fitted_coefficients(y, X, design.weights, kind, start)
    fitted, slope = mean_at(X @ b, kind)
    pull = pull_at(fitted, slope, kind)
    bread = np.linalg.inv(X.T @ (X * (design.weights * pull * slope)[:, None]))
    influence = (X * (pull * (y - fitted))[:, None]) @ bread
    vcov = variance(design, influence, lambda v: fitted_coefficients(y, X, v, kind, b), b)
    return Regression(b, vcov, design.degrees_of_freedom + 1 - X.shape[1], influence)


def _started(y: FloatArray, X: FloatArray, weights: FloatArray, kind: Kind) -> FloatArray:
    """Where steps begin: at one mean for all, which every kind allows."""
    if kind in POSITIVE and np.any(y <= 0):
        raise SurveyError("amounts that are not above 0.", where="values", remedy="use linear or poisson.")
    centre = float(weights @ y / weights.sum())
    flat = np.full(y.size, 1.0 / centre if kind == "gamma-inverse" else np.log(centre))
    found: FloatArray = np.linalg.lstsq(X, flat, rcond=None)[0]
    if not inside(X @ found, kind) or not np.allclose(X @ found, flat):
        raise SurveyError("no constant among the covariates.", where="covariates", remedy="add a column of ones.")
    return found


def _said(values: ArrayLike, size: int) -> FloatArray:
    """Answers (0, 1) as numbers."""
    found: FloatArray = yes_no(values, "answers", size).astype(np.float64)
    return found


def fitted_coefficients(y: FloatArray, X: FloatArray, weights: FloatArray, kind: Kind, start: FloatArray) -> FloatArray:
    """Coefficients of the weighted regression, by Fisher's scores (Newton's steps where the link is the law's own)."""
    w, b = weights / weights.mean(), start
    for _ in range(200):
        fitted, slope = mean_at(X @ b, kind)
        pull = w * pull_at(fitted, slope, kind)
        try:
            step = np.linalg.solve(X.T @ (X * (pull * slope)[:, None]), X.T @ (pull * (y - fitted)))
        except np.linalg.LinAlgError:
            break  # every fitted chance is 0 or 1
        whole = step
        while not inside(X @ (b + step), kind) and np.any(step):
            step = step / 2  # no further than to means that there can be
        b = b + step
        if np.abs(whole).max() < 1e-11 * max(1.0, float(np.abs(b).max())):
            return b
    raise SurveyError(
        "the regression has no maximum: a covariate tells yes from no without error, or a chance would have to be 1.",
        where="covariates",
        remedy="join categories in which everybody answers alike; in the place of log-binomial take logistic.",
    )


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
    for one in (member, ~member):
        if one.any() and design.one_cluster(one):
            raise of(SurveyError, "sv-group-one-cluster", "sv-group-one-cluster", where="groups")
    fit = regression(design, values, np.column_stack([np.ones(design.size), member]))
    t = float(fit.coefficients[1] / fit.se[1])
    return Tested(t, (float(fit.degrees_of_freedom),), float(fit.p[1]), float(fit.coefficients[1]))


def terms(fit: Regression, columns: ArrayLike) -> Tested:
    """Wald's F test that the coefficients of several ``columns`` are all 0, such as those of one question."""
    at = np.asarray(columns, np.int64).ravel()
    b, V = fit.coefficients[at], fit.vcov[np.ix_(at, at)]
    if at.size == 0 or np.linalg.matrix_rank(V) < at.size:
        raise SurveyError("coefficients that are not free of each other.", where="columns", remedy="name each once.")
    F, df = float(b @ np.linalg.solve(V, b)) / at.size, max(fit.degrees_of_freedom, 1)
    return Tested(F, (float(at.size), float(df)), float(stats.f.sf(F, at.size, df)))


def likelihood_ratio(
    design: Design,
    values: ArrayLike,
    covariates: ArrayLike,
    columns: ArrayLike,
    *,
    kind: Kind = "linear",
    law: Law = "exact",
    working: bool = False,
) -> Tested:
    """Test that some columns of a regression have no effect, by the fall of the deviance (Lumley and Scott 2014).

    Parameters
    ----------
    columns
        Positions of the columns of ``covariates`` that are tested; the others stay.
    law
        Of the statistic, a sum of chi-squares weighed by design effects over a mean square with the regression's
        degrees of freedom: ``exact``, or R's ``saddlepoint`` or ``satterthwaite``.
    working
        Instead of the deviance the coefficients over the covariance that they would have were answers independent.
    """
    X, at = design_matrix(covariates, design.size), np.atleast_1d(np.asarray(columns, np.int64))
    rest = np.setdiff1d(np.arange(X.shape[1]), at)
    if not at.size or not rest.size or np.unique(at).size != at.size or at.min() < 0 or at.max() >= X.shape[1]:
        raise SurveyError("columns that are not some of the covariates.", where="columns", remedy="leave one or more.")
    fit = regression(design, values, X, kind=kind)
    y, w = np.asarray(values, np.float64), design.weights / design.weights.mean()
    fitted, slope = mean_at(X @ fit.coefficients, kind)
    simple = np.linalg.inv(X.T @ (X * (w * pull_at(fitted, slope, kind) * slope)[:, None]))[np.ix_(at, at)]
    b = fit.coefficients[at]
    if working:
        statistic = float(b @ np.linalg.solve(simple, b))
    else:
        fewer = regression(design, values, X[:, rest], kind=kind)
        without = mean_at(X[:, rest] @ fewer.coefficients, kind)[0]
        statistic = deviance(y, without, w, kind) - deviance(y, fitted, w, kind)
    effects = np.linalg.eigvals(np.linalg.solve(simple, fit.vcov[np.ix_(at, at)])).real
    p = beyond(statistic, effects, float(fit.degrees_of_freedom), law)
    return Tested(statistic, (float(at.size), float(fit.degrees_of_freedom)), p)


def rank_test(
    design: Design,
    values: ArrayLike,
    group: ArrayLike,
    *,
    score: Literal["wilcoxon", "normal", "median"] = "wilcoxon",
) -> Tested:
    """Whether groups differ in the rank of their answers, which asks nothing of the scale.

    Two groups (0, 1): Student's t, with the difference of the mean scores. More, by any labels: a chi-square over its
    degrees of freedom as F (Kruskal and Wallis's test where the score is the rank). Ranks are estimated for the
    population. Source: Lumley and Scott 2013 (Biometrika 100:831).
    """
    y = numbers(values, "values", design.size)
    labels = codes(group, "groups", design.size)
    member = (
        yes_no(group, "groups", design.size)[:, None]
        if labels.max() < 2
        else labels[:, None] == np.arange(1, labels.max() + 1)
    )
    w = design.weights
    order = np.argsort(y, kind="stable")
    middle = np.empty(design.size)
    middle[order] = np.cumsum(w[order]) - w[order] / 2.0
    # Equal answers share the mean of the ranks that they take up.
    code = np.unique(y, return_inverse=True)[1]
    rank = (np.bincount(code, weights=middle) / np.bincount(code))[code] / w.sum()
    scores = {"wilcoxon": rank, "normal": stats.norm.ppf(rank), "median": (rank > 0.5).astype(np.float64)}[score]
    fit = regression(design, scores, np.column_stack([np.ones(design.size), member]))
    vcov, apart = fit.vcov[1:, 1:], fit.coefficients[1:]
    if design.replicates is not None and fit.influence is not None:
        # Of the scores as they are: replicates would have to rank anew, as the formula does not.
        moves = fit.influence[:, 1:]
        vcov = variance(design, moves, lambda v: v @ moves, design.weights @ moves)
    free, df = apart.size, float(max(design.degrees_of_freedom - apart.size, 1))
    if free > 1:
        chi_square = float(apart @ np.linalg.solve(vcov, apart))
        return Tested(chi_square, (float(free), df), float(stats.f.sf(chi_square / free, free, df)))
    t = float(apart[0] / np.sqrt(vcov[0, 0]))
    return Tested(t, (df,), float(2.0 * stats.t.sf(abs(t), df)), float(apart[0]))


def independence(
    design: Design,
    rows: ArrayLike,
    columns: ArrayLike,
    *,
    order: Order = "second",
) -> Tested:
    """Test that two questions have nothing to do with each other, corrected for the design.

    ``second``: F with Satterthwaite's degrees of freedom. ``first``: chi-square over the mean design effect. ``exact``:
    Pearson's statistic by the law it has, a sum of chi-squares weighed by the design effects, over a mean square with
    the denominator's degrees of freedom of ``second``; ``saddlepoint``: an approximation to it (R's survey gives it in
    the place of the exact law where CompQuadForm is not installed). ``wald`` and ``adjusted-wald``: of the differences
    between counts and those expected (Koch, Freeman and Freeman 1975), the second corrected for few clusters, for which
    the first is far too eager.
    """
    a, b = codes(rows, "rows", design.size), codes(columns, "columns", design.size)
    high, wide = int(a.max()) + 1, int(b.max()) + 1
    if min(high, wide) < 2:
        raise SurveyError("a question that everybody answers alike.", where="rows", remedy="choose another one.")
    found = mean(design, (a * wide + b)[:, None] == np.arange(high * wide))
    share, size = found.values, design.size
    table = share.reshape(high, wide)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0))
    if order in ("wald", "adjusted-wald"):
        counts = total(design, (a * wide + b)[:, None] == np.arange(high * wide))
        return _wald(
            counts.values.reshape(high, wide), counts.vcov, design.degrees_of_freedom, order == "adjusted-wald"
        )
    pearson = float(size * ((table - expected) ** 2 / expected).sum())
    row = np.repeat(np.eye(high), wide, axis=0)
    column = np.tile(np.eye(wide), (high, 1))
    main = np.hstack([np.ones((high * wide, 1)), row[:, 1:], column[:, 1:]])
    both = np.stack([row[:, i] * column[:, j] for i in range(1, high) for j in range(1, wide)], axis=1)
    contrast = both - main @ np.linalg.lstsq(main, both, rcond=None)[0]
    scaled = contrast * np.divide(1.0, share, out=np.zeros_like(share), where=share > 0)[:, None]
    # Of independent answers; where a cell is empty this is what R's survey has, and else the same as with their means.
    simple = scaled.T @ contrast / size
    effects = np.linalg.solve(simple, scaled.T @ found.vcov @ scaled)
    trace, df = float(np.trace(effects)), contrast.shape[1]
    if order == "first":
        return Tested(pearson, (float(df),), float(stats.chi2.sf(pearson / (trace / df), df)))
    numerator = trace**2 / float(np.trace(effects @ effects))
    denominator = numerator * design.degrees_of_freedom
    if order in ("exact", "saddlepoint"):
        effect = np.linalg.eigvals(effects).real
        law: Law = "exact" if order == "exact" else "saddlepoint"
        return Tested(pearson, (float(df),), beyond(pearson, effect[effect > 1e-12], denominator, law))
    return Tested(pearson / trace, (numerator, denominator), float(stats.f.sf(pearson / trace, numerator, denominator)))


def _wald(table: FloatArray, vcov: FloatArray, df: int, adjusted: bool) -> Tested:
    high, wide = table.shape
    row, column, whole = table.sum(axis=1), table.sum(axis=0), float(table.sum())
    gap = (table - np.outer(row, column) / whole)[:-1, :-1].ravel()
    slope = []
    for i in range(high - 1):
        for j in range(wide - 1):
            by = np.full(table.shape, row[i] * column[j] / whole**2)
            by[i, j] += 1.0
            by[i, :] -= column[j] / whole
            by[:, j] -= row[i] / whole
            slope.append(by.ravel())
    D = np.array(slope)
    W, k = float(gap @ np.linalg.solve(D @ vcov @ D.T, gap)), gap.size
    if not adjusted:
        return Tested(W / k, (float(k), float(df)), float(stats.f.sf(W / k, k, max(df, 1))))
    left = df - k + 1
    if left < 1:
        raise SurveyError(
            f"{df} degrees of freedom for {k} comparisons.", where="columns", remedy="use order='second'."
        )
    F = W * left / (k * df)
    return Tested(F, (float(k), float(left)), float(stats.f.sf(F, k, left)))
