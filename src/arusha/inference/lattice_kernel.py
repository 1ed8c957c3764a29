"""Compiled exact tails of sums of independent counts, by tilting, convolution and pruning.

The sum T of independent counts has P(T = k) = exp(K(a) - a k) P_a(T = k), where each count's law is tilted by
exp(a k) and K(a) is the log of the tilted total. With ``a`` chosen so that the tilted mean lies at the observed t,
the tilted law is concentrated about t: its convolution may drop what lies beyond about ten standard deviations and
still give the tail to a relative accuracy near machine precision, however small the tail is. Nothing is subtracted.

Laws are built from their term ratios outward from the mode and divided by their sum; factorials do not occur.
"""

from __future__ import annotations

import math

import numpy as np

from arusha.inference.compiled import compiled
from arusha.inference.segments import FloatArray

NEGLIGIBLE = 1e-22
"""Tilted mass dropped at either end after each convolution. With 10,000 strata and a standard deviation of 10,000 the
relative error stays below 1e-12, since the tilted mass at t itself is about 0.4 over the standard deviation."""


@compiled
def convolved(law: FloatArray, one: FloatArray, out: FloatArray) -> tuple[int, int]:
    """Write the law of the sum into ``out``: where what is not negligible begins there, and its length."""
    size = law.size + one.size - 1
    if one.size == 2:
        # A yes/no draw: the same two products in one pass.
        no = one[0]
        yes = one[1]
        out[0] = no * law[0]
        for j in range(1, law.size):
            out[j] = no * law[j] + yes * law[j - 1]
        out[size - 1] = yes * law[law.size - 1]
    elif law.size < one.size:
        out[:size] = 0.0
        for i in range(law.size):
            p = law[i]
            for j in range(one.size):
                out[i + j] += p * one[j]
    else:
        out[:size] = 0.0
        for i in range(one.size):
            p = one[i]
            for j in range(law.size):
                out[i + j] += p * law[j]
    first = 0
    dropped = 0.0
    while first < size - 1 and dropped + out[first] < NEGLIGIBLE:
        dropped += out[first]
        first += 1
    last = size - 1
    dropped = 0.0
    while last > first and dropped + out[last] < NEGLIGIBLE:
        dropped += out[last]
        last -= 1
    return first, last - first + 1


@compiled
def tail_and_point(offset: int, law: FloatArray, tilt: float, t: int) -> tuple[float, float]:
    """Sum over k >= t of exp(-tilt (k - t)) law(k), and law(t)."""
    start = max(t - offset, 0)
    total = 0.0
    for i in range(law.size - 1, start - 1, -1):
        total += law[i] * math.exp(-tilt * (offset + i - t))
    point = law[t - offset] if 0 <= t - offset < law.size else 0.0
    return total, point


@compiled
def rising_tails(law: FloatArray, ceiling: float) -> FloatArray:
    """The upper tails of ``law`` from the farthest in, as far as they are at most ``ceiling``."""
    out = np.empty(law.size)
    total = 0.0
    kept = 0
    for i in range(law.size - 1, -1, -1):
        total += law[i]
        if total > ceiling * (1.0 + 1e-12):
            break
        out[kept] = min(total, 1.0)
        kept += 1
    return out[:kept]
