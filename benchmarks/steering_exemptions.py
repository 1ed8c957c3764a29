"""What exemptions as a feature of pools win and cost: a planted pair where a tenth of all goods is exempt.

    python -m benchmarks.steering_exemptions [seeds]

A year of one office, 4,000 draws, a roster, officers picked by chance among those on duty. A part of one declarant's
files goes to one officer. Exempt goods, most of them a few declarants', go to anybody; or to two officers, nine times
in ten; or the steered files are themselves exempt and other exempt goods go to anybody.
"""

from __future__ import annotations

import sys

import numpy as np
import pyarrow as pa
from benchmarks.honest_mechanisms.lodging import lodged
from benchmarks.honest_mechanisms.office import Made, all_day, presence
from benchmarks.honest_mechanisms.picks import by_chance
from benchmarks.honest_mechanisms.recorded import item_rows, stamped
from benchmarks.steering_accounts import flagged

OFFICERS, FAVOURED, STEERED, DESK = 12, 0, 2, (3, 9)
PLANTED = {(f"P-{FAVOURED:03d}", f"B-{STEERED:03d}")}
KINDS = ("to anybody", "to two officers, nine times in ten", "the steered files too, others' to anybody")


def office(seed: int, kind: str, part: float) -> Made:
    k = lodged(seed)
    there = presence(k, OFFICERS)
    share = np.random.default_rng([seed, 9]).beta(0.4, 3.6, 100)
    exempt = k.rng.random(k.n) < share[k.declarant]
    steered = (k.declarant == STEERED) & (k.rng.random(k.n) < part)
    if kind == KINDS[2]:
        exempt |= steered
    at_desk = exempt & (k.rng.random(k.n) < 0.9) & (kind == KINDS[1])
    weight = there[k.day] * np.where(at_desk[:, None], np.isin(np.arange(OFFICERS), DESK), True)
    weight = np.where(steered[:, None], there[k.day] * (np.arange(OFFICERS) == FAVOURED), weight)
    weight = np.where(weight.sum(axis=1, keepdims=True) > 0, weight, there[k.day])
    made = Made(k, by_chance(k, weight.astype(float)), all_day(there))
    code = np.where(exempt[item_rows(made)], "020", None)
    return stamped(made, "exemption", pa.array(code, pa.string()), "items")


def main() -> None:
    seeds = range(*(map(int, sys.argv[1].split("-")))) if len(sys.argv) > 1 else range(12)
    print("| exempt goods go | part steered | found | innocent pairs | in offices |")
    print("| --- | --- | --- | --- | --- |")
    for kind in KINDS:
        for part in (0.2, 0.3):
            pairs = [flagged(office(seed, kind, part))[1] for seed in seeds]
            found, wrong = sum(bool(p & PLANTED) for p in pairs), [len(p - PLANTED) for p in pairs]
            print(
                f"| {kind} | {part:.0%} | {found} of {len(seeds)} | {sum(wrong)} | {sum(map(bool, wrong))} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
