"""The first pick is honest; minutes later somebody gives the file to the officer who is wanted."""

from __future__ import annotations

import numpy as np

from arusha.demo import riding
from arusha.demo.draft import Draft, Rows, Scheme

KIND = "steering-reassignment"
MOST = 2
SHARE = {"weak": 0.08, "medium": 0.25, "strong": 0.6}
"""Part of the broker's declarations that are moved, where the officer is on shift and was not picked."""


def plant(draft: Draft, rng: np.random.Generator, strength: str) -> Scheme | None:
    pair = riding.choose_pair(draft, rng, strength)
    if pair is None:
        return None
    office, officer, declarant = pair
    rows = draft.examined(office, declarant)
    scheme = draft.open(KIND, strength, office, [(officer, declarant)])
    # Mostly the chief signs; sometimes it is done by somebody who runs the system.
    chief = int(draft.country.staff.chief_of[office])
    by = chief if rng.random() < 0.6 else int(rng.choice(draft.country.staff.outsiders()))
    wanted = rows[rng.random(rows.size) < SHARE[strength] * rng.uniform(0.85, 1.15)]
    draft.after_pick(lambda: _move(scheme, wanted, officer, by))
    riding.maybe_ride(draft, rng, strength, scheme, lambda: wanted[draft.officer[wanted] == officer])
    return scheme


def _move(scheme: Scheme, wanted: Rows, officer: int, by: int) -> None:
    scheme.reassign(wanted, officer, by)
