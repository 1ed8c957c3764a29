"""Do units decide alike on like cases? Rates that leave the case itself out, and tests of equal rates within strata.

Cases are assumed to reach units at random within strata (a day, a desk); the balance test, the same test on what was
known before the unit saw the case, says whether that is credible.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import linalg, special

from arusha.inference.segments import FloatArray, IntArray, group_sums


@dataclass(frozen=True)
class UnitRates:
    """One entry a unit, units in sorted order."""

    unit: NDArray[Any]
    n: IntArray
    rate: FloatArray
    """Plain mean of the outcome."""
    adjusted: FloatArray
    """Overall mean plus the unit's mean departure from its strata's means."""


@dataclass(frozen=True)
class EqualRates:
    """Tests that all units have one rate within strata."""

    chi2: float
    """Randomisation (extended Mantel-Haenszel mean score) statistic: exact moments given the outcomes."""
    chi2_df: int
    chi2_p: float
    chi2_drawn_p: float
    """The same by shuffling units within strata, right however few cases units have; missing without draws."""
    f: float
    """Joint F of unit dummies in a regression with stratum dummies."""
    f_df: tuple[int, int]
    f_p: float
    informing: int
    """Cases in strata with more than one unit and more than one case."""


def _coded(
    outcome: ArrayLike, unit: ArrayLike, stratum: ArrayLike | None
) -> tuple[FloatArray, NDArray[Any], IntArray, IntArray]:
    y = np.asarray(outcome, dtype=np.float64)
    if y.ndim != 1 or not np.all(np.isfinite(y)):
        raise ValueError("outcome must be a flat array without missing values")
    names, code = np.unique(np.asarray(unit), return_inverse=True)
    group = np.zeros(y.size, dtype=np.int64)
    if stratum is not None:
        _, group = np.unique(np.asarray(stratum), return_inverse=True)
    if code.shape != y.shape or group.shape != y.shape:
        raise ValueError("unit and stratum must name one unit and stratum a case")
    return y, names, code.astype(np.int64), group.astype(np.int64)


def _within(y: FloatArray, group: IntArray) -> FloatArray:
    """Departures from the stratum's mean."""
    size = np.bincount(group)
    out: FloatArray = y - (group_sums(y, group, size.size) / np.maximum(size, 1))[group]
    return out


def unit_rates(outcome: ArrayLike, unit: ArrayLike, stratum: ArrayLike | None = None) -> UnitRates:
    """Mean outcome of each unit, plain and adjusted for the strata its cases came from.

    Raises ``ValueError`` for missing outcomes.
    """
    y, names, code, group = _coded(outcome, unit, stratum)
    n = np.bincount(code, minlength=names.size)
    rate = group_sums(y, code, names.size) / n
    departure = group_sums(_within(y, group), code, names.size) / n
    return UnitRates(names, n.astype(np.int64), rate, y.mean() + departure if y.size else departure)


def leave_one_out(outcome: ArrayLike, unit: ArrayLike, stratum: ArrayLike | None = None) -> FloatArray:
    """For each case the mean outcome of its unit's other cases: the unit's leniency, free of this case.

    With strata, outcomes are first taken as departures from the mean of the stratum's other cases; a case alone in its
    stratum says nothing and does not enter. Missing where the unit has no other case. Raises ``ValueError`` for missing
    outcomes. Sources: Kling 2006; Dahl, Kostol and Mogstad 2014 (within strata).
    """
    y, names, code, group = _coded(outcome, unit, stratum)
    enters = np.ones(y.size, dtype=np.bool_)
    if stratum is not None:
        size = np.bincount(group)[group]
        enters = size > 1
        y = np.where(enters, _within(y, group) * size / np.maximum(size - 1, 1), 0.0)
    total = group_sums(y, code, names.size)
    n = group_sums(enters.astype(np.float64), code, names.size)
    others = n[code] - enters
    with np.errstate(divide="ignore", invalid="ignore"):
        out: FloatArray = np.where(others > 0, (total[code] - y) / others, np.nan)
    return out


def equal_rates(
    outcome: ArrayLike, unit: ArrayLike, stratum: ArrayLike | None = None, *, draws: int = 0, seed: int = 1
) -> EqualRates:
    """Test that units have the same mean outcome within strata; on what was known before, the balance test.

    chi2 takes the outcomes as given and the units as dealt at random within strata: U_i is the sum of a unit's
    departures from the strata's means, and chi2 = U' V^- U with the exact covariance of random dealing. Its law is
    approximate where units have few cases: ``draws`` shuffles of units within strata then give the p. F compares the
    regression with and without unit dummies, errors of one variance. Without informing strata all is missing. Raises
    ``ValueError`` for missing outcomes. Sources: Landis, Heyman and Koch 1978; the F test of nested regressions.
    """
    y, names, code, group = _coded(outcome, unit, stratum)
    size = np.bincount(group)
    table = np.zeros((size.size, names.size))
    np.add.at(table, (group, code), 1.0)
    informing_stratum = (size > 1) & ((table > 0).sum(1) > 1)
    keep = informing_stratum[group]
    informing = int(keep.sum())
    nothing = EqualRates(np.nan, 0, np.nan, np.nan, np.nan, (0, 0), np.nan, informing)
    if informing == 0:
        return nothing
    departure = np.where(keep, _within(y, group), 0.0)
    table = table[informing_stratum]
    size = size[informing_stratum].astype(np.float64)
    scores = group_sums(departure, code, names.size)
    squares = group_sums(departure**2, group, informing_stratum.size)[informing_stratum]
    spread = squares / (size - 1.0)
    within = -(table * (spread / size)[:, None]).T @ table
    within[np.diag_indices(names.size)] += table.T @ spread
    chi2, df = _quadratic(scores, within)
    drawn = np.nan
    if draws and df:
        drawn = _drawn(departure[keep], code[keep], group[keep], within, chi2, draws, seed)
    # The regression: dummies of units freed of stratum means have this cross product, and U is theirs with the outcome.
    dummies = -(table / size[:, None]).T @ table
    dummies[np.diag_indices(names.size)] += table.sum(0)
    explained, rank = _quadratic(scores, dummies)
    left = float(squares.sum()) - explained
    rest = informing - size.size - rank
    f = explained / rank / (left / rest) if rank and rest > 0 and left > 0 else np.nan
    return EqualRates(
        chi2=chi2,
        chi2_df=df,
        chi2_p=float(special.chdtrc(df, chi2)) if df else np.nan,
        chi2_drawn_p=drawn,
        f=f,
        f_df=(rank, rest),
        f_p=float(special.fdtrc(rank, rest, f)) if np.isfinite(f) else np.nan,
        informing=informing,
    )


def _drawn(
    departure: FloatArray, code: IntArray, group: IntArray, within: FloatArray, chi2: float, draws: int, seed: int
) -> float:
    """(1 + shuffles with a chi2 as large) / (1 + draws). The covariance is that of all of them."""
    if draws < 1:
        raise ValueError("draws must be at least 1")
    random, reached, units = np.random.default_rng(seed), 0, within.shape[0]
    order = np.argsort(group, kind="stable")
    departure, code, group = departure[order], code[order], group[order]
    values, vectors = linalg.eigh(within)
    kept = values > 1e-9 * float(values[-1])
    turn = vectors[:, kept] / np.sqrt(values[kept])
    for _ in range(draws):
        # Strata stay in order and their cases change places.
        dealt = code[np.lexsort((random.random(code.size), group))]
        turned = group_sums(departure, dealt, units) @ turn
        # A hair below, so that the same deal summed in another order is as large.
        reached += bool(turned @ turned >= chi2 * (1.0 - 1e-9))
    return (1.0 + reached) / (1.0 + draws)


def _quadratic(scores: FloatArray, matrix: FloatArray) -> tuple[float, int]:
    """scores' matrix^- scores and the rank; the matrix is singular, since scores add up to 0 within linked units."""
    values, vectors = linalg.eigh(matrix)
    kept = values > 1e-9 * max(float(values[-1]), 1e-300)
    if values[-1] <= 0.0:
        return float("nan"), 0
    turned = vectors[:, kept].T @ scores
    return float(np.sum(turned**2 / values[kept])), int(kept.sum())
