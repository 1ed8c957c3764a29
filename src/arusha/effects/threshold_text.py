"""An evaluation at a threshold, told in sentences of the catalogues."""

from __future__ import annotations

from math import isinf

from arusha.effects.registration import amended_told
from arusha.effects.strength import strength_told
from arusha.effects.threshold_evaluation import EMPTY, FEWEST_DIFFERENT, FEWEST_NEAR, Near, ThresholdEvaluation
from arusha.effects.threshold_plan import ThresholdPlan
from arusha.language import Catalogue


def value_told(c: Catalogue, x: float) -> str:
    """A value as it is written: no more digits than it has, up to four after the point."""
    return c.number(x, next((d for d in range(4) if abs(x - round(x, d)) < 1e-9 * max(1.0, abs(x))), 4))


def share_told(c: Catalogue, x: float) -> str:
    """A share in per cent; the sign of infinity where nothing is below it."""
    return "∞" if isinf(x) else c.percent(x, 1)


def _short(x: float) -> float:
    """Three digits."""
    return float(f"{x:.3g}")


def told_threshold_power(
    plan: ThresholdPlan, cutoff: float, near: Near | None, detectable: float | None, why: str, lang: str = "en"
) -> str:
    """What the values around the threshold would show; in plain text."""
    return "\n".join(_power(Catalogue(lang, isolate=False), plan, cutoff, near, detectable, why))


def could_show(
    c: Catalogue, plan: ThresholdPlan, cutoff: float, near: Near | None, detectable: float | None, why: str
) -> tuple[list[str], bool]:
    """What the values around would show, in sentences, and whether that is enough for the smallest difference."""
    enough = detectable is not None and detectable <= plan.smallest_effect
    return _shows(c, plan, cutoff, near, detectable, why), enough


def _power(
    c: Catalogue, plan: ThresholdPlan, cutoff: float, near: Near | None, detectable: float | None, why: str
) -> list[str]:
    about = [c.text("effects-measure", measure=plan.measure), c.text("effects-theory", theory=plan.theory)]
    return about + _shows(c, plan, cutoff, near, detectable, why)


def _shows(
    c: Catalogue, plan: ThresholdPlan, cutoff: float, near: Near | None, detectable: float | None, why: str
) -> list[str]:
    lines = [
        c.text(f"effects-threshold-{plan.pays}", at=value_told(c, cutoff)),
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
                    width=value_told(c, _short(near.bandwidth[0])),
                    other=value_told(c, _short(near.bandwidth[1])),
                )
            )
    if detectable is None:
        return [*lines, _why(c, plan, why or EMPTY)]
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
    lines += amended_told(c, e.registered)
    if e.left_out:
        lines.append(c.text("effects-threshold-left-out", rows=e.left_out))
    lines += ["", *_found(c, e)] if e.jump is not None else []
    lines += ["", *answer(c, e)]
    lines += [*strength_told(c, e), c.text("effects-publish")]
    return "\n".join(lines)


def answer(c: Catalogue, e: ThresholdEvaluation) -> list[str]:
    """What may be said, why nothing more, and what else would look like it."""
    lines = [c.text(f"effects-threshold-verdict-{e.verdict}")]
    if e.why:
        lines.append(_why(c, e.plan, e.why))
    if e.verdict.startswith("piles-up"):
        lines.append(c.text("effects-threshold-innocent"))
    return lines


def _found(c: Catalogue, e: ThresholdEvaluation) -> list[str]:
    jump = e.jump
    if jump is None or e.p_adjusted is None:
        return []
    lines = [
        c.text(
            "effects-threshold-jump",
            share=share_told(c, jump.excess),
            low=share_told(c, jump.low),
            high=share_told(c, jump.high),
            p=c.p_value(e.p_adjusted if e.gap is None else jump.p),
        )
    ]
    if e.gap is not None:
        lines.append(
            c.text(
                "effects-threshold-gap",
                width=value_told(c, _short(e.gap.width)),
                within=e.gap.within,
                beyond=e.gap.beyond,
                p=c.p_value(e.p_adjusted),
            )
        )
    lines.append(heap_told(c, e))
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
                p=c.p_value(o.p_adjusted),
            )
        )
    lines += outcomes_warned(c, e)
    if len(e.outcomes):
        lines.append(c.text("effects-family", outcomes=1 + len(e.outcomes)))
    lines += [
        c.text("effects-threshold-placebo", at=value_told(c, p.at), share=share_told(c, p.excess), p=c.p_value(p.p))
        for p in e.placebos
    ]
    if not e.placebos:
        lines.append(c.text("effects-threshold-no-placebo"))
    return lines + apart_warned(c, e)


def heap_told(c: Catalogue, e: ThresholdEvaluation) -> str:
    """How many declarations lie next to the threshold above what the values around let expect."""
    if e.heap is None:
        return c.text("effects-threshold-no-heap")
    return c.text(
        "effects-threshold-heap",
        width=value_told(c, e.heap.width),
        declarations=c.number(e.heap.declarations, 0),
        se=c.number(e.heap.se, 0),
    )


def outcomes_warned(c: Catalogue, e: ThresholdEvaluation) -> list[str]:
    """That outcomes of two sides which may be sorted only describe."""
    return [c.text("effects-threshold-outcome-sorted")] if e.outcomes and e.verdict != "alike" else []


def apart_warned(c: Catalogue, e: ThresholdEvaluation) -> list[str]:
    """That declarations are taken to be apart, where it is not known who declared."""
    return [] if e.plan.workspace or e.plan.cluster else [c.text("effects-threshold-apart")]
