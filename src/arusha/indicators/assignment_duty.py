"""Where the records say who was on duty: the laws by which one of those officers is picked, and whether they hold.

Two laws are tried. An *even* chance, where the rule in force declares a random pick. Else *weights*: each officer on
duty is picked in proportion to a weight of its own (in each inferred pool another), which is learnt from the other
declarants' draws (``assignment_crews``). Neither is taken on trust: whether the office keeps to a law is asked of the
totals of the *other* declarants, and of nothing but their draws where the tested one is a large part of the office, so
that the choice of the test is made before the pair is looked at and hardly hangs on one declarant's scheme. Where none
holds, fixed margins are used.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special

from arusha.indicators import assignment_contrasts as contrasts
from arusha.indicators.assignment_contrasts import DIFFERS, FEWEST
from arusha.indicators.assignment_crews import Crews, Seen
from arusha.indicators.assignment_draws import UNKNOWN, BoolArray, Draws, IntArray, dense
from arusha.indicators.assignment_pools import FRAME, ORDERED, features_of, filled, level_count, level_order, week_of
from arusha.indicators.assignment_rules import Eligible

FloatArray = NDArray[np.float64]
Law = Literal["even", "weights"]

CHECK = 0.05
"""A law is believed unless officers' totals by month contradict it at this level, over all of them."""
BY_DAY = 0.01
"""And unless their totals by day scatter more than the law lets them, at this level: absences that nobody recorded."""
OFF_DUTY = 0.02
"""Share of picks of officers who were not on duty, above which the records do not say who could be picked."""
FEWEST_EACH = 10
"""Draws of other declarants that an officer must be due on average before a law can be checked at all."""
ODD, ODD_EXCESS = 4.0, 5.0
"""Standard deviations, and draws, above its share from which a declarant no longer speaks for the office."""
MONTH = 30
STEPS = 100
"""Steps of the fit, at most."""
LARGE = 0.1
"""Share of an office's draws from which a declarant could shape whether a law seems to hold."""


class Duty:
    """The draws of one office against a law over the officers on duty."""

    def __init__(self, draws: Draws, pool: Eligible, law: Law, pooled: IntArray | None = None) -> None:
        """``pooled``: a code of the inferred pools, one a draw; weights differ between pools."""
        from arusha.indicators import assignment_kernel as kernel

        self.law: Law = law
        self._draws, self._pool, self._pooled = draws, pool, pooled
        index = {name: k for k, name in enumerate(pool.officers)}
        # Officers that no pool holds have a column of their own, which no group has.
        self.column = np.array([index.get(name, len(pool.officers)) for name in draws.outcomes], dtype=np.int64)
        known = draws.group != UNKNOWN
        part = np.zeros(len(draws), dtype=np.int64) if pooled is None else dense(pooled)[0]
        # A group is who was on duty and the inferred pool together; draws without a group are in the last one.
        width = int(part.max(initial=0)) + 1
        names, self.group = _numbered(np.where(known, draws.group * width + part, -1))
        members = np.column_stack([pool.members, np.zeros(len(pool.members), dtype=bool)])
        members = members[names // width] & (names >= 0)[:, None]
        self.crews = Crews.of(members, np.where(names >= 0, names % width, 0), width)
        self.declarant, self.outcome = draws.declarant, draws.outcome
        self.picked = self.column[draws.outcome]
        self.inside: BoolArray = known & members[self.group, self.picked]
        """Draws whose officer was on duty."""
        self._known = known
        begins, order = np.empty(len(draws.declarants) + 1, dtype=np.int64), np.empty(len(draws), dtype=np.int64)
        kernel.counting_order(draws.declarant, len(draws.declarants), begins, order)
        self._rows = [order[a:e] for a, e in itertools.pairwise(begins.tolist())]
        self._first_day = int(draws.day.min()) if len(draws) else 0
        self.month = (draws.day - self._first_day) // MONTH
        inside = np.flatnonzero(self.inside)
        weights = self.fitted(self._seen(inside), self.crews.even(), STEPS)
        self.odd = self._stand_out(inside, self.crews.chances(weights)[0])
        """Declarants that do not speak for the office."""
        self._asked = known & ~self.odd[draws.declarant]
        self.speak = np.flatnonzero(self._asked & self.inside)
        """The draws from which the law is learnt."""
        self.seen = self._seen(self.speak)
        self._by_part = self.crews.by_part(self.seen.drawn)
        self.weights = self.fitted(self.seen, weights, STEPS)
        self._entry, _ = self.crews.chances(self.weights)
        self._months = int(self.month.max(initial=0)) + 1
        self._all = self._by_span(self.speak, self.month, self._months, self._entry)
        self.unsteady = self._month_to_month() if law == "weights" else 0.0
        """Squared relative scatter of officers' monthly picks about the law, beyond chance."""
        self._outside = int(np.sum(self._asked & ~self.inside)), int(np.sum(self._asked))
        self._steady = self._days_agree(self.speak)
        tables = self._by_feature(self.speak) if self._steady else {}
        self._agrees = {key: _agrees(key[0], table) for key, table in tables.items()}
        # Only those over the whole period are asked for again.
        self._tables = {feature: table for (feature, span), table in tables.items() if span == "whole"}
        self._plain = self._steady and all(self._agrees.values())

    def without(self, drop: BoolArray) -> Duty:
        """The same law over the draws that are not dropped."""
        pooled = None if self._pooled is None else self._pooled[~drop]
        return Duty(self._draws.only(~drop), self._pool, self.law, pooled)

    # --- the law -------------------------------------------------------------------------------------------------

    def _seen(self, rows: IntArray) -> Seen:
        return self.crews.seen(self.group[rows], self.picked[rows])

    def fitted(self, seen: Seen, start: FloatArray, steps: int, barred: BoolArray | None = None) -> FloatArray:
        """The weights that draws say (see ``Crews.fitted``); the same for all under the even law."""
        return self.crews.even() if self.law == "even" else self.crews.fitted(seen, start, steps, barred)

    def own(self, declarant: int) -> IntArray:
        """A declarant's draws whose officer was on duty."""
        rows = self._rows[declarant]
        return rows[self.inside[rows]]

    def alone(self, declarant: int) -> IntArray:
        """A declarant's draws in pools in which too few draws of others say how the officers share them."""
        own = self.own(declarant)
        return np.asarray(own[self.few(own)])

    def few(self, own: IntArray) -> BoolArray:
        """Which of a declarant's draws those are."""
        if self.law == "even":
            # An even chance is known from the rule: nothing is learnt from anyone.
            return np.zeros(own.size, dtype=bool)
        part = self.crews.part[self.group[own]]
        others = self._by_part - np.bincount(part[self._asked[own]], minlength=self.crews.parts)
        return np.asarray((others < FEWEST)[part])

    def _by_span(
        self, use: IntArray, span: IntArray, spans: int, chance: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Spans x officers: picks of the draws ``use``, their expectation and variance. ``span``: one a draw."""
        from arusha.indicators import assignment_duty_kernel as kernel

        N, E, V = (np.zeros((spans, self.crews.officers)) for _ in range(3))
        kernel.by_span(use, span, self.group, self.picked, self.crews.begins, self.crews.members, chance, N, E, V)
        return N, E, V

    # --- does the office keep to it ------------------------------------------------------------------------------

    def _stand_out(self, use: IntArray, chance: FloatArray) -> BoolArray:
        """Declarants so far from their share with some officer that they must not speak for the office."""
        N, E, V = self._by_span(use, self._draws.declarant, len(self._draws.declarants), chance)
        gap = N - E
        far = (gap >= ODD_EXCESS) & (gap > ODD * np.sqrt(np.maximum(V, 1.0)))
        return np.asarray(far.any(axis=1) & (N.sum(axis=1) >= ODD_EXCESS))

    def _month_to_month(self) -> float:
        """Squared relative scatter of officers' monthly picks about the law, beyond chance."""
        N, E, V = self._all
        T = len(N)
        if T < 2 or not np.any(E > 0):
            return 0.0
        return max(0.0, float(np.sum((N - E) ** 2 - V * T / (T - 1)) / np.sum(E**2)))

    def _days_agree(self, use: IntArray) -> bool:
        """Whether officers' totals by day scatter as the law lets them."""
        if use.size == 0:
            return False
        day = self._draws.day - self._first_day
        N, E, V = self._by_span(use, day, int(day.max()) + 1, self._entry)
        w = np.where(V > 0, 1 / (V + 1), 0.0)
        more = np.clip(N.sum(axis=1) / np.maximum(V.sum(axis=1), 1e-12), 1, 2)  # as assignment_kernel.together
        scatter = np.sum(w * w * (2 * V * V + V), axis=1)
        squares = np.array([np.sum(w * (N - E) ** 2), np.sum(w * V), more @ scatter])
        return bool(contrasts.tail(squares)[0] > BY_DAY)

    def _by_feature(self, use: IntArray) -> dict[tuple[str, str], contrasts.Table]:
        """By feature and resolution: picks by level beyond what the law expects."""
        week = week_of(self._draws.day) - week_of(np.array([self._first_day]))[0]
        weeks = int(week.max(initial=0)) + 1
        runs = self._runs(use, week)
        found = {}
        for feature in (*features_of(self._draws), *([FRAME] if np.ptp(self._draws.frame) else [])):
            by_week = feature != "heading"
            shape = (level_count(self._draws, feature), weeks if by_week else 1, self.crews.officers)
            A, V, n = np.zeros(shape), np.zeros(shape), np.zeros(shape[:2])
            self._add(runs, feature, 1.0, A, V, n, by_span=by_week)
            if by_week:
                found[feature, "week"] = contrasts.Table(A, V, V, n)
                A, V, n = (x.sum(axis=1, keepdims=True) for x in (A, V, n))
            found[feature, "whole"] = contrasts.Table(A, V, V, n)
        return found

    def _less(self, feature: str, use: IntArray) -> contrasts.Table:
        """A feature's table over the whole period without the draws ``use``."""
        table = self._tables[feature]
        A, V, n = table.A.copy(), table.V.copy(), table.n.copy()
        self._add(self._runs(use, np.zeros_like(self.group)), feature, -1.0, A, V, n, by_span=False)
        return contrasts.Table(A, V, V, n)

    def _runs(self, use: IntArray, span: IntArray) -> tuple[IntArray, IntArray, IntArray, IntArray]:
        """The draws ``use`` put together by span and group: their order, where each run begins, its span and group."""
        from arusha.indicators import assignment_kernel as kernel

        code, count = dense(span[use], self.group[use])
        begins, order = np.empty(count + 1, dtype=np.int64), np.empty(use.size, dtype=np.int64)
        kernel.counting_order(code, count, begins, order)
        order = use[order]
        first = order[begins[:-1]]
        return order, begins, span[first], self.group[first]

    def _add(
        self,
        runs: tuple[IntArray, IntArray, IntArray, IntArray],
        feature: str,
        sign: float,
        A: FloatArray,
        V: FloatArray,
        n: FloatArray,
        *,
        by_span: bool,
    ) -> None:
        from arusha.indicators import assignment_duty_kernel as kernel

        order, begins, span, group = runs
        level = filled(self._draws, feature)
        span = span if by_span else np.zeros_like(span)
        law = self.crews.begins, self.crews.members, self._entry
        kernel.beyond_law(order, begins, span, group, level, self.picked, *law, sign, A, V, n)

    def kept_without(self, declarant: int, matters: Collection[str] = ()) -> bool:
        """Whether the draws of the other declarants agree with the law, and are enough to tell.

        Declarants that stand out by themselves do not speak for the office: they are tested, not asked. ``matters``:
        features in which the declarant has so large a part that they are looked at again without it. One that is a
        large part of the office altogether is left out of everything first, the weights and days among it.
        """
        mine = self._rows[declarant]
        if mine.size and not self._known[mine].any():
            return False
        mine = mine[self._known[mine]]
        own_outside = int(np.sum(~self.inside[mine]))
        if mine.size > LARGE * np.count_nonzero(self._known):
            others = self.without(self._draws.declarant == declarant)
            return own_outside <= OFF_DUTY * mine.size and others.kept_without(declarant)
        if not self._steady:
            return False
        asked = mine[self._asked[mine]]
        outside = self._outside[0] - int(np.sum(~self.inside[asked]))
        known = self._outside[1] - asked.size
        if known == 0 or outside > OFF_DUTY * known or own_outside > OFF_DUTY * mine.size:
            return False
        use = asked[self.inside[asked]]
        own = self._by_span(use, self.month, self._months, self._entry)
        N, E, V = (a - o for a, o in zip(self._all, own, strict=True))
        if E.sum() < FEWEST_EACH * np.count_nonzero(E.sum(axis=0)):
            return False
        N, E, V = (np.vstack([x, x.sum(axis=0)]) for x in (N, E, V))
        enough = E >= 5
        if not enough.any():
            return False
        z = np.abs(N - E)[enough] / np.sqrt(np.maximum(V[enough], 1e-12))
        if 2 * special.ndtr(-z.max()) * z.size <= CHECK:
            return False
        if not matters:
            return self._plain
        if not all(agrees for (feature, _), agrees in self._agrees.items() if feature not in matters):
            return False
        again = [f for f in features_of(self._draws) if f in matters]
        return all(_agrees(f, self._less(f, use)) for f in again)


def _numbered(code: IntArray) -> tuple[IntArray, IntArray]:
    """The codes that occur, rising, and which of them each is."""
    number, count = dense(code)
    names = np.empty(count, dtype=np.int64)
    names[number] = code
    return names, number


def _agrees(feature: str, table: contrasts.Table) -> bool:
    """Whether a feature does not divide the officers beyond what the law says."""
    p, _ = contrasts.own(table)
    p = p[table.size >= FEWEST]
    if feature in ORDERED:
        cut_p, strength = contrasts.cuts(table, level_order(feature, table))
        p = np.concatenate([p, cut_p[np.isfinite(strength)]])
    return not (p.size and p.min() * p.size * 2 <= DIFFERS)
