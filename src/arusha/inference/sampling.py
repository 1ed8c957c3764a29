"""How many to look at, and whether a series of proportions is steady."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from arusha.inference.segments import FloatArray, whole_numbers


def discovery_sample_size(
    rate: float | None = None,
    *,
    confidence: float = 0.95,
    population: int | None = None,
    defective: int | None = None,
) -> int:
    """The fewest items to look at so that at least one irregular item is seen with chance ``confidence``.

    Give ``rate`` for a very large population (binomial), or ``population`` with ``defective`` items in it
    (hypergeometric, without replacement). Raises ``ValueError`` for neither or impossible numbers.
    """
    if not 0.0 < confidence < 1.0:
        raise ValueError("confidence must lie between 0 and 1")
    if population is None:
        if rate is None or not 0.0 < rate < 1.0:
            raise ValueError("give a rate between 0 and 1, or the population and the number of defective items in it")
        return int(np.ceil(np.log1p(-confidence) / np.log1p(-rate) - 1e-12))
    if defective is None or not 1 <= defective <= population:
        raise ValueError("a population needs a number of defective items between 1 and its size")
    sizes = np.arange(1, population - defective + 2)
    none_seen = stats.hypergeom.cdf(0, population, defective, sizes)
    return int(sizes[np.argmax(none_seen <= (1.0 - confidence) * (1.0 + 1e-12))])


@dataclass(frozen=True)
class PChart:
    """Shewhart's chart of proportions: one entry a sample."""

    rate: FloatArray
    centre: float
    low: FloatArray
    high: FloatArray


def p_chart(x: ArrayLike, n: ArrayLike, *, sigmas: float = 3.0) -> PChart:
    """Pooled proportion and limits ``sigmas`` standard errors away, cut at 0 and 1. For exact limits see ``funnel``.

    Raises ``ValueError`` for counts that do not fit. Source: Shewhart 1931.
    """
    counts, sizes = whole_numbers(x, "x").astype(np.float64), whole_numbers(n, "n").astype(np.float64)
    if counts.ndim != 1 or counts.shape != sizes.shape or np.any((counts < 0) | (counts > sizes) | (sizes < 1)):
        raise ValueError("samples need 0 <= x <= n and n >= 1")
    centre = float(counts.sum() / sizes.sum())
    half = sigmas * np.sqrt(centre * (1.0 - centre) / sizes)
    return PChart(counts / sizes, centre, np.maximum(centre - half, 0.0), np.minimum(centre + half, 1.0))
