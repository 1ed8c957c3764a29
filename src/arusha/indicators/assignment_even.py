"""Where an even chance over a known pool is declared, and the office keeps to it: exact Poisson-binomial tails.

An even chance is never taken on trust. Whether the office keeps to it is asked of the draws of all *other* declarants,
so that the choice of the test is made before the pair is looked at, and one declarant's scheme cannot change it.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import special

from arusha.indicators.assignment_draws import UNKNOWN, BoolArray, Draws, IntArray
from arusha.indicators.assignment_pairs import Pairs
from arusha.indicators.assignment_rules import CHECK, FEWEST_EACH, OFF_ROSTER, Eligible
from arusha.inference.poisson_binomial import upper_tail

FloatArray = NDArray[np.float64]

MONTH = 30
ODD, ODD_EXCESS = 4.0, 5.0
"""Standard deviations, and draws, above an even share from which a declarant no longer speaks for the office."""


class Even:
    """The draws of one office against its declared even chance."""

    def __init__(self, draws: Draws, pool: Eligible) -> None:
        self._draws = draws
        self._pool = pool
        index = {name: k for k, name in enumerate(pool.officers)}
        # Officers that no pool holds have a column of their own, with no chance anywhere.
        self._column = np.array([index.get(name, len(pool.officers)) for name in draws.outcomes])
        size = np.maximum(pool.members.sum(axis=1), 1)
        self._chance = np.column_stack([pool.members / size[:, None], np.zeros(size.size)])
        self._spare = self._chance * (1 - self._chance)
        self._spare = self._chance * (1 - self._chance)
        known = draws.group != UNKNOWN
        possible = self._chance[draws.group, self._column[draws.outcome]] > 0
        self.inside: BoolArray = known & possible
        """Draws whose officer could have been picked."""
        self._known = known
        self._month = (draws.day - draws.day.min()) // MONTH if len(draws) else draws.day
        self._months = int(self._month.max()) + 1 if len(draws) else 0
        order = np.argsort(draws.declarant, kind="stable")
        begins = np.searchsorted(draws.declarant[order], np.arange(len(draws.declarants) + 1))
        self._rows = [order[a:e] for a, e in itertools.pairwise(begins)]
        self._odd = {b for b, rows in enumerate(self._rows) if self._stands_out(rows)}
        even = np.ones(len(draws.declarants), dtype=bool)
        even[list(self._odd)] = False
        self._asked = known & even[draws.declarant]
        self._all = self._sums(np.flatnonzero(self._asked & self.inside))
        self._outside = int(np.sum(self._asked & ~self.inside)), int(np.sum(self._asked))

    def _stands_out(self, rows: IntArray) -> bool:
        """Whether a declarant is so far from even with some officer that it must not speak for the office."""
        use = rows[self.inside[rows]]
        if use.size == 0:
            return False
        group, count = np.unique(self._draws.group[use], return_counts=True)
        expected, variance = count @ self._chance[group], count @ self._spare[group]
        picks = np.bincount(self._column[self._draws.outcome[use]], minlength=expected.size)
        gap = picks - expected
        return bool(np.any((gap >= ODD_EXCESS) & (gap > ODD * np.sqrt(np.maximum(variance, 1.0)))))

    def _sums(self, use: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Months x officers: picks of the draws ``use``, their expectation and variance."""
        C, T, G = self._chance.shape[1], self._months, self._chance.shape[0]
        code = self._month[use] * C + self._column[self._draws.outcome[use]]
        picks = np.bincount(code, minlength=T * C).reshape(T, C).astype(float)
        expected, variance = np.zeros((T, C)), np.zeros((T, C))
        # One month's draws by group, then that many times the group's chances.
        cell, count = np.unique(self._month[use] * G + self._draws.group[use], return_counts=True)
        begins = np.searchsorted(cell, np.arange(T + 1) * G)
        for t in range(T):
            part = slice(begins[t], begins[t + 1])
            group = cell[part] % G
            expected[t] = count[part] @ self._chance[group]
            variance[t] = count[part] @ self._spare[group]
        return picks, expected, variance

    def kept_without(self, declarant: int) -> bool:
        """Whether the draws of the other declarants agree with the even chance, and are enough to tell.

        Declarants that stand out by themselves do not speak for the office: they are tested, not asked.
        """
        mine = self._rows[declarant]
        mine = mine[self._known[mine]]
        own_outside = int(np.sum(~self.inside[mine]))
        asked = mine[self._asked[mine]]
        outside = self._outside[0] - int(np.sum(~self.inside[asked]))
        known = self._outside[1] - asked.size
        if min(known, mine.size) == 0 or outside > OFF_ROSTER * known or own_outside > OFF_ROSTER * mine.size:
            return False
        own = self._sums(asked[self.inside[asked]])
        N, E, V = (a - o for a, o in zip(self._all, own, strict=True))
        if E.sum() < FEWEST_EACH * np.count_nonzero(E.sum(axis=0)):
            return False
        N, E, V = (np.vstack([x, x.sum(axis=0)]) for x in (N, E, V))
        enough = E >= 5
        if not enough.any():
            return False
        z = np.abs(N - E)[enough] / np.sqrt(np.maximum(V[enough], 1e-12))
        return bool(2 * special.ndtr(-z.max()) * z.size > CHECK)

    def pairs(self, declarants: Sequence[int], threads: int = 1) -> Pairs:
        """Exact upper tails for every officer of the pool and each of the declarants."""
        C = len(self._draws.outcomes)
        G = self._chance.shape[0]
        chance = self._chance[:, self._column]
        chances, copies, sizes, observed, total = [], [], [], [], []
        for b in declarants:
            mine = self._rows[b][self.inside[self._rows[b]]]
            drawn = np.bincount(self._draws.group[mine], minlength=G)
            groups = np.flatnonzero(drawn)
            use = chance[groups] > 0
            g, i = np.nonzero(use)
            order = np.argsort(i, kind="stable")
            g, i = g[order], i[order]
            chances.append(chance[groups[g], i])
            copies.append(drawn[groups[g]])
            sizes.append(np.bincount(i, minlength=C))
            observed.append(np.bincount(self._draws.outcome[mine], minlength=C))
            total.append(mine.size)
        if not total:
            return Pairs.none()
        indptr = np.concatenate([[0], np.cumsum(np.concatenate(sizes))])
        seen = np.concatenate(observed).astype(np.int64)
        tail = upper_tail(seen, np.concatenate(chances), indptr, copies=np.concatenate(copies), threads=threads)
        n: IntArray = np.repeat(np.array(total, dtype=np.int64), C)
        return Pairs(
            np.repeat(np.array(declarants, dtype=np.int64), C),
            np.tile(np.arange(C), len(total)),
            n,
            n.astype(np.float64),
            seen,
            tail.expected,
            tail.variance,
            np.where(tail.variance > 0, tail.p, np.nan),
            np.zeros(seen.size, dtype=np.int64),
        )
