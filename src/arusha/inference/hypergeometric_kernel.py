"""Compiled laws and tails of sums of (Fisher's noncentral) hypergeometric counts. See ``lattice_kernel``."""

from __future__ import annotations

import math

import numpy as np

from arusha.inference.compiled import compiled
from arusha.inference.lattice_kernel import convolved, rising_tails, tail_and_point
from arusha.inference.segments import FloatArray, IntArray
from arusha.inference.stratum_kernel import kinds, log_weight_between, ratio, stratum_law, stratum_sums

FARTHEST = 200.0
"""No tilt of the log odds beyond this is needed: weights of neighbouring counts differ by far less."""
CERTAIN = 1.0 - 1e-15
"""A tail this large is 1 at all larger odds."""
UNSEEN = 1e-17
"""Parts of an average at most so small beside the rest are left out."""


@compiled
def hypergeometric_tilt(
    M: IntArray, m: IntArray, n: IntArray, copies: IntArray, log_odds: float, t: int, slack: float
) -> float:
    """The tilt that brings the mean to ``t`` within ``slack`` standard deviations, and a last step from there.

    0 where the mean is there or above already. Only the pruning depends on it, so that tails need no more than 0.2.
    """
    kind, first = kinds(M, m, n)
    modes, totals = np.empty(first.size, dtype=np.int64), np.empty(first.size)
    return tilt_of_kinds(kind, first, M, m, n, copies, log_odds, t, slack, modes, totals)


@compiled
def tilt_of_kinds(
    kind: IntArray,
    first: IntArray,
    M: IntArray,
    m: IntArray,
    n: IntArray,
    copies: IntArray,
    log_odds: float,
    t: int,
    slack: float,
    modes: IntArray,
    totals: FloatArray,
) -> float:
    """``hypergeometric_tilt`` where it is known which strata are alike (``kinds``).

    Fills ``modes`` and ``totals``, one a kind, with those of the law at ``log_odds``: what it begins with.
    """
    means = np.empty(first.size)
    variances = np.empty(first.size)
    low = 0.0
    high = FARTHEST
    tilt = 0.0
    for step in range(80):
        psi = math.exp(log_odds + tilt)
        for k in range(first.size):
            s = first[k]
            mode, total, means[k], variances[k] = stratum_sums(M[s], m[s], n[s], psi)
            if step == 0:
                modes[k] = mode
                totals[k] = total
        mean = 0.0
        variance = 0.0
        for s in range(M.size):
            mean += copies[s] * means[kind[s]]
            variance += copies[s] * variances[kind[s]]
        gap = t - mean
        if step == 0 and gap <= 0.0:
            return 0.0
        if abs(gap) <= slack * math.sqrt(variance) + 0.05 * slack:
            # At an end of the range both may have vanished.
            return tilt + gap / variance if variance > 0.0 else tilt
        if gap > 0.0:
            low = tilt
        else:
            high = tilt
        tilt = tilt + gap / variance if variance > 0.0 else high
        if tilt <= low or tilt >= high:
            tilt = 0.5 * (low + min(high, 2.0 * low + 8.0))
    return tilt


@compiled
def law_of_sum(
    M: IntArray, m: IntArray, n: IntArray, copies: IntArray, log_odds: float, tilt: float
) -> tuple[int, FloatArray, float]:
    """The law of T at ``log_odds + tilt``: first count, probabilities, and log E exp(tilt T) at ``log_odds``."""
    kind, first = kinds(M, m, n)
    modes, totals = np.empty(first.size, dtype=np.int64), np.empty(first.size)
    if tilt != 0.0:
        for k in range(first.size):
            s = first[k]
            modes[k], totals[k], _, _ = stratum_sums(M[s], m[s], n[s], math.exp(log_odds))
    return law_of_kinds(kind, first, M, m, n, copies, log_odds, tilt, modes, totals)


@compiled
def law_of_kinds(
    kind: IntArray,
    first: IntArray,
    M: IntArray,
    m: IntArray,
    n: IntArray,
    copies: IntArray,
    log_odds: float,
    tilt: float,
    modes: IntArray,
    totals: FloatArray,
) -> tuple[int, FloatArray, float]:
    """``law_of_sum`` where it is known which strata are alike, and what ``tilt_of_kinds`` fills in."""
    tilted = math.exp(log_odds + tilt)
    begins = np.zeros(first.size + 1, dtype=np.int64)
    for k in range(first.size):
        s = first[k]
        begins[k + 1] = begins[k] + min(m[s], n[s]) - max(0, m[s] + n[s] - M[s]) + 1
    # Strata that are alike share a law.
    laws = np.empty(begins[first.size])
    starts = np.empty(first.size, dtype=np.int64)
    sizes = np.empty(first.size, dtype=np.int64)
    growth = np.zeros(first.size)
    for k in range(first.size):
        s = first[k]
        if begins[k + 1] - begins[k] > 1:
            mode, total, _, _ = stratum_sums(M[s], m[s], n[s], tilted)
            if tilt != 0.0:
                # log E exp(tilt X) of one stratum at ``log_odds``.
                between = log_weight_between(M[s], m[s], n[s], modes[k], mode) + log_odds * (mode - modes[k])
                growth[k] = tilt * mode + between + math.log(total) - math.log(totals[k])
            starts[k], sizes[k] = stratum_law(M[s], m[s], n[s], tilted, mode, total, laws[begins[k] : begins[k + 1]])
    most = 1
    for s in range(M.size):
        most += copies[s] * (begins[kind[s] + 1] - begins[kind[s]] - 1)
    # Two buffers in turn: the law so far lies in one of them, and its sum with the next is written to the other.
    law, other = np.empty(most), np.empty(most)
    law[0] = 1.0
    here = 0
    size = 1
    log_scale = 0.0
    offset = 0
    for s in range(M.size):
        k = kind[s]
        if begins[k + 1] - begins[k] == 1:
            fixed = min(m[s], n[s])
            offset += copies[s] * fixed
            log_scale += copies[s] * tilt * fixed
            continue
        if tilt != 0.0:
            log_scale += copies[s] * growth[k]
        for _ in range(copies[s]):
            dropped, length = convolved(law[here : here + size], laws[begins[k] : begins[k] + sizes[k]], other)
            law, other = other, law
            here = dropped
            size = length
            offset += starts[k] + dropped
    return offset, law[here : here + size].copy(), log_scale


@compiled
def one_sum_of_hypergeometrics(
    M: IntArray, m: IntArray, n: IntArray, copies: IntArray, log_odds: float, t: int
) -> tuple[float, float]:
    """P(T >= t) and P(T = t)."""
    kind, first = kinds(M, m, n)
    return one_sum_of_kinds(kind, first, M, m, n, copies, log_odds, t)


@compiled
def one_sum_of_kinds(
    kind: IntArray, first: IntArray, M: IntArray, m: IntArray, n: IntArray, copies: IntArray, log_odds: float, t: int
) -> tuple[float, float]:
    """``one_sum_of_hypergeometrics`` where it is known which strata are alike."""
    least = 0
    most = 0
    for s in range(M.size):
        least += copies[s] * max(0, m[s] + n[s] - M[s])
        most += copies[s] * min(m[s], n[s])
    if t > most:
        return 0.0, 0.0
    if t < least:
        return 1.0, 0.0
    if least == most:
        return 1.0, 1.0
    central = math.exp(log_odds)
    if t == most:
        # The tilt would be infinite here: the probability is a product.
        log_p = 0.0
        for s in range(M.size):
            top = min(m[s], n[s])
            mode, total, _, _ = stratum_sums(M[s], m[s], n[s], central)
            one = log_weight_between(M[s], m[s], n[s], mode, top) + log_odds * (top - mode) - math.log(total)
            log_p += copies[s] * one
        p = math.exp(log_p)
        return p, p
    modes, totals = np.empty(first.size, dtype=np.int64), np.empty(first.size)
    tilt = 0.0
    if t != least:
        tilt = tilt_of_kinds(kind, first, M, m, n, copies, log_odds, t, 0.2, modes, totals)
    offset, law, log_scale = law_of_kinds(kind, first, M, m, n, copies, log_odds, tilt, modes, totals)
    tail, point = tail_and_point(offset, law, tilt, t)
    scale = math.exp(log_scale - tilt * t)
    return (1.0 if t == least else min(scale * tail, 1.0)), scale * point


@compiled
def lower_of_hypergeometrics(
    M: IntArray, m: IntArray, n: IntArray, copies: IntArray, log_odds: float, t: int
) -> tuple[float, float]:
    """P(T <= t) and P(T = t): the upper tail of the draws outside the row."""
    drawn = 0
    for s in range(M.size):
        drawn += copies[s] * n[s]
    return one_sum_of_hypergeometrics(M, M - m, n, copies, -log_odds, drawn - t)


@compiled
def no_likelier(
    M: IntArray,
    m: IntArray,
    n: IntArray,
    copies: IntArray,
    indptr: IntArray,
    t: IntArray,
    first: int,
    last: int,
    out: FloatArray,
) -> None:
    """Two-sided tails: the chance of all sums no likelier than the one seen (ties within 1e-7).

    The law has one mode, so that the sums no likelier on the far side are an end of its range: found by bisection.
    """
    for unit in range(first, last):
        a = indptr[unit]
        b = indptr[unit + 1]
        mean = 0.0
        drawn = 0
        least = 0
        for s in range(a, b):
            if M[s] > 0:
                mean += copies[s] * (float(m[s]) * float(n[s]) / float(M[s]))
            drawn += copies[s] * n[s]
            least += copies[s] * max(0, m[s] + n[s] - M[s])
        seen = t[unit]
        rows = m[a:b]
        middle_mean = mean
        if seen < mean:
            rows = M[a:b] - rows
            seen = drawn - seen
            middle_mean = drawn - mean
            least = 0
            for s in range(a, b):
                least += copies[s] * max(0, n[s] - m[s])
        near, point = one_sum_of_hypergeometrics(M[a:b], rows, n[a:b], copies[a:b], 0.0, seen)
        bound = point * (1.0 + 1e-7)
        low = least - 1
        high = seen
        while high - low > 1:
            # The first look is at the neighbour: where it is no likelier either, the sum seen is the mode.
            k = high - 1 if high == seen else (low + high) // 2
            if k >= middle_mean:
                _, at = one_sum_of_hypergeometrics(M[a:b], rows, n[a:b], copies[a:b], 0.0, k)
            else:
                _, at = lower_of_hypergeometrics(M[a:b], rows, n[a:b], copies[a:b], 0.0, k)
            if at <= bound:
                low = k
            else:
                high = k
        far = 0.0
        if low >= least:
            far, _ = lower_of_hypergeometrics(M[a:b], rows, n[a:b], copies[a:b], 0.0, low)
        out[unit] = 1.0 if low == seen - 1 else min(near + far, 1.0)


@compiled
def conditional_estimates(
    M: IntArray, m: IntArray, n: IntArray, copies: IntArray, indptr: IntArray, t: IntArray, out: FloatArray
) -> None:
    """The log odds ratio under which the sum's mean is ``t``; infinite at the ends, missing where the sum is fixed."""
    for unit in range(t.size):
        a = indptr[unit]
        b = indptr[unit + 1]
        least = 0
        most = 0
        drawn = 0
        mean = 0.0
        for s in range(a, b):
            least += copies[s] * max(0, m[s] + n[s] - M[s])
            most += copies[s] * min(m[s], n[s])
            drawn += copies[s] * n[s]
            if M[s] > 0:
                mean += copies[s] * (float(m[s]) * float(n[s]) / float(M[s]))
        if least == most:
            out[unit] = np.nan
        elif t[unit] <= least:
            out[unit] = -np.inf
        elif t[unit] >= most:
            out[unit] = np.inf
        elif t[unit] >= mean:
            out[unit] = hypergeometric_tilt(M[a:b], m[a:b], n[a:b], copies[a:b], 0.0, t[unit], 1e-6)
        else:
            out[unit] = -hypergeometric_tilt(M[a:b], M[a:b] - m[a:b], n[a:b], copies[a:b], 0.0, drawn - t[unit], 1e-6)


@compiled
def sums_of_hypergeometrics(
    M: IntArray,
    m: IntArray,
    n: IntArray,
    copies: IntArray,
    indptr: IntArray,
    t: IntArray,
    log_odds: FloatArray,
    first: int,
    last: int,
    tails: FloatArray,
    points: FloatArray,
) -> None:
    """Fill ``tails`` and ``points`` for the units ``first`` to ``last`` - 1."""
    for unit in range(first, last):
        a = indptr[unit]
        b = indptr[unit + 1]
        tails[unit], points[unit] = one_sum_of_hypergeometrics(
            M[a:b], m[a:b], n[a:b], copies[a:b], log_odds[unit], t[unit]
        )


@compiled
def averaged_sums_of_hypergeometrics(
    M: IntArray,
    m: IntArray,
    n: IntArray,
    indptr: IntArray,
    t: IntArray,
    log_odds: FloatArray,
    weights: FloatArray,
    first: int,
    last: int,
    out: FloatArray,
) -> None:
    """Fill ``out`` with P(T >= t) averaged over the unit's row of rising ``log_odds``.

    The tail rises with the odds: from the middle up it is followed until it is 1, and from there down until what is
    left of it no longer shows in the average.
    """
    nodes = weights.size
    tails = np.empty(nodes)
    for unit in range(first, last):
        a = indptr[unit]
        b = indptr[unit + 1]
        one = np.ones(b - a, dtype=np.int64)
        kind, alike = kinds(M[a:b], m[a:b], n[a:b])
        middle = nodes // 2
        total = 0.0
        tail = 0.0
        for k in range(middle, nodes):
            if tail < CERTAIN:
                tail, _ = one_sum_of_kinds(kind, alike, M[a:b], m[a:b], n[a:b], one, log_odds[unit, k], t[unit])
            tails[k] = tail
            total += weights[k] * tail
        left = 0.0
        for k in range(middle):
            left += weights[k]
        tail = 1.0
        for k in range(middle - 1, -1, -1):
            if tail * left <= UNSEEN * total:
                tail = 0.0
            else:
                tail, _ = one_sum_of_kinds(kind, alike, M[a:b], m[a:b], n[a:b], one, log_odds[unit, k], t[unit])
            tails[k] = tail
            total += weights[k] * tail
            left -= weights[k]
        # Once more, in one order whatever was left out.
        total = 0.0
        for k in range(nodes):
            total += weights[k] * tails[k]
        out[unit] = total


@compiled
def single_upper_tails(
    x: IntArray,
    M: IntArray,
    m: IntArray,
    n: IntArray,
    log_factorial: FloatArray,
    first: int,
    last: int,
    out: FloatArray,
) -> None:
    """P(X >= x) a cell. Cells with M within the table start from it; the others are normalised by their own sum."""
    one = np.ones(1, dtype=np.int64)
    for i in range(first, last):
        lo = max(0, m[i] + n[i] - M[i])
        hi = min(m[i], n[i])
        if x[i] <= lo:
            out[i] = 1.0
        elif x[i] > hi:
            out[i] = 0.0
        elif M[i] >= log_factorial.size:
            out[i], _ = one_sum_of_hypergeometrics(M[i : i + 1], m[i : i + 1], n[i : i + 1], one, 0.0, x[i])
        else:
            upward = x[i] * float(M[i] + 2) > float(m[i] + 1) * float(n[i] + 1)
            k = x[i] if upward else x[i] - 1
            rest = M[i] - m[i] - n[i] + k
            log_p = (
                (log_factorial[m[i]] - log_factorial[k] - log_factorial[m[i] - k])
                + (log_factorial[M[i] - m[i]] - log_factorial[n[i] - k] - log_factorial[rest])
                - (log_factorial[M[i]] - log_factorial[n[i]] - log_factorial[M[i] - n[i]])
            )
            w = 1.0
            total = 1.0
            if upward:
                while k < hi and w > 1e-17 * total:
                    w *= ratio(k, M[i], m[i], n[i], 1.0)
                    total += w
                    k += 1
                out[i] = min(math.exp(log_p) * total, 1.0)
            else:
                while k > lo and w > 1e-17 * total:
                    w /= ratio(k - 1, M[i], m[i], n[i], 1.0)
                    total += w
                    k -= 1
                out[i] = max(1.0 - math.exp(log_p) * total, 0.0)


@compiled
def attainable_tails(M: IntArray, m: IntArray, n: IntArray, copies: IntArray, ceiling: float) -> FloatArray:
    """All values up to ``ceiling`` that P(T >= t) can take, rising; those below the negligible are left out."""
    _, law, _ = law_of_sum(M, m, n, copies, 0.0, 0.0)
    return rising_tails(law, ceiling)
