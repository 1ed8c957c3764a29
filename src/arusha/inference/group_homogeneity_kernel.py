"""Compiled law of one group's sum of first cells given the sum over two groups. See ``lattice_kernel``."""

from __future__ import annotations

import math

import numpy as np

from arusha.inference.compiled import compiled
from arusha.inference.homogeneity_kernel import tilt_to
from arusha.inference.hypergeometric_kernel import law_of_sum
from arusha.inference.segments import FloatArray, IntArray


@compiled
def products(
    M: IntArray, m: IntArray, n: IntArray, own: int, total: int, own_tilt: float, rest_tilt: float, at: int
) -> tuple[float, float, float, float, float, float]:
    """Sums over k of P(own = k) P(rest = total - k): below, at, above ``at``; weighted by k and k^2; log scale."""
    one = np.ones(M.size, dtype=np.int64)
    offset, law, log_own = law_of_sum(M[:own], m[:own], n[:own], one[:own], 0.0, own_tilt)
    rest_offset, rest, log_rest = law_of_sum(M[own:], m[own:], n[own:], one[own:], 0.0, rest_tilt)
    scale = log_own + log_rest - own_tilt * at - rest_tilt * (total - at)
    below = 0.0
    middle = 0.0
    above = 0.0
    first = 0.0
    second = 0.0
    for i in range(law.size):
        k = offset + i
        j = total - k - rest_offset
        if 0 <= j < rest.size and law[i] > 0.0 and rest[j] > 0.0:
            p = math.exp(math.log(law[i]) + math.log(rest[j]) - (own_tilt - rest_tilt) * (k - at))
            first += p * (k - at)
            second += p * (k - at) * (k - at)
            if k < at:
                below += p
            elif k > at:
                above += p
            else:
                middle += p
    return below, middle, above, first, second, scale


@compiled
def group_against_rest(
    seen: IntArray,
    M: IntArray,
    m: IntArray,
    n: IntArray,
    indptr: IntArray,
    own: IntArray,
    first: int,
    last: int,
    lower: FloatArray,
    upper: FloatArray,
    point: FloatArray,
    expected: FloatArray,
    variance: FloatArray,
) -> None:
    """Tails of the own group's sum of first cells, given the total of all first cells."""
    for unit in range(first, last):
        a = indptr[unit]
        b = indptr[unit + 1]
        middle_of = a + own[unit]
        mine = 0
        total = 0
        for s in range(a, b):
            total += seen[s]
            if s < middle_of:
                mine += seen[s]
        tilt = tilt_to(M[a:b], m[a:b], n[a:b], total)
        below, middle, above, one, two, scale = products(M[a:b], m[a:b], n[a:b], own[unit], total, tilt, tilt, mine)
        whole = below + middle + above
        mean = one / whole
        expected[unit] = mine + mean
        variance[unit] = max(two / whole - mean * mean, 0.0)
        lower[unit] = min((below + middle) / whole, 1.0)
        upper[unit] = min((above + middle) / whole, 1.0)
        point[unit] = middle / whole
        if min(lower[unit], upper[unit]) < 1e-8:
            # In the far tail each group is tilted to its own sum, so that nothing that matters was dropped.
            own_tilt = tilt_to(M[a:middle_of], m[a:middle_of], n[a:middle_of], mine)
            rest_tilt = tilt_to(M[middle_of:b], m[middle_of:b], n[middle_of:b], total - mine)
            below, middle, above, one, two, far = products(
                M[a:b], m[a:b], n[a:b], own[unit], total, own_tilt, rest_tilt, mine
            )
            factor = math.exp(far - scale) / whole
            point[unit] = middle * factor
            if lower[unit] < upper[unit]:
                lower[unit] = (below + middle) * factor
            else:
                upper[unit] = (above + middle) * factor
