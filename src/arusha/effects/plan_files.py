"""The plan in a file, of whichever kind: a panel before and after, or a threshold."""

from __future__ import annotations

from pathlib import Path

from arusha.effects.evaluation_plan import EvaluationPlan, given_in, plan_from
from arusha.effects.threshold_plan import MARK, ThresholdPlan, threshold_plan_from


def plan_in(path: str | Path) -> EvaluationPlan | ThresholdPlan:
    """The plan in a YAML file; the entry ``threshold`` makes it one of a threshold.

    Raises
    ------
    PlanError
        A missing, unknown or unusable entry, with what to write instead.
    """
    given = given_in(path)
    file = Path(path)
    if isinstance(given, dict) and MARK in given:
        return threshold_plan_from(given, str(path), file.parent)
    return plan_from(given, str(path), file.parent)
