"""Rotas, least load, and whoever is free."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from benchmarks.honest_mechanisms.catalogue import MECHANISMS, add, also
from benchmarks.honest_mechanisms.lodging import CHAPTERS, lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence
from benchmarks.honest_mechanisms.picks import in_turn, least_loaded, pulled


def rota(seed: int, opening: bool, restart: str) -> Made:
    k = lodged(seed, opening=opening)
    there = presence(k, 12)
    when = {"never": None, "each morning": k.day, "each shift": k.day * 2 + (k.hour >= 13)}[restart]
    return Made(k, in_turn(k, there[k.day], when), all_day(there))


MECHANISMS["rota, large declarants at opening"] = lambda seed: rota(seed, True, "never")
MECHANISMS["rota that begins again each morning"] = lambda seed: rota(seed, False, "each morning")
MECHANISMS["rota that begins again each morning, large declarants at opening"] = lambda s: rota(s, True, "each morning")
MECHANISMS["rota that begins again each shift"] = lambda seed: rota(seed, False, "each shift")
also("rota that begins again, at opening, no roster", lambda seed: rota(seed, True, "each morning"), False)


@add("rota by lane, begins again each morning")
def _(seed: int) -> Made:
    k = lodged(seed, opening=True)
    there, out = presence(k, 12), np.empty(lodged(seed).n, dtype=np.int64)
    for lane in range(3):
        at = np.flatnonzero(k.lane == lane)
        part = replace(k, **{f: getattr(k, f)[at] for f in ("day", "minute")})
        out[at] = in_turn(part, there[part.day], part.day)
    return Made(k, out)


def loaded(seed: int, by: str, daily: bool, ties: str, **about: Any) -> Made:
    k = lodged(seed, **about)
    there = presence(k, 12)
    value = np.where(k.chapters >= 0, k.values, 0).sum(axis=1)
    work = {"items": 10.0 + 5 * k.count, "value": value, "number": np.ones(k.n)}[by]
    return Made(k, least_loaded(k, there[k.day], work, daily, ties), all_day(there))


MECHANISMS["least loaded by items"] = lambda seed: loaded(seed, "items", False, "chance")
MECHANISMS["least loaded by value"] = lambda seed: loaded(seed, "value", False, "chance")
MECHANISMS["least loaded of the day, ties by number"] = lambda seed: loaded(seed, "number", True, "number")
MECHANISMS["least loaded of the day, ties by number, at opening"] = lambda seed: loaded(
    seed, "items", True, "number", opening=True
)


@add("whoever is free takes the next file")
def _(seed: int) -> Made:
    k = lodged(seed)
    there = presence(k, 12)
    hard = np.where(np.isin(CHAPTERS[k.chapters[:, 0]], [84, 85, 87]), 3.0, 1.0)
    return Made(k, pulled(k, there[k.day], hard * k.rng.gamma(2, 60, k.n)), all_day(there))
