"""The whole procedure over all offices: test, set the strongest pair of each office aside, test the others again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from arusha.indicators import assignment_duty_pairs as duty_pairs
from arusha.indicators.assignment_draws import BoolArray, IntArray
from arusha.indicators.assignment_office import Prepared
from arusha.indicators.assignment_pairs import Block, Pairs, one_table, tails
from arusha.inference.multiplicity import hierarchical_bh
from arusha.inference.segments import side_by_side

FloatArray = NDArray[np.float64]

MOST_ROUNDS = 80
"""Rounds in which pairs are set aside, at most."""
NEAR = 1e-3
"""Pairs with a tail at or under this are tested again whenever a pair of their office is set aside, and those ..."""
NEAR_Q = 0.5
"""... whose q is at or under this; the others once, when none of these stands out any more."""
COMPARED = 0.5
"""Share of the exposure floor that must have a comparison: a declarant that is nearly all of the work has none."""


@dataclass(frozen=True)
class Account:
    """An innocent account of a pair that stands out, and what chance would do under it (``assignment_accounts``)."""

    pair: int
    """Which of the office's pairs."""
    kind: Literal["avoidance", "desk", "importer", "bundle", "scatter"]
    p: float
    officers: tuple[int, ...]
    """The officer who is avoided; those at the desk; the pair's own, whom the key would have picked."""
    declarants: tuple[int, ...]
    """The pair's own; those who share the desk."""


@dataclass(frozen=True)
class Tested:
    """The pairs of one office after the last round."""

    pairs: Pairs
    q: FloatArray
    signal: BoolArray
    """q at or under the rate and the excess at or over the floor."""
    untested: BoolArray
    """Declarants x columns: above the floor, but with too little in strata that inform, or to compare with."""
    structural: tuple[tuple[int, int], ...]
    """Cells (declarant, outcome) set aside, in that order."""
    accounts: tuple[Account, ...] = ()
    """Of pairs that would stand out but for an account that the records cannot rule out."""


@dataclass(frozen=True)
class Limits:
    """What a pair must reach: draws with a comparison, excess, and the question's rate."""

    exposure: float
    excess: float
    rate: float


def run(offices: Sequence[Prepared], limits: Limits, threads: int = 1) -> list[Tested]:
    """Test every pair of every office.

    The family is the office, and the question's rate holds over all offices (Benjamini and Bogomolov 2014). In each
    round the strongest pair of each office that stands out and was not set aside before is set aside, with others of
    its officer or declarant that stand out, and the office is tested again; a pair set aside that no longer stands out
    in the table without the others is let back at the end.
    """
    masks = [np.zeros((len(o.draws.declarants), o.columns), dtype=bool) for o in offices]
    order: list[list[tuple[int, int]]] = [[] for _ in offices]
    sizes = [o.above_floor.size for o in offices]
    results = side_by_side(lambda k, within: pairs_without(offices[k], masks[k], within), sizes, threads)
    # Who is tested is settled by margins, before anything is set aside.
    untested = [_too_little(r, o, limits) for o, r in zip(offices, results, strict=True)]
    results = [_without(r, u) for r, u in zip(results, untested, strict=True)]
    for last in (False, True):
        _set_aside(offices, limits, masks, order, results, untested, threads)
        # What stood out only because of pairs found later is let back, once; then the others are looked at again.
        q = adjusted(results)
        for k, r in enumerate(results):
            weak = masks[k][r.declarant, r.outcome] & ~stands_out(r, q[k], limits)
            if weak.any() and not last:
                masks[k][r.declarant[weak], r.outcome[weak]] = False
                order[k] = [cell for cell in order[k] if masks[k][cell]]
                results[k] = _without(pairs_without(offices[k], masks[k], threads), untested[k])
    q = adjusted(results)
    return [
        Tested(r, qk, stands_out(r, qk, limits) & mask[r.declarant, r.outcome], u, tuple(cells))
        for r, qk, mask, u, cells in zip(results, q, masks, untested, order, strict=True)
    ]


def _set_aside(
    offices: Sequence[Prepared],
    limits: Limits,
    masks: list[BoolArray],
    order: list[list[tuple[int, int]]],
    results: list[Pairs],
    untested: Sequence[BoolArray],
    threads: int,
) -> None:
    """Set the strongest pairs of each office aside and test the others again, until none stands out any more."""
    stale: dict[int, BoolArray] = {}
    """By office the pairs that were not tested again after the last one was set aside."""

    def whole(k: int) -> None:
        results[k] = _without(pairs_without(offices[k], masks[k], threads), untested[k])
        stale.pop(k, None)

    for _ in range(MOST_ROUNDS):
        q = adjusted(results)
        strongest = {}
        for k, r in enumerate(results):
            at = np.flatnonzero(stands_out(r, q[k], limits) & ~masks[k][r.declarant, r.outcome])
            if at.size:
                at = at[np.lexsort((-(r.observed - r.expected)[at], r.p[at]))]
                # What went to one officer was taken from the officer's other declarants, and from the declarant's other
                # officers: pairs of either that stand out all the same would stand out the more without the first.
                same = (r.declarant[at] == r.declarant[at[0]]) | (r.outcome[at] == r.outcome[at[0]])
                strongest[k] = at[same]
        if not strongest and not stale:
            break
        # Pairs that were far from standing out had no part in this: they are looked at before it ends.
        for k in list(stale) if not strongest else ():
            whole(k)
        for k, at in strongest.items():
            if k in stale and stale[k][at].any():
                whole(k)
                continue
            whose, what = results[k].declarant[at], results[k].outcome[at]
            masks[k][whose, what] = True
            order[k] += zip(whose.tolist(), what.tolist(), strict=True)
            again = pairs_without(offices[k], masks[k], threads, _near(results[k], q[k], whose))
            again_at = _places(results[k], again)
            results[k] = _without(_updated(results[k], again, again_at), untested[k])
            stale[k] = np.ones(results[k].p.size, dtype=bool)
            stale[k][again_at] = False
    for k in list(stale):
        whole(k)


def stands_out(pairs: Pairs, q: FloatArray, limits: Limits) -> BoolArray:
    """Pairs with q at or under the rate, on enough draws, and far enough above what is expected."""
    # The exposure counts once more: setting a declarant's other pairs aside takes draws from this one.
    enough = (pairs.observed - pairs.expected >= limits.excess) & (pairs.n >= limits.exposure)
    return np.asarray((np.nan_to_num(q, nan=1.0) <= limits.rate) & enough)


def _near(pairs: Pairs, q: FloatArray, declarants: IntArray) -> dict[int, IntArray]:
    """By declarant the outcomes whose tails are small; and all of those declarants'."""
    near = np.flatnonzero((pairs.p <= NEAR) | (q <= NEAR_Q) | np.isin(pairs.declarant, declarants))
    whose, begins = np.unique(pairs.declarant[near], return_index=True)
    return dict(zip(whose.tolist(), np.split(pairs.outcome[near], begins[1:]), strict=True))


def _places(pairs: Pairs, again: Pairs) -> IntArray:
    """Where the pairs that were tested again are among the others."""
    width = int(max(pairs.outcome.max(initial=0), again.outcome.max(initial=0))) + 1
    return np.searchsorted(pairs.declarant * width + pairs.outcome, again.declarant * width + again.outcome)


def _updated(pairs: Pairs, again: Pairs, at: IntArray) -> Pairs:
    changed = {f.name: getattr(pairs, f.name).copy() for f in fields(Pairs)}
    for name, values in changed.items():
        values[at] = getattr(again, name)
    return Pairs(**changed)


def pairs_without(
    office: Prepared, structural: BoolArray, threads: int, only: Mapping[int, IntArray] | None = None
) -> Pairs:
    """The pairs of an office in the table without what is set aside.

    ``only``: the declarants that are wanted, and for each the outcomes that are wanted at least.
    """
    outcomes = len(office.draws.outcomes)
    held = np.asarray(structural.any(axis=1))
    parts = []
    for law in office.duties:
        tested = [b for b in law.tested.tolist() if only is None or b in only]
        parts.append(duty_pairs.pairs(law.duty, tested, structural[:, :outcomes], threads, only))
    blocks, any_blocks = (_asked(b, only) for b in (office.blocks, office.any_blocks))
    parts += [tails(b, outcomes, structural[:, :outcomes], office.ignored, threads, held) for b in blocks]
    for block in any_blocks:
        # Two outcomes, "nobody" and anybody; the second is the column after the outcomes.
        found = tails(block, 2, _anybody(held), np.array([True, False]), threads)
        # A declarant at whose moments nothing was moved is a tested unit too: a count of 0 where none could be more.
        sure = np.where(np.isnan(found.p), 1.0, found.p)
        parts.append(replace(found, outcome=np.full(found.p.size, outcomes), p=sure))
    return Pairs.joined(parts)


def averaged_tail(
    office: Prepared, structural: BoolArray, declarant: int, outcome: int, log_odds: FloatArray, weights: FloatArray
) -> float:
    """The upper tail of one pair in the table of ``pairs_without``, averaged over log odds ratios (rising)."""
    outcomes = len(office.draws.outcomes)
    held = np.asarray(structural.any(axis=1))
    cells = structural[:, :outcomes]
    if outcome == outcomes:
        block = next(b for b in office.any_blocks if declarant in b.tested)
        return one_table(block, 2, _anybody(held), declarant, 1).averaged_tail(log_odds, weights)
    for law in office.duties:
        if declarant in law.tested:
            return duty_pairs.averaged_tail(law.duty, declarant, outcome, cells, log_odds, weights)
    block = next(b for b in office.blocks if declarant in b.tested)
    return one_table(block, outcomes, cells, declarant, outcome, held).averaged_tail(log_odds, weights)


def _anybody(held: BoolArray) -> BoolArray:
    """What is set aside where the two outcomes are "nobody" and anybody."""
    return np.column_stack([np.zeros_like(held), held])


def _asked(blocks: Sequence[Block], only: Mapping[int, IntArray] | None) -> list[Block]:
    """The blocks, for the declarants that are wanted."""
    if only is None:
        return list(blocks)
    cut = [b.for_declarants(b.tested[[d in only for d in b.tested.tolist()]]) for b in blocks]
    return [b for b in cut if b.tested.size]


def _too_little(pairs: Pairs, office: Prepared, limits: Limits) -> BoolArray:
    """Declarants x columns: too few draws in strata that inform, or too little to compare them with."""
    few = (pairs.n < limits.exposure) | (pairs.compared < COMPARED * limits.exposure)
    out = np.zeros((len(office.draws.declarants), office.columns), dtype=bool)
    out[pairs.declarant[few], pairs.outcome[few]] = True
    return out


def _without(pairs: Pairs, untested: BoolArray) -> Pairs:
    return replace(pairs, p=np.where(untested[pairs.declarant, pairs.outcome], np.nan, pairs.p))


def adjusted(results: Sequence[Pairs]) -> list[FloatArray]:
    """q of every pair of each office, over all offices."""
    if not results:
        return []
    family = np.repeat(np.arange(len(results)), [r.p.size for r in results])
    q = hierarchical_bh(np.concatenate([r.p for r in results]), family).q
    return np.split(q, np.cumsum([r.p.size for r in results])[:-1])
