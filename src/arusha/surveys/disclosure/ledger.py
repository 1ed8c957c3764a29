"""All that was ever released, as sums over people, and what can be had from it by subtraction.

A released number is a sum over a set of people. Whoever holds several can add and subtract them; what he gets is
exactly the row space of the released sets. A set of people smaller than the smallest group must not be in it,
whichever tables, waves and channels the sets came from. Sets of one or more atoms (people that no release tells apart)
are tried in every union of up to three atoms below the smallest group; larger unions of tiny atoms are not tried.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from arusha.errors import SurveyError
from arusha.surveys.answers import FloatArray, IntArray

SMALLEST_GROUP = 10
"""Fewest people that a released number may stand for. It may rise for a survey, never fall."""

_UNION = 3

Person = Hashable
Group = frozenset[Person]


@dataclass(frozen=True)
class Ledger:
    """Groups of people whose sums were released. Append only: :meth:`release` returns the longer ledger."""

    smallest: int = SMALLEST_GROUP
    released: tuple[Group, ...] = ()

    def __post_init__(self) -> None:
        if self.smallest < SMALLEST_GROUP:
            raise SurveyError(
                f"a smallest group of {self.smallest}, below {SMALLEST_GROUP}.",
                where="smallest group",
                remedy="the threshold may rise, never fall.",
            )

    def raised(self, smallest: int) -> Ledger:
        """The same ledger with a larger smallest group; a smaller one is refused."""
        if smallest < self.smallest:
            raise SurveyError(
                f"lowering the smallest group from {self.smallest} to {smallest} after launch.",
                where="smallest group",
                remedy="the threshold may rise, never fall.",
            )
        return replace(self, smallest=smallest)

    def recovered(self, groups: Iterable[Collection[Person]]) -> tuple[Group, ...]:
        """Groups below the smallest that these releases, with all earlier ones, would give away."""
        return recoverable([*self.released, *(frozenset(g) for g in groups)], self.smallest)

    def release(self, groups: Iterable[Collection[Person]]) -> Ledger:
        """The ledger with these groups released as well.

        Raises
        ------
        SurveyError
            Where a group below the smallest could be had by subtraction; nothing is released then.
        """
        new = tuple(frozenset(g) for g in groups)
        found = self.recovered(new)
        if found:
            raise SurveyError(
                f"with what was released before, {len(found)} groups of fewer than {self.smallest} people "
                f"(the smallest of {min(len(g) for g in found)}) follow by subtraction.",
                where="release",
                remedy="withhold another cell, or join units, until none follows.",
            )
        return replace(self, released=(*self.released, *new))


def recoverable(released: list[Group], smallest: int) -> tuple[Group, ...]:
    """Groups of fewer than ``smallest`` people whose sum follows from the sums of the ``released`` ones."""
    people = sorted({p for group in released for p in group}, key=repr)
    if not people:
        return ()
    member = np.array([[p in group for p in people] for group in released], np.float64)
    atoms, of_person = np.unique(member, axis=1, return_inverse=True)
    code = np.asarray(of_person).ravel()
    sizes = np.bincount(code)
    basis = _row_space(np.asarray(atoms, np.float64))
    small = np.flatnonzero(sizes < smallest)
    found: list[Group] = []
    for many in range(1, _UNION + 1):
        found += [
            frozenset(people[i] for i in np.flatnonzero(np.isin(code, chosen)))
            for chosen in combinations(small.tolist(), many)
            if sizes[list(chosen)].sum() < smallest and _within(basis, list(chosen))
        ]
    return tuple(found)


def _row_space(atoms: FloatArray) -> FloatArray:
    _, strength, right = np.linalg.svd(atoms, full_matrices=False)
    return np.asarray(right[strength > 1e-9 * strength.max()])


def _within(basis: FloatArray, chosen: IntArray | list[int]) -> bool:
    """Whether the sum over the chosen atoms is a combination of what was released."""
    shadow = basis[:, chosen].sum(axis=1)
    return bool(abs(len(chosen) - float(shadow @ shadow)) < 1e-7)
