"""Pairs against the law of who is picked among the officers on duty: Poisson-binomial tails.

A law of weights is learnt from the other declarants' draws, and the tail carries what the weights may be wrong by.
Declarants with a pair set aside speak no more for the others: their draws are left out of what weights are learnt from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from arusha.indicators.assignment_crews import Seen
from arusha.indicators.assignment_draws import BoolArray, IntArray
from arusha.indicators.assignment_duty import STEPS, Duty
from arusha.indicators.assignment_pairs import NEARLY_ALL, Pairs

FloatArray = NDArray[np.float64]

AGAIN = 8
"""Steps of a fit that begins near its end."""
SMALL_PART = 0.02
"""Share of the others' draws up to which a declarant does not move the weights."""
LOOSEST = 2.0
"""Relative error of a weight beyond which nothing is known of it."""
SURE = 0.2
"""Tails above this are not sharpened for the uncertainty of the weights: it could not make them small."""
NODES, CHANCES = np.polynomial.hermite_e.hermegauss(7)
CHANCES = CHANCES / CHANCES.sum()


def pairs(
    duty: Duty,
    declarants: Sequence[int],
    structural: BoolArray | None = None,
    threads: int = 1,
    only: Mapping[int, IntArray] | None = None,
) -> Pairs:
    """Upper tails for the officers and each of the declarants.

    Parameters
    ----------
    structural
        Declarants x outcomes set aside. Their declarants do not speak for the others; a declarant with some is tested
        over the officers that are not, and each of them without the others.
    only
        For each declarant the outcomes that are wanted; all without it.
    """
    C = duty.column.size
    aside = np.zeros((duty.odd.size, C), dtype=bool) if structural is None else structural
    learnt = _Learnt.of(duty, aside)
    asked: list[tuple[int, IntArray, list[int]]] = []
    for b in declarants:
        cells = np.flatnonzero(aside[b]).tolist()
        wanted = np.arange(C) if only is None else only[b]
        asked += [(b, np.array([i]), [j for j in cells if j != i]) for i in cells if only is None or i in wanted]
        asked.append((b, np.setdiff1d(wanted, cells, assume_unique=True), cells))
    if threads <= 1 or len(asked) < 2 * threads:
        return Pairs.joined([learnt.tested(*one) for one in asked])
    with ThreadPoolExecutor(threads) as workers:
        return Pairs.joined(list(workers.map(lambda one: learnt.tested(*one), asked)))


def averaged_tail(
    duty: Duty, declarant: int, outcome: int, structural: BoolArray, log_odds: FloatArray, weights: FloatArray
) -> float:
    """The upper tail of one pair, averaged over log odds that multiply its chance in each draw.

    ``structural``: as in ``pairs``. ``log_odds``: rising; ``weights``: one each. 1 where nothing is left to chance.
    """
    from arusha.inference import poisson_binomial_kernel as law_kernel

    without = [j for j in np.flatnonzero(structural[declarant]).tolist() if j != outcome]
    law = _Learnt.of(duty, structural).law_for(declarant, without)
    each = law.chance_of(duty, np.full(law.use.size, duty.column[outcome]))
    counted = law.chance_of(duty, duty.picked[law.use]) <= NEARLY_ALL
    seen = np.array([np.count_nonzero(duty.outcome[law.use[counted]] == outcome)])
    chance, copies = np.unique(each[(each > 0) & (each <= NEARLY_ALL)], return_counts=True)
    if not chance.size:
        return 1.0
    out, nodes = np.empty(1), (log_odds[::-1].copy(), weights[::-1].copy())
    law_kernel.averaged_tails(chance, copies, np.array([0, chance.size]), seen, np.ones(1), *nodes, out)
    return float(out[0])


def nearly_all(duty: Duty, declarant: int, outcome: int, structural: BoolArray) -> IntArray:
    """A declarant's draws that are left out of a pair because the officer has nearly all of the work then.

    ``structural``: as in ``pairs``.
    """
    cells = [j for j in np.flatnonzero(structural[declarant]).tolist() if j != outcome]
    law = _Learnt.of(duty, structural).law_for(declarant, cells)
    officer = np.full(law.use.size, duty.column[outcome])
    return np.asarray(law.use[law.chance_of(duty, officer) > NEARLY_ALL])


@dataclass(frozen=True)
class _Law:
    """One declarant's draws and the law that holds for them."""

    use: IntArray
    """Draws."""
    groups: IntArray
    count: IntArray
    """Its draws in each of the groups."""
    first: IntArray
    """Where the chances of each of the groups begin in ``chance``."""
    chance: FloatArray
    due: FloatArray
    """Parts x officers: what is expected of the draws from which the weights were learnt."""
    spread: FloatArray
    """And its variance."""

    def chance_of(self, duty: Duty, officer: IntArray) -> FloatArray:
        """The chance of an officer (a column) in each of the declarant's draws; 0 where it was not on duty."""
        from arusha.indicators import assignment_duty_kernel as kernel

        at = np.searchsorted(self.groups, duty.group[self.use])
        out = np.zeros(self.use.size)
        crews = duty.crews
        kernel.chance_of(self.groups[at], self.first[at], officer, crews.begins, crews.members, self.chance, out)
        return out


@dataclass(frozen=True)
class _Learnt:
    """What the law's weights were learnt from, and what they are."""

    duty: Duty
    silent: BoolArray
    """Declarants that do not speak for the others."""
    seen: Seen
    """The draws of those who do."""
    weights: FloatArray
    chance: FloatArray
    """Of each member of each group."""
    due: FloatArray
    """Parts x officers: what is expected of those draws."""
    spread: FloatArray
    """And its variance."""
    by_part: FloatArray
    """Those draws by part."""

    @staticmethod
    def of(duty: Duty, aside: BoolArray) -> _Learnt:
        silent = aside.any(axis=1) | duty.odd
        seen, crews = duty.seen, duty.crews
        for b in np.flatnonzero(silent & ~duty.odd).tolist():
            own = duty.own(b)
            seen = seen.less(crews.seen(duty.group[own], duty.picked[own]))
        weights = duty.fitted(seen, duty.weights, STEPS)
        chance, _ = crews.chances(weights)
        due, spread = _expected(duty, weights, np.arange(crews.part.size), seen.drawn, crews.nobody)
        return _Learnt(duty, silent, seen, weights, chance, due, spread, crews.by_part(seen.drawn))

    def law_for(self, b: int, without: list[int]) -> _Law:
        """A declarant's draws that went to no one in ``without``, and the law that the others' draws say."""
        duty, crews = self.duty, self.duty.crews
        own = duty.own(b)
        use = own[~duty.few(own)]
        if without:
            use = use[~np.isin(duty.outcome[use], without)]
        groups, count = np.unique(duty.group[use], return_counts=True)
        mine = crews.seen(duty.group[own], duty.picked[own])
        speaks = not self.silent[b]
        if not without and not (duty.law == "weights" and self._weighs(groups, count, mine, speaks)):
            less_due, less_spread = np.zeros_like(self.due), np.zeros_like(self.due)
            if speaks:
                theirs, each = np.unique(duty.group[own], return_counts=True)
                less_due, less_spread = _expected(duty, self.weights, theirs, each, crews.nobody)
            due, spread = (np.maximum(a - o, 0.0) for a, o in ((self.due, less_due), (self.spread, less_spread)))
            return _Law(use, groups, count, crews.begins[groups], self.chance, due, spread)
        barred = crews.nobody
        barred[duty.column[without]] = True
        others = self.seen.less(mine) if speaks else self.seen
        if without:
            # Draws of others that went to those officers, who are out.
            rows = duty.speak[barred[duty.picked[duty.speak]] & ~self.silent[duty.declarant[duty.speak]]]
            rows = rows[duty.declarant[rows] != b]
            drawn = others.drawn - np.bincount(duty.group[rows], minlength=others.drawn.size)
            others = Seen(drawn, np.where(barred, 0, others.picks))
        weights = duty.fitted(others, self.weights, AGAIN, barred)
        chance, first = crews.chances(weights, groups, barred)
        every = np.flatnonzero(others.drawn > 0)
        due, spread = _expected(duty, weights, every, others.drawn[every], barred)
        return _Law(use, groups, count, first, chance, due, spread)

    def _weighs(self, groups: IntArray, count: IntArray, mine: Seen, speaks: bool) -> bool:
        """Whether a declarant is so large a part of what the weights are learnt from that it must be left out."""
        crews = self.duty.crews
        own = np.bincount(crews.part[groups], weights=count, minlength=crews.parts)
        rest = self.by_part - crews.by_part(mine.drawn) if speaks else self.by_part
        return bool(np.any(own > SMALL_PART * rest))

    def tested(self, b: int, wanted: IntArray, without: list[int]) -> Pairs:
        """One declarant against the outcomes ``wanted``, without its draws that went to others."""
        from arusha.indicators import assignment_duty_kernel as kernel
        from arusha.inference import poisson_binomial_kernel as law_kernel

        duty, crews = self.duty, self.duty.crews
        law = self.law_for(b, without)
        column, W = duty.column[wanted], wanted.size
        # Officers that no pool holds share a column, which no group has.
        place = np.full(crews.officers, -1)
        place[column] = np.arange(W)
        size, lost, mine = np.zeros(W, dtype=np.int64), np.zeros(W, dtype=np.int64), np.zeros((crews.parts, W))
        groups = law.groups, law.first, law.count, crews.part, crews.begins, crews.members
        cumulants = np.zeros((5, W))
        # Where an officer has nearly all of the work anyway, it says nothing about favour.
        kernel.cumulants(*groups, place, law.chance, NEARLY_ALL, size, lost, mine, cumulants)
        counted = law.chance_of(duty, duty.picked[law.use]) <= NEARLY_ALL
        seen = np.bincount(duty.outcome[law.use[counted]], minlength=duty.column.size)[wanted]
        loose = self._error(law, column, mine) if duty.law == "weights" else np.zeros(W)
        p = np.empty(W)
        kernel.near_the_mean(seen, cumulants, p)
        again = np.isnan(p) | ((p < SURE) & (loose > 0))
        if again.any():
            which = np.flatnonzero(again)
            place = np.full(crews.officers, -1)
            place[column[which]] = np.arange(which.size)
            indptr = np.concatenate([[0], np.cumsum(size[which])])
            chance, copies = np.empty(int(indptr[-1])), np.empty(int(indptr[-1]), dtype=np.int64)
            kernel.listed(*groups, place, law.chance, NEARLY_ALL, indptr[:-1].copy(), chance, copies)
            quick = np.empty(which.size)
            law_kernel.quick_tails(chance, copies, indptr, seen[which], 0, which.size, quick)
            sharp = np.flatnonzero((quick < SURE) & (loose[which] > 0))
            quick[sharp] = _sharpened(seen[which], chance, indptr, copies, loose[which], sharp)
            p[which] = quick
        n = np.full(W, int(law.count.sum())) - lost
        return Pairs(
            declarant=np.full(W, b),
            outcome=wanted,
            n=n,
            compared=n.astype(np.float64),
            observed=seen,
            expected=cumulants[0],
            variance=cumulants[1],
            p=np.where(cumulants[1] > 0, p, np.nan),
            anyway=lost,
            loose=np.where(cumulants[0] > 0, loose, 0.0),
        )

    def _error(self, law: _Law, column: IntArray, mine: FloatArray) -> FloatArray:
        """The relative error of each officer's expected number. ``mine``: parts x officers, of the declarant."""
        # The relative error of a weight is that of the picks it was learnt from, part by part.
        relative = np.sqrt(law.spread[:, column] + 0.5) / np.maximum(law.due[:, column], 0.5)
        error = ((mine * relative) ** 2).sum(axis=0)
        # And officers' pace changes from month to month: the more, the fewer months the declarant's draws lie in.
        months = np.bincount(self.duty.month[law.use]) / max(law.use.size, 1)
        error = error / np.maximum(mine.sum(axis=0), 1e-9) ** 2 + self.duty.unsteady * np.sum(months**2)
        return np.asarray(np.minimum(np.sqrt(error), LOOSEST))


def _expected(
    duty: Duty, weights: FloatArray, groups: IntArray, drawn: IntArray, barred: BoolArray
) -> tuple[FloatArray, FloatArray]:
    """Parts x officers: the expectation of ``drawn`` draws of each of the groups, and its variance."""
    from arusha.indicators import assignment_duty_kernel as kernel

    crews = duty.crews
    E, V = crews.even() * 0.0, crews.even() * 0.0
    if duty.law == "weights":  # of an even chance nothing is learnt
        kernel.learnt_from(groups, drawn, crews.part, crews.begins, crews.members, barred, weights, E, V)
    return E, V


def _sharpened(
    seen: IntArray, chance: FloatArray, indptr: IntArray, copies: IntArray, loose: FloatArray, sharp: IntArray
) -> FloatArray:
    """Tails of the units ``sharp`` averaged over what the officer's weight may be (log-normal, Gauss-Hermite nodes)."""
    from arusha.inference import poisson_binomial_kernel as law_kernel

    size = np.diff(indptr)[sharp]
    part = np.concatenate([[0], np.cumsum(size)])
    rows = np.arange(part[-1]) + np.repeat(indptr[sharp] - part[:-1], size)
    out = np.empty(sharp.size)
    law_kernel.averaged_tails(
        chance[rows], copies[rows], part, seen[sharp], loose[sharp], NODES[::-1].copy(), CHANCES[::-1].copy(), out
    )
    return out
