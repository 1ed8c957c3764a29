"""How often the integrity profile says that something moved, and how long a thousand draws of an index take.

    python -m benchmarks.integrity_profile [pairs] > benchmarks/results/integrity_profile.md

Pairs of waves of an administration with ten factors of three indicators each; shares from surveys of 300 and rates from
records of 2,000. Nothing changes, or two factors change by so much. Speed: 1,000 draws of an index of 51 units and 60
indicators, beside a plain loop that makes the same draws one after another with numpy, and ours made one at a time.
"""

from __future__ import annotations

import os
import platform
import sys
import time

import numpy as np

from arusha.index.factors import FACTORS
from arusha.index.profile import Indicator, Wave, profile
from arusha.index.profile_text import verdict
from arusha.index.structure import Node, Structure
from arusha.index.uncertainty import Doubts, Draws, Model
from arusha.inference.intervals import clopper_pearson

SIZE = {"survey": 300, "records": 2_000}


def indicators() -> list[Indicator]:
    source = ("survey", "survey", "records")
    return [Indicator(f"{f}-{k}", f, f"{f} {k}", source[k], 0.0, 1.0) for f in FACTORS for k in range(3)]


def waves(rng: np.random.Generator, change: float) -> list[Wave]:
    truth = {i.code: float(rng.uniform(0.3, 0.7)) for i in indicators()}
    found = []
    for name in ("before", "after"):
        values, errors = {}, {}
        for i in indicators():
            p = truth[i.code] + (change if name == "after" and i.factor in FACTORS[:2] else 0.0)
            n = SIZE[i.source]
            seen = rng.binomial(n, p) / n
            values[i.code], errors[i.code] = seen, float(np.sqrt(seen * (1 - seen) / (n - 1)))
        found.append(Wave(name, values, errors))
    return found


def said(pairs: int, change: float, seed: int) -> tuple[dict[str, int], int, int, int]:
    """Verdicts of factors that changed and of those that did not; of pairs: any factor that did not, and the whole."""
    rng = np.random.default_rng(seed)
    count = {"moved, did": 0, "moved, did not": 0, "did": 0, "did not": 0}
    whole, covered, anything = 0, 0, 0
    for k in range(pairs):
        found = profile(indicators(), waves(rng, change), draws=400, seed=k)
        false = False
        for f in found.factors:
            assert f.result is not None
            kind = "did" if change and f.id in FACTORS[:2] else "did not"
            count[kind] += 1
            told = verdict(f.result) != "cannot tell"
            count[f"moved, {kind}"] += told
            if kind == "did not":
                false |= told
                assert f.result.change_low is not None
                assert f.result.change_high is not None
                covered += f.result.change_low <= 0 <= f.result.change_high
        whole += verdict(found.whole) != "cannot tell"
        anything += false
    return count, whole, covered, anything


def share(n: int, total: int) -> str:
    ends = clopper_pearson(n, total)
    return f"{n:,} of {total:,}: {n / total:.1%} ({float(ends.low[0]):.1%} to {float(ends.high[0]):.1%})"


def plain(model: Model, drawn: Draws, count: int) -> np.ndarray:
    """The same draws as a loop over draws, units and groups, as one would first write it."""
    out = np.empty((count, len(model.values)))
    assert model.posts is not None
    for k in range(count):
        x = model.values + drawn.noise[k] * model.errors
        x = np.clip((x - model.posts[:, 0]) / (model.posts[:, 1] - model.posts[:, 0]), 0, 1) * 100
        for unit in range(len(x)):
            parts = []
            for _, at, weight in model.structure.groups(2):
                w = weight * drawn.weights[0][k, at]
                values = x[unit, at]
                if drawn.aggregation[k] == 0:
                    parts.append(np.sum(w * values) / np.sum(w))
                else:
                    parts.append(np.exp(np.sum(w * np.log(np.maximum(values, 1.0))) / np.sum(w)))
            ((_, at, weight),) = model.structure.groups(3)
            w = weight * drawn.weights[1][k, at]
            values = np.array(parts)[at]
            if drawn.aggregation[k] == 0:
                out[k, unit] = np.sum(w * values) / np.sum(w)
            else:
                out[k, unit] = np.exp(np.sum(w * np.log(np.maximum(values, 1.0))) / np.sum(w))
    return out


def speed() -> str:
    rng = np.random.default_rng(1)
    units, size, draws = 51, 60, 1_000
    nodes = [Node(f"i{k}", 1, f"g{k // 6}") for k in range(size)]
    nodes += [Node(f"g{k}", 2, "all") for k in range(10)] + [Node("all", 3, None)]
    x = rng.uniform(0.1, 0.9, (units, size))
    posts = np.tile([0.0, 1.0], (size, 1))
    model = Model.of(x, np.full_like(x, 0.02), Structure.of(nodes), Doubts(), posts)
    drawn = model.draw(draws, rng)
    times = []
    for _ in range(3):
        start = time.perf_counter()
        ours = model.run(drawn)["all"]
        times.append(time.perf_counter() - start)
    start = time.perf_counter()
    theirs = plain(model, drawn, draws)
    loop = time.perf_counter() - start
    assert np.allclose(ours, theirs, rtol=1e-9)
    return (
        f"| draws | units x indicators | ours, s (best of 3) | plain numpy loop, s | ratio | target | same numbers |\n"
        f"| ---: | ---: | ---: | ---: | ---: | ---: | --- |\n"
        f"| {draws:,} | {units} x {size} | {min(times):.3f} | {loop:.2f} | {loop / min(times):.0f} | at least 10 "
        "| yes |\n"
    )


def main() -> None:
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    where = f"{os.cpu_count()} cores, python {platform.python_version()}"
    heads = (
        "change of two factors",
        "said to have moved, of those that did",
        "of those that did not",
        "pairs in which one that did not was said to",
        "the whole said to",
    )
    print("# The integrity profile: what it says when nothing moved, and how fast\n")
    print(f"Made by `python -m benchmarks.integrity_profile {pairs}` on {where}. Ten factors of three indicators;")
    print("surveys of 300, records of 2,000. In brackets: 95% intervals of the simulation.\n")
    print(f"| {' | '.join(heads)} | 90% intervals that hold 0 |")
    print("| --- | --- | --- | --- | --- | --- |")
    for change, count in ((0.0, pairs), (0.03, pairs // 4), (0.06, pairs // 4), (0.1, pairs // 4)):
        found, whole, covered, anything = said(count, change, 7)
        did = share(found["moved, did"], found["did"]) if found["did"] else "-"
        rest = share(found["moved, did not"], found["did not"])
        held = share(covered, found["did not"])
        pairs_with, all_of = share(anything, count), share(whole, count)
        print(f"| {100 * change:.0f} points | {did} | {rest} | {pairs_with} | {all_of} | {held} |")
    print("\n## Speed\n")
    print(speed())


if __name__ == "__main__":
    main()
