"""Outliers of indicators: values far out are drawn in, and where that is not enough, the scale is changed.

An indicator is left alone unless it is both skew and heavy-tailed (the handbook's rule of thumb, as the R package COINr
applies it): up to ``most`` extreme values take the value of the next one; if that does not do, logs are taken of the
values as they came.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arusha.errors import ArushaError

FloatArray = NDArray[np.float64]

SKEWNESS, KURTOSIS = 2.0, 3.5
FEWEST = 4
"""Values without which kurtosis is not defined."""


@dataclass(frozen=True)
class Treated:
    """``how`` is ``none``, ``drawn in`` or the name of the scale (``log``, ...); ``moved`` the number of values drawn
    in."""

    values: FloatArray
    how: str
    moved: int


def _known(values: ArrayLike) -> FloatArray:
    x = np.asarray(values, dtype=np.float64)
    x = x[~np.isnan(x)]
    if x.size < FEWEST:
        raise ArushaError(
            f"an indicator has {x.size} values; its skewness and kurtosis need {FEWEST}",
            where="treat",
            remedy="leave the indicator out of the treatment of outliers",
        )
    return x


def skewness(values: ArrayLike) -> float:
    """The sample skewness with the correction for small samples (type 2 of Joanes and Gill 1998)."""
    x = _known(values)
    n, d = x.size, x - x.mean()
    plain = np.sqrt(n) * np.sum(d**3) / np.sum(d**2) ** 1.5
    return float(plain * np.sqrt(n * (n - 1)) / (n - 2))


def kurtosis(values: ArrayLike) -> float:
    """The sample excess kurtosis with the same correction."""
    x = _known(values)
    n, d = x.size, x - x.mean()
    plain = n * np.sum(d**4) / np.sum(d**2) ** 2 - 3.0
    return float(((n + 1) * plain + 6.0) * (n - 1) / ((n - 2) * (n - 3)))


def acceptable(values: ArrayLike, skew: float = SKEWNESS, kurt: float = KURTOSIS) -> bool:
    """Whether an indicator is not both skew and heavy-tailed."""
    return abs(skewness(values)) < skew or kurtosis(values) < kurt


def drawn_in(
    values: ArrayLike, most: int | None = 5, skew: float = SKEWNESS, kurt: float = KURTOSIS, *, forced: bool = False
) -> tuple[FloatArray, int]:
    """Extreme values on the long side take the next one's value, one after another, until it is acceptable.

    ``most`` values are moved at most (values that are equal move together, and may pass it); None for no limit.
    ``forced``: up to ``most`` whether it is acceptable or not. Returns the values and how many were moved.
    """
    if forced and most is None:
        raise ArushaError("values are drawn in without end", where="treat", remedy="give how many at most")
    x = np.array(values, dtype=np.float64)
    high, low = 0, 0
    while (forced or not acceptable(x, skew, kurt)) and (most is None or high + low < most):
        if skewness(x) >= 0:
            at = x == np.nanmax(x)
            x[at], high = np.nanmax(x[~at]), int(at.sum())
        else:
            at = x == np.nanmin(x)
            x[at], low = np.nanmin(x[~at]), int(at.sum())
    return x, high + low


def logged(values: ArrayLike, above: float = 0.01) -> FloatArray:
    """Logs of the distance to the smallest value and ``above`` of the range, so that the smallest has one too."""
    x = np.asarray(values, dtype=np.float64)
    least, most = np.nanmin(x), np.nanmax(x)
    return np.asarray(np.log(x - least + above * (most - least)))


def box_cox(values: ArrayLike, power: float, positive: bool = True) -> FloatArray:
    """The power transformation of Box and Cox (1964); ``positive``: moved first so that the smallest value is 1."""
    x = np.asarray(values, dtype=np.float64)
    if positive:
        x = x - np.nanmin(x) + 1.0
    return np.asarray(np.log(x) if power == 0 else (x**power - 1.0) / power)


def logged_by_skew(values: ArrayLike, above: float = 0.01) -> FloatArray:
    """As ``logged`` where the long side is above; where it is below, the same from the largest value downwards."""
    x = np.asarray(values, dtype=np.float64)
    return logged(x, above) if skewness(x) > 0 else -logged(-x, above)


def logged_plainly(values: ArrayLike) -> FloatArray:
    """Logs of the distance to the smallest value, plus 1: the result depends on the unit of measurement."""
    x = np.asarray(values, dtype=np.float64)
    return np.asarray(np.log(x - np.nanmin(x) + 1.0))


SCALES: Mapping[str, Callable[[ArrayLike], FloatArray]] = {
    "log": logged,
    "log by skew": logged_by_skew,
    "plain log": logged_plainly,
}


def treated(
    values: ArrayLike,
    most: int | None = 5,
    skew: float = SKEWNESS,
    kurt: float = KURTOSIS,
    *,
    scale: str = "log",
    combined: bool = False,
) -> Treated:
    """An indicator after treatment: ``scale`` is what is done where drawing in does not do, to the values as they came
    or (``combined``) to those drawn in."""
    if scale not in SCALES:
        raise ArushaError(f"there is no scale {scale!r}", where="treat", remedy=f"choose one of {', '.join(SCALES)}")
    x = np.array(values, dtype=np.float64)
    if acceptable(x, skew, kurt):
        return Treated(x, "none", 0)
    closer, moved = drawn_in(x, most, skew, kurt)
    if acceptable(closer, skew, kurt):
        return Treated(closer, "drawn in", moved)
    return Treated(SCALES[scale](closer if combined else x), scale, moved if combined else 0)
