"""Do answers of several kinds differ over several units, within strata? The generalised Mantel-Haenszel test.

For officers by lanes within desks, or posts by findings within weeks: tables of units x kinds, one a stratum, margins
taken as given. ``leniency.equal_rates`` is the same for one number a case.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from arusha.inference.segments import FloatArray, whole_numbers

MOST_PAIRS = 2_000


@dataclass(frozen=True)
class GeneralAssociation:
    """Arrays: units x kinds."""

    chi2: float
    df: int
    p: float
    """By the chi-square law: approximate where the expected numbers, summed over strata, are small."""
    count: FloatArray
    expected: FloatArray
    """Both summed over the strata that inform."""
    z: FloatArray
    """(count - expected) over the exact standard deviation of dealing within strata; missing where nothing can vary."""
    informing: int
    """Cases in strata with more than one unit and more than one kind."""


def unequal_kinds(tables: ArrayLike) -> GeneralAssociation:
    """Test that kinds are dealt to units at random within strata.

    Parameters
    ----------
    tables
        Counts, strata x units x kinds (or one table).

    With one stratum chi2 is Pearson's times (n - 1) / n. Without informing strata all is missing. Raises ``ValueError``
    for counts that are none, and over 2,000 pairs of units and kinds. Source: Landis, Heyman and Koch 1978 (general
    association); the quadratic form's rank is its degrees of freedom.
    """
    given = whole_numbers(tables, "tables")
    counts = given[None] if given.ndim == 2 else given
    if counts.ndim != 3 or np.any(counts < 0):
        raise ValueError("tables must be counts of strata x units x kinds")
    units, kinds = counts.shape[1:]
    if units * kinds > MOST_PAIRS:
        raise ValueError(f"at most {MOST_PAIRS} pairs of units and kinds: test permuted cells instead")
    rows, columns = counts.sum(2).astype(np.float64), counts.sum(1).astype(np.float64)
    informs = ((rows > 0).sum(1) > 1) & ((columns > 0).sum(1) > 1)
    seen, rows, columns = counts[informs].astype(np.float64), rows[informs], columns[informs]
    size = rows.sum(1)
    expected = (rows[:, :, None] * columns[:, None, :] / size[:, None, None]).sum(0)
    covariance = np.zeros((units * kinds, units * kinds))
    for m, n, total in zip(rows, columns, size, strict=True):
        share_m, share_n = m / total, n / total
        of_rows = np.diag(share_m) - np.outer(share_m, share_m)
        of_columns = np.diag(share_n) - np.outer(share_n, share_n)
        covariance += total**2 / (total - 1.0) * np.kron(of_rows, of_columns)
    gap = seen.sum(0) - expected
    chi2, df = _quadratic(gap.ravel(), covariance)
    sd = np.sqrt(np.diag(covariance)).reshape(units, kinds)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(sd > 1e-9, gap / sd, np.nan)
    return GeneralAssociation(
        chi2=chi2,
        df=df,
        p=float(special.chdtrc(df, chi2)) if df else np.nan,
        count=seen.sum(0),
        expected=expected,
        z=z,
        informing=int(size.sum()),
    )


def _quadratic(gap: FloatArray, covariance: FloatArray) -> tuple[float, int]:
    """gap' covariance^- gap and the rank: margins fix the last unit and the last kind."""
    values, vectors = np.linalg.eigh(covariance)
    if not values.size or values[-1] <= 0.0:
        return float("nan"), 0
    kept = values > 1e-9 * values[-1]
    turned = vectors[:, kept].T @ gap
    return float(np.sum(turned**2 / values[kept])), int(kept.sum())
