"""Differences between domains or waves, many at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import t as student

from arusha.errors import SurveyError
from arusha.inference.multiplicity import Adjustment, adjust
from arusha.language.told import error as told_error
from arusha.surveys.answers import FloatArray
from arusha.surveys.estimation.statistics import Estimate


@dataclass(frozen=True)
class Differences:
    """``first`` less ``second``, pair by pair. ``low`` and ``high`` hold for all pairs at once (Bonferroni); ``p``
    alone and
    ``adjusted`` together."""

    pairs: tuple[tuple[object, object], ...]
    values: FloatArray
    se: FloatArray
    low: FloatArray
    high: FloatArray
    p: FloatArray
    adjusted: FloatArray


def differences(
    estimate: Estimate,
    pairs: list[tuple[object, object]] | None = None,
    *,
    method: Adjustment = "holm",
    level: float = 0.95,
) -> Differences:
    """Differences of the values of one estimate, by their labels: every pair where none are given."""
    place = {label: i for i, label in enumerate(estimate.labels)}
    if pairs is None:
        pairs = [(a, b) for i, a in enumerate(estimate.labels) for b in estimate.labels[:i]]
    unknown = [str(x) for pair in pairs for x in pair if x not in place]
    if unknown or not pairs:
        raise SurveyError(f"no estimate for {', '.join(unknown) or 'any pair'}.", remedy="use labels of the estimate.")
    contrast = np.zeros((len(pairs), estimate.values.size))
    for row, (a, b) in enumerate(pairs):
        contrast[row, place[a]] += 1.0
        contrast[row, place[b]] -= 1.0
    used = np.unique([place[x] for pair in pairs for x in pair])
    _known(estimate, used)
    contrast, vcov = contrast[:, used], estimate.vcov[np.ix_(used, used)]
    return _tested(
        tuple(pairs), contrast @ estimate.values[used], contrast @ vcov @ contrast.T, estimate, method, level
    )


def _known(estimate: Estimate, used: ArrayLike) -> None:
    unknown = [str(estimate.labels[k]) for k in np.asarray(used) if np.isnan(estimate.vcov[k, k])]
    if unknown:
        raise told_error(SurveyError, "sv-one-cluster", "sv-one-cluster", where="pairs", labels=", ".join(unknown[:5]))


def change(before: Estimate, after: Estimate, *, method: Adjustment = "holm", level: float = 0.95) -> Differences:
    """Change of every value between two waves with samples of their own, by label."""
    if before.labels != after.labels:
        raise SurveyError("two waves with other labels.", where="waves", remedy="estimate the same things in both.")
    for wave in (before, after):
        _known(wave, np.arange(wave.values.size))
    fewer = before if before.degrees_of_freedom < after.degrees_of_freedom else after
    pairs = tuple((label, label) for label in after.labels)
    return _tested(pairs, after.values - before.values, after.vcov + before.vcov, fewer, method, level)


def _tested(
    pairs: tuple[tuple[object, object], ...],
    values: FloatArray,
    vcov: FloatArray,
    estimate: Estimate,
    method: Adjustment,
    level: float,
) -> Differences:
    se, df = np.sqrt(np.diag(vcov)), max(estimate.degrees_of_freedom, 1)
    p = 2.0 * student.sf(np.abs(np.divide(values, se, out=np.zeros_like(values), where=se > 0)), df)
    half = float(student.ppf(1.0 - (1.0 - level) / (2.0 * values.size), df)) * se
    return Differences(pairs, values, se, values - half, values + half, p, adjust(p, method))


def combination(estimate: Estimate, of: ArrayLike | Callable[[FloatArray], ArrayLike]) -> Estimate:
    """What follows from several estimates: ``of`` (m, k) coefficients, or a function of the k values.

    The covariance of a function is that of its slope (delta method, slopes by central differences).
    """
    values = estimate.values
    if callable(of):

        def at(x: FloatArray) -> FloatArray:
            return np.atleast_1d(np.asarray(of(x), np.float64))

        found = at(values)
        step = 6e-6 * np.maximum(np.abs(values), 1e-3)
        slope = np.stack([(at(values + h) - at(values - h)) / (2.0 * h.sum()) for h in np.diag(step)], axis=1)
    else:
        slope = np.atleast_2d(np.asarray(of, np.float64))
        if slope.shape[1] != values.size:
            raise SurveyError(
                f"{slope.shape[1]} coefficients for {values.size} estimates.", where="of", remedy="give one to each."
            )
        found = slope @ values
    if not np.all(np.isfinite(found)) or not np.all(np.isfinite(slope)):
        raise SurveyError("a combination without a value here.", where="of", remedy="check logs and divisions.")
    few = (min(estimate.respondents),) * found.size
    nothing = np.full(found.size, np.nan)
    vcov = slope @ estimate.vcov @ slope.T
    return Estimate(found, vcov, tuple(range(found.size)), few, estimate.degrees_of_freedom, nothing)
