"""Compiled laws of the first cells of several 2x2 tables, given their total. See ``lattice_kernel``."""

from __future__ import annotations

import math

import numpy as np

from arusha.inference.compiled import compiled
from arusha.inference.hypergeometric_kernel import FARTHEST, hypergeometric_tilt
from arusha.inference.segments import FloatArray, IntArray
from arusha.inference.stratum_kernel import log_weight_between


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
