"""Intervals and exact tests for one proportion, one rate, two rates and one 2x2 table; arrays broadcast."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import special, stats

from arusha.inference.segments import FloatArray, whole_numbers

Alternative = Literal["two-sided", "greater", "less"]
ALTERNATIVES: tuple[Alternative, ...] = ("two-sided", "greater", "less")


@dataclass(frozen=True)
class Interval:
    """An estimate and its interval, entry by entry."""

    estimate: FloatArray
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True)
class Tested:
    """An estimate, its interval and the p-value of its null value."""

    estimate: FloatArray
    low: FloatArray
    high: FloatArray
    p: FloatArray


def tail_chances(level: float, alternative: Alternative = "two-sided") -> tuple[float, float]:
    """The chance left out below and above an interval of that level. Raises ``ValueError``."""
    if not 0.0 < level < 1.0:
        raise ValueError("level must lie between 0 and 1")
    if alternative not in ALTERNATIVES:
        raise ValueError(f"alternative must be one of {', '.join(ALTERNATIVES)}")
    both = (1.0 - level) / 2.0
    return {"two-sided": (both, both), "greater": (1.0 - level, 0.0), "less": (0.0, 1.0 - level)}[alternative]


def _of_n(x: ArrayLike, n: ArrayLike) -> tuple[FloatArray, FloatArray]:
    counts, sizes = np.broadcast_arrays(whole_numbers(x, "x"), whole_numbers(n, "n"))
    if np.any(counts < 0) or np.any(counts > sizes) or np.any(sizes < 1):
        raise ValueError("a proportion needs 0 <= x <= n and n >= 1")
    return counts.astype(np.float64), sizes.astype(np.float64)


def clopper_pearson(
    x: ArrayLike, n: ArrayLike, level: float = 0.95, alternative: Alternative = "two-sided"
) -> Interval:
    """Exact interval of a proportion: covers at least ``level``. Source: Clopper and Pearson 1934, beta quantiles."""
    k, size = _of_n(x, n)
    below, above = tail_chances(level, alternative)
    low = np.where((k > 0) & (below > 0), special.betaincinv(np.maximum(k, 1), size - k + 1, below), 0.0)
    high = np.where((k < size) & (above > 0), special.betainccinv(k + 1, np.maximum(size - k, 1), above), 1.0)
    return Interval(k / size, low, high)


def wilson(x: ArrayLike, n: ArrayLike, level: float = 0.95, *, correct: bool = False) -> Interval:
    """Wilson's score interval of a proportion: covers ``level`` on average over p. Source: Wilson 1927.

    ``correct``: with Yates' correction (Newcombe 1998, method 4; less where x is within 1/2 of n / 2, as R's prop.test
    has it), which covers ``level`` nearly everywhere.
    """
    k, size = _of_n(x, n)
    z = special.ndtri(1.0 - tail_chances(level)[0])
    p = k / size
    half_count = np.minimum(0.5, np.abs(k - size * 0.5)) if correct else np.zeros(k.shape)
    lower, upper = (_wilson_limit(p + side * half_count / size, size, side * z) for side in (-1.0, 1.0))
    low = np.where(k == 0, 0.0, np.maximum(lower, 0.0))
    return Interval(p, low, np.where(k == size, 1.0, np.minimum(upper, 1.0)))


def _wilson_limit(p: FloatArray, size: FloatArray, z: float) -> FloatArray:
    """The end of the score interval on the side of z's sign."""
    middle = p + z * z / (2.0 * size)
    # A share moved beyond 0 or 1 by the correction: its limit is cut there anyway.
    half = z * np.sqrt(np.maximum(p * (1.0 - p) / size, 0.0) + z * z / (4.0 * size * size))
    out: FloatArray = (middle + half) / (1.0 + z * z / size)
    return out


def jeffreys(x: ArrayLike, n: ArrayLike, level: float = 0.95) -> Interval:
    """Jeffreys' interval: beta(x + 1/2, n - x + 1/2) quantiles; 0 and 1 at the ends, so that it covers there.

    Source: Brown, Cai and DasGupta 2001.
    """
    k, size = _of_n(x, n)
    below, above = tail_chances(level)
    low = np.where(k == 0, 0.0, special.betaincinv(k + 0.5, size - k + 0.5, below))
    high = np.where(k == size, 1.0, special.betainccinv(k + 0.5, size - k + 0.5, above))
    return Interval(k / size, low, high)


def _rising_root(f: Callable[[FloatArray], FloatArray], low: FloatArray, high: FloatArray) -> FloatArray:
    """Where the rising ``f`` passes 0, by 200 halvings at most, entry by entry."""
    for _ in range(200):
        middle = 0.5 * (low + high)
        over = f(middle) > 0.0
        low, high = np.where(over, low, middle), np.where(over, middle, high)
        if np.all(high - low <= 4e-16 * high):
            break
    return 0.5 * (low + high)


def mid_p_proportion(x: ArrayLike, n: ArrayLike, level: float = 0.95) -> Interval:
    """Mid-p interval of a proportion: close to ``level``, not guaranteed to reach it. For display.

    Source: Lancaster 1961; bounds by bisection of the binomial mid-p.
    """
    k, size = _of_n(x, n)
    below, above = tail_chances(level)

    def upper_mid(p: FloatArray) -> FloatArray:
        mid: FloatArray = stats.binom.sf(k, size, p) + 0.5 * stats.binom.pmf(k, size, p)
        return mid

    zero, one = np.zeros(np.shape(k)), np.ones(np.shape(k))
    low = np.where(k == 0, 0.0, _rising_root(lambda p: upper_mid(p) - below, zero, one))
    high = np.where(k == size, 1.0, _rising_root(lambda p: upper_mid(p) - (1.0 - above), zero, one))
    return Interval(k / size, low, high)


def _per(x: ArrayLike, exposure: ArrayLike) -> tuple[FloatArray, FloatArray]:
    counts, time = np.broadcast_arrays(whole_numbers(x, "x"), np.asarray(exposure, dtype=np.float64))
    if np.any(counts < 0) or not np.all((time > 0.0) & np.isfinite(time)):
        raise ValueError("a rate needs x >= 0 and a positive exposure")
    return counts.astype(np.float64), time


def garwood(
    x: ArrayLike, exposure: ArrayLike = 1.0, level: float = 0.95, alternative: Alternative = "two-sided"
) -> Interval:
    """Exact interval of a Poisson rate (x events in ``exposure``). Source: Garwood 1936, by gamma quantiles."""
    k, time = _per(x, exposure)
    below, above = tail_chances(level, alternative)
    low = np.where((k > 0) & (below > 0), special.gammaincinv(np.maximum(k, 1), below), 0.0)
    high = special.gammainccinv(k + 1, above) if above > 0 else np.full(np.shape(k), np.inf)
    return Interval(k / time, low / time, high / time)


def poisson_test(
    x: ArrayLike, exposure: ArrayLike = 1.0, rate: ArrayLike = 1.0, *, alternative: Alternative = "two-sided"
) -> FloatArray:
    """Exact p-value of a Poisson rate against ``rate``.

    Two-sided: the chance of all counts no likelier than the one seen (ties within 1e-7). Source: definition.
    """
    k, time = _per(x, exposure)
    k, mean = np.broadcast_arrays(k, time * np.asarray(rate, dtype=np.float64))
    if np.any(mean < 0.0):
        raise ValueError("rate must not be negative")
    upper: FloatArray = np.where(k > 0, special.gammainc(np.maximum(k, 1), mean), 1.0)
    lower: FloatArray = special.gammaincc(k + 1, mean)
    if alternative == "greater":
        return upper
    if alternative == "less":
        return lower
    tail_chances(0.5, alternative)
    # The count on the other side of the mode that is just no likelier: by bisection on a law with one mode.
    bound = stats.poisson.logpmf(k, mean) + np.log1p(1e-7)
    high_side = k > mean
    mode = np.floor(mean)
    far = mode + 20.0 * np.sqrt(mean + 100.0) + 2.0 * np.abs(k - mean) + 20.0
    low, high = np.where(high_side, -1.0, mode), np.where(high_side, mode, far)
    for _ in range(64):
        middle = np.floor(0.5 * (low + high))
        rare = stats.poisson.logpmf(middle, mean) <= bound
        keep_low = np.where(high_side, rare, ~rare)
        low, high = np.where(keep_low, middle, low), np.where(keep_low, high, middle)
    other = np.where(
        high_side,
        np.where(low >= 0, special.gammaincc(np.maximum(low, 0) + 1, mean), 0.0),
        special.gammainc(np.maximum(high, 1), mean),
    )
    return np.where(k == mean, 1.0, np.minimum(np.where(high_side, upper, lower) + other, 1.0))


def poisson_rate_ratio(
    x1: ArrayLike,
    exposure1: ArrayLike,
    x2: ArrayLike,
    exposure2: ArrayLike,
    *,
    ratio: float = 1.0,
    level: float = 0.95,
    alternative: Alternative = "two-sided",
) -> Tested:
    """Exact test and interval of the ratio of two Poisson rates, given their sum.

    Source: Przyborowski and Wilenski 1940; Clopper-Pearson limits of the conditional binomial. Without any event the
    interval is 0 to infinity and p is 1.
    """
    k1, t1 = _per(x1, exposure1)
    k2, t2 = _per(x2, exposure2)
    k1, t1, k2, t2 = np.broadcast_arrays(k1, t1, k2, t2)
    total = k1 + k2
    limits = clopper_pearson(k1, np.maximum(total, 1), level, alternative)
    share = ratio * t1 / (ratio * t1 + t2)
    with np.errstate(divide="ignore", invalid="ignore"):
        estimate = (k1 / t1) / (k2 / t2)
        low = np.where(total > 0, limits.low / (1.0 - limits.low) * t2 / t1, 0.0)
        high = np.where((total > 0) & (limits.high < 1.0), limits.high / (1.0 - limits.high) * t2 / t1, np.inf)
    return Tested(estimate, low, high, binomial_test(k1, total, share, alternative=alternative))


def standardised_ratio(
    x: ArrayLike, expected: ArrayLike, relative_variance: ArrayLike = 0.0, level: float = 0.95
) -> Interval:
    """Events over an expected number that is itself an estimate: ``relative_variance`` is its variance over its square.

    The expected number is worth the count of the same relative variance, and the limits are those of the ratio of two
    Poisson rates (``poisson_rate_ratio``), which they equal where it was made from one count; with a variance of 0 they
    are Garwood's. Events need not be whole numbers (those that go together may be scaled to what they are worth).
    Raises ``ValueError`` for negative events or variances, and an expected number that is not positive.
    """
    k, mean, spread = np.broadcast_arrays(*(np.asarray(v, dtype=np.float64) for v in (x, expected, relative_variance)))
    if not np.all((k >= 0.0) & np.isfinite(k)) or not np.all((mean > 0.0) & np.isfinite(mean)):
        raise ValueError("a ratio needs x >= 0 and a positive expected number")
    if not np.all((spread >= 0.0) & np.isfinite(spread)):
        raise ValueError("a relative variance needs to be 0 or more")
    below, above = tail_chances(level)
    some, count = np.where(k > 0, k, 1.0), 1.0 / np.where(spread > 0.0, spread, 1.0)
    with np.errstate(divide="ignore"):
        low, high = special.betaincinv(some, count + 1.0, below), special.betainccinv(k + 1.0, count, above)
        low, high = (share / (1.0 - share) * count for share in (low, high))
    low = np.where(spread > 0.0, low, special.gammaincinv(some, below))
    high = np.where(spread > 0.0, high, special.gammainccinv(k + 1.0, above))
    return Interval(k / mean, np.where(k > 0, low, 0.0) / mean, high / mean)


def binomial_test(x: ArrayLike, n: ArrayLike, p: ArrayLike, *, alternative: Alternative = "two-sided") -> FloatArray:
    """Exact p-value of a proportion against ``p``; two-sided sums the counts no likelier than the one seen.

    n = 0 gives 1. Source: ``scipy.stats.binomtest`` for two-sided, entry by entry; beta functions for the tails.
    """
    k, size, chance = np.broadcast_arrays(
        whole_numbers(x, "x").astype(np.float64), whole_numbers(n, "n").astype(np.float64), np.asarray(p, np.float64)
    )
    tail_chances(0.5, alternative)
    if alternative == "greater":
        return np.where(k > 0, special.betainc(np.maximum(k, 1), size - k + 1, chance), 1.0)
    if alternative == "less":
        return np.where(k < size, special.betaincc(k + 1, np.maximum(size - k, 1), chance), 1.0)
    out = np.ones(np.shape(k))
    flat = out.reshape(-1)
    for i, (a, b, c) in enumerate(zip(k.flat, size.flat, chance.flat, strict=True)):
        if b > 0:
            flat[i] = stats.binomtest(int(a), int(b), float(c)).pvalue
    return out


def fisher_exact(
    a: ArrayLike,
    b: ArrayLike,
    c: ArrayLike,
    d: ArrayLike,
    *,
    level: float = 0.95,
    alternative: Alternative = "two-sided",
) -> Tested:
    """Fisher's exact test of 2x2 tables [[a, b], [c, d]], with the conditional estimate of the odds ratio.

    The interval inverts the exact tails (Cornfield 1956). Two-sided p: all tables no likelier than the one seen (ties
    within 1e-7). Source: definition; see ``mantel_haenszel.exact_common_odds_ratio`` for the computation.
    """
    from arusha.inference.mantel_haenszel import exact_common_odds_ratio

    cells = [np.ravel(x) for x in np.broadcast_arrays(*(whole_numbers(v, "counts") for v in (a, b, c, d)))]
    if any(np.any(v < 0) for v in cells):
        raise ValueError("counts must not be negative")
    a1, b1, c1, d1 = cells
    return exact_common_odds_ratio(a1, b1, c1, d1, np.arange(a1.size + 1), level=level, alternative=alternative)
