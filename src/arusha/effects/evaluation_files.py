"""What an evaluation leaves in its folder, and running a registered plan of a workspace from beginning to end."""

from __future__ import annotations

import json
import shutil
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from arusha.effects.evaluation import Evaluation, evaluate, result_file
from arusha.effects.evaluation_plan import EvaluationPlan
from arusha.effects.evaluations import Evaluations
from arusha.effects.watch import Watch
from arusha.errors import ArushaError, PlanError
from arusha.ledger.entry import SYSTEM

RESULT, WATCH = "result.json", "watch.json"


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
    if Path(plan.data).name != plan.data:
        raise PlanError(
            "the panel does not lie beside the plan",
            where=plan.data,
            remedy="put the panel's file into the plan's folder, and write its name alone under data",
        )
    folder = evaluations.folder(plan.hash[:16])
    placed = replace(plan, folder=str(folder))
    if plan.source.resolve() != placed.source.resolve():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = placed.source.with_name(f".{plan.data}.part")
        shutil.copyfile(plan.source, part)
        part.replace(placed.source)
    return placed


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


def read_result(folder: Path) -> dict[str, Any] | None:
    """The result in a folder; none where there is none.

    Raises
    ------
    ArushaError
        If it cannot be read.
    """
    return _read(folder / RESULT)


def read_watch(folder: Path) -> dict[str, Any] | None:
    """The watch in a folder; none where there is none."""
    return _read(folder / WATCH)


def _read(path: Path) -> dict[str, Any] | None:
    if not path.is_file():
        return None
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except ValueError as error:
        raise ArushaError(
            "it cannot be read as a result", where=path.name, remedy="run the evaluation again; its plan is registered"
        ) from error
