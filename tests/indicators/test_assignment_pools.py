"""Inferred pools: desks, crews and lanes are found from the draws of many, and never from one declarant's alone."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from steering_worlds import Office, Scheme, draws, world

from arusha.indicators.assignment_office import block_of, prepare
from arusha.indicators.assignment_pools import Pools, infer
from arusha.indicators.assignment_rounds import Limits, run
from arusha.indicators.assignment_strata import operating_day, strata

LIMITS = Limits(exposure=30, excess=5, rate=0.05)


def pools(mechanism: str, size: int = 6000, seed: int = 1) -> Pools:
    return infer(draws(world(Office(draws=size, mechanism=mechanism), seed))[0])


def test_nothing_divides_an_office_without_desks() -> None:
    assert [s.feature for seed in range(20) for s in pools("random", 3000, seed).splits] == []


def test_desks_by_chapter_are_found() -> None:
    (split,) = pools("desks").splits
    assert split.feature == "chapter"
    names = draws(world(Office(draws=6000, mechanism="desks"), 1))[0].level_names["chapter"]
    pool = dict(zip(names, split.pool.tolist(), strict=False))
    assert pool["61"] == pool["62"] == pool["52"]
    assert pool["87"] not in (pool["61"], pool["84"])
    assert pool["84"] == pool["72"] == pool["30"]


def test_a_desk_that_changes_hands_is_found() -> None:
    assert pools("desks rotate").splits[0].feature == "chapter"


@pytest.mark.parametrize(("mechanism", "cuts"), [("three shifts", {6, 14, 22}), ("night desk", {6, 21})])
def test_crews_are_cut_where_they_change(mechanism: str, cuts: set[int]) -> None:
    (split,) = [s for s in pools(mechanism, 8000).splits if s.feature == "hour"]
    found = {h for h in range(24) if split.pool[h] != split.pool[h - 1 if h else 23]}
    assert found == cuts


def test_a_crew_across_midnight_keeps_its_day() -> None:
    taken, _ = draws(world(Office(draws=8000, mechanism="night desk"), 1))
    day = operating_day(taken, infer(taken))
    small = taken.hour < 6
    assert np.array_equal(day[small], taken.day[small] - 1)
    assert np.array_equal(day[~small], taken.day[~small])


def test_officers_by_lane_are_found() -> None:
    assert [s.feature for s in pools("lanes", 2000).splits] == ["lane"]


def test_part_timers_are_found() -> None:
    assert "hour" in [s.feature for s in pools("part time", 3000).splits]


def test_windows_hold_about_twenty_draws() -> None:
    taken, _ = draws(world(Office(draws=30000), 1))
    cut = strata(taken, infer(taken))
    size = np.bincount(cut.code)
    assert 18 <= np.median(size) <= 30


def test_a_scheme_in_a_chapter_of_its_own_does_not_clear_itself() -> None:
    made = world(Office(draws=6000, goods="all alike", schemes=(Scheme(3, 5, 0.6),)), 2)
    # The declarant deals in one chapter, in which others deal too, each a little.
    chapter = np.where((made.declarant == 3) & (np.arange(made.day.size) % 10 > 0), 87, made.chapter)
    taken, _ = draws(type(made)(**{**made.__dict__, "chapter": chapter}))
    ready = prepare(taken, 30)
    assert "chapter" in [s.feature for s in ready.pools.splits]  # with it, the chapter looks like a desk
    answer = run([ready], LIMITS)[0]
    pairs = answer.pairs
    assert (3, 5) in set(
        zip(pairs.declarant[answer.signal].tolist(), pairs.outcome[answer.signal].tolist(), strict=True)
    )
    block = block_of(ready, 3)
    assert block is not None
    assert block.tested.tolist() == [3]  # tested with pools learnt without it


def test_a_desk_whose_goods_are_one_declarants_cannot_be_told() -> None:
    made = world(Office(draws=6000, goods="all alike"), 2)
    own = made.declarant == 3
    chapter = np.where(own, 93, made.chapter)
    officer = np.where(own, 5, made.officer)
    taken, _ = draws(type(made)(**{**made.__dict__, "chapter": chapter, "officer": officer}))
    ready = prepare(taken, 30)
    answer = run([ready], LIMITS)[0]
    assert ready.unidentified[3] >= 30
    assert not np.isfinite(answer.pairs.p[answer.pairs.declarant == 3]).any()


def test_a_desk_by_the_first_item_is_no_favour_where_the_main_item_is_of_another_chapter() -> None:
    # One officer has a chapter by the first item. Of one declarant's goods the item of greatest value is often another
    # one: its draws go to that officer "outside the desk" for who reads the desk by the main item, and are honest.
    made = world(Office(draws=6000, goods="all alike"), 4)
    rng = np.random.default_rng(4)
    desk = made.chapter == 87
    officer = np.where(desk, 5, made.officer)
    taken, _ = draws(type(made)(**{**made.__dict__, "officer": officer}))
    other = np.flatnonzero(np.array(taken.level_names["chapter"]) == "39")[0]
    odd = desk & (made.declarant == 0) & (rng.random(made.day.size) < 0.5)
    main = np.where(odd, other, taken.levels["chapter"])
    both = replace(
        taken,
        levels=taken.levels | {"main chapter": main},
        level_names=taken.level_names | {"main chapter": taken.level_names["chapter"]},
    )
    assert np.sum(odd) >= 10
    found = infer(both.only(both.declarant != 0))
    assert {s.feature for s in found.splits} == {"chapter"}  # the others' draws cannot tell the readings apart
    codes = found.codes(both)
    assert set(codes[odd]).isdisjoint(codes[~odd])
    # Read by the main item alone, with the first unknown, the pair would stand out.
    blind = replace(both, levels={k: v for k, v in both.levels.items() if k != "chapter"})
    assert run([prepare(blind, 30)], LIMITS)[0].signal.any()
    assert not run([prepare(both, 30)], LIMITS)[0].signal.any()
