"""Permutation tests that keep strata, and what was handed out together, together.

Row labels (who handled it) are shuffled among blocks (what was handed out as one) within strata. Exact whatever the
law of the counts, for a maximum over many cells and for a total; single cells among thousands are better served by
exact tails (a permutation p is never below 1 / (draws + 1)).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import comb
from typing import Any

import numpy as np
from numpy.typing import ArrayLike
from scipy import sparse, stats

from arusha.inference.intervals import Alternative, tail_chances
from arusha.inference.segments import FloatArray, IntArray, in_threads, whole_numbers

MOST_CELLS = 200_000_000


@dataclass(frozen=True)
class Permuted:
    """Arrays: one a tested cell."""

    count: FloatArray
    expected: FloatArray
    """Exact mean over all permutations."""
    sd: FloatArray
    """Exact standard deviation over all permutations."""
    z: FloatArray
    """(count - expected) / sd; missing where no permutation moves the count."""
    p_family: FloatArray
    """Chance that the largest z of all cells reaches this one's: holds the family-wise error over the tested cells."""
    largest_z: float
    p_largest: float
    total: float
    """Sum of z^2 over the tested cells: departures anywhere, of either sign."""
    p_total: float
    draws: int


@dataclass(frozen=True)
class _Blocks:
    """Blocks sorted by stratum; entries are their counts by column."""

    label: IntArray
    stratum: IntArray
    stratum_indptr: IntArray
    entry_indptr: IntArray
    entry_block: IntArray
    entry_column: IntArray
    entry_count: FloatArray


def _coded(values: ArrayLike, size: int | None, what: str) -> tuple[np.ndarray[Any, Any], IntArray]:
    names, code = np.unique(np.asarray(values), return_inverse=True)
    if code.ndim != 1 or (size is not None and code.size != size):
        raise ValueError(f"{what} must be a flat array as long as the others")
    return names, code.astype(np.int64)


def _blocks(stratum: IntArray, row: IntArray, column: IntArray, count: IntArray, block: IntArray | None) -> _Blocks:
    if block is None:
        if np.any(count != 1):
            raise ValueError("without blocks each entry is one draw: count must be 1")
        block = np.arange(row.size, dtype=np.int64)
    order = np.lexsort((column, block, stratum))
    stratum, row, column, block = stratum[order], row[order], column[order], block[order]
    count = count[order]
    starts = np.flatnonzero(np.r_[True, (block[1:] != block[:-1]) | (stratum[1:] != stratum[:-1])])
    if np.unique(block[starts]).size != starts.size:
        raise ValueError("a block must lie within one stratum")
    label, of_block = row[starts], np.cumsum(np.r_[False, (block[1:] != block[:-1])])
    if np.any(label[of_block] != row):
        raise ValueError("a block must have one row label: it was handed out as one")
    block_stratum = stratum[starts]
    edges = np.flatnonzero(np.r_[True, block_stratum[1:] != block_stratum[:-1]])
    return _Blocks(
        label=label,
        stratum=np.cumsum(np.r_[False, block_stratum[1:] != block_stratum[:-1]]).astype(np.int64),
        stratum_indptr=np.r_[edges, label.size].astype(np.int64),
        entry_indptr=np.r_[starts, row.size].astype(np.int64),
        entry_block=of_block.astype(np.int64),
        entry_column=column,
        entry_count=count.astype(np.float64),
    )


def _moments(blocks: _Blocks, rows: int, columns: int, r: IntArray, c: IntArray) -> tuple[FloatArray, FloatArray]:
    """Exact mean and variance over all permutations of the count of each tested cell.

    In a stratum of B blocks of which m carry the label, the count is the sum over a simple random sample of m of the
    blocks' counts a: mean m A / B, variance m (B - m) / (B (B - 1)) (sum a^2 - A^2 / B).
    """
    strata = blocks.stratum_indptr.size - 1
    size = np.diff(blocks.stratum_indptr).astype(np.float64)
    ones = np.ones(blocks.label.size)
    carried = sparse.csr_array((ones, (blocks.label, blocks.stratum)), shape=(rows, strata))
    # A block's entries of one column add up before they are squared.
    by_block = sparse.csr_array(
        (blocks.entry_count, (blocks.entry_block, blocks.entry_column)), shape=(blocks.label.size, columns)
    )
    by_block.sum_duplicates()
    member = sparse.csr_array((ones, (blocks.stratum, np.arange(blocks.label.size))), shape=(strata, blocks.label.size))
    sums = (member @ by_block).T.tocsr()
    squares = (member @ by_block.power(2)).T.tocsr()
    spread = (squares - sums.power(2) @ sparse.diags_array(1.0 / size)).tocsr()
    share = carried @ sparse.diags_array(1.0 / size)
    with np.errstate(divide="ignore", invalid="ignore"):
        per_pair = np.where(size > 1, 1.0 / (size * (size - 1.0)), 0.0)
    # m (B - m) / (B (B - 1)) on the pattern of m.
    weight = (carried @ sparse.diags_array(size * per_pair) - carried.power(2) @ sparse.diags_array(per_pair)).tocsr()
    mean = np.asarray((share.tocsr()[r] * sums[c]).sum(axis=1)).ravel()
    variance = np.asarray((weight[r] * spread[c]).sum(axis=1)).ravel()
    return mean, np.maximum(variance, 0.0)


def permuted_cells(
    stratum: ArrayLike,
    row: ArrayLike,
    column: ArrayLike,
    tested: tuple[ArrayLike, ArrayLike],
    *,
    block: ArrayLike | None = None,
    count: ArrayLike | None = None,
    draws: int = 9_999,
    seed: int,
    threads: int = 1,
) -> Permuted:
    """Test all ``tested`` (row, column) cells together by shuffling row labels among blocks within strata.

    Parameters
    ----------
    stratum, row, column
        One entry a draw (or a group of like draws within a block).
    tested
        Rows and columns of the cells looked at; choose them by exposure, never by their outcome.
    block
        What was handed out together and so moves together; by default each entry alone.
    count
        Draws an entry stands for; only with blocks.
    seed
        Draw i is a function of the seed and i, whatever the number of threads.

    p = (1 + draws at least as far out) / (1 + draws), a valid p at any number of draws. Raises ``ValueError`` for
    blocks that cross strata or carry two labels, and cells that are not in the table. Sources: Westfall and Young 1993
    (single-step maximum); Phipson and Smyth 2010 (the added one).
    """
    from arusha.inference import permutation_kernel

    r_names, r = _coded(row, None, "row")
    c_names, c = _coded(column, r.size, "column")
    _, g = _coded(stratum, r.size, "stratum")
    b = None if block is None else _coded(block, r.size, "block")[1]
    numbers = np.ones(r.size, dtype=np.int64) if count is None else whole_numbers(count, "count")
    if numbers.shape != r.shape or np.any(numbers < 0):
        raise ValueError("count must hold one number of draws an entry")
    if draws < 1:
        raise ValueError("draws must be at least 1")
    if r_names.size * c_names.size > MOST_CELLS:
        raise ValueError("more than 200 million cells: test one office or period at a time")
    test_r, test_c = np.asarray(tested[0]), np.asarray(tested[1])
    places = np.searchsorted(r_names, test_r), np.searchsorted(c_names, test_c)
    for names, place, wanted in ((r_names, places[0], test_r), (c_names, places[1], test_c)):
        if wanted.size and not np.array_equal(names[np.minimum(place, names.size - 1)], wanted):
            raise ValueError("a tested cell's row or column does not occur")
    i, j = (p.astype(np.int64) for p in places)
    blocks = _blocks(g, r, c, numbers, b)
    cell_of = np.full((r_names.size, c_names.size), -1, dtype=np.int64)
    cell_of[i, j] = np.arange(i.size)
    if np.any(cell_of[i, j] != np.arange(i.size)):
        raise ValueError("a cell is tested twice")
    expected, variance = _moments(blocks, r_names.size, c_names.size, i, j)
    # A variance of rounding alone is none.
    sd: FloatArray = np.asarray(np.sqrt(np.where(variance > 1e-9 * expected, variance, 0.0)), dtype=np.float64)
    seen = np.zeros(i.size)
    hit = cell_of[r, c]
    np.add.at(seen, hit[hit >= 0], numbers[hit >= 0].astype(np.float64))
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(sd > 0, (seen - expected) / sd, np.nan)
    # Small integers, so that a draw's working set stays in the processor's cache.
    labels, columns = blocks.label.astype(np.int32), blocks.entry_column.astype(np.int32)
    places_of = np.where(cell_of < 0, i.size, cell_of).astype(np.int32)
    single = bool(blocks.entry_column.size == blocks.label.size and np.all(blocks.entry_count == 1.0))
    largest, squares = np.empty(draws), np.empty(draws)
    in_threads(
        lambda first, last: permutation_kernel.draw_extremes(
            labels,
            blocks.stratum_indptr,
            blocks.entry_indptr,
            columns,
            blocks.entry_count,
            single,
            places_of,
            expected,
            sd,
            seed,
            first,
            last,
            largest,
            squares,
        ),
        draws,
        threads,
    )
    return _summed_up(seen, expected, sd, z, largest, squares)


def _summed_up(
    seen: FloatArray, expected: FloatArray, sd: FloatArray, z: FloatArray, largest: FloatArray, squares: FloatArray
) -> Permuted:
    draws = largest.size
    ordered = np.sort(largest)

    def share(values: FloatArray, drawn: FloatArray) -> FloatArray:
        # A hair below, so that the same counts in another order of summation count as reached.
        reached = draws - np.searchsorted(drawn, values - 1e-9 * np.maximum(1.0, np.abs(values)), side="left")
        return np.asarray((1.0 + reached) / (1.0 + draws), dtype=np.float64)

    informs = ~np.isnan(z)
    p_family = np.full(z.size, np.nan)
    p_family[informs] = share(z[informs], ordered)
    if not informs.any():
        return Permuted(seen, expected, sd, z, p_family, np.nan, np.nan, np.nan, np.nan, draws)
    top, total = float(z[informs].max()), float(np.sum(z[informs] ** 2))
    return Permuted(
        seen,
        expected,
        sd,
        z,
        p_family,
        top,
        float(share(np.array([top]), ordered)[0]),
        total,
        float(share(np.array([total]), np.sort(squares))[0]),
        draws,
    )


@dataclass(frozen=True)
class TwoSamples:
    """Difference of means and its permutation p."""

    difference: float
    z: float
    """Standardised by the exact variance over permutations."""
    p: float
    exact: bool
    """True where every arrangement was counted."""


def mean_difference(
    x: ArrayLike,
    y: ArrayLike,
    *,
    alternative: Alternative = "two-sided",
    most_arrangements: int = 200_000,
    draws: int = 9_999,
    seed: int = 1,
) -> TwoSamples:
    """Permutation test of mean(x) - mean(y); two-sided counts differences at least as far from 0.

    All arrangements where there are at most ``most_arrangements``, else random ones. Raises ``ValueError`` for empty or
    missing values. Source: Fisher and Pitman's test, by ``scipy.stats.permutation_test``.
    """
    first, second = np.asarray(x, dtype=np.float64), np.asarray(y, dtype=np.float64)
    tail_chances(0.5, alternative)
    if first.size < 1 or second.size < 1 or not (np.all(np.isfinite(first)) and np.all(np.isfinite(second))):
        raise ValueError("both samples need values, none missing")
    pooled = np.concatenate([first, second])
    arrangements = comb(pooled.size, first.size)
    exact = arrangements <= most_arrangements
    two_sided = alternative == "two-sided"

    def statistic(a: FloatArray, b: FloatArray, axis: int = -1) -> FloatArray:
        out: FloatArray = np.mean(a, axis=axis) - np.mean(b, axis=axis)
        return np.abs(out) if two_sided else out

    found = stats.permutation_test(
        (first, second),
        statistic,
        vectorized=True,
        n_resamples=np.inf if exact else draws,
        alternative="less" if alternative == "less" else "greater",
        rng=np.random.default_rng(seed),
    )
    difference = float(first.mean() - second.mean())
    variance = np.var(pooled, ddof=1) * (1.0 / first.size + 1.0 / second.size)
    z = difference / float(np.sqrt(variance)) if variance > 0 else float("nan")
    return TwoSamples(difference, z, float(found.pvalue), exact)
