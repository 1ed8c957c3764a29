"""Every officer of an office against colleagues within strata of like cases; counts are summed once and then moved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from arusha.indicators.coded_columns import FloatArray, IntArray, joint, sums
from arusha.indicators.peer_cells import PeerCells, extreme, to_a_batch, whole
from arusha.inference import hypergeometric
from arusha.inference.hypergeometric import stratified_upper_tail
from arusha.inference.mantel_haenszel import cochran_mantel_haenszel
from arusha.inference.segments import segment_sums

REACH = 1.959963984540054
"""Standard errors in half a 95% interval."""

SINGLE, BATCH = 0, 2
"""Where cases one by one, and batches, stand among counts."""


@dataclass(frozen=True)
class Ground:
    """Counts of every unit in each of its strata, by unit and stratum, and of each stratum as a whole.

    Rows of counts: cases, those that count, batches, those that count.
    """

    unit: IntArray
    stratum: IntArray
    indptr: IntArray
    """Row pointers of the units."""
    own: IntArray
    """Four by one entry a stratum of a unit."""
    whole: IntArray
    """Four by the strata."""

    @staticmethod
    def of(cells: PeerCells, unit: IntArray, units: int, stratum: IntArray) -> Ground:
        part, first = joint(unit, stratum)
        u, s = unit[first], stratum[first]
        own = np.array([whole(v, part, first.size) for v in (*cells.single, *cells.batch)])
        strata = int(stratum.max(initial=-1)) + 1
        return Ground(u, s, np.searchsorted(u, np.arange(units + 1)), own, _by_stratum(own, s, strata))

    @property
    def units(self) -> int:
        return self.indptr.size - 1

    def far_ones(self, excess: float, spread: float) -> NDArray[np.bool_]:
        """Units to set aside: extreme by ``excess`` cases on either side, in turn, fewer than half.

        ``spread``: the standard deviation of ordinary units' log odds ratios; extreme is what lies beyond that.
        """
        from arusha.indicators import peer_kernel

        few = against_few(self.leaning(np.zeros(self.units, dtype=bool)))
        return peer_kernel.set_aside(
            self.indptr, self.stratum, self.own, self.whole, spread**2 * few, extreme(self.units), float(excess)
        )

    def strata(self, aside: NDArray[np.bool_]) -> Strata:
        """The rest of a stratum is without units set aside; strata without a rest are left out."""
        out = aside[self.unit]
        taken = _by_stratum(self.own[:, out], self.stratum[out], self.whole.shape[1])
        against = (self.whole - taken)[:, self.stratum] + np.where(out, self.own, 0)
        rest = against[0] > self.own[0]
        u, units = self.unit[rest], self.units
        own, everyone = tuple(self.own[:, rest]), tuple(against[:, rest])
        colleagues = everyone[0] - own[0]
        expected, variance = learnt(own[0], colleagues, everyone[1] - own[1], u, units)
        return Strata(
            own,
            everyone,
            np.searchsorted(u, np.arange(units + 1)),
            tuple(whole(v, u, units) for v in own),
            whole(colleagues, u, units),
            expected,
            variance,
        )

    def leaning(self, aside: NDArray[np.bool_]) -> FloatArray:
        """Shares of the colleagues (columns) in what each unit (rows) is held against, by cases of common strata.

        Those set aside are in nobody's ground.
        """
        return self._leaning(aside) if aside.any() else self._leaning_on_all

    @cached_property
    def _leaning_on_all(self) -> FloatArray:
        return self._leaning(np.zeros(self.units, dtype=bool))

    def _leaning(self, aside: NDArray[np.bool_]) -> FloatArray:
        cases, u, s = self.own[0].astype(np.float64), self.unit, self.stratum
        ground = np.where(aside[u], 0.0, cases)
        size = self.whole.shape[1]
        # What a unit is held against in a stratum has its own cases in it whether or not it was set aside.
        total = sums(ground, s, size)[s] + np.where(aside[u], cases, 0.0)
        own = sparse.csr_matrix((cases / total, (u, s)), shape=(self.units, size))
        theirs = sparse.csr_matrix((ground, (u, s)), shape=(self.units, size))
        weight = np.asarray((own @ theirs.T).todense())
        np.fill_diagonal(weight, 0.0)
        of_unit = weight.sum(axis=1, keepdims=True)
        shares: FloatArray = np.where(of_unit > 0, weight / np.where(of_unit > 0, of_unit, 1.0), 0.0)
        return shares


def learnt(
    own: IntArray, colleagues: IntArray, counting: IntArray, unit: IntArray, units: int
) -> tuple[FloatArray, FloatArray]:
    """What is expected of each unit at colleagues' rates, and the variance of that, were cases independent.

    One entry a stratum of a unit: own cases, colleagues' cases, and those that count. The variance is binomial, with
    one case more in each stratum at the unit's overall rate, and half a case more in all: with half a case in every
    stratum a hundred small strata held fifty cases that nobody had, and an expected number that rests on one case of a
    colleague looked like knowing nothing (benchmarks/learnt_expectation.py).
    """
    n, expected = sums(own, unit, units), sums(own * counting / colleagues, unit, units)
    overall = ((expected + 0.5) / (n + 1.0))[unit]
    rate = (counting + overall) / (colleagues + 1.0)
    return expected, sums(own**2 * rate * (1.0 - rate) / colleagues, unit, units)


def against_few(leaning: FloatArray) -> FloatArray:
    """1 + sum of squared shares of the colleagues in what each unit is held against (``Ground.leaning``)."""
    few: FloatArray = 1.0 + np.where(leaning.any(axis=1), (leaning**2).sum(axis=1), 1.0)
    return few


def _by_stratum(own: IntArray, stratum: IntArray, strata: int) -> IntArray:
    return np.array([whole(v, stratum, strata) for v in own])


@dataclass(frozen=True)
class Strata:
    """Every unit against the rest of its strata; flat arrays with one entry a stratum of a unit."""

    own: tuple[IntArray, ...]
    """Cases, those that count, batches, those that count."""
    everyone: tuple[IntArray, ...]
    """The same of the unit and its rest."""
    indptr: IntArray
    total: tuple[IntArray, ...]
    """The unit's own, over its strata."""
    others: IntArray
    expected: FloatArray
    """At colleagues' rates, stratum by stratum; the tails take the unit's own cases into the margins."""
    variance: FloatArray
    """Of that (``learnt``)."""

    @property
    def n(self) -> IntArray:
        return self.total[0]

    @property
    def observed(self) -> IntArray:
        return self.total[1]

    def take(self, units: IntArray) -> Strata:
        """Some units."""
        size = np.diff(self.indptr)[units]
        indptr = np.concatenate([[0], np.cumsum(size)])
        rows = np.arange(indptr[-1]) + np.repeat(self.indptr[units] - indptr[:-1], size)
        return Strata(
            tuple(v[rows] for v in self.own),
            tuple(v[rows] for v in self.everyone),
            indptr,
            tuple(v[units] for v in self.total),
            self.others[units],
            self.expected[units],
            self.variance[units],
        )

    def together(self) -> tuple[FloatArray, FloatArray]:
        """Cases to a batch, a unit and its colleagues: of those that count, and of those that do not."""
        n, x, batches, batches_x = (segment_sums(v.astype(np.float64), self.indptr) for v in self.everyone)
        return to_a_batch(x, batches_x), to_a_batch(n - x, batches - batches_x)

    def tail(self, i: int, threads: int) -> FloatArray:
        """Exact upper tails, of cases one by one or of batches."""
        return stratified_upper_tail(*self._margins(i), threads=threads).p

    def counted(self, i: int) -> tuple[IntArray, hypergeometric.Strata]:
        """Each unit's count and its strata, for its law at other odds than its colleagues'."""
        t, everyone, counting, own, indptr = self._margins(i)
        return t, hypergeometric.strata(everyone, counting, own, indptr)

    def _margins(self, i: int) -> tuple[IntArray, IntArray, IntArray, IntArray, IntArray]:
        return self.total[1 + i], self.everyone[i], self.everyone[1 + i], self.own[i], self.indptr

    def log_odds(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """z and information of common log odds ratios by batch: the scale that ordinary scatter is read on.

        A unit with all or none of what counts has no finite estimate; it lies beyond all others on its side. How far
        that is nobody knows, so that scatter is measured on the last: there such a unit has its z under the null.
        """
        from arusha.indicators.peer_kernel import FAR

        own, everyone = self.own, self.everyone
        rest = everyone[3] - own[3]
        found = cochran_mantel_haenszel(own[3], own[2] - own[3], rest, (everyone[2] - own[2]) - rest, self.indptr)
        with np.errstate(divide="ignore", invalid="ignore"):
            se = np.log(found.high / found.low) / (2.0 * REACH)
            z = np.log(found.odds_ratio) / se
        finite = np.isfinite(z) & (se > 0)
        null = np.nan_to_num(found.z)
        far = np.sign(null) * (FAR + np.abs(null))
        # Without any variance nothing can be said, and nothing lies far.
        far = np.where(found.variance > 0, far, 0.0)
        information = np.where(finite, 1.0 / np.where(finite, se, 1.0) ** 2, found.variance)
        return np.where(finite, z, far), information, np.where(finite, z, np.where(found.variance > 0, null, 0.0))
