"""Power before anything: how large a change this many units and periods would show, from the time before the measure.

Worlds without the measure are made of what the units did before it: their series run forward and backward for as long
as the evaluation lasts (so that memory and shocks that units share stay as they are), with the roles of treated and
control dealt out anew.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from arusha.effects.assignments import effects, scores
from arusha.effects.interrupted_series import interrupted
from arusha.effects.panels import NEVER, FloatArray, IntArray
from arusha.effects.staggered import DesignError

FEWEST_BEFORE = 4
_CRITERION = 0.05


@dataclass(frozen=True)
class Power:
    """What a design can show."""

    detectable: float
    """Change that is shown (two-sided, 5% over the family) in ``power`` of the worlds."""
    power: float
    worlds: int
    before: int
    """Periods that the worlds are made of."""


def _reflected(length: int, periods: int, offset: int) -> IntArray:
    """Positions that run up and down 0..length-1 without a jump."""
    if length == 1:
        return np.zeros(periods, dtype=np.int64)
    cycle = 2 * (length - 1)
    at = (offset + np.arange(periods)) % cycle
    return np.where(at < length, at, cycle - at).astype(np.int64)


def detectable(
    y: FloatArray,
    time: IntArray,
    first: IntArray,
    *,
    power: float = 0.8,
    worlds: int = 400,
    seed: int = 1,
    family: int = 1,
) -> Power:
    """The change that would be shown with probability ``power``.

    Parameters
    ----------
    y, time, first
        n x T outcomes, periods and first treated periods. Only what lies before the first start is looked at.
    family
        How many outcomes are tested together: a change must then stand out at 5% over so many (the first step of Holm).

    Raises
    ------
    DesignError
        No unit is treated, or fewer than four periods before the first start.
    """
    start = np.where(first > time[-1], NEVER, first)
    if not np.any(start != NEVER):
        raise DesignError("no unit is treated within the panel", remedy="check the first treated periods")
    before = int(np.sum(time < start.min()))
    if before < FEWEST_BEFORE:
        raise DesignError(
            f"{before} periods before the first start are too few to tell what would be seen",
            remedy=f"begin the panel at least {FEWEST_BEFORE} periods before",
        )
    criterion = _CRITERION / family
    random = np.random.default_rng(seed)
    past = y[:, :before] - y[:, :before].mean(axis=1, keepdims=True)
    offsets = random.integers(0, max(1, 2 * (before - 1)), worlds)
    if not np.any(start == NEVER):
        # Nobody to compare with: the spread of changes that an interrupted series would see without the measure.
        series = past.mean(axis=0)
        at = int(np.sum(time < start.min()))
        few = [interrupted(series[_reflected(before, time.size, int(o))], at).average for o in offsets[:60]]
        reach = float(stats.norm.ppf(1 - criterion / 2) + stats.norm.ppf(power))
        return Power(float(np.std(few)) * reach, power, len(few), before)
    if y.shape[0] > 2_000:
        worlds = 60
    effect, se = np.empty(worlds), np.empty(worlds)
    for k in range(worlds):
        world = past[:, _reflected(before, time.size, int(offsets[k]))]
        made = scores(world, time, random.permutation(start))
        one, variance = effects(made, made.label[None, :])
        effect[k], se[k] = one[0], np.sqrt(variance[0])
    se = np.maximum(se, 1e-300)
    critical = float(np.quantile(np.abs(effect) / se, 1 - criterion))
    low, high = 0.0, float(np.max(np.abs(effect)) + critical * np.max(se)) * 2
    for _ in range(60):
        middle = (low + high) / 2
        shown = np.mean(np.abs(effect + middle) / se > critical)
        low, high = (low, middle) if shown >= power else (middle, high)
    return Power(high, power, worlds, before)
