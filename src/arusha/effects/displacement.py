"""Where the problem could have moved: counter-outcomes and near-by units, tested with the outcome as one family."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from arusha.effects.designs import choose
from arusha.effects.estimates import Estimate, estimate, placebo_dates
from arusha.effects.evaluation_plan import EvaluationPlan
from arusha.effects.panels import Panel
from arusha.inference import adjust

LEVEL = 0.05
NEAR = "near"


@dataclass(frozen=True)
class Displacement:
    """A sign that the problem moved."""

    where: str
    """A column, or "near" for the near-by units of the plan."""
    effect: float
    p: float
    """Corrected over the family."""
    low: float
    high: float
    parted: bool
    """Whether a date before the measure shows such a change too: then it tells nothing."""


def gain(effect: float, better: str) -> float:
    """The effect, counted so that above 0 is good."""
    return -effect if better == "lower" else effect


def near_panel(plan: EvaluationPlan) -> Panel | None:
    """The near-by units against those far away, as if the measure had begun there at the first start."""
    if not plan.near:
        return None
    whole = plan.panel()
    begun = int(whole.first.min())
    is_near = np.isin(np.array(whole.units), plan.near)
    keep = ~whole.treated | is_near
    return replace(
        whole,
        units=tuple(u for u, k in zip(whole.units, keep, strict=True) if k),
        count=whole.count[keep],
        exposure=None if whole.exposure is None else whole.exposure[keep],
        covariates=whole.covariates[keep],
        first=np.where(is_near, begun, whole.first)[keep],
    )


def near_estimate(plan: EvaluationPlan, family: int) -> Estimate | None:
    """The outcome of the near-by units; None where there are none, or no method holds for so few."""
    panel = near_panel(plan)
    if panel is None:
        return None
    design = choose(panel, family, baseline=plan.baseline)
    if design.method == "cannot-tell":
        return None
    return estimate(panel.outcome(plan.scale), panel, design, seed=plan.seed)


def parted_before(plan: EvaluationPlan, where: str) -> bool:
    """Whether placebo dates of a counter-outcome or of the near-by units show a change."""
    if where == NEAR:
        panel = near_panel(plan)
    else:
        outcome = next(o for o in plan.counter_outcomes if o.column == where)
        panel = plan.panel(outcome, exclude=plan.near)
    if panel is None:
        return False
    found = placebo_dates(panel.outcome(plan.scale), panel, choose(panel, baseline=plan.baseline), seed=plan.seed)
    return bool(found) and bool(min(adjust([p.p for p in found], "holm")) <= LEVEL)


def displaced(
    plan: EvaluationPlan, columns: Sequence[tuple[str, str, Estimate, float]], near: tuple[Estimate, float] | None
) -> tuple[Displacement, ...]:
    """What changed for the worse.

    Parameters
    ----------
    columns
        Counter-outcomes: column, better direction, estimate and its p-value corrected over the family.
    near
        The same of the near-by units.
    """
    given = [(column, better, e, p) for column, better, e, p in columns]
    if near is not None:
        given.append((NEAR, plan.outcome.better, *near))
    return tuple(
        Displacement(where, e.effect, p, e.low, e.high, parted_before(plan, where))
        for where, better, e, p in given
        if p <= LEVEL and gain(e.effect, better) < 0
    )
