"""Moves of a file after its first pick, for assignment-override."""

from __future__ import annotations

import numpy as np
from benchmarks.honest_mechanisms.catalogue import moves
from benchmarks.honest_mechanisms.lodging import ORIGINS, Floats, Ints, Lodged
from benchmarks.honest_mechanisms.picks import by_chance, sticky
from numpy.typing import NDArray


def others(k: Lodged, there: NDArray[np.bool_], first: Ints, hit: NDArray[np.bool_], pool: Floats) -> Ints:
    return np.where(hit, by_chance(k, there[k.day] * pool + 1e-9), first)


@moves("files of an officer who fell ill that day, to colleagues")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    ill = k.rng.random(there.shape) < 0.06
    return others(k, there, first, ill[k.day, first], (~ill)[k.day].astype(float))


@moves("files of an officer who fell ill, all to one deputy of the day")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    ill = k.rng.random(there.shape) < 0.06
    deputy = k.rng.integers(0, 12, there.shape[0])[k.day]
    return np.where(ill[k.day, first], deputy, first)


@moves("files after four o'clock, to the early officers of the next day")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    early = k.rng.integers(0, 12, (there.shape[0], 2))[k.day]
    hit = (k.minute >= 960) & (k.rng.random(k.n) < 0.8)
    return np.where(hit, early[np.arange(k.n), k.rng.integers(0, 2, k.n)], first)


@moves("goods of any item to the specialists")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    hit = k.any_item(87, 27) & (k.rng.random(k.n) < 0.7)
    return others(k, there, first, hit, np.isin(np.arange(12), [1, 2]).astype(float))


@moves("origins to those who read the language")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    hit = (ORIGINS[k.origin] == "CN") & (k.rng.random(k.n) < 0.5)
    return others(k, there, first, hit, np.isin(np.arange(12), [3, 4]).astype(float))


@moves("high values to two seniors")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    hit = np.where(k.chapters >= 0, k.values, 0).sum(axis=1) > 30000
    return others(k, there, first, hit, np.isin(np.arange(12), [0, 7]).astype(float))


@moves("the files of the longest pile are shared out at noon")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    out = first.copy()
    for d in np.unique(k.day):
        mine = np.flatnonzero((k.day == d) & (k.hour < 12))
        pile = np.bincount(first[mine], minlength=12)
        longest, least = int(pile.argmax()), int(np.where(there[d], pile, 99).argmin())
        take = mine[first[mine] == longest][1:]
        out[take] = least
    return out


@moves("a file follows the importer's earlier file of that week")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    return sticky(k, first, k.importer, 5, 0.5)


@moves("a file follows the importer's earlier file of that day")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    return sticky(k, first, k.importer, 1, 1.0)


@moves("goods at one terminal to the officers there")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    hit = (k.terminal == 2) & (k.rng.random(k.n) < 0.6)
    return others(k, there, first, hit, (np.arange(12) >= 9).astype(float))


@moves("inspection in the yard: red lane to the yard team of the week")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    hit = (k.lane == 1) & (k.rng.random(k.n) < 0.4)
    yard = (np.arange(12)[None, :] // 3) == (k.day // 5 % 4)[:, None]
    return others(k, there, first, hit, yard.astype(float))


@moves("refused by one officer for kinship with a declarant (by person)")
def _(k: Lodged, there: NDArray[np.bool_], first: Ints) -> Ints:
    return others(k, there, first, (first == 4) & (k.declarant == 2), (np.arange(12) != 4).astype(float))
