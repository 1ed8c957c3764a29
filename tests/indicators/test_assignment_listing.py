"""Draws listed by stratum, and pools learnt again without one declarant: the same as from a copy of the other draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from steering_worlds import Office, draws, world

from arusha.indicators.assignment_draws import UNKNOWN, Draws, dense
from arusha.indicators.assignment_listing import Listing
from arusha.indicators.assignment_pools import ENOUGH_A_DAY, Learner, Pools, features_of, infer


def test_a_listing_without_a_declarant_or_by_a_second_code_is_that_of_a_sort() -> None:
    rng = np.random.default_rng(1)
    for size in (1, 7, 400):
        stratum, strata = dense(rng.integers(0, 9, size))
        declarant, code = rng.integers(0, 4, size), rng.integers(0, 50, size)
        listed = Listing.of(stratum, strata)
        left = listed.without(declarant, 2)
        expected = np.lexsort((np.arange(size), stratum))
        expected = expected[declarant[expected] != 2]
        assert left.order.tolist() == expected.tolist()
        assert left.begins.tolist() == [*np.flatnonzero(np.diff(stratum[expected], prepend=-1)), expected.size]
        finer = left.divided(code, 50)
        expected = expected[np.lexsort((expected, code[expected], stratum[expected]))]
        assert finer.order.tolist() == expected.tolist()
        steps = np.diff(stratum[expected] * 50 + code[expected], prepend=-1)
        assert finer.begins.tolist() == [*np.flatnonzero(steps), expected.size]
        assert finer.first.tolist() == expected[finer.begins[:-1]].tolist()


def same(one: Pools, two: Pools) -> bool:
    """Whether two sets of pools are the same in every digit."""
    pairs = zip(one.splits, two.splits, strict=True)
    return one.unit == two.unit and all(
        (a.feature, a.resolution, a.p) == (b.feature, b.resolution, b.p) and np.array_equal(a.pool, b.pool)
        for a, b in pairs
    )


def taken(mechanism: str, days: int) -> Draws:
    return draws(world(Office(draws=6000, days=days, mechanism=mechanism, largest_share=0.3), 2))[0]


@pytest.mark.parametrize("mechanism", ["desks", "night desk", "three shifts", "random", "lanes"])
@pytest.mark.parametrize("days", [60, 250])
def test_pools_without_a_declarant_are_those_of_a_copy_of_the_others(mechanism: str, days: int) -> None:
    """Days hold 100 draws, which are compared within the day, or 24: days of a week may then be put together."""
    some = taken(mechanism, days)
    assert (len(some) >= ENOUGH_A_DAY * days) == (days == 60)
    learner, features = Learner(some), features_of(some)
    for b in (0, 1, 5):
        assert same(learner.pools_without(b, features), infer(some.only(some.declarant != b), features))
    few = tuple(f for f in features if f != "hour")
    assert same(learner.pools_without(0, few), infer(some.only(some.declarant != 0), few))
    assert same(learner.pools(), infer(some))


def test_times_and_rosters_that_only_the_declarant_has_are_not_known_without_it() -> None:
    some = taken("night desk", 60)
    mine = some.declarant == 0
    alone = replace(
        some,
        minute=np.where(mine, some.minute, UNKNOWN),
        hour=np.where(mine, some.hour, UNKNOWN),
        interval=np.where(mine, 0, UNKNOWN),
    )
    features = features_of(alone)
    assert "hour" in features
    found = Learner(alone).pools_without(0, features)
    assert same(found, infer(alone.only(~mine), features))
    assert not [s for s in found.splits if s.feature == "hour"]
