"""Counts whose log odds ratios differ from unit to unit: likelihood of the spread, and tails of a unit drawn with it.

A unit's count T is a sum over strata of hypergeometric counts with one log odds ratio d (Fisher's noncentral law), and
d is normal about 0 with a standard deviation of ``scale`` times tau. Nothing here is a normal approximation to a
count: P(T = t) as a function of d is exact up to a constant, as d moves every law by exponential tilting, and its
average over d is taken numerically. A unit in which nothing counts, or next to nothing is expected, says what it can.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arusha.inference.hypergeometric import Strata
from arusha.inference.segments import FloatArray, IntArray, in_threads

REACH = 8.0
"""Log odds ratios between which a unit's likelihood is tabled; it goes on as a straight line beyond."""
STEP = 0.25
_NODES = np.arange(-REACH, REACH + STEP / 2, STEP)
_POINTS = np.sinh(np.linspace(-3.2, 3.2, 41))
"""Where an integrand of about one standard deviation is looked at, and (next) the weights: trapezoids in asinh."""
_WEIGHTS = np.cosh(np.linspace(-3.2, 3.2, 41)) * 0.16
_LEGENDRE, _LEGENDRE_WEIGHTS = np.polynomial.legendre.leggauss(8)
_EDGES = 0.06 * 3.0 ** np.arange(5)
"""Edges of the panels in which tails are integrated: any normal law from a standard deviation of 0.02 up is smooth
within each."""


@dataclass(frozen=True)
class Curves:
    """Log-likelihood of each unit's count by its log odds ratio, up to a constant: units by nodes."""

    value: FloatArray
    slope: FloatArray
    curvature: FloatArray

    def take(self, units: NDArray[np.int64]) -> Curves:
        """Those of some units."""
        return Curves(self.value[units], self.slope[units], self.curvature[units])

    def mirrored(self) -> Curves:
        """Of what does not count: log odds ratios have the other sign."""
        return Curves(self.value[:, ::-1], -self.slope[:, ::-1], self.curvature[:, ::-1])

    @cached_property
    def steps(self) -> FloatArray:
        """Polynomials through value, slope and curvature at both ends of every step: units by six by steps."""
        f, g, h = self.value, STEP * self.slope, STEP**2 * self.curvature
        a = np.diff(f) - g[:, :-1] - 0.5 * h[:, :-1]
        b = np.diff(g) - h[:, :-1]
        c = np.diff(h)
        higher = (10.0 * a - 4.0 * b + 0.5 * c, -15.0 * a + 7.0 * b - c, 6.0 * a - 3.0 * b + 0.5 * c)
        return np.ascontiguousarray(np.stack([f[:, :-1], g[:, :-1], h[:, :-1], *higher], axis=1))


def curves(given: Strata, t: IntArray, threads: int = 1) -> Curves:
    """The likelihood of each unit's observed sum ``t``. Strata stand once each (``copies`` is not read)."""
    growth, mean, variance = _cumulants(given, np.tile(_NODES, (t.size, 1)), threads)
    return Curves(t[:, None] * _NODES - growth, t[:, None] - mean, -variance)


def _cumulants(given: Strata, log_odds: FloatArray, threads: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """log E exp(d T), mean and variance of T, units by their own rising ``log_odds``."""
    from arusha.inference import cumulants_kernel

    growth, mean, variance = (np.zeros(log_odds.shape) for _ in range(3))
    in_threads(
        lambda a, b: cumulants_kernel.cumulants_by_log_odds(
            given.M, given.m, given.n, given.indptr, log_odds, a, b, growth, mean, variance
        ),
        log_odds.shape[0],
        threads,
    )
    return growth, mean, variance


def log_marginals(of: Curves, scale: ArrayLike, tau: ArrayLike, threads: int = 1) -> FloatArray:
    """Log-likelihood of each spread in each unit (units by ``tau``), up to a constant a unit.

    ``scale`` one a unit, ``tau`` positive. By trapezoids about the mode of likelihood times normal law.
    """
    from arusha.inference import cumulants_kernel

    sd, spreads = np.ascontiguousarray(scale, dtype=np.float64), np.ascontiguousarray(tau, dtype=np.float64)
    out = np.empty((sd.size, spreads.size))
    in_threads(
        lambda a, b: cumulants_kernel.marginals(of.steps, sd, spreads, _POINTS, _WEIGHTS, REACH, STEP, a, b, out),
        sd.size,
        threads,
    )
    return out


def tails(given: Strata, t: IntArray, of: Curves, scale: ArrayLike, tau: ArrayLike, threads: int = 1) -> FloatArray:
    """P(T >= t) averaged over each spread (units by ``tau``), of units whose count lies above what is expected.

    ``scale`` one a unit, ``tau`` from 0.02 up. Below log odds ratios of -4.9 the tail is taken as 0; seven standard
    errors above the estimate as 1. Between them are panels for which neither a normal law nor the unit's own is too
    narrow.
    """
    from arusha.inference import cumulants_kernel

    sd, spreads = np.ascontiguousarray(scale, dtype=np.float64), np.ascontiguousarray(tau, dtype=np.float64)
    edges, certain = _panels(of)
    half = 0.5 * np.diff(edges, axis=1)[:, :, None]
    d = np.ascontiguousarray(
        (edges[:, :-1, None] + half * (_LEGENDRE + 1.0)).reshape(t.size, half.shape[1] * _LEGENDRE.size)
    )
    growth, _, _ = _cumulants(given, d, threads)
    tail, out = np.empty(d.shape), np.empty((t.size, spreads.size))

    def run(a: int, b: int) -> None:
        cumulants_kernel.tails_by_log_odds(given.M, given.m, given.n, given.indptr, t, d, growth, a, b, tail)
        weighted = tail[a:b] * (half[a:b] * _LEGENDRE_WEIGHTS).reshape(b - a, d.shape[1])
        cumulants_kernel.averages(d[a:b], weighted, certain[a:b], sd[a:b], spreads, 0, b - a, out[a:b])

    in_threads(run, t.size, threads)
    return np.minimum(out, 1.0)


def _panels(of: Curves) -> tuple[FloatArray, FloatArray]:
    """Rising edges of each unit's panels, some of no width, and the last of them."""
    # Where the likelihood is largest, and how wide it is there.
    j = np.clip(np.argmax(of.value, axis=1), 1, _NODES.size - 2)
    u = np.arange(j.size)
    move = of.slope[u, j] / np.maximum(-of.curvature[u, j], 1e-3)
    estimate = np.clip(_NODES[j] + np.clip(move, -STEP, STEP), -REACH, REACH)
    se = 1.0 / np.sqrt(np.maximum(-of.curvature[u, j], 1e-2))
    certain = np.clip(estimate + 7.0 * se, _EDGES[4] / 9.0, REACH)
    everywhere = np.tile(np.concatenate([-_EDGES, [0.0], _EDGES]), (j.size, 1))
    own = estimate[:, None] + se[:, None] * np.array([-6.0, -3.0, -1.0, 1.0, 3.0])
    edges = np.clip(np.concatenate([everywhere, own, certain[:, None]], axis=1), -_EDGES[4], certain[:, None])
    return np.sort(edges, axis=1), certain


def selected(given: Strata, units: NDArray[np.int64]) -> Strata:
    """The strata of some units."""
    length = np.diff(given.indptr)[units]
    indptr = np.concatenate([[0], np.cumsum(length)])
    rows = np.arange(indptr[-1]) + np.repeat(given.indptr[units] - indptr[:-1], length)
    return Strata(given.M[rows], given.m[rows], given.n[rows], given.copies[rows], indptr)
