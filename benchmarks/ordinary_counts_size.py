"""Size of the tails of officers held against ordinary differences, where officers do differ, and what they then find.

    python benchmarks/ordinary_counts_size.py rule [worlds]

Worlds of 10 to 200 officers in offices of ten, 500 cases each, of which 0.2 to 50 are expected to count. Officers' log
odds differ with a standard deviation tau by a normal law, by Student's t with 4 degrees of freedom, or in two groups (a
tenth three times as wide as the others); none, a twentieth or a fifth of them have odds three to ten times as large.
One honest officer is looked at in each world: the least count that has p at most 0.01, ..., 0.00001 against the others
is found by asking the question again at one count after another, and the chance of that count or more is summed
exactly. So few worlds tell
a size far out. Power: the same of an officer whose odds are eight times as large.
"""

from __future__ import annotations

import itertools
import json
import sys

import numpy as np
from scipy import special, stats

from arusha.indicators.coded_columns import Coded
from arusha.indicators.peer_cells import PeerCells
from arusha.indicators.peer_tests import officers

CASES = 500
OFFICE = 10
LEVELS = (1e-2, 1e-3, 1e-4, 1e-5)
STRONG = np.log(8.0)


def effects(rng: np.random.Generator, law: str, tau: float, size: int) -> np.ndarray:
    if law == "normal":
        return rng.normal(0.0, tau, size)
    if law == "t4":
        return rng.standard_t(4, size) * tau / np.sqrt(2.0)
    narrow = tau / np.sqrt(1.8)
    return rng.normal(0.0, 1.0, size) * np.where(rng.random(size) < 0.1, 3.0 * narrow, narrow)


def density(law: str, tau: float, x: np.ndarray) -> np.ndarray:
    if law == "normal":
        return stats.norm.pdf(x, 0.0, tau)
    if law == "t4":
        return stats.t.pdf(x, 4, 0.0, tau / np.sqrt(2.0))
    narrow = tau / np.sqrt(1.8)
    return 0.9 * stats.norm.pdf(x, 0.0, narrow) + 0.1 * stats.norm.pdf(x, 0.0, 3.0 * narrow)


def chance(law: str, tau: float, centre: float, least: int) -> float:
    """That an officer drawn from the law has ``least`` or more, log odds about ``centre``."""
    if tau == 0.0:
        return float(stats.binom.sf(least - 1, CASES, special.expit(centre)))
    x = np.sinh(np.linspace(-6.0, 6.0, 4001)) * tau / 4.0
    x = x[np.abs(x) < 30.0]
    tails = stats.binom.sf(least - 1, CASES, special.expit(centre + x))
    return float(np.trapezoid(tails * density(law, tau, x), x))


def cells(counts: np.ndarray) -> PeerCells:
    at = np.arange(counts.size)
    office = at // OFFICE
    same = np.full(counts.size, CASES)
    names = [f"{i:04d}" for i in range(counts.size)]
    return PeerCells(
        Coded(office, names), Coded(at, names), Coded(np.zeros_like(at), ["D"]), (office,), (office,),
        (same, counts), (same, counts),
    )  # fmt: skip


def world(law: str, tau: float, size: int, expected: float, schemes: float, seed: int) -> dict[str, list[float]]:
    rng = np.random.default_rng(seed)
    centre = float(special.logit(expected / CASES))
    counts = rng.binomial(CASES, special.expit(centre + effects(rng, law, tau, size)))
    planted = 1 + rng.permutation(size - 1)[: round(schemes * size)]
    extra = np.log(rng.uniform(3.0, 10.0, planted.size))
    counts[planted] = rng.binomial(CASES, special.expit(centre + effects(rng, law, tau, planted.size) + extra))
    known: dict[int, float] = {}

    def p(count: int) -> float:
        if count not in known:
            counts[0] = count
            known[count] = float(officers(cells(counts).offices(), excess=5.0).p[0][0])
        return known[count]

    out: dict[str, list[float]] = {"size": [], "power": []}
    for level in LEVELS:
        low, high = 0, CASES
        for count in sorted(known):
            low, high = (max(low, count), high) if known[count] > level else (low, min(high, count))
        while high - low > 1:
            # What is looked for is near what is expected far more often than near all of the cases.
            middle = min(max(low + 1, int(np.sqrt(max(low, 1) * high))), high - 1)
            low, high = (middle, high) if p(middle) > level else (low, middle)
        out["size"].append(chance(law, tau, centre, high))
        out["power"].append(chance(law, tau, centre + STRONG, high))
    return out


def settings() -> list[tuple[str, float, int, float, float]]:
    """Law, tau, officers, expected, share of schemes."""
    first = itertools.product(["normal"], [0.0, 0.3, 0.8], [10, 50], [2.5, 50.0], [0.0])
    shapes = itertools.product(["t4", "groups"], [0.5], [50], [2.5, 50.0], [0.0])
    schemes = itertools.product(["normal"], [0.3], [50], [2.5], [0.05, 0.2])
    rest = itertools.product(["normal"], [0.15, 0.5], [10, 50], [2.5, 50.0], [0.0])
    small = itertools.product(["normal"], [0.0, 0.3, 0.8], [50], [0.2, 10.0], [0.0])
    large = itertools.product(["normal"], [0.0, 0.3, 0.8], [200], [2.5, 50.0], [0.0])
    more = itertools.product(["normal"], [0.0, 0.3], [50], [10.0], [0.05, 0.2])
    return [*first, *shapes, *schemes, *rest, *small, *large, *more]


def main(rule: str, worlds: int) -> None:
    for setting in settings():
        law, tau, size, expected, schemes = setting
        told = [world(*setting, seed) for seed in range(worlds if size < 200 else worlds // 2)]
        row = {"rule": rule, "law": law, "tau": tau, "officers": size, "expected": expected, "schemes": schemes}
        row |= {"worlds": len(told)}
        for name in ("size", "power"):
            values = np.array([one[name] for one in told])
            row[name] = [float(f"{v:.3g}") for v in values.mean(axis=0)]
            row[f"{name}_error"] = [float(f"{v:.2g}") for v in values.std(axis=0, ddof=1) / np.sqrt(len(told))]
        print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 16)
