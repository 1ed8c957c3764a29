"""Indicators on a common scale: arrays of units in, arrays of the same length out, a missing value (NaN) stays missing.

``scaled_by`` names each method in a recipe. Definitions follow the OECD/JRC handbook (2008, step 5); the names that
the field uses are those of the R package COINr, against which they are tested.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from arusha.errors import ArushaError

FloatArray = NDArray[np.float64]


def _column(values: ArrayLike) -> FloatArray:
    x = np.asarray(values, dtype=np.float64)
    if x.ndim != 1:
        raise ValueError("one indicator is a flat array of units")
    return x


def _spread(x: FloatArray) -> tuple[float, float]:
    known = x[~np.isnan(x)]
    if known.size == 0 or known.min() == known.max():
        raise ArushaError(
            "an indicator has the same value for every unit, or none: it cannot be put on a scale of its own range",
            where="normalise",
            remedy="leave the indicator out, or use goalposts, which do not come from the data",
        )
    return float(known.min()), float(known.max())


def min_max(values: ArrayLike, low: float = 0.0, high: float = 100.0) -> FloatArray:
    """The range of the data onto ``low`` to ``high``."""
    x = _column(values)
    least, most = _spread(x)
    return (x - least) / (most - least) * (high - low) + low


def z_score(values: ArrayLike, mean: float = 0.0, sd: float = 1.0) -> FloatArray:
    """Mean and standard deviation (of a sample: n - 1) as given."""
    x = _column(values)
    _spread(x)
    return np.asarray((x - np.nanmean(x)) / np.nanstd(x, ddof=1) * sd + mean)


def linear(values: ArrayLike, low: float = 0.0, high: float = 100.0) -> FloatArray:
    """``low`` becomes 0 and ``high`` 100, whatever the data; values outside go beyond."""
    return (_column(values) - low) / (high - low) * 100.0


def distance_to_most(values: ArrayLike) -> FloatArray:
    """1 for the largest value, 0 for the smallest."""
    return min_max(values, 0.0, 1.0)


def distance_to_unit(values: ArrayLike, unit: int, cap: bool = False) -> FloatArray:
    """1 for the unit of reference, 0 for the smallest value; ``cap``: no more than 1."""
    x = _column(values)
    return _towards(x, float(x[unit]), cap)


def distance_to_target(values: ArrayLike, target: float, cap: bool = False) -> FloatArray:
    """1 at the target, 0 at the smallest value; ``cap``: no more than 1."""
    return _towards(_column(values), target, cap)


def _towards(x: FloatArray, aim: float, cap: bool) -> FloatArray:
    out = 1.0 - (aim - x) / (aim - _spread(x)[0])
    return np.minimum(out, 1.0) if cap else out


def share_of_most(values: ArrayLike) -> FloatArray:
    """Parts of the largest value."""
    x = _column(values)
    return x / _spread(x)[1]


def goalposts(
    values: ArrayLike, low: float, high: float, scale: float = 1.0, *, reversed_: bool = False, cut: bool = True
) -> FloatArray:
    """Where a value lies between two posts that do not come from the data: ``scale`` at ``high``, 0 at ``low``.

    Two waves stay comparable only so. ``reversed_``: the values come with their sign turned, the posts without.
    ``cut``: nothing beyond the posts.
    """
    x = _column(values)
    if not low < high:
        raise ArushaError(
            f"the goalposts {low:g} and {high:g} do not rise",
            where="goalposts",
            remedy="give the worst value first and the best second; turn the direction of the indicator instead",
        )
    out = (x + high) / (high - low) if reversed_ else (x - low) / (high - low)
    return np.asarray((np.clip(out, 0.0, 1.0) if cut else out) * scale)


def ranks(values: ArrayLike) -> FloatArray:
    """1 for the smallest value; values that are equal share the smallest of their ranks."""
    x = _column(values)
    out = np.full(x.size, np.nan)
    known = ~np.isnan(x)
    out[known] = stats.rankdata(x[known], method="min")
    return out


def borda(values: ArrayLike) -> FloatArray:
    """How many values are smaller."""
    return ranks(values) - 1.0


def percentile_ranks(values: ArrayLike) -> FloatArray:
    """The share of the others that are smaller."""
    x = _column(values)
    return borda(x) / (np.count_nonzero(~np.isnan(x)) - 1)


METHODS: Mapping[str, Callable[..., FloatArray]] = {
    "min-max": min_max,
    "z-score": z_score,
    "linear": linear,
    "distance to most": distance_to_most,
    "distance to unit": distance_to_unit,
    "distance to target": distance_to_target,
    "share of most": share_of_most,
    "goalposts": goalposts,
    "rank": ranks,
    "borda": borda,
    "percentile rank": percentile_ranks,
}


def normalised(values: ArrayLike, method: str, direction: int = 1, **how: Any) -> FloatArray:
    """One indicator by a named method, after its sign was turned where less is better (``direction`` -1)."""
    if method not in METHODS:
        raise ArushaError(
            f"there is no method {method!r} of normalisation", remedy=f"choose one of {', '.join(METHODS)}"
        )
    if direction not in (-1, 1):
        raise ArushaError(f"the direction of an indicator is {direction}", remedy="write 1, or -1 where less is better")
    if method == "goalposts":
        how = {"reversed_": direction == -1, **how}
    return METHODS[method](_column(values) * direction, **how)
