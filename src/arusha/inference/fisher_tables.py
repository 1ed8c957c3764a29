"""Fisher's exact test of tables with several rows and columns, in full.

Given its margins, a table has a chance in proportion to one over the product of the factorials of its cells. p is the
chance of all tables no likelier than the one at hand. Columns are dealt one after another; what was dealt matters only
by the row totals that are left and by the product so far, so that tables are never written out one by one: alike
products are kept once with their weight, and the last two columns are looked up in sorted lists.

Sources: Freeman and Halton 1951 (Biometrika 38:141); Mehta and Patel 1983 (JASA 78:427) for the network of totals.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, logsumexp

from arusha.inference.segments import FloatArray, IntArray

SAME = 1e-7
"""Relative: tables whose chances differ by less are equally likely (as R's ``fisher.test``)."""
MOST = 30_000_000
"""Ways of dealing columns that are looked at, beyond which the test is refused."""


def fisher_table(table: ArrayLike) -> float:
    """Two-sided p of no association, of a table (rows, columns) of counts.

    Parameters
    ----------
    table
        Whole numbers, none negative. Empty rows and columns say nothing and are left out.

    Raises
    ------
    ValueError
        For anything else; where fewer than two rows or columns are left; and where the margins allow more than 30
        million ways of dealing a column: ``scipy.stats.fisher_exact`` with a ``MonteCarloMethod`` draws the p of such a
        table.
    """
    counts = np.asarray(table, dtype=np.float64)
    if counts.ndim != 2 or np.any(counts < 0) or np.any(counts != np.floor(counts)):
        raise ValueError("a table of whole numbers, none negative, is needed")
    x = counts.astype(np.int64)
    x = x[x.sum(axis=1) > 0][:, x.sum(axis=0) > 0]
    if min(x.shape) < 2:
        raise ValueError("fewer than two rows or columns have a count")
    # Rows and columns are alike to the test; totals of few rows take few values. The largest columns come last, in
    # bulk.
    if x.shape[0] > x.shape[1]:
        x = x.T
    columns = np.sort(x.sum(axis=0))
    rows = np.sort(x.sum(axis=1))
    log_factorial = gammaln(np.arange(int(x.sum()) + 2) + 1.0)
    whole = log_factorial[rows].sum() + log_factorial[columns].sum() - log_factorial[int(x.sum())]
    bound = whole - log_factorial[x].sum() + np.log1p(SAME)

    # Row totals that are left, in order -> log products so far and the log of how many ways (weighed) lead there.
    level: dict[tuple[int, ...], tuple[FloatArray, FloatArray]] = {
        tuple(int(v) for v in rows): (np.array([whole]), np.zeros(1))
    }
    looked, found = 0, []
    for number, size in enumerate(columns[:-2]):
        following: dict[tuple[int, ...], list[tuple[FloatArray, FloatArray]]] = {}
        for left, (product, weight) in level.items():
            least, most, every = _completions(np.array(left), columns[number:], log_factorial)
            inside, open_ = product + most <= bound, product + least <= bound
            found.append(product[inside] + weight[inside] + every)
            open_ &= ~inside
            if not open_.any():
                continue
            product, weight = product[open_], weight[open_]
            deals = _deals(int(size), np.array(left))
            looked += deals.shape[0] * product.size
            if looked > MOST:
                raise ValueError("too many ways of dealing the columns; draw the p instead (scipy.stats.fisher_exact)")
            after = np.sort(np.array(left) - deals, axis=1)
            moved = -log_factorial[deals].sum(axis=1)
            for rest, step in zip(map(tuple, after.tolist()), moved, strict=True):
                following.setdefault(rest, []).append((product + step, weight))
        level = {rest: _merged(parts) for rest, parts in following.items()}
    size = int(columns[-2])
    for left, (product, weight) in level.items():
        room = np.array(left)
        deals = _deals(size, room)
        looked += deals.shape[0]
        if looked > MOST:
            raise ValueError("too many ways of dealing the columns; draw the p instead (scipy.stats.fisher_exact)")
        last = np.sort(-(log_factorial[deals] + log_factorial[room - deals]).sum(axis=1))
        # Sums of the smallest chances first, so that no digit of small ones is lost.
        running = np.concatenate([[-np.inf], np.logaddexp.accumulate(last)])
        within = running[np.searchsorted(last, bound - product, side="right")]
        found.append(product + weight + within)
    return float(min(np.exp(logsumexp(np.concatenate(found))), 1.0))


def _completions(left: IntArray, columns: IntArray, log_factorial: FloatArray) -> tuple[float, float, float]:
    """Of all ways to deal ``columns`` into the row totals ``left``: bounds of the least and the largest log product,
    and the log of the sum of products."""
    evenly = min(
        -float(left.size * gammaln(columns / left.size + 1.0).sum()),
        -float(columns.size * gammaln(left / columns.size + 1.0).sum()),
    )
    together = -min(float(log_factorial[columns].sum()), float(log_factorial[left].sum()))
    every = float(log_factorial[columns.sum()] - log_factorial[left].sum() - log_factorial[columns].sum())
    return together, evenly + 1e-9, every


def _deals(size: int, limits: IntArray) -> IntArray:
    """Every way (ways, rows) to deal ``size`` over rows that take at most their limits."""
    room = np.append(np.cumsum(limits[::-1])[::-1], 0)
    partial = np.zeros((1, 0), np.int64)
    rest = np.array([size], np.int64)
    for row, limit in enumerate(limits):
        low, high = np.maximum(rest - room[row + 1], 0), np.minimum(rest, limit)
        many = np.maximum(high - low + 1, 0)
        if many.sum() > MOST:
            raise ValueError("too many ways of dealing the columns; draw the p instead (scipy.stats.fisher_exact)")
        which = np.repeat(np.arange(many.size), many)
        own = np.arange(which.size) - np.repeat(np.cumsum(many) - many, many) + low[which]
        partial = np.column_stack([partial[which], own])
        rest = rest[which] - own
    return partial


def _merged(parts: list[tuple[FloatArray, FloatArray]]) -> tuple[FloatArray, FloatArray]:
    """Equal products once, their weights added up. They differ by rounding (1e-12 of a log), never by less than what
    tells two tables apart."""
    product = np.concatenate([p for p, _ in parts])
    weight = np.concatenate([w for _, w in parts])
    order = np.argsort(product, kind="stable")
    product, weight = product[order], weight[order]
    begins = np.flatnonzero(np.append(True, np.diff(product) > 1e-10))
    top = np.maximum.reduceat(weight, begins)
    group = np.repeat(np.arange(begins.size), np.diff(np.append(begins, product.size)))
    sums = np.add.reduceat(np.exp(weight - top[group]), begins)
    return product[begins], top + np.log(sums)
