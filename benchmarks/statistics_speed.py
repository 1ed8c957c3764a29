"""Effects, index and list experiments beside other Python libraries and a plain numpy loop: same machine, same run.

    OPENBLAS_NUM_THREADS=1 python benchmarks/statistics_speed.py [--write]

One thread, because idle ones that wait count as processor time on a busy machine.

The libraries are those of requirements/benchmarks.in, in an environment of their own; one that is not installed is left
out and said to be. Each is timed once warm (best of three), and must give the same number, or it is no comparison.
Writes results/statistics_speed.json and .md.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
import warnings
from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Literal

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit, gammaln, logsumexp, ndtri

from arusha.effects import NEVER, aggregate, band, group_time, normal_band
from arusha.effects.aggregation import Kind
from arusha.effects.bands import Multiplier, multipliers
from arusha.index.structure import Node, Structure
from arusha.index.uncertainty import Doubts, Model, intervals
from arusha.surveys import list_likelihood

warnings.filterwarnings("ignore")
RESULTS = Path(__file__).parent / "results"
Row = dict[str, object]
KINDS: tuple[Kind, ...] = ("simple", "group", "calendar", "dynamic")


def timed(job: Callable[[], float], times: int = 3) -> tuple[float, float]:
    """Processor seconds of the fastest of some runs after one that warms up, and the number that came out.

    Of the processor, all threads together, because the machine is seldom idle.
    """
    value, best = job(), np.inf
    for _ in range(times):
        began = time.process_time()
        value = job()
        best = min(best, time.process_time() - began)
    return best, float(value)


def rows(what: str, jobs: dict[str, Callable[[], float] | None], same: float, times: int = 3) -> list[Row]:
    """One row a contender; the first is ours. Others that are not there or fail are told with the reason."""
    found: list[Row] = []
    for name, job in jobs.items():
        row: Row = {"what": what, "who": name}
        found.append(row)
        if job is None:
            row["left_out"] = "not installed"
            continue
        try:
            seconds, value = timed(job, times)
        except Exception as error:
            row["left_out"] = f"{type(error).__name__}: {error}"[:120]
            continue
        ours = found[0]
        row |= {"seconds": round(seconds, 4), "value": round(value, 6)}
        row["ratio"] = round(seconds / float(ours["seconds"]), 2)  # type: ignore[arg-type]
        mine = float(ours["value"])  # type: ignore[arg-type]
        row["same"] = bool(abs(value - mine) <= same * max(1.0, abs(mine)))
        print(row, file=sys.stderr, flush=True)
    return found


def installed(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def staggered() -> list[Row]:
    """30,000 units by 12 periods that begin at four times or never: all group-time effects, and their mean."""
    random, n, T = np.random.default_rng(1), 30_000, 12
    first = random.choice([4, 6, 8, 10, NEVER], n)
    y = random.normal(size=(n, 1)) + random.normal(size=T) + random.normal(size=(n, T))
    y += (np.arange(T)[None, :] >= first[:, None]) * random.normal(1.0, 0.5, size=(n, 1))
    begun = np.where(first == NEVER, 0, first)
    unit, period = np.repeat(np.arange(n), T), np.tile(np.arange(T), n)

    def ours() -> float:
        return aggregate(group_time(y, np.arange(T), first)).overall

    def loop() -> float:
        total = weight = 0.0
        influence = np.zeros(n)
        for g in (4, 6, 8, 10):
            for t in range(g, T):
                inside, never = first == g, first == NEVER
                change = y[:, t] - y[:, g - 1]
                effect = change[inside].mean() - change[never].mean()
                psi = inside * (change - change[inside].mean()) / inside.mean()
                psi = psi - never * (change - change[never].mean()) / never.mean()
                influence += inside.mean() * psi
                total, weight = total + inside.mean() * effect, weight + inside.mean()
        return total / weight

    jobs: dict[str, Callable[[], float] | None] = {"arusha": ours, "plain numpy, a cell at a time": loop}
    if installed("diff-diff"):
        import pandas as pd
        from diff_diff import CallawaySantAnna

        frame = pd.DataFrame({"unit": unit, "time": period, "y": y.ravel(), "g": begun[unit]})
        jobs["diff-diff CallawaySantAnna"] = lambda: (
            CallawaySantAnna()
            .fit(frame, outcome="y", unit="unit", time="time", first_treat="g", aggregate="simple")
            .overall_att
        )
    else:
        jobs["diff-diff CallawaySantAnna"] = None
    found = rows("staggered, 30,000 x 12", jobs, 1e-6)
    return found + answered(y, first) + imputed(y, first, unit, period)


def answered(y: np.ndarray, first: np.ndarray) -> list[Row]:
    """The whole answer: effects before and after, all four ways of putting them together, errors, and a band.

    Three times, each against plain loops that make the same numbers from the same random numbers, a cell of effects at
    a time. The band by normal weights (the default: the effects are drawn from their covariance), by Rademacher's of
    every unit (as R's did), and the default beside a plain loop by Rademacher's, which answers the same question with
    numbers that agree within what draws differ by.
    """
    n, T = y.shape
    draws, groups, never = 999, (4, 6, 8, 10), first == NEVER

    def ours(weights: Multiplier | Literal["normal"]) -> float:
        found = group_time(y, np.arange(T), first)
        made = [aggregate(found, kind) for kind in KINDS]
        curve = made[-1]
        together = (
            normal_band(curve.att, curve.vcov, draws=draws, seed=1)
            if weights == "normal"
            else band(curve.att, curve.influence, kind=weights, draws=draws, seed=1)
        )
        return total(found.se, [m.overall for m in made], [m.overall_se for m in made], together.se, together.critical)

    def loop(*, each: bool, normal: bool = False) -> float:
        """``each``: every effect of a draw by itself; else all of a draw as one product. ``normal``: draws of effects
        from their covariance."""
        cells, att, psi, share = [], [], [], {g: float(np.mean(first == g)) for g in groups}
        for g in groups:
            for t in range(1, T):
                inside = first == g
                change = y[:, t] - y[:, g - 1 if t >= g else t - 1]
                one, other = change[inside].mean(), change[never].mean()
                cells.append((g, t))
                att.append(one - other)
                psi.append(inside * (change - one) / inside.mean() - never * (change - other) / never.mean())
        se = [np.sqrt(np.mean(p**2) / n) for p in psi]

        def mean(weights: list[float], values: list[float], parts: list[np.ndarray], of: list[int]) -> tuple:
            all_of, effect, influence = sum(weights), 0.0, np.zeros(n)
            moved = sum((first == g) - share[g] for g in of)
            for w, value, part, g in zip(weights, values, parts, of, strict=True):
                effect += w / all_of * value
                influence += w / all_of * part
                influence += value * (((first == g) - share[g]) / all_of - w * moved / all_of**2)
            return effect, influence

        def over(chosen: list[int]) -> tuple:
            of = [cells[c][0] for c in chosen]
            return mean([share[g] for g in of], [att[c] for c in chosen], [psi[c] for c in chosen], of)

        after = [c for c, (g, t) in enumerate(cells) if t >= g]
        whole = [over(after)]
        own = []
        for g in groups:
            mine = [c for c in after if cells[c][0] == g]
            own.append((np.mean([att[c] for c in mine]), np.mean([psi[c] for c in mine], axis=0)))
        whole.append(mean(list(share.values()), [a for a, _ in own], [p for _, p in own], list(groups)))
        by_period = [over([c for c in after if cells[c][1] == t]) for t in range(groups[0], T)]
        since = sorted({t - g for g, t in cells})
        curve = [over([c for c, (g, t) in enumerate(cells) if t - g == e]) for e in since]
        both = by_period, [c for e, c in zip(since, curve, strict=True) if e >= 0]
        whole += [(np.mean([a for a, _ in several]), np.mean([p for _, p in several], axis=0)) for several in both]
        errors = [np.sqrt(np.mean(p**2) / n) for _, p in whole]
        for _, p in own + by_period + curve:
            np.sqrt(np.mean(p**2) / n)
        random, along = np.random.default_rng(1), np.column_stack([p for _, p in curve])
        drawn = np.empty((draws, along.shape[1]))
        if normal:
            V = along.T @ along / n**2
            width = np.sqrt(np.diag(V))
            size, axes = np.linalg.eigh(V / np.outer(width, width))
            root = (axes * np.sqrt(np.maximum(size, 0.0))) @ axes.T
            for draw in range(draws):
                drawn[draw] = root @ random.standard_normal(size.size)
            critical = np.quantile(np.abs(drawn).max(axis=1), 0.95, method="inverted_cdf")
            return total(se, [a for a, _ in whole], errors, width, critical)
        for draw in range(draws):
            weight = multipliers(random, (1, n), "rademacher")[0]
            drawn[draw] = [np.mean(weight * p) for _, p in curve] if each else weight @ along / n
        width = (np.quantile(drawn, 0.75, axis=0) - np.quantile(drawn, 0.25, axis=0)) / (ndtri(0.75) - ndtri(0.25))
        largest = np.max(np.abs(drawn / width), axis=1)
        critical = np.quantile(largest, 0.95, method="inverted_cdf")
        return total(se, [a for a, _ in whole], errors, width, critical)

    jobs: dict[str, Callable[[], float] | None] = {
        "arusha": lambda: ours("normal"),
        "plain numpy, a cell at a time, effects drawn": lambda: loop(each=False, normal=True),
    }
    found = rows("staggered, all of it, band of effects drawn", jobs, 1e-6)
    jobs = {
        "arusha": lambda: ours("rademacher"),
        "plain numpy, a draw at a time": lambda: loop(each=False),
        "plain numpy, a cell and a draw at a time": lambda: loop(each=True),
    }
    found += rows("staggered, all of it, band of units' weights", jobs, 1e-6)
    jobs = {
        "arusha, effects drawn": lambda: ours("normal"),
        "plain numpy, units' weights, a draw at a time": lambda: loop(each=False),
        "plain numpy, units' weights, a cell and a draw at a time": lambda: loop(each=True),
    }
    # 999 draws of units: their quartiles know an error to 3%, and the number is a sum of 19 such and more.
    return found + rows("staggered, all of it, one by drawing effects, the others units", jobs, 0.05)


def total(*numbers: object) -> float:
    """One number that no other set of these gives."""
    return float(sum((k + 1) * np.sum(v) for k, v in enumerate(numbers)))  # type: ignore[call-overload]


def imputed(y: np.ndarray, first: np.ndarray, unit: np.ndarray, period: np.ndarray) -> list[Row]:
    """pyfixest answers the same question by Sun and Abraham's estimator: the effect in the first period."""
    from arusha.effects import sun_abraham

    def ours() -> float:
        found = sun_abraham(y.ravel(), unit, period, first[unit])
        return float(found.effect[found.since == 0][0])

    jobs: dict[str, Callable[[], float] | None] = {"arusha": ours, "pyfixest saturated": None}
    if installed("pyfixest"):
        import pandas as pd
        import pyfixest as pf

        begun = np.where(first == NEVER, 0, first)
        frame = pd.DataFrame({"unit": unit, "time": period, "y": y.ravel(), "g": begun[unit]})

        def theirs() -> float:
            fit = pf.event_study(
                frame, yname="y", idname="unit", tname="time", gname="g", estimator="saturated", att=True
            )
            table = fit.aggregate(weighting="shares")
            return float(table["Estimate"].astype(float)[[float(at) == 0.0 for at in table.index]].iloc[0])

        jobs["pyfixest saturated"] = theirs
    return rows("Sun and Abraham, 30,000 x 12", jobs, 1e-6, times=1)


def index() -> list[Row]:
    """1,000 draws of an index of 51 units and 60 indicators in ten groups and three dimensions."""
    random, units, k = np.random.default_rng(2), 51, 60
    nodes = [Node(f"i{i}", 1, f"g{i // 6}") for i in range(k)]
    nodes += [Node(f"g{i}", 2, f"d{i % 3}") for i in range(10)] + [Node(f"d{i}", 3, "all") for i in range(3)]
    structure = Structure.of([*nodes, Node("all", 4, None)])
    x = random.uniform(1.0, 9.0, (units, k))
    posts = np.tile([0.0, 10.0], (k, 1))
    doubts = Doubts(0.25, ("goalposts", "min-max"), ("arithmetic", "geometric"), ("none",))
    model = Model.of(x, np.full_like(x, 0.5), structure, doubts, posts)
    levels = [structure.groups(level) for level in range(2, 5)]

    def ours() -> float:
        found = intervals(model, 1_000, 1)[0]["all"]
        return float(np.mean(found.high - found.low))

    def loop() -> float:
        random = np.random.default_rng(1)
        drawn = np.empty((1_000, units))
        for draw in range(1_000):
            now = x + 0.5 * random.standard_normal(x.shape)
            if random.integers(2):
                now = np.clip(now / 10.0, 0.0, 1.0) * 100.0
            else:
                now = (now - now.min(axis=0)) / (now.max(axis=0) - now.min(axis=0)) * 100.0
            geometric = random.integers(2)
            for level in levels:
                parts = []
                for _, at, weight in level:
                    w = weight * random.uniform(0.75, 1.25, len(weight))
                    part, w = now[:, at], w / w.sum()
                    parts.append(np.exp(np.log(np.maximum(part, 1.0)) @ w) if geometric else part @ w)
                now = np.column_stack(parts)
            drawn[draw] = now[:, 0]
        low, high = np.quantile(drawn, [0.05, 0.95], axis=0)
        return float(np.mean(high - low))

    def units_loop() -> float:
        """The same with a loop over units too, as it is written from the formulas."""
        random = np.random.default_rng(1)
        drawn = np.empty((1_000, units))
        for draw in range(1_000):
            now = x + 0.5 * random.standard_normal(x.shape)
            if random.integers(2):
                now = np.clip(now / 10.0, 0.0, 1.0) * 100.0
            else:
                now = (now - now.min(axis=0)) / (now.max(axis=0) - now.min(axis=0)) * 100.0
            geometric = random.integers(2)
            for level in levels:
                weights = [w * random.uniform(0.75, 1.25, len(w)) for _, _, w in level]
                up = np.empty((units, len(level)))
                for unit in range(units):
                    for j, (_, at, _w) in enumerate(level):
                        part, w = now[unit, at], weights[j] / weights[j].sum()
                        up[unit, j] = np.exp(w @ np.log(np.maximum(part, 1.0))) if geometric else w @ part
                now = up
            drawn[draw] = now[:, 0]
        low, high = np.quantile(drawn, [0.05, 0.95], axis=0)
        return float(np.mean(high - low))

    jobs = {"arusha": ours, "plain numpy, a draw at a time": loop, "plain numpy, a draw and unit at a time": units_loop}
    return rows("index uncertainty, 1,000 draws of 51 x 60", jobs, 0.05, times=2)  # other draws: 5% is chance


def lists() -> list[Row]:
    """Maximum likelihood of a list experiment of 10,000 answers and five covariates."""
    random, n, J = np.random.default_rng(3), 10_000, 4
    X = np.column_stack([np.ones(n), random.normal(size=(n, 4))])
    arm = random.integers(0, 2, n)
    holds = random.random(n) < expit(X @ np.array([-1.0, 0.5, -0.3, 0.2, 0.0]))
    y = random.binomial(J, expit(X @ np.array([0.1, -0.2, 0.3, 0.0, 0.1]))) + arm * holds
    choose = gammaln(J + 1) - gammaln(np.arange(J + 1) + 1) - gammaln(J - np.arange(J + 1) + 1)

    def minus(theta: np.ndarray) -> np.ndarray:
        at, share = X @ theta[:5], X @ theta[5:]

        def law(count: np.ndarray) -> np.ndarray:
            inside = (count >= 0) & (count <= J)
            c = np.clip(count, 0, J)
            return np.where(inside, choose[c] + c * at - J * np.logaddexp(0.0, at), -np.inf)

        yes, no = -np.logaddexp(0.0, -share), -np.logaddexp(0.0, share)
        long = logsumexp(np.stack([yes + law(y - 1), no + law(y)]), axis=0)
        return -np.where(arm == 1, long, law(y))

    def generic() -> float:
        return -float(minimize(lambda theta: minus(theta).sum(), np.zeros(10), method="BFGS").fun)

    def ours() -> float:
        return list_likelihood(y, arm, X, items=J).loglik

    jobs: dict[str, Callable[[], float] | None] = {"arusha": ours, "scipy, BFGS on the likelihood": generic}
    if installed("statsmodels"):
        from statsmodels.base.model import GenericLikelihoodModel

        class Generic(GenericLikelihoodModel):  # type: ignore[misc]
            def nloglikeobs(self, params: np.ndarray) -> np.ndarray:
                return minus(np.asarray(params))

        def theirs() -> float:
            fit = Generic(y, X).fit(start_params=np.zeros(10), method="bfgs", disp=0, maxiter=500, skip_hessian=True)
            return float(fit.llf)

        jobs["statsmodels GenericLikelihoodModel"] = theirs
    else:
        jobs["statsmodels GenericLikelihoodModel"] = None
    return rows("list experiment, ML on 10,000 answers", jobs, 1e-8, times=2)


def page(found: list[Row], about: dict[str, object]) -> str:
    lines = [
        "# Statistics beside other libraries",
        "",
        f"{about['machine']}, {about['cores']} cores, load {about['load']}; {about['versions']}.",
        f"One process, BLAS on {about['threads']} thread(s), each warm, best of two or three (of one where it takes",
        "long). A ratio above 1: the other takes so many times as long. Seconds are of the processor.",
        "",
        "In the first rows the plain loop gives the mean effect alone: no errors, no effects before. Of the three",
        "times 'all of it' (errors, four aggregations, band) the first two are like for like: the same algorithm, the",
        "same numbers from the same random numbers. In the third ours draws the few effects from their covariance",
        "(what normal weights of units give, exactly), and the plain loops weigh every unit, as R's did does: the same",
        "question, and numbers within what draws differ by. Ten times a plain loop is reached in the third only.",
        "",
        "| what | who | processor seconds | ratio | same number |",
        "| --- | --- | --- | --- | --- |",
    ]
    for r in found:
        if "left_out" in r:
            lines.append(f"| {r['what']} | {r['who']} | left out: {r['left_out']} | | |")
        else:
            same = "yes" if r["same"] else "no"
            lines.append(f"| {r['what']} | {r['who']} | {r['seconds']} | {r['ratio']} | {same} |")
    return "\n".join([*lines, ""])


def main() -> None:
    names = ("numpy", "scipy", "numba", "diff-diff", "pyfixest", "statsmodels")
    found = [*staggered(), *index(), *lists()]
    about: dict[str, object] = {
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "threads": os.environ.get("OPENBLAS_NUM_THREADS", "all"),
        "load": round(os.getloadavg()[0], 1),
        "versions": ", ".join(f"{n} {installed(n)}" for n in names if installed(n)),
    }
    text = page(found, about)
    print(text)
    if "--write" in sys.argv:
        (RESULTS / "statistics_speed.json").write_text(json.dumps({**about, "rows": found}, indent=1) + "\n", "utf-8")
        (RESULTS / "statistics_speed.md").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
