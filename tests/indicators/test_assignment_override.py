"""assignment-override from records to signals, on small worlds whose truth is known."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pyarrow as pa
import pytest
from steering_worlds import Move, Office, moved, records, with_moves, world

from arusha.engine import session_from_tables
from arusha.indicators.assignment_override import INDICATOR
from arusha.indicators.definition import Findings, Settings
from arusha.indicators.signals import SCHEMA

SETTINGS = Settings(date(2025, 1, 1), date(2026, 1, 1))
MADE = world(Office(draws=4000), seed=5)
FINAL = moved(MADE, (Move(4, 6, 0.3), Move(7, None, 0.4)), seed=6)
TABLES = with_moves(records(MADE), MADE, FINAL)


def asked(tables: dict[str, pa.Table]) -> tuple[Findings, dict[tuple[str, str | None], dict[str, Any]]]:
    with session_from_tables(tables) as session:
        findings = INDICATOR.test(INDICATOR.cells(session, SETTINGS), SETTINGS)
    return findings, {(r["unit_id"], r["other_id"]): r for r in findings.signals.to_pylist()}


@pytest.fixture(scope="module")
def answer() -> tuple[Findings, dict[tuple[str, str | None], dict[str, Any]]]:
    return asked(TABLES)


def test_moves_to_one_officer_and_moves_to_anyone_are_found(answer) -> None:
    findings, rows = answer
    assert findings.signals.schema == SCHEMA
    signals = {key for key, row in rows.items() if row["signal"]}
    assert {("P-006", "B-004"), ("B-004", None), ("B-007", None)} <= signals
    # Whoever happened to receive a few of B-007's files may stand out too; nobody else's declarant does.
    assert {other or unit for unit, other in signals} == {"B-004", "B-007"}


def test_observed_counts_the_moves(answer) -> None:
    _, rows = answer
    mine = MADE.declarant == 4
    row = rows["B-004", None]
    assert row["unit_kind"] == "declarant"
    assert row["observed"] == pytest.approx(int((MADE.officer != FINAL)[mine].sum()), abs=5)  # batches count once
    assert row["effect"] == pytest.approx(0.3 * 11 / 12, abs=0.12)


def test_by_whom(answer) -> None:
    findings, _ = answer
    table = findings.tables["by_whom"].to_pylist()
    assert {r["moved_by"] for r in table} == {"CHIEF"}
    to = {(r["declarant"], r["received_by"]): r["moves"] for r in table}
    assert to["B-004", "P-006"] == int(((FINAL == 6) & (MADE.officer != 6) & (MADE.declarant == 4)).sum())
    # All moves are by one hand, and each row says how many they are.
    assert {r["moves_of_hand"] for r in table} == {int((MADE.officer != FINAL).sum())}


def test_evidence_adds_up(answer) -> None:
    _, rows = answer
    with session_from_tables(TABLES) as session:
        for key in (("P-006", "B-004"), ("B-007", None)):
            told = INDICATOR.evidence(session, rows[key], SETTINGS).to_pylist()
            counted = [r for r in told if r["counted"] == "counted"]
            assert len(counted) == rows[key]["n"]
            assert sum(r["counts_for"] for r in counted) == rows[key]["observed"]


def test_ordinary_moves_only_give_no_signal() -> None:
    final = moved(MADE, (), seed=8)
    findings, _ = asked(with_moves(records(MADE), MADE, final))
    assert not any(findings.signals["signal"].to_pylist())


def away(officers: list[int], recorded: datetime | None) -> pa.Table:
    rows = [
        {
            "officer_id": f"P-{k:03d}",
            "kind": "leave",
            "from_date": date(2025, 1, 1),
            "to_date": date(2026, 1, 1),
            "detail": None,
            "recorded_at": recorded,
            "recorded_by": "HR",
        }
        for k in officers
    ]
    kinds = [("officer_id", pa.string()), ("kind", pa.string()), ("from_date", pa.date32()), ("to_date", pa.date32())]
    kinds += [("detail", pa.string()), ("recorded_at", pa.timestamp("us")), ("recorded_by", pa.string())]
    return pa.Table.from_pylist(rows, schema=pa.schema(kinds))


def test_moves_away_from_officers_on_leave_are_left_out() -> None:
    tables = TABLES | {"duties": away(list(range(12)), datetime(2024, 12, 1))}
    findings, rows = asked(tables)
    assert not any(findings.signals["signal"].to_pylist())
    moves = findings.tables["ordinary"].to_pylist()[0]
    assert moves["absent"] == moves["moved"] > 0
    assert rows["B-004", None]["observed"] == 0


def test_leave_written_down_afterwards_excuses_nothing() -> None:
    tables = TABLES | {"duties": away(list(range(12)), datetime(2026, 2, 1))}
    _, rows = asked(tables)
    assert rows["P-006", "B-004"]["signal"]


def test_moves_away_from_an_officer_off_the_roster_are_left_out() -> None:
    day = [datetime(2025, 1, 6), datetime(2025, 12, 31)]
    rows = [
        {"officer_id": f"P-{k:03d}", "office": "PORT", "starts_at": day[0], "ends_at": day[1], "section": None}
        for k in range(1, 12)
    ]
    # The officer 0 is known to the roster, but only for a day long past the last declaration.
    rows.append(rows[0] | {"officer_id": "P-000", "starts_at": datetime(2025, 12, 30)})
    kinds = [("officer_id", pa.string()), ("office", pa.string()), ("starts_at", pa.timestamp("us"))]
    kinds += [("ends_at", pa.timestamp("us")), ("section", pa.string())]
    tables = TABLES | {"shifts": pa.Table.from_pylist(rows, schema=pa.schema(kinds))}
    findings, _ = asked(tables)
    moves = findings.tables["ordinary"].to_pylist()[0]
    assert moves["off_shift"] == int(((MADE.officer == 0) & (FINAL != 0)).sum())


def test_explanations_say_what_was_left_out() -> None:
    tables = TABLES | {"duties": away([0, 1], datetime(2024, 12, 1))}
    _, rows = asked(tables)
    with session_from_tables(tables) as session:
        tried = {e.explanation: e for e in INDICATOR.explain(session, rows["P-006", "B-004"], SETTINGS)}
        alone = {e.explanation: e for e in INDICATOR.explain(session, rows["B-007", None], SETTINGS)}
    assert tried["absence"].status == "found"
    assert tried["end-of-shift"].status == "not checked: needs shifts"
    assert alone["specialist-desk"].status == "not found"
    assert not any(e.clears for e in [*tried.values(), *alone.values()])
