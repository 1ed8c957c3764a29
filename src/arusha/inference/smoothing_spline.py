"""The cubic smoothing spline of a given number of degrees of freedom, exactly and as R's ``smooth.spline`` stops.

Sources: Green and Silverman 1994, section 2.3; O'Sullivan 1985 and the help page of ``smooth.spline`` for the penalty's
scale; Brent 1973, chapter 5, for the search.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy import optimize
from scipy.interpolate import BSpline

from arusha.inference.segments import FloatArray


def spline_at_end(x: FloatArray, y: FloatArray, df: float) -> float:
    """The value at the last x of the natural cubic smoothing spline with ``df`` degrees of freedom.

    The smoother is (I + a Q R^-1 Q')^-1 and its trace the degrees of freedom (Green and Silverman 1994, section 2.3).
    """
    n = x.size
    h = np.diff(x)
    Q = np.zeros((n, n - 2))
    R = np.zeros((n - 2, n - 2))
    for j in range(n - 2):
        Q[j : j + 3, j] = [1.0 / h[j], -1.0 / h[j] - 1.0 / h[j + 1], 1.0 / h[j + 1]]
        R[j, j] = (h[j] + h[j + 1]) / 3.0
        if j < n - 3:
            R[j, j + 1] = R[j + 1, j] = h[j + 1] / 6.0
    roughness, vectors = np.linalg.eigh(Q @ np.linalg.solve(R, Q.T))
    roughness = np.maximum(roughness, 0.0)

    def excess(log_a: float) -> float:
        return float(np.sum(1.0 / (1.0 + np.exp(log_a) * roughness)) - df)

    log_a = optimize.brentq(excess, -40.0, 40.0, xtol=1e-13)
    smooth = vectors @ ((vectors.T @ y) / (1.0 + np.exp(log_a) * roughness))
    return float(smooth[-1])


def stopped_spline_at_end(x: FloatArray, y: FloatArray, df: float) -> float:
    """The same as R's ``smooth.spline(x, y, df)`` has it, to 1e-11: up to 49 points, all of them knots.

    R's penalty takes 0.333 for a third, its search stops early and the last penalty tried counts, not the best: the
    degrees of freedom are off by some 3e-4.
    """
    n = x.size
    if n > 49:
        raise ValueError("at most 49 points")
    z = (x - x[0]) / (x[-1] - x[0])
    knots = np.concatenate([np.repeat(z[0], 3), z, np.repeat(z[-1], 3)])
    basis = BSpline.design_matrix(z, knots, 3).toarray()
    size = basis.shape[1]
    # Second derivatives are a + b t between knots. R integrates their products with 0.333 where t^2 gives a third.
    second = BSpline(knots, np.eye(size), 3).derivative(2)
    at_knots, between = second(z[:-1]), second(0.5 * (z[1:] + z[:-1]))
    rise, width = 2.0 * (between - at_knots), np.diff(z)[:, None]
    cross = (at_knots * width).T @ rise
    penalty = (at_knots * width).T @ at_knots + 0.5 * (cross + cross.T) + 0.333 * ((rise * width).T @ rise)
    gram = basis.T @ basis
    scale = float(np.diag(gram)[2 : size - 3].sum() / np.diag(penalty)[2 : size - 3].sum())
    last = float("nan")

    def loss(spar: float) -> float:
        nonlocal last
        inverse = np.linalg.inv(gram + scale * 256.0 ** (3.0 * spar - 1.0) * penalty)
        last = float(basis[-1] @ inverse @ (basis.T @ y))
        return float((df - np.einsum("ij,jk,ik->", basis, inverse, basis)) ** 2)

    _brent(loss, -1.5, 1.5)
    return last


def _brent(loss: Callable[[float], float], low: float, high: float, tolerance: float = 1e-4) -> None:
    """Brent's search for the least of ``loss``; what was tried last is what counts here."""
    golden, small = 0.381966011250105097, 2e-8
    best = second = third = low + golden * (high - low)
    f_best = f_second = f_third = loss(best)
    step = before = 0.0
    while True:
        middle = 0.5 * (low + high)
        least = small * abs(best) + tolerance / 3.0
        if abs(best - middle) <= 2.0 * least - 0.5 * (high - low):
            return
        fitted = False
        if abs(before) > least:
            r = (best - second) * (f_best - f_third)
            q = (best - third) * (f_best - f_second)
            p = (best - third) * q - (best - second) * r
            q = 2.0 * (q - r)
            p, q = (-p if q > 0 else p), abs(q)
            wide, before = before, step
            if q != 0 and abs(p) < abs(0.5 * q * wide) and q * (low - best) < p < q * (high - best):
                step, fitted = p / q, True
                if min(best + step - low, high - best - step) < 2.0 * least:
                    step = float(np.copysign(least, middle - best))
        if not fitted:
            before = (low if best >= middle else high) - best
            step = golden * before
        tried = best + (step if abs(step) >= least else float(np.copysign(least, step)))
        f = loss(tried)
        if f <= f_best:
            low, high = (best, high) if tried >= best else (low, best)
            third, f_third, second, f_second = second, f_second, best, f_best
            best, f_best = tried, f
            continue
        low, high = (tried, high) if tried < best else (low, tried)
        if f <= f_second or second == best:
            third, f_third, second, f_second = second, f_second, tried, f
        elif f <= f_third or third in (best, second):
            third, f_third = tried, f
