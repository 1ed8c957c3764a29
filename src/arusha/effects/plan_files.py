"""The plan in a file, of whichever kind: a panel before and after, or a threshold."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from arusha.effects.evaluation_plan import EARLIER, EvaluationPlan, given_in, plan_from
from arusha.effects.threshold_plan import MARK, ThresholdPlan, threshold_plan_from

Plan: TypeAlias = EvaluationPlan | ThresholdPlan


def plan_in(path: str | Path) -> Plan:
    """The plan in a YAML file; the entry ``threshold`` makes it one of a threshold.

    Raises
    ------
    PlanError
        A missing, unknown or unusable entry, with what to write instead.
    """
    return plan_told(given_in(path), str(path), Path(path).parent)


def plan_told(given: object, where: str, folder: Path | str = "", records: Path | str = "") -> Plan:
    """The plan that entries say, of whichever kind; ``records`` is the workspace that holds it, if one does.

    Raises
    ------
    PlanError
        As ``plan_in``.
    """
    if isinstance(given, dict) and MARK in given:
        return threshold_plan_from(given, where, folder, records)
    return plan_from(given, where, folder)


def plan_kept(entries: object, where: str, folder: Path | str = "", records: Path | str = "") -> Plan:
    """The plan that a register kept; what it could not yet say when it was registered is as it was done then.

    Raises
    ------
    PlanError
        As ``plan_in``.
    """
    if isinstance(entries, dict) and MARK not in entries:
        entries = EARLIER | entries
    return plan_told(entries, where, folder, records)
