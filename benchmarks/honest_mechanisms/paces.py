"""Officers who take more or less, by week, hour or goods; small and large offices."""

from __future__ import annotations

from typing import Any

import numpy as np
from benchmarks.honest_mechanisms.catalogue import MECHANISMS, add, also
from benchmarks.honest_mechanisms.lodging import lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence
from benchmarks.honest_mechanisms.picks import by_chance


def plain(seed: int, c: int, **about: Any) -> Made:
    k = lodged(seed, **about)
    there = presence(k, c)
    return Made(k, by_chance(k, there[k.day] * k.rng.gamma(8, 1 / 8, c)), all_day(there))


MECHANISMS["three officers"] = lambda seed: plain(seed, 3)
MECHANISMS["80 officers"] = lambda seed: plain(seed, 80, draws=6000)
MECHANISMS["six declarants"] = lambda seed: plain(seed, 10, declarants=6)
MECHANISMS["one declarant of 60%"] = lambda seed: plain(seed, 12, largest=0.6)


@add("pace that wanders from week to week")
def _(seed: int) -> Made:
    k = lodged(seed, seasonal=0.5)
    there = presence(k, 12)
    walk = np.cumsum(k.rng.normal(0, 0.25, (51, 12)), axis=0)
    return Made(k, by_chance(k, there[k.day] * np.exp(walk - walk.mean(axis=0))[k.day // 5]), all_day(there))


@add("pace that differs by hour for each officer")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    pace = np.exp(k.rng.normal(0, 0.6, (10, 12)))[(k.hour - 8).clip(0, 9).astype(int)]
    return Made(k, by_chance(k, there[k.day] * pace), all_day(there))


@add("pace that differs by goods for each officer")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    pace = np.exp(k.rng.normal(0, 0.35, (16, 12)))[k.chapters[:, 0]]
    return Made(k, by_chance(k, there[k.day] * pace), all_day(there))


also("pace by goods, no roster", MECHANISMS["pace that differs by goods for each officer"], False)


@add("pace that differs by goods and by origin for each officer")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    pace = np.exp(k.rng.normal(0, 0.4, (8, 16, 12)))[k.origin, k.chapters[:, 0]]
    return Made(k, by_chance(k, there[k.day] * pace), all_day(there))
