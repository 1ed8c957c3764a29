"""One office made ready for testing: batches thinned, pools inferred, strata cut, declarants left out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from arusha.indicators import assignment_batches, assignment_pools
from arusha.indicators.assignment_batches import Batches
from arusha.indicators.assignment_draws import UNKNOWN, BoolArray, Draws, IntArray
from arusha.indicators.assignment_even import Even
from arusha.indicators.assignment_pairs import Block, Pairs
from arusha.indicators.assignment_pools import FEWEST, Pools, features_of, level_count, levels_of
from arusha.indicators.assignment_rules import Eligible
from arusha.indicators.assignment_strata import strata

SHARE_THAT_MATTERS = 0.2
"""Share of a level's draws from which a declarant could shape what is learnt about the level."""
PART_THAT_MATTERS = 0.05
"""Share of a declarant's own draws below which a level cannot decide its test."""
OFFICE_SHARE_THAT_MATTERS = 0.1


@dataclass(frozen=True)
class Prepared:
    """An office ready for testing. ``draws`` are the kept ones (first of each batch)."""

    draws: Draws
    kept: IntArray
    """Which of the office's draws those are."""
    inside: BoolArray
    """One a kept draw: its officer could have been picked under the declared even chance."""
    batches: Batches
    pools: Pools
    blocks: tuple[Block, ...]
    even: Pairs
    """Pairs tested against a declared even chance that the office keeps to."""
    pool: Eligible | None
    """The declared pools behind ``even``."""
    above_floor: IntArray
    """Declarants with enough draws in this office."""
    unidentified: IntArray
    """Draws of each declarant in levels that nearly only it uses, where they were left out of its test."""
    lost: int
    """Draws in strata without a second officer or a second declarant."""


def prepare(draws: Draws, min_exposure: float, pool: Eligible | None = None, threads: int = 1) -> Prepared:
    """Everything that is fixed before any pair is looked at.

    ``pool``: who could have been picked under a declared even chance. Each declarant has one test, chosen by the draws
    of the others: the even chance where they keep to it and no pools divide the office, else fixed margins in strata.
    """
    which = np.flatnonzero(assignment_batches.same_minute(draws))
    kept = draws.only(which)
    pools = assignment_pools.infer(kept)
    batches = assignment_batches.find(kept, pools.codes(kept))
    if not batches.keep.all():
        which = which[batches.keep]
        kept = kept.only(batches.keep)
        pools = assignment_pools.infer(kept)
    B = len(draws.declarants)
    size = np.bincount(kept.declarant, minlength=B)
    above = np.flatnonzero(size >= min_exposure)
    unidentified = np.zeros(B, dtype=np.int64)
    main = strata(kept, pools)
    rule = Even(kept, pool) if pool is not None else None
    shared: list[int] = []
    even: list[int] = []
    blocks: list[Block] = []
    levels = {f: (_filled(kept, f), level_count(kept, f)) for f in features_of(kept)}
    totals = {f: np.bincount(codes, minlength=count) for f, (codes, count) in levels.items()}
    for b in above.tolist():
        mine = kept.declarant == b
        alone = np.zeros(len(kept), dtype=bool)
        matters = size[b] > OFFICE_SHARE_THAT_MATTERS * len(kept)
        for feature, (codes, count) in levels.items():
            own = np.bincount(codes[mine], minlength=count)
            others = totals[feature] - own
            large = (own >= 5) & (own >= PART_THAT_MATTERS * size[b])
            matters |= bool(np.any(large & (own > SHARE_THAT_MATTERS * totals[feature])))
            only_its = (own >= 5) & (others < FEWEST) & (own > others)
            alone |= mine & only_its[codes]
        if not matters:
            (even if rule is not None and not pools.splits and rule.kept_without(b) else shared).append(b)
            continue
        without = assignment_pools.infer(kept.only(~mine))
        if rule is not None and not without.splits and rule.kept_without(b):
            even.append(b)
            continue
        unidentified[b] = int(alone.sum())
        if not alone.any() and without.unit == pools.unit and _same(without.codes(kept), pools.codes(kept)):
            shared.append(b)
            continue
        left = kept.only(~alone)
        cut = strata(left, without)
        blocks.append(Block(cut.code, cut.count, left.declarant, left.outcome, np.array([b]), np.flatnonzero(~alone)))
    everyone = Block(
        main.code, main.count, kept.declarant, kept.outcome, np.array(shared, dtype=np.int64), np.arange(len(kept))
    )
    informative = everyone.informative()[everyone.stratum]
    return Prepared(
        draws=kept,
        kept=which,
        inside=rule.inside if rule is not None else np.zeros(len(kept), dtype=bool),
        batches=batches,
        pools=pools,
        blocks=tuple(b for b in (everyone, *blocks) if b.tested.size),
        even=rule.pairs(even, threads) if rule is not None else Pairs.none(),
        pool=pool,
        above_floor=above,
        unidentified=unidentified,
        lost=int(np.sum(~informative)),
    )


def test_of(prepared: Prepared, declarant: int) -> Block | None:
    """The block in which a declarant is tested; None where it is tested against an even chance."""
    if declarant in prepared.even.declarant:
        return None
    return next(b for b in prepared.blocks if declarant in b.tested)


def _filled(draws: Draws, feature: str) -> IntArray:
    codes = levels_of(draws, feature)
    return np.where(codes == UNKNOWN, level_count(draws, feature) - 1, codes)


def _same(one: IntArray, two: IntArray) -> bool:
    """Whether two codes part the draws alike."""
    pairs = np.unique(np.stack([one, two]), axis=1).shape[1]
    return bool(pairs == np.unique(one).size == np.unique(two).size)
