"""Least squares on columns that are alike for all units of a group in a period: from means of group and period.

A saturated event study on a balanced panel is of this kind. Fixed effects of units and periods are then taken out of
the means instead of every row, and what clusters of units add to the variance is a matrix of periods for each group:
the numbers are those of ``regression`` on the rows, for next to nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from arusha.effects.fixed_effects import (
    Correction,
    Fit,
    Variance,
    allowance,
    by_cluster,
    coded,
    independent,
    no_column_left,
    sums_by,
)
from arusha.effects.panels import FloatArray, IntArray


@dataclass(frozen=True)
class Balanced:
    """N rows as n units x T periods, every one there once."""

    unit: IntArray
    """N."""
    period: IntArray
    """N."""
    n: int
    T: int

    def wide(self, values: FloatArray) -> FloatArray:
        """N rows as n x T."""
        out = np.empty((self.n, self.T))
        out[self.unit, self.period] = values
        return out

    def of_unit(self, values: IntArray) -> IntArray | None:
        """N rows as n, if they are alike in all rows of a unit; else None."""
        out = np.empty(self.n, dtype=values.dtype)
        out[self.unit] = values
        return out if np.array_equal(out[self.unit], values) else None


def balanced(unit: object, period: object) -> Balanced | None:
    """How rows lie in a balanced panel; None where a unit is missing in a period, or is there twice."""
    u, t = coded(unit), coded(period)  # type: ignore[arg-type]
    n, T = int(u.max()) + 1, int(t.max()) + 1
    if u.size != n * T:
        return None
    seen = np.zeros(n * T, dtype=bool)
    seen[u * T + t] = True
    return Balanced(u, t, n, T) if seen.all() else None


def cell_regression(
    panel: Balanced,
    y: FloatArray,
    group: IntArray,
    x: FloatArray,
    names: tuple[str, ...],
    kind: Variance,
    cluster: IntArray | None,
    correction: Correction,
) -> Fit:
    """Least squares of y (N rows) on columns of groups and periods, units and periods absorbed.

    Parameters
    ----------
    group
        n whole numbers from 0: the group of each unit.
    x
        C x T x k: each column in each group and period.
    cluster
        n whole numbers from 0, for the variance "cluster".

    Raises
    ------
    PanelError
        As ``regression``.
    """
    C, T, k = x.shape
    size = np.bincount(group, minlength=C).astype(np.float64)
    wide = panel.wide(y)
    within = wide - wide.mean(axis=1, keepdims=True)
    within -= within.mean(axis=0)
    away = x - x.mean(axis=1, keepdims=True)
    away = away - np.einsum("c,ctk->tk", size / size.sum(), away)
    root = np.sqrt(size)[:, None, None]
    kept = independent((root * away).reshape(C * T, k), (root * x).reshape(C * T, k))
    no_column_left(kept)
    away = away[:, :, kept]
    means = np.empty((C, T))
    for t in range(T):
        means[:, t] = np.bincount(group, weights=within[:, t], minlength=C) / size
    flat = (root * away).reshape(C * T, kept.size)
    gram = np.asarray(np.linalg.inv(flat.T @ flat), dtype=np.float64)
    beta = gram @ (flat.T @ (np.sqrt(size)[:, None] * means).ravel())
    left = within - (away @ beta)[group]
    few, df = allowance(y.size, kept.size, [panel.n, T], [kind == "cluster", False], kind, correction, cluster)
    if kind == "iid":
        vcov = gram * float(np.einsum("nt,nt->", left, left)) / (y.size - 1) * few
    elif kind == "hetero":
        squares = np.stack([np.bincount(group, weights=left[:, t] ** 2, minlength=C) for t in range(T)], axis=1)
        meat = np.einsum("ct,ctk,ctl->kl", squares, away, away, optimize=True)
        vcov = gram @ meat @ gram * few * (y.size / (y.size - 1) if correction.clusters else 1.0)
    else:
        assert cluster is not None
        vcov = gram @ _meat(left, group, away, cluster, correction) @ gram * few
    order = panel.unit, panel.period
    return Fit(
        names=tuple(names[j] for j in kept),
        coefficient=beta,
        se=np.sqrt(np.diag(vcov)),
        vcov=vcov,
        residual=left[order],
        within=lambda: away[group[panel.unit], panel.period],
        kept=kept,
        n=y.size,
        df=df,
        left_out=tuple(name for j, name in enumerate(names) if j not in set(kept.tolist())),
    )


def _meat(left: FloatArray, group: IntArray, away: FloatArray, cluster: IntArray, correction: Correction) -> FloatArray:
    """k x k: sums of scores of clusters, squared."""
    clusters = int(cluster.max()) + 1
    C, _, k = away.shape
    members = [np.flatnonzero(group == c) for c in range(C)]
    if clusters == group.size:  # a unit each: what its periods add together depends on its group alone
        meat = np.zeros((k, k))
        for c, rows in enumerate(members):
            own = left[rows]
            meat += away[c].T @ (own.T @ own) @ away[c]
    else:
        score = np.empty((group.size, k))
        for c, rows in enumerate(members):
            score[rows] = left[rows] @ away[c]
        sums = sums_by(cluster, score)
        meat = sums.T @ sums
    return np.asarray(meat * by_cluster(clusters, correction))
