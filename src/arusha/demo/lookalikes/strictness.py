"""Officers differ in strictness as people do; here are the strictest and the mildest of them, all honest."""

from __future__ import annotations

import numpy as np

from arusha.demo.country import Lookalike
from arusha.demo.draft import Draft
from arusha.demo.staff import EXAMINER

KIND = "ordinary-strictness"


def observe(draft: Draft, rng: np.random.Generator) -> Lookalike | None:
    staff = draft.country.staff
    guilty = [o for s in draft.schemes for o, _ in s.units if o is not None]
    honest = np.flatnonzero((staff.role == EXAMINER) & ~staff.trainee & ~np.isin(np.arange(staff.count), guilty))
    order = honest[np.argsort(staff.strictness[honest], kind="stable")]
    units: list[tuple[int | None, int | None]] = [(int(o), None) for o in [*order[:4], *order[-4:]]]
    return Lookalike(KIND, None, "the mildest four and the strictest four, within what is ordinary", units)
