"""Means of groups as they would be if all groups were alike in what they are adjusted for (predictive margins).

Sources: Graubard and Korn 1999 (Biometrics 55:652); Lumley 2010, section 6.3.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from arusha.errors import SurveyError
from arusha.surveys.answers import FloatArray, IntArray
from arusha.surveys.estimation.design import Design, codes, variance
from arusha.surveys.estimation.models import fitted_coefficients, regression
from arusha.surveys.estimation.response_laws import Kind, mean_at
from arusha.surveys.estimation.statistics import Estimate


def adjusted_means(
    design: Design,
    values: ArrayLike,
    group: ArrayLike,
    covariates: ArrayLike | None = None,
    *,
    kind: Kind = "linear",
    errors: Literal["together", "apart"] = "together",
) -> Estimate:
    """The mean of ``values`` if everybody were in a group, group by group, the rest as it is.

    A regression on groups and covariates predicts each respondent's value in every group; the weighted mean of the
    predictions is the group's. So officials and traders, or two modes of interview, are compared with the same people
    in both.

    Parameters
    ----------
    group
        (n,) labels.
    covariates
        (n, k) what is adjusted for, without a constant; nothing where none are given.
    kind
        Of the regression; ``logistic``, ``probit`` or ``cloglog`` for answers of 0 and 1, ``poisson`` for counts.
    errors
        ``together``: of coefficients and of whom the sample has, as they go together. ``apart``: as if the two had
        nothing to do with each other, as R's ``svypredmeans`` has it (not for replicates, which do both again).

    Returns
    -------
    Estimate
        One value a label, rising, with its covariances: :func:`differences` compares them.
    """
    code = codes(group, "group", design.size)
    labels = np.unique(np.asarray(group))
    if labels.size < 2:
        raise SurveyError("one group only.", where="group", remedy="adjusted means compare two groups or more.")
    other = np.empty((design.size, 0)) if covariates is None else np.asarray(covariates, np.float64)
    other = other[:, None] if other.ndim == 1 else other
    if other.shape[:1] != (design.size,):
        raise SurveyError("not one row of covariates to each respondent.", where="covariates", remedy="give one each.")

    def placed(at: IntArray) -> FloatArray:
        return np.hstack([np.asarray(at[:, None] == np.arange(labels.size), np.float64), other])

    X = placed(code)
    fit = regression(design, values, X, kind=kind)
    assert fit.influence is not None
    y = np.asarray(values, np.float64)
    everyone = [placed(np.full(design.size, g)) for g in range(labels.size)]
    whole = design.weights.sum()
    means = [mean_at(Z @ fit.coefficients, kind) for Z in everyone]
    predicted = np.column_stack([mean for mean, _ in means])
    slope = np.array([(design.weights * steep) @ Z for Z, (_, steep) in zip(everyone, means, strict=True)]) / whole
    at = design.weights @ predicted / whole
    of_sample, of_fit = (predicted - at) / whole, fit.influence @ slope.T

    def again(weights: FloatArray) -> FloatArray:
        b = fitted_coefficients(y, X, weights, kind, fit.coefficients)
        return np.array([weights @ mean_at(Z @ b, kind)[0] for Z in everyone]) / float(weights.sum())

    if errors == "together" or design.replicates is not None:
        vcov = variance(design, of_sample + of_fit, again, at)
    else:
        vcov = variance(design, of_sample, again, at) + variance(design, of_fit, again, at)
    counts = tuple(int(n) for n in np.bincount(code))
    nothing = np.full(labels.size, np.nan)
    return Estimate(at, vcov, tuple(labels.tolist()), counts, design.degrees_of_freedom, nothing)
