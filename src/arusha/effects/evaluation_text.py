"""An evaluation told in sentences of the catalogues."""

from __future__ import annotations

from math import isfinite, isnan

from arusha.effects.designs import Design
from arusha.effects.displacement import NEAR, Displacement
from arusha.effects.evaluation import Evaluation
from arusha.effects.evaluation_plan import EvaluationPlan
from arusha.effects.power import Power
from arusha.effects.registration import amended_told
from arusha.effects.strength import strength_told
from arusha.effects.watch import Watch
from arusha.language import Catalogue

_DIGITS = 4


def _number(c: Catalogue, x: float) -> str:
    return c.number(x, _DIGITS)


def told_power(plan: EvaluationPlan, design: Design, power: Power | None, reason: str, lang: str = "en") -> str:
    """What this many units would show; in plain text."""
    c = Catalogue(lang, isolate=False)
    return "\n".join(_power(c, plan, design, power, reason))


def could_show(
    c: Catalogue, plan: EvaluationPlan, design: Design, power: Power | None, reason: str
) -> tuple[list[str], bool]:
    """What so many units would show, in sentences, and whether that is enough for the smallest change that matters."""
    enough = power is not None and power.detectable <= plan.smallest_effect
    return _shows(c, plan, design, power, reason), enough


def _power(c: Catalogue, plan: EvaluationPlan, design: Design, power: Power | None, reason: str) -> list[str]:
    lines = [c.text("effects-measure", measure=plan.measure), c.text("effects-theory", theory=plan.theory)]
    if plan.announced:
        lines.append(c.text("effects-announced", period=plan.announced))
    if plan.also_happened:
        lines.append(c.text("effects-also", what=c.list(plan.also_happened)))
    if plan.kept_by:
        lines.append(c.text("effects-kept-by", who=plan.kept_by))
    return lines + _shows(c, plan, design, power, reason)


def _shows(c: Catalogue, plan: EvaluationPlan, design: Design, power: Power | None, reason: str) -> list[str]:
    lines = [c.text("effects-units", treated=design.treated, controls=design.controls)]
    lines.append(c.text(f"effects-design-{design.method}"))
    if power is None:
        lines.append(c.text(f"effects-why-{reason}") if c.has(f"effects-why-{reason}") else reason)
        return lines
    lines.append(
        c.text(
            "effects-power",
            units=design.treated + design.controls,
            change=_number(c, power.detectable),
            share=c.percent(power.power, 0),
            outcome=plan.outcome.column,
        )
    )
    lines.append(
        c.text(
            "effects-power-enough" if power.detectable <= plan.smallest_effect else "effects-power-short",
            smallest=_number(c, plan.smallest_effect),
        )
    )
    if power.worked is not None:
        lines.append(c.text("effects-power-worked", change=_number(c, power.worked)))
    if design.method in ("groups", "reassignment"):
        lines.append(c.text(f"effects-baseline-{design.baseline}", periods=design.before))
    return lines


def told(e: Evaluation, lang: str = "en") -> str:
    """The whole evaluation, in plain text: power and plan first, then what was found, then how firmly."""
    c = Catalogue(lang, isolate=False)
    lines = _power(c, e.plan, e.design, e.power, e.power_reason)
    lines += ["", c.text("effects-plan", hash=e.plan.hash[:16], at=e.registered.at)]
    lines += amended_told(c, e.registered)
    lines.append("")
    for f in e.findings:
        lines.append(
            c.text(
                "effects-estimate",
                outcome=f.column,
                effect=_number(c, f.estimate.effect),
                low=_number(c, f.estimate.low),
                high=_number(c, f.estimate.high),
                p=c.p_value(f.p_adjusted),
            )
        )
    if len(e.findings) > 1:
        lines.append(c.text("effects-family", outcomes=len(e.findings)))
    if e.findings:
        if e.placebo:
            lines += [
                c.text("effects-placebo", period=p.period, effect=_number(c, p.effect), p=c.p_value(p.p))
                for p in e.placebo
            ]
        else:
            lines.append(c.text("effects-no-placebo"))
        lines += robust_text(c, e)
        lines += [c.text("effects-parted", times=m, low=low, high=high) for m, low, high in parted_rows(c, e)]
        if e.near is not None and e.near_p is not None:
            n = e.near
            lines.append(
                c.text(
                    "effects-near",
                    effect=_number(c, n.effect),
                    low=_number(c, n.low),
                    high=_number(c, n.high),
                    p=c.p_value(e.near_p),
                )
            )
        lines += net_text(c, e)
        lines += [moved_text(c, moved) for moved in e.displaced]
        if not e.plan.near and e.design.controls:
            lines.append(c.text("effects-controls-warning"))
    lines += ["", *conclusion(c, e), *strength_told(c, e)]
    if e.verdict in ("better", "worse"):
        lines.append(c.text("effects-watch"))
    lines += watched(c, e.watch)
    lines.append(c.text("effects-publish"))
    return "\n".join(lines)


def conclusion(c: Catalogue, e: Evaluation) -> list[str]:
    """The answer in sentences: what the outcome did, whether something else became worse, why it cannot be told, and
    that a change is smaller than what the plan said would matter."""
    reach = _number(c, e.reach) if e.findings else ""
    found = [c.text(f"effects-verdict-{e.verdict}", outcome=e.plan.outcome.column, reach=reach)]
    if e.conclusion == "displacement":
        found.append(c.text("effects-conclusion-displacement"))
    if e.why:
        found.append(c.text(f"effects-why-{e.why}", smallest=_number(c, e.plan.smallest_effect)))
    elif e.verdict in ("better", "worse") and e.reach < e.plan.smallest_effect:
        found.append(c.text("effects-below-smallest", smallest=_number(c, e.plan.smallest_effect)))
    return found


def robust_text(c: Catalogue, e: Evaluation) -> list[str]:
    """How far trends may have parted before the conclusion goes; what it rests on where it does not stand so far."""
    lines = [c.text("effects-baseline-rests")] if e.rests_on_all_before else []
    if e.breakdown is not None and e.breakdown > 0:
        by = "sets" if e.robust is not None and e.robust.by == "C-LF" else "wide"
        lines += [c.text("effects-breakdown", times=c.number(e.breakdown, 2)), c.text(f"effects-breakdown-{by}")]
    if e.robust is not None and e.robust.smooth is not None and e.robust.smooth > 0:
        lines.append(c.text("effects-smooth", slope=_number(c, e.robust.smooth)))
    return lines


def parted_rows(c: Catalogue, e: Evaluation) -> list[tuple[str, str, str]]:
    """Times that trends may have parted, and the limits of the mean effect then."""

    def limit(value: float) -> str:
        return _number(c, value) if isfinite(value) else "∞" if value > 0 else "-∞"

    sets = () if e.robust is None else e.robust.sets
    return [(c.number(m, 1), limit(low), limit(high)) for m, low, high in sets if not isnan(low) and not isnan(high)]


def net_text(c: Catalogue, e: Evaluation) -> list[str]:
    """What all cases did together; that they do not add up, where that is so; nothing where there is nothing to add."""
    if e.net is None:
        return [c.text("effects-net-none")] if e.plan.counter_outcomes and e.plan.exposure is None else []
    n = e.net.estimate
    return [
        c.text(
            "effects-net-near" if e.net.near else "effects-net",
            effect=_number(c, n.effect),
            low=_number(c, n.low),
            high=_number(c, n.high),
            p=c.p_value(n.p),
        )
    ]


def moved_text(c: Catalogue, moved: Displacement) -> str:
    """What a sign of displacement says."""
    near = "-near" if moved.where == NEAR else ""
    if moved.parted:
        return c.text(f"effects-displaced{near}-parted", outcome=moved.where)
    return c.text(
        f"effects-displaced{near}", outcome=moved.where, effect=_number(c, moved.effect), p=c.p_value(moved.p)
    )


def watched(c: Catalogue, found: Watch | None) -> list[str]:
    """Where new schemes were looked for, and what was seen; nothing where nothing was watched."""
    if found is None or not found.periods:
        return []
    lines = [
        c.text(
            "effects-watch-columns", **{"from": found.periods[0]}, to=found.periods[-1], columns=c.list(found.columns)
        )
    ]
    unusual = found.at("unusual", "unusual-and-persistent")
    for column in found.columns:
        there = sum(w.column == column for w in unusual)
        if there:
            of = sum(w.column == column for w in found.found)
            lines.append(c.text("effects-watch-seen", outcome=column, unusual=there, watched=of))
    if not unusual:
        lines.append(c.text("effects-watch-quiet"))
    untold = len(found.at("cannot-tell"))
    return [*lines, c.text("effects-watch-cannot-tell", units=untold)] if untold else lines
