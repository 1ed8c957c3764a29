"""What an officer has of a declarant's files, beside what the others' files in the same strata would give.

For strata of any size: where an hour holds few files, the declarant's own are much of what fixed margins expect there,
and strata in which all files went to one officer say nothing about chance but all about hours.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from arusha.indicators.assignment_draws import BoolArray
from arusha.indicators.assignment_pairs import Block
from arusha.indicators.definition import Sentence

THIN = 30
"""Files with a comparison below which an answer hour by hour is thin: the floor of the questions that ask it."""


@dataclass(frozen=True)
class Shares:
    """An officer's part of one declarant's draws, and what the others' shares in the same strata would give of them."""

    draws: int
    """The declarant's draws in strata with others."""
    seen: int
    """Those of them that the officer has."""
    due: float
    """The sum over those draws of the officer's share of the others' draws in the stratum."""
    variance: float
    """Of the difference of shares."""
    others_variance: float
    """Of the others' share alone."""
    compared: BoolArray
    """Which of the block's draws are the declarant's, in strata with others."""

    @property
    def others(self) -> float:
        """The others' share, weighed as the declarant's draws lie."""
        return self.due / self.draws

    @property
    def difference(self) -> float:
        """The officer's share of the declarant's draws less that of the others' (directly standardised)."""
        return (self.seen - self.due) / self.draws


def shares(block: Block, structural: BoolArray, held: BoolArray, declarant: int, outcome: int) -> Shares | None:
    """Both shares over all strata in which the declarant and others have draws; None where there are none.

    Every draw of the declarant counts alike: weights that favour strata with many others would look away from what is
    lodged when few others are there. ``structural``: declarants x outcomes set aside, the declarant's other ones of
    which are left out; ``held``: declarants whose draws are. The variance is that of two shares drawn independently
    stratum by stratum, half a success and half a failure more keeping it from 0.
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
    compared = use & mine & both[block.stratum]
    n, N = n[both], N[both]
    x, X = by_stratum(use & mine & hit)[both], by_stratum(use & ~mine & hit)[both]
    total, due = n.sum(), float(n @ (X / N))
    own, others = (x.sum() + 0.5) / (total + 1), (X.sum() + 0.5) / (N.sum() + 1)
    theirs = float(others * (1 - others) * (n**2 @ (1 / N))) / total**2
    mean = float(own * (1 - own)) / total
    return Shares(int(total), int(x.sum()), due, mean + theirs, theirs, compared)


def left_out(before: Shares, after: Shares, chance: int, signal: Mapping[str, Any]) -> tuple[Sentence, ...]:
    """How many of the declarant's files hours do not compare, and whether what is left is thin.

    Parameters
    ----------
    before, after
        Shares in the strata of the question, and hour by hour.
    chance
        Files in hours in which two officers or more could have had them: those that the chance is worked out from.
    signal
        The pair, whose ``n`` is what the question compared.
    """
    alone, one = before.draws - after.draws, max(after.draws - chance, 0)
    out = [Sentence("hours-left-out", {"n": before.draws, "alone": alone, "one": one})] if alone or one else []
    if chance < THIN or chance < 0.5 * float(signal["n"]):
        out.append(Sentence("hours-thin", {"n": chance}))
    return tuple(out)
