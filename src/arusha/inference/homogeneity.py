"""Is the odds ratio the same in several 2x2 tables? Exact answers, given all margins and the total.

Given the tables' margins and the sum of their first cells, the law of those cells does not depend on the common odds
ratio, whatever it is. Tables are [[a, b], [c, d]], flat over units, with row pointers of units + 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from arusha.inference import hypergeometric
from arusha.inference.group_homogeneity import group_against_rest
from arusha.inference.segments import FloatArray, IntArray, in_threads, row_pointers, whole_numbers

MOST_TABLES = 20_000_000
"""Sets of first cells that the two-sided test may run through for one unit."""


@dataclass(frozen=True)
class FirstAgainstOthers:
    """One entry a unit; tails of the first table's first cell under a common odds ratio."""

    p_lower: FloatArray
    """Small where the odds ratio of the first table is lower than that of the others."""
    p_upper: FloatArray
    """Small where it is higher."""
    expected: FloatArray
    """Mean of the first table's first cell, given the total, under a common odds ratio."""


def _margins(
    a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike, indptr: ArrayLike
) -> tuple[IntArray, hypergeometric.Strata]:
    cells = tuple(whole_numbers(v, "counts") for v in (a, b, c, d))
    if any(v.ndim != 1 or v.size != cells[0].size for v in cells) or any(np.any(v < 0) for v in cells):
        raise ValueError("a, b, c and d must be flat arrays of one length without negative counts")
    pointers = row_pointers(indptr, cells[0].size)
    if np.any(np.diff(pointers) < 1):
        raise ValueError("each unit needs at least one table")
    first, second, third, fourth = cells
    return first, hypergeometric.strata(first + second + third + fourth, first + second, first + third, pointers)


def first_against_others(
    a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike, indptr: ArrayLike, *, threads: int = 1
) -> FirstAgainstOthers:
    """Exact one-sided tests that the first table of each unit has another odds ratio than the unit's other tables.

    The others are taken to share one odds ratio without being pooled; the case of one own table of
    ``group_homogeneity.group_against_rest``. A unit with one table, or whose total leaves the
    first cell no room, has both tails 1. Relative accuracy 1e-10 at any size of p down to 1e-300. Raises
    ``ValueError`` for negative counts. Source: Zelen 1971, Gart 1970; tilting as in ``hypergeometric``.
    """
    if np.any(np.diff(whole_numbers(indptr, "indptr")) < 1):
        raise ValueError("each unit needs at least one table")
    own = np.ones(max(np.size(indptr) - 1, 0), dtype=np.int64)
    found = group_against_rest(a, b, c, d, indptr, own, threads=threads)
    return FirstAgainstOthers(found.p_lower, found.p_upper, found.expected)


def zelen(a: ArrayLike, b: ArrayLike, c: ArrayLike, d: ArrayLike, indptr: ArrayLike, *, threads: int = 1) -> FloatArray:
    """Zelen's exact two-sided p that all tables of a unit share one odds ratio.

    The chance, given margins and total, of all sets of tables no likelier than the one seen (ties within 1e-7). Runs
    through the sets: raises ``ValueError`` for a unit with more than 20 million. Source: Zelen 1971.
    """
    from arusha.inference import homogeneity_kernel

    seen, tables = _margins(a, b, c, d, indptr)
    room = np.minimum(tables.m, tables.n) - np.maximum(0, tables.m + tables.n - tables.M) + 1
    # Given the total, the table with most room follows from the others.
    logs = np.log(room.astype(np.float64))
    sets = np.add.reduceat(logs, tables.indptr[:-1]) - np.maximum.reduceat(logs, tables.indptr[:-1])
    if sets.size and sets.max() > np.log(MOST_TABLES):
        raise ValueError(
            "too many sets of tables for the exact two-sided test: use first_against_others for each table"
        )
    out = np.empty(tables.indptr.size - 1)
    in_threads(
        lambda i, j: homogeneity_kernel.zelen(seen, tables.M, tables.m, tables.n, tables.indptr, i, j, out),
        out.size,
        threads,
    )
    return out


def _cells(counts: IntArray, M: ArrayLike, m: ArrayLike, n: ArrayLike) -> hypergeometric.Strata:
    total, row, column = (np.broadcast_to(whole_numbers(v, "margins"), counts.shape) for v in (M, m, n))
    return hypergeometric.strata(total, row, column, np.arange(counts.size + 1))


def noncentral_upper_tail(
    x: ArrayLike, M: ArrayLike, m: ArrayLike, n: ArrayLike, log_odds: ArrayLike, *, threads: int = 1
) -> FloatArray:
    """P(X >= x) for Fisher's noncentral hypergeometric law, cell by cell; flat arrays, ``log_odds`` within ±60.

    Relative accuracy as ``hypergeometric.stratified_upper_tail``.
    """
    counts = np.atleast_1d(whole_numbers(x, "x"))
    return hypergeometric.upper(_cells(counts, M, m, n), counts, log_odds, threads)[0]


def noncentral_lower_tail(
    x: ArrayLike, M: ArrayLike, m: ArrayLike, n: ArrayLike, log_odds: ArrayLike, *, threads: int = 1
) -> FloatArray:
    """P(X <= x); see ``noncentral_upper_tail``."""
    counts = np.atleast_1d(whole_numbers(x, "x"))
    return hypergeometric.lower(_cells(counts, M, m, n), counts, log_odds, threads)[0]
