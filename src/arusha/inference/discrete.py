"""False discovery rate for discrete tests, which cannot attain every p-value: more power at the same guarantee.

Supports come as one flat array of rising attainable p-values and row pointers, one row a hypothesis. A support may stop
early (at the largest p-value that could matter), as long as it holds every attainable value up to there.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from arusha.inference.multiplicity import p_values
from arusha.inference.segments import FloatArray, IntArray, row_pointers

SAME = 1e-9
"""Relative difference up to which two p-values are one attainable value."""


def _tested(p: ArrayLike, supports: ArrayLike, indptr: ArrayLike) -> tuple[FloatArray, FloatArray, FloatArray]:
    """All p, attainable p-values of the tested hypotheses, and the increments of their distribution functions.

    Under the null a hypothesis' p-value falls at or below an attainable value v with chance v, so that its distribution
    function steps up at v by v less the attainable value before it.
    """
    values = p_values(p)
    attainable = np.asarray(supports, dtype=np.float64)
    pointers = row_pointers(indptr, attainable.size)
    if pointers.size != values.size + 1:
        raise ValueError("indptr must have one entry more than p")
    row = np.repeat(np.arange(values.size), np.diff(pointers))
    steps = np.diff(attainable, prepend=0.0)
    begins = pointers[:-1][np.diff(pointers) > 0]
    steps[begins] = attainable[begins]
    if np.any(steps < 0.0) or np.any((attainable < 0.0) | (attainable > 1.0)):
        raise ValueError("attainable p-values must lie between 0 and 1 and rise within each hypothesis")
    keep = ~np.isnan(values)[row]
    return values, attainable[keep], steps[keep]


def _sum_at(points: FloatArray, attainable: FloatArray, steps: FloatArray) -> FloatArray:
    """The sum of all distribution functions at ``points``."""
    order = np.argsort(attainable, kind="stable")
    running = np.concatenate([[0.0], np.cumsum(steps[order])])
    # A p-value and its own attainable value differ in the last digits, being summed in another order.
    found: FloatArray = running[np.searchsorted(attainable[order], points * (1.0 + SAME), side="right")]
    return found


def discrete_bh(p: ArrayLike, supports: ArrayLike, indptr: ArrayLike) -> FloatArray:
    """Adjusted p-values of the discrete Benjamini-Hochberg procedure.

    With p sorted, q at rank j is the least over i >= j of sum_k F_k(p_(i)) / i, where F_k is hypothesis k's own null
    distribution of p. Never above plain Benjamini-Hochberg. Raises ``ValueError`` for supports that do not rise.
    Sources: Gilbert 2005, Heyse 2011. For a procedure with a proof of its rate use ``discrete_bh_rejections``.
    """
    values, attainable, steps = _tested(p, supports, indptr)
    out = np.full(values.size, np.nan)
    tested = np.flatnonzero(~np.isnan(values))
    if tested.size:
        order = tested[np.argsort(values[tested], kind="stable")]
        # At least the hypothesis' own p, also where its support was cut off below.
        sums = np.maximum(_sum_at(values[order], attainable, steps), values[order])
        scaled = sums / np.arange(1, order.size + 1)
        out[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1.0)
    return out


def discrete_bh_rejections(
    p: ArrayLike, supports: ArrayLike, indptr: ArrayLike, rate: float, *, step: Literal["up", "down"] = "up"
) -> NDArray[np.bool_]:
    """Which hypotheses the discrete step-up or step-down procedure rejects at ``rate``.

    Both hold the false discovery rate for independent tests. Source: Doehler, Durand and Roquain 2018 ([DBH-SU],
    [DBH-SD]). Raises ``ValueError`` for supports that do not rise.
    """
    values, attainable, steps = _tested(p, supports, indptr)
    rejected = np.zeros(values.size, dtype=np.bool_)
    tested = np.flatnonzero(~np.isnan(values))
    m = tested.size
    if m == 0 or attainable.size == 0:
        return rejected
    points, summed = _summed_odds(attainable, steps, m)
    below = attainable - steps
    order = tested[np.argsort(values[tested], kind="stable")]
    ranks = np.arange(1, m + 1)
    if step == "down":
        thresholds = largest_point(points, summed, rate * ranks / m)
        kept = np.cumprod(values[order] <= thresholds * (1.0 + SAME)).astype(np.bool_)
        rejected[order[kept]] = True
        return rejected
    top = largest_point(points, summed, np.array([rate]))[0]
    if top <= 0.0:
        return rejected
    # Each hypothesis' steps are divided by 1 - F(top), F(top) its largest attainable value up to top.
    row = np.cumsum(below <= 0.0) - 1
    at_top = np.zeros(int(row[-1]) + 1)
    np.maximum.at(at_top, row, np.where(attainable <= top, attainable, 0.0))
    weighed = _sum_at(points, attainable, steps / np.maximum(1.0 - at_top[row], 1e-300)) / m
    usable = points <= top
    thresholds = largest_point(points[usable], weighed[usable], rate * ranks / m)
    passing = np.flatnonzero(values[order] <= thresholds * (1.0 + SAME))
    if passing.size:
        rejected[order[: passing[-1] + 1]] = True
    return rejected


def summed_odds(p: ArrayLike, supports: ArrayLike, indptr: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Attainable values of the tested hypotheses, rising, and the mean there of F / (1 - F) over the hypotheses."""
    values, attainable, steps = _tested(p, supports, indptr)
    return _summed_odds(attainable, steps, int((~np.isnan(values)).sum()))


def _summed_odds(attainable: FloatArray, steps: FloatArray, m: int) -> tuple[FloatArray, FloatArray]:
    points = np.unique(attainable)
    # F / (1 - F) steps up from one attainable value to the next of the same hypothesis.
    with np.errstate(divide="ignore", invalid="ignore"):
        below = attainable - steps
        odds_steps = attainable / (1.0 - attainable) - below / (1.0 - below)
    return points, _sum_at(points, attainable, np.where(np.isfinite(odds_steps), odds_steps, np.inf)) / m


def largest_point(points: FloatArray, heights: FloatArray, bounds: FloatArray) -> FloatArray:
    """The largest point whose height is within each bound; -1 where none is. Heights rise."""
    last: IntArray = np.searchsorted(heights, bounds, side="right") - 1
    return np.where(last >= 0, points[np.maximum(last, 0)], -1.0)
