"""Kernels on one side of a threshold: weights, and their moments in closed form.

A kernel is a polynomial in |u| on [0, 1]: every moment is a sum of fractions, and none is integrated numerically.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Kernel = Literal["triangular", "uniform", "epanechnikov"]

COEFFICIENTS: dict[str, tuple[float, ...]] = {
    "triangular": (1.0, -1.0),
    "uniform": (0.5,),
    "epanechnikov": (0.75, 0.0, -0.75),
}
"""K(u) = sum of a_k |u|^k on [-1, 1]."""


def weights(u: FloatArray, kernel: Kernel) -> FloatArray:
    """K(u); 0 outside [-1, 1].

    Raises
    ------
    ValueError
        For a kernel that is not known.
    """
    if kernel not in COEFFICIENTS:
        raise ValueError(f"the kernel is one of {', '.join(COEFFICIENTS)}, not {kernel!r}")
    away = np.abs(u)
    value = np.polynomial.polynomial.polyval(away, COEFFICIENTS[kernel])
    return np.where(away <= 1, value, 0.0)


def _summed(power: NDArray[np.int64], kernel: Kernel) -> FloatArray:
    """Integral of u^power K(u) over [0, 1]."""
    found: FloatArray = np.zeros(power.shape)
    for k, a in enumerate(COEFFICIENTS[kernel]):
        found += a / (power + k + 1.0)
    return found


def gram(order: int, kernel: Kernel) -> FloatArray:
    """(order + 1)^2 moments of u^(i + j) K(u) over [0, 1]."""
    power = np.add.outer(np.arange(order + 1), np.arange(order + 1))
    return _summed(power, kernel)


def next_moments(order: int, power: int, kernel: Kernel) -> FloatArray:
    """order + 1 moments of u^(i + power) K(u) over [0, 1]."""
    i = np.arange(order + 1) + power
    return _summed(i, kernel)


def empirical_process_gram(order: int, kernel: Kernel) -> FloatArray:
    """(order + 1)^2 double moments of min(u, v) u^i v^j K(u) K(v) over [0, 1]^2: the law of a fitted distribution."""
    i, j = np.meshgrid(np.arange(order + 1), np.arange(order + 1), indexing="ij")
    found = np.zeros((order + 1, order + 1))
    for k, a in enumerate(COEFFICIENTS[kernel]):
        for m, b in enumerate(COEFFICIENTS[kernel]):
            s, t = i + k, j + m
            # Inner integral up to v of u^(s + 1), then of v^t; and the other way round where u is the larger.
            found += a * b / (s + t + 3.0) * (1.0 / (s + 2.0) + 1.0 / (t + 2.0))
    return found
