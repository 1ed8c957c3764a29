"""Prices that differ for a reason of trade, in offices where that reason also says who sees the file."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from benchmarks.honest_mechanisms.catalogue import whole
from benchmarks.honest_mechanisms.controls import finished, priced
from benchmarks.honest_mechanisms.lodging import lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence
from benchmarks.honest_mechanisms.picks import by_chance


def docks(seed: int, recorded: bool) -> Made:
    """Inferior grades land at one dock of three; officers change docks with the quarter."""
    k = lodged(seed, 5000)
    k = priced(k, np.where(k.terminal == 2, -0.45, 0.0))
    there = presence(k, 12)
    dock = np.stack([np.random.default_rng([seed, q]).permutation(12) % 3 for q in range(4)])
    at = dock[np.minimum(k.day // 63, 3)] == k.terminal[:, None]
    made = Made(k, by_chance(k, there[k.day] * (at + 1e-6)), all_day(there), section=k.terminal if recorded else None)
    return finished(made)


whole("inferior grades land at one dock, officers change docks with the quarter, section in the records")(
    lambda seed: docks(seed, True)
)
whole("inferior grades land at one dock, officers change docks with the quarter, dock in no record")(
    lambda seed: docks(seed, False)
)


@whole("contracts: half of the importers have deliveries at an old price, on two mornings of the week; early crew")
def _(seed: int) -> Made:
    k = lodged(seed, 5000)
    has = np.random.default_rng([seed, 18]).random(int(k.importer.max()) + 1) < 0.5
    contract = has[k.importer] & (k.rng.random(k.n) < 0.45)
    day = np.where(contract, k.day // 5 * 5 + k.rng.integers(1, 3, k.n), k.day)
    minute = np.where(contract, 480 + k.rng.integers(0, 150, k.n), k.minute)
    order = np.lexsort((minute, day))
    parts = {f: getattr(k, f)[order] for f in k.__dataclass_fields__ if f not in ("rng", "day", "minute")}
    k = replace(k, day=day[order], minute=minute[order], **parts)
    k = priced(k, np.where(contract[order], -0.35, 0.0))
    there = presence(k, 12)
    early = (k.minute < 660)[:, None]
    pool = np.where(early, np.arange(12) < 5, np.arange(12) >= 5)
    shifts = [(i, b + (480 if i < 5 else 660), b + (660 if i < 5 else 1020)) for i, b, _ in all_day(there)]
    return finished(Made(k, by_chance(k, there[k.day] * (pool + 1e-6)), shifts))


@whole("freight in the price: what comes by air is dearer by the kilogram and goes to the courier shed's officers")
def _(seed: int) -> Made:
    k = lodged(seed, 5000)
    air = k.rng.random(k.n) < np.random.default_rng([seed, 19]).beta(0.6, 1.4, int(k.importer.max()) + 1)[k.importer]
    k = priced(k, np.where(air, 0.6, 0.0))
    there = presence(k, 12)
    pool = np.where(air[:, None], np.arange(12) < 4, np.arange(12) >= 4)
    return finished(Made(k, by_chance(k, there[k.day] * (pool + 0.05)), all_day(there)))


@whole("rebates for quantity: heavy consignments are cheaper by the kilogram and go to the yard's officers")
def _(seed: int) -> Made:
    k = lodged(seed, 5000)
    mass = np.log(np.where(k.chapters >= 0, k.masses, 0).sum(axis=1))
    k = priced(k, -0.2 * (mass - mass.mean()))
    there = presence(k, 12)
    heavy = (mass > np.quantile(mass, 0.75))[:, None]
    pool = np.where(heavy, np.arange(12) < 3, np.arange(12) >= 3)
    return finished(Made(k, by_chance(k, there[k.day] * (pool + 0.05)), all_day(there)))


@whole("season's price: fresh produce falls by a third in its harvest, when the early crew is doubled")
def _(seed: int) -> Made:
    k = lodged(seed, 5000, seasonal=0.6)
    begins = int(np.random.default_rng([seed, 20]).integers(20, 190))
    harvest = (k.day >= begins) & (k.day < begins + 35)
    k = priced(k, np.where(harvest & k.any_item(2, 8, 22), -0.4, 0.0))
    there = presence(k, 12)
    early = (k.minute < 660)[:, None]
    crew = np.where(harvest[:, None], np.arange(12) < 6, np.arange(12) < 3)
    pool = np.where(early, crew, ~crew)
    return finished(Made(k, by_chance(k, there[k.day] * (pool + 0.02)), all_day(there)))
