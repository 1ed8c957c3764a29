"""Officers and pairs with more of what a question counts than chance among their like: exact tails within strata.

Every comparison is made twice, by declaration and by batch (one officer's cases of one declarant on one day), and the
larger p counts: declarations handled in one go are one decision, and a large batch has more chances of one omission.

Swamping: a unit far from its like on either side makes honest ones look far on the other (one strict officer makes
three ordinary ones look lenient; a careless pair makes the officer's colleagues look careless on its other goods). The
furthest is therefore set aside, the rest is tested without its cases, and so on (quasi-independence, Goodman 1968), but
never half of the units; a unit set aside is itself tested without the others that are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from arusha.indicators.coded_columns import FloatArray, IntArray, joint, sums
from arusha.indicators.ordinary_scatter import Scatter, mixed_tail, ordinary_scatter, tail_against
from arusha.indicators.peer_cells import PeerCells, Tested, furthest, to_a_batch, whole
from arusha.indicators.peer_pairs import UNLIKELY, office_pairs
from arusha.inference.hypergeometric import stratified_upper_tail
from arusha.inference.mantel_haenszel import cochran_mantel_haenszel
from arusha.inference.segments import segment_sums

THREADS = min(os.cpu_count() or 1, 8)
"""Threads of the exact tails; results are the same for any number."""
REACH = 1.959963984540054
"""Standard errors in half a 95% interval."""
FAR = 10.0

Tail = Callable[[IntArray, FloatArray], FloatArray]
"""Exact tails of some units at log odds ratios, one a unit."""


@dataclass(frozen=True)
class Answer:
    """All offices' units of one kind with the p that decides."""

    offices: tuple[str, ...]
    tested: tuple[Tested, ...]
    p: tuple[FloatArray, ...]
    scatter: Scatter


def _answer(cells: Sequence[PeerCells], tested: Sequence[Tested], tails: Sequence[Tail | None]) -> Answer:
    """p against the scatter of ordinary units, which all offices tell together."""
    information = [t.information * t.against_few for t in tested]
    scatter = ordinary_scatter(np.concatenate([t.z for t in tested]), np.concatenate(information))
    p = []
    for one, info, tail in zip(tested, information, tails, strict=True):
        value = tail_against(one.exact, one.z, info, scatter).copy()
        rare = np.flatnonzero(one.exact <= UNLIKELY)
        if tail is not None and rare.size:
            mixed = mixed_tail(partial(tail, rare), np.sqrt(one.against_few[rare]), scatter)
            value[rare] = np.maximum(one.exact[rare], mixed)
        p.append(value)
    names = tuple(c.office.names[c.office.code[0]] for c in cells)
    return Answer(names, tuple(tested), tuple(p), scatter)


def officers(offices: Sequence[PeerCells], *, excess: float, threads: int = 1) -> Answer:
    """Each officer against colleagues on like cases, for every way to say what is alike; the largest p counts.

    What one way explains (a month in which acts went unrecorded, a declarant whose goods seldom need one) makes nobody
    stand out. Officers that are extreme by ``excess`` cases on either side are set aside in turn.
    """
    found = [_office_officers(c, excess, threads) for c in offices]
    return _answer(offices, [t for t, _ in found], [tail for _, tail in found])


def _office_officers(cells: PeerCells, excess: float, threads: int) -> tuple[Tested, Tail]:
    names, unit = np.unique(cells.officer.code, return_inverse=True)
    unit = unit.astype(np.int64)
    aside = np.zeros(names.size, dtype=bool)
    while 2 * (np.count_nonzero(aside) + 1) < names.size:
        strata = _strata(cells, unit, names.size, cells.like[-1], aside)
        z, _ = _log_odds(strata)
        best = furthest(z, strata.observed - strata.expected, ~aside, excess)
        if best is None:
            break
        aside[best] = True
    return _officers(cells, names, unit, aside, threads)


def _officers(
    cells: PeerCells, names: IntArray, unit: IntArray, aside: NDArray[np.bool_], threads: int
) -> tuple[Tested, Tail]:
    sides = [_strata(cells, unit, names.size, s, aside) for s in cells.like]
    exact = np.max([side.tail(i, 0.0, threads) for side in sides for i in (SINGLE, BATCH)], axis=0)
    most, at = np.argmax([side.expected for side in sides], axis=0), np.arange(names.size)

    def shown(values: Sequence[NDArray[Any]]) -> NDArray[Any]:
        """Of the comparison that expects most."""
        picked: NDArray[Any] = np.array(values)[most, at]
        return picked

    # Ordinary scatter is measured by batch under the last way: what goes together is no difference between officers.
    last = sides[-1]
    result = Tested(
        names,
        np.full(names.size, -1, dtype=np.int64),
        shown([side.n for side in sides]).astype(np.int64),
        shown([side.observed for side in sides]).astype(np.int64),
        np.zeros(names.size, dtype=np.int64),
        np.min([side.others for side in sides], axis=0),
        shown([side.expected for side in sides]).astype(np.float64),
        shown([side.variance for side in sides]).astype(np.float64),
        *last.together(),
        exact,
        *_log_odds(last),
        _against_few(cells, unit, names.size, cells.like[-1], aside),
    )

    def tail(units: IntArray, log_odds: FloatArray) -> FloatArray:
        return last.take(units).tail(BATCH, log_odds, threads)

    return result, tail


SINGLE, BATCH = 0, 2
"""Where cases one by one, and batches, stand in the counts of ``_Strata``."""


@dataclass(frozen=True)
class _Strata:
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
    """Of that: binomial, at colleagues' rates with half a case more on either side."""

    @property
    def n(self) -> IntArray:
        return self.total[0]

    @property
    def observed(self) -> IntArray:
        return self.total[1]

    def take(self, units: IntArray) -> _Strata:
        """Some units."""
        size = np.diff(self.indptr)[units]
        indptr = np.concatenate([[0], np.cumsum(size)])
        rows = np.arange(indptr[-1]) + np.repeat(self.indptr[units] - indptr[:-1], size)
        return _Strata(
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

    def tail(self, i: int, log_odds: FloatArray | float, threads: int) -> FloatArray:
        """Exact upper tails at a common log odds ratio, one a unit or one for all."""
        return stratified_upper_tail(
            self.total[1 + i],
            self.everyone[i],
            self.everyone[1 + i],
            self.own[i],
            self.indptr,
            log_odds=log_odds,
            threads=threads,
        ).p


def _strata(cells: PeerCells, unit: IntArray, units: int, stratum: IntArray, aside: NDArray[np.bool_]) -> _Strata:
    """The rest of a stratum is without units set aside; strata without a rest are left out."""
    strata = int(stratum.max(initial=-1)) + 1
    counts = (*cells.single, *cells.batch)
    kept = ~aside[unit]
    part, first = joint(unit, stratum)
    u, s = unit[first], stratum[first]
    own = [whole(v, part, first.size) for v in counts]
    everyone = [
        whole(np.where(kept, v, 0), stratum, strata)[s] + np.where(aside[u], o, 0)
        for v, o in zip(counts, own, strict=True)
    ]
    rest = everyone[0] > own[0]
    u, own, everyone = u[rest], [v[rest] for v in own], [v[rest] for v in everyone]
    colleagues = everyone[0] - own[0]
    rate = (everyone[1] - own[1] + 0.5) / (colleagues + 1.0)
    return _Strata(
        tuple(own),
        tuple(everyone),
        np.searchsorted(u, np.arange(units + 1)),
        tuple(whole(v, u, units) for v in own),
        whole(colleagues, u, units),
        sums(own[0] * (everyone[1] - own[1]) / colleagues, u, units),
        sums(own[0] ** 2 * rate * (1.0 - rate) / colleagues, u, units),
    )


def _log_odds(strata: _Strata) -> tuple[FloatArray, FloatArray]:
    """z and information of the units' common log odds ratios by batch: the scale that ordinary scatter is read on.

    A unit with all or none of what counts has no finite estimate; it lies beyond all others on its side.
    """
    own, everyone = strata.own, strata.everyone
    rest = everyone[3] - own[3]
    found = cochran_mantel_haenszel(own[3], own[2] - own[3], rest, (everyone[2] - own[2]) - rest, strata.indptr)
    with np.errstate(divide="ignore", invalid="ignore"):
        se = np.log(found.high / found.low) / (2.0 * REACH)
        z = np.log(found.odds_ratio) / se
    finite = np.isfinite(z) & (se > 0)
    null = np.nan_to_num(found.z)
    far = np.sign(null) * (FAR + np.abs(null))
    # Without any variance nothing can be said, and nothing lies far.
    far = np.where(found.variance > 0, far, 0.0)
    return np.where(finite, z, far), np.where(finite, 1.0 / np.where(finite, se, 1.0) ** 2, found.variance)


def _against_few(
    cells: PeerCells, unit: IntArray, units: int, stratum: IntArray, aside: NDArray[np.bool_]
) -> FloatArray:
    """1 + sum of squared shares of the colleagues in what each unit is held against, by cases of common strata.

    Those set aside are in nobody's ground.
    """
    part, first = joint(unit, stratum)
    cases = sums(cells.single[0], part, first.size)
    u, s = unit[first], stratum[first]
    ground = np.where(aside[u], 0.0, cases)
    size = int(s.max(initial=-1)) + 1
    # What a unit is held against in a stratum has its own cases in it whether or not it was set aside.
    total = sums(ground, s, size)[s] + np.where(aside[u], cases, 0.0)
    own = sparse.csr_matrix((cases / total, (u, s)), shape=(units, size))
    theirs = sparse.csr_matrix((ground, (u, s)), shape=(units, size))
    weight = np.asarray((own @ theirs.T).todense())
    np.fill_diagonal(weight, 0.0)
    of_unit = weight.sum(axis=1)
    square = (weight**2).sum(axis=1)
    return 1.0 + np.where(of_unit > 0, square / np.where(of_unit > 0, of_unit, 1.0) ** 2, 1.0)


def pairs(offices: Sequence[PeerCells], *, least: float, excess: float, threads: int = 1) -> Answer:
    """Each officer and declarant: is the officer further from colleagues with this declarant than with the others?

    A careless officer and a declarant whose goods are unlike others' are each expected, and so are both together: the
    odds ratio of officer against colleagues on this declarant's goods is held against the one on all other goods,
    stratum by stratum, for every way to say what is alike; the largest p counts. Pairs with fewer than ``least`` cases
    are left out.
    """
    found = [office_pairs(c, least, excess, threads) for c in offices]
    return _answer(offices, found, [None] * len(found))
