"""Heaps handed out in bundles: files that wait are given out at one moment, neighbours in the pile to one officer.

What is lodged at night lies until the morning, a tray is shared out when it is full. Who lodges at the same hour each
night has the same place in the pile, and meets whomever that place comes to: the first bundle goes to the officers who
begin the list, however many files of one declarant lie in it. The records hold what tells it: files picked at one
moment, in the order of their numbers. Where that order cuts a heap into bundles, files of *different* declarants that
lie side by side meet the same officer more often than files of the same heap do, for many declarants (one vote each, as
in ``assignment_batches``); whom one declarant's files meet says nothing of it. A pair is then held against files that
had the same place in heaps of the same quarter, whoever lodged them: a steered file leaves the bundle in which it lies.
"""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from arusha.indicators.assignment_batches import CLEAR, FEWEST_STEPS, MATERIAL
from arusha.indicators.assignment_draws import IntArray, dense
from arusha.indicators.assignment_office import Prepared, block_of
from arusha.indicators.assignment_pairs import Block, one_table
from arusha.indicators.assignment_strata import strata

FloatArray = NDArray[np.float64]

FEWEST_PLACES = 2
"""Bundles of a heap: where one officer has all of it, its order says nothing."""


class Heaps:
    """The heaps of one office's kept draws, asked for declarant by declarant.

    Draws of one section, declared rule and moment are a heap, in the order of their numbers; where the source has only
    dates the day is the moment.
    """

    def __init__(self, office: Prepared) -> None:
        self._office, draws = office, office.draws
        self._heap, heaps = dense(draws.frame, draws.day, draws.minute)
        self._size = np.bincount(self._heap, minlength=heaps)
        # Draws come in order of time and number, so a stable sort keeps the pile's order.
        self._order = np.argsort(self._heap, kind="stable")
        begins = np.concatenate([[0], np.cumsum(self._size)])
        self._rank = np.empty(len(draws), dtype=np.int64)
        self._rank[self._order] = np.arange(len(draws)) - begins[self._heap[self._order]]

    @cached_property
    def _side_by_side(self) -> tuple[IntArray, IntArray, FloatArray]:
        """Neighbours in a heap, of two declarants; and the chance that the second meets the officer of the first.

        That is the officer's share of the heap's other draws, those of the first one's declarant left out.
        """
        draws, officers = self._office.draws, len(self._office.draws.outcomes)
        a, b = self._order[:-1], self._order[1:]
        apart = (self._heap[a] == self._heap[b]) & (draws.declarant[a] != draws.declarant[b])
        a, b = a[apart], b[apart]
        met, mets = dense(self._heap * officers + draws.outcome)
        own, owns = dense(self._heap * len(draws.declarants) + draws.declarant)
        both, boths = dense(met * owns + own)
        having, of_own, of_both = (
            np.bincount(code, minlength=n) for code, n in ((met, mets), (own, owns), (both, boths))
        )
        others = self._size[self._heap[a]] - of_own[own[a]]
        return a, b, (having[met[a]] - of_both[both[a]]) / others

    def bundles(self, declarant: int) -> int | None:
        """Bundles into which a heap is ordinarily cut, as the other declarants' draws say.

        None where they do not say that heaps are cut in their order.
        """
        draws = self._office.draws
        a, b, chance = self._side_by_side
        use = (draws.declarant[a] != declarant) & (draws.declarant[b] != declarant)
        a, b, chance = a[use], b[use], chance[use]
        same, B = draws.outcome[a] == draws.outcome[b], len(draws.declarants)
        n = np.bincount(draws.declarant[b], minlength=B).astype(np.float64)
        excess = np.bincount(draws.declarant[b], weights=same - chance, minlength=B)
        vote = (excess / np.sqrt(np.maximum(n, 1.0)))[n >= FEWEST_STEPS]
        clear = vote.sum() > CLEAR * np.sqrt(np.sum(vote**2))
        if not (clear and excess.sum() > MATERIAL * n.sum()):
            return None
        # One more than there are changes of officer, on the average of the files that lie in heaps.
        changes = np.bincount(self._heap[b], weights=~same, minlength=self._size.size)
        size = np.bincount(self._heap[b], minlength=self._size.size)
        return max(round(1 + float(changes @ size) / float(size.sum())), FEWEST_PLACES)

    def tail(self, declarant: int, officer: int, bundles: int) -> float:
        """The pair's tail where files in heaps are compared with files that had the same place in one.

        Files that lie in no heap are compared as the question does.
        """
        draws, pools = self._office.draws, self._office.pools
        block = block_of(self._office, declarant)
        if block is None:
            cut = strata(draws, pools)
            block = Block(
                cut.code, cut.count, draws.declarant, draws.outcome, np.array([declarant]), np.arange(len(draws))
            )
        size = self._size[self._heap]
        lies = size > 1
        place = np.where(lies, self._rank * bundles // size, -1)
        # Lists change hands; within a quarter officers come to a place as they come to it.
        months = draws.day.astype("datetime64[D]").astype("datetime64[M]").astype(np.int64)
        alike, _ = dense(draws.frame, pools.codes(draws), months // 3)
        where = np.where(lies, alike, -1)[block.rows]
        code, count = dense(np.where(lies[block.rows], -1, block.stratum), where, place[block.rows])
        cut_again = Block(code, count, block.declarant, block.outcome, np.array([declarant]), block.rows)
        none = np.zeros((len(draws.declarants), len(draws.outcomes)), dtype=bool)
        return one_table(cut_again, none.shape[1], none, declarant, officer).upper_tail()
