from __future__ import annotations

import numpy as np
import price_world
import pyarrow as pa
import pytest
from price_world import END, START

from arusha.engine import session_from_tables
from arusha.indicators import value_money
from arusha.indicators.definition import Settings
from arusha.indicators.value_kernel import largest_held
from arusha.indicators.value_lots import detail_query
from arusha.indicators.value_money import concentration, tax_at_stake
from arusha.indicators.value_records import Known, share_gaps

SEED = np.random.SeedSequence(1)


def parcels(rows: list[tuple[str, int, float, int]], line: list[int] | None = None) -> pa.Table:
    """(officer, week, log gap of one item, tax in hundredths); one importer's one product, or those of ``line``."""
    gaps = [round(gap * 1000) for _, _, gap, _ in rows]
    reference = [round(tax * np.exp(-gap / 1000)) for gap, (_, _, _, tax) in zip(gaps, rows, strict=True)]
    return pa.table(
        {
            "importer": ["I"] * len(rows),
            "line": line or [1] * len(rows),
            "officer": [r[0] for r in rows],
            "week": [r[1] for r in rows],
            "n": [1] * len(rows),
            "gap": gaps,
            "tax": [r[3] for r in rows],
            "reference_tax": reference,
            "gap_tax": [round(t * g / 1000) for t, g in zip(reference, gaps, strict=True)],
        }
    )


def test_by_hand() -> None:
    """Others at 20% over like goods, this officer's at 20% under: what bore 10.00 a week would have borne 15.00."""
    low, high = float(np.log(0.8)), float(np.log(1.2))
    rows = [("A", w, low, 1000) for w in range(10)] + [("B", w, high, 1500) for w in range(10)]
    stake = tax_at_stake(parcels(rows), "A", (), SEED, 0.95)
    assert stake is not None
    assert stake.gap == pytest.approx(low - high, abs=1e-3)
    # 100 was borne; at the declarant's own prices with B it would have been half as much again.
    assert stake.estimate == pytest.approx(100 * (1.2 / 0.8 - 1), rel=2e-3)
    assert stake.borne == pytest.approx(100.0)


def test_an_officer_set_aside_does_not_lower_the_ground() -> None:
    rows = [(o, w, -0.4 if o in "AC" else 0.0, 1000) for o in "ABC" for w in range(10)]
    whole = tax_at_stake(parcels(rows), "A", ("A", "C"), SEED, 0.95)
    partly = tax_at_stake(parcels(rows), "A", (), SEED, 0.95)
    assert whole is not None
    assert partly is not None
    assert whole.gap == pytest.approx(-0.4, abs=1e-3)
    assert partly.gap == pytest.approx(-0.2, abs=1e-3)


def test_noise_alone_costs_nothing_where_positive_parts_would_report_a_loss() -> None:
    rng = np.random.default_rng(3)
    estimates, positive = [], []
    for _ in range(100):
        noise = rng.normal(0, 0.3, 200)
        rows = [("AB"[k % 2], k // 4, float(noise[k]), round(1000 * np.exp(noise[k]))) for k in range(200)]
        stake = tax_at_stake(parcels(rows), "A", (), SEED, 0.95)
        assert stake is not None
        estimates.append(stake.estimate / stake.borne)
        own = noise[::2]
        positive.append(np.sum(np.maximum(1 - np.exp(own), 0)) / np.sum(np.exp(own)))
    # Standard error of one estimate: 0.3 * sqrt(2 / 100) = 0.042, of the mean of 100: 0.0042.
    assert np.mean(estimates) == pytest.approx(0.0, abs=0.017)
    assert np.mean(positive) > 0.08


def test_noise_alone_costs_nothing_where_lines_are_thin() -> None:
    """Forty products, one item of this officer and two of others in each: each line's own ground is itself noise.

    Weighed by the others' mean alone, lines where it came out high would count for more: a loss of 4% from noise.
    """
    rng = np.random.default_rng(6)
    estimates = []
    for _ in range(150):
        noise = rng.normal(0, 0.3, 120)
        rows = [("ABC"[k % 3], k // 6, float(noise[k]), round(100_000 * np.exp(noise[k]))) for k in range(120)]
        stake = tax_at_stake(parcels(rows, [k // 3 for k in range(120)]), "A", (), SEED, 0.95)
        assert stake is not None
        estimates.append(stake.gap)
    # Standard error of one gap: 0.3 * sqrt(1.5 / 40) = 0.058; of the mean of 150: 0.0047.
    assert np.mean(estimates) == pytest.approx(0.0, abs=0.014)


def test_the_largest_sum_of_two_lines_by_hand() -> None:
    """Two products of unlike tax: 10% low in the one that bears 300, even in the other that bears 100 a week."""
    low = float(np.log(0.9))
    rows = [("A", w, low, 27_000) for w in range(6)] + [("B", w, 0.0, 30_000) for w in range(6)]
    rows += [("A", w, 0.0, 10_000) for w in range(6)] + [("B", w, 0.0, 10_000) for w in range(6)]
    stake = tax_at_stake(parcels(rows, [1] * 12 + [2] * 12), "A", (), SEED, 0.95)
    assert stake is not None
    assert stake.borne == pytest.approx(6 * (270 + 100))
    # Weights: 300 at the line's mean level (half of it 10% low), and 100.
    first = 300 * float(np.exp(round(1000 * low) / 2000))
    assert stake.gap == pytest.approx(first * round(1000 * low) / 1000 / (first + 100), rel=1e-4)
    assert stake.estimate == pytest.approx(stake.borne * np.expm1(-stake.gap), rel=1e-9)


def reference_taxes(tables: dict[str, pa.Table]) -> np.ndarray:
    settings = Settings(START, END)
    with session_from_tables(tables) as session:
        share_gaps(session, Known.of(session), settings)
        found = session.run(detail_query([f"B{b}" for b in range(10)]))
    return np.array(found["reference_tax"].to_pylist(), dtype=float)


def test_a_unit_of_measure_gone_wrong_weighs_as_its_price_is_drawn_in() -> None:
    """Items a thousand times too dear: their weight stays what their goods would bear at the price of like goods."""
    tables, _, _ = price_world.world(5, declarations=1500)
    items = tables["items"].to_pylist()
    for item in items[::150]:
        item["declared_value"] *= 1000
        item["assessed_value"] *= 1000
    slipped = reference_taxes({**tables, "items": pa.Table.from_pylist(items)})
    plain = reference_taxes(tables)
    assert slipped.size == plain.size
    # They move the ground of others' like goods a little: two logs among ten items or more. Weighed by the tax that
    # they bear, they would count 135 times.
    ratio = slipped / np.maximum(plain, 1.0)
    assert ratio.max() < 2.0
    assert np.count_nonzero(ratio != 1.0) > 0


def test_the_interval_covers() -> None:
    rng = np.random.default_rng(4)
    covered = 0
    for world in range(150):
        lots = rng.normal(0, 0.15, (2, 30))
        rows = [
            (officer, week, float(lots[i, week] + rng.normal(0, 0.2) - 0.25 * (i == 0)), int(rng.integers(500, 2000)))
            for i, officer in enumerate("AB")
            for week in range(30)
            for _ in range(2)
        ]
        # Tax follows the price: what is undervalued bears less.
        rows = [(o, w, g, round(t * np.exp(g))) for o, w, g, t in rows]
        stake = tax_at_stake(parcels(rows), "A", (), np.random.SeedSequence(world), 0.95)
        assert stake is not None
        covered += stake.low <= stake.borne * (np.exp(0.25) - 1) <= stake.high
    # 142.5 expected; three standard errors are 8.
    assert covered >= 134


def test_nothing_to_compare_is_no_stake() -> None:
    assert tax_at_stake(parcels([("A", w, 0.0, 1000) for w in range(10)]), "A", (), SEED, 0.95) is None


def test_concentration_of_noise_is_nought_and_of_one_scheme_is_one() -> None:
    rng = np.random.default_rng(5)
    even, odd = rng.normal(0, 100, 300), rng.normal(0, 100, 300)
    tax = np.full(300, 10_000.0)
    flat = concentration(even, odd, tax, np.arange(300), 1, 0.95).to_pylist()
    assert all(r["low"] <= 0 <= r["high"] for r in flat)
    even[7] += 30_000
    odd[7] += 30_000
    steep = {r["units"]: r for r in concentration(even, odd, tax, np.arange(300), 1, 0.95).to_pylist()}
    assert steep[1]["shortfall"] == pytest.approx(600.0, rel=0.02)
    assert steep[1]["shortfall"] / steep[300]["shortfall"] == pytest.approx(1.0, abs=0.1)
    # The unit's declarant may be drawn never or twice.
    assert steep[1]["low"] < 0.0005
    assert steep[1]["high"] > steep[1]["share"]


def test_the_curve_counts_each_unit_as_often_as_its_declarant_was_drawn() -> None:
    rng = np.random.default_rng(8)
    cluster, counted = rng.integers(0, 12, 60), rng.integers(-500, 500, 60).astype(np.float64)
    times = rng.multinomial(12, np.full(12, 1 / 12), 30)
    tops = np.array([1, 2, 5, 20, 60])
    found = np.zeros((30, tops.size))
    largest_held(cluster, counted, times, tops, 0, 30, found)
    for draw, often in zip(found, times[:, cluster], strict=True):
        reached, held = np.cumsum(often), np.cumsum(counted * often)
        # Whole units: the one that reaches the number counts in full; with too few, all of them.
        assert draw.tolist() == held[np.minimum(np.searchsorted(reached, tops), 59)].tolist()


def test_the_curve_is_the_same_on_any_number_of_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(9)
    even, odd, cluster = rng.normal(5, 100, 400), rng.normal(5, 100, 400), rng.integers(0, 50, 400)
    curves = []
    for threads in (1, 2, 4):
        monkeypatch.setattr(value_money, "THREADS", threads)
        curves.append(concentration(even, odd, np.full(400, 1e4), cluster, 1, 0.95))
    assert curves[0].equals(curves[1])
    assert curves[0].equals(curves[2])


def test_an_empty_curve_has_its_columns() -> None:
    nothing = np.zeros(0)
    found = concentration(nothing, nothing, nothing, nothing.astype(int), 1, 0.95)
    assert found.column_names == ["units", "shortfall", "share", "low", "high"]
    assert found.num_rows == 0
