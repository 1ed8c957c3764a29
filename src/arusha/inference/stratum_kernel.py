"""Compiled laws of one (Fisher's noncentral) hypergeometric count: a stratum of fixed margins."""

from __future__ import annotations

import math

import numpy as np

from arusha.inference.compiled import compiled
from arusha.inference.lattice_kernel import NEGLIGIBLE
from arusha.inference.segments import FloatArray, IntArray


@compiled
def ratio(k: int, M: int, m: int, n: int, psi: float) -> float:
    """P(X = k + 1) / P(X = k) for Fisher's noncentral hypergeometric law with odds ratio ``psi``."""
    return (float(m - k) * float(n - k) * psi) / (float(k + 1) * float(M - m - n + k + 1))


@compiled
def mode_of(M: int, m: int, n: int, psi: float) -> int:
    """The most probable count: the root of ratio = 1, then a step or two to mend rounding."""
    lo = max(0, m + n - M)
    hi = min(m, n)
    a = psi - 1.0
    b = psi * (m + n) + (M - m - n + 2)
    c = psi * float(m) * float(n) - float(M - m - n + 1)
    below = b + math.sqrt(max(b * b - 4.0 * a * c, 0.0))
    root = 2.0 * c / below if below > 0.0 else float(lo)
    k = int(min(max(math.ceil(root), float(lo)), float(hi)))
    while k < hi and ratio(k, M, m, n, psi) > 1.0:
        k += 1
    while k > lo and ratio(k - 1, M, m, n, psi) < 1.0:
        k -= 1
    return k


@compiled
def stratum_sums(M: int, m: int, n: int, psi: float) -> tuple[int, float, float, float]:
    """Mode, sum of the weights relative to the mode's, mean, variance."""
    lo = max(0, m + n - M)
    hi = min(m, n)
    mode = mode_of(M, m, n, psi)
    total = 1.0
    first = 0.0
    second = 0.0
    w = 1.0
    k = mode
    while k < hi:
        w *= ratio(k, M, m, n, psi)
        k += 1
        total += w
        d = float(k - mode)
        first += d * w
        second += d * d * w
        if w < 1e-22 * total:
            break
    w = 1.0
    k = mode
    while k > lo:
        w /= ratio(k - 1, M, m, n, psi)
        k -= 1
        total += w
        d = float(k - mode)
        first += d * w
        second += d * d * w
        if w < 1e-22 * total:
            break
    shift = first / total
    return mode, total, mode + shift, max(second / total - shift * shift, 0.0)


@compiled
def higher_cumulants(M: int, m: int, n: int) -> tuple[float, float, float]:
    """Third, fourth and fifth cumulant of the central law, the first two of which have short formulas."""
    if M <= 1 or m <= 0 or n <= 0 or m >= M or n >= M:
        return 0.0, 0.0, 0.0
    one = n == 1 or m == 1
    if one or n == M - 1 or m == M - 1:
        # One draw of the row or the column says all, inside it or (with the other sign) outside.
        sign = 1.0 if one else -1.0
        p = float(m) / M if n == 1 or (m != 1 and n == M - 1) else float(n) / M
        q = p * (1.0 - p)
        skew = 1.0 - 2.0 * p
        return sign * q * skew, q * (1.0 - 6.0 * q), sign * q * skew * (1.0 - 12.0 * q)
    mode = mode_of(M, m, n, 1.0)
    lo = max(0, m + n - M)
    hi = min(m, n)
    mean = float(m) * float(n) / M
    total = 0.0
    second = 0.0
    third = 0.0
    fourth = 0.0
    fifth = 0.0
    for way in (1, -1):
        w = 1.0
        k = mode
        while True:
            if k != mode or way == 1:
                d = k - mean
                d2 = d * d
                total += w
                second += w * d2
                third += w * d2 * d
                fourth += w * d2 * d2
                fifth += w * d2 * d2 * d
            if way == 1:
                if k >= hi:
                    break
                w *= ratio(k, M, m, n, 1.0)
                k += 1
            else:
                if k <= lo:
                    break
                w /= ratio(k - 1, M, m, n, 1.0)
                k -= 1
            if w < 1e-22 * total:
                break
    second /= total
    third /= total
    return third, fourth / total - 3.0 * second * second, fifth / total - 10.0 * third * second


@compiled
def log_weight_between(M: int, m: int, n: int, start: int, stop: int) -> float:
    """log of the central weight at ``stop`` over that at ``start``."""
    a = min(start, stop)
    b = max(start, stop)
    total = 0.0
    product = 1.0
    for k in range(a, b):
        product *= ratio(k, M, m, n, 1.0)
        if product < 1e-200 or product > 1e200:
            total += math.log(product)
            product = 1.0
    total += math.log(product)
    return total if stop >= start else -total


@compiled
def stratum_law(M: int, m: int, n: int, psi: float, mode: int, total: float, law: FloatArray) -> tuple[int, int]:
    """Fill ``law`` with the probabilities, negligible ends left out: the first count kept, and how many are.

    ``mode`` and ``total``: as ``stratum_sums`` gives them.
    """
    lo = max(0, m + n - M)
    hi = min(m, n)
    last = mode
    w = 1.0
    while last < hi and w > NEGLIGIBLE * 1e-2:
        w *= ratio(last, M, m, n, psi)
        last += 1
    first = mode
    w = 1.0
    while first > lo and w > NEGLIGIBLE * 1e-2:
        w /= ratio(first - 1, M, m, n, psi)
        first -= 1
    law[mode - first] = 1.0 / total
    for k in range(mode, last):
        law[k + 1 - first] = law[k - first] * ratio(k, M, m, n, psi)
    for k in range(mode, first, -1):
        law[k - 1 - first] = law[k - first] / ratio(k - 1, M, m, n, psi)
    return first, last - first + 1


@compiled
def kinds(M: IntArray, m: IntArray, n: IntArray) -> tuple[IntArray, IntArray]:
    """Which strata are alike: a kind a stratum, and the first stratum of each kind."""
    kind = np.empty(M.size, dtype=np.int64)
    first = np.empty(M.size, dtype=np.int64)
    found = 0
    room = 8
    while room < 2 * M.size:
        room *= 2
    table = np.full(room, -1, dtype=np.int64)
    for s in range(M.size):
        at = ((M[s] * 31 + m[s]) * 31 + n[s]) & (room - 1)
        while True:
            k = table[at]
            if k < 0:
                table[at] = found
                first[found] = s
                kind[s] = found
                found += 1
                break
            f = first[k]
            if M[f] == M[s] and m[f] == m[s] and n[f] == n[s]:
                kind[s] = k
                break
            at = (at + 1) & (room - 1)
    return kind, first[:found]
