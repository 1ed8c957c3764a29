"""Intervals of a proportion from a sample, which stay between 0 and 1 and hold near them.

Sources: Korn and Graubard 1998 (Survey Methodology 24:193) for the beta interval; Rao and Scott 1984 (Annals of
Statistics 12:46) for the scaled likelihood; Dean and Pagano 2015 for comparisons.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import betaincinv, expit, logit, xlogy
from scipy.stats import t as student

from arusha.surveys.answers import yes_no
from arusha.surveys.estimation.design import Design, variance
from arusha.surveys.estimation.statistics import mean, within

Method = Literal["beta", "logit", "xlogit", "likelihood", "asin", "mean"]


@dataclass(frozen=True)
class Proportion:
    """A proportion with its interval. ``effective`` answers carry as much as these do in a simple random sample."""

    estimate: float
    se: float
    low: float
    high: float
    level: float
    respondents: int
    degrees_of_freedom: int
    effective: float


def proportion(
    design: Design,
    answers: ArrayLike,
    *,
    domain: ArrayLike | None = None,
    method: Method = "beta",
    level: float = 0.95,
) -> Proportion:
    """Share of yes (1) among ``answers`` (0, 1).

    Parameters
    ----------
    method
        ``beta`` (default, covers best where few say yes or no), ``logit``, ``xlogit`` (the same but of a sample with
        replicates: by the delta method, not by the logits of the replicates), ``likelihood`` (scaled by the design
        effect), ``asin`` or ``mean`` (symmetric, may leave 0 to 1). Where all say the same only ``beta`` has an
        interval; the effective sample is then the number of answers. None has one where all answers are of one cluster.
    """
    inside = within(domain, design.size)
    given = np.where(inside, np.asarray(answers), 0)
    found = mean(design, yes_no(given, "answers", design.size).astype(np.float64), domain=inside)
    p, se, size = float(found.values[0]), float(found.se[0]), found.respondents[0]
    df = design.degrees_within(inside)
    t = float(student.ppf(0.5 + level / 2.0, max(df, 1)))
    if np.isnan(se):
        nothing = float("nan")
        return Proportion(p, se, nothing, nothing, level, size, df, nothing)
    effective = p * (1.0 - p) / se**2 if se > 0.0 else float(size)
    low, high = _limits(method, p, se, t, level, size, effective)
    if method == "logit" and design.replicates is not None and se > 0.0:
        yes = given.astype(np.float64)
        half = t * float(
            np.sqrt(variance(design, yes, lambda v: logit((v @ yes) / (v @ inside)), np.array([logit(p)]))[0, 0])
        )
        low, high = float(expit(logit(p) - half)), float(expit(logit(p) + half))
    return Proportion(p, se, low, high, level, size, df, effective)


def _limits(
    method: Method, p: float, se: float, t: float, level: float, size: int, effective: float
) -> tuple[float, float]:
    if method == "mean":
        return p - t * se, p + t * se
    if method == "beta":
        tail = 0.5 - level / 2.0
        # Fewer degrees of freedom than a simple random sample has widen the interval as much as they do Student's.
        n = effective * (float(student.ppf(tail, max(size - 1, 1))) / t) ** 2
        low = float(betaincinv(n * p, n * (1.0 - p) + 1.0, tail)) if p > 0.0 else 0.0
        high = float(betaincinv(n * p + 1.0, n * (1.0 - p), 1.0 - tail)) if p < 1.0 else 1.0
        return low, high
    if se == 0.0:
        return float("nan"), float("nan")
    if method in ("logit", "xlogit"):
        half = t * se / (p * (1.0 - p))
        return float(expit(logit(p) - half)), float(expit(logit(p) + half))
    if method == "asin":
        middle, half = float(np.arcsin(np.sqrt(p))), t * se / (2.0 * np.sqrt(p * (1.0 - p)))
        return float(np.sin(max(middle - half, 0.0)) ** 2), float(np.sin(min(middle + half, np.pi / 2)) ** 2)

    # The deviance is divided by Pearson's dispersion of the weighted answers, which is n / (n - 1), beside the design
    # effect: so R's survey has it, and the interval is wider by that little.
    scale = effective * (size - 1) / size

    def short(q: float) -> float:
        deviance = 2.0 * scale * (xlogy(p, p / q) + xlogy(1.0 - p, (1.0 - p) / (1.0 - q)))
        return float(deviance - t * t)

    return float(brentq(short, 1e-12, p, xtol=1e-14)), float(brentq(short, p, 1.0 - 1e-12, xtol=1e-14))
