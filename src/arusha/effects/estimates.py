"""One outcome estimated by the method that the design supports, with placebo dates and sensitivity to trends."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from arusha.effects.aggregation import aggregate
from arusha.effects.designs import Design
from arusha.effects.interrupted_series import interrupted
from arusha.effects.panels import NEVER, FloatArray, IntArray, Panel, Scale
from arusha.effects.randomisation import randomisation_test
from arusha.effects.staggered import Base, DesignError, group_time
from arusha.effects.synthetic import synthetic_did
from arusha.errors import ArushaError
from arusha.language.told import error as of


@dataclass(frozen=True)
class Estimate:
    """The effect on one outcome."""

    effect: float
    se: float
    low: float
    high: float
    p: float


@dataclass(frozen=True)
class PlaceboDate:
    """The same method on the time before the measure, as if it had begun then."""

    period: str
    effect: float
    p: float


def estimate(y: FloatArray, panel: Panel, design: Design, *, anticipation: int = 0, seed: int = 1) -> Estimate:
    """The mean effect on the treated after the start, by the design's method.

    Raises
    ------
    DesignError
        If the design is "cannot-tell".
    """
    time, first = panel.time, panel.first
    if design.method == "groups":
        base: Base = "average" if design.baseline == "all" else "varying"
        one = aggregate(group_time(y, time, first, anticipation=anticipation, cluster=panel.clusters(), base=base))
        df = min(panel.sides()) - 1
        reach = float(stats.t.ppf(0.975, df)) * one.overall_se
        p = float(2 * stats.t.sf(abs(one.overall) / one.overall_se, df)) if one.overall_se > 0 else 1.0
        return Estimate(one.overall, one.overall_se, one.overall - reach, one.overall + reach, p)
    # Periods in which the measure may already have worked belong neither before nor after.
    keep = np.ones(time.size, dtype=bool)
    if anticipation:
        begun = int(first.min())
        keep = (time < begun - anticipation) | (time >= begun)
    if design.method == "reassignment":
        r = randomisation_test(y[:, keep], time[keep], first, seed=seed, baseline=design.baseline)
        return Estimate(r.effect, r.se, r.low, r.high, r.p)
    if design.method == "synthetic":
        s = synthetic_did(y[:, keep], time[keep], first, seed=seed)
        return Estimate(s.effect, s.se, s.low, s.high, s.p)
    if design.method in ("series", "series-compared"):
        start = np.where(first > time[-1], NEVER, first)
        series = y[start != NEVER].mean(axis=0)
        beside = y[start == NEVER].mean(axis=0) if design.method == "series-compared" else None
        i = interrupted(series, design.before, comparison=beside, season=_year(panel), harmonics=1)
        return Estimate(i.average, i.se_average, i.low, i.high, i.p)
    raise of(DesignError, "fx-no-answer", "fx-see-reason")


def _year(panel: Panel) -> int | None:
    """Periods of a year: 12 for months, 4 for quarters, none for anything else."""
    label = panel.periods[0]
    return 4 if "Q" in label else 12 if "-" in label.lstrip("-") else None


def _fewest_before(design: Design) -> int:
    return {"series": 12, "series-compared": 12, "synthetic": 6}.get(design.method, 2)


def may_have_placebos(design: Design) -> bool:
    """Whether there is time enough before the measure for placebo dates."""
    return design.before - 2 >= _fewest_before(design)


def placebo_dates(
    y: FloatArray, panel: Panel, design: Design, *, seed: int = 1, most: int = 3
) -> tuple[PlaceboDate, ...]:
    """Estimates for dates before the measure, from the time before it alone; none where that is too short.

    Every treated unit begins at the placebo date, and the controls stay controls.
    """
    time, start = panel.time, np.where(panel.first > panel.time[-1], NEVER, panel.first)
    before = int(np.sum(time < start.min()))
    fewest = _fewest_before(design)
    if before - 2 < fewest:
        return ()
    found = []
    for at in np.unique(np.linspace(fewest, before - 2, most).astype(int)).tolist():
        first: IntArray = np.where(start == NEVER, NEVER, time[at])
        early = replace(
            panel,
            time=time[:before],
            periods=panel.periods[:before],
            count=panel.count[:, :before],
            exposure=None,
            covariates=panel.covariates[:, :before],
            first=first,
        )
        try:
            one = estimate(y[:, :before], early, replace(design, before=int(at), after=before - int(at)), seed=seed)
        except ArushaError:  # too short for this method: no placebo there
            continue
        found.append(PlaceboDate(panel.periods[at], one.effect, one.p))
    return tuple(found)


def raw_means(panel: Panel, scale: Scale) -> dict[str, list[float] | list[str] | None]:
    """Means of treated and untreated units by period, as they are; None for a side without a unit."""
    y = panel.outcome(scale)
    t = panel.treated
    starts = np.unique(panel.first[t])
    return {
        "periods": list(panel.periods),
        "starts": [panel.periods[k] for k in np.flatnonzero(np.isin(panel.time, starts))],
        "treated": [float(v) for v in y[t].mean(axis=0)] if t.any() else None,
        "controls": [float(v) for v in y[~t].mean(axis=0)] if (~t).any() else None,
    }
