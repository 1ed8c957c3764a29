"""List experiments by maximum likelihood that is held to the difference in means.

The likelihood believes a law of the innocuous counts; the difference in means believes none. Here the scores of the
one and the share that the other shows are met together (generalised method of moments). Weights are the source's: as if
the difference in means had no noise, so that the average share is all but the difference in means whatever the counts'
law, and covariates are told by the likelihood. Errors do carry that noise.

Measured (40 surveys of 1,500, a share of 0.32): of binomial counts the share is off by 0.001 with a spread of 0.059
(likelihood 0.010 and 0.046); of counts whose items go together (0.25) by -0.018 and 0.077 (likelihood 0.081 and 0.034,
the difference in means -0.018 and 0.078). Weights that know the noise were tried: 0.142 and 0.019 in the second case,
so they serve the test alone.

Source: Blair, Chou and Imai 2019 (Political Analysis 27:455).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import least_squares
from scipy.special import chdtrc, expit

from arusha.errors import SurveyError
from arusha.surveys.answers import FloatArray, list_answers
from arusha.surveys.sensitive.arms import SMALLEST_ARM, arms_of
from arusha.surveys.sensitive.fit import SensitiveFit, edges, matrix
from arusha.surveys.sensitive.list_likelihood import constrained_model
from arusha.surveys.sensitive.list_linear import list_two_step
from arusha.surveys.sensitive.mixture import Mixture, evaluate

_WIDEST = 10.0
"""Coefficients are looked for up to here on the logit scale, as in the source's package."""


@dataclass(frozen=True)
class HeldToMeans:
    """The fit (blocks ``control`` and ``sensitive``), and whether law and difference in means can both be true:
    ``statistic`` is chi-square on one degree of freedom (of the moments weighed by all their noise)."""

    fit: SensitiveFit
    statistic: float
    p: float


@dataclass(frozen=True)
class _Moments:
    model: Mixture
    X: FloatArray
    difference: FloatArray
    """(n,) whose mean is the difference in means, and whose spread is its noise."""

    def rows(self, at: FloatArray) -> FloatArray:
        share = expit(self.X @ at[self.X.shape[1] :])
        return np.column_stack([evaluate(self.model, at).row_scores, share - self.difference])

    def slope(self, at: FloatArray) -> FloatArray:
        """Of the means of the moments."""
        n, k = self.X.shape
        share = expit(self.X @ at[k:])
        last = np.append(np.zeros(k), self.X.T @ (share * (1.0 - share)) / n)
        return np.vstack([-evaluate(self.model, at).information / n, last])

    def least(self, start: FloatArray, weighed_at: FloatArray) -> tuple[FloatArray, float, bool]:
        rows = self.rows(weighed_at)
        value, vector = np.linalg.eigh(rows.T @ rows / rows.shape[0])
        root = vector / np.sqrt(np.maximum(value, 1e-14 * value.max()))
        found = least_squares(
            lambda at: self.rows(at).mean(axis=0) @ root,
            np.clip(start, -_WIDEST + 1e-6, _WIDEST - 1e-6),
            jac=lambda at: root.T @ self.slope(at),
            bounds=(-_WIDEST, _WIDEST),
            xtol=1e-13,
            ftol=1e-14,
            gtol=1e-12,
        )
        return found.x, 2.0 * float(found.cost), bool(found.success)


def list_held_to_means(
    answers: ArrayLike,
    arms: ArrayLike,
    covariates: ArrayLike | None = None,
    *,
    items: int,
    as_list: bool = False,
    smallest_arm: int = SMALLEST_ARM,
) -> HeldToMeans:
    """Logistic regression of the sensitive item, the average share held to the difference in means.

    Parameters
    ----------
    answers, arms, covariates, items
        As of :func:`list_likelihood`; one long list.
    as_list
        Errors from the scores alone and a test without the noise of the difference in means, as R's ``list`` has them
        with ``robust = TRUE``: only to stand beside tables made with it. The coefficients are the same.

    Raises
    ------
    SurveyError
        As :func:`list_likelihood`; for several long lists.
    """
    arm, most = arms_of(arms, smallest_arm)
    if most > 1:
        raise SurveyError("several long lists beside one difference.", remedy="give one long list at a time.")
    y = list_answers(answers, arm > 0, items, arm.size)
    X, long, n = matrix(covariates, arm.size), arm == 1, arm.size
    gap = float(y[long].mean() - y[~long].mean())
    apart = np.where(long, (y - y[long].mean()) * n / long.sum(), -(y - y[~long].mean()) * n / (~long).sum())
    model = constrained_model(y, arm, X, items)
    held, noisy = _Moments(model, X, np.full(n, gap)), _Moments(model, X, gap + apart)
    first = list_two_step(y, arm, X, items=items, smallest_arm=smallest_arm)
    at = np.concatenate([first.part("control").estimate, first.part("sensitive").estimate])
    before, left, ended = at, 0.0, False
    for _ in range(3):
        before = at
        at, left, ended = held.least(at, at)
    if as_list:
        rows, slope = held.rows(before)[:, :-1], held.slope(before)[:-1]
        vcov = np.linalg.inv(slope.T @ np.linalg.solve(rows.T @ rows / n, slope)) / n
    else:
        rows, slope, seen = held.rows(before), held.slope(at), noisy.rows(at)
        lean = np.linalg.solve(rows.T @ rows / n, slope)
        bread = np.linalg.inv(slope.T @ lean)
        vcov = bread @ lean.T @ (seen.T @ seen / n) @ lean @ bread / n
        efficient = at
        for _ in range(3):
            efficient, left, _ended = noisy.least(efficient, efficient)
    k = X.shape[1]
    blocks = {"control": slice(0, k), "sensitive": slice(k, 2 * k)}
    fit = SensitiveFit(
        method="moments",
        coefficients=at,
        vcov=vcov,
        blocks=blocks,
        loglik=evaluate(model, at).loglik,
        respondents=n,
        converged=ended,
        at_edge=edges(at, blocks, {"control": X, "sensitive": X}),
    )
    return HeldToMeans(fit, n * left, float(chdtrc(1, n * left)))
