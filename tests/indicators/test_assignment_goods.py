"""What a declared rule means by goods: the readings, which of them are possible, and what is compared where none is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from steering_worlds import Office, Scheme, World, records, world

from arusha.engine import session_from_tables
from arusha.indicators import assignment_records
from arusha.indicators.assignment_draws import UNKNOWN, Columns
from arusha.indicators.assignment_goods import BY_CLASS, BY_DESK, BY_READINGS, NOTHING_SAID, Said, said_of_each
from arusha.indicators.assignment_rules import Rule, eligible, rules_by_office
from arusha.indicators.assignment_steering import INDICATOR
from arusha.indicators.definition import Findings, Settings

SETTINGS = Settings(date(2025, 1, 1), date(2026, 1, 1))
DESK, OTHERS = tuple(range(4)), tuple(range(4, 12))
Picks = Callable[[list[int], np.random.Generator], tuple[int, ...]]
"""The officers among whom the office draws, by the chapters of the items."""


def goods(made: World, seed: int, share: float = 0.5) -> list[list[int]]:
    """Chapters of the items of each declaration: the first as made, and up to two more in a share of declarations.

    What else a declarant brings is its own: a rule misread would give it officers of its own.
    """
    rng = np.random.default_rng(seed)
    other = rng.choice([87, 39, 84, 61], made.declarant.max() + 1)
    more = np.where(rng.random(made.day.size) < share, rng.integers(1, 3, made.day.size), 0)
    return [
        [int(c), *([int(other[b])] * min(n, 1)), *([73] * (n > 1))]
        for c, b, n in zip(made.chapter, made.declarant, more.tolist(), strict=True)
    ]


def tables(made: World, chapters: list[list[int]], values: list[list[float]]) -> dict[str, pa.Table]:
    found = records(made)
    ids = found["declarations"]["declaration_id"].to_pylist()
    rows = [
        {"declaration_id": i, "item_no": k + 1, "hs_code": f"{c:02d}0190", "declared_value": v}
        for i, items, worth in zip(ids, chapters, values, strict=True)
        for k, (c, v) in enumerate(zip(items, worth, strict=True))
    ]
    return found | {"items": pa.Table.from_pylist(rows)}


def rules(*rows: dict[str, Any]) -> pa.Table:
    every = {"office": "PORT", "from_date": date(2024, 1, 1), "method": "random", "pool": "REST", "hs_prefix": None}
    return pa.Table.from_pylist([every | row for row in rows])


def members(**pools: tuple[int, ...]) -> pa.Table:
    rows = [
        {"pool": pool, "officer_id": f"P-{i:03d}", "from_date": date(2024, 1, 1)}
        for pool, of in pools.items()
        for i in of
    ]
    return pa.Table.from_pylist(rows)


def office(
    pick: Picks, *, seed: int = 3, steered: Scheme | None = None, known: bool = True, roster: bool = True
) -> dict[str, pa.Table]:
    """A year of an office with a desk for chapters 61 and 87; the true rule is ``pick``'s."""
    rng = np.random.default_rng([seed, 1])
    made = world(Office(draws=5000, goods="own chapters"), seed)
    chapters = goods(made, seed)
    values = [[float(rng.integers(1, 1000)) for _ in items] for items in chapters]
    among = [pick(items, rng) for items in chapters]
    officer = np.array([rng.choice(of) for of in among])
    if steered is not None:
        hit = (made.declarant == steered.declarant) & (rng.random(officer.size) < steered.strength)
        hit &= np.array([steered.officer in of for of in among])
        officer = np.where(hit, steered.officer, officer)
    found = tables(replace(made, officer=officer), chapters, values)
    found["assignment_rules"] = rules({}, *({"hs_prefix": p, "pool": "DESK"} for p in ("61", "87")))
    if known:
        found["assignment_pools"] = members(DESK=DESK, REST=OTHERS)
    if roster:
        first = datetime(2025, 1, 6)
        shifts = [
            {"officer_id": f"P-{i:03d}", "office": "PORT", "starts_at": first + timedelta(days=d)}
            for d in range(int(made.day.max()) + 1)
            for i in range(12)
        ]
        shifts = [s | {"ends_at": s["starts_at"] + timedelta(days=1)} for s in shifts]
        found["shifts"] = pa.Table.from_pylist(shifts)
    return found


def first_item(items: list[int], rng: np.random.Generator) -> tuple[int, ...]:
    return DESK if items[0] in (61, 87) else OTHERS


def any_item(items: list[int], rng: np.random.Generator) -> tuple[int, ...]:
    return DESK if {61, 87} & set(items) else OTHERS


def last_item(items: list[int], rng: np.random.Generator) -> tuple[int, ...]:
    return DESK if items[-1] in (61, 87) else OTHERS


def either(items: list[int], rng: np.random.Generator) -> tuple[int, ...]:
    touched = [DESK] * bool({61, 87} & set(items)) + [OTHERS] * bool(set(items) - {61, 87})
    return touched[int(rng.integers(len(touched)))]


def said(found: dict[str, pa.Table]) -> tuple[Said, Columns, list[Rule]]:
    with session_from_tables(found) as session:
        cells = INDICATOR.cells(session, SETTINGS)
    columns = Columns.of(cells.tables["draws"])
    own = rules_by_office(cells.tables["rules"])["PORT"]
    pools = cells.tables["pools"].to_pylist() if "pools" in cells.tables else []
    return said_of_each(columns, 0, own, pools), columns, own


def asked(found: dict[str, pa.Table]) -> Findings:
    with session_from_tables(found) as session:
        return INDICATOR.test(INDICATOR.cells(session, SETTINGS), SETTINGS)


def test_the_prefixes_that_items_touch_are_the_longest_that_rules_name() -> None:
    rng = np.random.default_rng(5)
    made = world(Office(draws=300), 2)
    prefixes = ["61", "87", "8703", "870321", "9"]
    codes = ["610110", "870110", "870310", "870321", "870322", "940110", "390110"]
    items = [[codes[k] for k in rng.integers(0, len(codes), rng.integers(1, 5))] for _ in range(made.day.size)]
    found = records(made)
    ids = found["declarations"]["declaration_id"].to_pylist()
    rows = [
        {"declaration_id": i, "item_no": k + 1, "hs_code": c}
        for i, own in zip(ids, items, strict=True)
        for k, c in enumerate(own)
    ]
    found |= {"items": pa.Table.from_pylist(rows), "assignment_rules": rules(*({"hs_prefix": p} for p in prefixes))}
    with session_from_tables(found) as session:
        table, _ = assignment_records.read(session, SETTINGS, declared=True, evidence=True)
    seen = {r["declaration_id"]: r for r in table.to_pylist()}
    for i, own in zip(ids, items, strict=True):
        longest = [max((p for p in prefixes if c.startswith(p)), key=len, default=None) for c in own]
        touched = sorted({p for p in longest if p is not None})
        row = seen[i]
        assert (row["least_declared"], row["most_declared"]) == ((touched[0], touched[-1]) if touched else (None, None))
        assert row["declared_kinds"] == len(touched)
        assert row["bare_items"] == sum(p is None for p in longest)


@pytest.mark.parametrize("pick", [first_item, any_item])
def test_the_reading_that_the_picks_agree_with_is_taken(pick: Picks) -> None:
    answer, _, own = said(office(pick))
    assert set(np.unique(answer.kind)) == {BY_DESK}
    assert not np.any(answer.rule == UNKNOWN)
    # Every draw is in the frame of the pool from which its officer came: 0 and 1, no more.
    assert np.unique(answer.code).size == 2
    pool = np.array([own[k].pool for k in answer.rule])
    assert set(pool) == {"DESK", "REST"}


@pytest.mark.parametrize("pick", [last_item, either])
def test_where_no_reading_is_possible_mixed_draws_are_compared_within_the_desk_that_picked(pick: Picks) -> None:
    found = office(pick)
    answer, columns, own = said(found)
    assert set(np.unique(answer.kind)) == {BY_DESK, BY_CLASS}
    mixed = answer.kind == BY_CLASS
    officer = np.array(columns.coded["officer"].names)[columns.coded["officer"].code]
    desk = np.isin(officer, [f"P-{i:03d}" for i in DESK])
    # Two frames among them, one of each desk's officers.
    assert {frozenset(np.unique(answer.code[mixed & d])) for d in (desk, ~desk)} == {
        frozenset({c}) for c in np.unique(answer.code[mixed])
    }
    pool = eligible(columns, 0, own, answer, None, [], [])
    assert pool is not None
    for d in np.flatnonzero(mixed)[:50].tolist():
        could = {n for n, k in zip(pool.officers, pool.members[pool.group[d]], strict=True) if k}
        assert could == {f"P-{i:03d}" for i in (DESK if desk[d] else OTHERS)}


def test_where_nobody_says_who_belongs_to_a_desk_all_readings_must_agree() -> None:
    answer, columns, _ = said(office(any_item, known=False))
    assert set(np.unique(answer.kind)) == {BY_DESK, BY_READINGS}
    assert np.all(answer.rule[answer.kind == BY_READINGS] == UNKNOWN)
    # Draws of one code touch the same prefixes, and their first items have one rule.
    first = np.array([*(n[:2] in ("61", "87") for n in columns.coded["first_goods"].names), False])
    for code in np.unique(answer.code[answer.kind == BY_READINGS]):
        at = answer.code == code
        assert np.unique(first[columns.coded["first_goods"].code[at]]).size == 1
        for touched in ("least_declared", "most_declared"):
            assert np.unique(columns.coded[touched].code[at]).size == 1


def test_one_declarant_does_not_decide_what_the_rule_means() -> None:
    # The rule means any item, but one declarant's mixed files all go to officers of the rest: a scheme, or not. By its
    # files alone the reading would fall; that it hangs on them is seen, and mixed draws are compared by class.
    found = office(any_item)
    plain, columns, own = said(found)
    mixed = columns.numbers["bare_items"] * columns.numbers["declared_kinds"] > 0
    who, officer = columns.coded["declarant"].code, columns.coded["officer"]
    largest = int(np.bincount(who[mixed]).argmax())
    assert set(np.unique(plain.kind)) == {BY_DESK}
    swayed = np.where(mixed & (who == largest), officer.names.index("P-008"), officer.code)
    changed = replace(columns, coded={**columns.coded, "officer": replace(officer, code=swayed)})
    rows = found["assignment_pools"].to_pylist()
    pools = [r | {"officer": r["officer_id"], "to_date": None} for r in rows]
    answer = said_of_each(changed, 0, own, pools)
    assert set(np.unique(answer.kind[mixed])) == {BY_CLASS}
    assert np.all(answer.kind[~mixed] != NOTHING_SAID)


@pytest.mark.parametrize("roster", [True, False])
@pytest.mark.parametrize("pick", [any_item, last_item, either])
def test_an_honest_desk_is_no_signal_whatever_its_rule_means(pick: Picks, roster: bool) -> None:
    assert not any(asked(office(pick, roster=roster)).signals["signal"].to_pylist())


@pytest.mark.parametrize("pick", [any_item, either])
def test_steering_within_a_desk_is_found_whatever_its_rule_means(pick: Picks) -> None:
    findings = asked(office(pick, steered=Scheme(1, 6, 0.5)))
    flagged = [(r["unit_id"], r["other_id"]) for r in findings.signals.to_pylist() if r["signal"]]
    assert flagged == [("P-006", "B-001")]


def test_a_rule_of_longer_goods_is_narrower() -> None:
    found = office(any_item)
    found["assignment_rules"] = rules({}, {"hs_prefix": "87", "pool": "DESK"}, {"hs_prefix": "8701", "pool": "CARS"})
    found["assignment_pools"] = members(DESK=DESK, REST=OTHERS, CARS=(1,))
    answer, columns, own = said(found)
    goods_of = np.array(columns.coded["first_goods"].names)[columns.coded["first_goods"].code]
    alone = (columns.numbers["items"] == 0) & np.char.startswith(goods_of, "8701")
    assert alone.sum() > 20
    assert {own[k].pool for k in answer.rule[alone]} == {"CARS"}
