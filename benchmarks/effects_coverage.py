"""Coverage and size of the methods of effects over designs: which method holds where, with its simulation error.

    python benchmarks/effects_coverage.py [replicates] > benchmarks/results/effects_coverage.md

Worlds: units with errors that remember (0 or 0.6), 24 periods, the measure in the second half of them, effects of 1
alike for all or spread between units (SD 1). An interval holds if it covers the mean effect of the
treated units at hand.
"""

from __future__ import annotations

import sys
import time as clock
from collections.abc import Callable

import numpy as np

from arusha.effects import NEVER, aggregate, group_time, interrupted, randomisation_test, synthetic_did
from arusha.effects.wild_bootstrap import wild_cluster_bootstrap

T, BEFORE = 24, 12
Interval = tuple[float, float]


def world(seed: int, n: int, treated: int, memory: float, spread: float) -> tuple[np.ndarray, np.ndarray, float]:
    random = np.random.default_rng([seed, n, treated, int(10 * memory), int(spread)])
    error = random.normal(size=(n, T + 20))
    for t in range(1, T + 20):
        error[:, t] += memory * error[:, t - 1]
    effect = 1.0 + spread * random.normal(size=treated)
    y = random.normal(size=n)[:, None] + random.normal(size=T) + error[:, 20:]
    y[:treated, BEFORE:] += effect[:, None]
    return y, np.where(np.arange(n) < treated, BEFORE, NEVER), float(effect.mean())


def by_influence(y: np.ndarray, first: np.ndarray, seed: int) -> Interval:
    from scipy import stats

    one = aggregate(group_time(y, np.arange(T), first))
    treated = int(np.sum(first != NEVER))
    reach = stats.t.ppf(0.975, min(treated, first.size - treated) - 1) * one.overall_se
    return one.overall - reach, one.overall + reach


def by_reassignment(y: np.ndarray, first: np.ndarray, seed: int) -> Interval:
    found = randomisation_test(y, np.arange(T), first, draws=499, seed=seed)
    return found.low, found.high


def by_wild_bootstrap(y: np.ndarray, first: np.ndarray, seed: int) -> Interval:
    n = y.shape[0]
    unit, period = np.repeat(np.arange(n), T), np.tile(np.arange(T), n)
    x = ((first[unit] != NEVER) & (period >= BEFORE)).astype(float)
    found = wild_cluster_bootstrap(y.ravel(), x, unit, effects=[unit, period], draws=399, seed=seed)
    return found.low, found.high


def by_synthetic(y: np.ndarray, first: np.ndarray, seed: int) -> Interval:
    found = synthetic_did(y, np.arange(T), first, draws=60, seed=seed)
    return found.low, found.high


METHODS: dict[str, Callable[[np.ndarray, np.ndarray, int], Interval]] = {
    "influence": by_influence,
    "reassignment": by_reassignment,
    "wild bootstrap": by_wild_bootstrap,
    "synthetic": by_synthetic,
}


def row(name: str, n: int, treated: int, replicates: int) -> str:
    cells = []
    for memory in (0.0, 0.6):
        for spread in (0.0, 1.0):
            held = size = 0
            for seed in range(replicates):
                y, first, truth = world(seed, n, treated, memory, spread)
                low, high = METHODS[name](y, first, seed)
                held += low <= truth <= high
            size = held / replicates
            cells.append(f"{100 * size:.1f}")
    return f"| {name} | {n} | {treated} | {' | '.join(cells)} |"


def series(n: int, before: int, memory: float, replicates: int) -> float:
    held = 0
    for seed in range(replicates):
        random = np.random.default_rng([seed, n, int(10 * memory)])
        error = random.normal(size=n + 50)
        for t in range(1, error.size):
            error[t] += memory * error[t - 1]
        found = interrupted(error[50:], before, harmonics=1)
        held += found.low <= 0 <= found.high
    return 100 * held / replicates


def main() -> None:
    replicates = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    started = clock.process_time()
    error = 100 * np.sqrt(0.95 * 0.05 / replicates)
    print(f"# Coverage of 95% intervals\n\n{replicates} replicates a cell; standard error {error:.1f} points at 95%.\n")
    print("| method | units | treated | no memory, alike | no memory, spread | memory, alike | memory, spread |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    designs = [(8, 4), (12, 4), (12, 6), (20, 10), (40, 20), (100, 50), (200, 100), (200, 4)]
    for n, treated in designs:
        for name in ("influence", "reassignment"):
            print(row(name, n, treated, replicates), flush=True)
    few = max(50, replicates // 4)
    print(f"\nWith {few} replicates (slower methods; standard error {100 * np.sqrt(0.0475 / few):.1f} points):\n")
    print("| method | units | treated | no memory, alike | no memory, spread | memory, alike | memory, spread |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for n, treated in [(12, 6), (20, 10)]:
        print(row("wild bootstrap", n, treated, few), flush=True)
    for n, treated in [(21, 1), (40, 1), (40, 3)]:
        print(row("synthetic", n, treated, few), flush=True)
    print("\n| one series: periods | before | memory 0 | memory 0.4 | memory 0.7 |\n| --- | --- | --- | --- | --- |")
    for n, before in [(30, 24), (36, 24), (60, 36), (24, 12)]:
        shares = " | ".join(f"{series(n, before, m, few):.1f}" for m in (0.0, 0.4, 0.7))
        print(f"| {n} | {before} | {shares} |", flush=True)
    print(f"\n{clock.process_time() - started:.0f} s of processor time.")


if __name__ == "__main__":
    main()
