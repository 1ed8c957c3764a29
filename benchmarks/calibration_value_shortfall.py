"""How often value-shortfall flags a clean administration, and how often it finds an undervalued pair.

    python benchmarks/calibration_value_shortfall.py [worlds]

Clean worlds: two offices, officers in sections; products, origins, importers and importers' products have prices of
their own; the market drifts, and an importer's supplier may change in mid-year; a batch's declarations share a part;
prices have heavy tails and a few units of measure are wrong; officers differ in how often they raise a value. Planted:
pairs whose declared values are lowered.
"""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
from small_worlds import Traffic, planted_pairs, shown, traffic

from arusha.engine import session_from_tables
from arusha.indicators.definition import Settings
from arusha.indicators.value_shortfall import INDICATOR

START = date(2025, 1, 6)
SETTINGS = Settings(START, START + timedelta(days=364))


def world(seed: int, *, tail: float = 3.0, raising: float = 0.1) -> tuple[Traffic, np.ndarray, np.random.Generator]:
    """Controlled declarations of a year and a log price for each of their items' lines (one item a declaration)."""
    rng = np.random.default_rng(seed)
    goods = traffic(rng, declarations=70_000, offices=2, officers=10, declarants=30, controlled=0.35)
    goods = goods.take(np.flatnonzero(goods.lane < 2))
    # An importer buys the same few products again and again.
    product = goods.section * 40 + (goods.importer * 7 + rng.integers(0, 4, goods.day.size) * 11) % 40
    origin = (product + rng.integers(0, 2, product.size)) % 5
    both = np.unique(goods.importer * 1000 + product, return_inverse=True)[1]
    moved = (rng.random(both.max() + 1) < 0.15)[both] & (goods.day > rng.integers(60, 300, both.max() + 1)[both])
    log_price = (
        rng.normal(3, 1, 100)[product]
        + rng.normal(0, 0.2, 5)[origin]
        + rng.normal(0, 0.25, both.max() + 1)[both]
        + np.where(moved, rng.normal(-0.2, 0.2, both.max() + 1)[both], 0.0)
        + np.cumsum(rng.normal(0, 0.05, 53))[goods.day // 7]
        + rng.normal(0, 0.1, int(goods.batch.max()) + 1)[goods.batch]
        + rng.standard_t(tail, product.size) * 0.2
        + np.where(rng.random(product.size) < 0.003, np.log(1000.0), 0.0)
    )
    zeal = rng.beta(2, 2, int(goods.officer.max()) + 1)[goods.officer]
    log_price += np.where(rng.random(product.size) < raising * 2 * zeal, 0.15, 0.0)
    world.goods = product, origin
    return goods, log_price, rng


def records(goods: Traffic, log_price: np.ndarray, rng: np.random.Generator) -> dict[str, pa.Table]:
    product, origin = world.goods
    n = product.size
    mass = np.exp(rng.normal(5, 1.0, n))
    days = [START + timedelta(days=int(d)) for d in goods.day]
    return {
        "declarations": pa.table(
            {
                "declaration_id": [f"N{i}" for i in range(n)],
                "office": [f"P{o}" for o in goods.office],
                "declarant_id": [f"D{b}" for b in goods.declarant],
                "importer_id": [f"I{m}" for m in goods.importer],
                "officer_id": [f"O{f}" for f in goods.officer],
                "registered_on": pa.array(days, pa.date32()),
                "registered_at": pa.array([datetime(d.year, d.month, d.day) for d in days], pa.timestamp("us")),
            }
        ),
        "items": pa.table(
            {
                "declaration_id": [f"N{i}" for i in range(n)],
                "item_no": [1] * n,
                "hs_code": [f"61{p:04d}00" for p in product],
                "origin": [("CN", "IN", "DE", "FR", "US")[o] for o in origin],
                "net_mass_kg": mass,
                "declared_value": np.exp(log_price) * mass,
                "duty_rate": [0.2] * n,
            }
        ),
    }


def rows(tables: dict[str, pa.Table]) -> list[dict]:
    with session_from_tables(tables) as session:
        return INDICATOR.test(INDICATOR.cells(session, SETTINGS), SETTINGS).signals.to_pylist()


def main(worlds: int) -> None:
    for tail, raising in ((3.0, 0.1), (3.0, 0.3), (8.0, 0.1)):
        dirty = units = flagged = 0
        for seed in range(worlds):
            found = rows(records(*world(seed, tail=tail, raising=raising)))
            flags = sum(r["flagged"] for r in found)
            dirty += flags > 0
            flagged += flags
            units += sum(r["p_value"] is not None for r in found)
        what = f"t{tail:g} prices, values raised in {raising:.0%}"
        print(shown(f"clean, {what}: worlds with a flag", dirty, worlds), flush=True)
        print(shown(f"clean, {what}: pairs flagged", flagged, units), flush=True)
    for cut in (0.1, 0.2, 0.4):
        hit = planted = false = flagged = told = 0
        for seed in range(worlds):
            goods, log_price, rng = world(10_000 + seed)
            key = planted_pairs(rng, goods, 3, most=600)
            found = rows(records(goods, log_price + np.where(key >= 0, np.log(1 - cut), 0.0), rng))
            pairs = {(f"O{k // 100_000}", f"D{k % 100_000}") for k in np.unique(key[key >= 0])}
            mine = {(r["unit_id"], r["other_id"]) for r in found if r["flagged"]}
            told += sum((r["unit_id"], r["other_id"]) in pairs and r["p_value"] is not None for r in found)
            hit, planted, flagged = hit + len(mine & pairs), planted + len(pairs), flagged + len(mine)
            false += len(mine - pairs)
        print(shown(f"pairs undervalued by {cut:.0%}: found", hit, planted), flush=True)
        print(shown(f"pairs undervalued by {cut:.0%}: could be tested", told, planted), flush=True)
        print(shown(f"pairs undervalued by {cut:.0%}: false among flags", false, flagged), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
