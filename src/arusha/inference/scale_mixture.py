"""Many noisy differences of which most are about nought and a few are not: shrunken by a mixture of normal laws.

A single normal law fitted to all draws the few far ones in as hard as the many near ones. A mixture of normal laws
about nought of many widths, its weights fitted by marginal likelihood with one unit more in each, leaves them where
they are. Source: Stephens 2017 (adaptive shrinkage, whose penalty is the same with another aim); EM for the weights.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from arusha.inference.segments import FloatArray
from arusha.inference.shrinkage import mixture_quantile

STEP = 2.0**0.5
MOST_ROUNDS = 500
NARROWEST = 0.5
"""Width of the narrowest component in median standard errors. Differences much below the noise cannot be measured, and
a narrower law would claim that they had been: intervals of ordinary units would not cover."""

MORE = 1.0
"""Units that each component is given beside those it is fitted to: of few units the likeliest mixture rules out widths
that a new unit may well come from, and one far unit among many near ones would be drawn in to them."""


@dataclass(frozen=True)
class MixtureShrunken:
    """One entry a unit, and the fitted mixture."""

    estimate: FloatArray
    """Posterior mean."""
    low: FloatArray
    high: FloatArray
    widths: FloatArray
    weights: FloatArray


def _grid(y: FloatArray, se: FloatArray) -> FloatArray:
    """Widths from the narrowest to beyond the largest difference."""
    least = NARROWEST * float(np.median(se))
    most = max(2.0 * float(np.sqrt(np.max(np.maximum(y**2 - se**2, 0.0)))), 2.0 * least)
    steps = np.arange(int(np.ceil(np.log(most / least) / np.log(STEP))) + 1, dtype=np.float64)
    return np.asarray(least * STEP**steps, dtype=np.float64)


def scale_mixture(y: ArrayLike, se: ArrayLike, *, level: float = 0.95) -> MixtureShrunken:
    """Posterior means and intervals of differences y with known standard errors under a fitted scale mixture about 0.

    Parameters
    ----------
    y, se
        One difference a unit, and its standard error.
    level
        Of the intervals, which take the fitted mixture as known. Measured in docs/inference.md: they cover on average
        over units, also of few; a single far unit among near ones is covered about nine times in ten.

    Raises ``ValueError`` for missing values, standard errors that are not positive, or no unit.
    """
    value, error = np.asarray(y, dtype=np.float64), np.asarray(se, dtype=np.float64)
    if value.ndim != 1 or value.shape != error.shape or not value.size:
        raise ValueError("y and se must be flat arrays of one length, with at least one entry")
    if not (np.all(np.isfinite(value)) and np.all(np.isfinite(error)) and np.all(error > 0)):
        raise ValueError("differences must not be missing, and standard errors be positive")
    if not 0.0 < level < 1.0:
        raise ValueError("level must lie between 0 and 1")
    widths = _grid(value, error)
    total = error[:, None] ** 2 + widths**2
    log_density = -0.5 * (np.log(total) + value[:, None] ** 2 / total)
    density = np.exp(log_density - log_density.max(axis=1, keepdims=True))
    weights = np.full(widths.size, 1.0 / widths.size)
    for _ in range(MOST_ROUNDS):
        share = density * weights
        share /= share.sum(axis=1, keepdims=True)
        updated = (share.sum(axis=0) + MORE) / (value.size + MORE * widths.size)
        done = np.abs(updated - weights).max() < 1e-7
        weights = updated
        if done:
            break
    share = density * weights
    share /= share.sum(axis=1, keepdims=True)
    kept = widths**2 / total
    means, sds = kept * value[:, None], np.sqrt(kept) * error[:, None]

    def cdf(x: FloatArray) -> FloatArray:
        out: FloatArray = np.sum(share * special.ndtr((x[:, None] - means) / sds), axis=1)
        return out

    start = np.minimum(value, 0.0) - 10.0 * error
    stop = np.maximum(value, 0.0) + 10.0 * error
    return MixtureShrunken(
        np.sum(share * means, axis=1),
        mixture_quantile(cdf, start, stop, (1.0 - level) / 2.0),
        mixture_quantile(cdf, start, stop, (1.0 + level) / 2.0),
        widths,
        weights,
    )
