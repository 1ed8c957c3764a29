"""A broker's selected declarations are put to green with no inspection act."""

from __future__ import annotations

import numpy as np

from arusha.demo import riding
from arusha.demo.draft import NOBODY, Draft, Scheme

KIND = "lane-change-without-act"
MOST = 2
SHARE = {"weak": 0.08, "medium": 0.25, "strong": 0.6}
"""Part of the broker's selected declarations, where the one who presses the button is on shift."""


def plant(draft: Draft, rng: np.random.Generator, strength: str) -> Scheme | None:
    pair = riding.choose_pair(draft, rng, strength)
    if pair is None:
        return None
    office, officer, declarant = pair
    rows = draft.examined(office, declarant)
    by_colleague = rng.random() < 0.5
    scheme = draft.open(KIND, strength, office, [(officer, declarant)])

    def act() -> None:
        there = rows[draft.on_shift(rows, officer)]
        if by_colleague:
            # An officer who has nothing to do with the file clears it.
            there = there[draft.officer[there] != officer]
            chosen, by = there[rng.random(there.size) < SHARE[strength]], officer
        else:
            there = there[draft.officer[there] == officer]
            chosen, by = there[rng.random(there.size) < min(1.0, 1.5 * SHARE[strength])], NOBODY
        scheme.clear_without_act(chosen, by)

    draft.after_handling(act)
    return scheme
