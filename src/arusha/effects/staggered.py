"""Group-time effects of a measure that begins at different times (Callaway and Sant'Anna, J. of Econometrics 2021).

Every effect compares one group of units that began together with units not treated by then, so that early starters
never serve as controls of late ones. Effects of groups and periods are then put together in ``aggregation``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from arusha.effects.doubly_robust import Method, NoComparisonError, Propensity, calibrated, estimate, logit
from arusha.effects.panels import NEVER, FloatArray, IntArray, Panel, Scale
from arusha.errors import ArushaError
from arusha.language.told import error as of

Control = Literal["never", "not-yet"]
Base = Literal["varying", "universal"]


class DesignError(ArushaError):
    """The design cannot answer the question."""


@dataclass(frozen=True)
class GroupTime:
    """Effects of each group in each period."""

    group: IntArray
    """m: first treated period of the group."""
    time: IntArray
    """m."""
    att: FloatArray
    """m; NaN where the cell has no comparison."""
    se: FloatArray
    """m: clustered by unit, or by the clusters given; NaN in a base period."""
    influence: FloatArray
    """n x m."""
    first: IntArray
    """n: first treated period of the units that were used."""
    cluster: IntArray
    """n."""
    weights: FloatArray
    """n, with mean 1."""
    periods: IntArray
    anticipation: int
    missing: dict[tuple[int, int], str]
    """Why a cell (group, period) has no value."""
    pretest: float
    """Wald statistic of all effects before treatment being 0; NaN where it cannot be had."""
    pretest_p: float

    @property
    def n(self) -> int:
        """Units used."""
        return int(self.first.size)


def standard_errors(influence: FloatArray, cluster: IntArray) -> FloatArray:
    """Standard errors (m) from influence functions (n x m), clustered."""
    sums = cluster_sums(influence, cluster)
    return np.asarray(np.sqrt(np.einsum("cm,cm->m", sums, sums)) / influence.shape[0])


def cluster_sums(influence: FloatArray, cluster: IntArray) -> FloatArray:
    """Influence functions added up within clusters (c x m)."""
    clusters = int(cluster.max()) + 1
    if clusters == cluster.size:
        return influence
    sums = np.zeros((clusters, influence.shape[1]))
    np.add.at(sums, cluster, influence)
    return sums


@dataclass(frozen=True)
class _Sample:
    y: FloatArray
    time: IntArray
    first: IntArray
    X: FloatArray
    w: FloatArray
    cluster: IntArray
    groups: IntArray


def _sample(
    y: FloatArray,
    time: IntArray,
    first: IntArray,
    X: FloatArray,
    w: FloatArray,
    cluster: IntArray,
    control: Control,
    anticipation: int,
) -> _Sample:
    """Units and periods that can say something: without the always treated; without the last group's treated periods
    where nobody stays untreated."""
    first = np.where(first > time[-1], NEVER, first)
    groups = np.unique(first[first != NEVER])
    if groups.size == 0:
        raise of(DesignError, "ev-not-treated", "ev-first-periods")
    if not np.any(first == NEVER):
        if control == "never":
            raise DesignError(
                "every unit is treated, so there are no never-treated controls",
                remedy="use control not-yet; where all begin together, an interrupted series, whose evidence is weaker",
            )
        keep = time < groups[-1] - anticipation
        y, time, X = y[:, keep], time[keep], X[:, keep]
        first = np.where(first >= groups[-1], NEVER, first)
        groups = groups[:-1]
        if groups.size == 0 or time.size < 2:
            raise DesignError(
                "every unit is treated at the same time, so nothing shows what would have happened without the measure",
                remedy="an interrupted series of the units together, whose evidence is weaker",
            )
    groups = groups[groups > time[0] + anticipation]
    if groups.size == 0:
        raise DesignError(
            "no treated unit has a period before the measure",
            remedy="begin the panel earlier, or allow less anticipation",
        )
    use = (first == NEVER) | (first > time[0] + anticipation)
    _, dense = np.unique(cluster[use], return_inverse=True)
    weights = w[use] / np.mean(w[use])
    return _Sample(y[use], time, first[use], X[use], weights, dense.astype(np.int64), groups)


def group_time(
    data: Panel | ArrayLike,
    time: ArrayLike | None = None,
    first: ArrayLike | None = None,
    *,
    covariates: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
    scale: Scale = "rate",
    control: Control = "never",
    method: Method = "dr",
    anticipation: int = 0,
    base: Base = "varying",
) -> GroupTime:
    """Effects by group and period.

    Parameters
    ----------
    data
        A ``Panel``, or an n x T array of outcomes with ``time`` (T) and ``first`` (n, ``NEVER`` for untreated units).
    covariates
        n x k or n x T x k; those of the earlier of the two periods compared are used. Of a panel: its own.
    weights
        n sampling weights.
    cluster
        n whole numbers; each unit is its own cluster where none are given.
    control
        "never": units that are not treated within the panel. "not-yet": also those that are treated later.
    anticipation
        Periods before the start in which the measure may already have worked.
    base
        Before treatment, compare with the period before ("varying") or with the last one before treatment
        ("universal").

    Raises
    ------
    DesignError
        No treated unit, one treated unit, all treated at once, no period before the measure.
    """
    if isinstance(data, Panel):
        y, when, start = data.outcome(scale), data.time, data.first
        given = data.covariates if covariates is None else np.asarray(covariates, dtype=np.float64)
        groups_of = data.clusters() if cluster is None else np.asarray(cluster, dtype=np.int64)
    else:
        y = np.asarray(data, dtype=np.float64)
        when, start = np.asarray(time, dtype=np.int64), np.asarray(first, dtype=np.int64)
        given = np.empty((*y.shape, 0)) if covariates is None else np.asarray(covariates, dtype=np.float64)
        groups_of = np.arange(y.shape[0]) if cluster is None else np.asarray(cluster, dtype=np.int64)
    if control not in get_args(Control) or method not in get_args(Method) or base not in get_args(Base):
        raise ValueError("control, method or base is none of those there are")
    if given.ndim == 2:
        given = np.repeat(given[:, None, :], y.shape[1], axis=1)
    if y.ndim != 2 or when.shape != (y.shape[1],) or start.shape != (y.shape[0],) or given.shape[:2] != y.shape:
        raise ValueError("outcomes must be n x T, time T, first n, covariates n x k or n x T x k")
    if np.sum((start <= when[-1]) & (start > when[0])) == 1:
        raise DesignError(
            "only one unit is treated, so chance cannot be told from the measure by comparing groups",
            remedy="use synthetic_control (a comparison made of other units) or interrupted_series",
        )
    w = np.ones(y.shape[0]) if weights is None else np.asarray(weights, dtype=np.float64)
    sample = _sample(y, when, start, given, w, groups_of, control, anticipation)
    return _Cells(sample, control, method, anticipation, base).all()


@dataclass(frozen=True)
class _Units:
    """Units that are compared as one."""

    rows: IntArray
    w: FloatArray
    total: float
    """Sum of ``w``."""
    y: FloatArray
    """T x their number."""

    def mean_change(self, t: int, ref: int, n: int) -> tuple[float, FloatArray]:
        """The mean change from ``ref`` to ``t``, and ``n`` times what each unit weighs in it."""
        change = self.y[t] - self.y[ref]
        mean = float(self.w @ change) / self.total
        return mean, (n / self.total) * self.w * (change - mean)


@dataclass
class _Cells:
    """The cells of one sample; what several cells share (who is compared, their probabilities) is fitted once."""

    s: _Sample
    control: Control
    method: Method
    anticipation: int
    base: Base
    _known: dict[tuple[int, int | None, bool], _Units] = field(default_factory=dict)
    _rows: FloatArray = field(default_factory=lambda: np.empty((0, 0)))
    """Outcomes, T x n."""

    def all(self) -> GroupTime:
        s = self.s
        self._rows = np.ascontiguousarray(s.y.T)
        rows: list[tuple[int, int, float]] = []
        missing: dict[tuple[int, int], str] = {}
        fitted: dict[tuple[int, bytes, int], tuple[Propensity | None, str]] = {}
        periods = range(0 if self.base == "universal" else 1, s.time.size)
        # A row is one cell's; turned round at the end.
        influence = np.zeros((s.groups.size * len(periods), s.first.size))
        for g in map(int, s.groups):
            before = np.flatnonzero(s.time + self.anticipation < g)
            for t in periods:
                now = int(s.time[t])
                ref = int(before[-1]) if now >= g or self.base == "universal" else t - 1
                att = self._cell(g, t, ref, fitted, missing, influence[len(rows)]) if ref != t else 0.0
                rows.append((g, now, att))
        group, when, att_ = (np.array(v) for v in zip(*rows, strict=True))
        influence = influence.T
        se = standard_errors(influence, s.cluster)
        se = np.where(se <= np.sqrt(np.finfo(float).eps) * 10, np.nan, se)
        W, p = pretest(group, when, att_, influence, s.cluster, se)
        return GroupTime(
            group=group.astype(np.int64),
            time=when.astype(np.int64),
            att=att_.astype(np.float64),
            se=se,
            influence=influence,
            first=s.first,
            cluster=s.cluster,
            weights=s.w,
            periods=s.time,
            anticipation=self.anticipation,
            missing=missing,
            pretest=W,
            pretest_p=p,
        )

    def _cell(
        self,
        g: int,
        t: int,
        ref: int,
        fitted: dict[tuple[int, bytes, int], tuple[Propensity | None, str]],
        missing: dict[tuple[int, int], str],
        out: FloatArray,
    ) -> float:
        """The effect; ``out`` (n, zeros) is filled with its influence function."""
        s = self.s
        n = s.first.size
        # None: those who never begin.
        latest = None if self.control == "never" else int(s.time[max(t, ref)]) + self.anticipation
        ours, theirs = self._units(g, None), self._units(g, latest, controls=True)
        if not theirs.rows.size:
            missing[g, int(s.time[t])] = "nobody is left untreated"
            out[:] = np.nan
            return np.nan
        if s.X.shape[2] == 0 and ours.total < 0.99 * (ours.total + theirs.total):
            # Nothing to adjust for: every method is the difference of two weighted means.
            one, out[ours.rows] = ours.mean_change(t, ref, n)
            other, out[theirs.rows] = theirs.mean_change(t, ref, -n)
            return one - other
        treated = s.first == g
        use = np.sort(np.concatenate([ours.rows, theirs.rows]))
        d = treated[use].astype(np.float64)
        w = s.w[use]
        earlier = min(t, ref)
        X = np.hstack([np.ones((use.size, 1)), s.X[use, earlier]])
        change = s.y[use, t] - s.y[use, ref]
        try:
            att, influence = estimate(change, d, X, w, self.method, self._propensity(g, use, earlier, d, X, w, fitted))
        except NoComparisonError as error:
            missing[g, int(s.time[t])] = error.problem
            out[:] = np.nan
            return np.nan
        out[use] = influence * (n / use.size)
        return att

    def _units(self, g: int, latest: int | None, *, controls: bool = False) -> _Units:
        """The group that begins in ``g``, or its controls: who never begins, or not up to ``latest``."""
        key = g, latest, controls
        if controls and latest is None:
            key = NEVER, None, True  # the same for every group
        if key not in self._known:
            first = self.s.first
            if not controls:
                there = first == g
            elif latest is None:
                there = first == NEVER
            else:
                there = ((first > latest) | (first == NEVER)) & (first != g)
            rows = np.flatnonzero(there)
            w = self.s.w[rows]
            self._known[key] = _Units(rows, w, float(w.sum()), self._rows[:, rows])
        return self._known[key]

    def _propensity(
        self,
        g: int,
        use: IntArray,
        earlier: int,
        d: FloatArray,
        X: FloatArray,
        w: FloatArray,
        fitted: dict[tuple[int, bytes, int], tuple[Propensity | None, str]],
    ) -> Propensity | None:
        if self.method == "regression":
            return None
        key = (g, use.tobytes(), hash(X.tobytes()) if X.shape[1] > 1 else 0)
        if key not in fitted:
            try:
                score = logit(d, X, w)
                fitted[key] = (calibrated(d, X, w, score) if self.method == "dr-improved" else score, "")
            except NoComparisonError as error:
                fitted[key] = (None, error.problem)
        score_, why = fitted[key]
        if score_ is None:
            raise NoComparisonError(why)
        return score_


def pretest(
    group: IntArray, time: IntArray, att: FloatArray, influence: FloatArray, cluster: IntArray, se: FloatArray
) -> tuple[float, float]:
    """Wald statistic and p of all effects before treatment being 0; NaN where it cannot be had."""
    use = (group > time) & np.isfinite(se) & np.isfinite(att)
    if not use.any():
        return np.nan, np.nan
    sums = cluster_sums(influence[:, use], cluster)
    V = sums.T @ sums / influence.shape[0] ** 2
    if np.linalg.cond(V) > 1e14:
        return np.nan, np.nan
    W = float(att[use] @ np.linalg.solve(V, att[use]))
    return W, float(stats.chi2.sf(W, int(use.sum())))
