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
from scipy import special

from arusha.inference.hypergeometric import Strata, upper
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
    from arusha.inference import cumulants_kernel

    growth, mean, variance = (np.zeros((t.size, _NODES.size)) for _ in range(3))
    in_threads(
        lambda a, b: cumulants_kernel.cumulants_by_log_odds(
            given.M, given.m, given.n, given.indptr, _NODES, a, b, growth, mean, variance
        ),
        t.size,
        threads,
    )
    return Curves(t[:, None] * _NODES - growth, t[:, None] - mean, -variance)


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


@dataclass(frozen=True)
class Tails:
    """P(T >= t) of some units by log odds ratio, ready to be averaged over any spread: units by nodes."""

    log_odds: FloatArray
    weight: FloatArray
    tail: FloatArray
    certain: FloatArray
    """One a unit: beyond this log odds ratio the tail is taken as 1."""

    def averaged(self, scale: FloatArray, tau: FloatArray, share: FloatArray) -> FloatArray:
        """Over log odds ratios that are normal with ``scale`` times ``tau`` as their standard deviation, the spreads
        ``tau`` weighted by ``share`` (units by spreads)."""
        out = np.empty(scale.size)
        for i in range(scale.size):
            sd = scale[i] * tau
            density = np.exp(-0.5 * (self.log_odds[i][:, None] / sd) ** 2) / (sd * np.sqrt(2.0 * np.pi)) @ share[i]
            beyond = float(special.ndtr(-self.certain[i] / sd) @ share[i])
            out[i] = float(np.sum(self.weight[i] * self.tail[i] * density)) + beyond
        return np.minimum(out, 1.0)


def tails(given: Strata, t: IntArray, of: Curves, threads: int = 1) -> Tails:
    """Exact tails of units whose count lies above what is expected, at the nodes of panels that no spread from 0.02 up
    (times the unit's scale) is too narrow for, nor the unit's own law.
    """
    low, high = -float(_EDGES[4]), float(_EDGES[4])
    # Where the likelihood is largest, and how wide it is there.
    j = np.clip(np.argmax(of.value, axis=1), 1, _NODES.size - 2)
    u = np.arange(t.size)
    move = of.slope[u, j] / np.maximum(-of.curvature[u, j], 1e-3)
    estimate = np.clip(_NODES[j] + np.clip(move, -STEP, STEP), -REACH, REACH)
    se = 1.0 / np.sqrt(np.maximum(-of.curvature[u, j], 1e-2))
    nodes, weights, certain = [], [], np.clip(estimate + 7.0 * se, high / 9.0, REACH)
    for i in range(t.size):
        own = estimate[i] + se[i] * np.array([-6.0, -3.0, -1.0, 1.0, 3.0])
        edges = np.concatenate([-_EDGES, [0.0], _EDGES, own, [low, certain[i]]])
        edges = np.unique(edges[(edges >= low) & (edges <= certain[i])])
        half = 0.5 * np.diff(edges)
        nodes.append((edges[:-1, None] + half[:, None] * (_LEGENDRE + 1.0)).reshape(-1))
        weights.append((half[:, None] * _LEGENDRE_WEIGHTS).reshape(-1))
    size = max((len(v) for v in nodes), default=0)
    # Shorter rows are filled up with nodes of no weight.
    d = np.array([np.pad(v, (0, size - v.size), mode="edge") for v in nodes]).reshape(t.size, size)
    w = np.array([np.pad(v, (0, size - v.size)) for v in weights]).reshape(t.size, size)
    each = np.repeat(np.arange(t.size), size)
    tail = upper(selected(given, each), t[each], d.reshape(-1), threads)[0].reshape(t.size, size)
    return Tails(d, w, tail, certain)


def selected(given: Strata, units: NDArray[np.int64]) -> Strata:
    """The strata of some units."""
    length = np.diff(given.indptr)[units]
    indptr = np.concatenate([[0], np.cumsum(length)])
    rows = np.arange(indptr[-1]) + np.repeat(given.indptr[units] - indptr[:-1], length)
    return Strata(given.M[rows], given.m[rows], given.n[rows], given.copies[rows], indptr)
