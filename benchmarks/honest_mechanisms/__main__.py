"""Ask the mechanisms, and count innocent pairs that are flagged.

    python -m benchmarks.honest_mechanisms [seeds] [--whole | --planted] [--only=QUESTION] [part of a name | @FILE ...]

``--whole``: only the offices of which all questions are asked. ``--only``: of those, one question. ``--planted``: only
the schemes, in how many offices each was found and in how many anybody else was flagged.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from datetime import date

import numpy as np
from benchmarks.honest_mechanisms import (  # noqa: F401, each adds its mechanisms to the catalogue
    accounts,
    again,
    by_person,
    crews,
    days,
    desks,
    grades,
    handovers,
    moves,
    neighbours,
    outcomes,
    paces,
    people,
    reforms,
    repeats,
    rosters,
    rotas,
    rules_by_goods,
    schemes,
    turns,
)
from benchmarks.honest_mechanisms.catalogue import MECHANISMS, MOVES, PLANTED, WHOLE, Planted
from benchmarks.honest_mechanisms.office import Made, tables

from arusha.assessment.asking import missing, verdict
from arusha.engine import Session, session_from_tables
from arusha.indicators.definition import Indicator, Settings
from arusha.indicators.registry import indicators
from arusha.inference.intervals import clopper_pearson

SETTINGS = Settings(date(2025, 1, 1), date(2026, 1, 1))


Unit = tuple[str, str | None]


def flags(made: Made, question: Indicator, session: Session) -> tuple[list[Unit], list[Unit]]:
    """What an assessment flags, and what stood out before explanations were tried; none of a planted pair."""
    found = question.test(question.cells(session, SETTINGS), SETTINGS)
    planted = (f"P-{made.scheme[1]:03d}", f"B-{made.scheme[0]:03d}") if made.scheme else None
    rows = [(r, (r["unit_id"], r["other_id"])) for r in found.signals.to_pylist() if r["signal"]]
    rows = [(r, unit) for r, unit in rows if unit != planted]
    kept = [unit for r, unit in rows if not verdict(question.explain(session, r, SETTINGS))[1]]
    return kept, [unit for _, unit in rows]


def known_of(words: list[str], known: Mapping[str, Callable[[int], Made | Planted]]) -> list[str]:
    """The names that hold one of the words, and none of those with a minus; ``@turns`` is the family of that file."""
    wanted = [w for w in words if w[:1] != "-"] or [""]
    without = [w[1:] for w in words if w[:1] == "-"]
    text = {name: f"{name} @{make.__module__.rpartition('.')[2]}" for name, make in known.items()}
    return [n for n, t in text.items() if any(w in t for w in wanted) and not any(w in t for w in without)]


def asked(known: Mapping[str, Callable[[int], Made]], seeds: range, words: list[str], only: str | None) -> None:
    """One line a mechanism and question: offices in which anyone was flagged, and units flagged an office."""
    for name in known_of(words, known):
        make = known[name]
        hits: dict[str, int] = {}
        before: dict[str, int] = {}
        units: dict[str, int] = {}
        for seed in seeds:
            made = make(seed)
            with session_from_tables(tables(made)) as session:
                for question in indicators():
                    of = question.definition.id
                    if (only is None and not missing(session, question)) or of == only:
                        found, stood_out = flags(made, question, session)
                        hits[of] = hits.get(of, 0) + bool(found)
                        before[of] = before.get(of, 0) + bool(stood_out)
                        units[of] = units.get(of, 0) + len(found)
        for of, hit in hits.items():
            between = clopper_pearson(hit, len(seeds))
            print(
                f"{name:90s} {of:24s} {hit:3d} of {len(seeds):3d} "
                f"({np.max(between.low):.0%} to {np.max(between.high):.0%}) {units[of] / len(seeds):6.2f} an office, "
                f"{before[of]:3d} before explanations",
                flush=True,
            )


def of_the_scheme(pair: Unit, key: Planted) -> bool:
    names = {f"P-{i:03d}" for i in key.officers} | {f"B-{b:03d}" for b in key.declarants}
    return {name for name in pair if name is not None} <= names


def sought(seeds: range, words: list[str], only: str | None) -> None:
    """One line a scheme and question: offices in which it was found, and those in which anybody else was flagged."""
    for name in known_of(words, PLANTED):
        found: dict[str, int] = {}
        others: dict[str, int] = {}
        for seed in seeds:
            key = PLANTED[name](seed)
            with session_from_tables(tables(key.made)) as session:
                for question in indicators():
                    of = question.definition.id
                    if (only is None and not missing(session, question)) or of == only:
                        pairs, _ = flags(key.made, question, session)
                        own = [p for p in pairs if of_the_scheme(p, key)]
                        found[of] = found.get(of, 0) + bool(own)
                        others[of] = others.get(of, 0) + (len(own) < len(pairs))
        for of, hit in found.items():
            between = clopper_pearson(hit, len(seeds))
            print(
                f"{name:110s} {of:24s} found {hit:3d} of {len(seeds):3d} "
                f"({np.max(between.low):.0%} to {np.max(between.high):.0%}) others flagged in {others[of]:3d}",
                flush=True,
            )


def main() -> None:
    seeds = range(*(map(int, sys.argv[1].split("-")))) if len(sys.argv) > 1 else range(15)
    words = [w for w in sys.argv[2:] if not w.startswith("--")]
    only = next((w.removeprefix("--only=") for w in sys.argv if w.startswith("--only=")), None)
    if "--planted" in sys.argv:
        sought(seeds, words, only)
        return
    if "--whole" not in sys.argv:
        asked(MECHANISMS, seeds, words, "assignment-steering")
        asked(MOVES, seeds, words, "assignment-override")
    asked(WHOLE, seeds, words, only)


if __name__ == "__main__":
    main()
