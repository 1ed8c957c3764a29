"""A trainee is given simple files only, so meets the broker of simple goods and finds less than others."""

from __future__ import annotations

import numpy as np

from arusha.demo.country import Country, Lookalike
from arusha.demo.staff import Duty

KIND = "trainee"


def prepare(country: Country, rng: np.random.Generator) -> Lookalike | None:
    # Where work goes to whoever has least, the chances of a trainee cannot be written down simply.
    offices = [k for k in range(5) if country.method[k] != "workload"]
    office = int(rng.choice(offices))
    officer = country.take_officer(rng, office)
    declarant = country.take_declarant(rng, office, 0.012, 0.3)
    if officer is None:
        return None
    s = country.staff
    s.trainee[officer] = True
    s.evenings[officer] = False
    s.grade[officer] = 0
    s.hired[officer] = s.posted[officer] = -75
    s.duties.append(Duty(officer, "training", -75, 400, "supervised, simple files", -80, int(s.chief_of[office])))
    units: list[tuple[int | None, int | None]] = [(officer, None)]
    if declarant is not None:
        p = country.parties
        clients = p.clients(declarant)
        simple = np.flatnonzero(country.goods.risk < np.quantile(country.goods.risk, 0.4))
        p.product[clients] = rng.choice(simple, (clients.size, p.product.shape[1]))
        p.items[clients] = 0.05
        p.risk[clients] -= 1.0
        units.append((officer, declarant))
    return Lookalike(KIND, office, "a trainee, on record as in training; simple files only", units)
