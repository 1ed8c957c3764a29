"""Compiled: how a sum of hypergeometric counts moves with its log odds ratio, without its law being convolved, and the
likelihood of a spread of log odds ratios."""

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


@compiled
def between(steps: FloatArray, at: float, reach: float, step: float) -> tuple[float, float, float]:
    """Value, slope and curvature of a curve of quintic ``steps`` (six by the steps) from -``reach`` to ``reach``."""
    inside = min(max(at, -reach), reach)
    j = min(int((inside + reach) / step), steps.shape[1] - 1)
    x = (inside + reach) / step - j
    f, g, h, c3, c4, c5 = steps[0, j], steps[1, j], steps[2, j], steps[3, j], steps[4, j], steps[5, j]
    value = f + x * (g + x * (0.5 * h + x * (c3 + x * (c4 + x * c5))))
    slope = (g + x * (h + x * (3.0 * c3 + x * (4.0 * c4 + x * 5.0 * c5)))) / step
    curvature = (h + x * (6.0 * c3 + x * (12.0 * c4 + x * 20.0 * c5))) / (step * step)
    return value + slope * (at - inside), slope, curvature


@compiled
def marginals(
    steps: FloatArray,
    scale: FloatArray,
    tau: FloatArray,
    points: FloatArray,
    weights: FloatArray,
    reach: float,
    step: float,
    first: int,
    last: int,
    out: FloatArray,
) -> None:
    """Fill ``out`` (units by spreads) with the log of each curve's exponential averaged over a normal law about 0.

    ``steps``: units by six by the steps. Trapezoids at ``points`` in standard deviations of the integrand, about its
    mode.
    """
    logs = np.empty(points.size)
    for unit in range(first, last):
        mode = 0.0
        for k in range(tau.size):
            variance = (scale[unit] * tau[k]) ** 2
            curvature = 0.0
            for _ in range(60):
                _, slope, curvature = between(steps[unit], mode, reach, step)
                # A step is at most 1: the likelihood of an empty unit is flat on one side and steep on the other.
                move = (slope - mode / variance) / (1.0 / variance - min(curvature, 0.0))
                mode += min(max(move, -1.0), 1.0)
                if abs(move) < 1e-6:
                    break
            width = 1.0 / math.sqrt(1.0 / variance - min(curvature, 0.0))
            top = -np.inf
            for j in range(points.size):
                d = mode + width * points[j]
                value, _, _ = between(steps[unit], d, reach, step)
                logs[j] = value - 0.5 * d * d / variance
                top = max(top, logs[j])
            total = 0.0
            for j in range(points.size):
                total += weights[j] * math.exp(logs[j] - top)
            out[unit, k] = top + math.log(total * width) - 0.5 * math.log(2.0 * math.pi * variance)
