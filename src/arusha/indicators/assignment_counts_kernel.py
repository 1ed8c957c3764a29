"""Draws counted by stratum and level, and what is expected of them there, compiled. Imported on first use only."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from arusha.indicators.assignment_draws import IntArray
from arusha.inference.compiled import compiled

FloatArray = NDArray[np.float64]
Counts = NDArray[np.int32]

SPARSE = 4
"""Outcomes for each one that a stratum has, above which only those that it has are gone through."""


@compiled
def by_stratum(
    order: IntArray, begins: IntArray, code: IntArray, codes: int, at: IntArray, which: Counts, count: Counts
) -> None:
    """The codes of each stratum's draws with how often each occurs; ``at``: where those of a stratum begin (and end).

    ``order`` and ``begins`` list the draws stratum by stratum. A code under 0 stands for the last one.
    """
    place = np.full(codes, -1, dtype=np.int64)
    end = 0
    at[0] = 0
    for s in range(begins.size - 1):
        for j in range(begins[s], begins[s + 1]):
            c = code[order[j]]
            if c < 0:
                c = codes - 1
            if place[c] < 0:
                place[c] = end
                which[end] = c
                count[end] = 0
                end += 1
            count[place[c]] += 1
        for k in range(at[s], end):
            place[which[k]] = -1
        at[s + 1] = end


@compiled
def seen(order: IntArray, begins: IntArray, level: IntArray, outcome: IntArray, span: IntArray, N: FloatArray) -> None:
    """Add the draws to level x span x outcome. ``span``: one a stratum."""
    for s in range(begins.size - 1):
        t = span[s]
        for j in range(begins[s], begins[s + 1]):
            d = order[j]
            c = level[d]
            N[c if c >= 0 else N.shape[0] - 1, t, outcome[d]] += 1.0


@compiled
def beyond(
    begins: IntArray,
    span: IntArray,
    level_at: IntArray,
    levels: Counts,
    level_count: Counts,
    outcome_at: IntArray,
    outcomes: Counts,
    outcome_count: Counts,
    own_stratum: IntArray,
    own_level: IntArray,
    own_outcome: IntArray,
    A: FloatArray,
    V: FloatArray,
    U: FloatArray,
    n: FloatArray,
) -> None:
    """Take from the counts ``A`` of level x span x outcome what is expected within strata; add variances; n: draws.

    ``U`` may be empty: then it is not wanted. Levels and outcomes of each stratum as ``by_stratum`` gives them.
    ``own_...``: draws that are left out of all, strata rising.
    """
    _, _, C = A.shape
    replaced = U.size > 0
    m = np.zeros(C)
    share, spare = np.zeros(C), np.zeros(C)
    k = np.zeros(A.shape[0])
    p = 0
    for x in range(own_stratum.size):
        c = own_level[x]
        A[c if c >= 0 else A.shape[0] - 1, span[own_stratum[x]], own_outcome[x]] -= 1.0
    for s in range(begins.size - 1):
        M = float(begins[s + 1] - begins[s])
        t = span[s]
        a, e = outcome_at[s], outcome_at[s + 1]
        for x in range(a, e):
            m[outcomes[x]] = outcome_count[x]
        b, f = level_at[s], level_at[s + 1]
        for y in range(b, f):
            k[levels[y]] = level_count[y]
        while p < own_stratum.size and own_stratum[p] == s:
            c = own_level[p]
            k[c if c >= 0 else A.shape[0] - 1] -= 1.0
            m[own_outcome[p]] -= 1.0
            M -= 1.0
            p += 1
        if M > 0.0:
            for x in range(a, e):
                i = outcomes[x]
                share[i] = m[i] / M
                spare[i] = share[i] * (1.0 - share[i])
            few = (e - a) * SPARSE < C
            for y in range(b, f):
                c = levels[y]
                size = k[c]
                if size == 0.0:
                    continue
                n[c, t] += size
                free = size * (M - size) / (M - 1.0) if M > 1.0 else 0.0
                many = size * M / (M - 1.0) if M > 1.0 else 0.0
                if few:
                    for x in range(a, e):
                        i = outcomes[x]
                        A[c, t, i] -= size * share[i]
                        V[c, t, i] += free * spare[i]
                    if replaced:
                        for x in range(a, e):
                            U[c, t, outcomes[x]] += many * spare[outcomes[x]]
                else:
                    # Those that it has not add nothing, and rows in one go are quicker than places here and there.
                    for i in range(C):
                        A[c, t, i] -= size * share[i]
                    for i in range(C):
                        V[c, t, i] += free * spare[i]
                    if replaced:
                        for i in range(C):
                            U[c, t, i] += many * spare[i]
        for x in range(a, e):
            i = outcomes[x]
            m[i] = 0.0
            share[i] = 0.0
            spare[i] = 0.0
        for y in range(b, f):
            k[levels[y]] = 0.0


@compiled
def at_once(
    begins: IntArray,
    level: IntArray,
    outcome: IntArray,
    span: IntArray,
    A: FloatArray,
    V: FloatArray,
    U: FloatArray,
    n: FloatArray,
) -> None:
    """What ``seen`` and ``beyond`` give, digit by digit, of draws of which nothing is to be kept.

    ``level`` and ``outcome`` are those of the draws stratum by stratum: they are gone through twice.
    """
    levels, _, C = A.shape
    replaced = U.size > 0
    # Counts are whole numbers while they grow: one more of these is there sooner than one more of a fraction.
    N = np.zeros(A.shape, dtype=np.int32)
    for s in range(begins.size - 1):
        t = span[s]
        for j in range(begins[s], begins[s + 1]):
            c = level[j]
            N[c if c >= 0 else levels - 1, t, outcome[j]] += 1
    A += N
    m, k = np.zeros(C, dtype=np.int64), np.zeros(levels, dtype=np.int64)
    which, present = np.empty(C, dtype=np.int64), np.empty(levels, dtype=np.int64)
    share, spare = np.empty(C), np.empty(C)
    for s in range(begins.size - 1):
        M = float(begins[s + 1] - begins[s])
        t = span[s]
        o = 0
        v = 0
        for j in range(begins[s], begins[s + 1]):
            i = outcome[j]
            c = level[j]
            if c < 0:
                c = levels - 1
            if m[i] == 0:
                which[o] = i
                o += 1
            if k[c] == 0:
                present[v] = c
                v += 1
            m[i] += 1
            k[c] += 1
        for x in range(o):
            i = which[x]
            share[x] = m[i] / M
            spare[x] = share[x] * (1.0 - share[x])
            m[i] = 0
        for y in range(v):
            c = present[y]
            size = float(k[c])
            k[c] = 0
            n[c, t] += size
            free = size * (M - size) / (M - 1.0) if M > 1.0 else 0.0
            many = size * M / (M - 1.0) if M > 1.0 else 0.0
            for x in range(o):
                A[c, t, which[x]] -= size * share[x]
                V[c, t, which[x]] += free * spare[x]
            if replaced:
                for x in range(o):
                    U[c, t, which[x]] += many * spare[x]


@compiled
def over_spans(
    A: FloatArray,
    V: FloatArray,
    U: FloatArray,
    n: FloatArray,
    begins: IntArray,
    longer_A: FloatArray,
    longer_V: FloatArray,
    longer_U: FloatArray,
    longer_n: FloatArray,
) -> None:
    """Add levels x spans x outcomes over longer spans, which begin where ``begins`` (with the end) says.

    ``U`` may be empty.
    """
    levels, _, outcomes = A.shape
    for c in range(levels):
        for t in range(begins.size - 1):
            for k in range(begins[t], begins[t + 1]):
                if n[c, k] == 0.0:
                    continue  # without draws there is nothing to add
                longer_n[c, t] += n[c, k]
                for i in range(outcomes):
                    longer_A[c, t, i] += A[c, k, i]
                for i in range(outcomes):
                    longer_V[c, t, i] += V[c, k, i]
                if U.size > 0:
                    for i in range(outcomes):
                        longer_U[c, t, i] += U[c, k, i]
