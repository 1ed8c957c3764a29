"""Ask the mechanisms, and count innocent pairs that are flagged.

    python -m benchmarks.honest_mechanisms [seeds] [--whole] [--only=QUESTION] [part of a name ...]

``--whole``: only the offices of which all questions are asked. ``--only``: of those, one question.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date

import numpy as np
from benchmarks.honest_mechanisms import (  # noqa: F401, each adds its mechanisms to the catalogue
    by_person,
    crews,
    days,
    desks,
    handovers,
    moves,
    neighbours,
    paces,
    people,
    repeats,
    rosters,
    rotas,
    rules_by_goods,
)
from benchmarks.honest_mechanisms.catalogue import MECHANISMS, MOVES, WHOLE
from benchmarks.honest_mechanisms.office import Made, tables

from arusha.assessment.asking import missing
from arusha.engine import Session, session_from_tables
from arusha.indicators.definition import Indicator, Settings
from arusha.indicators.registry import indicators
from arusha.inference.intervals import clopper_pearson

SETTINGS = Settings(date(2025, 1, 1), date(2026, 1, 1))


def flags(made: Made, question: Indicator, session: Session) -> list[tuple[str, str | None]]:
    found = question.test(question.cells(session, SETTINGS), SETTINGS)
    rows = [(r["unit_id"], r["other_id"]) for r in found.signals.to_pylist() if r["flagged"]]
    planted = (f"P-{made.scheme[1]:03d}", f"B-{made.scheme[0]:03d}") if made.scheme else None
    return [pair for pair in rows if pair != planted]


def asked(known: Mapping[str, Callable[[int], Made]], seeds: range, words: list[str], only: str | None) -> None:
    """One line a mechanism and question: offices in which anyone was flagged, and units flagged an office."""
    wanted = [w for w in words if w[:1] != "-"] or [""]
    for name, make in known.items():
        if any(w[1:] in name for w in words if w[:1] == "-") or not any(w in name for w in wanted):
            continue
        hits: dict[str, int] = {}
        units: dict[str, int] = {}
        for seed in seeds:
            made = make(seed)
            with session_from_tables(tables(made)) as session:
                for question in indicators():
                    of = question.definition.id
                    if (only is None and not missing(session, question)) or of == only:
                        found = flags(made, question, session)
                        hits[of] = hits.get(of, 0) + bool(found)
                        units[of] = units.get(of, 0) + len(found)
        for of, hit in hits.items():
            between = clopper_pearson(hit, len(seeds))
            print(
                f"{name:90s} {of:24s} {hit:3d} of {len(seeds):3d} "
                f"({np.max(between.low):.0%} to {np.max(between.high):.0%}) {units[of] / len(seeds):6.2f} an office",
                flush=True,
            )


def main() -> None:
    seeds = range(*(map(int, sys.argv[1].split("-")))) if len(sys.argv) > 1 else range(15)
    words = [w for w in sys.argv[2:] if not w.startswith("--")]
    only = next((w.removeprefix("--only=") for w in sys.argv if w.startswith("--only=")), None)
    if "--whole" not in sys.argv:
        asked(MECHANISMS, seeds, words, "assignment-steering")
        asked(MOVES, seeds, words, "assignment-override")
    asked(WHOLE, seeds, words, only)


if __name__ == "__main__":
    main()
