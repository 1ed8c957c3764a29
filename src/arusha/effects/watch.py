"""The watch for new schemes after a reform: where to look, and what was seen there.

For each watched column and each unit that the measure or its displacement can reach, the change of its rate from the
time before the measure to the last months is held against what untreated units did in the same months. A change for
the worse that stands out of their spread, and of the unit's own chance, is unusual; it is a reason to look. The
prediction interval is that of a random-effects summary of the untreated units (Higgins, Thompson and Spiegelhalter
2009), and false alarms are controlled over everything watched (Benjamini and Hochberg).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from scipy import stats

from arusha.effects.evaluation_plan import EvaluationPlan, Outcome
from arusha.effects.panels import FloatArray, Panel
from arusha.inference import adjust, random_effects

Seen = Literal["cannot-tell", "within-expected-scatter", "unusual", "unusual-and-persistent"]
RATE = 0.05
FEWEST_UNTREATED = 8
"""Untreated units from which their spread is known well enough to hold one unit against."""
FEWEST_EXPECTED = 5.0
"""Cases expected in the watched months below which nothing could stand out: "cannot tell"."""


@dataclass(frozen=True)
class Watched:
    """One column at one unit."""

    column: str
    unit: str
    role: Literal["treated", "near"]
    change: float
    """Of the rate (or level), beyond the change of untreated units."""
    p: float
    """One-sided: a change for the worse so large by chance and ordinary spread; NaN where it cannot be told."""
    p_adjusted: float
    seen: Seen


@dataclass(frozen=True)
class Watch:
    """What was looked at in which periods, and what was seen."""

    periods: tuple[str, ...]
    columns: tuple[str, ...]
    found: tuple[Watched, ...]

    def at(self, *seen: Seen) -> tuple[Watched, ...]:
        """Those of one or more kinds."""
        return tuple(w for w in self.found if w.seen in seen)


def to_watch(plan: EvaluationPlan) -> tuple[Outcome, ...]:
    """The columns that are watched: counter-outcomes, the plan's own list, and the outcome itself (in near units)."""
    named = [*plan.counter_outcomes, *(o for o in plan.watch if o not in plan.counter_outcomes)]
    return (*named, plan.outcome)


def watch_of(plan: EvaluationPlan) -> Watch:
    """Look at the last ``watch_periods`` periods after the start.

    Raises
    ------
    ArushaError
        If the panel cannot be used.
    """
    rows: list[tuple[str, str, Literal["treated", "near"], float, float, tuple[float, float]]] = []
    periods: tuple[str, ...] = ()
    for outcome in to_watch(plan):
        panel = plan.panel(outcome)
        last = np.flatnonzero(panel.time >= int(panel.first.min()))[-plan.watch_periods :]
        if last.size < 2:
            continue
        periods = tuple(panel.periods[int(t)] for t in last)
        before = np.flatnonzero(panel.time < int(panel.first.min()) - plan.anticipation)
        near = np.isin(np.array(panel.units), plan.near)
        watched = near | (panel.treated & (outcome != plan.outcome))
        controls = ~panel.treated & ~near
        whole = _stand_out(panel, before, last, controls, watched, outcome.better)
        halves = [
            _stand_out(panel, before, half, controls, watched, outcome.better) for half in np.array_split(last, 2)
        ]
        for k, i in enumerate(np.flatnonzero(watched)):
            # A unit that began within the watched periods is held against its own time before all the same.
            role: Literal["treated", "near"] = "near" if near[i] else "treated"
            both = (float(halves[0][1][k]), float(halves[1][1][k]))
            rows.append((outcome.column, panel.units[i], role, float(whole[0][k]), float(whole[1][k]), both))
    adjusted = adjust([r[4] for r in rows], "bh") if rows else np.empty(0)
    found = tuple(
        Watched(column, unit, role, change, p, float(q), _word(p, float(q), both))
        for (column, unit, role, change, p, both), q in zip(rows, adjusted, strict=True)
    )
    return Watch(periods, tuple(dict.fromkeys(o.column for o in to_watch(plan))), found)


def _word(p: float, q: float, halves: tuple[float, float]) -> Seen:
    if np.isnan(p):
        return "cannot-tell"
    if q > RATE:
        return "within-expected-scatter"
    return "unusual-and-persistent" if max(halves) <= RATE else "unusual"


def _stand_out(
    panel: Panel,
    before: Any,
    after: Any,
    controls: Any,
    watched: Any,
    better: str,
) -> tuple[FloatArray, FloatArray]:
    """Change beyond that of the controls, and its one-sided p-value, for each watched unit."""
    change, variance, expected = _changes(panel, before, after)
    n = int(controls.sum())
    if n < FEWEST_UNTREATED or not before.size:
        return change[watched], np.full(int(watched.sum()), np.nan)
    if panel.exposure is None:
        centre = float(change[controls].mean())
        spread = np.full(change.size, float(change[controls].std(ddof=1)) * np.sqrt(1 + 1 / n))
    else:
        fit = random_effects(change[controls], variance[controls], method="REML")
        centre = float(fit.coefficients[0])
        spread = np.sqrt(variance + fit.tau2 + float(fit.se[0]) ** 2)
    beyond = change - centre
    worse = beyond if better == "lower" else -beyond
    with np.errstate(divide="ignore", invalid="ignore"):
        p = stats.t.sf(np.where(spread > 0, worse / spread, 0.0), n - 2)
    return beyond[watched], np.where(expected < FEWEST_EXPECTED, np.nan, p)[watched]


def _changes(panel: Panel, before: Any, after: Any) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Change of each unit's rate, its chance variance, and the cases that its exposure lets one expect after."""
    if panel.exposure is None:
        y = panel.count
        change = y[:, after].mean(axis=1) - y[:, before].mean(axis=1)
        return change, np.zeros_like(change), np.full(change.shape, np.inf)
    n0, n1 = panel.count[:, before].sum(axis=1), panel.count[:, after].sum(axis=1)
    e0, e1 = panel.exposure[:, before].sum(axis=1), panel.exposure[:, after].sum(axis=1)
    whole = float(n0.sum() / e0.sum()) if before.size else 0.0
    # A unit without a single case still varies: its rate is drawn a little towards that of all.
    rate = (n0 + n1 + whole) / (e0 + e1 + 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return n1 / e1 - n0 / e0, rate * (1 / e0 + 1 / e1), np.maximum(whole * e1, n1)


def summary(found: Watch, names: Sequence[Seen] = ("unusual", "unusual-and-persistent")) -> dict[str, Any]:
    """What may go into a result file: how many were watched and stood out by column; no unit is named."""
    return {
        "periods": list(found.periods),
        "columns": {
            column: {
                "watched": sum(w.column == column for w in found.found),
                "cannot_tell": sum(w.column == column and w.seen == "cannot-tell" for w in found.found),
                "unusual": sum(w.column == column and w.seen in names for w in found.found),
            }
            for column in found.columns
        },
    }
