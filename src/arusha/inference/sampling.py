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
    """Shewhart's chart of proportions or rates: one entry a sample."""

    rate: FloatArray
    centre: float
    low: FloatArray
    high: FloatArray
    spread: float
    """Scatter from sample to sample over that of chance: what the limits were widened by, 1 where they were not."""


def p_chart(x: ArrayLike, n: ArrayLike, *, sigmas: float = 3.0, over_dispersed: bool = False) -> PChart:
    """Pooled proportion and limits ``sigmas`` standard errors away, cut at 0 and 1. For exact limits see ``funnel``.

    ``over_dispersed`` widens them by the mean step from one sample's z to the next (Laney's p' chart): large samples
    scatter by more than chance in ordinary times. Raises ``ValueError`` for counts that do not fit, and fewer than two
    samples then. Sources: Shewhart 1931; Laney 2002.
    """
    counts, sizes = whole_numbers(x, "x").astype(np.float64), whole_numbers(n, "n").astype(np.float64)
    if counts.ndim != 1 or counts.shape != sizes.shape or np.any((counts < 0) | (counts > sizes) | (sizes < 1)):
        raise ValueError("samples need 0 <= x <= n and n >= 1")
    centre = float(counts.sum() / sizes.sum())
    return _chart(counts / sizes, centre, np.sqrt(centre * (1.0 - centre) / sizes), sigmas, over_dispersed, 1.0)


def u_chart(x: ArrayLike, exposure: ArrayLike, *, sigmas: float = 3.0, over_dispersed: bool = False) -> PChart:
    """The same of rates: events over exposure, whose variance is the pooled rate over the exposure.

    Raises ``ValueError`` for negative counts, and exposures that are not positive.
    """
    counts, time = whole_numbers(x, "x").astype(np.float64), np.asarray(exposure, dtype=np.float64)
    if counts.ndim != 1 or counts.shape != time.shape or np.any(counts < 0) or not np.all(time > 0):
        raise ValueError("samples need x >= 0 and a positive exposure")
    centre = float(counts.sum() / time.sum())
    return _chart(counts / time, centre, np.sqrt(centre / time), sigmas, over_dispersed, np.inf)


def _chart(
    rate: FloatArray, centre: float, error: FloatArray, sigmas: float, over_dispersed: bool, most: float
) -> PChart:
    spread = 1.0
    if over_dispersed:
        if rate.size < 2 or not np.all(error > 0.0):
            raise ValueError("scatter between samples needs two of them, and events in some but not all cases")
        # The mean step of a normal series is 2 / sqrt(pi) of its standard deviation.
        spread = float(np.mean(np.abs(np.diff((rate - centre) / error))) * np.sqrt(np.pi) / 2.0)
    half = sigmas * spread * error
    return PChart(rate, centre, np.maximum(centre - half, 0.0), np.minimum(centre + half, most), spread)
