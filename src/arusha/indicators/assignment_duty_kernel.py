"""Loops over draws and the officers who could have had them, compiled. Imported on first use only.

A draw's *group* says who was on duty for it; ``begins`` and ``members`` list the officers (columns) of each group, and
``chance`` those officers' chances under the law, entry by entry.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from arusha.indicators.assignment_draws import BoolArray, IntArray
from arusha.inference.compiled import compiled
from arusha.inference.edgeworth_kernel import upper_near_the_mean

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
def fitted(
    begins: IntArray,
    members: IntArray,
    part: IntArray,
    barred: BoolArray,
    drawn: IntArray,
    picks: IntArray,
    start: FloatArray,
    steps: int,
    close: float,
    weights: FloatArray,
) -> None:
    """Fill ``weights`` (parts x officers) with those under which each officer's picks are as many as seen.

    ``drawn``: draws of each group; ``picks``: parts x officers. Parts without draws keep what ``weights`` held.
    """
    parts, officers = weights.shape
    due = np.empty(officers)
    for t in range(parts):
        used = False
        for g in range(part.size):
            if part[g] == t and drawn[g] > 0:
                used = True
                break
        if not used:
            continue
        w = weights[t]
        for c in range(officers):
            w[c] = max(start[t, c], 1e-9)
        for _ in range(steps):
            due[:] = 0.0
            for g in range(part.size):
                if part[g] != t or drawn[g] <= 0:
                    continue
                total = 0.0
                for j in range(begins[g], begins[g + 1]):
                    if not barred[members[j]]:
                        total += w[members[j]]
                each = drawn[g] / max(total, 1e-300)
                for j in range(begins[g], begins[g + 1]):
                    if not barred[members[j]]:
                        due[members[j]] += each
            moved = 0.0
            for c in range(officers):
                # Half a pick more keeps an officer who was on duty and never picked from a chance of nothing.
                new = (picks[t, c] + 0.5) / (due[c] + 0.5) if due[c] > 0.0 else 1.0
                moved = max(moved, abs(new - w[c]) / w[c])
                w[c] = new
            if moved < close:
                break


@compiled
def chances(
    groups: IntArray,
    first: IntArray,
    begins: IntArray,
    members: IntArray,
    part: IntArray,
    barred: BoolArray,
    weights: FloatArray,
    chance: FloatArray,
) -> None:
    """Fill ``chance``, from ``first`` on for each of the groups, with the chance of each of its members."""
    for k in range(groups.size):
        g = groups[k]
        t = part[g]
        total = 0.0
        for j in range(begins[g], begins[g + 1]):
            if not barred[members[j]]:
                total += weights[t, members[j]]
        for j in range(begins[g], begins[g + 1]):
            c = members[j]
            chance[first[k] + j - begins[g]] = 0.0 if barred[c] else weights[t, c] / max(total, 1e-300)


@compiled
def chance_of(
    group: IntArray,
    first: IntArray,
    officer: IntArray,
    begins: IntArray,
    members: IntArray,
    chance: FloatArray,
    out: FloatArray,
) -> None:
    """Fill ``out`` with the chance of one officer a draw; ``first``: where the chances of the draw's group begin."""
    for d in range(group.size):
        low = begins[group[d]]
        high = begins[group[d] + 1]
        end = high
        while low < high:
            middle = (low + high) // 2
            if members[middle] < officer[d]:
                low = middle + 1
            else:
                high = middle
        if low < end and members[low] == officer[d]:
            out[d] = chance[first[d] + low - begins[group[d]]]


@compiled
def learnt_from(
    groups: IntArray,
    drawn: IntArray,
    part: IntArray,
    begins: IntArray,
    members: IntArray,
    barred: BoolArray,
    weights: FloatArray,
    E: FloatArray,
    V: FloatArray,
) -> None:
    """Add to parts x officers the expectation of ``drawn`` draws of each of the groups, and its variance."""
    for k in range(groups.size):
        if drawn[k] <= 0:
            continue
        g = groups[k]
        t = part[g]
        total = 0.0
        for j in range(begins[g], begins[g + 1]):
            if not barred[members[j]]:
                total += weights[t, members[j]]
        if total <= 0.0:
            continue
        for j in range(begins[g], begins[g + 1]):
            c = members[j]
            if not barred[c]:
                p = weights[t, c] / total
                E[t, c] += drawn[k] * p
                V[t, c] += drawn[k] * p * (1.0 - p)


@compiled
def cumulants(
    groups: IntArray,
    first: IntArray,
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
    k: FloatArray,
) -> None:
    """One declarant's draws, officer by officer: five cumulants of the number that each would have.

    ``groups`` with ``count`` draws have their chances from ``first`` on in ``chance``; ``place``: which of the wanted
    officers a column is, or -1. Fills ``size`` (entries), ``lost`` (draws that the officer would have with a chance
    over ``most`` anyway, which are left out), ``mine`` (parts x officers: expected draws) and ``k`` (5 x officers).
    """
    for x in range(groups.size):
        g = groups[x]
        many = float(count[x])
        for j in range(begins[g], begins[g + 1]):
            i = place[members[j]]
            if i < 0:
                continue
            p = chance[first[x] + j - begins[g]]
            if p > most:
                lost[i] += count[x]
            elif p > 0.0:
                size[i] += 1
                mine[part[g], i] += many * p
                q = p * (1.0 - p)
                skew = 1.0 - 2.0 * p
                k[0, i] += many * p
                k[1, i] += many * q
                k[2, i] += many * q * skew
                k[3, i] += many * q * (1.0 - 6.0 * q)
                k[4, i] += many * q * skew * (1.0 - 12.0 * q)


@compiled
def near_the_mean(seen: IntArray, k: FloatArray, p: FloatArray) -> None:
    """Fill ``p`` with each officer's tail where Edgeworth's series is sure to hold, else with no number."""
    for i in range(seen.size):
        p[i] = upper_near_the_mean(seen[i], k[0, i], k[1, i], k[2, i], k[3, i], k[4, i])


@compiled
def listed(
    groups: IntArray,
    first: IntArray,
    count: IntArray,
    part: IntArray,
    begins: IntArray,
    members: IntArray,
    place: IntArray,
    chance: FloatArray,
    most: float,
    at: IntArray,
    flat: FloatArray,
    copies: IntArray,
) -> None:
    """The chances that ``cumulants`` counted, officer by officer from where ``at`` (moved on) says; and their draws."""
    for x in range(groups.size):
        g = groups[x]
        for j in range(begins[g], begins[g + 1]):
            i = place[members[j]]
            if i >= 0:
                p = chance[first[x] + j - begins[g]]
                if 0.0 < p <= most:
                    flat[at[i]] = p
                    copies[at[i]] = count[x]
                    at[i] += 1
