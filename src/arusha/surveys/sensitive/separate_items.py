"""A long list beside innocuous items that others are asked one by one (the modified item count design).

Each innocuous item has a logistic regression of its own, known from those who answered it alone; the count of the long
list is then Poisson-binomial. It costs no power on items that everybody or nobody holds, and tells items apart; in
return it presumes that an item is answered alike alone and in a list, and (``ml``) that items do not go together but
by the covariates: hold ``ml`` against ``nls`` (:func:`arusha.surveys.specification_test`).

Sources: Corstange 2009 (Political Analysis 17:45); Blair and Imai 2012 (Political Analysis 20:47), section 2.3.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import minimize
from scipy.special import expit, log_expit

from arusha.errors import SurveyError
from arusha.surveys.answers import BoolArray, FloatArray, IntArray, list_answers, sampling_weights, yes_no
from arusha.surveys.sensitive.arms import SMALLEST_ARM, arms_of
from arusha.surveys.sensitive.fit import SensitiveFit, edges, matrix
from arusha.surveys.sensitive.list_linear import logistic_least_squares

Method = Literal["ml", "nls"]
ItemFit = Literal["nls", "logistic"]


def list_beside_items(
    counted: ArrayLike,
    asked: ArrayLike,
    arms: ArrayLike,
    covariates: ArrayLike | None = None,
    *,
    method: Method = "ml",
    item_fit: ItemFit = "nls",
    weights: ArrayLike | None = None,
    smallest_arm: int = SMALLEST_ARM,
) -> SensitiveFit:
    """Logistic regressions of the sensitive item and of each innocuous one.

    Parameters
    ----------
    counted
        (n,) how many items hold, of those with the long list (arm 1); not read of the others.
    asked
        (n, J) 0 or 1 to each innocuous item, of those who were asked one by one (arm 0); not read of the others.
    arms
        (n,) 0 or 1.
    covariates
        (n, k) with a constant; a constant alone where none are given.
    method
        ``ml``: both arms in one likelihood. ``nls``: the items first, then what the count is more than they are; asks
        nothing of the law of the count beyond its mean.
    item_fit
        Of ``nls``: items by least squares, or by their own likelihood (``logistic``).
    weights
        (n,) sampling weights.
    smallest_arm
        Fewest respondents an arm may have.

    Returns
    -------
    SensitiveFit
        Blocks ``item 1`` ... ``item J`` and ``sensitive``.

    Raises
    ------
    SurveyError
        For several long lists, answers that are no count, or none of 0 and 1.
    """
    long, y, own = _answers(counted, asked, arms, smallest_arm)
    X, w = matrix(covariates, long.size), sampling_weights(weights, long.size)
    w = w / w.mean()
    items, width = own.shape[1], X.shape[1]
    names = [*(f"item {j + 1}" for j in range(items)), "sensitive"]
    blocks = {name: slice(j * width, (j + 1) * width) for j, name in enumerate(names)}
    start, ended = _two_step(y, own, long, X, w, item_fit)
    if method == "nls":
        vcov = _sandwich(start, y, own, long, X, w, item_fit)
        df = int(long.sum()) - width
        shares = expit(X[long] @ start.reshape(items + 1, width).T)
        left = float(w[long] @ (y - shares.sum(axis=1)) ** 2)
        return SensitiveFit(
            method="nls",
            coefficients=start,
            vcov=vcov,
            blocks=blocks,
            loglik=float("nan"),
            respondents=long.size,
            converged=ended,
            at_edge=edges(start, blocks, dict.fromkeys(blocks, X)),
            scale=float(np.sqrt(left / df)),
            degrees_of_freedom=df,
        )
    at, ended = _likeliest(start, y, own, long, X, w, width)
    value, _, bend = _likelihood(at, y, own, long, X, w)
    return SensitiveFit(
        method="ml",
        coefficients=at,
        vcov=_inverse(-bend),
        blocks=blocks,
        loglik=value,
        respondents=long.size,
        converged=ended,
        at_edge=edges(at, blocks, dict.fromkeys(blocks, X)),
    )


def _answers(
    counted: ArrayLike, asked: ArrayLike, arms: ArrayLike, smallest: int
) -> tuple[BoolArray, FloatArray, FloatArray]:
    """Who has the long list; their counts (n1,); the answers (n0, J) of the others."""
    arm, most = arms_of(arms, smallest)
    if most > 1:
        raise SurveyError("several long lists.", where="arms", remedy="give one long list at a time.")
    long = arm == 1
    own = np.asarray(asked, np.float64)
    if own.ndim != 2 or own.shape[0] != arm.size or own.shape[1] < 1:
        raise SurveyError(
            f"answers to single items of shape {own.shape} for {arm.size} respondents.",
            where="asked",
            remedy="give one row each and one column an item; rows of the long list are not read.",
        )
    alone = np.column_stack([yes_no(v, "answers to single items", int((~long).sum())) for v in own[~long].T])
    count = np.asarray(counted, np.float64)
    if count.shape != arm.shape:
        raise SurveyError("not one count to each respondent.", where="counted", remedy="give one to each.")
    y = list_answers(count[long], np.ones(int(long.sum()), np.bool_), own.shape[1])
    return long, y.astype(np.float64), alone.astype(np.float64)


def _two_step(
    y: FloatArray, own: FloatArray, long: BoolArray, X: FloatArray, w: FloatArray, item_fit: ItemFit
) -> tuple[FloatArray, bool]:
    """All coefficients, item by item, then of what the count is more than the items."""
    found, ended = [], True
    known = np.zeros(y.size)
    for answer in own.T:
        if not 0.0 < answer.mean() < 1.0:
            raise SurveyError(
                "an innocuous item that everybody answers alike.",
                where="asked",
                remedy="leave it out, and take it off the counts.",
            )
        b, done = logistic_least_squares(answer, X[~long], w[~long], np.zeros(answer.size), 1.0)
        if item_fit == "logistic":
            b, done = _logistic(answer, X[~long], w[~long])
        known = known + expit(X[long] @ b)
        found.append(b)
        ended &= done
    b, done = logistic_least_squares(y, X[long], w[long], known, 1.0)
    return np.concatenate([*found, b]), bool(ended and done)


def _logistic(y: FloatArray, X: FloatArray, w: FloatArray) -> tuple[FloatArray, bool]:
    b = np.zeros(X.shape[1])
    for _ in range(50):
        p = expit(X @ b)
        step = np.linalg.lstsq(X.T @ (X * (w * p * (1.0 - p))[:, None]), X.T @ (w * (y - p)), rcond=None)[0]
        b = b + step
        if np.abs(step).max() < 1e-12 * max(1.0, float(np.abs(b).max())):
            return b, True
    return b, False


def _sandwich(
    at: FloatArray, y: FloatArray, own: FloatArray, long: BoolArray, X: FloatArray, w: FloatArray, item_fit: ItemFit
) -> FloatArray:
    """Covariance of both steps together, so that the second knows how well the items are known."""
    items, width = own.shape[1], X.shape[1]
    p = expit(X @ at.reshape(items + 1, width).T)
    steep = p * (1.0 - p)
    slope, moments = np.zeros((at.size, at.size)), np.zeros((long.size, at.size))
    last = slice(items * width, at.size)
    down = X[long] * (w[long] * steep[long, items])[:, None]
    for j in range(items):
        where = slice(j * width, (j + 1) * width)
        lean = steep[~long, j] if item_fit == "nls" else np.ones(own.shape[0])
        moments[~long, where] = X[~long] * (w[~long] * lean * (own[:, j] - p[~long, j]))[:, None]
        slope[where, where] = X[~long].T @ (X[~long] * (w[~long] * lean * steep[~long, j])[:, None])
        slope[last, where] = down.T @ (X[long] * steep[long, j][:, None])
    moments[long, last] = down * (y - p[long].sum(axis=1))[:, None]
    slope[last, last] = down.T @ (X[long] * steep[long, items][:, None])
    bread = _inverse(slope)
    return np.asarray(bread @ (moments.T @ moments) @ bread.T)


def _inverse(given: FloatArray) -> FloatArray:
    """NaN where there is none: at the edge the answers do not tell."""
    try:
        return np.asarray(np.linalg.inv(given))
    except np.linalg.LinAlgError:
        return np.full(given.shape, np.nan)


def _law(p: FloatArray) -> FloatArray:
    """Chances (n, K + 1) of counting 0 to K of items that hold with chances ``p`` (n, K)."""
    law = np.zeros((p.shape[0], p.shape[1] + 1))
    law[:, 0] = 1.0
    for j in range(p.shape[1]):
        more = law[:, :-1] * p[:, [j]]
        law *= 1.0 - p[:, [j]]
        law[:, 1:] += more
    return law


def _at(law: FloatArray, count: IntArray) -> FloatArray:
    """The chance of each row's count; 0 where it is not possible."""
    inside = (count >= 0) & (count < law.shape[1])
    return np.where(inside, law[np.arange(count.size), np.clip(count, 0, law.shape[1] - 1)], 0.0)


def _likelihood(
    at: FloatArray, y: FloatArray, own: FloatArray, long: BoolArray, X: FloatArray, w: FloatArray
) -> tuple[float, FloatArray, FloatArray]:
    """Log likelihood, its slope and its second derivatives."""
    width = X.shape[1]
    items = at.size // width
    predictor = X @ at.reshape(items, width).T
    p = np.clip(expit(predictor), 1e-300, 1.0)
    steep = p * (1.0 - p)
    short, count = ~long, y.astype(np.int64)
    sign = np.where(own == 1.0, 1.0, -1.0)
    value = float(w[short] @ log_expit(sign * predictor[short, :-1]).sum(axis=1))
    first, second = np.zeros((long.size, items)), np.zeros((long.size, items, items))
    first[short, :-1] = own - p[short, :-1]
    of_long = np.maximum(_at(_law(p[long]), count), 1e-300)
    value += float(w[long] @ np.log(of_long))
    slopes = np.empty((count.size, items))
    for j in range(items):
        without = _law(np.delete(p[long], j, axis=1))
        slopes[:, j] = (_at(without, count - 1) - _at(without, count)) / of_long
    first[long] = slopes * steep[long]
    for j in range(items):
        second[short, j, j] = -steep[short, j] if j < items - 1 else 0.0
        second[long, j, j] = slopes[:, j] * steep[long, j] * (1.0 - 2.0 * p[long, j])
        for k in range(j):
            without = _law(np.delete(p[long], (j, k), axis=1))
            both = _at(without, count - 2) - 2.0 * _at(without, count - 1) + _at(without, count)
            second[long, j, k] = both / of_long * steep[long, j] * steep[long, k]
            second[long, k, j] = second[long, j, k]
    second[long] -= first[long][:, :, None] * first[long][:, None, :]
    slope = ((first * w[:, None]).T @ X).ravel()
    bend = np.einsum("njk,na,nb,n->jakb", second, X, X, w, optimize=True).reshape(at.size, at.size)
    return value, slope, bend


def _likeliest(
    start: FloatArray, y: FloatArray, own: FloatArray, long: BoolArray, X: FloatArray, w: FloatArray, width: int
) -> tuple[FloatArray, bool]:
    """The best maximum from the two steps and from a share that nobody holds or half hold."""
    given = (y, own, long, X, w)
    size = float(long.size)
    starts = [start]
    for constant in (-2.0, 0.0):
        other = start.copy()
        other[-width:] = 0.0
        other[-width] = constant
        starts.append(other)
    best, value = start, -np.inf
    for begin in starts:
        found = minimize(
            lambda b: -_likelihood(b, *given)[0] / size,
            np.clip(begin, -8.0, 8.0),
            jac=lambda b: -_likelihood(b, *given)[1] / size,
            hess=lambda b: -_likelihood(b, *given)[2] / size,
            method="trust-exact",
            options={"gtol": 1e-9, "maxiter": 300},
        )
        if -found.fun > value + 1e-12:
            best, value = np.asarray(found.x, np.float64), float(-found.fun)
    ended = False
    for _ in range(10):
        _, slope, bend = _likelihood(best, *given)
        step = np.linalg.lstsq(-bend, slope, rcond=None)[0]
        ended = bool(np.abs(slope).max() < 1e-6 * size**0.5)
        if not np.abs(step).max() < 0.1 or np.abs(step).max() < 1e-13:
            break
        best = best + step
    return best, ended
