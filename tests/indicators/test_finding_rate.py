from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats
from small_office import END, START, Work, declared, table

from arusha.engine import session_from_tables
from arusha.indicators.definition import Cells, Settings
from arusha.indicators.finding_rate import INDICATOR

SETTINGS = Settings(START, END)
HONEST = tuple(Work(o, d, 60, 12) for o in "ABCD" for d in "XYZ")
"""Four officers, three declarants, something found in one of five."""


def tables(rows: list[dict[str, Any]], goods: dict[str, str] | None = None) -> dict[str, pa.Table]:
    """One act a declaration by its officer; those that count found something and added 100 of tax."""
    acts = [
        {
            "inspection_id": f"I{i}",
            "declaration_id": r["declaration_id"],
            "officer_id": r["officer_id"],
            "outcome": "discrepancy" if r["hit"] else "conforming",
            "additional_tax": Decimal(100 if r["hit"] else 0),
        }
        for i, r in enumerate(rows)
    ]
    items = [
        {"declaration_id": r["declaration_id"], "item_no": 1, "hs_code": (goods or {}).get(r["declarant_id"], "610910")}
        for r in rows
    ]
    return {
        "declarations": table("declarations", rows),
        "inspections": table("inspections", acts),
        "items": table("items", items),
    }


def ask(records: dict[str, pa.Table]) -> tuple[dict[tuple[str, str | None], dict[str, Any]], Any]:
    with session_from_tables(records) as session:
        cells = INDICATOR.cells(session, SETTINGS)
        findings = INDICATOR.test(cells, SETTINGS)
    return {(r["unit_id"], r["other_id"]): r for r in findings.signals.to_pylist()}, (cells, findings)


def test_by_hand() -> None:
    found, (cells, findings) = ask(tables(declared(HONEST)))
    assert len(found) == 4 + 12
    assert not any(r["signal"] for r in found.values())
    officer = found["A", None]
    assert (officer["n"], officer["observed"], officer["expected"]) == (180, 36.0, pytest.approx(36.0))
    assert not cells.notes
    zero = findings.tables["zero"].to_pylist()
    # At a rate of one in five, 0.8^31 is the first power under 0.001.
    assert [(r["office"], r["lane"], r["rate"], r["smallest_n"]) for r in zero] == [("PORT", "red", 0.2, 31)]
    assert findings.tables["declarants"]["ratio"].to_pylist() == pytest.approx([1.0, 1.0, 1.0])
    assert findings.tables["officers"]["ratio"].to_pylist() == pytest.approx([1.0] * 4)


def test_two_officers_have_the_exact_tail_averaged_over_assumed_strictness() -> None:
    found, (_, findings) = ask(tables(declared([Work("A", "X", 40, 2), Work("B", "X", 40, 18)])))
    # All of one quarter, so that every way to say what is alike gives the same table: 2 of 40 against 18 of 40. Neither
    # officer says how far the other is ordinary: a standard deviation that is half-normal with a scale of 0.5 is
    # assumed (from 0.02 to 4), times the root of 2 against a single colleague.
    grid = np.linspace(-14, 14, 14_001)
    tau = np.geomspace(0.02, 4.0, 2_001)
    share = np.exp(-0.5 * (tau / 0.5) ** 2) * tau
    law = sum(s * stats.norm.pdf(grid, 0.0, np.sqrt(2) * sd) for s, sd in zip(share / share.sum(), tau, strict=True))
    # Findings with A are noncentral hypergeometric; odds of none are exp(grid) to one.
    k = np.arange(0, 21)
    log_weight = stats.hypergeom.logpmf(k, 80, 20, 40)[None, :] - np.outer(grid, k)
    weight = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
    tail = weight[:, :3].sum(axis=1) / weight.sum(axis=1)
    averaged = np.trapezoid(tail * law, grid)
    # 92 spreads against 2,001.
    assert found["A", None]["p_value"] == pytest.approx(averaged, rel=1e-3)
    assert found["A", None]["p_value"] > stats.hypergeom.cdf(2, 80, 20, 40)
    assert [n.key for n in findings.notes][:1] == ["finding-rate-scatter-assumed-officer"]


def test_a_lenient_officer_is_found_with_the_tax_that_colleagues_would_have_added() -> None:
    work = [w if w.officer != "A" else Work("A", w.declarant, 60, 1) for w in HONEST]
    records = tables(declared(work))
    found, (_, findings) = ask(records)
    signal = found["A", None]
    assert [k for k, r in found.items() if r["flagged"]] == [("A", None)]
    assert (signal["observed"], signal["expected"]) == (3.0, pytest.approx(36.0))
    assert signal["effect"] < 0.5
    # Colleagues add 20 an examination: 180 of them would have added 3,600, and 300 were.
    assert signal["tax_effect"] == pytest.approx(3300.0)
    assert signal["tax_low"] <= 3300.0 <= signal["tax_high"]
    with session_from_tables(records) as session:
        rows = INDICATOR.evidence(session, signal, SETTINGS)
    assert rows.num_rows == 180
    assert sum(rows["found"].to_pylist()) == 3
    assert set(rows["counted"].to_pylist()) == {"counted"}
    assert sum(rows["expected"].to_pylist()) == pytest.approx(signal["expected"], abs=1e-6)  # rounded row by row
    assert all(r["like_found"] == pytest.approx(r["like"] / 5) for r in rows.to_pylist())
    drawn = {r["officer"]: r for r in findings.tables["officers"].to_pylist()}
    assert drawn["A"]["naive_p_low"] < 0.001


def test_a_strict_officer_is_drawn_and_not_flagged() -> None:
    work = [w if w.officer != "A" else Work("A", w.declarant, 60, 40) for w in HONEST]
    found, (_, findings) = ask(tables(declared(work)))
    assert not found["A", None]["signal"]
    drawn = {r["officer"]: r for r in findings.tables["officers"].to_pylist()}
    assert drawn["A"]["naive_p_high"] < 0.001


def test_easy_goods_and_safe_declarants_make_nobody_lenient() -> None:
    easy = [Work("A", "X", 300, 3), Work("A", "Y", 60, 12)]
    rest = [Work(o, d, 100, 1 if d == "X" else 20) for o in "BCD" for d in "XYZ"]
    found, _ = ask(tables(declared([*easy, *rest]), goods={"X": "250100"}))
    officer = found["A", None]
    assert officer["observed"] == 15
    assert not officer["signal"]
    assert officer["p_value"] > 0.1


def test_a_pair_is_told_from_a_lenient_officer_and_a_declarant_with_risky_goods() -> None:
    lenient = {"A": 0.4, "B": 1.0, "C": 1.0, "D": 1.0}
    risky = {"X": 60, "Y": 20, "Z": 20}
    honest = [Work(o, d, 120, round(lenient[o] * risky[d])) for o in lenient for d in risky]
    found, _ = ask(tables(declared(honest)))
    assert not any(r["signal"] for k, r in found.items() if k[1])
    pair = [w if (w.officer, w.declarant) != ("B", "X") else Work("B", "X", 120, 4) for w in honest]
    found, _ = ask(tables(declared(pair)))
    assert [k for k, r in found.items() if r["flagged"] and k[1]] == [("B", "X")]


def test_the_random_share_is_shown_as_selected_and_not_as_examined() -> None:
    rows = declared([Work("A", "X", 50, 5, reason="random"), Work("A", "X", 50, 20, reason="C1")])
    records = tables(rows)
    unexamined = [r["declaration_id"] for r in rows[:10]]
    acts = [a for a in records["inspections"].to_pylist() if a["declaration_id"] not in unexamined]
    found = sum(a["outcome"] == "discrepancy" for a in acts if a["declaration_id"] < "D00050")
    _, (_, findings) = ask({**records, "inspections": table("inspections", acts)})
    shown = {r["selected"]: r for r in findings.tables["random_share"].to_pylist()}
    assert (shown["random"]["n"], shown["random"]["examined"], shown["random"]["found"]) == (50, 40, found)
    assert (shown["random"]["low"], shown["random"]["high"]) == (found / 50, (found + 10) / 50)
    assert shown["criteria"]["found"] == 20


def test_goods_never_examined_are_not_clean() -> None:
    rows = declared(HONEST)
    records = tables(rows)
    acts = records["inspections"].to_pylist()
    kept = [a for a, r in zip(acts, rows, strict=True) if r["officer_id"] != "A" or r["hit"]]
    found, _ = ask({**records, "inspections": table("inspections", kept)})
    assert (found["A", None]["n"], found["A", None]["observed"]) == (36, 36.0)


def test_what_cannot_be_compared_cannot_be_told() -> None:
    alone = [Work("A", "X", 60, 0), *(Work(o, d, 60, 12) for o in "BC" for d in "YZ")]
    found, _ = ask(tables(declared(alone)))
    assert found["A", "X"]["reason"] == "cannot tell: colleagues examined under 30 declarations of this declarant"
    desk = [Work("A", "X", 60, 0, section="B"), *(Work(o, d, 60, 12) for o in "BC" for d in "YZ")]
    found, _ = ask(tables(declared(desk)))
    assert found["A", None]["reason"] == "cannot tell: under 30 examinations of goods that colleagues examine too"


def test_what_the_records_lack_is_said() -> None:
    records = tables(declared(HONEST))
    with session_from_tables({k: v for k, v in records.items() if k != "items"}) as session:
        session.present["declarations"] -= {"lane_reason", "section"}
        session.present["inspections"] -= {"officer_id", "additional_tax"}
        cells = INDICATOR.cells(session, SETTINGS)
    findings = INDICATOR.test(cells, SETTINGS)
    assert "random_share" not in findings.tables
    assert {n.key for n in cells.notes} == {
        "finding-rate-no-reason",
        "finding-rate-no-items",
        "finding-rate-no-author",
        "finding-rate-no-tax",
    }


@pytest.mark.parametrize(("recorded", "clears"), [(datetime(2024, 12, 1), True), (datetime(2025, 2, 1), False)])
def test_a_specialist_desk_written_down_before_clears(recorded: datetime, clears: bool) -> None:
    work = [*(Work(o, d, 90, 18) for o in "BCD" for d in "XYZ"), Work("A", "X", 90, 18), Work("A", "Y", 90, 2)]
    records = tables(declared(work), goods={"Y": "870323"})
    found, _ = ask(records)
    desk = {
        "officer_id": "A",
        "kind": "specialist desk",
        "from_date": date(2025, 1, 1),
        "detail": "HS 8703",
        "recorded_at": recorded,
        "recorded_by": "HR",
    }
    with session_from_tables({**records, "duties": table("duties", [desk])}) as session:
        tried = {e.explanation: e for e in INDICATOR.explain(session, found["A", None], SETTINGS)}
    assert tried["specialist-desk"].status == "found"
    assert tried["specialist-desk"].clears == clears


def test_the_order_of_the_cells_leaves_no_trace() -> None:
    work = [w if w.officer != "A" else Work("A", w.declarant, 60, 1) for w in HONEST]
    with session_from_tables(tables(declared(work), goods={"X": "250100"})) as session:
        cells = INDICATOR.cells(session, SETTINGS)
    table_ = cells.tables["cells"]
    turned = {**cells.tables, "cells": table_.take(np.random.default_rng(1).permutation(table_.num_rows))}
    ours, theirs = INDICATOR.test(cells, SETTINGS), INDICATOR.test(Cells(turned), SETTINGS)
    assert ours.signals.equals(theirs.signals)
    assert all(ours.tables[name].equals(theirs.tables[name]) for name in ours.tables)
