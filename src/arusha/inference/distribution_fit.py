"""A distribution function fitted on both sides of a threshold by local polynomials; its slope is the density.

Source: Cattaneo, Jansson and Ma (2020), Simple local polynomial density estimators, JASA 115.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from arusha.inference.one_sided_kernels import FloatArray, Kernel, empirical_process_gram, gram, weights

Fit = Literal["unrestricted", "restricted"]
Variance = Literal["jackknife", "plugin"]


@dataclass(frozen=True)
class Side:
    """A quantity of each side, and of both together."""

    left: float
    right: float
    difference: float
    """Right less left."""
    total: float


@dataclass(frozen=True)
class Groups:
    """Groups that share their fate."""

    label: NDArray[np.int64]
    """Of each observation in the window, from 0 on."""
    size: NDArray[np.int64]
    """Observations of each group, in the window or not."""


@dataclass(frozen=True)
class DistributionFit:
    """Densities at the threshold."""

    density: Side
    variance: Side
    """Of each density, their difference and their sum; NaN where an estimate came out negative."""
    coefficient: Side
    """Of the term of the order asked for, in units of the running variable."""


def empirical_distribution(x: FloatArray, mass_points: bool) -> FloatArray:
    """Share of the other observations below each of the sorted ``x``; equal values get their largest, if asked."""
    n = x.size
    rank = np.searchsorted(x, x, side="right") - 1 if mass_points else np.arange(n)
    return rank / (n - 1.0)


def distribution_fit(
    x: FloatArray,
    share: FloatArray,
    n: int,
    width: tuple[float, float],
    order: int,
    *,
    term: int = 1,
    kernel: Kernel,
    fit: Fit,
    variance: Variance,
    mass_points: bool,
    groups: Groups | None = None,
) -> DistributionFit:
    """Fit in a window.

    Parameters
    ----------
    x, share
        Sorted observations within the window, as distances from the threshold (0 belongs to the right), and the
        empirical distribution there.
    n
        Observations in all.
    width
        Bandwidth on the left and on the right.
    order, term
        Order of the polynomials, and the term whose coefficient is wanted.
    groups
        Observations of a group share their fate: the jackknife leaves out whole groups.
    fit
        "restricted": one level and one curvature for both sides, apart from the slopes.

    Raises
    ------
    ValueError
        If there are too few different values for the order.
    """
    left = x < 0
    cut = int(left.sum())
    u = np.where(left, x / width[0], x / width[1])
    w = weights(u, kernel) / np.where(left, width[0], width[1])
    powers = u[:, None] ** np.arange(order + 1)
    if fit == "unrestricted":
        X = np.zeros((x.size, 2 * order + 2))
        X[:cut, : order + 1] = powers[:cut]
        X[cut:, order + 1 :] = powers[cut:]
        slope, at = (1, order + 2), (term, order + 1 + term)
        scale = np.concatenate([width[0] ** np.arange(order + 1.0), width[1] ** np.arange(order + 1.0)])
    else:
        X = np.column_stack([powers[:, 0], powers[:, 1] * left, powers[:, 1] * ~left, powers[:, 2:]])
        slope, at = (1, 2), (term + 1, term + 1) if term > 1 else (1, 2)
        scale = width[0] ** np.concatenate([[0.0, 1.0, 1.0], np.arange(2.0, order + 1)])
    Q, R = np.linalg.qr(np.sqrt(w)[:, None] * X)
    if X.shape[0] < X.shape[1] or not np.min(np.abs(np.diag(R))) > 1e-12 * np.max(np.abs(np.diag(R))):
        raise ValueError("too few different values near the threshold for a polynomial of this order")
    Ri = np.linalg.inv(R)
    b = Ri @ (Q.T @ (np.sqrt(w) * share)) / scale
    density = _sides(b[slope[0]], b[slope[1]])
    if variance == "jackknife":
        V = _jackknife(x, X, w, n, Ri, mass_points, groups) / np.outer(scale, scale)
        one, other, both = V[slope[0], slope[0]], V[slope[1], slope[1]], V[slope[0], slope[1]]
    elif fit == "unrestricted":
        Si = np.linalg.inv(gram(order, kernel))
        v = float((Si @ empirical_process_gram(order, kernel) @ Si)[1, 1])
        one, other, both = density.left * v / (n * width[0]), density.right * v / (n * width[1]), 0.0
    else:
        V = _plugin_restricted(density, order, kernel) / (n * width[0])
        one, other, both = V[1, 1], V[2, 2], V[1, 2]
    spread = Side(*(_not_negative(v) for v in (one, other, one + other - 2 * both, one + other + 2 * both)))
    return DistributionFit(density, spread, _sides(b[at[0]], b[at[1]]))


def _sides(left: float, right: float) -> Side:
    return Side(float(left), float(right), float(right - left), float(right + left))


def _not_negative(v: float) -> float:
    return float(v) if v >= 0 else float("nan")


def _jackknife(
    x: FloatArray, X: FloatArray, w: FloatArray, n: int, Ri: FloatArray, mass_points: bool, groups: Groups | None
) -> FloatArray:
    """Variance of the coefficients: each observation moves the distribution of all those above it."""
    sums = np.vstack([np.cumsum((w[:, None] * X)[::-1], axis=0)[::-1], np.zeros(X.shape[1])]) / (n - 1.0)
    # The sum over those above; of equal values, the first is given its own fellows too, and all get what it gets.
    after = (np.searchsorted(x, x, side="left") if mass_points else np.arange(x.size)) + 1
    moved = Ri @ (Ri.T @ sums[after].T)
    if groups is not None:
        size = groups.size.astype(np.float64)
        summed = np.zeros((size.size, moved.shape[0]))
        np.add.at(summed, groups.label, moved.T)
        # What one observation moves is measured against what the mean one moves, those outside of the window too.
        summed -= np.outer(size, moved.sum(axis=1) / n)
        clustered: FloatArray = size.size / (size.size - 1.0) * summed.T @ summed
        return clustered
    found: FloatArray = moved @ moved.T
    return found


def swap(order: int) -> FloatArray:
    """The map between moments of the right side and of the left one, for the restricted fit."""
    found = np.diag(np.concatenate([[1.0, 0.0, 0.0], (-1.0) ** np.arange(2, order + 1)]))
    found[1, 2] = found[2, 1] = -1.0
    return found


def widened(right: FloatArray) -> FloatArray:
    """Moments of the right side with an empty row (and column) for the slope of the left one."""
    for axis in range(right.ndim):
        right = np.insert(right, 1, 0.0, axis=axis)
    return right


def _plugin_restricted(density: Side, order: int, kernel: Kernel) -> FloatArray:
    P = swap(order)
    S, G = widened(gram(order, kernel)), widened(empirical_process_gram(order, kernel))
    Ai = np.linalg.inv(density.left * P @ S @ P + density.right * S)
    found: FloatArray = Ai @ (density.left**3 * P @ G @ P + density.right**3 * G) @ Ai
    return found
