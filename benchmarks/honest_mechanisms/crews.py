"""Crews, nights and turns at the counter."""

from __future__ import annotations

import numpy as np
from benchmarks.honest_mechanisms.catalogue import EVEN, MECHANISMS, add, also
from benchmarks.honest_mechanisms.lodging import DAY, Lodged, lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence
from benchmarks.honest_mechanisms.picks import by_chance


def crews(k: Lodged, swapped: float, shown: int = 0) -> Made:
    """Two crews, mornings and afternoons, that change every week; some swap, and the roster does not know."""
    days = int(k.day.max()) + 1
    crew = (np.arange(12)[None, :] + np.arange(days)[:, None] // 5) % 2
    listed = [
        (i, d * DAY + (480 if crew[d, i] == 0 else 780) + shown, d * DAY + (780 if crew[d, i] == 0 else 1080) + shown)
        for d in range(days)
        for i in range(12)
    ]
    swap = k.rng.random((days, 12)) < swapped
    now = (k.hour >= 13).astype(int)
    return Made(k, by_chance(k, ((crew ^ swap)[k.day] == now[:, None]).astype(float)), listed, EVEN)


MECHANISMS["two crews"] = lambda seed: crews(lodged(seed), 0.0)
MECHANISMS["two crews, a tenth of the shifts swapped"] = lambda seed: crews(lodged(seed), 0.1)
also("two crews, swaps, no rule", MECHANISMS["two crews, a tenth of the shifts swapped"], True)
also("two crews, swaps, no roster", MECHANISMS["two crews, a tenth of the shifts swapped"], False)
MECHANISMS["two crews, roster an hour late"] = lambda seed: crews(lodged(seed), 0.0, 60)
MECHANISMS["two crews, roster three hours late"] = lambda seed: crews(lodged(seed), 0.0, 180)


@add("night crews of two, three nights each")
def _(seed: int) -> Made:
    k = lodged(seed, night=True)
    night = (k.hour >= 20) | (k.hour < 6)
    turn = (k.day - (k.hour < 6)) // 3 % 5
    crew = (np.arange(12)[None, :] // 2) == turn[:, None]
    there = presence(k, 12)
    return Made(k, by_chance(k, np.where(night[:, None], crew, there[k.day] & ~crew) + 0.0))


@add("duty officer of the day takes three in four")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    duty = k.rng.integers(0, 12, there.shape[0])[k.day]
    return Made(k, by_chance(k, there[k.day] * 0.03 + np.eye(12)[duty]), all_day(there))


@add("turns at the counter of two hours")
def _(seed: int) -> Made:
    k = lodged(seed)
    turn = k.day * 5 + ((k.hour - 8) // 2).clip(0, 4).astype(int)
    return Made(k, k.rng.integers(0, 12, turn.max() + 1)[turn])


@add("turns at the counter of 40 minutes, two officers at it")
def _(seed: int) -> Made:
    k = lodged(seed)
    turn = k.day * 15 + ((k.minute - 480) // 40).clip(0, 14)
    two = k.rng.integers(0, 12, (turn.max() + 1, 2))[turn]
    return Made(k, two[np.arange(k.n), k.rng.integers(0, 2, k.n)])
