"""Tax at stake, the funnel, declarants and the number from which zero means something, against plain arithmetic."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats

from arusha.indicators.definition import Settings
from arusha.indicators.finding_cells import Examined
from arusha.indicators.finding_tables import declarants_table, random_table, tax_at_stake, zero_table

SETTINGS = Settings(date(2025, 1, 6), date(2026, 1, 5))


def cells(rows: list[tuple[str, str, int, int, int, float]], lane: str = "red") -> pa.Table:
    """One office, one kind of goods: (officer, declarant, quarter, examinations, findings, tax added)."""
    return pa.table(
        {
            "office": ["PORT"] * len(rows),
            "section": ["A"] * len(rows),
            "lane": [lane] * len(rows),
            "goods": ["textile"] * len(rows),
            "random": [0] * len(rows),
            "officer": [r[0] for r in rows],
            "declarant": [r[1] for r in rows],
            "quarter": [r[2] for r in rows],
            "n": [r[3] for r in rows],
            "found": [r[4] for r in rows],
            "tax": [round(1000 * r[5]) for r in rows],
            "batches": [r[3] for r in rows],
            "batches_found": [r[4] for r in rows],
        }
    )


def stake(table: pa.Table, officer: str = "A", declarant: str | None = None, seed: int = 1) -> dict[str, Any]:
    row = {"office": "PORT", "unit_id": officer, "other_id": declarant, "signal_id": f"{seed:x}"}
    tax_at_stake(Examined.of(table), [row], SETTINGS)
    return row


def test_tax_at_stake_by_hand() -> None:
    """Colleagues added 20 an examination of X's goods and 5 of Y's; A examined 30 of each and added 100."""
    rows = [("A", "X", 1, 30, 1, 100.0), ("A", "Y", 1, 30, 0, 0.0)]
    rows += [("B", "X", 1, 60, 12, 1200.0), ("B", "Y", 1, 40, 2, 200.0)]
    officer = stake(cells(rows))
    # Of the kind: 1,400 in 100 examinations, 14 each; 60 of them would have added 840.
    assert officer["tax_effect"] == pytest.approx(60 * 14 - 100)
    pair = stake(cells([*rows, ("C", "X", 1, 20, 4, 400.0)]), declarant="X")
    assert pair.get("tax_effect") is None, "one cell of the pair's own says nothing of its error"
    two = [("A", "X", 2, 30, 0, 0.0), ("C", "X", 1, 20, 4, 400.0)]
    pair = stake(cells([*rows, *two]), declarant="X")
    assert pair["tax_effect"] == pytest.approx(60 * 1600 / 80 - 100)


def test_one_large_finding_of_a_colleague_is_not_a_certain_loss() -> None:
    """Thirty examinations of colleagues, one of which added a million: 60 clean ones are not two million lost."""
    rows = [("A", "X", q, 15, 0, 0.0) for q in range(4)]
    rows += [("B", "X", 1, 10, 1, 1_000_000.0), ("C", "X", 2, 10, 0, 0.0), ("B", "X", 3, 10, 0, 0.0)]
    found = stake(cells(rows), declarant="X")
    assert found["tax_effect"] == pytest.approx(2_000_000)
    # A single finding has a relative error of one: nothing lies within the interval's reach.
    assert found["tax_low"] <= 40_000 + 2_000_000 * (1 - 1.96 * np.sqrt(29 / 30))


def test_cells_that_are_all_alike_leave_the_noise_of_counts() -> None:
    """3 x 60 examinations with one finding each, 9 x 60 with twelve each, of 100: cells do not differ."""
    rows = [("A", d, 1, 60, 1, 100.0) for d in "XYZ"]
    rows += [(o, d, 1, 60, 12, 1200.0) for o in "BCD" for d in "XYZ"]
    found = stake(cells(rows))
    assert found["tax_effect"] == pytest.approx(3300)
    noise = 100 * np.sqrt(3 * (1 - 3 / 180) + (180 / 540) ** 2 * 108 * 0.8)
    assert found["tax_high"] - 3300 == pytest.approx(stats.norm.isf(0.025) * noise)
    assert 3300 - found["tax_low"] == pytest.approx(stats.norm.isf(0.025) * noise)


def test_the_interval_of_the_tax_covers_with_few_colleagues() -> None:
    """An officer who adds half of what colleagues do, amounts of heavy tail, two colleagues, 120 worlds."""
    rng = np.random.default_rng(3)
    covered = narrow = 0
    for world in range(120):
        rows = []
        for officer in "ABC":
            for declarant in range(10):
                n = int(rng.integers(5, 25))
                hits = rng.random(n) < (0.1 if officer == "A" else 0.2)
                tax = float(np.exp(rng.normal(0, 1, n))[hits].sum()) * 100
                rows.append((officer, f"D{declarant}", 1, n, int(hits.sum()), tax))
        found = stake(cells(rows), seed=world + 1)
        own = sum(r[3] for r in rows if r[0] == "A")
        # The true loss: what colleagues would have added on average, less what these examinations would on average.
        truth = own * (0.2 - 0.1) * 100 * np.exp(0.5)
        covered += found["tax_low"] <= truth <= found["tax_high"]
        narrow += found["tax_high"] - found["tax_low"] < 1e-9
    # Nominal 114; three standard errors (2.4) and the skewness of 20 cells below.
    assert covered >= 104
    assert not narrow


def test_a_declarant_is_not_held_against_its_own_goods() -> None:
    """X brings nine tenths of the goods: in what it is held against its own findings would hide themselves."""
    rows = [("A", "X", 1, 900, 180, 0.0), ("A", "Y", 1, 60, 6, 0.0), ("B", "Z", 1, 40, 4, 0.0)]
    found = {r["declarant"]: r for r in declarants_table(Examined.of(cells(rows)), 0.95).to_pylist()}
    # Others: 10 findings in 100.
    assert found["X"]["expected"] == pytest.approx(90.0)
    assert found["X"]["ratio"] == pytest.approx(2.0)
    # Ten findings of others leave a relative error of a third, whatever X's own: Garwood's would be 1.72 to 2.31.
    assert found["X"]["low"] < 1.1
    assert found["X"]["high"] > 3.5
    alone = [*rows, ("A", "W", 1, 50, 5, 0.0)]
    table = cells(alone).set_column(3, "goods", pa.array(["textile"] * 3 + ["arms"]))
    assert "W" not in declarants_table(Examined.of(table), 0.95)["declarant"].to_pylist()


def test_the_random_share_is_bounded_by_what_was_never_examined() -> None:
    given = pa.table({"selected": ["random", "criteria"], "n": [50, 40], "examined": [40, 0], "found": [4, 0]})
    shown = random_table(given, 0.95).to_pylist()
    assert (shown[0]["rate_of_examined"], shown[0]["low"], shown[0]["high"]) == (0.1, 4 / 50, 14 / 50)
    low, high = stats.beta.ppf(0.025, 4, 37), stats.beta.ppf(0.975, 5, 36)
    assert (shown[0]["interval_low"], shown[0]["interval_high"]) == pytest.approx((low, high), rel=1e-9)
    # Nothing examined: nothing known but the bounds.
    assert shown[1]["rate_of_examined"] is None
    assert (shown[1]["low"], shown[1]["high"]) == (0.0, 1.0)


def test_zero_means_something_from_a_number_that_the_rate_says() -> None:
    found = zero_table(Examined.of(cells([("A", "X", 1, 100, 2, 0.0), ("B", "X", 1, 100, 2, 0.0)]))).to_pylist()
    # 0.98^342 is the first power under 0.001.
    assert [(r["n"], r["found"], r["rate"], r["smallest_n"]) for r in found] == [(200, 4, 0.02, 342)]
    none = zero_table(Examined.of(cells([("A", "X", 1, 100, 0, 0.0)]))).to_pylist()
    assert none[0]["smallest_n"] is None
