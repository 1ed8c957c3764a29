"""Officers and pairs with more of what a question counts than chance among their like: exact tails within strata.

Every comparison is made twice, by declaration and by batch (one officer's cases of one declarant on one day), and the
larger p counts: declarations handled in one go are one decision, and a large batch has more chances of one omission.

Swamping: a unit far from its like on either side makes honest ones look far on the other (one strict officer makes
three ordinary ones look lenient; a careless pair makes the officer's colleagues look careless on its other goods). The
furthest is therefore set aside, the rest is tested without its cases, and so on (quasi-independence, Goodman 1968), but
never half of the units; a unit set aside is itself tested without the others that are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from arusha.indicators.coded_columns import FloatArray, IntArray
from arusha.indicators.ordinary_scatter import Scatter, mixed_tail, ordinary_scatter, tail_against
from arusha.indicators.peer_cells import PeerCells, Tested
from arusha.indicators.peer_pairs import UNLIKELY, office_pairs
from arusha.indicators.peer_strata import BATCH, SINGLE, Ground

R = TypeVar("R")

THREADS = min(os.cpu_count() or 1, 8)
"""Threads of the exact tails; results are the same for any number."""

Averaged = Callable[[IntArray, FloatArray, FloatArray], FloatArray]
"""Exact tails of some units, averaged over log odds ratios (units by nodes) with weights (one a node)."""


@dataclass(frozen=True)
class Answer:
    """All offices' units of one kind with the p that decides."""

    offices: tuple[str, ...]
    tested: tuple[Tested, ...]
    p: tuple[FloatArray, ...]
    scatter: Scatter


def _answer(cells: Sequence[PeerCells], tested: Sequence[Tested], tails: Sequence[Averaged | None]) -> Answer:
    """p against the scatter of ordinary units, which all offices tell together."""
    information = [t.information * t.against_few for t in tested]
    scatter = ordinary_scatter(np.concatenate([t.measured for t in tested]), np.concatenate(information))
    p = []
    for one, info, tail in zip(tested, information, tails, strict=True):
        value = tail_against(one.exact, one.z, info, scatter).copy()
        rare = np.flatnonzero(one.exact <= UNLIKELY)
        if tail is not None and rare.size:
            mixed = mixed_tail(partial(tail, rare), np.sqrt(one.against_few[rare]), scatter)
            value[rare] = np.maximum(one.exact[rare], mixed)
        p.append(value)
    names = tuple(c.office.names[c.office.code[0]] for c in cells)
    return Answer(names, tuple(tested), tuple(p), scatter)


def _side_by_side(run: Callable[[PeerCells], R], offices: Sequence[PeerCells], threads: int) -> list[R]:
    """``run`` of every office, several at a time; offices know nothing of each other, so that nothing changes."""
    if threads <= 1 or len(offices) < 2:
        return [run(cells) for cells in offices]
    with ThreadPoolExecutor(threads) as pool:
        # The largest first, so that none is left over at the end.
        order = sorted(range(len(offices)), key=lambda i: -offices[i].office.code.size)
        begun = {i: pool.submit(run, offices[i]) for i in order}
        return [begun[i].result() for i in range(len(offices))]


def officers(offices: Sequence[PeerCells], *, excess: float, threads: int = 1) -> Answer:
    """Each officer against colleagues on like cases, for every way to say what is alike; the largest p counts.

    What one way explains (a month in which acts went unrecorded, a declarant whose goods seldom need one) makes nobody
    stand out. Officers that are extreme by ``excess`` cases on either side are set aside in turn.
    """
    found = _side_by_side(lambda cells: _office_officers(cells, excess, threads), offices, threads)
    return _answer(offices, [t for t, _ in found], [tail for _, tail in found])


def _office_officers(cells: PeerCells, excess: float, threads: int) -> tuple[Tested, Averaged]:
    names, unit = np.unique(cells.officer.code, return_inverse=True)
    grounds = [Ground.of(cells, unit.astype(np.int64), names.size, stratum) for stratum in cells.like]
    aside = grounds[-1].far_ones(excess)
    sides = [ground.strata(aside) for ground in grounds]
    exact = np.max([side.tail(i, threads) for side in sides for i in (SINGLE, BATCH)], axis=0)
    most, at = np.argmax([side.expected for side in sides], axis=0), np.arange(names.size)

    def shown(values: Sequence[NDArray[Any]]) -> NDArray[Any]:
        """Of the comparison that expects most."""
        picked: NDArray[Any] = np.array(values)[most, at]
        return picked

    # Ordinary scatter is measured by batch under the last way: what goes together is no difference between officers.
    last = sides[-1]
    result = Tested(
        names,
        np.full(names.size, -1, dtype=np.int64),
        shown([side.n for side in sides]).astype(np.int64),
        shown([side.observed for side in sides]).astype(np.int64),
        np.zeros(names.size, dtype=np.int64),
        np.min([side.others for side in sides], axis=0),
        shown([side.expected for side in sides]).astype(np.float64),
        shown([side.variance for side in sides]).astype(np.float64),
        *last.together(),
        exact,
        *last.log_odds(),
        grounds[-1].against_few(aside),
    )

    def averaged(units: IntArray, log_odds: FloatArray, weights: FloatArray) -> FloatArray:
        return last.take(units).averaged_tail(BATCH, log_odds, weights, threads)

    return result, averaged


def pairs(offices: Sequence[PeerCells], *, least: float, excess: float, threads: int = 1) -> Answer:
    """Each officer and declarant: is the officer further from colleagues with this declarant than with the others?

    A careless officer and a declarant whose goods are unlike others' are each expected, and so are both together: the
    odds ratio of officer against colleagues on this declarant's goods is held against the one on all other goods,
    stratum by stratum, for every way to say what is alike; the largest p counts. Pairs with fewer than ``least`` cases
    are left out.
    """
    found = _side_by_side(lambda cells: office_pairs(cells, least, excess, threads), offices, threads)
    return _answer(offices, found, [None] * len(found))
