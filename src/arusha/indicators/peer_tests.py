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
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from arusha.indicators.coded_columns import FloatArray, IntArray
from arusha.indicators.ordinary_counts import Counts, CountScatter, Heard, count_scatter, heard
from arusha.indicators.ordinary_scatter import Scatter, ordinary_scatter, tail_against
from arusha.indicators.peer_cells import PeerCells, Tested
from arusha.indicators.peer_pairs import office_pairs
from arusha.indicators.peer_strata import BATCH, SINGLE, Ground, against_few
from arusha.inference.segments import side_by_side

R = TypeVar("R")

THREADS = min(os.cpu_count() or 1, 8)
"""Threads of the exact tails; results are the same for any number."""


@dataclass(frozen=True)
class Answer:
    """All offices' units of one kind with the p that decides."""

    offices: tuple[str, ...]
    tested: tuple[Tested, ...]
    p: tuple[FloatArray, ...]
    scatter: Scatter | CountScatter


def _names(offices: Sequence[PeerCells]) -> tuple[str, ...]:
    return tuple(c.office.names[c.office.code[0]] for c in offices)


def _each(run: Callable[[int, int], R], offices: Sequence[PeerCells], threads: int) -> list[R]:
    """``run`` of the number of every office, several at a time, with the threads that it has for itself."""
    return side_by_side(run, [c.office.code.size for c in offices], threads)


def officers(offices: Sequence[PeerCells], *, excess: float, threads: int = 1) -> Answer:
    """Each officer against colleagues on like cases, for every way to say what is alike; the largest p counts.

    What one way explains (a month in which acts went unrecorded, a declarant whose goods seldom need one) makes nobody
    stand out. Officers that are extreme by ``excess`` cases on either side are set aside in turn.
    """
    grounds = _each(lambda i, _: _grounds(offices[i]), offices, threads)
    first = _first(_each(lambda i, _: _beyond_chance(grounds[i][-1], excess), offices, threads))
    aside = _each(lambda i, _: grounds[i][-1].far_ones(excess, first.sd), offices, threads)
    leaning = _each(lambda i, _: grounds[i][-1].leaning(aside[i]), offices, threads)
    said = _each(lambda i, within: _heard(grounds[i][-1], aside[i], leaning[i], within), offices, threads)
    scatter = count_scatter(said)
    found = _each(
        lambda i, within: _office_officers(offices[i], grounds[i], aside[i], leaning[i], within), offices, threads
    )
    p = tuple(_against(found[i], i, said[i], scatter) for i in range(len(offices)))
    return Answer(_names(offices), tuple(found), p, scatter)


def _against(found: Tested, office: int, said: Heard, scatter: CountScatter) -> FloatArray:
    """The larger of the exact tail and the tail against ordinary officers."""
    wide = scatter.of_z(found.z, found.information * found.against_few)
    wide[said.high.units] = scatter.against(office, said, said.high)
    return np.maximum(found.exact, wide)


def _grounds(cells: PeerCells) -> list[Ground]:
    """One for every way to say what is alike."""
    names, unit = np.unique(cells.officer.code, return_inverse=True)
    return [Ground.of(cells, unit.astype(np.int64), names.size, stratum) for stratum in cells.like]


def _beyond_chance(ground: Ground, excess: float) -> tuple[FloatArray, FloatArray]:
    """z and information of every unit where those beyond chance are set aside, for ordinary scatter."""
    aside = ground.far_ones(excess, 0.0)
    _, information, measured = ground.strata(aside).log_odds()
    return measured, information * against_few(ground.leaning(aside))


def _first(plain: Sequence[tuple[FloatArray, FloatArray]]) -> Scatter:
    """How far ordinary units of all offices lie from each other, to set those beyond aside."""
    z, information = (np.concatenate([np.empty(0), *values]) for values in zip(*plain, strict=True))
    return ordinary_scatter(z, information)


def _heard(ground: Ground, aside: NDArray[np.bool_], leaning: FloatArray, threads: int) -> Heard:
    """What units' batches say under the last way: what goes together is no difference between officers."""
    return heard(Counts(*ground.strata(aside).counted(BATCH), against_few(leaning), leaning), threads)


def _office_officers(
    cells: PeerCells, grounds: Sequence[Ground], aside: NDArray[np.bool_], leaning: FloatArray, threads: int
) -> Tested:
    names = np.unique(cells.officer.code)
    sides = [ground.strata(aside) for ground in grounds]
    exact = np.max([side.tail(i, threads) for side in sides for i in (SINGLE, BATCH)], axis=0)
    most, at = np.argmax([side.expected for side in sides], axis=0), np.arange(names.size)

    def shown(values: Sequence[NDArray[Any]]) -> NDArray[Any]:
        """Of the comparison that expects most."""
        picked: NDArray[Any] = np.array(values)[most, at]
        return picked

    last = sides[-1]
    return Tested(
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
        against_few(leaning),
    )


def officer_held_against(
    offices: Sequence[PeerCells], office: int, officer: int, excess: float
) -> tuple[int, IntArray, IntArray, IntArray]:
    """What one officer is held against, by the way whose numbers are told: the way, its strata in which colleagues
    have cases, colleagues' cases there, and those that count. ``office`` and ``officer`` are codes."""
    grounds = [_grounds(cells) for cells in offices]
    spread = _first([_beyond_chance(of_office[-1], excess) for of_office in grounds]).sd
    cells, mine = next(
        (cells, ground) for cells, ground in zip(offices, grounds, strict=True) if cells.office.code[0] == office
    )
    aside = mine[-1].far_ones(excess, spread)
    unit = int(np.searchsorted(np.unique(cells.officer.code), officer))
    sides = [ground.strata(aside).take(np.array([unit])) for ground in mine]
    way = int(np.argmax([side.expected[0] for side in sides]))
    side, ground = sides[way], mine[way]
    # Those set aside are in nobody's ground; the officer's own cases are in it whether or not set aside.
    kept = np.where(aside[ground.unit] & (ground.unit != unit), 0, ground.own[0])
    total = np.bincount(ground.stratum, weights=kept, minlength=ground.whole.shape[1])
    own = ground.unit == unit
    strata = ground.stratum[own & (total[ground.stratum] > ground.own[0])]
    return way, strata, side.everyone[0] - side.own[0], side.everyone[1] - side.own[1]


def pairs(offices: Sequence[PeerCells], *, least: float, excess: float, threads: int = 1) -> Answer:
    """Each officer and declarant: is the officer further from colleagues with this declarant than with the others?

    A careless officer and a declarant whose goods are unlike others' are each expected, and so are both together: the
    odds ratio of officer against colleagues on this declarant's goods is held against the one on all other goods,
    stratum by stratum, for every way to say what is alike; the largest p counts. Pairs with fewer than ``least`` cases
    are left out.
    """
    found = _each(lambda i, within: office_pairs(offices[i], least, excess, within), offices, threads)
    information = [t.information * t.against_few for t in found]
    scatter = ordinary_scatter(np.concatenate([t.measured for t in found]), np.concatenate(information))
    p = tuple(tail_against(t.exact, t.z, info, scatter) for t, info in zip(found, information, strict=True))
    return Answer(_names(offices), tuple(found), p, scatter)
