"""Desks of two features at once: perishables before nine, long files in the red lane.

Pools are learnt feature by feature: what matters for a tenth of the goods at one hour of the day is thinned out among
all goods and all hours. For a pair that stands out it is asked of the files with one level of one recorded feature and
one of another (a *corner* of the office's work), of which the declarant has some: do those of the *other* declarants
meet the officer more often than files with either level alone, and than those declarants' own other files? A ring's
files go to its officer from whatever corner, a desk for goods has them at all hours, who works in the mornings has all
goods: none of these makes a corner.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from arusha.indicators.assignment_contrasts import DIFFERS, FEWEST
from arusha.indicators.assignment_desks import FEWEST_SHARING
from arusha.indicators.assignment_draws import BoolArray, IntArray, dense
from arusha.indicators.assignment_office import FEWEST_OWN, Prepared, block_of
from arusha.indicators.assignment_pairs import Block, one_table
from arusha.indicators.assignment_pools import features_of, filled, level_count, levels_of
from arusha.indicators.assignment_strata import strata
from arusha.inference.hypergeometric import stratified_upper_tail

CLEARLY = 2.5
"""Standard deviations above expectation under which a tail is not worked out: it would not be small enough."""


@dataclass(frozen=True)
class Corners:
    """Corners of an office's work that meet an officer, as the other declarants' files say."""

    rows: tuple[IntArray, ...]
    """The draws in each; the clearest corner first."""
    declarants: tuple[int, ...]
    """The pair's own, and those whose files in them meet the officer beyond chance."""


class Joint:
    """The corners of one office, asked for pair by pair."""

    def __init__(self, office: Prepared) -> None:
        self._office, draws = office, office.draws
        # Desks change hands; who sat there is compared with the rest of the quarter.
        months = draws.day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        self._quarter, self._quarters = dense(months // 3)
        # By what the office was found to go, levels are gathered in pools: as few files as a level has, as many a pool.
        pools = [(s.feature, s.of(levels_of(draws, s.feature)), int(s.pool.max()) + 1) for s in office.pools.splits]
        names = [f for f in features_of(draws) if f != "heading"]
        self._levels = [*((f, filled(draws, f), level_count(draws, f)) for f in names), *pools]

    @cached_property
    def _shared(self) -> Block:
        """The strata of the office's pools, for declarants that are tested by roster."""
        draws = self._office.draws
        cut = strata(draws, self._office.pools)
        return Block(cut.code, cut.count, draws.declarant, draws.outcome, np.arange(0), np.arange(len(draws)))

    def _block(self, declarant: int) -> Block:
        """The strata in which a declarant is tested: learnt without it where it could shape the office's pools."""
        return block_of(self._office, declarant) or self._shared

    def of(self, declarant: int, officer: int) -> Corners | None:
        """The corners that meet the officer; None where there is none."""
        draws = self._office.draws
        mine = draws.declarant == declarant
        asked: list[tuple[IntArray, IntArray, int, IntArray]] = []
        for (name, one, _), (other, two, width) in combinations(self._levels, 2):
            if name == other:
                continue
            code = one * width + two
            own = np.bincount(code[mine])
            others = np.bincount(code[~mine], minlength=own.size)[: own.size]
            which = np.flatnonzero((own >= FEWEST_OWN) & (others >= FEWEST))
            if which.size:
                asked.append((one, two, width, which))
        limit = DIFFERS / max(sum(which.size for *_, which in asked), 1)
        met, everybody = draws.outcome == officer, len(draws.declarants)
        within = _Margins.of(draws.declarant, everybody, met, ~mine)
        found: list[tuple[float, int, IntArray, IntArray]] = []
        for one, two, width, which in asked:
            code = one * width + two
            for k in which.tolist():
                rows = np.flatnonzero(code == k)
                theirs = rows[~mine[rows]]
                p = within.tail(theirs, limit)
                for level in (one == k // width, two == k % width):
                    if p <= limit:
                        alike = _Margins.of(self._quarter, self._quarters, met, level & ~mine)
                        p = max(p, alike.tail(theirs, limit))
                above = within.above(theirs) if p <= limit else theirs[:0]
                if above.size + 1 >= FEWEST_SHARING:
                    found.append((p, len(found), rows, above))
        found.sort(key=lambda corner: corner[:2])
        if not found:
            return None
        users = np.unique(np.concatenate([np.array([declarant]), *(c[3] for c in found)]))
        return Corners(tuple(c[2] for c in found), tuple(users.tolist()))

    def tail(self, corners: Corners, declarant: int, officer: int) -> float:
        """The pair's tail where files in each of the corners are compared with one another only."""
        draws, block = self._office.draws, self._block(declarant)
        corner = np.zeros(len(draws), dtype=np.int64)
        # The clearest is written last: a file in several belongs to it.
        for number, rows in reversed(list(enumerate(corners.rows, start=1))):
            corner[rows] = number
        code, count = dense(block.stratum, corner[block.rows])
        cut = Block(code, count, block.declarant, block.outcome, np.array([declarant]), block.rows)
        none = np.zeros((len(draws.declarants), len(draws.outcomes)), dtype=bool)
        return one_table(cut, none.shape[1], none, declarant, officer).upper_tail()


@dataclass(frozen=True)
class _Margins:
    """Draws of some declarants in parts, how many there are in each, and how many of them met the officer."""

    part: IntArray
    met: BoolArray
    M: IntArray
    m: IntArray

    @staticmethod
    def of(part: IntArray, parts: int, met: BoolArray, use: BoolArray) -> _Margins:
        """Of the draws ``use``."""
        met = met & use
        return _Margins(part, met, np.bincount(part[use], minlength=parts), np.bincount(part[met], minlength=parts))

    def tail(self, rows: IntArray, limit: float) -> float:
        """How likely so many of some draws would meet the officer, margins fixed in each part; 1 where it is clear that
        this is above ``limit``.
        """
        n = np.bincount(self.part[rows], minlength=self.M.size)
        at = np.flatnonzero((n > 0) & (n < self.M) & (self.m > 0) & (self.m < self.M))
        M, m, n = self.M[at], self.m[at], n[at]
        counts = np.zeros(self.M.size, dtype=bool)
        counts[at] = True
        seen = int(np.count_nonzero(self.met[rows] & counts[self.part[rows]]))
        share = m / M
        variance = float(np.sum(n * share * (1 - share) * (M - n) / np.maximum(M - 1, 1)))
        if seen - float(np.sum(n * share)) <= CLEARLY * np.sqrt(variance):
            return 1.0
        return float(stratified_upper_tail([seen], M, m, n, [0, at.size]).p[0])

    def above(self, rows: IntArray) -> IntArray:
        """Parts of whose draws among ``rows`` more met the officer than of their others."""
        n = np.bincount(self.part[rows], minlength=self.M.size)
        x = np.bincount(self.part[rows], weights=self.met[rows], minlength=self.M.size)
        return np.flatnonzero((x > 0) & (x * (self.M - n) > (self.m - x) * n))
