"""Declared rules: which draws they cover, who could be picked, and when an even chance is taken at its word."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats
from steering_worlds import Office, Scheme, draws, records, world

from arusha.engine import session_from_tables
from arusha.indicators import assignment_duty
from arusha.indicators.assignment_crews import Crews
from arusha.indicators.assignment_duty import LARGE, Duty
from arusha.indicators.assignment_duty_pairs import pairs as pairs_of
from arusha.indicators.assignment_office import prepare
from arusha.indicators.assignment_rounds import Limits, run
from arusha.indicators.assignment_steering import INDICATOR
from arusha.indicators.definition import Findings, Settings

LIMITS = Limits(exposure=30, excess=5, rate=0.05)
SETTINGS = Settings(date(2025, 1, 1), date(2026, 1, 1))
TEXT, DAY, TIME = pa.string(), pa.date32(), pa.timestamp("us")


def table(rows: list[dict[str, Any]], **kinds: pa.DataType) -> pa.Table:
    filled = [{name: row.get(name) for name in kinds} for row in rows]
    return pa.Table.from_pylist(filled, schema=pa.schema(list(kinds.items())))


def rules(*rows: dict[str, Any]) -> pa.Table:
    every = {"office": "PORT", "from_date": date(2024, 1, 1), "method": "random", "pool": "on shift"}
    return table(
        [every | row for row in rows],
        office=TEXT,
        section=TEXT,
        procedure=TEXT,
        lane=TEXT,
        hs_prefix=TEXT,
        from_date=DAY,
        to_date=DAY,
        method=TEXT,
        pool=TEXT,
    )


def roster(present: np.ndarray) -> pa.Table:
    """One shift a day for each officer who is there; days x officers."""
    first = datetime(2025, 1, 6)
    rows = [
        {
            "officer_id": f"P-{i:03d}",
            "office": "PORT",
            "starts_at": first + timedelta(days=int(d)),
            "ends_at": first + timedelta(days=int(d) + 1),
        }
        for d, i in zip(*np.nonzero(present), strict=True)
    ]
    return table(rows, officer_id=TEXT, office=TEXT, starts_at=TIME, ends_at=TIME, section=TEXT)


def asked(tables: dict[str, pa.Table]) -> Findings:
    with session_from_tables(tables) as session:
        return INDICATOR.test(INDICATOR.cells(session, SETTINGS), SETTINGS)


def presence(made: Any) -> np.ndarray:
    out = np.zeros((int(made.day.max()) + 1, made.chances.shape[1]), dtype=bool)
    np.logical_or.at(out, made.day, made.chances > 0)
    return out


STEERED = world(Office(draws=4000, schemes=(Scheme(4, 6, 0.4),)), 3)


def test_a_declared_even_chance_that_is_kept_is_tested_as_declared() -> None:
    tables = records(STEERED) | {"assignment_rules": rules({}), "shifts": roster(presence(STEERED))}
    findings = asked(tables)
    office = findings.tables["offices"].to_pylist()[0]
    assert office["declarants_by_even_chance"] > 20
    (row,) = [r for r in findings.signals.to_pylist() if r["signal"]]
    assert (row["unit_id"], row["other_id"]) == ("P-006", "B-004")
    # By hand: each draw of a day is even over those present, so the expected count is the sum of 1 / present.
    mine = STEERED.declarant == 4
    minute = STEERED.day * 1440 + STEERED.minute
    first = np.unique(np.stack([minute[mine]]), axis=1, return_index=True)[1]
    there = presence(STEERED)[STEERED.day[mine][first]]
    possible = there[np.arange(first.size), STEERED.officer[mine][first]]
    expected = (there[:, 6] / there.sum(axis=1))[possible].sum()
    assert row["expected"] == pytest.approx(float(expected), rel=1e-9)


def test_without_a_roster_the_rule_is_not_taken_at_its_word() -> None:
    findings = asked(records(STEERED) | {"assignment_rules": rules({})})
    assert findings.tables["offices"].to_pylist()[0]["declarants_by_even_chance"] == 0


@pytest.mark.parametrize("mechanism", ["workload", "weights", "desks"])
def test_an_even_chance_that_is_not_kept_is_not_taken_at_its_word(mechanism: str) -> None:
    made = world(Office(draws=5000, mechanism=mechanism), 1)
    taken, pool = draws(made, declared=True)
    ready = prepare(taken, 30, pool)
    assert "even" not in {d.duty.law for d in ready.duties}
    assert not run([ready], LIMITS)[0].signal.any()


def test_officers_of_unequal_pace_are_given_weights() -> None:
    made = world(Office(draws=5000, mechanism="weights"), 1)
    taken, pool = draws(made, declared=True)
    ready = prepare(taken, 30, pool)
    (found,) = ready.duties
    assert found.duty.law == "weights"
    k = int(found.tested[0])
    pairs = pairs_of(found.duty, [k])
    mine = ready.kept[ready.draws.declarant == k]
    # The weights are learnt from some 4,000 draws of others: an expected count is known to about a tenth.
    assert pairs.expected == pytest.approx(made.chances[mine].sum(axis=0), rel=0.15, abs=1.5)


def test_a_pace_that_changes_from_month_to_month_is_known_less_well() -> None:
    # Each officer is picked in proportion to a pace that is another one every month: a declarant whose draws all lie in
    # one month could meet a fast one more often, and the error of the expected count says so.
    made = world(Office(draws=5000, mechanism="weights", lodging="even"), 1)
    rng = np.random.default_rng(2)
    T = int(made.day.max()) // 30 + 1
    pace = np.exp(0.12 * rng.standard_normal((T, made.chances.shape[1])))
    chances = made.chances * pace[made.day // 30]
    chances /= chances.sum(axis=1, keepdims=True)
    picked = (rng.random(made.day.size)[:, None] > chances.cumsum(axis=1)).sum(axis=1)
    taken, pool = draws(type(made)(**{**made.__dict__, "chances": chances, "officer": picked}), declared=True)
    steady, _ = draws(made, declared=True)
    assert pool is not None
    changing, constant = (pairs_of(Duty(d, pool, "weights"), [3]).loose for d in (taken, steady))
    assert np.median(changing) > 1.1 * np.median(constant)


def test_weights_are_those_under_which_picks_are_as_many_as_seen() -> None:
    rng = np.random.default_rng(4)
    on_duty = rng.random((40, 7)) < 0.6
    on_duty[:, 0] |= on_duty.sum(axis=1) < 2
    part = rng.integers(0, 2, 40)
    crews = Crews.of(on_duty, part, 2)
    pace = rng.uniform(0.5, 2, 7)
    group = rng.integers(0, 40, 20_000)
    chance = on_duty * pace / (on_duty * pace).sum(axis=1, keepdims=True)
    officer = (rng.random(group.size)[:, None] > chance[group].cumsum(axis=1)).sum(axis=1)
    seen = crews.seen(group, officer)
    weights = crews.fitted(seen, crews.even(), 1000)
    found, begins = crews.chances(weights)
    assert np.array_equal(begins, crews.begins[:-1])
    due = np.zeros((2, 7))
    for g in range(40):
        members = crews.members[crews.begins[g] : crews.begins[g + 1]]
        own = found[crews.begins[g] : crews.begins[g + 1]]
        assert own.sum() == pytest.approx(1.0)
        due[part[g], members] += seen.drawn[g] * own
    # Half a pick more for each officer keeps the sums apart by about as much.
    assert due == pytest.approx(seen.picks, abs=1.5)
    # 1,400 picks an officer and part: a pace is known to some 4%, and one more officer fixes the scale.
    for t in range(2):
        assert weights[t] / weights[t].mean() == pytest.approx(pace / pace.mean(), rel=0.15)


def test_a_large_declarant_does_not_judge_its_own_test(monkeypatch: pytest.MonkeyPatch) -> None:
    # A third of the office's draws are one declarant's, and all of its draws of a day go to one officer, each day to
    # another: days scatter as no law lets them. It is judged by what the others' draws say, which keep to the weights.
    made = world(Office(draws=6000, mechanism="weights", declarants=12, largest_share=0.35), 8)
    rng = np.random.default_rng(1)
    by_day = {d: rng.choice(12, p=made.chances[np.argmax(made.day == d)]) for d in np.unique(made.day).tolist()}
    daily = np.array([by_day[d] for d in made.day.tolist()])
    officer = np.where(made.declarant == 0, daily, made.officer)
    taken, pool = draws(type(made)(**{**made.__dict__, "officer": officer}), declared=True)
    assert pool is not None
    assert np.mean(taken.declarant == 0) > LARGE
    assert Duty(taken, pool, "weights").kept_without(0)
    monkeypatch.setattr(assignment_duty, "LARGE", 1.0)
    assert not Duty(taken, pool, "weights").kept_without(0)


def test_unequal_pace_is_no_signal_and_steering_among_it_is() -> None:
    office = Office(draws=5000, mechanism="weights", schemes=(Scheme(4, 6, 0.4),))
    taken, pool = draws(world(office, 8), declared=True)
    answer = run([prepare(taken, 30, pool)], LIMITS)[0]
    found = set(zip(answer.pairs.declarant[answer.signal], answer.pairs.outcome[answer.signal], strict=True))
    assert found == {(4, 6)}


def test_one_steered_declarant_does_not_change_the_test_of_the_others() -> None:
    # Nearly all of the trade, and half of it steered: the office's totals are far from even, the others' are not.
    made = world(Office(draws=8000, largest_share=0.5, schemes=(Scheme(0, 3, 0.5),)), 2)
    taken, pool = draws(made, declared=True)
    ready = prepare(taken, 30, pool)
    judged = [d for d in ready.duties if d.duty.law == "even"]
    assert any(0 in d.tested for d in judged)  # by the draws of the others, which keep to the rule
    answer = run([ready], LIMITS)[0]
    assert (0, 3) in set(zip(answer.pairs.declarant[answer.signal], answer.pairs.outcome[answer.signal], strict=True))


def test_the_tail_is_poisson_binomial() -> None:
    made = world(Office(draws=3000), 5)
    taken, pool = draws(made, declared=True)
    ready = prepare(taken, 30, pool)
    (found,) = ready.duties
    assert found.duty.law == "even"
    even = pairs_of(found.duty, found.tested.tolist())
    k = int(np.argmax(even.n))
    b, i = int(even.declarant[k]), int(even.outcome[k])
    chance = made.chances[ready.kept[ready.draws.declarant == b], i]
    assert even.expected[k] == pytest.approx(chance.sum(), rel=1e-9)
    # All chances within a day are alike and few differ between days: the binomial of the mean is close, not equal.
    close = stats.binom.sf(even.observed[k] - 1, chance.size, chance.mean())
    assert even.p[k] == pytest.approx(close, rel=0.05)


def test_rules_by_goods_are_strata() -> None:
    made = world(Office(draws=5000, mechanism="desks"), 3)
    declared = rules(
        {"method": "rota"}, *({"method": "rota", "hs_prefix": p, "pool": "DESK"} for p in ("61", "62", "52", "87"))
    )
    findings = asked(records(made) | {"assignment_rules": declared})
    assert not any(findings.signals["signal"].to_pylist())
    assert "chapter" not in findings.tables["pools"]["feature"].to_pylist()  # nothing is left to infer


def test_what_a_rule_means_by_goods_is_not_guessed() -> None:
    # By the first item goods of chapter 87 are the desk's. A second item of greater value and other chapter follows in
    # most of one declarant's declarations: read by the main item, the rule does not cover them.
    made = world(Office(draws=5000, goods="all alike"), 5)
    desk = made.chapter == 87
    made = type(made)(**{**made.__dict__, "officer": np.where(desk, 5, made.officer)})
    declared = rules({}, {"method": "rota", "hs_prefix": "87", "pool": "DESK"})
    tables = records(made) | {"assignment_rules": declared, "shifts": roster(presence(made))}
    items = tables["items"].append_column("declared_value", pa.array([100.0] * made.day.size))
    second = np.flatnonzero(desk & (made.declarant == 0) & (np.arange(desk.size) % 5 > 0))
    more = items.take(pa.array(second)).to_pylist()
    changed = [r | {"item_no": 2, "hs_code": "390190", "declared_value": 900.0} for r in more]
    tables["items"] = pa.concat_tables([items, pa.Table.from_pylist(changed, schema=items.schema)])
    assert second.size >= 20
    findings = asked(tables)
    assert not any(findings.signals["signal"].to_pylist())


def test_crews_of_the_roster_are_strata() -> None:
    made = world(Office(draws=6000, mechanism="three shifts"), 2)
    rows = []
    start = datetime(2025, 1, 6)
    for day in range(-1, 250):
        for shift in range(3):
            begins = start + timedelta(days=day, hours=6 + 8 * shift)
            crew = [i for i in range(12) if i % 3 == (shift + day // 7) % 3]
            rows += [
                {
                    "officer_id": f"P-{i:03d}",
                    "office": "PORT",
                    "starts_at": begins,
                    "ends_at": begins + timedelta(hours=8),
                }
                for i in crew
            ]
    shifts = table(rows, officer_id=TEXT, office=TEXT, starts_at=TIME, ends_at=TIME, section=TEXT)
    findings = asked(records(made) | {"shifts": shifts})
    assert not any(findings.signals["signal"].to_pylist())
    assert "hour" not in findings.tables["pools"]["feature"].to_pylist()  # the roster says it already


def in_sections(seed: int, schemes: tuple[Scheme, ...] = ()) -> dict[str, pa.Table]:
    """Officers 0 to 7 sit in one section, the others in another; the roster does not say so. Traders use both."""
    made = world(Office(draws=4000, goods="all alike", lodging="even"), seed)
    rng = np.random.default_rng(seed)
    second = rng.random(made.day.size) < rng.beta(0.4, 0.4, 120)[made.declarant]
    there = presence(made)[made.day] & ((np.arange(12) >= 8) == second[:, None])
    chances = there / np.maximum(there.sum(axis=1, keepdims=True), 1)
    officer = (rng.random(made.day.size)[:, None] > chances.cumsum(axis=1)).sum(axis=1).clip(0, 11)
    for scheme in schemes:
        hit = (made.declarant == scheme.declarant) & (rng.random(made.day.size) < scheme.strength)
        officer = np.where(hit & there[:, scheme.officer], scheme.officer, officer)
    tables = records(type(made)(**{**made.__dict__, "officer": officer})) | {"shifts": roster(presence(made))}
    section = pa.array(np.where(second, "SHED", "QUAY"))
    declarations = tables["declarations"]
    if "section" in declarations.column_names:
        declarations = declarations.drop_columns(["section"])
    return tables | {"declarations": declarations.append_column("section", section)}


@pytest.mark.parametrize("seed", range(3))
def test_sections_have_a_pace_of_their_own_where_the_roster_does_not_tell_them(seed: int) -> None:
    # One pace for both would say that a trader of the shed meets its officers far too often.
    findings = asked(in_sections(seed))
    assert findings.tables["offices"].to_pylist()[0]["declarants_by_weights"] > 10
    assert not any(findings.signals["signal"].to_pylist())


def test_steering_within_a_section_is_seen_by_its_pace() -> None:
    findings = asked(in_sections(1, (Scheme(4, 2, 0.7),)))
    found = [(r["unit_id"], r["other_id"]) for r in findings.signals.to_pylist() if r["signal"]]
    assert found == [("P-002", "B-004")]
