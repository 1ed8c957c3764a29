"""What an evaluation at a threshold leaves in its folder, and registering and running its plan in a workspace."""

from __future__ import annotations

from dataclasses import asdict, replace
from math import inf
from pathlib import Path
from typing import Any

from arusha.effects.evaluation_files import POWER, RESULT, place_file, put, read_told, same_records
from arusha.effects.evaluations import Evaluations
from arusha.effects.registration import registered_in
from arusha.effects.threshold_around import Around
from arusha.effects.threshold_evaluation import (
    Gap,
    Heap,
    Jump,
    Near,
    OutcomeJump,
    Placebo,
    ThresholdEvaluation,
    evaluate_threshold,
    threshold_power,
    threshold_result,
)
from arusha.effects.threshold_plan import ThresholdPlan
from arusha.errors import ArushaError, PlanError
from arusha.language.told import error as of
from arusha.ledger.entry import SYSTEM

AROUND = "around.json"


def write_threshold(done: ThresholdEvaluation, folder: Path) -> dict[str, Any]:
    """Write ``result.json``, which holds no counts by value, and ``around.json``, which does; returns the former."""
    folder.mkdir(parents=True, exist_ok=True)
    content = threshold_result(done)
    put(folder / RESULT, content)
    if done.around is not None:
        put(folder / AROUND, asdict(done.around))
    return content


def place_threshold(evaluations: Evaluations, plan: ThresholdPlan) -> ThresholdPlan:
    """A plan as the register of a workspace reads it: with its file beside it, or with the workspace's own records.

    Raises
    ------
    PlanError
        If its file does not lie beside it, or its records are those of another workspace.
    """
    placed = replace(plan, folder=str(evaluations.folder(plan.hash[:16])), records=str(evaluations.workspace))
    if plan.data:
        place_file(plan.data, plan.source, placed.source)
    elif not plan.records and Path(plan.folder, plan.workspace).resolve() != evaluations.workspace.resolve():
        raise of(PlanError, "ev-other-workspace", "ev-that-workspace", where=plan.workspace)
    return placed


def register_threshold(evaluations: Evaluations, plan: ThresholdPlan, actor: str = SYSTEM) -> ThresholdPlan:
    """Register a plan in a workspace, and keep what it could show; the plan, as it is read there.

    Raises
    ------
    ArushaError
        As ``place_threshold``, ``threshold_power`` and ``same_records``; then nothing was recorded.
    """
    cutoff, near, detectable, why = threshold_power(plan)
    if plan.data:
        same_records(evaluations, plan)
    placed = place_threshold(evaluations, plan)
    evaluations.register(placed, actor)
    told = {
        "threshold": cutoff,
        "near": None if near is None else asdict(near),
        "detectable": detectable,
        "why": why,
    }
    folder = evaluations.folder(placed.hash[:16])
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    put(folder / POWER, told)
    return placed


def run_threshold(evaluations: Evaluations, plan: ThresholdPlan, actor: str = SYSTEM) -> ThresholdEvaluation:
    """Evaluate a plan in the register of a workspace: entry, estimates, files, and an entry of the answer.

    Raises
    ------
    ArushaError
        For values or a plan that cannot be used; then nothing was recorded.
    """
    placed = place_threshold(evaluations, plan)
    done = evaluate_threshold(placed, evaluations.by(actor))
    content = write_threshold(done, evaluations.folder(placed.hash[:16]))
    answer = {"conclusion": done.verdict, "grade": done.grade, "why": done.why}
    evaluations.answered(placed, {**answer, "data_sha256": content["data_sha256"]}, actor)
    return done


def read_threshold_power(folder: Path) -> tuple[float, Near | None, float | None, str] | None:
    """What a registered plan could show, as ``threshold_power`` says it; none where that was not kept."""
    told = read_told(folder / POWER)
    if told is None:
        return None
    return told["threshold"], _near(told["near"]), told["detectable"], told["why"]


def read_threshold(folder: Path, plan: ThresholdPlan) -> ThresholdEvaluation | None:
    """The evaluation that a folder's files say; none where there is no result.

    Raises
    ------
    ArushaError
        If a file cannot be read.
    """
    told, counts = read_told(folder / RESULT), read_told(folder / AROUND)
    if told is None:
        return None
    try:
        return ThresholdEvaluation(
            plan=plan,
            registered=registered_in(told),
            cutoff=told["threshold"],
            near=_near(told["near"]),
            detectable=told["detectable"],
            jump=_jump(told["jump"]),
            gap=None if told["gap"] is None else Gap(**told["gap"]),
            p_adjusted=None if told["jump"] is None else told["jump"]["p_adjusted"],
            heap=None if told["excess_mass"] is None else Heap(**told["excess_mass"]),
            outcomes=tuple(OutcomeJump(**o) for o in told["outcomes"]),
            placebos=tuple(Placebo(**_unlimited(p)) for p in told["placebos"]),
            verdict=told["verdict"],
            why=told["why"],
            grade=told["grade"],
            left_out=told["left_out"],
            data_sha256=told["data_sha256"],
            around=None if counts is None else Around(**counts),
        )
    except (KeyError, TypeError) as error:
        raise of(ArushaError, "ev-other-version", "ev-run-again", where=RESULT) from error


def _near(told: dict[str, Any] | None) -> Near | None:
    if told is None:
        return None
    pairs = {k: tuple(told[k]) for k in ("used", "different", "bandwidth")}
    return Near(**{**told, **pairs})


def _jump(told: dict[str, Any] | None) -> Jump | None:
    if told is None:
        return None
    return Jump(**_unlimited({k: v for k, v in told.items() if k != "p_adjusted"}))


def _unlimited(told: dict[str, Any]) -> dict[str, Any]:
    """What is no number in the file has no upper limit."""
    return {**told, **{k: inf for k in ("excess", "high") if told[k] is None}}
