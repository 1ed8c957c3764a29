"""How often lane-change-without-act flags a clean administration, and how often it finds a pair or an officer.

    python benchmarks/calibration_lane_change_without_act.py [worlds]

Clean worlds: acts go unrecorded by chance; officers differ in care, offices and declarants in how often an act is
missing; the acts of a batch are forgotten together. Planted: pairs, and officers, that close a share of their controls
without an act.
"""

from __future__ import annotations

import sys
from datetime import date

import numpy as np
import pyarrow as pa
from small_worlds import Traffic, events, grouped, log_odds, planted_pairs, shown, spread, traffic

from arusha.indicators.definition import Cells, Settings
from arusha.indicators.lane_change_without_act import test as assess

SETTINGS = Settings(date(2025, 1, 1), date(2026, 1, 1))
TOTALS = pa.schema(
    [("office", pa.string()), ("lane", pa.string())]
    + [(name, pa.int64()) for name in ("n", "nobody", "by_system", "no_act", "stranger")]
).empty_table()


def world(
    seed: int,
    *,
    care: float = 0.3,
    together: float = 0.5,
    pair_spread: float = 0.0,
    declarations: int = 100_000,
    rate: float = 0.04,
    heavy: bool = False,
) -> tuple[Traffic, np.ndarray, np.random.Generator]:
    """Controls of a year and whether each was closed without an act. ``heavy``: care by Student's t, 4 degrees."""
    rng = np.random.default_rng(seed)
    controls = traffic(rng, declarations=declarations)
    controls = controls.take(np.flatnonzero(controls.lane < 2))
    odds = log_odds(rate) + spread(rng, controls.office, 0.4) + spread(rng, controls.declarant, 0.5)
    odds += spread(rng, controls.officer, care, heavy)
    if pair_spread:
        odds += spread(rng, controls.officer * (int(controls.declarant.max()) + 1) + controls.declarant, pair_spread)
    return controls, events(rng, controls, odds, together), rng


def cells(controls: Traffic, missing: np.ndarray) -> Cells:
    columns = {
        "office": controls.office,
        "lane": controls.lane,
        "month": controls.day // 30,
        "superior": np.zeros(controls.day.size, dtype=int),
        "closer": controls.officer,
        "declarant": controls.declarant,
    }
    table = grouped({**columns, "day": controls.day, "x": missing.astype(int)}, list(columns), ["x"])
    for name, letter in (("office", "P"), ("lane", "L"), ("closer", "O"), ("declarant", "D")):
        table[name] = letter + table[name].astype(str)
    table["examiner"] = True
    return Cells({"cells": pa.Table.from_pandas(table, preserve_index=False), "totals": TOTALS})


def flags(table: Cells) -> list[dict]:
    return [r for r in assess(table, SETTINGS).signals.to_pylist() if r["flagged"]]


def main(worlds: int) -> None:
    for care, together, pair_spread in ((0.0, 0.0, 0.0), (0.3, 0.0, 0.0), (0.3, 0.7, 0.0), (0.5, 0.5, 0.2)):
        dirty = {"officer": 0, "pair": 0, "any": 0}
        for seed in range(worlds):
            controls, missing, _ = world(seed, care=care, together=together, pair_spread=pair_spread)
            kinds = {r["unit_kind"] for r in flags(cells(controls, missing))}
            for kind in dirty:
                dirty[kind] += kind in kinds or (kind == "any" and bool(kinds))
        what = f"care {care}, together {together}, pair spread {pair_spread}"
        for kind, hits in dirty.items():
            print(shown(f"clean, {what}: worlds with a flag ({kind})", hits, worlds), flush=True)
    for share in (0.2, 0.4, 0.8):
        hit = planted = false = flagged = 0
        for seed in range(worlds):
            controls, missing, rng = world(10_000 + seed)
            key = planted_pairs(rng, controls, 3)
            missing |= (key >= 0) & (rng.random(key.size) < share)
            pairs = {(f"O{k // 100_000}", f"D{k % 100_000}") for k in np.unique(key[key >= 0])}
            closers = {officer for officer, _ in pairs}
            rows = flags(cells(controls, missing))
            mine = {(r["unit_id"], r["other_id"]) for r in rows if r["unit_kind"] == "pair"}
            hit, planted, flagged = hit + len(mine & pairs), planted + len(pairs), flagged + len(rows)
            false += len(mine - pairs) + sum(r["unit_kind"] == "officer" and r["unit_id"] not in closers for r in rows)
        print(shown(f"pairs that close {share:.0%} without an act: found", hit, planted), flush=True)
        print(shown(f"pairs that close {share:.0%} without an act: false among flags", false, flagged), flush=True)
    for share in (0.1, 0.2, 0.4):
        hit = 0
        for seed in range(worlds):
            controls, missing, rng = world(20_000 + seed)
            names, n = np.unique(controls.officer, return_counts=True)
            officer = rng.choice(names[n >= 300])
            missing |= (controls.officer == officer) & (rng.random(missing.size) < share)
            rows = flags(cells(controls, missing))
            hit += any(r["unit_kind"] == "officer" and r["unit_id"] == f"O{officer}" for r in rows)
        print(shown(f"an officer who closes {share:.0%} without an act: found", hit, worlds), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
