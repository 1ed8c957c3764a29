"""Exact tails of the Poisson-binomial law: the sum of independent yes/no draws with known, unequal chances.

By convolution of the tilted law, never by Fourier transform, which loses relative accuracy below about 1e-14.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arusha.inference.segments import (
    FloatArray,
    IntArray,
    in_threads,
    joined,
    row_pointers,
    segment_sums,
    whole_numbers,
)

Method = Literal["auto", "exact", "saddlepoint"]

EXACT_UP_TO = 20_000
"""Draws a unit up to which ``auto`` convolves whatever the variance."""
LEAST_VARIANCE = 2_500.0
"""Variance (of the tilted law too) below which ``auto`` convolves whatever the number of draws. From here on the
saddlepoint tail is within 1e-6 of the exact one, relative (docs/inference.md has the measurement)."""


@dataclass(frozen=True)
class PoissonBinomialTail:
    """Tails for many units; every field has one entry a unit."""

    p: FloatArray
    point: FloatArray
    """P(N = t)."""
    expected: FloatArray
    variance: FloatArray
    exact: NDArray[np.bool_]
    """False where the saddlepoint was used."""

    @property
    def mid_p(self) -> FloatArray:
        """The tail less half the point: for display only."""
        return self.p - 0.5 * self.point


def _chances(p: ArrayLike, indptr: ArrayLike, copies: ArrayLike | None) -> tuple[FloatArray, IntArray, IntArray]:
    chance = np.ascontiguousarray(p, dtype=np.float64)
    if chance.ndim != 1 or not np.all((chance >= 0.0) & (chance <= 1.0)):
        raise ValueError("p must be a flat array of chances between 0 and 1, without missing values")
    count = np.ones(chance.size, dtype=np.int64) if copies is None else whole_numbers(copies, "copies")
    if count.shape != chance.shape or np.any(count < 0):
        raise ValueError("copies must hold one non-negative number a chance")
    return chance, count, row_pointers(indptr, chance.size)


def _saddlepoint(p: FloatArray, copies: IntArray, t: int) -> tuple[float, float, float] | None:
    """P(N >= t), P(N = t) and the tilted variance, for t above the mean and below the most possible."""
    if t >= int(copies[p > 0].sum()):
        return None
    from arusha.inference import poisson_binomial_kernel

    weight = copies.astype(np.float64)
    tilt = poisson_binomial_kernel.bernoulli_tilt(p, copies, t, 1e-10)
    q = p * np.exp(tilt) / (1.0 + p * np.expm1(tilt))
    v = q * (1.0 - q)
    mean, variance = float(weight @ q), float(weight @ v)
    if variance <= 0.0:
        return None
    sd = np.sqrt(variance)
    skew = float(weight @ (v * (1.0 - 2.0 * q))) / sd**3
    excess = float(weight @ (v * (1.0 - 6.0 * v))) / variance**2
    k = np.arange(t, min(int(t + 12.0 * sd) + 2, int(copies.sum()) + 1), dtype=np.float64)
    z = (k - mean) / sd
    # Edgeworth terms about the tilted mean, where they are at their best: the classical saddlepoint density with its
    # second-order terms, summed over the lattice instead of integrated.
    series = (
        1.0
        + skew / 6.0 * (z**3 - 3.0 * z)
        + excess / 24.0 * (z**4 - 6.0 * z**2 + 3.0)
        + skew**2 / 72.0 * (z**6 - 15.0 * z**4 + 45.0 * z**2 - 15.0)
    )
    law = np.exp(-0.5 * z * z) / (sd * np.sqrt(2.0 * np.pi)) * series
    scale = float(np.exp(weight @ np.log1p(p * np.expm1(tilt)) - tilt * t))
    return scale * float(np.sum(law * np.exp(-tilt * (k - t)))), scale * float(law[0]), variance


def _one_saddlepoint(p: FloatArray, copies: IntArray, t: int) -> tuple[float, float, float] | None:
    mean = float(copies @ p)
    if t > mean:
        return _saddlepoint(p, copies, t)
    # At or below the mean the tail is at least about a half: there taking it from 1 loses nothing.
    drawn = int(copies.sum())
    beyond = _saddlepoint(1.0 - p, copies, drawn - t + 1)
    at = _saddlepoint(1.0 - p, copies, drawn - t) if drawn - t > drawn - mean else _saddlepoint(p, copies, t)
    if beyond is None or at is None:
        return None
    return 1.0 - beyond[0], at[1], beyond[2]


def upper_tail(
    t: ArrayLike,
    p: ArrayLike,
    indptr: ArrayLike,
    *,
    copies: ArrayLike | None = None,
    method: Method = "auto",
    threads: int = 1,
) -> PoissonBinomialTail:
    """P(N >= t) for many units, N the sum of a unit's independent draws.

    Parameters
    ----------
    t
        Observed number, one a unit.
    p
        Chances of all units' draws, one after the other.
    indptr
        Units + 1 row pointers into ``p``.
    copies
        How many identical draws an entry stands for (default 1).
    method
        ``exact`` convolves (relative accuracy 1e-11 at any size of p down to 1e-300); ``saddlepoint`` approximates;
        ``auto`` convolves up to 20,000 draws a unit or a variance below 2,500, else takes the saddlepoint.

    Raises ``ValueError`` for chances outside 0 to 1. Source: tilting and convolution (``lattice_kernel``); saddlepoint:
    Daniels (1954, 1987), with second-order terms.
    """
    from arusha.inference import poisson_binomial_kernel

    chance, count, pointers = _chances(p, indptr, copies)
    observed = whole_numbers(t, "t")
    units = pointers.size - 1
    if observed.shape != (units,):
        raise ValueError(f"t must hold one observed count a unit ({units})")
    weight = count.astype(np.float64)
    expected = segment_sums(weight * chance, pointers)
    variance = segment_sums(weight * chance * (1.0 - chance), pointers)
    draws = segment_sums(weight, pointers)
    tails, points = np.empty(units), np.empty(units)
    exact = np.ones(units, dtype=np.bool_)
    if method != "exact":
        large = np.ones(units, dtype=np.bool_) if method == "saddlepoint" else draws > EXACT_UP_TO
        floor = 0.0 if method == "saddlepoint" else LEAST_VARIANCE
        for unit in np.flatnonzero(large & (variance > floor)):
            part = slice(pointers[unit], pointers[unit + 1])
            found = _one_saddlepoint(chance[part], count[part], int(observed[unit]))
            if found is not None and found[2] > floor:
                tails[unit], points[unit] = found[0], found[1]
                exact[unit] = False
    rest = np.flatnonzero(exact).astype(np.int64)
    in_threads(
        lambda a, b: poisson_binomial_kernel.sums_of_bernoullis(
            chance, count, pointers, observed, rest[a:b], tails, points
        ),
        rest.size,
        threads,
    )
    return PoissonBinomialTail(tails, points, expected, variance, exact)


def quick_upper_tails(
    t: ArrayLike, p: ArrayLike, indptr: ArrayLike, *, copies: ArrayLike | None = None, threads: int = 1
) -> FloatArray:
    """P(N >= t) for many units, for a fraction of the time: exact where it is under 0.02, else within a thousandth.

    Arguments and errors as of ``upper_tail``. Source: Edgeworth's series (``edgeworth_kernel``) where its last terms
    are small, else exact.
    """
    from arusha.inference import poisson_binomial_kernel

    chance, count, pointers = _chances(p, indptr, copies)
    observed = whole_numbers(t, "t")
    if observed.shape != (pointers.size - 1,):
        raise ValueError(f"t must hold one observed count a unit ({pointers.size - 1})")
    tails = np.empty(observed.size)
    in_threads(
        lambda a, b: poisson_binomial_kernel.quick_tails(chance, count, pointers, observed, a, b, tails),
        observed.size,
        threads,
    )
    return tails


def lower_tail(
    t: ArrayLike,
    p: ArrayLike,
    indptr: ArrayLike,
    *,
    copies: ArrayLike | None = None,
    method: Method = "auto",
    threads: int = 1,
) -> PoissonBinomialTail:
    """P(N <= t): the upper tail of the draws that said no. See ``upper_tail``."""
    chance, count, pointers = _chances(p, indptr, copies)
    drawn = segment_sums(count.astype(np.float64), pointers).astype(np.int64)
    observed = whole_numbers(t, "t")
    if observed.shape != drawn.shape:
        raise ValueError(f"t must hold one observed count a unit ({drawn.size})")
    other = upper_tail(drawn - observed, 1.0 - chance, pointers, copies=count, method=method, threads=threads)
    return PoissonBinomialTail(other.p, other.point, drawn - other.expected, other.variance, other.exact)


def attainable_upper_tails(
    p: ArrayLike, indptr: ArrayLike, *, copies: ArrayLike | None = None, ceiling: float = 1.0
) -> tuple[FloatArray, IntArray]:
    """All values up to ``ceiling`` that each unit's P(N >= t) can take, rising, and their row pointers.

    What ``discrete.discrete_bh`` asks for. Values below 1e-22 are left out. Raises ``ValueError`` as ``upper_tail``.
    """
    from arusha.inference import poisson_binomial_kernel

    if not 0.0 < ceiling <= 1.0:
        raise ValueError("ceiling must lie between 0 and 1")
    chance, count, pointers = _chances(p, indptr, copies)
    return joined(
        poisson_binomial_kernel.attainable_tails(chance[a:b], count[a:b], ceiling) for a, b in pairwise(pointers)
    )


def probabilities(p: ArrayLike) -> FloatArray:
    """P(N = k) for k = 0 .. len(p), by plain convolution: for charts and small cases (cost grows with the square)."""
    chance, _, _ = _chances(p, [0, np.size(p)], None)
    law: FloatArray = np.zeros(chance.size + 1)
    law[0] = 1.0
    for i, one in enumerate(chance):
        law[1 : i + 2] = law[1 : i + 2] * (1.0 - one) + law[: i + 1] * one
        law[0] *= 1.0 - one
    return law
