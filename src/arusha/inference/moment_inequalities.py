"""Confidence sets for a mean that inequalities bound, with other means in the way.

Source: Andrews, Roth and Pakes (2023, Review of Economic Studies 90): the statistic is the largest of the combinations
of inequalities that the other means drop out of; it is held against a normal law truncated to where that combination is
the largest (conditional), after a first test at a tenth of the level (hybrid).

Inequalities that bound each of q differences of the other means from both sides have q + 2 such combinations, which are
written down here; no linear programme is solved.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

FloatArray = NDArray[np.float64]
DRAWS = 50_000
FIRST_STAGE = 0.1
"""Share of the level that the first test takes."""


@dataclass(frozen=True)
class Combinations:
    """Combinations of inequalities: each says ``weights @ mean - bound - slope * target <= 0``."""

    weights: FloatArray
    """m x n."""
    bound: FloatArray
    slope: FloatArray

    def covariance(self, vcov: FloatArray) -> FloatArray:
        """m x m."""
        found: FloatArray = self.weights @ vcov @ self.weights.T
        return found


def two_sided(
    rows: FloatArray,
    limit: FloatArray,
    bound: float,
    target: FloatArray,
    vcov: FloatArray,
    sign: Literal[-1, 0, 1] = 0,
) -> Combinations:
    """Combinations of |rows @ mean| <= limit @ mean + bound, for the mean of ``target``.

    Parameters
    ----------
    rows
        q x n; its last q columns are those of the means in the way, and invertible.
    limit
        n; 0 in the last q columns.
    target
        q weights of the mean that is asked for: of what is left of the last q means without the bounded part.
    sign
        1 or -1 where ``rows @ mean`` is never below, or never above, 0 either.

    Raises
    ------
    ValueError
        If an inequality does not vary.
    """
    q, n = rows.shape
    above, below = (0.0 if sign == -1 else 1.0), (0.0 if sign == 1 else 1.0)
    A = np.vstack([rows - above * limit, -rows - below * limit])
    bounds = bound * np.repeat([above, below], q)
    spread = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", A, vcov, A), 0.0))
    if not np.all(spread > 0):
        raise ValueError("an inequality that does not vary cannot be tested")
    along = np.linalg.solve(rows[:, n - q :].T, target)
    found = []
    for way in (1.0, -1.0):
        one = np.concatenate([np.maximum(way * along, 0), np.maximum(-way * along, 0)])
        found.append((one / (one @ spread), way / (one @ spread)))
    for j in range(q):
        one = np.zeros(2 * q)
        one[[j, q + j]] = 1.0
        found.append((one / (one @ spread), 0.0))
    L = np.array([one for one, _ in found])
    return Combinations(L @ A, L @ bounds, np.array([k for _, k in found]))


@dataclass(frozen=True)
class FirstStage:
    """An interval whose values alone are tested further: ``direction @ estimate`` within ``half`` of the target."""

    direction: FloatArray
    half: float


@dataclass(frozen=True)
class Inequalities:
    """A test of a target's values by combinations of inequalities."""

    estimate: FloatArray
    vcov: FloatArray
    combinations: Combinations
    level: float = 0.95
    hybrid: bool = True
    """Hold the largest combination against its least favourable law first."""
    first: FirstStage | None = None
    """Instead: an interval first."""
    seed: int = 1

    @cached_property
    def _size(self) -> float:
        alpha = 1 - self.level
        if not self.hybrid and self.first is None:
            return alpha
        return alpha * (1 - FIRST_STAGE) / (1 - alpha * FIRST_STAGE)

    @cached_property
    def _omega(self) -> FloatArray:
        return self.combinations.covariance(self.vcov)

    @cached_property
    def least_favourable(self) -> float:
        """What the largest combination exceeds in the first stage's share of worlds where all of them are 0."""
        values, vectors = np.linalg.eigh(self._omega)
        root = vectors * np.sqrt(np.maximum(values, 0.0))
        draws = np.random.default_rng(self.seed).standard_normal((DRAWS // 2, values.size)) @ root.T
        largest = np.concatenate([draws.max(axis=1), (-draws).max(axis=1)])
        return float(np.quantile(largest, 1 - FIRST_STAGE * (1 - self.level)))

    def accepted(self, target: FloatArray) -> NDArray[np.bool_]:
        """Whether each value is in the set."""
        c, omega = self.combinations, self._omega
        t = c.weights @ self.estimate - c.bound - np.outer(target, c.slope)
        at = np.argmax(t, axis=1)
        largest = t[np.arange(target.size), at]
        variance = np.diag(omega)[at]
        still = variance <= 1e-14 * max(float(np.diag(omega).max()), 1e-300)
        sigma2 = np.where(still, 1.0, variance)
        ratio = omega[at] / sigma2[:, None]
        left = t - ratio * largest[:, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            edge = left / (1 - ratio)
        own = np.arange(c.slope.size)[None, :] == at[:, None]
        low = np.where(~own & (ratio < 1 - 1e-10), edge, -np.inf).max(axis=1)
        high = np.where(~own & (ratio > 1 + 1e-10), edge, np.inf).min(axis=1)
        passed = np.ones(target.size, dtype=bool)
        if self.first is not None:
            w = self.first.direction
            centre = float(w @ self.estimate)
            passed = np.abs(centre - target) <= self.first.half
            pull = (c.weights @ (self.vcov @ w))[at] / sigma2
            rest = centre - pull * largest - target
            with np.errstate(divide="ignore", invalid="ignore"):
                ends = np.sort(np.stack([(-self.first.half - rest) / pull, (self.first.half - rest) / pull]), axis=0)
            moving = np.abs(pull) > 1e-12
            low, high = (
                np.where(moving, np.maximum(low, ends[0]), low),
                np.where(moving, np.minimum(high, ends[1]), high),
            )
        elif self.hybrid:
            passed = largest <= self.least_favourable
            high = np.minimum(high, self.least_favourable)
        sigma = np.sqrt(sigma2)
        critical = np.maximum(truncated_quantile(1 - self._size, low / sigma, high / sigma), 0.0)
        inside = (low <= largest + 1e-12) & (largest <= high + 1e-12)
        rejected = np.where(still, largest > 0, inside & (largest / sigma > critical))
        kept: NDArray[np.bool_] = passed & ~rejected
        return kept

    def interval(self, low: float, high: float, points: int = 2_001) -> tuple[float, float]:
        """The smallest and the largest value in the set; NaN where none is, infinite where the set goes on beyond.

        Looked for on a grid between ``low`` and ``high``, then by halving.
        """
        grid = np.linspace(low, high, points)
        inside = np.flatnonzero(self.accepted(grid))
        if inside.size == 0:
            return np.nan, np.nan
        within = grid[inside[[0, -1]]]
        beyond = grid[np.clip([inside[0] - 1, inside[-1] + 1], 0, points - 1)]
        for _ in range(40):
            middle = (within + beyond) / 2
            held = self.accepted(middle)
            within, beyond = np.where(held, middle, within), np.where(held, beyond, middle)
        first, last = inside[0] == 0, inside[-1] == points - 1
        return -np.inf if first else float(within[0]), np.inf if last else float(within[1])


def truncated_quantile(share: float, low: FloatArray, high: FloatArray) -> FloatArray:
    """Quantile of a standard normal law between ``low`` and ``high``."""
    low, high = np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
    # On the right the upper tail has the digits.
    right = low > 0
    a, b = np.where(right, -low, low), np.where(right, -high, high)
    mass = ndtr(a) + share * (ndtr(b) - ndtr(a))
    with np.errstate(divide="ignore"):
        found = ndtri(mass)
    found = np.where(right, -found, found)
    # Beyond what a double can tell of the tail, it falls as an exponential.
    far = right & (low > 37)
    found = np.where(far, low - np.log(max(1 - share, 1e-300)) / np.maximum(low, 1.0), found)
    clipped: FloatArray = np.clip(found, low, high)
    return clipped
