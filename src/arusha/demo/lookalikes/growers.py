"""A growers' co-operative: the same perishable goods every morning, cheap from the field, next to nothing wrong.

Whoever examines it finds nothing, its values are low, little of it is selected: as if everybody favoured it. Its
members truly ship one product from one origin, at the grower's price, in declarations of one item, on every day on
which the office is open. (Lodging before the office opens, as growers would, cannot be told: hours are a shift's.)
"""

from __future__ import annotations

import numpy as np

from arusha.demo.country import Country, Lookalike

KIND = "growers-cooperative"
CROPS = ((1, "060311"), (3, "080810"), (4, "070320"))
"""Roses by air, apples and garlic over land: (office, commodity)."""
PERISHABLE_WEEK = (1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 4.0)
"""Crops know no weekend: this undoes most of what the week takes from others."""


def prepare(country: Country, rng: np.random.Generator) -> Lookalike | None:
    office, crop = CROPS[int(rng.integers(len(CROPS)))]
    declarant = country.take_declarant(rng, office, 0.015, 0.3)
    if declarant is None:
        return None
    p, g = country.parties, country.goods
    share = max(p.office_share(declarant, office), float(rng.uniform(0.07, 0.1)))
    p.set_share(declarant, office, share)
    units = p.units_of(declarant, office)
    p.unit_shift[units] = (1.0, 0.0, 0.0)
    p.unit_weekday[units] = PERISHABLE_WEEK
    members = p.clients(declarant)
    p.product[members] = int(np.flatnonzero(np.char.startswith(g.hs_code, crop))[0])
    p.origin[members] = int(rng.integers(6))
    p.items[members] = 0.02
    p.risk[members] = rng.normal(-2.6, 0.2, members.size)
    p.quality[members] = rng.normal(-0.3, 0.03, members.size)
    note = "growers who ship one crop every morning, at field prices, with next to nothing wrong"
    return Lookalike(KIND, office, note, [(None, declarant)], importers=[int(i) for i in np.unique(members)])
