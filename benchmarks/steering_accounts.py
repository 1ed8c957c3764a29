"""What the accounts that records cannot rule out cost: planted pairs that stand out without them, and with them.

    python -m benchmarks.steering_accounts [seeds]

A year of one office, 4,000 draws, a roster, officers picked by chance among those on duty. Some declarants (the third
and every fourth after it) are steered: a part of their files goes to the favoured officers, evenly. Counted are offices
in which a planted pair is flagged, and planted pairs, before and after the accounts are weighed, and innocent pairs.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date
from unittest.mock import patch

import numpy as np
from benchmarks.honest_mechanisms.lodging import lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence, tables
from benchmarks.honest_mechanisms.picks import by_chance

from arusha.engine import session_from_tables
from arusha.indicators import assignment_steering
from arusha.indicators.assignment_accounts import weighed
from arusha.indicators.assignment_draws import IntArray
from arusha.indicators.assignment_office import Prepared
from arusha.indicators.assignment_rounds import Limits, Tested
from arusha.indicators.definition import Settings

SETTINGS = Settings(date(2025, 1, 1), date(2026, 1, 1))
DESIGNS = [
    *((officers, 1, 1, part) for officers in (2, 3, 4, 8, 12) for part in (0.3, 0.6, 1.0)),
    *((12, 1, 2, part) for part in (0.4, 0.8)),
    *((12, partners, favoured, part) for partners in (3, 4, 6) for favoured in (1, 2, 3) for part in (0.4, 0.8)),
]
"""Officers, declarants steered, officers favoured, part of the files."""


def office(seed: int, officers: int, partners: int, favoured: int, part: float) -> tuple[Made, set[tuple[str, str]]]:
    k = lodged(seed)
    there = presence(k, officers)
    there[:, :2] |= officers == 2  # of two officers both are at work
    steered = [2 + 4 * b for b in range(partners)]
    hit = np.isin(k.declarant, steered) & (k.rng.random(k.n) < part)
    weight = there[k.day] * np.where(hit[:, None], np.arange(officers) < favoured, True)
    weight = np.where(weight.sum(axis=1, keepdims=True) > 0, weight, there[k.day])
    planted = {(f"P-{i:03d}", f"B-{b:03d}") for b in steered for i in range(favoured)}
    return Made(k, by_chance(k, weight.astype(float)), all_day(there)), planted


def flagged(made: Made) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Pairs that stand out before the accounts are weighed, and after."""
    plain: list[Tested] = []

    def kept(
        ready: Sequence[Prepared],
        results: Sequence[Tested],
        limits: Limits,
        threads: int = 1,
        teams: Sequence[IntArray] | None = None,
    ) -> list[Tested]:
        plain[:] = results
        return weighed(ready, results, limits, threads, teams)

    with session_from_tables(tables(made)) as session, patch.object(assignment_steering, "weighed", kept):
        (found,) = assignment_steering.answer(assignment_steering.cells(session, SETTINGS), SETTINGS)
    named = found.draws
    return tuple(  # type: ignore[return-value]
        {(named.outcomes[p.outcome[k]], named.declarants[p.declarant[k]]) for k in np.flatnonzero(signal).tolist()}
        for p, signal in ((plain[0].pairs, plain[0].signal), (found.tested.pairs, found.tested.signal))
    )


def main() -> None:
    seeds = range(*(map(int, sys.argv[1].split("-")))) if len(sys.argv) > 1 else range(12)
    print(
        "| officers | declarants steered | officers favoured | part | offices before | after | pairs before | after |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    wrong = 0
    for design in DESIGNS:
        offices, pairs = np.zeros(2, dtype=int), np.zeros(2, dtype=int)
        for seed in seeds:
            made, planted = office(seed, *design)
            before, after = flagged(made)
            wrong += len(after - planted)
            offices += [bool(before & planted), bool(after & planted)]
            pairs += [len(before & planted), len(after & planted)]
        n = len(seeds)
        print(
            f"| {design[0]} | {design[1]} | {design[2]} | {design[3]:.0%} | {offices[0]} of {n} | {offices[1]} of {n} "
            f"| {pairs[0]} | {pairs[1]} |",
            flush=True,
        )
    print(f"\nInnocent pairs flagged after: {wrong} in {len(DESIGNS) * len(seeds)} offices.")


if __name__ == "__main__":
    main()
