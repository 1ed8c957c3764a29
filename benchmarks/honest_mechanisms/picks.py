"""Ways in which a file finds an officer, whoever lodged it."""

from __future__ import annotations

import numpy as np
from benchmarks.honest_mechanisms.lodging import Floats, Ints, Lodged
from numpy.typing import NDArray


def by_chance(k: Lodged, weight: Floats) -> Ints:
    weight = np.broadcast_to(weight, (k.n, weight.shape[-1])).copy()
    weight[weight.sum(axis=1) == 0] = 1.0
    chances = (weight / weight.sum(axis=1, keepdims=True)).cumsum(axis=1)
    return (k.rng.random(k.n)[:, None] > chances).sum(axis=1).clip(0, weight.shape[1] - 1).astype(np.int64)


def in_turn(k: Lodged, there: NDArray[np.bool_], restart: Ints | None = None) -> Ints:
    """Rota over those ``there`` (draws x officers); where ``restart`` changes it begins again with the first."""
    c, turn = there.shape[1], -1
    out = np.empty(k.n, dtype=np.int64)
    for d in range(k.n):
        if restart is not None and d and restart[d] != restart[d - 1]:
            turn = -1
        for step in range(1, c + 1):
            if there[d, (turn + step) % c]:
                break
        turn = (turn + step) % c
        out[d] = turn
    return out


def least_loaded(k: Lodged, there: NDArray[np.bool_], work: Floats, daily: bool, ties: str = "chance") -> Ints:
    """The officer with least work so far; of the day only, or of what is still open."""
    c = there.shape[1]
    load, out, pace = np.zeros(c), np.empty(k.n, dtype=np.int64), k.rng.gamma(10, 1 / 10, c)
    shade = np.arange(c) * 1e-9
    for d in range(k.n):
        if d and k.day[d] != k.day[d - 1]:
            load[:] = 0 if daily else load * 0.3
        tie = 1e-9 * k.rng.random(c) if ties == "chance" else shade
        out[d] = int(np.argmin(np.where(there[d], load + tie, np.inf)))
        load[out[d]] += work[d]
        if not daily:
            load = np.maximum(load - pace * work.mean() / c * 0.8, 0)
    return out


def pulled(k: Lodged, there: NDArray[np.bool_], taking: Floats) -> Ints:
    """Whoever is free first takes the next file; ``taking`` is what a file takes, in minutes, of an average officer."""
    c = there.shape[1]
    free, out, pace = np.zeros(c), np.empty(k.n, dtype=np.int64), k.rng.gamma(20, 1 / 20, c)
    for d in range(k.n):
        ready = np.where(there[d], np.maximum(free, k.at[d]) + 1e-6 * k.rng.random(c), np.inf)
        out[d] = int(np.argmin(ready))
        free[out[d]] = ready[out[d]] + taking[d] / pace[out[d]]
    return out


def sticky(k: Lodged, fresh: Ints, whose: Ints, days: int, chance: float = 1.0) -> Ints:
    """A file goes to the officer who had the last one of ``whose`` within ``days`` before."""
    out, last = fresh.copy(), {}
    keep = k.rng.random(k.n) < chance
    for d in range(k.n):
        before = last.get(int(whose[d]))
        if before is not None and k.day[d] - before[0] < days and keep[d]:
            out[d] = before[1]
        last[int(whose[d])] = (int(k.day[d]), int(out[d]))
    return out
