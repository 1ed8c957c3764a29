"""Desks and teams by what a file is of, where it comes from, what it is worth."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from benchmarks.honest_mechanisms.catalogue import EVEN, MECHANISMS, add, also
from benchmarks.honest_mechanisms.lodging import CHAPTERS, ORIGINS, Lodged, lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence
from benchmarks.honest_mechanisms.picks import by_chance
from numpy.typing import NDArray


def desks(k: Lodged, at_desk: NDArray[np.bool_], c: int = 12, size: int = 3, leak: float = 0.02) -> Made:
    there = presence(k, c)
    pool = np.where(at_desk[:, None], np.arange(c) < size, np.arange(c) >= size)
    return Made(k, by_chance(k, there[k.day] * (pool + leak)), all_day(there))


@add("desk by any item's chapter")
def _(seed: int) -> Made:
    k = lodged(seed)
    return desks(k, k.any_item(61, 62, 52, 87))


@add("desk by the heaviest item")
def _(seed: int) -> Made:
    k = lodged(seed)
    return desks(k, k.by_item(k.masses, 61, 62, 52, 87))


@add("desk by last item")
def _(seed: int) -> Made:
    k = lodged(seed)
    return desks(k, np.isin(CHAPTERS[k.chapters[np.arange(k.n), k.count - 1]], [61, 62, 52, 87]))


@add("desk by origin")
def _(seed: int) -> Made:
    k = lodged(seed)
    return desks(k, np.isin(ORIGINS[k.origin], ["CN", "JP"]))


also("desk by origin, rule says random", MECHANISMS["desk by origin"], True, EVEN)


@add("desk by language, loosely as origin")
def _(seed: int) -> Made:
    k = lodged(seed)
    chinese = np.where(ORIGINS[k.origin] == "CN", 0.7, 0.03)
    return desks(k, k.rng.random(k.n) < chinese, size=2)


@add("desk by terminal, no section in the records")
def _(seed: int) -> Made:
    k = lodged(seed)
    return Made(k, by_chance(k, presence(k, 12)[k.day] * ((np.arange(12) % 3) == k.terminal[:, None])))


@add("desk by terminal, section in the records")
def _(seed: int) -> Made:
    return replace(MECHANISMS["desk by terminal, no section in the records"](seed), section=lodged(seed).terminal)


@add("desk in the mornings only")
def _(seed: int) -> Made:
    k, c = lodged(seed), 12
    there = presence(k, c)
    at_desk = k.any_item(61, 62, 52) & (k.hour < 12)
    pool = np.where(at_desk[:, None], np.arange(c) < 3, (np.arange(c) >= 3) | (k.hour >= 12)[:, None])
    return Made(k, by_chance(k, there[k.day] * (pool + 0.02)), all_day(there))


@add("senior officers for high values, threshold moved in mid-year")
def _(seed: int) -> Made:
    k = lodged(seed)
    value = np.where(k.chapters >= 0, k.values, 0).sum(axis=1)
    return desks(k, value > np.where(k.day < 120, 12000, 25000))


@add("team by the declaration's number")
def _(seed: int) -> Made:
    k = lodged(seed)
    return Made(k, by_chance(k, presence(k, 12)[k.day] * ((np.arange(12) % 3) == (np.arange(k.n) % 3)[:, None])))


@add("two officers become seniors in mid-year: hard goods only")
def _(seed: int) -> Made:
    k, c = lodged(seed), 12
    hard = k.any_item(87, 27, 22)
    senior = (k.day >= k.rng.integers(80, 180))[:, None]
    pool = np.where(senior, np.where(hard[:, None], np.arange(c) < 2, np.arange(c) >= 2), True)
    there = presence(k, c)
    return Made(k, by_chance(k, there[k.day] * (pool + 0.02)), all_day(there))


@add("small teams by lane")
def _(seed: int) -> Made:
    k, c = lodged(seed), 9
    of = np.array([0, 0, 0, 0, 1, 1, 1, 2, 2])
    return Made(k, by_chance(k, presence(k, c, 0.95)[k.day] * (of[None, :] == k.lane[:, None])))


@add("vessel every eight days, its agents' files to the officers at the berth")
def _(seed: int) -> Made:
    k = lodged(seed, 4500)
    vessel = k.day % 8 == 0
    berth = k.rng.integers(0, 12, (int(k.day.max()) + 1, 2))[k.day]
    off_ship = vessel & (k.terminal == 0)
    pool = (np.eye(12)[berth[:, 0]] + np.eye(12)[berth[:, 1]]) > 0
    there = presence(k, 12)
    return Made(k, by_chance(k, np.where(off_ship[:, None], pool, there[k.day]) + 1e-6), all_day(there))
