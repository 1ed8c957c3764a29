"""A broker whose goods arrive at night meets the few officers of the night desk, whose shift crosses midnight."""

from __future__ import annotations

import numpy as np

from arusha.demo.country import Country, Lookalike

KIND = "night-desk"


def prepare(country: Country, rng: np.random.Generator) -> Lookalike | None:
    office = int(rng.choice([0, 1]))
    declarant = country.take_declarant(rng, office, 0.012, 0.15)
    if declarant is None:
        return None
    country.parties.unit_shift[country.parties.units_of(declarant, office)] = (0.1, 0.1, 0.8)
    night = np.flatnonzero(country.staff.night & (country.staff.home == office))
    country.busy_officers.update(int(o) for o in night)
    return Lookalike(
        KIND, office, "most of this broker's goods are lodged at night", [(int(o), declarant) for o in night]
    )
