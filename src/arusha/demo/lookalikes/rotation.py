"""Two officers change places in mid-year, and a broker's trade at one of the offices begins at about that time."""

from __future__ import annotations

import numpy as np

from arusha.demo.clock import day_number
from arusha.demo.country import Country, Lookalike
from arusha.demo.staff import Move

KIND = "mid-year-rotation"


def prepare(country: Country, rng: np.random.Generator) -> Lookalike | None:
    here, there = (int(o) for o in rng.choice(5, size=2, replace=False))
    declarant = country.take_declarant(rng, there, 0.012, 0.3)
    if declarant is None:
        return None
    one = country.take_officer(rng, here)
    two = country.take_officer(rng, there, country.main_desk(declarant, there))
    if one is None or two is None:
        return None
    s, day = country.staff, day_number(7, 1)
    s.moves.append(Move(one, day, there, int(s.desk[two])))
    s.moves.append(Move(two, day, here, int(s.desk[one])))
    units = country.parties.units_of(declarant, there)
    country.parties.unit_week[units, : (day + 2) // 7] *= 0.08
    note = "an officer moved here in July; most of this broker's trade here came after"
    return Lookalike(KIND, there, note, [(one, declarant)])
