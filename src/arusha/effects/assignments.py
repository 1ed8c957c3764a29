"""Which units could have been treated instead: all the ways, or random ones, and the effect each would have shown."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from math import factorial, prod

import numpy as np
from numpy.typing import NDArray

from arusha.effects.panels import NEVER, Baseline, FloatArray, IntArray
from arusha.effects.staggered import DesignError
from arusha.language.told import error as of

MOST_ENUMERATED = 20_000


@dataclass(frozen=True)
class Scores:
    """What each unit would contribute as a member of each group, so that an effect is a difference of two means."""

    value: FloatArray
    """n x G: mean over the periods after the group's start, less what was before it (the baseline)."""
    weight: FloatArray
    """G: weight of the group in the overall effect (treated units times periods after)."""
    size: IntArray
    """G: treated units."""
    label: IntArray
    """n: group of each unit, -1 for controls."""


def scores(
    y: FloatArray, time: IntArray, first: IntArray, periods: int | None = None, *, baseline: Baseline = "last"
) -> Scores:
    """Scores of an n x T panel; controls are the units never treated within it.

    The overall effect from them is ``aggregate(..., "simple")`` of ``group_time`` with never-treated controls, and with
    ``base="average"`` where the baseline is "all".

    Parameters
    ----------
    periods
        Count at most so many periods after each start.
    baseline
        "last": against the last period before the start; "all": against the mean of all periods before it.

    Raises
    ------
    DesignError
        No treated units, no controls, or no period before the measure.
    """
    starts = np.where(first > time[-1], NEVER, first)
    groups = np.unique(starts[starts != NEVER])
    if groups.size == 0 or not np.any(starts == NEVER):
        raise of(DesignError, "fx-no-controls", "fx-add-untreated")
    if groups[0] <= time[0]:
        raise of(DesignError, "fx-unit-no-before", "fx-leave-or-earlier")
    value, count = [], []
    for g in groups:
        after = np.flatnonzero(time >= g)[:periods]
        before = np.flatnonzero(time < g)
        since = before if baseline == "all" else before[-1:]
        value.append(y[:, after].mean(axis=1) - y[:, since].mean(axis=1))
        count.append(after.size)
    size = np.array([int(np.sum(starts == g)) for g in groups])
    weight = size * np.array(count, dtype=np.float64)
    label = np.searchsorted(groups, starts)
    label[starts == NEVER] = -1
    return Scores(np.column_stack(value), weight / weight.sum(), size, label.astype(np.int64))


def with_near(
    y: FloatArray,
    time: IntArray,
    first: IntArray,
    near: NDArray[np.bool_],
    share: float,
    *,
    baseline: Baseline = "last",
) -> Scores:
    """Scores in which near-by units are a group of their own, begun at the first start, with weight ``share``.

    Their effect times ``share`` is what was added there, in the unit of the effect on the treated. Without near-by
    units (n, all False) as ``scores``, which it raises as.
    """
    made = scores(y, time, first, baseline=baseline)
    if not near.any():
        return made
    return Scores(
        np.column_stack([made.value, made.value[:, 0]]),
        np.append(made.weight, share),
        np.append(made.size, int(near.sum())),
        np.where(near, made.size.size, made.label).astype(np.int64),
    )


def effects(s: Scores, labels: IntArray) -> tuple[FloatArray, FloatArray]:
    """Effect and its variance for each of R assignments (R x n labels).

    The variance is that of a difference of means with unequal variances, so that a test on effect over standard error
    stays valid where the measure makes treated units vary more.
    """
    R = labels.shape[0]
    control = labels == -1
    n0 = int(control[0].sum())
    effect, variance = np.zeros(R), np.zeros(R)
    mixed = np.zeros((R, s.label.size))
    for g, weight in enumerate(s.weight):
        inside = labels == g
        v = s.value[:, g]
        mean = inside @ v / s.size[g]
        effect += weight * (mean - control @ v / n0)
        if s.size[g] > 1:
            spread = inside @ v**2 / s.size[g] - mean**2
            variance += weight**2 * np.maximum(spread, 0.0) / (s.size[g] - 1)
        mixed += weight * v[None, :]
    # A control counts against every group at once.
    mean = np.sum(mixed * control, axis=1) / n0
    spread = np.sum(mixed**2 * control, axis=1) / n0 - mean**2
    if n0 > 1:
        variance += np.maximum(spread, 0.0) / (n0 - 1)
    return effect, variance


class ShiftedEffects:
    """Effects and variances of R assignments after a constant effect is taken away, for many such constants.

    What ``effects`` says of scores ``value - tau * treatment``, from sums that are made once: means are linear in tau
    and mean squares quadratic.
    """

    def __init__(self, s: Scores, treatment: FloatArray, labels: IntArray) -> None:
        self._weight, self._size = s.weight, s.size
        control = (labels == -1).astype(np.float64)
        self._n0 = int(control[0].sum())
        self._groups = [
            (_moments((labels == g).astype(np.float64), s.value[:, g], treatment[:, g], int(s.size[g])))
            for g in range(s.weight.size)
        ]
        self._control = _moments(control, s.value @ s.weight, treatment @ s.weight, self._n0)

    def at(self, tau: float) -> tuple[FloatArray, FloatArray]:
        """Effect and variance of each assignment, R values each."""
        mean, square = _shifted(self._control, tau)
        effect, variance = -mean, np.zeros_like(mean)
        if self._n0 > 1:
            variance += np.maximum(square - mean**2, 0.0) / (self._n0 - 1)
        for weight, size, moments in zip(self._weight, self._size, self._groups, strict=True):
            mean, square = _shifted(moments, tau)
            effect += weight * mean
            if size > 1:
                variance += weight**2 * np.maximum(square - mean**2, 0.0) / (size - 1)
        return effect, variance


def _moments(inside: FloatArray, v: FloatArray, t: FloatArray, size: int) -> FloatArray:
    """5 x R: means of v, t, v squared, v times t and t squared over the units inside."""
    return np.asarray((inside @ np.column_stack([v, t, v * v, v * t, t * t])).T / size)


def _shifted(moments: FloatArray, tau: float) -> tuple[FloatArray, FloatArray]:
    """Mean and mean square of v - tau * t."""
    v, t, vv, vt, tt = moments
    return v - tau * t, vv - 2 * tau * vt + tau * tau * tt


def count(s: Scores) -> int:
    """How many assignments there are with the same numbers of units in each group."""
    n0 = int(np.sum(s.label == -1))
    return factorial(s.label.size) // (prod(factorial(int(k)) for k in s.size) * factorial(n0))


def assignments(s: Scores, draws: int, seed: int) -> tuple[IntArray, bool]:
    """Labels of every assignment, or of ``draws`` random ones, the actual one first; and whether it is every one."""
    n = s.label.size
    if count(s) > MOST_ENUMERATED:
        random = np.random.default_rng(seed)
        drawn = random.permuted(np.tile(s.label, (draws, 1)), axis=1)
        return np.vstack([s.label[None, :], drawn]), False
    rows = [np.full(n, -1, dtype=np.int64)]
    for g, size in enumerate(s.size):
        grown = []
        for row in rows:
            free = np.flatnonzero(row == -1)
            for chosen in combinations(free.tolist(), int(size)):
                more = row.copy()
                more[list(chosen)] = g
                grown.append(more)
        rows = grown
    every = np.array(rows)
    actual = np.all(every == s.label, axis=1)
    return np.vstack([every[actual], every[~actual]]), True


def smallest_p(s: Scores) -> float:
    """The smallest p-value that re-assignment can give; above the level nothing can be shown, whatever happens."""
    return 1.0 / count(s)
