"""Quantiles of mixtures of normal laws, compiled. Imported on first use only."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from arusha.inference.compiled import compiled

FloatArray = NDArray[np.float64]

NOTHING = 1e-17
"""Weights of a part that no sum of the others would show."""


@compiled
def quantiles(
    part: FloatArray,
    mean: FloatArray,
    sd: FloatArray,
    reach: FloatArray,
    chance: float,
    halvings: int,
    first: int,
    last: int,
    out: FloatArray,
) -> None:
    """Where the mixture of each row first to last - 1 passes ``chance``, by halving minus to plus ``reach``."""
    for i in range(first, last):
        low = -reach[i]
        high = reach[i]
        for _ in range(halvings):
            middle = 0.5 * (low + high)
            under = 0.0
            for k in range(part.shape[1]):
                if part[i, k] > NOTHING:
                    under += part[i, k] * 0.5 * math.erfc((mean[i, k] - middle) / sd[i, k] * math.sqrt(0.5))
            if under < chance:
                low = middle
            else:
                high = middle
        out[i] = 0.5 * (low + high)
