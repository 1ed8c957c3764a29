"""Strata: draws that any officer of the pool could have had, cut so finely that only chance is left between them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from arusha.indicators.assignment_draws import UNKNOWN, Draws, IntArray, dense
from arusha.indicators.assignment_pools import Pools, week_of

WINDOW = 20
"""Draws that a window aims at. Officers come and go within a day; a day with more draws than two windows hold is cut
into windows of equal number, which costs a declarant one draw in twenty of its information."""


@dataclass(frozen=True)
class Strata:
    """One stratum code a draw, and how many strata there are."""

    code: IntArray
    count: int


def operating_day(draws: Draws, pools: Pools) -> IntArray:
    """The day to which a draw belongs: a crew that works across midnight keeps its day.

    Only where the hours split the office and the pool of the last hour before midnight is also that of the first one
    after: then the small hours before the next crew comes belong to the day before.
    """
    day = draws.day.copy()
    for split in pools.splits:
        if split.feature != "hour" or split.pool[23] != split.pool[0]:
            continue
        others = [h for h in range(24) if split.pool[h] != split.pool[0]]
        if others:
            day[(draws.hour != UNKNOWN) & (draws.hour < min(others))] -= 1
    return day


def strata(draws: Draws, pools: Pools, window: int = WINDOW) -> Strata:
    """Frame x pools x day or week x roster, cut into windows of about ``window`` draws where times are known.

    A day is cut in order of time. The days of a week that may be put together are cut by the hour, so that a window
    holds like hours of several days: officers who begin early are compared over the early draws.
    """
    day = operating_day(draws, pools)
    weekly = pools.unit == "week"
    base, count = dense(draws.frame, pools.codes(draws), week_of(day) if weekly else day, draws.interval)
    if not draws.timed or len(draws) == 0:
        return Strata(base, count)
    # Draws come in order of time, so a stable sort keeps that order within each base stratum.
    order = np.lexsort((draws.minute % 60, draws.hour, base)) if weekly else np.argsort(base, kind="stable")
    size = np.bincount(base, minlength=count)
    begin = np.concatenate([[0], np.cumsum(size)])
    rank = np.empty(len(draws), dtype=np.int64)
    rank[order] = np.arange(len(draws)) - begin[base[order]]
    parts = np.maximum(size // window, 1)
    unknown = np.bincount(base, weights=draws.minute == UNKNOWN, minlength=count) > 0
    parts[unknown] = 1
    block = rank * parts[base] // size[base]
    code, count = dense(base, block)
    return Strata(code, count)
