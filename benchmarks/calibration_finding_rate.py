"""How often finding-rate flags a clean administration, and how often it finds a lenient pair or officer.

    python benchmarks/calibration_finding_rate.py [worlds]

Clean worlds: officers differ in strictness, declarants in risk, goods in their base rate; findings of a batch go
together; officers work in sections with goods of their own. Planted: pairs in which a share of what would have been
found is not, and officers who do the same with everybody.
"""

from __future__ import annotations

import sys
from datetime import date

import numpy as np
import pyarrow as pa
from small_worlds import Traffic, events, grouped, log_odds, planted_pairs, shown, spread, traffic

from arusha.indicators.definition import Cells, Settings
from arusha.indicators.finding_rate import test as assess

SETTINGS = Settings(date(2025, 1, 1), date(2026, 1, 1))


def world(
    seed: int,
    *,
    strictness: float = 0.3,
    together: float = 0.5,
    pair_spread: float = 0.0,
    declarations: int = 100_000,
    heavy: bool = False,
) -> tuple[Traffic, np.ndarray, np.random.Generator]:
    """Examined declarations of a year and whether each held something to find and was found to.
    ``heavy``: strictness by Student's t with 4 degrees of freedom."""
    rng = np.random.default_rng(seed)
    goods = traffic(rng, declarations=declarations)
    goods = goods.take(np.flatnonzero(goods.lane < 2))
    odds = log_odds(0.12) + np.where(goods.lane == 0, 0.5, 0.0) - np.where(goods.random, 1.2, 0.0)
    odds += goods.risk + spread(rng, goods.office, 0.3) + spread(rng, goods.goods, 0.4)
    odds += spread(rng, goods.officer, strictness, heavy)
    if pair_spread:
        odds += spread(rng, goods.officer * (int(goods.declarant.max()) + 1) + goods.declarant, pair_spread)
    return goods, events(rng, goods, odds, together), rng


def cells(goods: Traffic, found: np.ndarray) -> Cells:
    columns = {
        "office": goods.office,
        "section": goods.section,
        "lane": goods.lane,
        "random": goods.random.astype(int),
        "goods": goods.goods // 10,
        "quarter": goods.day // 91,
        "officer": goods.officer,
        "declarant": goods.declarant,
    }
    table = grouped({**columns, "day": goods.day, "found": found.astype(int)}, list(columns), ["found"])
    for name in ("office", "section", "lane", "goods", "officer", "declarant"):
        table[name] = name[0].upper() + table[name].astype(str)
    table["tax"] = 0
    return Cells({"cells": pa.Table.from_pandas(table, preserve_index=False), "known": pa.table({"tax": [False]})})


def flags(table: Cells) -> list[dict]:
    return [r for r in assess(table, SETTINGS).signals.to_pylist() if r["flagged"]]


def main(worlds: int) -> None:
    for strictness, together, pair_spread in ((0.0, 0.0, 0.0), (0.3, 0.0, 0.0), (0.3, 0.7, 0.0), (0.5, 0.5, 0.2)):
        dirty = {"officer": 0, "pair": 0, "any": 0}
        for seed in range(worlds):
            goods, found, _ = world(seed, strictness=strictness, together=together, pair_spread=pair_spread)
            kinds = {r["unit_kind"] for r in flags(cells(goods, found))}
            for kind in dirty:
                dirty[kind] += kind in kinds or (kind == "any" and bool(kinds))
        what = f"strictness {strictness}, together {together}, pair spread {pair_spread}"
        for kind, hits in dirty.items():
            print(shown(f"clean, {what}: worlds with a flag ({kind})", hits, worlds), flush=True)
    for share in (0.3, 0.6, 0.9):
        hit = planted = false = flagged = 0
        for seed in range(worlds):
            goods, found, rng = world(10_000 + seed)
            key = planted_pairs(rng, goods, 3)
            found &= ~((key >= 0) & (rng.random(key.size) < share))
            pairs = {(f"O{k // 100_000}", f"D{k % 100_000}") for k in np.unique(key[key >= 0])}
            lenient = {officer for officer, _ in pairs}
            rows = flags(cells(goods, found))
            mine = {(r["unit_id"], r["other_id"]) for r in rows if r["unit_kind"] == "pair"}
            hit, planted, flagged = hit + len(mine & pairs), planted + len(pairs), flagged + len(rows)
            false += len(mine - pairs) + sum(r["unit_kind"] == "officer" and r["unit_id"] not in lenient for r in rows)
        print(shown(f"pairs that let {share:.0%} pass: found", hit, planted), flush=True)
        print(shown(f"pairs that let {share:.0%} pass: false among flags", false, flagged), flush=True)
    for share in (0.3, 0.6, 0.9):
        hit = 0
        for seed in range(worlds):
            goods, found, rng = world(20_000 + seed)
            names, n = np.unique(goods.officer, return_counts=True)
            officer = rng.choice(names[n >= 300])
            found &= ~((goods.officer == officer) & (rng.random(found.size) < share))
            hit += any(
                r["unit_kind"] == "officer" and r["unit_id"] == f"O{officer}" for r in flags(cells(goods, found))
            )
        print(shown(f"an officer who lets {share:.0%} pass: found", hit, worlds), flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
