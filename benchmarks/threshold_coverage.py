"""Do intervals at a threshold hold, and from how many values on? Density ratio, excess mass and outcome jump.

    python benchmarks/threshold_coverage.py [replicates] > benchmarks/results/threshold_coverage.md

Worlds: declared values of a log-normal law around a threshold at its median or its upper fifth. Intervals of the
density are held against no jump; for what is seen, a fifth of the values up to a tenth beyond the threshold move within
it. Traders declare once, or five times with values that differ by 5%.
"""

from __future__ import annotations

import sys
import time as clock
from contextlib import suppress

import numpy as np

from arusha.effects.threshold_evaluation import FEWEST_NEAR, _density
from arusha.inference import discontinuity


def world(seed: int, n: int, place: float, moved: float, same: int) -> tuple[np.ndarray, np.ndarray]:
    """Distances from the threshold (within at 0 or less) and traders."""
    random = np.random.default_rng([seed, n, int(100 * place), int(100 * moved), same])
    trader = np.repeat(np.arange(n // same), same)
    base = random.normal(0, 1, n // same)[trader]
    value = np.exp(base + (0.05 * random.normal(size=trader.size) if same > 1 else 0.0))
    cutoff = float(np.exp({0.5: 0.0, 0.8: 0.8416}[place]))
    goes = (value > cutoff) & (value < 1.1 * cutoff) & (random.random(value.size) < moved)
    value = np.where(goes, cutoff * (1 - 0.1 * random.random(value.size)), value)
    return value - cutoff, trader


def row(n: int, place: float, same: int, clustered: bool, replicates: int) -> str:
    held = cannot = seen = told = jump = outcomes = 0
    for seed in range(replicates):
        away, trader = world(seed, n, place, 0.0, same)
        groups = trader if clustered else None
        try:
            near, found = _density(away, groups)
        except ValueError:
            cannot += 1
        else:
            if min(near.used) < FEWEST_NEAR:
                cannot += 1
            else:
                told += 1
                held += found.low <= 0 <= found.high
        if seed < replicates // 4:
            away_moved, trader = world(seed, n, place, 0.2, same)
            with suppress(ValueError):
                seen += _density(away_moved, groups)[1].p <= 0.05
            random = np.random.default_rng([seed, n])
            shared = random.normal(0, 0.5, trader.max() + 1)[trader] if same > 1 else 0.0
            y = np.sin(away) + shared + random.normal(0, 0.5, away.size)
            try:
                robust = discontinuity(y, -away, 0.0, cluster=groups).robust
            except ValueError:
                continue
            outcomes += 1
            jump += robust.low <= 0 <= robust.high
    share = f"{100 * held / told:.1f}" if told else "-"
    covered = f"{100 * jump / outcomes:.1f}" if outcomes else "-"
    power = f"{100 * seen / (replicates // 4):.0f}"
    who = "apart" if same == 1 else ("five a trader, by trader" if clustered else "five a trader, taken as apart")
    return f"| {n:,} | {place} | {who} | {share} | {100 * cannot / replicates:.0f} | {power} | {covered} |"


def main() -> None:
    replicates = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    started = clock.process_time()
    error = 100 * np.sqrt(0.95 * 0.05 / replicates)
    few = 100 * np.sqrt(0.95 * 0.05 / (replicates // 4))
    print(
        f"# At a threshold\n\n{replicates} replicates a cell; simulation error {error:.1f} points for the density, "
        f"{few:.1f} for the outcome.\n\nCovered: of 95% intervals. Cannot tell: fewer than {FEWEST_NEAR} values near "
        "on a side. Seen: a fifth of those up to a tenth beyond the threshold moved within.\n"
    )
    print("| values | threshold at | traders | density covered | cannot tell, % | seen, % | outcome covered |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for n in (500, 1_000, 2_000, 5_000, 20_000):
        for place in (0.5, 0.8):
            print(row(n, place, 1, False, replicates), flush=True)
    for n in (2_000, 10_000):
        for clustered in (False, True):
            print(row(n, 0.5, 5, clustered, replicates), flush=True)
    print(f"\nProcessor time: {clock.process_time() - started:.0f} s.")


if __name__ == "__main__":
    main()
