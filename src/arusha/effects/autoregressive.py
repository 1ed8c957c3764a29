"""Least squares in a series whose errors remember the period before, with the strength of memory integrated out.

An estimated memory is taken for known by feasible generalised least squares, and its intervals are too short in the few
dozen months there usually are. Here the restricted likelihood weighs every strength (flat prior), and intervals are
quantiles of the mixture of the t distributions that each strength gives.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize
from scipy.special import stdtr

from arusha.effects.panels import FloatArray

_GRID = np.linspace(-0.94, 0.98, 65)
_NEGLIGIBLE = 1e-5


@dataclass(frozen=True)
class Combination:
    """A linear combination of coefficients."""

    value: float
    se: float
    low: float
    high: float
    p: float


@dataclass(frozen=True)
class Remembering:
    """Coefficients for each strength of memory, and how likely each strength is."""

    memory: FloatArray
    """m strengths: correlation of neighbouring errors."""
    weight: FloatArray
    """m, adding up to 1."""
    coefficient: FloatArray
    """m x k."""
    vcov: FloatArray
    """m x k x k."""
    df: int

    @property
    def mean(self) -> FloatArray:
        """k: coefficients, averaged over memory."""
        return np.asarray(self.weight @ self.coefficient)

    def combination(self, line: FloatArray, level: float = 0.95) -> Combination:
        """``line @ coefficients`` with its interval and two-sided p-value against 0."""
        centre = self.coefficient @ line
        scale = np.sqrt(np.maximum(np.einsum("i,mij,j->m", line, self.vcov, line), 0.0))
        value = float(self.weight @ centre)
        spread = float(np.sqrt(self.weight @ (scale**2 + (centre - value) ** 2)))
        if spread <= 1e-12 * max(1.0, abs(value)):
            return Combination(value, spread, value, value, 0.0 if value else 1.0)

        def below(x: float) -> float:
            return float(self.weight @ stdtr(self.df, (x - centre) / scale))

        def quantile(q: float) -> float:
            reach = 10 * spread
            while below(value - reach) > q or below(value + reach) < q:
                reach *= 2
            return float(optimize.brentq(lambda x: below(x) - q, value - reach, value + reach, xtol=1e-9 * spread))

        tail = below(0.0)
        return Combination(value, spread, quantile(0.5 - level / 2), quantile(0.5 + level / 2), 2 * min(tail, 1 - tail))


def remembering(X: FloatArray, y: FloatArray) -> Remembering:
    """Fit y (n) on X (n x k) with errors that remember, ``e[t] = r e[t-1] + shock``."""
    n, k = X.shape
    likelihood, coefficients, covariances = [], [], []
    for r in _GRID:
        Z, z = (np.vstack([np.sqrt(1 - r * r) * v[:1], v[1:] - r * v[:-1]]) for v in (X, y[:, None]))
        gram = Z.T @ Z
        inverse = np.linalg.inv(gram)
        beta = inverse @ (Z.T @ z[:, 0])
        left = float(np.sum((z[:, 0] - Z @ beta) ** 2))
        left = max(left, 1e-24 * max(float(y @ y), 1e-300))
        restricted = -0.5 * ((n - k) * np.log(left) + np.linalg.slogdet(gram)[1]) + 0.5 * np.log(1 - r * r)
        likelihood.append(restricted)
        coefficients.append(beta)
        covariances.append(inverse * left / (n - k))
    weight = np.exp(np.array(likelihood) - max(likelihood))
    keep = weight > _NEGLIGIBLE * weight.max()
    return Remembering(
        memory=_GRID[keep],
        weight=weight[keep] / weight[keep].sum(),
        coefficient=np.array(coefficients)[keep],
        vcov=np.array(covariances)[keep],
        df=n - k,
    )
