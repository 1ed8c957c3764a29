"""How far may trends have parted? Confidence sets under restrictions on them, as in HonestDiD.

Source: Rambachan and Roth (2023, A more credible approach to parallel trends, Review of Economic Studies 90). The gap
that would have been without the measure is bounded: between two periods after the start it moves by at most M times the
most it moved between two periods before (relative magnitudes), or its slope changes by at most M from one period to the
next (smoothness; 0: a straight line), or by at most M times the most it changed before (relative smoothness). Where it
is known which way the gap goes, it may be said. The mean effect after the start is the target unless other weights are
given.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from arusha.effects.panels import FloatArray
from arusha.effects.trend_study import Study, study
from arusha.inference.fixed_length_interval import FixedLength, shortest
from arusha.inference.moment_inequalities import FIRST_STAGE, FirstStage, Inequalities, two_sided

Relative = Literal["C-LF", "conditional"]
Smooth = Literal["FLCI", "C-F", "C-LF", "conditional"]
Way = Literal["either", "rises", "falls"]
_SIGNS: dict[Way, Literal[-1, 0, 1]] = {"either": 0, "rises": 1, "falls": -1}


@dataclass(frozen=True)
class HonestSets:
    """Confidence sets of the target for growing departures from parallel trends."""

    M: FloatArray
    low: FloatArray
    high: FloatArray
    """NaN, both, where no value is accepted; infinite where the set was not closed within the range looked at."""
    breakdown: float
    """Largest M whose set leaves out 0; NaN where it holds 0 already at the smallest M, or was not asked for."""
    plain: tuple[float, float]
    """The usual interval, under parallel trends."""


def relative_magnitude_sets(
    before: ArrayLike,
    after: ArrayLike,
    vcov: ArrayLike,
    *,
    M: ArrayLike = (0.0, 0.5, 1.0, 1.5, 2.0),
    weights: ArrayLike | None = None,
    method: Relative = "C-LF",
    gap: Way = "either",
    level: float = 0.95,
    seed: int = 1,
    find_breakdown: bool = True,
) -> HonestSets:
    """Confidence sets under relative magnitudes.

    Parameters
    ----------
    before, after, vcov, weights
        As of ``trend_study.study``.
    method
        "C-LF", the hybrid of the conditional and the least favourable test, or "conditional".
    gap
        "rises" or "falls" where the gap without the measure is known to go one way only from the last period before
        on; it may also stand still.
    find_breakdown
        Look for the breakdown too, which takes several times as long; NaN else.

    Raises
    ------
    ValueError
        As ``trend_study.study``.
    """
    s = study(before, after, vcov, weights, level)
    steps = s.steps(1)
    test = _Relative(s, steps[: s.p], steps[s.p :], method, gap, seed)
    return _sets(s, M, test.interval, find_breakdown)


def relative_smoothness_sets(
    before: ArrayLike,
    after: ArrayLike,
    vcov: ArrayLike,
    *,
    M: ArrayLike = (0.0, 0.5, 1.0, 1.5, 2.0),
    weights: ArrayLike | None = None,
    method: Relative = "C-LF",
    level: float = 0.95,
    seed: int = 1,
    find_breakdown: bool = True,
) -> HonestSets:
    """Confidence sets where the slope of the gap changes by at most M times the most it changed before (0: a line).

    Takes and raises what ``relative_magnitude_sets`` does, and two effects before at least.
    """
    s = study(before, after, vcov, weights, level)
    if s.p < 2:
        raise ValueError("a change of slope before needs two effects before")
    bends = s.steps(2)
    test = _Relative(s, bends[: s.p - 1], bends[s.p - 1 :], method, "either", seed)
    return _sets(s, M, test.interval, find_breakdown)


@dataclass(frozen=True)
class _Relative:
    """What moves after the start is at most so many times the most that moved before."""

    study: Study
    before: FloatArray
    """Moves before: rows over the p + q effects, 0 in the last q."""
    after: FloatArray
    """q moves after."""
    method: Relative
    gap: Way
    seed: int

    def __post_init__(self) -> None:
        if self.method not in ("C-LF", "conditional") or self.gap not in _SIGNS:
            raise ValueError("the method is C-LF or conditional, and the gap goes either way, rises or falls")

    def interval(self, m: float) -> tuple[float, float]:
        """The set is the union over which move before was the largest, and which way it went."""
        s = self.study
        inverse = np.linalg.solve(self.after[:, s.p :].T, s.weights)
        middle = float(inverse @ self.after @ s.beta)  # where nothing moves that is not a line on from before
        moved = float(np.max(np.abs(self.before @ s.beta)))
        shaken = float(np.sqrt(np.max(np.einsum("ij,jk,ik->i", self.before, s.vcov, self.before))))
        spread = float(np.sqrt(max(float(inverse @ self.after @ s.vcov @ self.after.T @ inverse), 0.0)))
        far = m * float(np.abs(inverse).sum()) * (moved + 6 * shaken) + 10 * max(s.se, spread)
        ends = []
        for move in self.before:
            for sign in (1.0, -1.0):
                made = two_sided(self.after, m * sign * move, 0.0, s.weights, s.vcov, _SIGNS[self.gap])
                test = Inequalities(s.beta, s.vcov, made, s.level, self.method == "C-LF", seed=self.seed)
                ends.append(test.interval(middle - far, middle + far))
        kept = np.array([e for e in ends if not np.isnan(e[0])])
        return (float(kept[:, 0].min()), float(kept[:, 1].max())) if kept.size else (np.nan, np.nan)


def smoothness_sets(
    before: ArrayLike,
    after: ArrayLike,
    vcov: ArrayLike,
    *,
    M: ArrayLike,
    weights: ArrayLike | None = None,
    method: Smooth = "FLCI",
    level: float = 0.95,
    seed: int = 1,
    find_breakdown: bool = True,
) -> HonestSets:
    """Confidence sets under smoothness.

    Parameters
    ----------
    M
        Changes of the slope from one period to the next, in units of the outcome.
    method
        "FLCI", the shortest interval of fixed length; "C-F", the conditional test within one; "C-LF" or "conditional".

    The others, and what is raised: as ``relative_magnitude_sets``.
    """
    if method not in ("FLCI", "C-F", "C-LF", "conditional"):
        raise ValueError("the method is FLCI, C-F, C-LF or conditional")
    s = study(before, after, vcov, weights, level)
    rows = s.steps(2)[s.p - 1 :]
    none = np.zeros(s.p + s.q)

    def interval(m: float) -> tuple[float, float]:
        if method == "FLCI":
            made = fixed_length(s, m, level)
            centre = float(made.direction @ s.beta)
            return centre - made.half, centre + made.half
        first = None
        wide = fixed_length(s, m, 1 - FIRST_STAGE * (1 - level))
        centre, far = float(wide.direction @ s.beta), wide.half
        if method == "C-F":
            first = FirstStage(wide.direction, wide.half)
            far *= 1.001
        else:
            far = 6 * far + 10 * s.se
        test = Inequalities(
            s.beta, s.vcov, two_sided(rows, none, m, s.weights, s.vcov), level, method == "C-LF", first, seed
        )
        return test.interval(centre - far, centre + far)

    return _sets(s, M, interval, find_breakdown)


def fixed_length(s: Study, m: float, level: float) -> FixedLength:
    """The shortest interval when the slope changes by at most ``m``."""
    time = np.concatenate([np.arange(-s.p, 0.0), np.arange(1.0, s.q + 1)])
    # A bend of 1 at a period moves what lies beyond it, seen from the reference and the period after it.
    bends = np.zeros((s.p + s.q, s.p + s.q - 1))
    for at, c in enumerate(range(1 - s.p, s.q)):
        bends[:, at] = np.maximum(time - c, 0.0) * (time > 0) if c >= 1 else np.maximum(c - time, 0.0) * (time < 0)
    return shortest(s.vcov, s.p, s.weights, bends, time, m, level)


def _sets(s: Study, M: ArrayLike, interval: Callable[[float], tuple[float, float]], find_breakdown: bool) -> HonestSets:
    grid = np.asarray(M, dtype=np.float64).ravel()
    if grid.size == 0 or np.any(grid < 0) or not np.all(np.isfinite(grid)):
        raise ValueError("M is 0 or more")
    made = np.array([interval(float(m)) for m in grid])
    z = float(stats.norm.ppf(0.5 + s.level / 2))
    return HonestSets(
        M=grid,
        low=made[:, 0],
        high=made[:, 1],
        breakdown=_breakdown(grid, made, interval) if find_breakdown else float("nan"),
        plain=(s.target - z * s.se, s.target + z * s.se),
    )


def _breakdown(grid: FloatArray, made: FloatArray, interval: Callable[[float], tuple[float, float]]) -> float:
    """Where sets begin to hold 0, between two values of the grid to 1% of their distance, or beyond the last one."""
    order = np.argsort(grid)
    holds = [not (made[i, 0] > 0 or made[i, 1] < 0) for i in order]
    if holds[0]:
        return float("nan")
    inside = float(grid[order][-1] if True not in holds else grid[order][holds.index(True) - 1])
    if True in holds:
        outside = float(grid[order][holds.index(True)])
    else:
        step = max(float(grid.max()), 1e-3)
        outside = inside + step
        for _ in range(12):
            low, high = interval(outside)
            if low <= 0 <= high:
                break
            inside, outside = outside, outside + 2 * (outside - inside)
        else:
            return float("inf")
    for _ in range(8):
        middle = (inside + outside) / 2
        low, high = interval(middle)
        inside, outside = (inside, middle) if low <= 0 <= high else (middle, outside)
    return inside
