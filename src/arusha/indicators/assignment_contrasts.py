"""How officers' shares differ between the levels of a feature: the tables behind inferred pools."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from arusha.indicators.assignment_draws import IntArray

FloatArray = NDArray[np.float64]

FEWEST = 10
"""Draws that a level needs before its officers can be known at all."""
DIFFERS = 0.01
"""A feature splits the office where its least p, times the levels and resolutions looked at, is at most this."""
APART = 0.1
"""A level joins the pool that fits it best unless even that one differs from it at this level over all levels."""
MOST_POOLS = 12
HOURS = 24


@dataclass(frozen=True)
class Table:
    """By level, span of time and officer: counts beyond expectation within strata (A), their variance (V), and the
    variance if each draw were one of many (U: what two sets differ by, never too small; empty where no two are held
    against each other); the level's draws (n).
    """

    A: FloatArray
    V: FloatArray
    U: FloatArray
    n: FloatArray

    def over(self, span: IntArray, spans: int) -> Table:
        """The same over longer spans. ``span``: the longer one in which each of this table's lies, rising."""
        from arusha.indicators import assignment_counts_kernel as kernel

        begins = np.searchsorted(span, np.arange(spans + 1))
        shapes = ((x.shape[0], spans, *x.shape[2:]) if x.size else x.shape for x in (self.A, self.V, self.U, self.n))
        longer = Table(*(np.zeros(shape) for shape in shapes))
        kernel.over_spans(self.A, self.V, self.U, self.n, begins, longer.A, longer.V, longer.U, longer.n)
        return longer

    @property
    def size(self) -> FloatArray:
        """Draws of each level."""
        return np.asarray(self.n.sum(axis=1))


def tail(squares: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Upper tails of sums of squares, by a gamma law of the same mean and variance (Satterthwaite 1946).

    ``squares``: rows of (sum, mean, variance). Returns p, and how many standard deviations the sum lies above its mean:
    that orders differences whose p is 0 to the last digit.
    """
    total, mean, variance = squares[..., 0], squares[..., 1], squares[..., 2]
    known = mean > 0
    with np.errstate(divide="ignore", invalid="ignore"):
        p = np.where(known, special.gammaincc(mean * mean / variance, total * mean / variance), 1.0)
        strength = np.where(known, (total - mean) / np.sqrt(variance), -np.inf)
    return p, strength


def tail_of(squares: FloatArray) -> float:
    """The p of ``tail`` for one sum: many are asked for one by one."""
    total, mean, variance = squares.tolist()
    if not (mean > 0 and variance > 0):
        return 1.0
    return float(special.gammaincc(mean * mean / variance, total * mean / variance))


def own(table: Table) -> tuple[FloatArray, FloatArray]:
    """For each level: how likely officers' counts would stray this far from the strata's shares, and by how much."""
    from arusha.indicators import assignment_kernel as kernel

    out = np.zeros((table.A.shape[0], 3))
    kernel.own_squares(table.A, table.V, table.n, out)
    return tail(out)


def cuts(table: Table, order: IntArray) -> tuple[FloatArray, FloatArray]:
    """For each place where ``order`` could be cut: how likely the two sides would differ this much, and by how much.

    p is 1 where a side holds too few draws.
    """
    from arusha.indicators import assignment_kernel as kernel

    places = max(order.size - 1, 0)
    out, size = np.zeros((places, 3)), np.zeros((places, 2))
    kernel.cut_squares(table.A, table.U, table.n, order, out, size)
    p, strength = tail(out)
    enough = size.min(axis=1) >= FEWEST if places else np.zeros(0, dtype=bool)
    return np.where(enough, p, 1.0), np.where(enough, strength, -np.inf)


def cut(table: Table, order: IntArray) -> IntArray:
    """Ordered levels cut where the officers change, again and again: one pool a level.

    Draws without a level (the last one) are a pool of their own. Where the order is that of the hours, a crew that
    works across its ends is one pool.
    """
    segments: list[IntArray] = []
    todo = [order]
    while todo:
        here = todo.pop()
        p, strength = cuts(table, here)
        place = int(np.argmax(strength)) if strength.size else 0
        looked = int(np.isfinite(strength).sum())
        if not looked or p[place] * looked > DIFFERS or len(segments) + len(todo) + 2 > MOST_POOLS:
            segments.append(here)
        else:
            todo += [here[place + 1 :], here[: place + 1]]
    number = np.arange(len(segments))
    if len(segments) > 2 and order.size == HOURS:
        pools = _Pools.empty(table, 1)
        pools.add(table, segments[0], 0)
        ends = _Pools.empty(table, 1)
        ends.add(table, segments[-1], 0)
        p, _ = tail(pools.squares(ends.A[0], ends.U[0], ends.n[0], 1))
        number[-1] = 0 if p[0] > DIFFERS else number[-1]
    pool = np.full(table.n.shape[0], number.max() + 1)
    for k, levels in zip(number.tolist(), segments, strict=True):
        pool[levels] = k
    return pool


@dataclass(frozen=True)
class _Pools:
    """Sums of the levels gathered in each pool."""

    A: FloatArray
    U: FloatArray
    n: FloatArray

    @staticmethod
    def empty(table: Table, pools: int) -> _Pools:
        return _Pools(*(np.zeros((pools, *x.shape[1:])) for x in (table.A, table.U, table.n)))

    def add(self, table: Table, levels: IntArray, pool: int) -> None:
        for mine, theirs in ((self.A, table.A), (self.U, table.U), (self.n, table.n)):
            mine[pool] += theirs[levels].sum(axis=0)

    def move(self, table: Table, level: int, pool: int, sign: float) -> None:
        """Put one level into a pool (1), or take it out (-1)."""
        for mine, theirs in ((self.A, table.A), (self.U, table.U), (self.n, table.n)):
            mine[pool] += sign * theirs[level]

    def squares(self, A: FloatArray, U: FloatArray, n: FloatArray, pools: int) -> FloatArray:
        """A level against each of the first pools, as ``tail`` takes it."""
        from arusha.indicators import assignment_kernel as kernel

        out = np.zeros((pools, 3))
        kernel.pool_squares(A, U, n, self.A, self.U, self.n, pools, out)
        return out

    def nearest(self, table: Table, level: int, pools: int) -> tuple[int, FloatArray]:
        """Of the first pools the one from which a level differs least, and by what it does."""
        out = self.squares(table.A[level], table.U[level], table.n[level], pools)
        known = out[:, 1] > 0
        # A pool that was never there at the same time says nothing: it neither fits nor differs.
        apart = np.zeros(pools)
        apart[known] = (out[known, 0] - out[known, 1]) / np.sqrt(out[known, 2])
        best = int(np.argmin(apart))
        return best, out[best]


def gather(table: Table) -> IntArray:
    """Levels with the same officers: one pool a level, greedy from the largest, then each level moves once more."""
    size = table.size
    order = [int(k) for k in np.argsort(-size, kind="stable") if size[k] > 0]
    limit = APART / max(int(np.sum(size >= FEWEST)), 1)
    pool = np.full(size.size, -1)
    sums = _Pools.empty(table, MOST_POOLS)
    count = 0
    for level in order:
        best, squares = sums.nearest(table, level, count) if count else (-1, np.zeros(3))
        if best < 0 or (count < MOST_POOLS and tail_of(squares) <= limit):
            best, count = count, count + 1
        pool[level] = best
        sums.move(table, level, best, 1.0)
    for level in order:
        alone = np.sum(pool == pool[level]) == 1
        if alone:
            continue
        sums.move(table, level, pool[level], -1.0)
        pool[level], _ = sums.nearest(table, level, count)
        sums.move(table, level, pool[level], 1.0)
    # Levels that nobody else used belong to the largest pool until someone uses them.
    return np.where(pool < 0, 0, pool)
