"""Pools of officers, inferred: where the officers of one kind of draw differ from those of another.

Desks, night crews and traders' lanes are honest reasons why a declarant meets some officers more often. Where no rule
declares them they are learnt from the draws of *other* declarants, so that one declarant's scheme cannot look like a
desk and clear itself (the tested declarant is left out, and the pools are learnt anew without it).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from arusha.indicators import assignment_contrasts as contrasts
from arusha.indicators.assignment_contrasts import DIFFERS, FEWEST, HOURS, Table
from arusha.indicators.assignment_counts import Counted, Own
from arusha.indicators.assignment_draws import FEW, UNKNOWN, Draws, IntArray, dense
from arusha.indicators.assignment_listing import Listing

FloatArray = NDArray[np.float64]

ORDERED = ("hour", "value", "items")
"""Features whose levels have an order: they are cut, others are gathered."""
RESOLUTIONS = {"hour": ("whole", "week", "day"), "weekday": ("whole",), "heading": ("whole",)}
"""Spans over which officers' shares are compared, where they are not the whole period and the week (which shows a desk
that changes hands): hours by day too, since crews take turns; weekdays and headings only over the whole period."""
FRAME = "frame"
"""Section and declared rule: strata hold it, so that no pool is learnt of it, but laws are held against it."""
ENOUGH_A_DAY = 40
"""Draws a day from which draws are compared within the day at hardly any cost."""
TWINS = {"chapter": "main chapter", "main chapter": "chapter"}
"""Two readings of the same thing: the first item's chapter, and that of the item of greatest value."""
PROMISING = 0.2
"""A feature above this p waits until no other divides the office."""
KEPT = 4
"""Sets of pools within which an office's draws stay counted."""
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
        """One code a draw for its combination of pools.

        A desk's goods may be those of the first item or the main ones; where other declarants' draws cannot tell which,
        both readings part the office by the same levels, and draws in which they disagree are among themselves.
        """
        code = np.zeros(len(draws), dtype=np.int64)
        features = {s.feature for s in self.splits}
        for split in self.splits:
            # As few codes as there are pools: renumbering many more codes than draws takes a sort.
            pools_there = int(split.pool.max()) + 1
            code = code * pools_there + split.of(levels_of(draws, split.feature))
            twin = TWINS.get(split.feature)
            if twin is not None and twin in draws.levels and twin not in features:
                pool_of = dict(zip(draws.level_names[split.feature], split.pool.tolist(), strict=False))
                # A chapter that is only ever the other kind of goods has the pool of the unknown.
                unknown = int(split.pool[-1])
                pools = np.array([*(pool_of.get(n, unknown) for n in draws.level_names[twin]), unknown])
                code = code * pools_there + pools[levels_of(draws, twin)]
        return code


def week_of(day: IntArray) -> IntArray:
    """Weeks that begin on Monday, counted from 1970."""
    return (day + 3) // 7


def unit_of(draws: Draws, unit: str) -> IntArray:
    return draws.day if unit == "day" else week_of(draws.day)


def levels_of(draws: Draws, feature: str) -> IntArray:
    if feature == "weekday":
        return (draws.day + 3) % 7
    if feature == FRAME:
        return draws.frame
    return draws.hour if feature == "hour" else draws.levels[feature]


def level_count(draws: Draws, feature: str) -> int:
    """Levels of a feature, with one more for unknown."""
    if feature == FRAME:
        return int(draws.frame.max(initial=-1)) + 2
    known = {"hour": HOURS, "weekday": 7}
    return (known[feature] if feature in known else len(draws.level_names[feature])) + 1


def filled(draws: Draws, feature: str) -> IntArray:
    """Levels of a feature, the unknown as the last one."""
    codes = levels_of(draws, feature)
    return np.where(codes == UNKNOWN, level_count(draws, feature) - 1, codes)


def features_of(draws: Draws) -> tuple[str, ...]:
    return (("hour",) if draws.timed else ()) + tuple(draws.levels)


def _counted(draws: Draws, moments: Listing, pools: Pools, keep: bool) -> Counted:
    """``moments``: draws by frame, day or week, and stretch of the roster. ``keep``: see ``Counted.of``."""
    listed = moments
    if pools.splits:
        code = pools.codes(draws)
        listed = moments.divided(*((code, width) if (width := int(code.max()) + 1) <= FEW else dense(code)))
    day = draws.day[listed.first]
    whole = np.zeros(len(listed), dtype=np.int64), 1
    spans = {"whole": whole, "week": dense(week_of(day)), "day": dense(day)}
    return Counted.of(listed, spans, draws.outcome, len(draws.outcomes), keep=keep)


@dataclass(frozen=True)
class _Look:
    """What one feature offers at one resolution: the p of its clearest difference."""

    feature: str
    resolution: str
    p: float
    strength: float
    table: Table


def infer(draws: Draws, features: Collection[str] | None = None) -> Pools:
    """The pools of an office, from the draws given. ``features``: only these are looked at."""
    return Learner(draws, leaves_out=False).pools(features)


class Learner:
    """Learns the pools of an office, from all its draws or without those of the declarant that is tested."""

    def __init__(self, draws: Draws, leaves_out: bool = True) -> None:
        """``leaves_out``: whether ``pools_without`` will be asked."""
        self._draws = draws
        self._day, days = dense(draws.frame, draws.day)
        self._in_day = np.bincount(self._day, minlength=days)
        self._keep = leaves_out and len(draws) >= ENOUGH_A_DAY * days
        self._moments: dict[str, Listing] = {}
        self._within: dict[tuple[str | bytes, ...], Counted] = {}
        """By unit and splits: the draws counted within those pools."""
        self._asked: set[tuple[str | bytes, ...]] = set()

    def pools(self, features: Collection[str] | None = None) -> Pools:
        """Of all draws. ``features``: only these are looked at."""
        draws = self._draws
        unit = self._unit()
        daily = unit == "day" and not np.any(draws.interval != UNKNOWN)
        looked = [f for f in features_of(draws) if features is None or f in features]
        return self._learnt(looked, unit, daily) if len(draws) else Pools((), unit)

    def pools_without(self, declarant: int, features: Collection[str]) -> Pools:
        """Of the draws of all others: the same as from a copy of these, at less cost where days hold many draws: what
        was counted is kept, and the declarant's own draws are taken from it.
        """
        draws = self._draws
        mine = np.flatnonzero(draws.declarant == declarant)
        own = np.bincount(self._day[mine], minlength=self._in_day.size)
        if not self._keep or len(draws) - mine.size < ENOUGH_A_DAY * np.count_nonzero(self._in_day > own):
            twins = {TWINS[f] for f in features if f in TWINS}
            others = draws.only(np.flatnonzero(draws.declarant != declarant), {*features, *twins})
            return infer(others, features)

        def shown(values: IntArray) -> bool:
            """Whether the others' draws have any."""
            return bool(np.count_nonzero(values != UNKNOWN) > np.count_nonzero(values[mine] != UNKNOWN))

        if mine.size == len(draws):
            return Pools((), "day")
        looked = [f for f in features_of(draws) if f in features and (f != "hour" or shown(draws.minute))]
        return self._learnt(looked, "day", not shown(draws.interval), mine if mine.size else None)

    def _by_moment(self, unit: str) -> Listing:
        """Draws by frame, day or week, and stretch of the roster."""
        if unit not in self._moments:
            draws = self._draws
            self._moments[unit] = Listing.of(*dense(draws.frame, unit_of(draws, unit), draws.interval))
        return self._moments[unit]

    def _unit(self) -> str:
        """Whether days of a week may be put together: where they hold few draws and their officers do not differ."""
        draws = self._draws
        if len(draws) >= ENOUGH_A_DAY * self._in_day.size:
            return "day"
        weeks, _ = self._counted((), "week", None)
        weekday = _looks(draws, weeks, "weekday", daily=False)[0]
        stratum, strata = dense(draws.frame, week_of(draws.day), draws.interval)
        return "day" if min(weekday.p, _days_apart(draws, stratum, strata)) <= DAYS_DIFFER else "week"

    def _counted(self, splits: Sequence[Split], unit: str, mine: IntArray | None) -> tuple[Counted, Own | None]:
        """The draws but ``mine`` counted within the pools of some splits.

        Counts are kept where they were asked for before: most declarants leave the pools as they are.
        """
        key: tuple[str | bytes, ...] = (unit, *(part for s in splits for part in (s.feature, s.pool.tobytes())))
        found = self._within.get(key)
        pools = Pools(tuple(splits), unit)
        if found is None and self._keep and (not splits or key in self._asked):
            found = _counted(self._draws, self._by_moment(unit), pools, keep=True)
            within = [k for k in list(self._within) if len(k) > 1]
            if len(within) >= KEPT:
                self._within.pop(within[0], None)
            self._within[key] = found
        if found is not None:
            return found, None if mine is None else found.own(mine)
        self._asked.add(key)
        moments = self._by_moment(unit)
        if mine is not None:
            moments = moments.without(self._draws.declarant, int(self._draws.declarant[mine[0]]))
        return _counted(self._draws, moments, pools, keep=False), None

    def _learnt(self, left: list[str], unit: str, daily: bool, mine: IntArray | None = None) -> Pools:
        """The pools that all draws but ``mine`` say, by the features ``left``.

        Forward: the feature of clearest difference splits first, the next one is looked at within the pools so far.
        """
        draws = self._draws
        splits: list[Split] = []
        promising = list(left)
        while left:
            counted, own = self._counted(splits, unit, mine)
            best: _Look | None = None
            least: dict[str, float] = {}
            for f in promising:
                looks = _looks(draws, counted, f, daily, own)
                least[f] = min(k.p for k in looks)
                for look in looks:
                    if best is None or (look.p, -look.strength) < (best.p, -best.strength):
                        best = look
                del looks, look  # but for the best one their tables are not needed any more
            if best is None or best.p > DIFFERS:
                # Before it ends, all features are looked at once more within the pools found.
                if len(promising) == len(left):
                    break
                promising = list(left)
                continue
            left.remove(best.feature)
            promising = [f for f in promising if f in left and least[f] <= PROMISING]
            ordered = best.feature in ORDERED
            order = level_order(best.feature, best.table)
            if ordered:
                pool = contrasts.cut(best.table, order)
            else:
                # Levels are held against each other only now.
                level = levels_of(draws, best.feature), level_count(draws, best.feature)
                (whole,) = counted.tables(best.feature, *level, (best.resolution,), own)
                pool = contrasts.gather(whole)
            if pool[: -1 if ordered else None].max() > 0:
                splits.append(Split(best.feature, best.resolution, best.p, pool))
        return Pools(tuple(splits), unit)


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
    w = np.where(V > 0, 1 / (V + 1), 0.0)
    squares = np.array([np.sum(w * (N - n * m / M) ** 2), np.sum(w * V), np.sum(w**2 * (2 * V**2 + V))])
    return float(contrasts.tail(squares)[0])


def _looks(draws: Draws, counted: Counted, feature: str, daily: bool, own: Own | None = None) -> list[_Look]:
    """The feature at each resolution; p is adjusted for the levels, cuts and resolutions that were looked at.

    ``daily``: by day too, only where days are strata; where the roster is known crews are strata already.
    """
    resolutions = RESOLUTIONS.get(feature, ("whole", "week"))
    resolutions = tuple(r for r in resolutions if r != "day" or daily)
    found = []
    level = levels_of(draws, feature), level_count(draws, feature)
    tables = counted.tables(feature, *level, resolutions, own, with_replacement=feature in ORDERED)
    for resolution, table in zip(resolutions, tables, strict=True):
        p, strength = contrasts.own(table)
        enough = table.size >= FEWEST
        p, strength = np.where(enough, p, 1.0), np.where(enough, strength, -np.inf)
        if feature in ORDERED:
            cut_p, cut_strength = contrasts.cuts(table, level_order(feature, table))
            p, strength = np.concatenate([p, cut_p]), np.concatenate([strength, cut_strength])
        looked = max(int(np.isfinite(strength).sum()), 1) * len(resolutions)
        found.append(_Look(feature, resolution, min(float(p.min()) * looked, 1.0), float(strength.max()), table))
    return found


def level_order(feature: str, table: Table) -> IntArray:
    """Levels in their order without the unknown; hours begin after the quietest one."""
    known = np.arange(table.n.shape[0] - 1)
    if feature != "hour":
        return known
    return np.roll(known, -1 - int(np.argmin(table.size[:-1])))
