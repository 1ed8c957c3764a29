"""Where the records say who was on duty: exact Poisson-binomial tails over the officers who could have been picked.

Two laws are tried. An *even* chance, where the rule in force declares a random pick. Else *weights*: each officer on
duty is picked in proportion to a weight of its own (in each inferred pool another), which is learnt from the other
declarants' draws (Luce 1959; minorise-maximise steps of Hunter 2004) and whose uncertainty the tail carries. Neither is
taken on trust: whether the office keeps to a law is asked of the draws of all *other* declarants, so that the choice of
the test is made before the pair is looked at and one declarant's scheme cannot change it. Where none holds, fixed
margins are used.
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
from arusha.indicators.assignment_pairs import NEARLY_ALL, Pairs
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
        order = np.argsort(draws.declarant, kind="stable")
        begins = np.searchsorted(draws.declarant[order], np.arange(len(draws.declarants) + 1))
        self._rows = [order[a:e] for a, e in itertools.pairwise(begins)]
        self._first_day = int(draws.day.min()) if len(draws) else 0
        ones = np.ones((self._parts, self._members.shape[1]))
        self._weights = self._fit(self._counted(np.flatnonzero(self.inside)), self._members, ones, STEPS)
        odd = np.array([self._stands_out(rows) for rows in self._rows], dtype=bool)
        self._odd = odd
        self._asked = known & ~odd[draws.declarant]
        use = np.flatnonzero(self._asked & self.inside)
        self._others = self._counted(use)
        self._weights = self._fit(self._others, self._members, self._weights, STEPS)
        self._all = self._by_month(use)
        self._outside = int(np.sum(self._asked & ~self.inside)), int(np.sum(self._asked))
        self._steady = self._days_agree(use)
        self._tables = self._by_feature(use) if self._steady else {}
        self._plain = self._steady and self._features_agree(self._tables)

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

    def _expected(self, group: IntArray) -> tuple[FloatArray, FloatArray]:
        """Expected picks of each officer, and their variance, over draws of these groups."""
        groups, count = np.unique(group, return_counts=True)
        chance = self._chance(self._weights, self._members, groups)
        return count @ chance, count @ (chance * (1 - chance))

    # --- does the office keep to it ------------------------------------------------------------------------------

    def _stands_out(self, rows: IntArray) -> bool:
        """Whether a declarant is so far from its share with some officer that it must not speak for the office."""
        use = rows[self.inside[rows]]
        if use.size < ODD_EXCESS:
            return False
        expected, variance = self._expected(self._group[use])
        gap = np.bincount(self._picked[use], minlength=expected.size) - expected
        return bool(np.any((gap >= ODD_EXCESS) & (gap > ODD * np.sqrt(np.maximum(variance, 1.0)))))

    def _by_month(self, use: IntArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Months x officers: picks, their expectation and variance."""
        C = self._members.shape[1]
        month = (self._draws.day - self._first_day) // MONTH
        T = int(month.max(initial=0)) + 1
        picks = np.bincount(month[use] * C + self._picked[use], minlength=T * C).reshape(T, C).astype(float)
        expected, variance = np.zeros((T, C)), np.zeros((T, C))
        for t, rows in _parts_of(month[use], T):
            expected[t], variance[t] = self._expected(self._group[use[rows]])
        return picks, expected, variance

    def _days_agree(self, use: IntArray) -> bool:
        """Whether officers' totals by day scatter as the law lets them."""
        if use.size == 0:
            return False
        C = self._members.shape[1]
        day = self._draws.day[use] - self._first_day
        squares = np.zeros(3)
        for _, rows in _parts_of(day, int(day.max()) + 1):
            E, V = self._expected(self._group[use[rows]])
            N = np.bincount(self._picked[use[rows]], minlength=C)
            w = np.where(V > 0, 1 / (V + 1), 0.0)
            more = np.clip(rows.size / max(V.sum(), 1e-12), 1, 2)  # as assignment_kernel.together
            squares += [np.sum(w * (N - E) ** 2), np.sum(w * V), more * np.sum(w * w * (2 * V * V + V))]
        return bool(contrasts.tail(squares)[0] > BY_DAY)

    def _by_feature(
        self, use: IntArray, asked: Collection[str] | None = None
    ) -> dict[tuple[str, str], contrasts.Table]:
        """By feature and resolution: picks by level beyond what the law expects.

        ``asked``: only these features, over the whole period.
        """
        draws, C = self._draws, self._members.shape[1]
        picked = self._picked[use]
        groups, local = np.unique(self._group[use], return_inverse=True)
        chance = self._chance(self._weights, self._members, groups)
        spare = chance * (1 - chance)
        week = week_of(draws.day) - week_of(np.array([self._first_day]))[0]
        spans = {"whole": (np.zeros(use.size, dtype=np.int64), 1), "week": (week[use], int(week.max(initial=0)) + 1)}
        found = {}
        for resolution, (span, T) in spans.items():
            if resolution == "week" and asked is not None:
                continue
            # Each span's draws, the groups among them, and which of those each draw is in.
            parts = [(t, rows, *np.unique(local[rows], return_inverse=True)) for t, rows in _parts_of(span, T)]
            for feature in features_of(draws):
                if (asked is not None and feature not in asked) or (resolution == "week" and feature == "heading"):
                    continue
                level, L = filled(draws, feature)[use], level_count(draws, feature)
                A = np.bincount((level * T + span) * C + picked, minlength=L * T * C).reshape(L, T, C).astype(float)
                V, n = np.zeros((L, T, C)), np.zeros((L, T))
                for t, rows, here, at in parts:
                    drawn = np.bincount(level[rows] * here.size + at, minlength=L * here.size).astype(float)
                    drawn = drawn.reshape(L, here.size)
                    A[:, t] -= drawn @ chance[here]
                    V[:, t], n[:, t] = drawn @ spare[here], drawn.sum(axis=1)
                found[feature, resolution] = contrasts.Table(A, V, V, n)
        return found

    def _features_agree(self, tables: dict[tuple[str, str], contrasts.Table]) -> bool:
        """Whether no feature divides the officers beyond what the law says."""
        for (feature, _), table in tables.items():
            p, _ = contrasts.own(table)
            p = p[table.size >= FEWEST]
            if feature in ORDERED:
                cut_p, strength = contrasts.cuts(table, level_order(feature, table))
                p = np.concatenate([p, cut_p[np.isfinite(strength)]])
            if p.size and p.min() * p.size * 2 <= DIFFERS:
                return False
        return True

    def kept_without(self, declarant: int, matters: Collection[str] = ()) -> bool:
        """Whether the draws of the other declarants agree with the law, and are enough to tell.

        Declarants that stand out by themselves do not speak for the office: they are tested, not asked. ``matters``:
        features in which the declarant has so large a part that they are looked at again without it.
        """
        if not self._steady:
            return False
        mine = self._rows[declarant]
        mine = mine[self._known[mine]]
        own_outside = int(np.sum(~self.inside[mine]))
        asked = mine[self._asked[mine]]
        outside = self._outside[0] - int(np.sum(~self.inside[asked]))
        known = self._outside[1] - asked.size
        if min(known, mine.size) == 0 or outside > OFF_DUTY * known or own_outside > OFF_DUTY * mine.size:
            return False
        use = asked[self.inside[asked]]
        N, E, V = (a - o for a, o in zip(self._all, self._by_month(use), strict=True))
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
        own = self._by_feature(use, matters)
        rest = {k: self._tables[k].minus(own[k]) if k in own else t for k, t in self._tables.items()}
        return self._features_agree({k: t for k, t in rest.items() if k in own or k[0] not in matters})

    # --- the test ------------------------------------------------------------------------------------------------

    def pairs(self, declarants: Sequence[int], structural: BoolArray | None = None, threads: int = 1) -> Pairs:
        """Exact upper tails for every officer and each of the declarants.

        ``structural``: declarants x outcomes set aside. Their declarants do not speak for the others; a declarant with
        some is tested over the officers that are not, and each of them without the others.
        """
        C = len(self._draws.outcomes)
        aside = np.zeros((len(self._draws.declarants), C), dtype=bool) if structural is None else structural
        silent, others, start = self._learnt(aside)
        plans = []
        for b in declarants:
            cells = np.flatnonzero(aside[b]).tolist()
            rest = others if silent[b] else others - self._counted(self._own(b))
            plans += [self._plan(b, rest, start, [i], [j for j in cells if j != i]) for i in cells]
            plans.append(self._plan(b, rest, start, [i for i in range(C) if i not in cells], cells))
        return _tested(plans, threads)

    def nearly_all(self, declarant: int, outcome: int, structural: BoolArray) -> IntArray:
        """A declarant's draws that are left out of a pair because the officer has nearly all of the work then.

        ``structural``: as in ``pairs``.
        """
        silent, others, start = self._learnt(structural)
        own = self._own(declarant)
        rest = others if silent[declarant] else others - self._counted(own)
        cells = [j for j in np.flatnonzero(structural[declarant]).tolist() if j != outcome]
        groups = self._plan(declarant, rest, start, [outcome], cells).nearly_all[0]
        left = own[~np.isin(self._draws.outcome[own], cells) & ~np.isin(own, self.alone(declarant))]
        return np.asarray(left[np.isin(self._group[left], groups)])

    def alone(self, declarant: int) -> IntArray:
        """A declarant's draws in pools in which too few draws of others say how the officers share them."""
        own = self._own(declarant)
        by_part = np.bincount(self._part, weights=self._others.sum(axis=1), minlength=self._parts)
        asked = own[self._asked[own]]
        by_part -= np.bincount(self._part[self._group[asked]], minlength=self._parts)
        few = by_part < FEWEST
        # An even chance is known from the rule: nothing is learnt from anyone.
        return own[:0] if self.law == "even" else np.asarray(own[few[self._part[self._group[own]]]])

    def _learnt(self, aside: BoolArray) -> tuple[BoolArray, IntArray, FloatArray]:
        """Who does not speak for the others, the draws of those who do (groups x officers), and their weights."""
        silent = aside.any(axis=1) | self._odd
        others = self._others
        for b in np.flatnonzero(silent & ~self._odd).tolist():
            others = others - self._counted(self._own(b))
        return silent, others, self._fit(others, self._members, self._weights, STEPS)

    def _own(self, declarant: int) -> IntArray:
        rows = self._rows[declarant]
        return rows[self.inside[rows]]

    def _plan(self, b: int, others: IntArray, start: FloatArray, wanted: list[int], without: list[int]) -> _Plan:
        """One declarant's draws that went to no one in ``without``, and the chances of the outcomes ``wanted``."""
        members, use = self._members, np.setdiff1d(self._own(b), self.alone(b))
        if without:
            members, others = members.copy(), others.copy()
            members[:, self._column[without]] = False
            others[:, self._column[without]] = 0
            use = use[~np.isin(self._draws.outcome[use], without)]
        groups, count = np.unique(self._group[use], return_counts=True)
        weights = self._fit(others, members, start, AGAIN) if without or self._weighs(groups, count, others) else start
        column = self._column[wanted]
        chance = self._chance(weights, members, groups)[:, column]
        # Where an officer has nearly all of the work anyway, it says nothing about favour.
        anyway = chance > NEARLY_ALL
        C = len(self._draws.outcomes)
        at = np.searchsorted(groups, self._group[use])
        met = np.bincount(at * C + self._draws.outcome[use], minlength=groups.size * C).reshape(groups.size, C)
        seen = np.where(anyway, 0, met[:, wanted]).sum(axis=0)
        lost = count @ anyway
        chance = np.where(anyway, 0.0, chance)
        loose = np.zeros(len(wanted))
        if self.law == "weights":
            # The relative error of a weight is that of the picks it was learnt from, part by part.
            error = np.zeros(len(wanted))
            for part in np.unique(self._part[groups]).tolist():
                here = self._part[groups] == part
                near = np.flatnonzero((self._part == part) & (others.sum(axis=1) > 0))
                law, due = self._chance(weights, members, near)[:, column], others[near].sum(axis=1)
                relative = np.sqrt(due @ (law * (1 - law)) + 0.5) / np.maximum(due @ law, 0.5)
                error += (count[here] @ chance[here] * relative) ** 2
            loose = np.minimum(np.sqrt(error) / np.maximum(count @ chance, 1e-9), LOOSEST)
        nearly_all = [groups[a] for a in anyway.T]
        return _Plan(b, np.array(wanted, dtype=np.int64), count, chance, seen, loose, lost, nearly_all)

    def _weighs(self, groups: IntArray, count: IntArray, others: IntArray) -> bool:
        """Whether a declarant is so large a part of what the weights are learnt from that it must be left out."""
        own = np.bincount(self._part[groups], weights=count, minlength=self._parts)
        rest = np.bincount(self._part, weights=others.sum(axis=1), minlength=self._parts)
        return bool(np.any(own > SMALL_PART * rest))


def _parts_of(code: IntArray, count: int) -> list[tuple[int, IntArray]]:
    """Each code that occurs, with its places."""
    order = np.argsort(code, kind="stable")
    begins = np.searchsorted(code[order], np.arange(count + 1))
    return [(t, order[begins[t] : begins[t + 1]]) for t in range(count) if begins[t] < begins[t + 1]]


@dataclass(frozen=True)
class _Plan:
    """One declarant against some outcomes: draws and chances by group, what was seen, what was left out."""

    declarant: int
    outcome: IntArray
    count: IntArray
    chance: FloatArray
    seen: IntArray
    loose: FloatArray
    """Relative error of each outcome's weight."""
    anyway: IntArray
    nearly_all: list[IntArray]
    """Groups left out, one array an outcome."""


def _tested(plans: list[_Plan], threads: int) -> Pairs:
    if not plans:
        return Pairs.none()
    chances, copies, sizes = [], [], []
    for plan in plans:
        i, g = np.nonzero(plan.chance.T > 0)
        chances.append(plan.chance[g, i])
        copies.append(plan.count[g])
        sizes.append(np.bincount(i, minlength=plan.outcome.size))
    indptr = np.concatenate([[0], np.cumsum(np.concatenate(sizes))])
    chance, copy = np.concatenate(chances), np.concatenate(copies)
    seen = np.concatenate([p.seen for p in plans]).astype(np.int64)
    loose = np.concatenate([p.loose for p in plans])
    found = upper_tail(seen, chance, indptr, copies=copy, threads=threads)
    p = _sharpened(found.p, seen, chance, indptr, copy, loose, threads)
    each = [q.outcome.size for q in plans]
    lost = np.concatenate([q.anyway for q in plans]).astype(np.int64)
    n = np.repeat([int(q.count.sum()) for q in plans], each).astype(np.int64) - lost
    pairs = Pairs(
        declarant=np.repeat([q.declarant for q in plans], each).astype(np.int64),
        outcome=np.concatenate([q.outcome for q in plans]),
        n=n,
        compared=n.astype(np.float64),
        observed=seen,
        expected=found.expected,
        variance=found.variance,
        p=np.where(found.variance > 0, p, np.nan),
        anyway=lost,
    )
    return Pairs.joined([pairs])


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
