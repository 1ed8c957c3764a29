"""An officer's goods of a declarant against the declarant's own goods with other officers, from sums over lots.

Under the null the officers' lots of one importer are exchangeable. The law of an officer's sum is then that of a draw
of so many lots without replacement from all lots of the importer: its first three moments are exact in the lots' sums
of powers, and Pearson's type III law through them gives the tail. Measured size at 1e-2 to 3e-4, for normal, t3, skewed
and outlying lots: 0.2 to 1.3 times nominal (docs/indicators/value-shortfall.md), where a normal law reaches 2.7 and
Student's t of the officer's own lots 3.7. Source: Pearson 1937; Edgington and Onghena 2007 for the approximation.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from scipy import stats

from arusha.indicators.coded_columns import FloatArray, IntArray, numbers
from arusha.indicators.value_records import SCALE

MOST_SKEWED = 3.0
"""Beyond this the type III law is all but exponential; it is read there."""


@dataclass(frozen=True)
class Contrasts:
    """One entry a pair of officer and declarant in one office. Gaps are natural logs."""

    office: tuple[str, ...]
    declarant: tuple[str, ...]
    officer: tuple[str, ...]
    n: IntArray
    """Items that other officers' goods of the same importer, product and quarter stand beside."""
    lots: IntArray
    other_lots: IntArray
    gap: FloatArray
    """Mean gap of the pair's goods to like goods of other declarants."""
    contrast: FloatArray
    """Mean difference to the declarant's own goods with other officers."""
    declared: FloatArray
    """The same of the values as declared: the rest is what colleagues raised and this officer did not."""
    se: FloatArray
    """Of the contrast, under the null."""
    p: FloatArray
    """Chance of so low a contrast."""

    def __len__(self) -> int:
        return int(self.n.size)


def three_moment_tail(z: FloatArray, skewness: FloatArray) -> FloatArray:
    """P(Z <= z) for Pearson's type III law of mean 0, variance 1 and that skewness."""
    skew = np.clip(skewness, -MOST_SKEWED, MOST_SKEWED)
    tail: FloatArray = stats.pearson3.cdf(z, skew)
    return np.clip(tail, 0.0, 1.0)


def draw_moments(
    drawn: FloatArray, of: FloatArray, total: FloatArray, square: FloatArray, cube: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Variance and third central moment of the sum of ``drawn`` values taken without replacement from ``of``.

    ``total``, ``square`` and ``cube`` are the sums of powers of all values. Entry by entry; 0 where nothing can vary.
    """
    g, h = drawn, of
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / h
        second = square - total * mean
        third = cube - 3.0 * mean * square + 2.0 * h * mean**3
        variance = np.where(h > 1, g * (h - g) / (h * (h - 1.0)) * second, 0.0)
        cubed = np.where(h > 2, g * (h - g) * (h - 2.0 * g) / (h * (h - 1.0) * (h - 2.0)) * third, 0.0)
    return np.maximum(variance, 0.0), cubed


def contrasts(pairs: pa.Table) -> Contrasts:
    """Contrasts of all pairs from the moments of their lots (``value_lots.pairs_query``)."""
    office, declarant, officer = (pairs[name].to_pylist() for name in ("office", "declarant", "officer"))
    return told_apart(office, declarant, officer, {name: numbers(pairs, name) for name in MOMENTS})


MOMENTS = ("n", "lots", "other_lots", "gap", "apart", "declared_apart", "information", "variance", "cubed")


def told_apart(
    office: Sequence[str], declarant: Sequence[str], officer: Sequence[str], moments: Mapping[str, IntArray]
) -> Contrasts:
    """Contrasts of named pairs from ``MOMENTS``."""

    def total(name: str, scale: float) -> FloatArray:
        return moments[name] / scale

    information, n = total("information", SCALE), moments["n"]
    spread = SCALE / 10.0
    v, third = total("variance", spread**2), total("cubed", spread**3)
    apart = total("apart", SCALE)
    informs = (information > 0) & (v > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        z, skewness = apart / np.sqrt(v), third / v**1.5
        return Contrasts(
            tuple(office),
            tuple(declarant),
            tuple(officer),
            n,
            moments["lots"],
            moments["other_lots"],
            total("gap", SCALE) / n,
            np.where(informs, apart / information, np.nan),
            np.where(informs, total("declared_apart", SCALE) / information, np.nan),
            np.where(informs, np.sqrt(v) / information, np.nan),
            np.where(informs, three_moment_tail(np.where(informs, z, 0.0), np.where(informs, skewness, 0.0)), np.nan),
        )


def _take(found: Contrasts, rows: Sequence[int]) -> Contrasts:
    def some(values: Any) -> Any:
        if isinstance(values, tuple):
            return tuple(values[i] for i in rows)
        return values[list(rows)]

    return Contrasts(**{name: some(values) for name, values in found.__dict__.items()})


def joined(parts: Sequence[Contrasts]) -> Contrasts:
    """Several as one."""

    def all_of(name: str) -> Any:
        values = [getattr(part, name) for part in parts]
        if isinstance(values[0], tuple):
            return tuple(v for part in values for v in part)
        return np.concatenate(values)

    return Contrasts(**{name: all_of(name) for name in parts[0].__dict__})


def replaced(found: Contrasts, again: Mapping[tuple[str, str], Contrasts]) -> Contrasts:
    """``found`` with the pairs of some declarants, by office and declarant, as tested again."""
    keys = zip(found.office, found.declarant, strict=True)
    rest = [i for i, key in enumerate(keys) if key not in again]
    return joined([_take(found, rest), *again.values()])
