"""Coverage of shrinkage intervals by simulation: how often a unit's interval holds its true value.

    python benchmarks/shrinkage_coverage.py [--worlds 1000] [--family normal|proportion|rate] [--units 8 12 40 200]

Prints one table a family: nominal 95%, units of unequal size, true values drawn anew in each world. ``posterior`` is
the interval the package gives; ``known`` takes the fitted spread as known (the usual empirical-Bayes interval, fitted
in every fourth world). The standard error is over worlds, since units of one world share the fit.
"""

from __future__ import annotations

import argparse

import numpy as np
from scipy import special

from arusha.inference import rate_shrinkage, shrinkage


def normal_world(
    random: np.random.Generator, units: int, spread: float, with_known: bool
) -> tuple[np.ndarray, np.ndarray | None]:
    """Hits of posterior and known intervals; ``spread`` in typical standard errors."""
    v = 1.0 / random.integers(80, 600, units) * 200.0
    truth = random.normal(0.0, spread, units)
    y = random.normal(truth, np.sqrt(v))
    ours = shrinkage.posterior(y, v)
    hits = (ours.low <= truth) & (truth <= ours.high)
    if not with_known:
        return hits, None
    known = shrinkage.random_effects(y, v)
    half = special.ndtri(0.975) * known.shrunken_se
    return hits, (known.shrunken - half <= truth) & (truth <= known.shrunken + half)


def proportion_world(
    random: np.random.Generator, units: int, spread: float, with_known: bool
) -> tuple[np.ndarray, np.ndarray | None]:
    """Proportions about 6% with a standard deviation of ``spread`` points."""
    n = random.integers(80, 600, units)
    mean, sd = 0.06, spread / 100.0
    size = mean * (1 - mean) / sd**2 - 1 if sd > 0 else np.inf
    truth = random.beta(mean * size, (1 - mean) * size, units) if sd > 0 else np.full(units, mean)
    x = random.binomial(n, truth)
    ours = rate_shrinkage.shrunken_proportions(x, n)
    hits = (ours.low <= truth) & (truth <= ours.high)
    if not with_known:
        return hits, None
    known = np.zeros(units, dtype=bool)
    if x.sum():
        law = rate_shrinkage.beta_binomial(x, n)
        if np.isfinite(law.a):
            known = (special.betaincinv(law.a + x, law.b + n - x, 0.025) <= truth) & (
                truth <= special.betaincinv(law.a + x, law.b + n - x, 0.975)
            )
    return hits, known


def rate_world(
    random: np.random.Generator, units: int, spread: float, with_known: bool
) -> tuple[np.ndarray, np.ndarray | None]:
    """Observed over expected about 1 with a coefficient of variation of ``spread``, expected numbers 2 to 40."""
    expected = random.uniform(2.0, 40.0, units)
    truth = random.gamma(1 / spread**2, spread**2, units) if spread > 0 else np.ones(units)
    x = random.poisson(truth * expected)
    ours = rate_shrinkage.shrunken_rates(x, expected)
    hits = (ours.low <= truth) & (truth <= ours.high)
    if not with_known:
        return hits, None
    known = np.zeros(units, dtype=bool)
    law = rate_shrinkage.gamma_poisson(x, expected)
    if np.isfinite(law.a):
        known = (special.gammaincinv(law.a + x, 0.025) / (law.b + expected) <= truth) & (
            truth <= special.gammaincinv(law.a + x, 0.975) / (law.b + expected)
        )
    return hits, known


FAMILIES = {
    "normal": (normal_world, (0.0, 0.25, 0.5, 1.0, 2.0), "SD between units, in typical standard errors"),
    "proportion": (proportion_world, (0.0, 1.0, 2.0, 4.0), "SD between units, points about 6%"),
    "rate": (rate_world, (0.0, 0.15, 0.4, 1.0), "coefficient of variation between units"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--worlds", type=int, default=1000)
    parser.add_argument("--family", choices=list(FAMILIES), nargs="*", default=list(FAMILIES))
    parser.add_argument("--units", type=int, nargs="*", default=[8, 12, 40, 200])
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for family in given.family:
        world, spreads, meaning = FAMILIES[family]
        print(f"\n{family}: coverage in percent (standard error), {given.worlds} worlds; rows: {meaning}", flush=True)
        print("| spread | units | posterior | known |", flush=True)
        print("|---|---|---|---|", flush=True)
        for spread in spreads:
            for units in given.units:
                random = np.random.default_rng([given.seed, units, int(1000 * spread)])
                worlds = max(100, given.worlds * 8 // max(units, 8)) if units > 40 else given.worlds
                found = [world(random, units, spread, i % 4 == 0) for i in range(worlds)]
                ours = 100 * np.array([hits.mean() for hits, _ in found])
                known = 100 * np.array([usual.mean() for _, usual in found if usual is not None])
                cells = [f"{x.mean():.1f} ({x.std() / np.sqrt(x.size):.1f})" for x in (ours, known)]
                print(f"| {spread} | {units} | {cells[0]} | {cells[1]} |", flush=True)


if __name__ == "__main__":
    main()
