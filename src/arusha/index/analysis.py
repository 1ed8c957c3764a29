"""Looking at indicators before they are put together, and at what weights really do.

Statistics and flags of each indicator, correlations, principal components, effective weights, and weights that make
each part count as much as it was meant to (OECD/JRC handbook 2008, steps 4, 6 and 8). Weights that come from the data
alone are here to compare with declared ones, not to replace them: they change with every wave.

Sources: Becker, Saisana, Paruolo and Vandecasteele 2017 (Ecological Indicators 80:12) for balanced weights.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, stats

from arusha.errors import ArushaError
from arusha.index.aggregate import METHODS
from arusha.index.structure import Structure
from arusha.index.treat import FEWEST, KURTOSIS, SKEWNESS, kurtosis, skewness

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
Correlation = Literal["pearson", "spearman", "kendall"]


@dataclass(frozen=True)
class Statistics:
    """One entry an indicator."""

    least: FloatArray
    most: FloatArray
    mean: FloatArray
    median: FloatArray
    sd: FloatArray
    skewness: FloatArray
    kurtosis: FloatArray
    known: IntArray
    """Units with a value; with one other than 0; how many differ; how many share the commonest."""
    not_zero: IntArray
    different: IntArray
    alike: IntArray
    few_known: BoolArray
    """Flags: fewer known, other than 0, or different values than asked; skew and heavy-tailed."""
    many_zeros: BoolArray
    few_different: BoolArray
    outliers: BoolArray


def statistics(
    values: ArrayLike,
    *,
    known: float = 0.65,
    not_zero: float = 0.5,
    different: float = 0.5,
    skew: float = SKEWNESS,
    kurt: float = KURTOSIS,
) -> Statistics:
    """Of units x indicators; ``known``, ``not_zero`` and ``different`` are the shares of units below which a flag is
    raised."""
    x = _matrix(values)
    n = len(x)
    rows = []
    for column in x.T:
        v = column[~np.isnan(column)]
        if v.size == 0:
            raise ArushaError("an indicator has no value", where="statistics", remedy="leave it out")
        shaped = v.size >= FEWEST and np.ptp(v) > 0
        rows.append(
            [
                v.min(),
                v.max(),
                v.mean(),
                float(np.median(v)),
                v.std(ddof=1) if v.size > 1 else np.nan,
                skewness(v) if shaped else np.nan,
                kurtosis(v) if shaped else np.nan,
                v.size,
                np.count_nonzero(v),
                np.unique(v).size,
                np.unique(v, return_counts=True)[1].max(),
            ]
        )
    of = np.array(rows, dtype=np.float64).T
    counts = of[7:].astype(np.int64)
    names = ("least", "most", "mean", "median", "sd", "skewness", "kurtosis")
    shaped_ = dict(zip(names, of[:7], strict=True))
    return Statistics(
        **shaped_,
        known=counts[0],
        not_zero=counts[1],
        different=counts[2],
        alike=counts[3],
        few_known=counts[0] / n < known,
        many_zeros=counts[1] / n < not_zero,
        few_different=counts[2] / n < different,
        outliers=(np.abs(of[5]) > skew) & (of[6] > kurt),
    )


def _matrix(values: ArrayLike) -> FloatArray:
    x = np.asarray(values, dtype=np.float64)
    if x.ndim != 2:
        raise ValueError("units x indicators")
    return x


def correlations(
    values: ArrayLike, others: ArrayLike | None = None, method: Correlation = "pearson"
) -> tuple[FloatArray, FloatArray]:
    """Correlations of the columns of ``values`` with those of ``others`` (with each other where none are given), and
    their p-values; each of the units that have both."""
    x = _matrix(values)
    y = x if others is None else _matrix(others)
    how = {"pearson": stats.pearsonr, "spearman": stats.spearmanr, "kendall": stats.kendalltau}
    if method not in how:
        raise ArushaError(f"there is no correlation {method!r}", remedy=f"choose one of {', '.join(how)}")
    found, p = np.full((x.shape[1], y.shape[1]), np.nan), np.full((x.shape[1], y.shape[1]), np.nan)
    for i, a in enumerate(x.T):
        for j, b in enumerate(y.T):
            both = ~(np.isnan(a) | np.isnan(b))
            if both.sum() > 2 and np.ptp(a[both]) > 0 and np.ptp(b[both]) > 0:
                made = how[method](a[both], b[both])
                found[i, j], p[i, j] = float(made.statistic), float(made.pvalue)
    return found, p


@dataclass(frozen=True)
class Components:
    """Principal components of standardised indicators, in falling order."""

    share: FloatArray
    """Of the variance, one a component; sums to 1."""
    loadings: FloatArray
    """Indicators x components, each of length 1; signs such that each component's loadings sum to 0 or more."""
    units: int
    """Units without a missing value, of which it was made."""


def components(values: ArrayLike) -> Components:
    """How much one number can say of several indicators. The first column of ``loadings`` are what is called weights by
    principal components; they may be negative, and favour indicators that say the same."""
    x = _matrix(values)
    x = x[~np.isnan(x).any(axis=1)]
    sd = x.std(axis=0, ddof=1) if len(x) > 2 else np.zeros(x.shape[1])
    if np.any(sd == 0):
        raise ArushaError(
            "fewer than three units have every indicator, or an indicator is the same for all of them",
            where="components",
            remedy="fill in missing values first, or leave the indicator out",
        )
    _, size, right = np.linalg.svd((x - x.mean(axis=0)) / sd, full_matrices=False)
    sign = np.where(right.sum(axis=1) < 0, -1.0, 1.0)
    return Components(size**2 / float(size @ size), np.asarray((right * sign[:, None]).T), len(x))


def effective_weights(structure: Structure) -> dict[str, float]:
    """Code -> the part of the index that a node makes up where all means are arithmetic: its weight among its
    neighbours, times that of every group above."""
    found = {structure.index: 1.0}
    for level in range(len(structure.levels), 1, -1):
        for code, at, weights in structure.groups(level):
            for k, w in zip(at, weights / weights.sum(), strict=True):
                found[structure.levels[level - 2][k].code] = found[code] * float(w)
    return found


@dataclass(frozen=True)
class BalancedWeights:
    """Weights (summing to 1) with which the parts correlate with the whole as was wanted."""

    weights: FloatArray
    wanted: FloatArray
    """Importances, summing to 1."""
    reached: FloatArray
    """Correlations with the whole over their sum."""
    converged: bool


def balanced_weights(
    values: ArrayLike,
    wanted: ArrayLike | None = None,
    *,
    aggregation: str = "arithmetic",
    method: Correlation = "pearson",
) -> BalancedWeights:
    """Weights of the columns of ``values`` whose correlations with the index are in the proportion ``wanted`` (equal if
    not given).

    What a weight does depends on how columns vary and go together; equal weights are seldom equal importance. There
    need be no weights that reach what was wanted: look at ``reached``.
    """
    x = _matrix(values)
    aim = np.ones(x.shape[1]) if wanted is None else np.asarray(wanted, dtype=np.float64)
    if aim.shape != (x.shape[1],) or np.any(aim < 0) or not np.any(aim > 0):
        raise ArushaError(
            "importances are one number a column, none negative", where="balanced weights", remedy="give them"
        )
    aim = aim / aim.sum()

    def shares(free: FloatArray) -> tuple[FloatArray, FloatArray]:
        w = np.exp(free - free.max())
        w = w / w.sum()
        whole = METHODS[aggregation](x, w)
        r = correlations(x, whole[:, None], method)[0][:, 0]
        return w, r / r.sum()

    def off(free: FloatArray) -> float:
        return float(np.sum((shares(free)[1] - aim) ** 2))

    start = np.log(np.maximum(aim, 1e-3))
    options = {"xatol": 1e-10, "fatol": 1e-16, "maxiter": 2000 * aim.size}
    best = optimize.minimize(off, start, method="Nelder-Mead", options=options)
    best = optimize.minimize(off, best.x, method="Nelder-Mead", options=options)
    weights, reached = shares(np.asarray(best.x))
    return BalancedWeights(weights, aim, reached, bool(best.success))
