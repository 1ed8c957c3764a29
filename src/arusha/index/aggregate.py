"""Several indicators become one: units x indicators in, one value a unit out.

A missing value is left out with its weight; a unit without any value has none. Weights are relative.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arusha.errors import ArushaError
from arusha.language.told import error_at

FloatArray = NDArray[np.float64]


def _weighed(values: ArrayLike, weights: ArrayLike | None) -> tuple[FloatArray, FloatArray]:
    """Units x indicators, and weights of the same shape that are 0 where a value is missing and sum to 1."""
    x = np.atleast_2d(np.asarray(values, dtype=np.float64))
    w = np.ones(x.shape[1]) if weights is None else np.asarray(weights, dtype=np.float64)
    if w.shape != (x.shape[1],) or not np.all(np.isfinite(w)) or np.any(w < 0) or not np.any(w > 0):
        raise error_at(ArushaError, "profile-weights", "profile-weights", "aggregate")
    w = np.where(np.isnan(x), 0.0, w)
    total = w.sum(axis=1, keepdims=True)
    return x, np.divide(w, total, out=np.full_like(w, np.nan), where=total > 0)


def _summed(terms: FloatArray, w: FloatArray) -> FloatArray:
    empty = np.isnan(w).any(axis=1)
    return np.where(empty, np.nan, np.sum(np.where(w > 0, w * terms, 0.0), axis=1))


def _positive(x: FloatArray, what: str) -> FloatArray:
    if np.any(x[~np.isnan(x)] <= 0):
        raise ArushaError(
            f"the {what} mean is of positive values only, and one is 0 or less",
            where="aggregate",
            remedy="put the indicators on a scale that begins above 0, such as 1 to 100",
        )
    return np.where(np.isnan(x), 1.0, x)


def arithmetic_mean(values: ArrayLike, weights: ArrayLike | None = None) -> FloatArray:
    """A poor value is made up for by a good one, in full."""
    x, w = _weighed(values, weights)
    return _summed(x, w)


def geometric_mean(values: ArrayLike, weights: ArrayLike | None = None) -> FloatArray:
    """A poor value is made up for in part."""
    x, w = _weighed(values, weights)
    return np.asarray(np.exp(_summed(np.log(_positive(x, "geometric")), w)))


def harmonic_mean(values: ArrayLike, weights: ArrayLike | None = None) -> FloatArray:
    """A poor value is made up for even less."""
    x, w = _weighed(values, weights)
    return np.asarray(1.0 / _summed(1.0 / _positive(x, "harmonic"), w))


def power_mean(values: ArrayLike, weights: ArrayLike | None = None, power: float = 0.5) -> FloatArray:
    """The generalised mean; 1 is the arithmetic one, towards 0 the geometric one, -1 the harmonic one."""
    if power == 0:
        return geometric_mean(values, weights)
    x, w = _weighed(values, weights)
    return np.asarray(_summed(_positive(x, "power") ** power, w) ** (1.0 / power))


def outranking(values: ArrayLike, weights: ArrayLike | None = None) -> FloatArray:
    """Units x units: the weight of the indicators on which the one is better, and half of those that are equal."""
    x = np.atleast_2d(np.asarray(values, dtype=np.float64))
    w = np.ones(x.shape[1]) if weights is None else np.asarray(weights, dtype=np.float64)
    w = w / w.sum()
    better = np.nansum(np.where(x[:, None, :] > x[None, :, :], w, 0.0), axis=2)
    equal = np.nansum(np.where(x[:, None, :] == x[None, :, :], w, 0.0), axis=2)
    out = better + equal / 2.0
    # Where a value is missing, what is not won is lost: the two halves of a pair add up to 1.
    lower = np.tril_indices(len(out), -1)
    out[lower] = 1.0 - out.T[lower]
    np.fill_diagonal(out, 0.0)
    return np.asarray(out)


def copeland(values: ArrayLike, weights: ArrayLike | None = None) -> FloatArray:
    """Sums of the outranking matrix: nothing is made up for, only who is better on how much counts."""
    return np.asarray(outranking(values, weights).sum(axis=1))


METHODS: Mapping[str, Callable[..., FloatArray]] = {
    "arithmetic": arithmetic_mean,
    "geometric": geometric_mean,
    "harmonic": harmonic_mean,
    "power": power_mean,
    "copeland": copeland,
}


def aggregated(
    values: ArrayLike, method: str, weights: ArrayLike | None = None, enough: float | None = None
) -> FloatArray:
    """By a named method. ``enough``: the share of indicators a unit needs, without which it has no value."""
    if method not in METHODS:
        raise ArushaError(f"there is no method {method!r} of aggregation", remedy=f"choose one of {', '.join(METHODS)}")
    x = np.atleast_2d(np.asarray(values, dtype=np.float64))
    out = METHODS[method](x, weights)
    if enough is not None:
        out = np.where(np.mean(~np.isnan(x), axis=1) < enough, np.nan, out)
    return out
