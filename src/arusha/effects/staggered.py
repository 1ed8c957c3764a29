"""Group-time effects of a measure that begins at different times (Callaway and Sant'Anna, J. of Econometrics 2021).

Every effect compares one group of units that began together with units not treated by then, so that early starters
never serve as controls of late ones. Effects of groups and periods are then put together in ``aggregation``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from arusha.effects.doubly_robust import Method, NoComparisonError, Propensity, calibrated, estimate, logit
from arusha.effects.influence import Block, Blocks, Full, Influence
from arusha.effects.panels import NEVER, FloatArray, IntArray, Panel, Scale
from arusha.errors import ArushaError
from arusha.language.told import error as of

Control = Literal["never", "not-yet"]
Base = Literal["varying", "universal", "average"]


MOST_TREATED = 0.99
"""Share of treated units beyond which the propensity is asked whether there is a comparison at all."""


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
    parts: Influence = field(repr=False)
    """How much each unit moves each cell; ``influence`` in full."""
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

    @cached_property
    def influence(self) -> FloatArray:
        """n x m: influence functions of the cells."""
        return self.parts.full()


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
            raise of(DesignError, "fx-never-treated", "fx-not-yet")
        keep = time < groups[-1] - anticipation
        y, time, X = y[:, keep], time[keep], X[:, keep]
        first = np.where(first >= groups[-1], NEVER, first)
        groups = groups[:-1]
        if groups.size == 0 or time.size < 2:
            raise of(DesignError, "fx-same-time", "fx-series-units")
    groups = groups[groups > time[0] + anticipation]
    if groups.size == 0:
        raise of(DesignError, "fx-none-before", "fx-earlier")
    use = (first == NEVER) | (first > time[0] + anticipation)
    if use.all():
        return _Sample(y, time, first, X, w / np.mean(w), _dense(cluster), groups)
    weights = w[use] / np.mean(w[use])
    return _Sample(y[use], time, first[use], X[use], weights, _dense(cluster[use]), groups)


def _dense(cluster: IntArray) -> IntArray:
    """Clusters as whole numbers from 0 without a gap."""
    if np.array_equal(cluster, np.arange(cluster.size)):
        return cluster
    return np.unique(cluster, return_inverse=True)[1].astype(np.int64)


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
        ("universal"). Or compare every period, before and after, with the mean of all periods before treatment
        ("average"), which asks that units ran alike in all of them and is then less noisy: without covariates, and with
        never-treated controls, effects are those of imputation (Borusyak, Jaravel and Spiess 2024) of that group.

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
        raise of(DesignError, "fx-one-treated", "fx-synthetic")
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

    def mean_change(self, t: int, ref: slice, n: int) -> tuple[float, FloatArray]:
        """The mean change from the mean of ``ref`` to ``t``, and ``n`` times what each unit weighs in it."""
        change = self.y[t] - before(self.y, ref)
        mean = float(self.w @ change) / self.total
        return mean, (n / self.total) * self.w * (change - mean)


@dataclass(frozen=True)
class _At:
    """A cell: the group, the position of its period, and the positions that it is compared with."""

    group: int
    at: int
    ref: slice


def before(y: FloatArray, ref: slice) -> FloatArray:
    """Per unit: the mean of the periods ``ref`` of T x n outcomes."""
    return np.asarray(y[ref.start] if ref.stop - ref.start == 1 else y[ref].mean(axis=0))


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
        missing: dict[tuple[int, int], str] = {}
        cells = self._cells()
        plain = s.X.shape[2] == 0 and self.control == "never" and all(map(self._apart, s.groups))
        att, parts = self._plain(cells) if plain else self._each(cells, missing)
        group, when = np.array([c.group for c in cells]), s.time[[c.at for c in cells]]
        se = np.sqrt(parts.squares(s.cluster)) / s.first.size
        se = np.where(se <= np.sqrt(np.finfo(float).eps) * 10, np.nan, se)
        tested = se
        if self.base == "average":  # effects before add up to 0: the first is given by the others
            tested = np.where(when == s.time[0], np.nan, se)
        W, p = pretest(group, when, att, parts, s.cluster, tested)
        return GroupTime(
            group=group.astype(np.int64),
            time=when.astype(np.int64),
            att=att,
            se=se,
            parts=parts,
            first=s.first,
            cluster=s.cluster,
            weights=s.w,
            periods=s.time,
            anticipation=self.anticipation,
            missing=missing,
            pretest=W,
            pretest_p=p,
        )

    def _cells(self) -> list[_At]:
        s, found = self.s, []
        for g in map(int, s.groups):
            last = int(np.flatnonzero(s.time + self.anticipation < g)[-1])
            for t in range(1 if self.base == "varying" else 0, s.time.size):
                at = last if s.time[t] >= g or self.base != "varying" else t - 1
                found.append(_At(g, t, slice(0, last + 1) if self.base == "average" else slice(at, at + 1)))
        return found

    def _apart(self, g: int) -> bool:
        """Whether a comparison of group ``g`` with its controls needs no propensity to be refused."""
        ours, theirs = self._units(int(g), None), self._units(int(g), None, controls=True)
        return theirs.rows.size > 0 and ours.total < MOST_TREATED * (ours.total + theirs.total)

    def _plain(self, cells: list[_At]) -> tuple[FloatArray, Influence]:
        """Nothing to adjust for and one set of controls: all cells of a group at once."""
        s, n = self.s, self.s.first.size
        line = np.zeros((s.time.size, len(cells)))
        for c, cell in enumerate(cells):
            line[cell.at, c] += 1.0
            line[cell.ref, c] -= 1.0 / (cell.ref.stop - cell.ref.start)
        of = np.array([cell.group for cell in cells])
        att, blocks = np.zeros(len(cells)), []
        sides = [(self._units(int(g), None), 1.0, np.flatnonzero(of == g)) for g in s.groups]
        sides.append((self._units(int(s.groups[0]), None, controls=True), -1.0, np.arange(len(cells))))
        for units, sign, mine in sides:
            value = units.y - units.y.mean(axis=0)  # what a unit has in every period is in no change
            mean = value @ units.w / units.total
            att[mine] += sign * (mean @ line[:, mine])
            value -= mean[:, None]
            value *= sign * n / units.total * units.w
            blocks.append(Block(units.rows, value, mine, line[:, mine]))
        return att, Blocks(n, len(cells), tuple(blocks))

    def _each(self, cells: list[_At], missing: dict[tuple[int, int], str]) -> tuple[FloatArray, Influence]:
        fitted: dict[tuple[int, bytes, int], tuple[Propensity | None, str]] = {}
        # A row is one cell's; turned round at the end.
        influence = np.zeros((len(cells), self.s.first.size))
        att = np.zeros(len(cells))
        for c, cell in enumerate(cells):
            if cell.ref != slice(cell.at, cell.at + 1):
                att[c] = self._cell(cell.group, cell.at, cell.ref, fitted, missing, influence[c])
        return att, Full(influence.T)

    def _cell(
        self,
        g: int,
        t: int,
        ref: slice,
        fitted: dict[tuple[int, bytes, int], tuple[Propensity | None, str]],
        missing: dict[tuple[int, int], str],
        out: FloatArray,
    ) -> float:
        """The effect; ``out`` (n, zeros) is filled with its influence function."""
        s, last = self.s, ref.stop - 1
        n = s.first.size
        # None: those who never begin.
        latest = None if self.control == "never" else int(s.time[max(t, last)]) + self.anticipation
        ours, theirs = self._units(g, None), self._units(g, latest, controls=True)
        if not theirs.rows.size:
            missing[g, int(s.time[t])] = "nobody is left untreated"
            out[:] = np.nan
            return np.nan
        if s.X.shape[2] == 0 and ours.total < MOST_TREATED * (ours.total + theirs.total):
            # Nothing to adjust for: every method is the difference of two weighted means.
            one, out[ours.rows] = ours.mean_change(t, ref, n)
            other, out[theirs.rows] = theirs.mean_change(t, ref, -n)
            return one - other
        treated = s.first == g
        use = np.sort(np.concatenate([ours.rows, theirs.rows]))
        d = treated[use].astype(np.float64)
        w = s.w[use]
        earlier = min(t, last)
        X = np.hstack([np.ones((use.size, 1)), s.X[use, earlier]])
        change = s.y[use, t] - before(s.y[use].T, ref)
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
    group: IntArray, time: IntArray, att: FloatArray, parts: Influence, cluster: IntArray, se: FloatArray
) -> tuple[float, float]:
    """Wald statistic and p of all effects before treatment being 0; NaN where it cannot be had."""
    use = (group > time) & np.isfinite(se) & np.isfinite(att)
    if not use.any():
        return np.nan, np.nan
    V = parts.gram(np.flatnonzero(use), cluster)
    if np.linalg.cond(V) > 1e14:
        return np.nan, np.nan
    n = cluster.size
    W = float(att[use] @ np.linalg.solve(V, att[use])) * n**2
    return W, float(stats.chi2.sf(W, int(use.sum())))
