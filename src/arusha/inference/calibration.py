"""Whether chances that were told came true as often as they said."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from arusha.inference.intervals import clopper_pearson
from arusha.inference.poisson_binomial import probabilities
from arusha.inference.segments import FloatArray, IntArray

BINS, FEWEST = 5, 10


@dataclass(frozen=True)
class Calibration:
    """By bin of what was told: its mean, how many, how often it came true, with an exact interval; and all together.

    ``expected`` is the sum of what was told, ``happened`` how often it came true, ``p`` the exact two-sided chance of a
    count no likelier than that, if every chance told was right and each was drawn by itself.
    """

    told: FloatArray
    n: IntArray
    share: FloatArray
    low: FloatArray
    high: FloatArray
    expected: float
    happened: int
    p: float


def calibration(told: ArrayLike, happened: ArrayLike, *, bins: int = BINS, level: float = 0.95) -> Calibration:
    """Compare chances with what happened.

    Parameters
    ----------
    told
        Chances between 0 and 1, one an event.
    happened
        Whether each came true, of the same length.
    bins
        At most so many bins of like size, of ten events or more each; equal chances share a bin.

    Raises
    ------
    ValueError
        If there is no event, lengths differ, or a chance is none.

    Notes
    -----
    The law of the count is the Poisson-binomial's; two-sided as Fisher's test is, over counts no likelier than the one
    seen (ties within 1e-7). Source: Spiegelhalter 1986 for the question; the law is exact instead of his normal.
    """
    chance, true = np.asarray(told, dtype=np.float64), np.asarray(happened, dtype=np.bool_)
    if chance.ndim != 1 or chance.shape != true.shape or chance.size == 0 or bins < 1:
        raise ValueError("chances and what happened must be flat arrays of one length, with at least one event")
    if not np.all((chance >= 0.0) & (chance <= 1.0)):
        raise ValueError("a chance lies between 0 and 1")
    code = _bins(chance, bins)
    n = np.bincount(code)
    interval = clopper_pearson(np.bincount(code, weights=true).astype(np.int64), n, level)
    law = probabilities(chance)
    count = int(true.sum())
    p = float(law[law <= law[count] * (1.0 + 1e-7)].sum())
    return Calibration(
        np.bincount(code, weights=chance) / n,
        n.astype(np.int64),
        interval.estimate,
        interval.low,
        interval.high,
        float(chance.sum()),
        count,
        min(1.0, p),
    )


def _bins(chance: FloatArray, bins: int) -> IntArray:
    most = max(1, min(bins, chance.size // FEWEST))
    if most == 1:
        return np.zeros(chance.size, dtype=np.int64)
    edges = np.unique(np.quantile(chance, np.arange(1, most) / most, method="lower"))
    code = np.unique(np.searchsorted(edges, chance, side="left"), return_inverse=True)[1].astype(np.int64)
    # Equal chances fall together, which can leave a bin short: it joins the one below.
    while code.max() and np.bincount(code).min() < FEWEST:
        short = int(np.bincount(code).argmin())
        code = np.where(code >= max(short, 1), code - 1, code)
    return code
