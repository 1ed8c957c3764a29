"""How firmly an evaluation's answer stands: what its method can give at most, and what was taken off, each with why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from arusha.effects.designs import Design
from arusha.inference import adjust

if TYPE_CHECKING:
    from arusha.effects.displacement import Displacement
    from arusha.effects.estimates import PlaceboDate
    from arusha.effects.evaluation import Evaluation
    from arusha.effects.threshold_evaluation import Heap, Placebo, ThresholdEvaluation
    from arusha.effects.threshold_evaluation import Verdict as AtThreshold
    from arusha.language import Catalogue

MOST = {"groups": 5, "reassignment": 4, "synthetic": 3, "series-compared": 2, "series": 1}
"""Of a method, where nothing is taken off."""
MOST_AT_THRESHOLD = 4
"""One cross-section shows that a threshold was in view, not who chose the values."""
LEVEL, SURPLUS = 0.05, 1.96


@dataclass(frozen=True)
class Strength:
    """A grade, and how it comes about."""

    grade: int
    """0 (cannot tell) to 5."""
    most: int
    less: tuple[str, ...] = ()
    """Why less than the most: ends of keys ``effects-grade-...``, each one point."""


def strength(
    design: Design,
    verdict: str,
    placebo: Sequence[PlaceboDate],
    apart: float | None,
    amended: bool,
    displaced: Sequence[Displacement],
) -> Strength:
    """Of a measure with a before and an after; ``apart`` is the breakdown (``Robustness``)."""
    if verdict == "cannot-tell":
        return Strength(0, 0)
    compared = design.method in ("groups", "reassignment")
    less = []
    if not placebo and (compared or design.method == "synthetic"):
        less.append("no-placebo")  # trends before the measure were not looked at
    if compared and not (placebo and apart is not None and apart >= 1.0):
        less.append("parts")
    if rests_on_all_before(design, verdict, apart):
        less.append("rests")
    less += ["amended"] * amended + ["displaced"] * any(not d.parted for d in displaced)
    return _graded(MOST[design.method], less)


def rests_on_all_before(design: Design, verdict: str, apart: float | None) -> bool:
    """Whether a change would not be told against the last period before alone: the breakdown is then 0."""
    compared = design.method in ("groups", "reassignment") and design.baseline == "all"
    return compared and verdict in ("better", "worse") and apart == 0


def strength_at_threshold(
    verdict: AtThreshold, heap: Heap | None, placebos: Sequence[Placebo], amended: bool
) -> Strength:
    """Of an answer at a threshold: the excess mass counts only beside clean placebos."""
    if verdict == "cannot-tell":
        return Strength(0, 0)
    less = []
    clean = bool(placebos) and min(adjust([p.p for p in placebos], "holm")) > LEVEL
    if not clean:
        less.append("placebo-jumps" if placebos else "no-placebo-value")
    seen = heap is not None and abs(heap.declarations) > SURPLUS * heap.se
    agrees = heap is not None and ((verdict == "piles-up" and seen) or (verdict == "alike" and not seen))
    if not (clean and agrees):
        less.append("mass-unsure" if agrees else "no-mass")
    return _graded(MOST_AT_THRESHOLD, [*less, *["amended"] * amended])


def _graded(most: int, less: Sequence[str]) -> Strength:
    return Strength(max(1, most - len(less)), most, tuple(less))


def strength_told(c: Catalogue, e: Evaluation | ThresholdEvaluation) -> list[str]:
    """The grade in a sentence, what it is out of, and why it is less than that.

    Of an evaluation that an earlier version graded by other rules, the grade alone.
    """
    from arusha.effects.evaluation import Evaluation

    lines = [c.text("effects-grade", grade=e.grade)]
    most = "effects-grade-most"
    if isinstance(e, Evaluation):
        untold = e.conclusion == "cannot-tell"
        made = strength(e.design, e.verdict, e.placebo, e.breakdown, e.registered.amended, e.displaced)
    else:
        untold, most = e.verdict == "cannot-tell", "ev-limit-most"
        made = strength_at_threshold(e.verdict, e.heap, e.placebos, e.registered.amended)
    if untold or made.grade != e.grade:
        return lines
    lines.append(c.text(most, most=made.most))
    return [*lines, *(c.text(f"effects-grade-{why}") for why in made.less)]
