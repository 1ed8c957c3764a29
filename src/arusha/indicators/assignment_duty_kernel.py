"""Loops over draws and the officers who could have had them, compiled. Imported on first use only.

A draw's *group* says who was on duty for it; ``begins`` and ``members`` list the officers (columns) of each group, and
``chance`` those officers' chances under the law, entry by entry.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from arusha.indicators.assignment_draws import IntArray
from arusha.inference.compiled import compiled

FloatArray = NDArray[np.float64]


@compiled
def by_span(
    use: IntArray,
    span: IntArray,
    group: IntArray,
    picked: IntArray,
    begins: IntArray,
    members: IntArray,
    chance: FloatArray,
    N: FloatArray,
    E: FloatArray,
    V: FloatArray,
) -> None:
    """Add to spans x officers the picks of the draws ``use``, their expectation and its variance.

    ``span``, ``group`` and ``picked`` are those of all draws.
    """
    for d in use:
        t = span[d]
        g = group[d]
        N[t, picked[d]] += 1.0
        for j in range(begins[g], begins[g + 1]):
            p = chance[j]
            E[t, members[j]] += p
            V[t, members[j]] += p * (1.0 - p)


@compiled
def beyond_law(
    order: IntArray,
    runs: IntArray,
    span: IntArray,
    run_group: IntArray,
    level: IntArray,
    picked: IntArray,
    begins: IntArray,
    members: IntArray,
    chance: FloatArray,
    sign: float,
    A: FloatArray,
    V: FloatArray,
    n: FloatArray,
) -> None:
    """Add ``sign`` times the draws to level x span x officer: picks beyond the law (A), variance (V); n: draws.

    ``order`` lists the draws run by run (``runs``: where each begins); the draws of a run share ``span`` and group.
    """
    k = np.zeros(n.shape[0], dtype=np.int64)
    present = np.empty(n.shape[0], dtype=np.int64)
    for s in range(runs.size - 1):
        t = span[s]
        g = run_group[s]
        v = 0
        for j in range(runs[s], runs[s + 1]):
            d = order[j]
            c = level[d]
            A[c, t, picked[d]] += sign
            if k[c] == 0:
                present[v] = c
                v += 1
            k[c] += 1
        for y in range(v):
            c = present[y]
            many = sign * k[c]
            n[c, t] += many
            for j in range(begins[g], begins[g + 1]):
                p = chance[j]
                A[c, t, members[j]] -= many * p
                V[c, t, members[j]] += many * p * (1.0 - p)
            k[c] = 0


@compiled
def learnt_from(
    drawn: IntArray,
    part: IntArray,
    begins: IntArray,
    members: IntArray,
    barred: IntArray,
    weights: FloatArray,
    E: FloatArray,
    V: FloatArray,
) -> None:
    """Add to parts x officers the expectation of ``drawn`` draws of each group, and its variance.

    ``barred``: one an officer, not 0 for those who are left out.
    """
    for g in range(drawn.size):
        if drawn[g] <= 0:
            continue
        t = part[g]
        total = 0.0
        for j in range(begins[g], begins[g + 1]):
            if barred[members[j]] == 0:
                total += weights[t, members[j]]
        if total <= 0.0:
            continue
        for j in range(begins[g], begins[g + 1]):
            c = members[j]
            if barred[c] == 0:
                p = weights[t, c] / total
                E[t, c] += drawn[g] * p
                V[t, c] += drawn[g] * p * (1.0 - p)


@compiled
def listed(
    groups: IntArray,
    rows: IntArray,
    count: IntArray,
    part: IntArray,
    begins: IntArray,
    members: IntArray,
    place: IntArray,
    chance: FloatArray,
    most: float,
    size: IntArray,
    lost: IntArray,
    mine: FloatArray,
) -> tuple[FloatArray, IntArray]:
    """The chances of one declarant's draws, officer by officer and for each group by group; and the draws of each.

    ``groups`` with ``count`` draws have their chances in ``rows`` of ``chance``; ``place``: which of the wanted
    officers a column is, or -1. Fills ``size`` (entries), ``lost`` (draws that the officer would have with a chance
    over ``most`` anyway, which are left out) and ``mine`` (parts x officers: expected draws).
    """
    for k in range(groups.size):
        g = groups[k]
        for j in range(begins[g], begins[g + 1]):
            i = place[members[j]]
            if i >= 0:
                p = chance[rows[k], members[j]]
                if p > most:
                    lost[i] += count[k]
                elif p > 0.0:
                    size[i] += 1
                    mine[part[g], i] += count[k] * p
    total = 0
    at = np.empty(size.size, dtype=np.int64)
    for i in range(size.size):
        at[i] = total
        total += size[i]
    flat = np.empty(total)
    copies = np.empty(total, dtype=np.int64)
    for k in range(groups.size):
        g = groups[k]
        for j in range(begins[g], begins[g + 1]):
            i = place[members[j]]
            if i >= 0:
                p = chance[rows[k], members[j]]
                if 0.0 < p <= most:
                    flat[at[i]] = p
                    copies[at[i]] = count[k]
                    at[i] += 1
    return flat, copies
