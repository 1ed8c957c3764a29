"""What happens on some days: strikes, ends of months, backlogs, convoys, migrations."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from benchmarks.honest_mechanisms.catalogue import EVEN, whole
from benchmarks.honest_mechanisms.controls import finished, priced
from benchmarks.honest_mechanisms.lodging import DAY, lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence
from benchmarks.honest_mechanisms.picks import by_chance, in_turn


@whole("strike days: two officers at work, roster says all, large traders cannot wait")
def _(seed: int) -> Made:
    k = priced(lodged(seed, 5000))
    days = int(k.day.max()) + 1
    there = presence(k, 12)
    listed = all_day(there)
    strike = np.sort(k.rng.choice(days - 1, 14, replace=False))
    for d in strike.tolist():
        there[d] = np.isin(np.arange(12), k.rng.choice(12, 2, replace=False))
    # Small traders of a strike day come on the next one, the large ones lodge all the same.
    waits = np.isin(k.day, strike) & (k.declarant >= 10)
    day = k.day + waits
    order = np.lexsort((k.minute, day))
    parts = {f: getattr(k, f)[order] for f in k.__dataclass_fields__ if f not in ("rng", "day")}
    k = replace(k, day=day[order], **parts)
    return finished(Made(k, by_chance(k, there[k.day].astype(float)), listed, EVEN))


@whole("overtime at the end of each month: three volunteers, always the same, after 16h")
def _(seed: int) -> Made:
    k = priced(lodged(seed, 5000))
    late = (k.day % 21 >= 18) & (k.hour >= 16)
    # A quarter of the traders lodge at the end of the month what is due.
    due = np.random.default_rng(seed).random(int(k.declarant.max()) + 1) < 0.25
    moved = due[k.declarant] & (k.rng.random(k.n) < 0.5)
    minute = np.where(moved & (k.day % 21 >= 18), 960 + k.rng.integers(0, 60, k.n), k.minute)
    order = np.lexsort((minute, k.day))
    parts = {f: getattr(k, f)[order] for f in k.__dataclass_fields__ if f not in ("rng", "minute")}
    late = late[order] | (minute[order] >= 960) & (k.day[order] % 21 >= 18)
    k = replace(k, minute=minute[order], **parts)
    there = presence(k, 12)
    crew = np.isin(np.arange(12), [2, 5, 9])
    return finished(Made(k, by_chance(k, np.where(late[:, None], crew, there[k.day]).astype(float)), all_day(there)))


@whole("back from leave: an officer takes most new files of two days")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12, 0.98)
    weight = there.astype(float)
    for i in range(12):
        for begins in k.rng.integers(5, 230, 3).tolist():
            there[begins : begins + 8, i] = False
            weight[begins : begins + 8, i] = 0
            weight[begins + 8 : begins + 10, i] = 12
    return finished(Made(k, by_chance(k, weight[k.day]), all_day(there)))


@whole("truck convoys: what arrives in one goes to one officer, several traders")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12)
    # One or two convoys a day, each of twenty minutes.
    convoy = k.day * 40 + (k.minute // 20) % 40
    comes = np.random.default_rng(seed).random(int(convoy.max()) + 1) < 0.25
    one = k.rng.random((int(convoy.max()) + 1, 12))
    taker = np.where(there[k.day], one[convoy], -1).argmax(axis=1)
    return finished(Made(k, np.where(comes[convoy], taker, by_chance(k, there[k.day].astype(float))), all_day(there)))


@whole("groupage: traders who share loads, one officer a load")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12)
    group = np.random.default_rng(seed).integers(0, 30, int(k.declarant.max()) + 1)
    shared = group[k.declarant] < 8
    load = k.day * 100 + group[k.declarant]
    one = k.rng.random((int(load.max()) + 1, 12))
    taker = np.where(there[k.day], one[load], -1).argmax(axis=1)
    return finished(Made(k, np.where(shared, taker, by_chance(k, there[k.day].astype(float))), all_day(there)))


@whole("two systems: rota with old user codes until mid-year, random with new ones after")
def _(seed: int) -> Made:
    k = priced(lodged(seed, seasonal=0.5))
    there = presence(k, 12)
    change = int(k.rng.integers(90, 160))
    before = in_turn(k, there[k.day], k.day)
    after = by_chance(k, there[k.day].astype(float)) + 12
    listed = [(i + 12 * (begins // DAY >= change), begins, ends) for i, begins, ends in all_day(there)]
    rule = [
        {"method": "rota", "to_date": np.datetime64("2025-06-30").item()},
        {"from_date": np.datetime64("2025-06-30").item()},
    ]
    return finished(Made(k, np.where(k.day < change, before, after), listed, rule))


@whole("campaign: for two months textiles from two origins to a task force of two")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12)
    begins = int(k.rng.integers(20, 180))
    hit = k.any_item(61, 62, 52) & np.isin(k.origin, [0, 1]) & (k.day >= begins) & (k.day < begins + 42)
    force = np.isin(np.arange(12), [4, 8])
    made = Made(k, by_chance(k, np.where(hit[:, None], force, there[k.day]).astype(float)), all_day(there))
    # They look more closely than anybody else did.
    return finished(made, odds=np.where(hit, 1.0, 0.0))


@whole("tablets out of order for three weeks: acts on paper")
def _(seed: int) -> Made:
    k = priced(lodged(seed, seasonal=0.5))
    there = presence(k, 12)
    begins = int(k.rng.integers(20, 200))
    paper = (k.day >= begins) & (k.day < begins + 15) & (k.rng.random(k.n) < 0.9)
    return finished(Made(k, by_chance(k, there[k.day].astype(float)), all_day(there)), unwritten=paper)


@whole("currency falls in a month: prices in the invoices follow, trader by trader")
def _(seed: int) -> Made:
    k = lodged(seed, seasonal=0.5)
    when = 120 + np.random.default_rng(seed).integers(0, 40, int(k.declarant.max()) + 1)
    k = priced(k, np.where(k.day >= when[k.declarant], -0.25, 0.0))
    there = presence(k, 12)
    pool = np.where(k.any_item(61, 62, 84)[:, None], np.arange(12) < 5, np.arange(12) >= 5)
    return finished(Made(k, by_chance(k, there[k.day] * (pool + 0.02)), all_day(there)))
