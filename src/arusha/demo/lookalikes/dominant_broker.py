"""A broker that is most of its small office's trade: every officer there sees it every day."""

from __future__ import annotations

import numpy as np

from arusha.demo.country import Country, Lookalike
from arusha.demo.staff import EXAMINER

KIND = "dominant-broker"


def prepare(country: Country, rng: np.random.Generator) -> Lookalike | None:
    office = int(rng.choice([4, 5, 6]))
    declarant = country.take_declarant(rng, office)
    if declarant is None:
        return None
    country.parties.set_share(declarant, office, float(rng.uniform(0.5, 0.7)))
    officers = np.flatnonzero((country.staff.home == office) & (country.staff.role == EXAMINER))
    units: list[tuple[int | None, int | None]] = [(int(o), declarant) for o in officers]
    return Lookalike(KIND, office, "one broker is most of the office's trade", units)
