"""Quantiles of mixtures of normal laws, compiled. Imported on first use only."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray
from scipy import special

from arusha.inference.compiled import compiled

FloatArray = NDArray[np.float64]

NOTHING = 1e-17
"""Weights of a part that no sum of the others would show."""
FAINT = 1e-10
"""And of one that eight of would not decide on which side of a chance a value lies, but within ``SURE``."""
FARTHEST = 8.5
"""Standard deviations beyond which the normal law is taken as 0 or 1: what is left is under 1e-17."""
STEPS = 64
"""Entries of the table of the normal law for each standard deviation: between them it is wrong by less than 3e-10."""
NEWTON = 12
"""Steps in the search for where a mixture passes a chance, at most."""
SURE = 1e-8
"""Distance from the chance asked for beyond which the table decides; nearer the law itself is asked, so that the
result is that of the law in every digit."""


def normal_table() -> FloatArray:
    """The normal law and its slope times the step, at every step from ``-FARTHEST`` to ``FARTHEST``: entries x 2."""
    z = np.arange(-FARTHEST * STEPS, FARTHEST * STEPS + 1) / STEPS
    slope = np.exp(-0.5 * z * z) / math.sqrt(2.0 * math.pi) / STEPS
    return np.ascontiguousarray(np.column_stack([special.ndtr(z), slope]))


@compiled
def looked_up(steps: float, table: FloatArray) -> float:
    """The normal law so many steps from its middle, by a cubic between the entries of the table."""
    at = steps + FARTHEST * STEPS
    if at <= 0.0:
        return 0.0
    if at >= table.shape[0] - 1:
        return 1.0
    k = int(at)
    t = at - k
    low, rise = table[k, 0], table[k + 1, 0] - table[k, 0]
    begin, end = table[k, 1], table[k + 1, 1]
    under: float = low + t * (begin + t * (3.0 * rise - 2.0 * begin - end + t * (begin + end - 2.0 * rise)))
    return under


@compiled
def _under(part: FloatArray, mean: FloatArray, sd: FloatArray, at: float) -> float:
    """The chance that one mixture is under ``at``."""
    under = 0.0
    for k in range(part.size):
        if part[k] > NOTHING:
            under += part[k] * 0.5 * math.erfc((mean[k] - at) / sd[k] * math.sqrt(0.5))
    return under


@compiled
def _between(
    weight: FloatArray,
    centre: FloatArray,
    steps: FloatArray,
    parts: int,
    reach: float,
    chance: float,
    begin: float,
    table: FloatArray,
) -> tuple[float, float]:
    """Two values, near each other, of which the mixture is surely under ``chance`` at the first and over at the second.

    By Newton's steps from ``begin``, kept between what is known. ``steps``: STEPS to a standard deviation.
    """
    low, high, at = -math.inf, math.inf, begin
    close = reach * 2.0**-23
    for _ in range(NEWTON):
        under, density = 0.0, 0.0
        for k in range(parts):
            z = (at - centre[k]) * steps[k]
            under += weight[k] * looked_up(z, table)
            place = z + FARTHEST * STEPS
            if 0.0 < place < table.shape[0] - 1:
                density += weight[k] * steps[k] * table[int(place), 1]
        if under < chance - SURE:
            low = max(low, at)
        elif under > chance + SURE:
            high = min(high, at)
        step = (chance - under) / density if density > 0.0 else math.inf
        if abs(step) < close:
            break
        at += step
        if not max(low, -reach) < at < min(high, reach):
            at = 0.5 * (max(low, -reach) + min(high, reach))
    for side in (-2.0, 2.0):
        under = 0.0
        for k in range(parts):
            under += weight[k] * looked_up((at + side * close - centre[k]) * steps[k], table)
        if under < chance - SURE:
            low = max(low, at + side * close)
        elif under > chance + SURE:
            high = min(high, at + side * close)
    return low, high


@compiled
def quantiles(
    part: FloatArray,
    mean: FloatArray,
    sd: FloatArray,
    reach: FloatArray,
    chance: float,
    deviate: float,
    halvings: int,
    table: FloatArray,
    first: int,
    last: int,
    out: FloatArray,
) -> None:
    """Where the mixture of each row first to last - 1 passes ``chance``, by halving minus to plus ``reach``.

    ``table``: as ``normal_table`` gives it. ``deviate``: the standard normal law's quantile of ``chance``, from which
    a search begins that spares most halvings the law.
    """
    weight, centre, steps = np.empty(part.shape[1]), np.empty(part.shape[1]), np.empty(part.shape[1])
    for i in range(first, last):
        low = -reach[i]
        high = reach[i]
        parts = 0
        middle, square = 0.0, 0.0
        for k in range(part.shape[1]):
            if part[i, k] > FAINT:
                weight[parts], centre[parts], steps[parts] = part[i, k], mean[i, k], STEPS / sd[i, k]
                middle += part[i, k] * mean[i, k]
                square += part[i, k] * (mean[i, k] ** 2 + sd[i, k] ** 2)
                parts += 1
        begin = middle + deviate * math.sqrt(max(square - middle * middle, 0.0))
        under_at, over_at = _between(weight, centre, steps, parts, reach[i], chance, begin, table)
        for _ in range(halvings):
            middle = 0.5 * (low + high)
            if middle <= under_at:
                low = middle
                continue
            if middle >= over_at:
                high = middle
                continue
            under = 0.0
            for k in range(parts):
                under += weight[k] * looked_up((middle - centre[k]) * steps[k], table)
            if abs(under - chance) <= SURE:
                under = _under(part[i], mean[i], sd[i], middle)
            if under < chance:
                low = middle
            else:
                high = middle
        out[i] = 0.5 * (low + high)
