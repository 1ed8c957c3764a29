"""Discrete procedures that also learn how many hypotheses can still be true, and adjusted p-values of them.

With k hypotheses rejected at most m - k + 1 true ones are left, so that only the largest of their distribution
functions need to be summed: never fewer rejections than without. Source: Doehler, Durand and Roquain 2018 (Electronic
Journal of Statistics 12:1867), [AHSU], [AHSD] and [HBR-lambda]; the last is the discrete form of Blanchard and Roquain
2009.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arusha.inference.discrete import SAME, discrete_bh, largest_point, summed_odds
from arusha.inference.multiplicity import p_values
from arusha.inference.segments import FloatArray, IntArray, row_pointers

_CHUNK = 4_000_000
"""Values of distribution functions at once."""


def _values_at(points: FloatArray, attainable: FloatArray, indptr: IntArray, tested: IntArray) -> FloatArray:
    """Every tested hypothesis' null distribution function at ``points``: (points, hypotheses)."""
    out = np.zeros((points.size, tested.size))
    reach = points * (1.0 + SAME)
    for column, row in enumerate(tested):
        own = attainable[indptr[row] : indptr[row + 1]]
        if own.size:
            at = np.searchsorted(own, reach, side="right")
            out[:, column] = np.where(at > 0, own[np.maximum(at - 1, 0)], 0.0)
    return out


def _largest_sums(
    sorted_p: FloatArray, attainable: FloatArray, indptr: IntArray, tested: IntArray, turned: Callable[..., FloatArray]
) -> FloatArray:
    """For the k-th smallest p the sum of the m - k + 1 largest ``turned`` distribution functions there."""
    m = sorted_p.size
    out = np.empty(m)
    step = max(1, _CHUNK // max(m, 1))
    for begin in range(0, m, step):
        part = slice(begin, min(begin + step, m))
        values = turned(_values_at(sorted_p[part], attainable, indptr, tested))
        falling = -np.sort(-values, axis=1)
        with np.errstate(invalid="ignore"):
            running = np.cumsum(falling, axis=1)
        out[part] = running[np.arange(running.shape[0]), m - 1 - np.arange(part.start, part.stop)]
    return out


def _odds(values: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore"):
        return np.where(values >= 1.0, np.inf, values / np.maximum(1.0 - values, 1e-300))


def _ordered(p: ArrayLike, supports: ArrayLike, indptr: ArrayLike) -> tuple[FloatArray, FloatArray, IntArray, IntArray]:
    values = p_values(p)
    attainable = np.asarray(supports, dtype=np.float64)
    pointers = row_pointers(indptr, attainable.size)
    if pointers.size != values.size + 1:
        raise ValueError("indptr must have one entry more than p")
    tested = np.flatnonzero(~np.isnan(values))
    return values, attainable, pointers, tested[np.argsort(values[tested], kind="stable")]


def discrete_adaptive_rejections(
    p: ArrayLike, supports: ArrayLike, indptr: ArrayLike, rate: float, *, step: Literal["up", "down"] = "up"
) -> NDArray[np.bool_]:
    """Which hypotheses the adaptive step-up or step-down procedure rejects at ``rate``: never fewer than
    ``discrete_bh_rejections`` of the same step.

    Both hold the false discovery rate for independent tests. Memory and time grow with the square of the hypotheses.
    Raises ``ValueError`` for supports that do not rise.
    """
    values, attainable, pointers, order = _ordered(p, supports, indptr)
    rejected = np.zeros(values.size, dtype=np.bool_)
    m = order.size
    if m == 0 or attainable.size == 0:
        return rejected
    points, summed = summed_odds(p, supports, indptr)
    bound = rate * np.arange(1, m + 1)
    if step == "down":
        passing = _largest_sums(values[order], attainable, pointers, order, _odds) <= bound * (1.0 + SAME)
        rejected[order[np.cumprod(passing).astype(np.bool_)]] = True
        return rejected
    top = float(largest_point(points, summed, np.array([rate]))[0])
    if top <= 0.0:
        return rejected
    below = np.maximum(1.0 - _values_at(np.array([top]), attainable, pointers, order)[0], 1e-300)
    sums = _largest_sums(values[order], attainable, pointers, order, lambda found: found / below)
    within = (sums <= bound * (1.0 + SAME)) & (values[order] <= top * (1.0 + SAME))
    last = np.flatnonzero(within)
    if last.size:
        rejected[order[: last[-1] + 1]] = True
    return rejected


def discrete_step_down(p: ArrayLike, supports: ArrayLike, indptr: ArrayLike, *, adaptive: bool = False) -> FloatArray:
    """Adjusted p-values of the step-down procedures: rejected at a rate exactly where they are at most that rate.

    The step-up procedures have none, for what they weigh by depends on the rate.
    """
    values, attainable, pointers, order = _ordered(p, supports, indptr)
    out = np.full(values.size, np.nan)
    if order.size:
        if adaptive:
            sums = _largest_sums(values[order], attainable, pointers, order, _odds)
        else:
            points, summed = summed_odds(p, supports, indptr)
            at = np.searchsorted(points, values[order] * (1.0 + SAME), side="right") - 1
            sums = np.where(at >= 0, summed[np.maximum(at, 0)], 0.0) * order.size
        out[order] = np.minimum(np.maximum.accumulate(sums / np.arange(1, order.size + 1)), 1.0)
    return out


def discrete_blanchard_roquain(
    p: ArrayLike, supports: ArrayLike, indptr: ArrayLike, tuning: float = 0.05
) -> FloatArray:
    """Adjusted p-values of the discrete adaptive procedure of one stage, [HBR-lambda].

    Nothing is rejected (adjusted 1) at a p where some distribution function exceeds ``tuning``; the rate that is meant
    is the usual choice for it. Holds the false discovery rate for independent tests.
    """
    if not 0.0 < tuning < 1.0:
        raise ValueError("tuning must lie between 0 and 1")
    values, attainable, pointers, order = _ordered(p, supports, indptr)
    out = np.full(values.size, np.nan)
    if order.size:
        ranks = np.arange(1, order.size + 1)

        def within(found: FloatArray) -> FloatArray:
            return np.where(found > tuning * (1.0 + SAME), np.inf, found)

        sums = _largest_sums(values[order], attainable, pointers, order, within) / ((1.0 - tuning) * ranks)
        out[order] = np.minimum(np.minimum.accumulate(sums[::-1])[::-1], 1.0)
    return out


def discrete_by(p: ArrayLike, supports: ArrayLike, indptr: ArrayLike) -> FloatArray:
    """Adjusted p-values whose procedure holds the false discovery rate whatever the dependence of the tests: the
    discrete form of Benjamini and Yekutieli's (Doehler 2018)."""
    values = discrete_bh(p, supports, indptr)
    m = int((~np.isnan(values)).sum())
    return np.asarray(np.minimum(values * float(np.sum(1.0 / np.arange(1, m + 1))), 1.0)) if m else values
