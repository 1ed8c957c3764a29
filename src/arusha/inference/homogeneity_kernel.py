"""Compiled laws of the first cells of several 2x2 tables, given their total. See ``lattice_kernel``."""

from __future__ import annotations

import math

import numpy as np

from arusha.inference.compiled import compiled
from arusha.inference.hypergeometric_kernel import FARTHEST, hypergeometric_tilt, law_of_sum, log_weight_between
from arusha.inference.segments import FloatArray, IntArray


@compiled
def tilt_to(M: IntArray, m: IntArray, n: IntArray, t: int) -> float:
    """The tilt, of either sign, that brings the mean of the sum of single strata to ``t``, kept within ±FARTHEST."""
    copies = np.ones(M.size, dtype=np.int64)
    up = hypergeometric_tilt(M, m, n, copies, 0.0, t, 0.2)
    if up > 0.0:
        return min(up, FARTHEST)
    drawn = 0
    for s in range(M.size):
        drawn += n[s]
    return -min(max(hypergeometric_tilt(M, M - m, n, copies, 0.0, drawn - t, 0.2), 0.0), FARTHEST)


@compiled
def conditional_sums(
    M: IntArray, m: IntArray, n: IntArray, total: int, at: int, own_tilt: float, rest_tilt: float
) -> tuple[float, float, float, float, float]:
    """Sums over the first cell k, given the total, of P(k) P(total - k): below, at and above ``at``, and weighted by k.

    The fifth number is the log of the scale by which the sums are to be multiplied.
    """
    one = np.ones(M.size, dtype=np.int64)
    own_offset, own, own_scale = law_of_sum(M[:1], m[:1], n[:1], one[:1], 0.0, own_tilt)
    rest_offset, rest, rest_scale = law_of_sum(M[1:], m[1:], n[1:], one[1:], 0.0, rest_tilt)
    scale = own_scale + rest_scale - own_tilt * at - rest_tilt * (total - at)
    below = 0.0
    middle = 0.0
    above = 0.0
    weighted = 0.0
    for i in range(own.size):
        k = own_offset + i
        j = total - k - rest_offset
        if 0 <= j < rest.size and own[i] > 0.0 and rest[j] > 0.0:
            p = math.exp(math.log(own[i]) + math.log(rest[j]) - (own_tilt - rest_tilt) * (k - at))
            weighted += p * k
            if k < at:
                below += p
            elif k > at:
                above += p
            else:
                middle += p
    return below, middle, above, weighted, scale


@compiled
def first_against_others(
    seen: IntArray,
    M: IntArray,
    m: IntArray,
    n: IntArray,
    indptr: IntArray,
    first: int,
    last: int,
    lower: FloatArray,
    upper: FloatArray,
    expected: FloatArray,
) -> None:
    """Tails of the first table's first cell, given the total of all first cells."""
    for unit in range(first, last):
        a = indptr[unit]
        b = indptr[unit + 1]
        total = 0
        for s in range(a, b):
            total += seen[s]
        tilt = tilt_to(M[a:b], m[a:b], n[a:b], total)
        below, middle, above, weighted, scale = conditional_sums(M[a:b], m[a:b], n[a:b], total, seen[a], tilt, tilt)
        whole = below + middle + above
        expected[unit] = weighted / whole
        lower[unit] = min((below + middle) / whole, 1.0)
        upper[unit] = min((above + middle) / whole, 1.0)
        if min(lower[unit], upper[unit]) < 1e-8:
            # In the far tail each law is tilted to its own count, so that nothing that matters was dropped.
            own = tilt_to(M[a : a + 1], m[a : a + 1], n[a : a + 1], seen[a])
            rest = tilt_to(M[a + 1 : b], m[a + 1 : b], n[a + 1 : b], total - seen[a])
            below, middle, above, _, far_scale = conditional_sums(M[a:b], m[a:b], n[a:b], total, seen[a], own, rest)
            factor = math.exp(far_scale - scale) / whole
            if lower[unit] < upper[unit]:
                lower[unit] = (below + middle) * factor
            else:
                upper[unit] = (above + middle) * factor


@compiled
def zelen(
    seen: IntArray,
    M: IntArray,
    m: IntArray,
    n: IntArray,
    indptr: IntArray,
    first: int,
    last: int,
    out: FloatArray,
) -> None:
    """Two-sided p by running through all sets of first cells with the total seen."""
    for unit in range(first, last):
        a = indptr[unit]
        tables = indptr[unit + 1] - a
        total = 0
        widest = 0
        low = np.empty(tables, dtype=np.int64)
        high = np.empty(tables, dtype=np.int64)
        for s in range(tables):
            total += seen[a + s]
            low[s] = max(0, m[a + s] + n[a + s] - M[a + s])
            high[s] = min(m[a + s], n[a + s])
            if high[s] - low[s] > high[widest] - low[widest]:
                widest = s
        begin = np.zeros(tables + 1, dtype=np.int64)
        for s in range(tables):
            begin[s + 1] = begin[s] + high[s] - low[s] + 1
        # Log weights relative to those of the tables seen: differences stay small where it matters.
        weight = np.zeros(begin[tables])
        for s in range(tables):
            for k in range(low[s], high[s] + 1):
                weight[begin[s] + k - low[s]] = log_weight_between(M[a + s], m[a + s], n[a + s], seen[a + s], k)
        at = low.copy()
        top = -np.inf
        for sweep in range(2):
            at[:] = low
            whole = 0.0
            rare = 0.0
            done = False
            while not done:
                rest = total
                log_w = 0.0
                for s in range(tables):
                    if s != widest:
                        rest -= at[s]
                        log_w += weight[begin[s] + at[s] - low[s]]
                if low[widest] <= rest <= high[widest]:
                    log_w += weight[begin[widest] + rest - low[widest]]
                    if sweep == 0:
                        top = max(top, log_w)
                    else:
                        p = math.exp(log_w - top)
                        whole += p
                        if log_w <= 1e-7:
                            rare += p
                s = 0
                while s < tables:
                    if s != widest:
                        at[s] += 1
                        if at[s] <= high[s]:
                            break
                        at[s] = low[s]
                    s += 1
                done = s == tables
            if sweep == 1:
                out[unit] = min(rare / whole, 1.0)
