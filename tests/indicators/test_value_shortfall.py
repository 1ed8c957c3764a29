from __future__ import annotations

from datetime import date, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from price_world import END, RATE, START, world
from small_office import table

from arusha.engine import session_from_tables
from arusha.indicators.definition import Cells, Findings, Settings
from arusha.indicators.value_shortfall import INDICATOR

SETTINGS = Settings(START, END)

Answer = tuple[dict[tuple[str, str | None], dict[str, Any]], Cells, Findings]


def ask(
    records: dict[str, pa.Table], without: dict[str, set[str]] | None = None, settings: Settings = SETTINGS
) -> Answer:
    with session_from_tables(records) as session:
        for name, columns in (without or {}).items():
            session.present[name] -= columns
        cells = INDICATOR.cells(session, settings)
        findings = INDICATOR.test(cells, settings)
    return {(r["unit_id"], r["other_id"]): r for r in findings.signals.to_pylist()}, cells, findings


def flagged(answer: Answer) -> list[tuple[str, str | None]]:
    return [k for k, r in answer[0].items() if r["flagged"]]


def lower(pairs: set[tuple[int, int]], by: float, product: int | None = None):
    """Declared values of these officers and declarants times ``1 - by``."""

    def factor(officer: np.ndarray, declarant: np.ndarray, products: np.ndarray) -> np.ndarray:
        hit = np.zeros(officer.size, dtype=bool)
        for f, b in pairs:
            hit |= (officer == f) & (declarant == b)
        if product is not None:
            hit &= products == product
        return np.where(hit, 1 - by, 1.0)

    return factor


def test_a_clean_port_has_no_signal_and_no_loss() -> None:
    found, cells, findings = ask(world(1)[0])
    assert len(found) == 60
    assert not any(r["signal"] for r in found.values())
    # Every gap counts with its sign, so that noise alone adds up to nothing.
    curve = findings.tables["concentration"].to_pylist()
    assert all(r["low"] < 0 < r["high"] for r in curve)
    assert "detail" not in cells.tables or cells.tables["detail"].num_rows


def test_an_undervalued_pair_is_found_with_its_size_and_its_tax() -> None:
    records, true, code = world(2, factor=lower({(1, 2)}, 0.3))
    answer = ask(records)
    assert flagged(answer) == [("F1", "B2")]
    row = answer[0]["F1", "B2"]
    # One standard error of the pair's contrast is about 2%.
    assert row["observed"] / row["expected"] == pytest.approx(0.7, abs=0.06)
    assert row["ci_low"] < row["effect"] < row["ci_high"] < 0
    stake = answer[2].tables["stakes"].to_pylist()[0]
    assert stake["tax_of_all"] == pytest.approx(RATE * 0.7 * float(true[code == 102].sum()), rel=1e-4)
    assert 0.5 < stake["tax_of_compared"] / stake["tax_of_all"] < 1.0
    # What the compared goods lost: three tenths of their worth, of which seven tenths were declared.
    lost = stake["tax_of_compared"] * 0.3 / 0.7
    assert row["tax_low"] < lost < row["tax_high"]
    assert row["tax_effect"] == pytest.approx(lost, rel=0.3)
    with session_from_tables(records) as session:
        rows = INDICATOR.evidence(session, row, SETTINGS)
    whose = rows["whose"].to_pylist()
    ratio = np.array(rows["assessed_to_like"].to_pylist())
    mine = np.array(whose) == "this officer"
    assert np.exp(np.log(ratio[mine]).mean() - np.log(ratio[~mine]).mean()) == pytest.approx(0.7, abs=0.1)
    assert {"source_file", "source_line"} <= set(rows.column_names)
    # Each row is one item, with what its ratio is made of.
    items = {(i["declaration_id"], i["item_no"]): i for i in records["items"].to_pylist()}
    for told in rows.to_pylist():
        item = items[told["declaration_id"], told["item_no"]]
        assert (told["value"], told["amount"]) == (item["assessed_value"], item["net_mass_kg"])
        unit_value = told["value"] / told["amount"]
        assert unit_value / told["like_unit_value"] == pytest.approx(told["assessed_to_like"], rel=1e-9)
    assert len({(r["declaration_id"], r["item_no"]) for r in rows.to_pylist()}) == rows.num_rows


@pytest.mark.parametrize("seed", [23, 25, 27])
def test_every_signal_has_its_tax_also_where_few_pairs_are_tested(seed: int) -> None:
    """The fewer are tested, the larger the p of a signal can be: its goods must have been read all the same."""
    records, _, _ = world(seed, declarations=3000, officers=3, declarants=6, factor=lower({(1, 0), (2, 1)}, 0.06))
    found, cells, _ = ask(records, settings=Settings(START, END, rate=0.5, min_exposure=200))
    signals = [r for r in found.values() if r["signal"]]
    assert signals
    assert all(r["tax_low"] < r["tax_effect"] < r["tax_high"] for r in signals)
    assert {r["other_id"] for r in signals} <= set(cells.tables["detail"]["declarant"].to_pylist())


def test_an_importer_with_cheaper_goods_is_no_signal() -> None:
    everyone = {(f, 2) for f in range(6)}
    answer = ask(world(3, factor=lower(everyone, 0.5))[0])
    assert not flagged(answer)
    row = answer[0]["F1", "B2"]
    assert row["observed"] < 0.75
    assert row["observed"] / row["expected"] == pytest.approx(1.0, abs=0.1)


def test_a_ring_is_seen_whole() -> None:
    ring = {(1, 2), (2, 2), (3, 2)}
    answer = ask(world(4, factor=lower(ring, 0.3))[0])
    assert set(flagged(answer)) == {("F1", "B2"), ("F2", "B2"), ("F3", "B2")}
    assert answer[0]["F1", "B2"]["observed"] / answer[0]["F1", "B2"]["expected"] == pytest.approx(0.7, abs=0.06)


def test_a_strict_officer_makes_nobody_look_low() -> None:
    def strict(officer: np.ndarray, declarant: np.ndarray) -> np.ndarray:
        return np.where((officer == 0) & (declarant == 2), 1.6, 1.0)

    assert not flagged(ask(world(5, raised=strict)[0]))


def test_what_only_colleagues_raised_is_told_apart() -> None:
    def raised(officer: np.ndarray, declarant: np.ndarray) -> np.ndarray:
        return np.where((declarant == 2) & (officer != 1), 1.4, 1.0)

    answer = ask(world(6, raised=raised)[0])
    assert flagged(answer) == [("F1", "B2")]
    pairs = {(r["officer"], r["declarant"]): r for r in answer[2].tables["pairs"].to_pylist()}
    pair = pairs["F1", "B2"]
    assert pair["contrast"] == pytest.approx(-np.log(1.4), abs=0.08)
    assert pair["declared_contrast"] == pytest.approx(0.0, abs=0.08)


def test_a_declarant_with_one_officer_cannot_be_told() -> None:
    records = world(7)[0]
    declarations = records["declarations"].to_pylist()
    for row in declarations:
        if row["declarant_id"] == "B3":
            row["officer_id"] = "F9"
    alone = pa.Table.from_pylist(declarations, schema=records["declarations"].schema)
    found, _, _ = ask({**records, "declarations": alone})
    reason = found["F9", "B3"]["reason"]
    assert reason == "cannot tell: under 30 items beside the declarant's own with other officers"
    assert found["F9", "B3"]["p_value"] is None


def test_goods_without_like_goods_are_held_against_the_importers_own() -> None:
    records = world(8)[0]
    items = records["items"]
    own = pa.array([f"99{i % 4:04d}" for i in range(items.num_rows)])
    lonely = records["declarations"].filter(
        pa.array([b == "B1" for b in records["declarations"]["declarant_id"].to_pylist()])
    )
    theirs = set(lonely["declaration_id"].to_pylist())
    codes = [
        o if d in theirs else h
        for d, h, o in zip(
            items["declaration_id"].to_pylist(), items["hs_code"].to_pylist(), own.to_pylist(), strict=True
        )
    ]
    changed = items.set_column(items.column_names.index("hs_code"), "hs_code", pa.array(codes))
    found, _, findings = ask({**records, "items": changed})
    assert found["F1", "B1"]["reason"] is None
    notes = {n.key: n.values for n in findings.notes}
    assert notes["value-coverage"]["referenced"] < notes["value-coverage"]["priced"]
    assert notes["value-beside-own"]["own"] >= sum(r["n"] for (_, b), r in found.items() if b == "B1")


def test_without_officers_declarants_are_held_against_each_other_and_it_is_said() -> None:
    everyone = {(f, 2) for f in range(6)}
    records = world(9, declarants=14, factor=lower(everyone, 0.6))[0]
    answer = ask(records, {"declarations": {"officer_id"}, "items": {"duty_rate", "assessed_value"}})
    found, cells, findings = answer
    assert {r["unit_kind"] for r in found.values()} == {"declarant"}
    assert flagged(answer) == [("B2", None)]
    assert found["B2", None]["observed"] == pytest.approx(0.4, abs=0.12)
    assert {n.key for n in cells.notes} == {"value-no-officer", "value-no-assessed", "value-no-tax"}
    assert "concentration" not in findings.tables
    clean = ask(world(10, declarants=14)[0], {"declarations": {"officer_id"}})
    assert not flagged(clean)


def test_quantities_stand_in_where_there_is_no_mass() -> None:
    records = world(11, factor=lower({(1, 2)}, 0.3))[0]
    items = records["items"].rename_columns(
        ["quantity" if c == "net_mass_kg" else c for c in records["items"].column_names]
    )
    items = items.append_column("unit", pa.array(["PCE"] * items.num_rows))
    assert flagged(ask({**records, "items": items})) == [("F1", "B2")]


def test_explanations_look_at_duties_and_at_single_products() -> None:
    records = world(12, declarations=12_000, factor=lower({(1, 2)}, 0.85, product=20))[0]
    answer = ask(records)
    assert flagged(answer) == [("F1", "B2")]
    signal = answer[0]["F1", "B2"]
    desk = {
        "officer_id": "F1",
        "kind": "specialist desk",
        "from_date": date(2025, 1, 1),
        "detail": "HS 610020",
        "recorded_at": datetime(2024, 12, 1),
        "recorded_by": "HR",
    }
    with session_from_tables({**records, "duties": table("duties", [desk])}) as session:
        tried = {e.explanation: e for e in INDICATOR.explain(session, signal, SETTINGS)}
    assert tried["one-product"].status == "found"
    assert not tried["one-product"].clears
    assert tried["acting-cover"].status == "not found"
    with session_from_tables(records) as session:
        tried = {e.explanation: e for e in INDICATOR.explain(session, signal, SETTINGS)}
    assert tried["specialist-desk"].status == "not checked: needs duties"


def test_nothing_that_can_be_priced_is_an_empty_answer() -> None:
    records = world(13, declarations=50)[0]
    bare = records["items"].drop_columns(["net_mass_kg"])
    found, _, findings = ask(
        {**records, "items": bare.append_column("net_mass_kg", pa.nulls(bare.num_rows, pa.float64()))}
    )
    assert not found
    assert findings.notes[0].key == "value-nothing-priced"


def test_absurd_values_are_drawn_in_and_break_nothing() -> None:
    records = world(14)[0]
    values = records["items"]["declared_value"].to_pylist()
    values[0], values[1], values[2] = 1e44, 1e-9, 0.0
    items = records["items"]
    for name in ("declared_value", "assessed_value"):
        items = items.set_column(items.column_names.index(name), name, pa.array(values))
    found, _, _ = ask({**records, "items": items})
    assert len(found) == 60
    assert not any(r["signal"] for r in found.values())


def in_sections(seed: int, lower: float | None = None) -> dict[str, pa.Table]:
    """One declarant brings half of its goods, a fifth cheaper, to a shed where three of nine officers work.

    ``lower``: what one of the three takes off the values of that declarant's goods there.
    """
    records, _, _ = world(seed, declarations=9000, declarants=6, officers=9)
    rng = np.random.default_rng([seed, 1])
    made = records["declarations"]
    theirs = np.array([b == "B2" for b in made["declarant_id"].to_pylist()])
    second = theirs & (rng.random(made.num_rows) < 0.5)
    officer = np.where(second, rng.integers(6, 9, second.size), rng.integers(0, 9, second.size))
    at = made.column_names.index("officer_id")
    made = made.set_column(at, "officer_id", pa.array([f"F{f}" for f in officer]))
    made = made.append_column("section", pa.array(np.where(second, "S2", "S1")))
    price = np.where(second, 0.8, 1.0)
    if lower is not None:
        price = np.where(second & (officer == 6), 0.8 * (1 - lower), price)
    items = records["items"]
    of = np.array([int(name[1:]) for name in items["declaration_id"].to_pylist()])
    for name in ("declared_value", "assessed_value"):
        lowered = pa.array(items[name].to_numpy() * price[of])
        items = items.set_column(items.column_names.index(name), name, lowered)
    return {**records, "declarations": made, "items": items}


def test_goods_are_compared_within_a_section() -> None:
    records = in_sections(21)
    blind = ask(records, without={"declarations": {"section"}})
    assert set(flagged(blind)) == {("F6", "B2"), ("F7", "B2"), ("F8", "B2")}, (
        "cheaper goods look like an officer's doing"
    )
    answer = ask(records)
    assert flagged(answer) == []
    assert answer[0]["F6", "B2"]["p_value"] is not None, "the three are held against each other"


def test_a_pair_is_found_within_its_section() -> None:
    assert flagged(ask(in_sections(22, lower=0.2))) == [("F6", "B2")]
