"""Regression of answers in order (never, seldom, often) in a sample."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from arusha.errors import SurveyError
from arusha.inference.ordered_answers import Law, OrderedFit
from arusha.inference.ordered_answers import ordered_regression as fit_answers
from arusha.surveys.answers import FloatArray, numbers
from arusha.surveys.estimation.design import Design, variance
from arusha.surveys.estimation.models import Regression


def ordered_regression(
    design: Design, values: ArrayLike, covariates: ArrayLike, *, law: Law = "logistic"
) -> Regression:
    """Weighted regression of ordered answers; ``covariates`` (n, k) without a constant.

    ``coefficients`` are the k slopes, then the thresholds between the steps of the scale, lowest first: the chance of
    an answer at or below a step is F(threshold less the covariates times the slopes). Errors follow from the design.

    Raises
    ------
    SurveyError
        For missing values, answers that are all alike, covariates that repeat each other or a constant, or that tell
        the answers apart without error.
    """
    y = numbers(values, "values", design.size)
    X = np.asarray(covariates, np.float64)
    X = X[:, None] if X.ndim == 1 else X

    def fitted(weights: FloatArray) -> OrderedFit:
        return fit_answers(y, X, weights=weights / weights.mean(), law=law)

    try:
        fit = fitted(design.weights)
    except ValueError as error:
        raise SurveyError(
            f"no ordered regression: {error}.", where="covariates", remedy="join categories, or leave a column out."
        ) from None
    influence = fit.scores @ np.linalg.inv(fit.information) / design.weights.mean()

    def again(weights: FloatArray) -> FloatArray:
        # A replicate gives some respondents no weight; their answers are not there.
        kept = weights > 0
        if np.unique(y[kept]).size < np.unique(y).size:
            raise SurveyError(
                "a replicate has nobody with some answer.", where="values", remedy="join steps of the scale first."
            )
        own = weights[kept] / weights[kept].mean()
        return fit_answers(y[kept], X[kept], weights=own, law=law).coefficients

    vcov = variance(design, influence, again, fit.coefficients)
    return Regression(fit.coefficients, vcov, design.degrees_of_freedom - X.shape[1], influence)
