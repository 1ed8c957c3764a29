"""Group-time effects where each period has rows of its own: repeated samples, or a panel from which rows are missing.

Callaway and Sant'Anna (J. of Econometrics 2021), section 2 and appendix C. ``staggered`` is for complete panels.
"""

from __future__ import annotations

from typing import get_args

import numpy as np
from numpy.typing import ArrayLike

from arusha.effects.cross_sections import estimate_sections
from arusha.effects.doubly_robust import Method, NoComparisonError
from arusha.effects.influence import Full
from arusha.effects.panels import NEVER, FloatArray, IntArray
from arusha.effects.staggered import Base, Control, DesignError, GroupTime, pretest
from arusha.language.told import error as of


def _coded(labels: ArrayLike | None, n: int, what: str) -> IntArray:
    if labels is None:
        return np.arange(n)
    given = np.asarray(labels)
    if given.shape != (n,):
        raise ValueError(f"{what} must name one of them a row")
    return np.unique(given, return_inverse=True)[1].astype(np.int64)


def _of_unit(values: IntArray, unit: IntArray, what: str) -> IntArray:
    """The one value of each unit."""
    out = np.zeros(int(unit.max()) + 1, dtype=np.int64)
    out[unit] = values
    if np.any(out[unit] != values):
        raise of(DesignError, "fx-more-than-one", "fx-same-all", what=what)
    return out


def group_time_sections(
    outcome: ArrayLike,
    time: ArrayLike,
    first: ArrayLike,
    *,
    unit: ArrayLike | None = None,
    covariates: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    cluster: ArrayLike | None = None,
    control: Control = "never",
    method: Method = "dr",
    anticipation: int = 0,
    base: Base = "varying",
    as_drdid: bool = False,
) -> GroupTime:
    """Effects by group and period from N rows.

    Parameters
    ----------
    outcome, time, first
        N rows: outcome, period, and the first treated period of the row's group (``NEVER`` where there is none).
    unit
        N: who a row is about, where some are seen again (a panel with gaps): errors then hold together. Rows of a
        period that each are somebody else need none.
    covariates
        N x k, which the measure cannot have moved.
    cluster
        N; whole clusters hold together. A unit lies within one.
    as_drdid
        As of :func:`arusha.effects.two_samples`.

    The other options are those of :func:`arusha.effects.group_time`, and so is what comes back, with units (or rows)
    for n. Raises ``DesignError`` as it does, and for a unit with more than one start or cluster.
    """
    y, when = np.asarray(outcome, dtype=np.float64).ravel(), np.asarray(time, dtype=np.int64).ravel()
    start = np.asarray(first, dtype=np.int64).ravel()
    n = y.size
    if not when.shape == start.shape == y.shape or not np.all(np.isfinite(y)):
        raise ValueError("outcome, time and first are flat and equally long, without missing outcomes")
    if control not in get_args(Control) or method not in get_args(Method) or base not in get_args(Base):
        raise ValueError("control, method or base is none of those there are")
    if base == "average":
        raise ValueError("rows may be missing here, so that there is no mean of all periods before; use universal")
    X = np.ones((n, 1))
    if covariates is not None:
        X = np.column_stack([X, np.asarray(covariates, dtype=np.float64).reshape(n, -1)])
    w = np.ones(n) if weights is None else np.asarray(weights, dtype=np.float64)
    who, held = _coded(unit, n, "unit"), _coded(cluster if cluster is not None else unit, n, "cluster")

    periods = np.unique(when)
    start = np.where(start > periods[-1], NEVER, start)
    use = start > periods[0] + anticipation
    groups = np.unique(start[use & (start != NEVER)])
    if groups.size == 0:
        raise of(DesignError, "fx-group-none-before", "fx-first-periods")
    if not np.any(start == NEVER):
        if control == "never":
            raise of(DesignError, "fx-group-never", "fx-use-not-yet")
        use &= when < groups[-1] - anticipation
        start = np.where(start >= groups[-1], NEVER, start)
        groups, periods = groups[:-1], np.unique(when[use])
        if groups.size == 0 or periods.size < 2:
            raise of(DesignError, "fx-group-once", "fx-series-groups")
    y, when, start, X, w = y[use], when[use], start[use], X[use], w[use] / w[use].mean()
    who = np.unique(who[use], return_inverse=True)[1]
    held = np.unique(held[use], return_inverse=True)[1]
    units = int(who.max()) + 1

    rows: list[tuple[int, int, float]] = []
    columns: list[FloatArray] = []
    missing: dict[tuple[int, int], str] = {}
    for g in map(int, groups):
        before = np.flatnonzero(periods + anticipation < g)
        for t in range(0 if base == "universal" else 1, periods.size):
            now = int(periods[t])
            ref = int(before[-1]) if now >= g or base == "universal" else t - 1
            att, column = 0.0, np.zeros(units)
            if ref != t:
                treated = start == g
                latest = int(periods[max(t, ref)]) + anticipation
                later = (start == NEVER) if control == "never" else ((start > latest) & ~treated)
                here = np.flatnonzero((treated | later) & ((when == now) | (when == periods[ref])))
                try:
                    att, influence = _cell(y, when == now, treated, X, w, here, method, as_drdid)
                    scaled = influence * (units / here.size)
                    column = np.asarray(np.bincount(who[here], weights=scaled, minlength=units), dtype=np.float64)
                except NoComparisonError as error:
                    att, column = np.nan, np.full(units, np.nan)
                    missing[g, now] = error.problem
            rows.append((g, now, att))
            columns.append(column)
    parts = Full(np.column_stack(columns))
    of_cluster = _of_unit(held, who, "cluster")
    se = np.sqrt(parts.squares(of_cluster)) / units
    se = np.where(se <= np.sqrt(np.finfo(float).eps) * 10, np.nan, se)
    group, at, att_ = (np.array(v) for v in zip(*rows, strict=True))
    W, p = pretest(group, at, att_, parts, of_cluster, se)
    return GroupTime(
        group=group.astype(np.int64),
        time=at.astype(np.int64),
        att=att_.astype(np.float64),
        se=se,
        parts=parts,
        first=_of_unit(start, who, "start"),
        cluster=of_cluster,
        weights=np.bincount(who, weights=w) / np.bincount(who),
        periods=periods,
        anticipation=anticipation,
        missing=missing,
        pretest=W,
        pretest_p=p,
    )


def _cell(
    y: FloatArray,
    now: FloatArray,
    treated: FloatArray,
    X: FloatArray,
    w: FloatArray,
    here: IntArray,
    method: Method,
    as_drdid: bool,
) -> tuple[float, FloatArray]:
    d, post = treated[here].astype(np.float64), now[here].astype(np.float64)
    if np.unique(2 * d + post).size < 4:
        raise of(NoComparisonError, "fx-no-rows-two", "")
    return estimate_sections(y[here], post, d, X[here], w[here], method, as_drdid=as_drdid)
