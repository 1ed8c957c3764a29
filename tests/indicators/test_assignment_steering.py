"""assignment-steering from records to signals, on small worlds whose truth is known."""

from __future__ import annotations

from datetime import date
from typing import Any

import pyarrow as pa
import pytest
from steering_worlds import Office, Scheme, records, world

from arusha.engine import session_from_tables
from arusha.indicators.assignment_steering import DEFINITION, INDICATOR
from arusha.indicators.definition import Findings, Settings
from arusha.indicators.signals import SCHEMA

SETTINGS = Settings(date(2025, 1, 1), date(2026, 1, 1))


def asked(tables: dict[str, pa.Table], settings: Settings = SETTINGS) -> Findings:
    with session_from_tables(tables) as session:
        return INDICATOR.test(INDICATOR.cells(session, settings), settings)


def pairs(findings: Findings, column: str = "signal") -> set[tuple[str, str]]:
    return {(r["unit_id"], r["other_id"]) for r in findings.signals.to_pylist() if r[column]}


STEERED = records(world(Office(draws=4000, schemes=(Scheme(4, 6, 0.5),)), seed=3))


@pytest.fixture(scope="module")
def steered() -> Findings:
    return asked(STEERED)


def test_the_answer_is_the_signals_contract(steered: Findings) -> None:
    assert steered.signals.schema == SCHEMA
    order = [(r["office"], r["unit_id"], r["other_id"]) for r in steered.signals.to_pylist()]
    assert order == sorted(order)
    ids = steered.signals["signal_id"].to_pylist()
    assert len(set(ids)) == len(ids)


def test_a_steered_pair_is_found_and_nothing_else(steered: Findings) -> None:
    assert pairs(steered) == {("P-006", "B-004")}
    (row,) = [r for r in steered.signals.to_pylist() if r["signal"]]
    # Planted: half of the work, plus the honest share of the other half; n is about 170, so three errors are 0.12.
    assert row["effect"] == pytest.approx(0.5 * (1 - 1 / 12), abs=0.12)
    assert row["ci_low"] <= 0.5 * (1 - 1 / 12) <= row["ci_high"]


def test_every_pair_has_a_p_or_a_reason(steered: Findings) -> None:
    for row in steered.signals.to_pylist():
        assert (row["p_value"] is None) == (row["reason"] is not None)
        assert (row["p_value"] is None) == (row["q_value"] is None)
        if row["reason"]:
            assert row["reason"].startswith("cannot tell: ")
            assert not row["signal"]


def test_under_the_exposure_floor_nothing_is_said(steered: Findings) -> None:
    few = [r for r in steered.signals.to_pylist() if r["n"] < DEFINITION.min_exposure]
    assert few
    assert {r["reason"] for r in few} <= {
        "cannot tell: fewer than 30 draws",
        "cannot tell: too few draws beside those of other officers and declarants",
    }


def test_a_higher_floor_of_the_plan_is_kept() -> None:
    settings = Settings(date(2025, 1, 1), date(2026, 1, 1), min_exposure=400)
    assert pairs(asked(STEERED, settings)) == set()


def test_only_the_period_counts() -> None:
    settings = Settings(date(2024, 1, 1), date(2025, 1, 1))
    findings = asked(STEERED, settings)
    assert findings.signals.num_rows == 0
    assert [n.key for n in findings.notes] == ["assignment-no-draws"]


def test_the_order_of_the_rows_does_not_matter(steered: Findings) -> None:
    turned = {name: table.take(list(range(table.num_rows))[::-1]) for name, table in STEERED.items()}
    assert asked(turned).signals.equals(steered.signals)


def test_evidence_adds_up_to_the_signal() -> None:
    with session_from_tables(STEERED) as session:
        found = INDICATOR.test(INDICATOR.cells(session, SETTINGS), SETTINGS)
        (row,) = [r for r in found.signals.to_pylist() if r["signal"]]
        rows = INDICATOR.evidence(session, row, SETTINGS).to_pylist()
    with session_from_tables(STEERED) as session:  # as `arusha evidence` does: nothing is remembered
        alone = INDICATOR.evidence(session, row, SETTINGS).to_pylist()
    assert rows == alone
    counted = [r for r in rows if r["counted"] == "counted"]
    assert len(counted) == row["n"]
    assert sum(r["with_officer"] for r in counted) == row["observed"]
    assert {"source_file", "source_line", "declaration_id"} <= set(rows[0])


def test_without_picks_the_final_officer_is_tested_and_said_so() -> None:
    officer = STEERED["assignments"]["officer_id"]
    tables = {"declarations": STEERED["declarations"].append_column("officer_id", officer)}
    findings = asked(tables)
    assert pairs(findings) == {("P-006", "B-004")}
    with session_from_tables(tables) as session:
        keys = {n.key for n in INDICATOR.cells(session, SETTINGS).notes}
    assert "assignment-final-officer" in keys


def test_dates_without_times_are_enough() -> None:
    tables = dict(STEERED)
    for table, column in (("declarations", "registered_hour"), ("assignments", "assigned_hour")):
        position = tables[table].column_names.index(column)
        nothing = pa.nulls(tables[table].num_rows, pa.int64())
        tables[table] = tables[table].set_column(position, column, nothing)
    assert pairs(asked(tables)) == {("P-006", "B-004")}


def test_lanes_of_the_plan() -> None:
    settings = Settings(date(2025, 1, 1), date(2026, 1, 1), options={"lanes": ["green"]})
    assert asked(STEERED, settings).signals.num_rows == 0


def explained(tables: dict[str, pa.Table], duty: dict[str, Any] | None = None) -> dict[str, Any]:
    """The explanations of the planted pair, with one duty of its officer."""
    if duty is not None:
        given = {
            "officer_id": "P-006",
            "kind": "specialist desk",
            "from_date": date(2025, 1, 1),
            "to_date": None,
            "detail": None,
            "recorded_at": None,
            "recorded_by": "CHIEF",
        } | duty
        schema = pa.schema(
            [
                ("officer_id", pa.string()),
                ("kind", pa.string()),
                ("from_date", pa.date32()),
                ("to_date", pa.date32()),
                ("detail", pa.string()),
                ("recorded_at", pa.timestamp("us")),
                ("recorded_by", pa.string()),
            ]
        )
        tables = tables | {"duties": pa.Table.from_pylist([given], schema=schema)}
    with session_from_tables(tables) as session:
        found = INDICATOR.test(INDICATOR.cells(session, SETTINGS), SETTINGS)
        (row,) = [r for r in found.signals.to_pylist() if r["signal"]]
        return {e.explanation: e for e in INDICATOR.explain(session, row, SETTINGS)}


def test_absent_tables_are_not_checked() -> None:
    tried = explained(STEERED)
    assert tried["specialist-desk"].status == "not checked: needs duties"
    assert tried["posting"].status == "not checked: needs postings"
    assert not any(e.clears for e in tried.values())


def test_one_heading_a_chapter_is_the_same_thing_twice() -> None:
    # A desk is then known by chapters, which are read by the first item and by the main one; headings are not.
    tables = records(world(Office(draws=5000, mechanism="desks"), seed=7))
    found = asked(tables)
    assert set(found.tables["pools"]["feature"].to_pylist()) <= {"chapter", "main chapter"}
    assert found.tables["pools"].num_rows
