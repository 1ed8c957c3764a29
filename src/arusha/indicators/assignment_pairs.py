"""Pairs of declarant and outcome against fixed margins within strata, with strong pairs taken out.

Swamping: under fixed margins a pair that is far above its share pushes honest pairs above theirs. Strong pairs are
therefore set aside as structural (quasi-independence, Goodman 1968) and every other pair is tested in the part of the
table that holds no structural cell: rows of other declarants with one are left out, and columns of officers with whom
this declarant has one. What is left is an ordinary table, so that every p stays an exact sum of hypergeometrics.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arusha.indicators.assignment_draws import BoolArray, IntArray
from arusha.inference.hypergeometric import averaged_upper_tail, stratified_upper_tail
from arusha.inference.segments import in_threads

FloatArray = NDArray[np.float64]

NEARLY_ALL = 0.8
"""Share of a stratum above which its outcome says nothing about favour: whoever lodged would have met that officer.
What is left to differ there are the exceptions to a desk, which are never quite the same for all goods."""
AT_ONCE = 2_000_000
"""Strata (or chances) of pairs laid out at once: a large office has thirty million, which would not fit in memory."""


@dataclass(frozen=True)
class Pairs:
    """Pairs of one office, one entry each, in order of declarant and outcome."""

    declarant: IntArray
    outcome: IntArray
    n: IntArray
    """Draws of the declarant in strata where something can be compared, less those of outcomes set aside with it."""
    compared: FloatArray
    """Those draws, each weighed by the share of its stratum that is not the declarant's own."""
    observed: IntArray
    expected: FloatArray
    variance: FloatArray
    p: FloatArray
    """NaN where the margins leave nothing to chance."""
    anyway: IntArray
    """Draws of the declarant left out because the outcome is nearly everybody's at that moment (a desk at work)."""
    loose: FloatArray
    """Relative error of the expected count beyond chance: of what the officer's pace was learnt from."""

    def where(self, keep: BoolArray) -> Pairs:
        """The pairs for which ``keep`` is true."""
        return Pairs(**{f.name: getattr(self, f.name)[keep] for f in fields(self)})

    @staticmethod
    def none() -> Pairs:
        whole, real = np.zeros(0, dtype=np.int64), np.zeros(0)
        return Pairs(whole, whole, whole, real, whole, real, real, real, whole, real)

    @staticmethod
    def joined(parts: Sequence[Pairs]) -> Pairs:
        if not parts:
            return Pairs.none()
        together = {f.name: np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(Pairs)}
        order = np.lexsort((together["outcome"], together["declarant"]))
        return Pairs(**{name: values[order] for name, values in together.items()})


@dataclass(frozen=True)
class Block:
    """One way to stratify an office's draws, and the declarants tested under it.

    Declarants whose own draws could shape the pools have a block of their own, made without them; all others share one.
    """

    stratum: IntArray
    strata: int
    declarant: IntArray
    outcome: IntArray
    tested: IntArray
    """Declarants tested here, rising."""
    rows: IntArray
    """Which of the office's kept draws these are."""
    contrast: bool = True
    """Whether a stratum with one outcome only is left out of n. Not where one outcome is the rule, as "nobody" is."""

    @cached_property
    def _rising(self) -> tuple[IntArray, IntArray]:
        """The draws stratum by stratum, and where each begins."""
        from arusha.indicators import assignment_kernel as kernel

        begins, order = np.empty(self.strata + 1, dtype=np.int64), np.empty(self.stratum.size, dtype=np.int64)
        kernel.counting_order(self.stratum, self.strata, begins, order)
        return order, begins

    @cached_property
    def by_stratum(self) -> tuple[IntArray, IntArray, IntArray]:
        """Declarant and outcome of the draws stratum by stratum, and where each stratum begins."""
        order, begins = self._rising
        return self.declarant[order], self.outcome[order], begins

    @cached_property
    def by_declarant(self) -> tuple[IntArray, IntArray, IntArray]:
        """Stratum and outcome of the draws declarant by declarant, strata rising, and where each declarant begins."""
        from arusha.indicators import assignment_kernel as kernel

        rising, _ = self._rising
        count = max(int(self.declarant.max(initial=-1)), int(self.tested.max(initial=-1))) + 1
        begins, order = np.empty(count + 1, dtype=np.int64), np.empty(rising.size, dtype=np.int64)
        kernel.counting_order(self.declarant[rising], count, begins, order)
        own = rising[order]
        return self.stratum[own], self.outcome[own], begins

    def for_declarants(self, tested: IntArray) -> Block:
        """The same strata for some of the declarants tested here."""
        cut = replace(self, tested=tested)
        # What was worked out of the draws is kept.
        cut.__dict__.update({k: v for k, v in self.__dict__.items() if k not in self.__dataclass_fields__})
        return cut

    @cached_property
    def informative(self) -> BoolArray:
        """Strata with a second declarant (and a second outcome); the others carry no information."""
        from arusha.indicators import assignment_pairs_kernel as kernel

        several = np.ones(self.strata, dtype=bool)
        declarant, outcome, begins = self.by_stratum
        for of in (declarant, outcome) if self.contrast else (declarant,):
            kernel.several(of, begins, several)
        return several


class _Table(NamedTuple):
    """What pairs are counted in, as ``assignment_pairs_kernel`` asks for it."""

    own_stratum: IntArray
    own_outcome: IntArray
    own_begins: IntArray
    declarant: IntArray
    outcome: IntArray
    begins: IntArray
    informs: BoolArray
    held: BoolArray
    place: IntArray
    barred: BoolArray


@dataclass(frozen=True)
class _Part:
    """Pairs of some declarants, and what their strata are made of."""

    pairs: Pairs
    size: IntArray
    """Tested declarants x columns: strata of each pair whose exact tail is wanted, 0 for the others."""
    tested: IntArray
    table: _Table

    def cut(self) -> list[_Part]:
        """Parts of whole declarants that have about ``AT_ONCE`` strata at most."""
        rows = np.cumsum(self.size.sum(axis=1))
        if not rows.size or rows[-1] <= AT_ONCE:
            return [self]
        edges = np.flatnonzero(np.diff(rows // AT_ONCE)) + 1
        C = self.size.shape[1]
        found = []
        for a, e in pairwise([0, *edges.tolist(), rows.size]):
            pairs = Pairs(*(getattr(self.pairs, f.name)[a * C : e * C] for f in fields(Pairs)))
            found.append(_Part(pairs, self.size[a:e], self.tested[a:e], self.table))
        return found

    def margins(self) -> tuple[IntArray, IntArray, IntArray]:
        """M, m and n of every stratum, pair by pair."""
        from arusha.indicators import assignment_pairs_kernel as kernel

        ends = np.cumsum(self.size).reshape(self.size.shape)
        M, m, n = (np.empty(int(self.size.sum()), dtype=np.int64) for _ in range(3))
        kernel.margins(self.tested, *self.table, NEARLY_ALL, self.size > 0, ends - self.size, M, m, n)
        return M, m, n


def tails(
    block: Block,
    outcomes: int,
    structural: BoolArray,
    ignored: BoolArray,
    threads: int = 1,
    also_held: BoolArray | None = None,
) -> Pairs:
    """Upper tails of every pair of the block's declarants, exact where they could decide anything.

    Parameters
    ----------
    structural
        Declarants x outcomes: cells set aside. Such a pair is itself tested in the table without the others.
    ignored
        Outcomes that are not tested (one that stands for "nobody").
    also_held
        Declarants whose rows are left out of the others' tables for another reason.
    """
    informs, held = block.informative, _held(structural, also_held)
    parts = []
    plain = block.tested[~held[block.tested]]
    columns = np.flatnonzero(~ignored)
    if plain.size:
        parts.append(_part(block, informs, held, outcomes, plain, columns, (), threads))
    for b in block.tested[held[block.tested]].tolist():
        cells = np.flatnonzero(structural[b]).tolist()
        one = np.array([b])
        for i in cells:
            without = tuple(j for j in cells if j != i)
            parts.append(_part(block, informs, held, outcomes, one, np.array([i]), without, 1))
        rest = np.setdiff1d(columns, cells)
        parts.append(_part(block, informs, held, outcomes, one, rest, tuple(cells), 1))
    return _tested(parts, threads)


@dataclass(frozen=True)
class OneTable:
    """One pair and the strata that it is counted in."""

    pair: Pairs
    """One entry."""
    M: IntArray
    m: IntArray
    n: IntArray

    def upper_tail(self) -> float:
        """P(T >= what is observed); 1 where nothing is left to chance."""
        if not self.M.size:
            return 1.0
        return float(stratified_upper_tail(self.pair.observed, *self._strata).p[0])

    def averaged_tail(self, log_odds: FloatArray, weights: FloatArray) -> float:
        """``upper_tail`` averaged over log odds ratios that all strata share, rising, with one weight each."""
        if not self.M.size:
            return 1.0
        return float(averaged_upper_tail(self.pair.observed, *self._strata, log_odds[None, :], weights)[0])

    @property
    def _strata(self) -> tuple[IntArray, IntArray, IntArray, IntArray]:
        return self.M, self.m, self.n, np.array([0, self.M.size])


def one_table(
    block: Block,
    outcomes: int,
    structural: BoolArray,
    declarant: int,
    outcome: int,
    also_held: BoolArray | None = None,
) -> OneTable:
    """The table of one pair, as ``tails`` with the same arguments has it."""
    without = tuple(j for j in np.flatnonzero(structural[declarant]).tolist() if j != outcome)
    one = np.array([declarant]), np.array([outcome]), without
    part = _part(block, block.informative, _held(structural, also_held), outcomes, *one, 1, every=True)
    return OneTable(part.pairs, *part.margins())


def _held(structural: BoolArray, also: BoolArray | None) -> BoolArray:
    """Declarants whose rows are left out of the others' tables."""
    held: BoolArray = np.asarray(structural.any(axis=1))
    return held if also is None else held | also


def counts(block: Block, outcomes: int) -> Pairs:
    """What is observed and expected of every pair of the block's declarants, and its variance, without tails."""
    nobody = np.zeros(int(block.declarant.max(initial=0)) + 1, dtype=bool)
    return _part(block, block.informative, nobody, outcomes, block.tested, np.arange(outcomes), (), 1).pairs


def _part(
    block: Block,
    informs: BoolArray,
    held: BoolArray,
    outcomes: int,
    tested: IntArray,
    columns: IntArray,
    without: tuple[int, ...],
    threads: int,
    every: bool = False,
) -> _Part:
    """The pairs of ``tested`` and ``columns`` in the table less the rows held and the outcomes ``without``.

    ``every``: the strata of all of them are wanted, also where a series gives the tail.
    """
    from arusha.indicators import assignment_pairs_kernel as kernel

    place = np.full(outcomes, -1)
    place[columns] = np.arange(columns.size)
    barred = np.zeros(outcomes, dtype=bool)
    barred[list(without)] = True
    table = _Table(*block.by_declarant, *block.by_stratum, informs, held, place, barred)
    shape = tested.size, columns.size
    size, lost, seen = (np.zeros(shape, dtype=np.int64) for _ in range(3))
    drawn, compared = np.zeros(tested.size, dtype=np.int64), np.zeros(tested.size)
    away, expected, variance, p = (np.zeros(shape) for _ in range(4))
    sums = size, lost, seen, drawn, compared, away, expected, variance, p
    in_threads(lambda a, e: kernel.counted(a, e, tested, *table, NEARLY_ALL, *sums), tested.size, threads)
    pairs = Pairs(
        declarant=np.repeat(tested, columns.size),
        outcome=np.tile(columns, tested.size),
        n=(drawn[:, None] - lost).reshape(-1),
        compared=np.maximum(compared[:, None] - away, 0.0).reshape(-1),
        observed=seen.reshape(-1),
        expected=expected.reshape(-1),
        variance=variance.reshape(-1),
        p=p.reshape(-1),
        anyway=lost.reshape(-1),
        loose=np.zeros(size.size),
    )
    return _Part(pairs, np.where((np.isnan(p) | every) & (variance > 0), size, 0), tested, table)


def _tested(parts: list[_Part], threads: int) -> Pairs:
    done: list[Pairs] = []
    batch: list[_Part] = []
    rows = 0
    for part in [cut for whole in parts for cut in whole.cut()]:
        size = int(part.size.sum())
        if batch and rows + size > AT_ONCE:
            done.append(_tested_at_once(batch, threads))
            batch, rows = [], 0
        batch.append(part)
        rows += size
    if batch:
        done.append(_tested_at_once(batch, threads))
    return Pairs.joined(done)


def _tested_at_once(parts: list[_Part], threads: int) -> Pairs:
    together = {f.name: np.concatenate([getattr(p.pairs, f.name) for p in parts]) for f in fields(Pairs)}
    size = np.concatenate([p.size.reshape(-1) for p in parts])
    wanted = np.flatnonzero(size)
    indptr = np.concatenate([[0], np.cumsum(size[wanted])])
    M, m, n = (np.concatenate(values) for values in zip(*(p.margins() for p in parts), strict=True))
    tail = stratified_upper_tail(together["observed"][wanted], M, m, n, indptr, threads=threads)
    together["p"][wanted] = tail.p
    return Pairs(**together)
