"""How much an office's pairs still differ once its desks are taken away, and what a pair at a desk is worth then.

A desk can be found by chance where every pair of an office has odds of its own: some officers are always met often by
the same declarants. What tells a desk that makes an office uneven is that nothing is left without it: *among* the
officers of one desk, and among those of none, declarants' files fall as draws give. Where pairs still differ beyond
draws, the desk is no reason not to hold a pair against that, at the desk and in the office alike.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from arusha.indicators.assignment_desks import FEWEST_OFFICERS, Desk, Desks
from arusha.indicators.assignment_draws import IntArray
from arusha.indicators.assignment_office import Prepared
from arusha.indicators.assignment_pairs import Block, counts
from arusha.indicators.assignment_scatter import office_scatter, spread_beside
from arusha.indicators.assignment_strata import WINDOW, strata
from arusha.indicators.ordinary_scatter import Scatter, mixed_tail

FloatArray = NDArray[np.float64]


def parts(desks: Desks, desk: Desk, declarant: int, officers: int) -> IntArray:
    """One an officer: the part of the office it belongs to. 1 is the desk; further ones are the teams of those who are
    not at it, learnt without the declarant; 0 is for who is in none.
    """
    part = np.zeros(officers, dtype=np.int64)
    part[list(desk.officers)] = 1
    for i in range(officers):
        team = desks.team(declarant, i) if part[i] == 0 else None
        if team is not None:
            free = [j for j in team.officers if part[j] == 0]
            if len(free) >= FEWEST_OFFICERS:
                part[free] = part.max() + 1
    return part


def remainder(office: Prepared, part: IntArray, declarant: int) -> Scatter | None:
    """The scatter that is left among the officers of each part; None where it is not clearly more than draws give.

    Measured on the pairs of the other declarants with enough draws, under margins fixed within strata and parts.
    """
    draws = office.draws
    width = int(part.max(initial=0)) + 1
    # As many draws for each part in a window as an office has that is not parted.
    cut = strata(draws, office.pools, WINDOW * width)
    asked = office.above_floor[office.above_floor != declarant]
    code = cut.code * width + part[draws.outcome]
    every = np.arange(len(draws))
    found = counts(Block(code, cut.count * width, draws.declarant, draws.outcome, asked, every), part.size)
    return office_scatter(replace(found, p=np.where(found.variance > 0, 0.5, np.nan)))


def tail_at(desks: Desks, office: Prepared, desk: Desk, declarant: int, outcome: int, scatter: Scatter) -> float:
    """The tail of a pair among the draws of its desk, averaged over a scatter of the office's pairs."""
    draws = office.draws
    inside = np.isin(draws.declarant, desk.declarants) & np.isin(draws.outcome, desk.officers)
    rows = np.bincount(draws.declarant[inside], minlength=len(draws.declarants))
    columns = np.bincount(draws.outcome[inside], minlength=len(draws.outcomes))
    rows[declarant] = columns[outcome] = 0
    averaged = desks.averaged_within(desk, declarant, outcome)
    factor = np.array([spread_beside(rows, columns, columns)])
    return float(mixed_tail(averaged, factor, scatter)[0])
