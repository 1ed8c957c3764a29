"""One office made ready for testing: batches thinned, pools inferred, strata cut, declarants left out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from arusha.indicators import assignment_batches
from arusha.indicators.assignment_batches import Batches
from arusha.indicators.assignment_contrasts import FEWEST
from arusha.indicators.assignment_draws import BoolArray, Draws, IntArray, dense
from arusha.indicators.assignment_duty import Duty, Law
from arusha.indicators.assignment_pairs import Block
from arusha.indicators.assignment_pools import Learner, Pools, features_of, filled, level_count
from arusha.indicators.assignment_rules import Eligible
from arusha.indicators.assignment_strata import strata
from arusha.inference.segments import side_by_side

SHARE_THAT_MATTERS = 0.2
"""Share of a level's draws from which a declarant could shape what is learnt about the level."""
PART_THAT_MATTERS = 0.05
"""Share of a declarant's own draws below which a level cannot decide its test."""
OFFICE_SHARE_THAT_MATTERS = 0.1
FEWEST_OWN = 5
"""Draws in a level from which it is asked whether nearly only this declarant uses it."""
ALWAYS_ASKED = ("chapter", "main chapter", "procedure", "hour")
"""Features whose levels must be used by others too, even where nothing shows that they divide the officers."""


@dataclass(frozen=True)
class Prepared:
    """An office ready for testing. ``draws`` are the kept ones (first of each batch)."""

    draws: Draws
    kept: IntArray
    """Which of the office's draws those are."""
    batches: Batches
    pools: Pools
    blocks: tuple[Block, ...]
    duties: tuple[OnDuty, ...]
    """Declarants tested against a law over the officers on duty."""
    above_floor: IntArray
    """Declarants with enough draws in this office."""
    unidentified: IntArray
    """Draws of each declarant in levels that nearly only it uses, where they were left out of its test."""
    lost: int
    """Draws in strata without a second officer or a second declarant."""
    nobody: int | None = None
    """The outcome that stands for "nobody", which is the rule and is not tested; beside the others, anybody is."""

    @property
    def ignored(self) -> BoolArray:
        """One an outcome: not tested."""
        out = np.zeros(len(self.draws.outcomes), dtype=bool)
        if self.nobody is not None:
            out[self.nobody] = True
        return out

    @property
    def columns(self) -> int:
        """Outcomes tested or not; with one more for "anybody" where there is a "nobody"."""
        return len(self.draws.outcomes) + (self.nobody is not None)

    @property
    def any_blocks(self) -> tuple[Block, ...]:
        """The same strata with two outcomes, nobody (0) and anybody (1)."""
        if self.nobody is None:
            return ()
        return tuple(replace(b, outcome=(b.outcome != self.nobody).astype(np.int64)) for b in self.blocks)


@dataclass(frozen=True)
class _Levels:
    """How each declarant's draws lie in the levels of each feature: declarants x levels."""

    own: dict[str, IntArray]
    size: IntArray

    @staticmethod
    def of(draws: Draws) -> _Levels:
        B = len(draws.declarants)
        own = {}
        for feature in features_of(draws):
            count = level_count(draws, feature)
            code = draws.declarant * count + filled(draws, feature)
            own[feature] = np.bincount(code, minlength=B * count).reshape(B, count)
        return _Levels(own, np.bincount(draws.declarant, minlength=B))

    def matters(self) -> dict[str, BoolArray]:
        """By feature: declarants that could shape what is learnt about a level that could decide their test."""
        everywhere = self.size > OFFICE_SHARE_THAT_MATTERS * self.size.sum()
        found = {}
        for feature, own in self.own.items():
            large = (own >= FEWEST_OWN) & (own >= PART_THAT_MATTERS * self.size[:, None])
            found[feature] = everywhere | np.any(large & (own > SHARE_THAT_MATTERS * own.sum(axis=0)), axis=1)
        return found

    def only_its(self, feature: str, declarant: int) -> BoolArray:
        """Levels that nearly only this declarant uses."""
        own = self.own[feature][declarant]
        others = self.own[feature].sum(axis=0) - own
        return np.asarray((own >= FEWEST_OWN) & (others < FEWEST) & (own > others))


@dataclass(frozen=True)
class OnDuty:
    """One law over the officers on duty, and the declarants tested against it, rising."""

    duty: Duty
    tested: IntArray


def prepare_all(
    offices: Sequence[Draws],
    min_exposure: float,
    pools: Sequence[Eligible | None],
    threads: int = 1,
    nobody: int | None = None,
) -> list[Prepared]:
    """``prepare`` of several offices side by side, the largest first. ``pools``: one an office."""

    def one(k: int, within: int) -> Prepared:
        return prepare(offices[k], min_exposure, pools[k], within, nobody)

    return side_by_side(one, [len(draws) for draws in offices], threads)


def prepare(
    draws: Draws, min_exposure: float, pool: Eligible | None = None, threads: int = 1, nobody: int | None = None
) -> Prepared:
    """Everything that is fixed before any pair is looked at.

    Parameters
    ----------
    min_exposure
        Draws that a declarant needs.
    pool
        Who could have been picked for each draw, where the records say. Each declarant has one test, chosen by the
        draws of the others: a law over the officers on duty where they keep to one, else fixed margins in strata.
    nobody
        The outcome that stands for "nobody", if there is one.
    """
    which = np.flatnonzero(assignment_batches.same_minute(draws))
    kept = draws.only(which)
    learner = Learner(kept)
    pools = learner.pools()
    batches = assignment_batches.find(kept, pools.codes(kept))
    if not batches.keep.all():
        which = which[batches.keep]
        kept = kept.only(batches.keep)
        learner = Learner(kept)
        pools = learner.pools()
    levels = _Levels.of(kept)
    above = np.flatnonzero(levels.size >= min_exposure)
    matters = levels.matters()
    found = {s.feature for s in pools.splits}

    def learnt_without(b: int) -> Pools | None:
        """The pools without a declarant; None where it could not have shaped any."""
        asked = {f for f, whom in matters.items() if whom[b]}
        if not asked:
            return None
        # Features in which it does not matter are looked at again only if they were found to divide the office.
        return learner.pools_without(b, asked | found)

    if threads > 1:
        with ThreadPoolExecutor(threads) as workers:
            others = list(workers.map(learnt_without, above.tolist()))
    else:
        others = [learnt_without(b) for b in above.tolist()]
    laws = _Laws(kept, pool, pools)
    unidentified = np.zeros(levels.size.size, dtype=np.int64)
    shared: list[int] = []
    blocks: list[Block] = []
    for b, again in zip(above.tolist(), others, strict=True):
        alone = np.zeros(len(kept), dtype=bool) if again is None else _alone(kept, levels, again, b)
        without = pools if again is None or _same(kept, again, pools) else again
        unidentified[b] = int(alone.sum())
        duty = None if alone.any() else laws.tests(b, without, {f for f, whom in matters.items() if whom[b]})
        if duty is not None:
            unidentified[b] = duty.alone(b).size
            continue
        if without is pools and not alone.any():
            shared.append(b)
            continue
        left = kept.only(~alone)
        cut = strata(left, without)
        one, rows = np.array([b]), np.flatnonzero(~alone)
        blocks.append(Block(cut.code, cut.count, left.declarant, left.outcome, one, rows, nobody is None))
    cut = strata(kept, pools)
    everyone = Block(
        cut.code, cut.count, kept.declarant, kept.outcome, np.array(shared, dtype=np.int64), np.arange(len(kept))
    )
    informative = everyone.informative[everyone.stratum]
    everyone = replace(everyone, contrast=nobody is None)
    return Prepared(
        draws=kept,
        kept=which,
        batches=batches,
        pools=pools,
        blocks=tuple(b for b in (everyone, *blocks) if b.tested.size),
        duties=laws.found(),
        above_floor=above,
        unidentified=unidentified,
        lost=int(np.sum(~informative)),
        nobody=nobody,
    )


class _Laws:
    """The laws over the officers on duty, tried in order for each declarant."""

    def __init__(self, draws: Draws, pool: Eligible | None, pools: Pools) -> None:
        self._draws, self._pool, self._pools = draws, pool, pools
        names: tuple[Law, ...] = ("even", "weights") if pool is not None and pool.even else ("weights",)
        self._names = names if pool is not None else ()
        self._shared: dict[Law, Duty] = {}
        self._tested: list[tuple[Duty, list[int]]] = []

    def tests(self, declarant: int, pools: Pools, matters: Collection[str]) -> Duty | None:
        """The first law that the other declarants keep to, if any; the declarant is then tested against it."""
        for law in self._names:
            # An even chance is not even where pools divide the officers.
            if self._pool is None or (law == "even" and pools.splits):
                continue
            duty = self._law(law, pools)
            if duty.kept_without(declarant, matters):
                for known, tested in self._tested:
                    if known is duty:
                        tested.append(declarant)
                        return duty
                self._tested.append((duty, [declarant]))
                return duty
        return None

    def _law(self, law: Law, pools: Pools) -> Duty:
        if pools is self._pools and law in self._shared:
            return self._shared[law]
        assert self._pool is not None
        # A section or a rule has a pace of its own, as it has strata of its own: a roster may not say who sits where.
        apart, _ = dense(self._draws.frame, pools.codes(self._draws))
        duty = Duty(self._draws, self._pool, law, apart)
        if pools is self._pools:
            self._shared[law] = duty
        return duty

    def found(self) -> tuple[OnDuty, ...]:
        return tuple(OnDuty(duty, np.array(tested, dtype=np.int64)) for duty, tested in self._tested)


def duty_of(prepared: Prepared, declarant: int) -> Duty | None:
    """The law against which a declarant is tested, if any."""
    return next((d.duty for d in prepared.duties if declarant in d.tested), None)


def block_of(prepared: Prepared, declarant: int) -> Block | None:
    """The block in which a declarant is tested; None where it is tested against a law over the officers on duty."""
    return next((b for b in prepared.blocks if declarant in b.tested), None)


def _alone(draws: Draws, levels: _Levels, pools: Pools, declarant: int) -> BoolArray:
    """The declarant's draws in levels where no one else shows who the officers are."""
    asked = {*ALWAYS_ASKED, *(s.feature for s in pools.splits)} & set(levels.own)
    mine = draws.declarant == declarant
    out = np.zeros(len(draws), dtype=bool)
    for feature in asked:
        only = levels.only_its(feature, declarant)
        if only.any():
            out |= mine & only[filled(draws, feature)]
    return out


def _same(draws: Draws, one: Pools, two: Pools) -> bool:
    """Whether two sets of pools part the draws alike."""
    if one.unit != two.unit:
        return False
    a, b = one.codes(draws), two.codes(draws)
    return dense(a, b)[1] == dense(a)[1] == dense(b)[1]
