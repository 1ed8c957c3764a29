"""An officer writes "conforming" where something is wrong: for one broker, or for everybody."""

from __future__ import annotations

import numpy as np

from arusha.demo import riding
from arusha.demo.draft import Draft, Scheme

KIND = "leniency"
MOST = 2
SHARE = {"weak": 0.35, "medium": 0.7, "strong": 0.95}
"""Part of what an honest act would find that is not written down."""


def plant(draft: Draft, rng: np.random.Generator, strength: str) -> Scheme | None:
    pair = riding.choose_pair(draft, rng, strength)
    if pair is None:
        return None
    office, officer, declarant = pair
    overall = rng.random() < 0.5
    if overall:
        draft.busy_declarants.discard(declarant)
    scheme = draft.open(KIND, strength, office, [(officer, None if overall else declarant)])

    def act() -> None:
        theirs = draft.examined(office, None if overall else declarant)
        theirs = theirs[draft.officer[theirs] == officer]
        scheme.suppress(theirs[rng.random(theirs.size) < SHARE[strength]])

    draft.after_handling(act)
    return scheme
