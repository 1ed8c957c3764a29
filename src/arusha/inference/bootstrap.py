"""Cluster bootstrap of sums, ratios and weighted means: whole clusters are drawn anew, never single rows.

Rows of a cluster (one client's orders, one day's work) resemble each other; an interval that ignores this is too
short. Clusters enter by their sums, so a draw costs one multiplication whatever the number of rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from arusha.inference.segments import FloatArray, IntArray, group_sums

Kind = Literal["bca", "percentile", "t"]
DRAWS_AT_ONCE = 2_000_000
"""Cluster counts held in memory at a time (16 bytes each)."""


@dataclass(frozen=True)
class Bootstrap:
    """An estimate with its cluster-bootstrap interval."""

    estimate: float
    se: float
    """Standard deviation of the draws."""
    low: float
    high: float
    clusters: int
    draws: int


def _counts(stratum: IntArray, draws: int, seed: int | np.random.SeedSequence) -> Iterator[NDArray[np.float64]]:
    """How often each cluster is drawn, in blocks of draws x clusters; within strata, as many as there are."""
    random = np.random.Generator(np.random.PCG64(seed))
    members = [np.flatnonzero(stratum == s) for s in np.unique(stratum)]
    step = max(1, DRAWS_AT_ONCE // max(stratum.size, 1))
    for first in range(0, draws, step):
        size = min(step, draws - first)
        counts = np.zeros((size, stratum.size))
        for inside in members:
            counts[:, inside] = random.multinomial(inside.size, np.full(inside.size, 1.0 / inside.size), size)
        yield counts


def _checked(numerator: ArrayLike, denominator: ArrayLike) -> tuple[FloatArray, FloatArray]:
    top = np.asarray(numerator, dtype=np.float64)
    bottom = np.broadcast_to(np.asarray(denominator, dtype=np.float64), top.shape)
    if top.ndim != 1 or not (np.all(np.isfinite(top)) and np.all(np.isfinite(bottom))):
        raise ValueError("numerator and denominator must be flat arrays without missing values")
    return top, np.ascontiguousarray(bottom)


def _cluster_sums(
    numerator: ArrayLike, denominator: ArrayLike, cluster: ArrayLike, strata: ArrayLike | None
) -> tuple[FloatArray, FloatArray, IntArray]:
    top, bottom = _checked(numerator, denominator)
    names, code = np.unique(np.asarray(cluster), return_inverse=True)
    if code.shape != top.shape:
        raise ValueError("cluster must name one cluster a row")
    stratum = np.zeros(names.size, dtype=np.int64)
    if strata is not None:
        _, of_row = np.unique(np.asarray(strata), return_inverse=True)
        if of_row.shape != top.shape:
            raise ValueError("strata must name one stratum a row")
        stratum[code] = of_row
        if np.any(stratum[code] != of_row):
            raise ValueError("a cluster must lie within one stratum")
    return group_sums(top, code, names.size), group_sums(bottom, code, names.size), stratum


def ratio(
    numerator: ArrayLike,
    denominator: ArrayLike,
    cluster: ArrayLike,
    *,
    strata: ArrayLike | None = None,
    level: float = 0.95,
    draws: int = 2000,
    kind: Kind = "t",
    seed: int | np.random.SeedSequence,
) -> Bootstrap:
    """Sum of ``numerator`` over sum of ``denominator`` with an interval from drawing clusters anew.

    Parameters
    ----------
    numerator, denominator
        One a row. For a weighted mean: weight times value, and weight. A denominator of 1 / rows gives a sum's mean.
    cluster
        The cluster of each row; any sortable labels.
    strata
        Strata within which clusters are drawn.
    kind
        ``t`` (studentised by the linearised standard error of each draw: covers best, also with few clusters), ``bca``
        (bias-corrected and accelerated by leaving out one cluster at a time) or ``percentile``.
    seed
        Any draw is a function of the seed and of the clusters in sorted order.

    With fewer than two clusters the interval is missing. Draws without any denominator are left out. Raises
    ``ValueError`` for missing values. Sources: Efron 1987; Davison and Hinkley 1997, chapters 2 and 5.
    """
    top, bottom, stratum = _cluster_sums(numerator, denominator, cluster, strata)
    whole = bottom.sum()
    estimate = float(top.sum() / whole) if whole != 0 else float("nan")
    if not 0.0 < level < 1.0 or draws < 2:
        raise ValueError("level must lie between 0 and 1, and draws be at least 2")
    if top.size < 2 or np.isnan(estimate):
        return Bootstrap(estimate, float("nan"), float("nan"), float("nan"), top.size, draws)
    columns = np.column_stack([top, bottom, top * top, top * bottom, bottom * bottom])
    own = _summed(np.ones((1, top.size)), columns, stratum)
    drawn = np.concatenate([_summed(counts, columns, stratum) for counts in _counts(stratum, draws, seed)])
    drawn = drawn[drawn[:, 1] != 0.0]
    ratios = drawn[:, 0] / drawn[:, 1]
    # A draw that is the estimate but for the last bit must count as equal to it.
    ratios = np.where(np.abs(ratios - estimate) <= 1e-12 * abs(estimate), estimate, ratios)
    low, high = _interval(ratios, drawn, own, estimate, columns, level, kind)
    return Bootstrap(estimate, float(np.std(ratios, ddof=1)), low, high, top.size, draws)


def _summed(counts: FloatArray, columns: FloatArray, stratum: IntArray) -> FloatArray:
    """Sums over the clusters of each draw; squares and products about the means of the strata they are drawn within.

    What strata differ by is no error: clusters are drawn within them. With one stratum nothing needs taking off, since
    the deviations from a ratio add up to 0.
    """
    sums: FloatArray = counts @ columns
    names = np.unique(stratum)
    if names.size > 1:
        for name in names:
            inside = np.flatnonzero(stratum == name)
            top, bottom = (counts[:, inside] @ columns[inside, :2]).T
            sums[:, 2:] -= np.column_stack([top * top, top * bottom, bottom * bottom]) / inside.size
    return sums


def _linear_se(sums: FloatArray, ratios: FloatArray) -> FloatArray:
    """Linearised standard error of each ratio from the sums of squares and products of its clusters."""
    squares = sums[:, 2] - 2.0 * ratios * sums[:, 3] + ratios**2 * sums[:, 4]
    out: FloatArray = np.sqrt(np.maximum(squares, 0.0)) / np.abs(sums[:, 1])
    return out


def _interval(
    ratios: FloatArray,
    drawn: FloatArray,
    whole: FloatArray,
    estimate: float,
    columns: FloatArray,
    level: float,
    kind: Kind,
) -> tuple[float, float]:
    outer = np.array([(1.0 - level) / 2.0, (1.0 + level) / 2.0])
    if kind == "percentile":
        found = np.quantile(ratios, outer)
    elif kind == "t":
        se = _linear_se(drawn, ratios)
        own = _linear_se(whole, np.array([estimate]))[0]
        usable = se > 0.0
        if not usable.any() or own == 0.0:
            return estimate, estimate
        found = estimate - own * np.quantile((ratios[usable] - estimate) / se[usable], outer[::-1])
    elif kind == "bca":
        share = (np.mean(ratios < estimate) + np.mean(ratios <= estimate)) / 2.0
        if share in (0.0, 1.0) or np.ptp(ratios) == 0.0:
            return float(ratios.min()), float(ratios.max())
        shift = ndtri(share)
        rest = columns.sum(0)[:2] - columns[:, :2]
        with np.errstate(divide="ignore", invalid="ignore"):
            left_out = np.where(rest[:, 1] != 0.0, rest[:, 0] / rest[:, 1], estimate)
        spread = np.mean(left_out) - left_out
        square = np.sum(spread**2)
        acceleration = np.sum(spread**3) / (6.0 * square**1.5) if square > 0.0 else 0.0
        z = shift + ndtri(outer)
        found = np.quantile(ratios, ndtr(shift + z / (1.0 - acceleration * z)))
    else:
        raise ValueError("kind must be bca, percentile or t")
    return float(found[0]), float(found[1])


def total(
    values: ArrayLike,
    cluster: ArrayLike,
    *,
    strata: ArrayLike | None = None,
    level: float = 0.95,
    draws: int = 2000,
    kind: Kind = "t",
    seed: int | np.random.SeedSequence,
) -> Bootstrap:
    """The sum of ``values`` with an interval from drawing clusters anew; see ``ratio``.

    The number of clusters is taken as given: the mean over clusters is bootstrapped and multiplied up.
    """
    top, _, stratum = _cluster_sums(values, 1.0, cluster, strata)
    mean = ratio(
        top, np.ones(top.size), np.arange(top.size), strata=stratum, level=level, draws=draws, kind=kind, seed=seed
    )
    scale = float(top.size)
    return Bootstrap(mean.estimate * scale, mean.se * scale, mean.low * scale, mean.high * scale, top.size, draws)


def weighted_mean(
    values: ArrayLike,
    weights: ArrayLike,
    cluster: ArrayLike,
    *,
    strata: ArrayLike | None = None,
    level: float = 0.95,
    draws: int = 2000,
    kind: Kind = "t",
    seed: int | np.random.SeedSequence,
) -> Bootstrap:
    """The mean of ``values`` weighted by ``weights`` with an interval from drawing clusters anew; see ``ratio``."""
    value, weight = _checked(values, weights)
    return ratio(value * weight, weight, cluster, strata=strata, level=level, draws=draws, kind=kind, seed=seed)


def ratios(
    numerators: ArrayLike,
    denominators: ArrayLike,
    cluster: ArrayLike,
    group: ArrayLike,
    *,
    level: float = 0.95,
    draws: int = 2000,
    kind: Kind = "t",
    seed: int,
) -> tuple[NDArray[np.generic], tuple[Bootstrap, ...]]:
    """``ratio`` for each group of rows: the groups in sorted order, and their intervals.

    Each group draws from its own stream, made from the seed and the group's place among the sorted labels, so that
    groups may be computed in any order.
    """
    top, bottom = _checked(numerators, denominators)
    names, code = np.unique(np.asarray(group), return_inverse=True)
    clusters = np.asarray(cluster)
    order = np.argsort(code, kind="stable")
    edges = np.concatenate([[0], np.cumsum(np.bincount(code, minlength=names.size))])
    seeds = np.random.SeedSequence(seed).spawn(names.size)
    found = []
    for i in range(names.size):
        rows = order[edges[i] : edges[i + 1]]
        found.append(ratio(top[rows], bottom[rows], clusters[rows], level=level, draws=draws, kind=kind, seed=seeds[i]))
    return names, tuple(found)
