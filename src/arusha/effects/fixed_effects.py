"""Least squares with fixed effects absorbed, and variances for grouped data with the usual small-sample corrections.

Two-way fixed effects answer what a measure did only where it began once or works alike everywhere; elsewhere
``group_time`` and ``sun_abraham`` compare what can be compared. The corrections are those of fixest (K counts fixed
effects that are not nested in the clusters; G/(G-1); t with G-1 degrees of freedom).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from arusha.effects.panel_error import PanelError
from arusha.effects.panels import FloatArray, IntArray
from arusha.language.told import error as of

Variance = Literal["iid", "hetero", "cluster"]


@dataclass(frozen=True)
class Correction:
    """How a variance allows for few rows or clusters; as it stands, the usual one.

    ``parameters``: (n - 1)/(n - K). ``fixed``: which fixed effects K counts: those not ``nested`` in the clusters, all
    (``full``) or ``none``. ``clusters``: G/(G - 1) (n/(n - 1) without clusters); of two ways of clustering both take
    the smaller G (``smallest``) or each its ``own``. ``few``: t with G - 1 degrees of freedom, else n - K.
    """

    parameters: bool = True
    fixed: Literal["nested", "full", "none"] = "nested"
    clusters: bool = True
    groups: Literal["smallest", "own"] = "smallest"
    few: bool = True


USUAL = Correction()
_SWEEPS = 10_000
CLEARLY = 1e-4
"""Share of a column's size beside which a sum of squares leaves no doubt that something of the column is left."""


@dataclass(frozen=True)
class Fit:
    """A regression with absorbed fixed effects."""

    names: tuple[str, ...]
    """Of the coefficients kept; a column that others give already is left out."""
    coefficient: FloatArray
    se: FloatArray
    vcov: FloatArray
    residual: FloatArray
    """N."""
    within: Callable[[], FloatArray] = field(repr=False, compare=False)
    """Makes ``X``."""
    kept: IntArray
    """Columns of the given X that were kept."""
    n: int
    df: int
    """Degrees of freedom of the t distribution."""
    left_out: tuple[str, ...]

    @property
    def X(self) -> FloatArray:  # noqa: N802 - the name of a matrix
        """N x k, the columns kept with fixed effects taken out; made when it is asked for."""
        return self.within()

    @property
    def p(self) -> FloatArray:
        """Two-sided p-values."""
        return np.asarray(2 * stats.t.sf(np.abs(self.coefficient / self.se), self.df))

    def interval(self, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
        """Lower and upper limits of each coefficient."""
        reach = stats.t.ppf(0.5 + level / 2, self.df) * self.se
        return self.coefficient - reach, self.coefficient + reach


def coded(values: ArrayLike) -> IntArray:
    """Names as whole numbers from 0."""
    return np.unique(np.asarray(values), return_inverse=True)[1].astype(np.int64).ravel()


def absorb(columns: FloatArray, effects: Sequence[IntArray], weights: FloatArray | None = None) -> FloatArray:
    """N x m columns with the fixed effects taken out, by alternating projections.

    Raises
    ------
    PanelError
        If the sweeps do not settle (fixed effects that are barely connected).
    """
    out = np.array(columns, dtype=np.float64, order="F")  # a column at a time
    if not effects:
        return out
    w = np.ones(out.shape[0]) if weights is None else weights
    totals = [np.bincount(e, weights=w) for e in effects]
    scale = np.maximum(np.sqrt(np.mean(out**2, axis=0)), 1e-300)
    for _ in range(_SWEEPS):
        moved = 0.0
        for code, total in zip(effects, totals, strict=True):
            for j in range(out.shape[1]):
                mean = np.bincount(code, weights=w * out[:, j]) / total
                out[:, j] -= mean[code]
                moved = max(moved, float(np.max(np.abs(mean))) / float(scale[j]))
        if len(effects) == 1 or moved < 1e-13:
            return out
    raise of(PanelError, "fx-not-settle", "fx-connected")


def independent(X: FloatArray, given: FloatArray) -> IntArray:
    """Columns, from the left, that earlier ones (and the fixed effects) do not give already."""
    sizes = np.maximum(np.sqrt(np.einsum("nk,nk->k", given, given)), 1e-300)
    # What is left of each column beside the earlier ones, up to the root of rounding: that settles most designs.
    try:
        if np.all(np.diag(np.linalg.cholesky(X.T @ X)) > CLEARLY * sizes):
            return np.arange(X.shape[1])
    except np.linalg.LinAlgError:
        pass
    basis = np.empty(X.shape, order="F")
    kept: list[int] = []
    for j, size in enumerate(sizes.tolist()):
        left = X[:, j].copy()
        before = basis[:, : len(kept)]
        for _ in range(2):  # once more: what is left may be small
            left -= before @ (before.T @ left)
        if np.linalg.norm(left) > 1e-9 * size:
            basis[:, len(kept)] = left / np.linalg.norm(left)
            kept.append(j)
    return np.array(kept, dtype=np.int64)


def regression(
    y: ArrayLike,
    X: ArrayLike,
    *,
    effects: Sequence[ArrayLike] = (),
    names: Sequence[str] | None = None,
    weights: ArrayLike | None = None,
    variance: Variance | None = None,
    cluster: ArrayLike | Sequence[ArrayLike] | None = None,
    correction: Correction = USUAL,
) -> Fit:
    """Least squares of y on X with fixed effects.

    Parameters
    ----------
    y, X
        N, and N x k. Without fixed effects a constant belongs into X.
    effects
        One name of a group a row, for each fixed effect.
    cluster
        One name of a cluster a row, or a list of two such for two-way clustering.
    variance
        "iid", "hetero" or "cluster"; "cluster" where clusters are given, else "iid".
    correction
        For few rows or clusters; see :class:`Correction`.

    Raises
    ------
    PanelError
        If nothing can be estimated: no column is left, or no more rows than parameters.
    """
    target = np.asarray(y, dtype=np.float64).ravel()
    design = np.asarray(X, dtype=np.float64).reshape(target.size, -1)
    labels = tuple(names) if names is not None else tuple(f"x{j + 1}" for j in range(design.shape[1]))
    w = None if weights is None else np.asarray(weights, dtype=np.float64)
    fixed = [coded(e) for e in effects]
    clusters = _clusters(cluster, target.size)
    kind: Variance = variance or ("cluster" if clusters else "iid")
    within = absorb(np.column_stack([target, design]), fixed, w)
    root = np.ones(target.size) if w is None else np.sqrt(w)
    yy, XX = within[:, 0] * root, within[:, 1:] * root[:, None]
    kept = independent(XX, design * root[:, None])
    no_column_left(kept)
    XX = XX[:, kept]
    gram = np.asarray(np.linalg.inv(XX.T @ XX), dtype=np.float64)
    beta = gram @ (XX.T @ yy)
    residual = yy - XX @ beta
    vcov, df = _variance(XX, residual, gram, kind, fixed, clusters, correction)
    return Fit(
        names=tuple(labels[j] for j in kept),
        coefficient=beta,
        se=np.sqrt(np.diag(vcov)),
        vcov=vcov,
        residual=residual / np.where(root > 0, root, 1.0),
        within=lambda: within[:, 1:][:, kept],
        kept=kept,
        n=target.size,
        df=df,
        left_out=tuple(name for j, name in enumerate(labels) if j not in set(kept.tolist())),
    )


def no_column_left(kept: IntArray) -> None:
    """Raises ``PanelError`` if nothing is."""
    if kept.size == 0:
        raise of(PanelError, "fx-no-column", "fx-varies")


def sums_by(code: IntArray, values: FloatArray) -> FloatArray:
    """Sums of N x k rows by a whole number from 0 for each."""
    sums = np.empty((int(code.max()) + 1, values.shape[1]))
    for j in range(values.shape[1]):
        sums[:, j] = np.bincount(code, weights=values[:, j])
    return sums


def by_cluster(clusters: int, correction: Correction) -> float:
    """G / (G - 1), where it is asked for."""
    return clusters / (clusters - 1) if correction.clusters else 1.0


def allowance(
    n: int,
    k: int,
    sizes: Sequence[int],
    inside: Sequence[bool],
    kind: Variance,
    correction: Correction,
    cluster: IntArray | None,
) -> tuple[float, int]:
    """What a variance is multiplied by for its parameters, and degrees of freedom.

    ``n`` rows, ``k`` columns, ``sizes`` of the fixed effects and which of them lie ``inside`` clusters; ``cluster``: of
    several the one with the fewest.

    Raises
    ------
    PanelError
        No more rows than parameters, or one cluster.
    """
    counted = {"none": [], "full": list(sizes)}.get(
        correction.fixed, [size for size, nested in zip(sizes, inside, strict=True) if not nested]
    )
    # Of each further fixed effect one level is given by the others; one constant stays in any case.
    K = k + sum(size - 1 for size in counted) + (1 if sizes and correction.fixed != "none" else 0)
    if n <= k + sum(sizes) - max(0, len(sizes) - 1):
        raise of(PanelError, "fx-few-rows", "fx-more-periods", n=n)
    few = (n - 1) / (n - K) if correction.parameters else 1.0
    if kind != "cluster":
        return few, n - K
    if cluster is None:
        raise ValueError("clusters are not given")
    groups = int(cluster.max()) + 1
    if groups < 2:
        raise of(PanelError, "fx-one-cluster", "fx-several-clusters")
    return few, groups - 1 if correction.few else n - K


def _clusters(cluster: ArrayLike | Sequence[ArrayLike] | None, n: int) -> list[IntArray]:
    if cluster is None:
        return []
    if isinstance(cluster, list | tuple) and len(cluster) and np.ndim(cluster[0]) == 1:
        return [coded(c) for c in cluster]
    one = coded(cluster)  # type: ignore[arg-type]
    if one.size != n:
        raise ValueError("cluster must name one cluster a row")
    return [one]


def _nested(effect: IntArray, cluster: IntArray) -> bool:
    first = np.zeros(int(effect.max()) + 1, dtype=np.int64)
    first[effect] = cluster
    return bool(np.all(first[effect] == cluster))


def _variance(
    X: FloatArray,
    residual: FloatArray,
    gram: FloatArray,
    kind: Variance,
    effects: Sequence[IntArray],
    clusters: Sequence[IntArray],
    correction: Correction,
) -> tuple[FloatArray, int]:
    n, k = X.shape
    sizes = [int(e.max()) + 1 for e in effects]
    inside = [kind == "cluster" and any(_nested(e, c) for c in clusters) for e in effects]
    smallest = min(clusters, key=lambda c: int(c.max())) if clusters else None
    few, df = allowance(n, k, sizes, inside, kind, correction, smallest)
    if kind == "iid":
        return gram * float(residual @ residual) / (n - 1) * few, df
    score = X * residual[:, None]
    if kind == "hetero":
        return gram @ (score.T @ score) @ gram * few * (n / (n - 1) if correction.clusters else 1.0), df
    parts: list[tuple[float, IntArray]] = [(1.0, c) for c in clusters]
    if len(clusters) == 2:
        both = coded(clusters[0] * (int(clusters[1].max()) + 1) + clusters[1])
        parts.append((-1.0, both))
    assert smallest is not None
    meat = np.zeros((k, k))
    for sign, code in parts:
        sums = sums_by(code, score)
        own = sums.shape[0] if correction.groups == "own" else int(smallest.max()) + 1
        meat += sign * sums.T @ sums * by_cluster(own, correction)
    vcov = gram @ meat @ gram * few
    if np.any(np.diag(vcov) < 0):  # two-way clustering is not always positive
        values, vectors = np.linalg.eigh(vcov)
        vcov = (vectors * np.maximum(values, 0)) @ vectors.T
    return vcov, df


def two_way(
    y: ArrayLike,
    treated: ArrayLike,
    unit: ArrayLike,
    period: ArrayLike,
    *,
    covariates: ArrayLike | None = None,
    weights: ArrayLike | None = None,
    cluster: ArrayLike | Sequence[ArrayLike] | None = None,
    variance: Variance | None = None,
    correction: Correction = USUAL,
) -> Fit:
    """Two-way fixed effects: the coefficient "treated" beside units and periods; clustered by unit by default.

    With two periods and one start it is the difference of differences.
    """
    d = np.asarray(treated, dtype=np.float64).reshape(-1, 1)
    more = np.empty((d.shape[0], 0)) if covariates is None else np.asarray(covariates, float).reshape(d.shape[0], -1)
    by: ArrayLike | Sequence[ArrayLike] | None = unit if cluster is None and variance in (None, "cluster") else cluster
    return regression(
        y,
        np.hstack([d, more]),
        effects=[unit, period],
        names=["treated", *(f"x{j + 1}" for j in range(more.shape[1]))],
        weights=weights,
        variance=variance,
        cluster=by,
        correction=correction,
    )
