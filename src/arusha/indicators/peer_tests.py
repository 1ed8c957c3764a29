"""Officers and pairs with more of what a question counts than chance among their like: exact tails within strata.

Every comparison is made twice, by declaration and by batch (one officer's cases of one declarant on one day), and the
larger p counts: declarations handled in one go are one decision, and a large batch has more chances of one omission.

Swamping: a unit far from its like on either side makes honest ones look far on the other (one strict officer makes
three ordinary ones look lenient; a careless pair makes the officer's colleagues look careless on its other goods). The
furthest is therefore set aside, the rest is tested without its cases, and so on (quasi-independence, Goodman 1968), but
never half of the units; a unit set aside is itself tested without the others that are.

An officer is far who lies beyond ordinary differences, which are measured first. Beyond chance alone lie many honest
ones where there is much data: without them the ground is those who happen to be close together, and the tails of
ordinary officers against it are too small. Ordinary pairs differ little beyond chance, and the same makes no difference
to them (3.6% and 3.2% of clean worlds where they differ by a fifth; benchmarks/calibration_lane_change_without_act.py).
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


def _answer(
    cells: Sequence[PeerCells],
    tested: Sequence[Tested],
    tails: Sequence[Averaged | None],
    first: Scatter | None = None,
) -> Answer:
    """p against the scatter of ordinary units, which all offices tell together. ``first``: the scatter by which units
    were set aside, where it is known; the wider of the two counts."""
    information = [t.information * t.against_few for t in tested]
    scatter = ordinary_scatter(np.concatenate([t.measured for t in tested]), np.concatenate(information))
    if first is not None:
        scatter = max(scatter, first, key=lambda s: s.sd)
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


def _side_by_side(run: Callable[[int], R], offices: Sequence[PeerCells], threads: int) -> list[R]:
    """``run`` of the number of every office, several at a time; offices know nothing of each other's runs, so that
    nothing changes."""
    if threads <= 1 or len(offices) < 2:
        return [run(i) for i in range(len(offices))]
    with ThreadPoolExecutor(threads) as pool:
        # The largest first, so that none is left over at the end.
        order = sorted(range(len(offices)), key=lambda i: -offices[i].office.code.size)
        begun = {i: pool.submit(run, i) for i in order}
        return [begun[i].result() for i in range(len(offices))]


def _first(plain: Sequence[tuple[FloatArray, FloatArray]]) -> Scatter:
    """How much ordinary units of all offices differ, from z and information of each office's."""
    z, information = (np.concatenate([np.empty(0), *values]) for values in zip(*plain, strict=True))
    return ordinary_scatter(z, information)


def officers(offices: Sequence[PeerCells], *, excess: float, threads: int = 1) -> Answer:
    """Each officer against colleagues on like cases, for every way to say what is alike; the largest p counts.

    What one way explains (a month in which acts went unrecorded, a declarant whose goods seldom need one) makes nobody
    stand out. Officers that are extreme by ``excess`` cases on either side are set aside in turn.
    """
    grounds = _side_by_side(lambda i: _grounds(offices[i]), offices, threads)
    first = _first([_beyond_chance(of_office[-1], excess) for of_office in grounds])
    found = _side_by_side(
        lambda i: _office_officers(offices[i], grounds[i], first.sd, excess, threads), offices, threads
    )
    return _answer(offices, [t for t, _ in found], [tail for _, tail in found], first)


def _grounds(cells: PeerCells) -> list[Ground]:
    """One for every way to say what is alike."""
    names, unit = np.unique(cells.officer.code, return_inverse=True)
    return [Ground.of(cells, unit.astype(np.int64), names.size, stratum) for stratum in cells.like]


def _beyond_chance(ground: Ground, excess: float) -> tuple[FloatArray, FloatArray]:
    """z and information of every unit where those beyond chance are set aside, for ordinary scatter."""
    aside = ground.far_ones(excess, 0.0)
    _, information, measured = ground.strata(aside).log_odds()
    return measured, information * ground.against_few(aside)


def _office_officers(
    cells: PeerCells, grounds: Sequence[Ground], spread: float, excess: float, threads: int
) -> tuple[Tested, Averaged]:
    names = np.unique(cells.officer.code)
    aside = grounds[-1].far_ones(excess, spread)
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
    found = _side_by_side(lambda i: office_pairs(offices[i], least, excess, threads), offices, threads)
    return _answer(offices, found, [None] * len(found))
