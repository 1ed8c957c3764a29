"""Does a list change how the innocuous items are answered? Passing the test proves nothing; failing it ends the
estimate.

Without a design effect the answers of both arms imply a share for every combination of Y and Z, none of them below 0.
The test asks whether any is, more than by chance. A small effect, or one that moves answers within what is possible,
is not seen.

Sources: Blair and Imai 2012 (Political Analysis 20:47); Kudo 1963 (Biometrika 50:403) for the law under the null;
Andrews and Soares 2010 (Econometrica 78:119) for leaving out shares that are clearly above 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy import stats
from scipy.optimize import nnls

from arusha.errors import SurveyError
from arusha.surveys.answers import BoolArray, FloatArray, list_answers
from arusha.surveys.sensitive.arms import SMALLEST_ARM, arms_of

Selection = Literal["none", "standard-errors", "spread"]


@dataclass(frozen=True)
class DesignEffect:
    """Result of the test.

    ``shares`` (2, J + 1): estimated share of who holds ``y`` innocuous items and the sensitive one (row 0), or not
    (row 1);
    ``se`` its standard errors; ``p_with`` and ``p_without`` of either row; ``p`` of both (Bonferroni).
    """

    shares: FloatArray
    se: FloatArray
    p_with: float
    p_without: float
    p: float


def design_effect(
    answers: ArrayLike,
    arms: ArrayLike,
    *,
    items: int,
    arm: int = 1,
    selection: Selection = "standard-errors",
    smallest_arm: int = SMALLEST_ARM,
) -> DesignEffect:
    """Test of no design effect.

    Parameters
    ----------
    answers, arms, items
        As of :func:`arusha.surveys.sensitive.list_linear`; ``arm`` is the long list that is tested.
    selection
        Which of the shares take part. ``none``: all. ``standard-errors`` (default): those not more than ``sqrt(log n)``
        standard errors above 0 (Andrews and Soares). ``spread``: those whose ``sqrt(n)`` times the share is not more
        than
        ``sqrt(log n)`` standard deviations of *the shares among themselves*, which is what R's ``list`` calls GMS. It
        leaves out more and is not what the source describes; it is here so that results can be compared.

    Raises
    ------
    SurveyError
        For unusable answers or arms, and lists of more than six items where the law under the null is not computed.
    """
    of, most = arms_of(arms, smallest_arm)
    if not 1 <= arm <= most:
        raise SurveyError(f"there is no long list {arm}.", where="arm", remedy=f"give 1 to {most}.")
    y = list_answers(answers, of > 0, items, of.size)
    short, long = y[of == 0], y[of == arm]
    below_short = np.array([(short <= k).mean() for k in range(-1, items + 1)])
    below_long = np.array([(long <= k).mean() for k in range(-1, items + 1)])
    with_item = below_short[1:] - below_long[1:]
    without = below_long[1:] - below_short[:-1]
    of_with = _covariance(below_long[1:], long.size) + _covariance(below_short[1:], short.size)
    of_without = _covariance(below_long[1:], long.size) + _covariance(below_short[:-1], short.size)
    size = short.size + long.size
    # Pi(J, 1) and pi(0, 0) are shares of one arm alone and cannot be negative: they take no part.
    p_with = _p(with_item[:items], of_with[:items, :items], size, selection, _means_test(short, long, 0, items))
    p_without = _p(without[1:], of_without[1:, 1:], size, selection, _means_test(short, long, 1, items))
    return DesignEffect(
        np.stack([with_item, without]),
        np.sqrt(np.stack([np.diag(of_with), np.diag(of_without)])),
        p_with,
        p_without,
        min(1.0, 2.0 * min(p_with, p_without)),
    )


def _covariance(below: FloatArray, size: int) -> FloatArray:
    """Covariance of an empirical distribution function at several points."""
    lower, upper = np.minimum.outer(below, below), np.maximum.outer(below, below)
    cov: FloatArray = lower * (1.0 - upper) / size
    return cov


def _means_test(short: ArrayLike, long: ArrayLike, row: int, items: int) -> FloatArray:
    """One-sided Welch p of each share alone: the finite-sample answer where only one takes part."""
    s, g = np.asarray(short), np.asarray(long)
    pairs = (
        [(s <= k, g <= k) for k in range(items)] if row == 0 else [(g <= k, s <= k - 1) for k in range(1, items + 1)]
    )
    with np.errstate(all="ignore"):
        return np.array([stats.ttest_ind(a, b, equal_var=False, alternative="less").pvalue for a, b in pairs])


def _p(share: FloatArray, cov: FloatArray, size: int, selection: Selection, alone: FloatArray) -> float:
    keep: BoolArray = np.diag(cov) > 0
    bar = np.sqrt(np.log(size))
    if selection == "standard-errors":
        keep &= share <= bar * np.sqrt(np.diag(cov))
    elif selection == "spread":
        keep &= (share != 0) & (np.sqrt(size) * share <= bar * np.std(share, ddof=1))
    kept = int(keep.sum())
    if kept == 0:
        return 1.0
    if kept == 1:
        return float(alone[keep][0])
    share, cov = share[keep], cov[np.ix_(keep, keep)]
    root = np.linalg.cholesky(np.linalg.inv(cov)).T
    _, distance = nnls(root, root @ share)
    if distance < 1e-9:
        return 1.0
    tails = np.concatenate([[0.0], stats.chi2.sf(distance**2, np.arange(1, kept + 1))])
    return float(tails @ mixing_weights(cov))


def mixing_weights(cov: FloatArray) -> FloatArray:
    """Chance that exactly 0, 1, ..., k means are held at 0 when normal means are fitted under means of at least 0.

    Source: Kudo 1963.
    """
    size = cov.shape[0]
    if size > 6:
        raise SurveyError(
            f"the law of {size} shares at once is not computed.", remedy="use selection='standard-errors'."
        )
    weights = np.zeros(size + 1)
    for held in range(size + 1):
        for chosen in combinations(range(size), held):
            b, f = list(chosen), [i for i in range(size) if i not in chosen]
            of_held = np.linalg.inv(cov[np.ix_(b, b)]) if b else np.zeros((0, 0))
            weights[held] += _orthant(np.asarray(of_held)) * _orthant(_given_zero(cov, b, f))
    return np.asarray(weights / weights.sum())


def _given_zero(cov: FloatArray, known: list[int], rest: list[int]) -> FloatArray:
    """Covariance of ``rest`` where the ``known`` ones are known."""
    free = cov[np.ix_(rest, rest)]
    if not known or not rest:
        return free
    across = cov[np.ix_(rest, known)]
    return np.asarray(free - across @ np.linalg.solve(cov[np.ix_(known, known)], across.T))


_NODES, _NODE_WEIGHTS = np.polynomial.legendre.leggauss(20)


def _orthant(cov: FloatArray) -> float:
    """Chance that normal variables of mean 0 are all above 0.

    Closed form up to three dimensions. Above, every correlation grows from 0 together and the chance with them, by
    Plackett's identity (1954): each derivative is an orthant chance of two dimensions fewer.
    """
    size = cov.shape[0]
    if size < 2:
        return 1.0 if size == 0 else 0.5
    scale = np.sqrt(np.diag(cov))
    rho = np.clip(cov / np.outer(scale, scale), -1.0, 1.0)
    angle = np.arcsin(rho)
    if size == 2:
        return float(0.25 + angle[0, 1] / (2.0 * np.pi))
    if size == 3:
        return float(0.125 + (angle[0, 1] + angle[0, 2] + angle[1, 2]) / (4.0 * np.pi))
    total = float(np.exp2(-size))
    for node, weight in zip(_NODES, _NODE_WEIGHTS, strict=True):
        grown = 0.5 * (node + 1.0)
        at = grown * rho + (1.0 - grown) * np.eye(size)
        for i, j in combinations(range(size), 2):
            rest = [k for k in range(size) if k not in (i, j)]
            density = 1.0 / (2.0 * np.pi * np.sqrt(1.0 - at[i, j] ** 2))
            total += 0.5 * weight * rho[i, j] * density * _orthant(_given_zero(at, [i, j], rest))
    return float(total)
