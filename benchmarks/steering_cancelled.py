"""Files cancelled unless one officer has them: how often it is said of honest offices, and how often a scheme is found.

    python -m benchmarks.steering_cancelled honest [seeds] [part of a name]
    python -m benchmarks.steering_cancelled schemes [seeds] [part of a name]

Only this statement is asked, not the question's pairs. ``asked``: pairs of officer and declarant an office.
"""

from __future__ import annotations

import sys
from datetime import date

import numpy as np
from benchmarks.honest_mechanisms.cancelled import ALTERED, BROKER, FRIEND, HONEST, until
from benchmarks.honest_mechanisms.office import Made, tables

from arusha.engine import session_from_tables
from arusha.indicators import assignment_records
from arusha.indicators.assignment_cancelled import answer
from arusha.indicators.assignment_cancelled_pairs import CancelledLimits
from arusha.indicators.definition import Settings
from arusha.inference.intervals import clopper_pearson

SETTINGS = Settings(date(2025, 1, 1), date(2026, 1, 1))
LIMITS = CancelledLimits(30, 5, 0.05)


def said(made: Made) -> tuple[set[tuple[str, str]], int, float]:
    """The pairs of which it is said, of how many it was asked, and the share of files that were cancelled."""
    with session_from_tables(tables(made)) as session:
        cells, _ = assignment_records.cancelled(session, SETTINGS, LIMITS)
    table, notes = answer(cells, LIMITS)
    pairs = {(r["officer"], r["declarant"]) for r in table.to_pylist()} if table is not None else set()
    (values,) = (dict(n.values) for n in notes)
    return pairs, int(values.get("asked", 0)), values.get("cancelled", 0) / made.lodged.n


def told(hit: int, of: int) -> str:
    between = clopper_pearson(hit, of)
    return f"{hit} of {of} ({np.max(between.low):.1%} to {np.max(between.high):.1%})"


def honest(seeds: range, word: str) -> None:
    total = 0
    names = [name for name in HONEST if word in name]
    print("| office | share of files cancelled | pairs asked an office | offices in which it is said | pairs said |")
    print("| --- | --- | --- | --- | --- |")
    for name in names:
        found = [said(HONEST[name](seed)) for seed in seeds]
        hit = sum(bool(pairs) for pairs, _, _ in found)
        total += hit
        asked, share = np.mean([a for _, a, _ in found]), np.mean([s for _, _, s in found])
        print(
            f"| {name} | {share:.1%} | {asked:.1f} | {told(hit, len(seeds))} | {sum(len(p) for p, _, _ in found)} |",
            flush=True,
        )
    print(f"| all | | | {told(total, len(names) * len(seeds))} | |")


def schemes(seeds: range, word: str) -> None:
    key = (f"P-{FRIEND:03d}", f"B-{BROKER:03d}")
    print("| lodged again | broker cancels | others' files cancelled for errors | found | another pair said |")
    print("| --- | --- | --- | --- | --- |")
    for name, alter in ALTERED.items():
        if word not in name:
            continue
        for often, errors in ((0.75, 0.15), (0.4, 0.15), (0.75, 0.05), (0.75, 0.0)):
            found = [said(until(alter, seed, often, errors))[0] for seed in seeds]
            own, other = sum(key in p for p in found), sum(bool(p - {key}) for p in found)
            print(
                f"| {name} | {often:.0%} | {0.8 * errors / 5:.1%} | {told(own, len(seeds))} | {other} |",
                flush=True,
            )


def main() -> None:
    seeds = range(*(map(int, sys.argv[2].split("-")))) if len(sys.argv) > 2 else range(15)
    word = sys.argv[3] if len(sys.argv) > 3 else ""
    {"honest": honest, "schemes": schemes}[sys.argv[1]](seeds, word)


if __name__ == "__main__":
    main()
