"""Which method a panel supports, as measured by benchmarks/effects_coverage.py; "cannot tell" where none does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from arusha.effects.assignments import count, scores
from arusha.effects.panels import NEVER, Panel

Method = Literal["groups", "reassignment", "synthetic", "series-compared", "series", "cannot-tell"]

ENOUGH_UNITS = 20
"""Treated, and as many untreated, from which intervals by influence functions cover 93% or more."""
FEWEST_SIDE = 4
"""Treated, and untreated, from which re-assignment covers 93% also where effects differ between units."""
SERIES_BEFORE, SERIES_AFTER = 24, 6
"""Periods from which an interrupted series covers 93%."""
SYNTHETIC_BEFORE = 8


@dataclass(frozen=True)
class Design:
    """What there is, and what can be done with it."""

    method: Method
    reason: str
    """Key of the sentence that says why."""
    treated: int
    controls: int
    before: int
    """Periods before the first start."""
    after: int
    starts: int
    """Different first treated periods."""


def choose(panel: Panel, outcomes: int = 1, level: float = 0.95) -> Design:
    """The design of a panel for a family of so many outcomes.

    A test that cannot reach the family's level whatever happens is no design.
    """
    start = np.where(panel.first > panel.time[-1], NEVER, panel.first)
    dates = np.unique(start[start != NEVER])
    treated, controls = int(np.sum(start != NEVER)), int(np.sum(start == NEVER))
    before = int(np.sum(panel.time < dates[0])) if dates.size else 0
    after = int(np.sum(panel.time >= dates[0])) if dates.size else 0

    def made(method: Method, reason: str) -> Design:
        return Design(method, reason, treated, controls, before, after, int(dates.size))

    alpha = (1 - level) / outcomes
    if treated == 0:
        return made("cannot-tell", "nobody-treated")
    if before < 2:
        return made("cannot-tell", "no-time-before")
    clusters = np.unique(panel.clusters()[start != NEVER]).size if panel.cluster else treated
    if min(clusters, controls) >= ENOUGH_UNITS:
        return made("groups", "many-units")
    if treated >= FEWEST_SIDE and controls >= FEWEST_SIDE and panel.cluster is None:
        if 1.0 / count(scores(panel.count, panel.time, panel.first)) <= alpha:
            return made("reassignment", "few-units")
        return made("cannot-tell", "too-few-assignments")
    if dates.size == 1 and before >= SYNTHETIC_BEFORE and 1.0 / (controls + 1) <= alpha and treated < FEWEST_SIDE:
        return made("synthetic", "few-treated")
    if dates.size == 1 and before >= SERIES_BEFORE and after >= SERIES_AFTER:
        return made("series-compared", "one-series-compared") if controls else made("series", "one-series")
    return made("cannot-tell", "too-few-units")
