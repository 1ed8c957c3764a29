"""Bandwidths for densities on both sides of a threshold that make the mean squared error least.

Source: Cattaneo, Jansson and Ma (2018, Stata Journal 18; 2022, Journal of Statistical Software 101). Pilot bandwidths
are those of a normal law; a bandwidth holds a least number of observations, and of different values, on each side.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, pi, sqrt
from typing import Literal

import numpy as np
from scipy.special import eval_hermitenorm

from arusha.inference.distribution_fit import (
    Fit,
    Side,
    Variance,
    distribution_fit,
    empirical_distribution,
    swap,
    widened,
)
from arusha.inference.one_sided_kernels import FloatArray, Kernel, gram, next_moments

Selection = Literal["each", "diff", "sum", "comb"]

# Of the mean squared error of a normal law with a uniform kernel, by order 1 to 7: for the density, and for the
# derivative that its bias needs.
_DENSITY = (4.8, 3840 / 7, 100_800.0, 29558225.458100609, 12896196859.612621, 7890871468221.6094, 6467911284037581.0)
_DERIVATIVE = (
    25884.444444494151,
    3430865.4551236178,
    845007948.04262603,
    330631733667.03809,
    187774809656037.31,
    145729502641999264.0,
    146013502974449876992.0,
)


@dataclass(frozen=True)
class DensityBandwidths:
    """Bandwidths for each purpose."""

    bandwidth: Side
    """For the density on the left, on the right, their difference and their sum."""
    variance: Side
    bias2: Side

    def chosen(self, selection: Selection, fit: Fit) -> tuple[float, float]:
        """The bandwidths left and right.

        "comb" is the median of each side's, the difference's and the sum's; for a restricted fit the smaller of the
        last two.

        Raises
        ------
        ValueError
            For a selection that is not known, or "each" with a restricted fit, which has one bandwidth.
        """
        h = self.bandwidth
        if selection == "diff":
            return h.difference, h.difference
        if selection == "sum":
            return h.total, h.total
        if fit == "restricted":
            if selection != "comb":
                raise ValueError("a restricted fit has one bandwidth: diff, sum or comb")
            least = min(h.difference, h.total)
            return least, least
        if selection == "each":
            return h.left, h.right
        if selection != "comb":
            raise ValueError(f"the selection is one of each, diff, sum, comb, not {selection!r}")
        return float(np.median([h.left, h.difference, h.total])), float(np.median([h.right, h.difference, h.total]))


def _reach(left: FloatArray, right: FloatArray, least: int) -> tuple[float, float]:
    """Distances within which ``least`` values lie, or all there are."""
    return float(left[min(least, left.size) - 1]), float(right[min(least, right.size) - 1])


def density_bandwidths(
    x: FloatArray,
    order: int,
    *,
    kernel: Kernel,
    fit: Fit,
    variance: Variance,
    mass_points: bool,
    regularise: bool,
    fewest: int,
    fewest_different: int,
) -> DensityBandwidths:
    """Bandwidths of sorted distances ``x`` from the threshold for polynomials of ``order``; see ``density_test``.

    Raises
    ------
    ValueError
        If there are too few different values near the threshold.
    """
    n, p = x.size, order
    different = np.unique(x)
    away = [np.sort(-v[v < 0]) for v in (x, different)], [v[v >= 0] for v in (x, different)]
    sides = [(away[0][k], away[1][k]) for k in (0, 1)]
    asked = [least > 0 for least in (fewest, fewest_different)]
    sd = float(x.std(ddof=1))
    at = float(x.mean()) / sd
    normal = exp(-at * at / 2) / sqrt(2 * pi)

    def pilot(constant: float, derivative: int, factor: float, power: int, least: int) -> float:
        height = float(eval_hermitenorm(derivative, at)) ** 2 * normal
        with np.errstate(divide="ignore"):
            h = float((factor * constant / np.float64(height) / n) ** (1.0 / power)) * sd
        if not regularise:
            return h
        h = min(h, float(np.abs(different).max()))
        return max([h, *(d for side, on in zip(sides, asked, strict=True) if on for d in _reach(*side, least))])

    wide = pilot(_DERIVATIVE[p - 1], p + 2, (2 * p + 1) / 4, 2 * p + 5, 20 + p + 3)
    narrow = pilot(_DENSITY[p - 1], p, 1 / (2 * p), 2 * p + 1, 20 + p + 1)
    share = empirical_distribution(x, mass_points)

    def fitted(h: float, order: int, term: int) -> tuple[Side, Side, Side]:
        near = np.abs(x) <= h
        made = distribution_fit(
            x[near],
            share[near],
            n,
            (h, h),
            order,
            term=term,
            kernel=kernel,
            fit=fit,
            variance=variance,
            mass_points=mass_points,
        )
        return made.density, made.variance, made.coefficient

    _, _, curved = fitted(wide, p + 2, p + 1)
    density, spread, _ = fitted(narrow, p, 1)
    if fit == "unrestricted":
        factor = float(np.linalg.solve(gram(p, kernel), next_moments(p, p + 1, kernel))[1])
        left, right = (-1.0) ** p * curved.left * factor, curved.right * factor
    else:
        S, C, P = widened(gram(p, kernel)), widened(next_moments(p, p + 1, kernel)), swap(p)
        both = density.right * C + (-1.0) ** (p + 1) * density.left * P @ C
        _, left, right, *_ = curved.left * np.linalg.solve(density.right * S + density.left * P @ S @ P, both)
    bias2 = [v**2 for v in (left, right, right - left, right + left)]
    variances = [n * narrow * v for v in (spread.left, spread.right, spread.difference, spread.total)]
    with np.errstate(divide="ignore", invalid="ignore"):
        h = np.nan_to_num(
            (np.array(variances) / np.array(bias2) / (2 * p * n)) ** (1 / (2 * p + 1)), nan=0.0, posinf=np.inf
        )
    if regularise:
        end = float(-different[0]), float(different[-1])
        h = np.minimum(h, [end[0], end[1], max(end), max(end)])
        for side, on, least in zip(sides, asked, (fewest, fewest_different), strict=True):
            if on:
                one, other = _reach(*side, least)
                h = np.maximum(h, [one, other, max(one, other), max(one, other)])
    return DensityBandwidths(Side(*map(float, h)), Side(*map(float, variances)), Side(*map(float, bias2)))
