"""What the oracles find in a world, by question; and by question and kind of scheme where a scheme has its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from arusha.demo import oracle, oracle_conduct, oracle_values
from arusha.demo.oracle_units import Hit, found
from arusha.demo.world import World


def _pairs(some: list[oracle.Found]) -> set[Hit]:
    return {(f.officer_id, f.declarant_id) for f in some}


OF_PICKS: Mapping[str, Callable[[World], set[Hit]]] = {
    "assignment-steering": lambda world: _pairs(oracle.steering(world)),
    "assignment-override": lambda world: _pairs(oracle.override(world)),
}
"""Those whose chances lie beside a world's records (``truth/``)."""

OF_CONDUCT: Mapping[str, Callable[[World], set[Hit]]] = {
    "assignment-steering/emptied-desk": lambda w: found(w.country, [oracle_conduct.rosters(w)]),
    "assignment-override/avoided-examiner": lambda w: {(name, None) for name in oracle.moved_away(w)},
    "finding-rate": lambda w: found(w.country, oracle_conduct.findings(w)),
    "lane-change-without-act": lambda w: found(w.country, oracle_conduct.endings(w)),
    "value-shortfall": lambda w: found(w.country, [oracle_values.shortfalls(w)]),
}
"""Those whose chances follow from the generator's parameters and the year as it was made."""


def known_to(question: str, scheme: str, at_best: Mapping[str, set[Hit]]) -> set[Hit] | None:
    """What the oracle of a question finds that counts for a kind of scheme; None where there is no oracle."""
    return at_best.get(f"{question}/{scheme}", at_best.get(question))


def of_picks(world: World) -> dict[str, set[Hit]]:
    return {name: ask(world) for name, ask in OF_PICKS.items()}


def of_conduct(world: World) -> dict[str, set[Hit]]:
    return {name: ask(world) for name, ask in OF_CONDUCT.items()}
