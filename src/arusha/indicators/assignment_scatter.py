"""How much an office's pairs differ beyond draws, and what a pair is worth against that.

Draws by chance within strata are a strong null: whatever the office goes by and the records do not hold (a dock, a
language, papers or none) makes many pairs differ from it a little, and some a lot. The middle of the office's pairs
says how wide that ordinary scatter is. Where it is clearly more than draws give, a pair stands out only beyond it.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from arusha.indicators.assignment_draws import BoolArray
from arusha.indicators.assignment_office import Prepared
from arusha.indicators.assignment_pairs import Pairs
from arusha.indicators.assignment_rounds import averaged_tail
from arusha.indicators.ordinary_scatter import (
    EFFICIENCY,
    LEAST_INFORMATION,
    Scatter,
    mixed_tail,
    ordinary_scatter,
    winsorised_variance,
)

FloatArray = NDArray[np.float64]

CLEARLY = 3.0
"""Standard errors by which the pairs' scatter must be wider than that of draws: beyond doubt, as pairs of one declarant
or officer are not independent and small counts are skewed. At 1.6, one office of plain draws in ten was (of 600)."""
FEWEST_PAIRS = 20
"""Pairs that inform without which an office's scatter is not looked for."""


def office_scatter(pairs: Pairs) -> Scatter | None:
    """The scatter of an office's pairs on the log-odds scale; none where it is not clearly more than draws give.

    ``pairs``: those of all declarants but the one that is held against it, pairs that were set aside among them.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        z = (pairs.observed - pairs.expected) / np.sqrt(pairs.variance)
    use = np.isfinite(z) & np.isfinite(pairs.p) & (pairs.variance >= LEAST_INFORMATION)
    size = np.count_nonzero(use)
    if size < FEWEST_PAIRS or winsorised_variance(z[use]) <= 1.0 + CLEARLY * np.sqrt(2.0 / (EFFICIENCY * size)):
        return None
    found = ordinary_scatter(z, np.where(use, pairs.variance, 0.0), assumed=None)
    return replace(found, df=max(found.df, 1.0)) if found.sd > 0 else None


def tails_beyond(
    office: Prepared, structural: BoolArray, pairs: Pairs, which: NDArray[np.int64], scatter: Scatter
) -> FloatArray:
    """Upper tails of some pairs, averaged over the scatter of the office's pairs.

    The odds of a pair in every stratum (in every draw, where officers on duty are drawn from) are multiplied by those
    of an ordinary pair; under each the count has its exact law. ``structural``: declarants x columns set aside, as
    where the pairs were tested.
    """
    cells = list(zip(pairs.declarant[which].tolist(), pairs.outcome[which].tolist(), strict=True))

    def averaged(log_odds: FloatArray, weights: FloatArray) -> FloatArray:
        tails = [averaged_tail(office, structural, *cell, d, weights) for cell, d in zip(cells, log_odds, strict=True)]
        return np.array(tails, dtype=np.float64)

    return mixed_tail(averaged, [widened(office, structural, *cell) for cell in cells], scatter)


def widened(office: Prepared, structural: BoolArray, declarant: int, outcome: int) -> float:
    """By how much the scatter of one pair's odds is wider than that of ordinary pairs, which is measured.

    A pair is held against the files of other declarants and of other officers, and those are uneven too: the mean of
    their log odds has the scatter's variance times the sum of squares of their parts (1 where one of them has all).
    Of an ordinary pair that is in the measurement; where officers of this declarant were set aside few are left.
    """
    draws = office.draws
    held = structural.any(axis=1)
    rows = np.where(held, 0, np.bincount(draws.declarant, minlength=len(draws.declarants)))
    rows[declarant] = 0
    columns = np.bincount(draws.outcome, minlength=structural.shape[1])
    columns[outcome] = 0
    return spread_beside(rows, np.where(structural[declarant], 0, columns), columns)


def spread_beside(rows: NDArray[np.int64], left: NDArray[np.int64], columns: NDArray[np.int64]) -> float:
    """``widened``, by the draws of the other declarants, those of the other officers that are left, and of them all."""
    return float(np.sqrt((1.0 + _squares(rows)) * (1.0 + _squares(left)) / (1.0 + _squares(columns))))


def _squares(counts: NDArray[np.int64]) -> float:
    """The sum of squares of the parts; 1 where nothing is left."""
    total = float(counts.sum())
    return float(np.sum((counts / total) ** 2)) if total > 0 else 1.0
