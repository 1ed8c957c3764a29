"""Reliability beyond alpha: every way to part a scale in two halves, and what one common factor explains.

Alpha is the mean over halves of equal size only where items are alike; the worst split tells whether a scale has one
core or two, and omega takes items as they load on it.

Sources: Guttman 1945 (Psychometrika 10:255); Revelle 1979 for the worst split; McDonald 1999 for omega; Harman and
Jones 1966 for the factor.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize

from arusha.errors import ArushaError
from arusha.index.reliability import FloatArray, covariances

MOST_ITEMS = 18
"""Beyond which there are too many halves to try each (48,620 of 18 items)."""


@dataclass(frozen=True)
class Halves:
    """Reliabilities of all splits into halves (as near as can be), of the correlations."""

    best: float
    """Guttman's lambda 4."""
    worst: float
    """Revelle's beta."""
    mean: float
    splits: int
    best_half: tuple[int, ...]
    """Items of one half of the best split."""
    worst_half: tuple[int, ...]


@dataclass(frozen=True)
class OneFactor:
    """One factor by least squares of the correlations off the diagonal (minres)."""

    loadings: FloatArray
    omega: float
    """Share of the variance of the standardised sum that is not the items' own."""
    residual: float
    """Root mean square of what is left of the correlations off the diagonal."""


def _correlations(items: ArrayLike) -> FloatArray:
    C = covariances(items)
    sd = np.sqrt(np.diag(C))
    if np.any(sd == 0):
        raise ArushaError(
            f"item {int(np.flatnonzero(sd == 0)[0]) + 1} has one answer only",
            where="reliability",
            remedy="leave it out: it tells people apart in nothing",
        )
    return np.asarray(C / np.outer(sd, sd))


def split_halves(items: ArrayLike) -> Halves:
    """Every split of people x items into two halves. Missing answers are NaN and count where they are.

    The reliability of a split is four times the covariance of its halves over the variance of the sum.

    Raises
    ------
    ArushaError
        For fewer than two items or more than 18, and for an item with one answer only.
    """
    R = _correlations(items)
    k = len(R)
    if k > MOST_ITEMS:
        raise ArushaError(
            f"{k} items have too many halves to try each", where="split_halves", remedy=f"give {MOST_ITEMS} at most"
        )
    whole, half = float(R.sum()), k // 2
    sets = np.array(list(combinations(range(k), half)))
    if k % 2 == 0:
        sets = sets[: len(sets) // 2]  # the other half of each is there too
    member = np.zeros((len(sets), k))
    member[np.arange(len(sets))[:, None], sets] = 1.0
    across = np.einsum("si,ij,sj->s", member, R, 1.0 - member, optimize=True)
    found = 4.0 * across / whole
    best, worst = int(np.argmax(found)), int(np.argmin(found))
    return Halves(
        float(found[best]),
        float(found[worst]),
        float(found.mean()),
        len(sets),
        tuple(int(i) for i in sets[best]),
        tuple(int(i) for i in sets[worst]),
    )


def one_factor(items: ArrayLike) -> OneFactor:
    """What one common factor explains of people x items (three or more), and omega.

    Raises
    ------
    ArushaError
        For fewer than three items, an item with one answer only, or where an item would have to be explained by more
        than all (a loading of 1): there is no such factor.
    """
    R = _correlations(items)
    k = len(R)
    if k < 3:
        raise ArushaError("two items have many factors", where="one_factor", remedy="give three items or more")
    off = ~np.eye(k, dtype=bool)
    value, vector = np.linalg.eigh(R)
    start = vector[:, -1] * np.sqrt(value[-1]) * 0.9

    def gap(b: FloatArray) -> FloatArray:
        return np.asarray((R - np.outer(b, b))[off])

    def slope(b: FloatArray) -> FloatArray:
        full = np.zeros((k, k, k))
        for j in range(k):
            full[j, :, j] -= b
            full[:, j, j] -= b
        return np.asarray(full[off])

    found = optimize.least_squares(gap, start, jac=slope, xtol=1e-15, ftol=1e-15, gtol=1e-15)
    loadings = np.asarray(found.x if found.x.sum() >= 0 else -found.x)
    if np.abs(loadings).max() >= 1.0:
        raise ArushaError(
            f"item {int(np.argmax(np.abs(loadings))) + 1} would have to be explained in full and more",
            where="one_factor",
            remedy="leave the item out, or look for more than one factor",
        )
    own = float(np.sum(1.0 - loadings**2))
    return OneFactor(loadings, 1.0 - own / float(R.sum()), float(np.sqrt(np.mean(gap(loadings) ** 2))))
