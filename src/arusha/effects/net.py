"""Did the problem grow smaller, or only move? The outcome and all that it could have moved to, taken together.

That no displacement stands out does not show that there is none: with few near-by units, or a small share moved, the
test for each place has little power. "It worked" therefore asks for more than a better outcome: the total of cases, of
the outcome and of every counter-outcome, in the units under the measure and in those near by, must have fallen by more
than chance. A measure that only displaces leaves the total as it was, and this is then said of it in one of forty
(two-sided, 5%), wherever and in how many places cases went. Both must hold, so that no correction is needed for asking
both (the intersection-union principle: Berger 1982). Where the total may be unchanged the answer is "cannot tell".

Cases add up only where they are counts out of one exposure; without one nothing is added up, and that is said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from arusha.effects.assignments import ShiftedEffects, assignments, effects, scores, with_near
from arusha.effects.designs import Design
from arusha.effects.estimates import Estimate, estimate
from arusha.effects.evaluation_plan import EvaluationPlan
from arusha.effects.panels import Baseline, FloatArray, IntArray, Panel
from arusha.effects.power import Together
from arusha.effects.randomisation import limits, studentised_share

LEVEL = 0.05
FEWEST_NEAR = 2
"""Near-by units: one has no spread."""


@dataclass(frozen=True)
class Net:
    """Change of all cases together, out of the exposure of the units under the measure."""

    estimate: Estimate
    columns: tuple[str, ...]
    """The outcome first; those for which higher is better where lower is for the outcome are subtracted."""
    near: bool
    """Whether cases that may have gone to near-by units are in it."""

    def fell(self, better: str) -> bool:
        """Whether the change is for the better beyond chance."""
        good = self.estimate.effect < 0 if better == "lower" else self.estimate.effect > 0
        return good and self.estimate.p <= LEVEL


def total_panel(plan: EvaluationPlan) -> tuple[Panel, Panel] | None:
    """The panel of the outcome and that of all cases together, near-by units among them.

    None where there is nothing to add, or cases do not add up.
    """
    if plan.exposure is None or not (plan.counter_outcomes or plan.near):
        return None
    panel = plan.panel()
    count = panel.count.astype(np.float64)
    for outcome in plan.counter_outcomes:
        sign = 1.0 if outcome.better == plan.outcome.better else -1.0
        count = count + sign * plan.panel(outcome).count
    return panel, replace(panel, count=count)


def without(panel: Panel, left_out: NDArray[np.bool_]) -> Panel:
    """A panel without some of its n units."""
    keep = ~left_out
    return replace(
        panel,
        units=tuple(u for u, k in zip(panel.units, keep, strict=True) if k),
        count=panel.count[keep],
        exposure=None if panel.exposure is None else panel.exposure[keep],
        covariates=panel.covariates[keep],
        first=panel.first[keep],
    )


def near_share(panel: Panel, near: NDArray[np.bool_]) -> float:
    """Exposure of near-by units from the first start on, per exposure of the treated from their own starts on.

    Exposure is that of the time before the measure, which cannot have moved with the cases.
    """
    assert panel.exposure is not None
    begun = int(panel.first.min())
    usual = panel.exposure[:, panel.time < begun].mean(axis=1)
    after = np.array([int(np.sum(panel.time >= f)) for f in panel.first])
    treated = float(np.sum(usual[panel.treated] * after[panel.treated]))
    return float(np.sum(usual[near]) * np.sum(panel.time >= begun)) / treated


def net_of(plan: EvaluationPlan, design: Design) -> Net | None:
    """The change of the total by the design's method; None where there is nothing to add, or it does not add up.

    With near-by units in it: by re-assignment of all roles, near-by ones among them.
    """
    panels = total_panel(plan)
    if panels is None or design.method == "cannot-tell":
        return None
    whole = panels[1]
    columns = (plan.outcome.column, *(o.column for o in plan.counter_outcomes))
    near = np.isin(np.array(whole.units), plan.near)
    if near.sum() < FEWEST_NEAR or design.method not in ("groups", "reassignment"):
        if not plan.counter_outcomes:
            return None
        panel = without(whole, near)
        one = estimate(panel.outcome("rate"), panel, design, anticipation=plan.anticipation, seed=plan.seed)
        return Net(one, columns, False)
    time = whole.time
    keep = np.ones(time.size, dtype=bool)
    if plan.anticipation:
        begun = int(whole.first.min())
        keep = (time < begun - plan.anticipation) | (time >= begun)
    y = whole.outcome("rate")
    kept = replace(
        whole,
        time=time[keep],
        periods=tuple(p for p, k in zip(whole.periods, keep, strict=True) if k),
        count=whole.count[:, keep],
        exposure=None if whole.exposure is None else whole.exposure[:, keep],
        covariates=whole.covariates[:, keep],
    )
    return Net(_reassigned(y[:, keep], kept, near, plan.seed, design.baseline), columns, True)


def _reassigned(y: FloatArray, panel: Panel, near: NDArray[np.bool_], seed: int, baseline: Baseline) -> Estimate:
    share = near_share(panel, near)
    made = with_near(y, panel.time, panel.first, near, share, baseline=baseline)
    labels, _ = assignments(made, 1_999, seed)
    effect, variance = effects(made, labels[:1])
    of_treatment = _treatment(panel.time, panel.first, baseline)
    shifted = ShiftedEffects(made, np.column_stack([of_treatment, of_treatment[:, 0]]), labels)

    def p_at(tau: float) -> float:
        return studentised_share(*shifted.at(tau))

    se = float(np.sqrt(variance[0]))
    low, high = limits(p_at, float(effect[0]), se, LEVEL) if se > 0 else (-np.inf, np.inf)
    return Estimate(float(effect[0]), se, low, high, p_at(0.0))


def _treatment(time: IntArray, first: IntArray, baseline: Baseline) -> FloatArray:
    """What a constant effect of 1 on treated units adds to each score."""
    treated = (time[None, :] >= first[:, None]).astype(np.float64)
    return scores(treated, time, first, baseline=baseline).value


def together(plan: EvaluationPlan, design: Design) -> Together | None:
    """What power needs to know of the total; None where ``net_of`` asks nothing of it, or not by re-assignment."""
    panels = total_panel(plan)
    if panels is None or design.method not in ("groups", "reassignment"):
        return None
    panel, whole = panels
    near = np.isin(np.array(whole.units), plan.near)
    if near.sum() < FEWEST_NEAR:
        if not plan.counter_outcomes:
            return None
        panel, whole, near = without(panel, near), without(whole, near), near[~near]
    outcome, total = panel.outcome(plan.scale), whole.outcome("rate")
    before = panel.time < int(panel.first.min())
    rate = float(panel.outcome("rate")[panel.treated][:, before].mean())
    return Together(
        outcome=outcome,
        total=total,
        first=panel.first,
        near=near,
        share=near_share(whole, near) if near.any() else 0.0,
        per_unit=rate if plan.scale == "log" else 1.0,
    )
