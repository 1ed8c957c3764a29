"""Accounts that records cannot rule out: what each takes out of the table, when it holds, and when it does not."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy import stats
from steering_worlds import Office, World, draws, records, world

from arusha.engine import session_from_tables
from arusha.indicators.assignment_accounts import avoided, lower_tail_bound, weighed
from arusha.indicators.assignment_desks import Desk, Desks
from arusha.indicators.assignment_office import Prepared, prepare
from arusha.indicators.assignment_pairs import Pairs
from arusha.indicators.assignment_rounds import Limits, pairs_without, run
from arusha.indicators.assignment_rounds import Tested as Answer
from arusha.indicators.assignment_steering import INDICATOR
from arusha.indicators.definition import Settings

LIMITS = Limits(exposure=30, excess=5, rate=0.05)
IntArray = NDArray[np.int64]


def test_the_bound_of_the_lower_tail_is_never_below_it() -> None:
    for n, chance in ((5, 0.5), (30, 0.2), (200, 0.05), (400, 0.5)):
        x = np.arange(n + 1)
        bound = lower_tail_bound(x, np.full(n + 1, n * chance))
        assert np.all(bound >= stats.binom.cdf(x, n, chance) * (1 - 1e-12))
        assert np.all(bound[x >= n * chance] == 1.0)
    # Without replacement too: 12 of 40 draws, of which 10 are the officer's.
    x = np.arange(11)
    assert np.all(lower_tail_bound(x, np.full(11, 3.0)) >= stats.hypergeom.cdf(x, 40, 10, 12) * (1 - 1e-12))


def _pairs(observed: list[int], expected: list[float]) -> Pairs:
    C = len(observed)
    whole, real = np.zeros(C, dtype=np.int64), np.zeros(C)
    return Pairs(whole, np.arange(C), whole, real, np.array(observed), np.array(expected), real, real, whole, real)


def test_an_officer_is_avoided_who_never_has_the_files_beyond_chance() -> None:
    assert avoided(_pairs([0, 60, 60], [40.0, 40.0, 40.0]), 0.05).tolist() == [0]
    assert avoided(_pairs([4, 58, 58], [40.0, 40.0, 40.0]), 0.05).tolist() == [0]  # a file is mistaken at times
    assert avoided(_pairs([5, 57, 58], [40.0, 40.0, 40.0]), 0.05).tolist() == []  # that is some of them
    assert avoided(_pairs([0, 6, 6], [4.0, 4.0, 4.0]), 0.05).tolist() == []  # exp(-4) times three officers


def given(office: Office, seed: int, whom: dict[int, tuple[float, tuple[int, ...]]]) -> World:
    """A world in which a part of some declarants' draws falls evenly to some of the officers at work."""
    made = world(office, seed)
    rng = np.random.default_rng([seed, 5])
    officer = made.officer.copy()
    for declarant, (share, officers) in whom.items():
        chances = np.where(np.isin(np.arange(office.officers), officers), made.chances > 0, False).astype(float)
        hit = (made.declarant == declarant) & (rng.random(officer.size) < share) & (chances.sum(axis=1) > 0)
        order = np.where(chances > 0, rng.random(chances.shape), -1.0)
        officer[hit] = order.argmax(axis=1)[hit]
    return replace(made, officer=officer)


def judged(made: World, *, roster: bool) -> tuple[Prepared, Answer, Answer]:
    """The office, its answer without accounts, and with them."""
    taken, pool = draws(made, declared=roster)
    ready = prepare(taken, 30, pool)
    plain = run([ready], LIMITS)
    return ready, plain[0], weighed([ready], plain, LIMITS)[0]


def signals(answer: Answer) -> set[tuple[int, int]]:
    pairs = answer.pairs
    return set(zip(pairs.declarant[answer.signal].tolist(), pairs.outcome[answer.signal].tolist(), strict=True))


FOUR = Office(draws=3000, officers=4, declarants=60)


@pytest.mark.parametrize("roster", [False, True])
def test_the_turn_of_an_officer_who_is_avoided_is_not_steering(roster: bool) -> None:
    made = given(FOUR, 3, {1: (1.0, (1, 2, 3))})
    _, plain, answer = judged(made, roster=roster)
    assert {(1, 1), (1, 2), (1, 3)} <= signals(plain)
    assert not signals(answer)
    assert {(a.kind, a.officers, a.declarants) for a in answer.accounts} == {("avoidance", (0,), (1,))}
    assert len(answer.accounts) == 3
    assert all(a.p > 0.05 / 4 for a in answer.accounts)


@pytest.mark.parametrize("roster", [False, True])
def test_steering_beside_an_officer_who_is_avoided_stands_out(roster: bool) -> None:
    # No file for officer 0, and half of the others' turns to officer 2.
    made = given(FOUR, 4, {1: (1.0, (1, 2, 3))})
    hit = (made.declarant == 1) & (np.random.default_rng(1).random(made.officer.size) < 0.5)
    made = replace(made, officer=np.where(hit, 2, made.officer))
    assert signals(judged(made, roster=roster)[2]) == {(1, 2)}


@pytest.mark.parametrize(("strength", "told"), [(0.6, False), (1.0, True)])
def test_of_two_officers_one_who_has_all_cannot_be_told_from_one_who_is_avoided(strength: float, told: bool) -> None:
    made = given(Office(draws=3000, officers=2, declarants=60), 5, {1: (strength, (1,))})
    _, plain, answer = judged(made, roster=False)
    assert signals(plain) == {(1, 1)}
    assert signals(answer) == (set() if told else {(1, 1)})
    assert [a.kind for a in answer.accounts] == (["avoidance"] if told else [])


def test_of_three_officers_one_who_has_all_stands_out() -> None:
    # Two would have to be avoided at once.
    made = given(Office(draws=3000, officers=3, declarants=60), 6, {1: (1.0, (1,))})
    _, _, answer = judged(made, roster=False)
    assert signals(answer) == {(1, 1)}
    assert not answer.accounts


TWELVE = Office(draws=6000, officers=12, declarants=80)
DESK = (2, 5, 9)


@pytest.mark.parametrize("roster", [False, True])
def test_a_desk_that_several_share_cannot_be_told_from_a_ring(roster: bool) -> None:
    served = (3, 6, 11, 17, 20, 31)
    made = given(TWELVE, 7, dict.fromkeys(served, (0.8, DESK)))
    _, plain, answer = judged(made, roster=roster)
    assert len(signals(plain)) >= 6
    assert not signals(answer)
    assert {a.kind for a in answer.accounts} == {"desk"}
    assert {a.officers for a in answer.accounts} == {DESK}
    # Declarants under the floor of exposure show the desk too; who is served there is not mistaken.
    assert all(set(a.declarants) <= set(served) and len(a.declarants) >= 5 for a in answer.accounts)


@pytest.mark.parametrize("roster", [False, True])
def test_three_declarants_are_no_desk(roster: bool) -> None:
    made = given(TWELVE, 8, dict.fromkeys((3, 6, 11), (0.8, DESK)))
    _, plain, answer = judged(made, roster=roster)
    assert len(signals(plain)) >= 6
    assert signals(answer) == signals(plain)
    assert not answer.accounts


@pytest.mark.parametrize("roster", [False, True])
def test_one_officer_whom_several_declarants_meet_stands_out(roster: bool) -> None:
    made = given(TWELVE, 9, dict.fromkeys((3, 6, 11, 17, 20, 31), (0.8, (5,))))
    _, plain, answer = judged(made, roster=roster)
    assert {(3, 5), (6, 5), (11, 5)} <= signals(plain)
    assert signals(answer) == signals(plain)
    assert not answer.accounts


def test_a_pair_that_stands_out_at_the_desk_stands_out() -> None:
    served = (3, 6, 11, 17, 20, 31)
    made = given(TWELVE, 10, {**dict.fromkeys(served, (0.8, DESK)), 3: (0.8, (5,))})
    _, _, answer = judged(made, roster=True)
    assert signals(answer) == {(3, 5)}
    assert any(a.kind == "desk" for a in answer.accounts)
    # Six declarants at a desk make pairs uneven as a rule: where the desk alone is hardly enough, that is told.
    assert all(a.officers == DESK for a in answer.accounts if a.kind == "desk")
    assert {a.kind for a in answer.accounts} <= {"desk", "scatter"}


def _one_stratum(declarant: list[int], outcome: list[int]) -> Prepared:
    """A few draws of one day, without times: one stratum."""
    n = len(declarant)
    made = World(
        *(np.zeros(n, dtype=np.int64) for _ in range(2)),
        np.array(declarant),
        np.array(outcome),
        *(np.zeros(n, dtype=np.int64) for _ in range(3)),
        np.full((n, max(outcome) + 1), 1.0),
    )
    taken, _ = draws(made)
    taken = replace(taken, minute=np.full(n, -1), hour=np.full(n, -1), day=np.zeros(n, dtype=np.int64))
    return prepare(taken, 1)


def _every_way(declarant: IntArray, outcome: IntArray, b: int, i: int) -> float:
    """The chance that ``b`` has so many of ``i`` or more, over all ways to hand the draws out."""
    mine = int(np.sum(declarant == b))
    seen = int(np.sum((declarant == b) & (outcome == i)))
    ways = [np.sum(outcome[list(which)] == i) >= seen for which in combinations(range(outcome.size), mine)]
    return float(np.mean(ways))


def test_an_account_leaves_out_the_draws_of_the_officer_who_is_avoided() -> None:
    declarant = np.array([0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2])
    outcome = np.array([1, 1, 1, 2, 2, 0, 0, 0, 1, 0, 2, 2])
    ready = _one_stratum(declarant.tolist(), outcome.tolist())
    aside = np.zeros((3, 3), dtype=bool)
    aside[0, 0] = True
    found = pairs_without(ready, aside, 1, {0: np.arange(3)})
    left = outcome != 0
    for i in (1, 2):
        p = found.p[(found.declarant == 0) & (found.outcome == i)][0]
        assert p == pytest.approx(_every_way(declarant[left], outcome[left], 0, i), abs=1e-12)


def test_within_a_desk_the_draws_are_those_that_it_gave_to_those_who_share_it() -> None:
    declarant = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3])
    outcome = np.array([1, 1, 1, 0, 1, 2, 2, 2, 2, 0, 1, 1, 0])
    ready = _one_stratum(declarant.tolist(), outcome.tolist())
    found = Desks(ready, np.zeros(4, dtype=bool), 0.05).within(Desk((1, 2), (0, 1, 2)), 0)
    inside = np.isin(declarant, (0, 1, 2)) & np.isin(outcome, (1, 2))
    assert found.outcome.tolist() == [1, 2]
    for i, p in zip((1, 2), found.p.tolist(), strict=True):
        assert p == pytest.approx(_every_way(declarant[inside], outcome[inside], 0, i), abs=1e-12)


def test_what_cannot_be_told_is_no_signal_and_its_table_names_the_account() -> None:
    served = (3, 6, 11, 17, 20, 31)
    made = given(replace(TWELVE, officers=12), 7, dict.fromkeys(served, (0.8, DESK)))
    settings = Settings(np.datetime64("2025-01-01").item(), np.datetime64("2026-01-01").item())
    with session_from_tables(records(made)) as session:
        found = INDICATOR.test(INDICATOR.cells(session, settings), settings)
    (desk,) = {(r["account_officers"], r["account"]) for r in found.tables["accounts"].to_pylist()}
    assert desk == ("P-002, P-005, P-009", "desk")
    told = [r for r in found.signals.to_pylist() if "no rule declares" in (r["reason"] or "")]
    assert len(told) == sum(found.tables["accounts"]["pairs"].to_pylist()) >= 6
    assert not any(r["signal"] or r["flagged"] for r in found.signals.to_pylist())
    for row in told:
        # As every unit that nothing can be said of; what was counted is told.
        assert row["p_value"] is None
        assert row["effect"] is None
        assert row["observed"] > 0
        assert row["n"] >= 30
    ids = [(r["unit_id"], r["other_id"]) for r in found.signals.to_pylist()]
    assert len(ids) == len(set(ids))
    assert any(n.key == "assignment-accounts" and n.values["desk"] == len(told) for n in found.notes)
