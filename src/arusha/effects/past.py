"""Worlds without the measure, made of what the units did before it: what power is computed in.

Held against the last period before the start, series run up and down their past, so that no jump is added. Held against
the mean of all periods before, such worlds would show next to nothing, because the same months would stand before and
after; there blocks of months are drawn anew for each side, and the spread of what the design compares is brought to
what the past says it is: the mean squared difference of two months of a unit by their distance (the variogram), which
needs no mean of the unit and is therefore not too small where months remember (Cressie 1993, section 2.4).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arusha.effects.assignments import Scores
from arusha.effects.panels import NEVER, Baseline, FloatArray, IntArray

_DRAWN = 40
"""Different draws of blocks; roles are dealt anew in each world."""
MOST_MEMORY = 0.95
"""Correlation of neighbouring months beyond which a past of some months says nothing of its size far apart."""


def reflected(length: int, periods: int, offset: int) -> IntArray:
    """Positions that run up and down 0..length-1 without a jump."""
    if length == 1:
        return np.zeros(periods, dtype=np.int64)
    cycle = 2 * (length - 1)
    at = (offset + np.arange(periods)) % cycle
    return np.where(at < length, at, cycle - at).astype(np.int64)


def runs(random: np.random.Generator, before: int, periods: int, baseline: Baseline) -> list[IntArray]:
    """Which months of the past each world is made of: ``periods`` positions in ``before`` months, for each draw."""
    if baseline == "last":
        return [reflected(before, periods, k) for k in range(max(1, 2 * (before - 1)))]
    block = max(1, round(before ** (1 / 3)))
    found = []
    for _ in range(_DRAWN):
        starts = random.integers(0, before - block + 1, -(-periods // block))
        found.append((starts[:, None] + np.arange(block)).ravel()[:periods].astype(np.int64))
    return found


def centred(y: FloatArray, before: int) -> FloatArray:
    """n x before: series before the measure, each around its mean."""
    return np.asarray(y[:, :before] - y[:, :before].mean(axis=1, keepdims=True))


def variogram(past: FloatArray, periods: int) -> FloatArray:
    """Half the mean squared difference of two months of a unit, by their distance 0 .. ``periods`` - 1 (n x B series).

    What all units share is taken out. From half of the past on there are few pairs of months: there it is what months
    of one memory would show, r to the distance, with r from the first two distances (as Han and Phillips 2010 have it,
    free of the bias that means of short series bring) and the size from all pairs so far apart.
    """
    n, B = past.shape
    e = past - past.mean(axis=0)
    squares = np.array([0.0, *(float(np.sum((e[:, h:] - e[:, :-h]) ** 2)) for h in range(1, B))])
    pairs = n * (B - np.arange(B))
    seen = squares / (2 * pairs) * n / max(1, n - 1)
    memory = float(np.clip(seen[2] / seen[1] - 1, 0.0, MOST_MEMORY)) if B > 2 and seen[1] > 0 else 0.0
    far = max(1, B // 2)
    grown = 1 - memory ** np.arange(periods, dtype=np.float64)
    size = float(seen[far:] @ pairs[far:]) / float(grown[far:B] @ pairs[far:]) if B > 1 else 0.0
    found = size * grown
    found[:far] = seen[:far]
    return np.asarray(found)


def contrast_variance(weights: FloatArray, gamma: FloatArray) -> float:
    """Variance of a unit's weighted sum (T weights that add up to 0) of months that part by ``gamma`` (T).

    Never less than of months that forget at once.
    """
    apart = np.abs(np.subtract.outer(np.arange(weights.size), np.arange(weights.size)))
    return max(-float(weights @ gamma[apart] @ weights), float(gamma[1:2].sum()) * float(weights @ weights))


def worlds(
    past: FloatArray,
    drawn: list[IntArray],
    time: IntArray,
    first: IntArray,
    baseline: Baseline,
    scores_of: Callable[[FloatArray], Scores],
) -> list[Scores]:
    """The scores of each draw of months (``runs``) of an n x B past, of the spread that the design will meet."""
    made = [scores_of(past[:, run]) for run in drawn]
    if baseline == "last":
        return made
    start = np.where(first > time[-1], NEVER, first)
    gamma = variogram(past, time.size)
    value = np.stack([m.value for m in made])
    there = value.var(axis=1, ddof=1).mean(axis=0)
    wanted = []
    for g in np.unique(start[start != NEVER]):
        after = time >= g
        wanted.append(contrast_variance(after / after.sum() - ~after / (~after).sum(), gamma))
    # Near-by units begin with the first.
    wanted += [wanted[0]] * (value.shape[2] - len(wanted))
    factor = np.sqrt(np.array(wanted) / np.where(there > 0, there, np.inf))
    return [Scores(m.value * factor, m.weight, m.size, m.label) for m in made]
