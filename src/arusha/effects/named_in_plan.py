"""What a plan names must be there: a slip in a name would silently leave an office in, or a place unlooked at.

Held against the panel before anything is registered, not when a plan is read: plans that were registered before stay
readable.
"""

from __future__ import annotations

from collections import Counter

import numpy as np

from arusha.effects.evaluation_plan import EvaluationPlan
from arusha.effects.panel_files import read_columns
from arusha.errors import Cell, PlanError
from arusha.language.told import error as of


def check_names(plan: EvaluationPlan) -> None:
    """Hold the columns and units that a plan names against its panel.

    Raises
    ------
    PlanError
        A column that counts twice (its cases would be added up twice), a unit under ``exclude`` or ``near`` that the
        panel does not have, a near-by unit that is itself under the measure.
    PanelError
        For a panel that cannot be read.
    """
    counted = [plan.outcome.column, *(o.column for o in plan.counter_outcomes), *filter(None, [plan.exposure])]
    for column, times in Counter(counted).items():
        if times > 1:
            raise of(PlanError, "ev-column-twice", "ev-column-twice", where=plan.data, name=column)
    for outcome in (*plan.counter_outcomes, *plan.watch):
        plan.panel(outcome)  # what cannot be read is told before the plan is in a register
    if plan.anticipation:
        _check_anticipation(plan)
    if not (plan.exclude or plan.near):
        return
    there = {name.strip() for name in read_columns(plan.source, [plan.unit])[plan.unit]}
    for entry, names in (("exclude", plan.exclude), ("near", plan.near)):
        for name in names:
            if name not in there:
                where = f"{plan.data}, {entry}"
                raise of(PlanError, "ev-no-unit", "ev-no-unit", where=where, cell=Cell(name), column=plan.unit)
    if plan.near:
        whole = plan.panel()
        treated = np.array(whole.units)[whole.treated]
        for name in plan.near:
            if name in treated:
                where = f"{plan.data}, near"
                raise of(PlanError, "ev-near-treated", "ev-near-treated", where=where, cell=Cell(name))


def _check_anticipation(plan: EvaluationPlan) -> None:
    panel = plan.panel()
    if panel.treated.any() and int(panel.first[panel.treated].min()) - plan.anticipation <= int(panel.time[0]):
        where = f"{plan.data}, anticipation"
        raise of(PlanError, "ev-anticipation-long", "ev-anticipation-long", where=where, anticipation=plan.anticipation)
