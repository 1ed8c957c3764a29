"""A broker whose clients bring risky goods: more red, more findings, nobody's favour."""

from __future__ import annotations

import numpy as np

from arusha.demo.country import Country, Lookalike

KIND = "risky-goods"


def prepare(country: Country, rng: np.random.Generator) -> Lookalike | None:
    office = int(rng.choice(5))
    declarant = country.take_declarant(rng, office, 0.015, 0.3)
    if declarant is None:
        return None
    country.parties.risk[country.parties.clients(declarant)] += 1.4
    return Lookalike(KIND, office, "this broker's clients bring risky goods", [(None, declarant)])
