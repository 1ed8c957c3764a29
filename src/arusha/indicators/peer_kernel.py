"""Compiled search for the units of an office that lie so far from their like that others are tested without them."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from arusha.inference.compiled import compiled
from arusha.inference.segments import FloatArray, IntArray

FAR = 10.0
"""A unit with all or none of what counts has no finite odds ratio: it lies at least so many standard errors away."""


@compiled
def distance(first: int, last: int, stratum: IntArray, own: IntArray, whole: IntArray) -> tuple[float, float, float]:
    """z of one unit's common log odds ratio by batch, its cases that count less those expected, and the information.

    ``own`` and ``whole``: cases, those that count, batches, those that count; a column a stratum of the unit, and a
    stratum of all units. As ``peer_strata.log_odds`` tells it for many.
    """
    gap = 0.0
    seen = 0.0
    expected = 0.0
    variance = 0.0
    concordant = 0.0
    discordant = 0.0
    agreeing = 0.0
    mixed = 0.0
    differing = 0.0
    for i in range(first, last):
        s = stratum[i]
        colleagues = float(whole[0, s] - own[0, i])
        if colleagues <= 0.0:
            continue
        gap += own[1, i] - own[0, i] * (whole[1, s] - own[1, i]) / colleagues
        a = float(own[3, i])
        b = float(own[2, i] - own[3, i])
        c = float(whole[3, s] - own[3, i])
        d = float(whole[2, s] - own[2, i]) - c
        total = a + b + c + d
        if total < 2.0:
            continue
        seen += a
        expected += (a + b) * (a + c) / total
        variance += (a + b) * (c + d) * (a + c) * (b + d) / (total * total * (total - 1.0))
        with_it = a * d / total
        against = b * c / total
        agree = (a + d) / total
        differ = (b + c) / total
        concordant += with_it
        discordant += against
        agreeing += agree * with_it
        mixed += agree * against + differ * with_it
        differing += differ * against
    if concordant > 0.0 and discordant > 0.0:
        square = (
            agreeing / (2.0 * concordant * concordant)
            + mixed / (2.0 * concordant * discordant)
            + differing / (2.0 * discordant * discordant)
        )
        if square > 0.0:
            return math.log(concordant / discordant) / math.sqrt(square), gap, 1.0 / square
    if variance <= 0.0:
        return 0.0, gap, 0.0
    null = (seen - expected) / math.sqrt(variance)
    if null == 0.0:
        return 0.0, gap, variance
    return math.copysign(FAR + abs(null), null), gap, variance


@compiled
def set_aside(
    indptr: IntArray,
    stratum: IntArray,
    own: IntArray,
    whole: IntArray,
    ordinary: FloatArray,
    extreme: float,
    excess: float,
) -> NDArray[np.bool_]:
    """Units set aside one by one, the furthest first, each time without the cases of those set aside before.

    At least ``extreme`` standard deviations of an ordinary unit and ``excess`` cases from their like on either side,
    fewer than half. ``ordinary``: the variance of ordinary units' log odds ratios beyond chance, one entry a unit.
    """
    units = indptr.size - 1
    rest = whole.copy()
    aside = np.zeros(units, dtype=np.bool_)
    count = 0
    while 2 * (count + 1) < units:
        best = -1
        furthest = 0.0
        for unit in range(units):
            if aside[unit]:
                continue
            z, gap, information = distance(indptr[unit], indptr[unit + 1], stratum, own, rest)
            z /= math.sqrt(1.0 + ordinary[unit] * information)
            if abs(z) >= extreme and abs(gap) >= excess and abs(z) > furthest:
                best = unit
                furthest = abs(z)
        if best < 0:
            break
        aside[best] = True
        count += 1
        for i in range(indptr[best], indptr[best + 1]):
            for k in range(4):
                rest[k, stratum[i]] -= own[k, i]
    return aside
