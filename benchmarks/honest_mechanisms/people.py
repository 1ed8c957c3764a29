"""Who the officers are: what they can do, how fast, with whom they work, whom they may not examine."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from benchmarks.honest_mechanisms.catalogue import EVEN, whole
from benchmarks.honest_mechanisms.controls import finished, ordinary, priced
from benchmarks.honest_mechanisms.lodging import CHAPTERS, DAY, Ints, Lodged, lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence
from benchmarks.honest_mechanisms.picks import by_chance, pulled


@whole("lunch relay: each has a partner who takes the files from twelve to two")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12, 0.97)
    first = by_chance(k, there[k.day].astype(float))
    # Even numbers eat from twelve to one, odd ones from one to two; the partner is the neighbour, present or not.
    out = (np.floor(k.hour) == 12 + first % 2) & there[k.day, first ^ 1]
    return finished(Made(k, np.where(out, first ^ 1, first), all_day(there), EVEN))


@whole("officers who read the language of the documents (not in the records)")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12)
    speaks = np.random.default_rng(seed).random(int(k.declarant.max()) + 1) < 0.12
    foreign = speaks[k.declarant] & (k.rng.random(k.n) < 0.8)
    readers = np.isin(np.arange(12), [1, 6, 7])
    return finished(Made(k, by_chance(k, there[k.day] * np.where(foreign[:, None], readers, True)), all_day(there)))


@whole("officers who learn: half are new, get faster over months, whoever is free takes the next")
def _(seed: int) -> Made:
    k = priced(lodged(seed, seasonal=0.4))
    there = presence(k, 12)
    c = 12
    begins = np.where(np.arange(c) < 6, -300, k.rng.integers(0, 150, c))
    there &= np.arange(int(k.day.max()) + 1)[:, None] >= begins[None, :]
    there[:, :2] = True
    free, out = np.zeros(c), np.empty(k.n, dtype=np.int64)
    work = k.rng.gamma(2, 70, k.n)
    for d in range(k.n):
        ready = np.where(there[k.day[d]], np.maximum(free, k.at[d]) + 1e-6 * k.rng.random(c), np.inf)
        out[d] = int(np.argmin(ready))
        pace = min(0.35 + (k.day[d] - begins[out[d]]) / 90, 1.2)
        free[out[d]] = ready[out[d]] + work[d] / pace
    known = np.clip((k.day - begins[out]) / 90, 0, 1)
    return finished(Made(k, out, all_day(there)), odds=0.6 * (known - 1))


@whole("cherry-picking: the free officer takes the shortest file of the pile")
def _(seed: int) -> Made:
    k = priced(lodged(seed, 5000))
    c = 10
    there, pace = presence(k, c), k.rng.gamma(20, 1 / 20, c)
    order, taken = [], []
    free = np.zeros(c)
    work = (10 + 8 * k.count) * k.rng.gamma(8, 1 / 8, k.n)
    for day in range(int(k.day.max()) + 1):
        left = np.flatnonzero(k.day == day).tolist()
        free[:] = day * DAY + 480
        here = np.flatnonzero(there[day])
        while left:
            i = here[int(np.argmin(free[here] + 1e-6 * k.rng.random(here.size)))]
            now = max(free[i], k.at[left[0]])
            pile = [d for d in left if k.at[d] <= now]
            d = min(pile, key=lambda f: (k.count[f], f)) if i % 2 else pile[0]
            left.remove(d)
            order.append(d)
            taken.append((d, i, int(now) - int(k.at[d])))
            free[i] = now + 2.2 * work[d] / pace[i]
    officer, waits = np.empty(k.n, dtype=np.int64), np.zeros(k.n, dtype=np.int64)
    for d, i, wait in taken:
        officer[d], waits[d] = i, wait
    return finished(Made(k, officer, all_day(there), waits=waits))


def completed(k: Lodged) -> Ints:
    """Minutes until the documents of a file are complete: traders differ, some by days."""
    slow = np.random.default_rng(9).gamma(1.2, 60, int(k.declarant.max()) + 1)
    return (slow[k.declarant] * k.rng.gamma(1.5, 1, k.n)).astype(np.int64)


@whole("queue by documents complete: the pick comes when the last paper does")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    waits = completed(k)
    there = presence(k, 12)
    # Those of the afternoon desk take what is completed late.
    late = (k.minute + waits) >= 870
    pool = np.where(late[:, None], np.arange(12) >= 8, np.arange(12) < 8)
    return finished(Made(k, by_chance(k, there[k.day] * (pool + 0.03)), all_day(there), waits=waits))


@whole("appointments: brokers have slots of the week all year, officers a timetable for the quarter")
def _(seed: int) -> Made:
    k = lodged(seed, 5000)
    rng = np.random.default_rng([seed, 3])
    slots = rng.integers(0, 5 * 9, (int(k.declarant.max()) + 1, 3))
    slot = slots[k.declarant, k.rng.integers(0, 3, k.n)]
    day, minute = k.day // 5 * 5 + slot // 9, 480 + slot % 9 * 60 + k.rng.integers(0, 60, k.n)
    order = np.lexsort((minute, day))
    parts = {f: getattr(k, f)[order] for f in k.__dataclass_fields__ if f not in ("rng", "day", "minute")}
    k = priced(replace(k, day=day[order], minute=minute[order].astype(np.int64), **parts))
    # Three officers at each hour of the week, by a timetable that changes with the quarter.
    timetable = np.argsort(rng.random((4, 45, 12)), axis=2)[:, :, :3]
    here = timetable[np.minimum(k.day // 63, 3), k.day % 5 * 9 + (k.minute - 480) // 60]
    return finished(Made(k, here[np.arange(k.n), k.rng.integers(0, 3, k.n)]))


@whole("training pairs: for two months the trainee's picks are the mentor's")
def _(seed: int) -> Made:
    k = priced(lodged(seed, seasonal=0.4))
    there = presence(k, 12)
    out = by_chance(k, there[k.day].astype(float))
    for trainee, mentor in ((9, 1), (10, 2), (11, 3)):
        begins = int(k.rng.integers(0, 200))
        out = np.where((out == mentor) & (k.day >= begins) & (k.day < begins + 42), trainee, out)
    return finished(Made(k, out, all_day(there)))


def recused(seed: int, c: int, relatives: int) -> Made:
    """Some officers never take one trader's files, a relative's: their turn passes to the next draw."""
    k = priced(lodged(seed))
    there = presence(k, c)
    there[:, :2] = True
    weight = there[k.day].astype(float)
    for r in range(relatives):
        weight[k.declarant == 3 * r + 1, (5 * r) % c] = 0
    return finished(Made(k, by_chance(k, weight), all_day(there)))


whole("recusal: three of twelve officers may not examine a relative's firm (by person)")(
    lambda seed: recused(seed, 12, 3)
)
whole("recusal: one of four officers may not examine a relative's firm (by person)")(lambda seed: recused(seed, 4, 1))


@whole("daily limit: five files an officer in the order of numbers, then the next")
def _(seed: int) -> Made:
    k = priced(lodged(seed, 6000))
    c, most = 6, 5
    there, out = presence(k, c), np.empty(k.n, dtype=np.int64)
    had = np.zeros(c)
    for d in range(k.n):
        if d and k.day[d] != k.day[d - 1]:
            had[:] = 0
        room = there[k.day[d]] & (had < most)
        choose = np.flatnonzero(room if room.any() else there[k.day[d]])
        out[d] = choose[0]
        had[out[d]] += 1
    return finished(Made(k, out, all_day(there)))


@whole("perishables before nine to the two early officers")
def _(seed: int) -> Made:
    k = priced(lodged(seed, opening=True))
    there = presence(k, 12)
    early = np.isin(CHAPTERS[k.chapters[:, 0]], [2, 8]) & (k.hour < 9)
    return finished(
        Made(k, by_chance(k, there[k.day] * np.where(early[:, None], np.arange(12) < 2, True)), all_day(there))
    )


@whole("scanner team: acts are theirs, the files the desk's")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12)
    made = Made(k, by_chance(k, there[k.day].astype(float)), all_day(there))
    scanned = (k.lane == 1) & (k.terminal != 0)
    team = 12 + k.day // 10 % 3
    return replace(made, controls=ordinary(k, np.where(scanned, team, made.officer), np.where(scanned, 0.8, 0.0)))


@whole("laboratory: chemical goods are held until the result, which is written by whoever is there")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12)
    made = Made(k, by_chance(k, there[k.day].astype(float)), all_day(there))
    held = k.any_item(27, 30, 39)
    later = there[np.minimum(k.day + 3, there.shape[0] - 1)].astype(float)
    return replace(
        made, controls=ordinary(k, np.where(held, by_chance(k, later), made.officer), np.where(held, 0.7, 0.0))
    )


@whole("whoever is free, hard goods take four times as long and half find them hard")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12)
    hard = np.where(np.isin(CHAPTERS[k.chapters[:, 0]], [84, 85, 87]), 4.0, 1.0)
    return finished(Made(k, pulled(k, there[k.day], hard * k.rng.gamma(2, 80, k.n)), all_day(there)))
