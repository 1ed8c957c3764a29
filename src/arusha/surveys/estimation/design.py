"""How a sample was drawn, and the variance that follows from it.

Linearisation: an estimate moves with each respondent by his influence value; the variance of the sum of weighted
influence values over sampled clusters, stratum by stratum and stage by stage, is that of the estimate.

Sources: Saerndal, Swensson and Wretman 1992, chapters 4 and 5; Lumley 2010; Deville and Saerndal 1992 for calibrated
weights.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from arusha.errors import SurveyError
from arusha.language.told import error as of
from arusha.language.told import error_at
from arusha.surveys.answers import BoolArray, FloatArray, IntArray, numbers, rows_of, rows_told, sampling_weights

Lonely = Literal["refuse", "certainty", "average", "adjust"]
"""What a stratum with one sampled cluster of several adds to the variance."""


@dataclass(frozen=True)
class Stage:
    """One stage of sampling, respondent by respondent: stratum, cluster (unique over all strata), units in the
    population of the stratum or cluster above (infinite where not known)."""

    stratum: IntArray
    cluster: IntArray
    population: FloatArray


@dataclass(frozen=True)
class Calibrated:
    """One calibration of the weights: what they were calibrated to (``auxiliary`` (n, q)), and the weights (n,) of the
    regression on it: those from before, for which the estimate is a regression estimate."""

    auxiliary: FloatArray
    before: FloatArray


@dataclass(frozen=True)
class Replicates:
    """``weights`` (n, r) of each replicate, ``scale`` (r,) of its squared deviation."""

    full: FloatArray
    weights: FloatArray
    scale: FloatArray
    degrees_of_freedom: int

    def variance(
        self, statistic: Callable[[FloatArray], FloatArray], at: FloatArray, *, around_full: bool
    ) -> FloatArray:
        """Covariance (k, k) of a ``statistic`` of weights, which is ``at`` for the full ones: of its replicates around
        their mean, or ``around_full``."""
        again = np.array([np.atleast_1d(statistic(w)) for w in self.weights.T], np.float64)
        apart = again - (at if around_full else again[self.scale > 0].mean(axis=0))
        return np.asarray(apart.T @ (apart * self.scale[:, None]))


@dataclass(frozen=True)
class Design:
    """A sample. ``weights`` (n,) are final; ``stages`` from the first; ``calibrations`` in the order in which they were
    done. With ``replicates`` variances are those of doing it again, around the full estimate if ``around_full``."""

    weights: FloatArray
    stages: tuple[Stage, ...]
    calibrations: tuple[Calibrated, ...] = ()
    lonely: Lonely = "refuse"
    replicates: Replicates | None = None
    around_full: bool = False

    @property
    def size(self) -> int:
        """Respondents."""
        return self.weights.size

    @property
    def degrees_of_freedom(self) -> int:
        """Sampled first-stage clusters less strata."""
        return self.degrees_within(np.ones(self.size, np.bool_))

    def degrees_within(self, domain: BoolArray) -> int:
        """The same among the clusters and strata that a domain touches (with replicates: by their rank)."""
        if self.replicates is not None:
            if domain.all():
                return self.replicates.degrees_of_freedom
            return int(np.linalg.matrix_rank(self.replicates.weights[domain])) - 1
        first = self.stages[0]
        return np.unique(first.cluster[domain]).size - np.unique(first.stratum[domain]).size

    def one_cluster(self, domain: BoolArray) -> bool:
        """Whether a domain lies in one cluster among others that were not sampled: how its mean would differ with
        another one is not known, and what is summed by cluster comes to 0."""
        if self.replicates is not None:
            return False
        first = self.stages[0]
        if np.unique(first.cluster[domain]).size > 1:
            return False
        at = int(np.flatnonzero(domain)[0])
        sampled = np.unique(first.cluster[first.stratum == first.stratum[at]]).size
        return bool(first.population[at] > sampled)


def codes(labels: ArrayLike, what: str, size: int) -> IntArray:
    """Whole numbers for labels of any kind."""
    found = np.asarray(labels)
    if found.shape != (size,):
        raise SurveyError(
            f"{what} of shape {found.shape} for {size} respondents.", where=what, remedy="give one to each."
        )
    absent = np.zeros(size, np.bool_)
    if found.dtype.kind in "fO":  # nothing, or a number that is none, is not even itself
        absent = np.fromiter((label is None or label != label for label in found), np.bool_, size)
    if absent.any():
        raise of(
            SurveyError,
            "sv-labels-absent",
            "sv-labels-absent",
            where=what,
            n=int(absent.sum()),
            size=size,
            rows=rows_of(absent),
        )
    return np.unique(found, return_inverse=True)[1].astype(np.int64)


def sample_design(
    weights: ArrayLike,
    *,
    strata: ArrayLike | None = None,
    clusters: ArrayLike | Sequence[ArrayLike] | None = None,
    population: ArrayLike | Sequence[ArrayLike] | None = None,
    chances: ArrayLike | Sequence[ArrayLike] | None = None,
    lonely: Lonely = "refuse",
) -> Design:
    """A sample from its weights, strata and clusters.

    Parameters
    ----------
    weights
        (n,) one over the chance of being drawn; above zero.
    strata
        (n,) stratum of the first stage.
    clusters
        (n,) cluster, or a list of such, one to a stage; respondents themselves where none are given. Cluster labels may
        be used again in another stratum.
    population
        (n,) how many units the stratum holds in the population (finite-population correction), or a list, one to a
        stage. Without it sampling counts as with replacement, which is safe.
    chances
        Instead, where units were drawn by size and without replacement: (n,) the chance with which each cluster was
        drawn (within the one above), or a list of such. Variances are then Brewer's approximation, which asks for no
        chances of pairs.
    lonely
        A stratum of which one cluster was sampled has no variance of its own. It is refused; or adds nothing
        (``certainty``, too little unless the cluster was taken for certain), as much as the others on average
        (``average``), or the deviation of its total from the mean of all clusters (``adjust``, rather too much).

    Raises
    ------
    SurveyError
        For weights of zero, columns of another length, a stratum with one cluster, a population smaller than its
        sample.
    """
    w = numbers(np.ravel(np.asarray(weights)), "weights")
    w = sampling_weights(w, w.size)
    n = w.size
    of_clusters = _columns(clusters, n) if clusters is not None else [np.arange(n)]
    if population is not None and chances is not None:
        raise SurveyError("both population and chances.", where="chances", remedy="give one of the two.")
    given = population if chances is None else chances
    of_populations = _columns(given, n) if given is not None else []
    if len(of_populations) > len(of_clusters):
        raise SurveyError("more populations than stages.", where="population", remedy="give one column to a stage.")
    stages = []
    above = codes(strata, "strata", n) if strata is not None else np.zeros(n, np.int64)
    for number, labels in enumerate(of_clusters):
        inner = codes(labels, "clusters", n)
        cluster = np.unique(above * (inner.max() + 1) + inner, return_inverse=True)[1].astype(np.int64)
        count = np.full(n, np.inf)
        if number < len(of_populations):
            count = numbers(of_populations[number], "population" if chances is None else "chances", n)
        stage = Stage(above, cluster, count)
        if chances is not None and np.isfinite(count).all():
            stage = _by_size(stage)
        stages.append(stage)
        _check(stages[-1], first=number == 0 and lonely == "refuse", by_size=chances is not None)
        above = cluster
    return Design(w, tuple(stages), lonely=lonely)


def _columns(given: ArrayLike | Sequence[ArrayLike], size: int) -> list[ArrayLike]:
    array = np.asarray(given)
    return [array] if array.shape == (size,) else [np.asarray(a) for a in given]  # type: ignore[union-attr]


def _per_stratum(stage: Stage) -> tuple[IntArray, IntArray]:
    """Stratum of each cluster (by cluster code), and how many clusters each stratum has."""
    _, first = np.unique(stage.cluster, return_index=True)
    of_cluster = stage.stratum[first]
    return of_cluster, np.bincount(of_cluster)


def _by_size(stage: Stage) -> Stage:
    """A stage of which ``population`` holds chances, with the sampled clusters over them in their place: what a
    population would be in which every cluster had this one's chance. Source: Brewer 2002, Combined survey sampling
    inference."""
    chance = stage.population
    if np.any(chance <= 0) or np.any(chance > 1):
        raise SurveyError("a chance that is not above 0 and at most 1.", where="chances", remedy="give one to each.")
    lowest, highest = np.full(chance.size, np.inf), np.zeros(chance.size)
    np.minimum.at(lowest, stage.cluster, chance)
    np.maximum.at(highest, stage.cluster, chance)
    if np.any(highest[stage.cluster] > lowest[stage.cluster]):
        raise SurveyError("two chances of one cluster.", where="chances", remedy="give all of a cluster the same.")
    _, sampled = _per_stratum(stage)
    return Stage(stage.stratum, stage.cluster, sampled[stage.stratum] / chance)


def _check(stage: Stage, *, first: bool, by_size: bool = False) -> None:
    _, sampled = _per_stratum(stage)
    lonely = np.isin(stage.stratum, np.flatnonzero(sampled == 1)) & (stage.population > 1)
    if first and lonely.any():
        raise error_at(
            SurveyError,
            "strata-single",
            "strata-join",
            "strata",
            n=int((sampled == 1).sum()),
            rows=rows_told((np.flatnonzero(lonely) + 1).tolist()),
        )
    if by_size:
        return
    order = np.lexsort((stage.population, stage.stratum))
    same = np.diff(stage.stratum[order]) == 0
    unlike = np.flatnonzero(same & (np.diff(np.nan_to_num(stage.population[order], posinf=-1.0)) != 0))
    if unlike.size:
        two = stage.population[order[[unlike[0], unlike[0] + 1]]]
        raise of(
            SurveyError,
            "sv-populations",
            "sv-populations",
            where="population",
            first=f"{two[0]:g}",
            second=f"{two[1]:g}",
        )
    small = stage.population < sampled[stage.stratum]
    if small.any():
        raise SurveyError(
            f"a population smaller than the sample from it ({rows_of(small)}).",
            where="population",
            remedy="give the number of units (clusters) in the population of each stratum, not a share.",
        )


def variance(
    design: Design, influence: FloatArray, again: Callable[[FloatArray], FloatArray], at: FloatArray
) -> FloatArray:
    """Covariance (k, k) of an estimate ``at``: of the weighted totals of its ``influence`` (n, k), or, of a design with
    replicates, of doing it ``again`` with other weights (n,)."""
    if design.replicates is not None:
        return design.replicates.variance(again, at, around_full=design.around_full)
    values = influence if influence.ndim == 2 else influence[:, None]
    for done in reversed(design.calibrations):
        values = _residuals(values, done)
    return _staged(design.stages, values * design.weights[:, None], np.ones(design.size), design.lonely)


def _residuals(values: FloatArray, done: Calibrated) -> FloatArray:
    """What calibration cannot know of: the values less their regression on what weights were calibrated to."""
    root = np.sqrt(done.before)[:, None]
    slope = np.linalg.lstsq(root * done.auxiliary, root * values, rcond=None)[0]
    return np.asarray(values - done.auxiliary @ slope)


def _staged(stages: tuple[Stage, ...], sums: FloatArray, share: FloatArray, lonely: Lonely = "certainty") -> FloatArray:
    """Variance between the units of each stage, each after the share of the units above that was sampled."""
    total = np.zeros((sums.shape[1], sums.shape[1]))
    for number, stage in enumerate(stages):
        of_cluster, sampled = _per_stratum(stage)
        _, first = np.unique(stage.cluster, return_index=True)
        by_cluster = np.zeros((of_cluster.size, sums.shape[1]))
        np.add.at(by_cluster, stage.cluster, sums)
        means = np.zeros((sampled.size, sums.shape[1]))
        np.add.at(means, of_cluster, by_cluster)
        means /= np.maximum(sampled, 1)[:, None]
        apart = by_cluster - means[of_cluster]
        count = sampled[of_cluster].astype(np.float64)
        left = 1.0 - count / stage.population[first]
        scale = share[first] * left * np.divide(count, count - 1.0, out=np.zeros_like(count), where=count > 1)
        here = apart.T @ (apart * scale[:, None])
        alone = (count == 1) & (left > 0)
        if number == 0 and alone.any() and lonely == "average":
            strata, without = sampled.size, int(alone.sum())
            here = here * (strata / (strata - without)) if strata > without else np.full_like(here, np.nan)
        elif number == 0 and alone.any() and lonely == "adjust":
            away = (by_cluster - by_cluster.mean(axis=0))[alone]
            here += away.T @ (away * (share[first] * left)[alone][:, None])
        total += here
        known = np.isfinite(stage.population)
        if not known.all():
            break  # with replacement (or not known), the first stage carries the variance of all
        share = share * sampled[stage.stratum] / stage.population
    return total
