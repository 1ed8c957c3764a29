"""Compiled: how a sum of hypergeometric counts moves with its log odds ratio, without its law being convolved."""

from __future__ import annotations

import math

import numpy as np

from arusha.inference.compiled import compiled
from arusha.inference.segments import FloatArray, IntArray
from arusha.inference.stratum_kernel import kinds, log_weight_between, stratum_sums


@compiled
def cumulants_by_log_odds(
    M: IntArray,
    m: IntArray,
    n: IntArray,
    indptr: IntArray,
    nodes: FloatArray,
    first: int,
    last: int,
    growth: FloatArray,
    mean: FloatArray,
    variance: FloatArray,
) -> None:
    """Fill, for the units ``first`` to ``last`` - 1 at each of ``nodes``, log E exp(d T) and mean and variance of T."""
    for unit in range(first, last):
        a = indptr[unit]
        b = indptr[unit + 1]
        kind, alike = kinds(M[a:b], m[a:b], n[a:b])
        copies = np.zeros(alike.size)
        for s in range(b - a):
            copies[kind[s]] += 1.0
        for k in range(alike.size):
            s = a + alike[k]
            centre, whole, _, _ = stratum_sums(M[s], m[s], n[s], 1.0)
            for j in range(nodes.size):
                mode, total, mu, square = stratum_sums(M[s], m[s], n[s], math.exp(nodes[j]))
                grown = nodes[j] * mode + log_weight_between(M[s], m[s], n[s], centre, mode)
                growth[unit, j] += copies[k] * (grown + math.log(total) - math.log(whole))
                mean[unit, j] += copies[k] * mu
                variance[unit, j] += copies[k] * square
