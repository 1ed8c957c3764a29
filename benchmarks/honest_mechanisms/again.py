"""Files cancelled and lodged again for honest reasons: whether the last pick of a file is still by chance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pyarrow as pa
from benchmarks.honest_mechanisms.catalogue import add
from benchmarks.honest_mechanisms.lodging import Floats, Ints, Lodged, lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence
from benchmarks.honest_mechanisms.picks import by_chance
from benchmarks.honest_mechanisms.recorded import stamped
from numpy.typing import NDArray

C = 12
Next = Callable[[int, int, Ints], int]
"""File, its officer so far, who is there -> who has it when it is lodged again."""


def lodged_again(k: Lodged, cancels: Callable[[int, int], float], to: Next) -> Made:
    """Up to two tries of a file more, an hour and a half apart. ``cancels``: the chance, by file and its officer."""
    there = presence(k, C)
    first = by_chance(k, there[k.day].astype(float))
    tries: list[tuple[int, int, int, bool]] = []
    for d, i in enumerate(first.tolist()):
        here, t = np.flatnonzero(there[k.day[d]]), 0
        while t < 2 and k.rng.random() < cancels(d, i):
            tries.append((d, i, t, True))
            i, t = to(d, i, here), t + 1
        tries.append((d, i, t, False))
    which, officer, again, cancelled = (np.array(a) for a in zip(*tries, strict=True))
    minute = np.minimum(k.minute[which] + 90 * again, 1439)
    order = np.lexsort((minute, k.day[which]))
    parts = {f: getattr(k, f)[which][order] for f in k.__dataclass_fields__ if f not in ("rng", "minute")}
    made = Made(replace(k, minute=minute[order], **parts), officer[order], all_day(there))
    return stamped(made, "status", pa.array(np.where(cancelled[order], "cancelled", "released")))


def faults(k: Lodged) -> Floats:
    """How often a file is wrong: declarants differ much."""
    return k.rng.beta(1, 4, int(k.declarant.max()) + 1)[k.declarant]


def drawn(k: Lodged) -> Next:
    return lambda d, i, here: int(k.rng.choice(here))


@add("sent back: three strict officers have faulty files cancelled; they are lodged again and drawn anew")
def _(seed: int) -> Made:
    k = lodged(seed)
    wrong: NDArray[np.bool_] = k.rng.random(k.n) < faults(k)
    return lodged_again(k, lambda d, i: wrong[d] * (0.8 if i < 3 else 0.1), drawn(k))


@add("corrected: faulty files are cancelled by their declarants, lodged again and drawn anew")
def _(seed: int) -> Made:
    k = lodged(seed)
    wrong = k.rng.random(k.n) < faults(k)
    return lodged_again(k, lambda d, i: 0.6 * wrong[d], drawn(k))


@add("corrected: faulty files are cancelled, lodged again and given to the officer who had them")
def _(seed: int) -> Made:
    k = lodged(seed)
    wrong = k.rng.random(k.n) < faults(k)
    return lodged_again(k, lambda d, i: 0.6 * wrong[d], lambda d, i, here: i)


@add("corrected: faulty files are cancelled, lodged again and given to the two officers for corrections")
def _(seed: int) -> Made:
    k = lodged(seed)
    wrong = k.rng.random(k.n) < faults(k)
    return lodged_again(k, lambda d, i: 0.6 * wrong[d] * (i > 1), lambda d, i, here: int(k.rng.choice([0, 1])))
