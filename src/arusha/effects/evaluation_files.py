"""What an evaluation leaves in its folder, and running a registered plan of a workspace from beginning to end."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, replace
from math import inf, nan
from pathlib import Path
from typing import Any

from arusha.effects.designs import Design
from arusha.effects.displacement import Displacement
from arusha.effects.estimates import Estimate, PlaceboDate
from arusha.effects.evaluation import Evaluation, Finding, evaluate, power_of, result_file
from arusha.effects.evaluation_plan import EvaluationPlan
from arusha.effects.evaluations import Evaluations
from arusha.effects.net import Net
from arusha.effects.pictures import Curve, PlaceboUnits
from arusha.effects.power import Power
from arusha.effects.registration import registered_in
from arusha.effects.robustness import Robustness
from arusha.effects.threshold_plan import ThresholdPlan
from arusha.effects.watch import Watch, Watched
from arusha.errors import ArushaError, PlanError
from arusha.language.told import error as of
from arusha.ledger.entry import SYSTEM

RESULT, WATCH, POWER = "result.json", "watch.json", "power.json"


def write(evaluation: Evaluation, folder: Path) -> dict[str, Any]:
    """Write ``result.json``, which names no unit, and ``watch.json``, which names those watched; returns the former."""
    folder.mkdir(parents=True, exist_ok=True)
    content = result_file(evaluation)
    put(folder / RESULT, content)
    if evaluation.watch is not None:
        put(folder / WATCH, watch_file(evaluation.watch))
    return content


def watch_file(found: Watch) -> dict[str, Any]:
    """The watch as plain data, unit by unit: for the administration itself, never for publishing or pooling."""
    rows = [{**asdict(w), "p": _finite(w.p), "p_adjusted": _finite(w.p_adjusted)} for w in found.found]
    return {"periods": list(found.periods), "columns": list(found.columns), "found": rows}


def _finite(value: float) -> float | None:
    return value if value == value else None


def put(path: Path, content: dict[str, Any]) -> None:
    """Whole or not at all: whoever reads meanwhile sees the one before."""
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(text + "\n", encoding="utf-8")
    part.replace(path)


def place(evaluations: Evaluations, plan: EvaluationPlan) -> EvaluationPlan:
    """Copy a plan's panel into its folder of the workspace; the same plan, read from there.

    Raises
    ------
    PlanError
        If the panel does not lie beside the plan under a plain name: the plan's hash holds that name.
    """
    placed = replace(plan, folder=str(evaluations.folder(plan.hash[:16])))
    place_file(plan.data, plan.source, placed.source)
    return placed


def place_file(named: str, source: Path, placed: Path) -> None:
    """Copy the file that a plan names to where its register reads it, whole or not at all.

    Raises
    ------
    PlanError
        If it does not lie beside the plan under a plain name: the plan's hash holds that name.
    """
    if Path(named).name != named:
        raise of(PlanError, "ev-not-beside", "ev-beside", where=named)
    if source.resolve() != placed.resolve():
        placed.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = placed.with_name(f".{named}.part")
        shutil.copyfile(source, part)
        part.replace(placed)


def register(evaluations: Evaluations, plan: EvaluationPlan, actor: str = SYSTEM) -> EvaluationPlan:
    """Register a plan in a workspace, and keep what it could show; the plan, read from its folder there.

    Raises
    ------
    ArushaError
        As ``place`` and ``power_of``, and for a plan that was registered with other records: what it could show then
        stays. Nothing was recorded.
    """
    plan.panel()
    same_records(evaluations, plan)
    design, power, reason = power_of(plan)
    placed = place(evaluations, plan)
    evaluations.register(placed, actor)
    content = {"design": asdict(design), "power": None if power is None else asdict(power), "reason": reason}
    put(evaluations.folder(placed.hash[:16]) / POWER, content)
    return placed


def same_records(evaluations: Evaluations, plan: EvaluationPlan | ThresholdPlan) -> None:
    """Refuse a plan that is registered already with other records: with them it is another evaluation, or a new run.

    Raises
    ------
    PlanError
        If it is.
    """
    if not evaluations.same_records(plan):
        raise of(PlanError, "ev-other-records", "ev-other-records", where=plan.data)


def read_power(folder: Path) -> tuple[Design, Power | None, str] | None:
    """What a registered plan could show; none where that was not kept."""
    told = read_told(folder / POWER)
    if told is None:
        return None
    return Design(**told["design"]), None if told["power"] is None else Power(**told["power"]), str(told["reason"])


def read_evaluation(folder: Path, plan: EvaluationPlan) -> Evaluation | None:
    """The evaluation that a folder's files say; none where there is no result.

    Raises
    ------
    ArushaError
        If a file cannot be read.
    """
    told = read_told(folder / RESULT)
    if told is None:
        return None
    near = told["near"]
    try:
        return Evaluation(
            plan=plan,
            registered=registered_in(told),
            design=Design(**told["design"]),
            power=None if told["power"] is None else Power(**told["power"]),
            power_reason=told["power_reason"],
            findings=tuple(Finding(o["column"], o["better"], _estimate(o), o["p_adjusted"]) for o in told["outcomes"]),
            placebo=tuple(PlaceboDate(**p) for p in told["placebo_dates"]),
            breakdown=told["breakdown"],
            displaced=tuple(Displacement(**d) for d in told["displaced"]),
            verdict=told["verdict"],
            why=told["why"],
            grade=told["grade"],
            raw=told["raw_means"],
            data_sha256=told["data_sha256"],
            near=None if near is None else _estimate(near),
            near_p=None if near is None else near["p_adjusted"],
            watch=_watch(read_told(folder / WATCH)),
            curve=_curve(told["curve"]),
            placebo_units=None if told["placebo_units"] is None else PlaceboUnits(**told["placebo_units"]),
            robust=_robust(told.get("robust")),
            net=_net(told.get("net")),
        )
    except (KeyError, TypeError) as error:
        raise of(ArushaError, "ev-other-version", "ev-run-again", where=RESULT) from error


def _estimate(told: dict[str, Any]) -> Estimate:
    """Limits that are no numbers in the file are infinite, and a missing standard error is not a number."""
    low, high = told["low"], told["high"]
    return Estimate(
        told["effect"],
        nan if told["se"] is None else told["se"],
        -inf if low is None else low,
        inf if high is None else high,
        told["p"],
    )


def _robust(told: dict[str, Any] | None) -> Robustness | None:
    if told is None:
        return None
    sets = tuple((m, -inf if a is None else a, inf if b is None else b) for m, a, b in told.get("sets", ()))
    return Robustness(**{**told, "sets": sets})


def _net(told: dict[str, Any] | None) -> Net | None:
    """None also in a result of before there was one."""
    return None if told is None else Net(_estimate(told["estimate"]), tuple(told["columns"]), told["near"])


def _curve(told: dict[str, Any] | None) -> Curve | None:
    if told is None:
        return None
    numbers: dict[str, Any] = {k: [nan if v is None else v for v in told[k]] for k in ("at", "effect", "low", "high")}
    return Curve(**numbers, baseline=told.get("baseline", "last"), left_out=told.get("left_out", 0))


def _watch(told: dict[str, Any] | None) -> Watch | None:
    if told is None:
        return None
    found = tuple(
        Watched(**{**w, **{k: nan if w[k] is None else w[k] for k in ("p", "p_adjusted")}}) for w in told["found"]
    )
    return Watch(tuple(told["periods"]), tuple(told["columns"]), found)


def run(evaluations: Evaluations, plan: EvaluationPlan, actor: str = SYSTEM) -> Evaluation:
    """Evaluate a plan in the register of a workspace: entry, estimates, files, and an entry of the answer.

    Raises
    ------
    ArushaError
        For a panel or plan that cannot be used; then nothing was recorded.
    """
    placed = place(evaluations, plan)
    done = evaluate(placed, evaluations.by(actor))
    content = write(done, evaluations.folder(placed.hash[:16]))
    answer = {"conclusion": done.conclusion, "verdict": done.verdict, "grade": done.grade, "why": done.why}
    evaluations.answered(placed, {**answer, "data_sha256": content["data_sha256"]}, actor)
    return done


def read_told(path: Path) -> dict[str, Any] | None:
    """The content of a file of results; none where there is none.

    Raises
    ------
    ArushaError
        If it cannot be read.
    """
    if not path.is_file():
        return None
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise of(ArushaError, "ev-no-result", "ev-run-again", where=path.name) from error
