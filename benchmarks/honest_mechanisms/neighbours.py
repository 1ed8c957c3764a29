"""Honest neighbours of one planted scheme."""

from __future__ import annotations

import numpy as np
from benchmarks.honest_mechanisms.catalogue import MECHANISMS
from benchmarks.honest_mechanisms.lodging import lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence
from benchmarks.honest_mechanisms.picks import by_chance


def scheme(seed: int, strength: float, roster: bool) -> Made:
    """The largest declarant but two steered; everybody else is honest."""
    k = lodged(seed, largest=0.25)
    there = presence(k, 12)
    honest = by_chance(k, there[k.day] * k.rng.gamma(8, 1 / 8, 12))
    hit = (k.declarant == 0) & (k.rng.random(k.n) < strength) & there[k.day, 5]
    return Made(k, np.where(hit, 5, honest), all_day(there) if roster else None, scheme=(0, 5))


MECHANISMS["neighbours of one scheme of a quarter of the work, roster"] = lambda seed: scheme(seed, 0.8, True)
MECHANISMS["neighbours of one scheme of a quarter of the work"] = lambda seed: scheme(seed, 0.8, False)
