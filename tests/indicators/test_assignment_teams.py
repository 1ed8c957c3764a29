"""Offices parted into teams by what the records do not hold: most declarants are served by several."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from steering_worlds import Office, World, draws, world

from arusha.indicators.assignment_accounts import weighed
from arusha.indicators.assignment_desks import Desks
from arusha.indicators.assignment_office import Prepared, prepare
from arusha.indicators.assignment_rounds import Limits, run
from arusha.indicators.assignment_rounds import Tested as Answer

LIMITS = Limits(exposure=30, excess=5, rate=0.05)
TWELVE = Office(draws=4000, officers=12, declarants=60)
TEAMS = 3


def by_team(made: World, seed: int) -> World:
    """Files of three places, each with four of the twelve officers; each declarant has goods at them in parts."""
    rng = np.random.default_rng([seed, 11])
    parts = rng.dirichlet(np.full(TEAMS, 0.5), size=int(made.declarant.max()) + 1)
    place = (rng.random(made.day.size)[:, None] > parts[made.declarant].cumsum(axis=1)).sum(axis=1).clip(0, TEAMS - 1)
    there = (np.arange(12) % TEAMS == place[:, None]) & (made.chances > 0)
    weight = np.where(there, rng.random(made.chances.shape), -1.0)
    return replace(made, officer=np.where(weight.max(axis=1) < 0, made.officer, weight.argmax(axis=1)))


def judged(made: World) -> tuple[Prepared, Answer, Answer]:
    """The office, its answer without accounts, and with them."""
    taken, pool = draws(made)
    office = prepare(taken, 30, pool)
    plain = run([office], LIMITS)
    return office, plain[0], weighed([office], plain, LIMITS)[0]


def signals(answer: Answer) -> set[tuple[int, int]]:
    pairs = answer.pairs
    return set(zip(pairs.declarant[answer.signal].tolist(), pairs.outcome[answer.signal].tolist(), strict=True))


@pytest.mark.parametrize("seed", range(4))
def test_where_several_teams_serve_a_declarant_nobody_stands_out(seed: int) -> None:
    office, plain, answer = judged(by_team(world(TWELVE, seed), seed))
    assert len(signals(plain)) >= 10
    assert not signals(answer)
    desks = Desks(office, np.zeros(len(office.draws.declarants), dtype=bool), LIMITS.rate)
    found = [desks.team(0, i) for i in range(12)]
    # Nobody is put into a team who is not of it; one in ten is not told to be.
    teams = [set(t.officers) if t is not None else set() for t in found]
    assert all({j % TEAMS for j in team} == {i % TEAMS} for i, team in enumerate(teams))
    assert sum(map(len, teams)) >= 43


def test_a_declarant_steered_within_its_team_stands_out() -> None:
    made = by_team(world(TWELVE, 1), 1)
    hit = (made.declarant == 2) & (np.random.default_rng(1).random(made.day.size) < 0.5)
    _, _, answer = judged(replace(made, officer=np.where(hit, 4, made.officer)))
    assert signals(answer) == {(2, 4)}


def test_where_there_are_no_teams_nobody_is_in_one() -> None:
    # Eight declarants in three pairs of officers are no team: they are too few to say so of the office.
    found = 0
    for seed in range(6):
        made = world(TWELVE, seed)
        rng = np.random.default_rng([seed, 12])
        hit = (made.declarant < 8) & (rng.random(made.day.size) < 0.6)
        made = replace(
            made, officer=np.where(hit, 2 * (made.declarant % 3) + rng.integers(0, 2, hit.size), made.officer)
        )
        office, _, _ = judged(made)
        desks = Desks(office, np.zeros(len(office.draws.declarants), dtype=bool), LIMITS.rate)
        found += sum(desks.team(9, i) is not None for i in range(12))
    # At a hundredth an officer, over all the others: 72 are asked, and five or more are found in one run of a thousand.
    assert found < 5


def test_pairs_that_do_not_stand_out_keep_their_own_p() -> None:
    _, plain, answer = judged(by_team(world(TWELVE, 1), 1))
    assert answer.accounts
    weighed_ones = np.zeros(answer.pairs.p.size, dtype=bool)
    weighed_ones[[a.pair for a in answer.accounts]] = True
    assert np.array_equal(answer.pairs.p[~weighed_ones], plain.pairs.p[~weighed_ones], equal_nan=True)
    assert np.all(answer.pairs.p[weighed_ones] >= plain.pairs.p[weighed_ones])
