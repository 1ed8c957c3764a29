"""How often the two assignment questions flag a clean office, and what they find of what an oracle finds.

    python benchmarks/calibration_steering.py [worlds] > benchmarks/results/calibration_steering.txt

Worlds are those of tests/indicators/steering_worlds.py: a year of one office, officers picked at random, with unequal
chances, by least load or in turn; crews over three shifts that change weekly, a night desk across midnight,
part-timers, rotation at half-year, desks by chapter, desks that change hands, officers by lane; batches; one declarant
of 60%. Each declarant keeps its own hours and goods. The whole procedure runs, as the question runs it, on draws.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from arusha.indicators.assignment_effects import excess_share, shrunken
from arusha.indicators.assignment_office import Prepared, prepare
from arusha.indicators.assignment_rounds import Limits, Tested, run
from arusha.inference.intervals import clopper_pearson

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "indicators"))
from steering_worlds import Move, Office, Scheme, World, draws, excess, moved, oracle, override_draws, world

LIMITS = Limits(exposure=30, excess=5, rate=0.05)
MECHANISMS = (
    "random",
    "weights",
    "workload",
    "rota",
    "part time",
    "three shifts",
    "night desk",
    "rotation",
    "desks",
    "desks rotate",
    "lanes",
)
CLEAN: dict[str, Office] = {
    **{f"{m}, {n} draws": Office(draws=n, mechanism=m) for m in MECHANISMS for n in (2000, 8000)},
    **{
        f"{name}, {n} draws": Office(draws=n, **about)
        for n in (4000, 12000)
        for name, about in {
            "batches of 4 in one minute": {"batch": 4},
            "batches of 4 over 10 minutes": {"batch": 4, "batch_minutes": 10},
            "batches of 5 over 30 minutes, by a tenth": {"batch": 5, "batch_minutes": 30, "batchers": 0.1},
            "batches of 5 over 2 hours, by half": {"batch": 5, "batch_minutes": 120, "batchers": 0.5},
            "three shifts and batches": {"mechanism": "three shifts", "batch": 3, "batch_minutes": 5},
            "one declarant of 60%": {"largest_share": 0.6},
            "desks and one declarant of 40%": {"mechanism": "desks", "largest_share": 0.4},
            "two officers": {"mechanism": "weights", "officers": 2},
        }.items()
    },
}


def interval(hits: int, of: int) -> str:
    found = clopper_pearson(hits, of)
    return f"{hits / of:6.1%} ({np.max(found.low):.1%} to {np.max(found.high):.1%})"


def ready(made: World, name: str = "PORT", declared: bool = False) -> Prepared:
    taken, pool = draws(made, name, declared)
    return prepare(taken, LIMITS.exposure, pool)


def one(made: World) -> Tested:
    return run([ready(made)], LIMITS)[0]


def clean_offices(worlds: int, test: Callable[[World, int], Tested]) -> None:
    total = hits = 0
    for name, office in CLEAN.items():
        flagged = pairs = tested = 0
        for seed in range(worlds):
            answer = test(world(office, seed), seed)
            flagged += bool(answer.signal.any())
            pairs += int(answer.signal.sum())
            tested += int(np.isfinite(answer.pairs.p).sum())
        total, hits = total + worlds, hits + flagged
        per = 1000 * pairs / max(tested, 1)
        print(f"{name:52s} any flag {interval(flagged, worlds)}; false flags {per:.2f} per 1000 units", flush=True)
    print(f"{'all of them':52s} any flag {interval(hits, total)}", flush=True)


def administrations(worlds: int) -> None:
    """Eight offices of different kinds, one question over all of them."""
    kinds = ("random", "workload", "three shifts", "night desk", "desks", "part time", "rotation", "weights")
    flagged = 0
    for seed in range(worlds):
        offices = [
            ready(world(Office(draws=800 + 700 * k, mechanism=m, declarants=60), 10_000 + 8 * seed + k), f"O{k}")
            for k, m in enumerate(kinds)
        ]
        flagged += any(bool(t.signal.any()) for t in run(offices, LIMITS))
    print(f"{'eight offices, one question':52s} any flag {interval(flagged, worlds)}", flush=True)


def declared(worlds: int) -> None:
    """A declared even chance: kept, and not kept (the least-loaded officer is picked instead)."""
    for name, mechanism in (("kept", "random"), ("not kept (workload)", "workload"), ("not kept (desks)", "desks")):
        flagged = even = 0
        for seed in range(worlds):
            office = ready(world(Office(draws=6000, mechanism=mechanism), 50_000 + seed), declared=True)
            even += any(d.duty.law == "even" for d in office.duties)
            flagged += bool(run([office], LIMITS)[0].signal.any())
        print(
            f"{'declared even chance, ' + name:52s} any flag {interval(flagged, worlds)}; taken at its word in "
            f"{even / worlds:.0%} of offices",
            flush=True,
        )


def planted(seed: int, size: int) -> Iterator[tuple[str, Office]]:
    rng = np.random.default_rng(seed)
    for mechanism in MECHANISMS:
        declarants = rng.choice(25, 4, replace=False)
        officers = rng.choice(12, 4)
        strength = rng.choice([0.1, 0.2, 0.35, 0.6], 4)
        schemes = tuple(
            Scheme(int(b), int(i), float(s)) for b, i, s in zip(declarants, officers, strength, strict=True)
        )
        yield mechanism, Office(draws=size, mechanism=mechanism, schemes=schemes)
    schemes = (Scheme(0, 2, float(rng.choice([0.3, 0.6]))), Scheme(7, 5, 0.35))
    yield "swamping: 30% steered", Office(draws=size, largest_share=0.3, schemes=schemes)


def power(worlds: int) -> None:
    for size in (3000, 12000):
        found: dict[str, np.ndarray] = {}
        for seed in range(worlds):
            for mechanism, office in planted(seed, size):
                made = world(office, 90_000 + seed)
                truth = {(s.declarant, s.officer) for s in office.schemes}
                seen = oracle(made) & truth
                answer = one(made)
                pairs = answer.pairs
                said = set(
                    zip(pairs.declarant[answer.signal].tolist(), pairs.outcome[answer.signal].tolist(), strict=True)
                )
                row = [len(seen), len(seen & said), len(said & truth), len(said - truth)]
                found[mechanism] = found.get(mechanism, np.zeros(4, dtype=int)) + row
        for mechanism, (seen, both, true, false) in found.items():
            print(
                f"{size:6d} draws, {mechanism:24s} of {seen} that the oracle finds {both} found "
                f"({both / max(seen, 1):.0%}); false flags {false} of {false + true}"
            )
        seen, both, true, false = sum(found.values())
        print(
            f"{size:6d} draws, all: {interval(both, seen)} of what the oracle finds; "
            f"false share {interval(false, max(false + true, 1))}",
            flush=True,
        )


def coverage(worlds: int) -> None:
    """Of the intervals for the excess share, over all pairs and over those flagged."""
    counts = np.zeros(4, dtype=int)
    for seed in range(worlds):
        for _, office in planted(seed, 6000):
            made = world(office, 70_000 + seed)
            answer = one(made)
            pairs = answer.pairs
            effects = shrunken(*excess_share(pairs), 0.95)
            truth = np.zeros(pairs.p.size)
            for s in office.schemes:
                own = pairs.declarant == s.declarant
                truth[own] = excess(made, s.declarant)[pairs.outcome[own]]
            inside = (effects.low <= truth) & (truth <= effects.high)
            known = np.isfinite(effects.estimate)
            counts += [inside[known].sum(), known.sum(), inside[answer.signal].sum(), answer.signal.sum()]
    print(
        f"intervals at 95%: all pairs {interval(counts[0], counts[1])}; flagged pairs {interval(counts[2], counts[3])}"
    )


def overrides(worlds: int) -> None:
    def moves(made: World, seed: int, schemes: tuple[Move, ...] = ()) -> Tested:
        taken = override_draws(made, moved(made, schemes, seed))
        return run([prepare(taken, LIMITS.exposure, nobody=0)], LIMITS)[0]

    clean_offices(worlds, moves)
    found = false = planted_units = 0
    for seed in range(worlds):
        rng = np.random.default_rng(seed)
        who = rng.choice(20, 2, replace=False)
        schemes = (
            Move(int(who[0]), int(rng.integers(12)), float(rng.choice([0.1, 0.2, 0.4]))),
            Move(int(who[1]), None, float(rng.choice([0.1, 0.2, 0.4]))),
        )
        answer = moves(
            world(Office(draws=6000, mechanism=MECHANISMS[seed % len(MECHANISMS)]), 60_000 + seed), seed, schemes
        )
        flagged = {int(b) for b in answer.pairs.declarant[answer.signal]}
        planted_units += 2
        found += len(flagged & {m.declarant for m in schemes})
        false += len(flagged - {m.declarant for m in schemes})
    told = interval(found, planted_units)
    print(f"planted moves (10% to 40%): {told} of declarants found; false {false} of {false + found}")


def main() -> None:
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    print(f"assignment-steering, clean offices, {worlds} worlds each, at 5% a question (95% Clopper-Pearson intervals)")
    clean_offices(worlds, lambda made, seed: one(made))
    administrations(2 * worlds)
    declared(worlds)
    print("\nassignment-steering, planted pairs (10%, 20%, 35% or 60% of a declarant's work)")
    power(max(worlds // 4, 1))
    coverage(max(worlds // 20, 1))
    print("\nassignment-override, clean offices (4% of files moved at random)")
    overrides(max(worlds // 2, 1))


if __name__ == "__main__":
    main()
