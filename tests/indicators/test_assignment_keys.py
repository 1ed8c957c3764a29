"""Offices that give files out by importer: when that is seen, what is said of a pair then, what still stands out."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from numpy.typing import NDArray
from scipy import stats
from steering_worlds import Office, World, draws, records, world

from arusha.engine import session_from_tables
from arusha.indicators.assignment_accounts import weighed
from arusha.indicators.assignment_keys import MOST_TOGETHER, Key, beta_binomial, summed_tail
from arusha.indicators.assignment_office import Prepared, prepare
from arusha.indicators.assignment_rounds import Limits, run
from arusha.indicators.assignment_rounds import Tested as Answer
from arusha.indicators.assignment_steering import INDICATOR
from arusha.indicators.definition import Settings

LIMITS = Limits(exposure=30, excess=5, rate=0.05)
TWELVE = Office(draws=4000, officers=12, declarants=60)
IntArray = NDArray[np.int64]


def test_the_chances_of_a_value_are_beta_binomial() -> None:
    for n, a, b in ((0, 0.3, 2.0), (1, 0.3, 2.0), (7, 0.02, 0.3), (60, 3.0, 30.0)):
        # Both are sums of a few logs of gamma functions, exact to about 1e-13 of each.
        assert beta_binomial(n, a, b) == pytest.approx(stats.betabinom.pmf(np.arange(n + 1), n, a, b), rel=1e-10)


def test_the_tail_of_several_values_is_that_of_their_sum() -> None:
    n, a, b = np.array([3, 2, 4]), np.array([0.4, 1.0, 0.1]), np.array([2.0, 5.0, 1.1])
    each = [stats.betabinom.pmf(np.arange(k + 1), k, x, y) for k, x, y in zip(n, a, b, strict=True)]
    for seen in range(10):
        brute = sum(
            each[0][i] * each[1][j] * each[2][k]
            for i in range(4)
            for j in range(3)
            for k in range(5)
            if i + j + k >= seen
        )
        assert summed_tail(seen, n, a, b) == pytest.approx(brute, abs=1e-12)


def importers(made: World, seed: int, own: int = 4, shared: int = 0) -> IntArray:
    """Each declarant has importers of its own, unequal; the last few numbers are importers that all have."""
    rng = np.random.default_rng([seed, 9])
    first = own * int(made.declarant.max() + 1)
    which = (rng.geometric(0.4, made.day.size) - 1).clip(0, own - 1)
    everyones = rng.random(made.day.size) < (0.4 if shared else 0.0)
    return np.where(everyones, first + rng.integers(0, max(shared, 1), made.day.size), made.declarant * own + which)


def by_importer(made: World, importer: IntArray, seed: int, team: int = 1) -> World:
    """The office gives each importer to a team of its own, whoever of it is at work."""
    rng = np.random.default_rng([seed, 10])
    officers = made.chances.shape[1]
    belongs = np.argsort(rng.random((int(importer.max()) + 1, officers)), axis=1) < team
    weight = np.where(belongs[importer] & (made.chances > 0), rng.random(made.chances.shape), -1.0)
    return replace(made, officer=np.where(weight.max(axis=1) < 0, made.officer, weight.argmax(axis=1)))


def ready(made: World, importer: IntArray) -> Prepared:
    taken, pool = draws(made)
    return prepare(replace(taken, keys={"importer": importer.astype(np.int32)}), 30, pool)


def judged(office: Prepared) -> tuple[Answer, Answer]:
    """The answer without accounts, and with them."""
    plain = run([office], LIMITS)
    return plain[0], weighed([office], plain, LIMITS)[0]


def signals(answer: Answer) -> set[tuple[int, int]]:
    pairs = answer.pairs
    return set(zip(pairs.declarant[answer.signal].tolist(), pairs.outcome[answer.signal].tolist(), strict=True))


@pytest.mark.parametrize("team", [1, 3])
def test_an_office_that_goes_by_importer_is_seen(team: int) -> None:
    made = world(TWELVE, 1)
    importer = importers(made, 1)
    key = Key(ready(by_importer(made, importer, 1, team), importer), "importer")
    found = key.together(1)
    # Two files of an importer meet the same of three officers with chance 1/3, where chance alone has it at 1/12. An
    # officer is away a tenth of the days; the scatter is taken two standard errors larger than it is seen.
    true = 0.9 if team == 1 else (1 / 3 - 1 / 12) / (1 - 1 / 12)
    assert found is not None
    assert true * 0.9 <= found <= min(true * 1.4, MOST_TOGETHER)


def test_an_office_that_does_not_is_not_taken_for_one() -> None:
    for seed in range(6):
        made = world(TWELVE, seed)
        key = Key(ready(made, importers(made, seed)), "importer")
        assert [key.together(b) for b in range(8)] == [None] * 8


def test_declarants_that_are_steered_do_not_make_it_one() -> None:
    # Half of the files of six declarants, and of one importer of three others.
    made = world(TWELVE, 2)
    importer = importers(made, 2)
    rng = np.random.default_rng(2)
    hit = np.isin(made.declarant, (0, 1, 2, 3, 4, 5)) & (rng.random(made.day.size) < 0.5)
    hit |= np.isin(importer, (6 * 4, 7 * 4, 8 * 4))
    made = replace(made, officer=np.where(hit, made.declarant % 12, made.officer))
    office = ready(made, importer)
    assert [Key(office, "importer").together(b) for b in range(10)] == [None] * 10
    plain, answer = judged(office)
    assert {(b, b) for b in range(7)} <= signals(plain)
    # Nine schemes among twelve officers make the office uneven: of the weakest pairs that cannot be told apart. None is
    # taken for the importer's officer.
    assert {a.kind for a in answer.accounts} <= {"scatter"}
    assert len(signals(plain) - signals(answer)) <= 2


@pytest.mark.parametrize("team", [1, 3])
@pytest.mark.parametrize("shared", [0, 12])
def test_where_the_importer_decides_nobody_stands_out(team: int, shared: int) -> None:
    flagged = stood = told = 0
    for seed in range(3):
        made = world(TWELVE, seed)
        importer = importers(made, seed, shared=shared)
        plain, answer = judged(ready(by_importer(made, importer, seed, team), importer))
        stood += len(signals(plain))
        flagged += len(signals(answer))
        told += len(answer.accounts)
    assert stood >= 10
    assert flagged == 0
    assert told == stood


def test_many_importers_that_all_come_to_one_officer_stand_out_where_the_importer_decides() -> None:
    made = world(TWELVE, 3)
    importer = importers(made, 3)
    # Declarant 1 has thirty importers, and nine files in ten are one officer's.
    rng = np.random.default_rng(3)
    mine = made.declarant == 1
    importer = np.where(mine, importer.max() + 1 + rng.integers(0, 30, made.day.size), importer)
    made = by_importer(made, importer, 3, team=3)
    made = replace(made, officer=np.where(mine & (rng.random(made.day.size) < 0.9), 5, made.officer))
    plain, answer = judged(ready(made, importer))
    assert len(signals(plain)) >= 10
    assert signals(answer) == {(1, 5)}


def test_files_that_others_have_of_the_same_importers_say_whose_they_are() -> None:
    made = world(TWELVE, 4)
    importer = importers(made, 4, own=1, shared=1)
    large = int(importer.max())
    rng = np.random.default_rng(4)
    mine = made.declarant == 1
    importer = np.where(mine, large, importer)
    to_three = np.where((importer == large) & (rng.random(made.day.size) < 0.8), 3, made.officer)
    key = Key(ready(replace(made, officer=to_three), importer), "importer")
    assert key.tail(1, 3, 0.5) > 0.05  # the others' files of that importer are officer 3's as well
    only = np.where(mine, to_three, made.officer)
    key = Key(ready(replace(made, officer=only), importer), "importer")
    assert key.tail(1, 3, 0.5) < 1e-6  # theirs are anybody's


def test_what_the_importer_may_have_decided_is_told() -> None:
    made = world(TWELVE, 1)
    importer = importers(made, 1)
    made = by_importer(made, importer, 1, team=1)
    tables = records(made)
    named = pa.array([f"M-{k:05d}" for k in importer.tolist()])
    tables["declarations"] = tables["declarations"].append_column("importer_id", named)
    settings = Settings(np.datetime64("2025-01-01").item(), np.datetime64("2026-01-01").item())
    with session_from_tables(tables) as session:
        found = INDICATOR.test(INDICATOR.cells(session, settings), settings)
    told = [r for r in found.signals.to_pylist() if "the importer decides" in (r["reason"] or "")]
    assert told
    assert not any(r["signal"] for r in found.signals.to_pylist())
    assert {"importer"} <= {r["account"] for r in found.tables["accounts"].to_pylist()}
    assert any(n.key == "assignment-accounts" and n.values["importer"] == len(told) for n in found.notes)
