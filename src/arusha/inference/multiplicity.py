"""Many tests at once: family-wise and false-discovery adjustments, q-values and selection in two levels.

A missing p-value (NaN) is a hypothesis that was not tested: it stays missing and does not count.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import stats

from arusha.inference.segments import FloatArray, IntArray
from arusha.inference.smoothing_spline import spline_at_end, stopped_spline_at_end

Adjustment = Literal["bonferroni", "holm", "hochberg", "hommel", "bh", "by"]

LARGEST_HOMMEL = 50_000
DEFAULT_LAMBDAS = tuple(round(0.05 * i, 2) for i in range(1, 20))


def p_values(p: ArrayLike) -> FloatArray:
    """``p`` as a flat float array. Raises ``ValueError`` for values outside 0 to 1 (missing ones are allowed)."""
    values = np.asarray(p, dtype=np.float64)
    if values.ndim != 1:
        raise ValueError("p must be a flat array")
    if np.any((values < 0.0) | (values > 1.0)):
        raise ValueError("p-values must lie between 0 and 1 (missing ones as NaN)")
    return values


def _hommel(p: FloatArray) -> FloatArray:
    m = p.size
    if m > LARGEST_HOMMEL:
        raise ValueError(f"Hommel's adjustment is quadratic: at most {LARGEST_HOMMEL} tests (use hochberg or holm)")
    order = np.argsort(p, kind="stable")
    ordered = p[order]
    rank = np.arange(1, m + 1)
    q = np.full(m, np.min(m * ordered / rank))
    adjusted = q.copy()
    for size in range(m - 1, 1, -1):
        low = slice(0, m - size + 1)
        high = slice(m - size + 1, m)
        least = np.min(size * ordered[high] / np.arange(2, size + 1))
        q[low] = np.minimum(size * ordered[low], least)
        q[high] = q[m - size]
        adjusted = np.maximum(adjusted, q)
    out = np.empty(m)
    out[order] = np.maximum(adjusted, ordered)
    return out


def _step(p: FloatArray, *, down: bool) -> FloatArray:
    """Holm (step-down) or Hochberg (step-up)."""
    m = p.size
    order = np.argsort(p, kind="stable")
    scaled = (m - np.arange(m)) * p[order]
    running = np.maximum.accumulate(scaled) if down else np.minimum.accumulate(scaled[::-1])[::-1]
    out = np.empty(m)
    out[order] = np.minimum(running, 1.0)
    return out


def adjust(p: ArrayLike, method: Adjustment = "bh") -> FloatArray:
    """Adjusted p-values: a hypothesis is rejected at rate ``a`` when its adjusted value is at most ``a``.

    ``bonferroni``, ``holm``, ``hochberg``, ``hommel`` hold the family-wise error (Hochberg and Hommel under
    independence or positive dependence); ``bh`` and ``by`` the false discovery rate (``by`` under any dependence).
    Raises ``ValueError`` for an unknown method. Sources: Holm 1979, Hochberg 1988, Hommel 1988, Benjamini and Hochberg
    1995, Benjamini and Yekutieli 2001.
    """
    values = p_values(p)
    out = np.full(values.size, np.nan)
    tested = ~np.isnan(values)
    if not tested.any():
        return out
    some = values[tested]
    ways: dict[str, Callable[[], FloatArray]] = {
        "bonferroni": lambda: np.minimum(some * some.size, 1.0),
        "holm": lambda: _step(some, down=True),
        "hochberg": lambda: _step(some, down=False),
        "hommel": lambda: _hommel(some),
        "bh": lambda: np.asarray(stats.false_discovery_control(some, method="bh")),
        "by": lambda: np.asarray(stats.false_discovery_control(some, method="by")),
    }
    if method not in ways:
        raise ValueError(f"unknown adjustment {method!r}: one of {', '.join(ways)}")
    out[tested] = ways[method]()
    return out


@dataclass(frozen=True)
class QValues:
    """Storey's q-values, and the share of true nulls that they rest on."""

    q: FloatArray
    null_share: float
    lambdas: FloatArray
    null_share_by_lambda: FloatArray


def storey_q(
    p: ArrayLike,
    method: Literal["smoother", "bootstrap", "fixed"] = "smoother",
    *,
    lambdas: ArrayLike | None = None,
    log: bool = False,
    positive: bool = False,
    as_smooth_spline: bool = False,
) -> QValues:
    """Storey's q-values: Benjamini-Hochberg scaled by an estimate of the share of true nulls.

    Parameters
    ----------
    p
        p-values; a missing one does not count.
    method
        ``smoother`` takes the share from a cubic smoothing spline of 3 degrees of freedom over ``lambdas`` (0.05 to
        0.95 by default) at its last point; ``bootstrap`` from the lambda of least estimated mean squared error;
        ``fixed`` from one lambda.
    log
        Smooth the log of the share.
    positive
        The positive rate: given that there is a discovery at all (for few hypotheses).
    as_smooth_spline
        The spline's penalty where R's ``smooth.spline`` stops its search, which is some 5e-6 off in the share. For
        comparison only.

    Sources: Storey and Tibshirani 2003; Storey, Taylor and Siegmund 2004. The estimate presumes uniform nulls: exact
    discrete p-values pile up near 1 and make it too large, which is the safe side.
    Raises ``ValueError`` when the estimate is not positive, as happens with too few tests.
    """
    values = p_values(p)
    grid: FloatArray = np.sort(
        np.atleast_1d(np.asarray(DEFAULT_LAMBDAS if lambdas is None else lambdas, dtype=np.float64))
    )
    fewest = 1 if method == "fixed" else 4
    if grid.size < fewest or (method == "fixed" and grid.size > 1) or grid[0] < 0.0 or grid[-1] >= 1.0:
        raise ValueError("lambdas must be at least 4 numbers from 0 to below 1, or one where the method is fixed")
    tested = ~np.isnan(values)
    some = np.sort(values[tested])
    m = some.size
    if m == 0:
        return QValues(np.full(values.size, np.nan), np.nan, grid, np.full(grid.size, np.nan))
    above = m - np.searchsorted(some, grid, side="left")
    shares = above / (m * (1.0 - grid))
    if method == "smoother":
        spline = stopped_spline_at_end if as_smooth_spline else spline_at_end
        if log and np.any(shares == 0.0):
            raise ValueError("no p-value lies above the last lambda: its share has no log")
        share = float(np.exp(spline(grid, np.log(shares), 3.0))) if log else spline(grid, shares, 3.0)
    elif method == "bootstrap":
        error = above / (m**2 * (1.0 - grid) ** 2) * (1.0 - above / m) + (shares - np.quantile(shares, 0.1)) ** 2
        share = float(shares[int(np.argmin(error))])
    elif method == "fixed":
        share = float(shares[0])
    else:
        raise ValueError("method must be smoother, bootstrap or fixed")
    share = min(share, 1.0)
    if not share > 0.0:
        raise ValueError("the estimated share of true nulls is not positive: too few tests, or no p-value near 1")
    if not positive:
        return QValues(share * adjust(values, "bh"), share, grid, shares)
    rank = np.searchsorted(some, some, side="right")
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(some > 0.0, some / -np.expm1(m * np.log1p(-np.minimum(some, 1.0 - 1e-16))), 1.0 / m)
    q = np.full(values.size, np.nan)
    q[tested] = np.minimum(1.0, np.minimum.accumulate((share * m * ratio / rank)[::-1])[::-1])[
        np.searchsorted(some, values[tested], side="left")
    ]
    return QValues(q, share, grid, shares)


def simes(p: ArrayLike) -> float:
    """Simes' p-value of a family: the least Benjamini-Hochberg value in it; missing where nothing was tested."""
    adjusted = adjust(p, "bh")
    tested = adjusted[~np.isnan(adjusted)]
    return float(tested.min()) if tested.size else float("nan")


@dataclass(frozen=True)
class Hierarchical:
    """Two-level adjustment: ``q`` a hypothesis; the families in sorted order, with Simes' p and its adjustment."""

    q: FloatArray
    families: NDArray[np.generic]
    family_p: FloatArray
    family_q: FloatArray


def _adjust_within(p: FloatArray, code: IntArray, families: int) -> FloatArray:
    """Benjamini-Hochberg within each family, all families in one sort."""
    order = np.lexsort((p, code))
    size = np.bincount(code, minlength=families)
    begin = np.concatenate([[0], np.cumsum(size)])
    rank = np.arange(p.size) - begin[code[order]] + 1
    scaled = p[order] * size[code[order]] / rank
    out = np.empty(p.size)
    for f in range(families):
        part = slice(begin[f], begin[f + 1])
        out[order[part]] = np.minimum.accumulate(scaled[part][::-1])[::-1]
    return np.minimum(out, 1.0)


def hierarchical_bh(p: ArrayLike, family: ArrayLike) -> Hierarchical:
    """Benjamini-Hochberg in two levels: families by Simes' p, then hypotheses within the selected families.

    At rate ``a``: families are selected by Benjamini-Hochberg at ``a`` on their Simes p; when R of F are, each selected
    family is tested by Benjamini-Hochberg at ``a R / F``. The ``q`` returned is the least ``a`` at which a hypothesis
    is so rejected: rejected at ``a`` if and only if q <= a. A family without any tested hypothesis does not count in F.

    Since R never falls as ``a`` rises, q = min over r of max(a_r, q_within F / r), where a_r is the r-th smallest
    adjusted Simes p. Holds the average false discovery rate over the selected families. Source: Benjamini and
    Bogomolov 2014.
    """
    values = p_values(p)
    names, code = np.unique(np.asarray(family), return_inverse=True)
    if code.shape != values.shape:
        raise ValueError("family must name one family a hypothesis")
    tested = ~np.isnan(values)
    q = np.full(values.size, np.nan)
    family_p = np.full(names.size, np.nan)
    family_q = np.full(names.size, np.nan)
    if tested.any():
        some = code[tested].astype(np.int64)
        within = _adjust_within(values[tested], some, names.size)
        np.fmin.at(family_p, some, within)
        family_q = adjust(family_p, "bh")
        thresholds = np.sort(family_q[~np.isnan(family_q)])
        count = thresholds.size
        r = np.arange(1, count + 1)
        # r * a_r rises with r, so the two sides of the max cross once.
        cross = np.searchsorted(r * thresholds, within * count, side="left")
        before = np.where(cross > 0, within * count / np.maximum(cross, 1), np.inf)
        after = np.where(cross < count, thresholds[np.minimum(cross, count - 1)], np.inf)
        q[tested] = np.minimum(before, after)
    return Hierarchical(q, names, family_p, family_q)
