"""What schemes have in common: choosing a pair, and the undervaluation or leniency that often rides on steering."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from arusha.demo.draft import Draft, Rows, Scheme

CUT = {"weak": 0.08, "medium": 0.2, "strong": 0.35}
"""Part of the value that is left out."""


def choose_pair(draft: Draft, rng: np.random.Generator, strength: str) -> tuple[int, int, int] | None:
    """(office, officer, declarant) free of other schemes and look-alikes. Weak schemes also take small brokers."""
    low = {"weak": 30, "medium": 50, "strong": 60}[strength]
    for _ in range(12):
        office = draft.choose_office(rng)
        declarant = draft.choose_declarant(rng, office, low)
        if declarant is None:
            continue
        officer = draft.choose_officer(rng, office, draft.examined(office, declarant))
        if officer is not None:
            return office, officer, declarant
        draft.busy_declarants.discard(declarant)
    return None


def undervaluing(
    draft: Draft, rng: np.random.Generator, strength: str, carrier: Scheme, rows: Callable[[], Rows]
) -> None:
    """Another scheme on the same units: lower values on the rows that ``rows`` gives once officers are known."""
    rider = draft.open("undervaluation", strength, carrier.office, list(carrier.units))
    rider.rides_on = carrier
    cut = CUT[strength] * rng.uniform(0.85, 1.15)
    draft.after_handling(lambda: rider.undervalue(rows(), cut))


def lenient(draft: Draft, rng: np.random.Generator, strength: str, carrier: Scheme, rows: Callable[[], Rows]) -> None:
    """Another scheme on the same units: most of what would be found is not written down."""
    rider = draft.open("leniency", strength, carrier.office, list(carrier.units))
    rider.rides_on = carrier
    share = {"weak": 0.35, "medium": 0.7, "strong": 0.95}[strength]

    def act() -> None:
        these = rows()
        rider.suppress(these[rng.random(these.size) < share])

    draft.after_handling(act)


def maybe_ride(
    draft: Draft, rng: np.random.Generator, strength: str, carrier: Scheme, rows: Callable[[], Rows]
) -> None:
    """Steering is for something: often lower values, often leniency, sometimes nothing that the records show."""
    if rng.random() < 0.6:
        undervaluing(draft, rng, strength, carrier, rows)
    if rng.random() < 0.4:
        lenient(draft, rng, strength, carrier, rows)
