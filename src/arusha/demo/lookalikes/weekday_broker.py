"""A broker that works only on two weekdays, by day: it meets only those who are on shift then."""

from __future__ import annotations

import numpy as np

from arusha.demo.country import Country, Lookalike

KIND = "weekday-broker"


def prepare(country: Country, rng: np.random.Generator) -> Lookalike | None:
    office = int(rng.choice([0, 1]))
    declarant = country.take_declarant(rng, office, 0.012, 0.2)
    if declarant is None:
        return None
    units = country.parties.units_of(declarant, office)
    days = rng.choice(5, size=2, replace=False)
    country.parties.unit_weekday[units] = np.where(np.isin(np.arange(7), days), 1.0, 0.02)
    country.parties.unit_shift[units] = (1.0, 0.0, 0.0)
    return Lookalike(KIND, office, "lodges on two weekdays only", [(None, declarant)])
