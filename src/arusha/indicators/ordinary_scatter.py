"""How much ordinary units differ from each other beyond chance, and what a tail is worth against that.

Honest officers differ in care and honest goods in risk. An exact test against "all alike" calls that unusual as soon as
there is enough data. The middle of the units says how wide the ordinary scatter is; tails are read against it. A scheme
that most units share widens the scatter and hides in it: so the naive tails are shown beside (domain, trap 6).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special, stats

from arusha.inference.hypergeometric import LARGEST_LOG_ODDS

FloatArray = NDArray[np.float64]

TRIM = 0.1
"""Share of the units drawn in at either end before the scatter is measured."""
FEWEST = 10
"""Units without which no scatter is measured."""
ASSUMED = 0.3
"""Taken for the scatter of ordinary units before any is measured: differences of a third."""
ASSUMED_DF = 6.0
"""What that assumption is worth beside a measurement, in degrees of freedom."""
LEAST_INFORMATION = 1.0
"""Units with less under the null are not measured: their z is not near normal."""
_CUT = float(special.ndtri(1.0 - TRIM))
_WINSORISED = 1.0 - 2.0 * TRIM - 2.0 * _CUT * float(stats.norm.pdf(_CUT)) + 2.0 * TRIM * _CUT**2
"""Variance of a standard normal variable whose outer tenths are drawn in."""


EXTRAORDINARY = 3.5
"""Units further up than this on the scale of ordinary ones are not among them: one in 4,000 of a normal law."""
NODES = 41
EFFICIENCY = 0.72
"""Degrees of freedom a unit of the winsorised variance of normal z: 0.71 to 0.72 by simulation, 20 to 200 units."""


@dataclass(frozen=True)
class Scatter:
    """The spread of ordinary units on the log-odds scale."""

    sd: float
    """0 where units differ by chance alone."""
    units: int
    """How many it was measured from."""
    df: float
    """Degrees of freedom with which it is known, the assumption's included."""

    @property
    def measured(self) -> bool:
        """Otherwise it is assumed."""
        return self.units >= FEWEST


def ordinary_scatter(z: ArrayLike, information: ArrayLike, *, assumed: float | None = ASSUMED) -> Scatter:
    """The standard deviation of ordinary units' log odds ratios beyond chance.

    Parameters
    ----------
    z
        (observed - expected) / sd of each unit under the null of no difference; large where the question looks.
    information
        1 / information is the sampling variance of a unit's log odds ratio (or of whatever z is a number of standard
        errors of).
    assumed
        The scatter before any is measured; None where nothing is assumed, and too few units tell no scatter.

    Under a spread tau, z has variance 1 + tau^2 information. Solved for is the tau at which the winsorised variance of
    z / sqrt(1 + tau^2 information) is that of a standard normal variable: additive over-dispersion (Spiegelhalter 2005)
    on the log-odds scale, solved for instead of expanded. Units beyond ``EXTRAORDINARY`` on that scale are then left
    out and tau is solved for again, until none is left out anew.

    A measurement is worth one degree of freedom a unit that tells scatter from chance, and less for others: the sum of
    (tau^2 i / (1 + tau^2 i))^2. Its square is averaged with the assumption's by degrees of freedom (Smyth 2004), so
    that a few units, or many that say little, neither invent a scatter nor deny one.
    """
    value, info = np.broadcast_arrays(np.asarray(z, dtype=np.float64), np.asarray(information, dtype=np.float64))
    use = np.isfinite(value) & (info >= LEAST_INFORMATION)
    value, info = value[use], info[use]
    prior, prior_df = (0.0, 0.0) if assumed is None else (assumed, ASSUMED_DF)
    if value.size < FEWEST:
        return Scatter(prior, int(value.size), prior_df)
    ordinary = np.ones(value.size, dtype=bool)
    while True:
        sd = _spread(value[ordinary], info[ordinary])
        kept = ordinary & (value / np.sqrt(1.0 + sd * sd * info) < EXTRAORDINARY)
        if np.count_nonzero(kept) < FEWEST or np.array_equal(kept, ordinary):
            break
        ordinary = kept
    part = max(sd, prior) ** 2 * info[ordinary]
    df = EFFICIENCY * max(float(np.sum((part / (1.0 + part)) ** 2)) - 1.0, 0.0)
    moderated = np.sqrt((df * sd**2 + prior_df * prior**2) / (df + prior_df)) if df + prior_df > 0 else 0.0
    return Scatter(float(moderated), int(np.count_nonzero(ordinary)), df + prior_df)


def winsorised_variance(z: FloatArray) -> float:
    """Variance of ``z`` with its outer tenths drawn in, over that of a standard normal variable drawn in alike."""
    low, high = np.quantile(z, [TRIM, 1.0 - TRIM])
    drawn = np.clip(z, low, high)
    return float(np.sum((drawn - drawn.mean()) ** 2) / _WINSORISED / (z.size - 1))


def _spread(z: FloatArray, info: FloatArray) -> float:
    """The tau at which the winsorised variance of the scaled z is 1."""

    def excess(sd: float) -> float:
        return winsorised_variance(z / np.sqrt(1.0 + sd * sd * info)) - 1.0

    if excess(0.0) <= 0.0:
        return 0.0
    low, high = 0.0, 8.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if excess(middle) > 0.0 else (low, middle)
    return high


def tail_against(p: ArrayLike, z: ArrayLike, information: ArrayLike, scatter: Scatter) -> FloatArray:
    """The larger of the exact upper tail ``p`` and the tail of ``z`` against ordinary scatter.

    z is divided by sqrt(1 + tau^2 information) and read on Student's t. Of that variance only the scatter's part is an
    estimate, so that the degrees of freedom are the scatter's where it dominates and many where chance does
    (Satterthwaite 1946). Without scatter the exact p stands.
    """
    exact = np.asarray(p, dtype=np.float64)
    if scatter.sd <= 0.0:
        return exact
    part = scatter.sd**2 * np.asarray(information, dtype=np.float64)
    with np.errstate(divide="ignore"):
        df = scatter.df * ((1.0 + part) / part) ** 2
    wide: FloatArray = stats.t.sf(np.asarray(z, dtype=np.float64) / np.sqrt(1.0 + part), df)
    return np.maximum(exact, wide)


def mixed_tail(
    averaged: Callable[[FloatArray, FloatArray], FloatArray], factor: ArrayLike, scatter: Scatter
) -> FloatArray:
    """The exact tail averaged over ordinary units.

    ``averaged(d, weights)`` gives each unit's tail averaged over its log odds ratios, a row of ``d`` (units by nodes,
    rising). ``factor`` scales the scatter, one a unit. The log odds ratios of ordinary units are taken as Student's t
    with the scatter's degrees of freedom, scaled by it. Right also where counts are small and effects large, where z is
    not normal. Without scatter it is the tail at 0.
    """
    scale = np.asarray(factor, dtype=np.float64) * scatter.sd
    if scatter.sd <= 0.0:
        return averaged(np.zeros((scale.size, 1)), np.ones(1))
    # Trapezoids over u with t = sinh u: both ends fall off exponentially, so that few nodes give many digits.
    law = stats.t(scatter.df)
    end = float(np.arcsinh(law.isf(1e-9)))
    u = np.linspace(-end, end, NODES)
    t = np.sinh(u)
    weights = law.pdf(t) * np.cosh(u)
    weights /= weights.sum()
    return averaged(np.clip(scale[:, None] * t, -LARGEST_LOG_ODDS, LARGEST_LOG_ODDS), weights)


class Spread(Protocol):
    """How far ordinary units differ, however it was told."""

    @property
    def sd(self) -> float: ...
    @property
    def units(self) -> int: ...
    @property
    def measured(self) -> bool: ...


def quantile_z(mid_p: ArrayLike) -> FloatArray:
    """z of an upper-tail mid-p: large where the tail is small."""
    z: FloatArray = -special.ndtri(np.clip(np.asarray(mid_p, dtype=np.float64), 1e-300, 1.0 - 1e-16))
    return z


def in_words(scatter: Spread, units: str, what: str) -> str:
    """How far ordinary units differ, for the reader. ``units``: ``Officers``; ``what``: ``odds of a finding``."""
    ratio = float(np.exp(scatter.sd))
    if not scatter.measured:
        return (
            f"Too few {units.lower()} inform to measure how much they ordinarily differ in their {what}: a factor of "
            f"{ratio:.2f} beyond chance is taken as ordinary."
        )
    told = (
        f"measured from the middle of {scatter.units} of them; a unit"
        if isinstance(scatter, Scatter)
        else f"as the {scatter.units} ordinary ones among them tell it; how unsure that is, is allowed for. A unit"
    )
    return (
        f"{units} differ in their {what} by a factor of {ratio:.2f} beyond chance, {told} stands out only beyond that."
    )
