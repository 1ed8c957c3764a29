"""Pieces that priors are mixed from, each met by one normal estimate: marginal density and posterior.

Four kinds: a point, a normal law, a uniform law and an exponential one to either side (two of which make a Laplace
law). Given an estimate y with standard error s, the posterior of each is a normal law or one cut off at known places.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import special

from arusha.inference.segments import FloatArray

Kind = Literal["point", "normal", "uniform", "exponential"]

_LOG_2PI = float(np.log(2.0 * np.pi))


@dataclass(frozen=True)
class Component:
    """One piece. ``width``: standard deviation (normal) or mean distance from ``start`` (exponential, below 0 for the
    left side); ``start`` and ``stop``: place (point, normal, exponential) or ends (uniform)."""

    kind: Kind
    start: float
    stop: float = 0.0
    width: float = 0.0


@dataclass(frozen=True)
class Met:
    """Units x components. The posterior is normal about ``centre`` with ``spread``, cut off at ``low`` and ``high``."""

    log_density: FloatArray
    """Of the estimates, given the component."""
    centre: FloatArray
    spread: FloatArray
    low: FloatArray
    high: FloatArray
    log_mass: FloatArray
    """Logarithm of the normal law's mass between the ends."""

    @property
    def mean(self) -> FloatArray:
        below, above = self._edges()
        return np.clip(self.centre + self.spread * (below[0] - above[0]), self.low, self.high)

    @property
    def second_moment(self) -> FloatArray:
        below, above = self._edges()
        gap = below[0] - above[0]
        variance = np.maximum(self.spread**2 * (1.0 + below[1] - above[1] - gap**2), 0.0)
        return np.asarray(variance + self.mean**2)

    def _edges(self) -> tuple[tuple[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]:
        """At each end: the density over the mass, and that times the end in standard units."""
        out = []
        for end in (self.low, self.high):
            finite = np.isfinite(end)
            at = np.where(finite, (np.where(finite, end, 0.0) - self.centre) / _some(self.spread), 0.0)
            # An end that is not there has no density, and a point has no edges.
            log_ratio = np.where(finite & (self.spread > 0.0), -0.5 * (at**2 + _LOG_2PI) - self.log_mass, -np.inf)
            density = np.exp(log_ratio)
            out.append((density, density * at))
        return out[0], out[1]

    def at_most(self, value: FloatArray | float, *, strictly: bool = False) -> FloatArray:
        """The posterior chance of at most (or below) ``value``, one a unit or the same for all."""
        limit = np.broadcast_to(np.asarray(value, dtype=np.float64), self.centre.shape[:1])[:, None]
        cut = np.clip(limit, self.low, self.high)
        inside = np.exp(np.minimum(_log_between(self.low, cut, self.centre, self.spread) - self.log_mass, 0.0))
        certain = limit > self.centre if strictly else limit >= self.centre
        out: FloatArray = np.where(self.spread > 0.0, np.where(limit >= self.high, 1.0, inside), certain)
        return np.where((self.spread > 0.0) & (limit <= self.low), 0.0, out)


def _some(spread: FloatArray) -> FloatArray:
    return np.where(spread > 0.0, spread, 1.0)


def _log_between(low: FloatArray, high: FloatArray, centre: FloatArray, spread: FloatArray) -> FloatArray:
    """log P(low < X < high), X normal; precise also where both ends lie far out on one side."""
    scale = _some(spread)
    a, b = (low - centre) / scale, (high - centre) / scale
    # Mirrored, so that differences are taken of tails that are small.
    flip = a > 0.0
    a, b = np.where(flip, -b, a), np.where(flip, -a, b)
    upper, lower = special.log_ndtr(b), special.log_ndtr(a)
    with np.errstate(divide="ignore", invalid="ignore"):
        tails = upper + np.log(-np.expm1(np.minimum(lower - upper, 0.0)))
        # Both sides of the centre: what is left of 1.
        astride = np.log1p(-special.ndtr(a) - special.ndtr(-b))
    out: FloatArray = np.where(b > 0.0, astride, tails)
    return np.where(high > low, out, -np.inf)


def met(components: list[Component], y: FloatArray, s: FloatArray) -> Met:
    """Each component's marginal density of each estimate, and its posterior."""
    shape = (y.size, len(components))
    log_density, centre, spread = np.empty(shape), np.empty(shape), np.empty(shape)
    low, high, log_mass = np.full(shape, -np.inf), np.full(shape, np.inf), np.zeros(shape)
    for k, c in enumerate(components):
        if c.kind in ("point", "normal"):
            total = s**2 + c.width**2
            log_density[:, k] = -0.5 * (_LOG_2PI + np.log(total) + (y - c.start) ** 2 / total)
            share = c.width**2 / total
            centre[:, k], spread[:, k] = c.start + share * (y - c.start), s * np.sqrt(share)
            if c.kind == "point" or c.width == 0.0:
                low[:, k] = high[:, k] = c.start
        elif c.kind == "uniform":
            centre[:, k], spread[:, k], low[:, k], high[:, k] = y, s, c.start, c.stop
            log_mass[:, k] = _log_between(low[:, k], high[:, k], y, s)
            log_density[:, k] = log_mass[:, k] - np.log(c.stop - c.start)
        else:
            rate, side = 1.0 / abs(c.width), np.sign(c.width)
            away = side * (y - c.start)
            centre[:, k], spread[:, k] = y - side * rate * s**2, s
            (low if side > 0 else high)[:, k] = c.start
            log_mass[:, k] = special.log_ndtr(away / s - rate * s)
            log_density[:, k] = np.log(rate) - rate * away + 0.5 * (rate * s) ** 2 + log_mass[:, k]
    return Met(log_density, centre, spread, low, high, log_mass)
