"""Association across strata of 2x2 tables: the Cochran-Mantel-Haenszel test and the common odds ratio.

Tables are [[a, b], [c, d]], one a stratum, flat over all units, with row pointers of units + 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from arusha.inference import hypergeometric
from arusha.inference.intervals import Alternative, Tested, tail_chances
from arusha.inference.segments import FloatArray, IntArray, row_pointers, segment_sums, whole_numbers


@dataclass(frozen=True)
class MantelHaenszel:
    """One entry a unit."""

    z: FloatArray
    """(observed - expected) / sd, without continuity correction; missing where no stratum informs."""
    chi2: FloatArray
    """With the continuity correction asked for; 1 degree of freedom."""
    p: FloatArray
    odds_ratio: FloatArray
    low: FloatArray
    high: FloatArray
    expected: FloatArray
    variance: FloatArray


@dataclass(frozen=True)
class _Tables:
    a: IntArray
    b: IntArray
    c: IntArray
    d: IntArray
    indptr: IntArray


def _tables(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike, indptr: ArrayLike) -> _Tables:
    cells = tuple(whole_numbers(v, "counts") for v in (a, b, c, d))
    if any(v.ndim != 1 or v.size != cells[0].size for v in cells) or any(np.any(v < 0) for v in cells):
        raise ValueError("a, b, c and d must be flat arrays of one length without negative counts")
    return _Tables(cells[0], cells[1], cells[2], cells[3], row_pointers(indptr, cells[0].size))


def cochran_mantel_haenszel(
    a: ArrayLike,
    b: ArrayLike,
    c: ArrayLike,
    d: ArrayLike,
    indptr: ArrayLike,
    *,
    level: float = 0.95,
    correct: bool = True,
    alternative: Alternative = "two-sided",
) -> MantelHaenszel:
    """The asymptotic test of no association given strata, and the common odds ratio, for many units.

    The interval is that of Robins, Breslow and Greenland (1986), to one side with a one-sided ``alternative``.
    ``correct`` takes 1/2 off the distance (all of a smaller one, of which R's mantelhaen.test takes nothing). Strata of
    fewer than two draws are left out. Raises ``ValueError`` for negative counts. Source: Mantel and Haenszel 1959.
    """
    tables = _tables(a, b, c, d, indptr)
    a1, b1, c1, d1 = (v.astype(np.float64) for v in (tables.a, tables.b, tables.c, tables.d))
    total = a1 + b1 + c1 + d1
    informs = total >= 2
    size = np.where(informs, total, 2.0)

    def summed(values: FloatArray) -> FloatArray:
        return segment_sums(np.where(informs, values, 0.0), tables.indptr)

    expected = summed((a1 + b1) * (a1 + c1) / size)
    variance = summed((a1 + b1) * (c1 + d1) * (a1 + c1) * (b1 + d1) / (size * size * (size - 1.0)))
    gap = summed(a1) - expected
    concordant, discordant = a1 * d1 / size, b1 * c1 / size
    s1, s2 = summed(concordant), summed(discordant)
    agree, differ = (a1 + d1) / size, (b1 + c1) / size
    with np.errstate(divide="ignore", invalid="ignore"):
        z = gap / np.sqrt(variance)
        taken = np.minimum(0.5, np.abs(gap)) if correct else 0.0
        chi2 = (np.abs(gap) - taken) ** 2 / variance
        odds_ratio = s1 / s2
        se = np.sqrt(
            summed(agree * concordant) / (2.0 * s1**2)
            + summed(agree * discordant + differ * concordant) / (2.0 * s1 * s2)
            + summed(differ * discordant) / (2.0 * s2**2)
        )
        low, high = np.zeros(z.shape), np.full(z.shape, np.inf)
        below, above = tail_chances(level, alternative)
        if below > 0.0:
            low = odds_ratio * np.exp(special.ndtri(below) * se)
        if above > 0.0:
            high = odds_ratio * np.exp(-special.ndtri(above) * se)
        p = special.chdtrc(1.0, chi2)
        if alternative != "two-sided":
            reached = np.sign(gap) * np.sqrt(chi2)
            p = special.ndtr(-reached if alternative == "greater" else reached)
    return MantelHaenszel(z, chi2, p, odds_ratio, low, high, expected, variance)


def _conditional_estimate(strata: hypergeometric.Strata, t: IntArray) -> FloatArray:
    """The log odds ratio under which T has mean t; -inf and inf at the ends of its range, missing if it cannot vary."""
    from arusha.inference import hypergeometric_kernel

    out = np.empty(t.size)
    hypergeometric_kernel.conditional_estimates(strata.M, strata.m, strata.n, strata.copies, strata.indptr, t, out)
    return out


def _bound(strata: hypergeometric.Strata, t: IntArray, chance: float, *, upper: bool, start: FloatArray) -> FloatArray:
    """The log odds ratio at which the tail of t equals ``chance``, by bracketing about ``start`` and bisection."""
    limit = hypergeometric.LARGEST_LOG_ODDS

    def excess(log_odds: FloatArray) -> FloatArray:
        # The upper tail rises with the odds ratio and the lower one falls.
        tails, _ = (hypergeometric.upper if upper else hypergeometric.lower)(strata, t, log_odds)
        return tails - chance if upper else chance - tails

    low, high = start - 1.0, start + 1.0
    for _ in range(12):
        wide = excess(np.clip(low, -limit, limit)) > 0.0
        short = excess(np.clip(high, -limit, limit)) < 0.0
        if not (wide.any() or short.any()):
            break
        width = high - low
        low, high = np.where(wide, low - width, low), np.where(short, high + width, high)
    low, high = np.clip(low, -limit, limit), np.clip(high, -limit, limit)
    for _ in range(60):
        middle = 0.5 * (low + high)
        over = excess(middle) > 0.0
        low, high = np.where(over, low, middle), np.where(over, middle, high)
        if np.all(high - low < 1e-14 * np.maximum(1.0, np.abs(middle))):
            break
    return 0.5 * (low + high)


def exact_common_odds_ratio(
    a: ArrayLike,
    b: ArrayLike,
    c: ArrayLike,
    d: ArrayLike,
    indptr: ArrayLike,
    *,
    level: float = 0.95,
    alternative: Alternative = "two-sided",
) -> Tested:
    """Exact conditional test, estimate and interval of the odds ratio common to a unit's strata, for many units.

    The two-sided p sums all totals no likelier than the one seen (ties within 1e-7); the interval inverts the exact
    tails. Where the margins leave the total no room, the estimate is missing, the interval 0 to infinity and p = 1.
    Odds ratios beyond exp(60) are reported as exp(60). Sources: Cornfield 1956, Gart 1970.
    """
    tables = _tables(a, b, c, d, indptr)
    below, above = tail_chances(level, alternative)
    strata = hypergeometric.strata(
        tables.a + tables.b + tables.c + tables.d, tables.a + tables.b, tables.a + tables.c, tables.indptr
    )
    t = segment_sums(tables.a.astype(np.float64), tables.indptr).astype(np.int64)
    least = segment_sums(np.maximum(0, strata.m + strata.n - strata.M).astype(np.float64), tables.indptr)
    most = segment_sums(np.minimum(strata.m, strata.n).astype(np.float64), tables.indptr)
    estimate = _conditional_estimate(strata, t)
    start = np.where(np.isfinite(estimate), estimate, 0.0)
    low, high = np.zeros(t.size), np.full(t.size, np.inf)
    if below > 0:
        found = np.exp(_bound(strata, t, below, upper=True, start=start))
        low = np.where(t > least, found, 0.0)
    if above > 0:
        found = np.exp(_bound(strata, t, above, upper=False, start=start))
        high = np.where(t < most, found, np.inf)
    if alternative == "greater":
        p, _ = hypergeometric.upper(strata, t)
    elif alternative == "less":
        p, _ = hypergeometric.lower(strata, t)
    else:
        p = hypergeometric.no_likelier(strata, t)
    return Tested(np.exp(estimate), low, high, p)
