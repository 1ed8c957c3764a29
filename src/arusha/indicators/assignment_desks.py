"""Desks that no rule declares: officers whom several declarants share, learnt without the declarant asked about.

A desk for a language, a terminal or a kind of trader serves many; so does a ring, its partners. What tells a desk is
that declarants who have nothing to do with one another meet *the same officers* far more than others do. It is looked
for among all declarants, those too small for a test of their own among them: a desk serves small ones too. Where the
whole office is parted into such teams, most declarants are served by several, and officers show who goes with whom.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy import special

from arusha.indicators import assignment_duty_pairs as duty_pairs
from arusha.indicators.assignment_batches import CLEAR
from arusha.indicators.assignment_contrasts import DIFFERS
from arusha.indicators.assignment_draws import UNKNOWN, BoolArray, IntArray
from arusha.indicators.assignment_duty import Duty
from arusha.indicators.assignment_office import Prepared, duty_of
from arusha.indicators.assignment_pairs import Block, Pairs, counts, one_table, tails
from arusha.indicators.assignment_pools import infer
from arusha.indicators.assignment_strata import strata
from arusha.inference.multiplicity import adjust

FloatArray = NDArray[np.float64]

FEWEST_SHARING = 4
"""Declarants that must share the officers, the one asked about among them. With two or three a ring is as near at hand
as a desk; the more there are, the more would have to be in it."""
FEWEST_OFFICERS = 2
"""One officer whom several declarants meet is what the question asks about: a desk is manned through a year by more."""
FEWEST_DRAWS = 5
"""Draws from which a declarant can show whose desk it is served at."""
LOOKS = 2
"""Times that officers are learnt from declarants, and those from the officers."""


@dataclass(frozen=True)
class Desk:
    """Officers, and the declarants that share them; both rising."""

    officers: tuple[int, ...]
    declarants: tuple[int, ...]


class Desks:
    """The desks of one office, asked for declarant by declarant."""

    def __init__(self, office: Prepared, held: BoolArray, rate: float) -> None:
        """``held``: declarants that do not speak for the office (with a pair set aside)."""
        draws = office.draws
        self._office, self._held, self._rate = office, held, rate
        cut = strata(draws, office.pools)
        every = np.arange(len(draws))
        self._block = Block(cut.code, cut.count, draws.declarant, draws.outcome, every[:0], every)
        self._size = np.bincount(draws.declarant, minlength=len(draws.declarants))

    @cached_property
    def _apart(self) -> FloatArray:
        """Declarants x officers: draws above what is expected, in standard deviations; 0 where nothing is known."""
        B, C = len(self._office.draws.declarants), len(self._office.draws.outcomes)
        asked = np.flatnonzero(self._size >= FEWEST_DRAWS)
        found = counts(replace(self._block, tested=asked), C)
        out = np.zeros((B, C))
        known = found.variance > 0
        gap = (found.observed - found.expected)[known] / np.sqrt(found.variance[known])
        out[found.declarant[known], found.outcome[known]] = gap
        return out

    def team(self, declarant: int, officer: int) -> Desk | None:
        """The officers who go together with one in all of the office, and who meets them more often than is due.

        Officers go together where many of the other declarants meet the one often where they meet the other often: who
        has goods at several terminals is served by several teams, and no single declarant need be far from its share.
        One vote a declarant, weighed by how far its files are from chance, so that no few of them can carry the sum
        against its own length (as ``assignment_batches``).
        """
        apart = self._apart.copy()
        apart[declarant] = 0.0
        length = np.sqrt(np.mean(apart**2, axis=1))
        vote = apart * apart[:, [officer]] / np.maximum(length, 1.0)[:, None]
        clear = max(CLEAR, special.ndtri(1 - DIFFERS / max(apart.shape[1] - 1, 1)))
        together = vote.sum(axis=0) > clear * np.sqrt(np.sum(vote**2, axis=0))
        together[officer] = True
        officers = np.flatnonzero(together)
        met = apart[:, officers].sum(axis=1) > 0
        met[declarant] = True
        if officers.size < FEWEST_OFFICERS or met.sum() < FEWEST_SHARING:
            return None
        return Desk(tuple(officers.tolist()), tuple(np.flatnonzero(met).tolist()))

    def of(self, declarant: int, officers: IntArray) -> Desk | None:
        """The desk at which a declarant may be served whose draws stand out at ``officers``; None where there is none.

        The declarant's own draws have no part in it but for the officers that are begun with.
        """
        asked = np.flatnonzero(self._size >= FEWEST_DRAWS)
        asked = asked[asked != declarant]
        held = self._held.copy()
        held[declarant] = True
        sharing = asked[:0]
        for _ in range(LOOKS):
            sharing = self._sharing(asked, officers, held)
            if sharing.size + 1 < FEWEST_SHARING:
                return None
            officers = self._officers(sharing, held)
            if officers.size < FEWEST_OFFICERS:
                return None
        sharing = self._several(sharing, officers)
        if sharing.size + 1 < FEWEST_SHARING:
            return None
        return Desk(tuple(officers.tolist()), tuple(sorted([declarant, *sharing.tolist()])))

    def written(self, team: IntArray, officer: int) -> Desk | None:
        """The team of an officer where the records tell teams; anybody's files may come to it."""
        if team[officer] == UNKNOWN:
            return None
        everybody = tuple(range(len(self._office.draws.declarants)))
        return Desk(tuple(np.flatnonzero(team == team[officer]).tolist()), everybody)

    def _sharing(self, asked: IntArray, officers: IntArray, held: BoolArray) -> IntArray:
        """Those of the declarants asked whose draws fell to the officers more often than chance lets them."""
        at_desk = np.isin(self._block.outcome, officers).astype(np.int64)
        found = self._tails(replace(self._block, outcome=at_desk, tested=asked), 2, np.array([True, False]), held)
        q = adjust(found.p, "holm")
        return np.asarray(
            found.declarant[(np.nan_to_num(q, nan=1.0) <= self._rate) & (found.observed > found.expected)]
        )

    def _officers(self, sharing: IntArray, held: BoolArray) -> IntArray:
        """Officers to whom the draws of those declarants, taken together, fell more often than chance lets them."""
        C = len(self._office.draws.outcomes)
        found = self._tails(replace(self._block, tested=sharing), C, np.zeros(C, dtype=bool), held)
        gap, variance = (
            np.bincount(found.outcome, weights=values, minlength=C)
            for values in (found.observed - found.expected, found.variance)
        )
        z = gap / np.sqrt(np.maximum(variance, 1e-12))
        return np.flatnonzero((variance > 0) & (special.ndtr(-z) * C <= self._rate))

    def _several(self, sharing: IntArray, officers: IntArray) -> IntArray:
        """Those of the declarants who met more than one of the officers: the desk, not one of those at it."""
        draws = self._office.draws
        met = np.zeros((len(draws.declarants), len(draws.outcomes)), dtype=bool)
        met[draws.declarant, draws.outcome] = True
        return np.asarray(sharing[met[sharing][:, officers].sum(axis=1) >= FEWEST_OFFICERS])

    @staticmethod
    def _tails(block: Block, outcomes: int, ignored: BoolArray, held: BoolArray) -> Pairs:
        none = np.zeros((held.size, outcomes), dtype=bool)
        return tails(block, outcomes, none, ignored, also_held=held)

    def within(self, desk: Desk, declarant: int) -> Pairs:
        """The declarant's pairs with the desk's officers among the draws that the desk gave to those who share it."""
        outside, aside, law = self._at(desk, declarant)
        if isinstance(law, Duty):
            found = duty_pairs.pairs(law, [declarant], aside)
            return found.where(~outside[found.outcome])
        return self._tails(law, outside.size, outside, np.zeros(len(self._office.draws.declarants), dtype=bool))

    def averaged_within(
        self, desk: Desk, declarant: int, outcome: int
    ) -> Callable[[FloatArray, FloatArray], FloatArray]:
        """The tail of one pair of ``within``, averaged over log odds (one row of them), as ``mixed_tail`` asks."""
        outside, aside, law = self._at(desk, declarant)

        def averaged(log_odds: FloatArray, weights: FloatArray) -> FloatArray:
            if isinstance(law, Duty):
                tail = duty_pairs.averaged_tail(law, declarant, outcome, aside, log_odds[0], weights)
            else:
                none = np.zeros_like(aside)
                tail = one_table(law, outside.size, none, declarant, outcome).averaged_tail(log_odds[0], weights)
            return np.array([tail])

        return averaged

    def _at(self, desk: Desk, declarant: int) -> tuple[BoolArray, BoolArray, Duty | Block]:
        """Officers who are not at the desk, the cells so set aside, and the law or the strata of the desk's draws."""
        office, C = self._office, len(self._office.draws.outcomes)
        draws = office.draws
        inside = np.isin(draws.declarant, desk.declarants) & np.isin(draws.outcome, desk.officers)
        outside = np.ones(C, dtype=bool)
        outside[list(desk.officers)] = False
        aside = np.zeros((len(draws.declarants), C), dtype=bool)
        aside[declarant] = outside
        duty = duty_of(office, declarant)
        if duty is not None:
            return outside, aside, duty.without(~inside)
        # What divides the desk's own officers is learnt anew: what divides the office's may be the desk itself.
        rows = np.flatnonzero(inside)
        left = draws.only(rows)
        cut = strata(left, infer(left.only(left.declarant != declarant)))
        return outside, aside, Block(cut.code, cut.count, left.declarant, left.outcome, np.array([declarant]), rows)
