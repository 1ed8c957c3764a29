"""Values that are missing, from those that are there; what is known is never changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arusha.errors import ArushaError

FloatArray = NDArray[np.float64]


def by_mean(values: ArrayLike) -> FloatArray:
    """The mean of the units that have a value."""
    return _filled(values, None, np.mean)


def by_median(values: ArrayLike) -> FloatArray:
    """The median of the units that have a value."""
    return _filled(values, None, np.median)


def by_group_mean(values: ArrayLike, group: ArrayLike) -> FloatArray:
    """The mean of the unit's own group; where the group has no value, it stays missing."""
    return _filled(values, group, np.mean)


def by_group_median(values: ArrayLike, group: ArrayLike) -> FloatArray:
    """The median of the unit's own group; where the group has no value, it stays missing."""
    return _filled(values, group, np.median)


def _filled(values: ArrayLike, group: ArrayLike | None, centre: Callable[[FloatArray], float]) -> FloatArray:
    x = np.array(values, dtype=np.float64)
    names = np.zeros(x.size, dtype=np.int64) if group is None else np.asarray(group)
    if names.shape != x.shape:
        raise ValueError("group has one entry a unit")
    gone = np.isnan(x)
    for name in np.unique(names[gone]):
        mine = names == name
        known = x[mine & ~gone]
        if known.size:
            x[mine & gone] = centre(known)
    return x


METHODS: Mapping[str, Callable[..., FloatArray]] = {
    "mean": by_mean,
    "median": by_median,
    "group mean": by_group_mean,
    "group median": by_group_median,
}


def imputed(values: ArrayLike, method: str, group: ArrayLike | None = None) -> FloatArray:
    """One indicator by a named method; ``none`` leaves it as it is."""
    if method == "none":
        return np.array(values, dtype=np.float64)
    if method not in METHODS:
        raise ArushaError(
            f"there is no method {method!r} of imputation", remedy=f"choose none or one of {', '.join(METHODS)}"
        )
    if method.startswith("group"):
        if group is None:
            raise ArushaError(
                f"{method} needs the units' groups", where="impute", remedy="name the groups, or use mean"
            )
        return METHODS[method](values, group)
    return METHODS[method](values)
