"""Whether the items of a scale hang together: Cronbach's alpha and what each item adds to it.

Source: Cronbach 1951; Guttman 1945 for lambda 6. The corrected item correlations are those of the R package psych.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arusha.errors import ArushaError

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Alpha:
    """Of the scale, and of each item. ``raw`` weighs items by their variance, ``standardised`` alike."""

    raw: float
    standardised: float
    lambda6: float
    average_r: float
    if_dropped: FloatArray
    """Raw alpha of the other items."""
    item_rest: FloatArray
    """Correlation of an item with the sum of the others."""
    item_whole: FloatArray
    """Correlation with the whole, corrected for the item's own part in it and for its reliability."""


def covariances(items: ArrayLike) -> FloatArray:
    """Items x items, each from the people who answered both (divisor n - 1)."""
    x = np.asarray(items, dtype=np.float64)
    if x.ndim != 2 or x.shape[1] < 2:
        raise ArushaError("a scale has two items or more", where="alpha", remedy="give people x items")
    known = ~np.isnan(x)
    both = known.T.astype(float) @ known
    if np.any(both < 2):
        raise ArushaError(
            "two items were answered together by fewer than two people",
            where="alpha",
            remedy="leave out the item that nearly nobody answered",
        )
    filled = np.where(known, x, 0.0)
    # Means of an item over those who answered the other too.
    sums = filled.T @ known
    products = filled.T @ filled
    return np.asarray((products - sums * sums.T / both) / (both - 1))


def cronbach(items: ArrayLike) -> float:
    """Raw alpha of people x items; a missing answer is NaN."""
    return _alpha(covariances(items))


def _alpha(C: FloatArray) -> float:
    k = len(C)
    return float(k / (k - 1) * (1.0 - np.trace(C) / C.sum()))


def alpha(items: ArrayLike) -> Alpha:
    """Alpha and its companions of people x items."""
    C = covariances(items)
    sd = np.sqrt(np.diag(C))
    if np.any(sd == 0):
        raise ArushaError(
            f"item {int(np.flatnonzero(sd == 0)[0]) + 1} has one answer only",
            where="alpha",
            remedy="leave it out: it tells people apart in nothing",
        )
    R = C / np.outer(sd, sd)
    k = len(C)
    average = float((R.sum() - k) / (k * (k - 1)))
    explained = 1.0 - 1.0 / np.diag(np.linalg.inv(R)) if np.linalg.cond(R) < 1e12 else np.full(k, np.nan)
    drop = np.array([_alpha(np.delete(np.delete(C, j, 0), j, 1)) for j in range(k)]) if k > 2 else np.full(k, np.nan)
    rest = C.sum(axis=0) - np.diag(C)
    others = C.sum() - 2.0 * C.sum(axis=0) + np.diag(C)
    corrected = R.copy()
    np.fill_diagonal(corrected, explained)
    return Alpha(
        raw=_alpha(C),
        standardised=k * average / (1.0 + (k - 1) * average),
        lambda6=float(1.0 - np.sum(1.0 - explained) / R.sum()),
        average_r=average,
        if_dropped=drop,
        item_rest=np.asarray(rest / (sd * np.sqrt(others))),
        item_whole=np.asarray(corrected.sum(axis=0) / np.sqrt(corrected.sum())),
    )
