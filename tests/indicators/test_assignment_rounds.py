"""The whole procedure: rates in clean offices, honest neighbours of a big scheme, one question over several offices."""

from __future__ import annotations

import numpy as np
import pytest
from steering_worlds import Move, Office, Scheme, draws, moved, oracle, override_draws, world

from arusha.indicators import assignment_rounds as rounds
from arusha.indicators.assignment_office import prepare
from arusha.indicators.assignment_pairs import Pairs, tails
from arusha.indicators.assignment_rounds import Limits, run
from arusha.indicators.assignment_rounds import Tested as Answer
from arusha.inference.multiplicity import adjust

LIMITS = Limits(exposure=30, excess=5, rate=0.05)


def judged(office: Office, seed: int) -> Answer:
    taken, _ = draws(world(office, seed))
    return run([prepare(taken, 30)], LIMITS)[0]


def signals(answer: Answer) -> set[tuple[int, int]]:
    pairs = answer.pairs
    return set(zip(pairs.declarant[answer.signal].tolist(), pairs.outcome[answer.signal].tolist(), strict=True))


CLEAN = ["random", "workload", "rota", "part time", "three shifts", "night desk", "rotation", "desks", "desks rotate"]


def test_clean_offices_of_all_kinds_are_rarely_flagged() -> None:
    flagged = sum(
        bool(judged(Office(draws=1500 + 500 * (k % 3), mechanism=CLEAN[k % 9], declarants=80), k).signal.any())
        for k in range(90)
    )
    # At 5% a world nine or more of ninety come with chance 0.04. The full measure: benchmarks/calibration_steering.py.
    assert flagged <= 8


SWAMPING = Office(draws=40000, largest_share=0.3, declarants=20, schemes=(Scheme(0, 2, 0.6),))


def test_honest_neighbours_of_a_big_scheme_are_left_alone() -> None:
    # 30% of the trade, 60% of it steered: plain fixed margins flag innocent pairs, the procedure does not.
    plain = set_aside = 0
    for seed in range(3):
        ready = prepare(draws(world(SWAMPING, seed))[0], 30)
        nothing = np.zeros((20, 12), dtype=bool)
        pairs = Pairs.joined([tails(b, 12, nothing, np.zeros(12, dtype=bool)) for b in ready.blocks])
        found = (np.nan_to_num(adjust(pairs.p), nan=1.0) <= 0.05) & (pairs.observed - pairs.expected >= 5)
        plain += int(np.sum(found & (pairs.declarant != 0)))
        answer = run([ready], LIMITS)[0]
        assert (0, 2) in signals(answer)
        assert answer.structural[0] == (0, 2)
        set_aside += len(signals(answer) - {(0, 2)})
    assert plain >= 10
    assert set_aside <= 2


def test_every_signal_keeps_to_the_floors_and_was_set_aside_itself() -> None:
    # Setting one officer aside takes draws from the declarant's other pairs: they must still have the exposure.
    office = Office(draws=1500, declarants=30, schemes=tuple(Scheme(d, o, 0.45) for d in range(3, 9) for o in (1, 8)))
    for seed in range(6):
        answer = judged(office, seed)
        pairs = answer.pairs
        assert np.all(pairs.n[answer.signal] >= LIMITS.exposure)
        assert signals(answer) <= set(answer.structural)


def test_a_scheme_with_two_officers_is_found_whole() -> None:
    office = Office(draws=8000, schemes=(Scheme(3, 1, 0.35), Scheme(3, 8, 0.35)))
    assert {(3, 1), (3, 8)} <= signals(judged(office, 5))


def test_most_of_what_an_oracle_finds_is_found() -> None:
    seen = found = 0
    for seed, mechanism in enumerate(CLEAN):
        schemes = (Scheme(2, 3, 0.2), Scheme(5, 7, 0.35), Scheme(9, 0, 0.35))
        office = Office(draws=8000, mechanism=mechanism, schemes=schemes)
        truth = {(s.declarant, s.officer) for s in schemes}
        known = oracle(world(office, 40 + seed)) & truth
        seen, found = seen + len(known), found + len(known & signals(judged(office, 40 + seed)))
    assert seen >= 20
    assert found >= 0.85 * seen


def test_the_family_is_the_office_and_the_rate_the_questions() -> None:
    clean = [prepare(draws(world(Office(draws=1500, declarants=60), 60 + k), f"O{k}")[0], 30) for k in range(6)]
    steered = prepare(draws(world(Office(draws=4000, schemes=(Scheme(4, 6, 0.5),)), 70), "S")[0], 30)
    alone = run([steered], LIMITS)[0]
    among = run([*clean, steered], LIMITS)
    assert signals(alone) == signals(among[-1]) == {(4, 6)}
    k = int(np.nanargmin(alone.pairs.p))
    assert among[-1].q[k] > alone.q[k]  # the same p weighs less among more families


def test_moves_are_judged_by_declarant_and_by_receiver() -> None:
    made = world(Office(draws=6000, mechanism="desks"), 3)
    taken = override_draws(made, moved(made, (Move(4, 6, 0.3),), 3))
    ready = prepare(taken, 30, nobody=0)
    answer = run([ready], LIMITS)[0]
    anybody = len(taken.outcomes)
    assert {(4, 7), (4, anybody)} <= signals(answer)  # officer 6 is outcome 7, after nobody
    assert 0 not in answer.pairs.outcome


SCHEMES = (Scheme(0, 2, 0.4), Scheme(3, 5, 0.5), Scheme(4, 2, 0.4), Scheme(7, 1, 0.4))


@pytest.mark.parametrize("mechanism", ["random", "weights", "desks"])
@pytest.mark.parametrize("roster", [False, True])
@pytest.mark.parametrize("declarants", [8, 25])
def test_testing_only_near_pairs_between_rounds_ends_where_testing_all_does(
    mechanism: str, roster: bool, declarants: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office(draws=6000, mechanism=mechanism, declarants=declarants, schemes=SCHEMES)
    taken, pool = draws(world(office, 11), declared=roster)
    ready = prepare(taken, 30, pool)
    near = run([ready], LIMITS)[0]
    assert len(near.structural) >= 2
    monkeypatch.setattr(rounds, "NEAR", 1.0)
    every = run([ready], LIMITS)[0]
    assert near.structural == every.structural
    for name in ("declarant", "outcome", "n", "observed", "anyway", "p", "expected"):
        assert np.array_equal(getattr(near.pairs, name), getattr(every.pairs, name), equal_nan=name == "p")
    assert np.array_equal(near.signal, every.signal)


def test_threads_change_nothing() -> None:
    office = Office(draws=6000, mechanism="weights", declarants=25, schemes=SCHEMES)
    for declared in (False, True):
        taken, pool = draws(world(office, 12), declared=declared)
        one, four = (run([prepare(taken, 30, pool, threads=k)], LIMITS, threads=k)[0] for k in (1, 4))
        assert one.structural == four.structural
        assert np.array_equal(one.pairs.p, four.pairs.p, equal_nan=True)
        assert np.array_equal(one.pairs.expected, four.pairs.expected)
