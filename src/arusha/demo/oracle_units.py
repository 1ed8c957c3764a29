"""Units held against known chances: the same floors and the same control of false discoveries as the questions have.

Nothing is estimated here. A unit's count is a sum of independent yes/no draws whose chances the generator knows; its
tail is exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from arusha.demo.country import Country
from arusha.inference.multiplicity import hierarchical_bh
from arusha.inference.poisson_binomial import upper_tail

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]
Hit = tuple[str, str | None]
"""A unit as an assessment names it: officer (or user, or declarant) and, for a pair, the declarant."""

EXPOSURE = 30
EXCESS = 5
RATE = 0.05
ANYONE = -1


@dataclass(frozen=True)
class Units:
    """Units with enough cases; one entry a unit. ``officer`` or ``declarant`` is ANYONE where the unit has none."""

    office: IntArray
    officer: IntArray
    declarant: IntArray
    n: IntArray
    observed: FloatArray
    expected: FloatArray
    p: FloatArray
    beyond: BoolArray
    """Whether the effect reaches its floor."""

    def names(self, country: Country) -> list[Hit]:
        """A unit without an officer is named by its declarant."""
        officers, declarants = country.staff.code, country.parties.declarant_code
        return [
            (str(declarants[d]), None)
            if o == ANYONE
            else (str(officers[o]), None if d == ANYONE else str(declarants[d]))
            for o, d in zip(self.officer.tolist(), self.declarant.tolist(), strict=True)
        ]


def grouped(office: IntArray, officer: IntArray, declarant: IntArray) -> tuple[IntArray, IntArray, NDArray[np.int64]]:
    """Order of the entries by unit, row pointers of the units, and the units (three by one entry a unit)."""
    order = np.lexsort((declarant, officer, office))
    keys = np.stack([office[order], officer[order], declarant[order]])
    new = np.ones(order.size, dtype=bool)
    new[1:] = (keys[:, 1:] != keys[:, :-1]).any(axis=0)
    start = np.flatnonzero(new)
    return order, np.append(start, order.size), keys[:, start]


def counted(
    office: IntArray, officer: IntArray, declarant: IntArray, chance: FloatArray, hit: BoolArray, case: IntArray
) -> Units:
    """Units from their draws, one entry a draw in every array.

    Parameters
    ----------
    chance
        Of a hit under honest conduct.
    case
        How many of the cases that an assessment counts for the unit the draw is: of these a unit needs EXPOSURE.
    """
    if not office.size:
        none, no_numbers = np.empty(0, dtype=np.int64), np.empty(0)
        return Units(none, none, none, none, no_numbers, no_numbers, no_numbers, np.empty(0, dtype=bool))
    order, pointers, units = grouped(office, officer, declarant)
    n = np.add.reduceat(case[order], pointers[:-1])
    enough = np.flatnonzero(n >= EXPOSURE)
    size = np.diff(pointers)[enough]
    indptr = np.concatenate([[0], np.cumsum(size)])
    rows = order[np.arange(indptr[-1]) + np.repeat(pointers[enough] - indptr[:-1], size)]
    seen = np.array([hit[rows[a:b]].sum() for a, b in pairwise(indptr)], dtype=np.int64)
    tail = upper_tail(seen, chance[rows], indptr)
    return Units(
        units[0, enough],
        units[1, enough],
        units[2, enough],
        n[enough],
        seen.astype(np.float64),
        tail.expected,
        tail.p,
        seen - tail.expected >= EXCESS,
    )


def found(country: Country, kinds: Sequence[Units]) -> set[Hit]:
    """Units that stand out. Kinds of unit share the question's rate equally, as ``indicators.families`` has it."""
    hits: set[Hit] = set()
    for units in kinds:
        if units.p.size:
            q = hierarchical_bh(units.p, units.office).q * len(kinds)
            names = units.names(country)
            hits |= {names[i] for i in np.flatnonzero((q <= RATE) & units.beyond)}
    return hits
