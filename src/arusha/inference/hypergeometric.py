"""Exact hypergeometric tails: single cells by the million, and sums over strata for many units at once.

Notation of the field: a stratum holds ``M`` draws, ``m`` of them in a row of interest, ``n`` in a column of interest,
and X in both. Under fixed margins and no association X is hypergeometric, and
T, the sum of X over strata, is a sum of independent ones.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln

from arusha.inference.segments import (
    FloatArray,
    IntArray,
    in_threads,
    joined,
    row_pointers,
    segment_sums,
    whole_numbers,
)

LARGEST_TABLE = 1 << 16
"""Beyond this the difference of log-factorials loses the ninth digit, so larger cells are summed instead."""
LARGEST_LOG_ODDS = 60.0

_log_factorials = np.zeros(1)


def log_factorial_table(largest: int) -> FloatArray:
    """log k! for k = 0 .. at least ``largest``; kept, and grown by doubling when more is asked for. Read only."""
    global _log_factorials
    if _log_factorials.size <= largest:
        size = max(1024, 1 << int(largest).bit_length())
        grown: FloatArray = gammaln(np.arange(1, size + 1, dtype=np.float64))
        _log_factorials = grown  # one assignment: a thread that reads meanwhile sees the old or the new table
    return _log_factorials


@dataclass(frozen=True)
class StratifiedTail:
    """Tails of T for many units; every field has one entry a unit."""

    p: FloatArray
    """The exact tail probability of the observed count: what decides."""
    point: FloatArray
    """P(T = t). Accurate relative to ``p``."""
    expected: FloatArray
    variance: FloatArray

    @property
    def mid_p(self) -> FloatArray:
        """The tail less half the point: for display. Deciding by it is not valid: its size exceeds the nominal."""
        return self.p - 0.5 * self.point


@dataclass(frozen=True)
class Moments:
    """Mean and variance of T under fixed margins, one entry a unit."""

    expected: FloatArray
    variance: FloatArray


def _margins(M: ArrayLike, m: ArrayLike, n: ArrayLike) -> tuple[IntArray, IntArray, IntArray]:
    total, row, column = whole_numbers(M, "M"), whole_numbers(m, "m"), whole_numbers(n, "n")
    total, row, column = (np.ascontiguousarray(a) for a in np.broadcast_arrays(total, row, column))
    if np.any(row < 0) or np.any(column < 0) or np.any(row > total) or np.any(column > total):
        raise ValueError("each stratum needs 0 <= m <= M and 0 <= n <= M")
    return total, row, column


def upper_tail(x: ArrayLike, M: ArrayLike, m: ArrayLike, n: ArrayLike, *, threads: int = 1) -> FloatArray:
    """P(X >= x) for X ~ Hypergeometric(M, m, n), cell by cell; arguments broadcast against each other.

    Relative accuracy about 1e-9 or better (1e-12 where M exceeds the table). Raises ``ValueError`` for impossible
    margins. Source: definition; log-factorial table, then term ratios.
    """
    from arusha.inference import hypergeometric_kernel

    total, row, column = _margins(M, m, n)
    count, total, row, column = (
        np.ascontiguousarray(a) for a in np.broadcast_arrays(whole_numbers(x, "x"), total, row, column)
    )
    out = np.empty(count.shape, dtype=np.float64)
    cells = count.reshape(-1), total.reshape(-1), row.reshape(-1), column.reshape(-1)
    result = out.reshape(-1)
    if result.size:
        table = log_factorial_table(min(int(total.max()), LARGEST_TABLE))
        in_threads(
            lambda a, b: hypergeometric_kernel.single_upper_tails(*cells, table, a, b, result), result.size, threads
        )
    return out


def lower_tail(x: ArrayLike, M: ArrayLike, m: ArrayLike, n: ArrayLike, *, threads: int = 1) -> FloatArray:
    """P(X <= x), as ``upper_tail``: n - X counts the draws that fall outside the m."""
    total, row, column = _margins(M, m, n)
    return upper_tail(column - whole_numbers(x, "x"), total, total - row, column, threads=threads)


@dataclass(frozen=True)
class Strata:
    """Checked strata of many units: flat arrays and row pointers. Made by ``strata``."""

    M: IntArray
    m: IntArray
    n: IntArray
    copies: IntArray
    indptr: IntArray


def strata(M: ArrayLike, m: ArrayLike, n: ArrayLike, indptr: ArrayLike, copies: ArrayLike | None = None) -> Strata:
    """Strata of many units, checked once for several questions. Raises ``ValueError`` for impossible margins."""
    total, row, column = _margins(M, m, n)
    if total.ndim != 1:
        raise ValueError("strata are flat arrays, one entry a stratum of a unit")
    count = np.ones(total.size, dtype=np.int64) if copies is None else whole_numbers(copies, "copies")
    if count.shape != total.shape or np.any(count < 0):
        raise ValueError("copies must hold one non-negative number a stratum")
    return Strata(total, row, column, count, row_pointers(indptr, total.size))


def moments(given: Strata) -> Moments:
    """Mean and variance of T without association; a stratum of one draw has a mean (0 or 1) and no variance."""
    M, m, n = given.M.astype(np.float64), given.m.astype(np.float64), given.n.astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected = np.where(M > 0, m * n / M, 0.0)
        variance = np.where(M > 1, expected * ((M - m) / M) * ((M - n) / (M - 1.0)), 0.0)
    return Moments(
        segment_sums(expected * given.copies, given.indptr), segment_sums(variance * given.copies, given.indptr)
    )


def _observed(t: ArrayLike, given: Strata) -> IntArray:
    observed = whole_numbers(t, "t")
    if observed.shape != (given.indptr.size - 1,):
        raise ValueError(f"t must hold one observed count a unit ({given.indptr.size - 1})")
    return observed


def upper(given: Strata, t: IntArray, log_odds: ArrayLike = 0.0, threads: int = 1) -> tuple[FloatArray, FloatArray]:
    """P(T >= t) and P(T = t) a unit. See ``stratified_upper_tail``."""
    from arusha.inference import hypergeometric_kernel

    odds = np.ascontiguousarray(np.broadcast_to(np.asarray(log_odds, dtype=np.float64), t.shape))
    if not np.all(np.abs(odds) <= LARGEST_LOG_ODDS):
        raise ValueError(f"log odds ratios must lie within ±{LARGEST_LOG_ODDS:g}")
    tails, points = np.empty(t.size), np.empty(t.size)
    in_threads(
        lambda a, b: hypergeometric_kernel.sums_of_hypergeometrics(
            given.M, given.m, given.n, given.copies, given.indptr, t, odds, a, b, tails, points
        ),
        t.size,
        threads,
    )
    return tails, points


def lower(given: Strata, t: IntArray, log_odds: ArrayLike = 0.0, threads: int = 1) -> tuple[FloatArray, FloatArray]:
    """P(T <= t) and P(T = t): the upper tail of the draws that fall outside the row."""
    drawn = segment_sums((given.n * given.copies).astype(np.float64), given.indptr).astype(np.int64)
    outside = replace(given, m=given.M - given.m)
    return upper(outside, drawn - t, -np.asarray(log_odds, dtype=np.float64), threads)


def no_likelier(given: Strata, t: IntArray, threads: int = 1) -> FloatArray:
    """Two-sided p without association: the chance of all sums no likelier than the one seen (ties within 1e-7)."""
    from arusha.inference import hypergeometric_kernel

    out = np.empty(t.size)
    in_threads(
        lambda a, b: hypergeometric_kernel.no_likelier(
            given.M, given.m, given.n, given.copies, given.indptr, t, a, b, out
        ),
        t.size,
        threads,
    )
    return out


def stratified_upper_tail(
    t: ArrayLike,
    M: ArrayLike,
    m: ArrayLike,
    n: ArrayLike,
    indptr: ArrayLike,
    *,
    copies: ArrayLike | None = None,
    log_odds: ArrayLike = 0.0,
    threads: int = 1,
) -> StratifiedTail:
    """Exact P(T >= t) for many units, T the sum over a unit's strata of independent hypergeometric counts.

    Parameters
    ----------
    t
        Observed sum, one a unit.
    M, m, n
        Strata of all units, one after the other: draws, row margin, column margin.
    indptr
        Units + 1 row pointers into the strata.
    copies
        How many identical strata an entry stands for (default 1).
    log_odds
        Common log odds ratio of the law (default 0: no association), one a unit or one for all; |.| <= 60.
        ``expected`` and ``variance`` are always those without association.
    threads
        Parts run side by side; results are the same for any number.

    Relative accuracy 1e-11 or better at any size of p down to 1e-300, below which p is 0. Raises ``ValueError`` for
    impossible margins. Source of the method: exponential tilting of each stratum's law to the observed sum, then
    convolution of positive terms only (see ``lattice_kernel``); nothing is ever subtracted from 1.
    """
    given = strata(M, m, n, indptr, copies)
    tails, points = upper(given, _observed(t, given), log_odds, threads)
    central = moments(given)
    return StratifiedTail(tails, points, central.expected, central.variance)


def averaged_upper_tail(
    t: ArrayLike,
    M: ArrayLike,
    m: ArrayLike,
    n: ArrayLike,
    indptr: ArrayLike,
    log_odds: ArrayLike,
    weights: ArrayLike,
    *,
    threads: int = 1,
) -> FloatArray:
    """P(T >= t) averaged over several common log odds ratios, one entry a unit.

    Parameters
    ----------
    t, M, m, n, indptr, threads
        As of ``stratified_upper_tail``.
    log_odds
        Units by nodes, rising within each unit; |.| <= 60.
    weights
        One a node, not negative.

    Parts of the average below 1e-17 of it are left out. Raises ``ValueError`` for impossible margins or nodes.
    """
    from arusha.inference import hypergeometric_kernel

    given = strata(M, m, n, indptr)
    observed = _observed(t, given)
    nodes, weight = np.ascontiguousarray(log_odds, dtype=np.float64), np.ascontiguousarray(weights, dtype=np.float64)
    if nodes.shape != (observed.size, weight.size) or not np.all(weight >= 0):
        raise ValueError("log_odds must hold a row a unit and a node a weight, and no weight be negative")
    if not np.all(np.abs(nodes) <= LARGEST_LOG_ODDS) or np.any(np.diff(nodes, axis=1) < 0):
        raise ValueError(f"log odds ratios must lie within ±{LARGEST_LOG_ODDS:g} and rise within a unit")
    out = np.empty(observed.size)
    in_threads(
        lambda a, b: hypergeometric_kernel.averaged_sums_of_hypergeometrics(
            given.M, given.m, given.n, given.indptr, observed, nodes, weight, a, b, out
        ),
        observed.size,
        threads,
    )
    return out


def stratified_lower_tail(
    t: ArrayLike,
    M: ArrayLike,
    m: ArrayLike,
    n: ArrayLike,
    indptr: ArrayLike,
    *,
    copies: ArrayLike | None = None,
    log_odds: ArrayLike = 0.0,
    threads: int = 1,
) -> StratifiedTail:
    """Exact P(T <= t). See ``stratified_upper_tail``."""
    given = strata(M, m, n, indptr, copies)
    tails, points = lower(given, _observed(t, given), log_odds, threads)
    central = moments(given)
    return StratifiedTail(tails, points, central.expected, central.variance)


def stratified_moments(
    M: ArrayLike, m: ArrayLike, n: ArrayLike, indptr: ArrayLike, *, copies: ArrayLike | None = None
) -> Moments:
    """Mean and variance of T without association for many units: flat strata, ``indptr`` of units + 1."""
    return moments(strata(M, m, n, indptr, copies))


def attainable_upper_tails(given: Strata, ceiling: float = 1.0) -> tuple[FloatArray, IntArray]:
    """All values up to ``ceiling`` that each unit's P(T >= t) can take, rising, and their row pointers.

    What ``discrete.discrete_bh`` asks for; a ceiling at the largest p-value that could matter keeps it small. Values
    below 1e-22 are left out.
    """
    from arusha.inference import hypergeometric_kernel

    if not 0.0 < ceiling <= 1.0:
        raise ValueError("ceiling must lie between 0 and 1")
    return joined(
        hypergeometric_kernel.attainable_tails(given.M[a:b], given.m[a:b], given.n[a:b], given.copies[a:b], ceiling)
        for a, b in pairwise(given.indptr)
    )
