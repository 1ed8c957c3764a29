"""An evaluation at a threshold, told in sentences of the catalogues."""

from __future__ import annotations

from arusha.effects.threshold_evaluation import FEWEST_DIFFERENT, FEWEST_NEAR, Near, ThresholdEvaluation
from arusha.effects.threshold_plan import ThresholdPlan
from arusha.language import Catalogue


def _value(c: Catalogue, x: float) -> str:
    """A value as it is written: no more digits than it has, up to four after the point."""
    return c.number(x, next((d for d in range(4) if abs(x - round(x, d)) < 1e-9 * max(1.0, abs(x))), 4))


def _short(x: float) -> float:
    """Three digits."""
    return float(f"{x:.3g}")


def told_threshold_power(
    plan: ThresholdPlan, cutoff: float, near: Near | None, detectable: float | None, why: str, lang: str = "en"
) -> str:
    """What the values around the threshold would show; in plain text."""
    return "\n".join(_power(Catalogue(lang, isolate=False), plan, cutoff, near, detectable, why))


def _power(
    c: Catalogue, plan: ThresholdPlan, cutoff: float, near: Near | None, detectable: float | None, why: str
) -> list[str]:
    lines = [
        c.text("effects-measure", measure=plan.measure),
        c.text("effects-theory", theory=plan.theory),
        c.text(f"effects-threshold-{plan.pays}", at=_value(c, cutoff)),
        c.text("effects-threshold-method"),
    ]
    if near is not None:
        lines.append(c.text("effects-threshold-values", within=near.within, beyond=near.beyond))
        if min(near.used) > 0:
            lines.append(
                c.text(
                    "effects-threshold-near",
                    within=near.used[0],
                    beyond=near.used[1],
                    width=_value(c, _short(near.bandwidth[0])),
                    other=_value(c, _short(near.bandwidth[1])),
                )
            )
    if detectable is None:
        return [*lines, _why(c, plan, why)]
    smallest = c.percent(plan.smallest_effect, 0)
    enough = "enough" if detectable <= plan.smallest_effect else "short"
    return [
        *lines,
        c.text("effects-threshold-power", share=c.percent(detectable, 0)),
        c.text(f"effects-threshold-power-{enough}", smallest=smallest),
    ]


def _why(c: Catalogue, plan: ThresholdPlan, why: str) -> str:
    return c.text(
        f"effects-threshold-why-{why}",
        fewest=FEWEST_NEAR,
        different=FEWEST_DIFFERENT,
        smallest=c.percent(plan.smallest_effect, 0),
    )


def told_threshold(e: ThresholdEvaluation, lang: str = "en") -> str:
    """The whole evaluation, in plain text: power and plan first, then what was found, then how firmly."""
    c = Catalogue(lang, isolate=False)
    lines = _power(c, e.plan, e.cutoff, e.near, e.detectable, e.why)
    lines += ["", c.text("effects-plan", hash=e.plan.hash[:16], at=e.registered.at)]
    if e.registered.amended:
        lines.append(c.text("effects-amended"))
    if e.left_out:
        lines.append(c.text("effects-threshold-left-out", rows=e.left_out))
    lines += ["", *_found(c, e)] if e.jump is not None else []
    lines += ["", c.text(f"effects-threshold-verdict-{e.verdict}")]
    if e.why:
        lines.append(_why(c, e.plan, e.why))
    if e.verdict.startswith("piles-up"):
        lines.append(c.text("effects-threshold-innocent"))
    lines += [c.text("effects-grade", grade=e.grade), c.text("effects-publish")]
    return "\n".join(lines)


def _found(c: Catalogue, e: ThresholdEvaluation) -> list[str]:
    jump = e.jump
    if jump is None or e.p_adjusted is None:
        return []
    lines = [
        c.text(
            "effects-threshold-jump",
            share=c.percent(jump.excess, 1),
            low=c.percent(jump.low, 1),
            high=c.percent(jump.high, 1),
            p=c.number(e.p_adjusted if e.gap is None else jump.p, 3),
        )
    ]
    if e.gap is not None:
        lines.append(
            c.text(
                "effects-threshold-gap",
                width=_value(c, _short(e.gap.width)),
                within=e.gap.within,
                beyond=e.gap.beyond,
                p=c.number(e.p_adjusted, 3),
            )
        )
    if e.heap is None:
        lines.append(c.text("effects-threshold-no-heap"))
    else:
        lines.append(
            c.text(
                "effects-threshold-heap",
                width=_value(c, e.heap.width),
                declarations=c.number(e.heap.declarations, 0),
                se=c.number(e.heap.se, 0),
            )
        )
    told = {o.column: o for o in e.outcomes}
    for name in e.plan.outcomes:
        if name not in told:
            lines.append(c.text("effects-threshold-outcome-missing", outcome=name))
            continue
        o = told[name]
        lines.append(
            c.text(
                "effects-threshold-outcome",
                outcome=name,
                difference=c.number(o.difference, 4),
                low=c.number(o.low, 4),
                high=c.number(o.high, 4),
                p=c.number(o.p_adjusted, 3),
            )
        )
    if e.outcomes and e.verdict != "alike":
        lines.append(c.text("effects-threshold-outcome-sorted"))
    if len(e.outcomes):
        lines.append(c.text("effects-family", outcomes=1 + len(e.outcomes)))
    lines += [
        c.text("effects-threshold-placebo", at=_value(c, p.at), share=c.percent(p.excess, 1), p=c.number(p.p, 3))
        for p in e.placebos
    ]
    if not e.placebos:
        lines.append(c.text("effects-threshold-no-placebo"))
    if not e.plan.workspace and not e.plan.cluster:
        lines.append(c.text("effects-threshold-apart"))
    return lines
