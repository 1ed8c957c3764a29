"""The honest neighbours of a big scheme: what is steered away from them makes every other pair look odd."""

from __future__ import annotations

import numpy as np

from arusha.demo.country import Lookalike
from arusha.demo.draft import Draft
from arusha.demo.staff import EXAMINER

KIND = "scheme-neighbours"
STEERING = ("steering-pick", "steering-reassignment", "ring")


def observe(draft: Draft, rng: np.random.Generator) -> Lookalike | None:
    """Pairs of the steered officers with other brokers, and of the steered brokers with other officers."""
    guilty = {pair for s in draft.schemes for pair in s.units}
    units: list[tuple[int | None, int | None]] = []
    offices = set()
    for scheme in draft.schemes:
        if scheme.kind not in STEERING or scheme.strength == "weak" or not scheme.rows().size:
            continue
        offices.add(scheme.office)
        n = np.bincount(
            draft.lodged.declarant[draft.examined(scheme.office)], minlength=draft.country.parties.declarants
        )
        others = np.flatnonzero(n >= 30)
        staff = draft.country.staff
        colleagues = np.flatnonzero((staff.home == scheme.office) & (staff.role == EXAMINER))
        officers = {o for o, _ in scheme.units}
        declarants = {d for _, d in scheme.units}
        units += [(o, int(d)) for o in sorted(k for k in officers if k is not None) for d in others]
        units += [(int(o), d) for o in colleagues for d in sorted(k for k in declarants if k is not None)]
    innocent = [pair for pair in dict.fromkeys(units) if pair not in guilty and (pair[0], None) not in guilty]
    if not innocent:
        return None
    office = offices.pop() if len(offices) == 1 else None
    return Lookalike(KIND, office, "other pairs of the officers and brokers of a steering scheme", innocent)
