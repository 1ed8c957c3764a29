"""Randomisation inference: was the effect larger than it would have been for other units in the same roles?

Exact for any number of units if the treated ones were drawn at random, and the honest answer for a dozen offices, where
normal approximations are not. Effects are compared over their standard errors, so that the test also holds
approximately where the measure changes how much units vary (Chung and Romano 2013; MacKinnon and Webb 2020).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from arusha.effects.assignments import Scores, ShiftedEffects, assignments, effects, scores
from arusha.effects.panels import NEVER, Baseline, FloatArray, IntArray

_STEPS = 60


@dataclass(frozen=True)
class Randomised:
    """An effect with its randomisation p-value and interval."""

    effect: float
    se: float
    """Of the difference of means; the interval does not rest on it."""
    p: float
    """Two-sided."""
    low: float
    high: float
    """Effects, alike for all treated units, that the test does not reject; infinite where re-assignment has too few."""
    level: float
    assignments: int
    exact: bool
    """Whether every assignment was looked at."""
    smallest_p: float
    """What the design can show at best."""


def _studentised(effect: FloatArray, variance: FloatArray) -> FloatArray:
    with np.errstate(divide="ignore", invalid="ignore"):
        t = np.abs(effect) / np.sqrt(variance)
    return np.where(variance > 0, t, np.where(effect != 0, np.inf, 0.0))


def p_value(s: Scores, labels: IntArray) -> float:
    """Share of assignments (the actual one first) at least as far from zero as the actual one."""
    return studentised_share(*effects(s, labels))


def studentised_share(effect: FloatArray, variance: FloatArray) -> float:
    """Share of R effects that lie at least as many standard errors from zero as the first of them."""
    return _share(_studentised(effect, variance))


def _share(t: FloatArray) -> float:
    # Assignments that give the same value but for rounding count as equal.
    return float(np.mean(t >= t[0] * (1 - 1e-9)))


def randomisation_test(
    y: FloatArray,
    time: IntArray,
    first: IntArray,
    *,
    level: float = 0.95,
    draws: int = 1_999,
    seed: int = 1,
    baseline: Baseline = "last",
) -> Randomised:
    """Randomisation inference for the mean effect on the treated, with controls that are never treated.

    Parameters
    ----------
    y
        n x T outcomes.
    time, first
        T periods and n first treated periods (``NEVER`` for controls).
    draws
        Random assignments where there are more than 20,000; all are looked at otherwise.
    baseline
        As in ``assignments.scores``.

    Raises
    ------
    DesignError
        As ``assignments.scores``.
    """
    made = scores(y, time, first, baseline=baseline)
    labels, exact = assignments(made, draws, seed)
    effect, variance = effects(made, labels[:1])
    treated = (time[None, :] >= np.where(first > time[-1], NEVER, first)[:, None]).astype(np.float64)
    # Effects add up: taking a constant effect away changes every assignment's score by what it does to the treatment.
    of_treatment = scores(treated, time, first, baseline=baseline).value

    shifted = ShiftedEffects(made, of_treatment, labels)

    def p_at(tau: float) -> float:
        return studentised_share(*shifted.at(tau))

    se = float(np.sqrt(variance[0]))
    lowest = 1.0 / labels.shape[0]
    low, high = limits(p_at, float(effect[0]), se, 1 - level) if lowest <= 1 - level and se > 0 else (-np.inf, np.inf)
    return Randomised(
        effect=float(effect[0]),
        se=se,
        p=p_value(made, labels),
        low=low,
        high=high,
        level=level,
        assignments=int(labels.shape[0]),
        exact=exact,
        smallest_p=lowest,
    )


def limits(p_at: Callable[[float], float], centre: float, scale: float, alpha: float) -> tuple[float, float]:
    """Where ``p_at`` falls to ``alpha`` on both sides of ``centre``, by halving; infinite where it never does."""
    found = []
    for sign in (-1.0, 1.0):
        inside, outside = 0.0, 2.0 * scale
        while p_at(centre + sign * outside) > alpha:
            inside, outside = outside, 2 * outside
            if outside > 1e6 * scale:
                break
        if outside > 1e6 * scale:
            found.append(sign * np.inf)
            continue
        for _ in range(_STEPS):
            middle = (inside + outside) / 2
            if p_at(centre + sign * middle) > alpha:
                inside = middle
            else:
                outside = middle
            if outside - inside < 1e-5 * scale:
                break
        found.append(centre + sign * outside)
    return float(found[0]), float(found[1])
