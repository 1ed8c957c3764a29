"""Importers who truly buy cheaper goods: lower values that hide nothing."""

from __future__ import annotations

import numpy as np

from arusha.demo.country import Country, Lookalike

KIND = "cheap-importer"


def prepare(country: Country, rng: np.random.Generator) -> Lookalike | None:
    office = int(rng.choice(5))
    declarant = country.take_declarant(rng, office, 0.015, 0.3)
    if declarant is None:
        return None
    p = country.parties
    place = np.arange(p.client_from[declarant], p.client_to[declarant])
    biggest = p.client[place[np.argsort(-p.client_weight[place], kind="stable")[:3]]]
    p.quality[biggest] = rng.uniform(-0.6, -0.4, biggest.size)
    importers = [int(i) for i in biggest]
    note = "these importers buy truly cheaper goods"
    return Lookalike(KIND, office, note, [(None, declarant)], importers=importers)
