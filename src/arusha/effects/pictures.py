"""What is drawn of an evaluation: effects by time since the start, and what untreated units show in the same roles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from arusha.effects.aggregation import Aggregate, aggregate
from arusha.effects.assignments import scores
from arusha.effects.bands import normal_band
from arusha.effects.designs import FEWEST_SIDE, Design
from arusha.effects.panels import NEVER, Baseline, FloatArray, IntArray, Panel
from arusha.effects.staggered import Base, GroupTime, group_time
from arusha.errors import ArushaError

MOST_UNITS = 60
FEWEST_PRE = 3
"""Periods before the start without which a curve is not drawn."""


@dataclass(frozen=True)
class Curve:
    """Effects by periods since the start, each against the design's baseline, with a band for all at once."""

    at: list[int]
    effect: list[float]
    low: list[float]
    high: list[float]
    """NaN at -1 where the baseline is the last period before: it is then 0 by construction."""
    baseline: Baseline = "last"
    left_out: int = 0
    """Periods behind which fewer than ``designs.FEWEST_SIDE`` treated units stand: a band there says nothing."""


@dataclass(frozen=True)
class PlaceboUnits:
    """Changes after the start, of the treated together and of untreated units one by one; nobody is named.

    ``controls`` is in order of size, thinned to ``MOST_UNITS``; ``beyond`` of ``units`` lie as far from their mean as
    the treated do.
    """

    treated: float
    controls: list[float]
    units: int
    beyond: int


def curve(y: FloatArray, panel: Panel, design: Design, *, anticipation: int = 0, seed: int = 1) -> Curve | None:
    """The event study of a design that compares groups; None for other designs, or fewer than 3 periods before."""
    if design.method not in ("groups", "reassignment"):
        return None
    try:
        base: Base = "average" if design.baseline == "all" else "universal"
        found = group_time(y, panel.time, panel.first, base=base, anticipation=anticipation, cluster=panel.clusters())
        dynamic = aggregate(found, "dynamic")
    except (ArushaError, ValueError):
        return None
    units, degrees = _behind(found, dynamic)
    drawn = np.flatnonzero(units >= FEWEST_SIDE)
    at = dynamic.at[drawn]
    if int(np.sum(at < 0)) < FEWEST_PRE or not np.any(at >= 0):
        return None
    clusters = int(dynamic.cluster.max()) + 1
    vcov = dynamic.vcov[np.ix_(drawn, drawn)]
    together = normal_band(dynamic.att[drawn], vcov, seed=seed, df=degrees[drawn], clusters=clusters)
    return Curve(
        [int(k) for k in at],
        [float(v) for v in together.estimate],
        [float(v) for v in together.low],
        [float(v) for v in together.high],
        design.baseline,
        int(dynamic.at.size - drawn.size),
    )


def _behind(found: GroupTime, dynamic: Aggregate) -> tuple[IntArray, FloatArray]:
    """Treated units (or clusters) behind each effect, and degrees of freedom of its error: theirs less one a group, or
    those of the untreated, whichever are fewer.

    With few units no weights of the bootstrap cover, and degrees made from estimated variances (Welch and
    Satterthwaite's) are many where a variance happens to come out small (benchmarks/results/effects_bands.md).
    """

    def clusters(first: int) -> int:
        return int(np.unique(found.cluster[found.first == first]).size)

    inside = {int(g): clusters(int(g)) for g in np.unique(found.group)}
    untreated, since = clusters(NEVER), found.time - found.group
    units, degrees = [], []
    for at in dynamic.at:
        groups = np.unique(found.group[(since == at) & np.isfinite(found.att)])
        units.append(sum(inside[int(g)] for g in groups))
        degrees.append(max(1, min(units[-1] - groups.size, untreated - 1)))
    return np.array(units, dtype=np.int64), np.array(degrees, dtype=np.float64)


def placebo_units(y: FloatArray, panel: Panel, design: Design) -> PlaceboUnits | None:
    """Each untreated unit's own change over the months in which the treated were treated; None where nothing is."""
    if design.method not in ("groups", "reassignment", "synthetic"):
        return None
    made = scores(y, panel.time, panel.first, baseline=design.baseline)
    mixed = made.value @ made.weight
    control = np.sort(mixed[made.label == -1])
    treated = float(
        sum(w * made.value[made.label == g, g].mean() for g, w in enumerate(made.weight)) - float(control.mean())
    )
    centred = control - float(control.mean())
    some = centred
    if centred.size > MOST_UNITS:
        some = np.quantile(centred, np.linspace(0, 1, MOST_UNITS))
    beyond = int(np.sum(np.abs(centred) >= abs(treated)))
    return PlaceboUnits(treated, [float(v) for v in some], int(control.size), beyond)
