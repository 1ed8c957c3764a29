"""How far trends may have parted before the conclusion of an evaluation goes: the mean effect after the start.

With many units the sets of Rambachan and Roth (2023) are told: the hybrid test under relative magnitudes (C-LF) and the
shortest interval of fixed length under smoothness. They rest on effects that are close to normal, so that with few
units, of which that is not known, the wider union of intervals is told, with a t quantile; likewise where there are so
many periods that the tests would take minutes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import stats

from arusha.effects.aggregation import aggregate
from arusha.effects.designs import ENOUGH_UNITS, Design
from arusha.effects.panels import FloatArray, Panel
from arusha.effects.staggered import group_time
from arusha.effects.trend_restrictions import HonestSets, relative_magnitude_sets, smoothness_sets
from arusha.effects.trend_sensitivity import TrendSensitivity, relative_magnitudes
from arusha.errors import ArushaError

By = Literal["C-LF", "conservative"]
PARTED = (0.0, 0.5, 1.0)
"""How far trends may have parted in the intervals that are told, in times of the most before."""
MOST_PERIODS = 40
"""Effects by period up to which sets are computed; 35 take seven seconds of a processor."""


@dataclass(frozen=True)
class Robustness:
    """Departures with which the interval of the mean effect after the start reaches 0."""

    breakdown: float
    """From parallel trends, times the largest before; 0 where the interval holds 0 already."""
    by: By
    smooth: float | None
    """Change of the slope from one period to the next, in units of the outcome; None where it was not asked."""
    sets: tuple[tuple[float, float, float], ...] = ()
    """Intervals of the mean effect after the start, had trends parted by M times the most before: M, low, high."""


def robustness(y: FloatArray, panel: Panel, design: Design, anticipation: int = 0) -> Robustness | None:
    """What the mean effect after the start withstands; None where no groups are compared, or it cannot be known."""
    if design.method not in ("groups", "reassignment"):
        return None
    try:
        found = group_time(
            y, panel.time, panel.first, base="universal", anticipation=anticipation, cluster=panel.clusters()
        )
    except ArushaError:
        return None
    curve = aggregate(found, "dynamic")
    use = np.isfinite(curve.se)
    pre, post = use & (curve.at < 0), use & (curve.at >= 0)
    if pre.sum() < 2 or not post.any():
        return None
    order = np.concatenate([np.flatnonzero(pre), np.flatnonzero(post)])
    vcov = curve.vcov[np.ix_(order, order)]
    before, after = curve.att[pre], curve.att[post]
    few = min(panel.sides())
    if design.method == "groups" and few >= ENOUGH_UNITS and order.size <= MOST_PERIODS:
        try:
            sets = relative_magnitude_sets(before, after, vcov, M=PARTED)
            straight = smoothness_sets(before, after, vcov, M=(0.0,))
            return Robustness(_reached(sets.breakdown), "C-LF", _reached(straight.breakdown), _rows(sets))
        except (ValueError, np.linalg.LinAlgError):  # a covariance of fewer units than periods
            pass
    t = float(stats.t.ppf(0.975, max(2, few) - 1))
    made = relative_magnitudes(before, after, vcov, M=PARTED, critical=t)
    return Robustness(_reached(made.breakdown), "conservative", None, _rows(made))


def _rows(made: HonestSets | TrendSensitivity) -> tuple[tuple[float, float, float], ...]:
    return tuple((float(m), float(a), float(b)) for m, a, b in zip(made.M, made.low, made.high, strict=True))


def _reached(breakdown: float) -> float:
    """0 where nothing is withstood; a thousand, and not more, where no departure was found that is not."""
    return 0.0 if np.isnan(breakdown) else min(float(breakdown), 1_000.0)
