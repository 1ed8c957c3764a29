"""Rules by which a gap that drifts would not be told as a change, and what each costs of true changes.

    python benchmarks/effects_drift_rules.py [worlds] > benchmarks/results/effects_drift_rules.md

Held against the mean of all periods before, a gap that opens by 0.02 of a month's spread every month is told as a
change in two worlds of three (``effects_baseline.py``). Each rule below makes "cannot tell" of some answers. What was
to hold was written down before the first run: a rule is taken up where it tells at most half of the drifting worlds
that are told now, and loses at most 3 points of true changes that are told now, in every memory asked. No level is
chosen by its result: 5%, and the multiples 0.5 and 1, are those of the papers. The two rules of the time after, and
what the best rule could do that knows the size of drift and change and the memory of months (Neyman and Pearson's
ratio), were added after a first run had shown that the others do not come near.

- now: three placebo dates, Holm at 5%.
- slope: beside them, a test that the gap has no slope before the start, in the same family (Holm over four). Roth
  (2022, American Economic Review: Insights 4) says how little such tests see, and that what passes them is no less
  biased.
- slope alone: that test instead of the placebo dates, at 5%.
- one step up: what is left after the gap's line before the start is carried on must still stand out (Bilinski and
  Hatfield 2018; smoothness with M = 0 of Rambachan and Roth 2023).
- relative: what is left after trends part, each period after the start, by up to 0.5 or 1 times the largest parting of
  one period before must still stand out (Rambachan and Roth's relative magnitudes, as a plain bound of the bias).
- after too: a test that the gap has no slope within the time before and within the time after, at 5%. It takes effects
  that build up for a drift, so that it could not be taken up as it is.
- line or step: "cannot tell" where a line through all periods fits the gap better than a step at the start.
- last: the answer against the last period alone must stand out too (what takes a grade off now).
"""

from __future__ import annotations

import sys
import time as clock

import numpy as np
from effects_baseline import TREATED, UNITS, change, stopped, test, worlds
from scipy import stats

SPANS = ((18, 18), (12, 12))
MEMORIES = (0.0, 0.4, 0.8)
DRIFT = 0.02
RULES = (
    "now",
    "slope",
    "slope alone",
    "one step up",
    "relative, 0.5",
    "relative, 1",
    "after too",
    "line or step",
    "last",
)

FOUND = """
## What was found

No rule is taken up. Tests of a slope before the start do not see such a drift (Roth 2022 says why), with or beside the
placebo dates: of 70 in 100 told seven go at most. What does see it (a line carried on, parting by half of the largest
before, the last period alone, a line that fits better than a step) takes away 3 to 93 points of true changes of 3 or 4
standard errors as well; a slope within the time after, too, comes nearest, with a third fewer drifts told where months
forget and 3 to 5 points of true changes lost, and would take for drifts the measures whose effect builds up. Nor could
another rule do it: the best there can be, which knows everything, leaves more than half of the drifts told where months
forget and the true change is of 3 standard errors. The two look too much alike within three years. So the answer stays,
with what it rests on, and a grade less where it would not stand against the last period.
"""


def gaps(y: np.ndarray) -> np.ndarray:
    """Worlds x periods: mean of the treated less that of the others."""
    return np.asarray(y[:, :TREATED].mean(axis=1) - y[:, TREATED:].mean(axis=1))


def slopes(y: np.ndarray, before: int) -> np.ndarray:
    """Worlds x units: the least-squares slope of each unit before the start."""
    t = np.arange(before) - (before - 1) / 2
    return np.asarray(y[:, :, :before] @ t / (t @ t))


def dates_p(y: np.ndarray, before: int) -> np.ndarray:
    """3 x worlds: p of the placebo dates, as ``stopped`` has them."""
    dates = np.unique(np.linspace(2, before - 2, 3).astype(int))
    return np.array([test(change(y[:, :, :before], int(at), "all"))[1] for at in dates])


def told(y: np.ndarray, before: int) -> dict[str, np.ndarray]:
    """By rule, in which worlds a change is told."""
    periods = y.shape[2]
    found = change(y, before, "all")
    effect, p = test(found)
    stands, clean = p <= 0.05, ~stopped(y, before, "all")
    now = stands & clean
    slope = slopes(y, before)
    slope_p = test(slope)[1]
    four = np.vstack([dates_p(y, before), slope_p])
    carried = found - slope * periods / 2  # between the middles of both times lie half of all periods
    adjusted, adjusted_p = test(carried)
    up = (adjusted_p <= 0.05) & (np.sign(adjusted) == np.sign(effect))
    reach = float(stats.t.ppf(0.975, TREATED - 1)) * np.sqrt(
        found[:, :TREATED].var(axis=1, ddof=1) / TREATED + found[:, TREATED:].var(axis=1, ddof=1) / (UNITS - TREATED)
    )
    # Parting by at most M times that step, each period, moves the mean of all after by what it is in their middle.
    largest = np.abs(np.diff(gaps(y[:, :, :before]), axis=1)).max(axis=1)
    after = periods - before
    relative = {m: np.abs(effect) - m * largest * (after + 1) / 2 > reach for m in (0.5, 1.0)}
    t = np.arange(periods)
    within = np.where(t < before, t - (before - 1) / 2, t - before - (periods - before - 1) / 2)
    both_p = test(y @ within / (within @ within))[1]
    gap = gaps(y) - gaps(y).mean(axis=1, keepdims=True)
    step, line = np.where(t < before, -after / periods, before / periods), t - (periods - 1) / 2
    better = np.abs(gap @ step) / np.sqrt(step @ step) > np.abs(gap @ line) / np.sqrt(line @ line)
    return {
        "now": now,
        "slope": stands & (four.min(axis=0) * len(four) > 0.05),
        "slope alone": stands & (slope_p > 0.05),
        "one step up": now & up,
        "relative, 0.5": now & relative[0.5],
        "relative, 1": now & relative[1.0],
        "after too": now & (both_p > 0.05),
        "line or step": now & better,
        "last": now & (test(change(y, before, "last"))[1] <= 0.05),
    }


def best(R: int) -> list[str]:
    """What is left of drifts told, where a rule that knows everything takes away 3 points of true changes told."""
    lines = ["| before, after | memory | told now | 3 standard errors | 4 | 5 |", "| --- " * 6 + "|"]
    for before, after in SPANS:
        for memory in MEMORIES:
            random = np.random.default_rng([6, before, int(100 * memory)])
            y = worlds(random, R, before + after, memory)
            se = float(test(change(y, before, "all"))[0].std())
            t = np.arange(before + after)
            drifting = y.copy()
            drifting[:, :TREATED] += DRIFT * t
            drifts = told(drifting, before)["now"]
            inverse = np.linalg.inv(memory ** np.abs(t[:, None] - t[None, :]))
            ones = inverse.sum(axis=1)
            inverse -= np.outer(ones, ones) / ones.sum()  # the level of a gap says nothing
            cells = [f"{100 * drifts.mean():.1f}"]
            for times in (3.0, 4.0, 5.0):
                stepping = y.copy()
                stepping[:, :TREATED, before:] += times * se
                weights = inverse @ (DRIFT * t - times * se * (t >= before))
                mine = (gaps(stepping) @ weights)[told(stepping, before)["now"]]
                limit = np.quantile(mine, 1 - 0.03 * R / mine.size)
                cells.append(f"{100 * np.mean(drifts & (gaps(drifting) @ weights <= limit)):.1f}")
            lines.append(f"| {before}, {after} | {memory} | {' | '.join(cells)} |")
    return lines


def rows(R: int) -> list[str]:
    lines = [f"| before, after | memory | the world | {' | '.join(RULES)} |", "| --- " * (3 + len(RULES)) + "|"]
    for before, after in SPANS:
        for memory in MEMORIES:
            random = np.random.default_rng([5, before, int(100 * memory)])
            y = worlds(random, R, before + after, memory)
            se = float(test(change(y, before, "all"))[0].std())
            made = {"nothing": y, f"drifts by {DRIFT}": y.copy()}
            made[f"drifts by {DRIFT}"][:, :TREATED] += DRIFT * np.arange(before + after)
            for times in (3.0, 4.0, 5.0):
                name = f"true change of {times:.0f} standard errors"
                made[name] = y.copy()
                made[name][:, :TREATED, before:] += times * se
            for name, world in made.items():
                by = told(world, before)
                cells = [f"{100 * by[rule].mean():.1f}" for rule in RULES]
                lines.append(f"| {before}, {after} | {memory} | {name} | {' | '.join(cells)} |")
    return lines


def main() -> None:
    started = clock.process_time()
    R = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    print("# Rules against gaps that drift, and what they cost\n")
    print(
        f"{TREATED} treated units and {UNITS - TREATED} others, {R:,} worlds a row: per cent in which a change is told"
    )
    print(
        f"(simulation error at most {100 * np.sqrt(0.25 / R):.1f}). Standard errors are those of the estimate here.\n"
    )
    print("\n".join(rows(R)))
    print("\n## The best there could be\n")
    print("Per cent of drifting worlds told under the rule that knows the memory, the drift and the true change (of so")
    print("many standard errors), and takes away 3 points of such true changes.\n")
    print("\n".join(best(R)))
    print(FOUND)
    print(f"{clock.process_time() - started:.0f} s of processor time.")


if __name__ == "__main__":
    main()
