"""Logistic regressions of weighted shares, as the reference packages' alternations use them within a step.

Source: Gelman, Jakulin, Pittau and Su 2008 (Annals of Applied Statistics 2:1360) for the prior.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from arusha.surveys.answers import FloatArray


def logistic(
    X: FloatArray, share: FloatArray, weight: FloatArray | None = None, at: FloatArray | None = None
) -> FloatArray:
    """Logistic regression of shares by Newton's steps."""
    weight = np.ones(share.size) if weight is None else weight
    at = np.zeros(X.shape[1]) if at is None else at
    for _ in range(50):
        p = expit(X @ at)
        step = np.linalg.solve(X.T @ (X * (weight * p * (1.0 - p))[:, None]), X.T @ (weight * (share - p)))
        at = at + step
        if np.abs(step).max() < 1e-12:
            break
    return at


def with_prior(X: FloatArray, share: FloatArray, weight: FloatArray, at: FloatArray, scale: FloatArray) -> FloatArray:
    """The same with a Cauchy prior on every coefficient, as R's ``bayesglm`` ends: a coefficient's variance is added to
    its square when the width of its normal prior is learnt, so it is drawn in a little less than at the posterior's
    mode."""
    spread = scale.copy()
    for _ in range(1000):
        p = expit(X @ at)
        w = weight * p * (1.0 - p)
        V = np.linalg.inv(X.T @ (X * w[:, None]) + np.diag(1.0 / spread**2))
        # The working answer is divided by p (1 - p), which the weight gives back.
        new = V @ (X.T @ (w * (X @ at) + weight * (share - p)))
        spread = np.sqrt((new**2 + np.diag(V) + scale**2) / 2.0)
        done = np.abs(new - at).max() < 1e-12
        at = new
        if done:
            break
    return at
