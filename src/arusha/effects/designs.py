"""Which method a panel supports: one whose intervals were measured to cover there, "cannot tell" where none were."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from arusha.effects.assignments import count, scores
from arusha.effects.measured import covers
from arusha.effects.panels import NEVER, Baseline, Panel

Method = Literal["groups", "reassignment", "synthetic", "series-compared", "series", "cannot-tell"]

ENOUGH_UNITS = 20
"""Treated, and as many untreated, from which influence functions are asked before re-assignment."""
FEWEST_SIDE = 4
"""Treated, and untreated, from which groups are compared."""


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
    baseline: Baseline = "last"
    """What groups and re-assigned roles are held against; other methods have their own."""


def choose(panel: Panel, outcomes: int = 1, level: float = 0.95, *, baseline: Baseline = "all") -> Design:
    """The design of a panel for a family of so many outcomes, held against a baseline.

    A test that cannot reach the family's level whatever happens is no design.
    """
    start = np.where(panel.first > panel.time[-1], NEVER, panel.first)
    dates = np.unique(start[start != NEVER])
    treated, controls = int(np.sum(start != NEVER)), int(np.sum(start == NEVER))
    before = int(np.sum(panel.time < dates[0])) if dates.size else 0
    after = int(np.sum(panel.time >= dates[0])) if dates.size else 0

    def made(method: Method, reason: str) -> Design:
        return Design(method, reason, treated, controls, before, after, int(dates.size), baseline)

    alpha = (1 - level) / outcomes
    if treated == 0:
        return made("cannot-tell", "nobody-treated")
    if before < 2:
        return made("cannot-tell", "no-time-before")
    sides = panel.sides()
    by_influence = covers("groups", *sides, baseline=baseline)
    if min(sides) >= ENOUGH_UNITS and by_influence:
        return made("groups", "many-units")
    if treated >= FEWEST_SIDE and controls >= FEWEST_SIDE and panel.cluster is None:
        if 1.0 / count(scores(panel.count, panel.time, panel.first)) > alpha:
            return made("cannot-tell", "too-few-assignments")
        if covers("reassignment", treated, controls, baseline=baseline):
            return made("reassignment", "few-units")
        return made("groups", "many-units") if by_influence else made("cannot-tell", "too-few-units")
    if (
        dates.size == 1
        and treated < FEWEST_SIDE
        and 1.0 / (controls + 1) <= alpha
        and covers("synthetic", treated, controls, before)
    ):
        return made("synthetic", "few-treated")
    if dates.size == 1 and covers("series", before, after):
        return made("series-compared", "one-series-compared") if controls else made("series", "one-series")
    if controls == 0:
        return made("cannot-tell", "all-treated")
    return made("cannot-tell", "too-few-treated" if treated < FEWEST_SIDE else "too-few-units")
