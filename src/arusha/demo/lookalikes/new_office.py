"""An office that opens in July: few officers, few brokers, no history."""

from __future__ import annotations

import numpy as np

from arusha.demo.country import Country, Lookalike
from arusha.demo.draft import Draft
from arusha.demo.staff import EXAMINER

KIND = "new-office"


def prepare(country: Country, rng: np.random.Generator) -> Lookalike | None:
    opened = [k for k, o in enumerate(country.offices) if o.opens_on]
    if not opened:
        return None
    office = opened[0]
    officers = np.flatnonzero((country.staff.home == office) & (country.staff.role == EXAMINER))
    country.busy_officers.update(int(o) for o in officers)

    def units(draft: Draft) -> list[tuple[int | None, int | None]]:
        n = np.bincount(draft.lodged.declarant[draft.examined(office)], minlength=country.parties.declarants)
        return [(int(o), int(d)) for o in officers for d in np.flatnonzero(n >= 15)]

    return Lookalike(KIND, office, "opened in July with few officers and few brokers", units_from=units)
