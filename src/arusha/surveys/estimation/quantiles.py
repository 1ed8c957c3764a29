"""Quantiles of a sample by any of the rules in use, with Woodruff's intervals.

Sources: Woodruff 1952 (JASA 47:635); Hyndman and Fan 1996 (American Statistician 50:361), whose nine definitions are
carried over to weights as in R's ``survey`` (4.1).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import t as student

from arusha.errors import SurveyError
from arusha.language.told import error as of
from arusha.surveys.answers import FloatArray
from arusha.surveys.estimation.design import Design
from arusha.surveys.estimation.proportions import Method, proportion
from arusha.surveys.estimation.statistics import prepared

Rule = Literal["math", "school", "hf1", "hf2", "hf3", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9"]
"""``math`` (``hf1``): the smallest value that at least the given share lies at or below. ``school`` (``hf2``): the mean
of two where the share is met exactly. ``hf3``: the nearest even one then. ``hf4`` to ``hf9`` draw lines between values;
``hf7`` is what spreadsheets do."""


@dataclass(frozen=True)
class Quantiles:
    """Quantiles with Woodruff's intervals; ``se`` is read off the interval."""

    probabilities: FloatArray
    values: FloatArray
    low: FloatArray
    high: FloatArray
    se: FloatArray


def weighted_quantile(values: FloatArray, weights: FloatArray, p: float, rule: Rule = "math") -> float:
    """The quantile ``p`` of values with weights above 0."""
    if rule == "hf3":
        values, code = np.unique(values, return_inverse=True)
        weights = np.asarray(np.bincount(code, weights=weights), np.float64)
    order = np.argsort(values, kind="stable")
    x, w = values[order], weights[order]
    if x.size == 1:
        return float(x[0])
    reached = np.cumsum(w)
    whole = float(reached[-1])
    last = float(w[-1])
    at = {
        "hf5": (reached - w / 2.0) / whole,
        "hf6": reached / (whole + last),
        "hf7": (reached - w) / (whole - last),
        "hf8": (reached - w / 3.0) / (whole + last / 3.0),
        "hf9": (reached - 3.0 * w / 8.0) / (whole + last / 4.0),
    }.get(rule)
    if at is not None:
        return float(np.interp(p, at, x))
    share = reached / whole
    # The running sum of weights may miss a share by rounding alone.
    below = int(np.searchsorted(share, p + 1e-12, side="right")) - 1
    if rule == "hf4":
        if below < 0:
            return float(x[0])
        above = min(below + 1, x.size - 1)
        wide = share[above] - share[below]
        part = (p - share[below]) / wide if wide > 0.0 else 0.0
        return float(x[below] * (1.0 - part) + x[above] * part)
    met = below >= 0 and abs(share[below] - p) <= 1e-12
    above = min(below + 1, x.size - 1)
    if met and rule in ("school", "hf2"):
        return float((x[below] + x[above]) / 2.0)
    if met and (rule in ("math", "hf1") or (below + 1) % 2 == 0):
        return float(x[below])
    return float(x[above])


def quantile(
    design: Design,
    values: ArrayLike,
    probabilities: ArrayLike,
    *,
    level: float = 0.95,
    domain: ArrayLike | None = None,
    rule: Rule = "math",
    interval: Method = "mean",
) -> Quantiles:
    """Quantiles and their intervals.

    Parameters
    ----------
    rule
        See :data:`Rule`.
    interval
        Of the share at or below the quantile, which is carried over: ``mean``, ``beta``, ``logit`` or ``asin`` (see
        :func:`proportion`); all but the first stay sensible near 0 and 1.
    """
    if rule not in get_args(Rule):
        raise SurveyError(
            f"no rule {rule!r} of quantiles.", where="rule", remedy=f"choose of {', '.join(get_args(Rule))}."
        )
    z, inside = prepared(design, values, domain)
    x, w = z[inside, 0], design.weights[inside]
    wanted = np.atleast_1d(np.asarray(probabilities, np.float64))
    if not np.all((wanted >= 0.0) & (wanted <= 1.0)):
        raise of(SurveyError, "sv-probability", "sv-probability", where="probabilities")
    t = float(student.ppf(0.5 + level / 2.0, max(design.degrees_within(inside), 1)))
    found = np.array([weighted_quantile(x, w, float(p), rule) for p in wanted])
    low, high = np.empty(wanted.size), np.empty(wanted.size)
    for k, q in enumerate(found):
        # Around the share that does lie at or below the quantile, which may be more than was asked for.
        below = proportion(design, z[:, 0] <= q, domain=inside, method=interval, level=level)
        if np.isnan(below.se):
            low[k] = high[k] = np.nan
            continue
        low[k] = weighted_quantile(x, w, float(np.clip(below.low, 0.0, 1.0)), rule)
        high[k] = weighted_quantile(x, w, float(np.clip(below.high, 0.0, 1.0)), rule)
    return Quantiles(wanted, found, low, high, (high - low) / (2.0 * t))
