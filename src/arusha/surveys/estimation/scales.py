"""Several answers of the same people: how they vary together, whether two agree, whether a scale hangs together.

Sources: Cohen 1960 for kappa; Cronbach 1951 for alpha; Lumley 2010 for both in samples.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from arusha.errors import SurveyError
from arusha.surveys.answers import FloatArray
from arusha.surveys.estimation.comparisons import combination
from arusha.surveys.estimation.design import Design, codes, variance
from arusha.surveys.estimation.statistics import Estimate, mean, prepared


def covariances(design: Design, values: ArrayLike, *, domain: ArrayLike | None = None) -> Estimate:
    """Covariances in the population of the columns of ``values`` (n, p), with their own covariance.

    Labels are pairs of columns, counted from 0, the first at most the second; (i, i) is a variance. The divisor is that
    of a sample, respondents less 1.
    """
    z, inside = prepared(design, values, domain)
    size, p = int(inside.sum()), z.shape[1]
    if size < 2:
        raise SurveyError("one respondent varies with nobody.", where="domain", remedy="choose a larger group.")
    pairs = [(i, j) for i in range(p) for j in range(i, p)]
    left, right = [i for i, _ in pairs], [j for _, j in pairs]

    def products(weights: FloatArray) -> FloatArray:
        own = weights * inside
        apart = (z - own @ z / own.sum()) * inside[:, None]
        return np.asarray(apart[:, left] * apart[:, right] * size / (size - 1))

    def again(weights: FloatArray) -> FloatArray:
        own = weights * inside
        return np.asarray(own @ products(weights) / own.sum())

    at, w = again(design.weights), design.weights * inside
    influence = (products(design.weights) - at) * inside[:, None] / w.sum()
    vcov = variance(design, influence, again, at)
    counts, nothing = (size,) * len(pairs), np.full(len(pairs), np.nan)
    return Estimate(at, vcov, tuple(pairs), counts, design.degrees_within(inside), nothing)


def scale_alpha(design: Design, items: ArrayLike, *, domain: ArrayLike | None = None) -> float:
    """Cronbach's alpha in the population of a scale of ``items`` (n, k): whether they hang together.

    For its error make replicates of the sample and hand this to :func:`replicated`.
    """
    found = covariances(design, items, domain=domain)
    k = int(np.asarray(items).shape[1])
    if k < 2:
        raise SurveyError("a scale of one item.", where="items", remedy="give two items or more.")
    one, other = np.triu_indices(k)
    own = float(found.values[one == other].sum())
    return k / (k - 1) * (1.0 - own / (2.0 * float(found.values.sum()) - own))


def agreement(design: Design, first: ArrayLike, second: ArrayLike) -> Estimate:
    """Cohen's kappa of two codings of the same answers: agreement beyond chance, 1 where they always agree.

    The error is of its slope in the shares of all pairs of codes (delta method).
    """
    labels = np.unique(np.concatenate([np.asarray(first).ravel(), np.asarray(second).ravel()]))
    if labels.size < 2:
        raise SurveyError("one code only.", where="first", remedy="give codings that tell answers apart.")
    both = codes(np.concatenate([np.asarray(first), np.asarray(second)]), "codings", 2 * design.size)
    a, b = both[: design.size], both[design.size :]
    shares = mean(design, (a * labels.size + b)[:, None] == np.arange(labels.size**2))

    def kappa(values: FloatArray) -> float:
        table = values.reshape(labels.size, labels.size)
        chance = float(table.sum(axis=1) @ table.sum(axis=0))
        return (float(np.trace(table)) - chance) / (1.0 - chance)

    return combination(shares, kappa)
