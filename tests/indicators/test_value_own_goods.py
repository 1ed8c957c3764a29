"""Goods that nobody else brings, held against the importer's own with other officers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from price_world import END, RATE, START, world

from arusha.engine import session_from_tables
from arusha.engine.query import Query, Step
from arusha.indicators.definition import Findings, Settings
from arusha.indicators.value_contrasts import contrasts
from arusha.indicators.value_shortfall import INDICATOR

SETTINGS = Settings(START, END)


def lonely(seed: int, **options: object) -> tuple[dict[str, pa.Table], np.ndarray, np.ndarray]:
    """The port, with a product code of its own for each importer's product: no goods have like goods."""
    records, true, who = world(seed, **options)  # type: ignore[arg-type]
    importer = dict(
        zip(*(records["declarations"][n].to_pylist() for n in ("declaration_id", "importer_id")), strict=True)
    )
    items = records["items"]
    codes = [
        f"{int(importer[d][1:]):03d}{h[3:6]}00"
        for d, h in zip(items["declaration_id"].to_pylist(), items["hs_code"].to_pylist(), strict=True)
    ]
    return with_items(records, hs_code=codes), true, who


def with_items(records: dict[str, pa.Table], **columns: list) -> dict[str, pa.Table]:
    items = records["items"]
    for name, values in columns.items():
        items = items.set_column(items.column_names.index(name), name, pa.array(values))
    return {**records, "items": items}


def ask(records: dict[str, pa.Table]) -> tuple[dict, dict[str, pa.Table], Findings]:
    with session_from_tables(records) as session:
        cells = INDICATOR.cells(session, SETTINGS)
        findings = INDICATOR.test(cells, SETTINGS)
    return {(r["unit_id"], r["other_id"]): r for r in findings.signals.to_pylist()}, dict(cells.tables), findings


def lowered(officer: int, declarant: int, by: float) -> Callable[..., np.ndarray]:
    return lambda officers, declarants, products: np.where(
        (officers == officer) & (declarants == declarant), 1 - by, 1.0
    )


def test_a_pair_is_found_without_any_like_goods_with_its_tax() -> None:
    records, true, who = lonely(41, factor=lowered(1, 2, 0.35))
    found, tables, findings = ask(records)
    notes = {n.key: n.values for n in findings.notes}
    assert notes["value-coverage"]["referenced"] == 0
    assert notes["value-beside-own"]["own"] == sum(tables["covered"]["own"].to_pylist()) > 5000
    assert [key for key, row in found.items() if row["signal"]] == [("F1", "B2")]
    pair = found["F1", "B2"]
    assert pair["observed"] / pair["expected"] == pytest.approx(0.65, abs=0.06)
    lost = true[who == 102].sum() * 0.35 * RATE
    # Of the goods that are compared: those of lines that the pair alone handled bore tax as well.
    stake = next(r for r in findings.tables["stakes"].to_pylist() if r["signal_id"] == pair["signal_id"])
    part = stake["tax_of_compared"] / stake["tax_of_all"]
    assert pair["tax_low"] < lost * part < pair["tax_high"]


def test_the_contrast_is_the_within_estimate_of_plain_arithmetic() -> None:
    """By product, origin and quarter of each importer, where five items or more of the year give a middle."""
    records = lonely(42, declarations=1500, tail=30.0)[0]
    found = contrasts(ask(records)[1]["pairs"])
    rows = records["items"].to_pandas().merge(records["declarations"].to_pandas(), on="declaration_id")
    rows["log"] = np.log(rows.assessed_value / rows.net_mass_kg)
    rows["quarter"] = pd.to_datetime(rows.registered_on).dt.to_period("Q").astype(str)
    goods = ["declarant_id", "importer_id", "hs_code", "origin"]
    rows = rows[rows.groupby(goods).log.transform("size") >= 5]
    line = [*goods, "quarter"]
    rows = rows[rows.groupby(line).officer_id.transform("nunique") > 1]
    apart = rows.log - rows.groupby(line).log.transform("mean")
    own = rows.groupby([*line, "officer_id"]).log.transform("size")
    part = 1 - own / rows.groupby(line).log.transform("size")
    pair = [rows.declarant_id, rows.officer_id]
    expected = apart.groupby(pair).sum() / part.groupby(pair).sum()
    told = {(d, o): (c, n) for d, o, c, n in zip(found.declarant, found.officer, found.contrast, found.n, strict=True)}
    assert len(told) == len(expected)
    for key, value in expected.items():
        # Logs and parcels are rounded to a thousandth each, and information to a thousandth of an item.
        assert told[key][0] == pytest.approx(value, abs=2e-3)
        assert told[key][1] == (rows.groupby(pair).size())[key]


def test_a_cheaper_origin_that_one_officer_has_is_not_compared_with_others() -> None:
    records = lonely(43)[0]
    officer = dict(
        zip(*(records["declarations"][n].to_pylist() for n in ("declaration_id", "officer_id")), strict=True)
    )
    theirs = [officer[d] == "F1" for d in records["items"]["declaration_id"].to_pylist()]
    value = np.array(records["items"]["declared_value"].to_pylist())
    split = with_items(
        records,
        origin=["VN" if mine else "CN" for mine in theirs],
        declared_value=np.where(theirs, 0.5 * value, value).tolist(),
        assessed_value=np.where(theirs, 0.5 * value, value).tolist(),
    )
    found = ask(split)[0]
    assert not any(row["signal"] for row in found.values())
    reason = "cannot tell: under 30 items beside the declarant's own with other officers"
    assert found["F1", "B2"]["reason"] == reason


def test_like_goods_stay_what_goods_with_them_are_held_against() -> None:
    """A trader of goods that nobody else brings leaves the tests of all others as they are without it."""
    records = world(44)[0]
    declarations, items = records["declarations"], records["items"]
    theirs = pa.array([d == "B1" for d in declarations["declarant_id"].to_pylist()])
    lone = set(declarations.filter(theirs)["declaration_id"].to_pylist())
    mine = [d in lone for d in items["declaration_id"].to_pylist()]
    codes = [f"99{h[2:]}" if m else h for h, m in zip(items["hs_code"].to_pylist(), mine, strict=True)]
    both = contrasts(ask(with_items(records, hs_code=codes))[1]["pairs"])
    others = {
        "declarations": declarations.filter(pc.invert(theirs)),
        "items": items.filter(pc.invert(pa.array(mine))),
    }
    without = contrasts(ask(others)[1]["pairs"])
    p = dict(zip(zip(both.declarant, both.officer, strict=True), both.p.tolist(), strict=True))
    assert {key for key in p if key[0] != "B1"} == set(zip(without.declarant, without.officer, strict=True))
    for key, value in zip(zip(without.declarant, without.officer, strict=True), without.p.tolist(), strict=True):
        assert p[key] == value
    assert sum(key[0] == "B1" for key in p) == 6


def test_a_unit_of_measure_gone_wrong_is_drawn_in_to_the_importers_own_middle() -> None:
    records = lonely(45)[0]
    value = np.array(records["items"]["declared_value"].to_pylist())
    value[::200] *= 1000.0
    slipped = with_items(records, declared_value=value.tolist(), assessed_value=value.tolist())
    with session_from_tables(slipped) as session:
        INDICATOR.cells(session, SETTINGS)
        most = Step("most", "Gaps.", "SELECT MAX(gap) AS high, MIN(gap) AS low, SUM(alike) AS alike FROM value_gaps")
        row = session.run(Query("most", (most,))).to_pylist()[0]
    assert row == {"high": 2000, "low": row["low"], "alike": 0}
    assert row["low"] >= -2000
    assert not any(r["signal"] for r in ask(slipped)[0].values())


def test_p_is_even_where_officers_come_by_chance() -> None:
    p = np.concatenate([contrasts(ask(lonely(seed, declarations=2500)[0])[1]["pairs"]).p for seed in range(50, 56)])
    p = p[~np.isnan(p)]
    # 360 pairs: 18 and 3.6 expected; pairs of one importer depend on each other, hence four standard errors.
    assert 2 <= np.sum(p <= 0.05) <= 36
    assert np.sum(p <= 0.01) <= 12
    assert np.mean(p) == pytest.approx(0.5, abs=0.07)
