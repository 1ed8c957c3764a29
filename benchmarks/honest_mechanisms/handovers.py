"""Files that change hands, goods and acts that go together: honest reasons beside the first pick."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from benchmarks.honest_mechanisms.catalogue import whole
from benchmarks.honest_mechanisms.controls import finished, ordinary, priced
from benchmarks.honest_mechanisms.lodging import CHAPTERS, Lodged, lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence
from benchmarks.honest_mechanisms.picks import by_chance
from numpy.typing import NDArray


def at_random(k: Lodged, c: int = 12) -> Made:
    there = presence(k, c)
    return Made(k, by_chance(k, there[k.day].astype(float)), all_day(there))


@whole("end of shift: files still open after half past three to the late officer of the day")
def _(seed: int) -> Made:
    made = at_random(priced(lodged(seed)))
    k = made.lodged
    late = k.rng.integers(0, 12, int(k.day.max()) + 1)[k.day]
    still = (k.minute + k.rng.gamma(1.5, 40, k.n) >= 930) & (k.minute >= 840)
    return finished(replace(made, final=np.where(still, late, made.officer)))


@whole("limits of signature: files above an officer's limit of value go up to one of two chiefs")
def _(seed: int) -> Made:
    made = at_random(priced(lodged(seed)))
    k = made.lodged
    value = np.where(k.chapters >= 0, k.values, 0).sum(axis=1)
    limit = np.quantile(value, np.array([0.85, 0.95, 1.0])[np.arange(12) % 3])[made.officer]
    return finished(replace(made, final=np.where(value > limit, k.rng.integers(10, 12, k.n), made.officer)))


@whole("second reading: a tenth of the red files drawn for another officer")
def _(seed: int) -> Made:
    made = at_random(priced(lodged(seed)))
    k = made.lodged
    again = (k.lane == 1) & (k.rng.random(k.n) < 0.1)
    return finished(replace(made, final=np.where(again, by_chance(k, np.ones(12)), made.officer)))


@whole("trainees' files are signed by their mentors")
def _(seed: int) -> Made:
    made = at_random(priced(lodged(seed)))
    final = made.officer.copy()
    for trainee, mentor in ((3, 0), (7, 4)):
        final[(final == trainee) & (made.lodged.day < 120)] = mentor
    return finished(replace(made, final=final))


@whole("a sick officer's open files of the week shared out by the chief, unequally")
def _(seed: int) -> Made:
    made = at_random(priced(lodged(seed)))
    k = made.lodged
    ill = np.repeat(k.rng.random((51, 12)) < 0.03, 5, axis=0)[k.day, made.officer]
    share = k.rng.dirichlet(np.full(12, 0.6), 52)[k.day // 5]
    return finished(replace(made, final=np.where(ill, by_chance(k, share), made.officer)))


def first_of_day(k: Lodged) -> NDArray[np.bool_]:
    """Whether a file is the first of its trader's day."""
    _, first = np.unique(k.day * 1000 + k.declarant, return_index=True)
    out = np.zeros(k.n, dtype=bool)
    out[first] = True
    return out


@whole("one act for all files of a trader's day, at every desk")
def _(seed: int) -> Made:
    made = at_random(priced(lodged(seed, 6000, declarants=40)))
    return finished(made, unwritten=~first_of_day(made.lodged))


@whole("yard teams write the acts, the desk releases; one team writes late and forgets")
def _(seed: int) -> Made:
    made = at_random(priced(lodged(seed)))
    k = made.lodged
    team = 12 + k.day // 5 % 4
    forgets = (team == 13) & (k.rng.random(k.n) < 0.15)
    return replace(made, controls=ordinary(k, team, unwritten=forgets))


@whole("used and new goods: each importer has both, used ones are seen by the workshop's officers")
def _(seed: int) -> Made:
    k = lodged(seed, 6000)
    used = np.isin(CHAPTERS[k.chapters[:, 0]], [84, 85, 87]) & (k.rng.random(k.n) < 0.4)
    k = priced(k, np.where(used, -0.7, 0.0))
    there = presence(k, 12)
    weight = there[k.day] * np.where(used[:, None], np.arange(12) < 3, True)
    return finished(Made(k, by_chance(k, weight), all_day(there)))


@whole("cheap season: prices fall in two months, when half of the officers are on leave")
def _(seed: int) -> Made:
    k = lodged(seed, seasonal=0.5)
    sale = (k.day >= 150) & (k.day < 190)
    k = priced(k, np.where(sale & np.isin(CHAPTERS[k.chapters[:, 0]], [61, 62, 39]), -0.4, 0.0))
    there = presence(k, 12)
    there[150:190, ::2] &= np.random.default_rng(seed).random((40, 6)) < 0.3
    return finished(Made(k, by_chance(k, there[k.day].astype(float)), all_day(there)))


@whole("two grades of one product by trader and season, handled at the desk of the quarter")
def _(seed: int) -> Made:
    k = lodged(seed, 6000)
    grade = np.random.default_rng(seed).normal(0, 0.35, (int(k.importer.max()) + 1, 4))
    k = priced(k, grade[k.importer, np.minimum(k.day // 63, 3)])
    there = presence(k, 12)
    desk = np.arange(12) % 4 == np.minimum(k.day // 63, 3)[:, None]
    hit = k.any_item(61, 62, 84, 85)
    return finished(Made(k, by_chance(k, there[k.day] * np.where(hit[:, None], desk, True) + 1e-9), all_day(there)))
