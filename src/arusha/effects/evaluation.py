"""An evaluation from its plan: power, registration, estimates of the whole family, what may be said, and how firmly."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np

from arusha.effects.designs import Design, choose
from arusha.effects.displacement import LEVEL, Displacement, displaced, gain, near_estimate
from arusha.effects.estimates import (
    Estimate,
    PlaceboDate,
    estimate,
    may_have_placebos,
    placebo_dates,
    raw_means,
)
from arusha.effects.evaluation_plan import EvaluationPlan
from arusha.effects.named_in_plan import check_names
from arusha.effects.net import Net, net_of, together
from arusha.effects.pictures import Curve, PlaceboUnits, curve, placebo_units
from arusha.effects.power import Power, detectable, said_to_work
from arusha.effects.registration import FolderRegister, Register, Registered
from arusha.effects.robustness import Robustness, robustness
from arusha.effects.strength import rests_on_all_before, strength
from arusha.effects.watch import Watch, summary, watch_of
from arusha.errors import ArushaError
from arusha.inference import adjust

Verdict = Literal["better", "worse", "no-effect", "cannot-tell"]
Conclusion = Literal["worked", "no-change", "displacement", "worse", "cannot-tell"]
FORMAT = "arusha-effect/1"
MAY_HAVE_MOVED = "may-have-moved"
"""Why a better outcome is not yet said to have worked: all cases together may be as many as before."""


@dataclass(frozen=True)
class Finding:
    """One outcome of the family."""

    column: str
    better: str
    estimate: Estimate
    p_adjusted: float
    """Holm, over the family of outcomes."""


@dataclass(frozen=True)
class Evaluation:
    """What an evaluation found."""

    plan: EvaluationPlan
    registered: Registered
    design: Design
    power: Power | None
    power_reason: str
    findings: tuple[Finding, ...]
    """The outcome first; empty where the design cannot tell."""
    placebo: tuple[PlaceboDate, ...]
    breakdown: float | None
    displaced: tuple[Displacement, ...]
    verdict: Verdict
    why: str
    """Key of the sentence that says why it cannot be told, or ""."""
    grade: int
    """0 (cannot tell) to 5."""
    raw: dict[str, Any]
    data_sha256: str
    near: Estimate | None = None
    """The outcome in the near-by units, in the family; None where the plan names none or none can be estimated."""
    near_p: float | None = None
    """Corrected over the family."""
    watch: Watch | None = None
    """What was seen where new schemes are looked for; names units, so it is no part of the result file."""
    curve: Curve | None = None
    placebo_units: PlaceboUnits | None = None
    robust: Robustness | None = None
    """How ``breakdown`` was found, and what change of slopes the conclusion withstands."""
    net: Net | None = None
    """The outcome and all that it could have moved to, together; None where there is nothing that adds up."""

    @property
    def conclusion(self) -> Conclusion:
        """The answer to "did it work?": a gain beside a loss elsewhere is no gain, nor one that may only have moved.

        A loss elsewhere is told as displacement whatever the outcome itself did, unless trends parted before: then
        nothing is told.
        """
        if self.why in ("trends-part-before", MAY_HAVE_MOVED):
            return "cannot-tell"
        if any(not d.parted for d in self.displaced):
            return "displacement"
        answers: dict[Verdict, Conclusion] = {"better": "worked", "worse": "worse", "no-effect": "no-change"}
        return answers.get(self.verdict, "cannot-tell")

    @property
    def rests_on_all_before(self) -> bool:
        """Whether a change that is told would not be, held against the last period before the start alone."""
        return rests_on_all_before(self.design, self.verdict, self.breakdown)

    @property
    def reach(self) -> float:
        """The largest change, either way, that the interval of the outcome holds; infinite without an estimate."""
        if not self.findings:
            return float("inf")
        main = self.findings[0].estimate
        return max(abs(main.low), abs(main.high))


def power_of(plan: EvaluationPlan) -> tuple[Design, Power | None, str]:
    """The design and what it can show, from the time before the measure; results are not looked at."""
    check_names(plan)
    panel = plan.panel(exclude=plan.near)
    design = choose(panel, plan.family, baseline=plan.baseline)
    if design.method == "cannot-tell":
        return design, None, design.reason
    try:
        # Other methods have a baseline of their own; the last period is the noisiest there is.
        base = design.baseline if design.method in ("groups", "reassignment") else "last"
        y = panel.outcome(plan.scale)
        found = detectable(y, panel.time, panel.first, seed=plan.seed, family=plan.family, baseline=base)
        total = together(plan, design)
        if total is not None:
            lost = vetoed(design, plan.family)
            worked = said_to_work(
                total, panel.time, seed=plan.seed, family=plan.family, vetoed=lost, baseline=design.baseline
            )
            found = replace(found, worked=worked)
    except ArushaError as error:
        return design, None, error.problem
    return design, found, ""


def vetoed(design: Design, family: int) -> float:
    """How often chance alone takes back that a measure worked: a placebo date (5%), or a counter-outcome (one-sided).

    Power allows for it: what is promised is the change that is said to have worked, and not only stands out.
    """
    dates = LEVEL if may_have_placebos(design) else 0.0
    return dates + LEVEL / 2 * (family - 1) / family


def evaluate(plan: EvaluationPlan, register: Path | Register) -> Evaluation:
    """Register the plan, in a folder of its own or in a register, then estimate.

    Raises
    ------
    ArushaError
        For a panel or plan that cannot be used, before anything is registered.
    """
    family = (plan.outcome, *plan.counter_outcomes)
    panels = [plan.panel(o, exclude=plan.near) for o in family]
    series = [p.outcome(plan.scale) for p in panels]
    design, power, reason = power_of(plan)
    kept = FolderRegister(register) if isinstance(register, Path) else register
    registered = kept.register(plan)
    registered = replace(registered, records=kept.results(plan))
    found: list[Estimate] = []
    if design.method != "cannot-tell":
        found = [
            estimate(y, p, design, anticipation=plan.anticipation, seed=plan.seed)
            for y, p in zip(series, panels, strict=True)
        ]
    near = near_estimate(plan, plan.family) if found else None
    tested = [*found] if near is None else [*found, near]
    adjusted = adjust([f.p for f in tested], "holm") if tested else np.empty(0)
    findings = tuple(Finding(o.column, o.better, f, float(p)) for o, f, p in zip(family, found, adjusted, strict=False))
    near_p = None if near is None else float(adjusted[-1])
    placebo = placebo_dates(series[0], panels[0], design, seed=plan.seed) if found else ()
    robust = robustness(series[0], panels[0], design, plan.anticipation)
    apart = None if robust is None else robust.breakdown
    moved = displaced(
        plan,
        [(f.column, f.better, f.estimate, f.p_adjusted) for f in findings[1:]],
        None if near is None or near_p is None else (near, near_p),
    )
    verdict, why = _verdict(plan, design, findings, placebo)
    net = net_of(plan, design) if found else None
    if verdict == "better" and all(d.parted for d in moved) and net is not None and not net.fell(plan.outcome.better):
        why = MAY_HAVE_MOVED
    graded = strength(design, verdict, placebo, apart, registered.amended, moved)
    return Evaluation(
        plan=plan,
        registered=registered,
        design=design,
        power=power,
        power_reason=reason,
        findings=findings,
        placebo=placebo,
        breakdown=apart,
        robust=robust,
        displaced=moved,
        verdict=verdict,
        why=why,
        grade=0 if why == MAY_HAVE_MOVED else graded.grade,
        raw=raw_means(panels[0], plan.scale),
        data_sha256=hashlib.sha256(plan.source.read_bytes()).hexdigest(),
        near=near,
        near_p=near_p,
        watch=watch_of(plan),
        curve=curve(series[0], panels[0], design, anticipation=plan.anticipation, seed=plan.seed),
        placebo_units=placebo_units(series[0], panels[0], design),
        net=net,
    )


def _verdict(
    plan: EvaluationPlan, design: Design, findings: Sequence[Finding], placebo: Sequence[PlaceboDate]
) -> tuple[Verdict, str]:
    if not findings:
        return "cannot-tell", design.reason
    if placebo and min(adjust([p.p for p in placebo], "holm")) <= LEVEL:
        return "cannot-tell", "trends-part-before"
    main = findings[0]
    if main.p_adjusted <= LEVEL:
        return ("better" if gain(main.estimate.effect, main.better) > 0 else "worse"), ""
    if -plan.smallest_effect < main.estimate.low and main.estimate.high < plan.smallest_effect:
        return "no-effect", ""
    return "cannot-tell", "interval-too-wide"


def result_file(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation as plain data: means of treated and untreated units, never the series of each unit."""
    e = evaluation
    plan = {key: value for key, value in asdict(e.plan).items() if key not in ("folder",)}
    content: dict[str, Any] = _plain(
        {
            "format": FORMAT,
            "plan": plan,
            **e.registered.entries(),
            "data_sha256": e.data_sha256,
            "design": asdict(e.design),
            "power": None if e.power is None else asdict(e.power),
            "outcomes": [
                {"column": f.column, "better": f.better, **asdict(f.estimate), "p_adjusted": f.p_adjusted}
                for f in e.findings
            ],
            "placebo_dates": [asdict(p) for p in e.placebo],
            "breakdown": e.breakdown,
            "robust": None if e.robust is None else asdict(e.robust),
            "displaced": [asdict(d) for d in e.displaced],
            "near": None if e.near is None else {**asdict(e.near), "p_adjusted": e.near_p},
            "net": None if e.net is None else asdict(e.net),
            "verdict": e.verdict,
            "conclusion": e.conclusion,
            "why": e.why,
            "grade": e.grade,
            "raw_means": e.raw,
            "watch": None if e.watch is None else summary(e.watch),
            "curve": None if e.curve is None else asdict(e.curve),
            "placebo_units": None if e.placebo_units is None else asdict(e.placebo_units),
            "power_reason": e.power_reason,
        }
    )
    return content


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(v) for key, v in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(v) for v in value]
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value
