"""Who was on duty together, and the weight with which each of them is picked, learnt from picks.

Each officer on duty is picked in proportion to a weight of its own (Luce 1959), in each part of the office's work
another; minorise-maximise steps (Hunter 2004) find the weights under which picks are as many as seen.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from arusha.indicators.assignment_draws import BoolArray, IntArray

FloatArray = NDArray[np.float64]

CLOSE = 1e-6
"""Largest relative change of a weight after which the fit has ended."""


@dataclass(frozen=True)
class Seen:
    """What some draws say about weights: how many fell to each group, and to each officer."""

    drawn: IntArray
    """Groups."""
    picks: IntArray
    """Parts x officers."""

    def less(self, other: Seen) -> Seen:
        return Seen(self.drawn - other.drawn, self.picks - other.picks)


@dataclass(frozen=True)
class Crews:
    """Groups of officers on duty together; officers are columns 0 .. ``officers`` - 1."""

    begins: IntArray
    """Where the members of each group begin among ``members`` (groups + 1)."""
    members: IntArray
    """The columns of each group, rising."""
    part: IntArray
    """Groups: the part of the work to which each belongs."""
    parts: int
    officers: int

    @staticmethod
    def of(on_duty: BoolArray, part: IntArray, parts: int) -> Crews:
        """``on_duty``: groups x officers."""
        begins = np.concatenate([[0], np.cumsum(on_duty.sum(axis=1))])
        return Crews(begins, np.nonzero(on_duty)[1], part, parts, on_duty.shape[1])

    @property
    def nobody(self) -> BoolArray:
        """One an officer: none is barred."""
        return np.zeros(self.officers, dtype=bool)

    def seen(self, group: IntArray, officer: IntArray) -> Seen:
        """Draws by group and officer. ``group``, ``officer``: one a draw."""
        code = self.part[group] * self.officers + officer
        picks = np.bincount(code, minlength=self.parts * self.officers).reshape(self.parts, self.officers)
        return Seen(np.bincount(group, minlength=self.part.size), picks)

    def by_part(self, drawn: IntArray) -> FloatArray:
        """Draws by part. ``drawn``: one number a group."""
        return np.bincount(self.part, weights=drawn, minlength=self.parts).astype(np.float64)

    def even(self) -> FloatArray:
        """Parts x officers: the same weight for all."""
        return np.ones((self.parts, self.officers))

    def fitted(self, seen: Seen, start: FloatArray, steps: int, barred: BoolArray | None = None) -> FloatArray:
        """Parts x officers: weights under which each officer's picks are as many as seen.

        ``barred``: officers who could not be picked; their picks must not be among those seen.
        """
        from arusha.indicators import assignment_duty_kernel as kernel

        weights = self.even()
        out = self.nobody if barred is None else barred
        kernel.fitted(self.begins, self.members, self.part, out, seen.drawn, seen.picks, start, steps, CLOSE, weights)
        return weights

    def chances(
        self, weights: FloatArray, groups: IntArray | None = None, barred: BoolArray | None = None
    ) -> tuple[FloatArray, IntArray]:
        """The chance of each member of the groups (all without ``groups``), group after group; where each begins."""
        from arusha.indicators import assignment_duty_kernel as kernel

        groups = np.arange(self.part.size) if groups is None else groups
        first = np.concatenate([[0], np.cumsum(self.begins[groups + 1] - self.begins[groups])])
        chance = np.empty(int(first[-1]))
        out = self.nobody if barred is None else barred
        kernel.chances(groups, first, self.begins, self.members, self.part, out, weights, chance)
        return chance, first[:-1]
