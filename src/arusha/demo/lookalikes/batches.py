"""A broker that lodges many declarations in the same minute: each batch goes to one officer as one draw."""

from __future__ import annotations

import numpy as np

from arusha.demo.country import Country, Lookalike

KIND = "batches"


def prepare(country: Country, rng: np.random.Generator) -> Lookalike | None:
    office = int(rng.choice(5))
    declarant = country.take_declarant(rng, office, 0.02, 0.4)
    if declarant is None:
        return None
    p = country.parties
    p.batch[declarant] = 0.85
    units = p.units_of(declarant, office)
    p.unit_weekday[units] = np.where(np.arange(7) == rng.integers(0, 5), 8.0, 0.4)
    p.unit_week[units] = rng.gamma(0.6, 1.6, (units.size, p.unit_week.shape[1])) + 0.01
    return Lookalike(KIND, office, "lodges in batches, each given to one officer", [(None, declarant)])
