"""Coverage of the methods of effects over a grid of designs, with its simulation error: which method holds where.

    python benchmarks/effects_coverage.py [--reduced] [replicates]

Writes src/arusha/effects/measured_coverage.json and the page
results/effects_coverage.md. ``--reduced`` prints a few cells and writes nothing.

Worlds: units with errors that remember (0, 0.4, 0.8), normal, skewed, or of offices of unequal size; 24 periods, the
measure in the second half of them; effects of 1 alike for all or spread between units (SD 1). An interval holds if it
covers the mean effect of the treated units at hand. All replicates of a cell are worked on at once: an interval by
influence functions or by re-assignment needs one number of each unit (mean after less the mean of all before, or less
the last before: the two baselines that a plan may name), and an interval of a series covers 0 where the posterior mass
below 0 is no tail. The library itself is asked on some worlds of each method first, and must agree.
"""

from __future__ import annotations

import json
import sys
import time as clock
from itertools import product
from pathlib import Path
from typing import get_args

import numpy as np
from scipy import stats
from scipy.special import stdtr

from arusha.effects import NEVER, aggregate, group_time, interrupted, randomisation_test, synthetic_did
from arusha.effects.assignments import Scores, assignments
from arusha.effects.autoregressive import _GRID
from arusha.effects.interrupted_series import seasons
from arusha.effects.panels import Baseline
from arusha.effects.staggered import Base

T, BEFORE = 24, 12
BASELINES: tuple[Baseline, ...] = get_args(Baseline)
SIDES = (4, 10, 20, 100)
KINDS = [(m, s, "normal") for m in (0.0, 0.4, 0.8) for s in (0.0, 1.0)] + [
    (0.4, 0.0, "skewed"),
    (0.4, 0.0, "sizes"),
    (0.4, 1.0, "sizes"),
]
SERIES_BEFORE, SERIES_AFTER = (12, 18, 24, 36, 48), (6, 12, 24)
MEMORIES = (0.0, 0.4, 0.7, 0.9)
SYNTHETIC = [*((1, c, b) for c in (20, 40) for b in (8, 16))]
OF_SYNTHETIC = [(0.0, 0.0, "normal"), (0.4, 1.0, "normal"), (0.8, 0.0, "normal"), (0.4, 0.0, "sizes")]
ROOT = Path(__file__).resolve().parents[1]
TABLE = ROOT / "src" / "arusha" / "effects" / "measured_coverage.json"
PAGE = ROOT / "benchmarks" / "results" / "effects_coverage.md"
KEPT = ROOT / "benchmarks" / "results" / "synthetic_coverage.jsonl"
"""Cells of the synthetic method, the slow one: what is there is not measured again."""
DRAWS = 1_999


def worlds(
    R: int, n: int, treated: int, memory: float, spread: float, kind: str, seed: list[int], before: int = BEFORE
) -> tuple[np.ndarray, np.ndarray]:
    """R x n x periods outcomes, and R true mean effects of the treated."""
    random, periods = np.random.default_rng(seed), before + T - BEFORE
    shape = (R, n, periods + 20)
    error = random.exponential(size=shape) - 1.0 if kind == "skewed" else random.normal(size=shape)
    for t in range(1, shape[2]):
        error[:, :, t] += memory * error[:, :, t - 1]
    if kind == "sizes":
        error *= np.exp(0.7 * random.normal(size=(R, n, 1)))
    effect = 1.0 + spread * random.normal(size=(R, treated))
    y = random.normal(size=(R, n, 1)) + random.normal(size=(R, 1, periods)) + error[:, :, 20:]
    y[:, :treated, before:] += effect[:, :, None]
    return y, effect.mean(axis=1)


def change(y: np.ndarray, baseline: Baseline) -> np.ndarray:
    """Each unit's mean after less what was before (R x n of R x n x T)."""
    before = y[:, :, :BEFORE].mean(axis=2) if baseline == "all" else y[:, :, BEFORE - 1]
    return np.asarray(y[:, :, BEFORE:].mean(axis=2) - before)


def changes(R: int, *args: object, most: int = 8_000_000) -> tuple[dict[Baseline, np.ndarray], np.ndarray]:
    """``change`` of each baseline and R true effects, made in parts that fit in memory."""
    n, seed = int(args[0]), list(args[5])  # type: ignore[call-overload]
    part = max(1, most // (n * (T + 20)))
    found: dict[Baseline, list[np.ndarray]] = {b: [] for b in BASELINES}
    truths = []
    for at in range(0, R, part):
        y, truth = worlds(min(part, R - at), *args[:5], [*seed, at])  # type: ignore[arg-type]
        truths.append(truth)
        for b in BASELINES:
            found[b].append(change(y, b))
    return {b: np.vstack(v) for b, v in found.items()}, np.concatenate(truths)


def influence(v: np.ndarray, treated: int) -> tuple[np.ndarray, np.ndarray]:
    """Intervals of all replicates, by influence functions and Student's law of the smaller side."""
    one, other = v[:, :treated], v[:, treated:]
    effect = one.mean(axis=1) - other.mean(axis=1)
    se = np.sqrt(one.var(axis=1) / one.shape[1] + other.var(axis=1) / other.shape[1])
    reach = stats.t.ppf(0.975, min(one.shape[1], other.shape[1]) - 1) * se
    return effect - reach, effect + reach


def reassigned(v: np.ndarray, treated: int, truth: np.ndarray) -> np.ndarray:
    """p-value of the true effect by re-assignment, for all replicates at once."""
    n = v.shape[1]
    label = np.where(np.arange(n) < treated, 0, -1).astype(np.int64)
    s = Scores(v[0][:, None], np.ones(1), np.array([treated]), label)
    inside = (assignments(s, DRAWS, 1)[0] == 0).astype(np.float32)
    left = v.copy()
    left[:, :treated] -= truth[:, None]
    left -= left.mean(axis=1, keepdims=True)
    p = np.empty(v.shape[0])
    part = max(1, 20_000_000 // inside.shape[0])
    for at in range(0, v.shape[0], part):
        x = left[at : at + part].astype(np.float32)
        own, square = inside @ x.T, inside @ (x * x).T
        all_squares = (x * x).sum(axis=1)
        a, b = own / treated, -own / (n - treated)
        variance = (square / treated - a * a) / (treated - 1) + ((all_squares - square) / (n - treated) - b * b) / (
            n - treated - 1
        )
        t = np.abs(a - b) / np.sqrt(np.maximum(variance, 1e-30))
        p[at : at + part] = (t >= t[0] * (1 - 1e-5)).mean(axis=0)
    return p


def series_tails(values: np.ndarray, start: int) -> np.ndarray:
    """Posterior mass below 0 of the mean effect after ``start``, for R series at once (12 months a year, one wave)."""
    n = values.shape[1]
    t = np.arange(n, dtype=float)
    post, since = (t >= start) * 1.0, (t - start) * (t >= start)
    wave = seasons(n, 12, 1) if n >= 24 else np.empty((n, 0))
    X = np.column_stack([np.ones(n), (t - t.mean()) / n, post, since / n, *wave.T])
    line = np.zeros(X.shape[1])
    line[2], line[3] = 1.0, since[start:].mean() / n
    likelihood, centre, scale = [], [], []
    for r in _GRID:
        Z, z = (np.vstack([np.sqrt(1 - r * r) * v[:1], v[1:] - r * v[:-1]]) for v in (X, values.T))
        gram = Z.T @ Z
        inverse = np.linalg.inv(gram)
        beta = inverse @ (Z.T @ z)
        left = ((z - Z @ beta) ** 2).sum(axis=0)
        df = n - X.shape[1]
        likelihood.append(-0.5 * (df * np.log(left) + np.linalg.slogdet(gram)[1]) + 0.5 * np.log(1 - r * r))
        centre.append(line @ beta)
        scale.append(np.sqrt(line @ inverse @ line * left / df))
    weight = np.exp(np.array(likelihood) - np.max(likelihood, axis=0))
    weight[weight <= 1e-5] = 0.0
    return (weight * stdtr(n - X.shape[1], -np.array(centre) / np.array(scale))).sum(axis=0) / weight.sum(axis=0)


def series_errors(R: int, n: int, memory: float, seed: list[int]) -> np.ndarray:
    error = np.random.default_rng(seed).normal(size=(R, n + 50))
    for t in range(1, n + 50):
        error[:, t] += memory * error[:, t - 1]
    return error[:, 50:]


def check() -> None:
    """The library on some worlds: the same intervals as here."""
    for n, treated in ((8, 4), (12, 6), (30, 10)):
        y, truth = worlds(6, n, treated, 0.4, 1.0, "sizes", [99, n])
        first = np.where(np.arange(n) < treated, BEFORE, NEVER)
        for baseline, k in product(BASELINES, range(6)):
            v = change(y[k : k + 1], baseline)
            (low,), (high,) = influence(v, treated)
            p = float(reassigned(v, treated, truth[k : k + 1])[0])
            base: Base = "average" if baseline == "all" else "varying"
            one = aggregate(group_time(y[k], np.arange(T), first, base=base))
            reach = stats.t.ppf(0.975, min(treated, n - treated) - 1) * one.overall_se
            assert np.allclose([low, high], [one.overall - reach, one.overall + reach], atol=1e-9)
            whole = randomisation_test(y[k], np.arange(T), first, baseline=baseline)
            assert (whole.low < truth[k] < whole.high) == (p > 0.05) or abs(p - 0.05) < 0.002
    for before, after in ((24, 6), (36, 24)):
        values = series_errors(8, before + after, 0.7, [98, before])
        tails = series_tails(values, before)
        for k in range(8):
            found = interrupted(values[k], before, harmonics=1)
            assert abs(found.p - 2 * min(tails[k], 1 - tails[k])) < 1e-9


def cell(treated: int, controls: int, kind: tuple[float, float, str], R: int) -> list[dict[str, object]]:
    memory, spread, errors = kind
    seed = [7, treated, controls, int(10 * memory), int(spread), len(errors)]
    of, truth = changes(R, treated + controls, treated, memory, spread, errors, seed)
    about = {"treated": treated, "controls": controls, "memory": memory, "spread": spread, "errors": errors}
    rows: list[dict[str, object]] = []
    for baseline, v in of.items():
        low, high = influence(v, treated)
        held = {"groups": (low <= truth) & (truth <= high), "reassignment": reassigned(v, treated, truth) > 0.05}
        rows += [
            {"method": m, "baseline": baseline, **about, "coverage": round(float(h.mean()), 4)} for m, h in held.items()
        ]
    return rows


def series_cell(before: int, after: int, memory: float, R: int) -> dict[str, object]:
    tails = series_tails(series_errors(R, before + after, memory, [5, before, after, int(10 * memory)]), before)
    held = float(np.mean((tails >= 0.025) & (tails <= 0.975)))
    return {"method": "series", "before": before, "after": after, "memory": memory, "coverage": round(held, 4)}


def synthetic_cell(
    treated: int, controls: int, before: int, kind: tuple[float, float, str], R: int
) -> dict[str, object]:
    memory, spread, errors = kind
    n, held = treated + controls, 0
    first = np.where(np.arange(n) < treated, before, NEVER)
    y, truth = worlds(R, n, treated, memory, spread, errors, [3, treated, controls, before, int(10 * memory)], before)
    for k in range(R):
        found = synthetic_did(y[k], np.arange(y.shape[2]), first, draws=60, seed=k)
        held += found.low <= truth[k] <= found.high
    about = {"treated": treated, "controls": controls, "before": before, "memory": memory, "spread": spread}
    return {"method": "synthetic", **about, "errors": errors, "coverage": round(held / R, 4)}


def measured(R: int, *, reduced: bool = False) -> list[dict[str, object]]:
    """Every row of the grid, or of a reduced one."""
    sides = [(4, 4), (10, 10), (20, 20)] if reduced else list(product(SIDES, SIDES))
    kinds = KINDS[1::3] if reduced else KINDS
    rows: list[dict[str, object]] = []
    for treated, controls in sides:
        for kind in kinds:
            rows += cell(treated, controls, kind, R)
    for before, after in [(12, 12), (24, 6)] if reduced else product(SERIES_BEFORE, SERIES_AFTER):
        rows += [series_cell(before, after, memory, R) for memory in MEMORIES]
    if not reduced:
        kept = [json.loads(line) for line in KEPT.read_text("utf-8").splitlines()] if KEPT.exists() else []
        for design, kind in product(SYNTHETIC, OF_SYNTHETIC):
            of = dict(
                zip(("treated", "controls", "before", "memory", "spread", "errors"), (*design, *kind), strict=True)
            )
            known = [row for row in kept if of.items() <= row.items() and row["replicates"] == min(R, 2_000)]
            if known:
                rows.append(known[0])
                continue
            rows.append(synthetic_cell(*design, kind, min(R, 2_000)) | {"replicates": min(R, 2_000)})
            with KEPT.open("a", encoding="utf-8") as out:
                out.write(json.dumps(rows[-1]) + "\n")
    return rows


def page(rows: list[dict[str, object]], R: int, seconds: float) -> str:
    """The least coverage of each design over memories, spreads and kinds of errors, and where it is."""
    few = min(R, 2_000)
    lines = [
        "# Coverage of 95% intervals",
        "",
        f"{R:,} replicates a cell (standard error {100 * np.sqrt(0.0475 / R):.2f} points at 95%); of the synthetic",
        f"method {few:,} ({100 * np.sqrt(0.0475 / few):.2f}). Every cell is in measured_coverage.json.",
        "Here the least coverage of each design over memory (0, 0.4, 0.8), effects alike or",
        "spread, and errors normal, skewed or of offices of unequal size; in brackets the mean. A method may be a",
        "default where the least is 93 or more.",
    ]
    titles = {"groups": "Influence functions", "reassignment": "Re-assignment"}
    against = {"all": "the mean of all periods before", "last": "the last period before"}
    for baseline, method in product(BASELINES, titles):
        title = f"{titles[method]}, against {against[baseline]}"
        lines += ["", f"{title}: treated down, untreated across", "", "| | " + " | ".join(map(str, SIDES)) + " |"]
        lines.append("| --- |" + " --- |" * len(SIDES))
        for treated in SIDES:
            shown = []
            for controls in SIDES:
                of = [
                    100 * float(r["coverage"])  # type: ignore[arg-type]
                    for r in rows
                    if (r["method"], r.get("baseline"), r.get("treated"), r.get("controls"))
                    == (method, baseline, treated, controls)
                ]
                shown.append(f"{min(of):.1f} ({np.mean(of):.1f})")
            lines.append(f"| {treated} | " + " | ".join(shown) + " |")
    lines += ["", "Synthetic difference-in-differences", "", "| treated | untreated | before | least | mean |"]
    lines.append("| --- | --- | --- | --- | --- |")
    for key in SYNTHETIC:
        of = [
            100 * float(r["coverage"])  # type: ignore[arg-type]
            for r in rows
            if (r["method"], r.get("treated"), r.get("controls"), r.get("before")) == ("synthetic", *key)
        ]
        lines.append(f"| {key[0]} | {key[1]} | {key[2]} | {min(of):.1f} | {np.mean(of):.1f} |")
    lines += [
        "",
        "One series, or the difference of two",
        "",
        "| before | after | " + " | ".join(f"memory {m}" for m in MEMORIES) + " |",
    ]
    lines.append("| --- | --- |" + " --- |" * len(MEMORIES))
    for before, after in product(SERIES_BEFORE, SERIES_AFTER):
        of = [
            f"{100 * float(r['coverage']):.1f}"  # type: ignore[arg-type]
            for r in rows
            if (r["method"], r.get("before"), r.get("after")) == ("series", before, after)
        ]
        lines.append(f"| {before} | {after} | " + " | ".join(of) + " |")
    return "\n".join([*lines, "", f"{seconds:.0f} s of processor time.", ""])


def main() -> None:
    given = [a for a in sys.argv[1:] if a != "--reduced"]
    reduced = "--reduced" in sys.argv
    R = int(given[0]) if given else (500 if reduced else 4_000)
    started = clock.process_time()
    check()
    rows = measured(R, reduced=reduced)
    if reduced:
        for row in rows:
            print(json.dumps(row))
        return
    about = {"replicates": R, "replicates_synthetic": min(R, 2_000), "level": 0.95}
    text = ",\n".join("  " + json.dumps(row) for row in rows)
    TABLE.write_text(json.dumps(about)[:-1] + ', "cells": [\n' + text + "\n]}\n", encoding="utf-8")
    PAGE.write_text(page(rows, R, clock.process_time() - started), encoding="utf-8")


if __name__ == "__main__":
    main()
