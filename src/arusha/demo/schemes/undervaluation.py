"""One officer lets one broker lower its values once the pick is known; assignment itself is honest."""

from __future__ import annotations

import numpy as np

from arusha.demo import riding
from arusha.demo.draft import Draft, Scheme

KIND = "undervaluation"
MOST = 2
SHARE = {"weak": 0.4, "medium": 0.7, "strong": 0.95}
"""Part of the pair's declarations that are lowered, by the cut of ``riding.CUT``."""


def plant(draft: Draft, rng: np.random.Generator, strength: str) -> Scheme | None:
    pair = riding.choose_pair(draft, rng, strength)
    if pair is None:
        return None
    office, officer, declarant = pair
    rows = draft.examined(office, declarant)
    scheme = draft.open(KIND, strength, office, [(officer, declarant)])
    cut = riding.CUT[strength] * rng.uniform(0.85, 1.15)

    def act() -> None:
        theirs = rows[draft.officer[rows] == officer]
        scheme.undervalue(theirs[rng.random(theirs.size) < SHARE[strength]], cut, amended=True)

    draft.after_handling(act)
    return scheme
