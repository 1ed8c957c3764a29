"""Event study with effects that may differ between groups (Sun and Abraham, Journal of Econometrics 225, 2021).

Each group that began together has its own effect for each period since the start; they are then averaged by the share
of rows. A pooled event study would mix effects of other periods into each coefficient. On a balanced panel without
covariates and weights the regression is done on means of groups and periods: the same numbers in a moment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arusha.effects.cell_regression import balanced, cell_regression
from arusha.effects.fixed_effects import USUAL, Correction, Fit, Variance, coded, regression
from arusha.effects.panels import NEVER, FloatArray, IntArray
from arusha.effects.staggered import DesignError
from arusha.language.told import error as of


@dataclass(frozen=True)
class EventStudy:
    """Effects by periods since the start, and their mean after it."""

    since: IntArray
    """m, without the reference."""
    effect: FloatArray
    se: FloatArray
    vcov: FloatArray
    att: float
    att_se: float
    covariate: FloatArray
    """Coefficients of the covariates, in front of all in ``fit``."""
    covariate_se: FloatArray
    group: IntArray
    """Groups that began together, by their first period; those that have a period after the start."""
    group_effect: FloatArray
    """Mean effect of each group after its start."""
    group_se: FloatArray
    df: int
    fit: Fit
    """The regression by group and period."""


def sun_abraham(
    y: ArrayLike,
    unit: ArrayLike,
    time: ArrayLike,
    first: ArrayLike,
    *,
    covariates: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    cluster: ArrayLike | Sequence[ArrayLike] | None = None,
    variance: Variance | None = None,
    correction: Correction = USUAL,
    reference: int | Sequence[int] = -1,
    reference_groups: Sequence[int] = (),
) -> EventStudy:
    """Effects by periods since the start.

    Parameters
    ----------
    y, unit, time, first
        N rows: outcome, name of the unit, period, first treated period of the unit. Units whose start lies outside the
        periods (``NEVER``, or any period after the last) are the controls; units treated in every period are left out.
    reference
        Periods since the start that serve as zero, one or several.
    reference_groups
        Groups (by their first period) that serve as controls beside the never treated.
    correction
        As in ``regression``.
    cluster
        As in ``regression``; by unit where neither it nor another variance is asked for.

    Raises
    ------
    DesignError
        No unit that is never treated, or none that is treated.
    """
    outcome, when = np.asarray(y, dtype=np.float64), np.asarray(time, dtype=np.int64)
    start, name = np.asarray(first, dtype=np.int64), np.asarray(unit)
    more = (
        np.empty((outcome.size, 0)) if covariates is None else np.asarray(covariates, float).reshape(outcome.size, -1)
    )
    w = None if weights is None else np.asarray(weights, dtype=np.float64)
    zero = {reference} if isinstance(reference, int) else set(reference)
    never = (start > when.max()) | np.isin(start, list(reference_groups))
    if not never.any():
        raise of(DesignError, "ev-all-treated", "ev-not-yet", control="not-yet")
    keep = never | (start > when.min())
    if not np.any(keep & ~never):
        raise of(DesignError, "ev-not-treated", "ev-first-periods")
    start = np.where(never, NEVER, start)
    groups = np.unique(start[keep & ~never])
    by: ArrayLike | Sequence[ArrayLike] | None = cluster
    if cluster is None and variance in (None, "cluster"):
        by = name
    if by is not None:
        several = isinstance(by, list | tuple) and len(by) and np.ndim(by[0]) == 1
        by = [np.asarray(c)[keep] for c in by] if several else np.asarray(by)[keep]  # type: ignore[union-attr]
    k = more.shape[1]
    rows = _Rows(outcome[keep], name[keep], when[keep], start[keep], groups, frozenset(zero))
    found = _by_cells(rows, by, variance, correction) if k == 0 and w is None else None
    if found is None:
        found = _by_rows(rows, more[keep], None if w is None else w[keep], by, variance, correction)
    fit, cells, size = found
    position = {int(j): i for i, j in enumerate(fit.kept)}
    periods = sorted({e for c, (_, e) in enumerate(cells) if k + c in position})
    L = np.zeros((len(periods), fit.coefficient.size))
    total = np.zeros(fit.coefficient.size)
    of_group = {int(g): np.zeros(fit.coefficient.size) for g in groups}
    for c, (g, e) in enumerate(cells):
        if k + c in position:
            L[periods.index(e), position[k + c]] = size[c]
            total[position[k + c]] = of_group[g][position[k + c]] = size[c] if e >= 0 else 0.0
    L /= L.sum(axis=1, keepdims=True)
    if total.sum() == 0:
        raise of(DesignError, "fx-none-after", "fx-reference")
    total /= total.sum()
    vcov = L @ fit.vcov @ L.T
    shown = [g for g, row in of_group.items() if row.sum() > 0]
    C = np.stack([of_group[g] / of_group[g].sum() for g in shown])
    own = [position[j] for j in range(k) if j in position]
    return EventStudy(
        since=np.array(periods, dtype=np.int64),
        effect=L @ fit.coefficient,
        se=np.sqrt(np.diag(vcov)),
        vcov=vcov,
        att=float(total @ fit.coefficient),
        att_se=float(np.sqrt(total @ fit.vcov @ total)),
        covariate=fit.coefficient[own],
        covariate_se=fit.se[own],
        group=np.array(shown, dtype=np.int64),
        group_effect=C @ fit.coefficient,
        group_se=np.sqrt(np.diag(C @ fit.vcov @ C.T)),
        df=fit.df,
        fit=fit,
    )


@dataclass(frozen=True)
class _Rows:
    """The N rows that are used."""

    y: FloatArray
    unit: NDArray[np.generic]
    time: IntArray
    start: IntArray
    """``NEVER`` for controls."""
    groups: IntArray
    zero: frozenset[int]


_Found = tuple[Fit, list[tuple[int, int]], FloatArray]
"""The regression, its (group, periods since the start) after the covariates, and their sizes."""


def _by_rows(
    rows: _Rows,
    more: FloatArray,
    w: FloatArray | None,
    by: ArrayLike | Sequence[ArrayLike] | None,
    variance: Variance | None,
    correction: Correction,
) -> _Found:
    never = rows.start == NEVER
    since = np.where(never, 0, rows.time - np.where(never, 0, rows.start))
    cells = [
        (int(g), int(e))
        for e in np.unique(since[~never])
        for g in rows.groups
        if e not in rows.zero and np.any((rows.start == g) & (since == e))
    ]
    dummies = np.column_stack([(rows.start == g) & (since == e) & ~never for g, e in cells]).astype(np.float64)
    fit = regression(
        rows.y,
        np.hstack([more, dummies]),
        effects=[rows.unit, rows.time],
        names=[*(f"x{j + 1}" for j in range(more.shape[1])), *_names(cells)],
        weights=w,
        variance=variance,
        cluster=by,
        correction=correction,
    )
    return fit, cells, dummies.sum(axis=0) if w is None else (dummies * w[:, None]).sum(axis=0)


def _by_cells(
    rows: _Rows, by: ArrayLike | Sequence[ArrayLike] | None, variance: Variance | None, correction: Correction
) -> _Found | None:
    """The same from means of groups and periods; None where the panel is not balanced or clusters cut through units."""
    panel = balanced(rows.unit, rows.time)
    start = None if panel is None else panel.of_unit(rows.start)
    if panel is None or start is None:
        return None
    kind: Variance = variance or ("cluster" if by is not None else "iid")
    cluster = None
    if kind == "cluster":
        one = None if by is None else np.asarray(by)
        cluster = None if one is None or one.shape != rows.time.shape else panel.of_unit(coded(one))
        if cluster is None:
            return None
    starts, group = np.unique(start, return_inverse=True)
    times = np.unique(rows.time)
    cells = sorted(
        ((int(g), int(t - g)) for g in rows.groups for t in times if t - g not in rows.zero), key=lambda c: (c[1], c[0])
    )
    x = np.zeros((starts.size, times.size, len(cells)))
    for c, (g, e) in enumerate(cells):
        x[np.searchsorted(starts, g), np.searchsorted(times, g + e), c] = 1.0
    fit = cell_regression(panel, rows.y, group.astype(np.int64), x, _names(cells), kind, cluster, correction)
    return fit, cells, np.array([float(np.sum(start == g)) for g, _ in cells])


def _names(cells: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    return tuple(f"{g}:{e}" for g, e in cells)
