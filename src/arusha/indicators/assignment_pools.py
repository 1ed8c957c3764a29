"""Pools of officers, inferred: where the officers of one kind of draw differ from those of another.

Desks, night crews and traders' lanes are honest reasons why a declarant meets some officers more often. Where no rule
declares them they are learnt from the draws of *other* declarants, so that one declarant's scheme cannot look like a
desk and clear itself (the tested declarant is left out, and the pools are learnt anew without it).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from arusha.indicators.assignment_draws import UNKNOWN, BoolArray, Draws, IntArray, dense

FloatArray = NDArray[np.float64]

DIFFERS = 0.01
"""A feature splits the office where its least p, times the levels and resolutions looked at, is at most this."""
APART = 0.01
"""A level joins the pool that fits it best unless even that one differs from it at this level."""
FEWEST = 10
"""Draws of other declarants that a level needs before its officers can be known at all."""
ORDERED = ("hour", "value", "size")
"""Features whose levels have an order: they are cut, others are gathered."""
HOURS = 24
MOST_POOLS = 12
RESOLUTIONS = {"hour": ("whole", "week", "day"), "weekday": ("whole",)}
"""Spans over which officers' shares are compared, where they are not the whole period and the week (which shows a desk
that changes hands): hours by day too, since crews take turns; weekdays only over the whole period."""
ENOUGH_A_DAY = 40
"""Draws a day from which draws are compared within the day at hardly any cost."""
DAYS_DIFFER = 0.05
"""With fewer, days of a week are put together unless their officers differ at this level."""


@dataclass(frozen=True)
class Split:
    """One feature by which the office's officers differ: level -> pool."""

    feature: str
    resolution: str
    p: float
    pool: IntArray
    """One pool a level; the last entry is for draws whose level is unknown."""

    def of(self, levels: IntArray) -> IntArray:
        return self.pool[levels]  # UNKNOWN is -1, the last entry


@dataclass(frozen=True)
class Pools:
    """What was found, in the order in which it was found: each split is made within those before it."""

    splits: tuple[Split, ...]
    unit: str
    """``day`` or ``week``: the longest time over which draws are compared."""

    def codes(self, draws: Draws) -> IntArray:
        """One code a draw for its combination of pools."""
        code = np.zeros(len(draws), dtype=np.int64)
        for split in self.splits:
            code = code * (MOST_POOLS + 1) + split.of(levels_of(draws, split.feature))
        return code


def week_of(day: IntArray) -> IntArray:
    """Weeks that begin on Monday, counted from 1970."""
    return (day + 3) // 7


def unit_of(draws: Draws, unit: str) -> IntArray:
    return draws.day if unit == "day" else week_of(draws.day)


def levels_of(draws: Draws, feature: str) -> IntArray:
    if feature == "weekday":
        return (draws.day + 3) % 7
    return draws.hour if feature == "hour" else draws.levels[feature]


def level_count(draws: Draws, feature: str) -> int:
    """Levels of a feature, with one more for unknown."""
    known = {"hour": HOURS, "weekday": 7}
    return (known[feature] if feature in known else len(draws.level_names[feature])) + 1


def features_of(draws: Draws) -> tuple[str, ...]:
    return (("hour",) if draws.timed else ()) + tuple(draws.levels)


@dataclass(frozen=True)
class _Table:
    """By level and span of time: officers' counts beyond expectation, their variance, and the level's draws."""

    A: FloatArray
    V: FloatArray
    U: FloatArray
    """The variance if each draw were one of many: what two sets of draws differ by (never too small)."""
    n: FloatArray

    def sum(self, levels: BoolArray | IntArray | slice) -> _Table:
        """The levels as one."""
        return _Table(*(x[levels].sum(axis=0) for x in self._arrays()))

    def __getitem__(self, levels: int | IntArray) -> _Table:
        return _Table(*(x[levels] for x in self._arrays()))

    def running(self) -> _Table:
        """Sums over the levels before each, one longer than the levels."""
        return _Table(*(np.concatenate([np.zeros_like(x[:1]), np.cumsum(x, axis=0)]) for x in self._arrays()))

    def minus(self, other: _Table) -> _Table:
        return _Table(*(x - y for x, y in zip(self._arrays(), other._arrays(), strict=True)))

    def _arrays(self) -> tuple[FloatArray, ...]:
        return self.A, self.V, self.U, self.n


def _tail(square: FloatArray, mean: FloatArray, variance: FloatArray) -> FloatArray:
    """Upper tail of a sum of squares by a gamma law of the same mean and variance (Satterthwaite 1946)."""
    with np.errstate(divide="ignore", invalid="ignore"):
        shape, scale = mean * mean / variance, variance / mean
        p = special.gammaincc(shape, square / scale)
    return np.where(mean > 0, p, 1.0)


@dataclass(frozen=True)
class _Strata:
    """Draws listed stratum by stratum, and the spans in which each stratum lies."""

    order: IntArray
    begins: IntArray
    spans: dict[str, tuple[IntArray, int]]

    @staticmethod
    def of(draws: Draws, unit: str, pooled: IntArray) -> _Strata:
        from arusha.indicators import assignment_kernel as kernel

        code, count = dense(draws.frame, unit_of(draws, unit), draws.interval, pooled)
        begins, order = np.empty(count + 1, dtype=np.int64), np.empty(len(draws), dtype=np.int64)
        kernel.counting_order(code, count, begins, order)
        day = draws.day[order[begins[:-1]]]
        whole = np.zeros(count, dtype=np.int64), 1
        return _Strata(order, begins, {"whole": whole, "week": dense(week_of(day)), "day": dense(day)})


def _spread(draws: Draws, strata: _Strata, levels: IntArray, count: int, resolution: str) -> _Table:
    """The feature's table at one resolution, all expectations taken within strata."""
    from arusha.indicators import assignment_kernel as kernel

    span, spans = strata.spans[resolution]
    shape = (count, spans, len(draws.outcomes))
    A, V, U, n = np.zeros(shape), np.zeros(shape), np.zeros(shape), np.zeros(shape[:2])
    kernel.spread(strata.order, strata.begins, levels, draws.outcome, span, A, V, U, n)
    return _Table(A, V, U, n)


def _level_p(table: _Table) -> FloatArray:
    """For each level: how likely officers' counts would stray this far from the strata's shares."""
    square = (table.A**2).sum(axis=(1, 2))
    return _tail(square, table.V.sum(axis=(1, 2)), (2 * table.V**2 + table.V).sum(axis=(1, 2)))


def _apart(one: _Table, other: _Table) -> tuple[FloatArray, FloatArray]:
    """How likely two sets of draws would differ this much if their officers were the same, and how strongly they do.

    One entry a level of either; the strength is in standard deviations of the sum of squares.
    """
    total = one.n + other.n
    with np.errstate(divide="ignore", invalid="ignore"):
        common = np.where(total > 0, one.n * other.n / total, 0.0)[..., None]
        left = np.where(one.n[..., None] > 0, one.A / one.n[..., None], 0.0)
        right = np.where(other.n[..., None] > 0, other.A / other.n[..., None], 0.0)
        V = common * np.where(total[..., None] > 0, (one.U + other.U) / total[..., None], 0.0)
    gap = common * (left - right)
    p = _tail((gap**2).sum(axis=(-1, -2)), V.sum(axis=(-1, -2)), (2 * V**2 + V).sum(axis=(-1, -2)))
    return p, _strength(gap, V)


@dataclass(frozen=True)
class _Look:
    """What one feature offers at one resolution: the p of its clearest difference."""

    feature: str
    resolution: str
    p: float
    strength: float
    table: _Table


def infer(draws: Draws) -> Pools:
    """The pools of an office, from the draws given (leave the tested declarant's out before).

    Forward: the feature of clearest difference splits first, the next one is looked at within the pools so far.
    """
    splits: list[Split] = []
    unit = _unit(draws)
    left = list(features_of(draws))
    while left and len(draws):
        strata = _Strata.of(draws, unit, Pools(tuple(splits), unit).codes(draws))
        looks = [look for f in left for look in _looks(draws, strata, f, unit)]
        best = min(looks, key=lambda k: (k.p, -k.strength))
        if best.p > DIFFERS:
            break
        left.remove(best.feature)
        ordered = best.feature in ORDERED
        pool = _cut(best.table, _order(best.feature, best.table)) if ordered else _gather(best.table)
        if pool[: -1 if ordered else None].max() > 0:
            splits.append(Split(best.feature, best.resolution, best.p, pool))
    return Pools(tuple(splits), unit)


def _unit(draws: Draws) -> str:
    """Whether the days of a week may be put together: where days hold few draws and their officers do not differ."""
    _, days = dense(draws.frame, draws.day)
    if len(draws) >= ENOUGH_A_DAY * days:
        return "day"
    weeks = _Strata.of(draws, "week", np.zeros(len(draws), dtype=np.int64))
    weekday = _looks(draws, weeks, "weekday", "week")[0]
    stratum, strata = dense(draws.frame, week_of(draws.day), draws.interval)
    return "day" if min(weekday.p, _days_apart(draws, stratum, strata)) <= DAYS_DIFFER else "week"


def _days_apart(draws: Draws, stratum: IntArray, strata: int) -> float:
    """How likely the days of the weeks would differ this much if the same officers worked on all of them."""
    C = len(draws.outcomes)
    cell, cells = dense(stratum, draws.day)
    of = np.zeros(cells, dtype=np.int64)
    of[cell] = stratum
    M = np.bincount(stratum, minlength=strata).astype(float)[of][:, None]
    m = np.bincount(stratum * C + draws.outcome, minlength=strata * C).reshape(strata, C)[of]
    n = np.bincount(cell, minlength=cells).astype(float)[:, None]
    N = np.bincount(cell * C + draws.outcome, minlength=cells * C).reshape(cells, C)
    with np.errstate(divide="ignore", invalid="ignore"):
        V = np.where(M > 1, n * (M - n) / (M - 1) * (m / M) * (1 - m / M), 0.0)
    return float(_tail(np.sum((N - n * m / M) ** 2), V.sum(), np.sum(2 * V**2 + V)))


def _looks(draws: Draws, strata: _Strata, feature: str, unit: str) -> list[_Look]:
    """The feature at each resolution; p is adjusted for the levels, cuts and resolutions that were looked at."""
    resolutions = RESOLUTIONS.get(feature, ("whole", "week"))[: 3 if unit == "day" else 2]
    count = level_count(draws, feature)
    levels = np.where(levels_of(draws, feature) == UNKNOWN, count - 1, levels_of(draws, feature))
    found = []
    for resolution in resolutions:
        table = _spread(draws, strata, levels, count, resolution)
        enough = table.n.sum(axis=1) >= FEWEST
        p, strength = _level_p(table), _strength(table.A, table.V)
        if feature in ORDERED:
            order = _order(feature, table)
            left, right = _sides(table, order)
            cuts = (left.n.sum(axis=1) >= FEWEST) & (right.n.sum(axis=1) >= FEWEST)
            cut_p, cut_strength = _apart(left, right)
            p, strength = np.concatenate([p, cut_p]), np.concatenate([strength, cut_strength])
            enough = np.concatenate([enough, cuts])
        least = float(np.min(np.where(enough, p, 1.0))) * max(int(enough.sum()), 1) * len(resolutions)
        found.append(
            _Look(feature, resolution, min(least, 1.0), float(np.max(np.where(enough, strength, -np.inf))), table)
        )
    return found


def _order(feature: str, table: _Table) -> IntArray:
    """Levels in their order without the unknown; hours begin after the quietest one."""
    known = np.arange(table.n.shape[0] - 1)
    if feature != "hour":
        return known
    return np.roll(known, -1 - int(np.argmin(table.n.sum(axis=1)[:-1])))


def _sides(table: _Table, order: IntArray) -> tuple[_Table, _Table]:
    """What lies before and after each place where ``order`` could be cut in two."""
    running = table[order].running()
    inner = np.arange(1, order.size)
    return running[inner], running[np.full(inner.size, order.size)].minus(running[inner])


def _cut(table: _Table, order: IntArray) -> IntArray:
    """Ordered levels cut where the officers change, again and again; draws without a level are a pool of their own."""
    segments: list[IntArray] = []
    todo = [order]
    while todo:
        own = todo.pop()
        left, right = _sides(table, own)
        enough = (left.n.sum(axis=1) >= FEWEST) & (right.n.sum(axis=1) >= FEWEST)
        if not enough.any() or len(segments) + len(todo) + 2 > MOST_POOLS:
            segments.append(own)
            continue
        p, strength = _apart(left, right)
        # Many p are 0 to the last digit: the clearest cut is where the difference is strongest.
        place = int(np.argmax(np.where(enough, strength, -np.inf)))
        if p[place] * enough.sum() > DIFFERS:
            segments.append(own)
        else:
            todo += [own[place + 1 :], own[: place + 1]]
    number = np.arange(len(segments))
    # A crew that works across the ends of the order (across midnight) is one.
    if len(segments) > 2 and order.size == HOURS:
        p, _ = _apart(table.sum(segments[0]), table.sum(segments[-1]))
        number[-1] = 0 if p > APART else number[-1]
    pool = np.full(table.n.shape[0], number.max() + 1)
    for k, own in zip(number.tolist(), segments, strict=True):
        pool[own] = k
    return pool


def _gather(table: _Table) -> IntArray:
    """Levels with the same officers, as pool numbers: greedy from the largest, then each level moves once more."""
    size = table.n.sum(axis=1)
    order = [int(i) for i in np.argsort(-size, kind="stable") if size[i] > 0]
    pool = np.full(size.size, -1)
    pools = 0
    for level in order:
        fits = [float(_apart(table[level], table.sum(pool == c))[0]) for c in range(pools)]
        best = int(np.argmax(fits)) if fits else -1
        if best >= 0 and (fits[best] > APART or pools == MOST_POOLS):
            pool[level] = best
        else:
            pool[level], pools = pools, pools + 1
    for level in order:
        here = (pool == pool[level]) & (np.arange(size.size) != level)
        if here.any():
            others = [here if c == pool[level] else pool == c for c in range(pools)]
            pool[level] = int(np.argmax([float(_apart(table[level], table.sum(o))[0]) for o in others]))
    # Levels that nobody else used belong to the largest pool until someone uses them.
    return np.where(pool < 0, 0, pool)


def _strength(A: FloatArray, V: FloatArray) -> FloatArray:
    """Squares beyond expectation in their standard deviations."""
    spread = np.sqrt(np.maximum((2 * V**2 + V).sum(axis=(-1, -2)), 1e-12))
    return np.asarray(((A**2).sum(axis=(-1, -2)) - V.sum(axis=(-1, -2))) / spread)
