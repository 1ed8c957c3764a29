"""Pairs of declarant and outcome against fixed margins within strata, with strong pairs taken out.

Swamping: under fixed margins a pair that is far above its share pushes honest pairs above theirs. Strong pairs are
therefore set aside as structural (quasi-independence, Goodman 1968) and every other pair is tested in the part of the
table that holds no structural cell: rows of other declarants with one are left out, and columns of officers with whom
this declarant has one. What is left is an ordinary table, so that every p stays an exact sum of hypergeometrics.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from arusha.indicators.assignment_draws import BoolArray, IntArray, dense
from arusha.inference.hypergeometric import stratified_upper_tail

FloatArray = NDArray[np.float64]

NEARLY_ALL = 0.8
"""Share of a stratum above which its outcome says nothing about favour: whoever lodged would have met that officer.
What is left to differ there are the exceptions to a desk, which are never quite the same for all goods."""


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

    def informative(self) -> BoolArray:
        """Strata with a second declarant (and a second outcome); the others carry no information."""
        several = np.ones(self.strata, dtype=bool)
        for of in (self.declarant, self.outcome) if self.contrast else (self.declarant,):
            low = np.full(self.strata, np.iinfo(np.int64).max)
            high = np.full(self.strata, -1)
            np.minimum.at(low, self.stratum, of)
            np.maximum.at(high, self.stratum, of)
            several &= low < high
        return several


@dataclass(frozen=True)
class _Rows:
    """Pairs with the strata of each, one after the other."""

    pairs: Pairs
    size: IntArray
    M: IntArray
    m: IntArray
    n: IntArray


def tails(
    block: Block,
    outcomes: int,
    structural: BoolArray,
    ignored: BoolArray,
    threads: int = 1,
    also_held: BoolArray | None = None,
) -> Pairs:
    """Exact upper tails of every pair of the block's declarants.

    Parameters
    ----------
    structural
        Declarants x outcomes: cells set aside. Such a pair is itself tested in the table without the others.
    ignored
        Outcomes that are not tested (one that stands for "nobody").
    also_held
        Declarants whose rows are left out of the others' tables for another reason.
    """
    informs = block.informative()
    used = informs[block.stratum]
    held: BoolArray = np.asarray(structural.any(axis=1))
    if also_held is not None:
        held = held | also_held
    rest = used & ~held[block.declarant]
    parts = []
    plain = block.tested[~held[block.tested]]
    columns = np.flatnonzero(~ignored)
    if plain.size:
        parts.append(_rows(block, used, _margins(block, rest, outcomes), plain, columns, ()))
    for b in block.tested[held[block.tested]].tolist():
        m = _margins(block, rest | (used & (block.declarant == b)), outcomes)
        cells = np.flatnonzero(structural[b]).tolist()
        one = np.array([b])
        parts += [_rows(block, used, m, one, np.array([i]), tuple(j for j in cells if j != i)) for i in cells]
        parts.append(_rows(block, used, m, one, np.setdiff1d(columns, cells), tuple(cells)))
    return _tested(parts, threads)


def _margins(block: Block, use: BoolArray, outcomes: int) -> IntArray:
    """Strata x outcomes: draws."""
    code = block.stratum[use] * outcomes + block.outcome[use]
    return np.bincount(code, minlength=block.strata * outcomes).reshape(block.strata, outcomes)


def _rows(
    block: Block, used: BoolArray, m: IntArray, tested: IntArray, columns: IntArray, without: tuple[int, ...]
) -> _Rows:
    """The strata of every pair of ``tested`` and ``columns`` in the table ``m`` less the outcomes ``without``."""
    wanted = np.zeros(max(int(block.declarant.max(initial=0)), int(tested.max())) + 1, dtype=bool)
    wanted[tested] = True
    mine = used & wanted[block.declarant]
    if without:
        m = m.copy()
        m[:, list(without)] = 0
        mine &= ~np.isin(block.outcome, without)
    M = m.sum(axis=1)
    row = np.searchsorted(tested, block.declarant[mine])
    cell, count = dense(row, block.stratum[mine])
    # Declarant and stratum of each cell, its draws, and how many of them fell to each outcome.
    one = np.empty(count, dtype=np.int64)
    one[cell] = np.arange(cell.size)
    b, g, n = row[one], block.stratum[mine][one], np.bincount(cell, minlength=count)
    fell, number = np.unique(cell * m.shape[1] + block.outcome[mine], return_counts=True)
    # Pair by pair: its strata are those of its declarant in which its outcome was drawn by anyone.
    r, c = np.nonzero(m[g][:, columns] > 0)
    pair = b[r] * columns.size + c
    anyway = m[g[r], columns[c]] > NEARLY_ALL * M[g[r]]
    order = np.argsort(pair[~anyway], kind="stable")
    size = tested.size * columns.size

    def summed(weights: NDArray[np.generic], of: IntArray, length: int) -> IntArray:
        return np.bincount(of, weights=weights, minlength=length).astype(np.int64)

    at = np.searchsorted(fell, r * m.shape[1] + columns[c])
    at[at == fell.size] = 0
    seen = np.where(fell[at] == r * m.shape[1] + columns[c], number[at], 0) if fell.size else np.zeros(r.size)
    lost = summed(n[r[anyway]], pair[anyway], size)
    weight = n * (1 - n / M[g])
    compared = np.repeat(np.bincount(b, weights=weight, minlength=tested.size), columns.size)
    compared -= np.bincount(pair[anyway], weights=weight[r[anyway]], minlength=size)
    r, c, pair, seen = (x[~anyway][order] for x in (r, c, pair, seen))
    pairs = Pairs(
        declarant=np.repeat(tested, columns.size),
        outcome=np.tile(columns, tested.size),
        n=np.repeat(summed(n, b, tested.size), columns.size) - lost,
        compared=np.maximum(compared, 0.0),
        observed=summed(seen, pair, size),
        expected=np.zeros(size),
        variance=np.zeros(size),
        p=np.zeros(size),
        anyway=lost,
        loose=np.zeros(size),
    )
    return _Rows(pairs, np.bincount(pair, minlength=size), M[g[r]], m[g[r], columns[c]], n[r])


def _tested(parts: list[_Rows], threads: int) -> Pairs:
    if not parts:
        return Pairs.none()
    pairs = [p.pairs for p in parts]
    together = {f.name: np.concatenate([getattr(p, f.name) for p in pairs]) for f in fields(Pairs)}
    indptr = np.concatenate([[0], np.cumsum(np.concatenate([p.size for p in parts]))])
    M, m, n = (np.concatenate([getattr(p, name) for p in parts]) for name in ("M", "m", "n"))
    tail = stratified_upper_tail(together["observed"], M, m, n, indptr, threads=threads)
    together |= {
        "expected": tail.expected,
        "variance": tail.variance,
        "p": np.where(tail.variance > 0, tail.p, np.nan),
    }
    return Pairs.joined([Pairs(**together)])
