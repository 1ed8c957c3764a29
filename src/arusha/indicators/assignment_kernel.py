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

    ``order`` and ``begins`` list the draws stratum by stratum; ``span``: one a stratum. A draw of unknown level (-1) is
    in the last one.
    """
    levels, _, outcomes = A.shape
    m = np.zeros(outcomes, dtype=np.int64)
    k = np.zeros(levels, dtype=np.int64)
    seen = np.empty(outcomes, dtype=np.int64)
    present = np.empty(levels, dtype=np.int64)
    share, spare = np.empty(outcomes), np.empty(outcomes)
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
            if c < 0:
                c = levels - 1
            A[c, t, i] += 1.0
            if m[i] == 0:
                seen[o] = i
                o += 1
            if k[c] == 0:
                present[v] = c
                v += 1
            m[i] += 1
            k[c] += 1
        for x in range(o):
            i = seen[x]
            share[x] = m[i] / M
            spare[x] = share[x] * (1.0 - share[x])
            m[i] = 0
        for y in range(v):
            c = present[y]
            size = float(k[c])
            n[c, t] += size
            free = size * (M - size) / (M - 1.0) if M > 1 else 0.0
            many = size * M / (M - 1.0) if M > 1 else 0.0
            for x in range(o):
                i = seen[x]
                A[c, t, i] -= size * share[x]
                V[c, t, i] += free * spare[x]
                U[c, t, i] += many * spare[x]
        for y in range(v):
            k[present[y]] = 0


DEPTH = 64
"""Halvings of a sum of rows that suffice for any number of them."""


@compiled
def _few(x: FloatArray, begin: int, end: int, eight: FloatArray, out: FloatArray) -> None:
    """The sum of at most 128 rows of ``x``."""
    rows = end - begin
    if rows < 8:
        out[:] = 0.0
        for k in range(begin, end):
            for i in range(out.size):
                out[i] += x[k, i]
        return
    whole = rows - rows % 8
    for k in range(whole):
        for i in range(out.size):
            eight[k % 8, i] = x[begin + k, i] + (eight[k % 8, i] if k >= 8 else 0.0)
    for i in range(out.size):
        out[i] = ((eight[0, i] + eight[1, i]) + (eight[2, i] + eight[3, i])) + (
            (eight[4, i] + eight[5, i]) + (eight[6, i] + eight[7, i])
        )
    for k in range(whole, rows):
        for i in range(out.size):
            out[i] += x[begin + k, i]


@compiled
def added_pairwise(x: FloatArray, begin: int, end: int, eight: FloatArray, left: FloatArray, done: FloatArray) -> None:
    """The sum of rows begin to end - 1 of ``x`` in the first row of ``done``.

    In pairs and in the order in which numpy adds, so that rounding does not grow with the rows. ``eight`` (8 x columns)
    and ``left`` (depth x columns, as ``done``) are to work in. A loop, because a kernel that calls itself cannot be
    kept on disk.
    """
    begins, ends = np.zeros(DEPTH, dtype=np.int64), np.zeros(DEPTH, dtype=np.int64)
    half = np.zeros(DEPTH, dtype=np.int64)
    begins[0], ends[0] = begin, end
    d = 0
    while True:
        rows = ends[d] - begins[d]
        if rows > 128:
            half[d] = 1
            begins[d + 1], ends[d + 1] = begins[d], begins[d] + rows // 2 - (rows // 2) % 8
            d += 1
            continue
        _few(x, begins[d], ends[d], eight, done[d])
        while d > 0 and half[d - 1] == 2:
            d -= 1
            for i in range(x.shape[1]):
                done[d, i] = left[d, i] + done[d + 1, i]
        if d == 0:
            return
        left[d - 1] = done[d]
        half[d - 1] = 2
        begins[d], ends[d] = ends[d], ends[d - 1]


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
    """Sum levels x spans x outcomes over longer spans, which begin where ``begins`` (with the end) says."""
    levels, _, outcomes = A.shape
    eight, left, done = np.zeros((8, outcomes)), np.zeros((DEPTH, outcomes)), np.zeros((DEPTH, outcomes))
    for c in range(levels):
        for t in range(begins.size - 1):
            a, e = begins[t], begins[t + 1]
            longer_n[c, t] = n[c, a:e].sum()
            if longer_n[c, t] == 0.0:
                continue
            for x, y in ((A, longer_A), (V, longer_V), (U, longer_U)):
                added_pairwise(x[c], a + 1, e, eight, left, done)
                for i in range(outcomes):
                    y[c, t, i] = x[c, a, i] + done[0, i]


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
