"""Coverage and width of 95% intervals of a list experiment and of randomised response, by size of survey.

Where ``SMALLEST_ARM`` and ``SMALLEST_EFFECTIVE`` of ``arusha.surveys`` come from. Writes results/list_coverage.json.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import numpy as np

from arusha.surveys import difference_in_means, forced, list_likelihood, randomised_share

ARMS = (50, 120, 200, 300, 500, 1000, 3000)
SHARES = (0.1, 0.3)
ITEMS, MEAN = 4, 0.45


def of_list(arm: int, share: float, replicates: int) -> dict[str, float]:
    """Coverage (95% intervals) and median width of three estimators; those at the edge count as not covering."""
    hits = {"difference": 0, "constrained": 0, "unconstrained": 0}
    widths: dict[str, list[float]] = {name: [] for name in hits}
    edge = dict.fromkeys(hits, 0)
    for replicate in range(replicates):
        draw = np.random.default_rng([1, arm, int(share * 100), replicate])
        arms = np.repeat([0, 1], arm)
        y = draw.binomial(ITEMS, MEAN, 2 * arm) + arms * (draw.random(2 * arm) < share)
        for name in hits:
            if name == "difference":
                found = difference_in_means(y, arms, items=ITEMS, smallest_arm=2)
                low, high = found.low, found.high
            else:
                fit = list_likelihood(y, arms, items=ITEMS, dependence=name, smallest_arm=2)
                edge[name] += bool(fit.at_edge)
                shown = fit.share()
                low, high = shown.low, shown.high
                if fit.at_edge or not np.isfinite(low + high):
                    continue
            hits[name] += low <= share <= high
            widths[name].append(high - low)
    row: dict[str, float] = {"arm": arm, "share": share}
    for name in hits:
        row[f"{name}_coverage"] = hits[name] / replicates
        row[f"{name}_width"] = round(float(np.median(widths[name])), 4) if widths[name] else float("nan")
        row[f"{name}_at_edge"] = edge[name] / replicates
    return row


def of_randomised(effective: int, share: float, replicates: int) -> dict[str, float]:
    """The same for a forced design with two thirds truth."""
    design = forced(2 / 3, 1 / 6)
    n = int(np.ceil(effective / design.slope**2))
    counts = np.random.default_rng([2, effective]).binomial(n, design.slope * share + design.base, replicates)
    hits, widths = 0, []
    for count in counts:
        found = randomised_share(np.arange(n) < count, design, smallest_effective=0.0)
        hits += found.low <= share <= found.high
        widths.append(found.high - found.low)
    return {
        "effective": effective,
        "respondents": n,
        "share": share,
        "coverage": hits / replicates,
        "width": round(float(np.median(widths)), 4),
    }


if __name__ == "__main__":
    replicates = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    began = time.perf_counter()
    results = {
        "replicates": replicates,
        "simulation_error": round(float(np.sqrt(0.05 * 0.95 / replicates)), 4),
        "list": [of_list(arm, share, replicates) for arm in ARMS for share in SHARES],
        "forced": [of_randomised(e, s, 2000) for e in (25, 50, 100, 200) for s in (0.02, 0.1, 0.3)],
        "seconds": round(time.perf_counter() - began, 1),
    }
    path = Path(__file__).parent / "results" / "list_coverage.json"
    path.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
