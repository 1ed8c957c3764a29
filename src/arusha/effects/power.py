"""Power before anything: how large a change this many units and periods would show, from the time before the measure.

Worlds without the measure are made of what the units did before it (``past``), for as long as the evaluation lasts,
with the roles of treated and control dealt out anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from arusha.effects.assignments import Scores, effects, scores, with_near
from arusha.effects.interrupted_series import interrupted
from arusha.effects.panels import NEVER, Baseline, FloatArray, IntArray
from arusha.effects.past import centred, reflected, runs
from arusha.effects.past import worlds as made_of
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
    """Effects and standard errors of R worlds in which nothing changed, those of one draw of months at once.

    ``at`` (R) is the draw of each world; ``labels`` (R x n) deals the roles.
    """

    def __init__(self, made: list[Scores], at: IntArray, labels: IntArray) -> None:
        self.effect, self.se = np.zeros(at.size), np.zeros(at.size)
        for draw in np.unique(at):
            rows = at == draw
            self.effect[rows], variance = effects(made[int(draw)], labels[rows])
            self.se[rows] = np.maximum(np.sqrt(variance), 1e-300)

    def quantile(self, level: float) -> float:
        return float(np.quantile(np.abs(self.effect) / self.se, 1 - level))

    def farthest(self, critical: float) -> float:
        return float(np.max(np.abs(self.effect)) + critical * np.max(self.se)) * 2

    def beyond(self, change: float, critical: float) -> NDArray[np.bool_]:
        return np.asarray(np.abs(self.effect + change) / self.se > critical)


def detectable(
    y: FloatArray,
    time: IntArray,
    first: IntArray,
    *,
    power: float = 0.8,
    worlds: int = 400,
    seed: int = 1,
    family: int = 1,
    baseline: Baseline = "last",
) -> Power:
    """The change that would be shown with probability ``power``.

    Parameters
    ----------
    y, time, first
        n x T outcomes, periods and first treated periods. Only what lies before the first start is looked at.
    family
        How many outcomes are tested together: a change must then stand out at 5% over so many (the first step of Holm).
    baseline
        As in ``assignments.scores``.

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
        raise of(DesignError, "fx-power-before", "fx-begin-before", before=before, least=FEWEST_BEFORE)
    criterion = _CRITERION / family
    random = np.random.default_rng(seed)
    past = centred(y, before)
    drawn = runs(random, before, time.size, baseline)
    at = random.integers(0, len(drawn), worlds)
    if not np.any(start == NEVER):
        # Nobody to compare with: the spread of changes that an interrupted series would see without the measure.
        series = past.mean(axis=0)
        few = [interrupted(series[reflected(before, time.size, int(o))], before).average for o in at[:60]]
        reach = float(stats.norm.ppf(1 - criterion / 2) + stats.norm.ppf(power))
        return Power(float(np.std(few)) * reach, power, len(few), before)
    if y.shape[0] > 2_000:
        worlds = 60

    made = made_of(past, drawn, time, start, baseline, lambda v: scores(v, time, start, baseline=baseline))
    labels = np.stack([random.permutation(made[0].label) for _ in range(worlds)])
    none = _Drawn(made, at[:worlds], labels)
    critical = none.quantile(criterion)
    high = _smallest(lambda change: none.beyond(change, critical), none.farthest(critical), power)
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
    baseline: Baseline = "last",
) -> float:
    """The change of the outcome of which the whole answer says that it worked with probability ``power``.

    The outcome must stand out at 5% over the ``family`` and the total of all cases at 5%, and chance must not take the
    answer back: in a share ``vetoed`` it does (a placebo date, a counter-outcome), taken to be apart from these. Only
    what lies before the first start is looked at.
    """
    before = int(np.sum(time < together.first.min()))
    random = np.random.default_rng(seed)
    worlds = worlds if together.first.size <= 2_000 else 60
    first = together.first
    drawn = runs(random, before, time.size, baseline)
    at = random.integers(0, len(drawn), worlds)

    def apart(v: FloatArray) -> Scores:
        return scores(v, time, first, baseline=baseline)

    def added(v: FloatArray) -> Scores:
        return with_near(v, time, first, together.near, together.share, baseline=baseline)

    alone = made_of(centred(together.outcome, before), drawn, time, first, baseline, apart)
    summed = made_of(centred(together.total, before), drawn, time, first, baseline, added)
    label = summed[0].label  # near-by units are a role of their own: of the outcome they are no controls
    labels = np.stack([random.permutation(label) for _ in range(worlds)])
    one, whole = _Drawn(alone, at, labels), _Drawn(summed, at, labels)
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
