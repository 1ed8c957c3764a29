"""Where the records say who was on duty: exact Poisson-binomial tails over the officers who could have been picked.

Two laws are tried. An *even* chance, where the rule in force declares a random pick. Else *weights*: each officer on
duty is picked in proportion to a weight of its own (in each inferred pool another), which is learnt from the other
declarants' draws (Luce 1959; minorise-maximise steps of Hunter 2004) and whose uncertainty the tail carries. Neither is
taken on trust: whether the office keeps to a law is asked of the totals of the *other* declarants, and of nothing but
their draws where the tested one is a large part of the office, so that the choice of the test is made before the pair
is looked at and hardly hangs on one declarant's scheme. Where none holds, fixed margins are used.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import special

from arusha.indicators import assignment_contrasts as contrasts
from arusha.indicators.assignment_contrasts import DIFFERS, FEWEST
from arusha.indicators.assignment_draws import UNKNOWN, BoolArray, Draws, IntArray, dense
from arusha.indicators.assignment_pairs import AT_ONCE, NEARLY_ALL, Pairs
from arusha.indicators.assignment_pools import ORDERED, features_of, filled, level_count, level_order, week_of
from arusha.indicators.assignment_rules import Eligible
from arusha.inference.poisson_binomial import upper_tail

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
STEPS, AGAIN = 100, 8
"""Steps of the fit, and of one that begins near its end."""
SMALL_PART = 0.02
"""Share of the others' draws up to which a declarant does not move the weights."""
LARGE = 0.1
"""Share of an office's draws from which a declarant could shape whether a law seems to hold."""
LOOSEST = 2.0
"""Relative error of a weight beyond which nothing is known of it."""
SURE = 0.2
"""Tails above this are not sharpened for the uncertainty of the weights: it could not make them small."""
NODES, CHANCES = np.polynomial.hermite_e.hermegauss(7)
CHANCES = CHANCES / CHANCES.sum()


class Duty:
    """The draws of one office against a law over the officers on duty."""

    def __init__(self, draws: Draws, pool: Eligible, law: Law, pooled: IntArray | None = None) -> None:
        """``pooled``: a code of the inferred pools, one a draw; weights differ between pools."""
        self.law: Law = law
        self._draws, self._pool, self._pooled = draws, pool, pooled
        index = {name: k for k, name in enumerate(pool.officers)}
        # Officers that no pool holds have a column of their own, which no group has.
        self._column = np.array([index.get(name, len(pool.officers)) for name in draws.outcomes], dtype=np.int64)
        known = draws.group != UNKNOWN
        part = np.zeros(len(draws), dtype=np.int64) if pooled is None else dense(pooled)[0]
        # A group is who was on duty and the inferred pool together; draws without a group are in the last one.
        code = np.where(known, draws.group * (int(part.max(initial=0)) + 1) + part, -1)
        names, self._group = np.unique(code, return_inverse=True)
        width = int(part.max(initial=0)) + 1
        members = np.column_stack([pool.members, np.zeros(len(pool.members), dtype=bool)])
        self._members = members[names // width] & (names >= 0)[:, None]
        self._part = np.where(names >= 0, names % width, 0)
        self._parts = width
        self._picked = self._column[draws.outcome]
        self.inside: BoolArray = known & self._members[self._group, self._picked]
        """Draws whose officer was on duty."""
        self._known = known
        self._begins = np.concatenate([[0], np.cumsum(self._members.sum(axis=1))])
        """Where the members of each group begin among ``_on_duty``, their columns."""
        self._row, self._on_duty = np.nonzero(self._members)
        order = np.argsort(draws.declarant, kind="stable")
        begins = np.searchsorted(draws.declarant[order], np.arange(len(draws.declarants) + 1))
        self._rows = [order[a:e] for a, e in itertools.pairwise(begins)]
        self._first_day = int(draws.day.min()) if len(draws) else 0
        self._month = (draws.day - self._first_day) // MONTH
        ones = np.ones((self._parts, self._members.shape[1]))
        inside = np.flatnonzero(self.inside)
        weights = self._fit(self._counted(inside), self._members, ones, STEPS)
        self._odd = self._stand_out(inside, self._entries(weights))
        self._asked = known & ~self._odd[draws.declarant]
        use = np.flatnonzero(self._asked & self.inside)
        self._others = self._counted(use)
        self._drawn = self._others.sum(axis=1)
        self._weights = self._fit(self._others, self._members, weights, STEPS)
        self._entry = self._entries(self._weights)
        self._months = int(self._month.max(initial=0)) + 1
        self._all = self._by_span(use, self._month, self._months, self._entry)
        self._unsteady = self._month_to_month() if law == "weights" else 0.0
        self._outside = int(np.sum(self._asked & ~self.inside)), int(np.sum(self._asked))
        self._steady = self._days_agree(use)
        tables = self._by_feature(use) if self._steady else {}
        self._agrees = {key: _agrees(key[0], table) for key, table in tables.items()}
        # Only those over the whole period are asked for again.
        self._tables = {feature: table for (feature, span), table in tables.items() if span == "whole"}
        self._plain = self._steady and all(self._agrees.values())

    def without(self, drop: BoolArray) -> Duty:
        """The same law over the draws that are not dropped."""
        pooled = None if self._pooled is None else self._pooled[~drop]
        return Duty(self._draws.only(~drop), self._pool, self.law, pooled)

    # --- the law -------------------------------------------------------------------------------------------------

    def _counted(self, use: IntArray) -> IntArray:
        """Groups x officers: the draws ``use``."""
        G, C = self._members.shape
        return np.bincount(self._group[use] * C + self._picked[use], minlength=G * C).reshape(G, C)

    def _fit(self, counts: IntArray, members: BoolArray, start: FloatArray, steps: int) -> FloatArray:
        """Parts x officers: weights under which each officer's picks are as many as seen; ones under the even law."""
        weights = np.ones((self._parts, members.shape[1]))
        if self.law == "even":
            return weights
        drawn_by_group = counts.sum(axis=1)
        for part in range(self._parts):
            used = np.flatnonzero((self._part == part) & (drawn_by_group > 0))
            if used.size == 0:
                continue
            M, drawn, picks = members[used].astype(float), drawn_by_group[used], counts[used].sum(axis=0)
            w = np.maximum(start[part], 1e-9)
            for _ in range(steps):
                due = (drawn / np.maximum(M @ w, 1e-300)) @ M
                # Half a pick more keeps an officer who was on duty and never picked from a chance of nothing.
                new = np.where(due > 0, (picks + 0.5) / (due + 0.5), 1.0)
                done = np.max(np.abs(new - w) / w) < 1e-6
                w = new
                if done:
                    break
            weights[part] = w
        return weights

    def _chance(self, weights: FloatArray, members: BoolArray, groups: IntArray) -> FloatArray:
        """Groups x officers: the chance of each."""
        w = members[groups] * weights[self._part[groups]]
        return np.asarray(w / np.maximum(w.sum(axis=1, keepdims=True), 1e-300))

    def _entries(self, weights: FloatArray) -> FloatArray:
        """The chance of each member of each group, as ``_on_duty`` lists them."""
        every = np.arange(len(self._members))
        return np.asarray(self._chance(weights, self._members, every)[self._row, self._on_duty])

    def _by_span(
        self, use: IntArray, span: IntArray, spans: int, chance: FloatArray
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Spans x officers: picks of the draws ``use``, their expectation and variance. ``span``: one a draw."""
        from arusha.indicators import assignment_duty_kernel as kernel

        N, E, V = (np.zeros((spans, self._members.shape[1])) for _ in range(3))
        kernel.by_span(use, span, self._group, self._picked, self._begins, self._on_duty, chance, N, E, V)
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
        for feature in features_of(self._draws):
            by_week = feature != "heading"
            shape = (level_count(self._draws, feature), weeks if by_week else 1, self._members.shape[1])
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
        self._add(self._runs(use, np.zeros_like(self._group)), feature, -1.0, A, V, n, by_span=False)
        return contrasts.Table(A, V, V, n)

    def _runs(self, use: IntArray, span: IntArray) -> tuple[IntArray, IntArray, IntArray, IntArray]:
        """The draws ``use`` put together by span and group: their order, where each run begins, its span and group."""
        from arusha.indicators import assignment_kernel as kernel

        code, count = dense(span[use], self._group[use])
        begins, order = np.empty(count + 1, dtype=np.int64), np.empty(use.size, dtype=np.int64)
        kernel.counting_order(code, count, begins, order)
        order = use[order]
        first = order[begins[:-1]]
        return order, begins, span[first], self._group[first]

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
        law = self._begins, self._on_duty, self._entry
        kernel.beyond_law(order, begins, span, group, level, self._picked, *law, sign, A, V, n)

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
        own = self._by_span(use, self._month, self._months, self._entry)
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

    # --- the test ------------------------------------------------------------------------------------------------

    def pairs(self, declarants: Sequence[int], structural: BoolArray | None = None, threads: int = 1) -> Pairs:
        """Exact upper tails for every officer and each of the declarants.

        ``structural``: declarants x outcomes set aside. Their declarants do not speak for the others; a declarant with
        some is tested over the officers that are not, and each of them without the others.
        """
        C = len(self._draws.outcomes)
        aside = np.zeros((len(self._draws.declarants), C), dtype=bool) if structural is None else structural
        learnt = self._learnt(aside)
        done, plans, entries = [], [], 0
        for b in declarants:
            cells = np.flatnonzero(aside[b]).tolist()
            plans += [self._plan(learnt, b, [i], [j for j in cells if j != i]) for i in cells]
            plans.append(self._plan(learnt, b, [i for i in range(C) if i not in cells], cells))
            entries += sum(plan.chance.size for plan in plans[-1 - len(cells) :])
            if entries > AT_ONCE:
                done.append(_tested(plans, threads))
                plans, entries = [], 0
        return Pairs.joined([*done, _tested(plans, threads)])

    def nearly_all(self, declarant: int, outcome: int, structural: BoolArray) -> IntArray:
        """A declarant's draws that are left out of a pair because the officer has nearly all of the work then.

        ``structural``: as in ``pairs``.
        """
        cells = [j for j in np.flatnonzero(structural[declarant]).tolist() if j != outcome]
        asked = self._asked_of(self._learnt(structural), declarant, cells)
        chance = asked.chance[asked.rows, self._column[outcome]]
        own = self._own(declarant)
        left = own[~np.isin(self._draws.outcome[own], cells) & ~np.isin(own, self.alone(declarant))]
        return np.asarray(left[np.isin(self._group[left], asked.groups[chance > NEARLY_ALL])])

    def alone(self, declarant: int) -> IntArray:
        """A declarant's draws in pools in which too few draws of others say how the officers share them."""
        own = self._own(declarant)
        return np.asarray(own[self._few(own)])

    def _few(self, own: IntArray) -> BoolArray:
        """Which of a declarant's draws those are."""
        if self.law == "even":
            # An even chance is known from the rule: nothing is learnt from anyone.
            return np.zeros(own.size, dtype=bool)
        by_part = np.bincount(self._part, weights=self._drawn, minlength=self._parts)
        asked = own[self._asked[own]]
        by_part -= np.bincount(self._part[self._group[asked]], minlength=self._parts)
        return np.asarray((by_part < FEWEST)[self._part[self._group[own]]])

    def _learnt(self, aside: BoolArray) -> _Learnt:
        """What the draws of those say who speak for the others."""
        silent = aside.any(axis=1) | self._odd
        others = self._others
        for b in np.flatnonzero(silent & ~self._odd).tolist():
            others = others - self._counted(self._own(b))
        start = self._fit(others, self._members, self._weights, STEPS)
        chance = self._chance(start, self._members, np.arange(len(self._members)))
        return _Learnt(silent, others, others.sum(axis=1), start, chance)

    def _own(self, declarant: int) -> IntArray:
        rows = self._rows[declarant]
        return rows[self.inside[rows]]

    def _asked_of(self, learnt: _Learnt, b: int, without: list[int]) -> _Asked:
        """One declarant's draws that went to no one in ``without``, and the law that the others' draws say."""
        own, members, drawn = self._own(b), self._members, learnt.drawn
        use = own[~self._few(own)]
        speaks = not learnt.silent[b]
        if speaks:
            drawn = drawn - np.bincount(self._group[own], minlength=drawn.size)

        def others() -> IntArray:
            return learnt.others - self._counted(own) if speaks else learnt.others

        if without:
            members, rest = members.copy(), others().copy()
            members[:, self._column[without]] = False
            rest[:, self._column[without]] = 0
            drawn = rest.sum(axis=1)
            use = use[~np.isin(self._draws.outcome[use], without)]
            again: IntArray | None = rest
        else:
            again = None
        groups, count = np.unique(self._group[use], return_counts=True)
        if again is None and self.law == "weights" and self._weighs(groups, count, drawn):
            again = others()
        if again is None:
            return _Asked(use, groups, count, drawn, learnt.weights, learnt.chance, groups)
        weights = self._fit(again, members, learnt.weights, AGAIN)
        chance = self._chance(weights, members, groups)
        return _Asked(use, groups, count, drawn, weights, chance, np.arange(groups.size))

    def _plan(self, learnt: _Learnt, b: int, wanted: list[int], without: list[int]) -> _Plan:
        """One declarant against the outcomes ``wanted``, without its draws that went to others."""
        from arusha.indicators import assignment_duty_kernel as kernel

        asked = self._asked_of(learnt, b, without)
        column, W = self._column[wanted], len(wanted)
        place = np.full(self._members.shape[1], -1)
        place[column] = np.arange(W)
        # Officers that no pool holds share a column, which no group has.
        size, lost, mine = np.zeros(W, dtype=np.int64), np.zeros(W, dtype=np.int64), np.zeros((self._parts, W))
        # Where an officer has nearly all of the work anyway, it says nothing about favour.
        chance, copies = kernel.listed(
            asked.groups,
            asked.rows,
            asked.count,
            self._part,
            self._begins,
            self._on_duty,
            place,
            asked.chance,
            NEARLY_ALL,
            size,
            lost,
            mine,
        )
        use = asked.use
        at = asked.rows[np.searchsorted(asked.groups, self._group[use])]
        counted = asked.chance[at, self._picked[use]] <= NEARLY_ALL
        outcome = self._draws.outcome[use[counted]]
        seen = np.bincount(outcome, minlength=len(self._draws.outcomes))[wanted]
        loose = np.zeros(W)
        if self.law == "weights" and W:
            barred = np.zeros(self._members.shape[1], dtype=np.int64)
            barred[self._column[without]] = 1
            E, V = np.zeros((self._parts, barred.size)), np.zeros((self._parts, barred.size))
            kernel.learnt_from(asked.drawn, self._part, self._begins, self._on_duty, barred, asked.weights, E, V)
            # The relative error of a weight is that of the picks it was learnt from, part by part.
            relative = np.sqrt(V[:, column] + 0.5) / np.maximum(E[:, column], 0.5)
            error = ((mine * relative) ** 2).sum(axis=0)
            # And officers' pace changes from month to month: the more, the fewer months the declarant's draws lie in.
            months = np.bincount(self._month[use]) / max(use.size, 1)
            error = error / np.maximum(mine.sum(axis=0), 1e-9) ** 2 + self._unsteady * np.sum(months**2)
            loose = np.minimum(np.sqrt(error), LOOSEST)
        n = int(asked.count.sum())
        return _Plan(b, np.array(wanted, dtype=np.int64), n, chance, copies, size, seen, loose, lost)

    def _weighs(self, groups: IntArray, count: IntArray, drawn: IntArray) -> bool:
        """Whether a declarant is so large a part of what the weights are learnt from that it must be left out."""
        own = np.bincount(self._part[groups], weights=count, minlength=self._parts)
        rest = np.bincount(self._part, weights=drawn, minlength=self._parts)
        return bool(np.any(own > SMALL_PART * rest))


def _agrees(feature: str, table: contrasts.Table) -> bool:
    """Whether a feature does not divide the officers beyond what the law says."""
    p, _ = contrasts.own(table)
    p = p[table.size >= FEWEST]
    if feature in ORDERED:
        cut_p, strength = contrasts.cuts(table, level_order(feature, table))
        p = np.concatenate([p, cut_p[np.isfinite(strength)]])
    return not (p.size and p.min() * p.size * 2 <= DIFFERS)


@dataclass(frozen=True)
class _Learnt:
    """What the law's weights were learnt from, and what they are."""

    silent: BoolArray
    """Declarants that do not speak for the others."""
    others: IntArray
    """Groups x officers: the draws of those who do."""
    drawn: IntArray
    """Groups: those draws."""
    weights: FloatArray
    chance: FloatArray
    """Groups x officers."""


@dataclass(frozen=True)
class _Asked:
    """One declarant's draws and the law that holds for them."""

    use: IntArray
    groups: IntArray
    count: IntArray
    """Its draws in each of the groups."""
    drawn: IntArray
    """Draws of others in every group, from which the weights were learnt."""
    weights: FloatArray
    chance: FloatArray
    """Chances by officer, in the row that ``rows`` names for each of the groups."""
    rows: IntArray


@dataclass(frozen=True)
class _Plan:
    """One declarant against some outcomes: chances and draws by group, what was seen, what was left out."""

    declarant: int
    outcome: IntArray
    n: int
    chance: FloatArray
    """The chances of all outcomes, one outcome after the other."""
    copies: IntArray
    """The draws that have each chance."""
    size: IntArray
    """Chances of each outcome."""
    seen: IntArray
    loose: FloatArray
    """Relative error of each outcome's weight."""
    anyway: IntArray


def _tested(plans: list[_Plan], threads: int) -> Pairs:
    if not plans:
        return Pairs.none()
    indptr = np.concatenate([[0], np.cumsum(np.concatenate([p.size for p in plans]))])
    chance, copy = (np.concatenate([getattr(p, name) for p in plans]) for name in ("chance", "copies"))
    seen = np.concatenate([p.seen for p in plans]).astype(np.int64)
    loose = np.concatenate([p.loose for p in plans])
    found = upper_tail(seen, chance, indptr, copies=copy, threads=threads)
    p = _sharpened(found.p, seen, chance, indptr, copy, loose, threads)
    each = [q.outcome.size for q in plans]
    lost = np.concatenate([q.anyway for q in plans]).astype(np.int64)
    n = np.repeat([q.n for q in plans], each).astype(np.int64) - lost
    return Pairs(
        declarant=np.repeat([q.declarant for q in plans], each).astype(np.int64),
        outcome=np.concatenate([q.outcome for q in plans]),
        n=n,
        compared=n.astype(np.float64),
        observed=seen,
        expected=found.expected,
        variance=found.variance,
        p=np.where(found.variance > 0, p, np.nan),
        anyway=lost,
        loose=np.where(found.expected > 0, loose, 0.0),
    )


def _sharpened(
    p: FloatArray,
    seen: IntArray,
    chance: FloatArray,
    indptr: IntArray,
    copies: IntArray,
    loose: FloatArray,
    threads: int,
) -> FloatArray:
    """Small tails averaged over what the officer's weight may be (log-normal, by Gauss-Hermite nodes)."""
    small = np.flatnonzero((p < SURE) & (loose > 0))
    if small.size == 0:
        return p
    out = p.copy()
    size = np.diff(indptr)[small]
    rows = np.concatenate([np.arange(indptr[k], indptr[k + 1]) for k in small])
    part = np.concatenate([[0], np.cumsum(size)])
    odds = chance[rows] / np.maximum(1 - chance[rows], 1e-12)
    spread = np.repeat(loose[small], size)
    total = np.zeros(small.size)
    for node, weight in zip(NODES.tolist(), CHANCES.tolist(), strict=True):
        moved = odds * np.exp(node * spread)
        law = np.where(chance[rows] < 1, moved / (1 + moved), 1.0)
        total += weight * upper_tail(seen[small], law, part, copies=copies[rows], threads=threads).p
    out[small] = np.minimum(total, 1.0)
    return out
