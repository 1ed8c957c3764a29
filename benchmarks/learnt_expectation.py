"""Coverage of shrunken ratios whose expected number is learnt from few colleagues in many small strata, by simulation.

    python benchmarks/learnt_expectation.py [--worlds 60]

Each world has 100 units in 10 strata each (about 16 own cases a stratum, colleagues' cases as the column says); rates
differ by stratum; true ratios are gamma with a coefficient of variation of 0.3, and one unit in fifty is far from its
like (5 to 30 times, or as far as a rate below one allows). Prints how often the nominal 95% interval of
``signal_rows.shrunken_ratios`` holds the true ratio: of ordinary units, with the standard error over worlds, and of far
ones. ``half in each`` is the variance with half a case more in every stratum, as it was before.
"""

from __future__ import annotations

import argparse

import numpy as np

from arusha.indicators.peer_strata import learnt
from arusha.indicators.signal_rows import shrunken_ratios

UNITS, STRATA, SPREAD, FAR = 100, 10, 0.3, 0.02


def world(random: np.random.Generator, rate: float, fewest: int) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """For each way to reckon the variance: hits of ordinary units, and of far ones."""
    own = 1 + random.poisson(15, (UNITS, STRATA))
    cases = fewest * random.choice([1, 4, 15], (UNITS, 1))
    colleagues = 1 + random.poisson(cases, (UNITS, STRATA))
    rates = np.clip(rate * np.exp(random.normal(0.0, 0.5, (UNITS, STRATA))), 0.0, 0.9)
    ratio = random.gamma(1.0 / SPREAD**2, SPREAD**2, UNITS)
    far = random.random(UNITS) < FAR
    ratio[far] = random.uniform(5.0, 30.0, far.sum())
    ratio = np.minimum(ratio, 0.95 / rates.max(axis=1))
    observed = random.binomial(own, rates * ratio[:, None]).sum(axis=1)
    counting = random.binomial(colleagues, rates)
    unit = np.repeat(np.arange(UNITS), STRATA)
    expected, variance = learnt(own.ravel(), colleagues.ravel(), counting.ravel(), unit, UNITS)
    half = (counting + 0.5) / (colleagues + 1.0)
    before = (own**2 * half * (1.0 - half) / colleagues).sum(axis=1)
    known = expected > 0
    out = {}
    for name, of in (("now", variance), ("half in each", before)):
        found = shrunken_ratios(observed, expected, 0.95, error=of / np.where(known, expected, 1.0) ** 2)
        hit = (found.low <= ratio) & (ratio <= found.high)
        out[name] = (hit[known & ~far], hit[known & far])
    return out


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--worlds", type=int, default=60)
    worlds = arguments.parse_args().worlds
    print("| rate | colleagues | variance | ordinary | far (units) |")
    print("|---|---|---|---|---|")
    for rate, fewest in ((0.01, 4), (0.01, 20), (0.05, 4), (0.2, 4), (0.2, 20)):
        random = np.random.default_rng(10)
        made = [world(random, rate, fewest) for _ in range(worlds)]
        for name in made[0]:
            ordinary = np.array([one[name][0].mean() for one in made]) * 100
            far = np.concatenate([one[name][1] for one in made])
            print(
                f"| {rate} | {fewest}, {4 * fewest} or {15 * fewest} | {name} | {ordinary.mean():.1f} "
                f"({ordinary.std() / np.sqrt(worlds):.1f}) | {100 * far.mean():.0f} ({far.size}) |",
                flush=True,
            )


if __name__ == "__main__":
    main()
