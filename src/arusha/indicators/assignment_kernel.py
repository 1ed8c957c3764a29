"""Loops over draws, compiled. Imported on first use only."""

from __future__ import annotations

import numpy as np

from arusha.indicators.assignment_draws import IntArray
from arusha.indicators.assignment_pools import FloatArray
from arusha.inference.compiled import compiled


@compiled
def counting_order(code: IntArray, count: int, begins: IntArray, order: IntArray) -> None:
    """A stable sort of ``code`` (0 .. count - 1): where each code begins (count + 1), and the order."""
    begins[:] = 0
    for k in range(code.size):
        begins[code[k] + 1] += 1
    for c in range(count):
        begins[c + 1] += begins[c]
    place = begins[:-1].copy()
    for k in range(code.size):
        c = code[k]
        order[place[c]] = k
        place[c] += 1


@compiled
def spread(
    order: IntArray,
    begins: IntArray,
    level: IntArray,
    outcome: IntArray,
    span: IntArray,
    A: FloatArray,
    V: FloatArray,
    U: FloatArray,
    n: FloatArray,
) -> None:
    """Add to each level x span x outcome its count beyond expectation within strata and the variances; n: draws.

    ``order`` and ``begins`` list the draws stratum by stratum; ``span``: one a stratum.
    """
    levels, _, outcomes = A.shape
    m = np.zeros(outcomes, dtype=np.int64)
    k = np.zeros(levels, dtype=np.int64)
    seen = np.empty(outcomes, dtype=np.int64)
    present = np.empty(levels, dtype=np.int64)
    for s in range(begins.size - 1):
        a = begins[s]
        e = begins[s + 1]
        M = e - a
        t = span[s]
        o = 0
        v = 0
        for j in range(a, e):
            d = order[j]
            i = outcome[d]
            c = level[d]
            A[c, t, i] += 1.0
            n[c, t] += 1.0
            if m[i] == 0:
                seen[o] = i
                o += 1
            if k[c] == 0:
                present[v] = c
                v += 1
            m[i] += 1
            k[c] += 1
        for y in range(v):
            c = present[y]
            size = float(k[c])
            free = size * (M - size) / (M - 1.0) if M > 1 else 0.0
            many = size * M / (M - 1.0) if M > 1 else 0.0
            for x in range(o):
                i = seen[x]
                share = m[i] / M
                A[c, t, i] -= size * share
                spare = share * (1.0 - share)
                V[c, t, i] += free * spare
                U[c, t, i] += many * spare
        for x in range(o):
            m[seen[x]] = 0
        for y in range(v):
            k[present[y]] = 0
