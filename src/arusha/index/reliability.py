"""Whether the items of a scale hang together: Cronbach's alpha and what each item adds to it.

Sources: Cronbach 1951; Guttman 1945 for lambda 2 and 6; Feldt, Woodruff and Salih 1987 for the interval; Duhachek and
Iacobucci 2004 (Journal of Applied Psychology 89:792) for the standard error. The corrected item correlations are those
of the R package psych.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from arusha.errors import ArushaError

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class IfDropped:
    """The scale without each item in turn, one entry an item; NaN with two items."""

    raw: FloatArray
    standardised: FloatArray
    lambda6: FloatArray
    average_r: FloatArray
    signal_to_noise: FloatArray
    se: FloatArray
    variance_r: FloatArray
    """Of the correlations between the items that are left, and their median."""
    median_r: FloatArray


@dataclass(frozen=True)
class Alpha:
    """Of the scale, and of each item. ``raw`` weighs items by their variance, ``standardised`` alike."""

    raw: float
    standardised: float
    lambda2: float
    lambda6: float
    average_r: float
    median_r: float
    signal_to_noise: float
    """Of the standardised scale: k r / (1 - r)."""
    se: float
    """Standard error of ``raw`` (Duhachek and Iacobucci)."""
    low: float
    high: float
    """Feldt's interval of ``raw``, exact for normal answers; too narrow for skew ones."""
    mean: float
    """Of people's mean answers, and their standard deviation."""
    sd: float
    keys: FloatArray
    """-1 for items that were turned."""
    dropped: IfDropped
    item_whole_raw: FloatArray
    """Correlation of an item with the whole, itself included."""
    item_whole_standardised: FloatArray
    item_rest: FloatArray
    """Correlation of an item with the sum of the others."""
    item_whole: FloatArray
    """Correlation with the whole, corrected for the item's own part in it and for its reliability."""

    @property
    def if_dropped(self) -> FloatArray:
        """Raw alpha of the other items."""
        return self.dropped.raw


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


def _standardised(R: FloatArray) -> tuple[float, float, float]:
    """Alpha, mean correlation and lambda 6 of correlations; NaN for lambda 6 where an item follows from the others."""
    k = len(R)
    average = float((R.sum() - k) / (k * (k - 1)))
    explained = 1.0 - 1.0 / np.diag(np.linalg.inv(R)) if np.linalg.cond(R) < 1e12 else np.full(k, np.nan)
    return k * average / (1.0 + (k - 1) * average), average, float(1.0 - np.sum(1.0 - explained) / R.sum())


def _se(C: FloatArray, n: int) -> float:
    k, whole, trace = len(C), float(C.sum()), float(np.trace(C))
    square = C @ C
    inner = whole * (float(np.trace(square)) + trace**2) - 2.0 * trace * float(square.sum())
    return float(np.sqrt(2.0 * k**2 / ((k - 1) ** 2 * whole**3) * inner / n))


def _off(R: FloatArray) -> FloatArray:
    return np.asarray(R[np.tril_indices(len(R), -1)])


def alpha(
    items: ArrayLike,
    *,
    keys: ArrayLike | Literal["first component"] | None = None,
    level: float = 0.95,
) -> Alpha:
    """Alpha and its companions of people x items.

    Parameters
    ----------
    keys
        1 or -1 an item: which are asked the other way round and are turned. ``first component``: those that load
        negatively on the first principal component of the correlations; look at them before believing it.
    level
        Of the interval.

    Missing answers are NaN and count where they are: each covariance is of those who answered both.
    """
    x = np.asarray(items, dtype=np.float64)
    C = covariances(x)
    sd = np.sqrt(np.diag(C))
    if np.any(sd == 0):
        raise ArushaError(
            f"item {int(np.flatnonzero(sd == 0)[0]) + 1} has one answer only",
            where="alpha",
            remedy="leave it out: it tells people apart in nothing",
        )
    R = C / np.outer(sd, sd)
    k, n = len(C), len(x)
    turned = np.ones(k)
    if keys is not None:
        if isinstance(keys, str):
            first = np.linalg.eigh(R)[1][:, -1]
            turned = np.where(first * (1.0 if first.sum() >= 0 else -1.0) < 0.0, -1.0, 1.0)
        else:
            turned = np.asarray(keys, dtype=np.float64)
        if turned.shape != (k,) or not np.all(np.isin(turned, (-1.0, 1.0))):
            raise ArushaError("keys are 1 or -1, one an item", where="alpha", remedy="give -1 for items to be turned")
        both = np.outer(turned, turned)
        C, R = C * both, R * both
        # Turned within the range of all answers, so that the mean stays on the scale of the answers.
        x = np.where(turned < 0, np.nanmax(x) + np.nanmin(x) - x, x)
    raw, (standardised, average, lambda6) = _alpha(C), _standardised(R)
    explained = 1.0 - 1.0 / np.diag(np.linalg.inv(R)) if np.linalg.cond(R) < 1e12 else np.full(k, np.nan)
    rest = C.sum(axis=0) - np.diag(C)
    others = C.sum() - 2.0 * C.sum(axis=0) + np.diag(C)
    corrected = R.copy()
    np.fill_diagonal(corrected, explained)
    people = np.nanmean(x[~np.isnan(x).all(axis=1)], axis=1)
    tail = (1.0 - level) / 2.0
    limits = [1.0 - (1.0 - raw) * float(stats.f.ppf(q, n - 1, (n - 1) * (k - 1))) for q in (1.0 - tail, tail)]
    off = _off(R)
    whole = np.nanmean(x, axis=1)
    return Alpha(
        raw=raw,
        standardised=standardised,
        lambda2=float((2.0 * off.sum() + np.sqrt(k / (k - 1) * 2.0 * float(off @ off))) / R.sum()),
        lambda6=lambda6,
        average_r=average,
        median_r=float(np.median(off)),
        signal_to_noise=k * average / (1.0 - average),
        se=_se(C, n),
        low=limits[0],
        high=limits[1],
        mean=float(people.mean()),
        sd=float(people.std(ddof=1)),
        keys=turned,
        dropped=_without_each(C, R, n),
        item_whole_raw=np.array([_correlation(column, whole) for column in x.T]),
        item_whole_standardised=np.asarray(R.sum(axis=0) / np.sqrt(R.sum())),
        item_rest=np.asarray(rest / (sd * np.sqrt(others))),
        item_whole=np.asarray(corrected.sum(axis=0) / np.sqrt(corrected.sum())),
    )


def _correlation(a: FloatArray, b: FloatArray) -> float:
    known = ~(np.isnan(a) | np.isnan(b))
    return float(np.corrcoef(a[known], b[known])[0, 1])


def _without_each(C: FloatArray, R: FloatArray, n: int) -> IfDropped:
    k = len(C)
    rows = []
    for j in range(k):
        c, r = (np.delete(np.delete(m, j, 0), j, 1) for m in (C, R))
        if k < 3:
            rows.append([np.nan] * 8)
            continue
        standardised, average, lambda6 = _standardised(r)
        off = _off(r)
        spread = float(off.var(ddof=1)) if off.size > 1 else np.nan
        signal = (k - 1) * average / (1.0 - average)
        rows.append([_alpha(c), standardised, lambda6, average, signal, _se(c, n), spread, float(np.median(off))])
    return IfDropped(*np.array(rows, dtype=np.float64).T)
