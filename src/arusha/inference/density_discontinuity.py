"""Does a density jump at a threshold? The manipulation test of Cattaneo, Jansson and Ma, and binomial tests near it.

Sources: Cattaneo, Jansson and Ma (2018, Stata Journal 18; 2020, JASA 115); binomial windows: Cattaneo, Frandsen and
Titiunik (2015, Journal of Causal Inference 3).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from arusha.inference.density_bandwidth import Selection, density_bandwidths
from arusha.inference.distribution_fit import (
    DistributionFit,
    Fit,
    Groups,
    Side,
    Variance,
    distribution_fit,
    empirical_distribution,
)
from arusha.inference.one_sided_kernels import COEFFICIENTS, FloatArray, Kernel

FEWEST_SIDE = 10
"""Observations on a side below which nothing is estimated."""


@dataclass(frozen=True)
class Jump:
    """Densities at the threshold and the test of their difference."""

    density: Side
    se: Side
    t: float
    p: float
    """Two-sided, of no jump."""


@dataclass(frozen=True)
class DensityTest:
    """What a manipulation test found."""

    robust: Jump
    """With polynomials of order q: the headline."""
    conventional: Jump
    """With polynomials of order p, whose bias at this bandwidth is not small."""
    bandwidth: tuple[float, float]
    n: tuple[int, int]
    """Below the threshold, and at or above it."""
    used: tuple[int, int]
    """Of these, within the bandwidths."""
    ties: bool
    """Whether values repeat and the fit was adjusted for it."""


@dataclass(frozen=True)
class BinomialWindows:
    """Exact tests that observations near the threshold fall on either side by chance, by window."""

    left_width: FloatArray
    right_width: FloatArray
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    p: FloatArray


def _distances(x: ArrayLike, cutoff: float) -> FloatArray:
    """Sorted distances from the threshold.

    Raises
    ------
    ValueError
        For values that are not finite, or a threshold outside of them.
    """
    values = np.sort(np.asarray(x, dtype=np.float64).ravel())
    if not np.all(np.isfinite(values)):
        raise ValueError("missing or infinite values: leave them out and say how many they were")
    if not np.isfinite(cutoff) or values.size == 0 or not values[0] < cutoff < values[-1]:
        raise ValueError("the threshold lies outside of the values")
    distance: FloatArray = values - cutoff
    return distance


def _pair(value: float | tuple[float, float], name: str) -> tuple[float, float]:
    one, other = (value, value) if isinstance(value, int | float) else value
    if not (one > 0 and other > 0 and np.isfinite(one) and np.isfinite(other)):
        raise ValueError(f"{name} must be above 0")
    return float(one), float(other)


def density_test(
    x: ArrayLike,
    cutoff: float = 0.0,
    *,
    p: int = 2,
    q: int | None = None,
    kernel: Kernel = "triangular",
    fit: Fit = "unrestricted",
    variance: Variance = "jackknife",
    bandwidth: float | tuple[float, float] | None = None,
    selection: Selection = "comb",
    mass_points: bool = True,
    regularise: bool = True,
    fewest: int | None = None,
    fewest_different: int | None = None,
    cluster: ArrayLike | None = None,
) -> DensityTest:
    """Test that the density of ``x`` does not jump at ``cutoff``.

    Parameters
    ----------
    x
        n observations; a value equal to the cutoff belongs to the right.
    p, q
        Order for which the bandwidth is best, and order of the test (p + 1 by default, which makes the bias small).
    fit
        "restricted": both sides share level and curvature and differ in the density alone.
    variance
        "jackknife", or "plugin" for the asymptotic formula.
    bandwidth
        One for both sides, or (left, right); chosen by ``selection`` if not given.
    mass_points
        Take account of repeated values.
    regularise, fewest, fewest_different
        Whether a chosen bandwidth holds at least so many observations and different values on each side (20 + p + 1 by
        default; 0 asks nothing).
    cluster
        n labels of groups that share their fate (a trader's declarations): the jackknife's variance is by groups. A
        chosen bandwidth is that of observations apart.

    Raises
    ------
    ValueError
        For options that are not known, a cutoff outside of the values, or too few (different) values near it.
    """
    q = p + 1 if q is None else q
    if not 1 <= p <= 7 or q < p:
        raise ValueError("p is 1 to 7, and q not below p")
    if kernel not in COEFFICIENTS or fit not in ("unrestricted", "restricted"):
        raise ValueError(f"kernels are {', '.join(COEFFICIENTS)}; fits unrestricted and restricted")
    if variance not in ("jackknife", "plugin"):
        raise ValueError("the variance is jackknife or plugin")
    distance = _distances(x, cutoff)
    labels = None if cluster is None else _labels(x, cluster)
    if labels is not None and variance != "jackknife":
        raise ValueError("groups need the jackknife")
    n, below = distance.size, int(np.sum(distance < 0))
    if min(below, n - below) < FEWEST_SIDE:
        raise ValueError(f"fewer than {FEWEST_SIDE} observations on one side of the threshold")
    # Without repeated values the adjustment changes nothing.
    ties = mass_points and bool(np.any(np.diff(distance) == 0))
    if bandwidth is None:
        h = density_bandwidths(
            distance,
            p,
            kernel=kernel,
            fit=fit,
            variance=variance,
            mass_points=ties,
            regularise=regularise,
            fewest=20 + p + 1 if fewest is None else ceil(fewest),
            fewest_different=20 + p + 1 if fewest_different is None else ceil(fewest_different),
        ).chosen(selection, fit)
        if not min(h) > 0:
            raise ValueError("no bandwidth could be chosen: the variance came out negative")
    else:
        h = _pair(bandwidth, "a bandwidth")
        if fit == "restricted" and h[0] != h[1]:
            raise ValueError("a restricted fit has one bandwidth")
    near = (distance >= -h[0]) & (distance <= h[1])
    groups = None if labels is None else Groups(labels[near], np.bincount(labels))
    inside, share = distance[near], empirical_distribution(distance, ties)[near]

    def jump(order: int) -> Jump:
        return _jump(
            distribution_fit(
                inside,
                share,
                n,
                h,
                order,
                kernel=kernel,
                fit=fit,
                variance=variance,
                mass_points=ties,
                groups=groups,
            )
        )

    used = int(np.sum(inside < 0))
    return DensityTest(jump(q), jump(p), h, (below, n - below), (used, inside.size - used), ties)


def _labels(x: ArrayLike, cluster: ArrayLike) -> NDArray[np.int64]:
    """Numbers of the groups in the order of the sorted values."""
    values = np.asarray(x, dtype=np.float64).ravel()
    _, number = np.unique(np.asarray(cluster).ravel(), return_inverse=True)
    if number.size != values.size or number.max() < 1:
        raise ValueError("a group for each observation, and two groups at least")
    return number.astype(np.int64)[np.argsort(values, kind="stable")]


def _jump(made: DistributionFit) -> Jump:
    v = made.variance
    se = Side(*(float(np.sqrt(s)) for s in (v.left, v.right, v.difference, v.total)))
    with np.errstate(divide="ignore", invalid="ignore"):
        t = float(np.float64(made.density.difference) / se.difference)
    return Jump(made.density, se, t, float(2 * stats.norm.sf(abs(t))))


def binomial_windows(
    x: ArrayLike,
    cutoff: float = 0.0,
    *,
    bandwidth: float | tuple[float, float] = np.inf,
    windows: int = 10,
    width: float | tuple[float, float] | None = None,
    count: int = 20,
    step_width: float | tuple[float, float] | None = None,
    step_count: int | None = None,
    share: float = 0.5,
) -> BinomialWindows:
    """Exact binomial tests in growing windows around the threshold.

    Parameters
    ----------
    bandwidth
        The widest window left and right; only where neither step is given. A first window as wide is the only one.
    width, count
        First window: its half-widths, or the number of observations that it holds at least on each side.
    step_width, step_count
        By how much windows grow: in width, or in observations on each side. As the first window if neither is given.
    share
        Chance of falling below the threshold.

    Raises
    ------
    ValueError
        As ``density_test``; a side without observations; options that are not above 0.
    """
    distance = _distances(x, cutoff)
    left, right = np.sort(-distance[distance < 0]), distance[distance >= 0]
    if not (windows >= 1 and count >= 1 and 0 <= share <= 1) or (step_count is not None and step_count < 1):
        raise ValueError("windows, count and step_count are at least 1, and share is within 0 and 1")

    def holding(one: int, other: int) -> tuple[float, float]:
        return float(left[min(one, left.size) - 1]), float(right[min(other, right.size) - 1])

    def within(a: float, b: float) -> tuple[int, int]:
        return int(np.searchsorted(left, a, side="right")), int(np.searchsorted(right, b, side="right"))

    windows = ceil(windows)
    first = (max(holding(ceil(count), ceil(count))),) * 2 if width is None else _pair(width, "a width")
    grown = np.arange(windows)
    if step_width is not None:
        step = _pair(step_width, "a step")
        a, b = first[0] + grown * step[0], first[1] + grown * step[1]
    elif step_count is not None:
        made = [first]
        for _ in range(windows - 1):
            inside = within(*made[-1])
            reach = holding(inside[0] + ceil(step_count), inside[1] + ceil(step_count))
            more = max(reach[0] - made[-1][0], reach[1] - made[-1][1])
            made.append((made[-1][0] + more, made[-1][1] + more))
        a, b = np.array(made).T
    else:
        h = (bandwidth, bandwidth) if isinstance(bandwidth, int | float) else bandwidth
        if windows == 1 or first[0] >= h[0] or first[1] >= h[1]:
            a, b = np.array([first[0]]), np.array([first[1]])
        else:
            a, b = (
                w + grown * ((end - w) / (windows - 1) if w * windows > end else w)
                for w, end in zip(first, h, strict=True)
            )
    found = [within(float(u), float(v)) for u, v in zip(a, b, strict=True)]
    p = [float(stats.binomtest(one, one + other, share).pvalue) if one + other else 1.0 for one, other in found]
    counts = np.array(found, dtype=np.int64)
    return BinomialWindows(np.asarray(a), np.asarray(b), counts[:, 0], counts[:, 1], np.array(p))
