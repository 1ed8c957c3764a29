"""An officer who works from Monday to Wednesday, and a broker who lodges on the same days."""

from __future__ import annotations

import numpy as np

from arusha.demo.country import Country, Lookalike

KIND = "part-timer"


def prepare(country: Country, rng: np.random.Generator) -> Lookalike | None:
    office = int(rng.choice(5))
    declarant = country.take_declarant(rng, office, 0.012, 0.3)
    if declarant is None:
        return None
    officer = country.take_officer(rng, office, country.main_desk(declarant, office))
    if officer is None:
        return None
    country.staff.workdays[officer, 3:] = False
    country.staff.evenings[officer] = False
    units = country.parties.units_of(declarant, office)
    country.parties.unit_weekday[units] = (3.0, 3.0, 3.0, 0.2, 0.2, 0.2, 0.2)
    return Lookalike(KIND, office, "both work in the first half of the week", [(officer, declarant)])
