"""Compiled: how a sum of hypergeometric counts moves with its log odds ratio, its law convolved once at most, and the
likelihood of a spread of log odds ratios."""

from __future__ import annotations

import math

import numpy as np

from arusha.inference.compiled import compiled
from arusha.inference.hypergeometric_kernel import law_of_kinds, tilt_of_kinds
from arusha.inference.segments import FloatArray, IntArray
from arusha.inference.stratum_kernel import kinds, log_weight_between, mode_of, ratio, stratum_sums

LEAST_WEIGHT = 1e-200
"""Laws with a probability below this beside the largest are summed anew at every log odds ratio."""


@compiled
def central_law(M: int, m: int, n: int, lo: int, hi: int, law: FloatArray) -> bool:
    """Fill ``law`` with the probabilities of ``lo`` to ``hi`` without association; False where some are too small."""
    mode = mode_of(M, m, n, 1.0)
    law[mode - lo] = 1.0
    total = 1.0
    for k in range(mode, hi):
        law[k + 1 - lo] = law[k - lo] * ratio(k, M, m, n, 1.0)
        total += law[k + 1 - lo]
    for k in range(mode, lo, -1):
        law[k - 1 - lo] = law[k - lo] / ratio(k - 1, M, m, n, 1.0)
        total += law[k - 1 - lo]
    if min(law[0], law[hi - lo]) < LEAST_WEIGHT:
        return False
    for i in range(hi - lo + 1):
        law[i] /= total
    return True


@compiled
def polynomials(law: FloatArray, step: int, x: FloatArray, p: FloatArray, q: FloatArray, r: FloatArray) -> None:
    """Fill ``p``, ``q``, ``r`` with the polynomial of coefficients ``law``, its slope and half its curvature at each of
    ``x``. With ``step`` -1 coefficients stand the other way round."""
    p[:] = 0.0
    q[:] = 0.0
    r[:] = 0.0
    size = law.size
    for i in range(size):
        c = law[size - 1 - i] if step > 0 else law[i]
        for j in range(x.size):
            r[j] = r[j] * x[j] + q[j]
            q[j] = q[j] * x[j] + p[j]
            p[j] = p[j] * x[j] + c


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
    """Fill, for the units ``first`` to ``last`` - 1, log E exp(d T) and mean and variance of T at each of their
    ``nodes`` (units by nodes, rising).

    E exp(d X) of a stratum is a polynomial in the odds ratio, or times a power one in its inverse: whichever is at
    most 1 is put in, so that nothing grows beyond what can be written. Logs are taken of products of many strata.
    """
    size = nodes.shape[1]
    p, q, r, product = np.empty(size), np.empty(size), np.empty(size), np.empty(size)
    for unit in range(first, last):
        a = indptr[unit]
        b = indptr[unit + 1]
        kind, alike = kinds(M[a:b], m[a:b], n[a:b])
        copies = np.zeros(alike.size)
        widest = 0
        for s in range(a, b):
            copies[kind[s - a]] += 1.0
            widest = max(widest, min(m[s], n[s]) - max(0, m[s] + n[s] - M[s]))
        law = np.empty(widest + 1)
        d = nodes[unit]
        x = np.exp(-np.abs(d))
        below = np.searchsorted(d, 0.0)
        least = 0.0
        most = 0.0
        product[:] = 1.0
        for k in range(alike.size):
            s = a + alike[k]
            lo = max(0, m[s] + n[s] - M[s])
            hi = min(m[s], n[s])
            if lo < hi and not central_law(M[s], m[s], n[s], lo, hi, law[: hi - lo + 1]):
                summed_anew(M[s], m[s], n[s], copies[k], d, growth[unit], mean[unit], variance[unit])
                continue
            least += copies[k] * lo
            most += copies[k] * hi
            if lo == hi:
                continue
            one = law[: hi - lo + 1]
            polynomials(one, 1, x[:below], p[:below], q[:below], r[:below])
            polynomials(one, -1, x[below:], p[below:], q[below:], r[below:])
            for j in range(size):
                up = x[j] * q[j] / p[j]
                mean[unit, j] += copies[k] * (up if j < below else -up)
                variance[unit, j] += copies[k] * max(2.0 * x[j] * x[j] * r[j] / p[j] + up - up * up, 0.0)
            for _ in range(int(copies[k])):
                for j in range(size):
                    product[j] *= p[j]
                    if product[j] < 1e-90:
                        growth[unit, j] += math.log(product[j])
                        product[j] = 1.0
        for j in range(size):
            end = least if j < below else most
            growth[unit, j] += math.log(product[j]) + end * d[j]
            mean[unit, j] += end


@compiled
def summed_anew(
    M: int,
    m: int,
    n: int,
    copies: float,
    nodes: FloatArray,
    growth: FloatArray,
    mean: FloatArray,
    variance: FloatArray,
) -> None:
    """Add the cumulants of ``copies`` strata, the law summed from its mode outward at each of ``nodes``."""
    centre, whole, _, _ = stratum_sums(M, m, n, 1.0)
    for j in range(nodes.size):
        mode, total, mu, square = stratum_sums(M, m, n, math.exp(nodes[j]))
        grown = nodes[j] * mode + log_weight_between(M, m, n, centre, mode)
        growth[j] += copies * (grown + math.log(total) - math.log(whole))
        mean[j] += copies * mu
        variance[j] += copies * square


@compiled
def tails_by_log_odds(
    M: IntArray,
    m: IntArray,
    n: IntArray,
    indptr: IntArray,
    t: IntArray,
    nodes: FloatArray,
    growth: FloatArray,
    first: int,
    last: int,
    out: FloatArray,
) -> None:
    """Fill ``out`` with P(T >= t) of the units ``first`` to ``last`` - 1 at each of their ``nodes``.

    ``growth``: log E exp(d T) there. T is convolved once, tilted so that its mean lies near ``t``, which is above the
    mean without association: counts from there up are heavier than at any smaller log odds ratio, and those below than
    at any larger one, so that what is left out of that law (``lattice_kernel``) is left out of the others as well.
    """
    for unit in range(first, last):
        a = indptr[unit]
        b = indptr[unit + 1]
        seen = t[unit]
        least = 0
        most = 0
        log_most = 0.0
        for s in range(a, b):
            top = min(m[s], n[s])
            least += max(0, m[s] + n[s] - M[s])
            most += top
        if seen <= least or seen > most:
            out[unit] = 1.0 if seen <= least else 0.0
            continue
        if seen == most:
            # One product: the tilt would be infinite.
            for s in range(a, b):
                top = min(m[s], n[s])
                mode, total, _, _ = stratum_sums(M[s], m[s], n[s], 1.0)
                log_most += log_weight_between(M[s], m[s], n[s], mode, top) - math.log(total)
            for j in range(nodes.shape[1]):
                out[unit, j] = min(math.exp(log_most + nodes[unit, j] * seen - growth[unit, j]), 1.0)
            continue
        one = np.ones(b - a, dtype=np.int64)
        kind, alike = kinds(M[a:b], m[a:b], n[a:b])
        modes, totals = np.empty(alike.size, dtype=np.int64), np.empty(alike.size)
        tilt = tilt_of_kinds(kind, alike, M[a:b], m[a:b], n[a:b], one, 0.0, seen, 0.2, modes, totals)
        offset, law, grown = law_of_kinds(kind, alike, M[a:b], m[a:b], n[a:b], one, 0.0, tilt, modes, totals)
        at = min(max(seen - offset, 0), law.size)
        for j in range(nodes.shape[1]):
            up = nodes[unit, j] - tilt
            z = math.exp(-abs(up))
            total = 0.0
            if up <= 0.0:
                for i in range(law.size - 1, at - 1, -1):
                    total = total * z + law[i]
            else:
                for i in range(at):
                    total = (total + law[i]) * z
            part = total * math.exp(up * seen + grown - growth[unit, j])
            out[unit, j] = min(part, 1.0) if up <= 0.0 else max(1.0 - part, 0.0)


@compiled
def averages(
    log_odds: FloatArray,
    weighted: FloatArray,
    certain: FloatArray,
    scale: FloatArray,
    tau: FloatArray,
    first: int,
    last: int,
    out: FloatArray,
) -> None:
    """Fill ``out`` (units by spreads) with the sums of ``weighted`` times normal densities at ``log_odds`` about 0, and
    the chance to lie beyond ``certain``."""
    for unit in range(first, last):
        for k in range(tau.size):
            sd = scale[unit] * tau[k]
            total = 0.0
            for j in range(log_odds.shape[1]):
                if weighted[unit, j] > 0.0:
                    z = log_odds[unit, j] / sd
                    total += weighted[unit, j] * math.exp(-0.5 * z * z)
            beyond = 0.5 * math.erfc(certain[unit] / sd / math.sqrt(2.0))
            out[unit, k] = total / (sd * math.sqrt(2.0 * math.pi)) + beyond


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
