"""Offices where the person decides, honestly: only a recorded duty can tell them from steering."""

from __future__ import annotations

import numpy as np
from benchmarks.honest_mechanisms.catalogue import add
from benchmarks.honest_mechanisms.lodging import lodged
from benchmarks.honest_mechanisms.office import Made, presence
from benchmarks.honest_mechanisms.picks import by_chance


@add("desk by importer's letter (by person)")
def _(seed: int) -> Made:
    k = lodged(seed)
    letter = np.random.default_rng(seed).integers(0, 4, k.importer.max() + 1)
    there = presence(k, 12)
    return Made(k, by_chance(k, there[k.day] * ((np.arange(12) % 4)[None, :] == letter[k.importer][:, None])))


@add("account officer for each importer (by person)")
def _(seed: int) -> Made:
    k = lodged(seed)
    account = np.random.default_rng(seed).integers(0, 12, k.importer.max() + 1)
    return Made(k, by_chance(k, presence(k, 12)[k.day] * (np.eye(12)[account[k.importer]] + 1e-6)))


@add("team by declarant's number (by person)")
def _(seed: int) -> Made:
    k = lodged(seed)
    return Made(k, by_chance(k, presence(k, 12)[k.day] * ((np.arange(12) % 4) == (k.declarant % 4)[:, None])))
