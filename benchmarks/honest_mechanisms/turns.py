"""Ways in which a file's turn comes that no catalogue of rules names: numbers, bundles, ships, hours, quotas."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
from benchmarks.honest_mechanisms.catalogue import EVEN, whole
from benchmarks.honest_mechanisms.controls import finished, priced
from benchmarks.honest_mechanisms.lodging import DAY, Ints, lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence
from benchmarks.honest_mechanisms.picks import by_chance
from benchmarks.honest_mechanisms.recorded import documents, person


@whole("roulette by the check digit of the declaration's number, the next in the list where one is away")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    c = 11
    there = presence(k, c, 0.93)
    number = np.arange(k.n) + 7_000
    digit = sum((number // 10**p % 10) * (p + 2) for p in range(5)) % c
    officer = np.array(
        [next((i + s) % c for s in range(c) if there[d, (i + s) % c]) for d, i in zip(k.day, digit, strict=True)]
    )
    return finished(Made(k, officer.astype(np.int64)))


@whole("blocks of ten consecutive numbers, the officer of a block drawn by lot, rule says random")
def _(seed: int) -> Made:
    k = priced(lodged(seed, 5000))
    there = presence(k, 10)
    lot = k.rng.random((k.n // 10 + 1, 10))[np.arange(k.n) // 10]
    return finished(Made(k, np.where(there[k.day], lot, -1).argmax(axis=1), all_day(there), EVEN))


@whole("random with weights by grade, seniors see more of the red lane, rule says random")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12)
    grade = np.arange(12) % 3
    weight = np.where(k.lane[:, None] == 1, np.array([0.4, 1.0, 1.8])[grade], np.array([0.6, 1.0, 1.2])[grade])
    table = pa.table({"officer_id": [person(i) for i in range(12)], "grade": [f"G{g + 1}" for g in grade.tolist()]})
    made = finished(Made(k, by_chance(k, there[k.day] * weight), all_day(there), EVEN))
    return replace(made, more={"officers": table})


@whole("quotas are made equal on the last day of the week: whoever had fewest takes what comes")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    c = 12
    there = presence(k, c)
    pace = k.rng.gamma(6, 1 / 6, c)
    officer = by_chance(k, there[k.day] * pace)
    had = np.zeros(c)
    for d in range(k.n):
        if d and k.day[d] // 5 != k.day[d - 1] // 5:
            had[:] = 0
        if k.day[d] % 5 == 4:
            officer[d] = np.argmin(np.where(there[k.day[d]], had + 1e-6 * k.rng.random(c), np.inf))
        had[officer[d]] += 1
    return finished(Made(k, officer, all_day(there)))


@whole("files lodged at night lie until eight and are handed out in bundles of a quarter")
def _(seed: int) -> Made:
    k = priced(lodged(seed, night=True))
    c = 12
    there = presence(k, c)
    night = (k.minute < 480) | (k.minute >= 1080)
    works = k.day + (k.minute >= 1080)
    there = np.vstack([there, there[-1:]])
    waits = np.where(night, works * DAY + 480 - k.at, 0)
    # In the order of numbers, the heap of the night is cut into four.
    officer = by_chance(k, there[k.day].astype(float))
    turn = 0
    for day in range(int(works.max()) + 1):
        heap = np.flatnonzero(night & (works == day))
        for bundle in np.array_split(heap, 4):
            here = np.flatnonzero(there[day])
            officer[bundle] = here[turn % here.size]
            turn += 1
    return finished(Made(k, officer, all_day(there, 480, 1080), waits=waits))


@whole("a ship's manifest belongs to one team of three, teams take the ships in turn, four lines call weekly")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    rng = np.random.default_rng([seed, 12])
    lines = rng.dirichlet(np.full(4, 0.4), 100)
    line = (k.rng.random(k.n)[:, None] > lines[k.declarant].cumsum(axis=1)).sum(axis=1).clip(0, 3)
    # A line's ship is due on its day of the week, one in five comes a day or two late.
    due = np.arange(-1, 51)[:, None] * 5 + np.arange(4)[None, :] + rng.choice([0, 1, 2], (52, 4), p=[0.8, 0.1, 0.1])
    team = np.empty(due.size, dtype=int)
    team[np.argsort(due.ravel(), kind="stable")] = np.arange(due.size) % 5
    ship = np.array([np.flatnonzero(due[:, v] <= d)[-1] for d, v in zip(k.day, line, strict=True)])
    there = presence(k, 15)
    pool = np.arange(15) % 5 == team.reshape(due.shape)[ship, line][:, None]
    made = finished(Made(k, by_chance(k, there[k.day] * (pool + 1e-6)), all_day(there)))
    papers = documents(np.arange(k.n), "manifest", [f"V{v}-{s:02d}" for s, v in zip(ship, line, strict=True)])
    return replace(made, more={"transport_documents": papers})


@whole("part-timers: mornings only, the first days of the week only, the last only; roster says all day, rule random")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12)
    week, early = (k.day % 5)[:, None], (k.minute < 750)[:, None]
    at_work = np.ones((k.n, 12), dtype=bool)
    at_work[:, :3] = early
    at_work[:, 3:5] = week < 3
    at_work[:, 5:6] = week >= 3
    return finished(Made(k, by_chance(k, (there[k.day] & at_work).astype(float)), all_day(there), EVEN))


@whole("last day of the week: two on duty by turn, volunteers take others' turns, list on the wall only")
def _(seed: int) -> Made:
    k = priced(lodged(seed))
    there = presence(k, 12)
    duty = np.array([(2 * w + s) % 12 for w in range(52) for s in (0, 1)]).reshape(52, 2)
    duty = np.where(k.rng.random((52, 2)) < 0.4, k.rng.choice([3, 8], (52, 2)), duty)
    for w in range(50):
        there[5 * w + 4] = np.isin(np.arange(12), duty[w])
    return finished(Made(k, by_chance(k, there[k.day].astype(float))))


@whole("office of three: counter and yard by the week, the third helps where there is more, leave covered by two")
def _(seed: int) -> Made:
    k = priced(lodged(seed, 2500, declarants=50))
    week = k.day // 5
    there = presence(k, 3, 0.97)
    leave = np.random.default_rng([seed, 13]).integers(0, 3, 53)
    away = np.random.default_rng([seed, 14]).random(53) < 0.2
    for w in np.flatnonzero(away[:50]).tolist():
        there[5 * w : 5 * w + 5, leave[w]] = False
    there[there.sum(axis=1) == 0] = True
    yard: Ints = (k.lane == 1).astype(np.int64)
    weight = np.full((k.n, 3), 0.05)
    weight[np.arange(k.n), (week + yard) % 3] = 1.0
    weight[np.arange(k.n), (week + 2) % 3] = 0.5
    return finished(Made(k, by_chance(k, there[k.day] * weight), all_day(there)))
