"""Pairs of officer and declarant in one office: is the officer further from colleagues here than on other goods?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import special

from arusha.indicators.coded_columns import FloatArray, IntArray, joint, sums
from arusha.indicators.ordinary_scatter import quantile_z
from arusha.indicators.peer_cells import Counts, PeerCells, Tested, furthest, to_a_batch, whole
from arusha.inference.group_homogeneity import group_against_rest

MOST_ROUNDS = 40
"""Pairs set aside in one office, at most."""
UNLIKELY = 0.1
"""Exact tails above this are never signals: other ways to say what is alike are not asked of them."""


def held_against(
    cells: PeerCells, officer: int, declarant: int, least: float, excess: float
) -> tuple[IntArray, IntArray, IntArray]:
    """What a pair is held against in each stratum in which colleagues have cases of the declarant, without those set
    aside: the strata (codes of ``like_for_pairs[0]``), colleagues' cases of the declarant, and those that count."""
    found = _settled(cells, least, excess, 1)
    mine = int(np.flatnonzero((found.named.officer == officer) & (found.named.declarant == declarant))[0])
    out = found.aside.copy()
    out[mine] = True
    theirs = (cells.declarant.code == declarant) & ~np.where(found.number >= 0, out[found.number], False)
    code, (cases, counting) = cells.like_for_pairs[0][theirs], (v[theirs] for v in cells.single)
    strata, place = np.unique(code, return_inverse=True)
    return strata, whole(cases, place, strata.size), whole(counting, place, strata.size)


def _settled(cells: PeerCells, least: float, excess: float, threads: int) -> _Settled:
    """The pairs of an office, and which of them are set aside in the end."""
    unit, cell = joint(cells.officer.code, cells.declarant.code)
    large = (whole(cells.single[0], unit, cell.size) >= least) & (cells.declarant.code[cell] >= 0)
    kept = np.flatnonzero(large)
    number = np.full(cell.size, -1, dtype=np.int64)
    number[kept] = np.arange(kept.size)
    officer, declarant = cells.officer.code[cell[kept]], cells.declarant.code[cell[kept]]
    named = _Named(officer, declarant)
    of_declarant = np.bincount(declarant, minlength=len(cells.declarant.names))
    aside = np.zeros(kept.size, dtype=bool)
    ground = _Ground.of(cells, number[unit], kept.size, cells.like_for_pairs[0])
    everybody = np.ones(kept.size, dtype=bool)
    result = _pairs(ground, named, everybody, aside, threads)
    for _ in range(MOST_ROUNDS):
        taken = np.bincount(declarant[aside], minlength=of_declarant.size)
        room = 2 * (taken + 1) <= of_declarant
        best = furthest(result.z, result.observed - result.expected, ~aside & room[declarant], excess)
        if best is None:
            break
        aside[best] = True
        # Pairs that share its officer or its declarant feel it most; all are tested again at the end.
        near = (officer == officer[best]) | (declarant == declarant[best])
        result = result.replaced(near, _pairs(ground, named, near, aside, threads))
    return _Settled(number[unit], named, ground, aside, result)


def office_pairs(cells: PeerCells, least: float, excess: float, threads: int = 1) -> Tested:
    """Pairs with at least ``least`` cases in one office, each tested without the others that were set aside.

    Pairs ``EXTREME`` on either side by ``excess`` cases are set aside in turn, at most half of a declarant's. A pair
    that is unlikely by the first way to say what is alike is tested by every other one, and the largest p counts.
    """
    found = _settled(cells, least, excess, threads)
    named, aside, result = found.named, found.aside, found.result
    if aside.any():
        result = _pairs(found.ground, named, np.ones(aside.size, dtype=bool), aside, threads)
    rare = result.exact <= UNLIKELY
    if rare.any():
        for way in cells.like_for_pairs[1:]:
            ground = _Ground.of(cells, found.number, aside.size, way)
            result = _larger(result, rare, _pairs(ground, named, rare, aside, threads))
    return result


def few_cases(cells: PeerCells, least: float) -> int:
    """Pairs with under ``least`` cases in one office: they are too many to list, and nothing could be told of one."""
    unit, cell = joint(cells.officer.code, cells.declarant.code)
    few = whole(cells.single[0], unit, cell.size) < least
    return int(np.count_nonzero(few & (cells.declarant.code[cell] >= 0)))


def _larger(result: Tested, rare: NDArray[np.bool_], again: Tested) -> Tested:
    """``result`` with, of the ``rare`` pairs, the larger p and the smaller distance and exposures of two ways."""
    values: dict[str, NDArray[Any]] = {name: v.copy() for name, v in result.__dict__.items()}
    values["exact"][rare] = np.maximum(result.exact[rare], again.exact)
    for name in ("others", "own_elsewhere"):
        values[name][rare] = np.minimum(values[name][rare], getattr(again, name))
    nearer = again.z < result.z[rare]
    for name in ("z", "information", "measured"):
        values[name][rare] = np.where(nearer, getattr(again, name), values[name][rare])
    return Tested(**values)


@dataclass(frozen=True)
class _Named:
    """Codes of the pairs."""

    officer: IntArray
    declarant: IntArray


@dataclass(frozen=True)
class _Settled:
    number: IntArray
    """The pair of each cell; -1 where it has too few cases to be one."""
    named: _Named
    ground: _Ground
    aside: NDArray[np.bool_]
    result: Tested
    """Where none is set aside, the answer by the first way to say what is alike."""


@dataclass(frozen=True)
class _Ground:
    """What pairs did in each of their strata, by pair and stratum, and the sums that they are held against.

    Rows of counts: cases, those that count, batches, those that count.
    """

    pair: IntArray
    own: IntArray
    """Four by one entry a stratum of a pair."""
    codes: tuple[IntArray, ...]
    """The entry's declarant within the stratum, its officer within the stratum, and the stratum, as codes."""
    sums: tuple[IntArray, ...]
    """Four by the codes, for each of them: all cells."""

    @staticmethod
    def of(cells: PeerCells, number: IntArray, pairs: int, stratum: IntArray) -> _Ground:
        """``number``: the pair of each cell, or -1. Of cells of a pair, the first ``pairs`` are told."""
        counts = (*cells.single, *cells.batch)
        rows = np.flatnonzero(number >= 0)
        part, first = joint(number[rows], stratum[rows])
        at = rows[first]
        codes, margins = [], []
        for code in (
            joint(stratum, cells.declarant.code)[0],
            joint(stratum, cells.officer.code)[0],
            stratum,
        ):
            codes.append(code[at])
            margins.append(np.array([whole(v, code, int(code.max(initial=-1)) + 1) for v in counts]))
        own = np.array([whole(v[rows], part, first.size) for v in counts])
        return _Ground(number[at], own, tuple(codes), tuple(margins))

    def without(self, aside: NDArray[np.bool_]) -> tuple[IntArray, ...]:
        """The sums without the cells of pairs set aside."""
        out = np.flatnonzero(aside[self.pair])
        left = []
        for code, total in zip(self.codes, self.sums, strict=True):
            rest = total.copy()
            for row, own in zip(rest, self.own[:, out], strict=True):
                np.subtract.at(row, code[out], own)
            left.append(rest)
        return tuple(left)


def _pairs(ground: _Ground, named: _Named, some: NDArray[np.bool_], aside: NDArray[np.bool_], threads: int) -> Tested:
    """Some pairs, in their order; cases of pairs set aside are in no table but their own pair's."""
    rows = np.flatnonzero(some[ground.pair])
    pair, pairs = (np.cumsum(some) - 1)[ground.pair[rows]], int(np.count_nonzero(some))
    own = ground.own[:, rows]
    own_aside = np.where(aside[ground.pair[rows]], own, 0)
    margins = [
        total[:, code[rows]] + own_aside for total, code in zip(ground.without(aside), ground.codes, strict=True)
    ]
    single, batch = (
        _tables(pair, pairs, *((v[i], v[i + 1]) for v in (own, *margins)))  # cases, and those that count
        for i in (0, 2)
    )
    tails = [group_against_rest(t.a, t.b, t.c, t.d, t.indptr, t.own, threads=threads) for t in (single, batch)]
    z = quantile_z(tails[1].p_upper - 0.5 * tails[1].point)
    return Tested(
        named.officer[some],
        named.declarant[some],
        single.n,
        single.observed,
        single.own_elsewhere,
        single.others,
        single.expected,
        single.variance,
        to_a_batch(single.counting[0], batch.counting[0]),
        to_a_batch(single.counting[1], batch.counting[1]),
        np.maximum(tails[0].p_upper, tails[1].p_upper),
        z,
        tails[1].variance,
        z,
        np.ones(pairs),
    )


@dataclass(frozen=True)
class _Tables:
    """2x2 tables of all pairs: officer against colleagues, what counts against what does not; own goods first."""

    a: IntArray
    b: IntArray
    c: IntArray
    d: IntArray
    indptr: IntArray
    own: IntArray
    n: IntArray
    observed: IntArray
    own_elsewhere: IntArray
    others: IntArray
    expected: FloatArray
    """From colleagues' experience with the declarant and the officer's own level on other goods."""
    variance: FloatArray
    """Of that, were cases independent."""
    counting: tuple[FloatArray, FloatArray]
    """Cases of the declarant that count, and those that do not."""


def _tables(pair: IntArray, pairs: int, mine: Counts, theirs: Counts, officers_: Counts, everyone: Counts) -> _Tables:
    """Tables of every pair in each stratum where it has cases; entries by pair and stratum.

    ``mine``: the pair's; ``theirs``: the declarant's with all officers; ``officers_``: the officer's of all declarants;
    ``everyone``: all in the stratum.
    """
    own = _table(mine, [t - m for t, m in zip(theirs, mine, strict=True)])
    rest = _table(
        [c - m for c, m in zip(officers_, mine, strict=True)],
        [e - t - c + m for e, t, c, m in zip(everyone, theirs, officers_, mine, strict=True)],
    )
    # A stratum in which one side did nothing compares nothing.
    informs = [(t[0] + t[1] > 0) & (t[2] + t[3] > 0) for t in (own, rest)]
    owns, rests = ([v[i] for v in t] for t, i in zip((own, rest), informs, strict=True))
    of_own, of_rest = pair[informs[0]], pair[informs[1]]
    owners = np.concatenate([of_own, of_rest])
    order = np.lexsort((np.arange(owners.size) >= of_own.size, owners))
    a, b, c, d = (np.concatenate([x, y])[order] for x, y in zip(owns, rests, strict=True))
    return _Tables(
        a,
        b,
        c,
        d,
        np.searchsorted(owners[order], np.arange(pairs + 1)),
        np.bincount(of_own, minlength=pairs),
        whole(owns[0] + owns[1], of_own, pairs),
        whole(owns[0], of_own, pairs),
        whole(rests[0] + rests[1], of_rest, pairs),
        whole(owns[2] + owns[3], of_own, pairs),
        *_expected(owns, of_own, rests, of_rest, pairs),
        (sums(owns[0] + owns[2], of_own, pairs), sums(owns[1] + owns[3], of_own, pairs)),
    )


def _expected(
    owns: list[IntArray], of_own: IntArray, rests: list[IntArray], of_rest: IntArray, pairs: int
) -> tuple[FloatArray, FloatArray]:
    """Colleagues' rate with the declarant, on the officer's months, moved by the officer's odds ratio on other goods.

    The odds ratio is Mantel and Haenszel's; half a case (a quarter for a product of shares) on either side keeps both
    off the ends. It is the reader's expectation: the test conditions on the total and does not use it. Second: its
    variance, from those of the logs of the odds and of the ratio (sums over strata, half a case more in each).
    """
    a, b, c, d = (v.astype(np.float64) for v in owns)
    n, others = sums(a + b, of_own, pairs), sums(c + d, of_own, pairs)
    with np.errstate(divide="ignore", invalid="ignore"):
        colleagues = sums((a + b) * c / (c + d), of_own, pairs) / n
        rate = (colleagues * others + 0.5) / (others + 1.0)
    of_logs = 1.0 / (others * rate + 0.5) + 1.0 / (others * (1.0 - rate) + 0.5)
    a, b, c, d = (v.astype(np.float64) for v in rests)
    up, down = sums(a * d / (a + b + c + d), of_rest, pairs), sums(b * c / (a + b + c + d), of_rest, pairs)
    share = special.expit(special.logit(rate) + np.log((up + 0.25) / (down + 0.25)))
    of_logs += sum(1.0 / (sums(v, of_rest, pairs) + 0.5) for v in (a, b, c, d))
    return np.where(n > 0, n * share, 0.0), np.where(n > 0, (n * share * (1.0 - share)) ** 2 * of_logs, 0.0)


def _table(officer: Sequence[IntArray], colleagues: Sequence[IntArray]) -> tuple[IntArray, ...]:
    return officer[1], officer[0] - officer[1], colleagues[1], colleagues[0] - colleagues[1]
