"""Desks of two features at once: what is learnt of a corner of the office's work, and what it is worth."""

import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from steering_worlds import Office, World, world
from test_assignment_accounts import given, judged, signals

from arusha.engine import session_from_tables
from arusha.indicators.assignment_joint import Joint, _Margins
from arusha.indicators.assignment_steering import INDICATOR
from arusha.indicators.definition import Settings

sys.path.insert(0, str(Path(__file__).parents[2]))  # benchmarks/ lies beside the package, not in it

from benchmarks.honest_mechanisms import people  # noqa: F401, adds its mechanisms to the catalogue
from benchmarks.honest_mechanisms.catalogue import WHOLE
from benchmarks.honest_mechanisms.office import tables

SETTINGS = Settings(np.datetime64("2025-01-01").item(), np.datetime64("2026-01-01").item())
OFFICE = Office(draws=5000, officers=12, declarants=60)


def early(seed: int, *, goods: float = 0.5) -> World:
    """Goods of chapter 2 before nine go to two officers; three traders have little else, six have some."""
    made = world(OFFICE, seed)
    rng = np.random.default_rng([seed, 13])
    share = np.zeros(OFFICE.declarants)
    share[[2, 5, 9]], share[[1, 3, 4, 7, 8, 11]] = goods, 0.15
    hit = rng.random(made.day.size) < share[made.declarant]
    minute = np.where(hit & (rng.random(hit.size) < 0.7), 8 * 60 + rng.integers(0, 59, hit.size), made.minute)
    order = np.lexsort((minute, made.day))
    made = replace(
        made,
        minute=minute[order],
        **{f: getattr(made, f)[order] for f in ("day", "declarant", "officer", "lane", "procedure", "chances")},
        chapter=np.where(hit, 2, np.where(made.chapter == 2, 8, made.chapter))[order],
    )
    at_desk = (made.chapter == 2) & (made.minute < 9 * 60)
    chances = made.chances * np.where(at_desk[:, None], np.arange(12) < 2, True)
    chances = np.where(chances.sum(axis=1, keepdims=True) > 0, chances, made.chances)
    chances /= chances.sum(axis=1, keepdims=True)
    picked = (rng.random(chances.shape[0])[:, None] > chances.cumsum(axis=1)).sum(axis=1).clip(0, 11)
    return replace(made, officer=picked, chances=chances)


def test_the_corner_of_a_desk_is_found_and_what_it_gives_is_not_out_of_the_ordinary() -> None:
    made = early(1)
    ready, _, _ = judged(made, roster=False)
    assert "hour" not in {s.feature for s in ready.pools.splits}  # goods are a tenth of the work
    joint = Joint(ready)
    at_desk = (ready.draws.hour == 8) & (ready.draws.levels["chapter"] == ready.draws.level_names["chapter"].index("2"))
    for b in (5, 9):
        corners = joint.of(b, 0)
        assert corners is not None
        inside = np.zeros(len(ready.draws), dtype=bool)
        inside[np.concatenate(corners.rows)] = True
        mine = ready.draws.declarant == b
        assert np.mean(inside[at_desk & mine]) > 0.9
        assert {2, 5, 9} <= set(corners.declarants)
        assert joint.tail(corners, b, 0) > 0.01


@pytest.mark.parametrize("seed", [0, 1])
def test_perishables_before_nine_to_the_early_officers_accuse_nobody(seed: int) -> None:
    made = WHOLE["perishables before nine to the two early officers"](seed)
    with session_from_tables(tables(made)) as session:
        found = INDICATOR.test(INDICATOR.cells(session, SETTINGS), SETTINGS)
    assert not any(found.signals["signal"].to_pylist())
    # Both had a flag before.
    assert found.tables["accounts"]["account"].to_pylist()[0] == "desk"
    assert {"P-000", "P-001"} >= set(found.tables["accounts"]["account_officers"].to_pylist())


def test_a_declarant_steered_beside_such_a_desk_stands_out() -> None:
    made = early(1)
    hit = (made.declarant == 6) & (np.random.default_rng(4).random(made.day.size) < 0.5)
    assert (6, 7) in signals(judged(replace(made, officer=np.where(hit, 7, made.officer)), roster=False)[2])


@pytest.mark.parametrize("strength", [0.4, 0.8])
def test_a_rings_officer_has_no_corner(strength: float) -> None:
    """Its partners' files go there from whatever corner."""
    ring = (1, 3, 6, 11, 17, 20, 31)
    made = given(OFFICE, 9, dict.fromkeys(ring, (strength, (5,))))
    ready, plain, answer = judged(made, roster=False)
    assert Joint(ready).of(1, 5) is None
    assert signals(answer) == signals(plain)


def every_way(inside: NDArray[np.bool_], met: NDArray[np.bool_]) -> float:
    """Over all ways to draw which files met the officer."""
    ways = [np.isin(np.flatnonzero(inside), which).sum() for which in combinations(range(met.size), int(met.sum()))]
    return float(np.mean(np.array(ways) >= np.sum(inside & met)))


def test_the_tail_of_a_corner_is_that_of_all_ways_to_hand_files_out() -> None:
    met = np.array([1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0], dtype=bool)
    inside = np.array([1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0], dtype=bool)
    every = np.ones(12, dtype=bool)
    margins = _Margins.of(np.zeros(12, dtype=np.int64), 1, met, every)
    assert margins.tail(np.flatnonzero(inside), 0.01) == pytest.approx(every_way(inside, met), abs=1e-12)
    # Not far above expectation: not worked out.
    assert margins.tail(np.array([0, 1, 6, 7]), 0.01) == 1.0


def test_the_declarant_asked_about_says_nothing_of_its_corner() -> None:
    """Files in one corner go to one officer, and all but a few of them are one declarant's."""
    made = world(OFFICE, 2)
    corner = (made.chapter == 84) & (made.lane == 1)
    hit = corner & (made.declarant == 0) & (np.random.default_rng(3).random(made.day.size) < 0.9)
    ready, _, _ = judged(replace(made, officer=np.where(hit, 4, made.officer)), roster=False)
    assert Joint(ready).of(0, 4) is None
