"""Funnel plots: which units lie beyond what chance allows about a benchmark, before and after over-dispersion.

Naive limits are exact: a point lies outside them if and only if its exact one-sided tail is below the stated chance.
Over-dispersion, the ordinary spread of units beyond chance, enters on a transformed scale (additive or multiplicative)
or as a beta-binomial or negative binomial law; additive tau2 and exact limits do not mix. Spread estimated from the
units themselves takes widespread irregularity for normal: always show the naive limits beside.
Source: Spiegelhalter 2005 (Statistics in Medicine 24: 1185).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import special, stats

from arusha.inference.intervals import tail_chances
from arusha.inference.segments import FloatArray, IntArray, whole_numbers

Kind = Literal["proportion", "ratio"]
Scale = Literal["arcsine", "sqrt", "log"]


@dataclass(frozen=True)
class Limits:
    """Lower and upper limit of the rate, one entry an exposure."""

    low: FloatArray
    high: FloatArray


@dataclass(frozen=True)
class Funnel:
    """One entry a unit, and the over-dispersion of all."""

    rate: FloatArray
    benchmark: float
    p_lower: FloatArray
    """Exact tail of a rate as low or lower, about the benchmark, without over-dispersion."""
    p_upper: FloatArray
    z: FloatArray
    """Distance from the benchmark in standard errors, on the transformed scale."""
    phi: float
    """Mean of the winsorised z^2: 1 if chance alone is at work (0.68 after winsorising 10% at each end)."""
    tau2: float
    """Additional variance between units, on the transformed scale."""
    z_adjusted: FloatArray
    """Distance with tau2 in it."""
    p_lower_adjusted: FloatArray
    p_upper_adjusted: FloatArray


def smallest_n_for_zero(benchmark: ArrayLike, level: float = 0.998) -> IntArray:
    """The fewest trials at which no success at all falls below the lower limit; below it, zero says nothing.

    Source: (1 - benchmark)^n < (1 - level) / 2.
    """
    p = np.asarray(benchmark, dtype=np.float64)
    if not np.all((p > 0.0) & (p < 1.0)):
        raise ValueError("the benchmark must lie between 0 and 1")
    chance = tail_chances(level)[0]
    n: IntArray = np.floor(np.log(chance) / np.log1p(-p)).astype(np.int64) + 1
    return n


def smallest_expected_for_zero(level: float = 0.998) -> float:
    """The expected number from which no event at all falls below the lower Poisson limit: exp(-E) = (1 - level) / 2."""
    return -math.log(tail_chances(level)[0])


def exact_limits(benchmark: float, exposure: ArrayLike, level: float = 0.998, *, kind: Kind = "proportion") -> Limits:
    """Exact binomial (``proportion``) or Poisson (``ratio``: exposure is the expected number) limits of the rate.

    Interpolated between counts, as published for the lower limit and mirrored for the upper one, so that a rate is
    below (above) its limit if and only if the chance of one as low (high) or more so is under (1 - level) / 2. Raises
    ``ValueError`` for a benchmark that is no rate.
    """
    size = _exposure(exposure, kind)
    chance = tail_chances(level)[0]
    if kind == "proportion":
        _between(benchmark, 0.0, 1.0)
        low = _interpolated(stats.binom(size, benchmark), chance)
        return Limits(low / size, (size - _interpolated(stats.binom(size, 1.0 - benchmark), chance)) / size)
    _between(benchmark, 0.0, math.inf)
    law = stats.poisson(benchmark * size)
    return Limits(_interpolated(law, chance) / size, _interpolated_above(law, chance) / size)


def over_dispersed_limits(
    benchmark: float,
    exposure: ArrayLike,
    level: float = 0.998,
    *,
    kind: Kind = "proportion",
    scale: Scale | None = None,
    tau2: float = 0.0,
    phi: float = 1.0,
) -> Limits:
    """Limits with additive ``tau2`` or a factor ``phi`` on the variance, made on the transformed scale and taken back.

    ``scale`` is arcsine for proportions and sqrt (default) or log for ratios. Where the lower limit would pass the end
    of the scale it is 0: no rate is that low.
    """
    size = _exposure(exposure, kind)
    scale = _scale(kind, scale)
    reach = -float(special.ndtri(tail_chances(level)[0]))
    centre, variance = _transformed(np.full(size.shape, benchmark), size, benchmark, scale)
    half = reach * np.sqrt(phi * variance + tau2)
    if scale == "log":
        return Limits(np.exp(centre - half), np.exp(centre + half))
    low, high = np.maximum(centre - half, 0.0), centre + half
    if scale == "sqrt":
        return Limits(low**2, high**2)
    return Limits(np.sin(low) ** 2, np.sin(np.minimum(high, math.pi / 2.0)) ** 2)


def beta_binomial_limits(benchmark: float, exposure: ArrayLike, rho: float, level: float = 0.998) -> Limits:
    """Exact limits when units' true proportions follow a beta law about the benchmark.

    ``rho`` = 1 / (a + b + 1), the correlation within a unit, 0 giving the binomial limits. Cost grows with the sum of
    the distinct exposures. Raises ``ValueError`` for a rho outside 0 to 1.
    """
    if rho == 0.0:
        return exact_limits(benchmark, exposure, level)
    _between(rho, 0.0, 1.0)
    _between(benchmark, 0.0, 1.0)
    size = _exposure(exposure, "proportion")
    chance = tail_chances(level)[0]
    a, b = benchmark * (1.0 / rho - 1.0), (1.0 - benchmark) * (1.0 / rho - 1.0)
    distinct, place = np.unique(size, return_inverse=True)
    low, high = np.empty(distinct.size), np.empty(distinct.size)
    for i, n in enumerate(distinct):
        law = _beta_binomial(n, a, b)
        low[i] = _first_to_reach(np.cumsum(law), chance)
        high[i] = n - _first_to_reach(np.cumsum(law[::-1]), chance)
    return Limits((low / distinct)[place], (high / distinct)[place])


def negative_binomial_limits(benchmark: float, exposure: ArrayLike, cv: float, level: float = 0.998) -> Limits:
    """Exact limits of a ratio when units' true rates follow a gamma law with coefficient of variation ``cv``."""
    if cv == 0.0:
        return exact_limits(benchmark, exposure, level, kind="ratio")
    _between(cv, 0.0, math.inf)
    _between(benchmark, 0.0, math.inf)
    size = _exposure(exposure, "ratio")
    chance = tail_chances(level)[0]
    shape = 1.0 / cv**2
    law = stats.nbinom(shape, shape / (shape + benchmark * size))
    return Limits(_interpolated(law, chance) / size, _interpolated_above(law, chance) / size)


def _between(value: float, low: float, high: float) -> None:
    if not low < value < high:
        raise ValueError(f"benchmark and spread must lie between {low:g} and {high:g}: got {value:g}")


def _exposure(exposure: ArrayLike, kind: Kind) -> FloatArray:
    size = np.atleast_1d(np.asarray(exposure, dtype=np.float64))
    if kind not in ("proportion", "ratio"):
        raise ValueError("kind must be proportion or ratio")
    if not np.all((size > 0.0) & np.isfinite(size)):
        raise ValueError("exposure must be positive and not missing")
    return whole_numbers(size, "exposure").astype(np.float64) if kind == "proportion" else size


def _interpolated(law: Any, chance: float) -> FloatArray:
    """The first count whose lower tail reaches ``chance``, less the part of its step beyond it."""
    first = law.ppf(chance)
    at, before = law.cdf(first), law.cdf(first - 1.0)
    out: FloatArray = first - (at - chance) / (at - before)
    return out


def _interpolated_above(law: Any, chance: float) -> FloatArray:
    """The last count whose upper tail reaches ``chance``, and the part of its step beyond it."""
    last = law.isf(chance)
    at, beyond = law.sf(last - 1.0), law.sf(last)
    out: FloatArray = last + (at - chance) / (at - beyond)
    return out


def _beta_binomial(n: float, a: float, b: float) -> FloatArray:
    """P(X = k), k = 0 .. n."""
    k = np.arange(n + 1.0)
    log_p = special.betaln(a + k, b + n - k) - special.betaln(a, b)
    out: FloatArray = np.exp(log_p - special.betaln(n - k + 1.0, k + 1.0) - np.log1p(n))
    return out


def _first_to_reach(running: FloatArray, chance: float) -> float:
    first = int(np.argmax(running >= chance))
    before = running[first - 1] if first else 0.0
    return float(first - (running[first] - chance) / (running[first] - before))


def _scale(kind: Kind, scale: Scale | None) -> Scale:
    allowed: dict[str, tuple[Scale, ...]] = {"proportion": ("arcsine",), "ratio": ("sqrt", "log")}
    if scale is None:
        return allowed[kind][0]
    if scale not in allowed[kind]:
        raise ValueError(f"the scale of a {kind} must be {' or '.join(allowed[kind])}")
    return scale


def _transformed(rate: FloatArray, size: FloatArray, benchmark: float, scale: Scale) -> tuple[FloatArray, FloatArray]:
    """The rate on its scale, and the variance there about the benchmark."""
    if scale == "arcsine":
        return np.arcsin(np.sqrt(rate)), 1.0 / (4.0 * size)
    if scale == "sqrt":
        return np.sqrt(rate), 1.0 / (4.0 * size)
    # Half an event where there was none, so that the logarithm exists.
    return np.log(np.where(rate > 0.0, rate, 0.5 / size)), 1.0 / (benchmark * size)


def winsorised(values: ArrayLike, share: float = 0.1) -> FloatArray:
    """``values`` with those beyond the ``share`` and 1 - ``share`` quantiles drawn in to them."""
    given = np.asarray(values, dtype=np.float64)
    if not 0.0 <= share < 0.5:
        raise ValueError("the share to winsorise must lie between 0 and 0.5")
    low, high = np.quantile(given, [share, 1.0 - share])
    return np.clip(given, low, high)


def chance_phi(share: float) -> float:
    """The expected phi of many units when chance alone is at work: below 1, since winsorising draws the tails in."""
    if share == 0.0:
        return 1.0
    c = -float(special.ndtri(share))
    return float(1.0 - 2.0 * share - 2.0 * c * math.exp(-c * c / 2.0) / math.sqrt(2.0 * math.pi) + 2.0 * share * c * c)


def funnel(
    x: ArrayLike,
    exposure: ArrayLike,
    *,
    benchmark: float | None = None,
    kind: Kind = "proportion",
    scale: Scale | None = None,
    winsorise: float = 0.1,
    consistent: bool = False,
) -> Funnel:
    """Distances and tails of all units about the benchmark, naive and with additive over-dispersion.

    Parameters
    ----------
    x, exposure
        Counts, and trials (``proportion``) or expected numbers or time (``ratio``), one a unit.
    benchmark
        The rate to compare with; by default the pooled rate of the units.
    winsorise
        Share of z drawn in at each end before over-dispersion is estimated.
    consistent
        As published, tau2 is estimated from winsorised z as if they were not, which leaves it too small by design (and
        signals more). True divides phi by its expectation under chance first.

    tau2 = max(0, (k phi - (k - 1)) / (sum w - sum w^2 / sum w)), w = 1 / variance. With fewer than 2 units tau2 is 0.
    Raises ``ValueError`` for counts that do not fit their exposure. Source: Spiegelhalter 2005.
    """
    counts = whole_numbers(x, "x").astype(np.float64)
    size = _exposure(exposure, kind)
    scale = _scale(kind, scale)
    if counts.ndim != 1 or counts.shape != size.shape or np.any(counts < 0):
        raise ValueError("x and exposure must be flat arrays of one length, without negative counts")
    if kind == "proportion" and np.any(counts > size):
        raise ValueError("a proportion needs x <= exposure")
    centre = float(counts.sum() / size.sum()) if benchmark is None else benchmark
    _between(centre, 0.0, 1.0 if kind == "proportion" else math.inf)
    law = stats.binom(size, centre) if kind == "proportion" else stats.poisson(centre * size)
    rate = counts / size
    y, variance = _transformed(rate, size, centre, scale)
    middle, _ = _transformed(np.full(size.shape, centre), size, centre, scale)
    z = (y - middle) / np.sqrt(variance)
    k = z.size
    phi = float(np.mean(winsorised(z, winsorise) ** 2)) if k else float("nan")
    tau2 = 0.0
    if k > 1:
        w = 1.0 / variance
        used = phi / chance_phi(winsorise) if consistent else phi
        tau2 = max(0.0, float((k * used - (k - 1)) / (w.sum() - (w**2).sum() / w.sum())))
    adjusted = (y - middle) / np.sqrt(variance + tau2)
    return Funnel(
        rate=rate,
        benchmark=centre,
        p_lower=np.asarray(law.cdf(counts)),
        p_upper=np.asarray(law.sf(counts - 1.0)),
        z=z,
        phi=phi,
        tau2=tau2,
        z_adjusted=adjusted,
        p_lower_adjusted=special.ndtr(adjusted),
        p_upper_adjusted=special.ndtr(-adjusted),
    )
