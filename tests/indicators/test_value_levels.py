from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from price_world import END, START, world

from arusha.engine import session_from_tables
from arusha.indicators.definition import Findings, Settings
from arusha.indicators.value_levels import Arms, Level, tail_below
from arusha.indicators.value_shortfall import INDICATOR
from arusha.indicators.value_specific import OFFICERS_LEVEL


def ask(records: dict[str, pa.Table]) -> Findings:
    settings = Settings(START, END)
    with session_from_tables(records) as session:
        return INDICATOR.test(INDICATOR.cells(session, settings), settings)


def used(officer: np.ndarray, declarant: np.ndarray, product: np.ndarray) -> np.ndarray:
    """One officer sees the used goods of every third product, whoever brings them: two thirds of what is seen of it."""
    other = np.random.default_rng(1).random(officer.size) < 2 / 3
    return np.where(other & (officer == 0) & (product % 3 == 0), 0.4, 1.0)


def test_used_goods_that_some_officers_see_are_told_of_the_office_and_of_nobody() -> None:
    records = world(31, declarations=12_000, factor=used)[0]
    found = ask(records)
    rows = found.signals.to_pylist()
    assert not any(r["signal"] for r in rows)
    lost = [r for r in rows if r["reason"] == OFFICERS_LEVEL]
    assert lost
    assert {r["unit_id"] for r in lost} == {"F0"}
    assert all(r["p_value"] is None for r in lost)
    (note,) = (n for n in found.notes if n.key == "value-officer-level")
    assert note.values["pairs"] == len(lost)
    # What goes beyond ordinary differences is counted before the officer's level is asked for: the two notes agree.
    (counted,) = (n for n in found.notes if n.key == "value-naive")
    assert counted.values["standing"] >= note.values["pairs"]
    assert "F0" not in note.text


def test_a_pair_far_below_its_officers_level_is_still_found() -> None:
    def both(officer: np.ndarray, declarant: np.ndarray, product: np.ndarray) -> np.ndarray:
        return used(officer, declarant, product) * np.where((officer == 4) & (declarant == 2), 0.6, 1.0)

    rows = ask(world(31, declarations=12_000, factor=both)[0]).signals.to_pylist()
    assert [(r["unit_id"], r["other_id"]) for r in rows if r["flagged"]] == [("F4", "B2")]


def arms(seed: int) -> pa.Table:
    """One office: an arm of every officer, declarant and product; officer o0 is half a log lower in product 870100."""
    rng = np.random.default_rng(seed)
    rows = []
    for officer in range(5):
        for declarant in range(6):
            for line, hs6 in enumerate(("870100", "870200", "610900")):
                n = int(rng.integers(5, 30))
                low = -0.5 if (officer, hs6) == (0, "870100") else 0.0
                gap = round(1000 * n * (low + rng.normal(0, 0.02)))
                rows.append(("P", f"d{declarant}", f"m{declarant}", line, f"o{officer}", hs6, n, gap))
    names = ("office", "declarant", "importer", "line", "officer", "hs6", "n", "gap")
    return pa.table({name: [row[i] for row in rows] for i, name in enumerate(names)})


def by_hand(table: pa.Table, officer: str, declarant: str, aside: tuple[str, ...]) -> float:
    """Row by row: the officer's mean over other declarants, product by product, before it is drawn in."""
    rows = table.to_pylist()

    def told(row: dict) -> tuple[float, float]:
        line = [
            r
            for r in rows
            if (r["declarant"], r["line"]) == (row["declarant"], row["line"])
            and (r["officer"] not in aside or r["officer"] == officer)
        ]
        n, gap = sum(r["n"] for r in line), sum(r["gap"] for r in line) / 1000
        return row["gap"] / 1000 - row["n"] * gap / n, row["n"] * (1 - row["n"] / n)

    mine = [r for r in rows if r["officer"] == officer]
    weight = {r["hs6"]: told(r)[1] for r in mine if r["declarant"] == declarant}
    level = 0.0
    for hs6, share in weight.items():
        others = [told(r) for r in mine if r["hs6"] == hs6 and r["declarant"] != declarant]
        level += share / sum(weight.values()) * sum(a for a, _ in others) / sum(i for _, i in others)
    return level


@pytest.mark.parametrize("aside", [(), ("o0",), ("o0", "o3")])
def test_the_level_is_the_mean_over_other_declarants_drawn_in(aside: tuple[str, ...]) -> None:
    table = arms(3)
    level = Arms.by_office(table)["P"].level("o0", "d1", aside)
    assert level is not None
    plain = by_hand(table, "o0", "d1", aside)
    # Officers differ by far more here than a level is uncertain, so that next to nothing is drawn in.
    assert level.mean == pytest.approx(plain, rel=0.02)
    assert abs(level.mean) < abs(plain)
    assert 0 < level.variance < 0.02**2
    assert 3 < level.declarants <= 5


def test_where_officers_differ_by_chance_alone_there_is_no_level() -> None:
    table = arms(4)
    gap = [1000 * n + round(30 * n * ((i * 7919) % 13 - 6) / 6) for i, n in enumerate(table["n"].to_pylist())]
    table = table.set_column(table.schema.get_field_index("gap"), "gap", pa.array(gap))
    level = Arms.by_office(table)["P"].level("o1", "d1", ())
    assert level is not None
    assert abs(level.mean) < 0.01
    assert level.variance < 0.01**2


def test_too_few_other_declarants_tell_no_level() -> None:
    table = arms(5)
    three = table.filter(pa.array([d in ("d0", "d1", "d2") for d in table["declarant"].to_pylist()]))
    assert Arms.by_office(three)["P"].level("o0", "d1", ()) is None


def test_what_is_uncertain_of_the_level_widens_the_tail() -> None:
    sure, vague = Level(-0.1, 1e-12, 9.0, 0.2), Level(-0.1, 0.0025, 9.0, 0.2)
    p, z, variance = tail_below(-0.3, 0.05, sure)
    # Four standard errors of a normal law.
    assert (p, z, variance) == (pytest.approx(3.1671e-5, rel=1e-4), pytest.approx(4.0), pytest.approx(0.0025))
    assert tail_below(-0.3, 0.05, vague)[0] > 20 * p
