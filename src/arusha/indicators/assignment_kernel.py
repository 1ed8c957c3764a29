"""Loops over draws and over levels, compiled. Imported on first use only.

A difference between two sets of draws is judged by the sum of squares of the gaps in officers' counts, over spans of
time and officers; each loop returns that sum, its mean and its variance if there were no difference. Each square is
divided by its variance and one more: an officer who is rare everywhere but here counts as much as a frequent one, and a
single draw where none was due does not count for everything.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from arusha.indicators.assignment_draws import BoolArray, IntArray
from arusha.inference.compiled import compiled

FloatArray = NDArray[np.float64]


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


DIGIT = 11
"""Bits by which codes are sorted at a time: the counts of one pass stay in the processor's first cache."""


@compiled
def renumber(code: IntArray, width: int, out: IntArray) -> int:
    """Fill ``out`` with the place of each code (0 .. width - 1) among those that occur; returns how many those are.

    Sorted digit by digit, which takes a third of the time of a sort by comparison.
    """
    key, at = code.copy(), np.arange(code.size)
    sorted_key, sorted_at = np.empty_like(key), np.empty_like(at)
    place = np.empty(1 << DIGIT, dtype=np.int64)
    shift = 0
    while (width - 1) >> shift > 0:
        place[:] = 0
        for k in range(key.size):
            place[(key[k] >> shift) & ((1 << DIGIT) - 1)] += 1
        begins = 0
        for d in range(place.size):
            begins, place[d] = begins + place[d], begins
        for k in range(key.size):
            d = (key[k] >> shift) & ((1 << DIGIT) - 1)
            sorted_key[place[d]] = key[k]
            sorted_at[place[d]] = at[k]
            place[d] += 1
        key, sorted_key = sorted_key, key
        at, sorted_at = sorted_at, at
        shift += DIGIT
    count = 0
    for k in range(key.size):
        if k == 0 or key[k] != key[k - 1]:
            count += 1
        out[at[k]] = count - 1
    return count


@compiled
def together(draws: float, variance: float) -> float:
    """By how much officers' squares vary more together than apart: a draw that one has no other has.

    k / (k - 1) for k officers with like chances, who have draws x (1 - 1 / k) as the sum of their variances; at most 2.
    """
    if variance <= 0.0:
        return 1.0
    return min(max(draws / variance, 1.0), 2.0)


@compiled
def own_squares(A: FloatArray, V: FloatArray, n: FloatArray, out: FloatArray) -> None:
    """Each level against what its strata would give it. ``out``: levels x (sum of squares, mean, variance)."""
    levels, spans, outcomes = A.shape
    for c in range(levels):
        for t in range(spans):
            if n[c, t] == 0.0:
                continue
            total = 0.0
            for i in range(outcomes):
                total += V[c, t, i]
            factor = together(n[c, t], total)
            for i in range(outcomes):
                v = V[c, t, i]
                if v > 0.0:
                    w = 1.0 / (v + 1.0)
                    out[c, 0] += w * A[c, t, i] * A[c, t, i]
                    out[c, 1] += w * v
                    out[c, 2] += factor * w * w * (2.0 * v * v + v)


@compiled
def _gap(
    A: FloatArray, U: FloatArray, n: FloatArray, B: FloatArray, W: FloatArray, m: FloatArray, out: FloatArray
) -> None:
    """Two sets of draws against each other."""
    spans, outcomes = A.shape
    out[0] = 0.0
    out[1] = 0.0
    out[2] = 0.0
    for t in range(spans):
        total = n[t] + m[t]
        if n[t] <= 0.5 or m[t] <= 0.5:
            continue
        common = n[t] * m[t] / total
        whole = 0.0
        for i in range(outcomes):
            whole += U[t, i] + W[t, i]
        factor = together(total, whole)
        for i in range(outcomes):
            if U[t, i] == 0.0 and W[t, i] == 0.0:
                continue  # most officers are at neither most of the time, and divisions are slow
            v = common * common * (U[t, i] / (n[t] * n[t]) + W[t, i] / (m[t] * m[t]))
            if v > 0.0:
                w = 1.0 / (v + 1.0)
                gap = common * (A[t, i] / n[t] - B[t, i] / m[t])
                out[0] += w * gap * gap
                out[1] += w * v
                out[2] += factor * w * w * (2.0 * v * v + v)


@compiled
def cut_squares(
    A: FloatArray, U: FloatArray, n: FloatArray, order: IntArray, out: FloatArray, size: FloatArray
) -> None:
    """The levels of ``order`` before against those after each place where it could be cut.

    ``out``: places x (sum of squares, mean, variance); ``size``: places x draws on either side.
    """
    left, right = np.zeros_like(A[0]), np.zeros_like(A[0])
    W, X = np.zeros_like(A[0]), np.zeros_like(A[0])
    m, k = np.zeros_like(n[0]), np.zeros_like(n[0])
    for c in order:
        right += A[c]
        X += U[c]
        k += n[c]
    for place in range(order.size - 1):
        c = order[place]
        for t in range(n.shape[1]):
            if n[c, t] == 0.0:
                continue  # most levels have draws in some spans only
            m[t] += n[c, t]
            k[t] -= n[c, t]
            for i in range(A.shape[2]):
                left[t, i] += A[c, t, i]
                right[t, i] -= A[c, t, i]
                W[t, i] += U[c, t, i]
                X[t, i] -= U[c, t, i]
        _gap(left, W, m, right, X, k, out[place])
        size[place, 0] = m.sum()
        size[place, 1] = k.sum()


@compiled
def pool_squares(
    A: FloatArray,
    U: FloatArray,
    n: FloatArray,
    B: FloatArray,
    W: FloatArray,
    m: FloatArray,
    pools: int,
    out: FloatArray,
) -> None:
    """One level against each of the first ``pools`` pools. ``out``: pools x (sum of squares, mean, variance)."""
    for p in range(pools):
        _gap(A, U, n, B[p], W[p], m[p], out[p])


@compiled
def later_of_batches(
    order: IntArray,
    declarant: IntArray,
    day: IntArray,
    moment: IntArray,
    reach: IntArray,
    same_day: int,
    longest: int,
    keep: BoolArray,
) -> None:
    """Clear ``keep`` for draws that follow another of their declarant within ``reach`` minutes (or on its day).

    ``order`` lists the draws declarant by declarant, in order of time. A chain is broken ``longest`` times the reach
    after it began.
    """
    begun = 0
    for k in range(1, order.size):
        d = order[k]
        b = order[k - 1]
        limit = reach[declarant[d]]
        joined = declarant[d] == declarant[b]
        if joined and limit == same_day:
            joined = day[d] == day[b]
        elif joined:
            joined = moment[d] - moment[b] <= limit and moment[d] - moment[order[begun]] <= longest * limit
        if joined:
            keep[d] = False
        else:
            begun = k


@compiled
def others_shares(
    one: IntArray,
    two: IntArray,
    moment: IntArray,
    begins: IntArray,
    declarant: IntArray,
    outcome: IntArray,
    declarant_there: IntArray,
    outcome_there: IntArray,
    others: IntArray,
    theirs: IntArray,
) -> None:
    """Draws of other declarants at the moment of each of ``two``, and those of them that met the officer of ``one``.

    ``declarant_there`` and ``outcome_there`` list the draws moment by moment, from ``begins`` on.
    """
    for k in range(two.size):
        g = moment[two[k]]
        b = declarant[two[k]]
        i = outcome[one[k]]
        for j in range(begins[g], begins[g + 1]):
            if declarant_there[j] != b:
                others[k] += 1
                if outcome_there[j] == i:
                    theirs[k] += 1
