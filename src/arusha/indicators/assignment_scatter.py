"""How much an office's pairs differ beyond draws, and what a pair is worth against that.

Draws by chance within strata are a strong null: whatever the office goes by and the records do not hold (a dock, a
language, papers or none) makes many pairs differ from it a little, and some a lot. The middle of the office's pairs
says how wide that ordinary scatter is. Where it is clearly more than draws give, a pair stands out only beyond it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import special

from arusha.indicators.assignment_pairs import Pairs
from arusha.indicators.ordinary_scatter import (
    EFFICIENCY,
    LEAST_INFORMATION,
    Scatter,
    mixed_tail,
    ordinary_scatter,
    winsorised_variance,
)

FloatArray = NDArray[np.float64]

CLEARLY = 1.645
"""Standard errors by which the pairs' scatter must be wider than that of draws: one honest office in twenty is."""
FEWEST_PAIRS = 20
"""Pairs that inform without which an office's scatter is not looked for."""


def office_scatter(pairs: Pairs) -> Scatter | None:
    """The scatter of an office's pairs on the log-odds scale; none where it is not clearly more than draws give.

    ``pairs``: those of all declarants but the one that is held against it.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (pairs.observed - pairs.expected) / np.sqrt(pairs.variance)
    use = np.isfinite(z) & np.isfinite(pairs.p) & (pairs.variance >= LEAST_INFORMATION)
    size = np.count_nonzero(use)
    if size < FEWEST_PAIRS or winsorised_variance(z[use]) <= 1.0 + CLEARLY * np.sqrt(2.0 / (EFFICIENCY * size)):
        return None
    found = ordinary_scatter(z, np.where(use, pairs.variance, 0.0), assumed=0.0)
    return found if found.sd > 0 else None


def tails_beyond(pairs: Pairs, which: NDArray[np.int64], scatter: Scatter) -> FloatArray:
    """Upper tails of some pairs, averaged over the scatter of the office's pairs.

    A pair's count is taken as binomial with the mean and variance that it has under the null (counts with fixed margins
    are sums of such), and its odds are multiplied by those of ordinary pairs.
    """
    observed, expected = pairs.observed[which].astype(np.float64), pairs.expected[which]
    chance = np.clip(1.0 - pairs.variance[which] / expected, 1e-9, 1.0 - 1e-9)
    size = expected / chance

    def averaged(log_odds: FloatArray, weights: FloatArray) -> FloatArray:
        each = special.expit(special.logit(chance)[:, None] + log_odds)
        # The tail from ``observed`` on; a count of draws cannot be above their number, which need not be whole here.
        inside = np.maximum(size - observed + 1.0, 1e-9)[:, None]
        return np.asarray(special.betainc(observed[:, None], inside, each) @ weights)

    return mixed_tail(averaged, np.ones(len(which)), scatter)
