"""Do several who judge the same cases agree: intraclass correlations, Fleiss's kappa, Krippendorff's alpha.

Sources: Shrout and Fleiss 1979 (Psychological Bulletin 86:420) and McGraw and Wong 1996 for intraclass correlations and
their intervals; Fleiss 1971 (Psychological Bulletin 76:378), Fleiss, Nee and Landis 1979 for kappa and its error;
Krippendorff 2004 (Content Analysis, 2nd edition) for alpha.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats

from arusha.inference.segments import FloatArray

Form = Literal["one-way", "raters-drawn", "raters-fixed"]
Scale = Literal["nominal", "ordinal", "interval", "ratio"]


@dataclass(frozen=True)
class Intraclass:
    """The share of the variance of judgements that lies between cases: of one judgement, and of the mean of all.

    ``form`` says what else varies: ``one-way`` (each case has raters of its own: ICC1), ``raters-drawn`` (the same
    raters, a sample of many: ICC2), ``raters-fixed`` (these raters alone; that one is strict does not count: ICC3).
    """

    form: Form
    one: float
    one_low: float
    one_high: float
    mean: float
    mean_low: float
    mean_high: float
    statistic: float
    degrees_of_freedom: tuple[float, float]
    p: float


def intraclass(judgements: ArrayLike, *, level: float = 0.95) -> dict[Form, Intraclass]:
    """Intraclass correlations of ``judgements``, cases x raters, all given.

    Raises
    ------
    ValueError
        Fewer than two cases or raters, a judgement that is missing, or cases that do not differ at all.
    """
    x = np.asarray(judgements, dtype=np.float64)
    if x.ndim != 2 or min(x.shape) < 2:
        raise ValueError("cases x raters are needed, two of each or more")
    if not np.all(np.isfinite(x)):
        raise ValueError("a judgement is missing: leave the case out, or use krippendorff_alpha")
    n, k = (float(m) for m in x.shape)
    centre, cases, raters = x.mean(), x.mean(axis=1), x.mean(axis=0)
    between = k * float(((cases - centre) ** 2).sum()) / (n - 1.0)
    within = float(((x - cases[:, None]) ** 2).sum()) / (n * (k - 1.0))
    strict = n * float(((raters - centre) ** 2).sum()) / (k - 1.0)
    rest = float(((x - cases[:, None] - raters[None, :] + centre) ** 2).sum()) / ((n - 1.0) * (k - 1.0))
    if not (between > 0.0 and rest > 0.0):
        raise ValueError("judgements that do not differ, or differ by case alone, have no such correlation")
    tail = 0.5 + level / 2.0

    def of_ratio(form: Form, error: float, df: float) -> Intraclass:
        F = between / error
        low, high = F / stats.f.ppf(tail, n - 1.0, df), F * stats.f.ppf(tail, df, n - 1.0)
        one, one_low, one_high = (float((f - 1.0) / (f + k - 1.0)) for f in (F, low, high))
        mean, mean_low, mean_high = (float(1.0 - 1.0 / f) for f in (F, low, high))
        p = float(stats.f.sf(F, n - 1.0, df))
        return Intraclass(form, one, one_low, one_high, mean, mean_low, mean_high, F, (n - 1.0, df), p)

    fixed = of_ratio("raters-fixed", rest, (n - 1.0) * (k - 1.0))
    one = (between - rest) / (between + (k - 1.0) * rest + k * (strict - rest) / n)
    mean = (between - rest) / (between + (strict - rest) / n)
    # Satterthwaite's degrees of freedom of what raters and the rest add.
    ratio, much = strict / rest, n * (1.0 + (k - 1.0) * one) - k * one
    df = (k - 1.0) * (n - 1.0) * (k * one * ratio + much) ** 2 / ((n - 1.0) * (k * one * ratio) ** 2 + much**2)
    above, below = float(stats.f.ppf(tail, n - 1.0, df)), float(stats.f.ppf(tail, df, n - 1.0))
    usual = k * strict + (k * n - k - n) * rest
    low = n * (between - above * rest) / (above * usual + n * between)
    high = n * (below * between - rest) / (usual + n * below * between)
    drawn = Intraclass(
        "raters-drawn",
        one,
        low,
        high,
        mean,
        low * k / (1.0 + low * (k - 1.0)),
        high * k / (1.0 + high * (k - 1.0)),
        fixed.statistic,
        fixed.degrees_of_freedom,
        fixed.p,
    )
    return {"one-way": of_ratio("one-way", within, n * (k - 1.0)), "raters-drawn": drawn, "raters-fixed": fixed}


@dataclass(frozen=True)
class FleissKappa:
    """Agreement beyond chance of all raters, and answer by answer. Errors are those where there is none beyond chance:
    they test it, and are no interval."""

    estimate: float
    se_at_chance: float
    p: float
    by_answer: FloatArray
    by_answer_se_at_chance: FloatArray
    cases: int
    raters: int


def fleiss_kappa(counts: ArrayLike) -> FleissKappa:
    """Kappa from ``counts``, cases x answers: how many raters gave each answer; as many raters a case.

    Raises
    ------
    ValueError
        Counts that are not whole, cases with different numbers of raters or fewer than two, one answer alone.
    """
    x = np.asarray(counts, dtype=np.float64)
    if x.ndim != 2 or min(x.shape) < 1 or np.any(x < 0) or np.any(x != np.floor(x)):
        raise ValueError("whole numbers are needed, cases x answers")
    m = x.sum(axis=1)
    if np.any(m != m[0]) or m[0] < 2:
        raise ValueError("each case needs the same raters, two or more: use krippendorff_alpha where some are missing")
    n, k = float(x.shape[0]), float(m[0])
    p = x.sum(axis=0) / (n * k)
    q, spread = 1.0 - p, p * (1.0 - p)
    if not spread.sum() > 0:
        raise ValueError("all give one answer: agreement beyond chance cannot be told")
    pairs = n * k * (k - 1.0)
    apart = (x * (k - x)).sum(axis=0) / pairs
    known = spread > 0
    by = 1.0 - np.divide(apart, spread, out=np.full(p.size, np.nan), where=known)
    total = float(spread.sum())
    kappa = 1.0 - float(apart.sum()) / total
    se = float(np.sqrt(2.0 / pairs * max(total**2 - float((spread * (q - p)).sum()), 0.0)) / total)
    each = np.where(known, np.sqrt(2.0 / pairs), np.nan)
    tested = float(2.0 * stats.norm.sf(abs(kappa / se))) if se > 0 else float("nan")
    return FleissKappa(kappa, se, tested, by, each, int(n), int(k))


def krippendorff_alpha(judgements: ArrayLike, scale: Scale = "nominal") -> float:
    """Krippendorff's alpha of ``judgements``, cases x raters of numbers, NaN where a rater gave none.

    1 where all agree, 0 where they differ as much as judgements put together by chance. ``scale`` says what a
    difference counts: ``nominal`` alike or not, ``ordinal`` by the judgements in between, ``interval`` by its square,
    ``ratio`` by its square over that of the sum.

    Raises
    ------
    ValueError
        No case with two judgements, or judgements that are all alike.
    """
    x = np.asarray(judgements, dtype=np.float64)
    if x.ndim != 2:
        raise ValueError("cases x raters are needed")
    x = x[np.isfinite(x).sum(axis=1) >= 2]
    if not x.size:
        raise ValueError("no case has two judgements")
    values = np.unique(x[np.isfinite(x)])
    if values.size < 2:
        raise ValueError("all judgements are alike: agreement beyond chance cannot be told")
    counts = (x[:, :, None] == values).sum(axis=1).astype(np.float64)
    m = counts.sum(axis=1)
    per_case = counts / (m - 1.0)[:, None]
    together = counts.T @ per_case - np.diag(per_case.sum(axis=0))
    total = counts.sum(axis=0)
    by_chance = np.outer(total, total) - np.diag(total)
    gap = _gap(values, total, scale)
    return float(1.0 - (total.sum() - 1.0) * (together * gap).sum() / (by_chance * gap).sum())


def _gap(values: FloatArray, total: FloatArray, scale: Scale) -> FloatArray:
    if scale == "nominal":
        return 1.0 - np.eye(values.size)
    if scale == "interval":
        return np.asarray(np.subtract.outer(values, values) ** 2)
    if scale == "ratio":
        if np.any(values < 0):
            raise ValueError("ratios need judgements of 0 or more")
        whole = np.add.outer(values, values)
        return np.asarray(
            np.divide(np.subtract.outer(values, values), whole, out=np.zeros_like(whole), where=whole > 0) ** 2
        )
    rank: FloatArray = np.cumsum(total) - total / 2.0
    return np.asarray(np.subtract.outer(rank, rank) ** 2)
