from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats
from small_office import END, START, Work, declared, posted, table

from arusha.engine import session_from_tables
from arusha.indicators.definition import Cells, Settings
from arusha.indicators.lane_change_without_act import INDICATOR

SETTINGS = Settings(START, END)
HONEST = tuple(Work(o, d, 60, 3) for o in "ABCD" for d in "XYZ")
"""Four officers, three declarants, a missing act in twenty."""


def tables(rows: list[dict[str, Any]]) -> dict[str, pa.Table]:
    """Controls with an act by their officer, but for those that count."""
    acts = [
        {"inspection_id": f"I{i}", "declaration_id": r["declaration_id"], "officer_id": r["officer_id"]}
        for i, r in enumerate(rows)
        if not r["hit"]
    ]
    return {"declarations": table("declarations", rows), "inspections": table("inspections", acts)}


def ask(records: dict[str, pa.Table]) -> tuple[dict[tuple[str, str | None], dict[str, Any]], Any]:
    with session_from_tables(records) as session:
        cells = INDICATOR.cells(session, SETTINGS)
        findings = INDICATOR.test(cells, SETTINGS)
    return {(r["unit_id"], r["other_id"]): r for r in findings.signals.to_pylist()}, (cells, findings)


def log(rows: list[dict[str, Any]], by: dict[str, str]) -> pa.Table:
    """A re-route to green of every control by its officer, or by whom ``by`` names."""
    return table(
        "events",
        [
            {
                "event_id": f"E{i}",
                "declaration_id": r["declaration_id"],
                "user_id": by.get(r["declaration_id"], r["officer_id"]),
                "occurred_at": r["registered_at"],
                "occurred_on": r["registered_on"],
                "action": "reroute",
                "old_value": r["lane_assigned"],
                "new_value": "green",
            }
            for i, r in enumerate(rows)
        ],
    )


def test_an_office_with_an_ordinary_share_of_missing_acts_is_not_flagged() -> None:
    found, (cells, _) = ask(tables(declared(HONEST)))
    assert len(found) == 4 + 12
    assert not any(r["signal"] for r in found.values())
    officer = found["A", None]
    # Colleagues missed 3 in 60 on every declarant's goods, so that 9 of 180 are expected.
    assert (officer["n"], officer["observed"]) == (180, 9.0)
    assert officer["expected"] == pytest.approx(9.0)
    assert [n.key for n in cells.notes] == ["lane-change-no-log"]


def test_a_re_route_after_an_act_is_no_signal_however_often() -> None:
    found, _ = ask(tables(declared([Work(o, d, 60, 0) for o in "AB" for d in "XY"])))
    assert all(r["observed"] == 0 and not r["signal"] for r in found.values())


def test_an_officer_who_closes_without_acts_is_found_with_the_rows() -> None:
    work = [Work("A", d, 60, 30) for d in "XYZ"] + [w for w in HONEST if w.officer != "A"]
    records = tables(declared(work))
    found, _ = ask(records)
    signal = found["A", None]
    assert signal["flagged"]
    assert signal["observed"] == 90
    assert signal["expected"] == pytest.approx(9.0)
    # The officer alone stands out: with no declarant more than with the others.
    assert [k for k, r in found.items() if r["flagged"]] == [("A", None)]
    with session_from_tables(records) as session:
        rows = INDICATOR.evidence(session, signal, SETTINGS)
    # All controls of the officer, those in order too, so that all three numbers can be added up from them.
    counted = [r for r in rows.to_pylist() if r["counted"] == "counted"]
    assert len(counted) == signal["n"] == rows.num_rows == 180
    assert sum(r["no_act"] or r["stranger"] for r in counted) == signal["observed"]
    assert sum(r["expected"] for r in counted) == pytest.approx(signal["expected"], abs=1e-6)  # rounded row by row
    assert all(r["expected"] == pytest.approx(r["like_out_of_order"] / r["like"], abs=1e-6) for r in counted)
    assert {"source_file", "source_line"} <= set(rows.column_names)
    assert not [c for c in rows.column_names if c.startswith("cell_")]


def test_the_rows_of_a_pair_add_up_without_pairs_set_aside() -> None:
    careless = [w for w in HONEST if (w.declarant, w.officer) not in (("X", "A"), ("X", "B"))]
    records = tables(declared([*careless, Work("A", "X", 60, 50), Work("B", "X", 60, 45)]))
    found, _ = ask(records)
    with session_from_tables(records) as session:
        for unit in (("A", "X"), ("B", "X"), ("C", "X"), ("C", "Y")):
            rows = INDICATOR.evidence(session, found[unit], SETTINGS).to_pylist()
            counted = [r for r in rows if r["counted"] == "counted"]
            assert len(counted) == found[unit]["n"]
            assert sum(r["no_act"] or r["stranger"] for r in counted) == found[unit]["observed"]
            assert sum(r["expected"] for r in counted) == pytest.approx(found[unit]["expected"], abs=1e-6)


def test_a_pair_is_told_from_a_careless_officer_and_from_a_declarant_who_needs_few_acts() -> None:
    careless = {"A": 9, "B": 3, "C": 3, "D": 3}
    waived = {"X": 3, "Y": 1, "Z": 1}
    honest = [Work(o, d, 120, careless[o] * waived[d]) for o in careless for d in waived]
    found, _ = ask(tables(declared(honest)))
    assert not any(r["signal"] for k, r in found.items() if k[1])
    pair = [w if (w.officer, w.declarant) != ("B", "Z") else Work("B", "Z", 120, 60) for w in honest]
    found, _ = ask(tables(declared(pair)))
    assert [k for k, r in found.items() if r["flagged"] and k[1]] == [("B", "Z")]


def test_swamping_a_strong_pair_pushes_nobody_else_over() -> None:
    work = [w for w in HONEST if (w.officer, w.declarant) != ("A", "X")] + [Work("A", "X", 120, 110)]
    found, _ = ask(tables(declared(work)))
    assert [k for k, r in found.items() if r["flagged"] and k[1]] == [("A", "X")]


def test_the_exact_tail_is_that_of_one_hypergeometric_where_there_is_one_stratum() -> None:
    work = [Work("A", "X", 30, 6), Work("B", "X", 30, 1)]
    found, _ = ask(tables(declared(work)))
    # One declarant: months are strata under the other comparison, and the larger p counts.
    assert found["A", None]["p_value"] >= stats.hypergeom.sf(5, 60, 7, 30)
    assert found["A", None]["expected"] == pytest.approx(1.0)


def test_a_batch_is_one_decision() -> None:
    many = [Work(o, d, 60, 3) for o in "ABCD" for d in "XYZ" if (o, d) != ("A", "X")]
    spread = ask(tables(declared([*many, Work("A", "X", 60, 20)])))[0]["A", "X"]
    rows = declared([*many, Work("A", "X", 60, 0, per_day=20)])
    first = [r for r in rows if r["officer_id"] == "A" and r["declarant_id"] == "X"][:20]
    for row in first:
        row["hit"] = True
    together = ask(tables(rows))[0]["A", "X"]
    assert spread["observed"] == together["observed"] == 20
    assert spread["p_value"] < 0.02
    assert together["p_value"] > 10 * spread["p_value"]


def test_a_re_route_by_a_stranger_counts_and_by_a_chief_or_the_author_of_the_act_does_not() -> None:
    rows = declared([Work(o, d, 60, 0) for o in "ABCD" for d in "XYZ"])
    of_b = [r["declaration_id"] for r in rows if r["officer_id"] == "B" and r["declarant_id"] == "X"]
    base = tables(rows)
    for user, counted in (("A", 60.0), ("M", 0.0)):
        records = {**base, "events": log(rows, dict.fromkeys(of_b, user)), "postings": posted(*"ABCD")}
        found, (cells, _) = ask(records)
        assert not cells.notes
        seen = found.get((user, None))
        assert seen is not None
        assert seen["observed"] == counted
        assert seen["flagged"] == (user == "A")
    # The chief has no peer in the office.
    assert found["M", None]["reason"] == "cannot tell: under 30 controls that colleagues share"
    acts = base["inspections"].to_pylist()
    for act in acts:
        act["officer_id"] = "A" if act["declaration_id"] in of_b else act["officer_id"]
    covered = {**base, "inspections": table("inspections", acts)}
    found, _ = ask({**covered, "events": log(rows, dict.fromkeys(of_b, "A")), "postings": posted(*"ABCD")})
    assert found["A", None]["observed"] == 0


def test_the_systems_own_re_routes_are_nobodys_and_are_counted() -> None:
    rows = declared([Work(o, "X", 40, 40 if o == "A" else 0) for o in "AB"])
    system = [r["declaration_id"] for r in rows if r["officer_id"] == "A"]
    records = {**tables(rows), "events": log(rows, dict.fromkeys(system, "system")), "postings": posted("A", "B")}
    found, (_, findings) = ask(records)
    assert found["A", None]["observed"] == 0
    note = next(n for n in findings.notes if n.key == "lane-change-system")
    assert note.values == {"n": 40, "total": 80}


def test_a_lane_where_acts_are_not_kept_says_little() -> None:
    work = [Work(o, d, 60, 60, lane="yellow") for o in "AB" for d in "XY"]
    found, (_, findings) = ask(tables(declared(work)))
    assert not any(r["signal"] for r in found.values())
    assert "lane-change-acts-not-kept" in [n.key for n in findings.notes]


def test_what_cannot_be_compared_cannot_be_told() -> None:
    alone = [Work("A", "X", 60, 30), *(Work(o, d, 60, 3) for o in "BC" for d in "YZ")]
    found, _ = ask(tables(declared(alone)))
    assert found["A", "X"]["reason"] == "cannot tell: colleagues closed under 30 controls of this declarant"
    assert found["A", "X"]["p_value"] is None
    only = [Work("A", "X", 60, 30), *(Work(o, d, 60, 3) for o in "BC" for d in "XY")]
    found, _ = ask(tables(declared(only)))
    assert found["A", "X"]["reason"] == "cannot tell: under 30 controls of other declarants"
    few, _ = ask(tables(declared([Work("A", "X", 20, 3), Work("B", "X", 60, 3)])))
    assert few["A", None]["reason"] == "cannot tell: under 30 controls that colleagues share"


def acting(recorded: datetime, by: str) -> pa.Table:
    row = {
        "officer_id": "A",
        "kind": "acting for",
        "from_date": START,
        "to_date": date(2025, 3, 1),
        "detail": "B",
        "recorded_at": recorded,
        "recorded_by": by,
    }
    return table("duties", [row])


@pytest.mark.parametrize(
    ("recorded", "by", "clears"),
    [
        (datetime(2025, 1, 2), "HR", True),
        (datetime(2025, 2, 20), "HR", False),
        (datetime(2025, 1, 2), "A", False),
    ],
)
def test_acting_for_a_colleague_clears_only_if_written_down_before_and_by_another(
    recorded: datetime, by: str, clears: bool
) -> None:
    rows = declared([Work(o, d, 60, 0) for o in "ABCD" for d in "XYZ"])
    covered = [r["declaration_id"] for r in rows if r["officer_id"] == "B" and r["registered_on"] < date(2025, 3, 1)]
    records = {**tables(rows), "events": log(rows, dict.fromkeys(covered, "A")), "postings": posted(*"ABCD")}
    found, _ = ask(records)
    with session_from_tables({**records, "duties": acting(recorded, by)}) as session:
        tried = {e.explanation: e for e in INDICATOR.explain(session, found["A", None], SETTINGS)}
    assert tried["acting-cover"].status == "found"
    assert tried["acting-cover"].clears == clears


def test_one_act_for_a_batch_clears_and_absent_duties_are_said() -> None:
    rows = declared([Work(o, d, 180, 9) for o in "BCD" for d in "XYZ"])
    batches = declared([Work("A", d, 180, 0, per_day=2) for d in "XYZ"])
    for i, row in enumerate(batches):
        row |= {"declaration_id": f"A{i:05d}", "hit": i % 2 == 1}
    records = tables(rows + batches)
    found, _ = ask(records)
    assert found["A", None]["signal"]
    with session_from_tables(records) as session:
        tried = {e.explanation: e for e in INDICATOR.explain(session, found["A", None], SETTINGS)}
    assert tried["one-act-for-batch"].clears
    assert tried["acting-cover"].status == "not checked: needs duties"


def test_no_control_at_all_is_an_empty_answer() -> None:
    found, _ = ask(tables(declared([Work("A", "X", 10, 0, lane="green")])))
    assert not found


def test_the_order_of_the_cells_leaves_no_trace() -> None:
    work = [Work("A", d, 60, 30) for d in "XYZ"] + [w for w in HONEST if w.officer != "A"]
    with session_from_tables(tables(declared(work))) as session:
        cells = INDICATOR.cells(session, SETTINGS)
    rows = cells.tables["cells"]
    turned = {**cells.tables, "cells": rows.take(np.random.default_rng(1).permutation(rows.num_rows))}
    ours, theirs = INDICATOR.test(cells, SETTINGS), INDICATOR.test(Cells(turned), SETTINGS)
    assert ours.signals.equals(theirs.signals)
    assert ours.tables["closers"].equals(theirs.tables["closers"])
