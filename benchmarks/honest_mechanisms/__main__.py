"""Ask the mechanisms, and count innocent pairs that are flagged.

python -m benchmarks.honest_mechanisms [seeds] [part of a name ...] > benchmarks/results/honest_mechanisms.txt
"""

from __future__ import annotations

import sys
import time
from datetime import date
from typing import Any

import numpy as np
from benchmarks.honest_mechanisms import (  # noqa: F401, each adds its mechanisms to the catalogue
    by_person,
    crews,
    desks,
    moves,
    neighbours,
    paces,
    repeats,
    rosters,
    rotas,
    rules_by_goods,
)
from benchmarks.honest_mechanisms.catalogue import MECHANISMS, MOVES
from benchmarks.honest_mechanisms.office import Made, tables

from arusha.engine import session_from_tables
from arusha.indicators import assignment_override, assignment_steering
from arusha.indicators.definition import Settings
from arusha.inference.intervals import clopper_pearson

SETTINGS = Settings(date(2025, 1, 1), date(2026, 1, 1))


def flags(made: Made, question: Any) -> list[tuple[str, str | None]]:
    with session_from_tables(tables(made)) as session:
        found = question.INDICATOR.test(question.INDICATOR.cells(session, SETTINGS), SETTINGS)
    rows = [(r["unit_id"], r["other_id"]) for r in found.signals.to_pylist() if r["signal"]]
    planted = (f"P-{made.scheme[1]:03d}", f"B-{made.scheme[0]:03d}") if made.scheme else None
    return [pair for pair in rows if pair != planted]


def main() -> None:
    seeds = range(*(map(int, sys.argv[1].split("-")))) if len(sys.argv) > 1 else range(15)
    words = sys.argv[2:]
    wanted = [w for w in words if w[:1] != "-"] or [""]
    for title, question, known in (
        ("assignment-steering", assignment_steering, MECHANISMS),
        ("assignment-override", assignment_override, MOVES),
    ):
        print(title)
        for name, make in known.items():
            if any(w[1:] in name for w in words if w[:1] == "-") or not any(w in name for w in wanted):
                continue
            began, hits, pairs = time.process_time(), 0, 0
            for seed in seeds:
                found = flags(make(seed), question)
                hits, pairs = hits + bool(found), pairs + len(found)
            between = clopper_pearson(hits, len(seeds))
            took = (time.process_time() - began) / len(seeds)
            print(
                f"{name:75s} {hits:3d} of {len(seeds):3d} ({np.max(between.low):.0%} to {np.max(between.high):.0%})"
                f" {pairs / len(seeds):6.2f} pairs an office  {took:.2f} s",
                flush=True,
            )


if __name__ == "__main__":
    main()
