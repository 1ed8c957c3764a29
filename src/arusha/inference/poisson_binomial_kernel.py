"""Compiled tails of sums of independent yes/no draws. See ``lattice_kernel``."""

from __future__ import annotations

import math

import numpy as np

from arusha.inference.compiled import compiled
from arusha.inference.edgeworth_kernel import LEAST_TAIL, upper_near_the_mean
from arusha.inference.lattice_kernel import convolved, rising_tails, tail_and_point
from arusha.inference.segments import FloatArray, IntArray

FEW = 8
"""Counts up to which what lies below them is summed, where it leaves enough."""
FARTHEST = 200.0
"""As for hypergeometric counts: no tilt beyond this is needed."""


@compiled
def law_of_sum(p: FloatArray, copies: IntArray, tilt: float) -> tuple[int, FloatArray, float]:
    """The law of N at ``tilt``: first count, probabilities, and log E exp(tilt N) without it."""
    grow = math.exp(tilt)
    log_scale = 0.0
    offset = 0
    most = 1
    for s in range(p.size):
        most += copies[s]
    # Two buffers in turn: the law so far lies in one of them, and its sum with the next draw is written to the other.
    law, other = np.empty(most), np.empty(most)
    law[0] = 1.0
    first = 0
    size = 1
    one = np.empty(2)
    for s in range(p.size):
        if p[s] <= 0.0:
            continue
        if p[s] >= 1.0:
            offset += copies[s]
            log_scale += copies[s] * tilt
            continue
        up = 1.0 + p[s] * math.expm1(tilt)
        log_scale += copies[s] * math.log1p(p[s] * math.expm1(tilt))
        one[0] = (1.0 - p[s]) / up
        one[1] = p[s] * grow / up
        for _ in range(copies[s]):
            dropped, length = convolved(law[first : first + size], one, other)
            law, other = other, law
            first = dropped
            size = length
            offset += dropped
    return offset, law[first : first + size].copy(), log_scale


@compiled
def one_sum_of_bernoullis(p: FloatArray, copies: IntArray, t: int) -> tuple[float, float]:
    """P(N >= t) and P(N = t) for a sum of independent yes/no draws with chances ``p``."""
    least = 0
    most = 0
    for s in range(p.size):
        if p[s] > 0.0:
            most += copies[s]
        if p[s] >= 1.0:
            least += copies[s]
    if t > most:
        return 0.0, 0.0
    if t < least:
        return 1.0, 0.0
    if least == most:
        return 1.0, 1.0
    if t == most:
        log_p = 0.0
        for s in range(p.size):
            if p[s] > 0.0:
                log_p += copies[s] * math.log(p[s])
        return math.exp(log_p), math.exp(log_p)
    tilt = 0.0 if t == least else bernoulli_tilt(p, copies, t, 0.2)
    offset, law, log_scale = law_of_sum(p, copies, tilt)
    tail, point = tail_and_point(offset, law, tilt, t)
    scale = math.exp(log_scale - tilt * t)
    return (1.0 if t == least else min(scale * tail, 1.0)), scale * point


@compiled
def bernoulli_tilt(p: FloatArray, copies: IntArray, t: int, slack: float) -> float:
    """The tilt that brings the mean to ``t`` within ``slack`` standard deviations; 0 where the mean is above."""
    low = 0.0
    high = FARTHEST
    tilt = 0.0
    for step in range(200):
        mean = 0.0
        variance = 0.0
        grow = math.exp(tilt)
        for s in range(p.size):
            q = p[s] * grow / (1.0 + p[s] * (grow - 1.0))
            mean += copies[s] * q
            variance += copies[s] * q * (1.0 - q)
        gap = t - mean
        if step == 0 and gap <= 0.0:
            return 0.0
        if abs(gap) <= slack * math.sqrt(variance) + 0.05 * slack:
            break
        if gap > 0.0:
            low = tilt
        else:
            high = tilt
        tilt = tilt + gap / variance if variance > 0.0 else high
        if tilt <= low or tilt >= high:
            tilt = 0.5 * (low + min(high, 2.0 * low + 8.0))
    return tilt


@compiled
def near_the_mean(p: FloatArray, copies: IntArray, t: int) -> float:
    """P(N >= t) by Edgeworth's series; not a number where the exact tail is needed."""
    k1 = 0.0
    k2 = 0.0
    k3 = 0.0
    k4 = 0.0
    k5 = 0.0
    for s in range(p.size):
        c = float(copies[s])
        x = p[s]
        q = x * (1.0 - x)
        skew = 1.0 - 2.0 * x
        k1 += c * x
        k2 += c * q
        k3 += c * q * skew
        k4 += c * q * (1.0 - 6.0 * q)
        k5 += c * q * skew * (1.0 - 12.0 * q)
    return upper_near_the_mean(t, k1, k2, k3, k4, k5)


@compiled
def beyond_few(p: FloatArray, copies: IntArray, t: int) -> float:
    """P(N >= t) for a small ``t``, as what the counts below it leave; not a number where that would lose digits."""
    law = np.zeros(t)
    law[0] = 1.0
    for s in range(p.size):
        x = p[s]
        for _ in range(copies[s]):
            for k in range(t - 1, 0, -1):
                law[k] = law[k] * (1.0 - x) + law[k - 1] * x
            law[0] *= 1.0 - x
    tail = 1.0 - law.sum()
    return tail if tail >= LEAST_TAIL else math.nan


@compiled
def quick_tail(p: FloatArray, copies: IntArray, t: int) -> float:
    """P(N >= t): exact where it is under ``LEAST_TAIL``, else the quickest of what is close enough."""
    if t <= 0:
        return 1.0
    tail = near_the_mean(p, copies, t)
    if math.isnan(tail) and t <= FEW:
        tail = beyond_few(p, copies, t)
    if math.isnan(tail):
        tail, _ = one_sum_of_bernoullis(p, copies, t)
    return tail


@compiled
def quick_tails(
    p: FloatArray, copies: IntArray, indptr: IntArray, t: IntArray, first: int, last: int, tails: FloatArray
) -> None:
    """Fill ``tails`` for the units ``first`` to ``last`` - 1."""
    for unit in range(first, last):
        a = indptr[unit]
        b = indptr[unit + 1]
        tails[unit] = quick_tail(p[a:b], copies[a:b], t[unit])


@compiled
def averaged_tails(
    p: FloatArray,
    copies: IntArray,
    indptr: IntArray,
    t: IntArray,
    spread: FloatArray,
    nodes: FloatArray,
    weights: FloatArray,
    tails: FloatArray,
) -> None:
    """Fill ``tails`` with each unit's tail averaged over its log odds moved by ``spread`` times the nodes (falling)."""
    for unit in range(indptr.size - 1):
        a = indptr[unit]
        b = indptr[unit + 1]
        moved = np.empty(b - a)
        total = 0.0
        rest = weights.sum()
        for k in range(nodes.size):
            grow = math.exp(nodes[k] * spread[unit])
            for s in range(a, b):
                moved[s - a] = p[s] * grow / (1.0 - p[s] + p[s] * grow)
            tail = quick_tail(moved, copies[a:b], t[unit])
            total += weights[k] * tail
            rest -= weights[k]
            # Chances fall from node to node, and tails with them.
            if rest * tail <= 1e-14 * total:
                break
        tails[unit] = min(total, 1.0)


@compiled
def sums_of_bernoullis(
    p: FloatArray,
    copies: IntArray,
    indptr: IntArray,
    t: IntArray,
    units: IntArray,
    tails: FloatArray,
    points: FloatArray,
) -> None:
    """Fill ``tails`` and ``points`` for the ``units`` named."""
    for unit in units:
        a = indptr[unit]
        b = indptr[unit + 1]
        tails[unit], points[unit] = one_sum_of_bernoullis(p[a:b], copies[a:b], t[unit])


@compiled
def attainable_tails(p: FloatArray, copies: IntArray, ceiling: float) -> FloatArray:
    """All values up to ``ceiling`` that P(N >= t) can take, rising; those below the negligible are left out."""
    _, law, _ = law_of_sum(p, copies, 0.0)
    return rising_tails(law, ceiling)
