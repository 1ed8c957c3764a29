"""How many to ask, what would be seen, and whether a list is worth its noise.

Normal approximation throughout: the estimate is compared with a threshold set under the null. A one-sided test, because
what is asked is whether there is more than ``null``; a two-sided one where ``alternative`` says so.

Sources: Blair, Imai and Zhou 2015 (JASA 110:1304) for randomised response; Blair, Coppock and Moor 2020 (American
Political Science Review 114:1297) for when a list beats the direct question.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, ndtri

from arusha.errors import SurveyError
from arusha.language.told import error as told_error
from arusha.surveys.sensitive.randomised import RandomisedDesign, UnknownUnrelated

Alternative = Literal["greater", "two-sided"]

_MOST = 10**9


@dataclass(frozen=True)
class ListPlan:
    """What a list experiment will be like.

    ``items``: length of the short list; ``mean`` of an item in it, with ``correlation`` between items (below 0 is good
    design: few hold none or all); ``long_share``: part of the respondents who see the long list.
    """

    items: int
    mean: float = 0.5
    correlation: float = 0.0
    long_share: float = 0.5

    @property
    def count_variance(self) -> float:
        """Variance of the innocuous count."""
        return self.items * self.mean * (1.0 - self.mean) * (1.0 + (self.items - 1) * self.correlation)

    def variance(self, share: float) -> float:
        """n times the variance of the difference in means."""
        count = self.count_variance
        return (count + share * (1.0 - share)) / self.long_share + count / (1.0 - self.long_share)

    def __post_init__(self) -> None:
        if self.items < 1 or not 0.0 < self.mean < 1.0 or not 0.0 < self.long_share < 1.0 or self.count_variance < 0.0:
            raise SurveyError(
                "a list that cannot be.", where="plan", remedy="give items from 1 and shares between 0 and 1."
            )


def randomised_variance(design: RandomisedDesign | UnknownUnrelated, share: float, known: float = 0.5) -> float:
    """n times the variance of the estimated share; ``known`` is the unrelated yes of :class:`UnknownUnrelated` (equal
    groups)."""
    if isinstance(design, RandomisedDesign):
        rate = design.slope * share + design.base
        return rate * (1.0 - rate) / design.slope**2
    first, second = design.asked
    rates = [p * share + (1.0 - p) * known for p in design.asked]
    parts = [2.0 * rate * (1.0 - rate) for rate in rates]
    return ((1.0 - second) ** 2 * parts[0] + (1.0 - first) ** 2 * parts[1]) / (first - second) ** 2


Plan = ListPlan | RandomisedDesign | UnknownUnrelated


def _variance(plan: Plan) -> Callable[[float], float]:
    if isinstance(plan, ListPlan):
        return plan.variance
    return lambda share: randomised_variance(plan, share)


def power(
    plan: Plan, n: int, share: float, *, null: float = 0.0, size: float = 0.05, alternative: Alternative = "greater"
) -> float:
    """Chance that ``n`` respondents show a ``share`` to be above (or other than) ``null`` with a test of ``size``."""
    _checked(share, null, size)
    _counted(n)
    of = _variance(plan)
    return _power(share - null, of(null) / n, of(share) / n, size, alternative)


def power_of_difference(
    plan: Plan,
    n: int,
    first: float,
    second: float,
    *,
    null: float | None = None,
    size: float = 0.05,
    alternative: Alternative = "greater",
) -> float:
    """The same for two groups (or waves) of ``n`` each that hold shares ``first`` and ``second``; under the null both
    hold ``null`` (``second`` where it is not given)."""
    both = second if null is None else null
    _checked(first, second, size)
    _counted(n)
    of = _variance(plan)
    return _power(first - second, 2.0 * of(both) / n, (of(first) + of(second)) / n, size, alternative)


def _counted(n: int, reach: float = 0.8) -> None:
    if not n >= 1:
        raise told_error(SurveyError, "sv-no-respondents", "sv-no-respondents", where="n", n=str(n))
    if not 0.0 < reach < 1.0:
        raise told_error(SurveyError, "sv-reach", "sv-reach", where="reach", reach=str(reach))


def _power(gap: float, var_null: float, var: float, size: float, alternative: Alternative) -> float:
    threshold = float(ndtri(1.0 - (size if alternative == "greater" else size / 2.0))) * np.sqrt(var_null)
    above = float(ndtr((gap - threshold) / np.sqrt(var)))
    return above if alternative == "greater" else above + float(ndtr((-gap - threshold) / np.sqrt(var)))


def sample_size(
    plan: Plan,
    share: float,
    *,
    null: float = 0.0,
    reach: float = 0.8,
    size: float = 0.05,
    alternative: Alternative = "greater",
) -> int:
    """Fewest respondents with whom the power is at least ``reach``."""
    _checked(share, null, size)
    _counted(1, reach)
    if share == null or (alternative == "greater" and share < null):
        raise SurveyError(
            "no sample shows a share that is not above the null.", where="share", remedy="give a larger one."
        )
    low, high = 1, 2
    while power(plan, high, share, null=null, size=size, alternative=alternative) < reach:
        low, high = high, high * 2
        if high > _MOST:
            raise SurveyError(
                "more than a thousand million respondents.", where="share", remedy="give a larger difference."
            )
    while high - low > 1:
        middle = (low + high) // 2
        if power(plan, middle, share, null=null, size=size, alternative=alternative) >= reach:
            high = middle
        else:
            low = middle
    return high


def smallest_share(plan: Plan, n: int, *, null: float = 0.0, reach: float = 0.8, size: float = 0.05) -> float:
    """Smallest share above ``null`` that ``n`` respondents show with power ``reach``; NaN where none up to 1 is
    seen."""
    _counted(n, reach)

    def short(share: float) -> float:
        return power(plan, n, share, null=null, size=size) - reach

    return float(brentq(short, null + 1e-9, 1.0)) if short(1.0) > 0.0 else float("nan")


@dataclass(frozen=True)
class ListOrDirect:
    """Root mean squared error of either question, and from how many respondents the list is nearer to the truth."""

    listed: float
    direct: float
    direct_bias: float
    break_even: float


def list_or_direct(plan: ListPlan, n: int, share: float, denied: float) -> ListOrDirect:
    """Whether to put a list or the direct question to ``n`` respondents, where ``denied`` of the holders deny it to a
    direct one.

    The list has noise, the direct question a bias that no number of respondents removes. ``break_even`` is infinite
    where nobody denies.
    """
    _checked(share, denied, 0.5)
    admitted = share * (1.0 - denied)
    bias = admitted - share
    noise = admitted * (1.0 - admitted)
    listed = plan.variance(share)
    even = (listed - noise) / bias**2 if bias else float("inf")
    return ListOrDirect(float(np.sqrt(listed / n)), float(np.sqrt(noise / n + bias**2)), bias, max(even, 0.0))


def _checked(first: float, second: float, size: float) -> None:
    if not (0.0 <= first <= 1.0 and 0.0 <= second <= 1.0 and 0.0 < size < 1.0):
        raise SurveyError(
            "a share or size that is not between 0 and 1.", where="plan", remedy="give shares, not per cent."
        )
