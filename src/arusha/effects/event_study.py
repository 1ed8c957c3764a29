"""Event study with effects that may differ between groups (Sun and Abraham, Journal of Econometrics 225, 2021).

Each group that began together has its own effect for each period since the start; they are then averaged by the share
of rows. A pooled event study would mix effects of other periods into each coefficient.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from arusha.effects.fixed_effects import USUAL, Correction, Fit, Variance, regression
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
    since = np.where(never, 0, when - np.where(never, 0, start))
    cells = [
        (int(g), int(e))
        for e in np.unique(since[keep & ~never])
        for g in groups
        if e not in zero and np.any(keep & (start == g) & (since == e))
    ]
    dummies = np.column_stack([(start == g) & (since == e) & ~never for g, e in cells]).astype(np.float64)
    by: ArrayLike | Sequence[ArrayLike] | None = cluster
    if cluster is None and variance in (None, "cluster"):
        by = name
    if by is not None:
        several = isinstance(by, list | tuple) and len(by) and np.ndim(by[0]) == 1
        by = [np.asarray(c)[keep] for c in by] if several else np.asarray(by)[keep]  # type: ignore[union-attr]
    k = more.shape[1]
    fit = regression(
        outcome[keep],
        np.hstack([more, dummies])[keep],
        effects=[name[keep], when[keep]],
        names=[*(f"x{j + 1}" for j in range(k)), *(f"{g}:{e}" for g, e in cells)],
        weights=None if w is None else w[keep],
        variance=variance,
        cluster=by,
        correction=correction,
    )
    position = {int(j): i for i, j in enumerate(fit.kept)}
    size = dummies[keep].sum(axis=0) if w is None else (dummies[keep] * w[keep][:, None]).sum(axis=0)
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
        raise DesignError("no period after the start can be estimated", remedy="check the reference and the periods")
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
