"""Draws counted once by stratum, so that what one declarant's draws add can be left out without counting all again.

Of each stratum it is kept how many draws each outcome has, and each level of a feature: that is all from which the
expected counts of level and outcome are made, and to leave a declarant out is to take its own draws from them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from arusha.indicators.assignment_contrasts import Table
from arusha.indicators.assignment_draws import IntArray
from arusha.indicators.assignment_listing import Listing

FloatArray = NDArray[np.float64]
Counts = NDArray[np.int32]

FINER = ("whole", "week", "day")
"""Spans of time, each within one of those before it."""


class ByStratum(NamedTuple):
    """The codes that each stratum has, and how often."""

    at: IntArray
    """Where those of a stratum begin (strata + 1)."""
    which: Counts
    often: Counts

    @staticmethod
    def of(listed: Listing, code: IntArray, codes: int) -> ByStratum:
        from arusha.indicators import assignment_counts_kernel as kernel

        at = np.empty(len(listed) + 1, dtype=np.int64)
        which, count = np.empty(code.size, dtype=np.int32), np.empty(code.size, dtype=np.int32)
        kernel.by_stratum(listed.order, listed.begins, code, codes, at, which, count)
        end = int(at[-1])
        return ByStratum(at, which[:end].copy(), count[:end].copy())


class Own(NamedTuple):
    """One declarant's draws, strata rising: which draws, and the stratum of each."""

    rows: IntArray
    stratum: IntArray


@dataclass(frozen=True)
class Counted:
    """Draws listed stratum by stratum, the spans in which each stratum lies, and what was counted so far."""

    listed: Listing
    spans: dict[str, tuple[IntArray, int]]
    """Span of time -> which one each stratum is in, and how many there are."""
    outcome: IntArray
    """One a draw."""
    outcomes: int
    stratum: IntArray | None = None
    """One a draw; none where nothing is kept, since no declarant will be left out."""
    _by_outcome: ByStratum | None = None
    _levels: dict[str, ByStratum] = field(default_factory=dict)
    _seen: dict[tuple[str, str], FloatArray] = field(default_factory=dict)

    @staticmethod
    def of(
        listed: Listing, spans: dict[str, tuple[IntArray, int]], outcome: IntArray, outcomes: int, *, keep: bool = True
    ) -> Counted:
        """``keep``: counts are kept, so that declarants can be left out (``own``)."""
        if not keep:
            return Counted(listed, spans, outcome, outcomes)
        stratum = np.empty(outcome.size, dtype=np.int64)
        stratum[listed.order] = np.repeat(np.arange(len(listed)), np.diff(listed.begins))
        return Counted(listed, spans, outcome, outcomes, stratum, ByStratum.of(listed, outcome, outcomes))

    @cached_property
    def _in_order(self) -> IntArray:
        """Outcomes stratum by stratum."""
        return self.outcome[self.listed.order]

    def own(self, rows: IntArray) -> Own:
        """``rows``: the draws of one declarant."""
        if self.stratum is None:
            raise ValueError("nothing was kept from which a declarant's draws could be taken")
        stratum = self.stratum[rows]
        order = np.argsort(stratum, kind="stable")
        return Own(rows[order], stratum[order])

    def tables(
        self,
        feature: str,
        level: IntArray,
        levels: int,
        resolutions: Sequence[str],
        own: Own | None = None,
        with_replacement: bool = True,
    ) -> list[Table]:
        """The feature's table at each resolution, all expectations taken within strata; without the draws ``own``.

        ``level``: one a draw, under 0 where it is unknown, which is the last of ``levels``. A stratum lies in one span
        of the finest resolution asked for, and each of those in one of the coarser ones. ``with_replacement``: with the
        variance of draws with replacement (U), which is left empty otherwise.
        """
        from arusha.indicators import assignment_counts_kernel as kernel

        finest = max(resolutions, key=FINER.index)
        span, spans = self.spans[finest]
        shape = levels, spans, self.outcomes
        V, U, n = np.zeros(shape), np.zeros(shape if with_replacement else (0, 0, 0)), np.zeros(shape[:2])
        if self._by_outcome is None:
            A = np.zeros(shape)
            kernel.at_once(self.listed.begins, level[self.listed.order], self._in_order, span, A, V, U, n)
        else:
            if feature not in self._levels:
                self._levels[feature] = ByStratum.of(self.listed, level, levels)
            if (feature, finest) not in self._seen:
                N = np.zeros(shape)
                kernel.seen(self.listed.order, self.listed.begins, level, self.outcome, span, N)
                self._seen[feature, finest] = N
            A = self._seen[feature, finest].copy()
            rows, stratum = own or Own(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
            without = stratum, level[rows], self.outcome[rows]
            counts = *self._levels[feature], *self._by_outcome
            kernel.beyond(self.listed.begins, span, *counts, *without, A, V, U, n)
        found = {finest: Table(A, V, U, n)}
        for resolution in resolutions:
            if resolution not in found:
                within = np.zeros(spans, dtype=np.int64)
                within[span] = self.spans[resolution][0]
                found[resolution] = found[finest].over(within, self.spans[resolution][1])
        return [found[r] for r in resolutions]
