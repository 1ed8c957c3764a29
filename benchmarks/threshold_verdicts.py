"""What an evaluation at a threshold says of worlds whose truth is known: smooth, heaped, with gaps, and with a notch.

    python benchmarks/threshold_verdicts.py [worlds] [json] > benchmarks/results/threshold_verdicts.md

Each world is a file of declared values with a threshold at 1,000 that pays below it, evaluated as users do (plan,
register, density, gap, heap, placebos, answer). What must hold was written down before the first run; what is missed is
printed as missed.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time as clock
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from arusha.effects import evaluate_threshold
from arusha.effects.threshold_plan import threshold_plan_from

Floats = NDArray[np.float64]
LIMIT = 1_000.0
ANSWERS = ("piles-up", "alike", "piles-up-beyond", "cannot-tell")


@dataclass(frozen=True)
class World:
    """``truth``: "moved" where values were moved below the threshold with it in view, else "nothing"."""

    name: str
    truth: str
    n: int = 8_000
    spread: float = 0.8
    heaped: float = 0.0
    """Share of values rounded to the next multiple of ``to``, wherever they lie."""
    to: float = 100.0
    moved: float = 0.0
    """Share of those up to 150 beyond the threshold who declare up to 60 less than it."""
    hole: tuple[float, float] | None = None
    """Values between these do not occur, for a reason of their own; they are not declared elsewhere."""
    named: dict[str, Any] = field(default_factory=dict)
    """What the plan says beyond the least."""


ROUND = {"round_numbers": [100], "bin": 20}
WORLDS = (
    World("smooth", "nothing"),
    World("smooth, 2,000 values", "nothing", n=2_000),
    World("smooth, 30,000 values", "nothing", n=30_000),
    World("smooth and steep", "nothing", n=8_000, spread=0.35),
    *(World(f"{s:.0%} rounded to hundreds", "nothing", heaped=s) for s in (0.05, 0.2, 0.5)),
    *(
        World(f"{s:.0%} rounded to hundreds, said in the plan", "nothing", heaped=s, named=ROUND)
        for s in (0.05, 0.2, 0.5)
    ),
    World("20% rounded to thousands", "nothing", heaped=0.2, to=1_000.0),
    World("20% rounded to tens", "nothing", heaped=0.2, to=10.0),
    World("a gap elsewhere, 700 to 750", "nothing", hole=(700.0, 750.0)),
    *(World(f"a gap just beyond, of its own, up to {h:,.0f}", "nothing", hole=(LIMIT, h)) for h in (1_050.0, 1_150.0)),
    *(World(f"a notch: {s:.0%} move", "moved", moved=s) for s in (0.1, 0.2, 0.35, 0.6, 1.0)),
    World("a notch: 35% move, 2,000 values", "moved", n=2_000, moved=0.35),
    World("a notch: 35% move, 20% rounded to hundreds", "moved", moved=0.35, heaped=0.2),
    World("a notch: 35% move, 20% rounded, said in the plan", "moved", moved=0.35, heaped=0.2, named=ROUND),
    World("a notch: all move, 20% rounded, said in the plan", "moved", moved=1.0, heaped=0.2, named=ROUND),
)


def values(world: World, seed: int) -> Floats:
    """Declared values of a world, to the cent."""
    random = np.random.default_rng([seed, zlib.crc32(world.name.encode())])
    value = np.exp(random.normal(np.log(900), world.spread, world.n))
    value = np.where(random.random(world.n) < world.heaped, np.maximum(np.round(value / world.to), 1) * world.to, value)
    goes = (value > LIMIT) & (value < LIMIT + 150) & (random.random(world.n) < world.moved)
    value = np.where(goes, LIMIT - random.integers(0, 60, world.n), value)
    if world.hole is not None:
        value = value[(value <= world.hole[0]) | (value > world.hole[1])]
    return np.round(value, 2)


def one(world: World, seed: int) -> dict[str, Any]:
    """What is said of one world."""
    given = {
        "measure": "Simplified declaration up to 1,000",
        "theory": "Below it nobody looks inside",
        "data": "values.csv",
        "running": "value",
        "threshold": LIMIT,
        "smallest_effect": 0.5,
        **world.named,
    }
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "values.csv").write_text(
            "value\n" + "\n".join(f"{v:.2f}" for v in values(world, seed)) + "\n", "utf-8"
        )
        found = evaluate_threshold(threshold_plan_from(given, "plan", place), place / "out")
    return {
        "world": world.name,
        "seed": seed,
        "answer": found.verdict,
        "why": found.why,
        "grade": found.grade,
        "gap": found.gap is not None,
        "p": found.p_adjusted,
        "excess": None if found.jump is None or not np.isfinite(found.jump.excess) else found.jump.excess,
        "heap": None if found.heap is None else [found.heap.declarations, found.heap.se],
        "placebos": [p.p for p in found.placebos],
    }


def share(k: int, n: int) -> str:
    """A share with its simulation error, in per cent."""
    p = k / n
    return f"{100 * p:.1f} ({100 * np.sqrt(max(p * (1 - p), 0.25 / n) / n):.1f})"


def table(runs: list[dict[str, Any]]) -> list[str]:
    lines = ["| the world | piles up | alike | piles up beyond | cannot tell | of these: placebos jump | gap counted |"]
    lines.append("| --- " * 7 + "|")
    for w in WORLDS:
        mine = [r for r in runs if r["world"] == w.name]
        count, n = Counter(r["answer"] for r in mine), len(mine)
        jump, gap = sum(r["why"] == "placebos-jump" for r in mine), sum(r["gap"] for r in mine)
        cells = [*(share(count[a], n) for a in ANSWERS), share(jump, n), share(gap, n)]
        lines.append(f"| {w.name} | {' | '.join(cells)} |")
    return lines


def rules(runs: list[dict[str, Any]]) -> list[str]:
    """The three rules by themselves."""
    lines = ["| the world | density or gap at 5% | excess mass beyond 1.96 errors | any placebo at 5% (Holm) |"]
    lines.append("| --- " * 4 + "|")
    for w in WORLDS:
        mine = [r for r in runs if r["world"] == w.name and r["p"] is not None]
        if not mine:
            lines.append(f"| {w.name} | nothing was tested | | |")
            continue
        heap = [r for r in mine if r["heap"] is not None]
        placed = [r for r in mine if r["placebos"]]
        seen = share(sum(r["heap"][0] > 1.96 * r["heap"][1] for r in heap), len(heap)) if heap else ""
        jumped = (
            share(sum(min(r["placebos"]) * len(r["placebos"]) <= 0.05 for r in placed), len(placed)) if placed else ""
        )
        lines.append(f"| {w.name} | {share(sum(r['p'] <= 0.05 for r in mine), len(mine))} | {seen} | {jumped} |")
    return lines


def targets(runs: list[dict[str, Any]]) -> list[str]:
    """What was to hold: at most 5% false, at least 80% of notches of 35% or more found, at most 5% of them denied."""
    lines = []

    def held(met: bool, what: str, k: int, n: int) -> None:
        lines.append(f"- {what}: {'met' if met else 'MISSED'}: {share(k, n)}%")

    for w in WORLDS:
        mine = [r for r in runs if r["world"] == w.name]
        n, piled = len(mine), sum(r["answer"] == "piles-up" for r in mine)
        if w.truth == "nothing":
            held(piled <= 0.05 * n, f"{w.name}: at most 5% said to pile up", piled, n)
        elif w.moved >= 0.35:
            held(piled >= 0.8 * n, f"{w.name}: at least 80% said to pile up", piled, n)
            alike = sum(r["answer"] == "alike" for r in mine)
            held(alike <= 0.05 * n, f"{w.name}: at most 5% said to be alike", alike, n)
    return lines


def main() -> None:
    worlds = int(sys.argv[1]) if len(sys.argv) > 1 else 300
    started = clock.process_time()
    runs: list[dict[str, Any]] = []
    for seed in range(1, worlds + 1):
        runs += [one(world, seed) for world in WORLDS]
        print(seed, f"{clock.process_time() - started:.0f} s", file=sys.stderr, flush=True)
        if len(sys.argv) > 2:
            Path(sys.argv[2]).write_text(json.dumps(runs) + "\n", encoding="utf-8")
    print("# What is said at a threshold, of worlds whose truth is known\n")
    print(f"{worlds} worlds a row, 8,000 declared values each unless said, per cent of the answers; in brackets the")
    print("simulation error. A difference in density of 50% or more matters in every plan.")
    print("Repeat with `python benchmarks/threshold_verdicts.py " + f"{worlds}`.\n")
    print("\n".join(table(runs)))
    print("\n## The rules by themselves\n")
    print("\n".join(rules(runs)))
    print("\n## What was to hold\n")
    print("\n".join(targets(runs)))
    print(f"\n{clock.process_time() - started:.0f} s of processor time.")


if __name__ == "__main__":
    main()
