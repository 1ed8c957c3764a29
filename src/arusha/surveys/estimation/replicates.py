"""Variance by doing it again: the jackknife and the bootstrap over first-stage clusters.

For statistics without an influence value. Sources: Rust and Rao 1996; Rao and Wu 1988 (JASA 83:231).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from arusha.errors import SurveyError
from arusha.surveys.answers import FloatArray
from arusha.surveys.estimation.design import Design
from arusha.surveys.estimation.statistics import Estimate


@dataclass(frozen=True)
class Replicates:
    """``weights`` (n, r) of each replicate, ``scale`` (r,) of its squared deviation."""

    full: FloatArray
    weights: FloatArray
    scale: FloatArray
    degrees_of_freedom: int


def _strata(design: Design) -> list[tuple[np.ndarray, float]]:
    """First-stage clusters of each stratum, and the share of it that was not sampled."""
    stage = design.stages[0]
    found = []
    for s in np.unique(stage.stratum):
        own = stage.stratum == s
        clusters = np.unique(stage.cluster[own])
        if clusters.size == 1 and float(stage.population[own][0]) > 1.0:
            raise SurveyError(
                "a stratum with one sampled cluster has no replicates.",
                where="strata",
                remedy="join it to the stratum most like it, or use the formulas.",
            )
        found.append((clusters, 1.0 - clusters.size / float(stage.population[own][0])))
    return found


def jackknife(design: Design) -> Replicates:
    """Each first-stage cluster left out in turn, the rest of its stratum made up for it (JK1 with one stratum, else
    JKn)."""
    _plain(design)
    cluster, weights, scale = design.stages[0].cluster, [], []
    for clusters, left in _strata(design):
        n = clusters.size
        if n == 1:
            continue  # the whole stratum was taken
        own = np.isin(cluster, clusters)
        for one in clusters:
            weights.append(np.where(own, design.weights * (n / (n - 1.0)) * (cluster != one), design.weights))
            scale.append(left * (n - 1.0) / n)
    return Replicates(design.weights, np.column_stack(weights), np.array(scale), design.degrees_of_freedom)


def bootstrap(design: Design, draws: int = 500, *, seed: int = 0) -> Replicates:
    """Clusters drawn anew with replacement, one fewer than each stratum has (Rao and Wu), the deviation of each shrunk
    for the finite population."""
    _plain(design)
    cluster, draw = design.stages[0].cluster, np.random.default_rng(seed)
    factor = np.ones((draws, int(cluster.max()) + 1))
    for clusters, left in _strata(design):
        n = clusters.size
        if n == 1:
            continue
        times = draw.multinomial(n - 1, np.full(n, 1.0 / n), size=draws)
        factor[:, clusters] = 1.0 + np.sqrt(left) * (times * (n / (n - 1.0)) - 1.0)
    weights = design.weights[:, None] * factor.T[cluster]
    return Replicates(design.weights, weights, np.full(draws, 1.0 / draws), design.degrees_of_freedom)


def _plain(design: Design) -> None:
    if design.calibrations:
        raise SurveyError(
            "replicates of calibrated weights.",
            where="design",
            remedy="make replicates of the design before calibration, and calibrate inside the statistic.",
        )


def replicated(replicates: Replicates, statistic: Callable[[FloatArray], FloatArray]) -> Estimate:
    """``statistic`` of the full weights, with the variance of its replicates around their mean."""
    at = np.atleast_1d(np.asarray(statistic(replicates.full), np.float64))
    again = np.array([np.atleast_1d(statistic(w)) for w in replicates.weights.T], np.float64)
    apart = again - again[replicates.scale > 0].mean(axis=0)
    vcov = apart.T @ (apart * replicates.scale[:, None])
    size = (replicates.full.size,) * at.size
    return Estimate(at, vcov, tuple(range(at.size)), size, replicates.degrees_of_freedom, np.full(at.size, np.nan))
