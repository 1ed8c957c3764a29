"""Offices that are reorganised in the year: merged, helped, re-ruled, portfolios that change hands."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from benchmarks.honest_mechanisms.catalogue import whole
from benchmarks.honest_mechanisms.controls import finished, priced
from benchmarks.honest_mechanisms.lodging import CHAPTERS, lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence
from benchmarks.honest_mechanisms.picks import by_chance, in_turn
from benchmarks.honest_mechanisms.recorded import desk, duties, on, postings
from benchmarks.honest_mechanisms.rules_by_goods import members

SINCE = date(2020, 1, 1)


@whole("two offices merged in mid-year, old files carry the new code; postings say who was where")
def _(seed: int) -> Made:
    k = priced(lodged(seed, 5000))
    rng = np.random.default_rng([seed, 15])
    inland = k.rng.random(k.n) < rng.beta(0.3, 0.6, 100)[k.declarant]
    change = int(rng.integers(90, 160))
    there = presence(k, 16)
    before = np.where(inland[:, None], np.arange(16) >= 10, np.arange(16) < 10)
    weight = there[k.day] * np.where((k.day < change)[:, None], before, True)
    moved, other = [], [(i, "PORT", "examiner", SINCE, None) for i in range(10)]
    for i in range(10, 16):
        moved += [(i, "AIR", "examiner", SINCE, on(change)), (i, "PORT", "examiner", on(change), None)]
    return replace(finished(Made(k, by_chance(k, weight))), more={"postings": postings(other + moved)})


@whole("the rule changes twice: random, then a desk by goods, then a desk for entries; each recorded")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12)
    textile = np.isin(CHAPTERS[k.chapters[:, 0]], [61, 62, 52])
    third = np.searchsorted([85, 170], k.day, side="right")
    goods = np.where(textile[:, None], np.arange(12) < 3, np.arange(12) >= 3)
    regime = np.where((k.procedure == 1)[:, None], np.arange(12) >= 8, np.arange(12) < 8)
    pool = np.where((third == 0)[:, None], True, np.where((third == 1)[:, None], goods, regime))
    spring, autumn = on(85), on(170)
    rules = [{"to_date": spring}, {"pool": "REST", "from_date": spring, "to_date": autumn}]
    rules += [{"hs_prefix": p, "pool": "TEXTILE", "from_date": spring, "to_date": autumn} for p in ("61", "62", "52")]
    rules += [{"procedure": "IM7", "pool": "ENTRY", "from_date": autumn}, {"pool": "IMPORT", "from_date": autumn}]
    pools = members("TEXTILE", 0, 1, 2) + members("REST", *range(3, 12))
    pools += members("ENTRY", *range(8, 12)) + members("IMPORT", *range(8))
    return finished(Made(k, by_chance(k, (there[k.day] * pool).astype(float)), all_day(there), rules, pools))


@whole("portfolios of goods change hands on the first of each month, with a rest of the old one for a week")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    month = np.minimum(k.day // 21, 11)
    lag = (k.day % 21 < 5) & (k.rng.random(k.n) < 0.4)
    turn = np.maximum(month - lag, 0)
    portfolio = k.chapters[:, 0] % 4
    there = presence(k, 12)
    pool = np.arange(12) % 4 == ((portfolio + turn) % 4)[:, None]
    return finished(Made(k, by_chance(k, there[k.day] * (pool + 0.02)), all_day(there)))


@whole("season's surge: three officers lent for two months, for files of one item, shifts recorded")
def _(seed: int) -> Made:
    k = lodged(seed, seasonal=0.5)
    begins = int(np.random.default_rng([seed, 16]).integers(20, 190))
    k = priced(k)
    there = presence(k, 15)
    days = np.arange(there.shape[0])
    there[:, 12:] &= ((days >= begins) & (days < begins + 42))[:, None]
    simple = (k.count == 1) & (k.lane != 1)
    able = np.where(simple[:, None], np.where(np.arange(15) >= 12, 2.0, 1.0), np.arange(15) < 12)
    return finished(Made(k, by_chance(k, there[k.day] * able), all_day(there)))


@whole("samples: oils and drinks to the sampling officer of the month, a duty recorded month by month")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12)
    month = np.minimum(k.day // 21, 11)
    order = np.random.default_rng([seed, 17]).permutation(12)
    taker = order[month]
    sampled = k.any_item(27, 22) & there[k.day, taker]
    rows = [desk(int(order[m]), "sampling officer: chapters 22, 27", on(21 * m), on(21 * (m + 1))) for m in range(12)]
    officer = np.where(sampled, taker, by_chance(k, there[k.day].astype(float)))
    return replace(finished(Made(k, officer, all_day(there))), more={"duties": duties(rows)})


@whole("desk for warehouse entries by a declared rule, in turn; the rest by lot")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12)
    entry = (k.procedure == 1)[:, None]
    pool = np.where(entry, np.arange(12) >= 9, np.arange(12) < 9)
    allowed = there[k.day] & pool
    allowed[allowed.sum(axis=1) == 0] = True
    turns = in_turn(k, allowed)
    officer = np.where(k.procedure == 1, turns, by_chance(k, allowed.astype(float)))
    rules = [{"procedure": "IM7", "pool": "ENTRY", "method": "rota"}, {"pool": "IMPORT"}]
    pools = members("ENTRY", 9, 10, 11) + members("IMPORT", *range(9))
    return finished(Made(k, officer, all_day(there), rules, pools))
