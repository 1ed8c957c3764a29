"""What is drawn of an evaluation: effects by time since the start, and what untreated units show in the same roles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from arusha.effects.aggregation import aggregate
from arusha.effects.assignments import scores
from arusha.effects.bands import band
from arusha.effects.designs import Design
from arusha.effects.panels import Baseline, FloatArray, Panel
from arusha.effects.staggered import Base, group_time
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
    if int(np.sum(dynamic.at < 0)) < FEWEST_PRE:
        return None
    together = band(dynamic.att, dynamic.influence, dynamic.cluster, seed=seed)
    return Curve(
        [int(k) for k in dynamic.at],
        [float(v) for v in dynamic.att],
        [float(v) for v in together.low],
        [float(v) for v in together.high],
        design.baseline,
    )


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
