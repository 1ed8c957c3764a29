"""Who is there, and what the roster says of it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from benchmarks.honest_mechanisms.catalogue import EVEN, MECHANISMS, add, also
from benchmarks.honest_mechanisms.lodging import lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence
from benchmarks.honest_mechanisms.picks import by_chance


@add("fewer files after lunch, roster all day")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    slow = (np.arange(12) < 4)[None, :] & (k.hour >= 13)[:, None]
    return Made(k, by_chance(k, there[k.day] * np.where(slow, 0.3, 1.0)), all_day(there))


also("fewer files after lunch, rule says random", MECHANISMS["fewer files after lunch, roster all day"], True, EVEN)


@add("lunch in two sittings, roster all day")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    sitting = (12 + np.arange(12) % 2)[None, :]
    return Made(k, by_chance(k, there[k.day] * (np.floor(k.hour)[:, None] != sitting)), all_day(there), EVEN)


@add("leave nobody wrote down, roster says present")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    listed = all_day(there)
    for i in range(12):
        for begins in k.rng.integers(0, 245, 4).tolist():
            there[begins : begins + int(k.rng.integers(3, 12)), i] = False
    return Made(k, by_chance(k, there[k.day].astype(float)), listed, EVEN)


also("leave nobody wrote down, no roster", MECHANISMS["leave nobody wrote down, roster says present"], False)
also("leave nobody wrote down, no rule", MECHANISMS["leave nobody wrote down, roster says present"], True)


@add("hours of absence nobody wrote down")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    begins = k.rng.uniform(8, 16, (there.shape[0], 12))[k.day]
    off = (k.rng.random((there.shape[0], 12)) < 0.35)[k.day]
    gone = off & (k.hour[:, None] >= begins) & (k.hour[:, None] < begins + 2.5)
    return Made(k, by_chance(k, there[k.day] * ~gone + 1e-9), all_day(there), EVEN)


@add("half of those rostered are in the yard, week about")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    yard = (np.arange(12) % 2)[None, :] == (np.arange(there.shape[0]) // 5 % 2)[:, None]
    return Made(k, by_chance(k, there[k.day] * (~yard[k.day] + 1e-6)), all_day(there), EVEN)


@add("half of those rostered are in the yard, half-day about")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    half = k.rng.permuted(np.tile(np.arange(12) % 2, (there.shape[0], 1)), axis=1)[k.day]
    yard = half == (k.hour >= 12.5)[:, None]
    return Made(k, by_chance(k, there[k.day] * (~yard + 1e-6)), all_day(there), EVEN)


@add("lent to another office by the day, roster says here")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    lent = k.rng.random(there.shape) < np.where(np.arange(12) < 4, 0.3, 0.0)
    return Made(k, by_chance(k, (there & ~lent)[k.day] + 1e-9), all_day(there), EVEN)


@add("two offices share officers: here in the mornings, there in the afternoons")
def _(seed: int) -> Made:
    k, c = lodged(seed, 5000), 14
    where = (np.random.default_rng(seed).random(k.declarant.max() + 1) < 0.4).astype(np.int64)[k.declarant]
    here = np.where(where[:, None] == 0, (np.arange(c) < 9), np.arange(c) >= 9)
    both = (np.arange(c) >= 5) & (np.arange(c) < 9)
    here = np.where(both & (where[:, None] == 1), (k.hour >= 13)[:, None], here)
    here = np.where(both & (where[:, None] == 0), (k.hour < 13)[:, None], here)
    return Made(k, by_chance(k, presence(k, c)[k.day] * here), office=where)


@add("declarants of one day and hour, officers of certain days")
def _(seed: int) -> Made:
    k = lodged(seed, fixed=True)
    off = k.rng.integers(0, 5, 12)
    there = presence(k, 12) & (np.arange(k.day.max() + 1)[:, None] % 5 != off[None, :])
    afternoon = np.arange(12) >= 9
    weight = there[k.day] * np.where(afternoon, (k.hour >= 12)[:, None], True)
    return Made(k, by_chance(k, weight.astype(float)), all_day(there))


also("the same, no roster", MECHANISMS["declarants of one day and hour, officers of certain days"], False)


@add("seasonal declarants, officers who come and go all year")
def _(seed: int) -> Made:
    k, c = lodged(seed, seasonal=0.6), 18
    begins = k.rng.integers(-150, 200, c)
    stays = k.rng.integers(60, 250, c)
    d = np.arange(k.day.max() + 1)[:, None]
    there = presence(k, c) & (d >= begins) & (d < begins + stays)
    there[:, :2] = True
    learning = np.clip((k.day[:, None] - begins) / 60, 0.2, 1)
    return Made(k, by_chance(k, there[k.day] * learning), all_day(there))


also(
    "seasonal declarants, comings and goings, no roster",
    MECHANISMS["seasonal declarants, officers who come and go all year"],
    False,
)


@add("holidays on a skeleton crew, office opened in mid-year")
def _(seed: int) -> Made:
    k = lodged(seed)
    k = replace(k, day=np.sort(100 + k.day * 6 // 10))
    there = presence(k, 12)
    for d in k.rng.choice(np.arange(100, 250), 15, replace=False).tolist():
        there[d] = np.isin(np.arange(12), k.rng.choice(12, 2, replace=False))
    return Made(k, by_chance(k, there[k.day].astype(float)), all_day(there))


@add("rule of a named pool, out of date")
def _(seed: int) -> Made:
    k, c = lodged(seed), 14
    there = presence(k, c)
    there[120:, 0:2] = False
    there[:120, 12:] = False
    pools = [{"pool": "HALL", "officer_id": f"P-{i:03d}"} for i in range(12)]
    return Made(k, by_chance(k, there[k.day].astype(float)), None, [{"pool": "HALL"}], pools)
