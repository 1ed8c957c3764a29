"""What is left of an office's unevenness without its desks: desks found by chance, and desks that are there."""

import numpy as np
import pytest
from steering_worlds import draws, world
from test_assignment_accounts import LIMITS, TWELVE, given, judged, signals
from test_assignment_scatter import all_uneven as every_pair_differs
from test_assignment_scatter import aside, uneven
from test_assignment_teams import TWELVE as PARTED
from test_assignment_teams import by_team

from arusha.indicators.assignment_desks import Desk, Desks
from arusha.indicators.assignment_office import Prepared, prepare
from arusha.indicators.assignment_remainder import parts, remainder, tail_at
from arusha.indicators.ordinary_scatter import Scatter


def desks_of(office: Prepared) -> Desks:
    return Desks(office, np.zeros(len(office.draws.declarants), dtype=bool), LIMITS.rate)


def test_a_desk_found_by_chance_leaves_the_office_uneven() -> None:
    found = 0
    for seed in (200, 201):
        ready, plain, _ = judged(every_pair_differs(seed, 0.5), roster=False)
        desks = Desks(ready, np.asarray(aside(ready, plain).any(axis=1)), LIMITS.rate)
        for b in {b for b, _ in signals(plain)}:
            desk = desks.of(b, np.array(sorted(i for d, i in signals(plain) if d == b)))
            if desk is not None:
                found += 1
                left = remainder(ready, parts(desks, desk, b, 8), b)
                assert left is not None
                # 0.5 was drawn. Desks take the likest officers away, and the middle is narrower than the whole.
                assert 0.25 < left.sd < 0.6
    assert found >= 5


def test_where_every_pair_differs_much_hardly_anybody_is_accused() -> None:
    """In four such offices five pairs were flagged while a desk kept the scatter from being weighed."""
    before, after = 0, 0
    for seed in range(200, 204):
        _, plain, answer = judged(every_pair_differs(seed, 0.5), roster=False)
        before, after = before + len(signals(plain)), after + len(signals(answer))
    assert before >= 100
    # One pair in ten offices was flagged of seeds that were asked once; these have two.
    assert after <= 2


@pytest.mark.parametrize("seed", range(3))
def test_teams_that_are_there_leave_nothing(seed: int) -> None:
    taken, pool = draws(by_team(world(PARTED, seed), seed))
    office = prepare(taken, 30, pool)
    desks = desks_of(office)
    left = [remainder(office, parts(desks, t, 0, 12), 0) for t in (desks.team(0, i) for i in range(12)) if t]
    assert len(left) >= 9
    # Nine officers in ten are told to be of their team; those who are not may leave a little.
    assert all(s is None or s.sd < 0.3 for s in left)


def test_a_ring_beside_ordinary_officers_leaves_nothing() -> None:
    ready, plain, answer = judged(
        given(TWELVE, 7, dict.fromkeys((3, 6, 11, 17, 20, 31), (0.8, (2, 5, 9)))), roster=True
    )
    desk = next(Desk(a.officers, a.declarants) for a in answer.accounts if a.kind == "desk")
    desks = Desks(ready, np.asarray(aside(ready, plain).any(axis=1)), LIMITS.rate)
    part = parts(desks, desk, 3, 12)
    assert np.flatnonzero(part == 1).tolist() == [2, 5, 9]
    assert remainder(ready, part, 3) is None


@pytest.mark.parametrize("roster", [False, True])
def test_without_scatter_the_tail_at_a_desk_is_that_of_its_draws(roster: bool) -> None:
    made = given(TWELVE, 10, {**dict.fromkeys((3, 6, 11, 17, 20, 31), (0.8, (2, 5, 9))), 3: (0.8, (5,))})
    ready, _, _ = judged(made, roster=roster)
    desks, desk = desks_of(ready), Desk((2, 5, 9), (3, 6, 11, 17, 20, 31))
    within = desks.within(desk, 3)
    for i, p, loose in zip(within.outcome.tolist(), within.p.tolist(), within.loose.tolist(), strict=True):
        beyond = tail_at(desks, ready, desk, 3, i, Scatter(0.0, 100, 50.0))
        # What a pace was learnt from blurs a small tail of a roster's law; that blur is a part of the scatter here.
        if loose == 0 or p > 0.2:
            # Near the mean tails are Edgeworth's series, right to a few thousandths there.
            assert beyond == pytest.approx(p, rel=5e-3)
        else:
            assert beyond <= 1.005 * p
        wide = tail_at(desks, ready, desk, 3, i, Scatter(0.5, 100, 50.0))
        assert wide >= beyond or beyond > 0.3


def test_an_office_without_parts_has_its_own_scatter() -> None:
    ready, _, _ = judged(uneven(1), roster=False)
    one = remainder(ready, np.zeros(8, dtype=np.int64), 0)
    two = remainder(ready, (np.arange(8) >= 4).astype(np.int64), 0)
    assert one is not None
    assert one.sd > 0.2
    # Declarants have shares of their own of files at either of two docks, and within a dock nothing is uneven.
    assert two is None
