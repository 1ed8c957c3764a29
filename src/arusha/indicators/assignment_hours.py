"""What an officer has of a declarant's files and of the others', in the same strata.

For strata of any size: where an hour holds few files, the declarant's own are much of what fixed margins expect there,
and strata in which all files went to one officer say nothing about chance but all about hours.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from arusha.indicators.assignment_draws import BoolArray
from arusha.indicators.assignment_pairs import Block


@dataclass(frozen=True)
class Shares:
    """An officer's share of one declarant's draws and of the others', each weighed as their strata compare them."""

    draws: int
    """The declarant's draws in strata with others."""
    own: float
    others: float
    variance: float
    """Of the difference."""

    @property
    def difference(self) -> float:
        """The Mantel-Haenszel risk difference."""
        return self.own - self.others


def shares(block: Block, structural: BoolArray, held: BoolArray, declarant: int, outcome: int) -> Shares | None:
    """Both shares over all strata in which the declarant and others have draws; None where there are none.

    ``structural``: declarants x outcomes set aside, the declarant's other ones of which are left out; ``held``:
    declarants whose draws are. The variance is that of two shares drawn independently stratum by stratum, half a
    success and half a failure more keeping it from 0.
    """
    barred = structural[declarant].copy()
    barred[outcome] = False
    mine = block.declarant == declarant
    use = ~barred[block.outcome] & (mine | ~held[block.declarant])
    hit = block.outcome == outcome

    def by_stratum(which: BoolArray) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
        return np.bincount(block.stratum[which], minlength=block.strata).astype(np.float64)

    n, N = by_stratum(use & mine), by_stratum(use & ~mine)
    both = (n > 0) & (N > 0)
    if not both.any():
        return None
    n, N = n[both], N[both]
    x, X = by_stratum(use & mine & hit)[both], by_stratum(use & ~mine & hit)[both]
    weight = n * N / (n + N)
    weight /= weight.sum()
    own, others = float(weight @ (x / n)), float(weight @ (X / N))
    o, a = (own * n.sum() + 0.5) / (n.sum() + 1), (others * N.sum() + 0.5) / (N.sum() + 1)
    variance = float(weight**2 @ (o * (1 - o) / n + a * (1 - a) / N))
    return Shares(int(n.sum()), own, others, variance)
