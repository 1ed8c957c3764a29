"""Officers flagged in whole questions where officers truly differ and nobody does wrong, and one who does.

    python benchmarks/ordinary_counts_flags.py rule [worlds]

Years of 100,000 declarations of the calibrations (small_worlds.py): about 60 officers in six offices. Endings without
an act at 4 in 1,000 (2 expected of an officer) and at 4 in 100, findings at 12 in 100; officers' log odds differ by a
normal law or, in the rows called heavy, by Student's t with 4 degrees of freedom. Found: one officer of a world closes
one control in twenty-five, or in ten, without an act. ``rule`` is only a name for the rows; compare two commits.
"""

from __future__ import annotations

import sys

import calibration_finding_rate as findings
import calibration_lane_change_without_act as endings
import numpy as np
from small_worlds import shown


def of_endings(rate: float, care: float, heavy: bool, seed: int, share: float = 0.0) -> tuple[int, bool]:
    """Honest officers flagged, and whether the one who closes ``share`` of controls without an act is."""
    controls, missing, rng = endings.world(seed, rate=rate, care=care, heavy=heavy)
    name = ""
    if share:
        names, n = np.unique(controls.officer, return_counts=True)
        officer = rng.choice(names[n >= 300])
        missing |= (controls.officer == officer) & (rng.random(missing.size) < share)
        name = f"O{officer}"
    units = [r["unit_id"] for r in endings.flags(endings.cells(controls, missing)) if r["unit_kind"] == "officer"]
    return sum(unit != name for unit in units), name in units


def of_findings(strictness: float, heavy: bool, seed: int) -> int:
    goods, found, _ = findings.world(seed, strictness=strictness, heavy=heavy)
    return sum(r["unit_kind"] == "officer" for r in findings.flags(findings.cells(goods, found)))


def main(rule: str, worlds: int) -> None:
    clean = [
        (0.004, care, heavy) for care, heavy in ((0.0, False), (0.3, False), (0.5, False), (0.8, False), (0.5, True))
    ]
    for rate, care, heavy in (*clean, (0.04, 0.5, False), (0.04, 0.5, True)):
        hits = [of_endings(rate, care, heavy, 30_000 + seed)[0] for seed in range(worlds)]
        what = f"{rule}: endings at {rate}, care {care}{', heavy' if heavy else ''}"
        print(shown(f"{what}: worlds with an honest officer flagged", sum(h > 0 for h in hits), worlds), flush=True)
    for rate, care, share in ((0.004, 0.0, 0.04), (0.004, 0.3, 0.1), (0.04, 0.3, 0.1)):
        rows = [of_endings(rate, care, False, 40_000 + seed, share) for seed in range(worlds)]
        what = f"{rule}: endings at {rate}, care {care}: an officer who closes {share:.0%} without an act"
        print(shown(f"{what}: found", sum(hit for _, hit in rows), worlds), flush=True)
        print(shown(f"{what}: worlds with another flagged", sum(h > 0 for h, _ in rows), worlds), flush=True)
    for strictness, heavy in ((0.22, False), (0.5, False), (0.5, True)):
        hits = [of_findings(strictness, heavy, 30_000 + seed) for seed in range(worlds)]
        what = f"{rule}: findings, strictness {strictness}{', heavy' if heavy else ''}"
        print(shown(f"{what}: worlds with an honest officer flagged", sum(h > 0 for h in hits), worlds), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100)
