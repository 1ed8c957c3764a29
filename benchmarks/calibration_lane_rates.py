"""How often lane-rates flags a clean administration, and how often it finds a random share that was let slip.

    python benchmarks/calibration_lane_rates.py [worlds]

A clean world: twelve offices, three procedures, a year; days of very unequal traffic; on a vessel's day the goods are
alike, so the lanes of one day go together (the rate of a day scatters as a beta law); seasons move the rates. Declared
rates are within 12% of the true ones, and the random share is exactly its minimum.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from arusha.indicators.definition import Cells, Settings
from arusha.indicators.lane_rates import test as assess
from arusha.inference.intervals import clopper_pearson

START, END = date(2025, 1, 1), date(2026, 1, 1)
SETTINGS = Settings(START, END)
MINIMUM = 0.02


def world(seed: int, *, burst: float = 30.0, shortfall: float = 0.0, offices: int = 12) -> Cells:
    """Cells of one year. ``burst``: beta precision of a day's rates (small: days differ much). The random share of the
    first office is cut by ``shortfall``."""
    rng = np.random.default_rng(seed)
    rows: dict[str, list] = {k: [] for k in ("office", "procedure", "lane", "day", "n", "random")}
    rules = []
    for o in range(offices):
        volume = np.exp(rng.normal(3.0, 1.0))
        for procedure in ("IM4", "IM7", "EX1"):
            share = {"IM4": 1.0, "IM7": 0.3, "EX1": 0.5}[procedure]
            true = np.array([rng.uniform(0.05, 0.12), rng.uniform(0.1, 0.25), rng.uniform(0.01, 0.04)])
            declared = np.round(true * rng.uniform(0.88, 1.12, 3), 3)
            season = 1 + 0.1 * np.sin(np.arange(365) / 58 + rng.uniform(0, 6))
            days = rng.poisson(volume * share * np.exp(rng.normal(0, 0.8, 365)))
            cut = shortfall if o == 0 else 0.0
            rates = true[None, :] * season[:, None]
            law = np.column_stack([rates, 1 - rates.sum(axis=1)])
            draws = rng.gamma(law * burst)
            counts = rng.multinomial(days, draws / draws.sum(axis=1, keepdims=True))
            random = rng.binomial(counts[:, 3], MINIMUM * (1 - cut))
            counts[:, 0] += random
            counts[:, 3] -= random
            for i, lane in enumerate(("red", "yellow", "blue", "green")):
                some = np.flatnonzero(counts[:, i])
                rows["office"] += [f"O{o:02d}"] * some.size
                rows["procedure"] += [procedure] * some.size
                rows["lane"] += [lane] * some.size
                rows["day"] += [START + timedelta(days=int(d)) for d in some]
                rows["n"] += counts[some, i].tolist()
                rows["random"] += (random[some] if i == 0 else np.zeros(some.size, dtype=int)).tolist()
            green = 1 - true.sum()
            rates = (
                ("red", declared[0] + MINIMUM * green, MINIMUM),
                ("yellow", declared[1], None),
                ("blue", declared[2], None),
                ("green", green * (1 - MINIMUM), None),
            )
            rules += [
                {
                    "office": f"O{o:02d}",
                    "procedure": procedure,
                    "lane": lane,
                    "expected_rate": float(rate),
                    "minimum_random_rate": minimum,
                    "from_date": date(2020, 1, 1),
                    "to_date": None,
                }
                for lane, rate, minimum in rates
            ]
    days_table = pa.table(rows).set_column(3, "day", pa.array(rows["day"], pa.date32()))
    tables = {"days": days_table, "rules": pa.Table.from_pylist(rules), "known": pa.table({"reason": [True]})}
    return Cells(tables)


def flags(cells: Cells) -> list[dict]:
    return [r for r in assess(cells, SETTINGS).signals.to_pylist() if r["flagged"]]


def shown(name: str, hits: int, worlds: int) -> str:
    bound = clopper_pearson([hits], [worlds])
    return f"{name}: {hits} of {worlds} ({bound.low[0]:.1%} to {bound.high[0]:.1%})"


def main(worlds: int) -> None:
    for burst in (1e6, 30.0, 5.0):
        found = [flags(world(s, burst=burst)) for s in range(worlds)]
        print(shown(f"clean worlds with a flag, burst {burst:g}", sum(bool(f) for f in found), worlds))
    for cut in (0.3, 0.5, 1.0):
        found = [flags(world(10_000 + s, shortfall=cut)) for s in range(worlds)]
        hit = sum(any(r["office"] == "O00" and r["other_id"] == "IM4/random" for r in f) for f in found)
        false = sum(any(r["office"] != "O00" for r in f) for f in found)
        print(shown(f"random share cut by {cut:.0%}: found in the main procedure", hit, worlds))
        print(shown(f"random share cut by {cut:.0%}: worlds with a flag elsewhere", false, worlds))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 400)
