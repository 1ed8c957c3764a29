"""Variance by doing it again: jackknife, bootstrap and balanced half-samples over first-stage clusters.

For statistics without an influence value. Sources: Rust and Rao 1996; Rao and Wu 1988 (JASA 83:231); McCarthy 1969 and
Fay 1989 for half-samples.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import hadamard

from arusha.errors import SurveyError
from arusha.surveys.answers import FloatArray
from arusha.surveys.estimation.design import Design, Replicates, Stage
from arusha.surveys.estimation.statistics import Estimate


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


def half_samples(design: Design, *, kept: float = 0.0) -> Replicates:
    """Half of the two clusters of each stratum with double weight, balanced over the strata (BRR).

    ``kept`` is the share of its weight that the other half keeps (Fay; 0.3 to 0.5 is usual), so that no domain is
    empty in a replicate.

    Raises
    ------
    SurveyError
        Where a stratum has other than two clusters.
    """
    _plain(design)
    if not 0.0 <= kept < 1.0:
        raise SurveyError("a half that keeps all of its weight.", where="kept", remedy="give 0 to below 1.")
    strata = _strata(design)
    odd = sum(clusters.size != 2 for clusters, _ in strata)
    if odd:
        raise SurveyError(
            f"{odd} strata have other than two sampled clusters.",
            where="strata",
            remedy="use the jackknife or the bootstrap, or join strata and clusters in pairs.",
        )
    order = 1 << len(strata).bit_length()
    balance = hadamard(order)[:, 1 : len(strata) + 1]
    cluster = design.stages[0].cluster
    factor = np.ones((order, int(cluster.max()) + 1))
    for (clusters, _), sign in zip(strata, balance.T, strict=True):
        factor[:, clusters[0]] = np.where(sign > 0, 2.0 - kept, kept)
        factor[:, clusters[1]] = np.where(sign > 0, kept, 2.0 - kept)
    weights = design.weights[:, None] * factor.T[cluster]
    scale = np.full(order, 1.0 / (order * (1.0 - kept) ** 2))
    return Replicates(design.weights, weights, scale, design.degrees_of_freedom)


def given_replicates(
    weights: ArrayLike, replicates: ArrayLike, *, scale: float, each: ArrayLike | None = None
) -> Replicates:
    """Replicate weights that came with the data: ``weights`` (n,), ``replicates`` (n, r).

    ``scale`` is of the sum of squared deviations ((r - 1) / r for a jackknife of one stratum, 1 / r for half-samples or
    a bootstrap, 1 / (r (1 - kept)^2) for Fay's), ``each`` (r,) of every replicate beside it.
    """
    full, again = np.asarray(weights, np.float64).ravel(), np.asarray(replicates, np.float64)
    if again.ndim != 2 or again.shape[0] != full.size or not np.all(np.isfinite(again)):
        raise SurveyError(
            "replicate weights that are not one row to each respondent.",
            where="replicates",
            remedy="give (n, r) numbers.",
        )
    beside = np.ones(again.shape[1]) if each is None else np.asarray(each, np.float64)
    return Replicates(full, again, scale * beside, int(np.linalg.matrix_rank(again)) - 1)


def _plain(design: Design) -> None:
    if design.replicates is not None:
        raise SurveyError("replicates of replicates.", where="design", remedy="give the sample as it was drawn.")
    if design.calibrations:
        raise SurveyError(
            "replicates of calibrated weights.",
            where="design",
            remedy="make replicates of the design before calibration, and calibrate inside the statistic.",
        )


def replicated(
    replicates: Replicates, statistic: Callable[[FloatArray], FloatArray], *, around_full: bool = False
) -> Estimate:
    """``statistic`` of the full weights, with the variance of its replicates around their mean, or ``around_full``: the
    statistic of the full weights, which is safer."""
    at = np.atleast_1d(np.asarray(statistic(replicates.full), np.float64))
    vcov = replicates.variance(statistic, at, around_full=around_full)
    size = (replicates.full.size,) * at.size
    return Estimate(at, vcov, tuple(range(at.size)), size, replicates.degrees_of_freedom, np.full(at.size, np.nan))


def replicate_design(replicates: Replicates, *, around_full: bool = False) -> Design:
    """A sample whose every variance is that of its replicates, for means, totals, ratios, domains, proportions,
    quantiles (their intervals), regressions and tests alike.

    ``around_full`` takes deviations from the full estimate instead of from the replicates' mean, which is safer.
    """
    everyone = np.arange(replicates.full.size)
    alone = Stage(np.zeros_like(everyone), everyone, np.full(everyone.size, np.inf))
    return Design(replicates.full, (alone,), replicates=replicates, around_full=around_full)
