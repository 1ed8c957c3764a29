"""A list experiment beside the direct question put to the same respondents.

The direct question is precise and understates; the list does not understate and is imprecise. Who admits to the item is
known to hold it, so the list needs to speak for the others only: the two together are more precise than the list alone,
provided nobody claims an item that he does not hold, and the list shows the truth. Both assumptions leave traces that
are tested.

Source: Aronow, Coppock, Crawford and Green 2015 (Journal of Survey Statistics and Methodology 3:43).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr, ndtri

from arusha.errors import SurveyError
from arusha.surveys.answers import BoolArray, FloatArray, list_answers, yes_no
from arusha.surveys.sensitive.arms import SMALLEST_ARM, arms_of
from arusha.surveys.sensitive.fit import SensitiveFit, matrix


@dataclass(frozen=True)
class Estimated:
    """An estimate with its standard error and normal interval."""

    estimate: float
    se: float
    low: float
    high: float


@dataclass(frozen=True)
class BesideDirect:
    """What list and direct question say, alone and together.

    ``hidden`` is the list's share less the direct one: what the direct question misses. ``admitted`` is the list's
    share among who admits the item (NaN where an arm has fewer than two of them), and ``p_admitted`` the placebo test
    that it is 1; ``moved`` is how much more admit it after the long list, and ``p_moved`` the placebo test that it is
    0. A small p of either speaks against ``combined``. ``admitted_arms`` are the respondents behind the first, by arm.
    """

    listed: Estimated
    direct: Estimated
    combined: Estimated
    hidden: Estimated
    admitted: Estimated
    p_admitted: float
    moved: Estimated
    p_moved: float
    admitted_arms: tuple[int, int]


def beside_direct(
    answers: ArrayLike,
    arms: ArrayLike,
    direct: ArrayLike,
    covariates: ArrayLike | None = None,
    *,
    items: int,
    formula: Literal["cells", "shares"] = "cells",
    level: float = 0.95,
    smallest_arm: int = SMALLEST_ARM,
) -> BesideDirect:
    """Estimates from a list experiment and the direct question (0, 1) of the same respondents.

    Parameters
    ----------
    covariates
        (n, k) with a constant: differences between the arms are then those of least squares on arm and covariates.
    formula
        Error of the combined estimate: from the number who deny in each arm (``cells``), or from the share of the long
        list among all (``shares``, as in the source). The same in expectation.

    Raises
    ------
    SurveyError
        For unusable answers, arms or direct answers, or where nobody in an arm denies the item.
    """
    arm, most = arms_of(arms, smallest_arm)
    if most > 1:
        raise SurveyError("several long lists beside one direct question.", remedy="give one long list at a time.")
    y = list_answers(answers, arm > 0, items, arm.size).astype(np.float64)
    long = arm == 1
    admits = yes_no(direct, "direct answers", arm.size)
    X = matrix(covariates, arm.size)
    if min((~admits & long).sum(), (~admits & ~long).sum()) < 2:
        raise SurveyError("hardly anybody denies the item.", where="direct answers", remedy="report the direct share.")
    z = float(ndtri(0.5 + level / 2.0))

    def estimated(value: float, variance: float) -> Estimated:
        se = float(np.sqrt(variance))
        return Estimated(value, se, value - z * se, value + z * se)

    everybody = np.ones(arm.size, np.bool_)
    listed, var_listed, left = _gap(y, long, everybody, X)
    share, var_share = float(admits.mean()), float(admits.var(ddof=1)) / arm.size
    of_deniers, var_deniers, of_them = _gap(y, long, ~admits, X)
    combined = share + (1.0 - share) * of_deniers
    var_combined = (1.0 - of_deniers) ** 2 * var_share + (1.0 - share) ** 2 * var_deniers
    if formula == "shares":
        part = float(long.mean())
        a, b = (float(of_them[side[~admits]].var(ddof=1)) for side in (long, ~long))
        var_combined = (1.0 - of_deniers) ** 2 * share * (1.0 - share) + (1.0 - share) * (a / part + b / (1.0 - part))
        var_combined /= arm.size
    together = _influence(left, long) - (admits - share) / arm.size
    moved, var_moved, _ = _gap(admits.astype(np.float64), long, everybody, X)
    of_admitters, var_admitters = _admitted(y, long, admits, X)
    return BesideDirect(
        listed=estimated(listed, var_listed),
        direct=estimated(share, var_share),
        combined=estimated(combined, var_combined),
        hidden=estimated(listed - share, float(together @ together)),
        admitted=estimated(of_admitters, var_admitters),
        p_admitted=_two_sided(of_admitters - 1.0, var_admitters),
        moved=estimated(moved, var_moved),
        p_moved=_two_sided(moved, var_moved),
        admitted_arms=(int((admits & ~long).sum()), int((admits & long).sum())),
    )


def _gap(y: FloatArray, long: BoolArray, use: BoolArray, X: FloatArray) -> tuple[float, float, FloatArray]:
    """Difference between the arms among ``use``, its variance, and what is left of each: least squares, with a variance
    of its own in each arm."""
    of, mine = long[use], y[use]
    # A covariate that is alike among these (or follows from others) says nothing here.
    fit = np.linalg.lstsq(np.column_stack([of, X[use]]), mine, rcond=None)[0]
    left = mine - X[use] @ fit[1:] - fit[0] * of
    a, b = left[of], left[~of]
    return float(fit[0]), float(a.var(ddof=1) / a.size + b.var(ddof=1) / b.size), left


def _influence(y: FloatArray, long: BoolArray) -> FloatArray:
    """What each respondent adds to the error of the difference of means."""
    a, b = y[long], y[~long]
    part: FloatArray = np.where(long, (y - a.mean()) / (a.size - 1), -(y - b.mean()) / (b.size - 1))
    return part


def _two_sided(value: float, variance: float) -> float:
    if variance == 0.0:
        return 1.0 if value == 0.0 else 0.0
    return float(2.0 * ndtr(-abs(value) / np.sqrt(variance)))


def _admitted(y: FloatArray, long: BoolArray, admits: BoolArray, X: FloatArray) -> tuple[float, float]:
    """The list's share among those who admit the item, and its variance; NaN where an arm has fewer than two of
    them."""
    if min((admits & long).sum(), (admits & ~long).sum()) < 2:
        return float("nan"), float("nan")
    return _gap(y, long, admits, X)[:2]


def listed_less_asked(
    listed: SensitiveFit, asked: SensitiveFit, covariates: ArrayLike | None = None, *, level: float = 0.95
) -> Estimated:
    """What respondents of a direct question hide: the share that a list shows less the one that is admitted.

    ``listed`` is a model of a list experiment, ``asked`` a logistic one of the direct question put to *others*
    (:func:`randomised_regression` with the device ``forced(1, 0)``), both predicted for the rows of ``covariates``.
    """
    one, other = listed.share(covariates), asked.share(covariates)
    z = float(ndtri(0.5 + level / 2.0))
    gap, se = one.estimate - other.estimate, float(np.hypot(one.se, other.se))
    return Estimated(gap, se, gap - z * se, gap + z * se)
