"""The system's own first pick is made to fall on one officer for one broker."""

from __future__ import annotations

import numpy as np

from arusha.demo import riding
from arusha.demo.draft import Draft, Scheme

KIND = "steering-pick"
MOST = 2
SHARE = {"weak": 0.10, "medium": 0.30, "strong": 0.65}
"""Part of the broker's draws, among those where the officer is in the pool, that are steered."""


def plant(draft: Draft, rng: np.random.Generator, strength: str) -> Scheme | None:
    pair = riding.choose_pair(draft, rng, strength)
    if pair is None:
        return None
    office, officer, declarant = pair
    rows = draft.examined(office, declarant)
    scheme = draft.open(KIND, strength, office, [(officer, declarant)])
    draws = np.unique(draft.draw_of[rows])
    wanted = draws[rng.random(draws.size) < SHARE[strength] * rng.uniform(0.85, 1.15)]
    steered = scheme.steer_pick(rows[np.isin(draft.draw_of[rows], wanted)], officer)
    riding.maybe_ride(draft, rng, strength, scheme, lambda: steered[draft.officer[steered] == officer])
    return scheme
