"""A sum of chi-squares of one degree, each times its weight, over a mean square: its law, and two ways near it."""

from __future__ import annotations

from typing import Literal

import numpy as np
from scipy import optimize, stats

from arusha.surveys.answers import FloatArray

Law = Literal["exact", "saddlepoint", "satterthwaite"]


def beyond(value: float, weights: FloatArray, df: float, law: Law) -> float:
    """Chance that the sum exceeds ``value`` times a mean square with ``df`` degrees of freedom."""
    if law == "exact":
        return exact(value, weights, df)
    return saddlepoint(value, weights, df) if law == "saddlepoint" else satterthwaite(value, weights, df)


def exact(value: float, weights: FloatArray, df: float) -> float:
    """By integration (Imhof 1961, of the difference of the two)."""
    df = max(df, 1.0)
    size = np.append(weights, -value / df)
    many = np.append(np.ones(weights.size), df)

    def part(u: float) -> float:
        turn = 0.5 * float(many @ np.arctan(size * u))
        return float(np.sin(turn) / (u * np.exp(0.25 * many @ np.log1p((size * u) ** 2))))

    # To where what is left is under 1e-10, in pieces that grow.
    step, total, at = 1.0 / float(many @ np.abs(size)), 0.0, 0.0
    nodes, share = np.polynomial.legendre.leggauss(24)
    for _ in range(4000):
        u = at + 0.5 * step * (nodes + 1.0)
        total += 0.5 * step * float(share @ np.array([part(float(v)) for v in u]))
        at += step
        step *= 1.05
        if 2.0 / float(many.sum()) / np.exp(0.25 * many @ np.log1p((size * at) ** 2)) < 1e-10:
            break
    return float(np.clip(0.5 + total / np.pi, 0.0, 1.0))


def satterthwaite(value: float, weights: FloatArray, df: float) -> float:
    """As an F with the same mean and variance."""
    mean = float(weights.mean())
    numerator = weights.size * mean**2 / float(np.mean(weights**2))
    return float(stats.f.sf(value / (weights.size * mean), numerator, df))


def saddlepoint(value: float, weights: FloatArray, df: float) -> float:
    """Kuonen's approximation (1999), of the difference of the two; whole degrees of freedom, as R's survey has them.

    At the very mean, where the approximation is not defined, Satterthwaite's.
    """
    size = np.append(weights, np.full(int(max(df, 1.0)), -value / df))
    size = size / size.max()

    def slope(z: float) -> float:
        return float(np.sum(size / (1.0 - 2.0 * z * size)))

    low, high = 0.5 / float(size.min()), 0.5 / float(size.max())
    z = float(optimize.brentq(slope, 0.99999 * low, 0.99999 * high, xtol=1e-13))
    if abs(z) < 1e-4:
        return satterthwaite(value, weights, df)
    kept = 1.0 - 2.0 * z * size
    w = np.sign(z) * np.sqrt(np.sum(np.log(kept)))  # twice -K(z), where K is minus half of it
    v = z * np.sqrt(2.0 * np.sum((size / kept) ** 2))
    return float(stats.norm.sf(w + np.log(v / w) / w))
