"""List experiments by least squares: the difference in means, with covariates, and in two non-linear steps.

Sources: Imai 2011 (JASA 106:407); MacKinnon and White 1985 for standard errors that allow unequal variances.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import least_squares
from scipy.special import expit
from scipy.stats import t as student

from arusha.errors import SurveyError
from arusha.language.told import error as told_error
from arusha.surveys.answers import FloatArray, IntArray, list_answers, sampling_weights
from arusha.surveys.sensitive.arms import SMALLEST_ARM, arms_of, sensitive_names
from arusha.surveys.sensitive.fit import SensitiveFit, edges, matrix

Errors = Literal["hc0", "hc1", "hc2", "hc3"]


@dataclass(frozen=True)
class DifferenceInMeans:
    """Share that holds the sensitive item; may lie below 0 or above 1, which is shown as it is."""

    estimate: float
    se: float
    low: float
    high: float
    level: float
    degrees_of_freedom: float
    mean_short: float
    mean_long: float
    respondents_short: int
    respondents_long: int


def difference_in_means(
    answers: ArrayLike,
    arms: ArrayLike,
    *,
    items: int,
    arm: int = 1,
    level: float = 0.95,
    smallest_arm: int = SMALLEST_ARM,
) -> DifferenceInMeans:
    """Mean count with the long list ``arm`` less that with the short one; Welch's interval.

    Parameters are those of :func:`list_linear`. Raises ``SurveyError`` as it does.
    """
    of, most = arms_of(arms, smallest_arm)
    if not 1 <= arm <= most:
        raise SurveyError(f"there is no long list {arm}.", where="arm", remedy=f"give 1 to {most}.")
    y = list_answers(answers, of > 0, items, of.size).astype(np.float64)
    short, long = y[of == 0], y[of == arm]
    parts = [float(v.var(ddof=1)) / v.size for v in (short, long)]
    se = float(np.sqrt(sum(parts)))
    if not se > 0.0:
        raise told_error(SurveyError, "sv-counts-alike", "sv-counts-alike", where="list answers")
    if not 0.0 < level < 1.0:
        raise told_error(SurveyError, "sv-level", "sv-level", where="level", level=str(level))
    estimate = float(long.mean() - short.mean())
    df = sum(parts) ** 2 / sum(p**2 / (v.size - 1) for p, v in zip(parts, (short, long), strict=True))
    half = float(student.ppf(0.5 + level / 2.0, df)) * se
    return DifferenceInMeans(
        estimate,
        se,
        estimate - half,
        estimate + half,
        level,
        df,
        float(short.mean()),
        float(long.mean()),
        short.size,
        long.size,
    )


def _blocks(width: int, sensitive_items: int) -> dict[str, slice]:
    names = ["control", *sensitive_names(sensitive_items)]
    return {name: slice(i * width, (i + 1) * width) for i, name in enumerate(names)}


def list_linear(
    answers: ArrayLike,
    arms: ArrayLike,
    covariates: ArrayLike | None = None,
    *,
    items: int,
    weights: ArrayLike | None = None,
    errors: Errors = "hc3",
    smallest_arm: int = SMALLEST_ARM,
) -> SensitiveFit:
    """Least squares of the count on the covariates and on the covariates of who saw each long list.

    Parameters
    ----------
    answers
        (n,) how many items each respondent counted.
    arms
        (n,) 0 for the short list, 1, 2, ... for a long one.
    covariates
        (n, k) with a constant; a constant alone where none are given, which is the difference in means.
    items
        Length of the short list.
    weights
        (n,) sampling weights.
    errors
        ``hc3`` (default, as R's ``list`` package has), ``hc0``, ``hc1``, ``hc2``.
    smallest_arm
        Fewest respondents an arm may have.

    Returns
    -------
    SensitiveFit
        Blocks ``control`` and ``sensitive`` (``sensitive 1``, ... with several long lists), linear in the covariates.
    """
    arm, sensitive_items = arms_of(arms, smallest_arm)
    y = list_answers(answers, arm > 0, items, arm.size).astype(np.float64)
    X = matrix(covariates, arm.size)
    w = sampling_weights(weights, arm.size)
    w = w / w.mean()
    Z = np.hstack([X, *[X * (arm == k)[:, None] for k in range(1, sensitive_items + 1)]])
    bread = np.linalg.inv(Z.T @ (Z * w[:, None]))
    coefficients = bread @ (Z.T @ (w * y))
    residual = y - Z @ coefficients
    leverage = np.einsum("ij,jk,ik->i", Z, bread, Z) * w
    size, width = Z.shape
    scaled = {
        "hc0": residual**2,
        "hc1": residual**2 * size / (size - width),
        "hc2": residual**2 / (1.0 - leverage),
        "hc3": residual**2 / (1.0 - leverage) ** 2,
    }[errors]
    vcov = bread @ (Z.T @ (Z * (w**2 * scaled)[:, None])) @ bread
    return SensitiveFit(
        method="linear",
        coefficients=coefficients,
        vcov=vcov,
        blocks=_blocks(X.shape[1], sensitive_items),
        loglik=float("nan"),
        respondents=size,
        converged=True,
        logit=False,
        scale=float(np.sqrt(w @ residual**2 / (size - width))),
        degrees_of_freedom=size - width,
    )


def list_two_step(
    answers: ArrayLike,
    arms: ArrayLike,
    covariates: ArrayLike | None = None,
    *,
    items: int,
    weights: ArrayLike | None = None,
    smallest_arm: int = SMALLEST_ARM,
) -> SensitiveFit:
    """Non-linear least squares in two steps: a logistic mean of the short list, then what the long list adds to it.

    Asks nothing of the law of the counts beyond their means. The covariance is the sandwich of both steps together, so
    that the second knows how well the first is known. Parameters and blocks as of :func:`list_linear`; logistic in the
    covariates.
    """
    arm, sensitive_items = arms_of(arms, smallest_arm)
    y = list_answers(answers, arm > 0, items, arm.size).astype(np.float64)
    X = matrix(covariates, arm.size)
    w = sampling_weights(weights, arm.size)
    w = w / w.mean()
    blocks = _blocks(X.shape[1], sensitive_items)
    short = arm == 0
    control, done = logistic_least_squares(y[short], X[short], w[short], np.zeros(int(short.sum())), float(items))
    parts, converged, sums = [control], done, float("nan")
    for k in range(1, sensitive_items + 1):
        mine = arm == k
        known = items * expit(X[mine] @ control)
        part, done = logistic_least_squares(y[mine], X[mine], w[mine], known, 1.0)
        parts.append(part)
        converged &= done
        if sensitive_items == 1:
            sums = float(w[mine] @ (y[mine] - known - expit(X[mine] @ part)) ** 2)
    coefficients = np.concatenate(parts)
    vcov = _sandwich(y, arm, X, w, items, coefficients, blocks)
    df = int((arm == 1).sum()) - X.shape[1]
    return SensitiveFit(
        method="nls",
        coefficients=coefficients,
        vcov=vcov,
        blocks=blocks,
        loglik=float("nan"),
        respondents=arm.size,
        converged=converged,
        at_edge=edges(coefficients, blocks, dict.fromkeys(blocks, X)),
        scale=float(np.sqrt(sums / df)),
        degrees_of_freedom=df,
    )


def logistic_least_squares(
    y: FloatArray, X: FloatArray, w: FloatArray, known: FloatArray, top: float
) -> tuple[FloatArray, bool]:
    """Least squares of ``y`` less what is known on ``top`` times the logistic function; the best of three starts."""
    root = np.sqrt(w)

    def residual(b: FloatArray) -> FloatArray:
        left: FloatArray = root * (y - known - top * expit(X @ b))
        return left

    def slope(b: FloatArray) -> FloatArray:
        share = expit(X @ b)
        down: FloatArray = -(root * top * share * (1.0 - share))[:, None] * X
        return down

    found = []
    for constant in (0.0, -1.5, 1.5):
        start = np.zeros(X.shape[1])
        start[0] = constant
        found.append(
            least_squares(residual, start, slope, method="trf", x_scale="jac", xtol=1e-14, ftol=1e-14, gtol=1e-12)
        )
    best = min(found, key=lambda r: float(r.cost))
    at = best.x
    # The search ends where the sum of squares no longer falls, which leaves half the digits of the coefficients;
    # Newton's steps on the gradient bring the rest.
    for _ in range(5):
        share = expit(X @ at)
        left, down = residual(at), slope(at)
        bend = w * (y - known - top * share) * top * share * (1.0 - share) * (1.0 - 2.0 * share)
        step = -np.linalg.lstsq(down.T @ down - X.T @ (X * bend[:, None]), down.T @ left, rcond=None)[0]
        further = slope(at + step).T @ residual(at + step)
        if not np.abs(step).max() <= 1e-2 or np.abs(further).max() >= np.abs(down.T @ left).max():
            break
        at = at + step
    return at, bool(best.success)


def _sandwich(
    y: FloatArray,
    arm: IntArray,
    X: FloatArray,
    w: FloatArray,
    items: int,
    coefficients: FloatArray,
    blocks: dict[str, slice],
) -> FloatArray:
    control = coefficients[blocks["control"]]
    share = expit(X @ control)
    of_control = X * (items * share * (1.0 - share))[:, None]
    size = coefficients.size
    slope, moments = np.zeros((size, size)), np.zeros((y.size, size))
    for k, (name, where) in enumerate(blocks.items()):
        use = np.where(arm == k, w, 0.0)
        fitted = items * share
        gradient = of_control
        if name != "control":
            held = expit(X @ coefficients[where])
            gradient = X * (held * (1.0 - held))[:, None]
            fitted = fitted + held
            slope[where, blocks["control"]] = gradient.T @ (of_control * use[:, None])
        slope[where, where] = gradient.T @ (gradient * use[:, None])
        moments[:, where] = gradient * (use * (y - fitted))[:, None]
    try:
        bread = np.linalg.inv(slope)
    except np.linalg.LinAlgError:
        return np.full((size, size), np.nan)
    vcov: FloatArray = bread @ (moments.T @ moments) @ bread.T
    return vcov
