"""Compiled tails of sums of counts near their mean, from five cumulants.

Exact tails cost a convolution a unit, which a tail of a third does not need. Near the mean the Edgeworth series of
third order is closer than anyone can read, if its last terms are small; where they are not, it says so and the exact
tail is worked out. For counts the cumulants are those less what a uniform law of width one adds (Sheppard), and the
series is read half a step below the count (Kolassa and McCullagh 1990).
"""

from __future__ import annotations

import math

from arusha.inference.compiled import compiled

LEAST_TAIL = 0.02
"""Smaller tails are never approximated: what decides is exact."""
LEAST_VARIANCE = 4.0
LAST_TERMS = 1e-3
"""Largest size of the third-order terms, relative to the smaller tail. The error is that of the fourth order: no larger
over the laws of ``tests/inference/test_edgeworth_kernel.py``."""


@compiled
def upper_near_the_mean(t: int, k1: float, k2: float, k3: float, k4: float, k5: float) -> float:
    """P(N >= t) from the cumulants of N; not a number where the series is not sure to hold."""
    if k2 < LEAST_VARIANCE:
        return math.nan
    v = k2 - 1.0 / 12.0
    s = math.sqrt(v)
    z = (t - 0.5 - k1) / s
    tail = 0.5 * math.erfc(z / math.sqrt(2.0))
    if tail < 0.5 * LEAST_TAIL:
        return math.nan
    g = k3 / (v * s)
    h = (k4 + 1.0 / 120.0) / (v * v)
    f = k5 / (v * v * s)
    z2 = z * z
    density = math.exp(-0.5 * z2) / math.sqrt(2.0 * math.pi)
    he2 = z2 - 1.0
    he3 = z * (z2 - 3.0)
    he4 = z2 * (z2 - 6.0) + 3.0
    he5 = z * (z2 * (z2 - 10.0) + 15.0)
    he6 = z2 * (z2 * (z2 - 15.0) + 45.0) - 15.0
    he8 = z2 * (z2 * (z2 * (z2 - 28.0) + 210.0) - 420.0) + 105.0
    fifth = f / 120.0 * he4
    mixed = g * h / 144.0 * he6
    cubed = g * g * g / 1296.0 * he8
    tail += density * (g / 6.0 * he2 + h / 24.0 * he3 + g * g / 72.0 * he5 + fifth + mixed + cubed)
    if not tail >= LEAST_TAIL:
        return math.nan
    # On the far side of the mean the tail is near one and says little of its error: the smaller side must hold too.
    small = min(tail, max(1.0 - tail, LEAST_TAIL))
    if density * (abs(fifth) + abs(mixed) + abs(cubed)) > LAST_TERMS * small:
        return math.nan
    return min(tail, 1.0)
