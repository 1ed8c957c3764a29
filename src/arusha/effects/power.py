"""Power before anything: how large a change this many units and periods would show, from the time before the measure.

Worlds without the measure are made of what the units did before it: their series run forward and backward for as long
as the evaluation lasts (so that memory and shocks that units share stay as they are), with the roles of treated and
control dealt out anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from arusha.effects.assignments import Scores, effects, scores, with_near
from arusha.effects.interrupted_series import interrupted
from arusha.effects.panels import NEVER, FloatArray, IntArray
from arusha.effects.staggered import DesignError
from arusha.language.told import error as of

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
    worked: float | None = None
    """Change that is said to have worked, and not only moved, in ``power`` of the worlds; None if not asked."""


def _reflected(length: int, periods: int, offset: int) -> IntArray:
    """Positions that run up and down 0..length-1 without a jump."""
    if length == 1:
        return np.zeros(periods, dtype=np.int64)
    cycle = 2 * (length - 1)
    at = (offset + np.arange(periods)) % cycle
    return np.where(at < length, at, cycle - at).astype(np.int64)


@dataclass(frozen=True)
class Together:
    """The total of all cases beside the outcome, for N units, those near by among them."""

    outcome: FloatArray
    """N x T, on the plan's scale."""
    total: FloatArray
    """N x T: all cases out of exposure."""
    first: IntArray
    near: NDArray[np.bool_]
    share: float
    """As in ``net.near_share``."""
    per_unit: float = 1.0
    """Change of the total where the outcome changes by 1 and nothing moves."""


class _Drawn:
    """Effects and standard errors of R worlds in which nothing changed, those of one offset at once.

    ``at`` gives the scores of a world by its offset; ``labels`` (R x n) deals the roles.
    """

    def __init__(self, at: Callable[[int], Scores], offsets: IntArray, labels: IntArray) -> None:
        self.effect, self.se = np.zeros(offsets.size), np.zeros(offsets.size)
        for offset in np.unique(offsets):
            rows = offsets == offset
            self.effect[rows], variance = effects(at(int(offset)), labels[rows])
            self.se[rows] = np.maximum(np.sqrt(variance), 1e-300)

    def quantile(self, level: float) -> float:
        return float(np.quantile(np.abs(self.effect) / self.se, 1 - level))

    def farthest(self, critical: float) -> float:
        return float(np.max(np.abs(self.effect)) + critical * np.max(self.se)) * 2

    def beyond(self, change: float, critical: float) -> NDArray[np.bool_]:
        return np.asarray(np.abs(self.effect + change) / self.se > critical)


def _past(y: FloatArray, before: int) -> FloatArray:
    """Series before the measure, each around its mean."""
    return np.asarray(y[:, :before] - y[:, :before].mean(axis=1, keepdims=True))


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
        raise of(DesignError, "ev-not-treated", "ev-first-periods")
    before = int(np.sum(time < start.min()))
    if before < FEWEST_BEFORE:
        raise DesignError(
            f"{before} periods before the first start are too few to tell what would be seen",
            remedy=f"begin the panel at least {FEWEST_BEFORE} periods before",
        )
    criterion = _CRITERION / family
    random = np.random.default_rng(seed)
    past = _past(y, before)
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

    def world(offset: int) -> Scores:
        return scores(past[:, _reflected(before, time.size, offset)], time, start)

    label = world(0).label
    labels = np.stack([random.permutation(label) for _ in range(worlds)])
    drawn = _Drawn(world, offsets[:worlds], labels)
    critical = drawn.quantile(criterion)
    high = _smallest(lambda change: drawn.beyond(change, critical), drawn.farthest(critical), power)
    return Power(high, power, worlds, before)


def said_to_work(
    together: Together,
    time: IntArray,
    *,
    power: float = 0.8,
    worlds: int = 400,
    seed: int = 1,
    family: int = 1,
    vetoed: float = 0.0,
) -> float:
    """The change of the outcome of which the whole answer says that it worked with probability ``power``.

    The outcome must stand out at 5% over the ``family`` and the total of all cases at 5%, and chance must not take the
    answer back: in a share ``vetoed`` it does (a placebo date, a counter-outcome), taken to be apart from these. Only
    what lies before the first start is looked at.
    """
    before = int(np.sum(time < together.first.min()))
    random = np.random.default_rng(seed)
    worlds = worlds if together.first.size <= 2_000 else 60
    outcome, total = _past(together.outcome, before), _past(together.total, before)

    def apart(offset: int) -> Scores:
        return scores(outcome[:, _reflected(before, time.size, offset)], time, together.first)

    def added(offset: int) -> Scores:
        run = _reflected(before, time.size, offset)
        return with_near(total[:, run], time, together.first, together.near, together.share)

    offsets = random.integers(0, max(1, 2 * (before - 1)), worlds)
    label = added(0).label  # near-by units are a role of their own: of the outcome they are no controls
    labels = np.stack([random.permutation(label) for _ in range(worlds)])
    one, whole = _Drawn(apart, offsets, labels), _Drawn(added, offsets, labels)
    critical, beside = one.quantile(_CRITERION / family), whole.quantile(_CRITERION)
    return _smallest(
        lambda change: one.beyond(change, critical) & whole.beyond(change * together.per_unit, beside),
        max(one.farthest(critical), whole.farthest(beside) / together.per_unit),
        min(0.99, power / (1 - vetoed)),
    )


def _smallest(beyond: Callable[[float], NDArray[np.bool_]], high: float, wanted: float) -> float:
    """The smallest change that is beyond in a share ``wanted`` of the worlds, by halving."""
    low = 0.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (low, middle) if np.mean(beyond(middle)) >= wanted else (middle, high)
    return high
