"""Batches: how far they reach is learnt, for the office and for one declarant, and steering is no batch."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from steering_worlds import Office, Scheme, draws, world

from arusha.indicators.assignment_batches import MONTH, NONE, WEEK, Batches, find, first_of_batches, same_minute
from arusha.indicators.assignment_draws import Draws
from arusha.indicators.assignment_pools import infer


def found(office: Office, seed: int = 2) -> tuple[Draws, Batches]:
    taken, _ = draws(world(office, seed))
    kept = taken.only(same_minute(taken))
    return kept, find(kept, infer(kept).codes(kept))


@pytest.mark.parametrize("mechanism", ["random", "workload", "desks", "three shifts"])
def test_separate_draws_stay_separate(mechanism: str) -> None:
    _, batches = found(Office(draws=6000, mechanism=mechanism))
    assert batches.office_gap == NONE
    assert batches.keep.mean() > 0.97


@pytest.mark.parametrize(("minutes", "gap"), [(10, 15), (40, 60), (300, 1440)])
def test_how_far_batches_reach(minutes: int, gap: int) -> None:
    _, batches = found(Office(draws=6000, batch=4, batch_minutes=minutes))
    assert batches.office_gap == gap
    assert batches.keep.mean() < 0.35  # four to a batch


def test_one_minute_is_one_draw_whoever_was_picked() -> None:
    taken, _ = draws(world(Office(draws=3000, batch=4), 2))
    keep = same_minute(taken)
    moment = np.stack([taken.declarant, taken.frame, taken.minute])
    assert np.unique(moment[:, keep], axis=1).shape[1] == keep.sum() == np.unique(moment, axis=1).shape[1]


def test_a_single_declarant_that_lodges_in_batches_is_thinned() -> None:
    made = world(Office(draws=6000, batch=5, batch_minutes=20, batchers=0.05), 3)
    taken, _ = draws(made)
    kept = taken.only(same_minute(taken))
    batches = find(kept, infer(kept).codes(kept))
    files = np.bincount(made.declarant)
    lodged = np.array([np.unique(made.batches[made.declarant == b]).size for b in range(files.size)])
    heavy = np.flatnonzero(files > 2 * lodged)
    assert heavy.size
    assert (batches.gap[heavy] > NONE).all()


def test_steering_is_not_taken_for_batches() -> None:
    schemes = (Scheme(0, 1, 0.6), Scheme(3, 4, 0.5), Scheme(8, 4, 0.5))
    kept, batches = found(Office(draws=12000, schemes=schemes))
    for scheme in schemes:
        assert batches.keep[kept.declarant == scheme.declarant].mean() > 0.9


@pytest.mark.parametrize(("days", "gap"), [(7, WEEK), (28, MONTH)])
def test_an_officer_drawn_by_lot_for_each_declarant_is_one_draw_until_the_next_lot(days: int, gap: int) -> None:
    taken, _ = draws(world(Office(draws=5000), 4))
    period = (taken.day + 3) // days
    lot = np.random.default_rng(5).integers(0, 12, (period.max() + 1, len(taken.declarants)))
    kept = replace(taken, outcome=lot[period, taken.declarant]).only(same_minute(taken))
    batches = find(kept, np.zeros(len(kept), dtype=np.int64))
    assert batches.office_gap == gap
    first = np.unique(np.stack([kept.declarant, (kept.day + 3) // days]), axis=1, return_index=True)[1]
    assert np.array_equal(np.flatnonzero(batches.keep), np.sort(first))


def test_a_few_that_are_steered_for_a_season_do_not_make_it_a_lot() -> None:
    taken, _ = draws(world(Office(draws=12000), 6))
    day, outcome = taken.day - taken.day.min(), taken.outcome.copy()
    for b in range(5):
        outcome[(taken.declarant == b) & (day // 50 == b)] = b
    kept = replace(taken, outcome=outcome).only(same_minute(taken))
    assert find(kept, np.zeros(len(kept), dtype=np.int64)).office_gap == NONE


def test_which_draws_are_kept_does_not_depend_on_who_was_picked() -> None:
    taken, _ = draws(world(Office(draws=3000, batch=4, batch_minutes=10), 2))
    gap = np.full(len(taken.declarants), 15)
    shuffled = np.random.default_rng(1).permutation(taken.outcome)
    other = type(taken)(**{**taken.__dict__, "outcome": shuffled})
    assert np.array_equal(first_of_batches(taken, gap), first_of_batches(other, gap))


def test_a_chain_is_broken_so_that_a_busy_declarant_keeps_its_draws() -> None:
    taken, _ = draws(world(Office(draws=200, declarants=1, days=1, officers=3), 1))
    keep = first_of_batches(taken, np.array([15]))
    span = int(taken.minute.max() - taken.minute.min())
    assert keep.sum() >= span // (5 * 15)
