"""A ring: a few officers share a few brokers, so that no single pair stands out as much."""

from __future__ import annotations

import numpy as np

from arusha.demo import riding
from arusha.demo.draft import Draft, Scheme

KIND = "ring"
MOST = 1
SHARE = {"weak": 0.15, "medium": 0.4, "strong": 0.75}
"""Part of the brokers' draws that go to a member of the ring, where one is in the pool."""


def plant(draft: Draft, rng: np.random.Generator, strength: str) -> Scheme | None:
    brokers: list[int] = []
    officers: list[int] = []
    for _ in range(12):
        office = draft.choose_office(rng)
        for _ in range(int(rng.integers(2, 4))):
            broker = draft.choose_declarant(rng, office, 40)
            if broker is not None:
                brokers.append(broker)
        if len(brokers) >= 2:
            rows = np.concatenate([draft.examined(office, b) for b in brokers])
            for _ in range(int(rng.integers(3, 5))):
                officer = draft.choose_officer(rng, office, rows, 0.1)
                if officer is not None:
                    officers.append(officer)
            if len(officers) >= 2:
                break
        draft.busy_declarants.difference_update(brokers)
        draft.busy_officers.difference_update(officers)
        brokers, officers = [], []
    if not officers:
        return None
    scheme = draft.open(KIND, strength, office, [(o, b) for o in officers for b in brokers])
    taken: list[np.ndarray] = []
    for broker in brokers:
        rows = draft.examined(office, broker)
        draws = np.unique(draft.draw_of[rows])
        wanted = draws[rng.random(draws.size) < SHARE[strength] * rng.uniform(0.85, 1.15)]
        rows = rows[np.isin(draft.draw_of[rows], wanted)]
        # Each draw tries the members in an order of its own.
        turn = rng.integers(0, len(officers), draft.draws.count)[draft.draw_of[rows]]
        for step in range(len(officers)):
            left = rows[draft.forced[draft.draw_of[rows]] < 0]
            which = (turn[draft.forced[draft.draw_of[rows]] < 0] + step) % len(officers)
            for k, officer in enumerate(officers):
                taken.append(scheme.steer_pick(left[which == k], officer))
    steered = np.unique(np.concatenate(taken))
    riding.maybe_ride(draft, rng, strength, scheme, lambda: steered[np.isin(draft.officer[steered], officers)])
    return scheme
