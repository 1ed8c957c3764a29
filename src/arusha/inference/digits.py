"""Leading digits: do the first digits of many values occur as often as Newcomb and Benford's law says?

A screen of values that one party writes down (a trader's invoice values), where the law can hold at all: values that
spread over some powers of ten and are not set by tariffs, price lists, thresholds or one contract. Departure is a
question to ask and never an answer. Digits are exact: no logarithm decides which one a value near a boundary has.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from arusha.inference.segments import FloatArray, IntArray, whole_numbers

Sign = Literal["positive", "negative", "both"]
NEAR = 1e-9
"""How near to a boundary, in units of the last digit asked for, the decimal text decides instead of arithmetic: far
above the rounding of a power of ten and a division (about 1e-13 of three digits)."""

DRAWN_AT_ONCE = 1_000_000


@dataclass(frozen=True)
class DigitConformity:
    """Counts of leading digits beside a law. Arrays: one entry a leading number (1 to 9, or 10 to 99, ...)."""

    leading: IntArray
    count: IntArray
    share: FloatArray
    expected: FloatArray
    """Shares that the law says."""
    z: FloatArray
    """Distance of each share in standard errors, less half a count and never negative."""
    n: int
    chi2: float
    df: int
    chi2_p: float
    """By the chi-square law: rough where the smallest expected number is under about five."""
    mean_absolute_gap: float
    """Mean over the leading numbers of |share - expected|. For few values large by chance alone."""
    largest_cumulative_gap: float
    """Kolmogorov and Smirnov's distance."""
    euclidean: float
    drawn_chi2_p: float
    """By draws from the law itself, right for any n; missing where no draws were asked for."""
    drawn_gap_p: float
    """The same for the largest cumulative gap, whose tables do not fit digits."""


def benford(digits: int = 1) -> FloatArray:
    """Shares of the first ``digits`` digits together, from 1 (10, 100) up: log10(1 + 1 / d). Source: Benford 1938."""
    _, shares = _law(digits)
    return shares


def _law(digits: int) -> tuple[IntArray, FloatArray]:
    if digits not in (1, 2, 3):
        raise ValueError("one, two or three leading digits")
    leading = np.arange(10 ** (digits - 1), 10**digits, dtype=np.int64)
    return leading, np.log1p(1.0 / leading) / np.log(10.0)


def leading_digits(values: ArrayLike, digits: int = 1, *, sign: Sign = "positive") -> IntArray:
    """The first ``digits`` digits of each value as one number, 0 where it has none; 5.2 has the leading number 52.

    Values without digits: 0, missing ones, and those of the sign not asked for. Digits are those of the shortest
    decimal number that reads back as the value, so 36.08 stored as 36.0799... begins with 36. Raises ``ValueError`` for
    infinite values.
    """
    if sign not in ("positive", "negative", "both"):
        raise ValueError("sign must be positive, negative or both")
    _law(digits)
    given = np.asarray(values, dtype=np.float64)
    if np.any(np.isinf(given)):
        raise ValueError("values must be finite")
    size = {"positive": given, "negative": -given, "both": np.abs(given)}[sign]
    use = size > 0.0
    x = size[use]
    power = np.floor(np.log10(x))
    # In two steps, so that the smallest numbers do not overflow the power of ten.
    scaled = x / 10.0 ** np.trunc(power / 2.0) / 10.0 ** (power - np.trunc(power / 2.0)) * 10.0 ** (digits - 1)
    found = np.floor(scaled).astype(np.int64)
    unsure = (np.abs(scaled - np.round(scaled)) < NEAR) | (found < 10 ** (digits - 1)) | (found >= 10**digits)
    # Numbers this small hold fewer figures than a text of them tells.
    for i in np.flatnonzero(unsure | (x < 1e-290)):
        figures = Decimal(repr(float(x[i]))).as_tuple().digits[:digits]
        found[i] = int("".join(map(str, figures)).ljust(digits, "0"))
    out = np.zeros(given.shape, dtype=np.int64)
    out[use] = found
    return out


def digit_counts(values: ArrayLike, digits: int = 1, *, sign: Sign = "positive") -> IntArray:
    """How often each leading number occurs, from 1 (10, 100) up. See ``leading_digits``."""
    found = leading_digits(values, digits, sign=sign)
    first = 10 ** (digits - 1)
    counts: IntArray = np.bincount(found[found > 0].ravel() - first, minlength=9 * first).astype(np.int64)
    return counts


def digit_conformity(
    counts: ArrayLike, *, expected: ArrayLike | None = None, draws: int = 0, seed: int = 1
) -> DigitConformity:
    """Hold counts of leading numbers (9, 90 or 900 of them) against Benford's law, or against ``expected`` shares.

    Parameters
    ----------
    expected
        Other shares, adding up to 1: what honest values of like goods show, where Benford's law does not hold.
    draws
        Sets of values drawn from the law for p-values that are right however few values there are; 0 for none.

    The p-values take values as independent: the same invoice value repeated, or a contract price, counts as one draw
    too many each time. Raises ``ValueError`` for counts that do not fit or are none. Sources: Nigrini 2012 (z with its
    correction, mean absolute deviation); Cerioli and others 2019 (where the law holds among traders).
    """
    seen = whole_numbers(counts, "counts")
    if seen.ndim != 1 or seen.size not in (9, 90, 900) or np.any(seen < 0) or seen.sum() == 0:
        raise ValueError("counts must be 9, 90 or 900 numbers of values, not all 0")
    leading, law = _law(len(str(seen.size)))
    if expected is not None:
        law = np.asarray(expected, dtype=np.float64)
        if law.shape != seen.shape or not np.all(law > 0.0) or abs(float(law.sum()) - 1.0) > 1e-9:
            raise ValueError("expected shares must be positive, one a leading number, and add up to 1")
    n = int(seen.sum())
    share = seen / n
    gap = np.abs(share - law)
    z = np.maximum(gap - 0.5 / n, 0.0) / np.sqrt(law * (1.0 - law) / n)
    chi2, largest = (float(v[0]) for v in _distances(seen[None, :], law))
    drawn = np.full(2, np.nan)
    if draws:
        drawn = _drawn(n, law, np.array([chi2, largest]), draws, seed)
    return DigitConformity(
        leading=leading,
        count=seen,
        share=share,
        expected=law,
        z=z,
        n=n,
        chi2=chi2,
        df=seen.size - 1,
        chi2_p=float(special.chdtrc(seen.size - 1, chi2)),
        mean_absolute_gap=float(gap.mean()),
        largest_cumulative_gap=largest,
        euclidean=float(np.sqrt(np.sum(gap**2))),
        drawn_chi2_p=float(drawn[0]),
        drawn_gap_p=float(drawn[1]),
    )


def _distances(counts: IntArray, law: FloatArray) -> tuple[FloatArray, FloatArray]:
    """chi-square and the largest cumulative gap of each row of counts."""
    n = counts.sum(1, keepdims=True)
    chi2: FloatArray = np.sum((counts - n * law) ** 2 / (n * law), axis=1)
    largest: FloatArray = np.max(np.abs(np.cumsum(counts / n - law, axis=1)), axis=1)
    return chi2, largest


def _drawn(n: int, law: FloatArray, seen: FloatArray, draws: int, seed: int) -> FloatArray:
    """(1 + draws at least as far out) / (1 + draws), for both distances."""
    if draws < 1:
        raise ValueError("draws must be at least 1")
    random, reached = np.random.default_rng(seed), np.ones(2)
    at_once = max(1, DRAWN_AT_ONCE // law.size)
    for first in range(0, draws, at_once):
        counts = random.multinomial(n, law / law.sum(), size=min(at_once, draws - first))
        # A hair below, so that the same counts summed in another order are as far out.
        reached += [np.sum(d >= s * (1.0 - 1e-12)) for d, s in zip(_distances(counts, law), seen, strict=True)]
    return reached / (1.0 + draws)
