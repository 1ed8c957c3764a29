"""How likely a test is to see an effect of a given size, and how many cases it takes, for the tests of every day.

Effects are in the units that make power the same whatever the scale: arcsines for shares, standard deviations for
means, the root of the summed squared relative gaps for tables. Source: Cohen 1988 (Statistical Power Analysis for the
Behavioral Sciences, 2nd edition); R's ``pwr`` follows the same formulas.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats
from scipy.optimize import brentq

Alternative = Literal["two-sided", "greater", "less"]
Sample = Literal["two", "paired", "one"]


def share_effect(first: float, second: float) -> float:
    """The difference of two shares in arcsines (Cohen's h): 2 asin(sqrt first) - 2 asin(sqrt second).

    Raises ``ValueError`` for shares outside 0 to 1.
    """
    if not (0.0 <= first <= 1.0 and 0.0 <= second <= 1.0):
        raise ValueError("shares lie between 0 and 1")
    return float(2.0 * (np.arcsin(np.sqrt(first)) - np.arcsin(np.sqrt(second))))


def table_effect(shares: ArrayLike, expected: ArrayLike | None = None) -> float:
    """How far ``shares`` lie from those ``expected`` (Cohen's w), or a table of them from one without association.

    Raises ``ValueError`` where shares do not add up to 1, or one is expected to be 0.
    """
    p = np.asarray(shares, dtype=np.float64)
    if expected is None:
        if p.ndim != 2:
            raise ValueError("a table is needed, or the shares that are expected")
        q = np.outer(p.sum(axis=1), p.sum(axis=0))
    else:
        q = np.asarray(expected, dtype=np.float64)
    if p.shape != q.shape or np.any(p < 0) or np.any(q <= 0) or abs(p.sum() - 1) > 1e-9 or abs(q.sum() - 1) > 1e-9:
        raise ValueError("shares of one shape that add up to 1 are needed, none expected to be 0")
    return float(np.sqrt(((p - q) ** 2 / q).sum()))


def _checked(size: float, *counts: float, least: float = 0.0) -> None:
    if not 0.0 < size < 1.0:
        raise ValueError("the size of a test lies between 0 and 1")
    if not all(np.isfinite(n) and n > least for n in counts):
        raise ValueError(f"numbers of cases above {least:g} are needed")


def _normal(shift: float, size: float, alternative: Alternative) -> float:
    """Chance that a standard normal shifted by ``shift`` falls where the test rejects."""
    if alternative == "two-sided":
        at = stats.norm.isf(size / 2.0)
        return float(stats.norm.sf(at - shift) + stats.norm.cdf(-at - shift))
    return float(stats.norm.sf(stats.norm.isf(size) - (shift if alternative == "greater" else -shift)))


def normal_power(effect: float, n: float, *, size: float = 0.05, alternative: Alternative = "two-sided") -> float:
    """Of the mean of ``n`` values whose standard deviation is known and 1."""
    _checked(size, n)
    return _normal(effect * np.sqrt(n), size, alternative)


def share_power(
    effect: float,
    n: float,
    n_second: float | None = None,
    *,
    sample: Literal["two", "one"] = "two",
    size: float = 0.05,
    alternative: Alternative = "two-sided",
) -> float:
    """Of two shares (``n`` cases each, or ``n`` and ``n_second``), or of one against a known share.

    Parameters
    ----------
    effect
        ``share_effect`` of the two.
    """
    second = n if n_second is None else n_second
    _checked(size, n, second)
    each = n if sample == "one" else 1.0 / (1.0 / n + 1.0 / second)
    return _normal(effect * np.sqrt(each), size, alternative)


def mean_power(
    effect: float,
    n: float,
    n_second: float | None = None,
    *,
    sample: Sample = "two",
    size: float = 0.05,
    alternative: Alternative = "two-sided",
) -> float:
    """Of Student's test of two means (``n`` cases each, or ``n`` and ``n_second``), of pairs, or of one mean.

    Parameters
    ----------
    effect
        The difference in standard deviations (of the differences, for pairs).
    """
    second = n if n_second is None else n_second
    _checked(size, n, second, least=1.0)
    df = n + second - 2.0 if sample == "two" else n - 1.0
    shift = effect * np.sqrt(1.0 / (1.0 / n + 1.0 / second) if sample == "two" else n)
    if alternative == "less":
        shift = -shift
    if alternative == "two-sided":
        at = stats.t.isf(size / 2.0, df)
        # By symmetry the other tail is that of the opposite shift; both as upper tails, which stay exact when small.
        return float(stats.nct.sf(at, df, shift) + stats.nct.sf(at, df, -shift))
    return float(stats.nct.sf(stats.t.isf(size, df), df, shift))


def correlation_power(r: float, n: float, *, size: float = 0.05, alternative: Alternative = "two-sided") -> float:
    """Of a correlation of ``r`` among ``n`` pairs, by Fisher's transformation less its bias."""
    _checked(size, n, least=3.0)
    if not -1.0 < r < 1.0:
        raise ValueError("a correlation lies between -1 and 1")
    r = -r if alternative == "less" else r
    t = stats.t.isf(size / 2.0 if alternative == "two-sided" else size, n - 2.0)
    at, centre = np.arctanh(np.sqrt(t**2 / (t**2 + n - 2.0))), np.arctanh(r) + r / (2.0 * (n - 1.0))
    power = stats.norm.cdf((centre - at) * np.sqrt(n - 3.0))
    if alternative == "two-sided":
        power += stats.norm.cdf((-centre - at) * np.sqrt(n - 3.0))
    return float(power)


def groups_power(effect: float, n: float, groups: int, *, size: float = 0.05) -> float:
    """Of the analysis of variance of ``groups`` with ``n`` cases each.

    Parameters
    ----------
    effect
        Standard deviation of the groups' means over that within groups (Cohen's f).
    """
    _checked(size, n, least=1.0)
    if groups < 2:
        raise ValueError("two groups or more are needed")
    return _f_power(groups * n * effect**2, groups - 1.0, (n - 1.0) * groups, size)


def regression_power(effect: float, terms: int, left: float, *, size: float = 0.05) -> float:
    """Of ``terms`` coefficients together, with ``left`` degrees of freedom left.

    Parameters
    ----------
    effect
        Share of the variance that they explain over the share that nothing explains (Cohen's f squared).
    """
    _checked(size, left)
    if terms < 1 or effect < 0:
        raise ValueError("a term or more and an effect of 0 or more are needed")
    return _f_power(effect * (terms + left + 1.0), float(terms), left, size)


def _f_power(shift: float, above: float, below: float, size: float) -> float:
    if shift == 0.0:
        return size  # scipy's law without a shift gives less than 0
    return float(stats.ncf.sf(stats.f.isf(size, above, below), above, below, shift))


def table_power(effect: float, n: float, free: int, *, size: float = 0.05) -> float:
    """Of a chi-square test of ``n`` cases with ``free`` degrees of freedom.

    Parameters
    ----------
    effect
        ``table_effect``.
    """
    _checked(size, n)
    if free < 1:
        raise ValueError("a degree of freedom or more is needed")
    return float(stats.ncx2.sf(stats.chi2.isf(size, free), free, n * effect**2))


def solve_power(power: Callable[[float], float], reach: float = 0.8, *, least: float, most: float = 1e9) -> float:
    """Where ``power``, a function that grows, reaches ``reach``: a number of cases (round it up), or an effect.

    Raises
    ------
    ValueError
        Where it does not reach it between ``least`` and ``most``, or does already at ``least``.
    """
    if not 0.0 < reach < 1.0:
        raise ValueError("the power to be reached lies between 0 and 1")
    if not power(least) < reach:
        raise ValueError(f"{least:g} is enough already")
    low, high = least, min(most, max(2.0 * least, least + 1.0))
    while power(high) < reach:
        if high >= most:
            raise ValueError(f"{most:g} is not enough")
        low, high = high, min(most, 2.0 * high)
    return float(brentq(lambda at: power(at) - reach, low, high, xtol=1e-10, rtol=1e-13))
