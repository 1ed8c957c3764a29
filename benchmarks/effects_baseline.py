"""What a change is held against: the last period before the start, all of them, or all weighted by their memory.

    python benchmarks/effects_baseline.py > benchmarks/results/effects_baseline.md

12 treated units and 20 others in worlds without an effect whose months remember. Written down before it was run: the
default is the baseline of least error that keeps its coverage (``effects_coverage.py``: 93% wherever the last period
does); weights that must be estimated first are worth their explanation only where they take a tenth off the error in
some memory of that grid (0, 0.4, 0.8; twelve months before and after). What parting trends do to each is measured too,
and what change power promises against what is then shown.
"""

from __future__ import annotations

import sys
import time as clock

import numpy as np
from scipy import stats

from arusha.effects import NEVER, detectable
from arusha.effects.panels import Baseline

TREATED, UNITS = 12, 32
WORLDS = 2_000
SPANS = ((12, 12), (18, 18), (24, 6), (6, 18))
MEMORIES = (0.0, 0.4, 0.8, 0.95)
DRIFTS = (0.0, 0.01, 0.02, 0.04, 0.08)
WEIGHED = "weighted"


def worlds(random: np.random.Generator, R: int, periods: int, memory: float) -> np.ndarray:
    """R x units x periods, of variance 1."""
    error = random.normal(size=(R, UNITS, periods + 30))
    for t in range(1, periods + 30):
        error[:, :, t] += memory * error[:, :, t - 1]
    return np.asarray(error[:, :, 30:] * np.sqrt(1 - memory**2))


def weights(past: np.ndarray, after: int) -> np.ndarray:
    """R x B: the weights of least error for months of one memory, estimated from the past (Han and Phillips 2010)."""
    step = np.diff(past, axis=2)
    step = step - step.mean(axis=1, keepdims=True)
    both = (step[:, :, 1:] * step[:, :, :-1]).sum(axis=(1, 2))
    square = (step[:, :, 1:] ** 2 + step[:, :, :-1] ** 2).sum(axis=(1, 2)) / 2
    r = np.clip(1 + 2 * both / square, 0.0, 0.98)[:, None]
    last = (r ** np.arange(1, after + 1)).mean(axis=1, keepdims=True)
    level = np.repeat(1 - r, past.shape[2], axis=1)
    level[:, [0, -1]] = 1.0
    found = (1 - last) * level / level.sum(axis=1, keepdims=True)
    found[:, -1:] += last
    return np.asarray(found)


def change(y: np.ndarray, before: int, baseline: str) -> np.ndarray:
    """R x units."""
    past = y[:, :, :before]
    if baseline == "last":
        held = past[:, :, -1]
    elif baseline == "all":
        held = past.mean(axis=2)
    else:
        held = np.einsum("rnb,rb->rn", past, weights(past, y.shape[2] - before))
    return np.asarray(y[:, :, before:].mean(axis=2) - held)


def test(v: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Effect and p of each world: two means of unequal variance, which re-assignment comes to with so many units."""
    found = stats.ttest_ind(v[:, :TREATED], v[:, TREATED:], axis=1, equal_var=False)
    return v[:, :TREATED].mean(axis=1) - v[:, TREATED:].mean(axis=1), np.asarray(found.pvalue)


def stopped(y: np.ndarray, before: int, baseline: str) -> np.ndarray:
    """Whether one of three placebo dates stands out (Holm), as in an evaluation."""
    dates = np.unique(np.linspace(2, before - 2, 3).astype(int))
    p = np.array([test(change(y[:, :, :before], int(at), baseline))[1] for at in dates])
    return np.asarray(p.min(axis=0) * dates.size <= 0.05)


def errors() -> list[str]:
    lines = ["| before, after | memory | last | all | weighted | size: last | all | weighted |"]
    lines.append("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for before, after in SPANS:
        for memory in MEMORIES:
            random = np.random.default_rng([1, before, int(100 * memory)])
            y = worlds(random, WORLDS, before + after, memory)
            found = [test(change(y, before, b)) for b in ("last", "all", WEIGHED)]
            cells = [f"{effect.std():.3f}" for effect, _ in found] + [
                f"{100 * np.mean(p <= 0.05):.1f}" for _, p in found
            ]
            lines.append(f"| {before}, {after} | {memory} | " + " | ".join(cells) + " |")
    return lines


def parting() -> list[str]:
    heads = ("before, after", "memory", "parting a month", "true bias: last", "all", "told: last", "all")
    lines = [f"| {' | '.join(heads)} |", "| --- " * len(heads) + "|"]
    for before, after in SPANS[:2]:
        for memory in MEMORIES[:3]:
            for drift in DRIFTS:
                random = np.random.default_rng([2, before, int(100 * memory), int(1000 * drift)])
                y = worlds(random, WORLDS, before + after, memory)
                y[:, :TREATED] += drift * np.arange(before + after)
                told = [
                    100 * np.mean((test(change(y, before, b))[1] <= 0.05) & ~stopped(y, before, b))
                    for b in ("last", "all")
                ]
                bias = drift * (after + 1) / 2, drift * (after + before) / 2
                lines.append(
                    f"| {before}, {after} | {memory} | {drift} | {bias[0]:.2f} | {bias[1]:.2f} | "
                    f"{told[0]:.1f} | {told[1]:.1f} |"
                )
    return lines


def promised(R: int) -> list[str]:
    lines = ["| before, after | memory | promised: last | all | shown: last | all |", "| --- " * 6 + "|"]
    first = np.arange(UNITS)
    for before, after in (SPANS[0], SPANS[1], SPANS[3]):
        start = np.where(first < TREATED, before, NEVER)
        for memory in MEMORIES[:3]:
            both: tuple[Baseline, ...] = ("last", "all")
            changes, shown = [], []
            for baseline in both:
                random = np.random.default_rng([3, before, int(100 * memory)])
                y = worlds(random, R, before + after, memory)
                time = np.arange(before + after)
                x = [detectable(y[k], time, start, baseline=baseline, seed=k).detectable for k in range(R)]
                y[:, :TREATED, before:] += np.array(x)[:, None, None]
                changes.append(np.mean(x))
                shown.append(100 * np.mean(test(change(y, before, baseline))[1] <= 0.05))
            cells = [f"{c:.2f}" for c in changes] + [f"{s:.0f}" for s in shown]
            lines.append(f"| {before}, {after} | {memory} | " + " | ".join(cells) + " |")
    return lines


def main() -> None:
    started = clock.process_time()
    print("# What a change is held against\n")
    about = f"{TREATED} treated units and {UNITS - TREATED} others, {WORLDS:,} worlds a row"
    print(f"{about} (simulation error of 5%: 0.5), a month")
    print("of a unit varying by 1. Weighted: the weights of least error, memory estimated from the time before.\n")
    print("## Error of the mean effect, and how often none is taken for one (5% asked for)\n")
    print("\n".join(errors()))
    print("\n## Trends that part all the time, without an effect\n")
    print(
        "Told: per cent in which a change is told that no placebo date takes back. The bias is what the design adds up;"
    )
    print("a less noisy answer sees it sooner, and placebo dates, of half the time, do not.\n")
    print("\n".join(parting()))
    print("\n## What power promises, and how often it is then shown (80% asked for)\n")
    print("\n".join(promised(int(sys.argv[1]) if len(sys.argv) > 1 else 200)))
    print(f"\n{clock.process_time() - started:.0f} s of processor time.")


if __name__ == "__main__":
    main()
